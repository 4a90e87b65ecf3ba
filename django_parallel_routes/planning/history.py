"""Plans that render slots as they were, or as they are: for Back and Forward, and for refreshes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from django_parallel_routes.declarations import CHILDREN, Segment
from django_parallel_routes.matches import default_layout_match
from django_parallel_routes.planning.context import Context, ResolvedUrl, find_place
from django_parallel_routes.planning.interception import InterceptionMatch
from django_parallel_routes.planning.pages import (
    default_slot,
    empty_level,
    fresh_slot,
    not_found_if_missing,
)
from django_parallel_routes.planning.plan import Place, Plan, Reason, SlotPlan
from django_parallel_routes.protocol.signing import is_key_of
from django_parallel_routes.protocol.state import MountedSlot
from django_parallel_routes.values import SlotAddress, replace, slots_named


class _Gone(Exception):
    """A slot can't be had as it was, after a deploy, say."""


def plan_restore(context: Context) -> Plan | None:
    """Plan a traversal of the history: the slots that differ, as they were, at their own URLs.

    Returns ``None`` if one of them can't be brought back: the client is to load the document.
    """
    wanted = context.state.restore
    restoration = _Restoration(context, context.target, wanted)
    try:
        slots = restoration.slots(one for one in wanted if not restoration.is_on_screen(one))
        slots.extend(restoration.printed_since(slots))
        return restoration.planned(Reason.TRAVERSAL, slots)
    except _Gone:
        return None


def plan_refresh(context: Context) -> Plan | None:
    """Plan a refresh: slots are rendered again, each as the state says that it is, at its own URL.

    Deferred slots come by this, too. Returns ``None`` if one of the slots can't be had.
    """
    on_screen, wanted = context.state.slots, context.state.refresh
    if not wanted or not on_screen.keys() >= {*wanted}:
        return None
    restoration = _Restoration(context, context.target, on_screen)
    try:
        slots = restoration.slots(one for one in on_screen if one in wanted)
        slots = [replace(slot, reason=Reason.REFRESHED) for slot in slots]
        return replace(restoration.planned(Reason.REFRESHED, slots), url="stay")
    except _Gone:
        return None


def with_refreshes(
    plan: Plan, names: tuple[str, ...], context: Context, page: ResolvedUrl | None
) -> Plan:
    """Return the plan of a soft answer that also renders other slots again.

    A layout is rendered with what the answer changes in it. ``page`` is what the URL in the address bar
    resolves to once the answer is there.
    """
    if plan.kind != "slots" or not names:
        return plan
    state = context.state
    named = slots_named(names, state.slots)
    restoration = _Restoration(context, page, state.slots)
    slots: list[SlotPlan] = []
    for address in _outermost_first(one for one in state.slots if one in named):
        variant = state.slots[address].variant
        is_new = any(one.address.contains(address) for one in (*slots, *plan.changed))
        inside = [one for one in plan.changed if address.contains(one.address)]
        if variant == "empty" or is_new or (inside and variant != "layout"):
            continue
        try:
            again = restoration.slot(address)
        except _Gone:
            continue
        is_due = address in state.refresh
        again = replace(again, reason=Reason.WITH_EACH_ANSWER if is_due else Reason.SHOWS_CHANGES)
        for one in inside:
            again = again.with_slot(one)
        slots.append(again)
    return plan.with_changes(slots)


def _outermost_first(addresses: Iterable[SlotAddress]) -> list[SlotAddress]:
    """Return slots in the order in which they are given, but each before those that stand inside it."""
    return sorted(addresses, key=lambda address: address.count("."))


class _Restoration:
    """Plans slots as they were in an entry of the history, or as they are on screen.

    ``wanted`` has the slots of the entry, or those on screen. ``page`` is what the URL in the address bar
    resolves to, as far as it is known. A slot that can't be had is an exception, ``_Gone``.
    """

    def __init__(
        self,
        context: Context,
        page: ResolvedUrl | None,
        wanted: Mapping[SlotAddress, MountedSlot],
    ) -> None:
        self.context, self.page, self.wanted = context, page, wanted
        self.state, self.resolve = context.state, context.resolve

    def planned(self, reason: Reason, slots: list[SlotPlan]) -> Plan:
        """Return a plan with these slots, if a URL is known that has them."""
        pages = (self.resolve(slot.mount_url or slot.src) for slot in self.wanted.values())
        roots = (page.root for page in pages if page and page.root)
        root = self.context.target.root or next(roots, None)
        if root is None:
            raise _Gone
        return not_found_if_missing(self.context.plan(reason, root, slots))

    @cached_property
    def names_beneath(self) -> frozenset[str]:
        """The names of the routes whose pages were on screen."""
        return self.context.names_of_pages(self.wanted)

    def is_on_screen(self, address: SlotAddress) -> bool:
        """Tell whether a slot is on screen as it was, and the slots right in it were printed there, too."""
        on_screen, want = self.state.slots.get(address), self.wanted[address]
        # The mount URL may be any URL of the segment.
        is_same = on_screen and on_screen._replace(mount_url=want.mount_url) == want
        return bool(is_same) and all(
            self.is_printed(name) for name in self.wanted if name.parent == address
        )

    def is_printed(self, address: SlotAddress) -> bool:
        """Tell whether a slot is on screen, printed by the same layout."""
        on_screen = self.state.slots.get(address)
        return on_screen is not None and on_screen.key == self.wanted[address].key

    def printed_since(self, plans: Iterable[SlotPlan]) -> Iterator[SlotPlan]:
        """Plan slots that the entry does not know, since a refreshed layout has printed them later.

        They show what a hard load would, and stay if they show that already.
        """
        planned = [plan.address for plan in plans]
        for address in _outermost_first(self.state.slots):
            on_screen = self.state.slots[address]
            if address in self.wanted or any(one.contains(address) for one in planned):
                continue
            places = (find_place(page, address, on_screen.key) for page in self.pages_shown())
            place = next(filter(None, places), None)
            plan = place and fresh_slot(place)
            if (
                plan
                and plan.action != "missing"
                and (plan.variant, plan.src) != (on_screen.variant, on_screen.src)
            ):
                planned.append(address)
                yield replace(plan, reason=Reason.UNKNOWN_TO_ENTRY)

    def slots(self, addresses: Iterable[SlotAddress]) -> list[SlotPlan]:
        """Plan slots on screen; those inside one of them come with it."""
        plans: list[SlotPlan] = []
        for address in _outermost_first(addresses):
            if not any(plan.address.contains(address) for plan in plans):
                if not self.is_printed(address):
                    raise _Gone
                plans.append(self.slot(address))
        return plans

    def slot(self, address: SlotAddress) -> SlotPlan:
        """Plan a slot as the entry has it."""
        want = self.wanted[address]
        framed = self.wanted.get(address.child(CHILDREN))
        if want.variant == "intercepted":
            return self.reopened(address, want)
        if want.variant == "layout" and framed and framed.variant == "intercepted":
            return self.reopened(address, framed)
        if want.variant == "empty" and want.mount_url and address.is_level:
            return empty_level(self.place_of(address), address, Reason.AS_IT_WAS)
        return self.rendered(address, want)

    def place_of(self, level: SlotAddress) -> Place:
        """Return the declared slot of a level: the slot that intercepts, or one stacked above it."""
        if level not in self.wanted:
            raise _Gone
        want, slot = self.wanted[level], level
        page = self.resolve(want.mount_url)
        while not (place := find_place(page, slot, want.key, level)):
            if not slot.is_level:
                raise _Gone
            slot = slot.parent
        return place

    def reopened(self, address: SlotAddress, page: MountedSlot) -> SlotPlan:
        """Plan what was intercepted. That was decided then, and is not decided anew."""
        # Without a mount URL, it is the page in a frame.
        level = address if self.wanted[address].mount_url else address.parent
        place, target = self.place_of(level), self.resolve(page.src)
        named = [*InterceptionMatch.all_in(place, target)] if target else []
        fired = [match for match in named if match.comes_from(self.names_beneath)]
        if not named:
            raise _Gone
        plan = (fired or named)[0].plan(level, self.close_url(level), self.context)
        if level == address:
            return self.with_stacked(plan)
        if not plan.inner:  # A made-up state names a page in no frame.
            raise _Gone
        return plan.inner[0]

    def with_stacked(self, plan: SlotPlan) -> SlotPlan:
        """Return a plan with the level above it as it was."""
        stacked = plan.stacked
        if stacked and stacked.address in self.wanted:
            stacked = self.slot(stacked.address)
        return replace(plan, reason=Reason.AS_IT_WAS, stacked=stacked)

    def close_url(self, level: SlotAddress) -> str:
        """Return the URL that closing a level leads to: of the level beneath, else of the page."""
        beneath = level.parent
        page = self.wanted.get(beneath.child(CHILDREN)) or self.wanted.get(beneath)
        return page.src if level.is_level and page else self.state.origin

    def rendered(self, address: SlotAddress, want: MountedSlot) -> SlotPlan:
        """Plan a slot that shows a page, a layout or a default, or nothing."""
        is_layout = want.variant == "layout"
        for page in self.pages_for(address, want) if is_layout else [self.resolve(want.src)]:
            place = find_place(page, address, want.key)
            if place and (plan := self.shown(place, want)):
                inner = [self.inside(slot) for slot in plan.inner]
                return self.with_stacked(replace(plan, inner=tuple(inner)))
        raise _Gone

    def shown(self, place: Place, want: MountedSlot) -> SlotPlan | None:
        """Plan a slot as a page has it, if it has something of the same variant."""
        is_default = want.variant in ("default", "empty") or self.is_layout_of_default(place, want)
        plan = default_slot(place) if is_default else fresh_slot(place)
        return _or_empty(plan) if plan.variant == want.variant else None

    def pages_shown(self) -> Iterator[ResolvedUrl | None]:
        """Yield what the URL in the address bar resolves to, and the one beneath what is intercepted."""
        yield self.page
        if self.state.origin:
            yield self.resolve(self.state.origin)

    def pages_for(self, address: SlotAddress, want: MountedSlot) -> Iterator[ResolvedUrl | None]:
        """Yield the pages that a layout may be rendered for, the best first.

        Slots that it has not printed before show what a hard load of the page would. If the page on
        screen is not in the layout, any page in it will do: the layout's own URL may show nothing.
        A layout that has not come yet has nothing inside, and its own URL.
        """
        yield from self.pages_shown()
        inside = (
            slot.src
            for name, slot in self.wanted.items()
            if slot.variant != "layout" and name != address and address.contains(name)
        )
        yield self.resolve(next(inside, want.src))

    def is_layout_of_default(self, place: Place, want: MountedSlot) -> bool:
        """Tell whether a layout is that of the slot's default, whose URL may match a page of the slot."""
        slot, address = place.slot, place.address.child(CHILDREN)
        inside = self.wanted.get(address) if want.variant == "layout" else None
        if inside is None or not isinstance(slot.default, Segment) or slot.default is slot.frame:
            return False
        match = default_layout_match(place.outer, slot)
        return is_key_of(inside.key, match, place.location.path, address)

    def inside(self, slot: SlotPlan) -> SlotPlan:
        """Return the plan of a slot inside another one as it was."""
        return self.slot(slot.address) if slot.address in self.wanted else _or_empty(slot)


def _or_empty(plan: SlotPlan) -> SlotPlan:
    """Return the plan of a slot, empty if nothing can fill it: a hard load would be a 404."""
    if plan.action != "missing":
        return plan
    return replace(plan, action="empty", reason=Reason.NOT_THERE)
