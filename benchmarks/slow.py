"""Pages with slow slots, and the same pages without them, for ``benchmarks.serving``."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from django_parallel_routes import slot, slots

SECONDS = 0.1
"""What a slow view waits for: a query, another server."""

MANY = 8
ROWS = [{"name": f"Row {number}", "value": number * number} for number in range(60)]


async def waits_async(request: HttpRequest) -> HttpResponse:
    await asyncio.sleep(SECONDS)
    return HttpResponse("<p>slow</p>")


def waits(request: HttpRequest) -> HttpResponse:
    time.sleep(SECONDS)
    return HttpResponse("<p>slow</p>")


def table(request: HttpRequest) -> HttpResponse:
    return render(request, "benchmarks/slow_table.html", {"rows": ROWS})


def layout(*names: str) -> Callable[..., HttpResponse]:
    """Return a layout that prints children and these slots."""

    def view(request: HttpRequest) -> HttpResponse:
        return render(request, "benchmarks/slow_layout.html", {"names": names})

    return view


def tables(route: str, **more: Any) -> Any:
    """Return a page with three tables, and optionally a slow part."""
    quick = {"team": [path("", table)], "activity": [path("", table)]}
    return slots(route, layout=layout(*quick, *more), children=[path("", table)], **quick, **more)


def all_slow(route: str, number: int) -> Any:
    names = [f"s{i}" for i in range(1, number)]
    slow = {name: [path("", waits_async)] for name in names}
    return slots(route, layout=layout(*names), children=[path("", waits_async)], **slow)


STREAMED = {"loading": "benchmarks/slow_loading.html", "delivery": "streamed"}

urlpatterns = [
    path("ready/", lambda request: HttpResponse("ready")),
    path("by-hand/", waits_async),
    all_slow("one/", 1),
    all_slow("many/", MANY),
    tables("quick/"),
    tables("slow/async/", slow=slot([path("", waits_async)], **STREAMED)),
    tables("slow/sync/", slow=slot([path("", waits)], **STREAMED)),
]
