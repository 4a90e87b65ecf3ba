"""``{% load parallel_routes %}``: the tags of layouts and pages.

``{% slot %}``, ``{% slot "team" %}``
    In a layout: the slot's place. Prints ``<div id="slot-team">`` with the slot's page in it; what
    is not printed is not run. If another library has a ``slot`` tag as well, say
    ``{% load slot from parallel_routes %}``.
``{% selected_segment "team" as tab %}``
    The segment of the URL that a slot shows: the first below the layout for children, the last one
    for a named slot; ``None`` for a default.
``{% selected_segments "team" as parts %}``
    All of them.
``{% close_url %}``
    In a modal: the URL of the page underneath, for the link that closes it.
``{% parallel_routes_script %}``
    The client script, once in the ``<head>`` of the outermost layout.
"""

from __future__ import annotations

from django.template import Library

from django_parallel_routes import jinja

register = Library()

for name, function in jinja.GLOBALS.items():
    register.simple_tag(function, takes_context=True, name=name)
