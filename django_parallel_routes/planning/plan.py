"""The decision, as a value: a ``Plan`` says for every slot what it shows, from which match, and why.

Pure: no request, no settings, no template. Here is the Plan, how a page is planned, and what the
other kinds share; ``navigation``, ``interception`` and ``history`` plan the answers to a script, and
``loading`` says which slots of a plan come later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hmac import compare_digest
from typing import Literal
from urllib.parse import quote

from django.utils.http import escape_leading_slashes

from django_parallel_routes.declarations import (
    CHILDREN,
    UNSET,
    DefaultRoute,
    Delivery,
    Segment,
    Slot,
    States,
    View,
)
from django_parallel_routes.location import Location, path_of
from django_parallel_routes.matches import (
    DefaultMatch,
    EnclosingSlot,
    Match,
    PageMatch,
    SegmentMatch,
    default_layout_match,
)
from django_parallel_routes.protocol.signing import viewer_in
from django_parallel_routes.protocol.state import MAX_DEPTH, MountedSlot, Shows, State

SAFE = "/:@!$&'()*+,;=~-._"
"""What ``HttpRequest.get_full_path()`` leaves unquoted in a path, too."""

Action = Literal["page", "intercepted", "default", "empty", "keep", "missing"]
"""What happens to a slot. ``"missing"``: nothing in it matches and it has no default."""

Kind = Literal["page", "slots", "slot", "document", "missing"]
"""The answer: a full page; the changed slots; one slot's page alone; none, the client is to load the
document; or a 404."""

KeyOf = Callable[[SegmentMatch, str, str, str], str]
"""Gives the key of the slot at an address that a segment printed for a path (``keys.key_of``)."""

Arrives = Delivery | Literal["now"]
"""When a slot's page comes; later, its loading state stands in its place."""


@dataclass(frozen=True)
class Target:
    """A URL of the project, and what it resolves to."""

    location: Location
    pages: tuple[PageMatch, ...]
    """Its pages in all slots, or the one view of a URL outside of every ``slots()``."""
    root: SegmentMatch | None = None
    """The match of the outermost ``slots()``, if it lies in one."""


Resolve = Callable[[str], Target | None]
"""Gives what a URL (path and query) resolves to, if the user may ask for it."""


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
    """What is rendered for ``"page"``, ``"intercepted"`` and ``"default"``."""
    inner: tuple[SlotPlan, ...] = ()
    """The slots of the segment that it shows, if it shows one."""
    above: SlotPlan | None = None
    """The slot that follows what it shows, if something may open above that (B32)."""

    shows: Shows = "page"
    """The variant that is, or stays, on screen."""
    beneath: str = ""
    """The URL that closing it leads to, if it was intercepted."""
    home: Location | None = None
    """Of a slot that intercepts: the URL for which its segment has printed it."""
    rule: int = 0
    """Of what was intercepted: the place of its rule among those of the slot."""
    arrives: Arrives = "now"
    is_known: bool = True
    """Whether ``outer`` has printed it: of some that are kept, only the state is known."""

    @property
    def src(self) -> str:
        """The URL that the slot's element tells: of a layout its prefix, as long as it is mounted.

        Of a modal's frame the URL beneath, to which its link leads: over another page it is another.
        """
        if (
            self.shows == "layout"
            and self.arrives == "now"
            and isinstance(self.match, SegmentMatch)
        ):
            return self.beneath or prefix_of(self.location.path, self.match)
        return self.location.src

    @cached_property
    def slot(self) -> Slot | None:
        """The declaration; ``None`` for a kept slot of which only the state is known."""
        return self.outer.segment.slot(self.address.rpartition(".")[2]) if self.is_known else None

    @property
    def states(self) -> States:
        """What it shows meanwhile, and instead."""
        return self.slot.states if self.slot else States()

    @property
    def enclosing(self) -> Iterator[tuple[EnclosingSlot, Location]]:
        """Yield the slots that the user must be able to see, and the URLs that they are on.

        They are those in which it stands, this slot itself, and of a page that is intercepted those
        in which it stands at its own URL, too.
        """
        if self.slot:
            for one in self.outer.around(self.slot):
                yield one, self.home or self.location
        if self.action == "intercepted" and isinstance(self.match, PageMatch):
            for one in self.match.enclosing:
                yield one, self.location

    def __iter__(self) -> Iterator[SlotPlan]:
        """Yield this slot's plan and those of all slots inside it."""
        yield self
        for slot in self.inner:
            yield from slot
        if self.above:
            yield from self.above


@dataclass(frozen=True)
class Question:
    """A view that is called only for what it may refuse: of a page in a segment, or of its layout."""

    location: Location
    page: PageMatch | None = None
    segment: SegmentMatch | None = None
    """``None`` for the view of a URL outside of every ``slots()``."""
    prefix: str = ""

    @property
    def address(self) -> str:
        """The slot that the page stands in, or children for a URL outside of every ``slots()``."""
        slots = self.segment.slots.items() if self.segment else ()
        return self.prefix + next((name for name, one in slots if one is self.page), CHILDREN)

    @property
    def view(self) -> View:
        if self.page:
            return self.page.view
        assert self.segment
        return self.segment.segment.layout

    @property
    def enclosing(self) -> tuple[EnclosingSlot, ...]:
        """The slots in which the view stands, the outermost first."""
        if self.page:
            return self.page.enclosing
        assert self.segment
        return self.segment.enclosing


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
    questions: tuple[Question, ...] = ()
    """Views that may refuse what is shown instead of them: asked before anything is shown (B30)."""
    moves: bool = True
    """Whether the address bar follows."""
    url: str = ""
    """The URL that it then shows, if that is not the request's."""
    mounted: frozenset[str] = frozenset()
    """The addresses of the slots that are on screen when the request is made."""

    @cached_property
    def addresses(self) -> frozenset[str]:
        """The slots that are on screen, or may come there."""
        return frozenset((*self.by_address, *self.root.slots, *self.mounted))

    @cached_property
    def by_address(self) -> Mapping[str, SlotPlan]:
        """Every slot that has a plan, the nested ones included."""
        return {slot.address: slot for top in self.slots for slot in top}

    @property
    def changed(self) -> tuple[SlotPlan, ...]:
        """The slots that are rendered, the outermost ones only."""
        return tuple(slot for slot in self.slots if slot.action != "keep")

    @property
    def paths(self) -> frozenset[str]:
        """The decoded paths for which views are called, that of the request aside."""
        slots = (slot.location.path for top in self.changed for slot in top)
        return frozenset((*slots, *(question.location.path for question in self.questions)))

    @property
    def missing(self) -> tuple[SlotPlan, ...]:
        """The slots that have neither a page nor a default: the reason of a 404."""
        return tuple(slot for slot in self.by_address.values() if slot.action == "missing")


def plan_page(root: SegmentMatch, location: Location) -> Plan:
    """Plan a full page: each slot its page, else its default, else it is a 404 (S3, S10)."""
    return checked(Plan("page", "a hard load", root, location, enter_all(root, "", location)))


def checked(plan: Plan) -> Plan:
    """Turn a plan with a slot that nothing can fill into a 404."""
    if not plan.missing:
        return plan
    names = ", ".join(repr(slot.address) for slot in plan.missing)
    return replace(plan, kind="missing", why=f"neither a page nor a default for slot {names}")


# --- what a slot shows afresh ---


def enter_all(segment: SegmentMatch, prefix: str, location: Location) -> tuple[SlotPlan, ...]:
    """Plan all slots of a segment that is shown afresh (S10, S14)."""
    return tuple(
        enter(segment, slot, prefix + slot.name, location) for slot in segment.segment.slots
    )


def enter(segment: SegmentMatch, slot: Slot, address: str, location: Location) -> SlotPlan:
    """Plan a slot that is shown afresh: its page, else its default."""
    match = segment.slots[slot.name]
    location = segment.remembered.get(slot.name, location)
    if match is None:
        return enter_default(segment, slot, address, location)
    why = "a slots() in it matches"
    if isinstance(match, PageMatch):
        why = f"{match.route!r} matches"
    if slot.name in segment.remembered:
        why = "the URL's query remembers it"
    plan = SlotPlan(address, "page", why, location, segment, match)
    plan = with_layout(plan, match) if isinstance(match, SegmentMatch) else plan
    return replace(plan, above=nothing_above(segment, slot, address, location))


def enter_default(segment: SegmentMatch, slot: Slot, address: str, location: Location) -> SlotPlan:
    """Plan a slot that shows its default, if it has one."""
    plan = SlotPlan(address, "default", "nothing in it matches", location, segment)
    if slot.default is UNSET:
        return replace(plan, action="missing", why="nothing in it matches, and it has no default")
    if slot.default is None:
        return replace(plan, action="empty", shows="empty")
    if isinstance(slot.default, Segment):
        return with_layout(plan, default_layout_match(segment, slot))
    if isinstance(slot.default, DefaultRoute):
        return _enter_route(plan, segment.defaults[slot.name])
    return replace(plan, match=PageMatch(slot.default, segment.captured), shows="default")


def _enter_route(plan: SlotPlan, default: DefaultMatch) -> SlotPlan:
    """Plan a default that is a route, for the URL of that: as it is on screen, or without a query."""
    path = plan.location.path.removesuffix(plan.outer.rest) + default.rest
    if plan.location.path != path:
        plan = replace(plan, location=Location(quote(path, safe=SAFE), path))
    if isinstance(default.match, SegmentMatch):
        return with_layout(plan, default.match)
    return replace(plan, match=default.match, shows="default")


def with_layout(plan: SlotPlan, match: SegmentMatch) -> SlotPlan:
    """Return the plan of a slot that shows a segment, with the slots inside."""
    inner = enter_all(match, f"{plan.address}.", plan.location)
    return replace(plan, match=match, inner=inner, shows="layout")


def nothing_above(
    segment: SegmentMatch, slot: Slot, level: str, location: Location
) -> SlotPlan | None:
    """Return the plan of the empty slot in which one more level may open, if the slot stacks (B32)."""
    address = f"{level}.{slot.name}"
    if not slot.stacks or address.count(".") + 2 > MAX_DEPTH:  # a frame adds one more
        return None
    why = "nothing is open above it"
    return SlotPlan(address, "empty", why, location, segment, shows="empty", home=location)


def shown_in(segment: SegmentMatch, slot: Slot) -> Match | None:
    """Return what matches in a slot, else the segment that its default is, if it is one."""
    if isinstance(slot.default, Segment) and segment.slots[slot.name] is None:
        return default_layout_match(segment, slot)
    return segment.slots[slot.name]


def step_into(match: Match | None, name: str) -> Match | None:
    """Return what is shown in one slot of a segment, if ``match`` is one and has it."""
    if isinstance(match, SegmentMatch) and (slot := match.segment.slot(name)):
        return shown_in(match, slot)
    return None


def parents_of(root: SegmentMatch, address: str) -> Iterator[SegmentMatch]:
    """Yield the segments that may have printed the slot at an address: a slot may show its default's."""
    found: list[Match | None] = [root]
    for name in address.split(".")[:-1]:
        segments = [match for match in found if isinstance(match, SegmentMatch)]
        slots = [(match, slot) for match in segments if (slot := match.segment.slot(name))]
        found = [match.slots[name] for match, _ in slots]
        found += [
            default_layout_match(match, slot)
            for match, slot in slots
            if isinstance(slot.default, Segment)
        ]
    name = address.rpartition(".")[2]
    for match in found:
        if isinstance(match, SegmentMatch) and match.segment.slot(name):
            yield match


# --- what is on screen ---


def kept(
    segment: SegmentMatch, address: str, mounted: MountedSlot, why: str, *, is_known: bool = True
) -> SlotPlan:
    """Plan a slot that stays as it is."""
    location = Location.of(mounted.src)
    return SlotPlan(
        address, "keep", why, location, segment, shows=mounted.shows, is_known=is_known
    )


def mounted_in(
    state: State, segment: SegmentMatch, path: str, address: str, key_of: KeyOf
) -> MountedSlot | None:
    """Return what is on screen in a slot, if this very segment has printed it."""
    mounted = state.slots.get(address)
    if mounted and has_printed(segment, path, address, mounted.key, key_of):
        return mounted
    return None


def has_printed(segment: SegmentMatch, path: str, address: str, key: str, key_of: KeyOf) -> bool:
    """Tell whether a key proves that a segment has printed the slot at an address for a path."""
    return compare_digest(key, key_of(segment, path, address, viewer_in(key)))


def printer(
    address: str, src: str, key: str, key_of: KeyOf, resolve: Resolve
) -> SegmentMatch | None:
    """Return the segment that has printed a slot, as it is for a URL, if the key proves that."""
    found = resolve(src)
    segment: Match | None = found.root if found else None
    for name in address.split(".")[:-1]:
        segment = step_into(segment, name)
    if not isinstance(segment, SegmentMatch):
        return None
    return segment if has_printed(segment, path_of(src), address, key, key_of) else None


def any_mounted(
    segment: SegmentMatch, prefix: str, location: Location, state: State, key_of: KeyOf
) -> bool:
    """Tell whether the layout of a segment is on screen."""
    return any(
        mounted_in(state, segment, location.path, prefix + slot.name, key_of)
        for slot in segment.segment.slots
    )


def prefix_of(path: str, segment: SegmentMatch) -> str:
    """Return the URL of a segment's prefix, quoted, in a path for which it has matched."""
    prefix = path.removesuffix(segment.rest) if segment.rest else path
    return escape_leading_slashes(quote(prefix, safe=SAFE))
