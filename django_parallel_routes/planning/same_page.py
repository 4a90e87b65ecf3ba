"""Which slots are rendered again for the page that they show: the script merges those into what is there."""

from __future__ import annotations

from django_parallel_routes.location import path_of
from django_parallel_routes.planning.plan import Plan, Reason, SlotPlan
from django_parallel_routes.protocol.state import State
from django_parallel_routes.values import replace


def with_same_pages(plan: Plan, state: State) -> Plan:
    """Return a plan that says of each slot whether it shows the same page as before (rule S57).

    The path says which route a slot shows, and what that has captured; its query does not count. An entry
    of the history that the script can't restore by itself comes as the server has it.
    """
    if plan.kind != "slots" or plan.reason is Reason.TRAVERSAL:
        return plan
    slots = (_marked(slot, state) if isinstance(slot, SlotPlan) else slot for slot in plan.slots)
    return replace(plan, slots=tuple(slots))


def _marked(plan: SlotPlan, state: State) -> SlotPlan:
    mounted = state.slots.get(plan.address)
    if mounted is None or mounted.variant != plan.variant or mounted.path != path_of(plan.src):
        return plan  # Another page, or another layout, with other slots in it.
    return replace(
        plan,
        is_same_page=True,
        inner=tuple(_marked(slot, state) for slot in plan.inner),
        stacked=plan.stacked and _marked(plan.stacked, state),
    )
