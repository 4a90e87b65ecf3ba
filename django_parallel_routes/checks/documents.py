"""Finds pages of slots that are whole documents, as far as their templates tell."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import replace
from types import CodeType
from typing import Any

from django_parallel_routes.checks.reading import Reading
from django_parallel_routes.checks.templates import option_of, read, template_of
from django_parallel_routes.declarations import WHOLE, Part, Slot, View
from django_parallel_routes.rendering.documents import is_document, part_of

REMEDY = (
    'Let its base template decide, with {% extends request.in_slot|yesno:"fragment.html,document.html" '
    '%}, or name its part in the slot, with slot([...], block="content") or element="an-id", or render '
    "a fragment."
)

TEMPLATE_NAME = re.compile(r"[\w./-]+\.(?:html|jinja2?|j2)", re.ASCII)


def document_in(slot: Slot, view: View) -> str | None:
    """Return the template of a view that would stand in a slot as a whole document, if it is known.

    A view of which only the names in its code are known is one if all these templates are documents.
    """
    found = readings_of(view)
    part = slot.part if template_of(view) or not _renders(view) else replace(slot.part, blocks=())
    if not found or not all(is_whole(reading, part) for reading in found.values()):
        return None
    return next(iter(found))


def is_whole(reading: Reading, part: Part = WHOLE) -> bool:
    """Tell whether what a template prints for a slot is a document, without the part that is declared."""
    if not is_document(reading.text):
        return False
    has_element = bool(part.elements) and part_of(reading.text, part.elements) is not None
    return not has_element and reading.blocks.keys().isdisjoint(part.blocks)


def _renders(view: View) -> bool:
    """Tell whether a function calls ``render()``, which gives finished HTML, of which no block is known."""
    code = getattr(inspect.unwrap(view), "__code__", None)
    return code is not None and "render" in code.co_names


def readings_of(view: View, *, in_slot: bool = True) -> dict[str, Reading]:
    """Return what the templates print that a view may render, by their names: for a slot, or alone."""
    if "get" not in (option_of(view, "http_method_names") or ["get"]):  # LogoutView has no GET.
        return {}
    found = {name: read(name, in_slot=in_slot) for name in _templates_of(view)}
    return {name: one for name, one in found.items() if isinstance(one, Reading)}


def _templates_of(view: View) -> list[str]:
    """Return the templates of a view: the one of a generic view, else those that its code names."""
    if known := template_of(view):
        return [known]
    view_class: Any = getattr(view, "view_class", None)
    if view_class is None:
        return list(_names_in(view))
    own = [one for one in view_class.__mro__ if not one.__module__.startswith("django.views.")]
    methods = [
        method for one in own for method in vars(one).values() if inspect.isfunction(method)
    ]
    named = option_of(view, "template_name")
    names = [named] if isinstance(named, str) else []
    return names + [name for method in methods for name in _names_in(method)]


def _names_in(function: Any) -> Iterator[str]:
    """Yield the names of templates that are constants of a function's code."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    constants = list(code.co_consts) if code else []
    while constants:
        one = constants.pop(0)
        if isinstance(one, CodeType):
            constants += one.co_consts
        elif isinstance(one, tuple):
            constants += one
        elif isinstance(one, str) and TEMPLATE_NAME.fullmatch(one):
            yield one
