"""Checks of what slots show: missing templates, slots printed by pages, and names of slots in links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage

from django_parallel_routes.checks.documents import REMEDY, document_in, readings_of
from django_parallel_routes.checks.messages import message, quoted
from django_parallel_routes.checks.project import Project
from django_parallel_routes.checks.reading import Reading
from django_parallel_routes.checks.templates import (
    is_missing,
    reading_of,
    template_of,
)
from django_parallel_routes.declarations import View
from django_parallel_routes.rendering.template_context import EXTENDS_LAYOUT
from django_parallel_routes.urlconf import DeclaredSegment, DeclaredSlot


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
