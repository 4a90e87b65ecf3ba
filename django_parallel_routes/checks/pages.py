"""Checks of what layouts and slots print: slots, scripts, documents, forms, and names of slots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage

from django_parallel_routes.checks.project import Project, listed, message, quoted
from django_parallel_routes.checks.templates import Reading
from django_parallel_routes.checks.views import (
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
from django_parallel_routes.rendering.template_context import (
    EXTENDS_LAYOUT,
    libraries_with_slot,
    remedy_for_clash,
)
from django_parallel_routes.urlconf import DeclaredSegment, DeclaredSlot, grouped

REMEDY = (
    'Let its base template decide, with {% extends request.in_slot|yesno:"fragment.html,document.html" '
    '%}, or name its part in the slot, with slot([...], block="content") or element="an-id", or render '
    "a fragment."
)

FORM = re.compile(r"<form\b(?![^>]*\baction\b)[^>]*\bmethod\s*=\s*[\"']?post\b", re.IGNORECASE)
"""A form that is posted to the URL of its page."""


def check_layouts(project: Project) -> Iterator[CheckMessage]:
    """E003, E005, E013, W003, W004: what a layout prints."""
    for segment in project.segments:
        layout = segment.layout
        where = f"{segment}: the template {template_of(layout)!r}"
        names = [slot.name for slot in segment.slots]
        libraries = libraries_with_slot() if has_clash(layout, names) else []
        if libraries:
            yield message(
                "E013",
                f"{where} uses the {{% slot %}} of {' or '.join(libraries)}.",
                remedy_for_clash(libraries),
            )
        elif reading := reading_of(layout, in_slot=bool(segment.enclosing)):
            yield from _undeclared(project, segment, reading, where)
            yield from _not_printed(segment, reading, where)
            twice = {name for name in reading.always if reading.always.count(name) > 1}
            if twice:
                yield message(
                    "E005",
                    f"{where} prints slot {quoted(sorted(twice))} more than once.",
                    "Print it once, and move or hide it with CSS.",
                )


def _undeclared(
    project: Project, segment: DeclaredSegment, reading: Reading, where: str
) -> Iterator[CheckMessage]:
    declared = [slot.name for slot in segment.slots]
    remedy = f"Declare it in slots(), or correct the name. Declared slots: {quoted(declared)}."
    if unknown := [name for name in reading.always if name not in declared]:
        what = f"{where} prints slot {quoted(unknown)}, which is not declared."
        yield message("E003", what, remedy)
    unknown = sorted(reading.sometimes - {*declared, *reading.always})
    if unknown and (unknown := sorted({*unknown} - _slots_of_shared(project, reading))):
        what = f"{where} may print slot {quoted(unknown)}, which is not declared."
        yield message("W004", what, remedy)


def _slots_of_shared(project: Project, reading: Reading) -> set[str]:
    """Return the slots of all layouts that share a template with this one.

    A shared template may print a slot only for the layouts that declare it.
    """
    found: set[str] = set()
    for segment in project.segments:
        other = reading_of(segment.layout, in_slot=bool(segment.enclosing))
        if other and not {*other.templates}.isdisjoint(reading.templates):
            found.update(slot.name for slot in segment.slots)
    return found


def _not_printed(segment: DeclaredSegment, reading: Reading, where: str) -> Iterator[CheckMessage]:
    for slot in segment.slots if reading.is_complete else ():
        name = slot.name
        if name not in reading.prints:
            loses = " and its intercept() never fires" if slot.slot.interceptions else ""
            what = "its page" if segment.is_frame else f"slot {name!r}"
            tag = "{% slot %}" if name == "children" else f'{{% slot "{name}" %}}'
            yield message(
                "W003",
                f"{where} does not print {what}, so its pages are never shown{loses}.",
                f"Add {tag} to the template, or remove the slot.",
            )


def check_scripts(project: Project) -> Iterator[CheckMessage]:
    """W016: no script, once for each template of outermost layouts."""
    outermost = [segment for segment in project.segments if not segment.enclosing]
    by_template = grouped((template_of(one.layout), one) for one in outermost)
    for template, segments in by_template.items():
        reading = reading_of(segments[0].segment.layout, in_slot=False)
        if reading is None or not (reading.is_complete and reading.prints):
            continue
        where = f"{listed(segments)}: the template {template!r}"
        if not reading.has_script:
            yield message(
                "W016",
                f"{where} has no {{% parallel_routes_script %}}, so each link loads a whole document.",
                "Add {% parallel_routes_script %} to its <head>.",
            )


# --- Pages ---


def views_of(slot: DeclaredSlot) -> Iterator[tuple[str, View]]:
    """Yield the views that a slot may show besides its routes, with the option that declares each."""
    fallbacks = slot.slot.fallbacks
    options: list[tuple[str, Any]] = [
        ("default", slot.slot.default),
        ("loading", fallbacks.loading),
        ("error", fallbacks.error),
        ("not_found", fallbacks.not_found),
        *((f"intercept({one.route!r})", one.view) for one in slot.slot.interceptions),
    ]
    yield from ((option, view) for option, view in options if callable(view))


def check_existence(project: Project) -> Iterator[CheckMessage]:
    """E009: templates that don't exist."""
    views = [(f"{one}: layout", one.layout) for one in project.segments]
    views += [
        (f"{slot}: {option}", view) for slot in project.slots for option, view in views_of(slot)
    ]
    for where, view in views:
        if is_missing(view):
            yield message(
                "E009",
                f"{where}: the template {template_of(view)!r} does not exist.",
                "Correct the name. A partial (page.html#part) must be defined in its template, and on "
                "Django 5.2 'template_partials' must be in INSTALLED_APPS.",
            )


def check_pages(project: Project) -> Iterator[CheckMessage]:
    """E007, W011: the page of a slot prints a slot, or is a whole document."""
    for slot in project.slots:
        views = [view for _, view in views_of(slot)]
        routes = project.by_slot.get(slot.slot, ())
        views += [route.view for route in routes if route.enclosing[-1].slot is slot.slot]
        views += [
            route.view
            for interception in slot.slot.interceptions
            for route in project.named(interception.route)
            if not (interception.view or route.enclosing)
        ]
        for view in {id(view): view for view in views}.values():
            reading = reading_of(view)
            where = f"{slot}: the template {template_of(view)!r}"
            layout = reading and _extended_layout(slot, reading)
            if reading and reading.always and layout:
                if not slot.slot.part.blocks:
                    what = f"{where} extends {layout!r}, which is the layout around the slot."
                    yield message("E007", what, EXTENDS_LAYOUT)
            elif reading and reading.always:
                yield message(
                    "E007",
                    f"{where} prints slot {quoted(reading.always)}, but it is the page of a slot.",
                    "Only layouts print slots: move the tag to one, or nest a slots() or "
                    "slot(layout=…).",
                )
            elif template := document_in(slot.slot, view):
                yield message(
                    "W011",
                    f"{slot}: the template {template!r} is a whole document, but it is the page of a "
                    "slot.",
                    REMEDY,
                )


def _extended_layout(slot: DeclaredSlot, reading: Reading) -> str | None:
    """Return the template of the layout around a slot that its page extends, or includes."""
    around = (template_of(outer.parent.layout) for outer in slot.ancestry)
    return next((name for name in around if name in reading.templates), None)


def check_names(project: Project) -> Iterator[CheckMessage]:
    """E010: slots that a template names, and that no layout around it has, wherever it is shown.

    Of an address such as "children.team" only the first name is checked: the rest depends on the
    layout that the slot shows.
    """
    available: dict[str, set[str]] = {}
    found: dict[str, tuple[object, Reading]] = {}
    for where, view, enclosing in _templates(project):
        is_root = isinstance(where, DeclaredSegment) and not where.enclosing
        for template, reading in readings_of(view, in_slot=not is_root).items():
            names = {slot.name for outer in enclosing for slot in outer.parent.slots}
            available.setdefault(template, set()).update(names)
            found.setdefault(template, (where, reading))
    for template, (where, reading) in found.items():
        known = available[template]
        if unknown := [name for name in reading.named if name.partition(".")[0] not in known]:
            yield message(
                "E010",
                f"{where}: the template {template!r} names slot {quoted(unknown)}, which no layout "
                f"around it has.",
                f"Correct the name. Slots around it: {quoted(sorted(known))}.",
            )


def _templates(project: Project) -> Iterator[tuple[object, View, tuple[DeclaredSlot, ...]]]:
    """Yield layouts and pages, with where each is declared, and slots of the segments around it."""
    for segment in project.segments:
        yield segment, segment.layout, (segment.slots[0], *segment.enclosing)
    for slot in project.slots:
        for _, view in views_of(slot):
            yield slot, view, slot.ancestry
        for interception in slot.slot.interceptions:  # These may show the target's own view.
            for route in project.named(interception.route):
                yield slot, route.view, slot.ancestry
    for route in project.routes:
        if route.enclosing:
            yield route.enclosing[-1], route.view, route.enclosing


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
            )


def _needs_url(view: View) -> str:
    """Return what a view does that needs a URL of its own, as far as that can be read, or ``""``."""
    if takes_forms(view):
        return "takes forms"
    if option_of(view, "paginate_by"):
        return "has pages"
    reading = reading_of(view)
    return "prints a form without an action" if reading and FORM.search(reading.text) else ""
