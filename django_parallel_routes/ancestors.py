"""What the URL patterns above a match contribute to it: arguments, namespaces, routes.

Private names of Django that it relies on are those that ``resolvers`` lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.urls import ResolverMatch, URLResolver, get_resolver, get_urlconf

from django_parallel_routes.matches import Captured, EnclosingSlot, PageMatch, SegmentMatch
from django_parallel_routes.patterns import RoutePart


class Ancestors(NamedTuple):
    """What the URL patterns above a match contribute to it."""

    captured: Captured = Captured()
    app_names: tuple[str, ...] = ()
    namespaces: tuple[str, ...] = ()
    route: str = ""
    enclosing: tuple[EnclosingSlot, ...] = ()
    route_parts: tuple[RoutePart, ...] = ()
    """The patterns inside the innermost slot: the routes of a slot compete only with each other."""
    steps: tuple[Any, ...] = ()
    """All patterns, and the slots between them."""

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
        captured, extra = self.captured, resolver.default_kwargs
        if args or kwargs or extra:
            merged = {**kwargs, **extra}
            captured = captured.joined(Captured(() if merged else args, merged, kwargs, extra))
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

    def applied_to(self, match: SegmentMatch) -> SegmentMatch:
        """Return the match of a ``slots()`` as it is below these patterns."""
        return match.with_arguments(self.captured.joined, self._applied_to_page, self.enclosing)

    def _applied_to_page(self, page: PageMatch) -> PageMatch:
        return page.with_arguments(self.captured.joined, self.enclosing)._replace(
            app_names=(*self.app_names, *page.app_names),
            namespaces=(*self.namespaces, *page.namespaces),
            route=join_route(self.route, page.route),
        )


NO_ANCESTORS = Ancestors()


def join_route(outer: str, inner: str) -> str:
    """Return the route of a pattern below another one, as Django joins it."""
    return outer + inner.removeprefix("^") if outer else inner


def with_ancestors(
    match: SegmentMatch, found: ResolverMatch, path: str, *, resolver: URLResolver | None = None
) -> SegmentMatch:
    """Return the match of a ``slots()`` with what the patterns above it in the URLconf contribute.

    ``found`` is Django's match for ``path`` by ``resolver``, by default that of the URLconf.
    """
    steps = (found.tried or [()])[-1]
    if resolver is None and steps and getattr(steps[0], "segment", None) is match.segment:
        return match  # Nothing stands around it.
    above = _ancestors_in(steps, resolver or get_resolver(get_urlconf()), match, path)
    return (above or Ancestors.of(found, match)).applied_to(match)


def _ancestors_in(
    steps: Iterable[Any], resolver: URLResolver, match: SegmentMatch, path: str
) -> Ancestors | None:
    """Return what stands above a ``slots()``: each resolver on the way to it matches once more.

    Django's match does not tell it all: a name that is captured once more further down hides the one
    above. But layouts and defaults are called with what stands above them, alone.
    """
    above = NO_ANCESTORS
    for step in (resolver, *steps):
        if getattr(step, "segment", None) is match.segment:
            return above
        hit = isinstance(step, URLResolver) and step.pattern.match(path)
        if not hit:  # The language is another one by now.
            return None
        rest, args, kwargs = hit
        above = above.through(step, path, args, kwargs)
        path = rest
        if step is resolver:
            above = above._replace(route="")  # Django joins the routes of its patterns only.
    return None  # A resolver class of the project does not tell its steps.
