"""A soft response that breaks off, or is buffered on the way, shows nothing wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from tests.browser.harness import Screen
from tests.browser.loading.slots import (
    ABORTED,
    HOME,
    ONE,
    WAITS,
    assert_state,
    hold_loading_states,
    listen,
    online,
)
from tests.support.gates import Gates
from tests.support.proxy import Proxy

pytestmark = pytest.mark.urls("tests.urls.loading")


def cutting_soft(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Any:
    """Middleware: a connection that breaks in the last slot of a soft answer, or in its first part."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if isinstance(response, StreamingHttpResponse) and request.path == "/d/side/1/":
            *chunks, last = response.streaming_content
            response.streaming_content = [*chunks, last[: last.index(b"side of") + 4]]
        if isinstance(response, StreamingHttpResponse) and request.path == "/d/side/2/":
            first = next(iter(response.streaming_content))
            response.streaming_content = [first[: first.index(b"note of") + 4]]
        return response

    return middleware


def test_a_late_slot_that_is_cut_off_is_requested(
    screen: Screen, use_middleware: Callable[..., None]
) -> None:
    """S59: incomplete HTML is not shown."""
    screen.tolerate_noise("in its first part", "sendError")
    use_middleware(f"{__name__}.cutting_soft")
    screen.hard("/d/")
    screen.click("/d/side/1/")
    screen.assert_shows(**ONE)
    screen.assert_sent("soft GET /d/side/1/", "soft GET /d/side/1/")
    screen.assert_at("/d/side/1/")
    screen.click("/d/side/2/")  # to the browser, this looks like the end
    screen.assert_says("can’t be reached", ".parallel-routes-notice")
    screen.assert_shows(**ONE)
    screen.assert_at("/d/side/1/")


@pytest.mark.chromium
def test_a_connection_that_is_reset_leaves_the_slot_with_its_retry(
    open_screen: Callable[..., Screen], proxy: Proxy, gates: Gates
) -> None:
    """S59, S43: what has arrived stays; the slot is requested at once, and again with the network."""
    screen = open_screen(proxy.url)
    screen.tolerate_noise(*ABORTED, "ERR_", "sendError", "network error", "Failed to load")
    screen.hard("/d/")
    proxy.cut_at = b"note of /d/side/2/"
    screen.click("/d/side/2/")  # nothing is shown of what is cut off in its first part
    screen.assert_says("can’t be reached", ".parallel-routes-notice")
    screen.assert_shows(**HOME)
    screen.assert_at("/d/")
    proxy.cut_at = b"side of /d/side/1/"
    gates.close("side /d/side/1/")
    screen.click("/d/side/1/")
    screen.assert_shows(**WAITS)
    screen.assert_at("/d/side/1/")
    gates.open("side /d/side/1/")
    assert_state(screen, "lost")
    screen.assert_shows(**WAITS)
    screen.assert_sent("soft GET /d/side/1/", "soft GET /d/side/1/")
    proxy.cut_at = b""
    online(screen)
    screen.assert_shows(**ONE)
    # Another query of what is there: it is asked for by its own URL, and not by that of what is shown.
    proxy.cut_at = b"side of /d/side/1/"
    gates.close("side /d/side/1/")
    screen.evaluate("void parallelRoutes.visit('/d/side/1/?q=1', { slot: 'side' })")
    gates.expect_arrival("side /d/side/1/")
    screen.assert_at("/d/side/1/?q=1")
    gates.open("side /d/side/1/")
    screen.assert_says("can’t be reached", ".parallel-routes-notice")
    screen.assert_shows(**ONE)
    proxy.cut_at = b""
    screen.click("Try again")
    screen.assert_sent("soft GET /d/side/1/?q=1")
    screen.assert_eventually(
        lambda: screen.evaluate("document.querySelector('#slot-side').dataset.prSrc"),
        lambda src: src == "/d/side/1/?q=1",
        "it has come",
    )
    screen.back()
    screen.back()
    screen.assert_shows(**HOME)


@pytest.mark.chromium
@pytest.mark.parametrize("cut_at", [b"text/html", b"Vary"])
def test_a_connection_that_ends_within_the_headers_is_lost(
    open_screen: Callable[..., Screen], proxy: Proxy, gates: Gates, cut_at: bytes
) -> None:
    """B62: to a browser, that is an answer with no body; before or after the headers of the package."""
    screen = open_screen(proxy.url)
    screen.hard("/d/")
    proxy.cut_at, proxy.resets = cut_at, False
    screen.click("/d/other/")
    screen.assert_says("can’t be reached", ".parallel-routes-notice")
    screen.assert_shows(**HOME)
    screen.assert_at("/d/")
    screen.evaluate("parallelRoutes.refresh('side')")
    screen.assert_says("can’t be reached", ".parallel-routes-notice")
    screen.assert_shows(**HOME)
    proxy.cut_at = b""
    screen.click("/d/other/")
    screen.assert_at("/d/other/")
    screen.assert_shows(**HOME | {"children": "other of /d/other/"})


EMPTY = {
    "/d/other/": {"X-Chunked": "yes"},
    "/d/side/1/": {"Content-Disposition": "attachment", "Content-Type": "text/csv"},
    "/d/side/2/": {"HX-Refresh": "true"},
}
"""What answers without a body have in their headers."""
CHUNKED = (b"X-Chunked: yes", b"Transfer-Encoding: chunked")


def emptying(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Any:
    """Middleware: answers that are empty on purpose, and don't say their length."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if "HX-Request" not in request.headers or request.path not in EMPTY:
            return get_response(request)
        headers = EMPTY[request.path]
        chunks = [b"0\r\n\r\n"] if "X-Chunked" in headers else []
        return StreamingHttpResponse(chunks, headers=headers)

    return middleware


@pytest.mark.chromium
def test_an_answer_that_is_empty_on_purpose_is_not_lost(
    open_screen: Callable[..., Screen], proxy: Proxy, use_middleware: Callable[..., None]
) -> None:
    """B61: as many servers don't say that the length is 0; chunks that are cut off are an error."""
    use_middleware(f"{__name__}.emptying")
    screen = open_screen(proxy.url)
    screen.hard("/d/")
    proxy.replaces = CHUNKED
    screen.click("/d/other/")
    screen.assert_says("answer was empty. (200 OK)", ".parallel-routes-notice")
    screen.assert_sent("soft GET /d/other/")
    with screen.page.expect_download() as download:
        screen.click("/d/side/1/")
    assert download.value.path().read_bytes() == b""
    screen.assert_shows(**HOME)
    screen.assert_at("/d/")
    with screen.page.expect_event("framenavigated"):
        screen.click("/d/side/2/")
    screen.assert_shows(**HOME)


@pytest.mark.chromium
def test_a_proxy_that_buffers_delays_slots_and_loses_none(
    open_screen: Callable[..., Screen], proxy: Proxy, gates: Gates
) -> None:
    """S59: everything arrives at once, on pages and on soft navigations, and no slot is requested again."""
    screen = open_screen(proxy.url)
    proxy.holds = b"X-Accel-Buffering"
    screen.hard("/s/b/")
    screen.assert_shows(children="home of /s/b/", side="side of /s/b/ Own", tabs="tabs of /s/b/")
    screen.hard("/d/")
    hold_loading_states(screen)
    told = listen(screen)
    gates.close("side /d/side/2/")
    screen.click("/d/side/2/")
    gates.expect_arrival("side /d/side/2/")
    screen.assert_shows(**HOME)
    screen.assert_at("/d/")
    gates.open("side /d/side/2/")
    screen.assert_shows(**HOME | {"side": "side of /d/side/2/", "note": "note of /d/side/2/"})
    screen.assert_at("/d/side/2/")
    screen.assert_sent("soft GET /d/side/2/")
    assert [one for one in told() if "wait" in one] == []


def test_without_the_streaming_part_an_answer_is_shown_in_one_piece(
    screen: Screen, gates: Gates
) -> None:
    """S59: if the file of the script can't be loaded, nothing is lost."""
    screen.page.route("**/streaming*", lambda route: route.abort())
    screen.tolerate_noise("ERR_FAILED")
    screen.open("/quiet/")
    screen.click("/quiet/panels/")
    screen.assert_shows(
        children__children="panels of /quiet/panels/", children__cart="cart of /quiet/panels/"
    )
