"""Checks of defaults: those that are routes, and those that would better be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage

from django_parallel_routes.checks.declared import Project
from django_parallel_routes.checks.messages import error, listed, warning
from django_parallel_routes.checks.templates import reading_of
from django_parallel_routes.declarations import Segment, View, name_of
from django_parallel_routes.resolvers import text_of_way

FORM = re.compile(r"<form\b(?![^>]*\baction\b)[^>]*\bmethod\s*=\s*[\"']?post\b", re.IGNORECASE)
"""A form that is posted to the URL of its page."""

FILTERING = ("django_filters", "django_tables2")
"""Packages whose views print links and forms that change the query of their page."""


def check_routes(project: Project) -> Iterator[CheckMessage]:
    """E012: a default names no route of its slot, or one that takes arguments."""
    for spot in project.spots:
        default = spot.slot.default_route
        if default is None or spot.place.segment.is_frame:
            continue
        routes = project.by_slot.get(spot.slot, [])
        named = [route for route in routes if default.name in route.names]
        depth = len(spot.place.way)
        if any(text_of_way(route.way[depth:]) is not None for route in named):
            continue
        names = sorted(name for route in routes for name in route.names)
        known = f": there is {listed(map(repr, names))}" if names else ""
        yield error(
            "E012",
            f"{spot}: default={default!r} "
            + (
                "takes arguments, which a default has not."
                if named
                else "is no route of this slot."
            ),
            f"Give the name of a route of this slot without arguments of its own, as for "
            f"reverse(){known}.",
        )


def check_views(project: Project) -> Iterator[CheckMessage]:
    """W021: a default without a URL of its own takes forms, or has pages or filters."""
    for spot in project.spots:
        default = spot.slot.default
        if spot.place.segment.is_frame or not default:
            continue
        view: Any = default.slots[0].default if isinstance(default, Segment) else default
        if callable(view) and (what := _wants_url(view)):
            yield warning(
                "W021",
                f"{spot}: the default {name_of(view)} {what}, and has no URL of its own: without "
                f"JavaScript its forms and links reach the page of another slot, and a reload "
                f"forgets its query.",
                'Give it a route in this slot, and the slot default="the name of the route".',
            )


def _wants_url(view: View) -> str:
    """Return what a view does that needs a URL, as far as that can be read, or ``""``."""
    view_class: Any = getattr(view, "view_class", None)
    given = getattr(view, "view_initkwargs", {})

    def option(name: str) -> Any:
        return given.get(name, getattr(view_class, name, None))

    reading = reading_of(view)
    if view_class and hasattr(view_class, "post") and "post" in option("http_method_names"):
        return "takes forms"
    if any("POST" in methods for methods in _required_methods(view)):
        return "takes forms"
    packages = {base.__module__.partition(".")[0] for base in getattr(view_class, "__mro__", ())}
    if option("paginate_by") or not packages.isdisjoint(FILTERING):
        return "has pages or filters"
    return "prints a form without an action" if reading and FORM.search(reading.text) else ""


def _required_methods(view: View) -> Iterator[list[str]]:
    """Yield what ``require_POST`` and ``require_http_methods()`` have been told, around a view."""
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            if isinstance(cell.cell_contents, list):
                yield cell.cell_contents
        view = getattr(view, "__wrapped__", None)  # type: ignore[assignment]
