"""The plan for a request, as a value: what every slot shows, from which match, and why.

Planning is pure: it sees no request and no template, and runs no view. ``pages`` plans full pages,
``navigation``, ``interception`` and ``history`` plan responses to the script, and ``delivery``
says which slots are merged, and which come later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Literal, NamedTuple

from django_parallel_routes.declarations import Delivery, Slot, View
from django_parallel_routes.matches import EnclosingSlot, Match, PageMatch, SegmentMatch
from django_parallel_routes.planning.reasons import Reason
from django_parallel_routes.protocol.state import MountedSlot, Variant
from django_parallel_routes.values import Location, SlotAddress, dataclass, replace, url_of_path

Action = Literal["page", "intercepted", "default", "empty", "missing"]
"""What a slot that changes shows. ``"missing"``: nothing in it matches and it has no default."""

Kind = Literal["page", "slots", "slot", "document", "missing"]
"""The response: a full page; the changed slots; the page of one slot alone; nothing but the order to load
the document; or a 404."""

SlotTest = tuple[EnclosingSlot, Location]
"""A slot with a ``test_func``, and the URL for which that is asked."""

Arrival = Delivery | Literal["now"]
"""When the page of a slot comes. Unless that is now, its loading state stands in its place."""


@dataclass(frozen=True)
class AccessCheck:
    """A view that is not shown, but called for what it may refuse: a page's, or a layout's."""

    location: Location
    match: Match
    """The page, or the segment whose layout it is."""
    address: SlotAddress
    """The slot in which it stands; children for the view of a URL outside of every ``slots()``."""
    outer: SegmentMatch | None = None
    """The segment in which the page stands, if it stands in one."""

    @property
    def view(self) -> View:
        """The view that is called."""
        match = self.match
        return match.view if isinstance(match, PageMatch) else match.segment.layout


class PrintedSlot(NamedTuple):
    """A declared slot, and the segment whose layout prints it, as they are for one URL."""

    address: SlotAddress
    outer: SegmentMatch
    slot: Slot
    location: Location

    @property
    def shown_location(self) -> Location:
        """The URL for which it shows what matches in it: another one if the query remembers that."""
        return self.outer.remembered.get(self.slot.name, self.location)

    def beside(self, address: SlotAddress) -> tuple[SegmentMatch, Slot] | tuple[()]:
        """Return another slot that the same layout prints, if it is one, with the segment."""
        is_beside = address.parent == self.address.parent
        slot = self.outer.segment.slot(address.name) if is_beside else None
        return (self.outer, slot) if slot else ()


class KeptSlot(NamedTuple):
    """A slot that stays as it is on screen, and why."""

    address: SlotAddress
    reason: Reason
    mounted: MountedSlot
    outer: SegmentMatch | None = None
    """The segment whose layout has printed it, if that is known."""
    slot: Slot | None = None
    """Its declaration, if that is known."""

    @property
    def action(self) -> Literal["keep"]:
        """What the plan does with the slot."""
        return "keep"

    @property
    def why(self) -> str:
        """The reason as a sentence."""
        return self.reason.value

    @property
    def variant(self) -> Variant:
        """What is on screen."""
        return self.mounted.variant

    @property
    def location(self) -> Location:
        """The URL for which it was rendered."""
        return Location.of(self.mounted.src)

    @property
    def src(self) -> str:
        """The URL in the slot's element."""
        return self.mounted.src

    def tree(self) -> tuple[KeptSlot]:
        """Return this slot: those inside it are planned as slots of their own."""
        return (self,)

    @property
    def tests(self) -> list[SlotTest]:
        """The slots whose ``test_func`` the user must pass, and the URLs for which they are asked."""
        outer, slot = self.outer, self.slot
        if outer and slot and (slot.test_func or outer.enclosing):
            return tests_around(outer, slot, self.location)
        return []


@dataclass(frozen=True)
class SlotPlan:
    """What one slot shows that changes, and why."""

    address: SlotAddress
    outer: SegmentMatch
    """The segment whose layout prints the slot."""
    slot: Slot
    location: Location
    action: Action
    reason: Reason
    match: Match | None = None
    """What is rendered for ``"page"``, ``"intercepted"`` and ``"default"``."""
    inner: tuple[SlotPlan, ...] = ()
    """The slots of the segment that it shows, if it shows one."""
    stacked: SlotPlan | None = None
    """The slot of the next level, if something may open above what this one shows."""

    close_url: str = ""
    """The URL that closing it leads to, if it is intercepted."""
    mount: Location | None = None
    """The URL for which its segment has printed it, if it intercepts."""
    interception: int = 0
    """If it is intercepted: the number of the ``intercept()`` among those of the slot."""
    is_certain: bool = True
    """Whether a slot that shows this path on screen is known to show it by the same view."""
    arrival: Arrival = "now"
    is_same_page: bool = False
    """Whether the slot shows this page already, for whatever query: see ``delivery``."""
    detail: str = ""
    """What the reason says more precisely."""
    access_checks: tuple[AccessCheck, ...] = ()
    """Views of the URL that is intercepted here, which may refuse it."""

    @property
    def why(self) -> str:
        """The reason as a sentence."""
        return self.reason.value.format(self.detail)

    @property
    def variant(self) -> Variant:
        """What is on screen then."""
        if self.action == "missing":
            return "empty"
        return "layout" if isinstance(self.match, SegmentMatch) else self.action

    @property
    def src(self) -> str:
        """The URL in the slot's element; of a mounted layout, its prefix.

        Around a page that is intercepted it is the URL underneath, so that its close link leads there.
        """
        if isinstance(self.match, SegmentMatch) and self.arrival == "now":
            return self.close_url or prefix_of(self.location.path, self.match)
        return self.location.src

    @cached_property
    def tests(self) -> list[SlotTest]:
        """The slots whose ``test_func`` the user must pass, and the URLs for which they are asked.

        A page that is intercepted must be visible at its own URL, too.
        """
        found: list[SlotTest] = []
        if self.slot.test_func or self.outer.enclosing:
            found = tests_around(self.outer, self.slot, self.mount or self.location)
        if self.action == "intercepted" and isinstance(self.match, PageMatch):
            found += [(one, self.location) for one in self.match.enclosing if one.slot.test_func]
        return found

    @property
    def is_late(self) -> bool:
        """Whether its page comes later: a loading state stands in its place."""
        return self.arrival != "now"

    def tree(self) -> Iterator[SlotPlan]:
        """Yield this slot's plan and those of all slots inside it."""
        yield self
        for slot in self.inner:
            yield from slot.tree()
        if self.stacked:
            yield from self.stacked.tree()

    def with_slot(self, new: SlotPlan) -> SlotPlan:
        """Return the plan with another one for the slot at an address inside it, or for itself."""
        if self.address == new.address:
            return new
        if not self.address.contains(new.address):
            return self
        inner = tuple(slot.with_slot(new) for slot in self.inner)
        return replace(self, inner=inner, stacked=self.stacked and self.stacked.with_slot(new))


def tests_around(outer: SegmentMatch, slot: Slot, location: Location) -> list[SlotTest]:
    """Return the tests of a slot, and of those in which it stands."""
    return [(one, location) for one in outer.enclosing_slots(slot) if one.slot.test_func]


@dataclass(frozen=True)
class Plan:
    """What a request is answered with."""

    kind: Kind
    reason: Reason
    root: SegmentMatch
    location: Location
    slots: tuple[SlotPlan | KeptSlot, ...] = ()
    form_slots: tuple[SlotAddress, ...] = ()
    """The slots that a form, or an element's own request, may be for: the first that is printed."""
    known_printed: frozenset[SlotAddress] = frozenset()
    """Which slots on the way there have been printed for sure; layouts are asked about the others."""
    updates_url: bool = True
    """Whether the address bar follows."""
    url: str = ""
    """The URL that it then shows, if that is not the request's."""
    on_screen: frozenset[SlotAddress] = frozenset()
    """The slots that are on screen when the request is made."""
    detail: str = ""
    """What the reason says more precisely."""

    @property
    def why(self) -> str:
        """The reason as a sentence."""
        return self.reason.value.format(self.detail)

    @cached_property
    def addresses(self) -> frozenset[str]:
        """The slots that are on screen, or may come there."""
        return frozenset((*self.by_address, *self.root.slots, *self.on_screen))

    @cached_property
    def by_address(self) -> Mapping[str, SlotPlan | KeptSlot]:
        """Every slot that has a plan, the nested ones included."""
        return {**{slot.address: slot for slot in self.slots}, **self.changed_by_address}

    @cached_property
    def changed_by_address(self) -> Mapping[str, SlotPlan]:
        """Every slot that is rendered, the nested ones included."""
        return {
            slot.address: slot
            for top in self.changed
            for slot in (top.tree() if top.inner or top.stacked else (top,))
        }

    @cached_property
    def changed(self) -> tuple[SlotPlan, ...]:
        """The slots that are rendered, the outermost ones only."""
        return tuple([slot for slot in self.slots if isinstance(slot, SlotPlan)])

    @cached_property
    def access_checks(self) -> tuple[AccessCheck, ...]:
        """Views that may refuse what is shown instead of them: they are called before anything is shown."""
        at_once = (slot for slot in self.changed_by_address.values() if not slot.is_late)
        return tuple(check for slot in at_once for check in slot.access_checks)

    def with_each(self, change: Callable[[SlotPlan], SlotPlan]) -> Plan:
        """Return the plan with the slots that change planned as a function says."""
        slots = [change(slot) if isinstance(slot, SlotPlan) else slot for slot in self.slots]
        return replace(self, slots=tuple(slots))

    def with_slot(self, new: SlotPlan) -> Plan:
        """Return the plan with another one for a slot that changes, wherever it stands."""
        return self.with_each(lambda slot: slot.with_slot(new))

    def with_changes(self, slots: Iterable[SlotPlan]) -> Plan:
        """Return the plan with more slots that change, instead of what it has there and inside them."""
        more = tuple(slots)
        elsewhere = (
            slot
            for slot in self.slots
            if not any(one.address.contains(slot.address) for one in more)
        )
        return replace(self, slots=(*elsewhere, *more))

    @property
    def paths(self) -> frozenset[str]:
        """The decoded paths for which views are called, besides the request's."""
        slots = (slot.location.path for slot in self.changed_by_address.values())
        return frozenset((*slots, *(check.location.path for check in self.access_checks)))

    @property
    def missing(self) -> tuple[SlotPlan, ...]:
        """The slots that have neither a page nor a default: the reason of a 404."""
        slots = self.changed_by_address.values()
        return tuple(slot for slot in slots if slot.action == "missing")


def checks_of(plans: Iterable[SlotPlan]) -> tuple[AccessCheck, ...]:
    """Return the access checks of slots, and of all slots inside them."""
    return tuple(check for top in plans for slot in top.tree() for check in slot.access_checks)


def prefix_of(path: str, segment: SegmentMatch) -> str:
    """Return the quoted URL of a segment's prefix in a path for which it has matched."""
    return url_of_path(path.removesuffix(segment.rest))
