"""Times from a click until each of three slots has arrived, in Chromium: ``python -m benchmarks.arrivals``.

The slots take 0, 400 and 1,200 ms. The baseline of each is a click that changes this slot alone, and has no
loading state. A second run has a network latency of 400 ms, and measures when loading states appear.
Needs Debian's Chromium and the dependency group ``test``.
"""

from __future__ import annotations

from statistics import median
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.arrivals_urls import WAITS
from benchmarks.browser import ARGUMENTS
from tests.support.servers import SERVERS, serving

ENVIRON = {
    "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
    "BENCHMARKS_URLCONF": "benchmarks.arrivals_urls",
}
TIMES = 7
LATENCY = 400

# Milliseconds from a click until each of these selectors is found.
MEASURE = """async (selectors) => {
    const found = {};
    const look = () => {
        for (const selector of selectors)
            if (!found[selector] && document.querySelector(selector))
                found[selector] = performance.now() - start;
        return Object.keys(found).length === selectors.length;
    };
    const complete = new Promise((done) => {
        const observer = new MutationObserver(() => look() && (observer.disconnect(), done()));
        observer.observe(document, { subtree: true, childList: true, attributes: true });
    });
    const start = performance.now();
    document.querySelector("a").click();
    await complete;
    return found;
}"""


def there(name: str) -> str:
    return f"#slot-{name} .there"


def clicked(page: Page, path: str, *selectors: str) -> dict[str, float]:
    page.goto(path)
    page.wait_for_timeout(100)  # wait until all parts of the script are loaded
    page.wait_for_function("() => !document.querySelector('[data-pr-state]')")
    found: dict[str, float] = page.evaluate(MEASURE, list(selectors))
    return found


def main() -> None:
    with serving(SERVERS["uvicorn"], ENVIRON) as server, sync_playwright() as playwright:
        url = f"http://127.0.0.1:{server.port}"
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        for htmx in (2, 4):
            page = browser.new_context(base_url=url).new_page()
            together: dict[str, list[float]] = {name: [] for name in WAITS}
            alone: dict[str, list[float]] = {name: [] for name in WAITS}
            for turn in range(TIMES + 1):
                found = clicked(page, f"/all/?htmx={htmx}", *map(there, WAITS))
                for name in WAITS:
                    [single] = clicked(page, f"/{name}/?htmx={htmx}", there(name)).values()
                    if turn:  # the first warms up caches
                        together[name].append(found[there(name)])
                        alone[name].append(single)
            print(f"htmx {htmx}, medians of {TIMES}")
            for name in WAITS:
                ours, theirs = median(together[name]), median(alone[name])
                print(f"  {name:8}{ours:8.0f} ms, alone {theirs:6.0f} ms: {ours / theirs:.2f}")
            throttle(page)
            loading = '#slot-third[data-pr-state="loading"]'
            times = [clicked(page, f"/all/?htmx={htmx}", loading)[loading] for _ in range(TIMES)]
            trips = median(times) / LATENCY
            print(f"  with {LATENCY} ms latency, loading states after {median(times):.0f} ms: "
                  f"{trips:.2f} round trips")  # fmt: skip
        browser.close()


def throttle(page: Page) -> None:
    session: Any = page.context.new_cdp_session(page)
    conditions = {"offline": False, "latency": LATENCY}
    session.send(
        "Network.emulateNetworkConditions",
        {**conditions, "downloadThroughput": -1, "uploadThroughput": -1},
    )


if __name__ == "__main__":
    main()
