"""What kept slots show, in the query of the URL, for segments that say ``remember="url"`` (B37).

``/dashboard/docs/?slot.analytics=visitors/``: a parameter for each slot that shows something other
than what a hard load of the URL would; its value is the rest of that URL below the segment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, quote, unquote_plus

from django_parallel_routes.location import Location
from django_parallel_routes.matches import Match, SegmentMatch
from django_parallel_routes.planning.plan import (
    KeyOf,
    Plan,
    Resolve,
    has_printed,
    prefix_of,
    step_into,
)
from django_parallel_routes.protocol.state import BadState, plain_url

PARAMETER = "slot."


def recalled(
    root: SegmentMatch, location: Location, key_of: KeyOf, resolve: Resolve
) -> tuple[SegmentMatch, Location]:
    """Return a match with the slots that the query remembers, and the URL without that.

    A value that names nothing of the segment is ignored: it is a hint, as all that a client sends.
    """
    query = location.src.partition("?")[2]
    if PARAMETER not in query:
        return root, location
    recall = _Recall(dict(parse_qsl(query)), location.path, key_of, resolve)
    return recall.segment(root, ""), without_remembered(root, location)


def without_remembered(root: SegmentMatch, location: Location) -> Location:
    """Return a URL without what its query remembers of slots."""
    path, _, query = location.src.partition("?")
    names = {f"{PARAMETER}{address}" for address in _remembering(root, "")}
    rest = [part for part in query.split("&") if unquote_plus(part.partition("=")[0]) not in names]
    return Location.of(f"{path}?{'&'.join(rest)}" if query and rest else path)


def url_of(plan: Plan) -> str:
    """Return the URL of what is on screen once a soft navigation is done."""
    src = plan.location.src
    if any(slot.action == "intercepted" for slot in plan.slots):
        return src
    pairs = "&".join(
        f"{PARAMETER}{address}={quote(value, safe='/:@')}"
        for address, value in _differing(plan, plan.root, "")
    )
    return f"{src}{'&' if '?' in src else '?'}{pairs}" if pairs else src


@dataclass(frozen=True)
class _Recall:
    values: Mapping[str, str]
    path: str
    key_of: KeyOf
    resolve: Resolve

    def segment(self, segment: SegmentMatch, prefix: str) -> SegmentMatch:
        slots: dict[str, Match | None] = {}
        remembered: dict[str, Location] = {}
        for name, match in segment.slots.items():
            slots[name] = match
            if found := self.slot(segment, prefix + name):
                slots[name], remembered[name] = found
            elif isinstance(match, SegmentMatch):
                slots[name] = self.segment(match, f"{prefix}{name}.")
        return replace(segment, slots=slots, remembered=remembered)

    def slot(self, segment: SegmentMatch, address: str) -> tuple[Match, Location] | None:
        value = self.values.get(PARAMETER + address)
        if value is None or segment.segment.remember != "url":
            return None
        try:
            location = Location.of(plain_url(prefix_of(self.path, segment) + value))
        except BadState:
            return None
        found = self.resolve(location.src)
        *above, name = address.split(".")
        parent: Any = found and found.root
        for step in above:
            parent = step_into(parent, step)
        match = parent.slots.get(name) if isinstance(parent, SegmentMatch) else None
        if match is None:
            return None
        key = self.key_of(segment, self.path, address, "")
        if not has_printed(parent, location.path, address, key, self.key_of):
            return None  # It is another segment, or that of another prefix.
        return match, location


def _remembering(segment: SegmentMatch, prefix: str) -> Iterator[str]:
    """Yield the addresses of slots that the query may remember."""
    for name, match in segment.slots.items():
        if segment.segment.remember == "url":
            yield prefix + name
        if isinstance(match, SegmentMatch):
            yield from _remembering(match, f"{prefix}{name}.")


def _differing(plan: Plan, segment: SegmentMatch, prefix: str) -> Iterator[tuple[str, str]]:
    """Yield slots that show a page for another URL than a hard load would, with the rest of that."""
    for name, match in segment.slots.items():
        address = prefix + name
        shown = _page_src(plan, address)
        matches = match is not None and name not in segment.remembered
        if matches and shown in ("", plan.location.src):
            shown = ""
            if isinstance(match, SegmentMatch):
                yield from _differing(plan, match, f"{address}.")
        start = prefix_of(plan.location.path, segment)
        if shown and segment.segment.remember == "url" and shown.startswith(start):
            yield address, shown.removeprefix(start)


def _page_src(plan: Plan, address: str) -> str:
    """Return the URL of the page that a slot shows, be it in a layout, or ``""``."""
    inside = (
        slot for name, slot in plan.by_address.items() if f"{name}.".startswith(f"{address}.")
    )
    pages = [slot.src for slot in inside if slot.shows == "page"]
    return plan.location.src if plan.location.src in pages else next(iter(pages), "")
