"""Checks of routes: URLs that a reload does not find, and pages that nothing ever shows.

They ask the resolver and the plan of a hard load, for every route of every slot, with examples of what
its parameters may be. Where that can't decide for all URLs of a route, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import dropwhile

from django.core.checks import CheckMessage

from django_parallel_routes.checks.declared import Project, view_of
from django_parallel_routes.checks.messages import listed, warning
from django_parallel_routes.checks.templates import reading_of
from django_parallel_routes.declarations import CHILDREN, Slot, name_of
from django_parallel_routes.urlconf import Route, Spot


def check_reloads(project: Project) -> Iterator[CheckMessage]:
    """W005, W006: URLs that a click shows, and a reload does not find (S3, S10)."""
    plain: dict[Spot, list[Route]] = {}
    modal: dict[Spot, list[Route]] = {}
    rules = [rule for _, rule in project.rules]
    background = {rule.route for rule in rules if rule.background is not None}
    intercepted = {rule.route for rule in rules} - background
    for route in project.routes:
        if not route.inside or not background.isdisjoint(route.names):
            continue
        opens = not intercepted.isdisjoint(route.names) or any(map(_is_modal, route.inside))
        for spot in _missing(project, route):
            (modal if opens else plain).setdefault(spot, []).append(route)
    for spot, routes in modal.items():
        yield warning(
            "W006",
            f"{spot}: it has neither a page nor a default for {listed(routes)}, which opens in a "
            f"modal: reloaded or shared, that is a 404.",
            f"{_remedy(spot)}, or declare what lies beneath: intercept(…, background=…).",
        )
    for spot, routes in plain.items():
        yield warning(
            "W005",
            f"{spot}: it has neither a page nor a default for {listed(routes)}: a click shows the "
            f"page in {listed(map(_slot_of, routes))}, a reload of it is a 404.",
            f"{_remedy(spot)}.",
        )


def _slot_of(route: Route) -> str:
    return f"slot {_named(route.inside[-1])!r}"


def _named(spot: Spot) -> str:
    return _named(spot.place.inside[-1]) if spot.place.segment.is_frame else spot.slot.name


def _remedy(spot: Spot) -> str:
    if spot.slot.name == CHILDREN:
        return "Give it a page for these URLs, or slot([...], default=…) a view or a template"
    return "Give it slot([...], default=…), a view or a template, or None for an empty slot"


def _is_modal(spot: Spot) -> bool:
    """Tell whether a slot is one for modals: by its layout, or since it intercepts."""
    if spot.rules and spot.slot.name != CHILDREN:
        return True
    frame = spot.slot.frame
    reading = reading_of(frame.layout) if frame else None
    return bool(reading and reading.is_modal)


def _missing(project: Project, route: Route) -> list[Spot]:
    """Return the slots that have nothing for a hard load of a route, whatever its parameters are."""
    missing: list[Slot] | None = None
    for path in route.examples:
        plan = project.page(path)
        if plan is None or not project.is_shown(path, route):
            return []
        here = [
            shown.slot
            for shown in plan.missing
            if shown.slot and shown.outer.segment.remember != "url"
        ]
        missing = [slot for slot in here if missing is None or slot in missing]
        if not missing:
            return []
    return [
        _nearest(project, slot, route)
        for slot in missing or ()
        if route.is_static or not _may_match(project, slot, route)
    ]


def _nearest(project: Project, slot: Slot, route: Route) -> Spot:
    """Return where a slot is declared: a URLconf may be included twice, and this one is the route's."""

    def shared(spot: Spot) -> int:
        pairs = zip(spot.place.way, route.way, strict=False)
        return sum(one is other for one, other in pairs)

    return max((spot for spot in project.spots if spot.slot is slot), key=shared)


def _may_match(project: Project, slot: Slot, route: Route) -> bool:
    """Tell whether a slot has a route that takes some of the URLs of another one."""
    return any(
        not other.examples or any(map(route.takes, other.examples))
        for other in project.by_slot.get(slot, ())
    )


def check_duplicates(project: Project) -> Iterator[CheckMessage]:
    """W008: two pages for one slot and URL, of which the first is shown (S6)."""
    found: dict[object, Route] = {}
    for route in project.routes:
        if not route.inside or route.is_translated:
            continue
        first = found.setdefault((route.inside[-1].slot, route.shape), route)
        if first is not route and not _is_alias(route, first):
            yield warning(
                "W008",
                f"{route.where}two pages for the same URLs, {_told(first)} and {_told(route)}: "
                f"the first is always shown.",
                "Leave one of them out, or give it another URL.",
            )


def _told(route: Route) -> str:
    return f"{route} ({name_of(route.pattern.callback)})"


def _is_alias(route: Route, first: Route) -> bool:
    """Tell whether a route is another name for one that shows the same."""
    same_view = route.pattern.callback is first.pattern.callback
    return same_view and str(route) == str(first) and route.extra == first.extra


def check_reached(project: Project) -> Iterator[CheckMessage]:
    """W009: a route all of whose URLs show something else (S4, S5)."""
    hidden: dict[tuple[str, Route], list[Route]] = {}
    # What stands before all slots() is not hidden by one; of a big project, that is nearly all.
    for route in dropwhile(lambda route: not route.inside, project.routes):
        winner = None if route.is_translated else _winner(project, route)
        if winner is None or not (route.inside or winner.inside) or _is_twice(route, winner):
            continue
        hidden.setdefault((route.where or "urlpatterns: ", winner), []).append(route)
    for (where, winner), routes in hidden.items():  # a catch-all may hide the whole admin
        yield warning(
            "W009",
            f"{where}{listed(routes)} {'is' if len(routes) == 1 else 'are'} never shown: such URLs "
            f"show {winner} of {winner.inside[-1] if winner.inside else 'urlpatterns'}.",
            "Give one of them another URL, or leave it out. In a slot a deeper slots() wins, then "
            "the more exact route; otherwise what comes first in the URLconf.",
        )


def _winner(project: Project, route: Route) -> Route | None:
    """Return the one route that is shown for all URLs of another one, if there is one for sure."""
    winners: list[Route] = []
    for path in route.examples:
        view = view_of(project.winner(path, route))
        if view is None or view is route.pattern.callback:
            return None
        found = [
            other
            for other in project.by_view.get(id(view), ())
            if other.takes(path) and (route.is_static or other.covers(route))
        ]
        winners.extend(found[:1])
        if not found or found[0] is not winners[0]:
            return None
    return winners[0] if winners else None


def _is_twice(route: Route, other: Route) -> bool:
    """Tell whether two routes are the same in one slot, which is reported as that."""
    both_inside = route.inside and other.inside
    return bool(both_inside) and (
        route.inside[-1].is_like(other.inside[-1]) and route.shape == other.shape
    )
