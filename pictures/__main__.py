"""``python -m pictures [demo] [dashboard] [gallery]``: makes all pictures, or those that are named."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from pictures.browser_window import BrowserWindow, Film
from tests.support.servers import running

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
SIZE = (1360, 940)
WIDTH = 960
ANALYTICS = "[data-pr-slot$='.analytics']"
PHOTOS = "a[href*='/photos/'] img"
MAX_BYTES = 1_500_000


@contextmanager
def example() -> Iterator[str]:
    """Run the example with a database of its own; yields its URL."""
    with tempfile.TemporaryDirectory() as folder:
        environ = os.environ | {
            "DJANGO_DATABASE": f"{folder}/db.sqlite3",
            "DJANGO_MEDIA": f"{folder}/media",
            "DJANGO_DEBUG": "True",
        }
        manage = [sys.executable, "manage.py"]
        for command in (["migrate", "--verbosity=0"], ["seed", "--verbosity=0"]):
            subprocess.run([*manage, *command], cwd=ROOT, env=environ, check=True)
        command = [*manage, "runserver", "--noreload"]
        with running(command, "/dashboard/", ROOT, environ) as url:
            yield url.rstrip("/")


def demo(browser: Browser, url: str) -> None:
    """The animation of the README: fifteen seconds of the dashboard and the gallery."""
    film = Film(WIDTH)
    window = BrowserWindow(browser, SIZE, url, film)
    page = window.page
    window.load("/dashboard/")
    window.hold(700)
    window.type(page.get_by_label("A note in children"), "still here")
    window.hold(300)
    for title in ("Visitors", "Sources"):  # One slot changes, and keeps its tabs.
        link = page.locator(ANALYTICS).get_by_role("link", name=title).first
        window.click(link)
        window.settle()
        window.hold(1100)
    window.press("back")
    window.settle()
    window.hold(900)
    window.click(page.get_by_role("link", name="Gallery").first)
    window.settle()
    window.hold(500)
    window.click(page.locator(PHOTOS).nth(1))  # A photo opens over the feed.
    window.settle()
    window.watch(4)
    window.hold(1100)
    window.press("back")
    window.settle()
    window.hold(600)
    window.press("forward")
    window.settle()
    window.hold(700)
    window.press("reload")  # The same URL as a page.
    window.settle()
    window.hold(1600)
    path = DOCS / "demo.webp"
    for quality in (80, 70, 60, 50):
        film.save(path, quality)
        if path.stat().st_size < MAX_BYTES:
            break
    print(
        f"{path.name}: {film.seconds:.1f} s, {len(film.frames)} frames, {path.stat().st_size:,} bytes"
    )


def dashboard(browser: Browser, url: str) -> None:
    """A slot that has just changed, and a text that stays."""
    page = browser.new_page(viewport={"width": 1280, "height": 860})
    page.goto(f"{url}/dashboard/")
    # Cards that are new glow for a moment. Only the one that changes should glow in the picture.
    page.evaluate("Promise.all(document.getAnimations().map((animation) => animation.finished))")
    page.get_by_label("A note in team").fill("still here")
    page.locator(ANALYTICS).get_by_role("link", name="Visitors").first.click()
    page.get_by_text("Analytics changed").wait_for()  # in the bar at the bottom
    page.screenshot(path=DOCS / "dashboard.png")


def gallery(browser: Browser, url: str) -> None:
    """A photo over the feed."""
    film = Film(1280)
    window = BrowserWindow(browser, (1280, 808), url, film)
    window.load("/gallery/")
    window.page.locator(PHOTOS).nth(1).click()
    window.page.wait_for_url("**/photos/**")
    window.settle()
    window.page.wait_for_timeout(500)  # until the dialog has opened
    window.screenshot().save(DOCS / "gallery.webp", quality=80, method=6)


PICTURES = {function.__name__: function for function in (demo, dashboard, gallery)}


def main(names: list[str]) -> None:
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    with sync_playwright() as playwright, example() as url:
        browser = playwright.chromium.launch(executable_path=program)
        for name in names or PICTURES:
            PICTURES[name](browser, url)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
