"""What matched: a tree of frozen values, made by ``resolvers`` and read by ``plan``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import ResolverMatch

from django_parallel_routes.segments import Segment, Slot, View
from django_parallel_routes.state import Location

Rank = tuple[int, int, int]
"""How well a match fits, more is better: depth of its segment, class of its route, depth of its
catch-all. The classes are those of SEMANTICS S5."""

CATCH_ALL, CONVERTER, STATIC = range(3)


@dataclass(frozen=True)
class Captured:
    """What the URL patterns above a match captured, merged as Django merges it."""

    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)

    def joined(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Captured:
        """Return this with what a pattern further down captured.

        As in Django, positional arguments count only where no named ones were captured.
        """
        merged = {**self.kwargs, **kwargs}
        return Captured(args if merged else (*self.args, *args), merged)


@dataclass(frozen=True)
class EnclosingSlot:
    """A declared slot in which a match stands, and what the prefix of that slot's segment captured."""

    slot: Slot
    captured: Captured


@dataclass(frozen=True)
class Around:
    """What the patterns around a match add to it: what they captured, their namespaces and route."""

    captured: Captured = field(default_factory=Captured)
    app_names: tuple[str, ...] = ()
    namespaces: tuple[str, ...] = ()
    route: str = ""
    enclosing: tuple[EnclosingSlot, ...] = ()

    def joined(self, enclosing: tuple[EnclosingSlot, ...]) -> tuple[EnclosingSlot, ...]:
        """Return the slots around a match, the outermost first, as they are below these patterns."""
        inner = (
            EnclosingSlot(one.slot, self.captured.joined(one.captured.args, one.captured.kwargs))
            for one in enclosing
        )
        return (*self.enclosing, *inner)

    @classmethod
    def of(cls, found: ResolverMatch, match: SegmentMatch) -> Around:
        """Return what Django's match of a whole URL has around the outermost ``slots()`` in it."""
        page = match.primary
        return cls(
            Captured(found.args, found.kwargs),
            tuple(found.app_names[: len(found.app_names) - len(page.app_names)]),
            tuple(found.namespaces[: len(found.namespaces) - len(page.namespaces)]),
            found.route.removesuffix(page.route) if page.route else found.route,
        )


@dataclass(frozen=True)
class PageMatch:
    """A view that shows in a slot, and the arguments that it is called with."""

    view: View
    captured: Captured
    url_name: str | None = None
    app_names: tuple[str, ...] = ()
    namespaces: tuple[str, ...] = ()
    route: str = ""
    rank: Rank = (0, STATIC, 0)
    enclosing: tuple[EnclosingSlot, ...] = ()
    """The slots in which the page stands, the outermost first; none for a default or a state."""

    @classmethod
    def of(cls, found: ResolverMatch, captured: Captured) -> PageMatch:
        """Return Django's match of a URL outside of every ``slots()`` as ours."""
        return cls(
            found.func,
            captured,
            found.url_name,
            tuple(found.app_names),
            tuple(found.namespaces),
            found.route,
        )

    @property
    def names(self) -> frozenset[str]:
        """The names by which ``reverse()`` may know the route: with namespaces, or app names."""
        if self.url_name is None:
            return frozenset()
        return frozenset(
            ":".join((*spaces, self.url_name)) for spaces in (self.namespaces, self.app_names)
        )

    def below(self, around: Around) -> PageMatch:
        """Return the same match below other patterns."""
        return replace(
            self,
            captured=around.captured.joined(self.captured.args, self.captured.kwargs),
            app_names=(*around.app_names, *self.app_names),
            namespaces=(*around.namespaces, *self.namespaces),
            route=around.route + self.route,
            enclosing=around.joined(self.enclosing),
        )


@dataclass(frozen=True)
class SegmentMatch:
    """A segment, what its prefix captured, and for each slot what matched ``rest`` in it."""

    segment: Segment
    captured: Captured
    rest: str
    """The part of the path that the slots were matched against, decoded, without its query."""
    slots: Mapping[str, Match | None]
    enclosing: tuple[EnclosingSlot, ...]
    """The slots in which the segment stands, the outermost first: who may not see one of them sees
    nothing of the segment (B71). Whoever makes a match has to say it."""
    rank: Rank = (0, STATIC, 0)
    remembered: Mapping[str, Location] = field(default_factory=dict)
    """The URLs of slots that the URL's query remembers (``remembering``); ``slots`` has the matches."""

    def below(self, around: Around) -> SegmentMatch:
        """Return the same match below other patterns."""
        if around == Around():
            return self
        return replace(
            self,
            captured=around.captured.joined(self.captured.args, self.captured.kwargs),
            slots={name: match and match.below(around) for name, match in self.slots.items()},
            enclosing=around.joined(self.enclosing),
        )

    def around(self, slot: Slot) -> tuple[EnclosingSlot, ...]:
        """Return the slots in which that stands which one of its slots shows, the outermost first."""
        return (*self.enclosing, EnclosingSlot(slot, self.captured))

    @property
    def primary(self) -> PageMatch:
        """The page that gives the URL its name: that of children, else of the first named slot."""
        match = next(match for match in self.slots.values() if match)
        return match if isinstance(match, PageMatch) else match.primary

    def pages(self) -> Iterator[PageMatch]:
        """Yield the pages of all slots."""
        for match in self.slots.values():
            if isinstance(match, PageMatch):
                yield match
            elif match:
                yield from match.pages()

    def at(self, address: str) -> Match | None:
        """Return what matched in the slot at ``address`` (``"children.team"``), if anything."""
        match: Match | None = self
        for name in address.split("."):
            if not isinstance(match, SegmentMatch):
                return None
            match = match.slots.get(name)
        return match

    def views(self) -> Iterator[View]:
        """Yield every view that each full page of this match calls: layouts, pages, defaults.

        Not those of slots that only some users' pages have.
        """
        yield self.segment.layout
        for slot in self.segment.slots:
            if slot.test_func:
                continue
            match = self.slots[slot.name]
            if isinstance(match, PageMatch):
                yield match.view
            elif isinstance(match, SegmentMatch):
                yield from match.views()
            elif isinstance(slot.default, Segment):
                yield from default_match(self, slot, slot.default).views()
            elif callable(slot.default):
                yield slot.default


Match = PageMatch | SegmentMatch


def default_match(outer: SegmentMatch, slot: Slot, segment: Segment) -> SegmentMatch:
    """Return the match of a segment that is the default of a slot: none of its slots has a page."""
    slots = {inner.name: None for inner in segment.slots}
    return SegmentMatch(segment, outer.captured, outer.rest, slots, outer.around(slot))
