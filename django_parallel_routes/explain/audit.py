"""What ``manage.py slots --audit`` says: which views of a project can stand in slots, and why not.

Nothing is called or rendered. What a view renders is read from its templates, as the system checks do it.
"""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from django_parallel_routes.checks.templates import GAP, Reading
from django_parallel_routes.checks.views import is_whole, readings_of
from django_parallel_routes.declarations import WHOLE, name_of
from django_parallel_routes.rendering.documents import is_document
from django_parallel_routes.urlconf import DeclaredRoute, Urlconf, grouped

NO_CONTENT = re.compile(
    r"<head\b(?!.*(?:</head\b|<body\b))|<(title|script|style)\b(?!.*</\1\b)",
    re.IGNORECASE | re.DOTALL,
)
"""Matches what precedes a place in the head, a title or a script."""

HEADINGS = {False: "Fit with a change", None: "May fit", True: "Fit as they are"}


class AuditedView(NamedTuple):
    """A view with a URL, and what is known of what it answers with."""

    line: str
    fits: bool | None
    """Whether it can stand in a slot without a change; ``None`` if that is not known."""
    why: str
    blocks: tuple[str, ...]
    """The blocks of a whole document's body."""


def audit_lines(urlconf: Urlconf, start: str) -> Iterator[str]:
    """Yield what is known of the views of all routes that start with a text, first what needs a change.

    The views of the admin are counted only: they stay documents.
    """
    routes = [route for route in urlconf.routes if str(route).startswith(f"/{start.lstrip('/')}")]
    audited = [_audited(route) for route in routes if not _is_of_admin(route)]
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
    if of_admin := len(routes) - len(audited):
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
