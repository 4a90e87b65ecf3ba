"""Measures how ``resolve()`` grows with routes and slots, compared with Django's own resolver.

Each slot is matched on its own, so R routes in each of N slots are N look-ups among R routes. There are
two ways to write this without the package:

- *flat*: one URLconf with all N × (R - 1) + 1 routes, the one that matches being the last;
- *N times*: N URLconfs with R routes each, one ``resolve()`` after the other.

The first N × (R - 1) routes are the very same ``path()`` objects on all sides, and the URL matches the
last route of each slot: the worst case for a resolver that tries one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import log
from statistics import median
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, URLPattern, clear_url_caches, include, path, resolve

from benchmarks.clock import Call, Effort, Ratio, measure, ratio
from benchmarks.tables import table
from django_parallel_routes import slots

SLOTS = (1, 4, 16, 64)
ROUTES = (10, 100, 1_000)

SUFFIXES = {"static routes": "", "routes with a converter": "<int:pk>/"}


def view(request: HttpRequest, pk: int = 0) -> HttpResponse:
    raise NotImplementedError  # only resolved, never called


Urlconf = Any
"""A tuple with one pattern: what ``resolve()`` takes as well as a module's name."""


@dataclass(frozen=True)
class Urlconfs:
    """The same routes, for the package and for Django in both ways."""

    slots: Urlconf
    flat: Urlconf
    separate: list[Urlconf]


@dataclass(frozen=True)
class Cell:
    """The result for a number of slots and routes: seconds, and ratios."""

    slots: float
    flat: float
    separate: float
    to_flat: Ratio
    to_separate: Ratio


def report(effort: Effort, most: int) -> Iterator[str]:
    """Report on all combinations of slots and routes with at most ``most`` routes in all."""
    for kind, suffix in SUFFIXES.items():
        cells = {
            (n, r): _measured(
                _urlconfs(n, r, suffix), f"/grow/last/{'7/' if suffix else ''}", effort
            )
            for n in SLOTS
            for r in ROUTES
            if n * r <= most
        }
        yield f"resolve(): {kind}, the last one matches, µs of CPU time"
        yield table(
            ["slots", "routes", "slots()", "flat", "N times", "÷ flat", "÷ N times"],
            [
                [
                    f"{n:>5}",
                    f"{r:,}",
                    *(f"{t * 1e6:,.0f}" for t in (cell.slots, cell.flat, cell.separate)),
                    str(cell.to_flat),
                    str(cell.to_separate),
                ]
                for (n, r), cell in cells.items()
            ],
        )
        yield "Growth: the exponent k in time ~ size^k (1: linear, 0: constant)"
        yield table(
            ["", "slots()", "flat", "N times"],
            [
                ["routes 10 → 1,000 in 4 slots", *_exponents(cells[4, 10], cells[4, 1_000], 100)],
                ["slots 1 → 64 of 100 routes", *_exponents(cells[1, 100], cells[64, 100], 64)],
            ],
        )
    yield "resolve(): 4 slots of 100 routes with a converter, other outcomes, µs of CPU time"
    yield table(
        ["", "slots()", "flat", "N times", "÷ flat", "÷ N times"], list(_other_outcomes(effort))
    )


def _urlconfs(n: int, r: int, suffix: str) -> Urlconfs:
    clear_url_caches()
    own = [
        [path(f"slot-{slot}-page-{page}/{suffix}", view) for page in range(r - 1)]
        for slot in range(n)
    ]
    last = path(f"last/{suffix}", view)
    flat = [pattern for patterns in own for pattern in patterns]
    each: list[list[URLPattern]] = [[*patterns, last] for patterns in own]
    named = {f"s{number}": patterns for number, patterns in enumerate(each)}
    return Urlconfs(
        (slots("grow/", layout="benchmarks/layout.html", **named),),
        (path("grow/", include([*flat, last])),),
        [(path("grow/", include(patterns)),) for patterns in each],
    )


def _measured(urlconfs: Urlconfs, url: str, effort: Effort) -> Cell:
    def by_slots() -> Any:
        return resolved(url, urlconfs.slots)

    def flat() -> Any:
        return resolved(url, urlconfs.flat)

    def separate() -> Any:
        return [resolved(url, urlconf) for urlconf in urlconfs.separate][-1]

    found = [call() for call in (by_slots, flat, separate)]
    if url.startswith("/grow/last/"):
        assert len({match.route for match in found}) == 1, found
        matched = found[0].func.match.slots.values()
        assert len(matched) == len(urlconfs.separate)
        assert all(matched)
    ours, theirs, each = measure([Call(by_slots), Call(flat), Call(separate)], effort)
    return Cell(median(ours), median(theirs), median(each), ratio(ours, theirs), ratio(ours, each))


def resolved(url: str, urlconf: Urlconf) -> Any:
    try:
        return resolve(url, urlconf)
    except Resolver404:
        return None


def _other_outcomes(effort: Effort) -> Iterator[list[str]]:
    urlconfs = _urlconfs(4, 100, "<int:pk>/")
    urls = {
        "the first route of one slot": "/grow/slot-0-page-0/7/",
        "no route (404)": "/grow/none/",
    }
    for name, url in urls.items():
        cell = _measured(urlconfs, url, effort)
        times = [f"{t * 1e6:,.0f}" for t in (cell.slots, cell.flat, cell.separate)]
        yield [name, *times, str(cell.to_flat), str(cell.to_separate)]


def _exponents(small: Cell, large: Cell, factor: int) -> list[str]:
    return [
        f"{log(after / before, factor):.2f}"
        for before, after in (
            (small.slots, large.slots),
            (small.flat, large.flat),
            (small.separate, large.separate),
        )
    ]
