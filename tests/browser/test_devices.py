"""Forced colours, right-to-left pages, paper, and sheets on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession

from tests.browser.harness import Screen
from tests.support.gates import Gates

pytestmark = [pytest.mark.urls("tests.urls.audible"), pytest.mark.chromium]
BAR = """(property) => getComputedStyle(document.documentElement, "::before")[property]"""
VISIBLE = """(selector) => document.querySelector(selector).checkVisibility()"""


@pytest.mark.in_turn
def test_the_progress_bar_is_seen_in_forced_colours_and_runs_from_the_right(
    open_screen: Callable[..., Screen], gates: Gates
) -> None:
    screen = open_screen(forced_colors="active")
    screen.hard("/")
    gates.close("/slow/")
    screen.click("Slow")
    gates.expect_arrival("/slow/")
    screen.evaluate("() => { document.documentElement.dir = 'rtl'; }")
    screen.assert_eventually(
        lambda: screen.evaluate(BAR, "forcedColorAdjust"),
        lambda seen: seen == "none",
        "the bar is there, after a moment",
    )
    assert screen.evaluate(BAR, "backgroundColor") not in ("rgba(0, 0, 0, 0)", "rgb(37, 99, 235)")
    origin = float(screen.evaluate(BAR, "transformOrigin").split("px")[0])
    assert origin == float(screen.evaluate("() => document.documentElement.clientWidth"))
    screen.page.emulate_media(media="print")
    assert screen.evaluate(BAR, "display") == "none"
    gates.open("/slow/")


@pytest.mark.in_turn
def test_paper_shows_what_is_on_top(open_screen: Callable[..., Screen]) -> None:
    screen = open_screen()
    screen.hard("/")
    screen.click("Photo")
    screen.assert_modals("A photo")
    screen.page.emulate_media(media="print")
    assert not screen.evaluate(VISIBLE, "main")
    assert not screen.evaluate(VISIBLE, ".parallel-routes-modal-close")
    assert screen.evaluate(VISIBLE, "dialog h2")


def swipe(session: CDPSession, x: int, y: int, *, down: int = 0, left: int = 0) -> None:
    """Put a finger down, move it, and lift it."""
    session.send(
        "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    )
    for step in range(1, 5):
        points = [{"x": x - left * step // 4, "y": y + down * step // 4}]
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.in_turn
def test_a_sheet_is_pulled_down_to_close_it(open_screen: Callable[..., Screen]) -> None:
    """A little is not enough; and what is not saved keeps it."""
    screen = open_screen(viewport={"width": 390, "height": 700}, has_touch=True)
    screen.hard("/")
    screen.click("Photo")
    screen.assert_modals("A photo")
    screen.settle()
    session = screen.page.context.new_cdp_session(screen.page)
    top = round(
        screen.evaluate("() => document.querySelector('dialog').getBoundingClientRect().top")
    )
    screen.evaluate(
        """() => document.addEventListener("parallel-routes:before-leave",
            (event) => event.preventDefault(), { once: true })"""
    )
    swipe(session, 150, top + 20, down=300)
    screen.assert_eventually(
        lambda: screen.evaluate(
            "() => Math.round(document.querySelector('dialog').getBoundingClientRect().top)"
        ),
        lambda seen: seen == top,
        "the sheet is back",
    )
    screen.assert_modals("A photo")
    swipe(session, 150, top + 20, down=400)
    screen.assert_modals()
    screen.assert_at("/")
