"""Plans of full pages, and of slots that are shown afresh: their page, else their default."""

from __future__ import annotations

from django_parallel_routes.address import NO_SLOT, SlotAddress
from django_parallel_routes.declarations import UNSET, DefaultRoute, Segment, Slot
from django_parallel_routes.location import Location
from django_parallel_routes.matches import (
    DefaultMatch,
    Match,
    PageMatch,
    SegmentMatch,
    default_layout_match,
)
from django_parallel_routes.planning.plan import Plan, Reason, SlotPlan, quoted
from django_parallel_routes.protocol.state import MAX_DEPTH
from django_parallel_routes.values import replace


def plan_page(root: SegmentMatch, location: Location) -> Plan:
    """Plan a full page: each slot shows its page, else its default, else the response is a 404."""
    slots = enter_all(root, NO_SLOT, location)
    return checked(Plan("page", Reason.HARD_LOAD, root, location, slots))


def checked(plan: Plan) -> Plan:
    """Turn a plan with a slot that nothing can fill into a 404."""
    if not plan.missing:
        return plan
    names = ", ".join(repr(slot.address) for slot in plan.missing)
    return replace(plan, kind="missing", reason=Reason.MISSING_SLOTS, detail=names)


def enter_all(
    segment: SegmentMatch, parent: SlotAddress, location: Location
) -> tuple[SlotPlan, ...]:
    """Plan all slots of a segment that is shown afresh in a slot."""
    return tuple(
        enter(segment, slot, parent.child(slot.name), location) for slot in segment.segment.slots
    )


def enter(segment: SegmentMatch, slot: Slot, address: SlotAddress, location: Location) -> SlotPlan:
    """Plan a slot that is shown afresh: its page, else its default."""
    match = segment.slots[slot.name]
    remembered = segment.remembered.get(slot.name)
    location = remembered or location
    if match is None:
        return enter_default(segment, slot, address, location)
    is_page = isinstance(match, PageMatch)
    reason = Reason.ROUTE_MATCHES if is_page else Reason.SEGMENT_MATCHES
    return SlotPlan(
        address,
        "page",
        Reason.REMEMBERED if remembered else reason,
        location,
        segment,
        slot,
        match,
        () if isinstance(match, PageMatch) else enter_all(match, address, location),
        nothing_stacked(segment, slot, address, location) if slot.stacks else None,
        detail=repr(match.route) if isinstance(match, PageMatch) else "",
    )


def enter_default(
    segment: SegmentMatch, slot: Slot, address: SlotAddress, location: Location
) -> SlotPlan:
    """Plan a slot that shows its default, if it has one."""
    plan = SlotPlan(address, "default", Reason.NOTHING_MATCHES, location, segment, slot)
    if slot.default is UNSET:
        return replace(plan, action="missing", reason=Reason.NO_DEFAULT)
    if slot.default is None:
        return replace(plan, action="empty")
    if isinstance(slot.default, Segment):
        return with_layout(plan, default_layout_match(segment, slot))
    if isinstance(slot.default, DefaultRoute):
        return _enter_route(plan, segment.defaults[slot.name])
    return replace(plan, match=PageMatch(slot.default, segment.captured))


def _enter_route(plan: SlotPlan, default: DefaultMatch) -> SlotPlan:
    """Plan a default that is a route, for the URL of that: as it is on screen, or without a query."""
    path = plan.location.path.removesuffix(plan.outer.rest) + default.rest
    if plan.location.path != path:
        plan = replace(plan, location=Location(quoted(path), path))
    if isinstance(default.match, SegmentMatch):
        return with_layout(plan, default.match)
    return replace(plan, match=default.match)


def with_layout(plan: SlotPlan, match: SegmentMatch) -> SlotPlan:
    """Return the plan of a slot that shows a segment, with the slots inside."""
    inner = enter_all(match, plan.address, plan.location)
    return replace(plan, match=match, inner=inner)


def nothing_stacked(
    segment: SegmentMatch, slot: Slot, level: SlotAddress, location: Location
) -> SlotPlan | None:
    """Return the plan of the empty slot in which one more level may open, if the slot stacks."""
    address = level.child(slot.name)
    if not slot.stacks or address.count(".") + 2 > MAX_DEPTH:  # a frame adds one more
        return None
    reason = Reason.NOTHING_STACKED
    return SlotPlan(address, "empty", reason, location, segment, slot, mount=location)


def shown_in(segment: SegmentMatch, slot: Slot) -> Match | None:
    """Return what matches in a slot, else the segment that its default is, if it is one."""
    if isinstance(slot.default, Segment) and segment.slots[slot.name] is None:
        return default_layout_match(segment, slot)
    return segment.slots[slot.name]
