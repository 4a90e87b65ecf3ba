"""Turns numbers into the shapes that the chart templates draw as inline SVG.

This module does not use Django. A plot is stretched to the width of its card. Labels and numbers must
not be stretched, so they are texts that the template places around the drawing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH = 600
HEIGHT = 160


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day and its number."""

    day: date
    value: int


@dataclass(frozen=True, kw_only=True)
class Share:
    """A row of a ranking: its label, its number, and how much of the whole that is (0 to 100)."""

    label: str
    value: int
    percent: float
    width: float  # relative to the largest row, for the bar beside it


@dataclass(frozen=True, kw_only=True)
class Column:
    """An invisible strip over one day, with the day's number as its tooltip."""

    x: float
    width: float
    label: str


@dataclass(frozen=True, kw_only=True)
class AreaChart:
    """A line over time and the area beneath it."""

    line: str
    area: str
    columns: list[Column]
    y_labels: list[str]  # top to bottom
    x_labels: list[str]  # left to right
    summary: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, kw_only=True)
class Slice:
    """A part of a ring: its start and its length (both in percent), and its colour."""

    share: Share
    start: float
    length: float
    tone: int


def area_chart(days: Sequence[Day], *, noun: str, per: str = "day") -> AreaChart | None:
    """Draw the days as a line; ``None`` if there are fewer than two."""
    if len(days) < 2:
        return None
    values = [day.value for day in days]
    top = _round_up(max(values))
    step = WIDTH / (len(days) - 1)
    points = [
        f"{index * step:.1f},{HEIGHT - HEIGHT * value / top:.1f}"
        for index, value in enumerate(values)
    ]
    line = "M" + " L".join(points)
    return AreaChart(
        line=line,
        area=f"{line} L{WIDTH},{HEIGHT} L0,{HEIGHT} Z",
        columns=_columns(days, step, noun),
        y_labels=[f"{top * quarter // 4:,}" for quarter in (4, 3, 2, 1, 0)],
        x_labels=[f"{day.day:%b} {day.day.day}" for day in _spread(days, 5)],
        summary=(
            f"{noun.capitalize()} per {per} from {days[0].day:%B %d} to {days[-1].day:%B %d}: "
            f"between {min(values):,} and {max(values):,}, {sum(values):,} in all"
        ),
    )


def sparkline(values: Sequence[float], *, width: int = 120, height: int = 32) -> str:
    """The points of a small line without axes; an empty string if there are fewer than two."""
    if len(values) < 2:
        return ""
    top = max(values) or 1
    step = width / (len(values) - 1)
    return " ".join(
        f"{index * step:.1f},{height - 2 - (height - 4) * value / top:.1f}"
        for index, value in enumerate(values)
    )


def ring(shares: Sequence[Share]) -> list[Slice]:
    """Divide a ring of length 100 into shares, with small gaps between them."""
    slices, start = [], 0.0
    for tone, share in enumerate(shares):
        length = max(share.percent - 0.8, 0.2)
        slices.append(
            Slice(share=share, start=round(-start, 2), length=round(length, 2), tone=tone)
        )
        start += share.percent
    return slices


def _columns(days: Sequence[Day], step: float, noun: str) -> list[Column]:
    return [
        Column(
            x=round(max(index - 0.5, 0) * step, 1),
            width=round(step, 1),
            label=f"{day.day:%a}, {day.day:%B} {day.day.day}: {day.value:,} {noun}",
        )
        for index, day in enumerate(days)
    ]


def _round_up(value: int) -> int:
    """Return the next larger number that suits the top of an axis: four times a round step."""
    magnitude = 1
    while True:
        for factor in (1, 2, 3, 4, 5, 6, 8):
            if value <= 4 * factor * magnitude:
                return 4 * factor * magnitude
        magnitude *= 10


def _spread(days: Sequence[Day], count: int) -> list[Day]:
    """Return about ``count`` of the days, evenly spaced, with the first and the last."""
    last = len(days) - 1
    count = min(count, len(days))
    return [days[round(index * last / (count - 1))] for index in range(count)]
