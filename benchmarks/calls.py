"""Counts how many functions of the package one request calls, in how many files, and how deep.

``sys.setprofile`` counts the calls of one warm request, only of functions in ``django_parallel_routes``.
Comprehensions and generator expressions don't count, because a reader need not look them up, and newer
Pythons inline some of them. A generator or coroutine that is resumed does not count again.
The numbers are the same in every run.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import django_parallel_routes
from benchmarks import calls_urls
from benchmarks.client import Headers, Site, of_htmx, of_the_script
from benchmarks.tables import table

PACKAGE = str(Path(django_parallel_routes.__file__).parent)


@dataclass
class Calls:
    """The calls that a profile function has counted."""

    functions: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By file and qualified name."""
    deepest: int = 0
    """The most functions of the package that were on the stack at once."""

    frames: set[FrameType] = field(default_factory=set, repr=False)
    """All that have begun: of a generator or coroutine, one for all its steps."""

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        if event == "call" and frame not in self.frames and _is_function_of_the_package(frame):
            self.frames.add(frame)
            code = frame.f_code
            name = getattr(code, "co_qualname", code.co_name)  # new in Python 3.11
            self.functions[code.co_filename.removeprefix(PACKAGE)[1:], name] += 1
            self.deepest = max(self.deepest, _depth(frame))

    @property
    def files(self) -> set[str]:
        return {file for file, _ in self.functions}


def report(*, is_long: bool) -> Iterator[str]:
    """Yield a line for each kind of request; with ``is_long`` also what was called."""
    rows, details = [], []
    for count, urlconf in ((3, calls_urls.three_slots), (4, calls_urls.four_slots)):
        site = Site(urlconf)
        page = site.get("/", {})
        soft = of_htmx("/") | of_the_script(
            page, current_url="/", origin="/", source_slot="children"
        )
        requests: list[tuple[str, str, Headers, int]] = [
            (f"full page, {count} slots", "/", {}, count),
            (f"soft navigation among {count}", "/docs/", soft, 1),
            (f"interception into a modal, {count}", "/photos/1/", soft, 1),
        ]
        for name, path, headers, rendered in requests:
            request = site.requests(path, headers)
            answer = request()
            assert answer.html.count(" data-pr-slot=") == rendered, answer.html
            calls = _counted(request)
            total = sum(calls.functions.values())
            rows.append([name, str(total), str(len(calls.files)), str(calls.deepest)])
            lines = [
                f"{n:4} {file}: {called}" for (file, called), n in calls.functions.most_common()
            ]
            details.append("\n".join([name, *lines, ""]))
    yield table(["", "calls", "files", "deepest"], rows)
    if is_long:
        yield from details


def _counted(request: Callable[[], Any]) -> Calls:
    calls = Calls()
    sys.setprofile(calls)
    try:
        request()
    finally:
        sys.setprofile(None)
    return calls


def _depth(frame: FrameType | None) -> int:
    depth = 0
    while frame:
        depth += _is_function_of_the_package(frame)
        frame = frame.f_back
    return depth


def _is_function_of_the_package(frame: FrameType) -> bool:
    code = frame.f_code
    return code.co_filename.startswith(PACKAGE) and not code.co_name.startswith("<")
