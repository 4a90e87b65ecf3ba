"""Checks of defaults: those that name a route, and those that need one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage

from django_parallel_routes.checks.messages import message, quoted
from django_parallel_routes.checks.project import Project
from django_parallel_routes.checks.templates import option_of, reading_of, takes_forms
from django_parallel_routes.declarations import Segment, View, name_of
from django_parallel_routes.patterns import fixed_url

FORM = re.compile(r"<form\b(?![^>]*\baction\b)[^>]*\bmethod\s*=\s*[\"']?post\b", re.IGNORECASE)
"""A form that is posted to the URL of its page."""

FILTERING = ("django_filters", "django_tables2")
"""Packages whose views print links and forms that change the query of their page."""


def check_routes(project: Project) -> Iterator[CheckMessage]:
    """E012: a default names no route of its slot, or one that takes arguments."""
    for slot in project.slots:
        default = slot.slot.default_route
        if default is None or slot.parent.is_frame:
            continue
        routes = project.by_slot.get(slot.slot, [])
        named = [route for route in routes if default.name in route.names]
        depth = len(slot.parent.patterns)
        if not any(fixed_url(route.patterns[depth:]) is not None for route in named):
            what = "takes arguments" if named else "is not the name of a route of this slot"
            names = sorted(name for route in routes for name in route.names)
            known = f" Its routes: {quoted(names)}." if names else ""
            yield message(
                "E012",
                f"{slot}: default={default!r} {what}.",
                f"Name a route of this slot that takes no arguments, as for reverse().{known}",
            )


def check_views(project: Project) -> Iterator[CheckMessage]:
    """W021: a default takes forms, has pages or filters, and has no URL of its own."""
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
    view_class: Any = getattr(view, "view_class", None)
    if view_class and takes_forms(view):
        return "takes forms"
    packages = {base.__module__.partition(".")[0] for base in getattr(view_class, "__mro__", ())}
    if option_of(view, "paginate_by") or not packages.isdisjoint(FILTERING):
        return "has pages or filters"
    reading = reading_of(view)
    return "prints a form without an action" if reading and FORM.search(reading.text) else ""
