"""Reads routes: their text and converters, how well they fit a path, and which of a list may match it.

Private names of Django that it relies on (see ``tests/test_resolvers.py``): ``RoutePattern._route``,
``RegexPattern._regex``, their ``._is_endpoint``, ``LocalePrefixPattern``, and ``.urlconf_name``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from django.urls import URLPattern, URLResolver
from django.urls.converters import IntConverter, SlugConverter, StringConverter, UUIDConverter
from django.urls.resolvers import LocalePrefixPattern, RegexPattern, RoutePattern

from django_parallel_routes.declarations import Pattern, Segment, Slot

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


def routes_text(slot: Slot) -> str:
    """Return a slot's name and routes, as far as they are the same in every language."""
    return f"{slot.name} {[text_of(pattern.pattern) for pattern in slot.patterns]}"


# --- How well a route fits ---

Rank = tuple[int, int, int]
"""How well a match fits, more is better: depth of its segment, class of its route, depth of its
catch-all. Classes of routes: a static one beats a converter, a converter beats a catch-all."""

CATCH_ALL, CONVERTER, STATIC = range(3)

NO_RANK: Rank = (-1, 0, 0)
"""Less than that of any match."""

RoutePart = tuple[Pattern, str]
"""One of the patterns of which a route is made, and the rest of the path that it has matched."""

PLAIN = frozenset({IntConverter, SlugConverter, StringConverter, UUIDConverter})
"""Converters of Django that never match a ``/``."""


def rank_of(pattern: Pattern, path: str) -> Rank:
    """Return the class of one pattern's route, and the depth in ``/`` of its catch-all, if any.

    ``path`` is what it has matched. Converters and regular expressions are judged by what they do:
    a group is a catch-all if it would also take what it has captured twice, with a ``/`` between.
    """
    route = pattern.pattern
    if isinstance(route, RoutePattern) and not route.converters:
        return (0, STATIC, str(route).count("/"))
    if isinstance(pattern, URLPattern) and _has_plain_converters(route):
        return (0, CONVERTER, 0)
    found = route.regex.search(path)
    if found is None:  # It is a pattern class of the project.
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


def _has_plain_converters(route: Any) -> bool:
    return type(route) is RoutePattern and all(
        type(converter) in PLAIN for converter in route.converters.values()
    )


def join_ranks(outer: Rank, inner: Rank) -> Rank:
    """Return the rank of a route that is made of two. The weaker class counts."""
    if outer[1] == CATCH_ALL:
        return outer
    return (inner[0], min(outer[1], inner[1]), outer[2] + inner[2])


def prefix_rank(parts: Iterable[RoutePart]) -> Rank:
    """Return the rank of the part of a route that stands above its page."""
    found: Rank = (0, STATIC, 0)
    for pattern, path in parts:
        found = join_ranks(found, rank_of(pattern, path))
    return found


def page_rank(outer: Rank, inner: Rank) -> Rank:
    """Return the rank of a page whose route is made of two. Without a catch-all, depth does not count."""
    route_class = min(outer[1], inner[1])
    return join_ranks(outer, inner) if route_class == CATCH_ALL else (0, route_class, 0)


# --- Which routes may match a path ---

NESTED = STATIC + 1
"""The class of what a resolver matches. That may be deeper than a page beside it."""

Candidates = list[tuple[int, list[int]]]
"""Positions of patterns, and the best class that a match of one of them may have."""


class PatternIndex:
    """Finds the patterns of a list that may match a path.

    Patterns are found by the text that they begin and end with. So it does not matter how many there are,
    as long as these texts differ.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = tuple(patterns)
        self.routes: list[Any] = [one.pattern if is_page(one) else None for one in self.patterns]
        """What matches a path, for each ``path()`` and ``re_path()``; ``None`` for other patterns."""
        self.static: dict[str, int] = {}
        """The positions of static routes, by their whole path."""
        groups: dict[tuple[int, int, int], dict[str, list[int]]] = {}
        for position, pattern in enumerate(self.patterns):
            if is_static(pattern):
                self.static.setdefault(str(pattern.pattern), position)
            else:
                start, end = literal_start(pattern), literal_end(pattern)
                group = groups.setdefault((_best_class(pattern), len(start), len(end)), {})
                group.setdefault(start + end, []).append(position)
        self._groups = sorted(groups.items(), key=itemgetter(0))
        """The positions of other routes, by their first and last text; grouped by the lengths of these."""

    @classmethod
    def of(cls, resolver: URLResolver) -> PatternIndex:
        """Return the index of the patterns of an ``include()``. It is made when it is first needed."""
        found = vars(resolver).get("_parallel_routes_index")
        if found is None:
            found = vars(resolver)["_parallel_routes_index"] = cls(resolver.url_patterns)
        return found

    def candidates(self, path: str) -> Candidates:
        """Return the positions of patterns that may match a path, each list in order of declaration.

        Each list comes with the best class that the patterns in it may have; better ones come first.
        """
        complete = self.static.get(path)
        found = [] if complete is None else [(STATIC, [complete])]
        for (best, start, end), group in self._groups:
            if positions := group.get(path[:start] + path[len(path) - end :]):
                found.append((best, positions))
        if len(found) > 1:
            found.sort(key=itemgetter(0), reverse=True)
        return found


def is_page(pattern: Pattern) -> bool:
    """Tell whether a pattern is a ``path()`` or ``re_path()`` of one view, and no package has changed it."""
    return type(pattern) is URLPattern and "resolve" not in vars(pattern)


def is_static(pattern: Pattern) -> bool:
    """Tell whether a route is one fixed string, in every language."""
    route = pattern.pattern
    return (
        is_page(pattern)
        and type(route) is RoutePattern
        and not route.converters
        and text_of(route) is not None
    )


def literal_start(pattern: Pattern) -> str:
    """Return the text with which every path begins that a pattern matches; ``""`` if that is not known.

    It is not for classes of a project, for decorated patterns, and where it depends on the language.
    """
    route = pattern.pattern
    text = text_of(route)
    is_slots = isinstance(getattr(pattern, "segment", None), Segment)
    is_known = is_slots or type(pattern) in (URLPattern, URLResolver)
    if not is_known or "resolve" in vars(pattern) or text is None:
        return ""
    if type(route) is RoutePattern:
        return text.partition("<")[0]
    if type(route) is not RegexPattern or not text.startswith("^") or "|" in text:
        return ""
    literal = LITERAL.match(text)
    assert literal  # It also matches the empty string.
    is_optional = text[literal.end(1) :][:1] in ("?", "*", "{")  # its last character
    return literal[1][:-1] if is_optional else literal[1]


def literal_end(pattern: Pattern) -> str:
    """Return the text with which every path ends that a pattern matches; ``""`` if that is not known.

    It is known for a ``path()``, in the same cases as its ``literal_start()``.
    """
    route = pattern.pattern
    text = text_of(route)
    is_path = is_page(pattern) and type(route) is RoutePattern and vars(route)["_is_endpoint"]
    return text.rpartition(">")[2] if is_path and text is not None else ""


def _best_class(pattern: Pattern) -> int:
    """Return the best class that a match of a pattern may have: a converter may be a catch-all."""
    if isinstance(pattern, URLResolver):
        return NESTED
    route = pattern.pattern
    return CONVERTER if type(route) is RoutePattern and route.converters else STATIC
