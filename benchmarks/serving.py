"""Measures what slow slots cost under real servers: ``python -m benchmarks.serving``.

It measures wall time from sending a request to its response, because that is how long a user waits. The
sides alternate, and a ratio is the median of neighbouring pairs, with its quartiles. "best" compares the
fastest responses, which other processes have delayed the least. Needs the dependency group ``test``.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter

import django

from benchmarks.clock import Times, ratio
from benchmarks.slow import MANY, SECONDS
from benchmarks.tables import table
from tests.support.servers import SERVERS, Server, serving

ENVIRON = {
    "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
    "BENCHMARKS_URLCONF": "benchmarks.slow",
}
ROUNDS = 60
SHELL = "<template data-pr-arrived></template>"  # the end of the part that arrives at once
PAGE = "</html>"


def main() -> None:
    print(f"Python {platform.python_version()}, Django {django.__version__}\n")
    for text in (*side_by_side(), *first_bytes()):
        print(text, flush=True)


def side_by_side() -> Iterator[str]:
    """Compare many async slots with one: they should wait at the same time."""
    yield f"{MANY} async slots that wait {SECONDS * 1000:.0f} ms each, uvicorn"
    with serving(SERVERS["uvicorn"], ENVIRON) as server:
        hand, one, many = take_turns(
            whole(server, "/by-hand/"), whole(server, "/one/"), whole(server, "/many/")
        )
    yield table(
        ["", "ms", "÷ by hand", "÷ one slot", f"÷ {SECONDS * 1000:.0f} ms"],
        [
            [name, milliseconds(times), *map(str, against), f"{median(times) / SECONDS:.3f}"]
            for name, times, against in (
                ("a view by hand", hand, ("", "")),
                ("one slot", one, (ratio(one, hand), "")),
                (f"{MANY} slots", many, (ratio(many, hand), ratio(many, one))),
            )
        ],
    )


def first_bytes() -> Iterator[str]:
    """Compare a page with a slow streamed slot with the same page without it."""
    yield f"A page of three tables with a streamed slot that takes {SECONDS * 1000:.0f} ms"
    rows = []
    for kind in ("uvicorn", "granian-asgi", "gunicorn", "granian-wsgi", "runserver"):
        views = ("async", "sync") if SERVERS[kind].is_async else ("sync",)
        with serving(SERVERS[kind], ENVIRON) as server:
            for view in views:
                slow = f"/slow/{view}/"
                without, with_it = take_turns(
                    until(server, "/quick/", PAGE), until(server, slow, SHELL)
                )
                head_without, head_with = take_turns(head(server, "/quick/"), head(server, slow))
                first, complete = ratio(head_with, head_without), ratio(with_it, without)
                rows.append(
                    [
                        f"{kind}, {view}",
                        milliseconds(head_without),
                        milliseconds(head_with),
                        str(first),
                        best(head_with, head_without),
                        milliseconds(without),
                        milliseconds(with_it),
                        str(complete),
                        best(with_it, without),
                    ]
                )
    first_byte = ["first byte, ms", "with the slot", "÷", "best"]
    yield table(["", *first_byte, "all, ms", "shell with it", "÷", "best"], rows)


Measured = Callable[[], float]


def take_turns(*sides: Measured) -> list[Times]:
    """Return the times of each side, measured in turns."""
    for side in sides:
        for _ in range(3):  # warms up caches
            side()
    times: list[Times] = [[] for _ in sides]
    turns = list(zip(sides, times, strict=True))
    for _ in range(ROUNDS):
        for side, found in turns:
            found.append(side())
        turns.reverse()
    return times


def whole(server: Server, path: str) -> Measured:
    return until(server, path, None)


def until(server: Server, path: str, text: str | None) -> Measured:
    """Return the seconds until a text has arrived, or the whole response."""

    def measured() -> float:
        start = perf_counter()
        answer = server.get(path)
        if text:
            answer.until(text)
        else:
            answer.rest()
        seconds = perf_counter() - start
        answer.rest()  # so that the next measurement begins when nothing else is running
        assert answer.status == 200
        return seconds

    return measured


def head(server: Server, path: str) -> Measured:
    """Return the seconds until the headers of the response have arrived."""

    def measured() -> float:
        start = perf_counter()
        answer = server.get(path)
        assert answer.status == 200
        seconds = perf_counter() - start
        answer.rest()
        return seconds

    return measured


def best(ours: Times, theirs: Times) -> str:
    return f"{min(ours) / min(theirs):.2f}"


def milliseconds(times: Times) -> str:
    return f"{median(times) * 1000:.1f}"


if __name__ == "__main__":
    main()
