"""The interface of tests to a browser: the actions of a user, and assertions that wait.

::

    def test_tabs(screen):
        screen.hard("/bar/")
        screen.mark()
        screen.soft("/bar/views/")
        screen.assert_shows(children="home", views="the views")
        assert screen.kept("children")
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.engines import ChromiumTab, Point, Replaced, ScriptError, Sent, Tab

T = TypeVar("T")
PATIENCE = 30  # seconds until an assertion that waits gives up

# The visible text of each slot, without that of the slots inside it, and without the script's texts for
# screen readers.
SLOTS = """() => Object.fromEntries(
    [...document.querySelectorAll("[data-pr-slot]")].map((slot) => {
        const texts = document.createTreeWalker(slot, NodeFilter.SHOW_TEXT);
        const seen = [];
        while (texts.nextNode()) {
            const around = texts.currentNode.parentElement;
            const visible = around.checkVisibility({ visibilityProperty: true });
            const place = around.closest("[data-pr-slot], .parallel-routes-title");
            if (visible && place === slot) seen.push(texts.currentNode.data);
        }
        return [slot.dataset.prSlot, seen.join(" ").replace(/\\s+/g, " ").trim()];
    }),
)"""

# All nodes of each slot, with the elements of the slots inside it, but without their contents.
NODES = """() => Object.fromEntries(
    [...document.querySelectorAll("[data-pr-slot]")].map((slot) => {
        const nodes = document.createTreeWalker(slot, NodeFilter.SHOW_ALL);
        const found = [slot];
        while (nodes.nextNode()) {
            const node = nodes.currentNode;
            const place = node.parentElement.closest("[data-pr-slot], .parallel-routes-title");
            if (place === slot && node.className !== "parallel-routes-title") found.push(node);
        }
        return [slot.dataset.prSlot, found];
    }),
)"""
MARK = f"""() => {{
    window.mergedSlots ??= addEventListener("parallel-routes:update", ({{ target }}) =>
        window.mergedSlots.push(target.dataset.prSlot)) ?? [];
    window.mergedSlots.length = 0;
    window.markedNodes = ({NODES})();
    return Object.keys(window.markedNodes);
}}"""
KEPT = f"""(name) => {{
    const now = ({NODES})()[name] ?? [];
    const then = window.markedNodes?.[name] ?? [];
    return then.length > 0 && then.length === now.length && then.every((node, i) => node === now[i]);
}}"""

# Identifies the document and its history entry. WebKit has no keys of entries: there, states differ.
STEP = """() => [
    performance.timeOrigin,
    window.navigation?.currentEntry?.key ?? JSON.stringify(history.state),
    location.href,
]"""

# After a frame has been painted, everything has run that a script had postponed to the frame.
NEXT_FRAME = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"


SELECT_ALL = """(selector) => {
    const field = document.querySelector(selector);
    field?.focus();
    field?.select();
    return document.activeElement === field;
}"""
FOCUSED = """() => {
    const { id, ariaLabel, innerText, localName } = document.activeElement;
    if (id) return `#${id}`;
    return ariaLabel || localName === "body" ? ariaLabel || localName : innerText.trim() || localName;
}"""


class Screen:
    """One tab of a browser window.

    Actions don't wait for their effects. ``assert_shows()``, ``assert_at()`` and the other assertions
    wait. Use ``evaluate()`` for several traversals at once.

    A test that uses only these methods runs in each engine. Tests that use ``page``, which is
    Playwright's, are marked ``chromium``.
    """

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self._noise = tab.noise

    @property
    def page(self) -> Page:
        """Playwright's page, in Chromium."""
        assert isinstance(self._tab, ChromiumTab), (
            "screen.page is Playwright's. A test that needs it is marked @pytest.mark.chromium"
        )
        return self._tab.page

    # --- what a person does ---

    def hard(self, path: str) -> int:
        """Load a document, as from the address bar, and return its status."""
        self._forget_requests()
        status = self._tab.goto(path)
        self.settle()
        return status

    def open(self, path: str) -> None:
        """Load a document, without waiting for the requests of its scripts."""
        self._forget_requests()
        self._tab.goto(path)

    def soft(self, path: str) -> None:
        """Click the link to a path, with its query."""
        self.click(f'css=a[href="{path}"]:visible')

    def click(self, target: str) -> None:
        """Click the link or button with this text, or the element of a selector: ``#id``, ``css=…``.

        Use ``css=…:visible`` if hidden elements match, too.
        """
        self._forget_requests()
        self._tab.click(target)

    def click_at(self, x: float, y: float) -> None:
        """Click at a point of the viewport."""
        self.drag((x, y), (x, y))

    def drag(self, start: Point, *points: Point) -> None:
        """Drag the mouse through these points of the viewport."""
        self._forget_requests()
        self._tab.drag(start, *points)

    def press(self, key: str) -> None:
        """Press a key on the focused element: ``"Escape"``, ``"Shift+Tab"``, ``"Enter"``, ``"a"``."""
        self._forget_requests()
        self._tab.press(key)

    def type(self, selector: str, text: str) -> None:
        """Focus a field, and replace its text by typing."""
        self._forget_requests()
        self.assert_eventually(
            lambda: self.evaluate(SELECT_ALL, selector), bool, f"{selector} is there to type into"
        )
        self._tab.type(text)

    def back(self) -> None:
        self.go(-1)

    def forward(self) -> None:
        self.go(1)

    def go(self, steps: int) -> None:
        """Go back or forward by a number of history entries."""
        self._forget_requests()
        # Wait for the document's script. A user does not press Back before it has run.
        self.assert_eventually(
            lambda: self.evaluate("document.readyState"),
            lambda seen: seen == "complete",
            "the document is loaded",
        )
        before = self.evaluate(STEP)
        self._tab.traverse(steps)
        self.assert_eventually(
            lambda: self.evaluate(STEP),
            lambda step: step != before,
            f"there is an entry to go to, {steps:+} from here",
        )

    def close(self, css: str = "") -> None:
        """Close the modal around an element, or the uppermost modal, by a script."""
        self._forget_requests()
        self.evaluate(
            "(css) => parallelRoutes.close(css ? document.querySelector(css) : undefined)", css
        )

    def forget(self) -> None:
        """Empty the script's memory, and keep it empty, so that Back and Forward need requests."""
        self.evaluate(
            "parallelRoutes.forget(), (document.documentElement.dataset.prMemory = 'false')"
        )

    def reload(self) -> None:
        self._forget_requests()
        self._tab.reload()
        self.settle()

    def answer(self, answer: str) -> None:
        """From now on, answer all dialogs of the browser with ``"yes"`` or ``"no"``."""
        self._tab.answer(yes=answer == "yes")

    def resize(self, width: int, height: int) -> None:
        """Give the viewport another size."""
        self._tab.resize(width, height)

    def new_tab(self) -> Screen:
        """Open another tab of the same window, with the same cookies."""
        return Screen(self._tab.new_tab())

    # --- what a person sees ---

    @property
    def url(self) -> str:
        """The path, query and hash in the address bar."""
        parts = urlsplit(self._tab.url)
        return parts._replace(scheme="", netloc="").geturl()

    def slots(self) -> dict[str, str]:
        """Return the visible text of each slot on the page, without that of the slots inside it."""
        return self.evaluate(SLOTS)

    def assert_shows(self, **expected: str) -> None:
        """Wait until these slots show exactly these texts, and all others show no text.

        A slot in a slot is written with two underscores: ``children__team="…"``.
        """
        wanted = {name.replace("__", "."): text for name, text in expected.items() if text}
        self.assert_eventually(
            lambda: {name: text for name, text in self.slots().items() if text},
            lambda seen: seen == wanted,
            f"the slots show {wanted}",
        )

    def assert_at(self, url: str) -> None:
        """Wait until the address bar shows this path, with query and hash."""
        self.assert_eventually(lambda: self.url, lambda seen: seen == url, f"the address is {url}")

    def assert_title(self, title: str) -> None:
        self.assert_eventually(
            lambda: self.evaluate("document.title"),
            lambda seen: seen == title,
            f"the title is {title!r}",
        )

    def assert_says(self, text: str, selector: str = "body") -> None:
        """Wait until these words are visible on the page, or in an element."""
        self.assert_eventually(
            lambda: self.text(selector), lambda seen: text in seen, f"{selector} says {text!r}"
        )

    def text(self, selector: str) -> str:
        """Return the visible text of an element."""
        return self.evaluate("(selector) => document.querySelector(selector).innerText", selector)

    def value(self, selector: str) -> str:
        """Return the value of a field."""
        return self.evaluate("(selector) => document.querySelector(selector).value", selector)

    def count(self, selector: str) -> int:
        """Return the number of elements that match, visible or not."""
        return self.evaluate("(selector) => document.querySelectorAll(selector).length", selector)

    def focused(self) -> str:
        """Return the ``#id``, label or text of the focused element; ``body`` if nothing is focused."""
        return self.evaluate(FOCUSED)

    def assert_modals(self, *labels: str) -> None:
        """Wait until exactly the modal dialogs with these labels are open, in document order."""
        script = """() => [...document.querySelectorAll("dialog:modal")].map(
            (dialog) => dialog.ariaLabel,
        )"""
        self.assert_eventually(
            lambda: self.evaluate(script),
            lambda seen: seen == list(labels),
            f"the open modals are {list(labels)}",
        )

    def assert_asked(self, *questions: str) -> None:
        """Wait until exactly these questions were asked since ``answer()``, and nothing moves.

        The browser's own question before it leaves a document is called ``"beforeunload"``.
        """
        self.assert_eventually(
            self._tab.questions,
            lambda seen: seen == list(questions),
            f"the questions are {list(questions)}",
        )
        self.settle()
        assert self._tab.questions() == list(questions)

    def assert_current_links(self, *links: str) -> None:
        """Wait until exactly the links with these texts are marked as current, in document order."""
        marked = """() => [...document.querySelectorAll('a[aria-current="page"]')]
            .map((link) => link.innerText)"""
        self.assert_eventually(
            lambda: self.evaluate(marked),
            lambda seen: seen == list(links),
            f"the current links are {list(links)}",
        )

    def assert_scrolled_to(self, y: int) -> None:
        """Wait until the window is scrolled to ``y`` pixels from the top, and stays there."""
        self.assert_eventually(
            self.scroll, lambda seen: seen == y, f"the window is scrolled to {y}"
        )
        self.settle()
        assert self.scroll() == y

    def scroll(self) -> int:
        return round(self.evaluate("scrollY"))

    # --- what a person can't see ---

    def evaluate(self, script: str, arg: Any = None) -> Any:
        """Evaluate an expression in the page, or call a function with ``arg``; waits for promises."""
        return self._tab.evaluate(script, arg)

    def mark(self) -> None:
        """Remember the DOM nodes of every slot, for ``kept()``."""
        self.settle()
        assert self.evaluate(MARK), "There is no slot on this page"

    def kept(self, slot: str) -> bool:
        """Tell whether the slot has exactly the nodes that it had at ``mark()``.

        The contents of slots inside it don't count. After a document load, no slot is kept.
        """
        self.settle()
        return self.evaluate(KEPT, slot)

    def rendered(self, slot: str) -> bool:
        """Tell whether the slot was replaced or merged since ``mark()``."""
        return not self.kept(slot) or self.evaluate("(name) => mergedSlots.includes(name)", slot)

    @property
    def requests(self) -> list[Sent]:
        """The requests for documents and fragments since the last action, after all have responses."""
        self.settle()
        return list(self._tab.sent)

    def assert_sent(self, *expected: str) -> None:
        """Assert that exactly these requests were sent since the last action: ``"soft GET /bar/?q=1"``."""
        sent = [str(request) for request in self.requests]
        assert sent == list(expected), f"Sent: {sent}"

    def settle(self) -> None:
        """Wait until no request is under way, and two frames have been painted after the last."""
        quiet_frames = 0
        deadline = time.monotonic() + PATIENCE
        while quiet_frames < 2:
            self._await_frame()
            pending = self._tab.pending()
            quiet_frames = 0 if pending else quiet_frames + 1
            assert quiet_frames or time.monotonic() < deadline, f"Still loading: {pending}"

    def expect_noise(self, *patterns: str) -> None:
        """Expect problems that match these regular expressions: the browser must report each of them."""
        self._noise.expected.extend(patterns)

    def tolerate_noise(self, *patterns: str) -> None:
        """Ignore problems that match these regular expressions, if the browser reports any."""
        self._noise.tolerated.extend(patterns)

    # --- how ---

    def _forget_requests(self) -> None:
        self._tab.sent.clear()

    def _await_frame(self) -> None:
        """Wait for a frame of the document, or of the document that replaces it."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return self._tab.evaluate(NEXT_FRAME)
            except Replaced:
                assert time.monotonic() < deadline, "One document replaces the other"

    def assert_eventually(
        self, look: Callable[[], T], good: Callable[[T], bool], claim: str
    ) -> None:
        """Look repeatedly until the result is good. If that takes too long, fail with the claim."""
        __tracebackhide__ = True
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                seen: object = look()
                if good(seen):
                    return
            except ScriptError as error:  # another document is replacing this one
                seen = error
            assert time.monotonic() < deadline, f"Waited in vain until {claim}.\nLast seen: {seen}"
            self._await_frame()
