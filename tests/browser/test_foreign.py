"""A site to which a redirect leads, and that permits everything to scripts: it has no say in the page."""

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

    def do_OPTIONS(self) -> None:
        self._answer("")

    def do_GET(self) -> None:
        self._answer(SMUGGLED)

    def _answer(self, text: str) -> None:
        self.send_response(200)
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
    with ThreadingHTTPServer(("127.0.0.1", 0), OtherSite) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def test_a_redirect_of_a_proxy_to_another_site(screen: Screen, htmx: int, other_site: str) -> None:
    """S17, B53: Django does not see it. htmx 2 follows it; its answer was swapped into the page."""
    screen.tolerate_noise("unsafe header", "Unsafe attempt", "request failed", "Failed to", "404")
    page = screen.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route(
        "**/e/far/", lambda route: route.fulfill(status=302, headers={"Location": other_site})
    )
    screen.hard("/e/")
    screen.click("css=a[href='/e/far/']:visible")
    if htmx == 2:  # the window follows, as it would without a script
        page.wait_for_url(other_site, timeout=PATIENCE * 1000)
        page.get_by_role("heading", name="other site").wait_for(timeout=PATIENCE * 1000)
    else:  # by default, htmx 4 follows no redirect to another site
        page.locator(".parallel-routes-notice").wait_for(timeout=PATIENCE * 1000)
        screen.assert_at("/e/")
    assert not [url for url in asked if "ran-at/?localhost" in url]
