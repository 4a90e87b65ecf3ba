"""Plans of soft navigations, of forms, and of requests that htmx sends for an element of a slot."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote_plus

from django_parallel_routes.declarations import CHILDREN, refuse_form
from django_parallel_routes.matches import Match, PageMatch, SegmentMatch
from django_parallel_routes.planning.context import Context, places_at
from django_parallel_routes.planning.interception import closing_slots
from django_parallel_routes.planning.pages import (
    default_slot,
    fresh_slot,
    match_in_slot,
    not_found_if_missing,
    plan_page,
)
from django_parallel_routes.planning.plan import KeptSlot, Place, Plan, Reason, SlotPlan
from django_parallel_routes.protocol.state import MountedSlot
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

    If the link names a slot, that slot alone changes. Otherwise, what is open in a slot inside a kept
    one closes, as it would in a slot beside it.
    """
    target_slot = context.state.target_slot
    plan = _plan_soft(context, target_slot)
    inside = {slot.address for slot in plan.kept if slot.slot is None}
    if plan.kind != "slots" or target_slot or not inside:
        return plan
    closed = [slot for slot in closing_slots(context) if slot.address in inside]
    return plan.with_changes(closed) if closed else plan


def plan_submission(context: Context) -> Plan:
    """Plan the answer to an unsafe method: the slot that the form stands in, alone."""
    if own := _plan_own(context):
        return own
    address, printed = _form_slot(context)
    plan = _plan_soft(context, address)
    if plan.kind == "slots":
        # The slot keeps its own URL: the form's may not answer GET.
        mounted = context.state.slots.get(address)
        for slot in plan.changed:
            if mounted and slot.address == address and slot.location.src != mounted.src:
                plan = plan.with_slot(replace(slot, location=Location.of(mounted.src)))
        return replace(plan, form_slots=(address,), known_printed=printed)
    plan = plan_page(context.root, context.target.location)
    pages = (slot for slot in plan.by_address if isinstance(context.root.at(slot), PageMatch))
    form_slots = (address, *map(SlotAddress, pages))
    return replace(plan, form_slots=form_slots, known_printed=printed)


def plan_one_slot(context: Context) -> Plan:
    """Plan an htmx request with a target of its own: the page of one slot, without layout or slots."""
    root, location = context.root, context.target.location
    if own := _plan_own(context):
        return replace(own, kind="one_slot", changed=(replace(own.changed[0], location=location),))
    address, printed = _form_slot(context)
    place = places_at(context.target, address)[0]
    plan = SlotPlan(*place, "page", Reason.OF_THE_ELEMENT, root.at(address))
    return Plan(
        "one_slot", Reason.ELEMENT_REQUEST, root, location, (plan,), (), (address,), printed
    )


def _plan_own(context: Context) -> Plan | None:
    """Plan a request for the URL of the slot that it stands in, which has no page for it.

    The view of the slot's default gets it; where the slot shows something else, a form is refused. It
    never reaches another slot. Returns ``None`` if a page of the slot can take it, or if the request
    is for another URL.
    """
    root, location, state = context.root, context.target.location, context.state
    address, mounted = state.source_slot, state.slots.get(state.source_slot)
    inside = state.slots.get(address.child(CHILDREN))
    if mounted and mounted.variant == "layout" and inside and inside.variant == "default":
        address, mounted = address.child(CHILDREN), inside  # in the layout of the default
    is_own = mounted.path == location.path if mounted else state.own
    variant = mounted.variant if mounted else "default"
    has_page = root.at(address) and not (mounted and variant == "default")
    if not address or not is_own or has_page or variant == "intercepted":
        return None
    declared = places_at(context.target, address)
    printed = [place for place in declared if context.has_printed(place.outer, address, location)]
    if not declared:
        return None
    place = (printed or declared)[0]
    if mounted:
        place = place._replace(location=Location.of(mounted.src))
    plan = default_slot(place, Reason.OF_THE_FORM)
    if variant != "default" or not isinstance(plan.match, PageMatch):
        if not state.form:
            return None
        refused = PageMatch(refuse_form, place.outer.captured)
        plan = SlotPlan(*place, "page", Reason.OF_THE_FORM, refused)
    kept = context.others_kept([plan], Reason.OTHER_SLOT_SUBMITTED)
    return replace(
        context.plan(Reason.OF_THE_FORM, root, [plan], kept),
        form_slots=(address,),
        known_printed=frozenset([address] if printed else []),
    )


def _form_slot(context: Context) -> tuple[SlotAddress, frozenset[SlotAddress]]:
    """Return the slot that a form or element stands in, else that of the main page.

    Returns with it the slots on the way there that are on screen.
    """
    source = context.state.source_slot
    names = source.split(".") if source and context.root.at(source) else []
    address, printed = NO_SLOT, set()
    match: Match | None = context.root
    while isinstance(match, SegmentMatch):
        matching = (name for name, found in match.slots.items() if found)
        name = names.pop(0) if names else next(matching)
        address = address.child(name)
        if context.has_printed(match, address, context.target.location):
            printed.add(address)
        match = match.slots[name]
    return address, frozenset(printed)


def _plan_soft(context: Context, only: SlotAddress) -> Plan:
    root, location = context.root, context.target.location
    navigation = _Navigation(context, only)
    navigation.go_down(context.printed_by(root, NO_SLOT, location))
    changed, kept = navigation.changed, navigation.kept
    if not changed:
        reason = Reason.NO_SLOT_MATCHES if kept else Reason.OTHER_LAYOUT
        return Plan("document", reason, root, location)
    return not_found_if_missing(context.plan(Reason.NAVIGATION, root, changed, kept))


CLOSABLE = ("page", "intercepted", "layout")
"""What makes way for the default with ``unmatched="default"``."""


class _Navigation:
    """A soft navigation: goes down the layouts on screen, and plans the slots that they have printed.

    ``only`` is the slot that the link names: no other one changes.
    """

    def __init__(self, context: Context, only: SlotAddress) -> None:
        self.context, self.state, self.only = context, context.state, only
        self.root = context.root
        self.changed: list[SlotPlan] = []
        self.kept: list[KeptSlot] = []

    def go_down(self, printed: Sequence[tuple[Place, MountedSlot]]) -> None:
        """Plan the slots that a layout on screen has printed, and those of layouts on screen in them."""
        context, kept = self.context, self.kept
        for place, mounted in printed:
            address, segment, slot, _ = place
            shown: SlotPlan | Reason
            if self.only and not self.only.overlaps(address):
                shown = Reason.OTHER_SLOT_NAMED
            elif isinstance(match := match_in_slot(segment, slot), SegmentMatch) and (
                inside := context.printed_by(match, address, place.shown_location)
            ):
                kept.append(KeptSlot(address, Reason.LAYOUT_MOUNTED, mounted, segment, slot))
                self.go_down(inside)
                continue
            elif segment.slots[slot.name]:
                shown = self.with_match(place, mounted)
            else:
                shown = self.without_match(place, mounted)
            if isinstance(shown, SlotPlan):
                self.changed.append(shown)
                continue
            kept.append(KeptSlot(address, shown, mounted, segment, slot))
            for inner in context.slots_inside.get(address, ()):
                kept.append(KeptSlot(inner, Reason.INSIDE_KEPT, self.state.slots[inner]))

    def with_match(self, place: Place, mounted: MountedSlot) -> SlotPlan | Reason:
        """Plan a slot that has a page, or another layout, for the URL; or return why it is kept.

        The main page of the URL is rendered in any case, since the link leads to it.
        """
        name, outer = place.slot.name, place.outer
        remembered = outer.remembered.get(name)
        if remembered and mounted.src == remembered.src and mounted.variant == "page":
            return Reason.SHOWS_REMEMBERED
        if mounted.variant == "page" and outer.slots[name] is not self.root.main_page:
            if self.has_own_query(place, mounted):
                if self.state.form:  # It may show what the form has changed.
                    return fresh_slot(place._replace(location=Location.of(mounted.src)))
                return Reason.OWN_QUERY
            if self.is_unchanged(place, mounted):
                return Reason.UNCHANGED
        return fresh_slot(place)

    def without_match(self, place: Place, mounted: MountedSlot) -> SlotPlan | Reason:
        """Plan a slot that has nothing for the URL, or return why it is kept."""
        variant, unmatched = mounted.variant, place.slot.unmatched
        if self.state.own and variant == "default" and mounted.path == place.location.path:
            return default_slot(place, Reason.OTHER_QUERY)
        if unmatched == "default" and not self.only and variant in CLOSABLE:
            return default_slot(place, Reason.CLEARED)
        return Reason.NOTHING_MATCHES

    def is_unchanged(self, place: Place, mounted: MountedSlot) -> bool:
        """Tell whether a slot shows the page already that a form redirects to, and has not changed.

        The form's view has named what it has changed, or it is known which tables the slot has read. The
        slot of the form is always rendered.
        """
        refreshes, state, address = self.context.refreshes, self.state, place.address
        return (
            state.form
            and bool(refreshes or address in state.tables)
            and mounted.src == place.location.src
            and not address.overlaps(state.source_slot)
            and address not in slots_named(refreshes, state.slots)
        )

    def has_own_query(self, place: Place, mounted: MountedSlot) -> bool:
        """Tell whether a slot has another query than the address bar, where no more than that changes."""
        state = self.state
        return (
            not self.only
            and mounted.path == place.location.path == path_of(state.current_url)
            and unquote_plus(mounted.src) != unquote_plus(state.current_url)
            and not place.address.contains(state.source_slot)
        )
