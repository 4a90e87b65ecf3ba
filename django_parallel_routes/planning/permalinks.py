"""What the query of a URL remembers of slots, for segments with ``remember="url"``."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, quote, unquote_plus

from django_parallel_routes.matches import Match, SegmentMatch
from django_parallel_routes.planning.context import Context, ResolvedUrl, find_place
from django_parallel_routes.planning.plan import Place, Plan, key_of
from django_parallel_routes.protocol.state import BadState, plain_url
from django_parallel_routes.values import NO_SLOT, Location, SlotAddress, replace

REMEMBERED = "slot."
"""What the names of the parameters begin with: ``/dashboard/docs/?slot.analytics=visitors/``.

There is a parameter for each slot that shows something else than a hard load of the URL would. Its value is
the slot's own URL without the prefix of its segment.
"""


def with_remembered(page: ResolvedUrl, context: Context) -> ResolvedUrl:
    """Return a page with the slots that the query remembers, and its URL without their parameters.

    A value that does not lead to a page of the slot is ignored. Like all that a client sends, it is a hint.
    """
    root, path, query = page.root, page.location.path, page.location.src.partition("?")[2]
    if root is None or REMEMBERED not in query:
        return page
    values = dict(parse_qsl(query, keep_blank_values=True))

    def place_of(segment: SegmentMatch, address: SlotAddress) -> Place | None:
        value = values.get(REMEMBERED + address)
        if value is None or segment.segment.remember != "url":
            return None
        try:
            shown = context.resolve(plain_url(segment.prefix_url(path) + value))
        except BadState:
            return None
        # The URL must be one of the same segment, with the same prefix.
        return find_place(shown, address, key_of(segment, path, address))

    def recalled(segment: SegmentMatch, parent: SlotAddress) -> SegmentMatch:
        slots: dict[str, Match | None] = {}
        remembered: dict[str, Location] = {}
        for name, match in segment.slots.items():
            place = place_of(segment, parent.child(name))
            if place and (found := place.outer.slots[name]):
                match, remembered[name] = found, place.location
            elif isinstance(match, SegmentMatch):
                match = recalled(match, parent.child(name))
            slots[name] = match
        return replace(segment, slots=slots, remembered=remembered)

    return ResolvedUrl(without_remembered(root, page.location), recalled(root, NO_SLOT))


def without_remembered(root: SegmentMatch, location: Location) -> Location:
    """Return a URL without what its query remembers of slots."""
    if REMEMBERED not in location.src or not root.segment.may_remember:
        return location
    path, _, query = location.src.partition("?")
    rest = [part for part in query.split("&") if not unquote_plus(part).startswith(REMEMBERED)]
    return Location.of(f"{path}?{'&'.join(rest)}" if rest else path)


def permalink(plan: Plan) -> str:
    """Return the URL of what is on screen once a soft navigation is done."""
    src = plan.location.src
    if not plan.root.segment.may_remember or any(slot.intercepted for slot in plan.changed):
        return src
    pairs = "&".join(
        f"{REMEMBERED}{address}={quote(value, safe='/:@')}"
        for address, value in _differing(plan, plan.root, NO_SLOT)
    )
    return f"{src}{'&' if '?' in src else '?'}{pairs}" if pairs else src


def _differing(
    plan: Plan, segment: SegmentMatch, parent: SlotAddress
) -> Iterator[tuple[SlotAddress, str]]:
    """Yield the slots for which a hard load would show another URL, and the rest of the URL they show."""
    for name, match in segment.slots.items():
        address = parent.child(name)
        shown = _page_src(plan, address)
        matches = match is not None and name not in segment.remembered
        if matches and shown in ("", plan.location.src):
            shown = ""
            if isinstance(match, SegmentMatch):
                yield from _differing(plan, match, address)
        start = segment.prefix_url(plan.location.path)
        if shown and segment.segment.remember == "url" and shown.startswith(start):
            yield address, shown.removeprefix(start)


def _page_src(plan: Plan, address: SlotAddress) -> str:
    """Return the URL of the page that a slot shows, also inside a layout, or ``""``."""
    pages = [
        slot.src
        for name, slot in plan.by_address.items()
        if slot.variant == "page" and address.contains(name)
    ]
    return plan.location.src if plan.location.src in pages else next(iter(pages), "")
