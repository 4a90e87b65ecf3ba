"""Failing networks: the page and typed text stay, and a message says what happened, with a retry."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Route

from tests.browser.harness import Screen
from tests.support.gates import Gates
from tests.urls.offline import sent

pytestmark = [pytest.mark.urls("tests.urls.offline"), pytest.mark.chromium]

HOME = {"children": "home", "side": "side"}
NOTICE = ".parallel-routes-notice"
ALERTS = "() => [...document.querySelectorAll('[role=alert]:popover-open')].length"


@pytest.fixture
def screen(screen: Screen) -> Screen:
    sent.clear()
    screen.tolerate_noise(
        "ERR_(INTERNET_DISCONNECTED|FAILED|CONNECTION)",
        "sendError|htmx:timeout",
        "Failed to (fetch|load)",
        r"status of \d{3}",
    )
    screen.hard("/o/")
    screen.page.get_by_label("kept").fill("typed")
    return screen


def offline(screen: Screen, *, is_offline: bool = True) -> None:
    screen.page.context.set_offline(is_offline)


def assert_told(screen: Screen, text: str) -> None:
    """A line says so, over everything."""
    screen.assert_says(text, NOTICE)
    assert screen.evaluate(ALERTS) == 1


def assert_unchanged(screen: Screen, url: str = "/o/", **shown: str) -> None:
    screen.assert_shows(**HOME | shown)
    screen.assert_at(url)
    assert screen.page.get_by_label("kept").input_value() == "typed"


def step(screen: Screen, steps: int) -> None:
    """Go to an entry of the history that may not be reachable."""
    screen.evaluate("(steps) => { setTimeout(() => history.go(steps)); }", steps)


def assert_quiet(screen: Screen) -> None:
    screen.settle()
    assert screen.count(NOTICE) == 0


def break_off(screen: Screen, path: str) -> None:
    screen.page.route(f"**{path}", lambda route: route.abort("connectionreset"))


# --- Links ---


def test_a_failure_is_told_although_the_part_that_tells_it_can_t_be_loaded(screen: Screen) -> None:
    """B61, B62: the page stays, and the browser's own dialog says what was wrong."""
    screen.page.route("**/announce*.js", lambda route: route.abort())
    screen.hard("/o/")
    screen.page.get_by_label("kept").fill("typed")
    told: list[str] = []
    screen.page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.accept()))
    break_off(screen, "/o/page/")
    screen.click("/o/page/#foot")
    screen.assert_eventually(lambda: told, bool, "a dialog has told it")
    assert told == ["The server can’t be reached."]
    assert_unchanged(screen)


def test_a_link_leaves_the_page_as_it_is(screen: Screen) -> None:
    """B62: "A network that fails never takes the page away", and the retry goes where the link leads."""
    offline(screen)
    screen.click("/o/page/#foot")
    assert_told(screen, "You are offline.")
    assert_unchanged(screen)
    offline(screen, is_offline=False)
    assert_told(screen, "You are online again.")
    screen.click("Try again")
    screen.assert_shows(children="page", side="side page")
    screen.assert_at("/o/page/#foot")
    assert_quiet(screen)
    screen.back()
    assert_unchanged(screen)


def test_a_link_out_of_the_layout_leaves_the_page_as_it_is(screen: Screen) -> None:
    """B62."""
    offline(screen)
    screen.click("/out/")
    assert_told(screen, "You are offline.")
    assert_unchanged(screen)


def test_a_connection_that_breaks_off_is_told(screen: Screen) -> None:
    """B62: though the browser is online."""
    break_off(screen, "/o/page/")
    screen.click("/o/page/")
    assert_told(screen, "The server can’t be reached.")
    assert_unchanged(screen)
    screen.page.unroute_all(behavior="wait")
    screen.click("Try again")
    screen.assert_shows(children="page", side="side page")
    screen.assert_at("/o/page/")


def test_a_network_that_breaks_off_and_then_says_nothing_is_told(screen: Screen) -> None:
    """B61: whether the link leads to another site is asked, but not waited for."""
    routes: list[Route] = []

    def once(route: Route) -> None:
        routes.append(route)
        if len(routes) == 1:
            route.abort("connectionreset")

    screen.page.route("**/o/page/", once)
    screen.click("/o/page/")
    assert_told(screen, "The server can’t be reached.")
    screen.assert_eventually(lambda: len(routes), lambda count: count == 2, "it is asked")
    routes[1].abort()


def test_a_server_that_takes_too_long_is_told(screen: Screen, gates: Gates) -> None:
    """B62: "the same for time-outs (htmx.config.timeout)"."""
    gates.close("/o/slow/")
    limit = "(time) => { htmx.config.timeout = htmx.config.defaultTimeout = time; }"
    screen.evaluate(limit, 300)
    screen.click("/o/slow/")
    assert_told(screen, "The server took too long to answer.")
    assert_unchanged(screen)
    gates.open("/o/slow/")
    screen.evaluate(limit, 60_000)  # the server may be slow
    screen.click("Try again")
    screen.assert_shows(children="slow", side="side")


def test_a_request_that_a_newer_navigation_stops_is_no_failure(
    screen: Screen, gates: Gates
) -> None:
    """B21, B62."""
    gates.close("/o/slow/")
    screen.click("/o/slow/")
    gates.expect_arrival("/o/slow/")
    screen.click("/o/slow/")
    screen.click("/o/page/")
    screen.assert_shows(children="page", side="side page")
    gates.open("/o/slow/")
    assert_quiet(screen)


def test_a_script_that_navigates_can_try_again(screen: Screen) -> None:
    """B62: with what it asked for; its promise is kept."""
    offline(screen)
    screen.evaluate("parallelRoutes.visit('/o/page/', { slot: 'side', history: 'replace' })")
    assert_told(screen, "You are offline.")
    offline(screen, is_offline=False)
    screen.click("Try again")
    screen.assert_shows(children="home", side="side page")
    screen.assert_at("/o/page/")
    assert screen.evaluate("history.state.parallelRoutes.index") == 0


# --- Forms ---


def test_a_form_says_that_it_was_not_sent(screen: Screen) -> None:
    """B62: what was typed stays, and it is sent again by a click alone."""
    screen.click("/o/form/")
    screen.type("#name", "Ada")
    offline(screen)
    screen.click("Save")
    assert_told(screen, "You are offline. The form was not sent.")
    assert screen.value("#name") == "Ada"
    screen.assert_at("/o/form/")
    offline(screen, is_offline=False)
    assert_told(screen, "You are online again.")
    screen.settle()
    assert not sent
    screen.click("Send again")
    screen.assert_shows(children="page", side="side page")
    assert sent == [{"name": "Ada", "by": "save"}]


def test_a_form_whose_answer_is_lost_may_have_been_sent(screen: Screen) -> None:
    """B62: nobody knows."""
    screen.click("/o/form/")
    screen.type("#name", "Ada")
    break_off(screen, "/o/form/")
    screen.click("Save")
    assert_told(screen, "No answer came. The form may not have been sent.")
    assert screen.value("#name") == "Ada"


def test_a_form_in_a_modal_says_it_in_the_modal(screen: Screen) -> None:
    """B62, B51: what is outside of it is inert."""
    screen.click("/o/new/")
    screen.assert_modals("New")
    screen.type("#name", "Ada")
    offline(screen)
    screen.click("Save")
    assert_told(screen, "The form was not sent.")
    assert screen.count(f"dialog {NOTICE}") == 1
    offline(screen, is_offline=False)
    screen.click("Send again")
    screen.assert_modals()
    screen.assert_shows(children="page", side="side page")
    assert sent == [{"name": "Ada", "by": "save"}]


# --- Back ---


def test_back_brings_from_memory_what_is_there(screen: Screen) -> None:
    """B34, B62: without a network."""
    screen.click("/o/page/")
    screen.assert_shows(children="page", side="side page")
    offline(screen)
    screen.back()
    assert_unchanged(screen)
    assert_quiet(screen)


@pytest.mark.parametrize("how", ["offline", "broken"])
def test_back_to_what_is_not_there_stays_where_one_is(screen: Screen, how: str) -> None:
    """B62, B21: "URL and screen never disagree"; the retry goes back."""
    screen.click("/o/page/")
    screen.assert_shows(children="page", side="side page")
    screen.click("/o/other/")
    screen.assert_shows(children="other", side="side page")
    screen.evaluate("parallelRoutes.forget()")
    screen.type("#mine", "typed there")
    if how == "offline":
        offline(screen)
    else:
        break_off(screen, "/o/")
    length = screen.evaluate("history.length")
    step(screen, -2)
    assert_told(screen, "You are offline." if how == "offline" else "The server can’t be reached.")
    screen.assert_shows(children="other", side="side page")
    screen.assert_at("/o/other/")
    assert screen.value("#mine") == "typed there"
    screen.page.unroute_all(behavior="wait")
    offline(screen, is_offline=False)
    screen.click("Try again")
    screen.assert_shows(**HOME)
    screen.assert_at("/o/")
    assert screen.evaluate("history.length") == length
    screen.go(2)
    screen.assert_shows(children="other", side="side page")
    screen.assert_at("/o/other/")


@pytest.mark.parametrize("is_down", [False, True], ids=["offline", "server down"])
def test_back_to_another_layout_stays_where_one_is(screen: Screen, is_down: bool) -> None:
    """B62, S33: that would need a document."""
    screen.hard("/out/")
    screen.hard("/o/page/")
    screen.click("/o/other/")
    screen.assert_shows(children="other", side="side page")
    screen.click("/o/page/")
    screen.assert_shows(children="page", side="side page")
    screen.evaluate(
        """() => {
            const printed = document.querySelectorAll("[data-pr-key]");
            for (const slot of printed) slot.dataset.prKey = "0123456789abcdef";
            history.replaceState(history.state, ""); // so this entry is of another layout
        }"""
    )
    if is_down:  # The browser does not know that it is offline.
        break_off(screen, "/**")
    else:
        offline(screen)
    step(screen, -1)
    assert_told(screen, "The server can’t be reached." if is_down else "You are offline.")
    screen.assert_shows(children="page", side="side page")
    screen.assert_at("/o/page/")


def test_closing_a_modal_whose_page_is_not_there_leaves_it_open(screen: Screen) -> None:
    """B62, B35: loaded over its background, so that it is closed in place."""
    screen.hard("/o/over/")
    screen.assert_modals("Over")
    offline(screen)
    screen.evaluate("void parallelRoutes.close()")
    assert_told(screen, "You are offline.")
    screen.assert_modals("Over")
    screen.assert_at("/o/over/")
    offline(screen, is_offline=False)
    screen.click("Try again")
    screen.assert_modals()
    screen.assert_at("/o/")


# --- Refreshes ---


def test_a_refresh_that_fails_is_told(screen: Screen) -> None:
    """B62: what is on screen stays, and the promise is kept."""
    offline(screen)
    screen.evaluate("parallelRoutes.refresh('side')")
    assert_told(screen, "You are offline.")
    assert_unchanged(screen)
    offline(screen, is_offline=False)
    screen.evaluate("addEventListener('parallel-routes:update', () => (window.isUpdated = true))")
    screen.click("Try again")
    screen.page.wait_for_function("window.isUpdated")
    assert_unchanged(screen)


def test_a_poll_that_fails_says_nothing(screen: Screen) -> None:
    """B62: it tries again by itself."""
    screen.click("/o/poll/")
    screen.assert_shows(children="poll", side="side")
    screen.evaluate("addEventListener('parallel-routes:lost', () => (window.isLost = true))")
    break_off(screen, "/o/poll/")
    screen.evaluate("htmx.trigger('#poll', 'now')")
    screen.page.wait_for_function("window.isLost")
    assert_quiet(screen)
    screen.assert_shows(children="poll", side="side")


@pytest.mark.parametrize("status", [429, 502, 503])
def test_a_refresh_that_a_proxy_refuses_leaves_the_page(screen: Screen, status: int) -> None:
    """B61, B62: its page is none to replace all others."""

    def refuse(route: Route) -> None:
        route.fulfill(status=status, body="<h1>proxy</h1>", content_type="text/html")

    screen.page.route("**/o/", refuse)
    screen.evaluate("parallelRoutes.refresh('side')")
    assert_told(screen, "The server can’t be reached.")
    assert_unchanged(screen)


# --- In one's own way ---


def test_the_line_can_be_suppressed(screen: Screen) -> None:
    """B62: "an event can be prevented"; it tells what is needed to say it otherwise."""
    screen.evaluate(
        """() => addEventListener("parallel-routes:failed", (event) => {
            event.preventDefault();
            window.failed = event;
        })"""
    )
    offline(screen)
    screen.click("/o/page/")
    screen.page.wait_for_function("window.failed")
    assert_quiet(screen)
    detail: Any = screen.evaluate(
        """() => {
            const { reason, url, isSent, retry } = failed.detail;
            return [reason, new URL(url).pathname, isSent, typeof retry, failed.target.localName];
        }"""
    )
    assert detail == ["offline", "/o/page/", False, "function", "a"]
    offline(screen, is_offline=False)
    screen.evaluate("failed.detail.retry()")
    screen.assert_shows(children="page", side="side page")


def test_the_line_can_be_closed(screen: Screen) -> None:
    """B62: the focus returns to the element that had it."""
    offline(screen)
    screen.click("/o/page/")
    assert_told(screen, "You are offline.")
    screen.click("Close")
    assert_quiet(screen)
    assert screen.focused() == "/o/page/"
