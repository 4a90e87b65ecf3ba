"""What ``manage.py slots`` prints of a URLconf: its tree, or an audit of the views in it.

Nothing is called or rendered. What a view renders is read from its templates, as the system checks do it.
"""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django_parallel_routes.checks.templates import GAP, Reading, is_whole, readings_of
from django_parallel_routes.declarations import (
    UNSET,
    WHOLE,
    DefaultRoute,
    Fallbacks,
    Interception,
    Segment,
    Slot,
    Unset,
    View,
    name_of,
)
from django_parallel_routes.rendering.markup import is_document
from django_parallel_routes.urlconf import (
    DeclaredRoute,
    DeclaredSegment,
    DeclaredSlot,
    Urlconf,
    grouped,
    route_text,
)

INDENT = "  "


def tree_lines(urlconf: Urlconf) -> Iterator[str]:
    """Yield the tree of a URLconf as indented lines."""
    yield from _segments(urlconf, None)
    intercepted = {interception.route for _, interception in urlconf.interceptions}
    outside = [
        _route(route)
        for route in urlconf.routes
        if not route.enclosing and not intercepted.isdisjoint(route.names)
    ]
    if outside:
        yield "Outside every slots(), but intercepted:"
        yield from _indented(outside)


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"{INDENT}{line}" for line in lines)


def _segments(urlconf: Urlconf, slot: DeclaredSlot | None) -> Iterator[str]:
    """Yield the lines of each ``slots()`` directly in a slot, or outside every slot."""
    for declared in urlconf.segments:
        if declared.segment.is_frame or not _is_in(declared, slot):
            continue
        remember = declared.segment.remember
        yield _line(
            f"slots /{route_text(declared.patterns)}",
            ("layout ", name_of(declared.segment.layout)),
            ("namespace ", declared.namespace.removesuffix(":")),
            ("remember=", "" if remember == "history" else remember),
        )
        for one in declared.slots:
            yield from _indented(_slot(urlconf, one))


def _slot(urlconf: Urlconf, declared: DeclaredSlot) -> Iterator[str]:
    """Yield the lines of a slot."""
    slot = declared.slot
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
    yield from _indented(_route(route) for route in urlconf.routes if _is_in(route, declared))
    yield from _indented(_interception(urlconf, one) for one in slot.interceptions)
    yield from _indented(_segments(urlconf, declared))


def _route(route: DeclaredRoute) -> str:
    return _line(str(route), ("", "".join(route.names[:1])), ("", name_of(route.view)))


def _default(default: View | DefaultRoute | Segment | Unset | None) -> str:
    if isinstance(default, DefaultRoute):
        return f"default route {default!r}"
    if default is UNSET:
        return "no default: 404"
    return f"default {name_of(default) if callable(default) else 'empty'}"


def _options(slot: Slot) -> Iterator[tuple[str, str]]:
    """Yield the options of a slot that differ from those of most slots."""
    fallbacks = slot.fallbacks
    found: dict[str, View | str | None] = {
        "unmatched": "" if slot.unmatched == "keep" else slot.unmatched,
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


def _interception(urlconf: Urlconf, interception: Interception) -> str:
    background = interception.background
    targets = ", ".join(map(str, urlconf.named(interception.route)))
    return _line(
        f"intercepts {interception.route}",
        ("", targets or "the name of no route!"),
        ("by ", name_of(interception.view) if interception.view else "its own view"),
        ("origin=", ", ".join(interception.origins)),
        ("opens=", "" if interception.opens == "here" else interception.opens),
        ("background=", name_of(background) if callable(background) else background or ""),
    )


def _is_in(declared: DeclaredSegment | DeclaredRoute, slot: DeclaredSlot | None) -> bool:
    return (declared.enclosing[-1].named if declared.enclosing else None) is slot


def _line(label: str, *details: tuple[str, str]) -> str:
    """Return a line with the details that have a value."""
    return "  ".join([label, *(f"{what}{value}" for what, value in details if value)])


# --- the audit ---


NO_CONTENT = re.compile(
    r"<head\b(?!.*(?:</head\b|<body\b))|<(title|script|style)\b(?!.*</\1\b)",
    re.IGNORECASE | re.DOTALL,
)
"""Matches what precedes a place in the head, a title or a script."""

HEADINGS = {False: "Fit with a change", None: "May fit", True: "Fit as they are"}


class AuditedView(NamedTuple):
    """A view with a URL, and what is known of its response."""

    line: str
    fits: bool | None
    """Whether it can stand in a slot without a change; ``None`` if that is not known."""
    why: str
    blocks: tuple[str, ...]
    """The blocks of a whole document's body."""


def audit_lines(urlconf: Urlconf) -> Iterator[str]:
    """Yield what is known of the views of routes, first what needs a change.

    The views of the admin are counted only: they stay documents.
    """
    audited = [_audited(route) for route in urlconf.routes if not _is_of_admin(route)]
    for fits, heading in HEADINGS.items():
        views = [one for one in audited if one.fits is fits]
        for why, group in grouped((one.why, one) for one in views).items():
            yield f"{heading}: {len(group)}. {why[0].upper()}{why[1:]}."
            if fits is False:
                yield "  Let that template decide by request.in_slot."
                counts = Counter(name for one in group for name in one.blocks).items()
                if common := [name for name, count in counts if count * 2 > len(group)]:
                    yield f"  Or let the slot name block={' or '.join(map(repr, common))}."
            yield from (one.line for one in group)
    if of_admin := len(urlconf.routes) - len(audited):
        yield f"Not listed: {of_admin} of the admin, which stay documents."


def _is_of_admin(route: DeclaredRoute) -> bool:
    return any(getattr(one, "app_name", None) == "admin" for one in route.resolvers)


def _audited(route: DeclaredRoute) -> AuditedView:
    view = route.view
    in_slot, alone = readings_of(view), readings_of(view, in_slot=False)
    slot = route.enclosing[-1] if route.enclosing else None
    part = slot.slot.part if slot else WHOLE
    whole = [reading for reading in in_slot.values() if is_whole(reading, part)]
    fits: bool | None = None
    if not in_slot:
        why = "they name no template: they redirect, send data, or can't be read"
    elif not whole and any(reading.base == GAP for reading in in_slot.values()):
        why = "they extend a template that only a request names"
    elif whole and len(whole) < len(in_slot):
        why = "they render a fragment or a whole document"
    elif whole:
        fits, why = False, f"they are whole documents on {whole[0].base}"
    elif any(reading.base != alone[name].base for name, reading in in_slot.items()):
        fits, why = True, "their base template decides"
    elif any(is_document(reading.text) for reading in alone.values()):
        fits, why = True, "their slot names the part"
    else:
        fits, why = True, "they render fragments"
    notes = [f"in slot {slot.named.name!r}"] if slot else []
    notes += [f"without block {name!r}" for name in sorted(_left_out(in_slot, alone))]
    name = name_of(view if hasattr(view, "view_class") else inspect.unwrap(view))
    line = "  ".join(filter(None, [str(route), *route.names[:1], name, ", ".join(notes)]))
    blocks = tuple(_blocks_in_body(whole[0]) if whole else ())
    return AuditedView(f"    {line}", fits, why, blocks)


def _left_out(in_slot: dict[str, Reading], alone: dict[str, Reading]) -> set[str]:
    """Return the blocks that pages fill in a document, and that their base leaves out in a slot."""
    return {
        block
        for name, reading in in_slot.items()
        if reading.base not in (GAP, alone[name].base)
        for block in alone[name].filled - reading.blocks.keys()
    }


def _blocks_in_body(reading: Reading) -> Iterator[str]:
    """Yield the blocks that may hold a page: not those in the head, in tags and in scripts."""
    for name, start in reading.blocks.items():
        before = reading.text[:start]
        may_hold = name in (reading.filled or reading.blocks)
        if may_hold and not (NO_CONTENT.search(before) or before.rfind("<") > before.rfind(">")):
            yield name
