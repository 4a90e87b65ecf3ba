"""Resolves paths. Only this module, ``patterns`` and ``ancestors`` use Django's private URL API.

Private names that it relies on (``tests/test_resolvers.py`` says which, for each Django version):
``URLResolver``'s constructor, ``.pattern``, ``.url_patterns``, ``.default_kwargs``, ``RoutePattern``
and its ``.converters``, and the shapes of ``Resolver404``'s argument and of ``ResolverMatch.tried``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from django.core.exceptions import ImproperlyConfigured
from django.urls import Resolver404, ResolverMatch, URLPattern, URLResolver
from django.urls.resolvers import RoutePattern
from django.utils.functional import cached_property

from django_parallel_routes.ancestors import NO_ANCESTORS, Ancestors, join_route, with_ancestors
from django_parallel_routes.declarations import CHILDREN, Segment, Slot, SlotStep, View
from django_parallel_routes.matches import (
    Captured,
    Composite,
    DefaultMatch,
    Match,
    PageMatch,
    SegmentMatch,
)
from django_parallel_routes.patterns import (
    NESTED,
    PatternIndex,
    fixed_url,
    named_routes,
    page_rank,
    rank_of,
)
from django_parallel_routes.values import replace
from django_parallel_routes.wrong_calls import NoView


class SlotsResolver(URLResolver, NoView):
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

    def __iter__(self) -> NoReturn:
        raise ImproperlyConfigured("slots() is one pattern, not a list: write [slots(...)].")

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
        found = page.resolver_match()
        found.func = self.view(match)
        found.route = page.route.removeprefix(str(self.pattern))  # Django joins the prefix itself.
        found.tried = [[*page.steps[1:]]]
        return found

    def match(self, path: str, above: Ancestors = NO_ANCESTORS) -> SegmentMatch | None:
        """Return what matches ``path`` in the slots, or ``None`` if no slot has a page for it."""
        hit = self.pattern.match(path)
        if not hit:
            return None
        rest, args, kwargs = hit
        above = above.through(self, path, args, kwargs)
        found = {slot.name: matcher.match(rest, above) for slot, matcher in self._matchers}
        ranks = [match.rank for match in found.values() if match]
        if not ranks:
            return None
        best = max(ranks)
        _, route_class, position = page_rank(above.rank, best)
        rank = (best[0] + 1, route_class, position)
        defaults = {
            slot.name: matcher.default(above) for slot, matcher in self._matchers_of_default_routes
        }
        return SegmentMatch(
            self.segment, above.captured, rest, found, above.enclosing, rank, defaults=defaults
        )

    @cached_property
    def _matchers(self) -> list[tuple[Slot, SlotMatcher]]:
        # Not in __init__: included URLconfs may not be imported before they are needed.
        return [(slot, SlotMatcher(slot)) for slot in self.segment.slots]

    @cached_property
    def _matchers_of_default_routes(self) -> list[tuple[Slot, SlotMatcher]]:
        return [(slot, matcher) for slot, matcher in self._matchers if slot.default_route]

    def _tried(self, path: str) -> list[list[Any]]:
        """Return what was tried, for the debug 404 page, each step led by the slot's name."""
        hit = self.pattern.match(path)
        if not hit:
            return []
        tried: list[list[Any]] = []
        for _, matcher in self._matchers:
            for step in matcher.steps:
                name, pattern = step
                if type(pattern) is URLPattern:  # It is known not to match.
                    tried.append(step)
                    continue
                try:
                    pattern.resolve(hit[0])
                except Resolver404 as error:
                    deeper = error.args[0].get("tried") or [[]]
                    tried.extend([name, pattern, *steps] for steps in deeper)
                else:
                    tried.append(step)
        return tried


class SlotMatcher:
    """Matches paths against the patterns of one slot."""

    def __init__(self, slot: Slot) -> None:
        self.slot = slot
        self.index = PatternIndex(slot.patterns)

    @cached_property
    def steps(self) -> list[list[Any]]:
        """What is tried for a URL that no pattern matches; each step is led by the slot's name."""
        name = SlotStep(self.slot.name)
        return [[name, pattern] for pattern in self.slot.patterns]

    def match(self, path: str, above: Ancestors) -> Match | None:
        """Return the best match for ``path``, the first declared among equals."""
        found = self.index.may_match(path)
        return _best_match(self.index, found, path, above.into(self.slot)) if found else None

    def default(self, above: Ancestors) -> DefaultMatch:
        """Return the match of the route that is the slot's default, outside of the slot's own layout.

        Raises ``ImproperlyConfigured`` if there is no such route: included URLconfs are read this late.
        """
        url = fixed_url(self._default_route)
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
    def _default_route(self) -> tuple[Any, ...] | None:
        route = self.slot.default_route
        assert route
        routes = (found for name, found in named_routes(self.slot.patterns) if name in route.ends)
        return next((found for found in routes if fixed_url(found) is not None), None)


def _best_match(
    index: PatternIndex,
    found: list[tuple[int, list[int]]],
    path: str,
    above: Ancestors,
) -> Match | None:
    """Return the best match of patterns that stand side by side, the first declared among equals."""
    if len(found) == 1 and len(found[0][1]) == 1:
        return _match(index.patterns[found[0][1][0]], path, above)
    best, at = None, 0
    for best_class, positions in found:
        bound = page_rank(above.rank, (0, best_class, 0))
        if best_class != NESTED and best and best.rank > bound:
            break
        for position in positions:
            match = _match(index.patterns[position], path, above)
            if match is None:
                continue
            if best is None or (match.rank, -position) > (best.rank, -at):
                best, at = match, position
            if best_class != NESTED and match.rank == bound:
                break  # No later one in this list is better.
    return best


def _match(pattern: URLPattern | URLResolver, path: str, above: Ancestors) -> Match | None:
    """Return the best match of one pattern. Django's own ``resolve()`` would return the first."""
    is_plain = "resolve" not in vars(pattern)  # or a package has put a decorator around it
    if is_plain and type(pattern) is URLPattern:
        hit = pattern.pattern.match(path)
        return _page_of(pattern, path, hit, above) if hit else None
    if is_plain and isinstance(pattern, SlotsResolver):
        return pattern.match(path, above)
    if is_plain and type(pattern) is URLResolver:
        hit = pattern.pattern.match(path)
        if not hit:
            return None
        rest, args, kwargs = hit
        index = _index_of(pattern)
        below = above.through(pattern, path, args, kwargs)
        return _best_match(index, index.may_match(rest), rest, below)
    try:
        found = pattern.resolve(path)
    except Resolver404:
        return None
    return _page(pattern, path, found, above) if found else None


def _index_of(resolver: URLResolver) -> PatternIndex:
    """Return the index of the patterns of an ``include()``. It is made when it is first needed."""
    found = vars(resolver).get("_parallel_routes_index")
    if found is None:
        found = vars(resolver)["_parallel_routes_index"] = PatternIndex(resolver.url_patterns)
    return found


def _page_of(
    pattern: URLPattern, path: str, hit: tuple[Any, tuple[Any, ...], Any], above: Ancestors
) -> PageMatch:
    """Return the match of a ``path()`` or ``re_path()``, with the values of its ``resolve()``."""
    _, args, captured = hit
    extra, route = pattern.default_args, vars(pattern)["pattern"]
    return PageMatch(
        pattern.callback,
        above.captured.joined(Captured(args, {**captured, **extra}, captured, extra)),
        route.name,
        above.app_names,
        above.namespaces,
        join_route(above.route, str(route)),
        page_rank(above.rank, rank_of(pattern, path)),
        above.enclosing,
        (*above.steps, pattern),
    )


def _page(
    pattern: URLPattern | URLResolver, path: str, found: ResolverMatch, above: Ancestors
) -> Match:
    """Convert Django's match of one pattern, and add what the patterns above it contribute."""
    route = above.route
    if isinstance(pattern, URLResolver):  # Django joins the routes of its patterns only.
        route = join_route(route, str(pattern.pattern))
    if isinstance(found.func, Composite):
        assert isinstance(pattern, URLResolver)  # a class of the project, with slots() in it
        match = with_ancestors(found.func.match, found, path, resolver=pattern)
        return replace(above, route=route).applied_to(match)
    return PageMatch(
        found.func,
        above.captured.joined(Captured.of(found)),
        found.url_name,
        (*above.app_names, *found.app_names),
        (*above.namespaces, *found.namespaces),
        join_route(route, found.route),
        page_rank(above.rank, rank_of(pattern, path)),
        enclosing=above.enclosing,
        steps=(*above.steps, pattern, *(found.tried or [()])[-1]),
    )
