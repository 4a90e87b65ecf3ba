"""Path to match. With ``patterns``, the only module that touches Django's private URL API.

Private names that it relies on (``tests/test_resolvers.py`` says which, for each Django version):
``URLResolver``'s constructor, ``.pattern``, ``.url_patterns``, ``.default_kwargs``, ``RoutePattern``
and its ``.converters``, and the shapes of ``Resolver404``'s argument and of ``ResolverMatch.tried``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NoReturn

from django.core.exceptions import ImproperlyConfigured
from django.urls import (
    Resolver404,
    ResolverMatch,
    URLPattern,
    URLResolver,
    get_resolver,
    get_urlconf,
)
from django.urls.resolvers import RoutePattern
from django.utils.functional import cached_property

from django_parallel_routes.declarations import CHILDREN, Segment, Slot, SlotStep, View
from django_parallel_routes.matches import (
    NO_ANCESTORS,
    Ancestors,
    Captured,
    Composite,
    DefaultMatch,
    EnclosingSlot,
    Match,
    PageMatch,
    SegmentMatch,
    join_route,
)
from django_parallel_routes.patterns import (
    fixed_url,
    is_static,
    join_ranks,
    named_routes,
    page_rank,
    rank_of,
)


def _below(
    above: Ancestors,
    resolver: URLResolver,
    path: str,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> Ancestors:
    """Return what there is below a resolver that has matched ``path``."""
    return Ancestors(
        above.captured.joined(_captured_by(resolver, args, kwargs)),
        (*above.app_names, *filter(None, (resolver.app_name,))),
        (*above.namespaces, *filter(None, (resolver.namespace,))),
        join_route(above.route, str(resolver.pattern)),
        above.enclosing,
        join_ranks(above.rank, rank_of(resolver, path)),
        (*above.steps, resolver),
    )


def _inside(above: Ancestors, slot: Slot) -> Ancestors:
    """Return what there is inside a slot of a segment that has matched."""
    return replace(
        above,
        enclosing=(*above.enclosing, EnclosingSlot(slot, above.captured)),
        steps=(*above.steps, SlotStep(slot.name)),
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
        route = page.route.removeprefix(str(self.pattern))  # Django joins the prefix itself.
        found = replace(page, view=self.view(match), route=route, steps=page.steps[1:])
        return found.resolver_match()

    def match(self, path: str, above: Ancestors = NO_ANCESTORS) -> SegmentMatch | None:
        """Return what matches ``path`` in the slots, or ``None`` if no slot has a page for it."""
        hit = self.pattern.match(path)
        if not hit:
            return None
        rest, args, kwargs = hit
        above = _below(above, self, path, args, kwargs)
        found = {
            slot.name: table.match(rest, _inside(above, slot)) for slot, table in self._tables
        }
        ranks = [match.rank for match in found.values() if match]
        if not ranks:
            return None
        depth, route_class, position = max(ranks)
        rank = (depth + 1, route_class, position)
        defaults = {
            slot.name: table.default(_inside(above, slot))
            for slot, table in self._tables_with_default_route
        }
        return SegmentMatch(
            self.segment, above.captured, rest, found, above.enclosing, rank, defaults=defaults
        )

    @cached_property
    def _tables(self) -> list[tuple[Slot, Table]]:
        # Not in __init__: included URLconfs may not be imported before they are needed.
        return [(slot, Table(slot)) for slot in self.segment.slots]

    @cached_property
    def _tables_with_default_route(self) -> list[tuple[Slot, Table]]:
        return [(slot, table) for slot, table in self._tables if slot.default_route]

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
            if type(pattern) is URLPattern and is_static(pattern):
                self.static.setdefault(str(pattern.pattern), pattern)
            else:
                self.others.append(pattern)

    def match(self, path: str, above: Ancestors) -> Match | None:
        """Return the best match for ``path``, the first declared among equals."""
        static = self.static.get(path)
        best: Match | None = None
        for pattern in [static, *self.others] if static else self.others:
            for candidate in _candidates(pattern, path, above):
                if best is None or candidate.rank > best.rank:
                    best = candidate
        return best

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


def _candidates(pattern: URLPattern | URLResolver, path: str, above: Ancestors) -> Iterator[Match]:
    """Yield every way in which a pattern matches, where Django's own ``resolve()`` gives one."""
    is_plain = "resolve" not in vars(pattern)  # or a package has put a decorator around it
    if is_plain and isinstance(pattern, SlotsResolver):
        if nested := pattern.match(path, above):
            yield nested
    elif is_plain and type(pattern) is URLResolver:
        if hit := pattern.pattern.match(path):
            rest, args, kwargs = hit
            below = _below(above, pattern, path, args, kwargs)
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
    pattern: URLPattern | URLResolver, path: str, found: ResolverMatch, above: Ancestors
) -> Match:
    """Return Django's match of one pattern as ours, with what stood above it."""
    route = above.route
    if isinstance(pattern, URLResolver):  # Django joins the routes of its patterns only.
        route = join_route(route, str(pattern.pattern))
    if isinstance(
        found.func, Composite
    ):  # A URLResolver class of the project, with slots() in it.
        assert isinstance(pattern, URLResolver)
        match = with_ancestors(found.func.match, found, path, resolver=pattern)
        return match.below(replace(above, route=route))
    return PageMatch(
        found.func,
        above.captured.joined(Captured.of(found)),
        found.url_name,
        (*above.app_names, *found.app_names),
        (*above.namespaces, *found.namespaces),
        join_route(route, found.route),
        page_rank(join_ranks(above.rank, rank_of(pattern, path))),
        enclosing=above.enclosing,
        steps=(*above.steps, pattern, *(found.tried or [()])[-1]),
    )


def with_ancestors(
    match: SegmentMatch, found: ResolverMatch, path: str, *, resolver: URLResolver | None = None
) -> SegmentMatch:
    """Return the match of a ``slots()`` with what the patterns above it in the URLconf contribute.

    ``found`` is Django's match for ``path`` by ``resolver``, by default that of the URLconf.
    """
    first = next(iter((found.tried or [()])[-1]), None)
    if resolver is None and getattr(first, "segment", None) is match.segment:
        return match.called_with(found.args, found.kwargs)  # Nothing stands around it.
    resolver = resolver or get_resolver(get_urlconf())
    ancestors = Ancestors.of(found, match)
    if captured := _captured_above(resolver, found, match, path):
        ancestors = replace(ancestors, captured=captured)
    return match.below(ancestors).called_with(found.args, found.kwargs)


def _captured_above(
    resolver: URLResolver, found: ResolverMatch, match: SegmentMatch, path: str
) -> Captured | None:
    """Return what the patterns above a ``slots()`` captured, if Django's match hides a part of it.

    A name that is captured once more further down hides the one above, and any name hides
    positional arguments. But layouts and defaults are called with what stands above them, alone.
    """
    steps, own = [resolver], match.primary.captured.kwargs
    for step in (found.tried or [()])[-1]:
        if getattr(step, "segment", None) is match.segment:
            break
        if not isinstance(step, URLResolver):
            return None
        steps.append(step)
    else:  # A resolver class of the project does not tell its steps.
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
