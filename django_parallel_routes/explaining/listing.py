"""The tree of a URLconf: each ``slots()``, its slots, their routes, defaults and interceptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import URLPattern, URLResolver

from django_parallel_routes.explaining.words import name_of
from django_parallel_routes.segments import UNSET, Interception, Segment, Slot, States

Spaces = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Around:
    """What the patterns above another say of it."""

    route: str = ""
    spaces: Spaces = ((), ())
    """Its namespaces, and its app names."""

    def below(self, resolver: URLResolver) -> Around:
        added = (resolver.namespace, resolver.app_name)
        spaces = tuple(
            (*at, name) if name else at for at, name in zip(self.spaces, added, strict=True)
        )
        return Around(self.route + text_of(resolver), spaces)  # type: ignore[arg-type]

    def named(self, name: str | None) -> tuple[str, ...]:
        """Return the names by which ``reverse()`` knows a route: by namespaces, and by app names."""
        if not name:
            return ()
        return tuple(dict.fromkeys(":".join((*at, name)) for at in self.spaces))


def text_of(pattern: URLPattern | URLResolver) -> str:
    """Return the route of a pattern, as it was declared."""
    return str(pattern.pattern).removeprefix("^")


# --- the rules, and where they are ---


@dataclass(frozen=True)
class DeclaredRule:
    """An ``intercept()``, and where it was declared."""

    rule: Interception
    slot: Slot
    where: str
    """``"slots('gallery/')"``, with its whole route."""


def declared_rules(
    patterns: Iterable[URLPattern | URLResolver], around: Around = Around()
) -> Iterator[DeclaredRule]:
    """Yield the interceptions of a URLconf, each with its place."""
    for pattern in patterns:
        if not isinstance(pattern, URLResolver):
            continue
        below = around.below(pattern)
        segment = getattr(pattern, "segment", None)
        for slot in segment.slots if isinstance(segment, Segment) else ():
            for rule in slot.interceptions:
                yield DeclaredRule(rule, slot, f"slots({below.route!r})")
        yield from declared_rules(pattern.url_patterns, below)


# --- the tree ---


@dataclass(frozen=True)
class Route:
    """A route of a slot, or one outside of every ``slots()``."""

    route: str
    names: tuple[str, ...]
    view: str


@dataclass(frozen=True)
class Rule:
    """An ``intercept()``, with the routes that it names."""

    route: str
    targets: tuple[Route, ...]
    view: str
    """``""``: the target's own."""
    origins: tuple[str, ...]
    opens: str
    background: str
    fires: str
    """Where: the route of its ``slots()``."""


@dataclass(frozen=True)
class SlotTree:
    """A slot: what it may show."""

    name: str
    default: str
    """``"404"``: it has none, so a hard load for which nothing matches is one. ``"empty"``, or a view."""
    layout: str
    default_layout: str
    options: dict[str, str]
    """Those that differ from what they are when not given."""
    routes: tuple[Route, ...] = ()
    rules: tuple[Rule, ...] = ()
    inside: tuple[SegmentTree, ...] = ()


@dataclass(frozen=True)
class SegmentTree:
    """One ``slots()``."""

    route: str
    namespaces: tuple[str, ...]
    layout: str
    remember: str
    slots: tuple[SlotTree, ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class Listing:
    """All that a URLconf has of slots."""

    segments: tuple[SegmentTree, ...]
    outside: tuple[Route, ...]
    """Routes outside of every ``slots()`` that something intercepts."""


def listing(patterns: Iterable[URLPattern | URLResolver]) -> Listing:
    """Return the tree of a URLconf."""
    patterns = list(patterns)
    routes = [route for route, _ in _routes(patterns, Around())]
    segments = tuple(_segments(patterns, Around(), routes))
    wanted = {place.rule.route for place in declared_rules(patterns)}
    outside = tuple(
        route
        for route, is_inside in _routes(patterns, Around())
        if not is_inside and wanted.intersection(route.names)
    )
    return Listing(segments, outside)


def only(found: Listing, wanted: str) -> Listing:
    """Return what of a listing has a route that starts with ``wanted``, or a name that is it.

    A name may be that of a route, with or without its namespace, of a slot, or of a namespace.
    """
    prefix = wanted.lstrip("/")

    def route(one: Route) -> bool:
        parts = {part for name in one.names for part in (name, *name.rpartition(":"))}
        return one.route.startswith(prefix) or wanted in parts

    def slot(one: SlotTree) -> SlotTree | None:
        if one.name == wanted:
            return one
        routes = tuple(filter(route, one.routes))
        rules = tuple(
            rule for rule in one.rules if rule.route == wanted or any(map(route, rule.targets))
        )
        inside = tuple(filter(None, map(segment, one.inside)))
        if not (routes or rules or inside):
            return None
        return replace(one, routes=routes, rules=rules, inside=inside)

    def segment(one: SegmentTree) -> SegmentTree | None:
        if (prefix and one.route.startswith(prefix)) or wanted in one.namespaces:
            return one
        slots = tuple(filter(None, map(slot, one.slots)))
        return replace(one, slots=slots) if slots else None

    return Listing(
        tuple(filter(None, map(segment, found.segments))), tuple(filter(route, found.outside))
    )


def _routes(
    patterns: Iterable[URLPattern | URLResolver], around: Around, is_inside: bool = False
) -> Iterator[tuple[Route, bool]]:
    """Yield all routes, and whether they are in a ``slots()``."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            in_slots = is_inside or isinstance(getattr(pattern, "segment", None), Segment)
            yield from _routes(pattern.url_patterns, around.below(pattern), in_slots)
        else:
            yield _route(pattern, around), is_inside


def _route(pattern: URLPattern, around: Around) -> Route:
    names = around.named(pattern.name)
    return Route(around.route + text_of(pattern), names, name_of(pattern.callback))


def _segments(
    patterns: Iterable[URLPattern | URLResolver], around: Around, routes: list[Route]
) -> Iterator[SegmentTree]:
    """Yield the outermost ``slots()`` in patterns."""
    for pattern in patterns:
        if not isinstance(pattern, URLResolver):
            continue
        below, segment = around.below(pattern), getattr(pattern, "segment", None)
        if isinstance(segment, Segment):
            slots = tuple(_slot(slot, below, routes) for slot in segment.slots)
            layout, spaces = name_of(segment.layout), below.spaces[0]
            yield SegmentTree(below.route, spaces, layout, segment.remember, slots)
        else:
            yield from _segments(pattern.url_patterns, below, routes)


def _slot(slot: Slot, around: Around, routes: list[Route]) -> SlotTree:
    patterns: Iterable[Any] = slot.patterns
    if slot.frame and slot.patterns:  # Its own layout is a segment around its routes.
        patterns = slot.frame.slots[0].patterns
    default, default_layout = slot.default, ""
    if isinstance(default, Segment):
        default_layout = name_of(default.layout)
        default = default.slots[0].default
    return SlotTree(
        slot.name,
        "404" if default is UNSET else "empty" if default is None else name_of(default),  # type: ignore[arg-type]
        name_of(slot.frame.layout) if slot.frame else "",
        default_layout,
        _options(slot),
        tuple(_pages(patterns, around)),
        tuple(_rule(rule, around, routes) for rule in slot.interceptions),
        tuple(_segments(patterns, around, routes)),
    )


def _pages(patterns: Iterable[URLPattern | URLResolver], around: Around) -> Iterator[Route]:
    """Yield the routes of a slot, but for those of slots inside it."""
    for pattern in patterns:
        if not isinstance(pattern, URLResolver):
            yield _route(pattern, around)
        elif not isinstance(getattr(pattern, "segment", None), Segment):
            yield from _pages(pattern.url_patterns, around.below(pattern))


def _options(slot: Slot) -> dict[str, str]:
    usual = "default" if slot.interceptions and slot.name != "children" else "keep"
    usual = "keep" if slot.default is UNSET else usual
    states, plain = slot.states, States()
    found = {
        "unmatched": "" if slot.unmatched == usual else slot.unmatched,
        "loading": name_of(states.loading) if states.loading else "",
        "delivery": "" if states.delivery == plain.delivery else states.delivery,
        "deadline": f"{states.deadline} ms" if states.deadline else "",
        "error": name_of(states.error) if states.error else "",
        "not_found": name_of(states.not_found) if states.not_found else "",
        "test_func": name_of(slot.test_func) if slot.test_func else "",
    }
    return {name: value for name, value in found.items() if value}


def _rule(rule: Interception, around: Around, routes: list[Route]) -> Rule:
    background = rule.background
    return Rule(
        rule.route,
        tuple(route for route in routes if rule.route in route.names),
        name_of(rule.view) if rule.view else "",
        rule.origins,
        rule.opens,
        background if isinstance(background, str) else name_of(background) if background else "",
        around.route,
    )
