"""Resolves paths. Only this module and ``patterns`` use Django's private URL API.

Private names that it relies on (see ``tests/test_resolvers.py``): ``URLResolver``'s constructor,
``.pattern``, ``.url_patterns``, ``.default_kwargs``, ``RoutePattern`` with ``.converters`` and
``._is_endpoint``, and the shapes of ``Resolver404``'s argument and of ``ResolverMatch.tried``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from math import inf
from operator import itemgetter
from typing import Any, NoReturn

from django.core.exceptions import ImproperlyConfigured
from django.urls import Resolver404, ResolverMatch, URLPattern, URLResolver
from django.urls.resolvers import RoutePattern
from django.utils.functional import cached_property

from django_parallel_routes.declarations import CHILDREN, Pattern, Segment, Slot, View
from django_parallel_routes.matches import (
    NO_ANCESTORS,
    Ancestors,
    Captured,
    DefaultMatch,
    EnclosingSlot,
    Match,
    PageMatch,
    SegmentMatch,
    ViewWithMatch,
)
from django_parallel_routes.patterns import (
    CONVERTER,
    STATIC,
    join_route,
    may_hide,
    route_rank,
    text_of,
)
from django_parallel_routes.urlconf import DeclaredRoute, route_of_default, route_text


class SlotsResolver(URLResolver):
    """What ``slots()`` returns: a ``URLResolver`` that looks for a match in each of its slots.

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

        Its other attributes are those of the main page, as if the page's route was a plain ``path()``.
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


@dataclass(frozen=True)
class SlotStep:
    """A step of ``Resolver404``'s ``tried`` that prints as ``@analytics`` on the debug page."""

    slot: str
    name: None = None

    @property
    def pattern(self) -> str:
        return f"@{self.slot} "


class SlotMatcher:
    """Matches paths against the patterns of one slot."""

    def __init__(self, slot: Slot) -> None:
        self.slot, self.step = slot, SlotStep(slot.name)
        self.index = PatternIndex(slot.patterns)
        self._fixed: dict[str, tuple[Ancestors, PageMatch]] = {}
        """Pages that are the same in each request: neither their routes nor those above have arguments."""

    def tried(self, path: str) -> list[list[Any]]:
        """Return what was tried for a path that nothing matches. Each step begins with the slot's name."""
        if all(type(pattern) is URLPattern for pattern in self.slot.patterns):
            return self._steps
        return [[*step, *below] for step in self._steps for below in _tried_in(step[1], path)]

    @cached_property
    def _steps(self) -> list[list[Any]]:
        return [[self.step, pattern] for pattern in self.slot.patterns]

    def match(self, path: str, above: Ancestors) -> Match | None:
        """Return the best match for ``path``, the first declared among equals."""
        fixed = self._fixed.get(path)
        if fixed and fixed[0] == above and (page := fixed[1]).view is page.steps[-1].callback:
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

        Raises ``ImproperlyConfigured`` if there is none. ``slot()`` can't know: URLconfs may load later.
        """
        route = self._default_route
        url = route_text(route.patterns) if route else ""
        match = self.match(url, above) if route else None
        if isinstance(match, SegmentMatch) and match.segment is self.slot.frame:
            match = match.slots[CHILDREN]
        if match is None:
            raise ImproperlyConfigured(
                f"Slot {self.slot.name!r}: default={self.slot.default_route!r} is no route of this "
                f"slot without arguments of its own. Name such a route, as for reverse()."
            )
        return DefaultMatch(url, match)

    @cached_property
    def _default_route(self) -> DeclaredRoute | None:
        assert self.slot.default_route
        return route_of_default(self.slot.default_route, self.slot.patterns)


def _tried_in(pattern: Any, path: str) -> Any:
    """Return what one pattern of a slot has tried for a path that it does not match."""
    try:
        if type(pattern) is not URLPattern:  # A plain path() is known not to match.
            pattern.resolve(path)
    except Resolver404 as error:
        return error.args[0].get("tried") or [()]
    return [()]


# --- Which of several patterns matches ---

NESTED = STATIC + 1
"""The class (see ``Rank``) of a resolver's matches. They may be deeper than a page beside the resolver."""

Candidates = list[tuple[int, list[int]]]
"""The positions of patterns, and the best class that a match of one of them may have."""


class PatternIndex:
    """Finds the patterns of a list that may match a path.

    Patterns made by ``path()`` are found by the text that they begin and end with. So it does not matter how
    many there are, as long as these texts differ.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = tuple(patterns)
        self.static: dict[str, int] = {}
        """The positions of static routes, by their whole path."""
        groups: dict[tuple[int, int, int], dict[str, list[int]]] = {}
        for position, pattern in enumerate(self.patterns):
            route: Any = pattern.pattern
            is_route, is_page = type(route) is RoutePattern, type(pattern) is URLPattern
            has_arguments = is_route and route.converters
            text = text_of(route) if is_route and _is_plain(pattern) else None
            if is_page and text is not None and not has_arguments:
                self.static.setdefault(text, position)
                continue
            best = (CONVERTER if has_arguments else STATIC) if is_page else NESTED
            start = text.partition("<")[0] if text else ""
            end = text.rpartition(">")[2] if text and is_page and route._is_endpoint else ""
            group = groups.setdefault((best, len(start), len(end)), {})
            group.setdefault(start + end, []).append(position)
        self._groups = sorted(groups.items(), key=itemgetter(0))
        """The positions of other routes, by their first and last text; grouped by the lengths of these."""

    def candidates(self, path: str) -> Candidates:
        """Return the positions of patterns that may match a path, by the best class that they may have."""
        complete = self.static.get(path)
        found = [] if complete is None else [(STATIC, [complete])]
        for (best, start, end), group in self._groups:
            if positions := group.get(path[:start] + path[len(path) - end :]):
                found.append((best, positions))
        if len(found) > 1:
            found.sort(key=itemgetter(0), reverse=True)
        return found


def _is_plain(pattern: Pattern) -> bool:
    """Tell whether Django or this package resolves a pattern, and no other package has decorated it."""
    known = isinstance(pattern, SlotsResolver) or type(pattern) in (URLPattern, URLResolver)
    return known and "resolve" not in vars(pattern)


def _best(index: PatternIndex, found: Candidates, path: str, above: Ancestors) -> Match | None:
    """Return the best match of patterns that stand side by side, the first declared among equals."""
    if len(found) == 1 and len(found[0][1]) == 1:
        return _match(index.patterns[found[0][1][0]], path, above)
    best, best_rank, at = None, (-1, 0, 0), 0
    outer = route_rank(above.route_parts)
    for best_class, positions in found:
        # The best rank that a match of this class may have. Nothing is known of what a resolver matches.
        bound = (inf if best_class == NESTED else 0, *min(outer, (best_class, 0)))
        if best_rank > bound:
            break
        for position in positions:
            match = _match(index.patterns[position], path, above)
            if match is None:
                continue
            rank = match.rank()
            if (rank, -position) > (best_rank, -at):
                best, best_rank, at = match, rank, position
            if rank == bound:
                break  # No later match of this class is better.
    return best


def _match(pattern: Pattern, path: str, above: Ancestors) -> Match | None:
    """Return the match of a ``path()`` or ``re_path()``, or the best match inside another pattern."""
    if type(pattern) is not URLPattern or "resolve" in vars(pattern):
        return _match_below(pattern, path, above)
    route: Any = pattern.pattern
    hit = route.match(path)
    if not hit:
        return None
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


def _match_below(pattern: Any, path: str, above: Ancestors) -> Match | None:
    """Return the best match inside an ``include()``. Django's ``resolve()`` would return the first."""
    if not _is_plain(pattern):
        try:
            found = pattern.resolve(path)
        except Resolver404:
            return None
        return _converted(pattern, path, found, above) if found else None
    if isinstance(pattern, SlotsResolver):
        return pattern.match(path, above)
    hit = pattern.pattern.match(path)
    if not hit:
        return None
    # The index is made when it is first needed: an included URLconf may not be imported earlier.
    index = vars(pattern).get("_parallel_routes_index") or PatternIndex(pattern.url_patterns)
    vars(pattern)["_parallel_routes_index"] = index
    return _best(index, index.candidates(hit[0]), hit[0], above.through(pattern, path, hit))


def _converted(pattern: Any, path: str, found: ResolverMatch, above: Ancestors) -> Match:
    """Convert Django's match of one pattern, and add what the patterns above it contribute."""
    view: Any = found.func
    if isinstance(view, ViewWithMatch):  # A pattern of the project's own class has slots() in it.
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

    ``found`` is Django's match of a ``path`` without the leading slash, below ``resolvers`` if any.
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
    """Return what some resolvers contribute. Their converters run again, and may query the database."""
    ancestors = NO_ANCESTORS
    for resolver in resolvers:
        hit = resolver.pattern.match(path)
        if not hit:  # The language has changed since Django's match.
            return None
        path, ancestors = hit[0], ancestors.through(resolver, path, hit)
    return ancestors
