"""What single routes are made of, and how well they match. Tools read it, too.

Private names of Django that it relies on (see ``tests/test_resolvers.py``): ``RoutePattern._route``,
``RegexPattern._regex`` and ``._is_endpoint``, ``LocalePrefixPattern``, and ``.urlconf_name``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern, RoutePattern

from django_parallel_routes.declarations import Slot
from django_parallel_routes.matches import CATCH_ALL, CONVERTER, STATIC, Rank

LITERAL = re.compile(r"\^?([^\\.*+?\[\](){}|$]*)\$?")
"""A regular expression up to its first special character; all of it, if there is none."""

PARAMETER = re.compile(r"<(?:[^>:]+:)?([^>]+)>")
"""A parameter of a ``path()``, its name as the group."""


def named_routes(
    patterns: Iterable[Any], names: tuple[str, ...] = ("",), above: tuple[Any, ...] = ()
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the routes below some patterns: a name, and the patterns that lead to it, itself last.

    A route has two names where a namespace has another name than its application.
    """
    for pattern in patterns:
        route = (*above, pattern)
        if isinstance(pattern, URLPattern):
            yield from ((f"{name}{pattern.name}", route) for name in names if pattern.name)
        else:
            spaces = dict.fromkeys(filter(None, (pattern.namespace, pattern.app_name)))
            inner = tuple(f"{name}{space}:" for name in names for space in spaces)
            yield from named_routes(pattern.url_patterns, inner or names, route)


def is_included(patterns: Iterable[Any]) -> bool:
    """Tell whether some of the patterns stand in a module, which may not be imported yet."""
    resolvers = [pattern for pattern in patterns if isinstance(pattern, URLResolver)]
    return any(
        not isinstance(resolver.urlconf_name, (list, tuple)) or is_included(resolver.url_patterns)
        for resolver in resolvers
    )


def fixed_url(route: Iterable[Any] | None) -> str | None:
    """Return the URL of a route in the current language, or ``None`` if it takes arguments."""
    parts = [parts_of(pattern.pattern) for pattern in route or ()]
    if not parts or any(part is None for part in parts):
        return None
    texts = [text for part in parts for text in part or ()]
    return "".join(texts) if all(isinstance(text, str) for text in texts) else None


def page_rank(rank: Rank) -> Rank:
    """Return a page's rank: inside a class other than catch-alls, Django's order holds."""
    return rank if rank[1] == CATCH_ALL else (0, rank[1], 0)


def is_static(pattern: URLPattern) -> bool:
    """Tell whether a route is one fixed string, in every language."""
    route = pattern.pattern
    return (
        type(route) is RoutePattern
        and not route.converters
        and isinstance(getattr(route, "_route", None), str)
    )


def rank_of(pattern: URLPattern | URLResolver, path: str) -> Rank:
    """Return the class of one pattern's route, and the depth in ``/`` of its catch-all, if any.

    ``path`` is what it has matched. Converters and regular expressions are judged by what they do:
    a group is a catch-all if it would also take what it has captured twice, with a ``/`` between.
    """
    route = pattern.pattern
    if isinstance(route, RoutePattern) and not route.converters:
        return (0, STATIC, str(route).count("/"))
    found = route.regex.search(path)
    if found is None:  # a pattern class of the project
        return (0, CONVERTER, 0)
    groups = [group for group in range(1, route.regex.groups + 1) if found.start(group) >= 0]
    for group in groups or [0]:
        start, end = found.span(group)
        doubled = f"{path[:end]}/{path[start:]}"
        again = route.regex.search(doubled)
        if again and again.end(group) > end and "/" in again[group]:
            literal = LITERAL.match(route.regex.pattern)
            before = path[:start] if groups or not literal else literal[1]
            return (0, CATCH_ALL, before.count("/"))
    static = not groups and LITERAL.fullmatch(route.regex.pattern)
    return (0, STATIC if static else CONVERTER, path[: found.end()].count("/"))


def signature(slot: Slot) -> str:
    """Return a slot's name and routes, as far as they are the same in every language."""
    routes = [
        getattr(pattern.pattern, "_route", getattr(pattern.pattern, "_regex", None))
        for pattern in slot.patterns
    ]
    return f"{slot.name} {[route if isinstance(route, str) else None for route in routes]}"


def join_ranks(outer: Rank, inner: Rank) -> Rank:
    """Return the rank of a route that is made of two: the weaker class counts."""
    if outer[1] == CATCH_ALL:
        return outer
    return (inner[0], min(outer[1], inner[1]), outer[2] + inner[2])


def parts_of(pattern: Any) -> tuple[Any, ...] | None:
    """Return a route in the current language as literal strings and converters, for the checks.

    ``None`` for a regular expression that is more than text, and for pattern classes of others.
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


def is_translated(pattern: Any) -> bool:
    """Tell whether a route is another one in another language."""
    route = getattr(pattern, "_route", getattr(pattern, "_regex", ""))
    return not isinstance(route, str)
