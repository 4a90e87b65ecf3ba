"""Clicks before the script has loaded the part that shows responses, or if that can't be loaded."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route

from tests.browser.harness import Screen
from tests.support.gates import Gates

pytestmark = [pytest.mark.urls("tests.urls.parts"), pytest.mark.chromium]

PART = "**/answers.min.js"


# A response waits 5 seconds for the part. Here it waits longer, because the machine may be slow.
WAIT_LONGER = """
const own = setTimeout;
window.setTimeout = (run, time, ...rest) => own(run, time === 5000 ? 60_000 : time, ...rest);
"""


class Held:
    """Keeps the part until ``come()``."""

    def __init__(self, screen: Screen) -> None:
        self._routes: list[Route] = []
        self._is_here = False
        screen.page.add_init_script(WAIT_LONGER)
        screen.page.route(PART, self._keep)

    def _keep(self, route: Route) -> None:
        if self._is_here:
            route.fallback()
        else:
            self._routes.append(route)

    def come(self) -> None:
        self._is_here = True
        while self._routes:
            self._routes.pop().fallback()


def test_a_click_is_answered_meanwhile(screen: Screen) -> None:
    """S22, S33: the request does not wait for the part, and all is as if that had been there."""
    held = Held(screen)
    screen.open("/modal/")
    with screen.page.expect_response("**/modal/photo/"):
        screen.click("Photo")
    assert (screen.url, screen.count("dialog")) == ("/modal/", 0)
    held.come()
    screen.page.locator("dialog:modal").wait_for()
    screen.assert_at("/modal/photo/")
    screen.assert_sent("soft GET /modal/photo/")
    screen.back()
    screen.assert_at("/modal/")
    screen.assert_modals()
    screen.assert_sent()


@pytest.mark.urls("tests.urls.loading")
@pytest.mark.parametrize("comes", ["before the response", "after its first part", "at its end"])
def test_a_slow_slot_does_not_hold_up_such_a_click(
    screen: Screen, gates: Gates, comes: str
) -> None:
    """S59: the slots that are ready are shown when they and the part are there."""
    panels, cart = "panels /quiet/panels/", "cart /quiet/panels/"
    gates.close(panels, cart)
    held = Held(screen)
    screen.open("/quiet/")
    screen.click("/quiet/panels/")
    gates.expect_arrival(panels)
    if comes == "before the response":
        with screen.page.expect_response(PART):
            held.come()
    with screen.page.expect_response("**/quiet/panels/"):
        gates.open(panels)
    gates.expect_arrival(cart)
    if comes == "at its end":
        with screen.page.expect_request_finished(lambda request: "panels" in request.url):
            gates.open(cart)
        assert screen.url == "/quiet/"
    held.come()
    shown = "panels of /quiet/panels/"
    if comes != "at its end":
        screen.assert_shows(children__children=shown, children__cart="wait")
        screen.assert_at("/quiet/panels/")
        gates.open(cart)
    screen.assert_shows(children__children=shown, children__cart="cart of /quiet/panels/")
    screen.assert_sent("soft GET /quiet/panels/")


@pytest.mark.urls("tests.urls.loading")
def test_a_refresh_takes_the_place_of_responses_that_wait(screen: Screen) -> None:
    """S43: the deferred slots have arrived by then, and are requested again with all others."""
    held = Held(screen)
    screen.page.goto("/d/", wait_until="domcontentloaded")
    complete = """() => performance.getEntriesByType("resource").filter(
        ({ initiatorType }) => /^(fetch|xmlhttprequest)$/.test(initiatorType)).length"""
    screen.assert_eventually(
        lambda: screen.evaluate(complete), lambda seen: seen == 2, "two slots have arrived"
    )
    screen.evaluate("() => { parallelRoutes.refresh(); }")
    held.come()
    screen.assert_shows(
        children="home of /d/", side="side of /d/", tabs="tab", tabs__children="tabs of /d/"
    )


def test_a_form_is_sent_once(screen: Screen) -> None:
    """B39: it comes back with its errors, and what is entered next is sent as ever."""
    screen.expect_noise("422")
    held = Held(screen)
    screen.open("/parts/note/")
    with screen.page.expect_response("**/parts/note/"):
        screen.click("css=#slot-children button")
    screen.page.locator("#slot-children button").click()
    held.come()
    screen.assert_says("Enter something.")
    screen.assert_sent("soft POST /parts/note/")
    screen.type("#text", "words")
    screen.press("Enter")
    screen.assert_at("/parts/noted/")
    screen.assert_shows(children="noted")


def test_back_waits_for_the_part(screen: Screen) -> None:
    """S33: also if an entry of another document comes back, with what was intercepted there."""
    screen.hard("/modal/")
    screen.click("Photo")
    screen.page.locator("dialog:modal").wait_for()
    screen.hard("/parts/")
    screen.click("Form")
    screen.assert_at("/parts/form/")
    held = Held(screen)
    screen.page.reload()
    screen.go(-1)
    screen.assert_at("/parts/")
    assert screen.count("#name") == 1
    held.come()
    screen.assert_shows(children="home")
    held = Held(screen)
    screen.go(-1)
    screen.assert_at("/modal/photo/")
    assert screen.count("dialog") == 0
    held.come()
    screen.page.locator("dialog:modal").wait_for()
    screen.assert_shows(children="home", modal="a photo, above")


def test_without_the_part_each_answer_becomes_a_document(screen: Screen) -> None:
    """B61: no click ends in nothing."""
    screen.expect_noise("answers")
    screen.page.route(PART, lambda route: route.abort())
    screen.hard("/modal/")
    document = screen.evaluate("performance.timeOrigin")
    screen.evaluate("Promise.all([parallelRoutes.visit(location.href), parallelRoutes.close()])")
    screen.settle()
    assert screen.evaluate("performance.timeOrigin") == document, "it is not loaded again"
    screen.click("Photo")
    screen.assert_at("/modal/photo/")
    screen.assert_shows(children="a photo")
    screen.hard("/parts/note/")
    screen.type("#text", "words")
    screen.press("Enter")
    screen.assert_at("/parts/noted/")
    screen.assert_shows(children="noted")
    screen.settle()
    screen.evaluate("setTimeout(() => parallelRoutes.visit('/parts/'))")
    screen.assert_at("/parts/")
    screen.assert_shows(children="home")
    screen.go(-1)
    screen.assert_at("/parts/noted/")
    screen.assert_shows(children="noted")


def test_without_the_part_nothing_that_was_entered_is_lost(screen: Screen) -> None:
    """B61: a form that comes back is sent by the browser; if the network fails, the page stays."""
    screen.expect_noise("answers", "422")
    screen.tolerate_noise(
        "htmx:sendError", "Failed to fetch", "htmx:error", "htmx:response", "note"
    )
    screen.page.route(PART, lambda route: route.abort())
    for status in ("422", "200"):
        screen.hard("/parts/note/")
        screen.type("#text", status)
        screen.press("Enter")
        screen.assert_says("Enter something.")
        screen.assert_at("/parts/note/")
        screen.assert_sent("soft POST /parts/note/", "hard POST /parts/note/")
        assert screen.value("#text") == status
    screen.hard("/parts/note/")
    screen.page.route("**/parts/note/", lambda route: route.abort())
    screen.type("#text", "words")
    screen.press("Enter")
    screen.page.locator(".parallel-routes-notice").wait_for()
    assert screen.value("#text") == "words"
    screen.page.unroute("**/parts/note/")
    screen.click("Send again")
    screen.assert_at("/parts/noted/")


def test_a_network_that_fails_meanwhile_is_told(screen: Screen) -> None:
    """B62: what failed before the part is there is said when it is."""
    screen.expect_noise("data")
    screen.tolerate_noise("htmx:sendError", "Failed to fetch", "htmx:error")
    held = Held(screen)
    screen.open("/parts/")
    screen.page.route("**/parts/data/", lambda route: route.abort())
    with screen.page.expect_event("requestfailed"):
        screen.click("Data")
    held.come()
    screen.page.locator(".parallel-routes-notice").wait_for()
    screen.assert_at("/parts/")
