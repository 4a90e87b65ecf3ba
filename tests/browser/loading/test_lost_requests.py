"""A request for a slot that gets lost in the network is sent again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route

from tests.browser.harness import Screen
from tests.browser.loading.slots import (
    BROKEN,
    HOME,
    Lose,
    Slow,
    assert_state,
    online,
)
from tests.support.gates import Gates
from tests.urls.loading import failing

pytestmark = pytest.mark.urls("tests.urls.loading")


@pytest.mark.chromium
def test_a_lost_slot_is_requested_again_when_the_browser_is_online(
    screen: Screen, lose: Lose
) -> None:
    """S43: after a second try the slot says that it is lost; the rest of the page works."""
    lost = lose()
    screen.page.add_init_script(
        """window.told = [];
        addEventListener("parallel-routes:lost", ({ target }) => told.push(target.dataset.prSlot));"""
    )
    screen.hard("/d/")
    assert_state(screen, "lost")
    assert_state(screen, "lost", slot="tabs.children")
    assert_state(screen, "lost", None)
    assert lost() == 4
    assert sorted(screen.evaluate("told")) == ["side", "tabs.children"]
    screen.assert_shows(**HOME | {"side": "wait", "tabs__children": "wait"})
    screen.click("/d/other/")
    screen.assert_shows(
        children="other of /d/other/", side="wait", tabs="tab", tabs__children="wait"
    )
    online(screen)
    screen.assert_shows(**HOME | {"children": "other of /d/other/"})
    assert_state(screen, None, None)


@pytest.mark.chromium
def test_a_request_that_leaving_stopped_is_sent_again_after_coming_back(
    screen: Screen, lose: Lose
) -> None:
    """S43: the browser may keep the document, but not its pending requests."""
    lose()
    screen.hard("/d/")
    assert_state(screen, "lost")
    screen.page.unroute_all(behavior="wait")
    screen.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    screen.assert_shows(**HOME)


@pytest.mark.chromium
def test_a_request_that_is_lost_once_is_sent_again_at_once(
    screen: Screen, slow: Slow, gates: Gates
) -> None:
    """S43: one failure of the network is not shown."""
    screen.tolerate_noise("ERR_FAILED", "sendError", "Failed to load")
    left = ["side"]

    def intercept(route: Route) -> None:
        if '["side"]' in route.request.headers.get("parallel-routes", "") and left:
            left.clear()
            return route.abort()
        return route.continue_()

    screen.page.route("**/d/**", intercept)
    screen.hard("/d/")
    screen.assert_shows(**HOME)
    assert not left


@pytest.mark.chromium
def test_a_lost_slot_that_has_changed_since_is_not_requested(screen: Screen, lose: Lose) -> None:
    """S43: no request follows after a slot was replaced; Back makes one, because memory has no page."""
    lose()
    screen.hard("/d/")
    assert_state(screen, "lost")
    screen.click("/d/side/1/")
    screen.assert_shows(
        side="side of /d/side/1/", children="home of /d/", tabs="tab", tabs__children="wait"
    )
    assert_state(screen, None)
    screen._forget_requests()
    online(screen)
    screen.assert_shows(**HOME | {"side": "side of /d/side/1/"})
    screen.assert_sent("soft GET /d/")
    screen.back()
    screen.assert_shows(**HOME)
    screen.assert_sent("soft GET /d/")


@pytest.mark.chromium
def test_a_lost_refresh_leaves_the_slots_as_they_are(screen: Screen, lose: Lose) -> None:
    """S43, S44: the promise is fulfilled; an error stays on screen, and can be retried."""
    failing.add("side /d/")
    screen.hard("/d/")
    failing.clear()
    lose()
    screen.click("Again")
    screen.settle()
    screen.assert_shows(**BROKEN)
    assert_state(screen, "error", None)
    screen.evaluate("parallelRoutes.refresh('children')")
    screen.assert_shows(**BROKEN)
    assert_state(screen, None, None, slot="children")
    online(screen)
    screen.click("Again")
    screen.assert_shows(**HOME)
