"""Streamed slots arrive at the end of the page's own response."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from tests.browser.harness import Screen
from tests.browser.loading.slots import (
    assert_state,
    listen,
)
from tests.support.gates import Gates
from tests.support.proxy import Proxy
from tests.urls.loading import failing

pytestmark = pytest.mark.urls("tests.urls.loading")


STREAM = {"children": "home of /s/", "side": "side of /s/ Go", "tabs": "tabs of /s/"}

SOME = STREAM | {"tabs": "wait"}

NONE = SOME | {"side": "wait"}


def stream(screen: Screen, path: str) -> None:
    """Begin to load a document, whose end may take long."""
    screen._forget_requests()
    screen.page.goto(path, wait_until="commit")


@pytest.mark.chromium
def test_streamed_slots_arrive_in_the_page_itself(screen: Screen, gates: Gates) -> None:
    """S43: in the same response, each as soon as it is ready, without inline scripts."""
    gates.close("side /s/", "tabs /s/")
    stream(screen, "/s/")
    screen.assert_shows(**NONE)
    assert_state(screen, "loading", "true")
    gates.open("side /s/")
    screen.assert_shows(**SOME)
    assert_state(screen, None, None)
    assert screen.evaluate("document.readyState") == "loading"
    screen.evaluate("document.querySelector('[aria-label=note]').focus()")
    screen.page.keyboard.type("half typed")
    gates.open("tabs /s/")
    screen.assert_shows(**STREAM)
    screen.assert_sent("hard GET /s/")
    assert screen.value('[aria-label="note"]') == "half typed"
    assert screen.focused() == "note"
    assert screen.count("template[data-pr-fragment]") == 0


@pytest.mark.chromium
def test_a_streamed_page_works_before_its_end(screen: Screen, gates: Gates) -> None:
    """S43, S13: links navigate softly, also in slots that have arrived; a kept slot still arrives."""
    gates.close("side /s/", "tabs /s/")
    stream(screen, "/s/")
    gates.expect_arrival("side /s/")
    gates.open("side /s/")
    screen.assert_shows(**SOME)
    screen.click("Go")
    screen.assert_shows(**SOME | {"children": "a of /s/a/"})
    screen.assert_at("/s/a/")
    gates.open("tabs /s/")
    screen.assert_shows(**STREAM | {"children": "a of /s/a/"})
    screen.assert_sent("soft GET /s/a/")
    screen.back()
    screen.assert_shows(**STREAM)
    screen.assert_sent()


@pytest.mark.chromium
def test_a_streamed_slot_that_has_changed_meanwhile_stays(screen: Screen, gates: Gates) -> None:
    """B21: the newer navigation wins, and htmx works in it before and after the end of the stream."""
    gates.close("side /s/", "tabs /s/")
    stream(screen, "/s/")
    gates.expect_arrival("side /s/")
    screen.click("/s/b/")
    changed = {"children": "home of /s/", "side": "side of /s/b/ Own", "tabs": "tabs of /s/b/"}
    screen.assert_shows(**changed)
    told = listen(screen)
    gates.open("side /s/")
    gates.open("tabs /s/")
    screen.settle()
    screen.assert_shows(**changed)
    assert told() == []
    screen.click("Own")
    screen.assert_says("plain", "#own")
    screen.assert_sent("soft GET /plain/")
    screen.back()
    screen.assert_shows(**STREAM)


@pytest.mark.chromium
def test_back_from_another_document_restores_a_streamed_page(screen: Screen, gates: Gates) -> None:
    """S33, B34: slots that differ are restored; for the others, the page waits for the stream."""
    screen.hard("/s/")
    screen.assert_shows(**STREAM)
    screen.click("/s/b/")
    changed = {"children": "home of /s/", "side": "side of /s/b/ Own", "tabs": "tabs of /s/b/"}
    screen.assert_shows(**changed)
    screen.click("/s/a/")
    screen.assert_shows(**changed | {"children": "a of /s/a/"})
    screen.hard("/plain/")
    screen.back()
    screen.assert_shows(**changed | {"children": "a of /s/a/"})
    screen.assert_at("/s/a/")
    screen.back()
    screen.assert_shows(**changed)
    screen.back()
    screen.assert_shows(**STREAM)


@pytest.mark.chromium
def test_an_error_in_a_stream_loads_the_document(screen: Screen) -> None:
    """S44, S17: an error of a slot without an error state is the document's."""
    screen.expect_noise("500")
    failing.add("tabs /s/")
    screen.open("/s/")
    screen.assert_says("Server Error (500)")
    screen.assert_sent("hard GET /s/", "soft GET /s/")


@pytest.mark.chromium
def test_without_the_streaming_part_each_streamed_slot_is_requested(screen: Screen) -> None:
    """S44: if the file of the script can't be loaded, each slot comes by a request of its own."""
    screen.expect_noise("streaming")
    screen.page.route("**/streaming*.js", lambda route: route.abort())
    screen.open("/s/")
    screen.assert_shows(**STREAM)


def cutting(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Any:
    """Middleware: a connection that breaks in the midst of the last slot."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if isinstance(response, StreamingHttpResponse) and request.path.startswith("/s/"):
            chunks = list(response.streaming_content)
            last = chunks[-2]
            response.streaming_content = [*chunks[:-2], last[: last.index(b"tabs of") + 4]]
        return response

    return middleware


def test_a_streamed_slot_that_is_cut_off_is_requested(
    screen: Screen, use_middleware: Callable[..., None]
) -> None:
    """S43: incomplete HTML is not shown; the slot is requested like a deferred one."""
    use_middleware(f"{__name__}.cutting")
    screen.open("/s/")
    screen.assert_shows(**STREAM)
    screen.assert_sent("hard GET /s/", "soft GET /s/")


@pytest.mark.chromium
@pytest.mark.in_turn
@pytest.mark.parametrize("then", ["online", "silence"])
def test_a_streamed_slot_is_requested_if_the_connection_has_broken(
    open_screen: Callable[..., Screen], proxy: Proxy, gates: Gates, then: str
) -> None:
    """S43: Chromium fires no event, and takes the document for one that is still loading."""
    screen = open_screen(proxy.url)
    screen.tolerate_noise("ERR_")
    screen.page.clock.install()
    proxy.cut_at = b"tabs of /s/"
    gates.close("tabs /s/")
    stream(screen, "/s/")
    screen.assert_shows(**SOME)
    with screen.page.expect_event("requestfailed"):
        gates.open("tabs /s/")
    proxy.cut_at = b""
    assert screen.evaluate("document.readyState") == "loading"
    if then == "online":
        screen.evaluate("void dispatchEvent(new Event('online'))")
    else:
        screen.page.clock.fast_forward(60_000)
    screen.assert_shows(**STREAM)
    screen.assert_sent("hard GET /s/", "soft GET /s/")


@pytest.mark.chromium
def test_slots_are_streamed_as_they_get_ready(
    open_screen: Callable[..., Screen], serve_asgi: Callable[[], str]
) -> None:
    """S43: under ASGI, in whatever order they are ready."""
    screen = open_screen(serve_asgi())
    screen.open("/s/")
    screen.assert_shows(**STREAM)
    screen.assert_sent("hard GET /s/")
