"""A site for the tests of ``SlotClient``, and both clients behind one interface."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.test import (
    AsyncSlotClient,
    SlotClient,
)
from tests.window import layout, serve

HEAD = "<!doctype html><head><title>Site</title>{% parallel_routes_script %}</head>"
MODAL = "django_parallel_routes/modal.html"


class Awaiting:
    """Awaits each step of an async client, so that the same test runs with both clients."""

    def __init__(self, client: AsyncSlotClient | None = None, **options: Any) -> None:
        self.client = client or AsyncSlotClient(**options)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.client, name)
        return partial(_awaited, found) if inspect.ismethod(found) else found

    def new_tab(self) -> Awaiting:
        return Awaiting(self.client.new_tab())


def _awaited(take: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
    answer = take(*args, **kwargs)

    async def wait() -> Any:
        return await answer

    return async_to_sync(wait)() if inspect.iscoroutine(answer) else answer


@pytest.fixture(params=[SlotClient, Awaiting], ids=["sync", "async"])
def make(request: pytest.FixtureRequest) -> Callable[..., Any]:
    return request.param


def says(html: str) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return HttpResponse(html.format(path=request.get_full_path(), **kwargs))

    return view


PAGE = "<title>Photo {id}</title><p>photo {id}</p>"
LINKS = """
<nav><a href="/photo/1/">One</a> <a href="/photo/1/" data-pr-intercept="false">The page</a>
<a href="/other/" hx-target="#slot-side">Aside</a> <a href="/other/" id="other">Other</a>
<a href="/#top">Top</a> <a href="https://example.com/x" aria-label="Elsewhere">→</a></nav>
"""


@pytest.fixture
def site(settings: Any, make: Callable[..., Any]) -> Any:
    """``L{children "", photo/<id>/, other/, out/; side D, other/; modal D=None}``, and a client."""
    serve(
        settings,
        path("plain/", says("<title>Plain</title><body><a href='/'>home</a>")),
        slots(
            "",
            layout=layout(HEAD + LINKS + "{% slot %}{% slot 'side' %}{% slot 'modal' %}"),
            children=[
                path("", says("<title>Home</title>home")),
                path("photo/<int:id>/", says(PAGE), name="photo"),
                path("other/", says("<title>Other</title>other <a href='?page=2'>More</a>")),
                path("out/", lambda request: redirect("/other/")),
            ],
            side=slot([path("other/", says("side of {path}"))], default=says("no side")),
            modal=slot(
                [
                    intercept(
                        "photo", says("<title>Photo</title>modal {id} <a href='../2/'>Next</a>")
                    )
                ],
                layout=MODAL,
                default=None,
            ),
        ),
    )
    return make()


def shown(client: Any) -> dict[str, str]:
    return {slot.address: slot.own_text for slot in client.screen.slots.values() if slot.own_text}


HOME = {"children": "home", "side": "no side"}


@pytest.fixture
def later(settings: Any, make: Callable[..., Any]) -> Any:
    """Return a site with deferred and streamed slots."""
    loading = "django_parallel_routes/loading.html"
    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + "<body>{% slot %}{% slot 'late' %}{% slot 'stream' %}</body>"),
            children=[
                path("", says("home")),
                slots(
                    "in/",
                    layout=layout("{% slot %}{% slot 'deep' %}"),
                    children=[path("", says("inner"))],
                    deep=slot([path("", says("deep"))], loading=loading),
                ),
            ],
            late=slot([], default=says("late"), loading=loading),
            stream=slot([], default=says("streamed"), loading=loading, delivery="streamed"),
        ),
    )
    return make()


def answering(
    settings: Any, make: Callable[..., Any], view: Callable[..., Any], *more: Any, **options: Any
) -> Any:
    serve(
        settings,
        *more,
        slots(
            "",
            layout=layout(HEAD + "<body>{% slot %}{% slot 'side' %}</body>"),
            children=[path("", says("home")), path("other/", says("other")), path("it/", view)],
            side=slot([], default=says("side")),
        ),
    )
    client = make(**options)
    client.load("/")
    return client


def with_header(name: str, value: str) -> Callable[..., HttpResponse]:
    return lambda request: HttpResponse("answer", headers={name: value})
