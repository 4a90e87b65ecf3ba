"""What the URL patterns above a ``slots()`` contribute to its match: arguments, namespaces, the route.

``resolvers`` collects this on the way down. When Django itself resolves a path, it calls ``slots()`` with
the rest of the path alone. Then it is added to the match afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Any, NamedTuple

from django.urls import ResolverMatch, URLResolver

from django_parallel_routes.matches import (
    Captured,
    EnclosingSlot,
    PageMatch,
    SegmentMatch,
    slots_with_arguments,
)
from django_parallel_routes.patterns import RoutePart, join_route, may_hide


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
