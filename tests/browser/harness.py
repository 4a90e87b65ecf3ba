"""The screen as a test sees it: verbs of a person at a browser, and assertions that wait.

::

    def test_tabs(screen):
        screen.hard("/bar/")
        screen.mark()
        screen.soft("/bar/views/")
        screen.shows(children="home", views="the views")
        assert screen.kept("children")
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request, WebError

T = TypeVar("T")
PATIENCE = 10  # seconds until an assertion that waits gives up

# The visible text that stands in each slot itself, not in a slot within it.
SLOTS = """() => Object.fromEntries(
    [...document.querySelectorAll("[data-slot]")].map((slot) => {
        const texts = document.createTreeWalker(slot, NodeFilter.SHOW_TEXT);
        const seen = [];
        while (texts.nextNode()) {
            const around = texts.currentNode.parentElement;
            const visible = around.checkVisibility({ visibilityProperty: true });
            if (visible && around.closest("[data-slot]") === slot) seen.push(texts.currentNode.data);
        }
        return [slot.dataset.slot, seen.join(" ").replace(/\\s+/g, " ").trim()];
    }),
)"""

# Every node of each slot itself, nested slots' elements included, their contents not.
NODES = """() => Object.fromEntries(
    [...document.querySelectorAll("[data-slot]")].map((slot) => {
        const nodes = document.createTreeWalker(slot, NodeFilter.SHOW_ALL);
        const found = [slot];
        while (nodes.nextNode()) {
            const around = nodes.currentNode.parentElement.closest("[data-slot]");
            if (around === slot) found.push(nodes.currentNode);
        }
        return [slot.dataset.slot, found];
    }),
)"""
MARK = f"() => {{ window.markedNodes = ({NODES})(); return Object.keys(window.markedNodes); }}"
KEPT = f"""(name) => {{
    const now = ({NODES})()[name] ?? [];
    const then = window.markedNodes?.[name] ?? [];
    return then.length > 0 && then.length === now.length && then.every((node, i) => node === now[i]);
}}"""

# A number that changes with each document, and with each step back or forward inside of one.
STEPS = """
    window.historyStep = Math.random();
    addEventListener("popstate", () => { window.historyStep = Math.random(); }, true);
"""
STEP = "() => [window.historyStep, location.href]"  # document.open() removes the listener

# After a frame is painted, whatever a script had put off until then has happened too.
NEXT_FRAME = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"


@dataclass(frozen=True)
class Sent:
    """A request that the page made: ``hard`` for a document, ``soft`` if a script made it."""

    how: str
    method: str
    path: str
    headers: dict[str, str]

    def __str__(self) -> str:
        return f"{self.how} {self.method} {self.path}"


# Requests are aborted by design: by a newer navigation, and by Chromium itself now and then while it
# steps through the history (the script then asks again). What counts is what is on the screen.
ABORTED = r"ERR_ABORTED|AbortError|htmx:(sendAbort|afterRequest|sendError)|Failed to fetch"


class Noise:
    """What went wrong in a browser window without anybody asking: none of it, if the test is to pass."""

    def __init__(self, context: BrowserContext) -> None:
        self.heard: list[str] = []
        self.expected: list[str] = []
        self.tolerated: list[str] = [ABORTED]
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

    def check(self) -> None:
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


class Screen:
    """One tab of a browser window.

    Verbs don't wait for what they cause; ``shows()``, ``at()`` and the other assertions do. For a
    storm of traversals, which these verbs don't make, there is ``screen.page.evaluate()``.
    """

    def __init__(self, page: Page, noise: Noise) -> None:
        self.page = page
        self._noise = noise
        self._sent: list[Sent] = []
        self._pending: set[Request] = set()
        page.add_init_script(STEPS)
        page.on("request", self._request_starts)
        page.on("requestfinished", self._request_ends)
        page.on("requestfailed", self._request_ends)

    # --- what a person does ---

    def hard(self, path: str) -> int:
        """Load a document, as from the address bar; returns its status."""
        self._forget_requests()
        response = self.page.goto(path)
        assert response is not None, f"{path} is no document of its own"
        self.settle()
        return response.status

    def soft(self, path: str) -> None:
        """Click the link to a path, query included."""
        self.click(f'css=a[href="{path}"]:visible')

    def click(self, target: str) -> None:
        """Click the link or button with this text, or what a selector names: ``#id``, ``css=…``."""
        self._forget_requests()
        if target.startswith(("#", "css=")):
            found = self.page.locator(target)
        else:
            link = self.page.get_by_role("link", name=target, exact=True)
            found = link.or_(self.page.get_by_role("button", name=target, exact=True))
        found.click(timeout=PATIENCE * 1000)

    def back(self) -> None:
        self._traverse("back")

    def forward(self) -> None:
        self._traverse("forward")

    def reload(self) -> None:
        self._forget_requests()
        self.page.reload()
        self.settle()

    def new_tab(self) -> Screen:
        """Another tab of the same window: the same cookies, a state of its own."""
        return Screen(self.page.context.new_page(), self._noise)

    # --- what a person sees ---

    @property
    def url(self) -> str:
        """Path, query and hash."""
        parts = urlsplit(self.page.url)
        return parts._replace(scheme="", netloc="").geturl()

    def slots(self) -> dict[str, str]:
        """The visible text of every slot on the page, without that of the slots inside it."""
        return self.page.evaluate(SLOTS)

    def shows(self, **expected: str) -> None:
        """Wait until these slots show exactly this, and all others nothing: no text of their own.

        A slot in a slot is written with two underscores: ``children__team="…"``.
        """
        wanted = {name.replace("__", "."): text for name, text in expected.items() if text}
        self._wait(
            lambda: {name: text for name, text in self.slots().items() if text},
            lambda seen: seen == wanted,
            f"the slots show {wanted}",
        )

    def at(self, url: str) -> None:
        """Wait until the address bar shows this path, with query and hash."""
        self._wait(lambda: self.url, lambda seen: seen == url, f"the address is {url}")

    def titled(self, title: str) -> None:
        self._wait(self.page.title, lambda seen: seen == title, f"the title is {title!r}")

    def marks_as_current(self, *links: str) -> None:
        """Wait until just the links with these texts are marked as current, in document order."""
        marked = self.page.locator('a[aria-current="page"]')
        self._wait(
            marked.all_inner_texts,
            lambda seen: seen == list(links),
            f"the current links are {list(links)}",
        )

    def scrolled_to(self, y: int) -> None:
        """Wait until the window is scrolled to ``y`` pixels from the top, and stays there."""
        self._wait(self.scroll, lambda seen: seen == y, f"the window is scrolled to {y}")
        self.settle()
        assert self.scroll() == y

    def scroll(self) -> int:
        return round(self.page.evaluate("scrollY"))

    # --- what a person can't see ---

    def mark(self) -> None:
        """Remember the DOM nodes of every slot, for ``kept()``."""
        self.settle()
        assert self.page.evaluate(MARK), "There is no slot on this page"

    def kept(self, slot: str) -> bool:
        """Whether the slot still has the nodes that it had at ``mark()``, and only those.

        Of slots inside it only the elements count, not what is in them. A document load keeps none.
        """
        self.settle()
        return self.page.evaluate(KEPT, slot)

    @property
    def requests(self) -> list[Sent]:
        """The documents and fragments asked for since the last verb, once they are answered."""
        self.settle()
        return list(self._sent)

    def sent(self, *expected: str) -> None:
        """Assert that just these were asked for since the last verb: ``"soft GET /bar/?q=1"``."""
        assert [str(request) for request in self.requests] == list(expected)

    def settle(self) -> None:
        """Wait until no request is under way and scripts have had two frames to react to the last."""
        quiet_frames = 0
        deadline = time.monotonic() + PATIENCE
        while quiet_frames < 2:
            assert time.monotonic() < deadline, f"Still loading: {self._pending}"
            self._evaluate(NEXT_FRAME)
            quiet_frames = 0 if self._pending else quiet_frames + 1

    def expect_noise(self, *patterns: str) -> None:
        """Regular expressions of complaints that the browser has to make, and that are fine."""
        self._noise.expected.extend(patterns)

    def tolerate_noise(self, *patterns: str) -> None:
        """Regular expressions of complaints that the browser may make, or not."""
        self._noise.tolerated.extend(patterns)

    # --- how ---

    def _request_starts(self, request: Request) -> None:
        if request.resource_type in {"document", "xhr", "fetch"}:
            parts = urlsplit(request.url)
            path = parts._replace(scheme="", netloc="").geturl()
            self._pending.add(request)
            how = "hard" if request.resource_type == "document" else "soft"
            self._sent.append(Sent(how, request.method, path, request.headers))

    def _request_ends(self, request: Request) -> None:
        self._pending.discard(request)

    def _forget_requests(self) -> None:
        self._sent.clear()

    def _traverse(self, direction: str) -> None:
        self._forget_requests()
        before = self.page.evaluate(STEP)
        self.page.evaluate(f"() => {{ setTimeout(() => history.{direction}()); }}")
        self._wait(
            lambda: self.page.evaluate(STEP),
            lambda step: step != before,
            f"there is an entry to go {direction} to",
        )

    def _evaluate(self, script: str) -> Any:
        """Evaluate in whatever document is there; again, if it was just being replaced."""
        while True:
            try:
                return self.page.evaluate(script)
            except Error as error:
                if "context was destroyed" not in error.message:
                    raise
                self.page.wait_for_load_state("domcontentloaded")

    def _wait(self, look: Callable[[], T], good: Callable[[T], bool], claim: str) -> None:
        __tracebackhide__ = True
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                seen: object = look()
                if good(seen):
                    return
            except Error as error:  # the document is just being replaced
                seen = error
            assert time.monotonic() < deadline, f"Waited in vain until {claim}.\nLast seen: {seen}"
            self._evaluate(NEXT_FRAME)
