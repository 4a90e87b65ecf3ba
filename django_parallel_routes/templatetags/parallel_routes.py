"""``{% load parallel_routes %}``: the tags of layouts and pages.

``{% slot %}``, ``{% slot "team" %}``
    In a layout: prints the slot, as ``<div id="slot-team">`` with its page inside. A slot that is not
    printed does not run. If another library has a ``slot`` tag as well, write
    ``{% load slot from parallel_routes %}``.
``{% selected_segment "team" as tab %}``
    The segment of the URL that a slot shows: for children the first one below the layout, for a named
    slot the last one, and ``None`` for a default. If you print it, as ``{{ tab }}`` or by the tag
    itself, the script updates it on screen when the slot changes.
``{% selected_segments "team" as parts %}``
    All segments, as a tuple. The tag itself prints ``projects/atlas``.
``{% slot_id "team" %}``
    The ``id`` of a slot's element, such as ``slot-children-team``: for ``hx-target``, ``aria-controls``
    or CSS. The name is relative to the layout, as in ``data-pr-target="team"``.
``{% close_url %}``
    In a modal: the URL of the page underneath, for the link that closes the modal.
``{% slot_scripts %}``
    In a layout: the place for the scripts of its slots on a hard load. Put it after the libraries that they
    need, if the layout loads these at the end of the ``<body>``.
``{% parallel_routes_script %}``
    The script and its stylesheet, once in the ``<head>`` of the outermost layout.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.template import Library, Node
from django.template.base import Parser, Token

from django_parallel_routes import jinja

register = Library()

for name, function in jinja.GLOBALS.items():
    register.simple_tag(function, takes_context=True, name=name)


def printing(name: str, printed: Callable[..., str]) -> None:
    """Let a tag print another value than it gives to a variable (``as``)."""
    compiled = register.tags[name]

    def compile_tag(parser: Parser, token: Token) -> Node:
        node: Any = compiled(parser, token)
        if node.target_var is None:
            node.func = printed
        return node  # type: ignore[no-any-return]

    register.tag(name, compile_tag)


printing("selected_segment", jinja.printed_segment)
printing("selected_segments", jinja.printed_segments)
