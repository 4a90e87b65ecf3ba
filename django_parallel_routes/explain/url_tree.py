"""The tree of a URLconf: each ``slots()``, its slots, their routes, defaults and interceptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django_parallel_routes import urlconf
from django_parallel_routes.declarations import (
    UNSET,
    DefaultRoute,
    Interception,
    Segment,
    Slot,
    States,
    name_of,
)
from django_parallel_routes.urlconf import Spot, text_of, walk

# --- the rules, and where they are ---


@dataclass(frozen=True)
class DeclaredRule:
    """An ``intercept()``, and where it was declared."""

    rule: Interception
    slot: Slot
    where: str
    """``"slots('gallery/')"``, with its whole route."""


def declared_rules(patterns: Iterable[Any]) -> Iterator[DeclaredRule]:
    """Yield the interceptions of a URLconf, each with its place."""
    for place in walk(patterns):
        if isinstance(place, urlconf.Place):
            for spot in place.spots:
                for rule in spot.rules:
                    yield DeclaredRule(rule, spot.slot, str(place))


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


def listing(patterns: Iterable[Any]) -> Listing:
    """Return the tree of a URLconf."""
    tree = _Tree(list(walk(patterns)))
    wanted = {rule.route for spot in tree.spots for rule in spot.rules}
    outside = tuple(
        _route(route)
        for route in tree.routes
        if not route.inside and wanted.intersection(route.names)
    )
    return Listing(tree.segments_in(None), outside)


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


class _Tree:
    """Makes a tree of what the walk over a URLconf has found."""

    def __init__(self, found: list[urlconf.Place | urlconf.Route]) -> None:
        self.routes = [one for one in found if isinstance(one, urlconf.Route)]
        places = [one for one in found if isinstance(one, urlconf.Place)]
        self.places = [place for place in places if not place.segment.is_frame]
        self.spots = [spot for place in self.places for spot in place.spots]

    def segments_in(self, spot: Spot | None) -> tuple[SegmentTree, ...]:
        """Return each ``slots()`` that stands right in a slot, or outside of every slot."""
        return tuple(
            SegmentTree(
                text_of(place.way),
                place.namespaces,
                name_of(place.segment.layout),
                place.segment.remember,
                tuple(map(self.slot, place.spots)),
            )
            for place in self.places
            if _innermost(place) is spot
        )

    def slot(self, spot: Spot) -> SlotTree:
        slot = spot.slot
        default, default_layout = slot.default, ""
        if isinstance(default, Segment):
            default_layout = name_of(default.layout)
            default = default.slots[0].default
        if isinstance(default, DefaultRoute):
            text = f"route {default!r}"
        else:
            text = "404" if default is UNSET else "empty" if default is None else name_of(default)  # type: ignore[arg-type]
        return SlotTree(
            slot.name,
            text,
            name_of(slot.frame.layout) if slot.frame else "",
            default_layout,
            _options(slot),
            tuple(_route(route) for route in self.routes if _innermost(route) is spot),
            tuple(self.rule(rule, spot) for rule in spot.rules),
            self.segments_in(spot),
        )

    def rule(self, rule: Interception, spot: Spot) -> Rule:
        background = rule.background
        return Rule(
            rule.route,
            tuple(_route(route) for route in self.routes if rule.route in route.names),
            name_of(rule.view) if rule.view else "",
            rule.origins,
            rule.opens,
            background
            if isinstance(background, str)
            else name_of(background)
            if background
            else "",
            text_of(spot.place.way),
        )


def _innermost(found: urlconf.Place | urlconf.Route) -> Spot | None:
    """Return the slot that something stands in, if any: not the one in a slot's own layout."""
    return found.inside[-1].declared if found.inside else None


def _route(route: urlconf.Route) -> Route:
    return Route(text_of(route.way), route.names, name_of(route.pattern.callback))


def _options(slot: Slot) -> dict[str, str]:
    usual = "default" if slot.interceptions and slot.name != "children" else "keep"
    usual = "keep" if slot.default is UNSET else usual
    states, plain = slot.states, States()
    found = {
        "unmatched": "" if slot.unmatched == usual else slot.unmatched,
        "loading": name_of(states.loading) if states.loading else "",
        "delivery": "" if states.delivery == plain.delivery else states.delivery,
        "error": name_of(states.error) if states.error else "",
        "not_found": name_of(states.not_found) if states.not_found else "",
        "test_func": name_of(slot.test_func) if slot.test_func else "",
    }
    return {name: value for name, value in found.items() if value}
