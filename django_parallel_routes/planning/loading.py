"""Which slots of a plan come later, so that a slow one does not hold up the others.

A slot's own layout comes at once, and the loading state stands in it. Any other segment in a slot
with ``loading`` is a part of what comes later.
"""

from __future__ import annotations

from django_parallel_routes.matches import SegmentMatch
from django_parallel_routes.planning.plan import Arrival, Plan, Reason, SlotPlan, checks_of
from django_parallel_routes.values import replace


def with_loading(plan: Plan) -> Plan:
    """Return the plan of a page or navigation with the slots that come later.

    A navigation renders the slots that it changes. Slots of a layout that it brings are as on a page.
    """
    later = _later if plan.kind == "page" else _brought
    return replace(plan, slots=tuple(map(later, plan.slots)))


def plan_prefetch(plan: Plan, *, is_full: bool) -> Plan:
    """Return the plan of a navigation that may follow. Unless it is full, no slow page is run for it.

    The slots with loading states are requested when these are on screen. Access checks of what is
    intercepted in them are made then.
    """
    slots = tuple(map(_at_once if is_full else _without_slow, plan.slots))
    return replace(plan, slots=slots, access_checks=checks_of(slots))


def plan_loading(plan: Plan) -> Plan:
    """Return the plan of what is shown until a navigation is done. It runs no page."""
    slots = tuple(_awaited(slot) for slot in plan.changed if slot.action != "empty")
    return replace(plan, reason=Reason.LOADING, slots=slots, access_checks=(), updates_url=False)


def _later(plan: SlotPlan, arrival: Arrival | None = None) -> SlotPlan:
    if plan.action in ("page", "default") and plan.fallbacks.loading and not _is_framed(plan):
        return replace(plan, arrival=arrival or plan.fallbacks.delivery)
    if not plan.inner:
        return plan
    return replace(plan, inner=tuple(_later(inner, arrival) for inner in plan.inner))


def _at_once(plan: SlotPlan) -> SlotPlan:
    return replace(plan, arrival="now", inner=tuple(map(_at_once, plan.inner)))


def _without_slow(plan: SlotPlan) -> SlotPlan:
    is_shown = plan.action in ("page", "default", "intercepted")
    if is_shown and plan.fallbacks.loading and not _is_framed(plan):
        return replace(plan, arrival="deferred", access_checks=())
    return replace(plan, inner=tuple(map(_without_slow, plan.inner)))


def _brought(plan: SlotPlan) -> SlotPlan:
    if not plan.inner:
        return plan
    if _is_framed(plan):
        return replace(plan, inner=tuple(map(_brought, plan.inner)))
    return replace(plan, inner=tuple(_later(inner, "deferred") for inner in plan.inner))


def _awaited(plan: SlotPlan) -> SlotPlan:
    if _is_framed(plan) and plan.fallbacks.loading:
        return replace(plan, inner=tuple(map(_awaited, plan.inner)))
    return replace(plan, arrival="deferred")


def _is_framed(plan: SlotPlan) -> bool:
    """Tell whether a slot shows its own layout, with its page in it."""
    return isinstance(plan.match, SegmentMatch) and plan.match.segment.is_frame
