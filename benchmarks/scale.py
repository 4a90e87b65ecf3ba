"""Measures what grows with a project: routes, slots on screen, the check, and memory.

Where times vary too much, it counts byte code instructions, which are the same in each run.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from time import process_time
from typing import Any

from django.conf import settings
from django.core.checks import run_checks
from django.urls import clear_url_caches, get_resolver, include, path

from benchmarks.client import Site, of_htmx, of_the_script
from benchmarks.clock import Call, Effort, instructions, measure, megabytes, ratio
from benchmarks.empty import COUNTS, bare_application, with_slots
from benchmarks.resolving import resolved, view
from benchmarks.tables import table
from django_parallel_routes import slots

ROUTES = (1_000, 10_000)
KINDS = ("item-{}/<int:pk>/", "<slug:name>/item-{}/", "<slug:name>/item-{}/<int:pk>/")
REQUESTS = 20_000


def report(effort: Effort, most: int, requests: int) -> Iterator[str]:
    yield "resolve() in one slot, µs of CPU time: the URL of the first route, of others, of none"
    head = ["routes", "URL", "slots()", "Django", "slots() ÷ Django"]
    yield table(head, [row for count in ROUTES if count <= most for row in _places(count, effort)])
    yield "Soft navigation of 1 with more slots on screen: steps of byte code, bytes of the header"
    yield table(["slots", "steps", "a slot more", "header", "a slot"], list(_slots_on_screen()))
    yield f"manage.py check with {most:,} routes in four slots, seconds of CPU time"
    yield table(["routes", "Django alone", "with ours"], list(_check(most)))
    yield f"A process with {most:,} routes that has answered one request"
    yield table(["", "slots()", "Django", "slots() ÷ Django"], list(_start(most)))
    yield f"Memory of a server over {requests:,} mixed requests"
    yield table(["after", "MB"], list(_memory(requests)))


def routes(kind: str, slot: int, count: int) -> list[Any]:
    return [path(kind.format(f"{slot}-{number}"), view) for number in range(count)]


def _places(count: int, effort: Effort) -> Iterator[list[str]]:
    for kind in KINDS:
        clear_url_caches()
        own = routes(kind, 0, count)
        ours = (slots("grow/", layout="benchmarks/layout.html", children=own),)
        theirs = (path("grow/", include(own)),)
        places = {"first": 0, "middle": count // 2, "last": count - 1, "none": count}
        for place, number in places.items():
            url = kind.format(f"0-{number}").replace("<int:pk>", "7").replace("<slug:name>", "x")

            sides = [partial(resolved, f"/grow/{url}", urlconf) for urlconf in (ours, theirs)]
            assert all((side() is None) == (place == "none") for side in sides)
            left, right = measure([Call(side) for side in sides], effort)
            times = [f"{min(times) * 1e6:,.0f}" for times in (left, right)]
            yield [f"{count:,}", f"{place}: {kind.format(7)}", *times, str(ratio(left, right))]


def _slots_on_screen() -> Iterator[list[str]]:
    application = bare_application()
    first: tuple[int, int] = (0, 0)
    for count in COUNTS:
        site = Site(with_slots([f"panel{number}" for number in range(count)]), application)
        headers = of_the_script(site.get("/empty/", {}))
        call = site.call("/empty/other/", of_htmx("/empty/") | headers)
        steps, size = instructions(call), len(headers["Parallel-Routes"])
        first = first if count > 1 else (steps, size)
        more = [""] if count == 1 else [f"{(steps - first[0]) / (count - 1):,.0f}"]
        yield [str(count), f"{steps:,}", *more, f"{size:,}", f"{size / count:,.1f}"]


def _check(most: int) -> Iterator[list[str]]:
    for count in (most // 10, most):
        settings.ROOT_URLCONF = urlconf("slots", count)
        clear_url_caches()
        get_resolver().url_patterns  # noqa: B018 - made before the clock starts
        started = process_time()
        run_checks(tags=["urls"])
        seconds = process_time() - started
        settings.ROOT_URLCONF = urlconf("django", count)
        clear_url_caches()
        started = process_time()
        run_checks(tags=["urls"])
        yield [f"{count:,}", f"{process_time() - started:.2f}", f"{seconds:.2f}"]


def urlconf(kind: str, count: int) -> Any:
    own = {
        name: routes("item-{}/<int:pk>/", number, count // 4)
        for number, name in enumerate(("children", "s1", "s2", "s3"))
    }
    if kind == "slots":
        return (slots("grow/", layout="benchmarks/layout.html", **own),)
    return (path("grow/", include([one for patterns in own.values() for one in patterns])),)


def _start(most: int) -> Iterator[list[str]]:
    """Yield seconds and MB of processes that resolve one URL: the fastest of three."""
    found: dict[str, list[Any]] = {}
    for kind in ("slots", "django"):
        command = [sys.executable, "-m", "benchmarks.starting", kind, str(most)]
        runs = [json.loads(subprocess.check_output(command)) for _ in range(3)]
        found[kind] = [min(values) for values in zip(*runs, strict=True)]
    for number, name in enumerate(("seconds of CPU time", "MB")):
        ours, theirs = found["slots"][number], found["django"][number]
        yield [name, f"{ours:.2f}", f"{theirs:.2f}", f"{ours / theirs:.2f}"]


def _memory(requests: int) -> Iterator[list[str]]:
    site = Site("benchmarks.calls_urls")
    page = site.get("/", {})
    soft = of_htmx("/") | of_the_script(page, current_url="/", origin="/")
    calls = [
        site.requests(path, headers)
        for path, headers in (
            ("/", {}),
            ("/docs/", soft),
            ("/photos/1/", soft),
            ("/nothing/", soft),
            ("/docs/", {"Parallel-Routes": "bad"}),
        )
    ]
    for number in range(requests):
        calls[number % len(calls)]()
        if (number + 1) % (requests // 4) == 0:
            yield [f"{number + 1:,}", f"{megabytes():.1f}"]
