"""Plans that render slots as they were, or as they are: for Back and Forward, and for refreshes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from django_parallel_routes.declarations import CHILDREN, Segment
from django_parallel_routes.matches import SegmentMatch, default_layout_match
from django_parallel_routes.planning.context import Context, ResolvedUrl, printed_slot
from django_parallel_routes.planning.interception import InterceptionMatch
from django_parallel_routes.planning.pages import (
    checked,
    empty_level,
    enter,
    enter_default,
    shown_in,
)
from django_parallel_routes.planning.plan import Plan, PrintedSlot, Reason, SlotPlan
from django_parallel_routes.protocol.signing import is_key_of
from django_parallel_routes.protocol.state import MountedSlot, State
from django_parallel_routes.values import SlotAddress, dataclass, named_by, replace


def plan_restore(context: Context) -> Plan | None:
    """Plan a traversal of the history: the slots that differ, as they were, at their own URLs.

    Returns ``None`` if one of them can't be brought back: the client is to load the document.
    """
    state = context.state
    restoration = _Restoration(context, context.target, state.restore)
    slots: list[SlotPlan] = []
    for address in _outermost_first(state.restore):
        if any(slot.address.contains(address) for slot in slots):
            continue  # It comes back with the slot around it.
        on_screen, want = state.slots.get(address), state.restore[address]
        # The mount URL may be any URL of the segment.
        is_same = on_screen and on_screen._replace(mount_url=want.mount_url) == want
        if is_same and restoration.is_same_inside(address):
            continue
        if on_screen is None or on_screen.key != want.key:
            return None
        plan = restoration.slot(address)
        if plan is None:
            return None
        slots.append(plan)
    slots.extend(restoration.printed_since(slots))
    return restoration.planned(Reason.TRAVERSAL, slots)


def plan_refresh(context: Context) -> Plan | None:
    """Plan a refresh: slots are rendered again, each as the state says that it is, at its own URL.

    Deferred slots come by this, too. Returns ``None`` if one of the slots can't be had.
    """
    state = context.state
    if not state.slots.keys() >= {*state.refresh}:
        return None
    restoration = _Restoration(context, context.target, state.slots)
    slots: list[SlotPlan] = []
    for address in _outermost_first(one for one in state.slots if one in state.refresh):
        if any(slot.address.contains(address) for slot in slots):
            continue
        plan = restoration.slot(address)
        if plan is None:
            return None
        slots.append(replace(plan, reason=Reason.REFRESHED))
    refresh = restoration.planned(Reason.REFRESHED, slots) if slots else None
    return refresh and replace(refresh, updates_url=False)


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
    named = named_by(names, state.slots)
    restoration = _Restoration(context, page, state.slots)
    slots: list[SlotPlan] = []
    for address in _outermost_first(one for one in state.slots if one in named):
        variant = state.slots[address].variant
        is_new = any(one.address.contains(address) for one in (*slots, *plan.changed))
        inside = [one for one in plan.changed if address.contains(one.address)]
        if variant == "empty" or is_new or (inside and variant != "layout"):
            continue
        if again := restoration.slot(address):
            is_due = again.address in state.refresh
            reason = Reason.WITH_EACH_ANSWER if is_due else Reason.SHOWS_CHANGES
            again = replace(again, reason=reason)
            for one in inside:
                again = again.with_slot(one)
            slots.append(again)
    return plan.with_changes(slots)


def _outermost_first(addresses: Iterable[SlotAddress]) -> list[SlotAddress]:
    """Return slots in the order in which they are given, but each before those that stand inside it."""
    return sorted(addresses, key=lambda address: address.count("."))


@dataclass(frozen=True)
class _Restoration:
    """Plans slots as they were in an entry of the history, or as they are on screen."""

    context: Context
    page: ResolvedUrl | None
    """What the URL in the address bar resolves to, as far as it is known."""
    wanted: Mapping[SlotAddress, MountedSlot]
    """The slots of the entry, or those on screen."""

    @property
    def state(self) -> State:
        return self.context.state

    def planned(self, reason: Reason, slots: list[SlotPlan]) -> Plan | None:
        """Return a plan with these slots, if a URL is known that has them."""
        target, resolve = self.context.target, self.context.resolve
        pages = (resolve(slot.mount_url or slot.src) for slot in self.wanted.values())
        root = target.root or next((page.root for page in pages if page and page.root), None)
        if root is None:
            return None
        return checked(self.context.plan(reason, root, slots))

    @cached_property
    def names_beneath(self) -> frozenset[str]:
        """The names of the routes whose pages were on screen."""
        return self.context.names_of_pages(self.wanted)

    def is_same_inside(self, address: SlotAddress) -> bool:
        """Tell whether the slots right in a slot are those of the entry: printed by the same layout."""
        return all(
            name in self.state.slots and self.state.slots[name].key == want.key
            for name, want in self.wanted.items()
            if name.parent == address
        )

    def printed_since(self, plans: Iterable[SlotPlan]) -> Iterator[SlotPlan]:
        """Plan slots that the entry does not know, since a refreshed layout has printed them later.

        They show what a hard load would, and stay if they show that already.
        """
        planned = [plan.address for plan in plans]
        for address in _outermost_first(self.state.slots):
            on_screen = self.state.slots[address]
            if address in self.wanted or any(one.contains(address) for one in planned):
                continue
            places = (self.place(page, address, on_screen) for page in self.pages_shown())
            place = next(filter(None, places), None)
            plan = place and enter(place)
            if (
                plan
                and plan.action != "missing"
                and (plan.variant, plan.src) != (on_screen.variant, on_screen.src)
            ):
                planned.append(address)
                yield replace(plan, reason=Reason.UNKNOWN_TO_ENTRY)

    def slot(self, address: SlotAddress) -> SlotPlan | None:
        """Plan a slot as the entry has it, or return ``None`` if that is gone (a deploy, say)."""
        want = self.wanted[address]
        framed = self.wanted.get(address.child(CHILDREN))
        if want.variant == "intercepted":
            return self.reopened(address, want)
        if want.variant == "layout" and framed and framed.variant == "intercepted":
            return self.reopened(address, framed)
        if want.variant == "empty" and want.mount_url and address.is_level:
            place = self.context.place_of(address, want)
            return place and empty_level(place, address, Reason.AS_IT_WAS)
        return self.rendered(address, want)

    def reopened(self, address: SlotAddress, page: MountedSlot) -> SlotPlan | None:
        """Plan what was intercepted. That was decided then, and is not decided anew."""
        # Without a mount URL, it is the page in a frame.
        level = address if self.wanted[address].mount_url else address.parent
        want, target = self.wanted.get(level), self.context.resolve(page.src)
        place = self.context.place_of(level, want) if want else None
        if not place or not target:
            return None
        named = [*InterceptionMatch.all_in(place, target)]
        fired = (match for match in named if match.comes_from(self.names_beneath))
        match = next(fired, named[0] if named else None)
        if match is None:
            return None
        plan = match.plan(level, self.close_url(level), self.context)
        if level == address:
            return self.with_stacked(plan)
        return plan.inner[0] if plan.inner else None  # a made-up state names a page in no frame

    def with_stacked(self, plan: SlotPlan) -> SlotPlan | None:
        """Return a plan with the level above it as it was."""
        plan = replace(plan, reason=Reason.AS_IT_WAS)
        if not plan.stacked or plan.stacked.address not in self.wanted:
            return plan
        stacked = self.slot(plan.stacked.address)
        return stacked and replace(plan, stacked=stacked)

    def close_url(self, level: SlotAddress) -> str:
        """Return the URL that closing a level leads to: of the level beneath, else of the page."""
        beneath = level.parent
        page = self.wanted.get(beneath.child(CHILDREN)) or self.wanted.get(beneath)
        return page.src if level.is_level and page else self.state.origin

    def rendered(self, address: SlotAddress, want: MountedSlot) -> SlotPlan | None:
        """Plan a slot that shows a page, a layout or a default, or nothing."""
        is_layout = want.variant == "layout"
        pages = self.pages_for(address, want) if is_layout else [self.context.resolve(want.src)]
        places = (self.place(page, address, want) for page in pages)
        plan = next(filter(None, (self.shown(place, want) for place in places if place)), None)
        return plan and self.with_inner(plan)

    def shown(self, place: PrintedSlot, want: MountedSlot) -> SlotPlan | None:
        """Plan a slot as a page has it, if it has something of the same variant."""
        is_layout = want.variant == "layout"
        if want.variant in ("default", "empty") or (
            is_layout and self.is_layout_of_default(place)
        ):
            return enter_default(place)
        match = shown_in(place.outer, place.slot)
        if match is None or (is_layout and not isinstance(match, SegmentMatch)):
            return None
        return enter(place)

    def place(
        self, page: ResolvedUrl | None, address: SlotAddress, want: MountedSlot
    ) -> PrintedSlot | None:
        """Return a slot as a page has it, if the segment that has printed it is the same one."""
        place = printed_slot(page, address, want.key)
        return place if place and place.address == address else None

    def pages_shown(self) -> Iterator[ResolvedUrl | None]:
        """Yield what the URL in the address bar resolves to, and the one beneath what is intercepted."""
        yield self.page
        if self.state.origin:
            yield self.context.resolve(self.state.origin)

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
        yield self.context.resolve(next(inside, want.src))

    def is_layout_of_default(self, place: PrintedSlot) -> bool:
        """Tell whether a layout is that of the slot's default, whose URL may match a page of the slot."""
        slot, address = place.slot, place.address.child(CHILDREN)
        inside = self.wanted.get(address)
        if inside is None or not isinstance(slot.default, Segment) or slot.default is slot.frame:
            return False
        match = default_layout_match(place.outer, slot)
        return is_key_of(inside.key, match, place.location.path, address)

    def with_inner(self, plan: SlotPlan) -> SlotPlan | None:
        """Return a plan with the slots inside it, and the level above it, as they were."""
        inner: list[SlotPlan] = []
        for slot in plan.inner:
            restored: SlotPlan | None = slot
            if slot.address in self.wanted:
                restored = self.slot(slot.address)
            elif slot.action == "missing":
                restored = replace(slot, action="empty", reason=Reason.NOT_THERE)
            if restored is None:
                return None
            inner.append(restored)
        return self.with_stacked(replace(plan, inner=tuple(inner)))
