"""The decision: match, mounted state and origin in, a ``Plan`` out. Pure; nothing else decides anything.

The Plan says for every slot what it shows, from which match, and why. ``rendering`` carries it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hmac import compare_digest
from typing import Literal
from urllib.parse import quote

from django_parallel_routes.matches import Match, PageMatch, SegmentMatch, default_match
from django_parallel_routes.segments import UNSET, Segment, Slot
from django_parallel_routes.state import MountedSlot, Shows, State

SAFE = "/:@!$&'()*+,;=~-._"
"""What ``HttpRequest.get_full_path()`` leaves unquoted in a path, too."""

Action = Literal["page", "default", "empty", "keep", "missing"]
"""What happens to a slot. ``"missing"``: nothing matches and it has no default."""

Kind = Literal["page", "slots", "slot", "document", "missing"]
"""The answer: a full page; the changed slots; one slot's page alone; none, the client is to load the
document; or a 404."""

KeyOf = Callable[[SegmentMatch, str, str], str]
"""Gives the key of the slot at an address that a segment printed for a path (``keys.key_of``)."""

Resolve = Callable[[str], SegmentMatch | None]
"""Gives what a URL of a mounted slot matches, if that is a ``slots()``."""


@dataclass(frozen=True)
class Location:
    """The URL that is asked for: ``src`` is its path and query, ``path`` its decoded path."""

    src: str
    path: str


@dataclass(frozen=True)
class SlotPlan:
    """What one slot shows, and why."""

    address: str
    action: Action
    why: str
    location: Location
    outer: SegmentMatch
    """The segment whose layout prints the slot."""
    match: Match | None = None
    """What is rendered for ``"page"`` and ``"default"``."""
    inner: tuple[SlotPlan, ...] = ()
    """The slots of the segment that it shows, if it shows one."""

    shows: Shows = "page"
    """The variant that is, or stays, on screen."""

    @property
    def src(self) -> str:
        """The URL that the slot's element tells: of a layout its prefix, as long as it is mounted."""
        if self.shows == "layout" and isinstance(self.match, SegmentMatch):
            return quote(self.location.path.removesuffix(self.match.rest), safe=SAFE)
        return self.location.src

    def __iter__(self) -> Iterator[SlotPlan]:
        """Yield this slot's plan and those of all slots inside it."""
        yield self
        for slot in self.inner:
            yield from slot


@dataclass(frozen=True)
class Plan:
    """What a request is answered with."""

    kind: Kind
    why: str
    root: SegmentMatch
    location: Location
    slots: tuple[SlotPlan, ...] = ()
    addressed: tuple[str, ...] = ()
    """The slots that a form or an element's own request may be for: the first that is printed."""
    proven: frozenset[str] = frozenset()
    """Which slots on the way to it a layout has printed for sure; for the others, ask the layout."""

    @cached_property
    def by_address(self) -> Mapping[str, SlotPlan]:
        """Every slot that has a plan, the nested ones included."""
        return {slot.address: slot for top in self.slots for slot in top}

    @property
    def changed(self) -> tuple[SlotPlan, ...]:
        """The slots that are rendered, the outermost ones only."""
        return tuple(slot for slot in self.slots if slot.action != "keep")

    @property
    def missing(self) -> tuple[SlotPlan, ...]:
        """The slots that have neither a page nor a default: the reason of a 404."""
        return tuple(slot for slot in self.by_address.values() if slot.action == "missing")


def plan_page(root: SegmentMatch, location: Location) -> Plan:
    """Plan a full page: each slot its page, else its default, else it is a 404 (S3, S10)."""
    slots = _enter_all(root, "", location)
    return _checked(Plan("page", "a hard load", root, location, slots))


def plan_navigation(root: SegmentMatch, location: Location, state: State, key_of: KeyOf) -> Plan:
    """Plan a soft navigation: slots that match change, the others are kept (S13 to S18).

    With ``state.only``, that slot alone changes (B19).
    """
    return _plan_soft(root, location, state, key_of, only=state.only)


def plan_submission(
    root: SegmentMatch, location: Location, state: State | None, key_of: KeyOf
) -> Plan:
    """Plan the answer to an unsafe method: the slot that the form stands in, alone (B39)."""
    address, proven = _addressed(root, location, state, key_of)
    plan = plan_page(root, location)
    if state:
        soft = _plan_soft(root, location, state, key_of, only=address)
        if soft.kind == "slots":
            # The slot keeps its own URL: the form's may not answer GET.
            slots = tuple(
                replace(slot, location=_mounted_location(state, address))
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
    address, proven = _addressed(root, location, state, key_of)
    parent = root.at(address.rpartition(".")[0]) if "." in address else root
    assert isinstance(parent, SegmentMatch)
    why = "the request stands in this slot"
    slot = SlotPlan(address, "page", why, location, parent, root.at(address))
    why = "a request with a target of its own"
    return Plan("slot", why, root, location, (slot,), (address,), proven)


def plan_restore(
    root: SegmentMatch, location: Location, state: State, key_of: KeyOf, resolve: Resolve
) -> Plan:
    """Plan a traversal of the history: the slots that differ, as they were, at their own URLs (S33)."""
    slots: list[SlotPlan] = []
    for address, want in sorted(state.want.items(), key=lambda item: len(item[0])):
        if any(address.startswith(f"{slot.address}.") for slot in slots):
            continue  # It comes back with the slot around it, which is shorter and so was here before.
        on_screen = state.slots.get(address)
        if on_screen == want and _same_inside(address, state):
            continue
        slot = _restored(address, state, key_of, resolve)
        if slot is None or on_screen is None or on_screen.key != want.key:
            why = f"slot {address!r} can't be brought back"
            return Plan("document", why, root, location)
        slots.append(slot)
    return _checked(Plan("slots", "a traversal of the history", root, location, tuple(slots)))


def _same_inside(address: str, state: State) -> bool:
    """Tell whether the slots in a slot are those of the entry: printed by the same layout."""
    return all(
        name in state.slots and state.slots[name].key == want.key
        for name, want in state.want.items()
        if name.startswith(f"{address}.")
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
    wanted = state.from_.split(".") if state.from_ and root.at(state.from_) else []
    match: Match | None = root
    while isinstance(match, SegmentMatch):
        matching = (name for name, found in match.slots.items() if found)
        name = wanted.pop(0) if wanted else next(matching)
        address = ".".join((*names, name))
        if _mounted(state, match, location.path, address, key_of):
            proven.add(address)
        names.append(name)
        match = match.slots[name]
    return ".".join(names), frozenset(proven)


def _plan_soft(
    root: SegmentMatch, location: Location, state: State, key_of: KeyOf, *, only: str
) -> Plan:
    if not _any_mounted(root, "", location, state, key_of):
        return Plan("document", "another layout is on screen", root, location)
    walk = _Walk(location, state, key_of, only)
    slots = tuple(walk.segment(root, ""))
    plan = Plan("slots", "a soft navigation", root, location, slots)
    if not plan.changed:
        return Plan("document", "no slot on screen matches", root, location)
    return _checked(plan)


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
            mounted = _mounted(self.state, segment, self.location.path, address, self.key_of)
            if mounted:  # The layout prints it: S46.
                yield from self.slot(segment, slot, address, mounted)

    def slot(
        self, segment: SegmentMatch, slot: Slot, address: str, mounted: MountedSlot
    ) -> Iterator[SlotPlan]:
        match = _shown(segment, slot)
        if self.only and not _related(self.only, address):
            yield _kept(segment, address, mounted, "the link names another slot")
        elif isinstance(match, SegmentMatch) and _any_mounted(
            match, f"{address}.", self.location, self.state, self.key_of
        ):
            yield _kept(segment, address, mounted, "its layout is mounted already")
            yield from self.segment(match, f"{address}.")
        elif segment.slots[slot.name] is not None:
            yield _enter(segment, slot, address, self.location)
        elif slot.unmatched == "default" and mounted.shows in ("page", "layout") and not self.only:
            entered = _enter(segment, slot, address, self.location)
            yield replace(entered, why='nothing matches, and unmatched="default"')
        else:
            yield _kept(segment, address, mounted, "nothing matches")
            for inner, slot_inside in self.state.slots.items():
                if inner.startswith(f"{address}."):
                    yield _kept(segment, inner, slot_inside, "the slot around it is kept")


def _enter_all(segment: SegmentMatch, prefix: str, location: Location) -> tuple[SlotPlan, ...]:
    return tuple(
        _enter(segment, slot, prefix + slot.name, location) for slot in segment.segment.slots
    )


def _enter(segment: SegmentMatch, slot: Slot, address: str, location: Location) -> SlotPlan:
    """Plan a slot that is shown afresh: its page, else its default (S10, S14)."""
    match = segment.slots[slot.name]
    if isinstance(match, SegmentMatch):
        plan = SlotPlan(address, "page", "a segment inside it matches", location, segment)
        return _with_layout(plan, match)
    if match is not None:
        return SlotPlan(address, "page", f"{match.route!r} matches", location, segment, match)
    return _default(segment, slot, address, location)


def _default(segment: SegmentMatch, slot: Slot, address: str, location: Location) -> SlotPlan:
    plan = SlotPlan(address, "default", "nothing matches", location, segment)
    if slot.default is UNSET:
        return replace(plan, action="missing", why="nothing matches, and it has no default")
    if slot.default is None:
        return replace(plan, action="empty", shows="empty")
    if isinstance(slot.default, Segment):
        return _with_layout(plan, default_match(slot.default, segment.captured, segment.rest))
    return replace(plan, match=PageMatch(slot.default, segment.captured), shows="default")


def _with_layout(plan: SlotPlan, match: SegmentMatch) -> SlotPlan:
    inner = _enter_all(match, f"{plan.address}.", plan.location)
    return replace(plan, match=match, inner=inner, shows="layout")


def _shown(segment: SegmentMatch, slot: Slot) -> Match | None:
    """Return what matches in a slot, else the segment that its default is, if it is one."""
    if isinstance(slot.default, Segment) and segment.slots[slot.name] is None:
        return default_match(slot.default, segment.captured, segment.rest)
    return segment.slots[slot.name]


def _restored(address: str, state: State, key_of: KeyOf, resolve: Resolve) -> SlotPlan | None:
    """Plan a slot as a history entry has it, or return ``None`` if that is gone (a deploy, say)."""
    want = state.want[address]
    if want.shows == "layout":  # Any page in it will do; its own URL may show nothing.
        inside = (slot for name, slot in state.want.items() if name.startswith(f"{address}."))
        want = replace(want, src=next((slot.src for slot in inside if slot.shows != "layout"), ""))
    tree = resolve(want.src)
    *above, name = address.split(".")
    parent: Match | None = tree
    for step in above:
        parent = _step(parent, step)
    if not isinstance(parent, SegmentMatch) or key_of(parent, want.path, address) != want.key:
        return None
    slot = next(slot for slot in parent.segment.slots if slot.name == name)
    location = Location(want.src, want.path)
    if want.shows not in ("page", "layout"):
        return replace(_default(parent, slot, address, location), why="it was so")
    if _shown(parent, slot) is None:
        return None
    plan = replace(_enter(parent, slot, address, location), why="it was so")
    inner: list[SlotPlan] = []
    for slot_plan in plan.inner:
        if slot_plan.address in state.want:
            restored = _restored(slot_plan.address, state, key_of, resolve)
            if restored is None:
                return None
            inner.append(restored)
        elif slot_plan.action == "missing":  # It was not printed then.
            inner.append(replace(slot_plan, action="empty", shows="empty"))
        else:
            inner.append(slot_plan)
    return replace(plan, inner=tuple(inner))


def _step(match: Match | None, name: str) -> Match | None:
    """Return what is shown in one slot of a segment, if ``match`` is one and has it."""
    if isinstance(match, SegmentMatch):
        for slot in match.segment.slots:
            if slot.name == name:
                return _shown(match, slot)
    return None


def _mounted_location(state: State, address: str) -> Location:
    mounted = state.slots[address]
    return Location(mounted.src, mounted.path)


def _kept(segment: SegmentMatch, address: str, mounted: MountedSlot, why: str) -> SlotPlan:
    location = Location(mounted.src, mounted.path)
    return SlotPlan(address, "keep", why, location, segment, shows=mounted.shows)


def _mounted(
    state: State, segment: SegmentMatch, path: str, address: str, key_of: KeyOf
) -> MountedSlot | None:
    """Return what is on screen in a slot, if this very segment has printed it."""
    mounted = state.slots.get(address)
    if mounted and compare_digest(mounted.key, key_of(segment, path, address)):
        return mounted
    return None


def _any_mounted(
    segment: SegmentMatch, prefix: str, location: Location, state: State, key_of: KeyOf
) -> bool:
    return any(
        _mounted(state, segment, location.path, prefix + slot.name, key_of)
        for slot in segment.segment.slots
    )


def _related(one: str, other: str) -> bool:
    """Tell whether two addresses are the same, or one slot stands inside the other."""
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


def _checked(plan: Plan) -> Plan:
    """Turn a plan with a slot that nothing can fill into a 404."""
    if not plan.missing:
        return plan
    names = ", ".join(repr(slot.address) for slot in plan.missing)
    return replace(plan, kind="missing", why=f"neither a page nor a default for slot {names}")
