"""The tree that ``manage.py slots`` prints: each ``slots()`` with its slots, routes and interceptions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django_parallel_routes.declarations import (
    UNSET,
    DefaultRoute,
    Interception,
    Segment,
    Slot,
    States,
    Unset,
    View,
    name_of,
)
from django_parallel_routes.urlconf import (
    DeclaredRoute,
    DeclaredSegment,
    DeclaredSlot,
    Urlconf,
    route_text,
)


@dataclass(frozen=True)
class RouteNode:
    """A route in a slot, or one outside every ``slots()``."""

    route: str
    names: tuple[str, ...]
    view: str


@dataclass(frozen=True)
class InterceptionNode:
    """An ``intercept()``, with the routes that it names."""

    route: str
    targets: tuple[RouteNode, ...]
    view: str
    """``""``: the target's own."""
    origins: tuple[str, ...]
    opens: str
    background: str
    fires: str
    """The route of the ``slots()`` in which it fires."""


@dataclass(frozen=True)
class SlotNode:
    """A slot: what it may show."""

    name: str
    default: str
    """A view or route; ``"empty"``; or ``"404"`` for a slot without a default."""
    layout: str
    default_layout: str
    options: dict[str, str]
    """Those that differ from what they are when not given."""
    routes: tuple[RouteNode, ...]
    interceptions: tuple[InterceptionNode, ...]
    inside: tuple[SegmentNode, ...]


@dataclass(frozen=True)
class SegmentNode:
    """One ``slots()``."""

    route: str
    namespaces: tuple[str, ...]
    layout: str
    remember: str
    slots: tuple[SlotNode, ...]


@dataclass(frozen=True)
class UrlTree:
    """All that a URLconf declares about slots."""

    segments: tuple[SegmentNode, ...]
    outside: tuple[RouteNode, ...]
    """Routes outside every ``slots()`` that an ``intercept()`` names."""


def url_tree(urlconf: Urlconf) -> UrlTree:
    """Return the tree of a URLconf."""
    wanted = {interception.route for _, interception in urlconf.interceptions}
    outside = (
        route
        for route in urlconf.routes
        if not route.enclosing and not wanted.isdisjoint(route.names)
    )
    return UrlTree(_segments(urlconf, None), _routes(outside))


def filtered(tree: UrlTree, wanted: str) -> UrlTree:
    """Return the part of a tree whose routes start with ``wanted``, or that has this name.

    That may be the name of a route, with or without its namespace, of a slot, or of a namespace.
    """
    prefix = wanted.lstrip("/")

    def is_wanted(route: RouteNode) -> bool:
        parts = {part for name in route.names for part in (name, *name.rpartition(":"))}
        return route.route.startswith(prefix) or wanted in parts

    def slot(node: SlotNode) -> SlotNode | None:
        if node.name == wanted:
            return node
        routes = tuple(filter(is_wanted, node.routes))
        interceptions = tuple(
            one
            for one in node.interceptions
            if one.route == wanted or any(map(is_wanted, one.targets))
        )
        inside = tuple(filter(None, map(segment, node.inside)))
        if not (routes or interceptions or inside):
            return None
        return replace(node, routes=routes, interceptions=interceptions, inside=inside)

    def segment(node: SegmentNode) -> SegmentNode | None:
        if (prefix and node.route.startswith(prefix)) or wanted in node.namespaces:
            return node
        slots = tuple(filter(None, map(slot, node.slots)))
        return replace(node, slots=slots) if slots else None

    segments = tuple(filter(None, map(segment, tree.segments)))
    return UrlTree(segments, tuple(filter(is_wanted, tree.outside)))


def _segments(urlconf: Urlconf, slot: DeclaredSlot | None) -> tuple[SegmentNode, ...]:
    """Return each ``slots()`` directly in a slot, or outside every slot."""
    return tuple(
        SegmentNode(
            route_text(declared.patterns),
            declared.namespaces,
            name_of(declared.segment.layout),
            declared.segment.remember,
            tuple(_slot(urlconf, inner) for inner in declared.slots),
        )
        for declared in urlconf.segments
        if not declared.segment.is_frame and _is_in(declared, slot)
    )


def _slot(urlconf: Urlconf, declared: DeclaredSlot) -> SlotNode:
    slot = declared.slot
    default, default_layout = slot.default, ""
    if isinstance(default, Segment):
        default_layout = name_of(default.layout)
        default = default.slots[0].default
    routes = (route for route in urlconf.routes if _is_in(route, declared))
    return SlotNode(
        slot.name,
        _default(default),
        name_of(slot.frame.layout) if slot.frame else "",
        default_layout,
        _options(slot),
        _routes(routes),
        tuple(_interception(urlconf, declared, one) for one in slot.interceptions),
        _segments(urlconf, declared),
    )


def _default(default: View | DefaultRoute | Segment | Unset | None) -> str:
    if isinstance(default, DefaultRoute):
        return f"route {default!r}"
    if default is UNSET:
        return "404"
    return name_of(default) if callable(default) else "empty"


def _interception(
    urlconf: Urlconf, slot: DeclaredSlot, interception: Interception
) -> InterceptionNode:
    background = interception.background
    return InterceptionNode(
        interception.route,
        _routes(urlconf.named(interception.route)),
        name_of(interception.view) if interception.view else "",
        interception.origins,
        interception.opens,
        name_of(background) if callable(background) else background or "",
        route_text(slot.segment.patterns),
    )


def _is_in(declared: DeclaredSegment | DeclaredRoute, slot: DeclaredSlot | None) -> bool:
    return (declared.enclosing[-1].named if declared.enclosing else None) is slot


def _routes(routes: Iterable[DeclaredRoute]) -> tuple[RouteNode, ...]:
    return tuple(
        RouteNode(route_text(route.patterns), route.names, name_of(route.view)) for route in routes
    )


def _options(slot: Slot) -> dict[str, str]:
    usual = "default" if slot.interceptions and slot.name != "children" else "keep"
    usual = "keep" if slot.default is UNSET else usual
    states = slot.states
    found: dict[str, View | str | None] = {
        "unmatched": "" if slot.unmatched == usual else slot.unmatched,
        "loading": states.loading,
        "delivery": "" if states.delivery == States().delivery else states.delivery,
        "error": states.error,
        "not_found": states.not_found,
        "test_func": slot.test_func,
    }
    return {
        name: value if isinstance(value, str) else name_of(value)
        for name, value in found.items()
        if value
    }
