"""Checks of ``intercept()``: names that no route has, and interceptions that never happen."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import takewhile

from django.core.checks import CheckMessage

from django_parallel_routes.checks.pages import REMEDY
from django_parallel_routes.checks.project import Project, listed, message, quoted
from django_parallel_routes.checks.views import document_in
from django_parallel_routes.declarations import Interception
from django_parallel_routes.urlconf import DeclaredRoute, DeclaredSlot


def check_names(project: Project) -> Iterator[CheckMessage]:
    """E001: an ``intercept()`` names a route that no URLconf has."""
    for slot, interception in project.interceptions:
        background = interception.background
        names = [("", interception.route)]
        names += [("origin", name) for name in interception.origins]
        names += [("background", background)] if isinstance(background, str) else []
        for option, name in names:
            if not project.named(name):
                what = f"the {option} {name!r}" if option else "it"
                yield message(
                    "E001",
                    f"{_where(slot, interception)}: {what} is not the name of a route.",
                    f"{_similar(project, name)}Give a name that reverse() takes, with its namespace "
                    f"if it has one.",
                )


def _where(slot: DeclaredSlot, interception: Interception) -> str:
    return f"{slot}: intercept({interception.route!r})"


def _similar(project: Project, name: str) -> str:
    """Return a question for a similar name, first of all for the same one in another namespace."""
    known = sorted({name for route in project.routes for name in route.names})
    last = name.rpartition(":")[2]
    found = [one for one in known if one.rpartition(":")[2] == last]
    found = found or get_close_matches(name, known, 1)
    return f"Did you mean {found[0]!r}? " if found else ""


def check_targets(project: Project) -> Iterator[CheckMessage]:
    """E002: a target outside every ``slots()`` whose own view answers with a whole document."""
    for slot, interception in project.interceptions:
        targets = project.named(interception.route)
        if interception.view or any(route.enclosing for route in targets):
            continue
        found = (document_in(slot.slot, route.view) for route in targets)
        if template := next(filter(None, found), None):
            yield message(
                "E002",
                f"{_where(slot, interception)}: the route is outside every slots(), and its own view "
                f"answers with the whole document {template!r}.",
                f"{REMEDY} Or pass a view: intercept(name, view).",
            )


def check_backgrounds(project: Project) -> Iterator[CheckMessage]:
    """E004: backgrounds whose URL can't be reversed."""
    for slot, interception in project.interceptions:
        name = interception.background
        found = project.named(name) if isinstance(name, str) else []
        targets = project.named(interception.route)
        if not found or not targets:
            continue
        where = f"{_where(slot, interception)}: the background {name!r}"
        if not any(_has_url(route, target) for route in found for target in targets):
            yield message(
                "E004",
                f"{where} ({listed(found)}) takes other arguments than {listed(targets)}.",
                "Pass a function that returns the URL: background=lambda request, **kwargs: ….",
            )


def _has_url(route: DeclaredRoute, target: DeclaredRoute) -> bool:
    """Tell whether ``reverse()`` makes a URL of a route from a target's arguments, or without any."""
    wanted, given = route.parameters, target.parameters
    if wanted is None or given is None:
        return True
    return not wanted or not (wanted ^ (given | target.extra_kwargs)) - route.extra_kwargs


def check_firing(project: Project) -> Iterator[CheckMessage]:
    """W007: interceptions that never happen."""
    for slot, interception in project.interceptions:
        if not all(map(project.named, (interception.route, *interception.origins))):
            continue  # E001 reports it.
        if problem := _never_fires(project, slot, interception):
            why, remedy = problem
            on_click = " on a click" if interception.background is not None else ""
            where = _where(slot, interception)
            yield message("W007", f"{where} never fires{on_click}: {why}.", remedy)


def _never_fires(
    project: Project, slot: DeclaredSlot, interception: Interception
) -> tuple[str, str] | None:
    """Return why an interception never fires, and what to do, or ``None`` if it may fire."""
    for earlier in takewhile(lambda one: one is not interception, slot.slot.interceptions):
        if _fires_first(project, earlier, interception):
            return (
                f"intercept({earlier.route!r}) before it in the same slot fires first",
                "Remove one of them, put the one with an origin first, or give the first an origin.",
            )
    origins = [route for name in interception.origins for route in project.named(name)]
    if origins and not any(route.can_share_screen(slot) for route in origins):
        return (
            f"no page of its origin {quoted(interception.origins)} shows this slot",
            "Name a page that is on screen together with this slot, or remove origin=.",
        )
    targets = project.named(interception.route)
    if origins and all(route in targets and route.is_static for route in origins):
        return (
            "its only origin is its target, and a link to the current page is not intercepted",
            "Name the page that contains the link.",
        )
    return None


def _fires_first(project: Project, earlier: Interception, later: Interception) -> bool:
    """Tell whether an interception fires wherever a later one could."""
    if not set(project.named(later.route)) <= set(project.named(earlier.route)):
        return False
    return not earlier.origins or (
        bool(later.origins) and set(later.origins) <= set(earlier.origins)
    )
