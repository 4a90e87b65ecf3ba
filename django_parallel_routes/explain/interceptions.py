"""Why an ``intercept()`` fires for a request or does not: "Why did my modal not open?"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import get_resolver, get_urlconf

from django_parallel_routes.declarations import SAFE_METHODS, Interception
from django_parallel_routes.explain.dry_run import Answer
from django_parallel_routes.middleware import ParallelRoutesMiddleware, is_installed
from django_parallel_routes.planning.interception import candidates, reason_not_intercepted
from django_parallel_routes.urlconf import DeclaredSlot, Urlconf

Declared = tuple[DeclaredSlot, Interception]

COMES_LATER = "another one comes first: the deepest slot, then the order of declaration"
IS_FORM = "the request does not come from inside what it shows"


class InterceptionReport(NamedTuple):
    """Whether one ``intercept()`` that names the route of a request fires."""

    declared: Declared
    slot: str
    """The slot's address if it is on screen, else its name."""
    fires: bool
    why: str

    def __str__(self) -> str:
        where = f"{self.slot} of {self.declared[0].parent}"
        return f"{where} {'fires' if self.fires else 'does not fire'}: {self.why}"


def reports_on(answer: Answer) -> list[InterceptionReport]:
    """Return a report on each ``intercept()`` that names the URL's route; slots on screen come first."""
    if answer.target is None:
        return []
    names = {name for page in answer.target.pages for name in page.names}
    urlconf = Urlconf(get_resolver(get_urlconf()).url_patterns)
    declared = [one for one in urlconf.interceptions if one[1].route in names]
    found = list(_tried(answer, declared))
    for one in declared:
        if all(one is not report.declared for report in found):
            why = _why_not_tried(answer, *one)
            found.append(InterceptionReport(one, one[0].name, False, why))
    return found


def _tried(answer: Answer, declared: list[Declared]) -> Iterator[InterceptionReport]:
    """Yield reports on slots that are on screen, or will be, in the order in which they are tried."""
    decision = answer.decision
    if decision is None:
        return
    planned = decision.plan.by_address.values() if decision.plan else ()
    intercepted = [slot for slot in planned if slot.action == "intercepted"]
    if decision.has_background:
        why = "also on a hard load, since it has a background"
        for slot in intercepted:
            for one in declared:
                if one[0].slot is slot.slot and one[1].background is not None:
                    yield InterceptionReport(one, slot.address, True, why)
        return
    if decision.state is None or reason_not_intercepted(decision.context):
        return
    may_fire = bool(intercepted)
    for match, reason_not in candidates(decision.context):
        rule, place = match.interception, match.place
        one = next(one for one in declared if (one[1], one[0].slot) == (rule, place.slot))
        fires = may_fire and not reason_not
        may_fire &= not fires
        why = reason_not or (COMES_LATER if intercepted else IS_FORM)
        if fires:
            origin = " and an origin of it lies beneath" if rule.origins else ""
            why = f"the visit is soft, the slot is on screen{origin}"
        yield InterceptionReport(one, place.address, fires, why)


def _why_not_tried(answer: Answer, slot: DeclaredSlot, interception: Interception) -> str:
    """Return why the server has not tried an ``intercept()``."""
    assert answer.target
    if answer.target.root is None and not is_installed(ParallelRoutesMiddleware):
        return "ParallelRoutesMiddleware is not installed, and the route is outside every slots()"
    state = answer.decision.state if answer.decision else None
    if state is None:
        if interception.background is not None and answer.request.method in SAFE_METHODS:
            return "a hard load, and its background has no URL, or does not show this slot"
        return "a hard load is not intercepted"
    assert answer.decision
    name = slot.name
    intercepting = [address for address, mounted in state.slots.items() if mounted.mount_url]
    if intercepting and (why := reason_not_intercepted(answer.decision.context)):
        return why
    if all(address.name != name for address in intercepting):
        return f"the slot {name!r} is not on screen"
    return f"this slots() is not on screen; another one has a slot {name!r}, too"
