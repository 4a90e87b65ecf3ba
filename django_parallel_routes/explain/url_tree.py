"""The tree that ``manage.py slots`` prints: each ``slots()`` with its slots, routes and interceptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django_parallel_routes.declarations import (
    UNSET,
    DefaultRoute,
    Fallbacks,
    Interception,
    Segment,
    Slot,
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


def url_tree(urlconf: Urlconf, wanted: str = "") -> UrlTree:
    """Return the tree of a URLconf, or the part of it that is wanted.

    ``wanted`` is the start of routes, or a name: that of a route, with or without its namespace, of a
    slot, or of a namespace.
    """
    intercepted = {interception.route for _, interception in urlconf.interceptions}
    outside = (
        route
        for route in urlconf.routes
        if not route.enclosing and not intercepted.isdisjoint(route.names)
    )
    return UrlTree(tuple(_segments(urlconf, None, wanted)), _routes(outside, wanted))


def _segments(urlconf: Urlconf, slot: DeclaredSlot | None, wanted: str) -> Iterator[SegmentNode]:
    """Yield each ``slots()`` directly in a slot, or outside every slot."""
    for declared in urlconf.segments:
        if declared.is_frame or not _is_in(declared, slot):
            continue
        route, prefix = route_text(declared.patterns), wanted.lstrip("/")
        is_wanted = (prefix and route.startswith(prefix)) or wanted in declared.namespaces
        inner = (_slot(urlconf, one, "" if is_wanted else wanted) for one in declared.slots)
        if slots := tuple(filter(None, inner)):
            layout = name_of(declared.layout)
            remember = declared.segment.remember
            yield SegmentNode(route, declared.namespaces, layout, remember, slots)


def _slot(urlconf: Urlconf, declared: DeclaredSlot, wanted: str) -> SlotNode | None:
    slot = declared.slot
    default, default_layout = slot.default, ""
    if isinstance(default, Segment):
        default_layout = name_of(default.layout)
        default = default.slots[0].default
    if slot.name == wanted:
        wanted = ""
    routes = _routes((route for route in urlconf.routes if _is_in(route, declared)), wanted)
    interceptions = tuple(
        _interception(urlconf, declared, one)
        for one in slot.interceptions
        if wanted in ("", one.route) or _routes(urlconf.named(one.route), wanted)
    )
    inside = tuple(_segments(urlconf, declared, wanted))
    if wanted and not (routes or interceptions or inside):
        return None
    return SlotNode(
        slot.name,
        _default(default),
        name_of(slot.frame.layout) if slot.frame else "",
        default_layout,
        _options(slot),
        routes,
        interceptions,
        inside,
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
        route_text(slot.parent.patterns),
    )


def _is_in(declared: DeclaredSegment | DeclaredRoute, slot: DeclaredSlot | None) -> bool:
    return (declared.enclosing[-1].named if declared.enclosing else None) is slot


def _routes(routes: Iterable[DeclaredRoute], wanted: str = "") -> tuple[RouteNode, ...]:
    nodes = (RouteNode(route_text(one.patterns), one.names, name_of(one.view)) for one in routes)
    return tuple(
        node
        for node in nodes
        if node.route.startswith(wanted.lstrip("/"))
        or any(wanted in (name, *name.rpartition(":")) for name in node.names)
    )


def _options(slot: Slot) -> dict[str, str]:
    usual = "default" if slot.interceptions and slot.name != "children" else "keep"
    usual = "keep" if slot.default is UNSET else usual
    fallbacks = slot.fallbacks
    found: dict[str, View | str | None] = {
        "unmatched": "" if slot.unmatched == usual else slot.unmatched,
        "loading": fallbacks.loading,
        "delivery": "" if fallbacks.delivery == Fallbacks().delivery else fallbacks.delivery,
        "error": fallbacks.error,
        "not_found": fallbacks.not_found,
        "test_func": slot.test_func,
        "block": ",".join(slot.part.blocks),
        "element": ",".join(slot.part.elements),
    }
    return {
        name: value if isinstance(value, str) else name_of(value)
        for name, value in found.items()
        if value
    }
