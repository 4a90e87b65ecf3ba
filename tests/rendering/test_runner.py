"""How the coroutines of an answer are run: with or without an event loop."""

from __future__ import annotations

import asyncio
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from django_parallel_routes import refresh, slot, slots
from tests.window import Pages, layout, serve


def test_a_sync_form_may_refresh_an_async_slot(settings: Any) -> None:
    """B47: only the refreshed slot needs an event loop, which the plan of the form does not know yet."""
    written: list[str] = []

    def add(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            written.append(request.POST["text"])
            refresh(request, "notes")
        return HttpResponse("form")

    async def notes(request: HttpRequest) -> HttpResponse:
        await asyncio.sleep(0)
        return HttpResponse(f"{len(written)} notes")

    window = serve(
        settings,
        slots(
            "",
            layout=layout("<body>{% slot %}{% slot 'add' %}{% slot 'notes' %}"),
            children=[path("", Pages()("home"))],
            add=slot([path("", add)]),
            notes=slot([path("", notes)]),
        ),
    )
    window.hard("/")
    window.soft("/", method="post", data={"text": "one"}, source_slot="add", own=True)
    assert (window.shows["add"], window.shows["notes"]) == ("form", "1 notes")
