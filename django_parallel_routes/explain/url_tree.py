"""The tree that ``manage.py slots`` prints: each ``slots()`` with its slots, routes and interceptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django_parallel_routes.declarations import (
    CHILDREN,
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
from django_parallel_routes.validation import MODALS

INDENT = "  "


def tree_lines(urlconf: Urlconf, wanted: str) -> Iterator[str]:
    """Yield the tree of a URLconf as indented lines, or the part of it that is wanted.

    ``wanted`` is the start of routes, or a name: that of a route, with or without its namespace, of a
    slot, or of a namespace.
    """
    yield from _segments(urlconf, None, wanted)
    intercepted = {interception.route for _, interception in urlconf.interceptions}
    outside = (
        route
        for route in urlconf.routes
        if not route.enclosing and not intercepted.isdisjoint(route.names)
    )
    if routes := _routes(outside, wanted):
        yield "Outside every slots(), but intercepted:"
        yield from _indented(routes)


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"{INDENT}{line}" for line in lines)


def _segments(urlconf: Urlconf, slot: DeclaredSlot | None, wanted: str) -> Iterator[str]:
    """Yield the lines of each ``slots()`` directly in a slot, or outside every slot."""
    for declared in urlconf.segments:
        if declared.is_frame or not _is_in(declared, slot):
            continue
        route, prefix = route_text(declared.patterns), wanted.lstrip("/")
        is_wanted = (prefix and route.startswith(prefix)) or wanted in declared.namespaces
        inner = "" if is_wanted else wanted
        lines = [line for one in declared.slots for line in _slot(urlconf, one, inner)]
        if lines:
            remember = declared.segment.remember
            yield _line(
                f"slots /{route}",
                ("layout ", name_of(declared.layout)),
                ("namespace ", ":".join(declared.namespaces)),
                ("remember=", "" if remember == "history" else remember),
            )
            yield from _indented(lines)


def _slot(urlconf: Urlconf, declared: DeclaredSlot, wanted: str) -> Iterator[str]:
    """Yield the lines of a slot with what is wanted of it; none if that is nothing."""
    slot = declared.slot
    if slot.name == wanted:
        wanted = ""
    inner = [
        *_routes((route for route in urlconf.routes if _is_in(route, declared)), wanted),
        *(
            _interception(urlconf, declared, one)
            for one in slot.interceptions
            if wanted in ("", one.route) or _routes(urlconf.named(one.route), wanted)
        ),
        *_segments(urlconf, declared, wanted),
    ]
    if wanted and not inner:
        return
    default, default_layout = slot.default, ""
    if isinstance(default, Segment):
        default_layout = name_of(default.layout)
        default = default.slots[0].default
    yield _line(
        slot.name,
        ("", _default(default)),
        ("layout ", name_of(slot.frame.layout) if slot.frame else ""),
        ("default_layout ", default_layout),
        *_options(slot),
    )
    yield from _indented(inner)


def _default(default: View | DefaultRoute | Segment | Unset | None) -> str:
    if isinstance(default, DefaultRoute):
        return f"default route {default!r}"
    if default is UNSET:
        return "no default: 404"
    return f"default {name_of(default) if callable(default) else 'empty'}"


def _options(slot: Slot) -> Iterator[tuple[str, str]]:
    """Yield the options of a slot that differ from what they are when not given."""
    closes = slot.interceptions or (slot.frame and name_of(slot.frame.layout) in MODALS)
    is_modal = closes and slot.name != CHILDREN and slot.default is not UNSET
    usual = "default" if is_modal else "keep"
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
    for name, value in found.items():
        if value:
            yield f"{name}=", value if isinstance(value, str) else name_of(value)


def _interception(urlconf: Urlconf, slot: DeclaredSlot, interception: Interception) -> str:
    background = interception.background
    targets = ", ".join(map(str, urlconf.named(interception.route)))
    return _line(
        f"intercepts {interception.route}",
        ("", targets or "the name of no route!"),
        ("by ", name_of(interception.view) if interception.view else "its own view"),
        ("from /", route_text(slot.parent.patterns)),
        ("origin=", ", ".join(interception.origins)),
        ("opens=", "" if interception.opens == "here" else interception.opens),
        ("background=", name_of(background) if callable(background) else background or ""),
    )


def _is_in(declared: DeclaredSegment | DeclaredRoute, slot: DeclaredSlot | None) -> bool:
    return (declared.enclosing[-1].named if declared.enclosing else None) is slot


def _routes(routes: Iterable[DeclaredRoute], wanted: str) -> list[str]:
    return [
        _line(str(route), ("", "".join(route.names[:1])), ("", name_of(route.view)))
        for route in routes
        if str(route).startswith(f"/{wanted.lstrip('/')}")
        or any(wanted in (name, *name.rpartition(":")) for name in route.names)
    ]


def _line(label: str, *details: tuple[str, str]) -> str:
    """Return a line with the details that have a value."""
    return "  ".join([label, *(f"{what}{value}" for what, value in details if value)])
