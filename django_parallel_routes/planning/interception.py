"""Plans of interceptions: a slot shows the target of a navigation, or of a hard load over a background."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag, urlsplit

from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch, get_resolver, get_urlconf, reverse

from django_parallel_routes.declarations import CHILDREN, Interception, View
from django_parallel_routes.matches import PageMatch, SegmentMatch, layout_match, route_names
from django_parallel_routes.planning.context import (
    Context,
    ResolvedUrl,
    interceptions_of,
    is_intercepted,
)
from django_parallel_routes.planning.plan import (
    AccessCheck,
    Intercepted,
    Place,
    Plan,
    SlotPlan,
    default_slot,
    empty_level_above,
    key_of,
    plan_page,
)
from django_parallel_routes.protocol.state import MAX_DEPTH, MountedSlot, State, without_host
from django_parallel_routes.values import (
    NO_SLOT,
    SlotAddress,
    path_of,
    replace,
    value_class,
)


@value_class
class InterceptionMatch:
    """An ``intercept()`` that names the route of a URL, and the slot on screen that declares it."""

    place: Place
    target: ResolvedUrl
    interception: Interception
    page: PageMatch
    """The target's page that the interception names."""

    @classmethod
    def all_in(cls, place: Place, target: ResolvedUrl) -> Iterator[InterceptionMatch]:
        """Yield the interceptions of a slot that name a route of the target."""
        for interception in place.slot.interceptions:
            for page in target.pages:
                if interception.route in route_names(page):
                    yield cls(place, target, interception, page)

    @property
    def view(self) -> View:
        """The view that is shown: the interception's, or the target's."""
        return self.page.view if self.interception.view is None else self.interception.view

    def is_certain(self, level: SlotAddress, state: State) -> bool:
        """Tell whether a slot that already shows the path surely shows it by this view.

        Several interceptions may show one route by different views, and the page underneath decides which.
        The state does not name the view. If two were merged, the form of one would show what was typed into
        the form of the other. It is certain if there is only one view, or if the slot would have closed
        when the page underneath changed.
        """
        named = self.all_in(self.place, self.target)
        if all(one.view is self.view for one in named):
            return True
        is_inside = state.intent == "refresh" or level.contains(state.source_slot)
        return is_inside and self.place.slot.unmatched == "default"

    def comes_from(self, names: frozenset[str]) -> bool:
        """Tell whether one of the pages underneath is an origin. Without origins, any page is."""
        return not self.interception.origins or not names.isdisjoint(self.interception.origins)

    def plan(self, level: SlotAddress, close_url: str, context: Context) -> SlotPlan:
        """Plan the slot, or the level at an address that is stacked above it."""
        place, slot, shown = self.place, self.place.slot, self.page
        if self.interception.view is not None:  # The view gets the arguments of the segment, too.
            captured = place.outer.captured.with_inner(shown.captured)
            shown = shown._replace(view=self.view, captured=captured, url_captured=shown.captured)
        number = slot.interceptions.index(self.interception)
        is_certain, checks = self.is_certain(level, context.state), self._access_checks(context)
        intercepted = Intercepted(place.location, close_url, number, is_certain, tuple(checks))
        why = f"{self.interception.route!r} is intercepted here"
        stacked = empty_level_above(place, level) if slot.stacks else None
        here = place._replace(address=level, location=self.target.location)
        page = SlotPlan(*here, "intercepted", why, shown, (), stacked, intercepted)
        if slot.frame is None:
            return page
        frame = layout_match(slot.frame, place.outer, slot, shown)
        inside = Place(level.child(CHILDREN), frame, frame.segment.slots[0], here.location)
        inner = SlotPlan(*inside, "intercepted", why, shown, intercepted=intercepted)
        around = intercepted._replace(access_checks=())  # The access checks are made for the page.
        there = place._replace(address=level)
        return SlotPlan(*there, "intercepted", why, frame, (inner,), stacked, around)

    def _access_checks(self, context: Context) -> Iterator[AccessCheck]:
        """Yield the target's views that may refuse the user, except layouts that are on screen."""
        if not self.interception.asks:
            return
        location, match, address = self.target.location, self.target.match, NO_SLOT
        outer: SegmentMatch | None = None
        for one in self.page.enclosing:
            assert isinstance(match, SegmentMatch)
            if not context.printed_by(match, address, location):
                yield AccessCheck(location, match, address)
            outer, address = match, address.child(one.slot.name)
            match = match.slots[one.slot.name]
        if self.view != self.page.view:
            yield AccessCheck(location, self.page, address or SlotAddress(CHILDREN), outer)


def plan_interception(context: Context) -> Plan | None:
    """Plan a soft navigation or form whose target a slot on screen intercepts, if one does.

    Only that slot changes. If several slots intercept it, the deepest one does, and among those the first
    one that was printed.
    """
    if reason_not_intercepted(context) or not is_intercepted(context.target.pages):
        return None
    applicable = (match for match, reason_not in candidates(context) if not reason_not)
    if (match := next(applicable, None)) is None:
        return None
    state, place = context.state, match.place
    level, close_url = _level_for(match, context)
    shown = match.plan(level, close_url, context)
    changes = [shown]
    if any(context.has_printed(one.outer, one.address, place.location) for one in shown.inner):
        changes = [*shown.inner]  # The slot's own layout stays, and what is open above closes.
        if shown.stacked and _is_open(shown.stacked.address, state):
            changes.append(shown.stacked)
    if place.slot.name == CHILDREN:
        # The main page changes, so what was open over it closes.
        closed = closing_slots(context)
        changes.extend(one for one in closed if not place.address.contains(one.address))
    page = context.resolve(place.location.src)
    assert page  # The slot was found by this page.
    assert page.root
    kept = context.others_kept(changes, "only the slot that intercepts changes", place)
    why = f"{match.interception.route!r} is intercepted"
    return context.plan(why, page.root, changes, kept)


def from_level_beneath(context: Context) -> Context:
    """Return the context of a redirect from a form to a level beneath that of the form.

    The form counts as if it had stood in that level. So the level above it, which was opened to fill in
    the form, closes.
    """
    state = context.state
    levels = [
        address
        for address in context.showing_target
        if SlotAddress(address.removesuffix(f".{CHILDREN}")).contains(state.source_slot)
    ]
    level = max(levels, key=len, default=state.source_slot)
    return replace(context, state=replace(state, source_slot=level))


def reason_not_intercepted(context: Context) -> str:
    """Return why no slot on screen can intercept the URL, whatever the slots declare, or ``""``."""
    state, location = context.state, context.target.location
    if not state.origin:
        return 'the link has data-pr-intercept="false"'
    if location.path != path_of(state.current_url):
        return ""
    # A form that leads back to its page does not count as a click on the same link.
    is_same = location.src == state.current_url
    is_again = is_same and not state.form and state.intent == "navigate"
    if is_again or not context.showing_target:
        return "the browser is on this very URL already"
    return ""


def candidates(context: Context) -> Iterator[tuple[InterceptionMatch, str]]:
    """Yield each interception on screen that names the route, and why it does not fire.

    The first one without a reason fires.
    """
    slots = [address for address, mounted in context.state.slots.items() if mounted.mount_url]
    for address in sorted(slots, key=lambda address: -address.count(".")):
        place = context.intercepting_place(address)
        matches = [*InterceptionMatch.all_in(place, context.target)] if place else []
        for match in matches:
            yield match, _reason_not(match, matches, context)


def _reason_not(
    match: InterceptionMatch, matches: list[InterceptionMatch], context: Context
) -> str:
    """Return why an interception does not fire, or ``""``; ``matches`` are all those of its slot."""
    state, address = context.state, match.place.address
    if state.target_slot and not state.target_slot.overlaps(address):
        return f"the link names the slot {state.target_slot!r}"
    origins = match.interception.origins
    if not origins or match.comes_from(context.pages_on_screen):
        return ""
    # The slot already shows the target: this was decided when it was opened.
    is_inside = address.contains(state.source_slot)
    is_shown = is_inside and any(address.contains(inner) for inner in context.showing_target)
    if is_shown and not any(one.comes_from(context.pages_on_screen) for one in matches):
        return ""
    return f"origin={' or '.join(map(repr, origins))} is not what lies beneath"


def _level_for(match: InterceptionMatch, context: Context) -> tuple[SlotAddress, str]:
    """Return the slot that shows a target, or a level above it, and the URL that closing it leads to."""
    state, place = context.state, match.place

    def is_mounted(level: SlotAddress) -> bool:
        return context.has_printed(place.outer, level, place.location)

    level, close_url = place.address, state.origin
    if not level.contains(state.source_slot):
        return level, close_url
    # The link stands in this slot. Find its level.
    above = level.child(place.slot.name)
    while above.contains(state.source_slot) and is_mounted(above):
        level, close_url, above = above, _src_at(level, state), above.child(place.slot.name)
    # A form, or a link to another query, stays in the level that shows its path.
    is_elsewhere = path_of(_src_at(level, state)) != context.target.location.path
    opens_above = match.interception.opens == "above" and is_elsewhere
    if opens_above and _is_open(level, state) and is_mounted(above):
        return above, _src_at(level, state)
    return level, close_url


def closing_slots(context: Context) -> Iterator[SlotPlan]:
    """Plan the defaults of slots in which something is open, as far as they close by themselves."""
    for address, mounted in context.state.slots.items():
        if mounted.variant in ("intercepted", "layout"):
            place = context.intercepting_place(address)
            if place and place.slot.unmatched == "default":
                yield default_slot(
                    place, 'the navigation leads elsewhere, and unmatched="default"'
                )


def _src_at(level: SlotAddress, state: State) -> str:
    """Return the URL of what is open at a level."""
    page = state.slots.get(level.child(CHILDREN)) or state.slots[level]
    return page.src


def _is_open(level: SlotAddress, state: State) -> bool:
    return level in state.slots and state.slots[level].variant != "empty"


# --- Hard loads over a background ---


def plan_over_background(context: Context, target: ResolvedUrl, depth: int = 0) -> Plan | None:
    """Plan a hard load of a target over its background, or of its page alone if it declares none.

    The background may have a background of its own. Returns ``None`` if a background can't be shown, or
    does not have the slot that intercepts.
    """
    found = _background_of(context.request, target)
    if found is None:
        return plan_page(target.root, target.location) if target.root else None
    interception, page, src = found
    # Backgrounds may lead in a circle.
    below = context.resolve(src) if depth < MAX_DEPTH else None
    plan = plan_over_background(context, below, depth + 1) if below else None
    if plan is None or plan.kind != "page":
        return None
    slots = plan.changed_by_address.values()
    opened = next((slot for slot in slots if interception in slot.slot.interceptions), None)
    if opened is None:
        return None
    place = Place(opened.address, opened.outer, opened.slot, plan.location)
    close_url = opened.close_url or plan.location.src
    while interception.opens == "above" and opened.action == "intercepted" and opened.stacked:
        close_url = (opened.inner or (opened,))[0].src
        opened = opened.stacked
    mounted = {
        slot.address: MountedSlot(
            slot.variant, slot.src, key_of(slot.outer, slot.location.path, slot.address)
        )
        for slot in slots
    }
    match = InterceptionMatch(place, target, interception, page)
    new = match.plan(opened.address, close_url, replace(context, state=State("navigate", mounted)))
    return replace(plan.with_slot(new), why=f"its background is {plan.location.src}")


def _background_of(
    request: HttpRequest, target: ResolvedUrl
) -> tuple[Interception, PageMatch, str] | None:
    """Return the interception that gives a target a background, the target's page, and the URL."""
    for interception in interceptions_of(get_resolver(get_urlconf())).over_background:
        for page in target.pages:
            is_named = interception.route in route_names(page)
            if is_named and (src := _background_url(request, interception, page)):
                return interception, page, src
    return None


def _background_url(
    request: HttpRequest, interception: Interception, page: PageMatch
) -> str | None:
    """Return the URL of an interception's background, path and query."""
    kwargs = dict(page.captured.kwargs)
    if callable(interception.background):
        found = interception.background(request, *page.captured.args, **kwargs)
        url = None if found is None else resolve_url(found)
    else:
        url = _reversed(str(interception.background), page.captured.args, kwargs)
    if not url:
        return None
    host = urlsplit(url).netloc
    return None if host and host != request.get_host() else without_host(urldefrag(url).url)


def _reversed(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    """Return the URL of a route, which gets the arguments if it takes them."""
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return reverse(name)
