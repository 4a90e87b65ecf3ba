"""Plans of soft navigations, of forms, and of requests that htmx sends for an element of a slot."""

from __future__ import annotations

from urllib.parse import unquote_plus

from django_parallel_routes.declarations import CHILDREN, Segment
from django_parallel_routes.matches import (
    Match,
    PageMatch,
    SegmentMatch,
    layout_match,
    refuse_form,
)
from django_parallel_routes.planning.context import Context, places_at
from django_parallel_routes.planning.interception import closing_slots, plan_interception
from django_parallel_routes.planning.plan import (
    KeptSlot,
    Place,
    Plan,
    SlotPlan,
    default_slot,
    fresh_slot,
    not_found_if_missing,
    plan_page,
)
from django_parallel_routes.protocol.state import MountedSlot, State
from django_parallel_routes.values import (
    NO_SLOT,
    Location,
    SlotAddress,
    path_of,
    replace,
    slots_named,
)


def plan_navigation(context: Context) -> Plan:
    """Plan a soft navigation: slots that match change, the others are kept.

    If the link names a slot, that slot alone changes. Otherwise, modals inside kept slots close, as those
    beside them do.
    """
    target_slot = context.state.target_slot
    plan = plan_changes(context, target_slot)
    inside = {slot.address for slot in plan.kept if slot.slot is None}
    if plan.kind != "slots" or target_slot or not inside:
        return plan
    closed = [slot for slot in closing_slots(context) if slot.address in inside]
    return plan.with_changes(closed) if closed else plan


def plan_changes(context: Context, only: SlotAddress) -> Plan:
    """Plan what a navigation or a form changes: ``only`` one slot, or with ``NO_SLOT``, any slot."""
    root, location, on_screen = context.root, context.target.location, context.state.slots
    nested = [address for address in on_screen if "." in address]
    changed: list[SlotPlan] = []
    kept: list[KeptSlot] = []

    def go_down(printed: list[tuple[Place, MountedSlot]]) -> None:
        """Plan the slots that a layout has printed; of a slot whose layout stays, the slots inside."""
        for place, mounted in printed:
            address, outer, slot, _ = place
            planned: SlotPlan | str
            match = outer.slots[slot.name]
            if match is None and isinstance(slot.default, Segment):
                match = layout_match(slot.default, outer, slot)
            if only and not only.overlaps(address):
                planned = "the link or form is for another slot"
            elif isinstance(match, SegmentMatch) and (
                inside := context.printed_by(match, address, place.shown_location)
            ):
                why = "its layout is on screen already"
                kept.append(KeptSlot(address, why, *mounted[:2], outer, slot))
                go_down(inside)
                continue
            else:
                planned = _plan_or_reason(place, mounted, context, only)
            if isinstance(planned, SlotPlan):
                changed.append(planned)
                continue
            kept.append(KeptSlot(address, planned, *mounted[:2], outer, slot))
            for inner in nested:
                if inner.startswith(f"{address}."):
                    why = "the slot around it is kept"
                    kept.append(KeptSlot(inner, why, *on_screen[inner][:2]))

    go_down(context.printed_by(root, NO_SLOT, location))
    if not changed:
        why = "no slot on screen matches" if kept else "another layout is on screen"
        return Plan("document", why, root, location)
    return not_found_if_missing(context.plan("a soft navigation", root, changed, kept))


def _plan_or_reason(
    place: Place, mounted: MountedSlot, context: Context, only: SlotAddress
) -> SlotPlan | str:
    """Plan a slot that a layout on screen has printed, or return why it is kept."""
    state, outer, slot, variant = context.state, place.outer, place.slot, mounted.variant
    match, remembered = outer.slots[slot.name], outer.remembered.get(slot.name)
    if match is None:
        if state.own and variant == "default" and mounted.path == place.location.path:
            return default_slot(place, "another query of its default")
        if slot.unmatched == "default" and not only and variant not in ("default", "empty"):
            return default_slot(place, 'nothing in it matches, and unmatched="default"')
        return "nothing in it matches"
    if variant == "page" and remembered and mounted.src == remembered.src:
        return "it shows what the URL's query remembers"
    # The link leads to the main page, so that is always rendered.
    if variant == "page" and match is not context.root.main_page:
        if not only and _has_own_query(place, mounted, state):
            if not state.form:
                return "its query is its own"
            # The slot may show what the form has changed.
            return fresh_slot(place._replace(location=Location.of(mounted.src)))
        if state.form and _is_unchanged(place, mounted, context):
            return "it shows this page, and the form has not changed it"
    return fresh_slot(place)


def _has_own_query(place: Place, mounted: MountedSlot, state: State) -> bool:
    """Tell whether only the query of the URL changes, and the slot has a query of its own."""
    return (
        mounted.path == place.location.path == path_of(state.current_url)
        and unquote_plus(mounted.src) != unquote_plus(state.current_url)
        and not place.address.contains(state.source_slot)
    )


def _is_unchanged(place: Place, mounted: MountedSlot, context: Context) -> bool:
    """Tell whether a slot shows its page of a redirect's URL already, and the form has not changed it.

    That is known if the form's view has named the slots that it changes, or if the slot tells which tables
    it has read. The slot of the form is always rendered.
    """
    refreshes, state, address = context.refreshes, context.state, place.address
    return (
        bool(refreshes or address in state.tables)
        and mounted.src == place.location.src
        and not address.overlaps(state.source_slot)
        and address not in slots_named(refreshes, state.slots)
    )


# --- Forms and elements: only the view of the slot around them gets the request ---


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
        slot, mounted = plan.changed[0], context.state.slots.get(address)
        if mounted and slot.address == address:  # The URL of the form may not answer GET.
            plan = plan.with_slot(replace(slot, location=Location.of(mounted.src)))
        return replace(plan, form_slots=(address,), known_printed=printed)
    plan = plan_page(root, location)
    pages = (slot for slot in plan.by_address if isinstance(root.at(slot), PageMatch))
    form_slots = (address, *map(SlotAddress, pages))
    return replace(plan, form_slots=form_slots, known_printed=printed)


def plan_element(context: Context) -> Plan | None:
    """Plan an htmx request with a target of its own: the page of one slot, without layout or slots.

    The request reaches the slot that a form would reach.
    """
    if (plan := plan_form(context)) is None:
        return None
    address, why = plan.form_slots[0], "a request with a target of its own"
    slot = plan.changed_by_address[address]
    slot = replace(slot, location=context.target.location, stacked=None)
    return replace(plan, kind="one_slot", why=why, changed=(slot,), kept=(), form_slots=(address,))


def _in_intercepted_page(context: Context) -> Plan | None:
    """Plan a request from inside an intercepted page: it is for the view that is shown there."""
    state, plan = context.state, plan_interception(context)
    if plan is None:
        return None
    # The slot's own layout (its frame) is intercepted, too, but its variant is "layout".
    slots = plan.changed_by_address.values()
    page = next(slot for slot in slots if slot.action == slot.variant == "intercepted")
    mounted = state.slots.get(page.address)
    if mounted is None or not state.source_slot or not page.address.overlaps(state.source_slot):
        return None
    form_slots = (page.address,)
    # The key of the slot has proven that it is printed.
    plan = replace(plan, form_slots=form_slots, known_printed=frozenset(form_slots))
    return plan.with_slot(replace(page, location=Location.of(mounted.src)))


def _in_default(context: Context) -> Plan | None:
    """Plan a request from inside a slot for the slot's own URL, if the slot has no page for that URL.

    The view of the slot's default gets the request. If the slot shows something else, a form is refused.
    Returns ``None`` if a page of the slot can take the request, or if the request is for another URL.
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
    why = "the request is for what this slot shows"
    shown = default_slot(place, why)
    if variant != "default" or not isinstance(shown.match, PageMatch):
        if not state.form:
            return None
        refused = PageMatch(refuse_form, place.outer.captured)
        shown = SlotPlan(*place, "page", why, refused)
    kept = context.others_kept([shown], "the form stands in another slot")
    known = frozenset([address] if printed else [])
    plan = context.plan(why, root, [shown], kept)
    return replace(plan, form_slots=(address,), known_printed=known)


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
