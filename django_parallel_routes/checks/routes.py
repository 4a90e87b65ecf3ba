"""Checks of routes and interceptions: 404s on a reload, pages never shown, names that no route has.

They plan hard loads of a few examples of each route's URLs. If the plans don't agree, nothing is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import dropwhile, takewhile

from django.core.checks import CheckMessage
from django.urls.converters import PathConverter

from django_parallel_routes.checks.examples import covers, examples_of, shape_of
from django_parallel_routes.checks.project import Project, listed, message, quoted
from django_parallel_routes.declarations import Interception, Slot
from django_parallel_routes.matches import name_of
from django_parallel_routes.patterns import text_of
from django_parallel_routes.urlconf import DeclaredRoute, DeclaredSlot, grouped


def check_reloads(project: Project) -> Iterator[CheckMessage]:
    """W005: URLs that a click shows, but that are a 404 on a reload."""
    declared = {one.slot: one for one in project.slots}
    routes = (one for one in project.routes if project.over_background.isdisjoint(one.names))
    found = ((slot, route) for route in routes for slot in _missing(project, route))
    for slot, missing in grouped(found).items():
        shown_in = quoted(route.enclosing[-1].named.name for route in missing)
        yield message(
            "W005",
            f"{declared[slot]} has no page for {listed(missing)}, and no default: a click shows slot "
            f"{shown_in}, but a reload is a 404.",
            "Add a page, or a default: a view, a template, or None for an empty slot. If a modal shows "
            "the URL, you can also declare what is beneath: intercept(…, background=…).",
            declared[slot],
        )


def _missing(project: Project, route: DeclaredRoute) -> list[Slot]:
    """Return the slots without a page or default on a hard load of each example of a route's URLs.

    A catch-all also matches URLs of other pages: a slot that has a page for one of these is not missing.
    """
    missing: list[Slot] | None = None
    for path in examples_of(route) if route.enclosing else ():
        plan = project.plan_of(path)
        if plan is None or project.view_shown(path, route) is not route.view:
            return []
        missing = [
            shown.slot
            for shown in plan.missing
            if shown.slot and shown.outer.segment.remember != "url"
            if missing is None or shown.slot in missing
        ]
    if not missing or PathConverter not in route.converters:
        return missing or []
    covered = [one for one in project.routes if one.enclosing and covers(route, one)]
    found = {slot.slot for one in covered for slot in one.enclosing}
    return [slot for slot in missing if slot not in found]


def check_shown(project: Project) -> Iterator[CheckMessage]:
    """W008, W009: routes that are never shown, because other routes have their URLs."""
    hidden: dict[tuple[str, str, DeclaredRoute], list[DeclaredRoute]] = {}
    # Nothing hides the routes before the first slots(). In a big project, these are most routes.
    for route in dropwhile(lambda route: not route.enclosing, project.routes):
        winner = _winner(project, route)
        if winner and (route.enclosing or winner.enclosing):
            is_same = route.enclosing == winner.enclosing and shape_of(route) == shape_of(winner)
            key = "W008" if is_same else "W009", _where(route), winner
            hidden.setdefault(key, []).append(route)
    # One message for all that one route hides: a catch-all may hide the whole admin.
    for (number, where, winner), routes in hidden.items():
        yield message(
            number,
            f"{where}: {listed(routes)} {'is' if len(routes) == 1 else 'are'} never shown, because "
            f"such URLs show {winner} ({name_of(winner.view)}) in {_where(winner)}.",
            "Change the URL of one of them, or remove it. In a slot, a nested slots() wins, then the "
            "more exact route; otherwise the first one in the URLconf wins.",
            _slot(routes[0]) or _slot(winner),
        )


def _slot(route: DeclaredRoute) -> DeclaredSlot | None:
    return route.enclosing[-1] if route.enclosing else None


def _where(route: DeclaredRoute) -> str:
    return str(_slot(route) or "urlpatterns")


def _winner(project: Project, route: DeclaredRoute) -> DeclaredRoute | None:
    """Return the route that is surely shown for all URLs of another route, if there is such a route."""
    examples = () if _is_translated(route) else examples_of(route)
    shown = {id(project.view_shown(path, route)) for path in examples}
    if len(shown) != 1 or id(route.view) in shown:
        return None
    others = project.by_view.get(shown.pop(), ())
    return next((one for one in others if not _is_translated(one) and covers(one, route)), None)


def _is_translated(route: DeclaredRoute) -> bool:
    return any(text_of(pattern.pattern) is None for pattern in route.patterns)


# --- interceptions ---


def check_interceptions(project: Project) -> Iterator[CheckMessage]:
    """E001, E004, W007, W019: what an ``intercept()`` names, and whether it fires."""
    for slot, one in project.interceptions:
        text = f"{slot}: intercept({one.route!r})"
        background = one.background if isinstance(one.background, str) else ""
        names = {one.route: "", **dict.fromkeys(one.origins, ", which is its origin")}
        names |= {background: ", which is its background"} if background else {}
        unknown = [name for name in names if not project.named(name)]
        for name in unknown:
            remedy = "Give a name that reverse() takes, with its namespace if it has one."
            what = f"{text}: no route has the name {name!r}{names[name]}."
            yield message("E001", what, _similar(project, name) + remedy, slot)
        if unknown:
            continue
        if problem := _never_fires(project, slot, one):
            why, remedy = problem
            on_click = " on a click" if one.background is not None else ""
            yield message("W007", f"{text} never fires{on_click}: {why}.", remedy, slot)
        targets, found = project.named(one.route), project.named(background)
        text = f"{text}: the background {background!r}"
        if found and not any(_has_url(route, target) for route in found for target in targets):
            what = f"{text} ({listed(found)}) takes other arguments than {listed(targets)}."
            remedy = (
                "Pass a function that returns the URL: background=lambda request, **kwargs: …."
            )
            yield message("E004", what, remedy, slot)
        elif found and not any(
            _can_share_screen(route, slot) or not project.over_background.isdisjoint(route.names)
            for route in found
        ):
            what = f"{text} is a page without this slot, so a hard load shows nothing over it."
            yield message("W019", what, "Name a page that shows this slot.", slot)


def _similar(project: Project, name: str) -> str:
    """Return a question about a similar name: first the same name in another namespace."""
    known = sorted({name for route in project.routes for name in route.names})
    last = name.rpartition(":")[2]
    found = [one for one in known if one.rpartition(":")[2] == last]
    found = found or get_close_matches(name, known, 1)
    return f"Did you mean {found[0]!r}? " if found else ""


def _has_url(route: DeclaredRoute, target: DeclaredRoute) -> bool:
    """Tell whether ``reverse()`` finds a URL of a route with the arguments of a target, or without any."""
    wanted, given = _parameters(route), _parameters(target)
    if not wanted or given is None:
        return True
    lacking = wanted ^ given.union(target.pattern.default_args)
    return lacking <= route.pattern.default_args.keys()


def _parameters(route: DeclaredRoute) -> frozenset[str] | None:
    """Return the names of a route's parameters; ``None`` if one has no name, or can't be read."""
    names: set[str] = set()
    for pattern in route.patterns:
        regex = getattr(pattern.pattern, "regex", None)
        if not isinstance(regex, re.Pattern) or regex.groups > len(regex.groupindex):
            return None
        names.update(regex.groupindex)
    return frozenset(names)


def _can_share_screen(route: DeclaredRoute, slot: DeclaredSlot) -> bool:
    """Tell whether the page of a route and a slot can be on screen together."""
    if not route.enclosing:
        return False
    for mine, other in zip(route.enclosing, slot.ancestry, strict=False):
        if mine.parent.segment is not other.parent.segment:
            return False
        if mine.slot is not other.slot:
            return True
    # A page higher up would replace the slot.
    return len(route.enclosing) >= len(slot.ancestry)


def _never_fires(
    project: Project, slot: DeclaredSlot, interception: Interception
) -> tuple[str, str] | None:
    """Return why an interception never fires, and what to do, or ``None`` if it may fire."""
    routes, origins = set(project.named(interception.route)), interception.origins
    for earlier in takewhile(lambda one: one is not interception, slot.slot.interceptions):
        is_as_wide = not earlier.origins or (origins and {*origins} <= {*earlier.origins})
        if is_as_wide and routes.issubset(project.named(earlier.route)):
            return (
                f"intercept({earlier.route!r}) before it in the same slot fires first",
                "Remove one of them, put the one with an origin first, or give the first an origin.",
            )
    pages = [route for name in origins for route in project.named(name)]
    if pages and not any(_can_share_screen(page, slot) for page in pages):
        return (
            f"no page of its origin {quoted(origins)} shows this slot",
            "Name a page that is on screen together with this slot, or remove origin=.",
        )
    return None
