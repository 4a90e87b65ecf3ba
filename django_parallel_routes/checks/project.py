"""The project's URLconf, and what its URLs resolve to. Each check gets it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import ResolverMatch, URLResolver, get_resolver

from django_parallel_routes.declarations import Slot
from django_parallel_routes.matches import PageMatch, SegmentMatch
from django_parallel_routes.planning.pages import plan_page
from django_parallel_routes.planning.plan import Plan
from django_parallel_routes.urlconf import DeclaredRoute, DeclaredSlot, Urlconf, grouped
from django_parallel_routes.values import Location
from django_parallel_routes.views import SlotsView


class Examples:
    """Paths that some routes match, found by the text that they begin or end with.

    So the time to compare a route with a slot does not grow with the number of routes in the slot, unless
    the route begins and ends with a parameter.
    """

    def __init__(self, routes: Iterable[DeclaredRoute]) -> None:
        paths = {path for route in routes for path in route.examples}
        self.paths = sorted(paths)
        self.reversed = sorted(path[::-1] for path in paths)

    def like(self, route: DeclaredRoute) -> list[str]:
        """Return the paths that begin and end like those of a route, whose examples are known."""
        assert route.parts
        start, end = str(route.parts[0]), str(route.parts[-1])
        if len(start) >= len(end):
            found = [path for path in _with_prefix(self.paths, start) if path.endswith(end)]
        else:
            found = [
                path[::-1]
                for path in _with_prefix(self.reversed, end[::-1])
                if path.endswith(start[::-1])
            ]
        return found


def _with_prefix(texts: list[str], prefix: str) -> list[str]:
    """Return those of some sorted texts that begin with a prefix."""
    return texts[bisect_left(texts, prefix) : bisect_left(texts, f"{prefix}{chr(0x10FFFF)}")]


class Project(Urlconf):
    """What the project's URLconf declares."""

    def __init__(self, resolver: URLResolver) -> None:
        super().__init__(resolver.url_patterns)
        self.resolver = resolver
        self._resolved: dict[str, ResolverMatch | None] = {}
        self._examples: dict[Slot, Examples | None] = {}

    @cached_property
    def by_slot(self) -> dict[Slot, list[DeclaredRoute]]:
        """The routes in each slot, those of nested segments included."""
        return grouped((slot.slot, route) for route in self.routes for slot in route.enclosing)

    @cached_property
    def declarations(self) -> dict[Slot, list[DeclaredSlot]]:
        """Where each slot is declared: more than once if its URLconf is included twice."""
        return grouped((declared.slot, declared) for declared in self.slots)

    def examples_in(self, slot: Slot) -> Examples | None:
        """Return examples of all URLs of a slot, or ``None`` if one of its routes has none."""
        if slot not in self._examples:
            routes = self.by_slot.get(slot, ())
            is_known = all(route.examples for route in routes)
            self._examples[slot] = Examples(routes) if is_known else None
        return self._examples[slot]

    @cached_property
    def by_view(self) -> dict[int, list[DeclaredRoute]]:
        """The routes of each view, by its ``id()``, because not every view is hashable."""
        return grouped((id(route.view), route) for route in self.routes)

    def resolve(self, path: str) -> ResolverMatch | None:
        """Return what a path resolves to, or ``None`` if it is a 404 or a project's code raises."""
        if path not in self._resolved:
            try:
                found: ResolverMatch | None = self.resolver.resolve(f"/{path}")
            except Exception:  # A 404; but a project's own converter may raise anything.
                found = None
            self._resolved[path] = found
        return self._resolved[path]

    def page(self, path: str) -> Plan | None:
        """Return the plan of a hard load of a path, if it is in a ``slots()``."""
        found = self.resolve(path)
        if found is None or not isinstance(found.func, SlotsView):
            return None
        return plan_page(found.func.match, Location(f"/{path}", f"/{path}"))

    def shown(self, path: str, route: DeclaredRoute) -> Any:
        """Return the view that the slot of a route shows for a path: the route's, or another."""
        found = self.resolve(path)
        if found is None or not isinstance(found.func, SlotsView):
            return found and found.func
        match: Any = found.func.match
        for enclosing in route.enclosing:
            segment = enclosing.parent.segment
            if not isinstance(match, SegmentMatch) or match.segment is not segment:
                break
            match = match.slots[enclosing.slot.name]
        page: PageMatch | None = match.primary if isinstance(match, SegmentMatch) else match
        return page and page.view


def load_project() -> Project | None:
    """Return what the project's URLconf declares, or ``None`` if it has none."""
    return Project(get_resolver()) if getattr(settings, "ROOT_URLCONF", None) else None
