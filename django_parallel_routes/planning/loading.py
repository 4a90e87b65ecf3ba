"""Which slots of a plan come later, so that a slow one does not hold up the others.

A slot's own layout comes at once, and the loading state stands in it. Any other segment in a slot
with ``loading`` is a part of what comes later.
"""

from __future__ import annotations

from django_parallel_routes.matches import SegmentMatch
from django_parallel_routes.planning.plan import Arrival, Plan, SlotPlan, checks_of
from django_parallel_routes.protocol.state import State
from django_parallel_routes.values import replace


def with_loading(plan: Plan) -> Plan:
    """Return the plan of a page with the slots that come later."""
    if not _may_be_late(plan):
        return plan
    return replace(plan, slots=tuple(map(_later, plan.changed)))


def with_loading_softly(plan: Plan, state: State) -> Plan:
    """Return the plan of a navigation with the slots that come later in the same response.

    A prefetch runs no slow page, unless it is full: these slots are requested when they are on screen.
    What comes with each answer may show messages, so it is not late.
    """
    if plan.kind != "slots" or state.prefetch == "full" or not _may_be_late(plan):
        return plan
    slots = tuple(
        _later(slot, state) if isinstance(slot, SlotPlan) else slot for slot in plan.slots
    )
    later = replace(plan, slots=slots)
    changed = later.changed_by_address.values()
    late = checks_of(slot for slot in changed if slot.is_late)
    at_once = [one for slot in changed if not slot.is_late for one in slot.access_checks]
    checks = tuple(check for check in plan.access_checks if check in at_once or check not in late)
    return replace(later, access_checks=checks)


def _may_be_late(plan: Plan) -> bool:
    return any(slot.slot.fallbacks.loading for slot in plan.changed_by_address.values())


def _later(plan: SlotPlan, state: State | None = None) -> SlotPlan:
    actions = ("page", "default") if state is None else ("page", "default", "intercepted")
    fallbacks = plan.slot.fallbacks
    if fallbacks.loading and plan.action in actions and not _is_framed(plan):
        if state is None:
            return replace(plan, arrival=fallbacks.delivery)
        arrival: Arrival = "deferred" if state.prefetch else "streamed"
        comes_with_each = plan.slot.unmatched == "refresh"
        return replace(plan, arrival="now" if comes_with_each else arrival)
    if not plan.inner:
        return plan
    return replace(plan, inner=tuple(_later(inner, state) for inner in plan.inner))


def _is_framed(plan: SlotPlan) -> bool:
    """Tell whether a slot shows its own layout, with its page in it."""
    return isinstance(plan.match, SegmentMatch) and plan.match.segment.is_frame
