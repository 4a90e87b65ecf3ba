"""Slots that are streamed at the end of a response, each as soon as it is ready (S43, S59)."""

from __future__ import annotations

import asyncio
import re
import zlib
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from io import BytesIO
from threading import Event
from typing import Any

import pytest
from django.contrib import messages
from django.contrib.messages.storage.session import SessionStorage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.test import AsyncClient, Client, RequestFactory
from django.urls import path
from django.utils import timezone, translation

from django_parallel_routes import slot, slots
from django_parallel_routes.client.exchange import state_header
from tests.support.loading_site import PAGE, WAITING, navigate, site
from tests.support.processes import PATIENCE
from tests.window import HEADER, Pages, Window, layout, serve, slots_in, tag_of

# --- Streams ---


def chunks_of(response: Any) -> list[str]:
    return [chunk.decode() for chunk in response.streaming_content]


def test_a_streamed_page_goes_on_with_its_slots(settings: Any, pages: Pages) -> None:
    """S43: "streamed in the same response", in order under WSGI, before the end of the body."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout(
                "<html><head></head><body>{% slot %}{% slot 'a' %}{% slot 'b' %}</body>"
            ),
            children=[path("", pages("home"))],
            a=slot([path("", pages("a"))], loading=WAITING, delivery="streamed"),
            b=slot([path("", pages("b"))], loading=WAITING, delivery="streamed"),
        ),
    )
    response = window.hard("/")
    assert pages.called == ["home"]
    assert response.streaming
    assert response["X-Accel-Buffering"] == "no"
    assert HEADER in response["Vary"]
    stream = response.streaming_content
    shell = next(stream).decode()
    assert pages.called == ["home"]
    found, _ = slots_in(shell.replace("<body>", "").replace("<head>", "").split("</head>")[1])
    assert {name: slot.text for name, slot in found.items()} == {
        "children": "home",
        "a": "wait",
        "b": "wait",
    }
    assert tag_of(shell, "a")["data-pr-delivery"] == "streamed"
    assert shell.endswith("<template data-pr-arrived></template>")
    assert "</body>" not in shell
    first = next(stream).decode()
    assert pages.called == ["home", "a"]
    element = r'<div id="slot-a" data-pr-slot="a" data-pr-variant="page" [^>]*>a</div>'
    start, end = "<template data-pr-fragment>", "</template><template data-pr-arrived></template>"
    assert re.fullmatch(start + element + end, first)
    assert "data-pr-state" not in tag_of(first, "a")
    assert ">b</div>" in next(stream).decode()
    assert next(stream).decode() == "</body>"


def test_a_stream_awaits_its_async_slots_without_asgi(settings: Any, pages: Pages) -> None:
    """B47: under WSGI too, also where nothing but what is streamed is async."""

    async def late(request: HttpRequest) -> HttpResponse:
        await asyncio.sleep(0)
        return HttpResponse("late")

    window = serve(
        settings,
        slots(
            "",
            layout=layout("<body>{% slot %}{% slot 'a' %}{% slot 'b' %}</body>"),
            children=[path("", pages("home"))],
            a=slot([path("", late)], loading=WAITING, delivery="streamed"),
            b=slot([path("", pages("b"))], loading=WAITING, delivery="streamed"),
        ),
    )
    _, a, b, _ = chunks_of(window.hard("/"))
    assert ">late</div>" in a
    assert ">b</div>" in b


def test_the_scripts_of_a_streamed_page_do_not_wait_for_its_end(settings: Any) -> None:
    """S43: they run where the shell ends, htmx before all others; others' scripts are left alone."""
    head = (
        "{% load django_htmx %}<head>{% parallel_routes_script %}"
        "{% htmx_script extensions='hx-sse' version=2 %}"
        '<script src="mine.js" defer></script></head><body>{% slot %}'
    )
    window = serve(
        settings,
        slots(
            "",
            layout=layout(head),
            children=slot([path("", WAITING)], loading=WAITING, delivery="streamed"),
        ),
    )
    shell = chunks_of(window.hard("/"))[0]
    head, complete, end = shell.partition("<template data-pr-arrived></template>")
    assert complete
    assert re.findall(r"<script [^>]*>", head) == ['<script src="mine.js" defer>']
    files = re.findall(r'<script src="[^"]*/([\w.-]+)\.js"[^>]*></script>', end)
    assert files == ["htmx-2.min", "hx-sse-2.min", "parallel-routes.min"]
    assert " defer" not in end


def test_a_stream_keeps_cookies_status_and_headers_of_the_page(settings: Any) -> None:
    """S46: "A refusal, redirect or cookie of a slot's view is honoured for the page"."""

    def home(request: HttpRequest) -> HttpResponse:
        response = HttpResponse("home", headers={"X-Mine": "yes"})
        response.set_cookie("seen", "1")
        return response

    window = serve(
        settings,
        slots(
            "",
            layout=lambda request: TemplateResponse(request, "unit/layout.html"),
            children=[path("", home)],
            side=slot([path("", WAITING)], loading=WAITING, delivery="streamed"),
        ),
    )
    response = window.hard("/")
    assert response.streaming
    assert response.cookies["seen"].value == "1"
    assert response["X-Mine"] == "yes"
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("final", ["redirect", "refusal", "file"])
def test_no_slots_follow_a_response_that_is_no_page(
    settings: Any, pages: Pages, final: str
) -> None:
    """S43, S59: a redirect, a refusal or a file that is sent instead of the page or of slots."""

    def side(request: HttpRequest) -> Any:
        if final == "redirect":
            return HttpResponseRedirect("/next/")
        if final == "refusal":
            return HttpResponse("no", status=403)
        return FileResponse(BytesIO(b"file"), as_attachment=True, filename="a.txt")

    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'side' %}"),
            children=slot(
                [path("x/", pages("x"))],
                default=pages("home"),
                loading=WAITING,
                delivery="streamed",
            ),
            side=slot([path("start/", pages("start")), path("x/", side)], default=None),
        ),
    )
    window.hard("/start/")
    for ask in (window.hard, window.soft):
        pages.forget()
        response = ask("/x/")
        assert pages.called == []
        assert "X-Accel-Buffering" not in response
        assert b"".join(response) in (b"", b"no", b"file")
        assert pages.called == []
        window.hard("/start/")


def test_a_form_may_come_in_a_stream(settings: Any, pages: Pages) -> None:
    """B39, "CSRF holds": for the first page of a visit, too, whose headers are out by then."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout(PAGE),
            children=[path("", pages("home"))],
            side=slot(
                [path("", layout("{% csrf_token %}"))], loading=WAITING, delivery="streamed"
            ),
        ),
        client=Client(enforce_csrf_checks=True),
    )
    found = re.search(r'value="(\w+)"', "".join(chunks_of(window.hard("/"))))
    assert found
    sent = window.client.post("/", {"csrfmiddlewaretoken": found[1]})
    assert sent.status_code == 200


def test_a_stream_is_not_for_shared_caches(settings: Any, pages: Pages) -> None:
    """B52: what its slots would say of caches comes too late."""

    def cached(view: Any) -> Any:
        def cached_view(request: HttpRequest) -> HttpResponse:
            response: HttpResponse = view(request)
            response["Cache-Control"] = "public, max-age=3600, no-transform"
            return response

        return cached_view

    window = serve(
        settings,
        slots(
            "",
            layout=cached(layout(PAGE)),
            children=[path("", cached(pages("home")))],
            side=slot([path("", pages("mine"))], loading=cached(WAITING), delivery="streamed"),
        ),
    )
    assert window.hard("/")["Cache-Control"] == "no-transform, private"


@pytest.mark.parametrize("outcome", ["redirect", "error", "not found"])
def test_a_streamed_slot_that_is_no_fragment_is_requested(
    settings: Any, pages: Pages, outcome: str
) -> None:
    """S46, S17, S59: a stream can't redirect any more; a request of its own can."""

    def view(request: HttpRequest) -> HttpResponse:
        if outcome == "error":
            raise ValueError
        if outcome == "not found":
            raise Http404
        return HttpResponseRedirect("/login/")

    window = serve(
        settings,
        slots(
            "",
            layout=layout("<body>{% slot %}{% slot 'side' %}</body>"),
            children=[path("", pages("home"))],
            side=slot([path("", view)], loading=WAITING, delivery="streamed"),
        ),
        client=Client(raise_request_exception=False),
    )
    _, chunk, _ = chunks_of(window.hard("/"))
    tag = tag_of(chunk, "side")
    assert (tag["data-pr-state"], tag["data-pr-delivery"]) == ("busy", "deferred")


def effect(kind: str, request: HttpRequest) -> HttpResponse:
    """A page that does what only headers can tell, or what is saved before it runs."""
    response = HttpResponse(f"with {kind}")
    if kind == "cookie":
        response.set_cookie("seen", "1")
    if kind == "session":
        request.session["seen"] = request.session.get("seen", 0) + 1
    if kind == "added message":
        messages.info(request, "Seen.")
    if kind == "shown message":
        response.write(" " + " ".join(map(str, messages.get_messages(request))))
    if kind == "event":
        response["HX-Trigger"] = "seen"
    return response


@pytest.mark.parametrize("is_async", [False, True], ids=["wsgi", "asgi"])
@pytest.mark.parametrize(
    "kind", ["cookie", "session", "added message", "shown message", "event", "nothing"]
)
def test_a_streamed_slot_that_needs_headers_is_requested(
    settings: Any, pages: Pages, kind: str, is_async: bool
) -> None:
    """S59: a cookie, a message, an event of a late slot are none of the first run, but of the second.

    A late slot that comes after it has none of them, and is not asked for again.
    """
    settings.MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"

    def notes(request: HttpRequest) -> HttpResponse:
        messages.info(request, "Noted.")
        return HttpResponse()

    def visits(request: HttpRequest) -> HttpResponse:
        request.session["visited"] = (
            True  # This is saved with the first part, so it says nothing of late slots.
        )
        return HttpResponse()

    def after(request: HttpRequest) -> HttpResponse:
        assert request.session["visited"]
        assert "seen" not in request.session
        return HttpResponse("after that")

    window = serve(
        settings,
        slots(
            "",
            layout=layout(f"{PAGE}{{% slot 'after' %}}"),
            children=[path("", pages("home")), path("x/", visits)],
            side=slot(
                [path("x/", pages("x", partial(effect, kind)))], default=None, loading=WAITING
            ),
            after=slot([path("x/", after)], default=None, loading=WAITING),
        ),
        path("notes/", notes),
    )
    window.client.get("/notes/")
    window.hard("/")
    if is_async:
        header = {"HX-Request": "true", HEADER: state_header(navigate(window))}

        async def ask() -> str:
            client = AsyncClient()
            client.cookies = window.client.cookies
            response = await client.get("/x/", headers=header)
            return "".join([chunk async for chunk in body_of(response)])

        html = asyncio.run(ask())
    else:
        window.soft("/x/")
        html = "".join(window.late)
    assert "after that" in html
    _, *late = html.split("<template data-pr-fragment>")
    tag = tag_of(next(one for one in late if 'id="slot-side"' in one), "side")
    if kind == "nothing":
        assert "with nothing" in html
        return
    assert (tag["data-pr-state"], tag["data-pr-delivery"]) == ("busy", "deferred")
    assert "with" not in html
    assert window.client.session.get("seen") is None
    window.slots["side"] = replace(window.slots["side"], shows="page", src="/x/")
    answer = window.refresh("side")
    assert f"with {kind}" in window.shows["side"]
    assert ("seen" in window.client.cookies) is (kind == "cookie")
    assert window.client.session.get("seen") == (1 if kind == "session" else None)
    left = [message.message for message in get_messages_left(window)]
    assert left == {"added message": ["Noted.", "Seen."], "shown message": []}.get(
        kind, ["Noted."]
    )
    assert ("HX-Trigger" in answer) is (kind == "event")


GZIP = "django.middleware.gzip.GZipMiddleware"


def test_middleware_that_compresses_does_not_hold_slots_back(settings: Any, pages: Pages) -> None:
    """S59: each part is sent when it is ready."""
    window = site(settings, pages)
    window.hard("/")
    settings.MIDDLEWARE = [GZIP, *settings.MIDDLEWARE]
    headers = {"HX-Request": "true", HEADER: state_header(navigate(window))}
    response = Client().get("/x/", headers={**headers, "Accept-Encoding": "gzip"})
    parts = decompressed(response, response.streaming_content)
    first = next(part for part in parts if part)
    assert "wait" in first
    assert first.endswith("<template data-pr-arrived></template>")
    assert "side x" not in pages.called
    assert "side x" in "".join(parts)


def test_middleware_that_compresses_loses_no_slots_under_asgi(settings: Any, pages: Pages) -> None:
    """S59: browsers read a single stream, and ignore what follows its end."""
    window = site(settings, pages)
    window.hard("/")
    settings.MIDDLEWARE = [GZIP, *settings.MIDDLEWARE]
    headers = {"HX-Request": "true", HEADER: state_header(navigate(window))}

    async def main() -> str:
        response = await AsyncClient().get("/x/", headers={**headers, "Accept-Encoding": "gzip"})
        chunks = [chunk async for chunk in response.streaming_content]
        return "".join(decompressed(response, chunks))

    html = asyncio.run(main())
    assert html.count("<template data-pr-arrived></template>") == 2
    assert "side x" in html


def decompressed(response: Any, chunks: Iterable[bytes]) -> Iterator[str]:
    """Yield the parts of a response as a browser reads them."""
    stream = zlib.decompressobj(wbits=31)
    for chunk in chunks:
        yield (stream.decompress(chunk) if "Content-Encoding" in response else chunk).decode()


def test_a_late_slot_needs_neither_sessions_nor_messages(settings: Any, pages: Pages) -> None:
    """S59: a project may have none."""
    settings.MIDDLEWARE = ["django_parallel_routes.middleware.ParallelRoutesMiddleware"]
    window = site(settings, pages)
    window.hard("/")
    window.soft("/x/")
    assert window.shows == {"children": "x", "side": "side x"}


def get_messages_left(window: Window) -> list[Any]:
    request = RequestFactory().get("/")
    request.session = window.client.session
    return list(SessionStorage(request))


async def body_of(response: Any) -> AsyncIterator[str]:
    async for chunk in response.streaming_content:
        yield chunk.decode()


def test_under_asgi_slots_arrive_as_they_get_ready(settings: Any, pages: Pages) -> None:
    """S43, B47: "out of order, under ASGI", side by side, sync views among them."""

    async def main() -> list[str]:
        first_is_in, second_is_done = asyncio.Event(), asyncio.Event()

        async def first(request: HttpRequest) -> HttpResponse:
            first_is_in.set()
            await second_is_done.wait()
            return HttpResponse("first")

        async def second(request: HttpRequest) -> HttpResponse:
            await first_is_in.wait()
            second_is_done.set()
            return HttpResponse("second")

        serve(
            settings,
            slots(
                "",
                layout=layout("<body>{% slot %}{% slot 'a' %}{% slot 'b' %}{% slot 'c' %}</body>"),
                children=[path("", pages("home"))],
                a=slot([path("", first)], loading=WAITING, delivery="streamed"),
                b=slot([path("", second)], loading=WAITING, delivery="streamed"),
                c=slot([path("", pages("sync"))], loading=WAITING, delivery="streamed"),
            ),
        )
        response = await AsyncClient().get("/")
        return [chunk async for chunk in body_of(response)]

    _, *arrived, end = asyncio.run(main())
    assert "</body>" in end
    texts = [re.sub(r"<[^>]*>", "", chunk) for chunk in arrived]
    assert sorted(texts) == ["first", "second", "sync"]
    assert texts.index("second") < texts.index("first")


def test_under_asgi_a_sync_slot_does_not_wait_for_the_next_one(
    settings: Any, pages: Pages
) -> None:
    """S59: "Each of these slots arrives by itself", although one thread runs all sync views."""
    has_arrived = Event()

    def second(request: HttpRequest) -> HttpResponse:
        return HttpResponse("in time" if has_arrived.wait(PATIENCE) else "too late")

    async def main() -> list[str]:
        serve(
            settings,
            slots(
                "",
                layout=layout("<body>{% slot %}{% slot 'a' %}{% slot 'b' %}</body>"),
                children=[path("", pages("home"))],
                a=slot([path("", pages("first"))], loading=WAITING, delivery="streamed"),
                b=slot([path("", second)], loading=WAITING, delivery="streamed"),
            ),
        )
        texts = []
        async for chunk in body_of(await AsyncClient().get("/")):
            texts.append(re.sub(r"<[^>]*>", "", chunk))
            if "first" in chunk:
                has_arrived.set()
        return texts

    assert asyncio.run(main())[1:3] == ["first", "in time"]


@pytest.mark.parametrize("middleware", ["tests.rendering.test_streaming.german_in_tokyo", ""])
def test_a_stream_outlives_the_thread_of_the_request(
    settings: Any, pages: Pages, middleware: str
) -> None:
    """B47: sync middleware above the view has its thread back by then; language and zone are kept."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, *([middleware] if middleware else [])]

    def tell(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{translation.get_language()} {timezone.get_current_timezone_name()}")

    serve(
        settings,
        slots(
            "",
            layout=layout("<body>{% slot %}{% slot 'side' %}"),
            children=[path("", pages("home"))],
            side=slot([path("", tell)], loading=WAITING, delivery="streamed"),
        ),
    )

    async def main() -> str:
        response = await AsyncClient().get("/")
        return "".join([chunk async for chunk in body_of(response)])

    expected = "de Asia/Tokyo" if middleware else "en-us America/Chicago"
    assert f">{expected}</div>" in asyncio.run(main())


# --- Language and time zone ---


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("delivery", ["deferred", "streamed"])
def test_language_and_time_zone_are_those_of_the_request(
    settings: Any, pages: Pages, kind: str, delivery: Any
) -> None:
    """B47: "contextvars, translations and time zones right inside slots and streams"."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.rendering.test_streaming.german_in_tokyo"]

    def tell(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{translation.get_language()} {timezone.get_current_timezone_name()}")

    async def tell_async(request: HttpRequest) -> HttpResponse:
        return tell(request)

    window = serve(
        settings,
        slots(
            "",
            layout=layout("<body>{% slot %}{% slot 'side' %}</body>"),
            children=[path("", tell if kind == "sync" else tell_async)],
            side=slot(
                [path("", tell if kind == "sync" else tell_async)],
                loading=tell,
                delivery=delivery,
            ),
        ),
    )
    response = window.hard("/")
    html = "".join(chunks_of(response)) if response.streaming else window.text
    if delivery == "deferred":
        window.refresh("side")
        html += window.text
    assert re.findall(r">(\w+ [\w/]+)</div>", html) == ["de Asia/Tokyo"] * 3


def german_in_tokyo(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    def middleware(request: HttpRequest) -> HttpResponse:
        with translation.override("de"), timezone.override("Asia/Tokyo"):
            return get_response(request)

    return middleware


@pytest.mark.parametrize("options", [{}, {"loading": WAITING, "delivery": "streamed"}])
def test_a_language_that_one_slot_activates_does_not_affect_the_others(
    settings: Any, options: dict[str, Any]
) -> None:
    """B47: sync or async, in whatever order they run."""

    def speaks(request: HttpRequest) -> HttpResponse:
        translation.activate("fr")
        return HttpResponse(translation.get_language())

    window = serve(
        settings,
        slots(
            "",
            layout=layout(PAGE),
            children=slot([path("", speaks)], **options),
            side=slot(
                [path("", lambda request: HttpResponse(translation.get_language()))], **options
            ),
        ),
    )
    with translation.override("en"):
        response = window.hard("/")
        html = "".join(chunks_of(response)) if options else window.text
        assert re.findall(r">(fr|en)</div>", html) == ["fr", "en"]
        assert translation.get_language() == "en"
