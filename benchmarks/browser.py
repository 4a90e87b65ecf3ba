"""Measures the time from a click to the changed page, in Chromium: ``python -m benchmarks.browser``.

It runs the example, as ``make demo`` does, and repeats each step many times. The baselines are code written
by hand, in the same run: an ``hx-get`` of the same fragment into a target or a dialog, and for a prefetched
modal a swap of HTML that is there. Needs Debian's Chromium and the dependency group ``test``.

On a busy machine, compare the CPU time: that of the page's thread, from the click to the changed DOM.
``python -m benchmarks.browser 5`` repeats each step five times.
"""

from __future__ import annotations

import sys
from statistics import median
from typing import Any

from playwright.sync_api import Page, Response, sync_playwright

from benchmarks.example import example

ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--js-flags=--expose-gc"),
]
TIMES = 15

# Milliseconds from an action until the DOM has an element, and until the next frame is painted. The first is
# taken in the observer itself, which the browser calls at the end of the task or microtask with the change.
# It fails after 30 s.
MEASURE = """async ([action, selector]) => {
    const isThere = () => document.querySelector(selector);
    if (isThere()) throw new Error(`${selector} is there already`);
    const nextPaint = () => new Promise((done) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = done;
        requestAnimationFrame(() => port2.postMessage("")); // it arrives when the frame has been painted
    });
    const link = typeof action === "string" && document.querySelector(action);
    if (link) {
        link.dataset.prPrefetch = "false"; // from now on, or the focus would prefetch it
        link.focus(); // as the mouse does before it clicks
    }
    await nextPaint(); // of the focus, and of where it has scrolled to
    gc(); // of what was loaded, or it may come during the click
    // Until other threads have drawn that. A mouse button takes longer to come up.
    await new Promise((done) => setTimeout(done, 50));
    let start;
    const changed = new Promise((done, fail) => {
        setTimeout(() => fail(new Error(`${selector} does not come`)), 30000);
        const observer = new MutationObserver(() => {
            if (!isThere()) return;
            done(performance.now() - start);
            performance.mark("changed");
            observer.disconnect();
        });
        observer.observe(document, { subtree: true, childList: true, attributes: true });
    });
    performance.mark("clicked");
    start = performance.now();
    if (link) link.click();
    else history.go(action);
    const click = await changed;
    await nextPaint();
    return [click, performance.now() - start];
}"""

# By hand: a link that loads only the fragment into an element.
BY_HAND = """(url) => {
    const link = document.createElement("button");
    link.id = "by-hand";
    const attributes = { "hx-get": url, "hx-target": "#slot-children > *", "hx-swap": "outerHTML" };
    for (const [name, value] of Object.entries(attributes)) link.setAttribute(name, value);
    document.querySelector("#slot-children > *").append(link);
    htmx.process(link);
}"""

# By hand, a modal: the fragment is loaded into a dialog, which opens.
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


# By hand, a modal without a request: HTML that is there is swapped into a dialog, which opens. This is what
# the browser and htmx cost by themselves.
READY_BY_HAND = """async (url) => {
    const dialog = document.body.appendChild(document.createElement("dialog"));
    dialog.id = "dialog-by-hand";
    const page = new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
    const text = page.querySelector("#slot-children").innerHTML;
    const button = document.createElement("button");
    button.id = "by-hand";
    button.onclick = () => {
        const swap = "innerHTML settle:0ms transition:false";
        if (htmx.registerExtension) htmx.swap({ sourceElement: dialog, target: dialog, swap, text });
        else htmx.swap(dialog, text, { swapStyle: "innerHTML", swapDelay: 0, settleDelay: 0 });
        dialog.showModal();
    };
    document.querySelector("#slot-children > *").append(button);
}"""


class Row:
    """What one kind of step costs: milliseconds, those of CPU time (``work``), requests and bytes."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.clicks: list[float] = []
        self.paints: list[float] = []
        self.work: list[float] = []
        self.bytes: list[int] = []
        self.requests: list[int] = []

    def line(self, baseline: Row) -> str:
        click, best = median(self.clicks), min(self.clicks)
        ratio, best_ratio = click / median(baseline.clicks), best / min(baseline.clicks)
        work, least = median(self.work), min(self.work)
        return (
            f"{self.name:40}{click:8.1f} ms{ratio:12.2f}{best:8.1f} ms{best_ratio:12.2f}"
            f"{median(self.paints):8.1f} ms{work:8.1f} ms{work / median(baseline.work):12.2f}"
            f"{least:8.1f} ms{least / min(baseline.work):12.2f}"
            f"{median(self.requests):10.0f}{median(self.bytes):8.0f}"
        )


class Tab:
    """A page in the browser, and the requests that it makes."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.answers: list[Response] = []
        page.on("response", self._hear)
        self.session = page.context.new_cdp_session(page)
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})
        assert page.context.browser
        self.tracer = page.context.browser.new_browser_cdp_session()
        self.tracer.on("Tracing.dataCollected", lambda data: self.events.extend(data["value"]))
        self.tracer.on("Tracing.tracingComplete", lambda _: self.ended.append(True))
        self.events: list[dict[str, Any]] = []
        self.ended: list[bool] = []

    def _hear(self, response: Response) -> None:
        asks = response.request.resource_type in {"document", "xhr", "fetch"}
        if asks and not is_prefetch(response):
            self.answers.append(response)

    def step(self, row: Row, action: Any, selector: str) -> None:
        self.answers.clear()
        self._trace()
        click, paint = self.page.evaluate(MEASURE, [action, selector])
        self._add(row, click, paint, self._traced())

    def _trace(self) -> None:
        """Record the marks of ``MEASURE``, with the CPU time of the page's thread."""
        self.events.clear()
        self.ended.clear()
        categories = {"includedCategories": ["blink.user_timing"]}
        self.tracer.send("Tracing.start", {"traceConfig": categories})

    def _traced(self) -> float:
        """Return the CPU time from the click to the changed DOM, in milliseconds."""
        self.tracer.send("Tracing.end")
        while not self.ended:
            self.page.wait_for_timeout(5)
        marks = {event["name"]: event.get("tts", 0) for event in self.events}
        return float(marks["changed"] - marks["clicked"]) / 1000

    def prefetch(self, link: str) -> None:
        """Hover over a link until its response has arrived."""
        with self.page.expect_response(is_prefetch) as waiting:
            self.page.hover(link)
        waiting.value.finished()
        self.page.mouse.move(0, 0)
        self.page.wait_for_timeout(30)

    def open(self, url: str) -> None:
        """Load a page, and wait until the browser is idle, because some parts of the script load then."""
        self.page.goto(url)
        self.page.wait_for_timeout(150)

    def load(self, row: Row, url: str) -> None:
        self.answers.clear()
        self.page.goto(url)
        timing = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
        loaded = self.page.evaluate(timing)
        self._add(row, loaded, loaded, self._work())

    def _work(self) -> float:
        """Return the CPU time of the page's thread for this document, in milliseconds."""
        metrics = self.session.send("Performance.getMetrics")["metrics"]
        return 1000 * float({one["name"]: one["value"] for one in metrics}["TaskDuration"])

    def _add(self, row: Row, click: float, paint: float, work: float) -> None:
        row.clicks.append(click)
        row.paints.append(paint)
        row.work.append(work)
        row.requests.append(len(self.answers))
        row.bytes.append(sum(len(answer.body()) for answer in self.answers))


def is_prefetch(response: Response) -> bool:
    return '"prefetch"' in response.request.headers.get("parallel-routes", "")


DOCUMENT, BY_HAND_STEP = "document: a photo's page", "by hand: hx-get of the fragment"
MODAL_STEP, READY_STEP = "by hand: hx-get into a dialog", "by hand: a dialog, without a request"
PREFETCHED_MODAL_STEP = "a modal opens, prefetched"
BASELINES = {READY_STEP: READY_STEP, PREFETCHED_MODAL_STEP: READY_STEP, MODAL_STEP: MODAL_STEP}


def measure(tab: Tab, rows: dict[str, Row]) -> None:
    """Go once from the start page to a photo, and through the modals of the gallery."""

    def step(name: str, action: Any, selector: str) -> None:
        tab.step(rows.setdefault(name, Row(name)), action, selector)
        tab.page.wait_for_timeout(30)  # wait until scripts, layout and paint are done

    start, page = "#slot-children > .start", '#slot-children .photo[data-tone="children"]'
    # A photo in the modal, which has a link to the page of the photo.
    modal, closed = "#slot-children-modal dialog:modal", "#slot-children-modal:not(:has(dialog))"
    first, second = (
        f'{modal} a[href="/gallery/photos/{photo}/"][data-pr-intercept]' for photo in (1, 2)
    )
    tab.load(rows.setdefault(DOCUMENT, Row(DOCUMENT)), "/gallery/photos/3/")
    tab.open("/")
    tab.page.evaluate(BY_HAND, "/gallery/photos/3/")
    step(BY_HAND_STEP, "#by-hand", page)
    tab.open("/")
    step("soft navigation to it", 'a[href="/gallery/photos/3/"]', page)
    tab.open("/")
    tab.prefetch('a[href="/gallery/photos/3/"]')
    step("soft navigation to it, prefetched", 'a[href="/gallery/photos/3/"]', page)
    tab.page.wait_for_timeout(500)  # the slot of the messages is refreshed
    step("Back, from memory", -1, start)
    step("Forward, from memory", 1, page)
    tab.page.evaluate("parallelRoutes.forget()")
    step("Back, by request", -1, start)
    tab.open("/gallery/")
    tab.page.evaluate(MODAL_BY_HAND, "/gallery/photos/1/")
    step(MODAL_STEP, "#by-hand", "#dialog-by-hand:modal .photo")
    tab.open("/gallery/")
    tab.page.evaluate(READY_BY_HAND, "/gallery/photos/1/")
    step(READY_STEP, "#by-hand", "#dialog-by-hand:modal .photo")
    tab.open("/gallery/")
    tab.prefetch('main a[href="/gallery/photos/1/"]')
    step(PREFETCHED_MODAL_STEP, 'main a[href="/gallery/photos/1/"]', first)
    tab.page.wait_for_timeout(500)  # the slot of the messages is refreshed
    tab.open("/gallery/")
    step("a modal opens", 'main a[href="/gallery/photos/1/"]', first)
    step("the next photo in it", f"{modal} .after", second)
    step("Back to the photo before, from memory", -1, first)
    step("Back closes it, from memory", -1, closed)
    step("Forward opens it again, from memory", 1, first)
    step("Back closes it, from memory", -1, closed)
    tab.page.evaluate("parallelRoutes.forget()")
    step("Forward opens it again, by request", 1, first)


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES
    with example() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        for htmx in (2, 4):
            context = browser.new_context(base_url=url, reduced_motion="reduce")
            context.add_cookies([{"name": "htmx", "value": str(htmx), "url": url}])
            tab = Tab(context.new_page())
            measure(tab, {})  # warms up the server and the browser's cache
            rows: dict[str, Row] = {}
            for _ in range(times):
                measure(tab, rows)
            context.close()
            print(f"htmx {htmx}, medians of {times} and more")
            click, fastest, work, least = (
                f"{name:>11}{'of by hand':>12}"
                for name in ("click", "fastest", "CPU", "least CPU")
            )
            columns = f"{click}{fastest}{'painted':>11}{work}{least}{'requests':>10}{'bytes':>8}"
            print(f"{'':40}{columns}")
            for row in rows.values():
                usual = MODAL_STEP if "opens" in row.name else BY_HAND_STEP
                print(row.line(rows[BASELINES.get(row.name, usual)]))
            print(flush=True)
        browser.close()


if __name__ == "__main__":
    main()
