"""Resolves paths. Only this module and ``patterns`` use Django's private URL API.

Private names that it relies on (``tests/test_resolvers.py`` says which, for each Django version):
``URLResolver``'s constructor, ``.pattern``, ``.url_patterns``, ``.default_kwargs``, ``RoutePattern``
and its ``.converters``, and the shapes of ``Resolver404``'s argument and of ``ResolverMatch.tried``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile
from math import inf
from typing import Any, NamedTuple, NoReturn

from django.core.exceptions import ImproperlyConfigured
from django.urls import Resolver404, ResolverMatch, URLPattern, URLResolver
from django.urls.resolvers import RoutePattern
from django.utils.functional import cached_property

from django_parallel_routes.declarations import CHILDREN, Pattern, Segment, Slot, SlotStep, View
from django_parallel_routes.matches import (
    Captured,
    DefaultMatch,
    EnclosingSlot,
    Match,
    PageMatch,
    SegmentMatch,
    ViewWithMatch,
    slots_with_arguments,
)
from django_parallel_routes.patterns import (
    CONVERTER,
    STATIC,
    RoutePart,
    join_route,
    may_hide,
    route_rank,
    text_of,
)
from django_parallel_routes.urlconf import DeclaredRoute, route_of_default, route_text


class Ancestors(NamedTuple):
    """What the URL patterns above a match contribute to it."""

    captured: Captured = Captured()
    app_names: tuple[str, ...] = ()
    namespaces: tuple[str, ...] = ()
    route: str = ""
    enclosing: tuple[EnclosingSlot, ...] = ()
    route_parts: tuple[RoutePart, ...] = ()
    """The patterns inside the innermost slot. Only these count when the routes of the slot compete."""
    steps: tuple[Any, ...] = ()
    """All patterns, and the slots between them."""

    def through(self, resolver: URLResolver, path: str, hit: tuple[Any, Any, Any]) -> Ancestors:
        """Return the ancestors of what stands below a resolver that has matched ``path``."""
        _, args, kwargs = hit
        captured, extra = self.captured, resolver.default_kwargs
        if args or kwargs or extra:
            merged = {**kwargs, **extra}
            captured = captured.with_inner(Captured(() if merged else args, merged, kwargs, extra))
        app_name, namespace, route = resolver.app_name, resolver.namespace, str(resolver.pattern)
        return Ancestors(
            captured,
            (*self.app_names, app_name) if app_name else self.app_names,
            (*self.namespaces, namespace) if namespace else self.namespaces,
            join_route(self.route, route) if self.route else route,
            self.enclosing,
            (*self.route_parts, (resolver, path)),
            (*self.steps, resolver),
        )

    def page(self, page: PageMatch) -> PageMatch:
        """Return the match of a page as it is below these patterns."""
        with_inner = self.captured.with_inner
        return page._replace(
            captured=with_inner(page.captured),
            enclosing=(*self.enclosing, *slots_with_arguments(page.enclosing, with_inner)),
            app_names=(*self.app_names, *page.app_names),
            namespaces=(*self.namespaces, *page.namespaces),
            route=join_route(self.route, page.route),
        )

    def segment(self, match: SegmentMatch) -> SegmentMatch:
        """Return the match of a ``slots()`` as it is below these patterns."""
        return match.with_arguments(self.captured.with_inner, self.page, self.enclosing)


NO_ANCESTORS = Ancestors()


class SlotsResolver(URLResolver):
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
            hit, matchers = self.pattern.match(path), self._matchers.values()
            tried = [step for one in matchers for step in one.tried(hit[0])] if hit else None
            raise Resolver404({"path": path, "tried": tried})
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


class SlotMatcher:
    """Matches paths against the patterns of one slot."""

    def __init__(self, slot: Slot) -> None:
        self.slot, self.step = slot, SlotStep(slot.name)
        self.index = PatternIndex(slot.patterns)
        self._fixed: dict[str, tuple[Ancestors, PageMatch]] = {}
        """Pages that are the same in each request: neither their routes nor those above have arguments."""

    def tried(self, path: str) -> Iterator[list[Any]]:
        """Yield what was tried for a path that nothing matches. Each step begins with the slot's name."""
        for pattern in self.slot.patterns:
            below: Any = None
            if type(pattern) is not URLPattern:
                try:
                    pattern.resolve(path)
                except Resolver404 as error:
                    below = error.args[0].get("tried")
            yield from ([self.step, pattern, *steps] for steps in below or [()])

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
        is_fixed = found == [self.index.static.get(path)] and not any(above.captured)
        if is_fixed and isinstance(match, PageMatch):
            self._fixed[path] = above, match
        return match

    def default(self, above: Ancestors) -> DefaultMatch:
        """Return the match of the route that is the slot's default, outside of the slot's own layout.

        Raises ``ImproperlyConfigured`` if there is no such route. Included URLconfs are not read earlier.
        """
        route = self._default_route
        url = route_text(route.patterns) if route else ""
        match = self.match(url, above) if route else None
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
        assert self.slot.default_route
        return route_of_default(self.slot.default_route, self.slot.patterns)


# --- Which of several patterns matches ---

NESTED = STATIC + 1
"""The class of what a resolver matches. That may be deeper than a page beside it."""


Score = tuple[tuple[float, int, int], int]
"""The rank of a match. Among equals, the one that is declared first has the higher score."""


class PatternIndex:
    """Finds the patterns of a list that may match a path.

    Patterns made by ``path()`` are found by the text that they begin and end with. So it does not matter how
    many there are, as long as these texts differ.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = tuple(patterns)
        self.best: list[int] = []
        """The best class that a match of each pattern may have: a converter may be a catch-all."""
        self.static: dict[str, int] = {}
        """The positions of static routes, by their whole path."""
        self._groups: dict[tuple[int, int], dict[str, list[int]]] = {}
        """The positions of other routes, by their first and last text; grouped by the lengths of these."""
        for position, pattern in enumerate(self.patterns):
            route: Any = pattern.pattern
            is_route, is_page = type(route) is RoutePattern, type(pattern) is URLPattern
            has_arguments = is_route and route.converters
            self.best.append((CONVERTER if has_arguments else STATIC) if is_page else NESTED)
            text = text_of(route) if is_route and _is_plain(pattern) else None
            if is_page and text is not None and not has_arguments:
                self.static.setdefault(text, position)
                continue
            start = text.partition("<")[0] if text else ""
            end = text.rpartition(">")[2] if text and is_page and route._is_endpoint else ""
            group = self._groups.setdefault((len(start), len(end)), {})
            group.setdefault(start + end, []).append(position)

    def candidates(self, path: str) -> list[int]:
        """Return the positions of patterns that may match a path."""
        complete = self.static.get(path)
        found = [] if complete is None else [complete]
        for (start, end), group in self._groups.items():
            found += group.get(path[:start] + path[len(path) - end :], ())
        return found


def _is_plain(pattern: Pattern) -> bool:
    """Tell whether Django or this package resolves a pattern: no package has put a decorator around it."""
    known = isinstance(pattern, SlotsResolver) or type(pattern) in (URLPattern, URLResolver)
    return known and "resolve" not in vars(pattern)


def _best(index: PatternIndex, found: list[int], path: str, above: Ancestors) -> Match | None:
    """Return the best match of patterns that stand side by side, the first declared among equals."""
    if len(found) == 1:
        return _match(index.patterns[found[0]], path, above)
    outer = route_rank(above.route_parts)

    def bound(position: int) -> Score:
        """Return the highest score that the match of a pattern may have."""
        best = index.best[position]
        return (inf if best == NESTED else 0, *min(outer, (best, 0))), -position

    best, score = None, ((-1, 0, 0), 0)
    for position in sorted(found, key=bound, reverse=True):
        if score > bound(position):
            break
        match = _match(index.patterns[position], path, above)
        if match and (found_score := (match.rank(), -position)) > score:
            best, score = match, found_score
    return best


def _match(pattern: Pattern, path: str, above: Ancestors) -> Match | None:
    """Return the match of a ``path()`` or ``re_path()``, or the best one of an ``include()``."""
    if not _is_plain(pattern):
        try:
            found = pattern.resolve(path)
        except Resolver404:
            return None
        return _converted(pattern, path, found, above) if found else None
    if isinstance(pattern, SlotsResolver):
        return pattern.match(path, above)
    route: Any = pattern.pattern
    hit = route.match(path)
    if not hit:
        return None
    if isinstance(pattern, URLResolver):  # Its own resolve() would return the first match.
        # The index is made when it is first needed: an included URLconf may not be imported earlier.
        index = vars(pattern).get("_parallel_routes_index") or PatternIndex(pattern.url_patterns)
        vars(pattern)["_parallel_routes_index"] = index
        return _best(index, index.candidates(hit[0]), hit[0], above.through(pattern, path, hit))
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


# --- What stands above a slots() when Django has resolved it ---


def with_ancestors(
    match: SegmentMatch, found: ResolverMatch, path: str, *resolvers: URLResolver
) -> SegmentMatch:
    """Return the match of a ``slots()`` with what the patterns above it in the URLconf contribute.

    ``found`` is Django's match of a ``path`` without the leading slash. If there are ``resolvers``, it is
    the match of what stands below them.
    """
    steps = (*resolvers, *(found.tried or [()])[-1])
    above = [*takewhile(lambda step: getattr(step, "segment", None) is not match.segment, steps)]
    if steps and not above:
        return match
    names = match.main_page.captured.kwargs
    # A resolver class of the project may leave out the patterns that lead to the slots().
    is_known = all(isinstance(step, URLResolver) for step in above)
    hides = is_known and any(may_hide(step, names) for step in above)
    ancestors = _matched_again(above, path) if hides else None
    return (ancestors or _difference(found, match.main_page, resolvers)).segment(match)


def _difference(
    found: ResolverMatch, page: PageMatch, resolvers: Sequence[URLResolver]
) -> Ancestors:
    """Return what Django's match of a page has in addition to the match of the page itself."""
    captured = Captured.of(found)
    own, own_extra = page.captured.kwargs, page.captured.extra_kwargs
    kwargs = {key: value for key, value in captured.kwargs.items() if key not in own}
    extra = {key: value for key, value in captured.extra_kwargs.items() if key not in own_extra}
    route = page.route if found.route.endswith(page.route) else page.route.removeprefix("^")
    prefix = "".join(str(resolver.pattern) for resolver in resolvers)
    return Ancestors(
        Captured((), kwargs, {}, extra),
        tuple(found.app_names[: len(found.app_names) - len(page.app_names)]),
        tuple(found.namespaces[: len(found.namespaces) - len(page.namespaces)]),
        join_route(prefix, found.route.removesuffix(route)),
    )


def _matched_again(resolvers: Sequence[URLResolver], path: str) -> Ancestors | None:
    """Return what some resolvers contribute. Converters run again: they may make database queries."""
    ancestors = NO_ANCESTORS
    for resolver in resolvers:
        hit = resolver.pattern.match(path)
        if not hit:  # The language has changed since.
            return None
        path, ancestors = hit[0], ancestors.through(resolver, path, hit)
    return ancestors
