"""Checks of ``intercept()``: names that mean nothing, and rules that never fire."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from django.core.checks import CheckMessage

from django_parallel_routes.checks.declared import Project
from django_parallel_routes.checks.messages import error, listed, warning
from django_parallel_routes.checks.middleware import has_ours
from django_parallel_routes.checks.templates import reading_of
from django_parallel_routes.declarations import Interception
from django_parallel_routes.urlconf import Place, Route, Spot

ADD_OURS = "Add 'django_parallel_routes.middleware.ParallelRoutesMiddleware' to MIDDLEWARE, last."


def check_names(project: Project) -> Iterator[CheckMessage]:
    """E001: an ``intercept()`` names a route that no URLconf has."""
    for spot, rule in project.rules:
        background = [rule.background] if isinstance(rule.background, str) else []
        for what, names in [
            ("", [rule.route]),
            (" origin", rule.origins),
            (" background", background),
        ]:
            for name in names:
                if not project.named(name):
                    yield error(
                        "E001",
                        f"{spot}: intercept({rule.route!r}):{what} {name!r} is the name of no route.",
                        f"{_like(project, name)}Give a name as for reverse(), with its namespace "
                        f"if it has one (namespace:name).",
                    )


def _like(project: Project, name: str) -> str:
    """Return the question whether a similar name was meant, with that of another namespace first."""
    known = sorted({name for route in project.routes for name in route.names})
    last = name.rpartition(":")[2]
    found = [one for one in known if one.rpartition(":")[2] == last] or get_close_matches(
        name, known, 1
    )
    return f"Did you mean {found[0]!r}? " if found else ""


def check_targets(project: Project) -> Iterator[CheckMessage]:
    """E002, W001: targets outside of every ``slots()``."""
    for spot, rule in project.rules:
        targets = project.named(rule.route)
        if not targets or any(route.inside for route in targets):
            continue
        where = f"{spot}: intercept({rule.route!r}): the route is outside of every slots()"
        if rule.view is None:
            yield error(
                "E002",
                f"{where}, so its own view is a whole document.",
                "Give the view that is shown instead: intercept(name, view).",
            )
        if not has_ours():
            yield warning("W001", f"{where}, and nothing intercepts it there.", ADD_OURS)


def check_backgrounds(project: Project) -> Iterator[CheckMessage]:
    """E004, W019: backgrounds that have no URL, or not the slot (B31)."""
    for spot, rule in project.rules:
        name = rule.background
        found = project.named(name) if isinstance(name, str) else []
        targets = project.named(rule.route)
        if not found or not targets:
            continue
        where = f"{spot}: intercept({rule.route!r}): background {name!r}"
        if not any(_has_url(route, target) for route in found for target in targets):
            yield error(
                "E004",
                f"{where} takes other arguments than {listed(targets)} has: {listed(found)}.",
                "Give a function: background=lambda request, **kwargs: reverse(…).",
            )
        elif not _may_lie_beneath(project, spot, found):
            yield warning(
                "W019",
                f"{where} is a page without this slot, so nothing is ever shown over it.",
                "Name a page on which this slot is printed.",
            )


def _has_url(route: Route, target: Route) -> bool:
    """Tell whether ``reverse()`` makes a URL of a route from a target's arguments, or without any."""
    wanted, given = route.parameters, target.parameters
    if wanted is None or given is None:
        return True
    return not wanted or not (wanted ^ (given | target.extra)) - route.extra


def _may_lie_beneath(project: Project, spot: Spot, found: list[Route]) -> bool:
    """Tell whether some of the routes are pages with a slot, or are shown over such a page."""
    names: set[str] = set()
    while found:
        if any(route.can_be_with(spot) for route in found):
            return True
        beneath = [
            rule.background
            for _, rule in project.rules
            if rule.background and any(rule.route in route.names for route in found)
        ]
        if any(map(callable, beneath)):
            return True  # nobody knows
        more = set(map(str, beneath)) - names
        names |= more
        found = [route for name in more for route in project.named(name)]
    return False


def check_firing(project: Project) -> Iterator[CheckMessage]:
    """W007: rules that never fire (S22)."""
    for spot in project.spots:
        for number, rule in enumerate(spot.rules):
            if not all(map(project.named, (rule.route, *rule.origins))):
                continue  # E001 says it
            where = f"{spot}: intercept({rule.route!r})"
            if why := _never_fires(project, spot, number):
                what, remedy = why
                never = "never fires" + (" on a click" if rule.background is not None else "")
                yield warning("W007", f"{where} {never}: {what}.", remedy)


def _never_fires(project: Project, spot: Spot, number: int) -> tuple[str, str] | None:
    rule = spot.rules[number]
    if hidden := _never_on_screen(project, spot.place):
        return (
            f"{hidden} is never on screen, since none of its URLs has something for all its slots",
            "Give the slots that W005 names a default, or leave the segment out.",
        )
    for earlier in spot.rules[:number]:
        if _fires_before(project, earlier, rule):
            return (
                f"intercept({earlier.route!r}) before it in the same slot always does",
                "Leave one of them out, put the one with an origin first, or give it an origin.",
            )
    if rule.origins and not any(_may_be_beneath(project, spot, name) for name in rule.origins):
        return (
            f"{listed(map(repr, rule.origins))} is no page on which this slot is",
            "Name a page of this segment, or of slots beside or in it; or leave origin= out.",
        )
    targets = project.named(rule.route)
    origins = [route for name in rule.origins for route in project.named(name)]
    if origins and all(route in targets and route.is_static for route in origins):
        return (
            "its only origin is the target, and what leads to the page one is on is not intercepted",
            "Name the page that the link stands on.",
        )
    if other := _printed_before(project, spot, rule):
        return (
            f"{other} is printed first, and intercepts the same",
            "Leave one of them out, or give the first an origin.",
        )
    return None


def _never_on_screen(project: Project, place: Place) -> Place | None:
    """Return the place that no navigation ever shows, if it is this one or one around it."""
    around = [spot.place for spot in place.inside]
    return next((outer for outer in (*around, place) if _is_hidden(project, outer)), None)


def _is_hidden(project: Project, place: Place) -> bool:
    """Tell whether a segment can't be entered at any of its URLs: one of its own slots is missing.

    Slots further out may be there from before, and kept.
    """
    prefix = "".join(f"{spot.slot.name}." for spot in place.inside)
    routes = [route for slot in place.segment.slots for route in project.by_slot.get(slot, ())]
    for route in routes:
        for path in route.examples:
            plan = project.page(path)
            if plan is None or not project.is_shown(path, route):
                return False
            if not any(slot.address.startswith(prefix) for slot in plan.missing):
                return False
        if not route.is_static:
            return False
    return True


def _fires_before(project: Project, earlier: Interception, rule: Interception) -> bool:
    targets = set(project.named(rule.route))
    return targets <= set(project.named(earlier.route)) and (
        not earlier.origins or (bool(rule.origins) and set(rule.origins) <= set(earlier.origins))
    )


def _may_be_beneath(project: Project, spot: Spot, origin: str) -> bool:
    return any(route.can_be_with(spot) for route in project.named(origin))


def _printed_before(project: Project, spot: Spot, rule: Interception) -> Spot | None:
    """Return a slot of the same layout that is always printed before, and intercepts the same."""
    reading = reading_of(spot.place.segment.layout)
    if reading is None or not reading.is_complete or spot.slot.name not in reading.always:
        return None
    before = reading.always[: reading.always.index(spot.slot.name)]
    for other in spot.place.spots:
        if other.slot.name in before and other.slot.test_func is None:
            for earlier in other.rules:
                if _fires_before(project, earlier, rule):
                    return other
    return None
