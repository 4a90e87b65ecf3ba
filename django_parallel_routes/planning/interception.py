"""Plans of interceptions: a route is shown in a slot of the page one comes from (S22 to B32)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django_parallel_routes.address import related, within
from django_parallel_routes.declarations import CHILDREN, Interception, Slot
from django_parallel_routes.location import Location, path_of
from django_parallel_routes.matches import Match, PageMatch, SegmentMatch
from django_parallel_routes.planning.plan import (
    KeyOf,
    Plan,
    Question,
    Resolve,
    SlotPlan,
    Target,
    any_mounted,
    enter_default,
    has_printed,
    kept,
    mounted_in,
    nothing_above,
    plan_page,
    printer,
    step_into,
)
from django_parallel_routes.protocol.state import MAX_DEPTH, MountedSlot, State

UrlOf = Callable[[Interception, PageMatch], str | None]
"""Gives the URL of an interception's background for a target, if it has one."""


@dataclass(frozen=True)
class Opened:
    """An interception that fires: what is shown, in which slot of which segment."""

    parent: SegmentMatch
    """The segment whose layout has printed the slot, for the URL ``home``."""
    slot: Slot
    home: Location
    target: Target
    rule: Interception
    page: PageMatch
    """The target's page that the rule names."""

    @property
    def shown(self) -> PageMatch:
        """What stands in the slot: the rule's view with the kwargs of both, or the target's own."""
        if self.rule.view is None:
            return self.page
        own = self.page.captured
        captured = self.parent.captured.joined(own)
        return replace(self.page, view=self.rule.view, captured=captured, own=own)

    def at(self, level: str, beneath: str) -> SlotPlan:
        """Plan the slot at an address, which is the slot's own or that of a level above it."""
        why = f"{self.rule.route!r} is intercepted here"
        location = self.target.location
        above = nothing_above(self.parent, self.slot, level, self.home)
        frame, rule = self.frame, self.slot.interceptions.index(self.rule)
        if frame is None:
            return SlotPlan(
                level, "intercepted", why, location, self.parent, self.shown, above=above,
                shows="intercepted", beneath=beneath, home=self.home, rule=rule,
            )  # fmt: skip
        inner = SlotPlan(
            f"{level}.{CHILDREN}", "intercepted", why, location, frame, self.shown,
            shows="intercepted", beneath=beneath, home=self.home, rule=rule,
        )  # fmt: skip
        return SlotPlan(
            level, "intercepted", why, self.home, self.parent, frame, (inner,), above,
            shows="layout", beneath=beneath, home=self.home,
        )  # fmt: skip

    @property
    def frame(self) -> SegmentMatch | None:
        """The match of the slot's own layout around what is shown, if it has one."""
        if self.slot.frame is None:
            return None
        parent = self.parent
        return SegmentMatch(
            self.slot.frame,
            parent.captured,
            parent.rest,
            {CHILDREN: self.shown},
            parent.around(self.slot),
            self.shown.rank,
        )

    def questions(self, state: State, key_of: KeyOf) -> tuple[Question, ...]:
        """Return the target's views that may refuse it, but for layouts that are on screen (B30)."""

        def is_mounted(segment: SegmentMatch, prefix: str) -> bool:
            return any_mounted(segment, prefix, self.target.location, state, key_of)

        return tuple(self._questions(is_mounted))

    def _questions(self, is_mounted: Callable[[SegmentMatch, str], bool]) -> Iterator[Question]:
        target, segment, prefix = self.target, self.target.root, ""
        while segment is not None:
            if not is_mounted(segment, prefix):
                yield Question(target.location, None, segment, prefix)
            inner = [
                (name, match)
                for name, match in segment.slots.items()
                if isinstance(match, SegmentMatch) and self.page in match.pages()
            ]
            if not inner:
                break
            prefix, segment = f"{prefix}{inner[0][0]}.", inner[0][1]
        if self.rule.view is not None and self.rule.view is not self.page.view:
            yield Question(target.location, self.page, segment, prefix)


@dataclass(frozen=True)
class Verdict:
    """Whether a rule fires in a slot on screen."""

    address: str
    opened: Opened
    objection: str = ""
    """Why it does not."""


def plan_interception(
    target: Target, state: State, key_of: KeyOf, resolve: Resolve
) -> Plan | None:
    """Plan a soft navigation or form whose target a slot on screen intercepts, if one does (S22).

    Only that slot changes (S24). The deepest slot wins, then the order in which they are printed.
    """
    if objection_to(target, state):
        return None
    for verdict in verdicts(target, state, key_of, resolve):
        if not verdict.objection:
            return _plan_opened(verdict.opened, verdict.address, state, key_of, resolve)
    return None


def back_below(target: Target, state: State) -> State:
    """Return the state of a navigation, which may follow a form, with the slot that it comes from.

    Where a form redirects to the page of a level beneath its own, that is as if it had stood there: what
    was open above it, to be filled in, is done with (S40).
    """
    levels = [
        address
        for address, slot in state.slots.items()
        if slot.shows == "intercepted"
        and slot.path == target.location.path
        and within(state.source_slot, address.removesuffix(f".{CHILDREN}"))
    ]
    return replace(state, source_slot=max(levels, key=len)) if state.form and levels else state


def objection_to(target: Target, state: State) -> str:
    """Return why no slot on screen intercepts a URL, whatever its rules are, or ``""``."""
    if not state.origin:
        return 'the link has data-pr-intercept="false"'
    if _is_where_one_is(target, state):
        return "one is on this very URL already"
    return ""


def verdicts(target: Target, state: State, key_of: KeyOf, resolve: Resolve) -> Iterator[Verdict]:
    """Yield the rules of slots on screen that name a URL's route; the first without objection fires."""
    homes = [(address, slot) for address, slot in state.slots.items() if slot.home]
    beneath: frozenset[str] | None = None
    for address, mounted in sorted(homes, key=lambda item: -item[0].count(".")):
        found = printed(address, mounted, key_of, resolve)
        if found is None or found[2] != address:
            continue
        parent, slot, _ = found
        for rule in slot.interceptions:
            for page in target.pages:
                if rule.route in page.names:
                    if rule.origins and beneath is None:
                        beneath = names_beneath(state.slots, key_of, resolve)
                    opened = Opened(parent, slot, Location.of(mounted.home), target, rule, page)
                    yield Verdict(address, opened, _objection(opened, address, state, beneath))


def _objection(opened: Opened, address: str, state: State, beneath: frozenset[str] | None) -> str:
    rule, path = opened.rule, opened.target.location.path
    if state.target_slot and not related(state.target_slot, address):
        return f"the link names the slot {state.target_slot!r}"
    is_shown = within(state.source_slot, address) and any(  # That was decided when it was opened.
        slot.shows == "intercepted" and slot.path == path and within(inner, address)
        for inner, slot in state.slots.items()
    )
    if not is_shown and beneath is not None and not comes_from(rule, beneath):
        names = " or ".join(map(repr, rule.origins))
        return f"origin={names} is not what lies beneath"
    return ""


def plan_inside(target: Target, state: State, key_of: KeyOf, resolve: Resolve) -> Plan | None:
    """Plan a form, or an element's own request, that stands in what was intercepted (B39, B19).

    It reaches the view that is shown there, and no other.
    """
    plan = plan_interception(target, state, key_of, resolve)
    if plan is None:
        return None
    page = next(
        slot
        for slot in plan.by_address.values()
        if slot.action == "intercepted" and slot.shows == "intercepted"
    )
    mounted = state.slots.get(page.address)
    if mounted is None or not state.source_slot or not related(page.address, state.source_slot):
        return None
    addressed = (page.address,)
    proven = frozenset(addressed)  # or it would not have a key
    if state.intent == "slot":
        why = "a request with a target of its own"
        return replace(
            plan, kind="slot", why=why, slots=(page,), addressed=addressed, proven=proven
        )
    own = replace(page, location=Location.of(mounted.src))  # the form's may not answer GET
    slots = placed(plan.slots, own)
    return replace(plan, slots=slots, addressed=addressed, proven=proven)


def printed(
    address: str, mounted: MountedSlot, key_of: KeyOf, resolve: Resolve
) -> tuple[SegmentMatch, Slot, str] | None:
    """Return the segment that has printed a slot that intercepts, and the slot with its address.

    The slot at ``address`` may be one in which a level opens: it is named like the slot, once more.
    """
    home = resolve(mounted.home) if mounted.home else None
    if home is None or home.root is None:
        return None
    base = address
    while True:
        *above, name = base.split(".")
        parent: Match | None = home.root
        for step in above:
            parent = step_into(parent, step)
        if (
            isinstance(parent, SegmentMatch)
            and (slot := parent.segment.slot(name))
            and has_printed(parent, home.location.path, address, mounted.key, key_of)
        ):
            return parent, slot, base
        if above[-1:] != [name]:
            return None
        base = ".".join(above)


def _is_where_one_is(target: Target, state: State) -> bool:
    """Tell whether the URL is the one that one is on, so that its variant stays (S27).

    A form that leads back to where one is does not count as a click on the same link.
    """
    path = target.location.path
    if path != path_of(state.current_url):
        return False
    if target.location.src == state.current_url and not state.form and state.intent == "navigate":
        return True
    return not any(
        slot.shows == "intercepted" and slot.path == path for slot in state.slots.values()
    )


def comes_from(rule: Interception, beneath: frozenset[str]) -> bool:
    """Tell whether one of the pages underneath is one that the rule names, if it names any (S22)."""
    return not rule.origins or not beneath.isdisjoint(rule.origins)


def names_beneath(
    slots: Mapping[str, MountedSlot], key_of: KeyOf, resolve: Resolve
) -> frozenset[str]:
    """Return the names of the routes whose pages are on screen, as far as keys prove it."""
    names: set[str] = set()
    for address, mounted in slots.items():
        if mounted.shows == "page":
            parent = printer(address, mounted.src, mounted.key, key_of, resolve)
            match = parent and parent.slots[address.rpartition(".")[2]]
            if isinstance(match, PageMatch):
                names |= match.names
    return frozenset(names)


def _plan_opened(
    opened: Opened, address: str, state: State, key_of: KeyOf, resolve: Resolve
) -> Plan:
    parent, slot, home = opened.parent, opened.slot, opened.home

    def is_mounted(level: str) -> bool:
        return mounted_in(state, parent, home.path, level, key_of) is not None

    level, beneath = address, state.origin
    if within(
        state.source_slot, address
    ):  # The link stands in this slot: find out in which level.
        while within(state.source_slot, above := f"{level}.{slot.name}") and is_mounted(above):
            level, beneath = above, _src(level, state)
        above = f"{level}.{slot.name}"
        # A form, or a link to another page of it, that leads to what is shown here stays here.
        is_elsewhere = path_of(_src(level, state)) != opened.target.location.path
        opens_above = opened.rule.opens == "above" and is_elsewhere
        if opens_above and _is_open(level, state) and is_mounted(above):
            level, beneath = above, _src(level, state)
    plan = opened.at(level, beneath)
    changes = [plan]
    frame = opened.frame
    if frame and mounted_in(state, frame, home.path, f"{level}.{CHILDREN}", key_of):
        changes = [*plan.inner]  # The frame stays; what is open above it closes.
        if plan.above and _is_open(plan.above.address, state):
            changes.append(plan.above)
    if slot.name == CHILDREN:  # S25: another page, so what was open over the old one closes (B18).
        changes.extend(closing(state, key_of, resolve, besides=address))
    changed = {change.address for change in changes}
    around = address.rpartition(".")[0]
    why = "only the slot that intercepts changes"
    others = tuple(
        kept(parent, other, mounted, why, is_known=other.rpartition(".")[0] == around)
        for other, mounted in state.slots.items()
        if not any(within(other, one) for one in changed)
    )
    found = resolve(home.src)
    assert found and found.root  # noqa: PT018 - it was resolved before
    return Plan(
        "slots",
        f"{opened.rule.route!r} is intercepted",
        found.root,
        opened.target.location,
        (*changes, *others),
        questions=opened.questions(state, key_of),
    )


def closing(
    state: State, key_of: KeyOf, resolve: Resolve, *, besides: str = ""
) -> Iterator[SlotPlan]:
    """Plan the defaults of slots in which something is open, as far as they close by themselves (B18)."""
    for address, mounted in state.slots.items():
        is_open = mounted.shows in ("intercepted", "layout")
        if (
            is_open
            and not within(address, besides)  # which is replaced as a whole
            and (found := printed(address, mounted, key_of, resolve))
        ):
            parent, slot, base = found
            if base == address and slot.unmatched == "default":
                plan = enter_default(parent, slot, address, Location.of(mounted.home))
                yield replace(plan, why='one navigates elsewhere, and unmatched="default"')


def _src(level: str, state: State) -> str:
    """Return the URL of what is open at a level: closing the one above it leads there."""
    page = state.slots.get(f"{level}.{CHILDREN}") or state.slots[level]
    return page.src


def _is_open(level: str, state: State) -> bool:
    return level in state.slots and state.slots[level].shows != "empty"


def plan_background(
    target: Target, rules: Iterable[Interception], url_of: UrlOf, key_of: KeyOf, resolve: Resolve
) -> Plan | None:
    """Plan a hard load of a target over its declared background, and that over its own (B31).

    Returns ``None`` if it has none, or the background does not have the slot that intercepts it.
    """
    rules = tuple(rules)
    levels: list[tuple[Target, Interception, PageMatch]] = []
    below: Target | None = target
    while below and (found := _declared(below, rules, url_of)):
        rule, page, src = found
        levels.append((below, rule, page))
        if len(levels) == MAX_DEPTH:  # they lead in a circle
            return None
        below = resolve(src)
    if not levels or below is None or below.root is None:
        return None
    plan = plan_page(below.root, below.location)
    why = f"its background is {below.location.src}"
    for level, rule, page in reversed(levels):
        place = next((slot for slot in plan.by_address.values() if _takes(slot, rule)), None)
        if plan.kind != "page" or place is None or place.slot is None:
            return None
        opened = Opened(place.outer, place.slot, below.location, level, rule, page)
        beneath = place.beneath or below.location.src
        while rule.opens == "above" and place.action == "intercepted" and place.above:
            beneath = (place.inner or (place,))[0].src
            place = place.above
        on_page = {
            slot.address: MountedSlot(
                slot.shows, slot.src, key_of(slot.outer, slot.location.path, slot.address, "")
            )
            for slot in plan.by_address.values()
        }
        questions = opened.questions(State("navigate", on_page), key_of)
        slots = placed(plan.slots, opened.at(place.address, beneath))
        plan = replace(plan, why=why, slots=slots, questions=(*plan.questions, *questions))
    return plan


def _declared(
    target: Target, rules: tuple[Interception, ...], url_of: UrlOf
) -> tuple[Interception, PageMatch, str] | None:
    """Return the rule that declares a background for a target, and the URL of that."""
    for rule in rules:
        for page in target.pages:
            if rule.route in page.names and (src := url_of(rule, page)):
                return rule, page, src
    return None


def _takes(plan: SlotPlan, rule: Interception) -> bool:
    return plan.slot is not None and rule in plan.slot.interceptions


def placed(plans: tuple[SlotPlan, ...], new: SlotPlan) -> tuple[SlotPlan, ...]:
    """Return the plans with the one at the new one's address replaced, wherever it stands."""
    return tuple(
        new
        if plan.address == new.address
        else replace(
            plan,
            inner=placed(plan.inner, new),
            above=placed((plan.above,), new)[0] if plan.above else None,
        )
        if within(new.address, plan.address)
        else plan
        for plan in plans
    )
