"""Sync and async views in one page, on one event loop (B47)."""

from __future__ import annotations

import asyncio
import gc
import re
import warnings
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.test import AsyncClient
from django.urls import path

from django_parallel_routes import slot, slots
from django_parallel_routes.client.exchange import state_header
from tests.support.loading_site import WAITING
from tests.support.processes import PATIENCE
from tests.support.rendered_site import ALL, says, two_slots
from tests.window import HEADER, Pages, Window, body_of, layout, serve, slots_in, tag_of


async def _async(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    await asyncio.sleep(0)
    return HttpResponse(f"async {request.method}")


def _mixed(settings: Any) -> Window:
    async def async_layout(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return await asyncio.to_thread(layout("[{% slot %}{% slot 'side' %}]"), request)

    return serve(
        settings,
        slots(
            "sync/",
            layout=layout(ALL),
            children=[path("", says("sync"))],
            side=[path("", lambda request: TemplateResponse(request, "unit/default.html"))],
        ),
        slots("async/", layout=async_layout, children=[path("", _async)], side=[path("", _async)]),
        slots(
            "mixed/",
            layout=layout(ALL),
            children=[
                path("", lambda request: TemplateResponse(request, "unit/default.html")),
            ],
            side=[
                slots(
                    "",
                    layout=async_layout,
                    children=[path("", _async)],
                    side=[path("", says("s"))],
                )
            ],
        ),
    )


EXPECTED = {
    "/sync/": {"children": "sync", "side": "default of  at /sync/"},
    "/async/": {"children": "async GET", "side": "async GET"},
    "/mixed/": {
        "children": "default of  at /mixed/",
        "side": "[]",
        "side.children": "async GET",
        "side.side": "s",
    },
}


@pytest.mark.parametrize("url", EXPECTED)
def test_sync_and_async_views_may_be_mixed_in_one_layout(settings: Any, url: str) -> None:
    """B47: "sync ones work everywhere; both may be mixed in one layout", under WSGI."""
    window = _mixed(settings)
    window.hard(url)
    assert window.shows == EXPECTED[url]
    window.soft(url)
    assert window.shows == EXPECTED[url]
    assert HEADER in window.response


@pytest.mark.parametrize("url", EXPECTED)
def test_sync_and_async_views_may_be_mixed_under_asgi(settings: Any, url: str) -> None:
    """B47: "both may be mixed in one layout", under ASGI; hard, soft, and a form."""
    _mixed(settings)

    async def visit() -> list[Any]:
        client = AsyncClient()
        hard = await client.get(url)
        found, _ = slots_in(hard.content.decode())
        state = {
            "intent": "navigate",
            "slots": {name: slot.mounted for name, slot in found.items()},
        }
        soft = await client.get(url, headers={HEADER: state_header(state), "HX-Request": "true"})
        return [hard, soft, await client.post(url, {"a": "b"})]

    hard, soft, post = asyncio.run(visit())
    found, _ = slots_in(hard.content.decode())
    assert {name: slot.text for name, slot in found.items()} == EXPECTED[url]
    assert soft[HEADER] == url
    assert set(slots_in(soft.content.decode())[0]) <= set(EXPECTED[url])
    assert post.status_code == 200


@pytest.mark.parametrize("nested", [False, True])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_async_layout_may_be_asked_what_it_prints(
    settings: Any, method: str, nested: bool
) -> None:
    """B47, S46: also where nothing else of the answer is async."""

    async def waits(request: HttpRequest) -> HttpResponse:
        await asyncio.sleep(0)
        return layout("{% slot %}{% slot 'side' %}")(request)

    inside: Any = {"children": [path("", Pages()("home"))], "side": [path("", Pages()("side"))]}
    page: Any = slots("", layout=waits, **inside)
    if nested:
        page = slots("", layout=layout("{% slot %}"), children=[page])
    window = serve(settings, page)
    address = "children.side" if nested else "side"
    state = {"intent": "slot", "source_slot": address, "slots": {}}
    assert window.send("/", state, method).content == b"side"


def test_async_slots_run_side_by_side(settings: Any) -> None:
    """B47: "Async slot views run concurrently": each waits for the other to have started."""
    met: list[asyncio.Event] = []

    async def meet(request: HttpRequest) -> HttpResponse:
        met.append(asyncio.Event())
        if len(met) == 2:
            met[0].set()
        await asyncio.wait_for(met[0].wait(), PATIENCE)
        return HttpResponse("met")

    window = two_slots(settings, meet, meet)
    window.hard("/")
    assert window.shows == {"children": "met", "side": "met"}
    window.hard("/x/")
    met.clear()
    window.soft("/")
    assert window.shows == {"children": "met", "side": "met"}


@pytest.mark.parametrize("how", ["sync", "async"])
def test_an_exception_in_one_slot_leaves_nothing_behind(settings: Any, how: str) -> None:
    """S44: it propagates; the other slots' coroutines aren't dropped with a warning."""

    def gone(request: HttpRequest) -> HttpResponse:
        raise Http404("gone")

    async def async_gone(request: HttpRequest) -> HttpResponse:
        raise Http404("gone")

    window = two_slots(settings, gone if how == "sync" else async_gone, "side")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert window.hard("/").status_code == 404
        window.hard("/x/")
        assert window.soft("/").status_code == 404
        gc.collect()
    assert [str(warning.message) for warning in caught] == []


def test_a_view_that_returns_nothing_is_named(settings: Any) -> None:
    """Django's own message, with the name of the slot's view."""

    def nothing(request: HttpRequest) -> None:
        return None

    window = two_slots(settings, nothing, "side")
    with pytest.raises(ValueError, match=r"nothing didn't return an HttpResponse object"):
        window.hard("/")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("delivery", ["deferred", "streamed"])
def test_a_late_layout_that_looks_at_the_user_holds_for_this_user(
    settings: Any, pages: Pages, delivery: str
) -> None:
    """B53: the keys of the slots that it prints name the user, however it has asked for them."""
    inner = layout("{% slot %}")

    async def looks(request: HttpRequest) -> HttpResponse:
        await request.auser()
        return await sync_to_async(inner)(request)

    window = serve(
        settings,
        slots(
            "",
            layout=layout("<body>{% slot %}"),
            children=slot(
                [slots("", layout=looks, children=[path("", pages("home"))])],
                loading=WAITING,
                delivery=delivery,
            ),
        ),
    )
    window.client.force_login(get_user_model().objects.create_user("u"))
    page = body_of(window.hard("/"))
    if delivery == "deferred":
        window.refresh("children")
        page = window.text
    assert re.fullmatch("[0-9a-f]{16}-[0-9a-f]+", tag_of(page, "children.children")["data-pr-key"])
