"""Reads routes: their text and converters, and how well they fit a path.

Private names of Django that it relies on (see ``tests/test_resolvers.py``): ``RoutePattern._route``,
``RegexPattern._regex``, their ``._is_endpoint``, ``LocalePrefixPattern``, and ``.urlconf_name``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.urls import URLPattern, URLResolver
from django.urls.converters import IntConverter, SlugConverter, StringConverter, UUIDConverter
from django.urls.resolvers import LocalePrefixPattern, RegexPattern, RoutePattern

from django_parallel_routes.declarations import Pattern

LITERAL = re.compile(r"\^?([^\\.*+?\[\](){}|$]*)\$?")
"""Matches a regular expression up to its first special character."""

PARAMETER = re.compile(r"<(?:[^>:]+:)?([^>]+)>")
"""Matches a parameter of a ``path()``. The group is its name."""


# --- What a route is ---


def is_included(patterns: Iterable[Any]) -> bool:
    """Tell whether some of the patterns stand in a module, which may not be imported yet."""
    resolvers = [pattern for pattern in patterns if isinstance(pattern, URLResolver)]
    return any(
        not isinstance(resolver.urlconf_name, (list, tuple)) or is_included(resolver.url_patterns)
        for resolver in resolvers
    )


def parts_of(pattern: Any) -> tuple[Any, ...] | None:
    """Return a route in the current language as literal strings and converters.

    ``None`` for a regular expression that is more than text, and for pattern classes of the project.
    """
    if isinstance(pattern, RoutePattern):
        pieces = PARAMETER.split(str(pattern))
        return tuple(
            pattern.converters[piece] if number % 2 else piece
            for number, piece in enumerate(pieces)
        )
    if isinstance(pattern, LocalePrefixPattern):
        return (str(pattern),)
    if not isinstance(pattern, RegexPattern):
        return None
    regex = pattern.regex.pattern
    literal = LITERAL.fullmatch(regex)
    is_exact = regex.startswith("^") and (
        regex.endswith("$") or not getattr(pattern, "_is_endpoint", True)
    )
    return (literal[1],) if literal and is_exact else None


def join_route(outer: str, inner: str) -> str:
    """Return the route of a pattern below another one, as Django joins it."""
    return outer + inner.removeprefix("^") if outer else inner


def may_hide(pattern: Any, names: Iterable[str]) -> bool:
    """Tell whether Django's match of a page with these ``names`` may lack arguments of a resolver above it.

    A name that is captured again hides the outer value, and any name hides positional arguments.
    """
    regex = pattern.pattern.regex
    outer = {*regex.groupindex, *getattr(pattern, "default_kwargs", ())}
    return len(regex.groupindex) < regex.groups or not outer.isdisjoint(names)


def text_of(route: Any) -> str | None:
    """Return the text of a route, or ``None`` if it depends on the language."""
    text = getattr(route, "_route", getattr(route, "_regex", ""))
    return text if isinstance(text, str) else None


# --- How well a route fits ---

Rank = tuple[int, int, int]
"""How well a match fits, more is better: depth of its segment, class of its route, depth of its
catch-all. Classes of routes: a static one beats a converter, a converter beats a catch-all."""

CATCH_ALL, CONVERTER, STATIC = range(3)

RoutePart = tuple[Pattern, str]
"""One of the patterns of which a route is made, and the rest of the path that it has matched."""

PLAIN = frozenset({IntConverter, SlugConverter, StringConverter, UUIDConverter})
"""Converters of Django that never match a ``/``."""


def route_rank(parts: Iterable[RoutePart]) -> tuple[int, int]:
    """Return the class of a route, which is that of its weakest part, and the depth of its catch-all."""
    weakest, depth = STATIC, 0
    for pattern, path in parts:
        part, slashes = _part_rank(pattern, path)
        weakest, depth = min(weakest, part), depth + slashes
        if part == CATCH_ALL:
            return weakest, depth
    return weakest, 0


def _part_rank(pattern: Pattern, path: str) -> tuple[int, int]:
    """Return the class of one pattern, and the number of ``/`` in the route, or before its catch-all.

    ``path`` is what the pattern has matched. Converters and regular expressions are judged by what they
    do: a group is a catch-all if it also matches its own value twice, with a ``/`` between.
    """
    route: Any = pattern.pattern
    if isinstance(route, RoutePattern) and not route.converters:
        return STATIC, str(route).count("/")
    is_path = isinstance(pattern, URLPattern) and type(route) is RoutePattern
    if is_path and PLAIN.issuperset(map(type, route.converters.values())):
        return CONVERTER, 0
    found = route.regex.search(path)
    if found is None:  # It is a pattern class of the project.
        return CONVERTER, 0
    groups = [group for group in range(1, route.regex.groups + 1) if found.start(group) >= 0]
    for group in groups or [0]:
        start, end = found.span(group)
        again = route.regex.search(f"{path[:end]}/{path[start:]}")
        if again and again.end(group) > end and "/" in again[group]:
            before = path[:start] if groups else LITERAL.findall(route.regex.pattern)[0]
            return CATCH_ALL, before.count("/")
    static = not groups and LITERAL.fullmatch(route.regex.pattern)
    return STATIC if static else CONVERTER, path[: found.end()].count("/")
