"""Plans of soft navigations, of forms, and of an element's own requests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote_plus

from django_parallel_routes.address import related, within
from django_parallel_routes.declarations import CHILDREN, Slot, refuses_forms
from django_parallel_routes.location import Location, path_of
from django_parallel_routes.matches import Match, PageMatch, SegmentMatch
from django_parallel_routes.planning.interception import closing
from django_parallel_routes.planning.plan import (
    KeyOf,
    Plan,
    Resolve,
    SlotPlan,
    any_mounted,
    checked,
    enter,
    enter_default,
    kept,
    mounted_in,
    parents_of,
    plan_page,
    shown_in,
)
from django_parallel_routes.protocol.state import MountedSlot, State


def plan_navigation(
    root: SegmentMatch, location: Location, state: State, key_of: KeyOf, resolve: Resolve
) -> Plan:
    """Plan a soft navigation: slots that match change, the others are kept (S13 to B18).

    With ``state.target_slot``, that slot alone changes (B19); it shows its default again if
    ``state.own`` says that no more than the query of that changes. Else, what is open in a slot
    inside of one that is kept closes, as it would beside it (B18).
    """
    plan = _plan_soft(root, location, state, key_of, only=state.target_slot)
    if plan.kind != "slots" or state.target_slot:
        return plan
    closed = {slot.address: slot for slot in closing(state, key_of, resolve)}
    slots = [
        closed.get(slot.address, slot) if slot.why == IS_AROUND else slot for slot in plan.slots
    ]
    gone = [slot.address for slot in slots if slot.address in closed and slot.action != "keep"]
    return replace(
        plan,
        slots=tuple(
            slot
            for slot in slots
            if slot.address in gone or not any(within(slot.address, one) for one in gone)
        ),
    )


def plan_submission(
    root: SegmentMatch, location: Location, state: State | None, key_of: KeyOf
) -> Plan:
    """Plan the answer to an unsafe method: the slot that the form stands in, alone (B39)."""
    if state and (own := _own(root, location, state, key_of)):
        return own
    address, proven = _addressed(root, location, state, key_of)
    plan = plan_page(root, location)
    if state:
        soft = _plan_soft(root, location, state, key_of, only=address)
        if soft.kind == "slots":
            # The slot keeps its own URL: the form's may not answer GET.
            slots = tuple(
                replace(slot, location=Location.of(state.slots[address].src))
                if slot.address == address
                else slot
                for slot in soft.slots
            )
            plan = replace(soft, slots=slots)
    if plan.kind == "slots":
        return replace(plan, addressed=(address,), proven=proven)
    others = (slot for slot in plan.by_address if isinstance(root.at(slot), PageMatch))
    return replace(plan, addressed=(address, *others), proven=proven)


def plan_slot(root: SegmentMatch, location: Location, state: State, key_of: KeyOf) -> Plan:
    """Plan an htmx request with a target of its own: one slot's page, bare (B19)."""
    if own := _own(root, location, state, key_of):
        slots = own.slots[:1]
        return replace(own, kind="slot", slots=(replace(slots[0], location=location),))
    address, proven = _addressed(root, location, state, key_of)
    parent = root.at(address.rpartition(".")[0]) if "." in address else root
    assert isinstance(parent, SegmentMatch)
    why = "the request stands in this slot"
    slot = SlotPlan(address, "page", why, location, parent, root.at(address))
    why = "a request with a target of its own"
    return Plan("slot", why, root, location, (slot,), (address,), proven)


def _own(root: SegmentMatch, location: Location, state: State, key_of: KeyOf) -> Plan | None:
    """Plan a request for the URL of the slot that it stands in, which has no page for it (B39).

    The view of its default gets it; where it shows another thing, a form is refused. Never does it reach
    another slot. Returns ``None`` if a page of the slot can take it, or it is for another URL.
    """
    address, mounted = state.source_slot, state.slots.get(state.source_slot)
    inside = state.slots.get(f"{address}.{CHILDREN}")
    if mounted and mounted.shows == "layout" and inside and inside.shows == "default":
        address, mounted = (
            f"{address}.{CHILDREN}",
            inside,
        )  # It stands in the layout of the default.
    is_own = mounted.path == location.path if mounted else state.own
    shows = mounted.shows if mounted else "default"
    has_page = root.at(address) and not (mounted and shows == "default")
    if not address or not is_own or has_page or shows == "intercepted":
        return None
    parents = list(parents_of(root, address))
    proven = [
        parent for parent in parents if mounted_in(state, parent, location.path, address, key_of)
    ]
    at = Location.of(mounted.src) if mounted else location
    for parent in (*proven, *parents)[:1]:
        slot = parent.segment.slot(address.rpartition(".")[2])
        assert slot  # by which the parent was found
        plan = enter_default(parent, slot, address, at)
        if shows != "default" or not isinstance(plan.match, PageMatch):
            if not state.form:
                return None
            refused = PageMatch(refuses_forms, parent.captured)
            plan = SlotPlan(address, "page", "", at, parent, refused)
        return _addressed_alone(root, location, state, plan, is_proven=bool(proven))
    return None


def _addressed_alone(
    root: SegmentMatch, location: Location, state: State, plan: SlotPlan, *, is_proven: bool
) -> Plan:
    why = "the request is for what this slot shows"
    others = (
        kept(plan.outer, other, mounted, "the form stands in another slot", is_known=False)
        for other, mounted in state.slots.items()
        if not within(other, plan.address)
    )
    return Plan(
        "slots",
        why,
        root,
        location,
        (replace(plan, why=why), *others),
        addressed=(plan.address,),
        proven=frozenset([plan.address] if is_proven else []),
    )


def _addressed(
    root: SegmentMatch, location: Location, state: State | None, key_of: KeyOf
) -> tuple[str, frozenset[str]]:
    """Return the slot that a form or element stands in, else that of the main page.

    With it come the slots on the way there that are on screen.
    """
    state = state or State("slot")
    names: list[str] = []
    proven: set[str] = set()
    wanted = (
        state.source_slot.split(".") if state.source_slot and root.at(state.source_slot) else []
    )
    match: Match | None = root
    while isinstance(match, SegmentMatch):
        matching = (name for name, found in match.slots.items() if found)
        name = wanted.pop(0) if wanted else next(matching)
        address = ".".join((*names, name))
        if mounted_in(state, match, location.path, address, key_of):
            proven.add(address)
        names.append(name)
        match = match.slots[name]
    return ".".join(names), frozenset(proven)


def _plan_soft(
    root: SegmentMatch, location: Location, state: State, key_of: KeyOf, *, only: str
) -> Plan:
    if not any_mounted(root, "", location, state, key_of):
        return Plan("document", "another layout is on screen", root, location)
    walk = _Walk(location, state, key_of, only)
    slots = tuple(walk.segment(root, ""))
    plan = Plan("slots", "a soft navigation", root, location, slots)
    if not plan.changed:
        return Plan("document", "no slot on screen matches", root, location)
    return checked(plan)


IS_AROUND = "the slot around it is kept"

CLOSABLE = ("page", "intercepted", "layout")
"""What makes way for the default with ``unmatched="default"`` (B18)."""


@dataclass(frozen=True)
class _Walk:
    """One soft navigation, going down the layouts that are mounted already."""

    location: Location
    state: State
    key_of: KeyOf
    only: str

    def segment(self, segment: SegmentMatch, prefix: str) -> Iterator[SlotPlan]:
        for slot in segment.segment.slots:
            address = prefix + slot.name
            mounted = mounted_in(self.state, segment, self.location.path, address, self.key_of)
            if mounted:  # The layout prints it: S46.
                yield from self.slot(segment, slot, address, mounted)

    def slot(
        self, segment: SegmentMatch, slot: Slot, address: str, mounted: MountedSlot
    ) -> Iterator[SlotPlan]:
        match = shown_in(segment, slot)
        remembered = segment.remembered.get(slot.name)
        matches = segment.slots[slot.name] is not None
        if self.only and not related(self.only, address):
            yield kept(segment, address, mounted, "the link names another slot")
        elif remembered and mounted.src == remembered.src and mounted.shows == "page":
            yield kept(segment, address, mounted, "it shows what the URL's query remembers")
        elif isinstance(match, SegmentMatch) and any_mounted(
            match, f"{address}.", remembered or self.location, self.state, self.key_of
        ):
            yield kept(segment, address, mounted, "its layout is on screen already")
            walk = replace(self, location=remembered) if remembered else self
            yield from walk.segment(match, f"{address}.")
        elif matches and self.has_own_query(address, mounted):
            if self.state.form:  # It may show what the form has changed.
                yield enter(segment, slot, address, Location.of(mounted.src))
            else:
                yield kept(segment, address, mounted, "its query is its own")
        elif matches:
            yield enter(segment, slot, address, self.location)
        elif self.state.own and mounted.shows == "default" and mounted.path == self.location.path:
            entered = enter_default(segment, slot, address, self.location)
            yield replace(entered, why="another query of its default")
        elif slot.unmatched == "default" and not self.only and mounted.shows in CLOSABLE:
            entered = enter_default(segment, slot, address, self.location)
            yield replace(entered, why='nothing in it matches, and unmatched="default"')
        else:
            yield kept(segment, address, mounted, "nothing in it matches")
            for inner, slot_inside in self.state.slots.items():
                if inner.startswith(f"{address}."):
                    yield kept(segment, inner, slot_inside, IS_AROUND, is_known=False)

    def has_own_query(self, address: str, mounted: MountedSlot) -> bool:
        """Tell whether a slot has another query than the address bar, where no more than that changes."""
        at, path = self.state.current_url, self.location.path
        return (
            not self.only
            and mounted.shows == "page"
            and mounted.path == path == path_of(at)
            and unquote_plus(mounted.src) != unquote_plus(at)
            and not within(self.state.source_slot, address)
        )
