"""What ``manage.py slots --audit`` says: which views of a project can stand in slots, and why not.

Nothing is called or rendered. What a view renders is read from its templates, as the system checks do it.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django_parallel_routes.checks.templates import GAP, Reading, read
from django_parallel_routes.checks.views import is_whole, readings_of, takes_forms
from django_parallel_routes.declarations import WHOLE, name_of
from django_parallel_routes.rendering.documents import is_document, part_of
from django_parallel_routes.urlconf import DeclaredRoute, Urlconf, grouped

FORM = re.compile(r"<form\b[^>]*\bmethod\s*=\s*[\"']?post\b", re.IGNORECASE)
INLINE = re.compile(r"<script\b(?![^>]*(?:\bsrc\b|json))[^>]*>", re.IGNORECASE)
ID = re.compile(
    r"<(?:main|div|section|article|body)\b[^>]*\bid\s*=\s*[\"']?([\w-]+)(?=[\s\"'>])",
    re.IGNORECASE,
)
NO_CONTENT = re.compile(
    r"<head\b(?!.*(?:</head\b|<body\b))|<(title|script|style)\b(?!.*</\1\b)",
    re.IGNORECASE | re.DOTALL,
)
"""Matches what precedes a place in the head, a title or a script."""


@dataclass(frozen=True)
class AuditedView:
    """A view with a URL, and what is known of what it answers with."""

    url: str
    name: str
    view: str
    fits: bool | None
    """Whether it can stand in a slot without a change; ``None`` if that is not known."""
    why: str
    base: str = ""
    """The outermost template of a whole document."""
    blocks: tuple[str, ...] = ()
    """The blocks of the document's body, in their order."""
    elements: tuple[str, ...] = ()
    """The ids of its elements that could be the page."""
    left_out: tuple[str, ...] = ()
    """The blocks that it fills in a document, and that are not shown in a slot."""
    slot: str = ""
    """The slot in which it stands already."""
    takes_forms: bool = False
    has_inline_scripts: bool = False


def _is_of_admin(route: DeclaredRoute) -> bool:
    return any(getattr(one, "app_name", None) == "admin" for one in route.resolvers)


def _audited(route: DeclaredRoute) -> AuditedView:
    view = route.view
    in_slot, alone = readings_of(view), readings_of(view, in_slot=False)
    slot = route.enclosing[-1] if route.enclosing else None
    part = slot.slot.part if slot else WHOLE
    whole = [reading for reading in in_slot.values() if is_whole(reading, part)]
    documents = [reading for reading in alone.values() if is_document(reading.text)]
    fits: bool | None = not whole
    if not in_slot:
        fits, why = None, "they name no template: they redirect, send data, or can't be read"
    elif not whole and any(reading.base == GAP for reading in in_slot.values()):
        fits, why = None, "they extend a template that only a request names"
    elif whole and len(whole) < len(in_slot):
        fits, why = None, "they render a fragment or a whole document"
    elif whole:
        why = f"they are whole documents on {whole[0].base}"
    elif any(reading.base != alone[name].base for name, reading in in_slot.items()):
        why = "their base template decides"
    else:
        why = "their slot names the part" if documents else "they render fragments"
    return AuditedView(
        str(route),
        route.names[0] if route.names else "",
        name_of(view if hasattr(view, "view_class") else inspect.unwrap(view)),
        fits,
        why,
        whole[0].base if fits is False else "",
        tuple(_blocks_in_body(whole[0])) if fits is False else (),
        tuple(_elements_around(whole[0])) if fits is False else (),
        tuple(sorted(_left_out(in_slot, alone))),
        slot.named.name if slot else "",
        takes_forms(view) or any(_has_own(FORM, reading) for reading in alone.values()),
        any(_has_own(INLINE, reading) for reading in alone.values()),
    )


def _has_own(pattern: re.Pattern[str], reading: Reading) -> bool:
    """Tell whether a page has something that the template which it extends has not."""
    extends = reading.base != reading.templates[0] and len(reading.templates) > 1
    base = extends and read(reading.templates[1], in_slot=False)
    of_base = len(pattern.findall(base.text)) if isinstance(base, Reading) else 0
    return len(pattern.findall(reading.text)) > of_base


def _left_out(in_slot: dict[str, Reading], alone: dict[str, Reading]) -> set[str]:
    """Return the blocks that pages fill in a document, and that their base leaves out in a slot."""
    return {
        block
        for name, reading in in_slot.items()
        if reading.base not in (GAP, alone[name].base)
        for block in alone[name].filled - reading.blocks.keys()
    }


def _elements_around(reading: Reading) -> Iterator[str]:
    """Yield the ids of the elements that could be the page: those around the blocks that it fills."""
    starts = [reading.blocks[name] for name in _blocks_in_body(reading)]
    for element in dict.fromkeys(ID.findall(reading.certain or reading.text)):
        marked = (f"{reading.text[:start]}{GAP}{reading.text[start:]}" for start in starts)
        if not starts or any(GAP in (part_of(text, [element]) or "") for text in marked):
            yield element


def _blocks_in_body(reading: Reading) -> Iterator[str]:
    """Yield the blocks that may hold a page: not those in the head, in tags and in scripts."""
    for name, start in reading.blocks.items():
        before = reading.text[:start]
        may_hold = name in (reading.filled or reading.blocks)
        if may_hold and not (NO_CONTENT.search(before) or before.rfind("<") > before.rfind(">")):
            yield name


# --- As text ---

HEADINGS = {False: "Fit with a change", None: "May fit", True: "Fit as they are"}


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
            if group[0].base:
                yield from _remedy(group)
            yield from map(_line, group)
    if of_admin := len(routes) - len(audited):
        yield f"Not listed: {of_admin} of the admin, which stay documents."


def _remedy(views: list[AuditedView]) -> Iterator[str]:
    """Yield what to do for documents, with the blocks and elements that most of them have."""
    yield "  Let that template decide by request.in_slot."
    for option in ("block", "element"):
        parts = [getattr(one, f"{option}s") for one in views]
        names = dict.fromkeys(name for part in parts for name in part)
        common = [name for name in names if sum(name in part for part in parts) * 2 > len(views)]
        if common:
            yield f"  Or let the slot name {option}={' or '.join(map(repr, common))}."


def _line(one: AuditedView) -> str:
    """Return a view as a line."""
    notes = [f"in slot {one.slot!r}"] if one.slot else []
    notes += ["takes forms"] if one.takes_forms else []
    notes += ["inline scripts"] if one.has_inline_scripts else []
    notes += [f"without block {name!r}" for name in one.left_out]
    return "    " + "  ".join(filter(None, [one.url, one.name, one.view, ", ".join(notes)]))
