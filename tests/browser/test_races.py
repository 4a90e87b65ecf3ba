"""Clicks and Back faster than the server responds: the test decides which responses are slow."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Error

from tests.browser.harness import PATIENCE, Screen
from tests.support.gates import Gates

pytestmark = [pytest.mark.urls("tests.urls.nav_races"), pytest.mark.chromium]

HOME = {"children": "home", "left": "left home", "side": "side home"}
PAGES = {
    "/r/": HOME,
    "/r/a/": {"children": "a", "left": "left a", "side": "side a"},
    "/r/b/": {"children": "b", "left": "left b", "side": "side b"},
    "/r/c/": {"children": "c", "left": "left c", "side": "side c"},
}
# htmx 2 logs what is aborted as an error; the browser calls it a failed request.
ABORTED = ["(?i)abort", "afterRequest", "Failed to fetch"]

CLICK = """(path) => document.querySelector(`nav a[href="${path}"]`).click()"""
IS_NAVIGATING = "document.documentElement.hasAttribute('data-pr-navigating')"
HAS_BAR = "getComputedStyle(document.documentElement, '::before').position === 'fixed'"


@pytest.fixture
def screen(screen: Screen) -> Screen:
    screen.tolerate_noise(*ABORTED)
    screen.hard("/r/")
    return screen


def entries(screen: Screen) -> int:
    return screen.page.evaluate("history.length")


def assert_rests_at(screen: Screen, url: str) -> None:
    """Wait until the screen shows what a hard load of this URL would, and stays so."""
    for _ in range(2):
        screen.assert_at(url)
        screen.assert_shows(**PAGES[url])
        screen.settle()
    assert not screen.page.evaluate(IS_NAVIGATING)


def where_it_rests(screen: Screen) -> str:
    """The address, once no step changes it any more. Browsers don't tell that one is under way."""
    seen = [screen.url]
    while len(seen) < 10:
        screen.settle()
        seen = [*seen, screen.url] if screen.url == seen[-1] else [screen.url]
    return seen[-1]


# --- Click and click ---


def test_a_newer_click_wins_over_a_slower_one(screen: Screen, gates: Gates) -> None:
    """B21: the newer navigation aborts the older; there is one new entry, that of the newer."""
    before = entries(screen)
    gates.close("/r/a/")
    screen.click("/r/a/")
    gates.expect_arrival("/r/a/")
    screen.click("/r/b/")
    assert_rests_at(screen, "/r/b/")
    gates.open("/r/a/")
    assert_rests_at(screen, "/r/b/")
    assert entries(screen) == before + 1
    screen.back()
    assert_rests_at(screen, "/r/")


def test_an_answer_that_comes_though_aborted_is_dropped(screen: Screen, gates: Gates) -> None:
    """B21: a late answer is dropped, even if nothing could stop it."""
    before = entries(screen)
    screen.page.evaluate(
        "XMLHttpRequest.prototype.abort = AbortController.prototype.abort = () => {}"
    )
    gates.close("/r/a/")
    screen.click("/r/a/")
    gates.expect_arrival("/r/a/")
    screen.click("/r/b/")
    screen.assert_shows(**PAGES["/r/b/"])
    gates.open("/r/a/")
    assert_rests_at(screen, "/r/b/")
    assert entries(screen) == before + 1


def test_a_link_may_leave_the_page_before_its_response_arrives(
    screen: Screen, gates: Gates
) -> None:
    """B61: a poll may replace it, for example. The click has its result all the same, and its events."""
    gates.close("/r/a/")
    screen.click("/r/a/")
    gates.expect_arrival("/r/a/")
    screen.evaluate(
        """() => {
            const note = () => { window.hasEnded = true; };
            document.body.addEventListener("htmx:beforeOnLoad", note);
            document.addEventListener("htmx:after:request", note); // htmx 4 fires its events there
            document.querySelector('a[href="/r/a/"]').remove();
        }"""
    )
    gates.open("/r/a/")
    assert_rests_at(screen, "/r/a/")
    assert screen.evaluate("window.hasEnded")
    screen.back()
    assert_rests_at(screen, "/r/")


def test_three_quick_clicks_on_one_link_are_one_navigation(screen: Screen, gates: Gates) -> None:
    """B21: one new entry, whatever htmx would have queued or dropped."""
    before = entries(screen)
    gates.close("/r/a/")
    for _ in range(3):
        screen.page.evaluate(CLICK, "/r/a/")
    gates.expect_arrival("/r/a/")
    gates.open("/r/a/")
    assert_rests_at(screen, "/r/a/")
    assert entries(screen) == before + 1
    screen.back()
    assert_rests_at(screen, "/r/")


def test_navigations_of_two_slots_both_land(screen: Screen, gates: Gates) -> None:
    """B21: the newer navigation of a slot aborts the older one of *this* slot only."""
    gates.close("/r/a/")
    screen.click("Left a")
    gates.expect_arrival("/r/a/")
    screen.click("Side b")
    screen.assert_shows(children="home", left="left home", side="side b")
    screen.assert_at("/r/b/")
    gates.open("/r/a/")
    screen.assert_shows(children="home", left="left a", side="side b")
    screen.assert_at("/r/a/")
    screen.back()
    screen.assert_shows(children="home", left="left home", side="side b")
    screen.assert_at("/r/b/")
    screen.back()
    assert_rests_at(screen, "/r/")


def test_a_newer_navigation_of_one_slot_wins_over_a_slower_one(
    screen: Screen, gates: Gates
) -> None:
    """B21: of the same slot."""
    before = entries(screen)
    gates.close("/r/b/")
    screen.click("Side b")
    gates.expect_arrival("/r/b/")
    screen.click("Side c")
    screen.assert_shows(children="home", left="left home", side="side c")
    gates.open("/r/b/")
    screen.settle()
    screen.assert_shows(children="home", left="left home", side="side c")
    screen.assert_at("/r/c/")
    assert entries(screen) == before + 1


def test_a_navigation_of_all_slots_wins_over_a_slower_one_of_one_slot(
    screen: Screen, gates: Gates
) -> None:
    """B21: which is among them."""
    gates.close("/r/b/")
    screen.click("Side b")
    gates.expect_arrival("/r/b/")
    screen.click("/r/a/")
    assert_rests_at(screen, "/r/a/")
    gates.open("/r/b/")
    assert_rests_at(screen, "/r/a/")


def test_a_click_that_is_not_confirmed_aborts_nothing(screen: Screen, gates: Gates) -> None:
    """B19, B21: a question answered with no is no navigation."""
    screen.answer("no")
    gates.close("/r/a/")
    screen.click("/r/a/")
    gates.expect_arrival("/r/a/")
    screen.click("Asks")
    gates.open("/r/a/")
    assert_rests_at(screen, "/r/a/")
    screen.assert_asked("Really?")


def test_a_document_that_is_loading_is_not_disturbed(screen: Screen, gates: Gates) -> None:
    """S17, B21: leaving the layout wins over what was under way."""
    gates.close("/r/a/")
    screen.click("/r/a/")
    gates.expect_arrival("/r/a/")
    screen.click("/plain/")
    screen.assert_at("/plain/")
    gates.open("/r/a/")
    screen.settle()
    assert screen.slots() == {}
    screen.back()
    assert_rests_at(screen, "/r/")


# --- Click and Back ---


def test_back_stops_what_a_click_has_begun(screen: Screen, gates: Gates) -> None:
    """B21, S33: the answer that Back has overtaken is dropped."""
    screen.click("/r/b/")
    assert_rests_at(screen, "/r/b/")
    gates.close("/r/a/")
    screen.click("/r/a/")
    gates.expect_arrival("/r/a/")
    screen.back()
    screen.assert_at("/r/")
    gates.open("/r/a/")
    assert_rests_at(screen, "/r/")
    screen.forward()
    assert_rests_at(screen, "/r/b/")


def test_a_click_while_back_is_slow_navigates_from_there(screen: Screen, gates: Gates) -> None:
    """B21: the click is the newer navigation; the screen is its URL's, and Back works again."""
    for path in ["/r/a/", "/r/b/"]:
        screen.click(path)
        assert_rests_at(screen, path)
    screen.forget()
    gates.close("/r/a/")
    screen.back()
    gates.expect_arrival("/r/a/")
    screen.click("/r/c/")
    assert_rests_at(screen, "/r/c/")
    gates.open("/r/a/")
    assert_rests_at(screen, "/r/c/")
    screen.back()
    assert_rests_at(screen, "/r/a/")


def test_a_click_for_one_slot_does_not_lose_what_back_was_to_restore(
    screen: Screen, gates: Gates
) -> None:
    """B21, S33: the other slots are those of the entry that the address bar shows."""
    for path in ["/r/a/", "/r/c/"]:
        screen.click(path)
        assert_rests_at(screen, path)
    screen.forget()
    gates.close("/r/a/")
    screen.back()
    gates.expect_arrival("/r/a/")
    screen.click("Side b, quietly")
    gates.open("/r/a/")
    screen.page.locator("#slot-left").get_by_text("left a").wait_for(timeout=PATIENCE * 1000)
    screen.settle()
    screen.assert_at("/r/a/")
    shown = screen.slots()
    assert (shown["children"], shown["left"]) == ("a", "left a")
    assert shown["side"] in {"side a", "side b"}  # which of the two is newer, no rule says


def test_steps_while_back_is_slow_end_where_the_last_one_leads(
    screen: Screen, gates: Gates
) -> None:
    """B21, S33: a newer step aborts the older."""
    for path in ["/r/a/", "/r/b/", "/r/c/"]:
        screen.click(path)
        assert_rests_at(screen, path)
    screen.forget()
    gates.close("/r/b/")
    screen.back()
    gates.expect_arrival("/r/b/")
    screen.back()
    assert_rests_at(screen, "/r/a/")
    gates.open("/r/b/")
    assert_rests_at(screen, "/r/a/")
    screen.forward()
    assert_rests_at(screen, "/r/b/")


STORM = """async (steps) => {
    for (const step of steps) {
        if (typeof step === "number") history.go(step);
        else document.querySelector(`nav a[href="${step}"]`).click();
        await new Promise((done) => setTimeout(done, 12));
    }
    await new Promise((done) => setTimeout(done, 100));
}"""
BURSTS = {
    "back back forward forward": [[-1, -1, 1, 1]] * 6,
    "clicks": [["/r/a/", "/r/b/", "/r/c/", "/r/"], ["/r/a/", "/r/a/", "/r/b/", "/r/b/"]] * 2,
    "click back": [["/r/", -1], ["/r/", -1, 1], [-1, "/r/"], [-1, "/r/a/", -1, 1]] * 2,
}
DICE = random.Random(1)
BURSTS["dice"] = [DICE.sample([*PAGES, -1, -1, -1, 1, 1], 7) for _ in range(8)]


@pytest.mark.in_turn
@pytest.mark.parametrize("remembers", [True, False], ids=["from memory", "by requests"])
@pytest.mark.parametrize("burst", BURSTS)
def test_url_and_screen_agree_after_a_burst_of_clicks_and_steps(
    screen: Screen, burst: str, remembers: bool
) -> None:
    """B21, S33: at rest, the screen shows what a hard load of the address would."""
    for steps in BURSTS[burst]:
        if not remembers:
            screen.forget()
        # Three entries, so that no step leads out of the site.
        for path in ["/r/b/", "/r/a/", "/r/c/"]:
            screen.click(path)
            assert_rests_at(screen, path)
        with suppress(Error):  # a document was loaded, which is fine
            screen.page.evaluate(STORM, steps)
        assert_rests_at(screen, where_it_rests(screen))


# --- Progress ---


def test_the_page_shows_that_a_navigation_is_under_way(screen: Screen, gates: Gates) -> None:
    """Until the last of several slow navigations has ended; a quick one shows no bar."""
    assert not screen.page.evaluate(IS_NAVIGATING)
    gates.close("/r/a/", "/r/b/")
    has_bar = screen.page.evaluate(
        f"(link) => {{ link.click(); return [{IS_NAVIGATING}, {HAS_BAR}]; }}",
        screen.page.query_selector("text=Left a"),
    )
    assert has_bar == [True, False]
    gates.expect_arrival("/r/a/")
    screen.page.wait_for_function(HAS_BAR)
    assert screen.page.evaluate(IS_NAVIGATING)
    screen.click("Side b")
    gates.expect_arrival("/r/b/")
    gates.open("/r/a/")
    screen.assert_shows(children="home", left="left a", side="side home")
    assert screen.page.evaluate(IS_NAVIGATING)
    gates.open("/r/b/")
    screen.assert_shows(children="home", left="left a", side="side b")
    assert not screen.page.evaluate(IS_NAVIGATING)
    assert not screen.page.evaluate(HAS_BAR)


def test_a_navigation_that_back_has_aborted_is_no_longer_under_way(
    screen: Screen, gates: Gates
) -> None:
    """B21: its progress bar is gone."""
    screen.click("/r/b/")
    assert_rests_at(screen, "/r/b/")
    gates.close("/r/a/")
    screen.click("/r/a/")
    gates.expect_arrival("/r/a/")
    assert screen.page.evaluate(IS_NAVIGATING)
    screen.back()
    assert_rests_at(screen, "/r/")  # looks at the progress, too


def test_a_navigation_that_ends_in_an_error_is_no_longer_under_way(
    screen: Screen, gates: Gates
) -> None:
    """S17: the 500 is a document, without progress."""
    screen.expect_noise("500")
    gates.close("/r/broken/")
    screen.click("/r/broken/")
    gates.expect_arrival("/r/broken/")
    assert screen.page.evaluate(IS_NAVIGATING)
    gates.open("/r/broken/")
    screen.assert_at("/r/broken/")
    screen.page.get_by_text("Server Error (500)").wait_for()
    assert not screen.page.evaluate(IS_NAVIGATING)


@pytest.fixture
def lose(screen: Screen) -> Callable[[str], None]:
    """A function by which what a script asks of a path gets lost on its way."""

    def lose(path: str) -> None:
        screen.tolerate_noise("ERR_FAILED", "sendError", "Failed to fetch", "Failed to load")
        screen.page.route(
            f"**{path}",
            lambda route: (
                route.continue_() if route.request.resource_type == "document" else route.abort()
            ),
        )

    return lose


def test_a_navigation_that_gets_lost_leaves_the_page(
    screen: Screen, lose: Callable[[str], None]
) -> None:
    """B62: a line says so; URL and screen agree."""
    lose("/r/a/")
    screen.click("/r/a/")
    screen.assert_says("The server can’t be reached.", ".parallel-routes-notice")
    assert_rests_at(screen, "/r/")


def test_a_step_back_that_gets_lost_leaves_the_page(
    screen: Screen, lose: Callable[[str], None]
) -> None:
    """B62, S33: the entry that is on screen has its URL."""
    for path in ["/r/a/", "/r/b/"]:
        screen.click(path)
        assert_rests_at(screen, path)
    lose("/r/a/")
    screen.forget()
    screen.back()
    screen.assert_says("The server can’t be reached.", ".parallel-routes-notice")
    assert_rests_at(screen, "/r/b/")
