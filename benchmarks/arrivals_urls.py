"""A page with three slots of 0, 400 and 1,200 ms, for ``benchmarks.arrivals``."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from django.contrib.staticfiles.views import serve
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from django_parallel_routes import slot, slots

WAITS = {"first": 0, "second": 0.4, "third": 1.2}
LOADING = "benchmarks/slow_loading.html"


def page(seconds: float) -> Callable[..., Any]:
    async def view(request: HttpRequest) -> HttpResponse:
        await asyncio.sleep(seconds)
        return HttpResponse("<p class='there'>there</p>")

    return view


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<p>not yet</p>")


def layout(request: HttpRequest) -> HttpResponse:
    context = {"names": WAITS, "htmx_version": int(request.GET.get("htmx", 4))}
    return render(request, "benchmarks/arrivals.html", context)


def site(route: str, *names: str) -> Any:
    """Return a site with all slots. Those that are named have a page for ``next/``."""
    pages = {name: [path("next/", page(WAITS[name]))] if name in names else [] for name in WAITS}
    is_late = len(names) > 1
    return slots(
        route,
        layout=layout,
        children=[path("", empty)],
        **{
            name: slot(routes, default=empty, loading=LOADING if is_late and WAITS[name] else None)
            for name, routes in pages.items()
        },
    )


urlpatterns = [
    path("ready/", lambda request: HttpResponse("ready")),
    path("static/<path:path>", serve, {"insecure": True}),
    site("all/", *WAITS),
    *[site(f"{name}/", name) for name in WAITS],
]
