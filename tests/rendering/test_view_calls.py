"""How the views of a response are run: in which event loop, and what happens if they are cancelled."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.core.handlers.asgi import ASGIHandler
from django.core.signals import request_finished
from django.http import (
    HttpRequest,
    HttpResponse,
)
from django.test import AsyncClient
from django.urls import path

from django_parallel_routes import refresh, slot, slots
from django_parallel_routes.declarations import View
from django_parallel_routes.rendering.view_calls import Runner
from tests.support.failing_site import PAGE
from tests.support.processes import PATIENCE
from tests.window import Pages, Window, layout, serve


def _with_slots(settings: Any, *, add: View, notes: View) -> Window:
    """Serve a page with two slots, ``add`` and ``notes``, which show these views."""
    return serve(
        settings,
        slots(
            "",
            layout=layout("<body>{% slot %}{% slot 'add' %}{% slot 'notes' %}"),
            children=[path("", Pages()("home"))],
            add=slot([path("", add)]),
            notes=slot([path("", notes)]),
        ),
    )


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

    window = _with_slots(settings, add=add, notes=notes)
    window.hard("/")
    window.soft("/", method="post", data={"text": "one"}, source_slot="add", own=True)
    assert (window.shows["add"], window.shows["notes"]) == ("form", "1 notes")


def test_the_views_of_a_form_and_of_what_follows_share_an_event_loop(settings: Any) -> None:
    """B47: so a form's view may hand a client or a lock to the async views of other slots."""
    loops: list[object] = []

    async def view(request: HttpRequest) -> HttpResponse:
        loops.append(asyncio.get_running_loop())
        if request.method == "POST":
            refresh(request, "notes")
        return HttpResponse("shown")

    window = _with_slots(settings, add=view, notes=view)
    window.hard("/")
    loops.clear()
    window.soft("/", method="post", source_slot="add", own=True)
    assert (len(loops), len(set(loops))) == (2, 1)


def test_a_sync_view_that_raises_stop_iteration_fails_in_a_thread_too() -> None:
    """B47: as without a thread. With Python 3.11, asyncio would wait for it without an end."""

    async def call() -> None:
        await asyncio.wait_for(Runner(True, (), False).call(next, iter([])), PATIENCE)

    with pytest.raises(RuntimeError, match="StopIteration"):
        asyncio.run(call())


def test_when_one_of_the_slots_side_by_side_fails_the_others_are_cancelled(
    settings: Any, pages: Pages
) -> None:
    """B47, S44: nothing goes on for an answer that nobody gets."""
    seen: list[str] = []

    async def main() -> None:
        waits = asyncio.Event()

        async def slow(request: HttpRequest) -> HttpResponse:
            waits.set()
            try:
                await asyncio.wait_for(asyncio.Event().wait(), PATIENCE)
            except asyncio.CancelledError:
                seen.append("cancelled")
                raise
            return HttpResponse()

        async def broken(request: HttpRequest) -> HttpResponse:
            await waits.wait()
            raise ValueError

        serve(
            settings,
            slots(
                "",
                layout=layout(PAGE),
                children=[path("", slow)],
                side=[path("", broken)],
            ),
        )

        response = await AsyncClient(raise_request_exception=False).get("/")
        assert response.status_code == 500

    asyncio.run(main())
    assert seen == ["cancelled"]


def test_a_client_that_disconnects_late_leaves_a_request_that_can_end(settings: Any) -> None:
    """B47: it is finished, and its connections are closed, in a thread that is still there.

    asgiref takes over the context of a sync view that is still at work, when the client goes away
    after all that is async in it.
    """
    finished: list[Any] = []
    leaving: list[asyncio.Task[None]] = []
    go = threading.Event()

    async def main() -> None:
        async def page(request: HttpRequest) -> HttpResponse:
            still_at_work = asyncio.ensure_future(sync_to_async(go.wait)(PATIENCE))
            leaving.append(asyncio.ensure_future(leave(still_at_work)))
            return HttpResponse()

        async def leave(still_at_work: Any) -> None:
            while "AsyncToSync.main_wrap" in map(name_of, asyncio.all_tasks()):
                await asyncio.sleep(0)
            await visitor.send_input({"type": "http.disconnect"})
            for _ in range(50):  # rounds of the loop, until it has been told
                await asyncio.sleep(0)
            go.set()
            await still_at_work

        serve(settings, slots("", layout=layout(), children=[path("", page)]))
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/",
            "query_string": b"",
            "headers": [(b"host", b"testserver")],
        }
        visitor = ApplicationCommunicator(ASGIHandler(), scope)
        await visitor.send_input({"type": "http.request"})
        await visitor.wait(PATIENCE)
        await leaving[0]

    def name_of(task: asyncio.Task[Any]) -> str:
        return getattr(task.get_coro(), "__qualname__", "")

    def finish(**kwargs: Any) -> None:
        finished.append(kwargs)

    request_finished.connect(finish)
    try:
        asyncio.run(main())
    finally:
        request_finished.disconnect(finish)
    assert len(finished) == 1
