"""What a project's URLconf declares, ready to be looked up, and what its URLs resolve to."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import ResolverMatch, URLResolver, get_resolver

from django_parallel_routes.declarations import Interception, Slot
from django_parallel_routes.location import Location
from django_parallel_routes.matches import PageMatch, SegmentMatch
from django_parallel_routes.planning.plan import Plan, plan_page
from django_parallel_routes.urlconf import Place, Route, Spot, walk
from django_parallel_routes.views import SlotsView


@dataclass(frozen=True)
class Project:
    """What a URLconf declares."""

    places: tuple[Place, ...]
    routes: tuple[Route, ...]
    resolver: URLResolver
    _answers: dict[str, ResolverMatch | None] = field(default_factory=dict)

    @cached_property
    def spots(self) -> list[Spot]:
        return [spot for place in self.places for spot in place.spots]

    @cached_property
    def rules(self) -> list[tuple[Spot, Interception]]:
        return [(spot, rule) for spot in self.spots for rule in spot.rules]

    @cached_property
    def by_name(self) -> dict[str, list[Route]]:
        found: dict[str, list[Route]] = {}
        for route in self.routes:
            for name in route.names:
                found.setdefault(name, []).append(route)
        return found

    @cached_property
    def by_slot(self) -> dict[Slot, list[Route]]:
        """The routes in each slot, those of segments inside included."""
        found: dict[Slot, list[Route]] = {}
        for route in self.routes:
            for spot in route.inside:
                found.setdefault(spot.slot, []).append(route)
        return found

    @cached_property
    def by_view(self) -> dict[int, list[Route]]:
        """The routes of each view, by its ``id()``: not every view has a hash."""
        found: dict[int, list[Route]] = {}
        for route in self.routes:
            found.setdefault(id(route.pattern.callback), []).append(route)
        return found

    def named(self, name: str) -> list[Route]:
        return self.by_name.get(name, [])

    def answer(self, path: str) -> ResolverMatch | None:
        """Return what a path resolves to, or ``None`` if to nothing, or somebody's code fails at it."""
        if path not in self._answers:
            try:
                found: ResolverMatch | None = self.resolver.resolve(f"/{path}")
            except Exception:  # a 404, but converters and resolvers may be anybody's
                found = None
            self._answers[path] = found
        return self._answers[path]

    def page(self, path: str) -> Plan | None:
        """Return the plan of a hard load of a path, if it lies in a ``slots()``."""
        found = self.answer(path)
        if found is None or not isinstance(found.func, SlotsView):
            return None
        return plan_page(found.func.match, Location(f"/{path}", f"/{path}"))

    def winner(self, path: str, route: Route) -> ResolverMatch | PageMatch | None:
        """Return what a path of a route shows in the route's slot: the route's page, or another."""
        found = self.answer(path)
        if found is None or not isinstance(found.func, SlotsView):
            return found
        match: Any = found.func.match
        for spot in route.inside:
            if not isinstance(match, SegmentMatch) or match.segment is not spot.place.segment:
                break
            match = match.slots[spot.slot.name]
        return match.primary if isinstance(match, SegmentMatch) else match

    def is_shown(self, path: str, route: Route) -> bool:
        return view_of(self.winner(path, route)) is route.pattern.callback


def project() -> Project | None:
    """Return what the project's URLconf declares, or ``None`` if it has none."""
    if not getattr(settings, "ROOT_URLCONF", None):
        return None
    resolver = get_resolver()
    places: list[Place] = []
    routes: list[Route] = []
    for found in walk(resolver.url_patterns):
        if isinstance(found, Place):
            places.append(found)
        else:
            routes.append(found)
    return Project(tuple(places), tuple(routes), resolver)


def view_of(found: ResolverMatch | PageMatch | None) -> Any:
    """Return the view of a match, Django's or ours."""
    return found.func if isinstance(found, ResolverMatch) else found and found.view
