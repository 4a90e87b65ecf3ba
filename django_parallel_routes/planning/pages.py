"""Plans of full pages, and of slots that are shown afresh: their page, else their default."""

from __future__ import annotations

from django_parallel_routes.declarations import UNSET, DefaultRoute, Segment, Slot
from django_parallel_routes.matches import Match, PageMatch, SegmentMatch, default_layout_match
from django_parallel_routes.planning.plan import Place, Plan, Reason, SlotPlan
from django_parallel_routes.protocol.state import MAX_DEPTH
from django_parallel_routes.values import NO_SLOT, Location, SlotAddress, replace, url_of_path


def plan_page(root: SegmentMatch, location: Location) -> Plan:
    """Plan a full page: each slot shows its page, else its default, else the response is a 404."""
    slots = fresh_slots(root, NO_SLOT, location)
    return not_found_if_missing(Plan("page", Reason.HARD_LOAD, root, location, slots))


def not_found_if_missing(plan: Plan) -> Plan:
    """Return the plan, or that of a 404 if there is a slot that nothing can fill."""
    if not plan.missing:
        return plan
    names = ", ".join(repr(slot.address) for slot in plan.missing)
    return replace(plan, kind="missing", reason=Reason.MISSING_SLOTS, detail=names)


def fresh_slots(match: Match, parent: SlotAddress, location: Location) -> tuple[SlotPlan, ...]:
    """Plan the slots of a segment that is shown afresh in the slot ``parent``. A page has none."""
    if isinstance(match, PageMatch):
        return ()
    slots = match.segment.slots
    return tuple(
        [fresh_slot(Place(parent.child(one.name), match, one, location)) for one in slots]
    )


def fresh_slot(place: Place) -> SlotPlan:
    """Plan a slot that is shown afresh: its page, else its default."""
    outer, slot = place.outer, place.slot
    match, reason, detail = outer.slots[slot.name], Reason.SEGMENT_MATCHES, ""
    if match is None:
        return default_slot(place)
    if slot.name in outer.remembered:
        place, reason = place._replace(location=place.shown_location), Reason.REMEMBERED
    elif isinstance(match, PageMatch):
        reason, detail = Reason.ROUTE_MATCHES, repr(match.route)
    inner = fresh_slots(match, place.address, place.location)
    stacked = empty_level_above(place, place.address) if slot.stacks else None
    return SlotPlan(*place, "page", reason, match, inner, stacked, detail=detail)


def default_slot(place: Place, reason: Reason = Reason.NOTHING_MATCHES) -> SlotPlan:
    """Plan a slot that shows its default, if it has one."""
    outer, slot = place.outer, place.slot
    match: Match
    if slot.default is UNSET:
        return SlotPlan(*place, "missing", Reason.NO_DEFAULT)
    if slot.default is None:
        return SlotPlan(*place, "empty", reason)
    if isinstance(slot.default, Segment):
        match = default_layout_match(outer, slot)
    elif isinstance(slot.default, DefaultRoute):
        route = outer.defaults[slot.name]
        match, path = route.match, place.location.path.removesuffix(outer.rest) + route.rest
        if place.location.path != path:  # At its own URL, the default keeps the query.
            place = place._replace(location=Location(url_of_path(path), path))
    else:
        match = PageMatch(slot.default, outer.captured)
    inner = fresh_slots(match, place.address, place.location)
    return SlotPlan(*place, "default", reason, match, inner)


def empty_level_above(place: Place, level: SlotAddress) -> SlotPlan | None:
    """Plan the empty level above a level of a slot that stacks, if it is not too deep."""
    address = level.child(place.slot.name)
    is_too_deep = address.count(".") + 2 > MAX_DEPTH  # The frame of a slot adds one more.
    return None if is_too_deep else empty_level(place, address, Reason.NOTHING_STACKED)


def empty_level(place: Place, address: SlotAddress, reason: Reason) -> SlotPlan:
    """Plan a level of a slot that stacks, with nothing in it."""
    return SlotPlan(*place._replace(address=address), "empty", reason)


def match_in_slot(segment: SegmentMatch, slot: Slot) -> Match | None:
    """Return what matches in a slot, or else the match of the layout around its default, if there is one."""
    if isinstance(slot.default, Segment) and segment.slots[slot.name] is None:
        return default_layout_match(segment, slot)
    return segment.slots[slot.name]
