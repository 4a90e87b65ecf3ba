"""Measures the browser's memory over 500 navigations: ``python -m benchmarks.heap``.

It navigates in the example by clicks: pages, a modal, the next photo in it, Back. After every hundred
navigations, it collects garbage and counts what is left. Once the script's memory of slots is full, the
numbers should not grow. Needs Debian's Chromium and the dependency group ``test``.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import CDPSession, sync_playwright

from benchmarks.browser import ARGUMENTS
from benchmarks.example import example

NAVIGATIONS, STEP = 500, 100

# Click links or go back a number of times. Each step waits for the slots of the one before.
GO_ROUND = """async ([round, times]) => {
    for (let number = 0; number < times; number += 1) {
        const [action, slot, src] = round[number % round.length];
        const isThere = () => document.querySelector(slot)?.dataset.prSrc === src;
        await new Promise((done) => {
            const look = () => isThere() && (document.removeEventListener(name, look), done());
            const name = "parallel-routes:settle";
            document.addEventListener(name, look);
            if (typeof action === "number") history.go(action);
            else document.querySelector(action).click();
        });
    }
}"""

CHILDREN, MODAL = "#slot-children", "#slot-children-modal-children"
ROUND: list[tuple[str | int, str, str]] = [
    ('a[href="/gallery/"]', CHILDREN, "/gallery/"),
    ('main a[href="/gallery/photos/1/"]', MODAL, "/gallery/photos/1/"),
    (f"{MODAL} .after", MODAL, "/gallery/photos/2/"),
    (-1, MODAL, "/gallery/photos/1/"),
    ('header a[href="/"]', CHILDREN, "/"),
]


def counts(session: CDPSession) -> dict[str, Any]:
    """Return the bytes of the heap, and the numbers of nodes and listeners."""
    for _ in range(3):  # what finalizers release needs another collection
        session.send("HeapProfiler.collectGarbage")
    heap = session.send("Runtime.getHeapUsage")["usedSize"]
    return {"heap": heap, **session.send("Memory.getDOMCounters")}


def main() -> None:
    with example() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        for htmx in (2, 4):
            context = browser.new_context(base_url=url, reduced_motion="reduce")
            context.add_cookies([{"name": "htmx", "value": str(htmx), "url": url}])
            page = context.new_page()
            page.goto("/")
            session = context.new_cdp_session(page)
            print(f"htmx {htmx:<12}{'heap':>10}{'nodes':>10}{'listeners':>12}")
            for done in range(0, NAVIGATIONS + 1, STEP):
                if done:
                    page.evaluate(GO_ROUND, [ROUND, STEP])
                now = counts(session)
                heap = now["heap"] / 1e6
                print(
                    f"{done:4} clicks {heap:13.2f} MB{now['nodes']:10}{now['jsEventListeners']:12}",
                    flush=True,
                )
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
