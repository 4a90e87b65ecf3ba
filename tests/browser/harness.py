"""The screen as a test sees it: verbs of a person at a browser, and assertions that wait.

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
PATIENCE = 10  # seconds until an assertion that waits gives up

# The visible text that stands in each slot itself, not in a slot within it. What the script has there
# for screen readers does not count.
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

# Every node of each slot itself, nested slots' elements included, their contents not.
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

# The document and its entry of the history. WebKit has no keys; what the script keeps is as good.
STEP = """() => [
    performance.timeOrigin,
    window.navigation?.currentEntry?.key ?? JSON.stringify(history.state),
    location.href,
]"""

# After a frame is painted, whatever a script had put off until then has happened too.
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

    Verbs don't wait for what they cause; ``assert_shows()``, ``assert_at()`` and the other assertions
    do. For a storm of traversals, which these verbs don't make, there is ``evaluate()``.

    A test that needs no other verbs runs in every engine. ``page`` is Playwright's, for tests that
    need more of it than all engines have: they are marked ``chromium``.
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
        """Load a document, as from the address bar; returns its status."""
        self._forget_requests()
        status = self._tab.goto(path)
        self.settle()
        return status

    def open(self, path: str) -> None:
        """Load a document, and don't wait for what its scripts then ask for."""
        self._forget_requests()
        self._tab.goto(path)

    def soft(self, path: str) -> None:
        """Click the link to a path, query included."""
        self.click(f'css=a[href="{path}"]:visible')

    def click(self, target: str) -> None:
        """Click the link or button with this text, or what a selector names: ``#id``, ``css=…``.

        ``css=…:visible`` is for what has doubles that can't be seen.
        """
        self._forget_requests()
        self._tab.click(target)

    def click_at(self, x: float, y: float) -> None:
        """Click at a point of the viewport."""
        self.drag((x, y), (x, y))

    def drag(self, start: Point, *points: Point) -> None:
        """Drag the mouse from one point of the viewport to another, by way of others if need be."""
        self._forget_requests()
        self._tab.drag(start, *points)

    def press(self, key: str) -> None:
        """Press a key, with what has the focus: ``"Escape"``, ``"Shift+Tab"``, ``"Enter"``, ``"a"``."""
        self._forget_requests()
        self._tab.press(key)

    def type(self, selector: str, text: str) -> None:
        """Go to a field, and type over what is in it."""
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
        """Go back or forward by so many entries of the history."""
        self._forget_requests()
        # A document's script may just be about to run: nobody presses Back in that millisecond.
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
        """Close the modal that an element stands in, or the uppermost, as a script may."""
        self._forget_requests()
        self.evaluate(
            "(css) => parallelRoutes.close(css ? document.querySelector(css) : undefined)", css
        )

    def forget(self) -> None:
        """From now on nothing is kept in memory, so that Back and Forward need requests."""
        self.evaluate(
            "parallelRoutes.forget(), (document.documentElement.dataset.prMemory = 'false')"
        )

    def reload(self) -> None:
        self._forget_requests()
        self._tab.reload()
        self.settle()

    def answer(self, answer: str) -> None:
        """From now on, say ``"yes"`` or ``"no"`` to whatever the page asks by a dialog."""
        self._tab.answer(yes=answer == "yes")

    def resize(self, width: int, height: int) -> None:
        """Give the viewport another size."""
        self._tab.resize(width, height)

    def new_tab(self) -> Screen:
        """Another tab of the same window: the same cookies, a state of its own."""
        return Screen(self._tab.new_tab())

    # --- what a person sees ---

    @property
    def url(self) -> str:
        """Path, query and hash."""
        parts = urlsplit(self._tab.url)
        return parts._replace(scheme="", netloc="").geturl()

    def slots(self) -> dict[str, str]:
        """The visible text of every slot on the page, without that of the slots inside it."""
        return self.evaluate(SLOTS)

    def assert_shows(self, **expected: str) -> None:
        """Wait until these slots show exactly this, and all others nothing: no text of their own.

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
        """Wait until these words can be read somewhere on the page, or in an element."""
        self.assert_eventually(
            lambda: self.text(selector), lambda seen: text in seen, f"{selector} says {text!r}"
        )

    def text(self, selector: str) -> str:
        """The visible text of an element, with that of all inside it."""
        return self.evaluate("(selector) => document.querySelector(selector).innerText", selector)

    def value(self, selector: str) -> str:
        """What is in a field."""
        return self.evaluate("(selector) => document.querySelector(selector).value", selector)

    def count(self, selector: str) -> int:
        """How many elements there are of a kind, visible or not."""
        return self.evaluate("(selector) => document.querySelectorAll(selector).length", selector)

    def focused(self) -> str:
        """What has the focus: its ``#id``, or its label, or its text; ``body`` if nothing has."""
        return self.evaluate(FOCUSED)

    def assert_modals(self, *labels: str) -> None:
        """Wait until just the modal dialogs with these labels are open, in document order."""
        script = """() => [...document.querySelectorAll("dialog:modal")].map(
            (dialog) => dialog.ariaLabel,
        )"""
        self.assert_eventually(
            lambda: self.evaluate(script),
            lambda seen: seen == list(labels),
            f"the open modals are {list(labels)}",
        )

    def assert_asked(self, *questions: str) -> None:
        """Wait until just this was asked since the test said how to answer, and nothing moves.

        What the browser asks before it leaves a document is ``"beforeunload"``.
        """
        self.assert_eventually(
            self._tab.questions,
            lambda seen: seen == list(questions),
            f"the questions are {list(questions)}",
        )
        self.settle()
        assert self._tab.questions() == list(questions)

    def assert_current_links(self, *links: str) -> None:
        """Wait until just the links with these texts are marked as current, in document order."""
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
        """Whether the slot still has the nodes that it had at ``mark()``, and only those.

        Of slots inside it only the elements count, not what is in them. A document load keeps none.
        """
        self.settle()
        return self.evaluate(KEPT, slot)

    def rendered(self, slot: str) -> bool:
        """Whether something was rendered for the slot since ``mark()``: it was replaced or merged."""
        return not self.kept(slot) or self.evaluate("(name) => mergedSlots.includes(name)", slot)

    @property
    def requests(self) -> list[Sent]:
        """The documents and fragments asked for since the last verb, once they are answered."""
        self.settle()
        return list(self._tab.sent)

    def assert_sent(self, *expected: str) -> None:
        """Assert that just these were asked for since the last verb: ``"soft GET /bar/?q=1"``."""
        sent = [str(request) for request in self.requests]
        assert sent == list(expected), f"Sent: {sent}"

    def settle(self) -> None:
        """Wait until no request is under way and scripts have had two frames to react to the last."""
        quiet_frames = 0
        deadline = time.monotonic() + PATIENCE
        while quiet_frames < 2:
            self._await_frame()
            pending = self._tab.pending()
            quiet_frames = 0 if pending else quiet_frames + 1
            assert quiet_frames or time.monotonic() < deadline, f"Still loading: {pending}"

    def expect_noise(self, *patterns: str) -> None:
        """Regular expressions of complaints that the browser has to make, and that are fine."""
        self._noise.expected.extend(patterns)

    def tolerate_noise(self, *patterns: str) -> None:
        """Regular expressions of complaints that the browser may make, or not."""
        self._noise.tolerated.extend(patterns)

    # --- how ---

    def _forget_requests(self) -> None:
        self._tab.sent.clear()

    def _await_frame(self) -> None:
        """Wait for a frame of whatever document is there; of the next, if it's just being replaced."""
        while True:
            try:
                return self._tab.evaluate(NEXT_FRAME)
            except Replaced:
                pass

    def assert_eventually(
        self, look: Callable[[], T], good: Callable[[T], bool], claim: str
    ) -> None:
        """Look again and again until it's good; fail, with the claim, when that takes too long."""
        __tracebackhide__ = True
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                seen: object = look()
                if good(seen):
                    return
            except ScriptError as error:  # the document is just being replaced
                seen = error
            assert time.monotonic() < deadline, f"Waited in vain until {claim}.\nLast seen: {seen}"
            self._await_frame()
