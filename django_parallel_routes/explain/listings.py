"""What ``manage.py slots`` prints of a URLconf: its tree, or an audit of the views in it.

No view is called or rendered. What a view renders is read from its templates, as the system checks do.
"""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any, NamedTuple

from django_parallel_routes.checks.templates import GAP, Reading, is_whole, readings_of
from django_parallel_routes.declarations import UNSET, WHOLE, DefaultRoute, Interception, Segment
from django_parallel_routes.matches import name_of
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

SAME_NAMES = (
    "remember unmatched loading error not_found delivery test_func opens background asks".split()
)
OPTIONS = {name: name for name in SAME_NAMES}
OPTIONS |= {"origins": "origin", "blocks": "block", "elements": "element"}
"""The options that the tree shows, by the names of their fields."""


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
        yield _line(
            f"slots /{route_text(declared.patterns)}",
            f"layout {name_of(declared.segment.layout)}",
            declared.namespace and f"namespace {declared.namespace.removesuffix(':')}",
            *_options(declared.segment),
        )
        for one in declared.slots:
            yield from _indented(_slot(urlconf, one))


def _slot(urlconf: Urlconf, declared: DeclaredSlot) -> Iterator[str]:
    """Yield the lines of a slot."""
    slot = declared.slot
    default, layout = slot.default, f"layout {name_of(slot.frame.layout)}" if slot.frame else ""
    default_layout = ""
    if isinstance(default, Segment):
        default_layout = f"default_layout {name_of(default.layout)}"
        default = default.slots[0].default
    shown = f"default {name_of(default) if callable(default) else 'empty'}"
    if isinstance(default, DefaultRoute):
        shown = f"default route {default!r}"
    elif default is UNSET:
        shown = "no default: 404"
    options = _options(slot, slot.part)
    yield _line(slot.name, shown, layout, default_layout, *options)
    yield from _indented(_route(route) for route in urlconf.routes if _is_in(route, declared))
    yield from _indented(_interception(urlconf, one) for one in slot.interceptions)
    yield from _indented(_segments(urlconf, declared))


def _route(route: DeclaredRoute) -> str:
    return _line(str(route), *route.names[:1], name_of(route.view))


def _interception(urlconf: Urlconf, interception: Interception) -> str:
    targets = ", ".join(map(str, urlconf.named(interception.route)))
    view = f"by {name_of(interception.view) if interception.view else 'its own view'}"
    targets = targets or "the name of no route!"
    return _line(f"intercepts {interception.route}", targets, view, *_options(interception))


def _options(*declarations: Any) -> Iterator[str]:
    """Yield the options of declarations that don't have the usual values."""
    for one in declarations:
        for field in fields(one):
            value = getattr(one, field.name)
            if field.name in OPTIONS and value not in (field.default, "keep"):
                text = ",".join(value) if isinstance(value, tuple) else value
                text = name_of(value) if callable(value) else text
                yield f"{OPTIONS[field.name]}={text}"


def _is_in(declared: DeclaredSegment | DeclaredRoute, slot: DeclaredSlot | None) -> bool:
    return (declared.enclosing[-1].named if declared.enclosing else None) is slot


def _line(*details: str) -> str:
    """Return a line with the details that are not empty."""
    return "  ".join(filter(None, details))


# --- the audit ---

CHANGE, MAY_FIT, FITS = "Fit with a change", "May fit", "Fit as they are"
BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)


class AuditedView(NamedTuple):
    """The view of a route, and what its templates print: for a slot, and alone."""

    route: DeclaredRoute
    in_slot: dict[str, Reading]
    alone: dict[str, Reading]

    def __str__(self) -> str:
        route, view = self.route, self.route.view
        name = name_of(view if hasattr(view, "view_class") else inspect.unwrap(view))
        notes = [f"in slot {slot.named.name!r}" for slot in route.enclosing[-1:]]
        notes += [f"without block {name!r}" for name in sorted(self.left_out)]
        return _line(str(route), *route.names[:1], name, ", ".join(notes))

    @property
    def verdict(self) -> tuple[str, str]:
        """Whether the view can stand in a slot, and why."""
        readings, part = self.in_slot.values(), WHOLE
        if self.route.enclosing:
            part = self.route.enclosing[-1].slot.part
        whole = [reading for reading in readings if is_whole(reading, part)]
        if not readings:
            return MAY_FIT, "They name no template: they redirect, send data, or can't be read"
        if whole and len(whole) < len(readings):
            return MAY_FIT, "They render a fragment or a whole document"
        if whole:
            return CHANGE, f"They are whole documents on {whole[0].base}"
        if any(reading.base == GAP for reading in readings):
            return MAY_FIT, "They extend a template that only a request names"
        if any(reading.base != self.alone[name].base for name, reading in self.in_slot.items()):
            return FITS, "Their base template decides"
        if any(is_document(reading.text) for reading in self.alone.values()):
            return FITS, "Their slot names the part"
        return FITS, "They render fragments"

    @property
    def left_out(self) -> set[str]:
        """The blocks that a page fills in a document, and that its base template leaves out in a slot."""
        return {
            block
            for name, reading in self.in_slot.items()
            if reading.base not in (GAP, self.alone[name].base)
            for block in self.alone[name].filled - reading.blocks.keys()
        }

    @property
    def blocks_in_body(self) -> list[str]:
        """The blocks that may contain the page, if its first template is a whole document."""
        reading = next(iter(self.in_slot.values()))
        body = BODY.search(reading.text)
        start = body.end() if body else 0
        named = reading.filled or reading.blocks
        return [name for name, at in reading.blocks.items() if at >= start and name in named]


def audit_lines(urlconf: Urlconf) -> Iterator[str]:
    """Yield which views can stand in slots; first the views that need a change.

    Views of the admin are only counted: they stay documents.
    """
    audited = [
        AuditedView(route, readings_of(route.view), readings_of(route.view, in_slot=False))
        for route in urlconf.routes
        if all(getattr(one, "app_name", None) != "admin" for one in route.resolvers)
    ]
    groups = grouped((one.verdict, one) for one in audited)
    for verdict in (CHANGE, MAY_FIT, FITS):
        for (heading, why), group in groups.items():
            if heading != verdict:
                continue
            yield f"{heading}: {len(group)}. {why}."
            if heading == CHANGE:
                yield "  Let that template decide by request.in_slot."
                counts = Counter(name for one in group for name in one.blocks_in_body).items()
                if common := [name for name, count in counts if count * 2 > len(group)]:
                    yield f"  Or let the slot name block={' or '.join(map(repr, common))}."
            yield from (f"    {one}" for one in group)
    if of_admin := len(urlconf.routes) - len(audited):
        yield f"Not listed: {of_admin} of the admin, which stay documents."
