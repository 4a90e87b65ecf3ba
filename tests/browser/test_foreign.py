"""A redirect to a site that permits everything to scripts: that site gets no access to the page."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.browser.harness import PATIENCE, Screen

pytestmark = [pytest.mark.urls("tests.urls.entries"), pytest.mark.chromium]

SMUGGLED = (
    '<div id="slot-children" data-pr-slot="children" data-pr-variant="page" data-pr-src="/e/far/"'
    ' data-pr-title="" data-pr-order="00" data-pr-state="" hx-swap-oob="innerHTML"><h1>other site</h1>'
    '<img src="x" onerror="fetch(`/ran-at/?${location.host}`)"></div>'
)


class OtherSite(BaseHTTPRequestHandler):
    """Answers as a ``slots()`` would."""

    permits = True

    def do_OPTIONS(self) -> None:
        self._answer("")

    def do_GET(self) -> None:
        self._answer(SMUGGLED)

    def _answer(self, text: str) -> None:
        self.send_response(200)
        if self.permits:
            said = self.headers.get("Access-Control-Request-Headers", "")
            self.send_header("Access-Control-Allow-Origin", self.headers.get("Origin", "*"))
            self.send_header("Access-Control-Allow-Headers", said)
            self.send_header("Access-Control-Expose-Headers", "Parallel-Routes, HX-Trigger")
        self.send_header("Parallel-Routes", "/e/far/")
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def other_site() -> Iterator[str]:
    OtherSite.permits = True
    with ThreadingHTTPServer(("127.0.0.1", 0), OtherSite) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def test_a_redirect_of_a_proxy_to_another_site(screen: Screen, other_site: str) -> None:
    """S17, B53, B54: Django does not see it. The window follows, as it would without a script.

    htmx 2 follows, and swapped the answer into the page. In htmx 4, the click ended in "not reached".
    """
    screen.tolerate_noise("unsafe header", "Unsafe attempt", "request failed", "Failed to", "404")
    page = screen.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route(
        "**/e/far/", lambda route: route.fulfill(status=302, headers={"Location": other_site})
    )
    screen.hard("/e/")
    screen.click("css=a[href='/e/far/']:visible")
    page.wait_for_url(other_site, timeout=PATIENCE * 1000)
    page.get_by_role("heading", name="other site").wait_for(timeout=PATIENCE * 1000)
    assert not [url for url in asked if "ran-at/?localhost" in url]


def test_a_proxy_that_asks_for_a_login_at_another_site(screen: Screen, other_site: str) -> None:
    """B54: "an expired session leads the whole window to the login page", also if that permits nothing."""
    screen.tolerate_noise("CORS|ERR_FAILED|Unsafe attempt|request failed|Failed to|sendError|404")
    OtherSite.permits = False
    page = screen.page
    screen.hard("/e/")
    page.route(
        "**/e/**", lambda route: route.fulfill(status=302, headers={"Location": other_site})
    )
    screen.evaluate("() => { parallelRoutes.refresh(); }")
    page.wait_for_url(other_site, timeout=PATIENCE * 1000)
    assert page.url == other_site
