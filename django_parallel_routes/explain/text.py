"""What ``manage.py slots`` prints: trees, and explanations, as lines of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from django_parallel_routes.explain.dry_run import Answer
from django_parallel_routes.explain.explanation import Row
from django_parallel_routes.explain.interceptions import Firing
from django_parallel_routes.explain.url_tree import Listing, Route, Rule, SegmentTree, SlotTree

WIDTH = 100
BOXES = ("├─ ", "└─ ", "│  ", "   ")
ASCII = ("|- ", "`- ", "|  ", "   ")
DOES = {
    "page": "page",
    "intercepted": "intercepted",
    "default": "default",
    "empty": "empty",
    "keep": "kept",
    "missing": "missing",
    "hidden": "not printed",
}


@dataclass(frozen=True)
class Node:
    """A line of a tree, with what hangs on it."""

    label: str
    details: tuple[str, ...] = ()
    children: tuple[Node, ...] = ()
    style: str = ""
    """A name of Django's ``self.style``."""


@dataclass(frozen=True)
class Pen:
    """Draws for one stream: with its colours, and characters that it can encode."""

    style: Any
    encoding: str | None

    @property
    def boxes(self) -> tuple[str, str, str, str]:
        return BOXES if self.can("├└│─") else ASCII

    def can(self, text: str) -> bool:
        """Tell whether the stream can encode a text."""
        try:
            text.encode(self.encoding or "ascii")
        except (UnicodeError, LookupError):
            return False
        return True

    def styled(self, style: str, text: str) -> str:
        colour: Callable[[str], str] = getattr(self.style, style, str) if style else str
        return colour(text)

    def tree(self, node: Node, first: str = "", rest: str = "") -> Iterator[str]:
        """Yield the lines of a tree, each no longer than ``WIDTH`` as far as words allow it."""
        line = "  ".join((first + node.label, *node.details))
        if len(line) <= WIDTH:
            yield "  ".join((first + self.styled(node.style, node.label), *node.details))
        else:
            yield first + self.styled(node.style, node.label)
            below = rest + (self.boxes[2] if node.children else self.boxes[3])
            yield from _packed(node.details, below + "  ")
        branch, last, down, nothing = self.boxes
        for number, child in enumerate(node.children, 1):
            is_last = number == len(node.children)
            yield from self.tree(
                child, rest + (last if is_last else branch), rest + (nothing if is_last else down)
            )


def _packed(details: Iterable[str], indent: str) -> Iterator[str]:
    """Yield lines with as many details in each as there is room for."""
    line = ""
    for detail in details:
        if line and len(f"{indent}{line}  {detail}") > WIDTH:
            yield indent + line
            line = ""
        line = f"{line}  {detail}" if line else detail
    yield indent + line


def _wrapped(text: str, indent: str) -> list[str]:
    return wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


# --- the tree of a URLconf ---


def drawn(listing: Listing, pen: Pen) -> Iterator[str]:
    """Yield the tree of a URLconf."""
    for segment in listing.segments:
        yield from pen.tree(_segment(segment))
    if listing.outside:
        yield pen.styled("MIGRATE_HEADING", "Outside of every slots(), but intercepted:")
        for route in listing.outside:
            yield from pen.tree(_route(route), "  ", "  ")


def _segment(segment: SegmentTree) -> Node:
    details = [f"layout {segment.layout}"]
    if segment.namespaces:
        details.append(f"namespace {':'.join(segment.namespaces)}")
    if segment.remember != "history":
        details.append(f"remember={segment.remember}")
    slots = tuple(map(_slot, segment.slots))
    return Node(f"slots /{segment.route}", tuple(details), slots, "MIGRATE_HEADING")


def _slot(slot: SlotTree) -> Node:
    default = {"404": "no default: 404", "empty": "default empty"}.get(slot.default)
    details = [default or f"default {slot.default}"]
    if slot.layout:
        details.append(f"layout {slot.layout}")
    if slot.default_layout:
        details.append(f"default_layout {slot.default_layout}")
    details.extend(f"{name}={value}" for name, value in slot.options.items())
    children = (*map(_route, slot.routes), *map(_rule, slot.rules), *map(_segment, slot.inside))
    return Node(slot.name, tuple(details), children, "MIGRATE_LABEL")


def _route(route: Route) -> Node:
    return Node(f"/{route.route}", (*route.names[:1], route.view))


def _rule(rule: Rule) -> Node:
    targets = ", ".join(f"/{route.route}" for route in rule.targets) or "the name of no route!"
    details = [targets, f"by {rule.view or 'its own view'}", f"from /{rule.fires}"]
    if rule.origins:
        details.append(f"origin={', '.join(rule.origins)}")
    if rule.opens != "here":
        details.append(f"opens={rule.opens}")
    if rule.background:
        details.append(f"background={rule.background}")
    return Node(f"intercepts {rule.route}", tuple(details), (), "HTTP_INFO")


# --- an explanation ---


def told(report: dict[str, Any], answer: Answer, fired: list[Firing], pen: Pen) -> Iterator[str]:
    """Yield an explanation."""
    yield pen.styled("MIGRATE_HEADING", f"{report['method']} {report['url']}")
    yield from _wrapped(f"{report['how']}, {report['user'] or 'nobody'} is logged in", "  ")
    yield ""
    good = answer.kind in ("page", "slots", "slot", "view")
    style = "SUCCESS" if good else "WARNING"
    yield from (pen.styled(style, line) for line in _wrapped(report["answer"]["sentence"], ""))
    if answer.kind == "slots" and answer.url:
        yield f"The address bar shows {answer.url}."
    yield from _listed("Notes:", report["notes"], pen)
    rows = answer.explanation.rows if answer.explanation else ()
    if rows:
        yield ""
        yield from _rows(rows, pen)
    yield from _listed("Asked first, and what they refuse is refused:", _asked(answer), pen)
    yield from _listed("Views that run:", report["views"], pen)
    yield from _listed("Interceptions of this route:", map(_firing, fired), pen)
    yield from _listed("Routes that were tried:", answer.tried, pen)


def _asked(answer: Answer) -> list[str]:
    asked = answer.explanation.asked if answer.explanation else ()
    return [f"{one.view} for {one.url}" for one in asked]


def _firing(firing: Firing) -> str:
    fires = "fires" if firing.fires else "does not fire"
    return f"{firing.slot} of {firing.where}: {fires}: {firing.why}"


def _listed(heading: str, items: Iterable[str], pen: Pen) -> Iterator[str]:
    items = list(items)
    if items:
        yield ""
        yield pen.styled("MIGRATE_HEADING", heading)
        for item in items:
            yield from _wrapped(item, "  ")


def _rows(rows: Iterable[Row], pen: Pen) -> Iterator[str]:
    rows = list(rows)
    labels = [_label(row, rows) for row in rows]
    width = max(map(len, labels))
    for label, row in zip(labels, rows, strict=True):
        does = DOES[row.action]
        style = {"keep": "", "empty": "", "missing": "ERROR", "hidden": "WARNING"}.get(
            row.action, "SUCCESS"
        )
        what, reason = _what(row), _reason(row)
        start = f"  {pen.styled('MIGRATE_LABEL', label.ljust(width))}  {pen.styled(style, does)}"
        if row.view or len(what) + len(reason) + width + 20 > WIDTH:
            yield f"{start}  {what}".rstrip()
            yield from _wrapped(reason, " " * (width + 6))
        else:
            yield f"{start}  {what}: {reason}" if what else f"{start}: {reason}"


def _label(row: Row, rows: list[Row]) -> str:
    """Return a slot's name, below that of the slot in which it stands if there is such a row."""
    around = [
        other for other in rows if row.address.startswith(f"{other.address}.") and other is not row
    ]
    if not around:
        return row.address
    nearest = max(around, key=lambda other: len(other.address))
    return "  " * len(around) + row.address.removeprefix(f"{nearest.address}.")


def _what(row: Row) -> str:
    if row.action in ("missing", "hidden", "empty"):
        return ""
    if row.action == "keep":
        return row.shows if row.shows == "empty" else f"{row.shows} of {row.url}"
    url = f" for {row.url}" if row.view else ""
    return f"{row.view}{url}"


def _reason(row: Row) -> str:
    if not row.loading and row.arrives == "now":
        return row.why
    if not row.loading:
        return f"{row.why}; it comes later"
    how = "in this response" if row.arrives == "streamed" else "by a request of its own"
    return f"{row.why}; {row.loading} stands here, it comes later {how}"
