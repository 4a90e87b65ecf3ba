"""What is known of a view without a call: its templates, and whether it takes forms."""

from __future__ import annotations

import inspect
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from types import CodeType
from typing import Any

from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.views.generic import RedirectView

from django_parallel_routes.checks.templates import Reading, read
from django_parallel_routes.declarations import WHOLE, Part, Slot, TemplateView, View
from django_parallel_routes.rendering.markup import is_document, part_of
from django_parallel_routes.rendering.tag_clashes import OF_SLOTS

TEMPLATE_NAME = re.compile(r"[\w./-]+\.(?:html|jinja2?|j2)", re.ASCII)


def class_of(view: Any) -> Any:
    """Return the class of which ``as_view()`` has made a view, or ``None``."""
    found = getattr(view, "view_class", None)
    return found if isinstance(found, type) else None


def option_of(view: Any, name: str) -> Any:
    """Return an attribute of a class-based view, or what ``as_view()`` was given for it."""
    view_class = class_of(view)
    given = getattr(view, "view_initkwargs", {}) if view_class else {}
    return given.get(name, getattr(view_class, name, None))


def takes_forms(view: Any) -> bool:
    """Tell whether a class-based view takes forms."""
    own = getattr(class_of(view), "post", RedirectView.post)
    methods = option_of(view, "http_method_names")
    takes = not isinstance(methods, Collection) or "post" in methods
    return takes and own is not RedirectView.post


def template_of(view: View) -> str | None:
    """Return the template of a layout or page: of a template name, or of a generic view."""
    if isinstance(view, TemplateView):
        return view.template_name
    view_class = class_of(view)
    for name in ("get_template_names", "render_to_response"):
        method = getattr(view_class, name, None)
        if not getattr(method, "__module__", "").startswith("django.views.generic."):
            return None
    found: Any = option_of(view, "template_name") or _default_template(view)
    return found if isinstance(found, str) else None


def _default_template(view: View) -> str | None:
    """Return the template that a generic view makes of its model's name: ``shop/item_list.html``."""
    queryset, suffix = option_of(view, "queryset"), option_of(view, "template_name_suffix")
    model = getattr(queryset, "model", None) or option_of(view, "model")
    options = getattr(model, "_meta", None)
    if options is None or suffix is None or option_of(view, "template_name_field"):
        return None
    return f"{options.app_label}/{options.model_name}{suffix}.html"


def reading_of(view: View, *, in_slot: bool = True) -> Reading | None:
    """Return what a view's template prints, or ``None`` if it is not known or broken.

    A template may print something else ``in_slot``, that is for a slot, than as a document.
    """
    found = read(template_of(view), in_slot=in_slot)
    return found if isinstance(found, Reading) else None


def is_missing(view: View) -> bool:
    """Tell whether a view is the name of a template that does not exist."""
    found = read(view.template_name) if isinstance(view, TemplateView) else None
    # An included template may be the one that is missing, which is right in a condition.
    return isinstance(found, TemplateDoesNotExist) and str(found) == template_of(view)


def has_clash(view: View, slots: Iterable[str]) -> bool:
    """Tell whether a layout's template has the ``slot`` tag of another library, where it wants ours.

    If it prints all ``slots``, the other tag is what it wants, for example in an included template.
    """
    found = read(template_of(view))
    if isinstance(found, Reading):
        return found.has_other_slot and not found.prints.issuperset(slots)
    return isinstance(found, TemplateSyntaxError) and bool(OF_SLOTS.search(str(found)))


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
    view_class = class_of(view)
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
