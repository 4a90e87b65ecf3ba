"""Checks of what layouts and slots print: slots, scripts, documents, forms, and names of slots."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.core.checks import CheckMessage
from django.template import TemplateDoesNotExist, engines
from django.views.generic import RedirectView

from django_parallel_routes.checks.project import Project, message, quoted
from django_parallel_routes.checks.templates import (
    Reading,
    class_of,
    has_clash,
    is_whole,
    option_of,
    read,
    readings_of,
    template_of,
)
from django_parallel_routes.declarations import Segment, View
from django_parallel_routes.matches import TemplateView, name_of
from django_parallel_routes.templatetags.parallel_routes import register
from django_parallel_routes.urlconf import DeclaredSegment, DeclaredSlot

REMEDY = (
    'Let its base template decide, with {% extends request.in_slot|yesno:"fragment.html,document.html" '
    '%}, or name its part in the slot, with slot([...], block="content") or element="an-id", or render '
    "a fragment."
)
EXTENDS_LAYOUT = "Remove {% extends %}: the layout is around the slot already."

PARTIALS = (
    "Define the partial in its template; Django 5.2 needs 'template_partials' in INSTALLED_APPS."
)

SCRIPT = "{% parallel_routes_script %}"

LOAD_OURS = "Write {% load slot from parallel_routes %} as the last {% load %} of the layout."

CORRECTION = "Correct the name. For a view, give the view itself, without quotes."

FORM = re.compile(r"<form\b(?![^>]*\baction\b)[^>]*\bmethod\s*=\s*[\"']?post\b", re.IGNORECASE)
"""Matches a form that is posted to the URL of its page."""


def check_layouts(project: Project) -> Iterator[CheckMessage]:
    """E003, E013, W003, W004, W016: what a layout prints."""
    known = {slot.name for slot in project.slots}
    for segment in project.segments:
        declared, at = [slot.name for slot in segment.slots], segment.slots[0]
        layout, (name, reading) = segment.segment.layout, _layout_of(segment)
        template = f"the template {name or template_of(layout)!r}"
        where = f"{segment}: {template}"
        libraries = libraries_with_slot() if has_clash(layout, declared) else []
        if libraries:
            what = f"{where} uses the {{% slot %}} of {' or '.join(libraries)}."
            yield message("E013", what, LOAD_OURS, at)
            continue
        if reading is None:
            continue
        remedy = f"Declare it in slots(), or correct the name. Declared slots: {quoted(declared)}."
        if unknown := sorted(reading.always.difference(declared)):
            what = f"{where} prints slot {quoted(unknown)}, which is not declared."
            yield message("E003", what, remedy, at)
        if reading.twice:
            what = f"{where} prints slot {quoted(sorted(reading.twice))} more than once."
            yield message("E003", what, "Print it once, and move or hide it with CSS.", at)
        # A shared template may print a slot only for the layouts that declare it.
        if maybe := reading.sometimes - known - reading.always:
            what = f"{where} may print slot {quoted(sorted(maybe))}, which no slots() declares."
            yield message("W004", what, remedy, at)
        for slot in segment.slots if reading.is_complete else ():
            if slot.name not in reading.prints:
                loss = " and its intercept() never fires" if slot.slot.interceptions else ""
                printed = "its page" if segment.segment.is_frame else f"slot {slot.name!r}"
                tag = "{% slot %}" if slot.name == "children" else f'{{% slot "{slot.name}" %}}'
                what = f"{where} does not print {printed}, so its pages are never shown{loss}."
                remedy = f"Add {tag} to the template, or remove the slot."
                yield message("W003", what, remedy, slot)
        is_document = not segment.enclosing and reading.is_complete and reading.prints
        if is_document and not reading.has_script:
            what = f"{template} has no {SCRIPT}, so each link loads a whole document."
            yield message("W016", what, f"Add {SCRIPT} to its <head>.", at)


def libraries_with_slot() -> list[str]:
    """Return the names of the other template libraries that have a tag called ``slot``."""
    found: dict[Any, str] = {}
    for backend in engines.all():
        if engine := getattr(backend, "engine", None):  # Jinja2 has no libraries.
            found |= dict(zip(engine.template_builtins, engine.builtins, strict=True))
            found |= {library: name for name, library in engine.template_libraries.items()}
    others = (library for library in found if library is not register)
    return sorted(found[library] for library in others if "slot" in library.tags)


def _layout_of(segment: DeclaredSegment) -> tuple[str | None, Reading | None]:
    """Return the template of a layout, and what it prints, as far as that is known.

    The only template that a function names in its code counts as the layout's, if it prints slots.
    """
    layout = segment.segment.layout
    found = readings_of(layout, in_slot=bool(segment.enclosing))
    name, reading = next(iter(found.items()), (None, None))
    is_function = class_of(layout) is None and len(found) == 1
    is_known = template_of(layout) or (is_function and reading and reading.prints)
    return (name, reading) if is_known else (None, None)


# --- The views of layouts and slots ---

LAYOUT = "layout"


def declared_views(project: Project) -> Iterator[tuple[DeclaredSlot, str, View]]:
    """Yield each view with its slot, and the option that declares the view; ``""`` for a route.

    For a layout, the slot is the first one of its ``slots()``.
    """
    for segment in project.segments:
        yield segment.slots[0], LAYOUT, segment.segment.layout
    for route in project.routes:
        if route.enclosing:
            yield route.enclosing[-1], "", route.view
    for slot in project.slots:
        for option in ("default", "loading", "error", "not_found"):
            if callable(view := getattr(slot.slot, option)):
                yield slot, option, view
        for one in slot.slot.interceptions:
            shown = [one.view] if one.view else [route.view for route in project.named(one.route)]
            yield from ((slot, f"intercept({one.route!r})", view) for view in shown)


def check_pages(project: Project) -> Iterator[CheckMessage]:
    """E009, E010, W011: templates that don't exist, names of slots, whole documents as pages.

    E010 is about slots that no layout around a template has, wherever the template is shown. Of an address
    such as "children.team", only the first name is checked: the rest depends on what the slot shows.
    """
    around: dict[str, set[str]] = {}
    printed: dict[str, tuple[DeclaredSlot, str, Reading]] = {}
    for slot, option, view in declared_views(project):
        where = str(slot.parent if option == LAYOUT else slot)
        name = view.template_name if isinstance(view, TemplateView) else ""
        missing = str(error) if isinstance(error := read(name), TemplateDoesNotExist) else ""
        if name and name == missing:  # An included template may be missing, in a condition.
            is_of_default = slot.parent.segment is slot.named.slot.default
            place = slot if slot.parent.segment.is_frame else where
            written = f"{place}: {'default_layout' if is_of_default else option}"
            what = f"{written}: the template {name!r} does not exist."
            yield message("E009", what, PARTIALS if "#" in name else CORRECTION, slot)
        is_root = option == LAYOUT and not slot.parent.enclosing
        found = readings_of(view, in_slot=not is_root)
        part = replace(slot.slot.part, blocks=()) if _renders(view) else slot.slot.part
        if option != LAYOUT and found and all(is_whole(one, part) for one in found.values()):
            what = "is a whole document, but it is the page of a slot."
            template = f"the template {next(iter(found))!r}"
            remedy = EXTENDS_LAYOUT if any(one.prints for one in found.values()) else REMEDY
            yield message("W011", f"{where}: {template} {what}", remedy, slot)
        for name, reading in found.items():
            names = {one.name for outer in slot.ancestry for one in outer.parent.slots}
            around.setdefault(name, set()).update(names)
            printed.setdefault(name, (slot, where, reading))
    for name, (slot, where, reading) in printed.items():
        if unknown := [one for one in reading.named if one.partition(".")[0] not in around[name]]:
            what = f"the template {name!r} names slot {quoted(unknown)}, which no layout around it has."
            remedy = f"Correct the name. Slots around it: {quoted(sorted(around[name]))}."
            yield message("E010", f"{where}: {what}", remedy, slot)


def _renders(view: View) -> bool:
    """Tell whether a function calls ``render()``, which returns finished HTML: no block of it is known."""
    code = getattr(inspect.unwrap(view), "__code__", None)
    return code is not None and "render" in code.co_names


def check_defaults(project: Project) -> Iterator[CheckMessage]:
    """W021: a default takes forms or has pages, but has no URL of its own."""
    for slot in project.slots:
        default = slot.slot.default
        view: Any = default.slots[0].default if isinstance(default, Segment) else default
        if callable(view) and not slot.parent.segment.is_frame and (what := _needs_url(view)):
            yield message(
                "W021",
                f"{slot}: the default {name_of(view)} {what}, but has no URL of its own. Without "
                f"JavaScript its forms and links reach another slot, and a reload loses its query.",
                'Give it a route in this slot, and set default="name of the route".',
                slot,
            )


def _needs_url(view: View) -> str:
    """Return what a view does that needs a URL of its own; ``""`` if nothing is found."""
    post = getattr(class_of(view), "post", RedirectView.post)
    if post is not RedirectView.post and "post" in option_of(view, "http_method_names"):
        return "takes forms"
    if option_of(view, "paginate_by"):
        return "has pages"
    has_form = any(FORM.search(one.text) for one in readings_of(view).values())
    return "prints a form without an action" if has_form else ""
