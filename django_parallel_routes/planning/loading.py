"""Which slots of a plan come later, so that a slow one does not hold up the others (S43).

A slot's own layout is there at once, and the loading state stands in it; any other segment in a slot
with ``loading`` is a part of what is waited for.
"""

from __future__ import annotations

from dataclasses import replace

from django_parallel_routes.matches import SegmentMatch
from django_parallel_routes.planning.plan import Arrives, Plan, SlotPlan


def with_loading(plan: Plan) -> Plan:
    """Return the plan of a page or navigation with the slots that come later.

    A navigation renders what it changes; slots of a layout that it brings are as on a page (S14).
    """
    if plan.kind == "page":
        return replace(plan, slots=tuple(map(_later, plan.slots)))
    return replace(plan, slots=tuple(map(_brought, plan.slots)))


def plan_loading(plan: Plan) -> Plan:
    """Return the plan of what is shown until a navigation is done. It runs no page."""
    slots = tuple(_awaited(slot) for slot in plan.changed if slot.action != "empty")
    return replace(plan, why="until it is done", slots=slots, questions=(), moves=False)


def _later(plan: SlotPlan, delivery: Arrives | None = None) -> SlotPlan:
    if plan.action in ("page", "default") and plan.states.loading and not _is_framed(plan):
        return replace(plan, arrives=delivery or plan.states.delivery)
    return replace(plan, inner=tuple(_later(inner, delivery) for inner in plan.inner))


def _brought(plan: SlotPlan) -> SlotPlan:
    if _is_framed(plan):
        return replace(plan, inner=tuple(map(_brought, plan.inner)))
    return replace(plan, inner=tuple(_later(inner, "deferred") for inner in plan.inner))


def _awaited(plan: SlotPlan) -> SlotPlan:
    if _is_framed(plan) and plan.states.loading:
        return replace(plan, inner=tuple(map(_awaited, plan.inner)))
    return replace(plan, arrives="deferred")


def _is_framed(plan: SlotPlan) -> bool:
    """Tell whether a slot shows its own layout, with its page in it."""
    return isinstance(plan.match, SegmentMatch) and plan.match.segment.is_frame
