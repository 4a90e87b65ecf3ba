"""Plans of forms, and of requests that htmx sends for an element of a slot.

Such a request reaches the view of the slot that it stands in, and no other.
"""

from __future__ import annotations

from django_parallel_routes.declarations import CHILDREN, refuse_form
from django_parallel_routes.matches import Match, PageMatch, SegmentMatch
from django_parallel_routes.planning.context import Context, places_at
from django_parallel_routes.planning.interception import plan_interception
from django_parallel_routes.planning.navigation import plan_changes
from django_parallel_routes.planning.plan import Plan, SlotPlan, default_slot, plan_page
from django_parallel_routes.protocol.state import MountedSlot
from django_parallel_routes.values import NO_SLOT, Location, SlotAddress, replace


def plan_form(context: Context) -> Plan | None:
    """Plan a form: the slot in which it stands changes alone.

    Returns ``None`` for the URL of a view outside of every ``slots()``: that view answers.
    """
    if plan := _in_intercepted_page(context) or _in_default(context):
        return plan
    root, location = context.target.root, context.target.location
    if root is None:
        return None
    address, printed = _slot_of_source(root, context)
    plan = plan_changes(context, address)
    if plan.kind == "slots":
        mounted = context.state.slots.get(address)
        slot = plan.changed[0]
        if mounted and slot.address == address and slot.location.src != mounted.src:
            plan = plan.with_slot(_at_mounted_url(slot, mounted))
        return replace(plan, form_slots=(address,), known_printed=printed)
    plan = plan_page(root, location)
    pages = (slot for slot in plan.by_address if isinstance(root.at(slot), PageMatch))
    form_slots = (address, *map(SlotAddress, pages))
    return replace(plan, form_slots=form_slots, known_printed=printed)


def plan_element(context: Context) -> Plan | None:
    """Plan an htmx request with a target of its own: the page of one slot, without layout or slots.

    Returns ``None`` for the URL of a view outside of every ``slots()``: that view answers.
    """
    root, location = context.target.root, context.target.location
    if plan := _in_intercepted_page(context) or _in_default(context):
        slot = replace(plan.changed_by_address[plan.form_slots[0]], location=location)
        why = "a request with a target of its own"
        return replace(plan, kind="one_slot", why=why, changed=(slot,), kept=())
    if root is None:
        return None
    address, printed = _slot_of_source(root, context)
    place = places_at(context.target, address)[0]
    slot = SlotPlan(*place, "page", "the request stands in this slot", root.at(address))
    return Plan(
        "one_slot",
        "a request with a target of its own",
        root,
        location,
        (slot,),
        (),
        (address,),
        printed,
    )


def _at_mounted_url(plan: SlotPlan, mounted: MountedSlot) -> SlotPlan:
    """Return the plan of a slot that keeps its own URL. The URL of the form may not answer GET."""
    return replace(plan, location=Location.of(mounted.src))


def _in_intercepted_page(context: Context) -> Plan | None:
    """Plan a request from inside an intercepted page: it is for the view that is shown there."""
    state, plan = context.state, plan_interception(context)
    if plan is None:
        return None
    # The frame of a slot is intercepted, too, but its variant is "layout".
    slots = plan.changed_by_address.values()
    page = next(slot for slot in slots if slot.action == slot.variant == "intercepted")
    mounted = state.slots.get(page.address)
    if mounted is None or not state.source_slot or not page.address.overlaps(state.source_slot):
        return None
    form_slots = (page.address,)
    # The key of the slot has proven that it is printed.
    plan = replace(plan, form_slots=form_slots, known_printed=frozenset(form_slots))
    return plan.with_slot(_at_mounted_url(page, mounted))


def _in_default(context: Context) -> Plan | None:
    """Plan a request for the URL of the slot that it stands in, which has no page for it.

    The view of the slot's default gets it. Where the slot shows something else, a form is refused.
    Returns ``None`` if a page of the slot can take it, or if the request is for another URL.
    """
    root, location, state = context.target.root, context.target.location, context.state
    if root is None or not state.source_slot:
        return None
    address, mounted = state.source_slot, state.slots.get(state.source_slot)
    inside = state.slots.get(address.child(CHILDREN))
    if mounted and mounted.variant == "layout" and inside and inside.variant == "default":
        address, mounted = address.child(CHILDREN), inside  # The layout is that of the default.
    is_own_url = mounted.path == location.path if mounted else state.own
    variant = mounted.variant if mounted else "default"
    has_page = root.at(address) and not (mounted and variant == "default")
    if not is_own_url or has_page or variant == "intercepted":
        return None
    declared = places_at(context.target, address)
    printed = [place for place in declared if context.has_printed(place.outer, address, location)]
    if not declared:
        return None
    place = (printed or declared)[0]
    if mounted:
        place = place._replace(location=Location.of(mounted.src))
    plan = default_slot(place, "the request is for what this slot shows")
    if variant != "default" or not isinstance(plan.match, PageMatch):
        if not state.form:
            return None
        refused = PageMatch(refuse_form, place.outer.captured)
        plan = SlotPlan(*place, "page", "the request is for what this slot shows", refused)
    kept = context.others_kept([plan], "the form stands in another slot")
    return replace(
        context.plan("the request is for what this slot shows", root, [plan], kept),
        form_slots=(address,),
        known_printed=frozenset([address] if printed else []),
    )


def _slot_of_source(
    root: SegmentMatch, context: Context
) -> tuple[SlotAddress, frozenset[SlotAddress]]:
    """Return the slot that a form or element stands in, or else the slot of the main page.

    The second value contains this slot and the slots around it, as far as they are on screen.
    """
    source = context.state.source_slot
    names = source.split(".") if source and root.at(source) else []
    address, printed = NO_SLOT, set()
    match: Match | None = root
    while isinstance(match, SegmentMatch):
        matching = (name for name, found in match.slots.items() if found)
        name = names.pop(0) if names else next(matching)
        address = address.child(name)
        if context.has_printed(match, address, context.target.location):
            printed.add(address)
        match = match.slots[name]
    return address, frozenset(printed)
