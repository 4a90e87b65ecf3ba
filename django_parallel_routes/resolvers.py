"""Path to match. The only module that touches Django's private URL API.

Private names it relies on (``tests/test_resolvers.py`` says which, for each Django version):
``URLResolver``'s constructor, ``.pattern``, ``.url_patterns``, ``.default_kwargs``, ``RoutePattern``,
its ``.converters`` and ``._route``, ``.urlconf_name``, ``RegexPattern._regex`` and ``._is_endpoint``,
``LocalePrefixPattern``, and the shapes of ``Resolver404``'s argument and of ``ResolverMatch.tried``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.urls import (
    Resolver404,
    ResolverMatch,
    URLPattern,
    URLResolver,
    get_resolver,
    get_urlconf,
)
from django.urls.resolvers import LocalePrefixPattern, RegexPattern, RoutePattern
from django.utils.functional import cached_property

from django_parallel_routes.declarations import CHILDREN, Segment, Slot, SlotStep, View
from django_parallel_routes.matches import (
    CATCH_ALL,
    CONVERTER,
    STATIC,
    Around,
    Captured,
    Composite,
    DefaultMatch,
    EnclosingSlot,
    Match,
    PageMatch,
    Rank,
    SegmentMatch,
    join_route,
)


@dataclass(frozen=True)
class Above:
    """What the patterns between a slot and one of its routes have gathered on the way down."""

    captured: Captured = field(default_factory=Captured)
    app_names: tuple[str, ...] = ()
    namespaces: tuple[str, ...] = ()
    route: str = ""
    rank: Rank = (0, STATIC, 0)
    enclosing: tuple[EnclosingSlot, ...] = ()
    steps: tuple[Any, ...] = ()

    def below(
        self, resolver: URLResolver, path: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Above:
        """Return what there is below a resolver that has matched ``path``."""
        return Above(
            self.captured.joined(_captured_by(resolver, args, kwargs)),
            (*self.app_names, resolver.app_name) if resolver.app_name else self.app_names,
            (*self.namespaces, resolver.namespace) if resolver.namespace else self.namespaces,
            join_route(self.route, str(resolver.pattern)),
            _joined_rank(self.rank, _rank(resolver, path)),
            self.enclosing,
            (*self.steps, resolver),
        )

    def inside(self, slot: Slot) -> Above:
        """Return what there is inside of a slot of a segment that has been matched."""
        return replace(
            self,
            enclosing=(*self.enclosing, EnclosingSlot(slot, self.captured)),
            steps=(*self.steps, SlotStep(slot.name)),
        )


def _captured_by(
    resolver: URLResolver, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> Captured:
    """Return what a resolver alone adds to the arguments of the views below it."""
    merged = {**kwargs, **resolver.default_kwargs}
    return Captured(() if merged else args, merged, kwargs, resolver.default_kwargs)


class SlotsResolver(URLResolver):
    """What ``slots()`` returns: a ``URLResolver`` that matches each of its slots on its own.

    Its ``url_patterns`` are those of all slots, one after the other: that is all that
    ``reverse()``, the system checks and admindocs need. Only ``resolve()`` knows of slots.
    """

    def __init__(self, route: Any, segment: Segment, view: Callable[[SegmentMatch], View]) -> None:
        patterns = [pattern for slot in segment.slots for pattern in slot.patterns]
        super().__init__(RoutePattern(route, is_endpoint=False), patterns)
        self.segment, self.view = segment, view

    def __repr__(self) -> str:
        return f"<SlotsResolver {self.segment!r}>"

    def resolve(self, path: Any) -> ResolverMatch:
        """Return a match whose ``func`` is the composite view; raises ``Resolver404``.

        All else in it is the main page's, as if its route was a plain ``path()``.
        """
        path = str(path)
        match = self.match(path)
        if match is None:
            tried = self._tried(path)
            raise Resolver404({"path": path, "tried": tried} if tried else {"path": path})
        page = match.primary
        return ResolverMatch(
            self.view(match),
            page.captured.args,
            dict(page.captured.kwargs),
            page.url_name,
            list(page.app_names),
            list(page.namespaces),
            page.route.removeprefix(str(self.pattern)),  # Django joins the prefix itself.
            tried=[list(page.steps[1:])],
            captured_kwargs=dict(page.captured.captured_kwargs),
            extra_kwargs=dict(page.captured.extra_kwargs),
        )

    def match(self, path: str, above: Above = Above()) -> SegmentMatch | None:
        """Return what matches ``path`` in the slots, or ``None`` if no slot has a page for it."""
        hit = self.pattern.match(path)
        if not hit:
            return None
        rest, args, kwargs = hit
        above = above.below(self, path, args, kwargs)
        found = {slot.name: table.match(rest, above.inside(slot)) for slot, table in self._tables}
        ranks = [match.rank for match in found.values() if match]
        if not ranks:
            return None
        depth, route_class, position = max(ranks)
        rank = (depth + 1, route_class, position)
        defaults = {
            slot.name: table.default(above.inside(slot))
            for slot, table in self._tables
            if slot.default_route
        }
        return SegmentMatch(
            self.segment, above.captured, rest, found, above.enclosing, rank, defaults=defaults
        )

    @cached_property
    def _tables(self) -> list[tuple[Slot, Table]]:
        # Not in __init__: included URLconfs may not be imported before they are needed.
        return [(slot, Table(slot)) for slot in self.segment.slots]

    def _tried(self, path: str) -> list[list[Any]]:
        """Return what was tried, for the debug 404 page, each step led by the slot's name."""
        hit = self.pattern.match(path)
        if not hit:
            return []
        tried: list[list[Any]] = []
        for slot in self.segment.slots:
            name = SlotStep(slot.name)
            for pattern in slot.patterns:
                try:
                    pattern.resolve(hit[0])
                except Resolver404 as error:
                    deeper = error.args[0].get("tried") or [[]]
                    tried.extend([name, pattern, *steps] for steps in deeper)
                else:
                    tried.append([name, pattern])
        return tried


class Table:
    """The patterns of one slot, ready to be matched: static routes by look-up, others in order."""

    def __init__(self, slot: Slot) -> None:
        self.slot = slot
        self.static: dict[str, URLPattern] = {}
        self.others: list[URLPattern | URLResolver] = []
        for pattern in slot.patterns:
            if type(pattern) is URLPattern and _is_static(pattern):
                self.static.setdefault(str(pattern.pattern), pattern)
            else:
                self.others.append(pattern)

    def match(self, path: str, above: Above) -> Match | None:
        """Return the best match for ``path`` (SEMANTICS S4, S5), the first declared among equals."""
        best: Match | None = None
        if static := self.static.get(path):
            rank = _joined_rank(above.rank, (0, STATIC, 0))
            extra = static.default_args
            best = PageMatch(
                static.callback,
                above.captured.joined(Captured((), extra, {}, extra)),
                static.name,
                above.app_names,
                above.namespaces,
                join_route(above.route, path),
                _page_rank(rank),
                enclosing=above.enclosing,
                steps=(*above.steps, static),
            )
        for pattern in self.others:
            for candidate in _candidates(pattern, path, above):
                if best is None or candidate.rank > best.rank:
                    best = candidate
        return best

    def default(self, above: Above) -> DefaultMatch:
        """Return the match of the route that is the slot's default, outside of the slot's own layout.

        Raises ``ImproperlyConfigured`` if there is no such route: included URLconfs are read this late.
        """
        url = text_of_way(self._default_way)
        match = self.match(url, above) if url is not None else None
        if isinstance(match, SegmentMatch) and match.segment is self.slot.frame:
            match = match.slots[CHILDREN]
        if url is None or match is None:
            raise ImproperlyConfigured(
                f"Slot {self.slot.name!r}: default={self.slot.default_route!r} is no route of this "
                f"slot without arguments of its own: see manage.py check (E012)."
            )
        return DefaultMatch(url, match)

    @cached_property
    def _default_way(self) -> tuple[Any, ...] | None:
        route = self.slot.default_route
        assert route
        ways = (way for name, way in named_routes(self.slot.patterns) if name in route.ends)
        return next((way for way in ways if text_of_way(way) is not None), None)


def named_routes(
    patterns: Iterable[Any], names: tuple[str, ...] = ("",), above: tuple[Any, ...] = ()
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the routes below some patterns: a name, and the patterns that lead to it, itself last.

    A route has two names where a namespace has another name than its application.
    """
    for pattern in patterns:
        way = (*above, pattern)
        if isinstance(pattern, URLPattern):
            yield from ((f"{name}{pattern.name}", way) for name in names if pattern.name)
        else:
            spaces = dict.fromkeys(filter(None, (pattern.namespace, pattern.app_name)))
            inner = tuple(f"{name}{space}:" for name in names for space in spaces)
            yield from named_routes(pattern.url_patterns, inner or names, way)


def is_included(patterns: Iterable[Any]) -> bool:
    """Tell whether some of the patterns stand in a module, which may not be imported yet."""
    resolvers = [pattern for pattern in patterns if isinstance(pattern, URLResolver)]
    return any(
        not isinstance(resolver.urlconf_name, (list, tuple)) or is_included(resolver.url_patterns)
        for resolver in resolvers
    )


def text_of_way(way: Iterable[Any] | None) -> str | None:
    """Return the URL of a route in the current language, or ``None`` if it takes arguments."""
    parts = [parts_of(pattern.pattern) for pattern in way or ()]
    if not parts or any(part is None for part in parts):
        return None
    texts = [text for part in parts for text in part or ()]
    return "".join(texts) if all(isinstance(text, str) for text in texts) else None


def _candidates(pattern: URLPattern | URLResolver, path: str, above: Above) -> Iterator[Match]:
    """Yield every way in which a pattern matches, where Django's own ``resolve()`` gives one."""
    is_plain = "resolve" not in vars(pattern)  # or a package has put a decorator around it
    if is_plain and isinstance(pattern, SlotsResolver):
        if nested := pattern.match(path, above):
            yield nested
    elif is_plain and type(pattern) is URLResolver:
        if hit := pattern.pattern.match(path):
            rest, args, kwargs = hit
            below = above.below(pattern, path, args, kwargs)
            for inner in pattern.url_patterns:
                yield from _candidates(inner, rest, below)
    else:
        try:
            found = pattern.resolve(path)
        except Resolver404:
            return
        if found:
            yield _page(pattern, path, found, above)


def _page(
    pattern: URLPattern | URLResolver, path: str, found: ResolverMatch, above: Above
) -> Match:
    """Return Django's match of one pattern as ours, with what stood above it."""
    route = above.route
    if isinstance(pattern, URLResolver):  # It has left its own to Django.
        route = join_route(route, str(pattern.pattern))
    if isinstance(found.func, Composite):  # Somebody's own URLResolver around slots().
        assert isinstance(pattern, URLResolver)
        match = with_around(found.func.match, found, path, resolver=pattern)
        return match.below(
            Around(above.captured, above.app_names, above.namespaces, route, above.enclosing)
        )
    return PageMatch(
        found.func,
        above.captured.joined(Captured.of(found)),
        found.url_name,
        (*above.app_names, *found.app_names),
        (*above.namespaces, *found.namespaces),
        join_route(route, found.route),
        _page_rank(_joined_rank(above.rank, _rank(pattern, path))),
        enclosing=above.enclosing,
        steps=(*above.steps, pattern, *(found.tried or [()])[-1]),
    )


def with_around(
    match: SegmentMatch, found: ResolverMatch, path: str, *, resolver: URLResolver | None = None
) -> SegmentMatch:
    """Return the match of a ``slots()`` with what stands around it in the URLconf.

    ``found`` is what ``resolver``, by default that of the URLconf, has made of it for ``path``.
    """
    first = next(iter((found.tried or [()])[-1]), None)
    if resolver is None and getattr(first, "segment", None) is match.segment:
        return match.called_with(found.args, found.kwargs)  # Nothing stands around it.
    resolver = resolver or get_resolver(get_urlconf())
    around = Around.of(found, match)
    if captured := _captured_above(resolver, found, match, path):
        around = replace(around, captured=captured)
    return match.below(around).called_with(found.args, found.kwargs)


def _captured_above(
    resolver: URLResolver, found: ResolverMatch, match: SegmentMatch, path: str
) -> Captured | None:
    """Return what the patterns around a ``slots()`` captured, if Django's match hides a part of it.

    A name that is captured once more further down hides the one above, and any name hides
    positional arguments: but layouts and defaults are called with what stands above alone (S7).
    """
    steps, own = [resolver], match.primary.captured.kwargs
    for step in (found.tried or [()])[-1]:
        if getattr(step, "segment", None) is match.segment:
            break
        if not isinstance(step, URLResolver):
            return None
        steps.append(step)
    else:  # A resolver of somebody's own does not tell.
        return None
    if not any(_may_be_hidden(step, own) for step in steps):
        return None
    captured = Captured()
    for step in steps:
        hit = step.pattern.match(path)
        if not hit:  # The language is another one by now.
            return None
        path, args, kwargs = hit
        captured = captured.joined(_captured_by(step, args, kwargs))
    return captured


def _may_be_hidden(resolver: URLResolver, own: Mapping[str, Any]) -> bool:
    regex = resolver.pattern.regex
    names = {*regex.groupindex, *resolver.default_kwargs}
    return len(regex.groupindex) < regex.groups or not names.isdisjoint(own)


def _page_rank(rank: Rank) -> Rank:
    """Return a page's rank: inside a class other than catch-alls, Django's order holds."""
    return rank if rank[1] == CATCH_ALL else (0, rank[1], 0)


def _is_static(pattern: URLPattern) -> bool:
    """Tell whether a route is one fixed string, in every language."""
    route = pattern.pattern
    return (
        type(route) is RoutePattern
        and not route.converters
        and isinstance(getattr(route, "_route", None), str)
    )


def _rank(pattern: URLPattern | URLResolver, path: str) -> Rank:
    """Return the class of one pattern's route, and the depth in ``/`` of its catch-all, if any.

    ``path`` is what it has matched. Converters and regular expressions are judged by what they do:
    a group is a catch-all if it would also take what it has captured twice, with a ``/`` between.
    """
    route = pattern.pattern
    if isinstance(route, RoutePattern) and not route.converters:
        return (0, STATIC, str(route).count("/"))
    found = route.regex.search(path)
    if found is None:  # a pattern class of somebody's own
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


LITERAL = re.compile(r"\^?([^\\.*+?\[\](){}|$]*)\$?")
"""A regular expression up to its first special character; all of it, if there is none."""


def signature(slot: Slot) -> str:
    """Return a slot's name and routes, as far as they are the same in every language."""
    routes = [
        getattr(pattern.pattern, "_route", getattr(pattern.pattern, "_regex", None))
        for pattern in slot.patterns
    ]
    return f"{slot.name} {[route if isinstance(route, str) else None for route in routes]}"


def _joined_rank(outer: Rank, inner: Rank) -> Rank:
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


PARAMETER = re.compile(r"<(?:[^>:]+:)?([^>]+)>")
"""A parameter of a ``path()``, its name as the group."""
