"""The features of htmx itself work in slots, with both versions."""

from __future__ import annotations

import pytest
from playwright.sync_api import Request, Route

from tests.browser.harness import Screen
from tests.support.gates import Gates
from tests.urls.libraries import LIBRARIES

pytestmark = [pytest.mark.urls("tests.urls.features"), pytest.mark.chromium]


def hold_the_script(screen: Screen, until: str) -> None:
    """Let the script come no sooner than htmx asks for this."""
    held: list[Route] = []

    def release(request: Request) -> None:
        if held and until in request.url:
            held.pop().continue_()

    screen.page.on("request", release)
    screen.page.route("**/parallel-routes.min.js", lambda route: held.append(route))


def test_back_restores_the_rows_of_infinite_scroll(
    screen: Screen, htmx: int, gates: Gates
) -> None:
    """All rows come back, without a request, and none of them twice.

    htmx 4 may ask before the script runs, and then again.
    """
    if htmx == 4:
        hold_the_script(screen, until="page=2")
    gates.close("rows 2")
    screen.open("/f/")
    gates.expect_arrival("rows 2")
    screen.page.wait_for_function("window.parallelRoutes")
    gates.open("rows 2")
    everything = "row 1 row 2 row 3"
    screen.assert_shows(children=everything)
    screen.type("#note", "mine")
    screen.soft("/f/keep/")
    screen.assert_at("/f/keep/")
    screen.back()
    screen.assert_shows(children=everything)
    assert screen.value("#note") == "mine"
    screen.assert_sent()


def test_the_layout_asks_before_the_script_runs(screen: Screen, htmx: int, gates: Gates) -> None:
    """What htmx 4 would show there is the whole document of the URL. head-support reads a page's head."""
    if htmx == 4:
        hold_the_script(screen, until="/f/count/")
    gates.close("count")
    screen.open("/f/head/")
    gates.expect_arrival("count")
    screen.page.wait_for_function("window.parallelRoutes")
    gates.open("count")
    screen.assert_says("3 new", "#count")
    assert screen.count("#slot-children") == 1
    described = "document.querySelectorAll('head meta[content=\"of this page\"]').length"
    assert screen.evaluate(described) == 0  # in a document, it stands where the slot is
    screen.soft("/f/")
    screen.soft("/f/head/")
    screen.assert_shows(children="headed")
    screen.assert_eventually(
        lambda: screen.evaluate(described), lambda there: there == 1, "the head has it"
    )


def test_active_search_works_with_an_address_of_its_own(screen: Screen) -> None:
    screen.hard("/f/search/")
    screen.type("#q", "a")
    screen.assert_at("/f/search/?q=a")
    screen.assert_says("results for a", "#results")
    screen.type("#q", "ab")
    screen.assert_at("/f/search/?q=ab")
    screen.assert_says("results for ab", "#results")
    screen.soft("/f/keep/")
    screen.assert_at("/f/keep/")
    screen.back()
    screen.assert_says("results for ab", "#results")
    screen.back()
    screen.assert_at("/f/search/?q=a")
    screen.assert_says("results for a", "#results")
    screen.reload()
    screen.assert_says("results for a", "#results")
    assert screen.value("#q") == "a"


def test_an_element_with_hx_preserve_stays(screen: Screen) -> None:
    """From one page of a slot to the next, and back: the same element, with what is in it."""
    same = "player === document.querySelector('#slot-children #player')"
    plays = "!!player.querySelector('iframe').contentWindow.playing"
    screen.hard("/f/keep/")
    screen.type("#typed", "words")
    screen.evaluate("""() => {
        window.player = document.querySelector('#player');
        player.querySelector('iframe').contentWindow.playing = true; // until it is loaded again
    }""")
    screen.soft("/f/kept/")
    screen.assert_shows(children="kept")
    assert screen.evaluate(same)
    assert screen.value("#typed") == "words"
    screen.back()
    screen.assert_shows(children="keep")
    screen.forward()
    screen.assert_shows(children="kept")
    assert screen.evaluate(same)
    assert screen.evaluate(plays)
    screen.soft("/f/")
    screen.assert_shows(children="row 1 row 2 row 3")
    screen.go(-2)
    screen.assert_shows(children="keep")
    assert screen.evaluate(same)
    screen.forward()
    screen.assert_shows(children="kept")
    assert screen.evaluate(same)
    assert screen.value("#typed") == "words"
    assert screen.count("#player") == 1


def test_hx_confirm_asks_before_a_navigation(screen: Screen) -> None:
    screen.hard("/f/confirm/")
    screen.answer("no")
    screen.click("Go")
    screen.assert_asked("Sure?")
    screen.assert_at("/f/confirm/")
    screen.answer("yes")
    screen.click("Go")
    screen.assert_at("/f/?go")


def test_a_click_while_its_link_is_preloaded(screen: Screen, htmx: int, gates: Gates) -> None:
    """B61: the extension asks for the link while the click is under way.

    With htmx 4, the click asks for itself all the same.
    """
    screen.hard("/f/search/")  # the extension may come after htmx 4 has begun
    screen.soft("/f/confirm/")
    gates.close("rows 1")
    screen.click("Fast")  # with the mouse over it
    gates.expect_arrival("rows 1")
    if htmx == 2:
        screen.assert_eventually(
            lambda: screen.evaluate("document.querySelector('[preload]').preloadState"),
            lambda state: state == "LOADING",
            "the link is preloaded",
        )
    gates.open("rows 1")
    screen.assert_at("/f/?fast")
    screen.assert_shows(children="row 1 row 2 row 3")
    sent = [str(request) for request in screen.requests]
    assert sent.count("soft GET /f/?fast") == {2: 1, 4: 2}[htmx]


def test_server_sent_events_still_arrive_after_back(screen: Screen, gates: Gates) -> None:
    """Also when Back brings them back."""
    screen.tolerate_noise("object Event", "sse-connect is deprecated", "sse-swap is removed")
    gates.close("stream")
    screen.hard("/f/")  # htmx 4 may start before the extension is there
    screen.soft("/f/events/")
    screen.assert_says("hello", "#slot-children")
    screen.soft("/f/keep/")
    screen.assert_at("/f/keep/")
    screen.back()
    screen.assert_says("hello", "#slot-children")


@pytest.mark.skipif(not LIBRARIES.is_dir(), reason="npm ci in js/widgets brings the extension")
def test_a_refusal_is_shown_in_its_response_target(screen: Screen) -> None:
    screen.expect_noise("422")
    screen.hard("/f/refused/")
    screen.click("Ask")
    screen.assert_says("refused", "#no")
    assert screen.text("#yes") == "yes"
