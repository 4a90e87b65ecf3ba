"""Checks of what layouts and slots print: slots, scripts, documents, forms, and names of slots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage

from django_parallel_routes.checks.project import Project, listed, message, quoted
from django_parallel_routes.checks.templates import Reading
from django_parallel_routes.checks.views import (
    class_of,
    document_in,
    has_clash,
    is_missing,
    option_of,
    reading_of,
    readings_of,
    takes_forms,
    template_of,
)
from django_parallel_routes.declarations import Segment, View, name_of
from django_parallel_routes.rendering.tag_clashes import (
    libraries_with_slot,
    remedy_for_clash,
)
from django_parallel_routes.urlconf import DeclaredSegment, DeclaredSlot, grouped

REMEDY = (
    'Let its base template decide, with {% extends request.in_slot|yesno:"fragment.html,document.html" '
    '%}, or name its part in the slot, with slot([...], block="content") or element="an-id", or render '
    "a fragment."
)

PARTIALS = (
    "Define the partial in its template; Django 5.2 needs 'template_partials' in INSTALLED_APPS."
)

CORRECTION = "Correct the name. For a view, give the view itself, without quotes."

FORM = re.compile(r"<form\b(?![^>]*\baction\b)[^>]*\bmethod\s*=\s*[\"']?post\b", re.IGNORECASE)
"""A form that is posted to the URL of its page."""


def check_layouts(project: Project) -> Iterator[CheckMessage]:
    """E003, E013, W003, W004: what a layout prints."""
    for segment in project.segments:
        declared, at = [slot.name for slot in segment.slots], segment.slots[0]
        template, reading = layout_of(segment)
        where = f"{segment}: the template {template or template_of(segment.layout)!r}"
        libraries = libraries_with_slot() if has_clash(segment.layout, declared) else []
        if libraries:
            what = f"{where} uses the {{% slot %}} of {' or '.join(libraries)}."
            yield message("E013", what, remedy_for_clash(libraries), at)
            continue
        if reading is None:
            continue
        remedy = f"Declare it in slots(), or correct the name. Declared slots: {quoted(declared)}."
        if unknown := [name for name in reading.always if name not in declared]:
            what = f"{where} prints slot {quoted(unknown)}, which is not declared."
            yield message("E003", what, remedy, at)
        maybe = reading.sometimes - {*declared, *reading.always}
        if maybe and (maybe := maybe - _slots_of_shared(project, reading)):
            what = f"{where} may print slot {quoted(sorted(maybe))}, which is not declared."
            yield message("W004", what, remedy, at)
        for slot in segment.slots if reading.is_complete else ():
            if slot.name not in reading.prints:
                loss = " and its intercept() never fires" if slot.slot.interceptions else ""
                printed = "its page" if segment.is_frame else f"slot {slot.name!r}"
                tag = "{% slot %}" if slot.name == "children" else f'{{% slot "{slot.name}" %}}'
                what = f"{where} does not print {printed}, so its pages are never shown{loss}."
                yield message(
                    "W003", what, f"Add {tag} to the template, or remove the slot.", slot
                )


def layout_of(segment: DeclaredSegment) -> tuple[str | None, Reading | None]:
    """Return the template of a layout, and what it prints, as far as that is known.

    A function whose code names one template that prints slots is taken for a layout with that template.
    """
    is_inner = bool(segment.enclosing)
    found = readings_of(segment.layout, in_slot=is_inner)
    name, reading = next(iter(found.items()), (None, None))
    is_function = class_of(segment.layout) is None and len(found) == 1
    is_known = template_of(segment.layout) or (is_function and reading and reading.prints)
    return (name, reading) if is_known else (None, None)


def _slots_of_shared(project: Project, reading: Reading) -> set[str]:
    """Return the slots of all layouts that share a template with this one.

    A shared template may print a slot only for the layouts that declare it.
    """
    found: set[str] = set()
    for segment in project.segments:
        _, other = layout_of(segment)
        if other and not {*other.templates}.isdisjoint(reading.templates):
            found.update(slot.name for slot in segment.slots)
    return found


def check_scripts(project: Project) -> Iterator[CheckMessage]:
    """W016: a script is missing, once for each template of outermost layouts."""
    outermost = [segment for segment in project.segments if not segment.enclosing]
    for template, segments in grouped((layout_of(one)[0], one) for one in outermost).items():
        _, reading = layout_of(segments[0])
        if reading is None or not (reading.is_complete and reading.prints):
            continue
        missing = [] if reading.may_have_htmx else ["{% htmx_script %}"]
        missing += [] if reading.has_script else ["{% parallel_routes_script %}"]
        if missing:
            tags, where = " ".join(missing), f"{listed(segments)}: the template {template!r}"
            what = f"{where} has no {tags}, so each link loads a whole document."
            yield message("W016", what, f"Add {tags} to its <head>.", segments[0].slots[0])


# --- Layouts and pages ---

LAYOUT = "layout"


def declared_views(project: Project) -> Iterator[tuple[DeclaredSlot, str, View]]:
    """Yield each view with its slot, and the option that declares it; ``""`` for that of a route.

    The slot of a layout is the first one that it may print.
    """
    for segment in project.segments:
        yield segment.slots[0], LAYOUT, segment.layout
    for route in project.routes:
        if route.enclosing:
            yield route.enclosing[-1], "", route.view
    for slot in project.slots:
        states = {
            name: getattr(slot.slot.fallbacks, name) for name in ("loading", "error", "not_found")
        }
        for option, view in {"default": slot.slot.default, **states}.items():
            if callable(view):
                yield slot, option, view
        for one in slot.slot.interceptions:
            shown = [one.view] if one.view else [route.view for route in project.named(one.route)]
            yield from ((slot, f"intercept({one.route!r})", view) for view in shown)


def check_existence(project: Project) -> Iterator[CheckMessage]:
    """E009: templates that don't exist."""
    for slot, option, view in declared_views(project):
        if is_missing(view):
            where, name = slot.parent if option == LAYOUT else slot, template_of(view)
            what = f"{where}: {option}: the template {name!r} does not exist."
            is_partial = "#" in (name or "")
            yield message("E009", what, PARTIALS if is_partial else CORRECTION, slot)


def check_pages(project: Project) -> Iterator[CheckMessage]:
    """W011: the page of a slot is a whole document; once for each view."""
    found: dict[int, tuple[DeclaredSlot, str]] = {}
    for slot, option, view in declared_views(project):
        if option != LAYOUT and id(view) not in found and (name := document_in(slot.slot, view)):
            found[id(view)] = slot, name
    for slot, template in found.values():
        what = "is a whole document, but it is the page of a slot."
        yield message("W011", f"{slot}: the template {template!r} {what}", REMEDY, slot)


def check_names(project: Project) -> Iterator[CheckMessage]:
    """E010: slots that a template names, and that no layout around it has, wherever it is shown.

    Of an address such as "children.team" only the first name is checked: the rest depends on the
    layout that the slot shows.
    """
    available: dict[str, set[str]] = {}
    found: dict[str, tuple[DeclaredSlot, str, Reading]] = {}
    for slot, option, view in declared_views(project):
        is_root = option == LAYOUT and not slot.parent.enclosing
        for template, reading in readings_of(view, in_slot=not is_root).items():
            names = {one.name for outer in slot.ancestry for one in outer.parent.slots}
            available.setdefault(template, set()).update(names)
            where = str(slot.parent if option == LAYOUT else slot)
            found.setdefault(template, (slot, where, reading))
    for template, (slot, where, reading) in found.items():
        known = available[template]
        if unknown := [name for name in reading.named if name.partition(".")[0] not in known]:
            yield message(
                "E010",
                f"{where}: the template {template!r} names slot {quoted(unknown)}, which no layout "
                f"around it has.",
                f"Correct the name. Slots around it: {quoted(sorted(known))}.",
                slot,
            )


# --- Defaults ---


def check_defaults(project: Project) -> Iterator[CheckMessage]:
    """W021: a default takes forms, has pages, and has no URL of its own."""
    for slot in project.slots:
        default = slot.slot.default
        if slot.parent.is_frame or not default:
            continue
        view: Any = default.slots[0].default if isinstance(default, Segment) else default
        if callable(view) and (what := _needs_url(view)):
            yield message(
                "W021",
                f"{slot}: the default {name_of(view)} {what}, but has no URL of its own. Without "
                f"JavaScript its forms and links reach another slot, and a reload loses its query.",
                'Give it a route in this slot, and set default="name of the route".',
                slot,
            )


def _needs_url(view: View) -> str:
    """Return what a view does that needs a URL of its own, as far as that can be read, or ``""``."""
    if takes_forms(view):
        return "takes forms"
    if option_of(view, "paginate_by"):
        return "has pages"
    reading = reading_of(view)
    return "prints a form without an action" if reading and FORM.search(reading.text) else ""
