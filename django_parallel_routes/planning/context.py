"""What planning knows of a request: its URL, what is on screen, and what other URLs resolve to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cached_property, lru_cache
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import ResolverMatch, URLResolver, get_resolver, get_urlconf

from django_parallel_routes.declarations import Interception, Segment, Slot
from django_parallel_routes.matches import (
    Match,
    PageMatch,
    SegmentMatch,
    layout_match,
    route_names,
    segment_match_of,
)
from django_parallel_routes.planning.plan import KeptSlot, Place, Plan, SlotPlan, is_key_of
from django_parallel_routes.protocol.state import MountedSlot, State
from django_parallel_routes.request.details import resolve_path, slot_request
from django_parallel_routes.request.project_middleware import refusal_by_middleware
from django_parallel_routes.resolvers import with_ancestors
from django_parallel_routes.urlconf import Urlconf
from django_parallel_routes.values import Location, SlotAddress, value_class


@value_class
class ResolvedUrl:
    """A URL of the project, and what it resolves to."""

    location: Location
    match: Match | None = None
    """The match of the outermost ``slots()``, or of a view outside of every ``slots()``.

    ``None`` if the caller needs the URL alone.
    """

    @cached_property
    def root(self) -> SegmentMatch | None:
        """The match of the outermost ``slots()``, if there is one."""
        return self.match if isinstance(self.match, SegmentMatch) else None

    @cached_property
    def pages(self) -> tuple[PageMatch, ...]:
        """Its pages in all slots, or the one view of a URL outside of every ``slots()``."""
        if isinstance(self.match, SegmentMatch):
            return tuple(self.match.pages())
        return (self.match,) if self.match else ()


@value_class
class Context:
    """What plans are made from.

    The header says what is on screen. The keys in it prove which layouts have printed the slots. After a
    form, the user may be allowed other URLs, for example after a login. So make a new context then.
    """

    request: HttpRequest
    target: ResolvedUrl
    """The URL of the request."""
    state: State
    refreshes: tuple[str, ...] = ()
    """The slots that the URL names: what a form has changed, before it redirected here."""
    resolved: dict[str, ResolvedUrl | None] = field(default_factory=dict)
    """What other URLs resolve to."""

    @property
    def root(self) -> SegmentMatch:
        """The match of the outermost ``slots()`` of the request."""
        assert self.target.root
        return self.target.root

    def resolve(self, src: str) -> ResolvedUrl | None:
        """Return what a URL (path and query) resolves to, if the user may GET it."""
        if src not in self.resolved:
            self.resolved[src] = _resolved(self.request, src)
        return self.resolved[src]

    def has_printed(self, segment: SegmentMatch, address: SlotAddress, location: Location) -> bool:
        """Tell whether the slot on screen at an address was printed by this segment, for this URL."""
        mounted = self.state.slots.get(address)
        return mounted is not None and is_key_of(mounted.key, segment, location.path, address)

    def printed_by(
        self, segment: SegmentMatch, parent: SlotAddress, location: Location
    ) -> list[tuple[Place, MountedSlot]]:
        """Return the slots on screen that this segment has printed in the slot ``parent``.

        There are none if its layout is not on screen.
        """
        found: list[tuple[Place, MountedSlot]] = []
        for slot in segment.segment.slots:
            address = parent.child(slot.name)
            mounted = self.state.slots.get(address)
            if mounted and is_key_of(mounted.key, segment, location.path, address):
                found.append((Place(address, segment, slot, location), mounted))
        return found

    def intercepting_place(self, address: SlotAddress) -> Place | None:
        """Return the place of a slot on screen that intercepts, if its key proves it."""
        mounted = self.state.slots[address]
        page = self.resolve(mounted.mount_url) if mounted.mount_url else None
        return find_place(page, address, mounted.key)

    def plan(
        self,
        why: str,
        root: SegmentMatch,
        changed: Iterable[SlotPlan],
        kept: Iterable[KeptSlot] = (),
    ) -> Plan:
        """Return the plan of a response with the slots that change."""
        location, on_screen = self.target.location, tuple(self.state.slots)
        return Plan("slots", why, root, location, tuple(changed), tuple(kept), on_screen=on_screen)

    def others_kept(
        self, changed: Iterable[SlotPlan], why: str, place: Place | None = None
    ) -> list[KeptSlot]:
        """Return the slots on screen that do not change, as kept.

        The declarations of slots are known if the layout that has printed ``place`` has printed them, too.
        """
        beside: dict[str, tuple[SegmentMatch, Slot]] = {}
        if place:
            prefix, outer = place.address.parent.prefix, place.outer
            beside = {prefix + slot.name: (outer, slot) for slot in outer.segment.slots}
        addresses = [slot.address for slot in changed]
        return [
            KeptSlot(address, why, *mounted[:2], *beside.get(address, ()))
            for address, mounted in self.state.slots.items()
            if not any(one.contains(address) for one in addresses)
        ]

    @property
    def showing_target(self) -> list[SlotAddress]:
        """The slots on screen that already show the URL of the request, as intercepted."""
        path = self.target.location.path
        return [
            address
            for address, slot in self.state.slots.items()
            if slot.variant == "intercepted" and slot.path == path
        ]

    @cached_property
    def pages_on_screen(self) -> frozenset[str]:
        """The names of the routes whose pages are on screen."""
        return self.names_of_pages(self.state.slots)

    def names_of_pages(self, slots: Mapping[SlotAddress, MountedSlot]) -> frozenset[str]:
        """Return the names of the routes whose pages slots show, as far as keys prove it."""
        names: set[str] = set()
        for address, mounted in slots.items():
            if mounted.variant == "page":
                found = find_place(self.resolve(mounted.src), address, mounted.key)
                match = found and found.outer.slots[found.slot.name]
                names |= route_names(match) if isinstance(match, PageMatch) else set()
        return frozenset(names)


def find_place(
    page: ResolvedUrl | None, address: SlotAddress, key: str, level: SlotAddress | None = None
) -> Place | None:
    """Return the place of a slot on a page, if the key proves that a layout of that page has printed it.

    The key may be that of a ``level`` above the slot, which the layout has printed with the slot.
    """
    for place in places_at(page, address) if page else ():
        if is_key_of(key, place.outer, place.location.path, level or address):
            return place
    return None


def places_at(page: ResolvedUrl, address: SlotAddress) -> list[Place]:
    """Return the places that an address may mean on a page.

    There may be several: both what matches in a slot and the layout of its default may have slots.
    """
    places: list[Place] = []
    matches: list[Match | None] = [page.root]
    for name in address.split("."):
        places = [
            Place(address, match, slot, page.location)
            for match in matches
            if isinstance(match, SegmentMatch) and (slot := match.segment.slot(name))
        ]
        matches = [place.outer.slots[name] for place in places]
        for _, outer, slot, _ in places:
            if isinstance(slot.default, Segment):
                matches.append(layout_match(slot.default, outer, slot))
    return places


class Interceptions(NamedTuple):
    """What the ``intercept()`` of a URLconf declare."""

    routes: frozenset[str]
    """The names of the routes that they intercept."""
    over_background: tuple[Interception, ...]
    """Those that declare a background."""


@lru_cache(maxsize=8)
def interceptions_of(resolver: URLResolver) -> Interceptions:
    """Return what the interceptions of a URLconf declare."""
    found = [one for _, one in Urlconf(resolver.url_patterns).interceptions]
    return Interceptions(
        frozenset([one.route for one in found]),
        tuple([one for one in found if one.background is not None]),
    )


def is_intercepted(pages: Iterable[PageMatch | ResolverMatch]) -> bool:
    """Tell whether some ``intercept()`` of the current URLconf names the route of one of these pages."""
    routes = interceptions_of(get_resolver(get_urlconf())).routes
    return bool(routes) and any(not route_names(page).isdisjoint(routes) for page in pages)


def _resolved(request: HttpRequest, src: str) -> ResolvedUrl | None:
    """Return what a URL resolves to, unless there is no route, or middleware refuses its view."""
    location = Location.of(src)
    found = resolve_path(request, location.path)
    if found is None:
        return None
    page = PageMatch.of(found)
    asking = slot_request(request, found, location)
    if refusal_by_middleware(asking, found.func, page.captured):
        return None
    if match := segment_match_of(found.func):
        match = with_ancestors(match, found, asking.path_info[1:])
        return ResolvedUrl(location, match.called_with(found.args, found.kwargs))
    return ResolvedUrl(location, page)
