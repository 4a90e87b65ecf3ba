"""A check of ``cache_page``: its key is the URL, and that does not say all that a layout depends on."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage
from django.middleware.cache import CacheMiddleware

from django_parallel_routes.checks.declared import Project
from django_parallel_routes.checks.messages import listed, warning
from django_parallel_routes.checks.templates import reading_of
from django_parallel_routes.declarations import View


def check_cached_layouts(project: Project) -> Iterator[CheckMessage]:
    """W010: a cached layout says to all what it said to the first."""
    for place in project.places:
        layout = place.segment.layout
        if not is_cached(layout):
            continue
        reading = reading_of(layout)
        sometimes = sorted(reading.sometimes) if reading else []
        names = [name for name in sometimes if place.segment.slot(name)]
        if names:
            what = (
                f"whether it prints slot {listed(map(repr, names))} is decided once, for everyone"
            )
        elif not place.inside:
            what = "what {% parallel_routes_script %} tells of one request is told at all others"
        else:
            continue
        yield warning(
            "W010",
            f"{place}: its layout is cached by cache_page, so {what}.",
            "Cache the views of its slots instead, or parts of the template with {% cache %}.",
        )


def is_cached(view: View | Any) -> bool:
    """Tell whether a view is decorated by ``cache_page``, be it below other decorators, or a class."""
    cls = getattr(view, "view_class", None)
    return any(map(_has_cache, (view, getattr(cls, "dispatch", None), getattr(cls, "get", None))))


def _has_cache(function: Any) -> bool:
    for _ in range(DECORATORS):
        if not inspect.isfunction(function):
            return False
        inner = [cell for cell in _cells(function) if inspect.isfunction(cell)]
        if any(map(_is_cache, (value for cell in inner for value in _cells(cell)))):
            return True
        function = getattr(function, "__wrapped__", None)
    return False


DECORATORS = 20
"""How many of them are looked through."""


def _cells(function: Any) -> list[Any]:
    """Return what a function has taken along from where it was made."""
    found: list[Any] = []
    for cell in function.__closure__ or ():
        try:
            value = cell.cell_contents
        except ValueError:  # not set yet
            continue
        found.extend(value if isinstance(value, (list, tuple)) else [value])
    return found


def _is_cache(value: Any) -> bool:
    """Tell whether it is what ``cache_page`` makes, or (for ``method_decorator``) makes it of."""
    return isinstance(value, CacheMiddleware) or value is CacheMiddleware
