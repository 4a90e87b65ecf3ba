"""Writes lines of text for ``manage.py slots``: trees, sections, and explanations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from django_parallel_routes.explain.dry_run import Answer
from django_parallel_routes.explain.explanation import Row
from django_parallel_routes.explain.interceptions import InterceptionReport

WIDTH = 100
BOXES = ("├─ ", "└─ ", "│  ", "   ")
ASCII = ("|- ", "`- ", "|  ", "   ")
ACTIONS = {
    "page": ("page", "SUCCESS"),
    "intercepted": ("intercepted", "SUCCESS"),
    "default": ("default", "SUCCESS"),
    "empty": ("empty", ""),
    "keep": ("kept", ""),
    "missing": ("missing", "ERROR"),
    "hidden": ("not printed", "WARNING"),
}
"""What happens to a slot, in words, and with which of Django's styles."""


@dataclass(frozen=True)
class Line:
    """A line of a tree, with the lines below it."""

    label: str
    details: tuple[str, ...] = ()
    children: tuple[Line, ...] = ()
    style: str = ""


@dataclass(frozen=True)
class Writer:
    """Writes for one stream, with its styles and the characters that it can encode."""

    style: Any
    encoding: str | None

    @property
    def boxes(self) -> tuple[str, str, str, str]:
        try:
            "".join(BOXES).encode(self.encoding or "ascii")
        except (UnicodeError, LookupError):
            return ASCII
        return BOXES

    def styled(self, style: str, text: str) -> str:
        colour: Callable[[str], str] = getattr(self.style, style, str) if style else str
        return colour(text)

    def heading(self, text: str) -> str:
        return self.styled("MIGRATE_HEADING", text)

    def tree(self, line: Line, first: str = "", rest: str = "") -> Iterator[str]:
        """Yield the lines of a tree, wrapped between words at ``WIDTH``."""
        label = first + self.styled(line.style, line.label)
        if len("  ".join((first + line.label, *line.details))) <= WIDTH:
            yield "  ".join((label, *line.details))
        else:
            yield label
            yield from _packed(line.details, rest + self.boxes[2 if line.children else 3] + "  ")
        branch, last, down, nothing = self.boxes
        for child in line.children:
            is_last = child is line.children[-1]
            yield from self.tree(
                child, rest + (last if is_last else branch), rest + (nothing if is_last else down)
            )

    def section(self, heading: str, items: Iterable[str]) -> Iterator[str]:
        """Yield a heading and items, or nothing if there are none."""
        items = list(items)
        if items:
            yield from ("", self.heading(heading))
            for item in items:
                yield from _wrapped(item, "  ")


def _packed(details: Iterable[str], indent: str) -> Iterator[str]:
    """Yield lines with as many details in each as fit."""
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


# --- An explanation ---


def explanation_lines(
    report: dict[str, Any], answer: Answer, reports: list[InterceptionReport], writer: Writer
) -> Iterator[str]:
    """Yield an explanation."""
    yield writer.heading(f"{report['method']} {report['url']}")
    yield from _wrapped(f"{report['how']}, {report['user'] or 'nobody'} is logged in", "  ")
    yield ""
    style = "SUCCESS" if answer.kind in ("page", "slots", "slot", "view") else "WARNING"
    yield from (writer.styled(style, line) for line in _wrapped(report["answer"]["sentence"], ""))
    if answer.kind == "slots" and answer.url:
        yield f"The address bar shows {answer.url}."
    yield from writer.section("Notes:", report["notes"])
    explanation = answer.explanation
    if explanation and explanation.rows:
        yield ""
        yield from _rows(explanation.rows, writer)
    checked = [f"{one.view} for {one.url}" for one in explanation.checked] if explanation else ()
    yield from writer.section("Checked first, because they may refuse:", checked)
    yield from writer.section("Views that run:", report["views"])
    found = (
        f"{one.slot} of {one.where}: {'fires' if one.fires else 'does not fire'}: {one.why}"
        for one in reports
    )
    yield from writer.section("Interceptions of this route:", found)


def _rows(rows: tuple[Row, ...], writer: Writer) -> Iterator[str]:
    labels = [_label(row, rows) for row in rows]
    width = max(map(len, labels))
    for label, row in zip(labels, rows, strict=True):
        action, style = ACTIONS[row.action]
        what, reason = _what(row), _reason(row)
        slot = writer.styled("MIGRATE_LABEL", label.ljust(width))
        start = f"  {slot}  {writer.styled(style, action)}"
        if row.view or len(what) + len(reason) + width + 20 > WIDTH:
            yield f"{start}  {what}".rstrip()
            yield from _wrapped(reason, " " * (width + 6))
        else:
            yield f"{start}  {what}: {reason}" if what else f"{start}: {reason}"


def _label(row: Row, rows: tuple[Row, ...]) -> str:
    """Return a slot's name, indented below the slots around it that have rows."""
    outer = [one.address for one in rows if row.address.startswith(f"{one.address}.")]
    nearest = max(outer, key=len, default="")
    return "  " * len(outer) + (row.address.removeprefix(f"{nearest}.") if outer else row.address)


def _what(row: Row) -> str:
    if row.action in ("missing", "hidden", "empty"):
        return ""
    if row.action == "keep":
        return row.shows if row.shows == "empty" else f"{row.shows} of {row.url}"
    return f"{row.view} for {row.url}" if row.view else ""


def _reason(row: Row) -> str:
    if row.arrives == "now" and not row.loading:
        return row.why
    if not row.loading:
        return f"{row.why}; it comes later"
    how = "in this response" if row.arrives == "streamed" else "by a request of its own"
    return f"{row.why}; {row.loading} is shown until it comes {how}"
