"""From a click to the changed screen, in Chromium: ``python -m benchmarks.browser``.

It runs the example, as ``make demo`` does, and takes each step many times. The baseline is what one would
write by hand: an ``hx-get`` of the same fragment into a target, in the same run. Needs Debian's Chromium and
the dependency group ``test``.
"""

from __future__ import annotations

from statistics import median
from typing import Any

from playwright.sync_api import Page, Response, sync_playwright

from benchmarks.example import example

ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
TIMES = 15

# Milliseconds from an action until an attribute has a value. It fails after 30 s: nothing waits for ever.
MEASURE = """async ([action, selector, attribute, value]) => {
    const isSo = () => document.querySelector(selector)?.getAttribute(attribute) === value;
    if (isSo()) throw new Error(`${selector} is so already`);
    const changed = new Promise((done, fail) => {
        setTimeout(() => fail(new Error(`${selector} does not become so`)), 30000);
        const observer = new MutationObserver(() => isSo() && (observer.disconnect(), done()));
        observer.observe(document, { subtree: true, childList: true, attributes: true });
    });
    const link = typeof action === "string" && document.querySelector(action);
    if (link) link.focus(); // as the mouse does before it clicks
    const start = performance.now();
    if (link) link.click();
    else history.go(action);
    await changed;
    return performance.now() - start;
}"""

# What one would write by hand: a link that fetches the fragment alone into an element.
BY_HAND = """(url) => {
    const link = document.createElement("button");
    link.id = "by-hand";
    const attributes = { "hx-get": url, "hx-target": "#slot-children > *", "hx-swap": "outerHTML" };
    for (const [name, value] of Object.entries(attributes)) link.setAttribute(name, value);
    document.querySelector("#slot-children > *").append(link);
    htmx.process(link);
}"""

# And a modal: the fragment comes into a dialog, which opens.
MODAL_BY_HAND = """(url) => {
    const dialog = document.body.appendChild(document.createElement("dialog"));
    dialog.id = "dialog-by-hand";
    for (const name of ["htmx:afterSwap", "htmx:after:swap"]) // on the target, or on the button
        document.addEventListener(name, () => dialog.showModal(), { once: true });
    const link = document.createElement("button");
    link.id = "by-hand";
    link.setAttribute("hx-get", url);
    link.setAttribute("hx-target", "#dialog-by-hand");
    document.querySelector("#slot-children > *").append(link);
    htmx.process(link);
}"""


class Row:
    """What one kind of step took, in milliseconds, requests and bytes."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.clicks: list[float] = []
        self.bytes: list[int] = []
        self.requests: list[int] = []

    def line(self, baseline: Row) -> str:
        click, best = median(self.clicks), min(self.clicks)
        ratio, best_ratio = click / median(baseline.clicks), best / min(baseline.clicks)
        return (
            f"{self.name:40}{click:8.1f} ms{ratio:12.2f}{best:8.1f} ms{best_ratio:12.2f}"
            f"{median(self.requests):10.0f}{median(self.bytes):8.0f}"
        )


class Tab:
    """One page, and what it asks for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.answers: list[Response] = []
        page.on("response", self._hear)

    def _hear(self, response: Response) -> None:
        asks = response.request.resource_type in {"document", "xhr", "fetch"}
        if asks and not is_prefetch(response):
            self.answers.append(response)

    def step(self, row: Row, action: Any, selector: str, attribute: str, value: str) -> None:
        self.answers.clear()
        self._add(row, self.page.evaluate(MEASURE, [action, selector, attribute, value]))

    def prefetch(self, link: str) -> None:
        """Rest on a link until its answer is there."""
        with self.page.expect_response(is_prefetch) as waiting:
            self.page.hover(link)
        waiting.value.finished()
        self.page.mouse.move(0, 0)
        self.page.wait_for_timeout(30)

    def open(self, url: str) -> None:
        """Load a page, and let it come to rest: some parts of the script load when the browser is idle."""
        self.page.goto(url)
        self.page.wait_for_timeout(150)

    def load(self, row: Row, url: str) -> None:
        self.answers.clear()
        self.page.goto(url)
        timing = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
        self._add(row, self.page.evaluate(timing))

    def _add(self, row: Row, click: float) -> None:
        row.clicks.append(click)
        row.requests.append(len(self.answers))
        row.bytes.append(sum(len(answer.body()) for answer in self.answers))


def is_prefetch(response: Response) -> bool:
    return '"prefetch"' in response.request.headers.get("parallel-routes", "")


DOCUMENT, BY_HAND_STEP = "document: a photo's page", "by hand: hx-get of the fragment"
MODAL_STEP = "by hand: hx-get into a dialog"


def measure(tab: Tab, rows: dict[str, Row]) -> None:
    """Walk once from the start page to a photo, and through the gallery's modals."""

    def step(
        name: str, action: Any, selector: str, value: str, attribute: str = "data-pr-src"
    ) -> None:
        tab.step(rows.setdefault(name, Row(name)), action, selector, attribute, value)
        tab.page.wait_for_timeout(30)  # until scripts, layout and paint have come to rest

    children, modal, photo = (
        f"#slot-children{rest}" for rest in ("", "-modal", "-modal-children")
    )
    shown = ("#slot-children .photo", "children", "data-tone")
    tab.load(rows.setdefault(DOCUMENT, Row(DOCUMENT)), "/photos/3/")
    tab.open("/")
    tab.page.evaluate(BY_HAND, "/photos/3/")
    step(BY_HAND_STEP, "#by-hand", *shown)
    tab.open("/")
    step("soft navigation to it", 'a[href="/photos/3/"]', *shown)
    tab.open("/")
    tab.prefetch('a[href="/photos/3/"]')
    step("soft navigation to it, prefetched", 'a[href="/photos/3/"]', *shown)
    tab.page.wait_for_timeout(500)  # the slot of the messages is refreshed
    step("Back, from memory", -1, children, "/")
    step("Forward, from memory", 1, children, "/photos/3/")
    tab.page.evaluate("parallelRoutes.forget()")
    step("Back, by request", -1, children, "/")
    tab.open("/gallery/")
    tab.prefetch('main a[href="/photos/1/"]')
    step("a modal opens, prefetched", 'main a[href="/photos/1/"]', photo, "/photos/1/")
    tab.page.wait_for_timeout(500)  # the slot of the messages is refreshed
    tab.open("/gallery/")
    tab.page.evaluate(MODAL_BY_HAND, "/photos/1/")
    step(MODAL_STEP, "#by-hand", "#dialog-by-hand", "", "open")
    tab.open("/gallery/")
    step("a modal opens", 'main a[href="/photos/1/"]', photo, "/photos/1/")
    step("the next photo in it", f"{photo} .after", photo, "/photos/2/")
    step("Back to the photo before, from memory", -1, photo, "/photos/1/")
    step("Back closes it, from memory", -1, modal, "empty", "data-pr-variant")
    step("Forward opens it again, from memory", 1, photo, "/photos/1/")
    step("Back closes it, from memory", -1, modal, "empty", "data-pr-variant")
    tab.page.evaluate("parallelRoutes.forget()")
    step("Forward opens it again, by request", 1, photo, "/photos/1/")


def main() -> None:
    with example() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        for htmx in (2, 4):
            context = browser.new_context(base_url=url, reduced_motion="reduce")
            context.add_cookies([{"name": "htmx", "value": str(htmx), "url": url}])
            tab = Tab(context.new_page())
            measure(tab, {})  # warms up the server and the browser's cache
            rows: dict[str, Row] = {}
            for _ in range(TIMES):
                measure(tab, rows)
            context.close()
            print(f"htmx {htmx}, medians of {TIMES} and more")
            of = f"{'of by hand':>12}"
            print(f"{'':40}{'click':>11}{of}{'fastest':>11}{of}{'requests':>10}{'bytes':>8}")
            for row in rows.values():
                opens = row.name == MODAL_STEP or "opens" in row.name
                print(row.line(rows[MODAL_STEP if opens else BY_HAND_STEP]))
            print(flush=True)
        browser.close()


if __name__ == "__main__":
    main()
