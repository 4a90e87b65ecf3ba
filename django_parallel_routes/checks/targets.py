"""A check of slots that templates name: by ``data-pr-target`` or ``{% slot_id %}`` (B66)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage

from django_parallel_routes.checks.declared import Project
from django_parallel_routes.checks.layouts import shown_in
from django_parallel_routes.checks.messages import error, listed
from django_parallel_routes.checks.templates import Reading, reading_of, template_of
from django_parallel_routes.declarations import Segment


def check_names(project: Project) -> Iterator[CheckMessage]:
    """E010: names of slots that no layout around a template has, wherever it is shown.

    Of an address such as "children.team" the first name is looked at; the others are those of layouts
    that may come into that slot.
    """
    around: dict[str, set[str]] = {}
    found: dict[str, tuple[str, Reading]] = {}
    for where, view, segments in _views(project):
        reading, template = reading_of(view), template_of(view)
        if reading is None or template is None:
            continue
        names = {slot.name for segment in segments for slot in segment.slots}
        around.setdefault(template, set()).update(names)
        found.setdefault(template, (where, reading))
    for template, (where, reading) in found.items():
        there = around[template]
        unknown = [name for name in reading.named if name.partition(".")[0] not in there]
        if unknown:
            yield error(
                "E010",
                f"{where}: the template {template!r} names slot {listed(map(repr, unknown))}, which no "
                f"layout around it has.",
                f"Correct the name: there is {listed(map(repr, sorted(there)))}.",
            )


def _views(project: Project) -> Iterator[tuple[str, Any, list[Segment]]]:
    """Yield layouts and pages, where they stand, and the segments around them."""
    for place in project.places:
        outer = [spot.place.segment for spot in place.inside]
        yield str(place), place.segment.layout, [place.segment, *outer]
    for spot in project.spots:
        segments = [around.place.segment for around in spot.chain]
        for _, view in shown_in(spot):
            yield str(spot), view, segments
        for rule in spot.rules:
            for route in project.named(rule.route):  # which may be shown there, too
                yield str(spot), route.pattern.callback, segments
    for route in project.routes:
        if route.inside:
            segments = [around.place.segment for around in route.inside]
            yield str(route.inside[-1]), route.pattern.callback, segments
