"""The plan for a request, as a value: what every slot shows, from which match, and why.

A plan knows no request, no template and no response. ``pages`` plans full pages; ``navigation``,
``interception`` and ``history`` plan responses to the script.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from django_parallel_routes.declarations import Delivery, Slot, View
from django_parallel_routes.matches import EnclosingSlot, Match, PageMatch, SegmentMatch
from django_parallel_routes.protocol.state import MountedSlot, Variant
from django_parallel_routes.values import Location, SlotAddress, replace, value_class

Action = Literal["page", "intercepted", "default", "empty", "missing"]
"""What a slot that changes shows. ``"missing"``: nothing in it matches and it has no default."""

Kind = Literal["page", "slots", "one_slot", "document", "missing"]
"""The response: a full page; the slots that change; the page of one slot alone; the order to load the
document; or a 404."""

SlotTest = tuple[EnclosingSlot, Location]
"""A slot with a ``test_func``, and the URL for which it is called."""

Arrival = Delivery | Literal["now"]
"""When the page of a slot arrives. Until then, the slot shows its loading state."""


class Reason(enum.Enum):
    """Why a slot or a page is planned as it is: a sentence, with a place for one detail."""

    # Slots that change
    ROUTE_MATCHES = "its route {} matches"
    SEGMENT_MATCHES = "a route inside it matches"
    REMEMBERED = "the URL's query remembers it"
    NOTHING_MATCHES = "nothing in it matches"
    NO_DEFAULT = "nothing in it matches, and it has no default"
    CLEARED = 'nothing in it matches, and unmatched="default"'
    CLOSED = 'the navigation leads elsewhere, and unmatched="default"'
    OTHER_QUERY = "another query of its default"
    NOTHING_STACKED = "nothing is open above it"
    INTERCEPTED_HERE = "{} is intercepted here"
    OF_THE_FORM = "the request is for what this slot shows"
    OF_THE_ELEMENT = "the request stands in this slot"
    AS_IT_WAS = "that is what was on screen"
    NOT_THERE = "it was not on screen"
    UNKNOWN_TO_ENTRY = "the entry of the history does not know this slot"
    REFRESHED = "a refresh"
    WITH_EACH_ANSWER = 'unmatched="refresh": it comes with each answer'
    SHOWS_CHANGES = "it shows what has changed"
    # Slots that are kept
    OTHER_SLOT_NAMED = "the link or form is for another slot"
    OTHER_SLOT_SUBMITTED = "the form stands in another slot"
    OTHER_SLOT_INTERCEPTS = "only the slot that intercepts changes"
    SHOWS_REMEMBERED = "it shows what the URL's query remembers"
    LAYOUT_MOUNTED = "its layout is on screen already"
    OWN_QUERY = "its query is its own"
    UNCHANGED = "it shows this page, and the form has not changed it"
    INSIDE_KEPT = "the slot around it is kept"
    # Whole plans
    HARD_LOAD = "a hard load"
    BACKGROUND = "its background is {}"
    NAVIGATION = "a soft navigation"
    INTERCEPTION = "{} is intercepted"
    ELEMENT_REQUEST = "a request with a target of its own"
    TRAVERSAL = "a traversal of the history"
    OTHER_LAYOUT = "another layout is on screen"
    NO_SLOT_MATCHES = "no slot on screen matches"
    NOT_RESTORABLE = "not all slots can be brought back"
    HIDDEN_SLOT = "a slot on screen is one that this user may not see"
    MISSING_SLOTS = "neither a page nor a default for slot {}"


@value_class
class AccessCheck:
    """A view of a page or layout that is not shown, but called, because it may refuse the user."""

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


class Place(NamedTuple):
    """A declared slot, and the segment whose layout prints it, as they are for one URL."""

    address: SlotAddress
    outer: SegmentMatch
    slot: Slot
    location: Location

    @property
    def shown_location(self) -> Location:
        """The URL that the slot shows: another one if the query remembers it."""
        return self.outer.remembered.get(self.slot.name, self.location)


class KeptSlot(NamedTuple):
    """A slot that stays as it is on screen, and why."""

    address: SlotAddress
    reason: Reason
    mounted: MountedSlot
    outer: SegmentMatch | None = None
    """The segment whose layout has printed it, if that is known."""
    slot: Slot | None = None
    """Its declaration, if that is known."""
    action: Literal["keep"] = "keep"

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

    @property
    def slot_tests(self) -> list[SlotTest]:
        """The slots whose ``test_func`` the user must pass, and the URLs for which they are called."""
        outer, slot = self.outer, self.slot
        if outer and slot and (slot.test_func or outer.enclosing):
            return tests_around(outer, slot, self.location)
        return []


class Intercepted(NamedTuple):
    """How an ``intercept()`` shows a page in a slot, or the slot's own layout around the page."""

    mount: Location
    """The URL for which its segment has printed the slot."""
    close_url: str
    """The URL that closing it leads to."""
    number: int
    """The number of the ``intercept()`` among those of the slot."""
    is_certain: bool
    """Whether a slot that already shows the path is known to show it by the same view."""
    access_checks: tuple[AccessCheck, ...] = ()
    """Views of the page's URL that may refuse the user."""


@value_class
class SlotPlan:
    """What one slot shows that changes, and why.

    One class serves all actions. Only ``match`` and ``intercepted`` depend on the action. The renderer, the
    responses and ``explain`` read all other fields in the same way for each action, so a class for each
    action would make them longer.
    """

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
    intercepted: Intercepted | None = None
    """How it is intercepted, if it is."""
    arrival: Arrival = "now"
    is_same_page: bool = False
    """Whether the slot already shows this page, perhaps with another query."""
    detail: str = ""
    """What the reason says more precisely."""

    @property
    def why(self) -> str:
        """The reason as a sentence."""
        return self.reason.value.format(self.detail)

    @property
    def variant(self) -> Variant:
        """What is on screen after the response."""
        if self.action == "missing":
            return "empty"
        return "layout" if isinstance(self.match, SegmentMatch) else self.action

    @property
    def src(self) -> str:
        """The URL in the slot's element; of a mounted layout, its prefix.

        Around a page that is intercepted it is the URL underneath, so that its close link leads there.
        """
        if isinstance(self.match, SegmentMatch) and self.arrival == "now":
            return self.close_url or self.match.prefix_url(self.location.path)
        return self.location.src

    @property
    def close_url(self) -> str:
        """The URL that closing it leads to, if it is intercepted."""
        return self.intercepted.close_url if self.intercepted else ""

    @property
    def slot_tests(self) -> Sequence[SlotTest]:
        """The slots whose ``test_func`` the user must pass, and the URLs for which they are called.

        A page that is intercepted must be visible at its own URL, too.
        """
        slot, outer, intercepted, match = self.slot, self.outer, self.intercepted, self.match
        if not (slot.test_func or outer.enclosing or intercepted):
            return ()
        tests = tests_around(outer, slot, intercepted.mount if intercepted else self.location)
        if intercepted and isinstance(match, PageMatch):
            tests += [(one, self.location) for one in match.enclosing if one.slot.test_func]
        return tests

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


@value_class
class Plan:
    """What a request is answered with."""

    kind: Kind
    reason: Reason
    root: SegmentMatch
    location: Location
    changed: tuple[SlotPlan, ...] = ()
    """The slots that are rendered, the outermost ones only."""
    kept: tuple[KeptSlot, ...] = ()
    """The slots on screen that stay as they are."""
    form_slots: tuple[SlotAddress, ...] = ()
    """The slots that a form, or an element's own request, may be for. It is for the first printed one."""
    known_printed: frozenset[SlotAddress] = frozenset()
    """The slots around and among these that are surely printed. Layouts are asked about the others."""
    url: str = ""
    """The URL in the address bar after the response: ``""`` is the request's, ``"stay"`` keeps it."""
    on_screen: tuple[SlotAddress, ...] = ()
    """The slots that are on screen when the request is made, in their order there."""
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
        """Every slot that has a plan, the nested ones included, in the order on screen."""
        plans: dict[str, SlotPlan | KeptSlot] = {slot.address: slot for slot in self.kept}
        plans.update(self.changed_by_address)
        return {
            address: plans[address] for address in (*self.on_screen, *plans) if address in plans
        }

    @cached_property
    def changed_by_address(self) -> Mapping[str, SlotPlan]:
        """Every slot that is rendered, the nested ones included."""
        return {
            slot.address: slot
            for top in self.changed
            for slot in (top.tree() if top.inner or top.stacked else (top,))
        }

    @cached_property
    def access_checks(self) -> tuple[AccessCheck, ...]:
        """Views that may refuse what is shown instead of them: they are called before anything is shown."""
        slots = self.changed_by_address.values()
        return access_checks_of(
            [slot for slot in slots if slot.intercepted and slot.arrival == "now"]
        )

    def with_slot(self, new: SlotPlan) -> Plan:
        """Return the plan with another one for a slot that changes, wherever it stands."""
        return replace(self, changed=tuple([slot.with_slot(new) for slot in self.changed]))

    def with_changes(self, slots: Iterable[SlotPlan]) -> Plan:
        """Return the plan with more slots that change, instead of what it has there and inside them."""
        more = tuple(slots)

        def is_elsewhere(slot: SlotPlan | KeptSlot) -> bool:
            return not any(one.address.contains(slot.address) for one in more)

        changed = (*filter(is_elsewhere, self.changed), *more)
        return replace(self, changed=changed, kept=tuple(filter(is_elsewhere, self.kept)))

    @property
    def paths(self) -> frozenset[str]:
        """The decoded paths for which views are called, besides the request's."""
        slots = (slot.location.path for slot in self.changed_by_address.values())
        return frozenset((*slots, *(check.location.path for check in self.access_checks)))

    @property
    def missing(self) -> tuple[SlotPlan, ...]:
        """The slots that have neither a page nor a default: the reason of a 404."""
        slots = self.changed_by_address.values()
        return tuple([slot for slot in slots if slot.action == "missing"])


def access_checks_of(slots: Iterable[SlotPlan]) -> tuple[AccessCheck, ...]:
    """Return the access checks of slots."""
    shown = [slot.intercepted for slot in slots if slot.intercepted]
    return tuple([check for one in shown for check in one.access_checks]) if shown else ()
