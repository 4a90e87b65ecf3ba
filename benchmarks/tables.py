"""Formats tables as plain text."""

from __future__ import annotations

from collections.abc import Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table as text. The first column is left-aligned, the others are right-aligned."""
    widths = [max(len(cell) for cell in column) for column in zip(head, *rows, strict=True)]

    def line(cells: Sequence[str]) -> str:
        padded = [cell.rjust(width) for cell, width in zip(cells, widths, strict=True)]
        return "  ".join([cells[0].ljust(widths[0]), *padded[1:]]).rstrip()

    return "\n".join([line(head), line(["─" * width for width in widths]), *map(line, rows), ""])


def size_row(name: str, ours: int, theirs: int) -> list[str]:
    """Return two numbers as a row, with their difference and ratio."""
    return [name, f"{ours:,}", f"{theirs:,}", f"{ours - theirs:+,}", f"{ours / theirs:.2f}"]
