"""Back, a newer click or a form before a late slot has arrived."""

from __future__ import annotations

import pytest

from tests.browser.harness import MARK, Screen
from tests.browser.loading.slots import (
    HOME,
    ONE,
    OTHERS,
    WAITS,
    Waiting,
    assert_state,
)
from tests.support.gates import Gates

pytestmark = pytest.mark.urls("tests.urls.loading")


def test_back_while_a_slot_is_loading_leads_to_the_entry_before(
    screen: Screen, waiting: Waiting, gates: Gates
) -> None:
    """S59, S33: the slot that arrives after Back is dropped; Forward requests it once more."""
    waiting()
    screen.back()
    screen.assert_shows(**HOME)
    screen.assert_at("/d/")
    screen.assert_sent()
    assert_state(screen, None, None)
    assert all(map(screen.kept, ["side", *OTHERS]))
    gates.open("side /d/side/1/")
    screen.settle()
    screen.assert_shows(**HOME)
    screen.forward()
    screen.assert_shows(**ONE)
    screen.assert_sent("soft GET /d/side/1/")


def test_back_drops_the_query_that_a_slot_waits_for(screen: Screen, gates: Gates) -> None:
    """S33, S59: the late slot belongs to the entry that was left; Forward requests it again."""
    src = "document.querySelector('#slot-side').dataset.prSrc"
    screen.hard("/d/side/1/")
    screen.assert_eventually(
        lambda: screen.evaluate(src), lambda found: found == "/d/side/1/", "it is there"
    )
    gates.close("side /d/side/1/")
    screen.evaluate("void parallelRoutes.visit('/d/side/1/?q=1', { slot: 'side' })")
    gates.expect_arrival("side /d/side/1/")
    screen.assert_at("/d/side/1/?q=1")
    assert_state(screen, None, "true")
    screen.back()
    screen.assert_at("/d/side/1/")
    gates.open("side /d/side/1/")
    screen.settle()
    assert_state(screen, None, None)
    assert screen.evaluate(src) == "/d/side/1/"
    screen.forward()
    screen.assert_at("/d/side/1/?q=1")
    screen.assert_eventually(
        lambda: screen.evaluate(src), lambda found: found == "/d/side/1/?q=1", "it has come"
    )
    screen.back()
    screen.assert_at("/d/side/1/")
    screen.settle()
    assert screen.evaluate(src) == "/d/side/1/"


def test_back_before_the_loading_state_shows_nothing_of_the_entry_left(
    screen: Screen, gates: Gates
) -> None:
    """S33, S59: the loading state is held back for a moment, and dropped if the user has left its entry."""
    screen.hard("/d/")
    screen.assert_shows(**HOME)
    gates.close("side /d/side/1/")
    screen.evaluate(
        """async () => {
            const settled = new Promise((done) =>
                document.addEventListener("parallel-routes:settle", done, { once: true }));
            parallelRoutes.visit("/d/side/1/");
            await settled;
            history.back();
        }"""
    )
    screen.assert_at("/d/")
    gates.open("side /d/side/1/")
    screen.settle()
    screen.assert_shows(**HOME)
    assert_state(screen, None, None)
    screen.forward()
    screen.assert_at("/d/side/1/")
    screen.assert_says("side of /d/side/1/", "#slot-side")


def test_a_late_slot_that_a_newer_click_keeps_still_arrives(
    screen: Screen, waiting: Waiting, gates: Gates
) -> None:
    """S59, B21: without a second request."""
    waiting()
    screen.click("/d/other/")
    screen.assert_shows(**WAITS | {"children": "other of /d/other/"})
    screen.assert_at("/d/other/")
    gates.open("side /d/side/1/")
    screen.assert_shows(**ONE | {"children": "other of /d/other/"})
    screen.assert_sent("soft GET /d/other/")
    screen.back()
    screen.assert_shows(**ONE)
    screen.back()
    screen.assert_shows(**HOME)
    screen.assert_at("/d/")


def test_a_newer_click_for_the_same_slot_wins(
    screen: Screen, waiting: Waiting, gates: Gates
) -> None:
    """S59, B21: the older content is dropped, and its connection is closed."""
    waiting()
    screen.click("/d/side/3/")
    three = HOME | {"side": "side of /d/side/3/"}
    screen.assert_shows(**three)
    gates.open("side /d/side/1/")
    screen.settle()
    screen.assert_shows(**three)
    screen.assert_at("/d/side/3/")


def test_a_form_is_answered_while_slots_are_late(screen: Screen, gates: Gates) -> None:
    """S59, B39: at once; the late slots of two streams still arrive, each by itself."""
    screen.hard("/d/form/")
    gates.close("side /d/side/1/", "tabs /d/tabs/x/")
    screen.click("/d/side/1/")
    screen.assert_says("wait", "#slot-side")
    screen.click("/d/tabs/x/")
    gates.expect_arrival("tabs /d/tabs/x/")
    screen.assert_at("/d/tabs/x/")
    screen.evaluate(MARK)  # which waits for nothing
    screen.click("Send it")
    screen.assert_eventually(
        lambda: screen.evaluate("window.mergedSlots"),
        lambda slots: "children" in slots,
        "it is answered",
    )
    gates.open("tabs /d/tabs/x/")
    screen.assert_says("tabs of /d/tabs/x/", "#slot-tabs")
    screen.assert_says("wait", "#slot-side")
    gates.open("side /d/side/1/")
    screen.assert_says("side of /d/side/1/", "#slot-side")
    screen.assert_sent("soft POST /d/form/")
    screen.back()
    screen.assert_says("tabs of /d/form/", "#slot-tabs")
