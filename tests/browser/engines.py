"""The interface of a browser for tests (``Tab``), with as few methods as possible, and that of Chromium.

``webdriver.py`` has the other engines, which Playwright can't drive in the builds that people use.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Error,
    Page,
    Request,
    WebError,
)

PATIENCE = 30  # seconds until a click gives up
Point = tuple[float, float]


@dataclass(frozen=True)
class Sent:
    """A request that the page made: ``hard`` for a document, ``soft`` if a script made it."""

    how: str
    method: str
    path: str
    headers: dict[str, str]

    def __str__(self) -> str:
        return f"{self.how} {self.method} {self.path}"


class ScriptError(Exception):
    """An error that a script threw which a test evaluated in the page."""


class Replaced(ScriptError):
    """Another document replaced the one in which a script was evaluated."""


# Newer navigations abort requests on purpose. Chromium sometimes aborts requests while it goes through the
# history, and the script sends them again. So aborted requests are no problem.
ABORTED = r"ERR_ABORTED|htmx:(sendError|sendAbort|afterRequest)|Failed to fetch"


class Noise:
    """Problems that a browser window has reported. A test passes only if there are none.

    ``is_heard`` is false if the engine does not report any.
    """

    def __init__(self, *, is_heard: bool) -> None:
        self.is_heard = is_heard
        self.heard: list[str] = []
        self.expected: list[str] = []
        self.tolerated: list[str] = [ABORTED]

    def check(self) -> None:
        if not self.is_heard:
            return

        def matches(pattern: str, line: str) -> bool:
            return re.search(pattern, line) is not None

        fine = [*self.expected, *self.tolerated]
        surprising = [
            line for line in self.heard if not any(matches(pattern, line) for pattern in fine)
        ]
        assert not surprising, "The browser complained:\n" + "\n".join(surprising)
        silent = [
            pattern
            for pattern in self.expected
            if not any(matches(pattern, line) for line in self.heard)
        ]
        assert not silent, f"The browser was expected to complain, but did not: {silent}"


class Engine(ABC):
    """A running browser."""

    @abstractmethod
    def open(self, base_url: str, **options: Any) -> Tab:
        """Open a window of 1280 × 720 pixels with its own cookies and history."""


class Tab(ABC):
    """One tab of a browser window."""

    noise: Noise
    sent: list[Sent]  # all requests of documents and scripts so far; a test may clear it

    @abstractmethod
    def goto(self, path: str) -> int:
        """Load a document, as from the address bar, and return its status."""

    @abstractmethod
    def reload(self) -> None: ...

    def traverse(self, steps: int) -> None:
        """Begin to go back or forward in the history."""
        self.evaluate("(steps) => { setTimeout(() => history.go(steps)); }", steps)

    @property
    @abstractmethod
    def url(self) -> str: ...

    @abstractmethod
    def evaluate(self, script: str, arg: Any = None) -> Any:
        """Evaluate an expression, or call a function with ``arg``; waits for promises.

        Raises ``ScriptError``, or ``Replaced`` if another document replaced this one meanwhile.
        """

    @abstractmethod
    def pending(self) -> str:
        """Return the requests without a complete response."""

    @abstractmethod
    def click(self, target: str) -> None:
        """Click what ``Screen.click()`` describes, when it is there, does not move and is not covered."""

    @abstractmethod
    def drag(self, *points: Point) -> None:
        """Press the mouse button at the first point of the viewport, and release it at the last."""

    @abstractmethod
    def press(self, key: str) -> None:
        """Press a key: ``"Escape"``, ``"Shift+Tab"``, ``"a"``."""

    @abstractmethod
    def type(self, text: str) -> None:
        """Type into the focused element."""

    @abstractmethod
    def answer(self, *, yes: bool) -> None:
        """From now on, answer all dialogs of the browser with yes or no, and forget earlier questions."""

    @abstractmethod
    def questions(self) -> list[str]:
        """Return the questions since then, in order. That of the browser itself is ``"beforeunload"``."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Give the viewport this size."""

    @abstractmethod
    def new_tab(self) -> Tab:
        """Open another tab of the same window."""

    @abstractmethod
    def close(self) -> None:
        """Close the window, with all of its tabs."""


# --- Chromium, by Playwright ---


class ChromiumNoise(Noise):
    """The console, uncaught errors, failed requests, violations of a content security policy."""

    def __init__(self, context: BrowserContext) -> None:
        super().__init__(is_heard=True)
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("requestfailed", self._failed)
        context.add_init_script(
            "addEventListener('securitypolicyviolation', (event) => console.error("
            "`CSP: ${event.effectiveDirective} forbids ${event.blockedURI}`))"
        )

    def _console(self, message: ConsoleMessage) -> None:
        where = message.location["url"]
        asked_for_by_itself = where.endswith("/favicon.ico")
        if message.type in {"error", "warning"} and not asked_for_by_itself:
            self.heard.append(f"console {message.type}: {message.text} ({where})")

    def _error(self, error: WebError) -> None:
        self.heard.append(f"uncaught: {error.error}")

    def _failed(self, request: Request) -> None:
        self.heard.append(f"request failed: {request.method} {request.url}: {request.failure}")


class Chromium(Engine):
    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def open(self, base_url: str, **options: Any) -> ChromiumTab:
        """``options`` are those of Playwright's ``new_context``."""
        # Without animations, a closed dialog is gone at once. Tests of animations turn them on.
        context = self._browser.new_context(
            **{"base_url": base_url, "reduced_motion": "reduce"} | options
        )
        return ChromiumTab(context, ChromiumNoise(context))


class ChromiumTab(Tab):
    def __init__(self, context: BrowserContext, noise: Noise) -> None:
        self.noise = noise
        self.sent = []
        self.page: Page = context.new_page()
        self._pending: set[Request] = set()
        self._asked: list[str] = []
        self._says_yes = True
        self.page.on("dialog", self._answer)
        self.page.on("request", self._request_starts)
        self.page.on("requestfinished", self._request_ends)
        self.page.on("requestfailed", self._request_ends)

    def _request_starts(self, request: Request) -> None:
        if request.resource_type == "script":  # loaded by the package's script when needed
            self._pending.add(request)
        if request.resource_type in {"document", "xhr", "fetch"}:
            path = urlsplit(request.url)._replace(scheme="", netloc="").geturl()
            self._pending.add(request)
            how = "hard" if request.resource_type == "document" else "soft"
            self.sent.append(Sent(how, request.method, path, request.headers))

    def _request_ends(self, request: Request) -> None:
        self._pending.discard(request)

    def goto(self, path: str) -> int:
        response = self.page.goto(path)
        assert response is not None, f"{path} is no document of its own"
        return response.status

    def reload(self) -> None:
        self.page.reload()

    @property
    def url(self) -> str:
        return self.page.url

    def evaluate(self, script: str, arg: Any = None) -> Any:
        try:
            return self.page.evaluate(script, arg)
        except Error as error:
            if "context was destroyed" not in error.message:
                raise ScriptError(error.message) from None
            self.page.wait_for_load_state("domcontentloaded")
            raise Replaced(error.message) from None

    def pending(self) -> str:
        return ", ".join(request.url for request in self._pending)

    def click(self, target: str) -> None:
        if target.startswith(("#", "css=")):
            found = self.page.locator(target)
        else:
            link = self.page.get_by_role("link", name=target, exact=True)
            found = link.or_(self.page.get_by_role("button", name=target, exact=True))
        found.click(timeout=PATIENCE * 1000)

    def drag(self, *points: Point) -> None:
        mouse = self.page.mouse
        mouse.move(*points[0])
        mouse.down()
        for point in points[1:]:
            mouse.move(*point)
        mouse.up()

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def answer(self, *, yes: bool) -> None:
        self._says_yes = yes
        self._asked.clear()

    def questions(self) -> list[str]:
        return self._asked

    def _answer(self, dialog: Dialog) -> None:
        self._asked.append(dialog.message or dialog.type)
        if self._says_yes:
            dialog.accept()
        else:
            dialog.dismiss()

    def resize(self, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})

    def new_tab(self) -> ChromiumTab:
        return ChromiumTab(self.page.context, self.noise)

    def close(self) -> None:
        self.page.context.close()
