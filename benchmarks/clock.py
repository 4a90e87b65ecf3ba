"""Compares calls by the CPU time of this process, in alternating blocks.

Wall time would include other processes. Each block calls one side for some milliseconds. The sides
alternate, in an order that is reversed each time, so that a machine that becomes slower affects all
sides alike. A ratio is the median of the ratios of neighbouring blocks. The garbage collector stays
on, as in production, but each block begins just after a collection.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import process_time
from types import FrameType
from typing import Any


@dataclass(frozen=True)
class Call:
    """A call to measure, and what to do before each block of it, which is not measured."""

    run: Callable[[], object]
    prepare: Callable[[], object] = lambda: None


@dataclass(frozen=True)
class Effort:
    """The length of a measurement: the number of blocks, and the seconds of each."""

    blocks: int
    seconds: float


Times = list[float]
"""Seconds of CPU time a call, block by block."""


@dataclass(frozen=True)
class Ratio:
    """A median, and the quartiles around it."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.low:.2f}–{self.high:.2f})"


def measure(calls: Sequence[Call], effort: Effort) -> list[Times]:
    """Return the times of each call."""
    gc.collect()
    gc.freeze()  # so that the collector ignores all objects that exist now
    for call in calls:
        _block(call, 2)  # warms up caches
    times: list[Times] = [[] for _ in calls]
    counts = [_calibrated(call, effort.seconds) for call in calls]
    turns = list(zip(calls, counts, times, strict=True))
    for _ in range(effort.blocks):
        for call, count, found in turns:
            found.append(_block(call, count))
        turns.reverse()
    gc.unfreeze()
    return times


def ratio(ours: Times, theirs: Times) -> Ratio:
    return Ratio(*_spread([one / other for one, other in zip(ours, theirs, strict=True)]))


def difference(ours: Times, theirs: Times) -> float:
    return median(one - other for one, other in zip(ours, theirs, strict=True))


def instructions(call: Call) -> int:
    """Return how many byte code instructions one call takes: the fewest of three.

    A call may take more if the clock reaches another second, or if the garbage collector runs. The call is
    traced once before, because Python 3.13 does not count all of a function's first traced call.
    """
    found = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal found
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        found += event == "opcode"
        return trace

    call.prepare()
    call.run()
    counts = []
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        for _ in range(4):
            found = 0
            call.run()
            counts.append(found)
    finally:
        sys.settrace(before)
    return min(counts[1:])


def megabytes() -> float:
    """Return the memory of this process in MB, from Linux."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def _spread(values: list[float]) -> tuple[float, float, float]:
    if len(values) < 2:
        return values[0], values[0], values[0]
    low, _, high = quantiles(values, n=4, method="inclusive")
    return median(values), low, high


def _calibrated(call: Call, seconds: float) -> int:
    """Return the number of calls in a block."""
    count = 1
    while (once := _block(call, count)) * count < seconds / 4:
        count *= 2
    return max(1, round(seconds / once))


def _block(call: Call, count: int) -> float:
    call.prepare()
    gc.collect()
    run = call.run
    start = process_time()
    for _ in range(count):
        run()
    return (process_time() - start) / count
