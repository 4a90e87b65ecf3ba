"""What all checks use: the project's URLconf, and functions that make messages."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.core.checks import CheckMessage, Error, Warning as CheckWarning
from django.urls import ResolverMatch, URLResolver

from django_parallel_routes.matches import PageMatch, SegmentMatch, segment_match_of
from django_parallel_routes.planning.plan import Plan, plan_page
from django_parallel_routes.urlconf import DeclaredRoute, DeclaredSlot, Urlconf, grouped
from django_parallel_routes.values import Location

MAX_LISTED = 4
SEE_DOCS = 'See "System checks" in the documentation.'


def message(number: str, what: str, remedy: str, slot: DeclaredSlot | None = None) -> CheckMessage:
    """Return an error for an id such as "E001", and a warning for "W001".

    With a slot, the message begins with the file and line of its declaration.
    """
    kind = Error if number.startswith("E") else CheckWarning
    line = slot.slot.declared_at if slot else None
    return kind(what, hint=f"{remedy} {SEE_DOCS}", obj=line, id=f"parallel_routes.{number}")


def listed(things: Iterable[object]) -> str:
    """Return things as text: the first few, and how many more there are."""
    texts = list(dict.fromkeys(map(str, things)))
    more = len(texts) - MAX_LISTED
    shown = ", ".join(texts[:MAX_LISTED])
    return f"{shown} and {more} more" if more > 0 else shown


def quoted(names: Iterable[str]) -> str:
    """Return names as text, each in quotes."""
    return listed(map(repr, names))


class Project(Urlconf):
    """What the project's URLconf declares, and what its URLs resolve to."""

    def __init__(self, resolver: URLResolver) -> None:
        super().__init__(resolver.url_patterns)
        self.resolver = resolver
        self._resolved: dict[str, ResolverMatch | None] = {}

    @cached_property
    def over_background(self) -> set[str]:
        """The names of the routes that a hard load shows over a background."""
        return {one.route for _, one in self.interceptions if one.background is not None}

    @cached_property
    def by_view(self) -> dict[int, list[DeclaredRoute]]:
        """The routes of each view, by its ``id()``, because not every view is hashable."""
        return grouped((id(route.view), route) for route in self.routes)

    def resolve(self, path: str) -> ResolverMatch | None:
        """Return what a path resolves to, or ``None`` if it is a 404 or a project's code raises."""
        if path not in self._resolved:
            try:
                found: ResolverMatch | None = self.resolver.resolve(f"/{path}")
            except Exception:  # A 404, or what a converter of the project raises.
                found = None
            self._resolved[path] = found
        return self._resolved[path]

    def plan_of(self, path: str) -> Plan | None:
        """Return the plan of a hard load of a path, if it is in a ``slots()``."""
        found = self.resolve(path)
        match = segment_match_of(found.func) if found else None
        return plan_page(match, Location(f"/{path}", f"/{path}")) if match else None

    def view_shown(self, path: str, route: DeclaredRoute) -> Any:
        """Return the view that the slot of a route shows for a path: the route's, or another."""
        found = self.resolve(path)
        match: Any = segment_match_of(found.func) if found else None
        if match is None:
            return found and found.func
        for enclosing in route.enclosing:
            segment = enclosing.parent.segment
            if not isinstance(match, SegmentMatch) or match.segment is not segment:
                break
            match = match.slots[enclosing.slot.name]
        page: PageMatch | None = match.main_page if isinstance(match, SegmentMatch) else match
        return page and page.view
