"""Measures how long it takes to merge 1,000 rows or cards into a page: ``python -m benchmarks.morph``.

It refreshes the same slot with and without ``data-pr-morph="false"``, in pairs. The difference of each pair
is the cost of merging, by the clock and as CPU time of the page's thread, which other programs disturb less.
``python -m benchmarks.morph 15 "htmx 4, all"`` measures 15 pairs, of the cases that begin so. Needs Debian's
Chromium and the dependency group ``test``.
"""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from threading import Thread
from types import ModuleType
from typing import TYPE_CHECKING, Any

import django
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import engines

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROWS, TIMES = 1000, 10
LAYOUT = """<!doctype html>{% load parallel_routes django_htmx %}<title>rows</title>
{% htmx_script version=version %}{% parallel_routes_script %}<body>{% slot %}</body>"""
ROW = """<tr{id}><td>{n}</td><td><a href="/rows/{n}/">Order {n}</a></td><td>{status}</td>
<td><input type="checkbox" name="chosen" value="{n}"></td><td><button>Edit</button></td></tr>"""
HEAD = '<tr id="head"><th>Number<th>Order<th>Status<th>Chosen<th>Edit</tr>'
CARD = """<article{id}><h3><a href="/rows/{n}/">Order {n}</a></h3><form method="post">
<input name="amount" value="{n}"><select name="unit"><option>kg<option>t</select>
<label><input type="checkbox" name="urgent"> {status}</label><button>Save</button></form></article>"""

# Let the browser do what is left from the action before. A user's next click comes later than that.
REST = """async () => {
    document.body.getBoundingClientRect();
    await new Promise((done) => requestIdleCallback(done, { timeout: 1000 }));
    gc();
}"""

# Milliseconds from the response until the browser has laid out the changed page.
MEASURE = """async (isMerged) => {
    document.querySelector("#slot-children").toggleAttribute("data-x");
    if (isMerged) delete document.body.dataset.prMorph;
    else document.body.dataset.prMorph = "false";
    let start;
    const onAnswer = () => (start ??= performance.now());
    const names = ["htmx:beforeOnLoad", "htmx:after:request"];
    for (const name of names) addEventListener(name, onAnswer, true);
    const done = new Promise((done) =>
        document.addEventListener("parallel-routes:settle", () => queueMicrotask(() => {
            document.body.getBoundingClientRect();
            done(performance.now() - start);
        }), { once: true }));
    await parallelRoutes.refresh();
    const time = await done;
    for (const name of names) removeEventListener(name, onAnswer, true);
    return time;
}"""

Numbers = list[int]
state: dict[str, Any] = {"status": "open"}


def rows(request: HttpRequest) -> HttpResponse:
    shape = state["shape"]
    lines = "".join(
        shape.format(n=n, id=f' id="row-{n}"' if state["ids"] else "", status=status_of(n))
        for n in state["rows"]
    )
    if shape is CARD:
        return HttpResponse(f"<div>{lines}</div>")
    return HttpResponse(f"<table><tbody>{state['head']}{lines}</tbody></table>")


def status_of(n: int) -> str:
    """Return the status of a row, which changes in each row, or in one of a hundred."""
    return state["status"] if n % state.get("every", 1) == 0 else "open"


def layout(request: HttpRequest) -> HttpResponse:
    template = engines["django"].from_string(LAYOUT)
    return HttpResponse(template.render({"version": state["version"]}, request))


def toggle_status() -> None:
    state["status"] = "done" if state["status"] == "open" else "open"


def few() -> None:
    state["every"] = 100
    toggle_status()


def each() -> None:
    state["every"] = 1
    toggle_status()


def shuffled() -> None:
    random.Random(state["rows"][0]).shuffle(state["rows"])


def mixed() -> None:
    """Remove a tenth of the rows, add as many others, and move the rest."""
    shown = state["rows"]
    new = sorted({*range(2 * ROWS)}.difference(shown))
    count = ROWS // 10
    state["rows"] = random.sample(shown, ROWS - count) + random.sample(new, count)
    random.shuffle(state["rows"])


def others() -> None:
    first = 0 if state["rows"][0] >= ROWS else ROWS
    state["rows"] = list(range(first, first + ROWS))


def others_below_a_header() -> None:
    state["head"] = HEAD
    others()


def other_cards() -> None:
    state["shape"] = CARD
    others()


CASES: dict[str, Callable[[], None]] = {
    "ten rows have changed": few,
    "each row has changed": each,
    "the rows are shuffled": shuffled,
    "rows move, a tenth appears and goes": mixed,
    "all rows are others": others,
    "all but a header row are others": others_below_a_header,
    "all cards with forms are others": other_cards,
}


@contextmanager
def server() -> Iterator[str]:
    """Serve the table in a thread, and yield the URL."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.servers.basehttp import ThreadedWSGIServer
    from django.core.wsgi import get_wsgi_application
    from django.test.testcases import QuietWSGIRequestHandler
    from django.urls import path

    urls = ModuleType("benchmarks_morph_urls")
    sys.modules[urls.__name__] = urls
    settings.configure(
        ALLOWED_HOSTS=["*"],
        INSTALLED_APPS=["django.contrib.staticfiles", "django_htmx", "django_parallel_routes"],
        MIDDLEWARE=[
            "django_htmx.middleware.HtmxMiddleware",
            "django_parallel_routes.middleware.ParallelRoutesMiddleware",
        ],
        ROOT_URLCONF=urls.__name__,
        SECRET_KEY="benchmark",
        STATIC_URL="/static/",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
            }
        ],
    )
    django.setup()
    from django_parallel_routes import slots

    urls.urlpatterns = [slots("", layout=layout, children=[path("", rows)])]  # type: ignore[attr-defined]
    httpd = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler, ipv6=False)
    httpd.set_app(StaticFilesHandler(get_wsgi_application()))
    Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}/"
    httpd.shutdown()


class Browser:
    """A page that shows the rows, and what it costs to show others."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session = page.context.new_cdp_session(page)
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def refresh(self, is_merged: bool) -> tuple[float, float]:
        """Refresh the slot, and return the time and the CPU time, in milliseconds."""
        self.page.evaluate(REST)
        before = self._work()
        time = self.page.evaluate(MEASURE, is_merged)
        return time, self._work() - before

    def _work(self) -> float:
        """Return the CPU time of the page's thread until now, in milliseconds."""
        metrics = self.session.send("Performance.getMetrics")["metrics"]
        return 1000 * float({one["name"]: one["value"] for one in metrics}["TaskDuration"])


def main() -> None:
    from playwright.sync_api import sync_playwright

    from benchmarks.browser import ARGUMENTS

    times = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES
    beginning = sys.argv[2] if len(sys.argv) > 2 else ""
    print(f"{ROWS} rows, medians of {times} pairs in ms")
    columns = f"{'replaced':>12}{'merged':>10}{'difference':>12}{'fastest':>10}"
    print(f"{'':52}{columns}{columns}  (CPU time)")
    with server() as url, sync_playwright() as driver:
        path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        launched = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        for version in (2, 4):
            for has_ids in (True, False):
                state.update(rows=list(range(ROWS)), ids=has_ids, version=version)
                state.update(shape=ROW, head="")
                page = launched.new_page()
                page.goto(url)
                browser = Browser(page)
                browser.refresh(True)  # loads the part that merges
                for name, change in CASES.items():
                    about = f"htmx {version}, {name}{', with ids' if has_ids else ''}"
                    if not about.startswith(beginning):
                        continue
                    costs: dict[bool, list[tuple[float, float]]] = {False: [], True: []}
                    for number in range(times + 1):
                        for is_merged in (False, True)[:: 1 if number % 2 else -1]:
                            change()
                            cost = browser.refresh(is_merged)
                            if number:  # the first ones warm up
                                costs[is_merged].append(cost)
                    print(f"{about:52}{columns_of(costs, 0)}{columns_of(costs, 1)}", flush=True)
                page.close()
        launched.close()


def columns_of(costs: dict[bool, list[tuple[float, float]]], kind: int) -> str:
    replaced, merged = ([cost[kind] for cost in costs[is_merged]] for is_merged in (False, True))
    difference = median(one - other for one, other in zip(merged, replaced, strict=True))
    fastest = min(merged) - min(replaced)
    return f"{median(replaced):12.1f}{median(merged):10.1f}{difference:+12.1f}{fastest:+10.1f}"


if __name__ == "__main__":
    main()
