"""Resolves paths. Only this module and ``patterns`` use Django's private URL API.

Private names that it relies on (``tests/test_resolvers.py`` says which, for each Django version):
``URLResolver``'s constructor, ``.pattern``, ``.url_patterns``, ``.default_kwargs``, ``RoutePattern``
and its ``.converters``, and the shapes of ``Resolver404``'s argument and of ``ResolverMatch.tried``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NoReturn

from django.core.exceptions import ImproperlyConfigured
from django.urls import Resolver404, ResolverMatch, URLPattern, URLResolver
from django.urls.resolvers import RoutePattern
from django.utils.functional import cached_property

from django_parallel_routes.ancestors import NO_ANCESTORS, Ancestors, with_ancestors
from django_parallel_routes.declarations import CHILDREN, Pattern, Segment, Slot, SlotStep, View
from django_parallel_routes.matches import (
    Captured,
    DefaultMatch,
    EnclosingSlot,
    Match,
    PageMatch,
    SegmentMatch,
    ViewWithMatch,
)
from django_parallel_routes.patterns import (
    NESTED,
    NO_RANK,
    Candidates,
    PatternIndex,
    join_route,
    page_rank,
    prefix_rank,
)
from django_parallel_routes.urlconf import DeclaredRoute, route_text, routes_of_default
from django_parallel_routes.wrong_calls import NotAView


class SlotsResolver(URLResolver, NotAView):
    """What ``slots()`` returns: a ``URLResolver`` that matches each of its slots on its own.

    Its ``url_patterns`` are those of all slots, one after the other. ``reverse()``, the system checks
    and admindocs need nothing else. Only ``resolve()`` knows of slots.
    """

    def __init__(self, route: Any, segment: Segment, view: Callable[[SegmentMatch], View]) -> None:
        patterns = [pattern for slot in segment.slots for pattern in slot.patterns]
        super().__init__(RoutePattern(route, is_endpoint=False), patterns)
        self.segment, self.view = segment, view

    def __repr__(self) -> str:
        return f"slots({str(self.pattern)!r})"

    def __iter__(self) -> NoReturn:
        raise ImproperlyConfigured("slots() is one pattern, not a list: write [slots(...)].")

    def resolve(self, path: Any) -> ResolverMatch:
        """Return a match whose ``func`` is a ``SlotsView``, or raise ``Resolver404``.

        All else in it is that of the main page, as if its route was a plain ``path()``.
        """
        path = str(path)
        match = self.match(path)
        if match is None:
            raise Resolver404({"path": path, "tried": self._tried(path) or None})
        page = match.main_page
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
        rest, above = hit[0], above.through(self, path, hit)
        matchers = self._matchers
        slots = {name: matcher.match(rest, above) for name, matcher in matchers.items()}
        if not any(slots.values()):
            return None
        defaults = {
            name: matchers[name].default(above) for name in self.segment.names_with_default_route
        }
        captured, enclosing, parts = above.captured, above.enclosing, above.route_parts
        return SegmentMatch(self.segment, captured, rest, slots, enclosing, parts, {}, defaults)

    @cached_property
    def _matchers(self) -> dict[str, SlotMatcher]:
        # Not in __init__: included URLconfs may not be imported before they are needed.
        return {slot.name: SlotMatcher(slot) for slot in self.segment.slots}

    def _tried(self, path: str) -> list[list[Any]]:
        """Return what was tried, for the debug 404 page. Each step begins with the slot's name."""
        hit = self.pattern.match(path)
        if not hit:
            return []
        matchers = self._matchers.values()
        return [step for matcher in matchers for step in matcher.tried(hit[0])]


class SlotMatcher:
    """Matches paths against the patterns of one slot."""

    def __init__(self, slot: Slot) -> None:
        self.slot, self.step = slot, SlotStep(slot.name)
        self.index = PatternIndex(slot.patterns)
        self._fixed: dict[str, tuple[Ancestors, PageMatch]] = {}
        """Pages that are the same in each request: neither their routes nor those above have arguments."""

    def tried(self, path: str) -> list[list[Any]]:
        """Return what was tried for a path that nothing matches. Each step begins with the slot's name."""
        if self._is_flat:
            return self._steps
        return [tried for step in self._steps for tried in _tried_in(step, path)]

    @cached_property
    def _steps(self) -> list[list[Any]]:
        return [[self.step, pattern] for pattern in self.slot.patterns]

    @cached_property
    def _is_flat(self) -> bool:
        return all(type(pattern) is URLPattern for pattern in self.slot.patterns)

    def match(self, path: str, above: Ancestors) -> Match | None:
        """Return the best match for ``path``, the first declared among equals."""
        kept = self._fixed.get(path)
        if kept and kept[0] == above and (page := kept[1]).view is page.steps[-1].callback:
            return page
        found = self.index.candidates(path)
        if not found:
            return None
        enclosing = (*above.enclosing, EnclosingSlot(self.slot, above.captured))
        steps = (*above.steps, self.step)
        inside = above._replace(enclosing=enclosing, route_parts=(), steps=steps)
        match = _best(self.index, found, path, inside)
        is_fixed = len(found) == 1 and path in self.index.static and not any(above.captured)
        if is_fixed and isinstance(match, PageMatch):
            self._fixed[path] = above, match
        return match

    def default(self, above: Ancestors) -> DefaultMatch:
        """Return the match of the route that is the slot's default, outside of the slot's own layout.

        Raises ``ImproperlyConfigured`` if there is no such route. Included URLconfs are not read earlier.
        """
        url = route_text(self._default_route.patterns) if self._default_route else ""
        match = self.match(url, above) if self._default_route else None
        if isinstance(match, SegmentMatch) and match.segment is self.slot.frame:
            match = match.slots[CHILDREN]
        if match is None:
            raise ImproperlyConfigured(
                f"Slot {self.slot.name!r}: default={self.slot.default_route!r} is no route of this "
                f"slot without arguments of its own. Name one, as for reverse()."
            )
        return DefaultMatch(url, match)

    @cached_property
    def _default_route(self) -> DeclaredRoute | None:
        default = self.slot.default_route
        assert default
        routes = routes_of_default(default, self.slot.patterns)
        return next((route for route in routes if route.is_static), None)


def _tried_in(step: list[Any], path: str) -> Iterator[list[Any]]:
    """Yield what one pattern of a slot has tried for a path that it does not match."""
    try:
        if type(step[1]) is not URLPattern:  # or it is known not to match
            step[1].resolve(path)
        yield step
    except Resolver404 as error:
        yield from ([*step, *steps] for steps in error.args[0].get("tried") or [[]])


def _best(index: PatternIndex, found: Candidates, path: str, above: Ancestors) -> Match | None:
    """Return the best match of patterns that stand side by side, the first declared among equals."""
    if len(found) == 1 and len(found[0][1]) == 1:
        return _match(index, found[0][1][0], path, above)
    best, best_rank, at = None, NO_RANK, 0
    outer = prefix_rank(above.route_parts)
    for best_class, positions in found:
        bound = page_rank(outer, (0, best_class, 0))
        if best_class != NESTED and best_rank > bound:
            break
        for position in positions:
            match = _match(index, position, path, above)
            if match is None:
                continue
            rank = match.rank
            if (rank, -position) > (best_rank, -at):
                best, best_rank, at = match, rank, position
            if best_class != NESTED and rank == bound:
                break  # No later one of this class is better.
    return best


def _match(index: PatternIndex, position: int, path: str, above: Ancestors) -> Match | None:
    """Return the match of a ``path()`` or ``re_path()``, or the best one of another pattern."""
    route = index.routes[position]
    if route is None:
        return _match_below(index.patterns[position], path, above)
    hit = route.match(path)
    if not hit:
        return None
    pattern: Any = index.patterns[position]
    _, args, kwargs = hit
    extra, text = pattern.default_args, str(route)
    captured = Captured(args, {**kwargs, **extra}, kwargs, extra)
    return PageMatch(
        pattern.callback,
        above.captured.with_inner(captured) if any(above.captured) else captured,
        route.name,
        above.app_names,
        above.namespaces,
        above.route + text.removeprefix("^") if above.route else text,
        above.enclosing,
        (*above.steps, pattern),
        None,
        (*above.route_parts, (pattern, path)),
    )


def _match_below(pattern: Pattern, path: str, above: Ancestors) -> Match | None:
    """Return the best match of an ``include()``. Django's own ``resolve()`` would return the first."""
    is_plain = "resolve" not in vars(pattern)  # or a package has put a decorator around it
    if is_plain and isinstance(pattern, SlotsResolver):
        return pattern.match(path, above)
    if is_plain and type(pattern) is URLResolver:
        hit = pattern.pattern.match(path)
        if not hit:
            return None
        index = PatternIndex.of(pattern)
        return _best(index, index.candidates(hit[0]), hit[0], above.through(pattern, path, hit))
    try:
        found = pattern.resolve(path)
    except Resolver404:
        return None
    return _converted(pattern, path, found, above) if found else None


def _converted(pattern: Pattern, path: str, found: ResolverMatch, above: Ancestors) -> Match:
    """Convert Django's match of one pattern, and add what the patterns above it contribute."""
    view: Any = found.func
    if isinstance(view, ViewWithMatch):
        # Its class is one of the project, with slots() in it.
        assert isinstance(pattern, URLResolver)
        match = with_ancestors(view.match, found, path, pattern)
        return above.segment(match.called_with(found.args, found.kwargs))
    if isinstance(pattern, URLResolver):  # Django joins only the routes below the resolver.
        above = above._replace(route=join_route(above.route, str(pattern.pattern)))
    page = above.page(PageMatch.of(found))
    steps, parts = (*above.steps, pattern, *page.steps), (*above.route_parts, (pattern, path))
    return page._replace(steps=steps, route_parts=parts)
