"""Pages with two slow slots: sync, async and mixed; at once, deferred and streamed; and broken ones."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime, timezone
from functools import partial
from typing import Any

from asgiref.sync import sync_to_async
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

from django_parallel_routes import slot, slots
from tests.served.middleware import NAME
from tests.support.gates import arrive, arrive_async

View = Callable[..., HttpResponse]
AsyncView = Callable[..., Coroutine[Any, Any, HttpResponse]]

MOMENT = datetime(2030, 1, 7, 12, tzinfo=timezone.utc)  # a Monday


def ready(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ready")


def slow(name: str) -> View:
    """A view that holds on to a database connection while it waits at its gate."""

    def view(request: HttpRequest) -> HttpResponse:
        seen = surroundings()
        select()
        if gate := gate_of(request, name):
            arrive(gate)
        # Rendered when the view is done, and by then it's still the same request.
        return TemplateResponse(request, "served/slot.html", context(name, seen))

    return view


def slow_async(name: str) -> AsyncView:
    async def view(request: HttpRequest) -> HttpResponse:
        seen = surroundings()  # before asgiref has had a hand in it
        await sync_to_async(select)()
        if gate := gate_of(request, name):
            try:
                await arrive_async(gate)
            except asyncio.CancelledError:
                arrive(f"{gate}-cancelled")
                raise
        return render(request, "served/slot.html", context(name, seen))

    return view


def quick(name: str) -> View:
    def view(request: HttpRequest) -> HttpResponse:
        return render(request, "served/slot.html", context(name, surroundings()))

    return view


def gate_of(request: HttpRequest, name: str) -> str | None:
    test = request.headers.get("X-Gates")
    return f"{test}-{name}" if test else None


def surroundings() -> str:
    """What middleware has set: a context variable, the language, the time zone."""
    return f"{NAME.get()} {get_language()} {get_current_timezone_name()}"


def context(name: str, seen: str) -> dict[str, Any]:
    return {"name": name, "moment": MOMENT, "seen": seen, "sees": surroundings}


def select() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def breaks(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise ZeroDivisionError("broken by a test")


async def breaks_async(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return breaks(request)


async def breaks_late(request: HttpRequest) -> HttpResponse:
    """Breaks when the gate of the slot ``first`` is opened."""
    gate = gate_of(request, "first")
    assert gate
    await arrive_async(gate)
    return breaks(request)


def is_missing(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


async def is_missing_async(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return is_missing(request)


VIEWS: dict[str, tuple[Any, Any]] = {
    "sync": (slow, slow),
    "async": (slow_async, slow_async),
    "mixed": (slow_async, slow),
}
DELIVERIES: dict[str, dict[str, Any]] = {
    "at-once": {},
    "deferred": {"loading": "served/loading.html"},
    "streamed": {"loading": "served/loading.html", "delivery": "streamed"},
}
STATES = {"error": "served/failed.html", "not_found": "served/missing.html"}
BROKEN = {"sync": (breaks, is_missing), "async": (breaks_async, is_missing_async)}


PERMITS = {
    "X-Accel-Expires": "600",
    "Cache-Control": "public, max-age=600",
    "Expires": "Thu, 01 Jan 2099 00:00:00 GMT",
}


def permitting(name: str, view: Any) -> Any:
    """A view whose response permits caches to hand it out to all."""

    def permits(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, **kwargs)
        response[name] = PERMITS[name]
        return response

    return permits


def personal(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<p>for {request.COOKIES.get('who', 'nobody')}</p>")


def private(request: HttpRequest) -> HttpResponse:
    response = personal(request)
    response["Cache-Control"] = "private"
    return response


def shell(request: HttpRequest) -> HttpResponse:
    return render(request, "served/layout.html")


def cached(who: str, name: str) -> Any:
    """A page with a personal slot, on which some of the parts permit to be cached."""
    permits = partial(permitting, name)
    public = quick("home")
    first, second = public, private
    if who == "all":
        first, second = permits(public), permits(personal)
    elif who == "all-but-one":
        first, second = permits(public), personal
    return slots(
        f"cached/{who}/{name}/",
        layout=permits(shell) if who != "children" else shell,
        children=[path("", permits(public) if who != "layout" else public)],
        first=[path("", first)],
        second=[path("", second)],
    )


urlpatterns = [
    path("ready/", ready),
    *[
        cached(who, name)
        for who in ("layout", "children", "all-but-one", "all")
        for name in PERMITS
    ],
    slots(
        "falls/",
        layout="served/layout.html",
        children=[path("", quick("home"))],
        first=[path("", breaks_late)],
        second=[path("", slow_async("second"))],
    ),
    *[
        slots(
            f"{delivery}/{kind}/",
            layout="served/layout.html",
            children=[path("", quick("home"))],
            first=slot([path("", first("first"))], **options),
            second=slot([path("", second("second"))], **options),
        )
        for delivery, options in DELIVERIES.items()
        for kind, (first, second) in VIEWS.items()
    ],
    *[
        slots(
            f"broken/{delivery}/{kind}/",
            layout="served/layout.html",
            children=[path("", quick("home"))],
            first=slot([path("", first)], **options, **STATES),
            second=slot([path("", second)], **options, **STATES),
        )
        for delivery, options in DELIVERIES.items()
        for kind, (first, second) in BROKEN.items()
    ],
]
