"""Double clicks and held keys count once, even if another element is beneath the second click."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.browser.harness import Screen
from tests.support.gates import Gates
from tests.urls.repeated import sent

pytestmark = [pytest.mark.urls("tests.urls.repeated"), pytest.mark.chromium]

ABORTED = ["(?i)abort", "afterRequest", "Failed to fetch"]


@pytest.fixture
def screen(screen: Screen) -> Screen:
    screen.tolerate_noise(*ABORTED)
    screen.hard("/w/")
    return screen


def entries(screen: Screen) -> int:
    return screen.evaluate("history.length")


def middle(screen: Screen, selector: str) -> tuple[float, float]:
    """The middle of an element; of what fills the page, a point that no dialog covers."""
    if selector in ("#photo", "backdrop"):
        return 20, 600
    box = screen.page.locator(selector).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def double(
    screen: Screen, selector: str, meanwhile: Callable[[], None], when: str = "between"
) -> None:
    """Double-click: something happens between the clicks, or while the button is down the second time."""
    mouse = screen.page.mouse
    mouse.move(*middle(screen, selector))
    mouse.down()
    mouse.up()
    if when == "between":
        meanwhile()
    mouse.down(click_count=2)
    if when == "within":
        meanwhile()
    mouse.up(click_count=2)


def nothing() -> None:
    """What happens in no time."""


def assert_ends_at(screen: Screen, url: str, *modals: str) -> None:
    """Wait until this is on screen, and see that it stays so."""
    for _ in range(2):
        screen.assert_at(url)
        screen.assert_modals(*modals)
        screen.settle()


WHEN = ["at once", "between", "within"]

# Closing makes no request, and what is opened before it another test opens in both versions.
in_any_version = pytest.mark.parametrize("htmx", [4], ids=["htmx4"], indirect=True)


def test_a_double_click_opens_a_modal_once(screen: Screen) -> None:
    """B21, B35: the second click hits the link, or the backdrop, or is pressed here and released there."""
    for when in WHEN:
        before = entries(screen)
        opened = nothing if when == "at once" else lambda: screen.assert_modals("Photo")
        double(screen, "#photo", opened, when)
        assert_ends_at(screen, "/w/photo/1/", "Photo")
        assert entries(screen) == before + 1
        screen.back()
        assert_ends_at(screen, "/w/")
        screen.hard("/w/list/2/")  # an entry that none is beyond
        screen.hard("/w/")


def test_a_double_click_in_a_modal_opens_the_next_one_once(screen: Screen) -> None:
    """B32: also where the second modal has a link at that very place."""
    for when in WHEN:
        screen.hard("/w/")
        screen.click("#photo")
        assert_ends_at(screen, "/w/photo/1/", "Photo")
        before = entries(screen)
        opened = nothing if when == "at once" else lambda: screen.assert_modals("Photo", "Zoom")
        double(screen, "#zoom", opened, when)
        assert_ends_at(screen, "/w/zoom/1/", "Photo", "Zoom")
        assert entries(screen) == before + 1


@in_any_version
@pytest.mark.parametrize("what", ["backdrop", "dialog:modal [data-pr-close]"])
def test_a_double_click_closes_a_modal_and_nothing_more(screen: Screen, what: str) -> None:
    """B35: what lies beneath, which would open it again, is not clicked, and the focus is on the opener."""
    for when in WHEN:
        screen.hard("/w/")
        screen.evaluate("document.querySelector('#photo').focus()")
        screen.press("Enter")
        assert_ends_at(screen, "/w/photo/1/", "Photo")
        double(screen, what, nothing if when == "at once" else screen.assert_modals, when)
        assert_ends_at(screen, "/w/")
        assert screen.focused() == "#photo"


@in_any_version
def test_a_double_click_closes_the_uppermost_modal_only(screen: Screen) -> None:
    """B32: the backdrop of the one beneath lies at the same place."""
    screen.click("#photo")
    screen.assert_modals("Photo")
    screen.click("#zoom")
    assert_ends_at(screen, "/w/zoom/1/", "Photo", "Zoom")
    double(screen, "backdrop", lambda: screen.assert_modals("Photo"))
    assert_ends_at(screen, "/w/photo/1/", "Photo")


@in_any_version
def test_two_clicks_that_are_no_double_click_open_and_close(screen: Screen) -> None:
    """They may be as quick as they like, if they are at two places."""
    screen.click_at(20, 600)
    screen.assert_modals("Photo")
    screen.click_at(60, 600)
    assert_ends_at(screen, "/w/")


@in_any_version
def test_taps_that_the_browser_does_not_count_are_a_double_click_too(screen: Screen) -> None:
    """As in Safari on a telephone; two taps with more time between them are two."""
    devtools = screen.page.context.new_cdp_session(screen.page)

    def tap(timestamp: float) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            event = {"type": kind, "x": 20, "y": 600, "button": "left", "clickCount": 1}
            pen = {"timestamp": timestamp, "pointerType": "pen"}
            devtools.send("Input.dispatchMouseEvent", event | pen)

    now = time.time()
    for number, later in enumerate([0.3, 5.9]):  # seconds after the first
        tap(now + number * 5)
        screen.assert_modals("Photo")
        tap(now + later)
        if number == 0:
            assert_ends_at(screen, "/w/photo/1/", "Photo")
            screen.press("Escape")
        assert_ends_at(screen, "/w/")


@in_any_version
def test_quick_clicks_of_a_mouse_count_unless_the_browser_calls_them_double(
    screen: Screen,
) -> None:
    """B61, "A click never ends in nothing": such as those of a program, on what has come to that place."""
    screen.page.mouse.click(*middle(screen, "#photo"))
    screen.assert_modals("Photo")
    screen.page.mouse.click(*middle(screen, "#photo"))
    assert_ends_at(screen, "/w/")


def test_a_double_click_on_a_link_makes_one_entry(screen: Screen) -> None:
    """B21: the link of the layout is there all the time."""
    for meanwhile in (nothing, lambda: screen.assert_at("/w/list/2/")):
        screen.hard("/w/")
        before = entries(screen)
        double(screen, "#list", meanwhile)
        assert_ends_at(screen, "/w/list/2/")
        screen.assert_says("list 2\n", "main")
        assert entries(screen) == before + 1


def test_a_double_click_follows_no_other_link(screen: Screen) -> None:
    """That stands where the first one stood. Two clicks on "Next" mean the next but one."""
    for link, then, at_last in (("#next", 3, 4), ("#far", 12, 12)):
        screen.hard("/w/list/2/")
        double(screen, link, lambda then=then: screen.assert_at(f"/w/list/{then}/"))
        assert_ends_at(screen, f"/w/list/{at_last}/")
        screen.assert_says(f"list {at_last}\n", "main")


@pytest.mark.parametrize("path", ["/w/note/", "/w/join/"])
def test_a_double_click_sends_a_form_once(screen: Screen, gates: Gates, path: str) -> None:
    """B39: while the first is under way, and when its answer has brought the same form, or another page."""
    for is_under_way in (True, False):
        screen.hard(path)
        sent.clear()
        if is_under_way:
            gates.close(path)
        double(
            screen,
            "#send",
            (lambda: gates.expect_arrival(path)) if is_under_way else screen.settle,
        )
        gates.open_all()
        screen.settle()
        assert sent == [path]
        assert_ends_at(screen, "/w/" if "join" in path else path)


def test_enter_that_is_held_down_opens_a_modal_once(screen: Screen) -> None:
    """B51: the focus goes to the link that closes it, and back to the one that opens it, and so on."""
    before = entries(screen)
    screen.evaluate("document.querySelector('#photo').focus()")
    keyboard = screen.page.keyboard
    keyboard.down("Enter")
    screen.assert_modals("Photo")
    keyboard.down("Enter")  # again without a release: the browser calls it a repetition
    keyboard.down("Enter")
    keyboard.up("Enter")
    assert_ends_at(screen, "/w/photo/1/", "Photo")
    assert entries(screen) == before + 1
    screen.press("Enter")  # on its own it closes
    assert_ends_at(screen, "/w/")


def test_enter_that_is_held_down_sends_a_form_once(screen: Screen) -> None:
    """B39: the form that comes back has the focus where it was."""
    sent.clear()
    screen.hard("/w/note/")
    screen.evaluate("document.querySelector('#name').focus()")
    keyboard = screen.page.keyboard
    keyboard.down("Enter")
    screen.settle()
    assert screen.focused() == "#name"
    keyboard.down("Enter")
    keyboard.up("Enter")
    screen.settle()
    assert sent == ["/w/note/"]
    screen.press("Enter")
    screen.settle()
    assert sent == ["/w/note/", "/w/note/"]


@in_any_version
def test_escape_that_is_held_down_closes_one_modal(screen: Screen) -> None:
    """B32: not all that are stacked."""
    screen.click("#photo")
    screen.assert_modals("Photo")
    screen.click("#zoom")
    assert_ends_at(screen, "/w/zoom/1/", "Photo", "Zoom")
    keyboard = screen.page.keyboard
    keyboard.down("Escape")
    screen.assert_modals("Photo")
    keyboard.down("Escape")
    keyboard.up("Escape")
    assert_ends_at(screen, "/w/photo/1/", "Photo")
