"""Plans of traversals and refreshes: slots are rendered as they were, or are said to be (S33, S38)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from django_parallel_routes.address import meant_by, within
from django_parallel_routes.declarations import CHILDREN, Segment, Slot
from django_parallel_routes.location import Location
from django_parallel_routes.matches import SegmentMatch, default_layout_match
from django_parallel_routes.planning.interception import (
    Opened,
    comes_from,
    names_beneath,
    placed,
    printed,
)
from django_parallel_routes.planning.plan import (
    KeyOf,
    Plan,
    Question,
    Resolve,
    SlotPlan,
    Target,
    checked,
    enter,
    enter_default,
    has_printed,
    parents_of,
    shown_in,
)
from django_parallel_routes.protocol.state import MountedSlot, State

SO_IT_WAS = "that is what was on screen"


def plan_restore(target: Target, state: State, key_of: KeyOf, resolve: Resolve) -> Plan | None:
    """Plan a traversal: the slots that differ, as they were, at their own URLs.

    Returns ``None`` if nothing can be brought back: the client is to load the document.
    """
    traversal = _Traversal(state, key_of, resolve, target)
    slots: list[SlotPlan] = []
    questions: list[Question] = []
    for address, want in sorted(state.restore.items(), key=lambda item: len(item[0])):
        if any(address.startswith(f"{slot.address}.") for slot in slots):
            continue  # It comes back with the slot around it, which is shorter and so was here before.
        on_screen = state.slots.get(address)
        is_same = (
            on_screen and replace(on_screen, home=want.home) == want
        )  # any URL of the segment
        if is_same and traversal.is_same_inside(address):
            continue
        if on_screen is None or on_screen.key != want.key:
            return None
        restored = traversal.restored(address)
        if restored is None:
            return None
        slots.append(restored[0])
        questions.extend(restored[1])
    slots.extend(traversal.printed_since(slots))
    return _planned("a traversal of the history", target, state, resolve, slots, questions)


def plan_refresh(target: Target, state: State, key_of: KeyOf, resolve: Resolve) -> Plan | None:
    """Plan a refresh: slots once more, each as it is said to be on screen, at its own URL (S38).

    That is how deferred slots come, too. Returns ``None`` if one of them can't be had.
    """
    state = replace(state, restore=state.slots)
    traversal = _Traversal(state, key_of, resolve, target)
    slots: list[SlotPlan] = []
    questions: list[Question] = []
    for address in sorted(set(state.refresh), key=len):
        if any(within(address, slot.address) for slot in slots):
            continue
        restored = traversal.restored(address) if address in state.slots else None
        if restored is None:
            return None
        slots.append(replace(restored[0], why="a refresh"))
        questions.extend(restored[1])
    plan = _planned("a refresh", target, state, resolve, slots, questions) if slots else None
    return plan and replace(plan, moves=False)


def with_refreshes(
    plan: Plan,
    names: tuple[str, ...],
    state: State,
    key_of: KeyOf,
    resolve: Resolve,
    page: Target | None,
) -> Plan:
    """Return the plan of a soft answer with slots that are rendered again besides (S40).

    A layout is rendered with what the answer changes in it. ``page`` is what the URL in the address bar
    resolves to, when the answer is there.
    """
    if plan.kind != "slots" or not names:
        return plan
    changed = plan.changed
    traversal = _Traversal(replace(state, restore=state.slots), key_of, resolve, page)
    slots: dict[str, SlotPlan] = {}
    questions: list[Question] = []
    for address in sorted(meant_by(names, state.slots), key=len):
        shows = state.slots[address].shows
        is_new = any(
            within(address, other) for other in (*slots, *(one.address for one in changed))
        )
        in_it = [one for one in changed if within(one.address, address)]
        if shows == "empty" or is_new or (in_it and shows != "layout"):
            continue
        if restored := traversal.restored(address):
            again: tuple[SlotPlan, ...] = (
                replace(restored[0], why=_why_again(restored[0], state)),
            )
            for one in in_it:
                again = placed(again, one)
            slots[address] = again[0]
            questions.extend(restored[1])
    others = (slot for slot in plan.slots if not any(within(slot.address, one) for one in slots))
    return replace(
        plan,
        slots=(*others, *slots.values()),
        questions=(*plan.questions, *questions),
    )


def _why_again(plan: SlotPlan, state: State) -> str:
    if plan.address in state.refresh:
        return 'unmatched="refresh": it comes with each answer'
    return "it shows what has changed"


def _planned(
    why: str,
    target: Target,
    state: State,
    resolve: Resolve,
    slots: list[SlotPlan],
    questions: list[Question],
) -> Plan | None:
    roots = (resolve(slot.home or slot.src) for slot in state.restore.values())
    root = target.root or next((found.root for found in roots if found and found.root), None)
    if root is None:
        return None
    plan = Plan("slots", why, root, target.location, tuple(slots), questions=tuple(questions))
    return checked(plan)


Restored = tuple[SlotPlan, tuple[Question, ...]]


@dataclass(frozen=True)
class _Traversal:
    state: State
    key_of: KeyOf
    resolve: Resolve
    page: Target | None
    """What the URL in the address bar resolves to, as far as it is known."""

    @cached_property
    def names_beneath(self) -> frozenset[str]:
        """The names of the routes whose pages were on screen."""
        return names_beneath(self.state.restore, self.key_of, self.resolve)

    def is_same_inside(self, address: str) -> bool:
        """Tell whether the slots right in a slot are those of the entry: printed by the same layout."""
        return all(
            name in self.state.slots and self.state.slots[name].key == want.key
            for name, want in self.state.restore.items()
            if name.rpartition(".")[0] == address
        )

    def printed_since(self, plans: Iterable[SlotPlan]) -> Iterator[SlotPlan]:
        """Plan the slots that the entry does not know, since a refreshed layout has printed them later.

        They show what a hard load would (S38), and stay if they show that already.
        """
        planned = [plan.address for plan in plans]
        for address, on_screen in sorted(self.state.slots.items(), key=lambda item: len(item[0])):
            if address in self.state.restore or any(within(address, outer) for outer in planned):
                continue
            pages = (self.page, self.resolve(self.state.origin) if self.state.origin else None)
            places = (self.place(address, on_screen, page) for page in pages)
            place = next((place for place in places if place), None)
            if place is None:
                continue
            parent, slot, location = place
            plan = enter(parent, slot, address, location)
            if (plan.shows, plan.src) != (
                on_screen.shows,
                on_screen.src,
            ) and plan.action != "missing":
                planned.append(address)
                yield replace(plan, why="the entry of the history does not know this slot")

    def restored(self, address: str) -> Restored | None:
        """Plan a slot as the entry has it, or return ``None`` if that is gone (a deploy, say)."""
        want = self.state.restore[address]
        framed = self.state.restore.get(f"{address}.{CHILDREN}")
        if want.shows == "intercepted":
            return self.reopened(address, want)
        if want.shows == "layout" and framed and framed.shows == "intercepted":
            return self.reopened(address, framed)
        if want.home and want.shows == "empty" and self.is_level(address):
            found = printed(address, want, self.key_of, self.resolve)
            if found is None:
                return None
            home = Location.of(want.home)
            plan = SlotPlan(address, "empty", SO_IT_WAS, home, found[0], shows="empty", home=home)
            return plan, ()
        return self.rendered(address, want)

    def is_level(self, address: str) -> bool:
        """Tell whether a slot is one in which one more level opens: printed by no layout."""
        outer, _, name = address.rpartition(".")
        return outer.rpartition(".")[2] == name

    def reopened(self, address: str, page: MountedSlot) -> Restored | None:
        """Plan what was intercepted: decided then, and not anew (S33)."""
        level = address
        if not self.state.restore[level].home:  # the page in a frame
            level = address.rpartition(".")[0]
        want = self.state.restore.get(level)
        target = self.resolve(page.src)
        found = printed(level, want, self.key_of, self.resolve) if want else None
        if not want or not found or not target:
            return None
        parent, slot, _ = found
        named = [
            Opened(parent, slot, Location.of(want.home), target, rule, shown)
            for rule in slot.interceptions
            for shown in target.pages
            if rule.route in shown.names
        ]
        fired = (one for one in named if comes_from(one.rule, self.names_beneath))
        opened = next(fired, named[0] if named else None)
        if opened is None:
            return None
        plan = opened.at(level, self.beneath(level, slot.name))
        if level != address:
            return plan.inner[0], opened.questions(self.state, self.key_of)
        return self.with_above(plan, opened.questions(self.state, self.key_of))

    def with_above(self, plan: SlotPlan, questions: tuple[Question, ...]) -> Restored | None:
        plan = replace(plan, why=SO_IT_WAS)
        if not plan.above or plan.above.address not in self.state.restore:
            return plan, questions
        above = self.restored(plan.above.address)
        return above and (replace(plan, above=above[0]), (*questions, *above[1]))

    def beneath(self, level: str, name: str) -> str:
        lower = level.removesuffix(f".{name}")
        page = self.state.restore.get(f"{lower}.{CHILDREN}") or self.state.restore.get(lower)
        return page.src if lower != level and page else self.state.origin

    def rendered(self, address: str, want: MountedSlot) -> Restored | None:
        if want.shows == "layout":
            found = (self.layout(address, want, page) for page in self.pages_of(address, want))
            plan = next((plan for plan in found if plan), None)
            return self.with_inner(plan) if plan else None
        place = self.place(address, want, self.resolve(want.src))
        if place is None:
            return None
        parent, slot, location = place
        if want.shows != "page":
            default = enter_default(parent, slot, address, location)
            return replace(default, why=SO_IT_WAS), ()
        if shown_in(parent, slot) is None:
            return None
        return self.with_inner(replace(enter(parent, slot, address, location), why=SO_IT_WAS))

    def place(
        self, address: str, want: MountedSlot, page: Target | None
    ) -> tuple[SegmentMatch, Slot, Location] | None:
        """Return the segment that has printed a slot as a page has it, if it is the same one."""
        if page is None or page.root is None:
            return None
        for parent in parents_of(page.root, address):
            if has_printed(parent, page.location.path, address, want.key, self.key_of):
                slot = parent.segment.slot(address.rpartition(".")[2])
                assert slot  # or it would have no key
                return parent, slot, page.location
        return None

    def pages_of(self, address: str, want: MountedSlot) -> Iterator[Target | None]:
        """Yield the pages that a layout may be rendered for, the best first.

        What it has not printed before shows what a hard load would, of the URL in the address bar, or of
        the one beneath what is intercepted (S38). Else any page in it will do: its own URL may show
        nothing. A layout that was still on its way has nothing inside, and its own URL.
        """
        yield self.page
        if self.state.origin:
            yield self.resolve(self.state.origin)
        inside = (
            slot for name, slot in self.state.restore.items() if name.startswith(f"{address}.")
        )
        yield self.resolve(next((slot.src for slot in inside if slot.shows != "layout"), want.src))

    def layout(self, address: str, want: MountedSlot, page: Target | None) -> SlotPlan | None:
        """Plan a layout as a page has it, with what it would show there."""
        place = self.place(address, want, page)
        if place is None:
            return None
        parent, slot, location = place
        if self.is_layout_of_default(parent, slot, address, location):
            plan = enter_default(parent, slot, address, location)
            return replace(plan, why=SO_IT_WAS)
        if not isinstance(shown_in(parent, slot), SegmentMatch):
            return None
        return replace(enter(parent, slot, address, location), why=SO_IT_WAS)

    def is_layout_of_default(
        self, parent: SegmentMatch, slot: Slot, address: str, location: Location
    ) -> bool:
        """Tell whether a layout is that of the slot's default, whose URL may match a page of the slot."""
        inside = self.state.restore.get(f"{address}.{CHILDREN}")
        if inside is None or not isinstance(slot.default, Segment) or slot.default is slot.frame:
            return False
        match = default_layout_match(parent, slot)
        return has_printed(match, location.path, f"{address}.{CHILDREN}", inside.key, self.key_of)

    def with_inner(self, plan: SlotPlan) -> Restored | None:
        inner: list[SlotPlan] = []
        questions: tuple[Question, ...] = ()
        for slot in plan.inner:
            if slot.address in self.state.restore:
                restored = self.restored(slot.address)
                if restored is None:
                    return None
                inner.append(restored[0])
                questions += restored[1]
            elif slot.action == "missing":  # It was not printed then.
                inner.append(
                    replace(slot, action="empty", shows="empty", why="it was not on screen")
                )
            else:
                inner.append(slot)
        return self.with_above(replace(plan, inner=tuple(inner)), questions)
