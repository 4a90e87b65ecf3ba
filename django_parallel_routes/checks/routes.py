"""Checks of routes and interceptions: 404s on a reload, pages never shown, names that no route has.

They resolve examples of the URLs of each route, and plan a hard load of each. Where that does not
decide for all URLs of a route, nothing is reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import dropwhile, takewhile

from django.core.checks import CheckMessage

from django_parallel_routes.checks.pages import REMEDY
from django_parallel_routes.checks.project import Project, listed, message, quoted
from django_parallel_routes.checks.views import document_in, reading_of
from django_parallel_routes.declarations import CHILDREN, Interception, Slot, name_of
from django_parallel_routes.patterns import fixed_url
from django_parallel_routes.urlconf import DeclaredRoute, DeclaredSlot, route_text
from django_parallel_routes.wrong_calls import NoView

ADD_PAGE = "Add a page for these URLs, or a default: a view, a template, or None for an empty slot"


def check_views(project: Project) -> Iterator[CheckMessage]:
    """E014: a ``path()`` around ``slots()``, ``slot()`` or ``intercept()``."""
    for route in project.routes:
        if isinstance(route.view, NoView):
            remedy = route.view.instead_of_view()
            what = f"{_where(route)}: the view of path({route_text([route.pattern])!r}) is {route.view!r}."
            yield message("E014", what, f"{remedy[0].upper()}{remedy[1:]}.")


def check_reloads(project: Project) -> Iterator[CheckMessage]:
    """W005, W006: URLs that a click shows, but that are a 404 on a reload."""
    pages: dict[DeclaredSlot, list[DeclaredRoute]] = {}
    modals: dict[DeclaredSlot, list[DeclaredRoute]] = {}
    declared = [interception for _, interception in project.interceptions]
    over_background = {one.route for one in declared if one.background is not None}
    intercepted = {one.route for one in declared} - over_background
    for route in project.routes:
        if not route.enclosing or not over_background.isdisjoint(route.names):
            continue
        opens = not intercepted.isdisjoint(route.names) or any(map(_is_modal, route.enclosing))
        for slot in _missing(project, route):
            (modals if opens else pages).setdefault(slot, []).append(route)
    for slot, routes in modals.items():
        yield message(
            "W006",
            f"{slot}: no page and no default for {listed(routes)}: it opens in a modal, but a reload "
            f"of it is a 404.",
            f"{ADD_PAGE}; or declare what is beneath the modal: intercept(…, background=…).",
        )
    for slot, routes in pages.items():
        shown_in = quoted(route.enclosing[-1].named.name for route in routes)
        yield message(
            "W005",
            f"{slot}: no page and no default for {listed(routes)}: a click shows it in slot "
            f"{shown_in}, but a reload of it is a 404.",
            f"{ADD_PAGE}.",
        )


def _is_modal(slot: DeclaredSlot) -> bool:
    """Tell whether a slot is for modals, by its layout or because it intercepts."""
    if slot.slot.interceptions and slot.name != CHILDREN:
        return True
    frame = slot.slot.frame
    reading = reading_of(frame.layout) if frame else None
    return bool(reading and reading.is_modal)


def _missing(project: Project, route: DeclaredRoute) -> list[DeclaredSlot]:
    """Return the slots that have nothing for a hard load of a route, whatever its parameters are."""
    missing: list[Slot] | None = None
    for path in route.examples:
        plan = project.page(path)
        if plan is None or project.shown(path, route) is not route.view:
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


def _nearest(project: Project, slot: Slot, route: DeclaredRoute) -> DeclaredSlot:
    """Return the declaration of a slot that is nearest to a route: a URLconf may be included twice."""

    def shared(declared: DeclaredSlot) -> int:
        pairs = zip(declared.parent.patterns, route.patterns, strict=False)
        return sum(one is other for one, other in pairs)

    return max(project.declarations[slot], key=shared)


def _may_match(project: Project, slot: Slot, route: DeclaredRoute) -> bool:
    """Tell whether a slot has a route that matches some of the URLs of another one."""
    examples = project.examples_like(route, slot)
    return examples is None or any(map(route.may_match, examples))


def check_duplicates(project: Project) -> Iterator[CheckMessage]:
    """W008: two pages for the same URLs of a slot, of which only the first is shown."""
    found: dict[object, DeclaredRoute] = {}
    for route in project.routes:
        if not route.enclosing or route.is_translated:
            continue
        first = found.setdefault((route.enclosing[-1].slot, route.shape), route)
        is_alias = (
            route.view is first.view
            and str(route) == str(first)
            and route.extra_kwargs == first.extra_kwargs
        )
        if first is not route and not is_alias:
            yield message(
                "W008",
                f"{route.enclosing[-1]}: {first} ({name_of(first.view)}) and {route} "
                f"({name_of(route.view)}) match the same URLs, so the second is never shown.",
                "Remove one of them, or change its URL.",
            )


def check_reached(project: Project) -> Iterator[CheckMessage]:
    """W009: a route whose URLs all show something else."""
    hidden: dict[tuple[str, DeclaredRoute], list[DeclaredRoute]] = {}
    # Nothing hides the routes before the first slots(), which are most in a big project.
    for route in dropwhile(lambda route: not route.enclosing, project.routes):
        winner = None if route.is_translated else _winner(project, route)
        if winner and (route.enclosing or winner.enclosing) and not _is_same(route, winner):
            hidden.setdefault((_where(route), winner), []).append(route)
    for (
        where,
        winner,
    ), routes in hidden.items():  # One message if a catch-all hides the whole admin.
        yield message(
            "W009",
            f"{where}: {listed(routes)} {'is' if len(routes) == 1 else 'are'} never shown, because "
            f"such URLs show {winner} of {_where(winner)}.",
            "Change the URL of one of them, or remove it. In a slot, a nested slots() wins, then the "
            "more exact route; otherwise the first one in the URLconf wins.",
        )


def _where(route: DeclaredRoute) -> str:
    return str(route.enclosing[-1]) if route.enclosing else "urlpatterns"


def _winner(project: Project, route: DeclaredRoute) -> DeclaredRoute | None:
    """Return the route that is shown for all URLs of another one, if there surely is one."""
    shown = {id(project.shown(path, route)) for path in route.examples}
    if len(shown) != 1 or id(route.view) in shown:
        return None
    for other in project.by_view.get(shown.pop(), ()):
        is_hit = all(map(other.may_match, route.examples))
        if is_hit and (route.is_static or other.covers(route)):
            return other
    return None


def _is_same(route: DeclaredRoute, other: DeclaredRoute) -> bool:
    """Tell whether two routes match the same URLs of one slot, which W008 reports."""
    if not route.enclosing or not other.enclosing:
        return False
    return route.enclosing[-1].slot is other.enclosing[-1].slot and route.shape == other.shape


def check_default_routes(project: Project) -> Iterator[CheckMessage]:
    """E012: a default names no route of its slot, or one that takes arguments."""
    for slot in project.slots:
        default = slot.slot.default_route
        if default is None or slot.parent.is_frame:
            continue
        routes = project.by_slot.get(slot.slot, [])
        named = [route for route in routes if default.name in route.names]
        depth = len(slot.parent.patterns)
        if not any(fixed_url(route.patterns[depth:]) is not None for route in named):
            what = "takes arguments" if named else "is not the name of a route of this slot"
            names = sorted(name for route in routes for name in route.names)
            known = f" Its routes: {quoted(names)}." if names else ""
            yield message(
                "E012",
                f"{slot}: default={default!r} {what}.",
                f"Name a route of this slot that takes no arguments, as for reverse().{known}",
            )


# --- interceptions ---


def check_intercepted_names(project: Project) -> Iterator[CheckMessage]:
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
                    f"{_text(slot, interception)}: {what} is not the name of a route.",
                    f"{_similar(project, name)}Give a name that reverse() takes, with its namespace "
                    f"if it has one.",
                )


def _text(slot: DeclaredSlot, interception: Interception) -> str:
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
                f"{_text(slot, interception)}: the route is outside every slots(), and its own view "
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
        where = f"{_text(slot, interception)}: the background {name!r}"
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
            where = _text(slot, interception)
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
