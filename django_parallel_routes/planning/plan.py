"""The plan for a request, as a value: what every slot shows, from which match, and why.

A plan knows no request, no template and no response. Full pages are planned here, too; ``navigation``,
``interception`` and ``history`` plan responses to the script.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from hmac import compare_digest
from typing import Literal, NamedTuple

from django_parallel_routes.declarations import UNSET, DefaultRoute, Delivery, Segment, Slot, View
from django_parallel_routes.matches import (
    EnclosingSlot,
    Match,
    PageMatch,
    SegmentMatch,
    layout_match,
)
from django_parallel_routes.protocol.state import MAX_DEPTH, Variant, signature
from django_parallel_routes.values import (
    NO_SLOT,
    Location,
    SlotAddress,
    replace,
    url_of_path,
    value_class,
)

Action = Literal["page", "intercepted", "default", "empty", "missing"]
"""What a slot that changes shows. ``"missing"``: nothing in it matches and it has no default."""

Kind = Literal["page", "slots", "one_slot", "document", "missing"]
"""The response: a full page; the slots that change; the page of one slot alone; the order to load the
document; or a 404."""

SlotTest = tuple[EnclosingSlot, Location]
"""A slot with a ``test_func``, and the URL for which it is called."""

Arrival = Delivery | Literal["now"]
"""When the page of a slot arrives. Until then, the slot shows its loading state."""


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
        return self.match.view


class Place(NamedTuple):
    """A declared slot, and the segment whose layout prints it, as they are for one URL."""

    address: SlotAddress
    outer: SegmentMatch
    slot: Slot
    location: Location

    @property
    def shown_location(self) -> Location:
        """The URL that the slot shows: that of the page, or another one that the query remembers."""
        return self.outer.remembered.get(self.slot.name, self.location)


VIEWER = slice(17, None)
"""The part of a key that names its viewer: what follows 16 digits and a hyphen."""


def key_of(segment: SegmentMatch, path: str, address: str, viewer: str = "") -> str:
    """Return the key of the slot at ``address`` that ``segment`` prints for the decoded ``path``.

    Two keys are equal if and only if the address, the segment and the URL of its prefix are equal. A key
    has 16 hex digits. With a ``viewer`` (see ``viewer_of()``), it holds for this user only, and the viewer
    follows after a hyphen.
    """
    prefix = path.removesuffix(segment.rest)
    signed = signature(f"{address}\n{segment.segment.name}\n{prefix}\n{viewer}", 8)
    return f"{signed}-{viewer}" if viewer else signed


def is_key_of(key: str, segment: SegmentMatch, path: str, address: str) -> bool:
    """Tell whether a key proves that a segment has printed the slot at an address for a path."""
    return compare_digest(key, key_of(segment, path, address, key[VIEWER]))


class KeptSlot(NamedTuple):
    """A slot that stays as it is on screen, and why."""

    address: SlotAddress
    why: str
    variant: Variant
    """What is on screen."""
    src: str
    """The URL in the slot's element."""
    outer: SegmentMatch | None = None
    """The segment whose layout has printed it, if that is known."""
    slot: Slot | None = None
    """Its declaration, if that is known."""
    action: Literal["keep"] = "keep"

    @property
    def location(self) -> Location:
        """The URL for which it was rendered."""
        return Location.of(self.src)

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
    """What a slot that changes will show, and why.

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
    why: str
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

    @property
    def variant(self) -> Variant:
        """What is on screen after the response."""
        if self.action == "missing":
            return "empty"
        return "layout" if isinstance(self.match, SegmentMatch) else self.action

    @property
    def src(self) -> str:
        """The URL in the slot's element. If the slot shows a layout, that is the URL of its prefix.

        For a layout around an intercepted page, it is the URL underneath, to which the close link leads.
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
    """Return the tests of a slot, and of the slots in which it stands."""
    return [(one, location) for one in outer.enclosing_slots(slot) if one.slot.test_func]


@value_class
class Plan:
    """What the response to a request shows: which slots change, and which are kept."""

    kind: Kind
    why: str
    root: SegmentMatch
    location: Location
    changed: tuple[SlotPlan, ...] = ()
    """The slots that are rendered, the outermost ones only."""
    kept: tuple[KeptSlot, ...] = ()
    """The slots on screen that stay as they are."""
    form_slots: tuple[SlotAddress, ...] = ()
    """The slots that a form, or an element's own request, may be for. The first printed one gets it."""
    known_printed: frozenset[SlotAddress] = frozenset()
    """Those of ``form_slots``, and of the slots around them, that are known to be printed. To find out
    about the others, their layouts are called."""
    url: str = ""
    """The URL in the address bar after the response: ``""`` is the request's, ``"stay"`` keeps it."""
    on_screen: tuple[SlotAddress, ...] = ()
    """The slots that are on screen when the request is made, in their order there."""

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
        """Views that are not shown, but may refuse the user. They are called before anything is shown."""
        slots = self.changed_by_address.values()
        return access_checks_of([slot for slot in slots if slot.arrival == "now"])

    def with_slot(self, new: SlotPlan) -> Plan:
        """Return the plan with another one for a slot that changes, wherever it stands."""
        return replace(self, changed=tuple([slot.with_slot(new) for slot in self.changed]))

    def with_changes(self, slots: Iterable[SlotPlan]) -> Plan:
        """Return the plan with more slots that change, in place of what it has for them and inside them."""
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
    return tuple([check for one in shown for check in one.access_checks])


# --- Full pages, and slots that are shown afresh ---


def plan_page(root: SegmentMatch, location: Location) -> Plan:
    """Plan a full page: each slot shows its page, else its default, else the response is a 404."""
    slots = fresh_slots(root, NO_SLOT, location)
    return not_found_if_missing(Plan("page", "a hard load", root, location, slots))


def not_found_if_missing(plan: Plan) -> Plan:
    """Return the plan, or that of a 404 if there is a slot that nothing can fill."""
    if not plan.missing:
        return plan
    names = ", ".join(repr(slot.address) for slot in plan.missing)
    return replace(plan, kind="missing", why=f"neither a page nor a default for slot {names}")


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
    match, why = outer.slots[slot.name], "a route inside it matches"
    if match is None:
        return default_slot(place)
    if slot.name in outer.remembered:
        place, why = place._replace(location=place.shown_location), "the URL's query remembers it"
    elif isinstance(match, PageMatch):
        why = f"its route {match.route!r} matches"
    inner = fresh_slots(match, place.address, place.location)
    stacked = empty_level_above(place, place.address) if slot.stacks else None
    return SlotPlan(*place, "page", why, match, inner, stacked)


def default_slot(place: Place, why: str = "nothing in it matches") -> SlotPlan:
    """Plan a slot that shows its default, if it has one."""
    outer, slot = place.outer, place.slot
    match: Match
    if slot.default is UNSET:
        return SlotPlan(*place, "missing", "nothing in it matches, and it has no default")
    if slot.default is None:
        return SlotPlan(*place, "empty", why)
    if isinstance(slot.default, Segment):
        match = layout_match(slot.default, outer, slot)
    elif isinstance(slot.default, DefaultRoute):
        route = outer.defaults[slot.name]
        match, path = route.match, place.location.path.removesuffix(outer.rest) + route.rest
        if place.location.path != path:  # At its own URL, the default keeps the query.
            place = place._replace(location=Location(url_of_path(path), path))
    else:
        match = PageMatch(slot.default, outer.captured)
    inner = fresh_slots(match, place.address, place.location)
    return SlotPlan(*place, "default", why, match, inner)


def empty_level_above(place: Place, level: SlotAddress) -> SlotPlan | None:
    """Plan the empty level above a level of a slot that stacks, if it is not too deep."""
    address = level.child(place.slot.name)
    is_too_deep = address.count(".") + 2 > MAX_DEPTH  # The slot's own layout adds one more.
    if is_too_deep:
        return None
    return SlotPlan(*place._replace(address=address), "empty", "nothing is open above it")
