"""Plans of soft navigations."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote_plus

from django_parallel_routes.matches import SegmentMatch
from django_parallel_routes.planning.context import Context
from django_parallel_routes.planning.interception import closing_slots
from django_parallel_routes.planning.plan import (
    KeptSlot,
    Place,
    Plan,
    SlotPlan,
    default_slot,
    fresh_slot,
    match_in_slot,
    not_found_if_missing,
)
from django_parallel_routes.protocol.state import MountedSlot
from django_parallel_routes.values import (
    NO_SLOT,
    Location,
    SlotAddress,
    path_of,
    slots_named,
)


def plan_navigation(context: Context) -> Plan:
    """Plan a soft navigation: slots that match change, the others are kept.

    If the link names a slot, that slot alone changes. Otherwise, what is open in a slot inside a kept
    one closes, as it would in a slot beside it.
    """
    target_slot = context.state.target_slot
    plan = plan_changes(context, target_slot)
    inside = {slot.address for slot in plan.kept if slot.slot is None}
    if plan.kind != "slots" or target_slot or not inside:
        return plan
    closed = [slot for slot in closing_slots(context) if slot.address in inside]
    return plan.with_changes(closed) if closed else plan


def plan_changes(context: Context, only: SlotAddress = NO_SLOT) -> Plan:
    """Plan what a navigation or a form changes: any slot, or ``only`` the one that it is for."""
    root, location = context.root, context.target.location
    navigation = _Navigation(context, only)
    navigation.go_down(context.printed_by(root, NO_SLOT, location))
    changed, kept = navigation.changed, navigation.kept
    if not changed:
        why = "no slot on screen matches" if kept else "another layout is on screen"
        return Plan("document", why, root, location)
    return not_found_if_missing(context.plan("a soft navigation", root, changed, kept))


CLOSABLE = ("page", "intercepted", "layout")
"""Variants that the default replaces if nothing matches and the slot has ``unmatched="default"``."""


class _Navigation:
    """Goes down the layouts on screen, and plans the slots that they have printed.

    ``only`` is the slot that the link or form is for: no other one changes.
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
            shown: SlotPlan | str
            if self.only and not self.only.overlaps(address):
                shown = "the link or form is for another slot"
            elif isinstance(match := match_in_slot(segment, slot), SegmentMatch) and (
                inside := context.printed_by(match, address, place.shown_location)
            ):
                kept.append(
                    KeptSlot(address, "its layout is on screen already", mounted, segment, slot)
                )
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
                kept.append(KeptSlot(inner, "the slot around it is kept", self.state.slots[inner]))

    def with_match(self, place: Place, mounted: MountedSlot) -> SlotPlan | str:
        """Plan a slot that has a page or another layout for the URL, or return why the slot is kept.

        The main page is always rendered, since the link leads to it.
        """
        name, outer = place.slot.name, place.outer
        remembered = outer.remembered.get(name)
        if remembered and mounted.src == remembered.src and mounted.variant == "page":
            return "it shows what the URL's query remembers"
        if mounted.variant == "page" and outer.slots[name] is not self.root.main_page:
            if self.has_own_query(place, mounted):
                if self.state.form:  # The slot may show what the form has changed.
                    return fresh_slot(place._replace(location=Location.of(mounted.src)))
                return "its query is its own"
            if self.is_unchanged(place, mounted):
                return "it shows this page, and the form has not changed it"
        return fresh_slot(place)

    def without_match(self, place: Place, mounted: MountedSlot) -> SlotPlan | str:
        """Plan a slot that has nothing for the URL, or return why it is kept."""
        variant, unmatched = mounted.variant, place.slot.unmatched
        if self.state.own and variant == "default" and mounted.path == place.location.path:
            return default_slot(place, "another query of its default")
        if unmatched == "default" and not self.only and variant in CLOSABLE:
            return default_slot(place, 'nothing in it matches, and unmatched="default"')
        return "nothing in it matches"

    def is_unchanged(self, place: Place, mounted: MountedSlot) -> bool:
        """Tell whether a slot already shows its page of the URL that a form redirects to, unchanged.

        That is known if the form's view has named the slots that it changes, or if the tables are known
        that the slot has read. The slot of the form is always rendered.
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
        """Tell whether only the query of the URL changes, and the slot has a query of its own."""
        state = self.state
        return (
            not self.only
            and mounted.path == place.location.path == path_of(state.current_url)
            and unquote_plus(mounted.src) != unquote_plus(state.current_url)
            and not place.address.contains(state.source_slot)
        )
