"""Plans that bring back what slots showed: Back and Forward, and refreshes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django_parallel_routes.declarations import CHILDREN, Segment
from django_parallel_routes.matches import layout_match
from django_parallel_routes.planning.context import Context, ResolvedUrl, find_place
from django_parallel_routes.planning.interception import InterceptionMatch
from django_parallel_routes.planning.plan import (
    Place,
    Plan,
    SlotPlan,
    default_slot,
    fresh_slot,
    is_key_of,
    not_found_if_missing,
)
from django_parallel_routes.protocol.state import MountedSlot
from django_parallel_routes.values import SlotAddress, replace, slots_named


class _NotRestorable(Exception):
    """A slot can't be shown as it was. For example, a deploy has removed its URL."""


def plan_restore(context: Context) -> Plan | None:
    """Plan a traversal of the history: the slots that differ, as they were, at their own URLs.

    Returns ``None`` if one of them can't be restored. The browser then loads the document.
    """
    entry = context.state.restore
    restoration = _Restoration(context, context.target, entry)
    try:
        slots = restoration.slots(one for one in entry if not restoration.is_on_screen(one))
        slots.extend(restoration.slots_printed_since(slots))
        return restoration.plan("a traversal of the history", slots)
    except _NotRestorable:
        return None


def plan_refresh(context: Context) -> Plan | None:
    """Plan a refresh: slots are rendered again, each as it is on screen, at its own URL.

    The script requests deferred slots by a refresh, too. Returns ``None`` if one of the slots can't be
    rendered.
    """
    on_screen, wanted = context.state.slots, context.state.refresh
    if not wanted or not on_screen.keys() >= {*wanted}:
        return None
    restoration = _Restoration(context, context.target, on_screen)
    try:
        slots = restoration.slots(one for one in on_screen if one in wanted)
        slots = [replace(slot, why="a refresh") for slot in slots]
        return replace(restoration.plan("a refresh", slots), url="stay")
    except _NotRestorable:
        return None


def with_refreshes(
    plan: Plan, names: tuple[str, ...], context: Context, page: ResolvedUrl | None
) -> Plan:
    """Return the plan of a soft response that also renders the slots with these names again.

    A layout that is rendered again contains what the response changes in it. ``page`` is what the URL in the
    address bar resolves to after the response.
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
        except _NotRestorable:
            continue
        why = "it shows what has changed"
        if address in state.refresh:
            why = 'unmatched="refresh": it comes with each response'
        again = replace(again, why=why)
        for one in inside:
            again = again.with_slot(one)
        slots.append(again)
    return plan.with_changes(slots)


def _outermost_first(addresses: Iterable[SlotAddress]) -> list[SlotAddress]:
    """Return slots in the order in which they are given, but each before those that stand inside it."""
    return sorted(addresses, key=lambda address: address.count("."))


class _Restoration:
    """Plans slots as ``snapshot`` has them: an entry of the history, or what is on screen now.

    ``page`` is what the URL in the address bar resolves to, if that is known. The methods raise
    ``_NotRestorable`` for a slot that can't be shown like this.
    """

    def __init__(
        self,
        context: Context,
        page: ResolvedUrl | None,
        snapshot: Mapping[SlotAddress, MountedSlot],
    ) -> None:
        self.context, self.page, self.snapshot = context, page, snapshot
        self.state, self.resolve = context.state, context.resolve

    def plan(self, why: str, slots: list[SlotPlan]) -> Plan:
        """Return a plan with these slots, if the URL of one of them leads to a ``slots()``."""
        pages = (self.resolve(slot.mount_url or slot.src) for slot in self.snapshot.values())
        roots = (page.root for page in pages if page and page.root)
        root = self.context.target.root or next(roots, None)
        if root is None:
            raise _NotRestorable
        return not_found_if_missing(self.context.plan(why, root, slots))

    def is_on_screen(self, address: SlotAddress) -> bool:
        """Tell whether a slot is on screen as it was, and the same layout has printed the slots in it."""
        mounted, on_screen = self.snapshot[address], self.state.slots.get(address)
        # The mount URL may be any URL of the segment.
        is_same = on_screen and on_screen._replace(mount_url=mounted.mount_url) == mounted
        return bool(is_same) and all(
            self.is_printed(one) for one in self.snapshot if one.parent == address
        )

    def is_printed(self, address: SlotAddress) -> bool:
        """Tell whether a slot is on screen, printed by the same layout."""
        on_screen = self.state.slots.get(address)
        return on_screen is not None and on_screen.key == self.snapshot[address].key

    def slots_printed_since(self, plans: Iterable[SlotPlan]) -> Iterator[SlotPlan]:
        """Plan slots that the entry does not know, since a refreshed layout has printed them later.

        They show what a hard load shows. A slot that shows this already is left alone.
        """
        planned = [plan.address for plan in plans]
        for address in _outermost_first(self.state.slots):
            on_screen = self.state.slots[address]
            if address in self.snapshot or any(one.contains(address) for one in planned):
                continue
            places = (find_place(page, address, on_screen.key) for page in self.pages_shown())
            if place := next(filter(None, places), None):
                plan = fresh_slot(place)
                is_other = (plan.variant, plan.src) != (on_screen.variant, on_screen.src)
                if plan.action != "missing" and is_other:
                    planned.append(address)
                    yield replace(plan, why="the entry of the history does not know this slot")

    def slots(self, addresses: Iterable[SlotAddress]) -> list[SlotPlan]:
        """Plan slots on screen, the outermost ones only: the plan of a slot has the slots inside it."""
        plans: list[SlotPlan] = []
        for address in _outermost_first(addresses):
            if not any(plan.address.contains(address) for plan in plans):
                if not self.is_printed(address):
                    raise _NotRestorable
                plans.append(self.slot(address))
        return plans

    def slot(self, address: SlotAddress) -> SlotPlan:
        """Plan a slot, and the slots inside it, as they were."""
        mounted = self.snapshot[address]
        page = (
            self.snapshot.get(address.child(CHILDREN)) if mounted.variant == "layout" else mounted
        )
        if page and page.variant == "intercepted":
            return self.intercepted_slot(address, page)
        if mounted.variant == "empty" and mounted.mount_url and address.is_level:
            place = self.intercepting_place(address)._replace(address=address)
            return SlotPlan(*place, "empty", "that is what was on screen")
        for resolved in self.pages_of(address):
            if found := find_place(resolved, address, mounted.key):
                is_default = mounted.variant in ("default", "empty") or (
                    mounted.variant == "layout" and self.is_layout_of_default(found)
                )
                plan = _or_empty(default_slot(found) if is_default else fresh_slot(found))
                if plan.variant == mounted.variant:
                    inner = [
                        self.slot(one.address) if one.address in self.snapshot else _or_empty(one)
                        for one in plan.inner
                    ]
                    return self.with_stacked(replace(plan, inner=tuple(inner)))
        raise _NotRestorable

    def intercepting_place(self, level: SlotAddress) -> Place:
        """Return the place of the slot that intercepts, for this slot or a level stacked above it."""
        if level not in self.snapshot:
            raise _NotRestorable
        mounted, slot = self.snapshot[level], level
        page = self.resolve(mounted.mount_url)
        while not (place := find_place(page, slot, mounted.key, level)):
            if not slot.is_level:
                raise _NotRestorable
            slot = slot.parent
        return place

    def intercepted_slot(self, address: SlotAddress, page: MountedSlot) -> SlotPlan:
        """Plan a slot that shows an intercepted page. Whether it intercepts is not decided again."""
        # Inside a slot's own layout (its frame), a page has no mount URL: the slot around it has that.
        level = address if self.snapshot[address].mount_url else address.parent
        place, target = self.intercepting_place(level), self.resolve(page.src)
        matches = [*InterceptionMatch.all_in(place, target)] if target else []
        if not matches:
            raise _NotRestorable
        beneath = self.context.names_of_pages(self.snapshot)
        applicable = (match for match in matches if match.comes_from(beneath))
        plan = next(applicable, matches[0]).plan(level, self.close_url(level), self.context)
        if level == address:
            return self.with_stacked(plan)
        if not plan.inner:  # A forged state names a page in a frame that does not exist.
            raise _NotRestorable
        return plan.inner[0]

    def with_stacked(self, plan: SlotPlan) -> SlotPlan:
        """Return a plan with the level above it as it was."""
        stacked = plan.stacked
        if stacked and stacked.address in self.snapshot:
            stacked = self.slot(stacked.address)
        return replace(plan, why="that is what was on screen", stacked=stacked)

    def close_url(self, level: SlotAddress) -> str:
        """Return the URL that closing a level leads to: that of the level beneath, or else of the page."""
        beneath = level.parent
        page = self.snapshot.get(beneath.child(CHILDREN)) or self.snapshot.get(beneath)
        return page.src if level.is_level and page else self.state.origin

    def pages_shown(self) -> Iterator[ResolvedUrl | None]:
        """Yield what the URL in the address bar resolves to, and the one beneath what is intercepted."""
        yield self.page
        if self.state.origin:
            yield self.resolve(self.state.origin)

    def pages_of(self, address: SlotAddress) -> Iterator[ResolvedUrl | None]:
        """Yield the pages for which a slot may be rendered, the best first.

        That is the slot's own URL, unless it shows a layout. A layout is rendered for the page on screen:
        slots that it has not printed before show what a hard load of that page would. If the layout is
        not part of that page, any page in it will do: the layout's own URL may have no page. A layout
        whose slots have not arrived yet has nothing but its own URL.
        """
        src = self.snapshot[address].src
        if self.snapshot[address].variant == "layout":
            yield from self.pages_shown()
            inside = (
                slot.src
                for one, slot in self.snapshot.items()
                if slot.variant != "layout" and one != address and address.contains(one)
            )
            src = next(inside, src)
        yield self.resolve(src)

    def is_layout_of_default(self, place: Place) -> bool:
        """Tell whether a layout is that of the slot's default. Its URL may match a page of the slot, too."""
        slot, address = place.slot, place.address.child(CHILDREN)
        inside = self.snapshot.get(address)
        if inside is None or not isinstance(slot.default, Segment) or slot.default is slot.frame:
            return False
        match = layout_match(slot.default, place.outer, slot)
        return is_key_of(inside.key, match, place.location.path, address)


def _or_empty(plan: SlotPlan) -> SlotPlan:
    """Return the plan of a slot. If nothing can fill it, the slot is empty; a hard load would be a 404."""
    if plan.action != "missing":
        return plan
    return replace(plan, action="empty", why="it was not on screen")
