"""Says why an ``intercept()`` fires for a request or not: "Why did my modal not open?"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import get_resolver, get_urlconf

from django_parallel_routes.conf import has_middleware
from django_parallel_routes.declarations import SAFE_METHODS, Interception
from django_parallel_routes.explain.dry_run import DryResponse
from django_parallel_routes.matches import route_names
from django_parallel_routes.middleware import ParallelRoutesMiddleware
from django_parallel_routes.planning.interception import candidates, reason_not_intercepted
from django_parallel_routes.urlconf import DeclaredSlot, Urlconf

COMES_LATER = (
    "another intercept() comes first: the deepest slot, then the slot that is printed first"
)
IS_FORM = "the form does not stand in this slot"


class InterceptionReport(NamedTuple):
    """Whether an ``intercept()`` fires that names the route of the request."""

    declared: DeclaredSlot
    interception: Interception
    slot: str
    """The slot's address if the slot is on screen, else its name."""
    fires: bool
    why: str

    def __str__(self) -> str:
        where = f"{self.slot} of {self.declared.parent}"
        return f"{where} {'fires' if self.fires else 'does not fire'}: {self.why}"


def reports_on(response: DryResponse) -> list[InterceptionReport]:
    """Return a report on each ``intercept()`` that names the URL's route; slots on screen come first."""
    names = {
        name
        for page in (response.target.pages if response.target else ())
        for name in route_names(page)
    }
    declared = Urlconf(get_resolver(get_urlconf()).url_patterns).interceptions
    named = [(slot, one) for slot, one in declared if one.route in names]
    found = list(_tried(response, named))
    tried = [(report.declared, report.interception) for report in found]
    for slot, interception in named:
        if (slot, interception) not in tried:
            why = _why_not_tried(response, slot, interception)
            found.append(InterceptionReport(slot, interception, slot.name, False, why))
    return found


def _tried(
    response: DryResponse, named: list[tuple[DeclaredSlot, Interception]]
) -> Iterator[InterceptionReport]:
    """Yield reports on interceptions of slots that are or will be on screen, in the server's order."""
    decision = response.decision
    if decision is None:
        return
    planned = decision.plan.by_address.values() if decision.plan else ()
    intercepted = [slot for slot in planned if slot.action == "intercepted"]
    if decision.has_background:
        why = "also on a hard load, since it has a background"
        for plan in intercepted:
            for slot, one in named:
                if slot.slot is plan.slot and one.background is not None:
                    yield InterceptionReport(slot, one, plan.address, True, why)
        return
    if decision.state is None or reason_not_intercepted(decision.context):
        return
    may_fire = bool(intercepted)
    for match, reason_not in candidates(decision.context):
        found, place = match.interception, match.place
        slot = next(slot for slot, one in named if (slot.slot, one) == (place.slot, found))
        fires = may_fire and not reason_not
        may_fire &= not fires
        why = reason_not or (COMES_LATER if intercepted else IS_FORM)
        if fires:
            origin = " and an origin of it lies beneath" if found.origins else ""
            why = f"the visit is soft, the slot is on screen{origin}"
        yield InterceptionReport(slot, found, place.address, fires, why)


def _why_not_tried(response: DryResponse, slot: DeclaredSlot, interception: Interception) -> str:
    """Return why the server has not tried an ``intercept()``."""
    is_outside = response.target is not None and response.target.root is None
    if is_outside and not has_middleware(ParallelRoutesMiddleware):
        return "ParallelRoutesMiddleware is not installed, and the route is outside every slots()"
    if response.decision is None or response.decision.state is None:
        if interception.background is not None and response.request.method in SAFE_METHODS:
            return "a hard load, and its background has no URL, or does not show this slot"
        return "a hard load is not intercepted"
    mounted = response.decision.state.slots.items()
    intercepting = [address.name for address, one in mounted if one.mount_url]
    if intercepting and (why := reason_not_intercepted(response.decision.context)):
        return why
    if slot.name not in intercepting:
        return f"the slot {slot.name!r} is not on screen"
    return f"another slots() with a slot {slot.name!r} is on screen, but not this one"
