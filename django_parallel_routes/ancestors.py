"""What the URL patterns above a match contribute to it: arguments, namespaces, routes.

Private names of Django that it relies on are those that ``resolvers`` lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from django.urls import ResolverMatch, URLResolver, get_resolver, get_urlconf

from django_parallel_routes.declarations import Slot, SlotStep
from django_parallel_routes.matches import (
    STATIC,
    Captured,
    EnclosingSlot,
    PageMatch,
    Rank,
    SegmentMatch,
)
from django_parallel_routes.patterns import join_ranks, rank_of
from django_parallel_routes.values import dataclass, replace


@dataclass(frozen=True)
class Ancestors:
    """What the URL patterns above a match contribute to it."""

    captured: Captured = field(default_factory=Captured)
    app_names: tuple[str, ...] = ()
    namespaces: tuple[str, ...] = ()
    route: str = ""
    enclosing: tuple[EnclosingSlot, ...] = ()
    rank: Rank = (0, STATIC, 0)
    steps: tuple[Any, ...] = ()
    """The patterns themselves, and the slots between them."""

    @classmethod
    def of(cls, found: ResolverMatch, match: SegmentMatch) -> Ancestors:
        """Return what Django's match of a whole URL has above the outermost ``slots()`` in it.

        Names that the page captures hide those above it, so these are missing.
        """
        page = match.primary
        own = page.captured

        def without(kwargs: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
            return {name: value for name, value in kwargs.items() if name not in own}

        extra = without(Captured.of(found).extra_kwargs, own.extra_kwargs)
        route = page.route if found.route.endswith(page.route) else page.route.removeprefix("^")
        return cls(
            Captured((), without(found.kwargs, own.kwargs), {}, extra),
            tuple(found.app_names[: len(found.app_names) - len(page.app_names)]),
            tuple(found.namespaces[: len(found.namespaces) - len(page.namespaces)]),
            found.route.removesuffix(route),
        )

    def through(
        self, resolver: URLResolver, path: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Ancestors:
        """Return the ancestors of what stands below a resolver that has matched ``path``."""
        return Ancestors(
            self.captured.joined(_captured_by(resolver, args, kwargs)),
            (*self.app_names, *filter(None, (resolver.app_name,))),
            (*self.namespaces, *filter(None, (resolver.namespace,))),
            join_route(self.route, str(resolver.pattern)),
            self.enclosing,
            join_ranks(self.rank, rank_of(resolver, path)),
            (*self.steps, resolver),
        )

    def into(self, slot: Slot) -> Ancestors:
        """Return the ancestors of what stands in a slot of a segment that has matched.

        Its rank starts anew, since the routes of a slot compete only with each other.
        """
        return Ancestors(
            self.captured,
            self.app_names,
            self.namespaces,
            self.route,
            (*self.enclosing, EnclosingSlot(slot, self.captured)),
            NO_ANCESTORS.rank,
            (*self.steps, SlotStep(slot.name)),
        )

    def applied_to(self, match: SegmentMatch) -> SegmentMatch:
        """Return the match of a ``slots()`` as it is below these patterns."""
        if self == NO_ANCESTORS:
            return match
        return match.with_arguments(self.captured.joined, self._applied_to_page, self.enclosing)

    def _applied_to_page(self, page: PageMatch) -> PageMatch:
        return replace(
            page.with_arguments(self.captured.joined, self.enclosing),
            app_names=(*self.app_names, *page.app_names),
            namespaces=(*self.namespaces, *page.namespaces),
            route=join_route(self.route, page.route),
        )


NO_ANCESTORS = Ancestors()


def join_route(outer: str, inner: str) -> str:
    """Return the route of a pattern below another one, as Django joins it."""
    return outer + inner.removeprefix("^") if outer else inner


def _captured_by(
    resolver: URLResolver, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> Captured:
    """Return what a resolver alone adds to the arguments of the views below it."""
    merged = {**kwargs, **resolver.default_kwargs}
    return Captured(() if merged else args, merged, kwargs, resolver.default_kwargs)


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
    return ancestors.applied_to(match).called_with(found.args, found.kwargs)


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
