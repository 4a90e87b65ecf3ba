"""Fixtures: a real browser, a live server, and both htmx versions. Tests with ``screen`` run with both."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings as django_settings
from django.db import connection
from playwright.sync_api import Browser, Playwright, sync_playwright
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser.engines import Chromium, Engine, Noise
from tests.browser.harness import Screen
from tests.support.gates import Gates, gates as all_gates
from tests.support.processes import process

# The shell is Chromium without windows, menus and extensions. It takes half the CPU time.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--in-process-gpu",  # The GPU process has nothing to do here. Without it, tests take a tenth less time.
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright's driver. Because of its event loop, Django takes tests for async code; allow that."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.fail(
            "Chromium is missing. On Debian: apt-get install chromium-headless-shell",
            pytrace=False,
        )
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(params=[2, 4], ids=["htmx2", "htmx4"])
def htmx(request: pytest.FixtureRequest, settings: object) -> int:
    """The htmx version that ``{% htmx_script version=htmx_version %}`` loads, 2 and 4 in turn."""
    settings.HTMX_VERSION = request.param
    return request.param


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest, live_server: LiveServer) -> Iterator[Engine]:
    """The browser that ``--engine`` names."""
    name = request.config.getoption("engine")
    if name == "chromium":
        yield Chromium(request.getfixturevalue("browser"))
        return
    from tests.browser import webdriver  # imported late, because tests with Chromium don't need it

    with getattr(webdriver, name)(webdriver.Traffic(live_server)) as engine:
        yield engine


@pytest.fixture
def open_screen(
    engine: Engine, live_server: LiveServer, htmx: int
) -> Iterator[Callable[..., Screen]]:
    """A function that opens another browser window, with its own cookies and history.

    ``open_screen(base_url=…)`` points it at another server, ``engine=…`` opens it in another browser;
    further keywords go to Playwright's ``new_context``. The test fails if a window has reported a
    problem, such as an error in the console.
    """
    with ExitStack() as windows:
        noises: list[Noise] = []

        def open_screen(
            base_url: str = live_server.url, *, engine: Engine = engine, **options: object
        ) -> Screen:
            window = engine.open(base_url, **options)
            windows.callback(window.close)
            noises.append(window.noise)
            return Screen(window)

        yield open_screen
    for noise in noises:
        noise.check()


@pytest.fixture
def screen(open_screen: Callable[..., Screen]) -> Screen:
    """A new browser window on the live server."""
    return open_screen()


@pytest.fixture
def serve_asgi(transactional_db: None, htmx: int) -> Iterator[Callable[[], str]]:
    """A function that starts uvicorn in another process, with the test's URLconf, and returns its URL.

    ::

        def test_async_slots(open_screen, serve_asgi):
            screen = open_screen(serve_asgi())
    """
    with ExitStack() as servers:

        def serve_asgi() -> str:
            listener = servers.enter_context(socket.create_server(("127.0.0.1", 0)))
            environ = {
                "DJANGO_SETTINGS_MODULE": "tests.settings",
                "TEST_DATABASE": str(connection.settings_dict["NAME"]),
                "TEST_HTMX_VERSION": str(htmx),
                "TEST_URLCONF": django_settings.ROOT_URLCONF,
            }
            number = listener.fileno()
            command = [sys.executable, "-m", "uvicorn", "tests.asgi:application"]
            command += ["--fd", str(number), "--log-level", "warning"]
            servers.enter_context(process(command, env=os.environ | environ, pass_fds=[number]))
            host, port = listener.getsockname()
            # The test need not wait for it: the socket queues early connections.
            return f"http://{host}:{port}"

        yield serve_asgi


@pytest.fixture
def use_middleware(live_server: LiveServer, settings: Settings) -> Iterator[Callable[..., None]]:
    """A function that adds middleware to the live server, which is running already."""
    handlers = []
    handler = live_server.thread.httpd.get_app()
    while handler:
        handlers.append(handler)
        handler = getattr(handler, "application", None)
    before = settings.MIDDLEWARE

    def use_middleware(*added: str) -> None:
        settings.MIDDLEWARE = [*before, *added]
        for handler in handlers:
            handler.load_middleware()

    yield use_middleware
    settings.MIDDLEWARE = before
    for handler in handlers:
        handler.load_middleware()


@pytest.fixture
def gates() -> Iterator[Gates]:
    """Gates in front of views that call them. After the test, all gates are opened."""
    yield all_gates
    all_gates.open_all()
