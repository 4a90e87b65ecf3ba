"""Fixtures of the tests of slots that arrive later."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Route
from pytest_django.live_server_helper import LiveServer

from tests.browser.harness import Screen
from tests.browser.loading.slots import ABORTED, WAITS
from tests.support.gates import Gates
from tests.support.proxy import Proxy, between
from tests.urls.loading import failing


@pytest.fixture
def screen(screen: Screen) -> Screen:
    screen.tolerate_noise(*ABORTED)
    return screen


@pytest.fixture(autouse=True)
def nothing_fails() -> Iterator[None]:
    """After each test, repair the views that it has broken."""
    yield
    failing.clear()


@pytest.fixture
def slow(screen: Screen, gates: Gates) -> Callable[..., None]:
    """A function that loads a page whose slots wait at these gates, and waits for their requests."""

    def slow(path: str, *closed: str) -> None:
        gates.close(*closed)
        screen.open(path)
        for gate in closed:
            gates.expect_arrival(gate)

    return slow


@pytest.fixture
def lose(screen: Screen) -> Callable[[], Callable[[], int]]:
    """A function that fails requests for deferred slots; it returns a function that counts them."""

    def lose() -> Callable[[], int]:
        screen.tolerate_noise("ERR_FAILED", "sendError", "Failed to fetch", "Failed to load")
        lost: list[str] = []

        def intercept(route: Route) -> None:
            if '"refresh"' in route.request.headers.get("parallel-routes", ""):
                lost.append(route.request.url)
                return route.abort()
            return route.continue_()

        screen.page.route("**/d/**", intercept)
        return lambda: len(lost)

    return lose


@pytest.fixture
def waiting(screen: Screen, gates: Gates) -> Callable[..., None]:
    """A function that clicks a link whose slot waits, until the loading state is there."""

    def waiting(link: str = "/d/side/1/", gate: str = "side /d/side/1/") -> None:
        screen.hard("/d/")
        screen.mark()
        gates.close(gate)
        screen.click(link)
        screen.assert_shows(**WAITS)
        gates.expect_arrival(gate)

    return waiting


@pytest.fixture
def proxy(live_server: LiveServer) -> Iterator[Proxy]:
    """A proxy before the live server that buffers or cuts responses."""
    with between(live_server.url) as proxy:
        yield proxy
