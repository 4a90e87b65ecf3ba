"""How the slots of a plan reach the screen: merged into what is there, and at once or later.

A slow slot does not hold up the others. A slot's own layout comes at once, and the loading state stands
in it. Any other segment in a slot with ``loading`` is a part of what comes later.
"""

from __future__ import annotations

from django_parallel_routes.matches import PageMatch, SegmentMatch
from django_parallel_routes.planning.plan import Plan, SlotPlan
from django_parallel_routes.planning.reasons import Reason
from django_parallel_routes.protocol.state import MountedSlot, State
from django_parallel_routes.values import path_of, replace


def with_same_pages(plan: Plan, state: State) -> Plan:
    """Return a plan that says of each slot whether it shows the same page as before (rule S57).

    The path says which route a slot shows, and what that has captured; its query does not count. An entry
    of the history that the script can't restore by itself comes as the server has it.
    """
    if plan.kind != "slots" or plan.reason is Reason.TRAVERSAL:
        return plan
    return plan.with_each(lambda slot: _with_same_page(slot, state))


def _with_same_page(plan: SlotPlan, state: State) -> SlotPlan:
    mounted = state.slots.get(plan.address)
    if not (mounted and _shows(mounted, plan) and plan.is_certain):
        return plan  # Another page or view, or another layout, with other slots in it.
    return replace(
        plan,
        is_same_page=True,
        inner=tuple(_with_same_page(slot, state) for slot in plan.inner),
        stacked=plan.stacked and _with_same_page(plan.stacked, state),
    )


def _shows(mounted: MountedSlot, plan: SlotPlan) -> bool:
    """Tell whether a slot on screen shows this page already, by the same view and with the same arguments.

    A default has the URL of the page around it, but it is often a page of the slot, too: the list that a
    search in it leads to.
    """
    match = plan.match
    if mounted.variant == plan.variant or not isinstance(match, PageMatch):
        return (mounted.variant, mounted.path) == (plan.variant, path_of(plan.src))
    default, called = plan.outer.captured, match.captured
    return (
        (mounted.variant, plan.variant) == ("default", "page")
        and match.view is plan.slot.default
        and (called.args, called.kwargs) == (default.args, default.kwargs)
    )


def with_loading(plan: Plan, state: State | None = None) -> Plan:
    """Return a plan with the slots that come later: of a page, or of a navigation from ``state``.

    A prefetch runs no slow page, unless it is full: these slots are requested when they are on screen.
    """
    is_late = state is None or (plan.kind == "slots" and state.prefetch != "full")
    slots = plan.changed_by_address.values()
    if not is_late or not any(slot.slot.fallbacks.loading for slot in slots):
        return plan
    return plan.with_each(lambda slot: _later(slot, state))


def _later(plan: SlotPlan, state: State | None) -> SlotPlan:
    fallbacks, is_soft = plan.slot.fallbacks, state is not None
    is_page = plan.action in ("page", "default") or (is_soft and plan.action == "intercepted")
    is_framed = isinstance(plan.match, SegmentMatch) and plan.match.segment.is_frame
    if not fallbacks.loading or not is_page or is_framed:
        inner = tuple(_later(inner, state) for inner in plan.inner)
        return replace(plan, inner=inner) if inner else plan
    if state is None:
        return replace(plan, arrival=fallbacks.delivery)
    if plan.slot.unmatched == "refresh":
        return plan  # It comes with each answer, and may show messages.
    return replace(plan, arrival="deferred" if state.prefetch else "streamed")
