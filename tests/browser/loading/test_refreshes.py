"""Scripts, forms and signals refresh slots, each for its own URL; the address bar stays."""

from __future__ import annotations

import pytest

from tests.browser.harness import MARK, Screen
from tests.browser.loading.slots import (
    HOME,
    PHOTO,
    entries,
)
from tests.support.gates import Gates
from tests.urls.refreshes import team

pytestmark = pytest.mark.urls("tests.urls.loading")


def test_a_script_can_refresh_the_slots_that_it_names(screen: Screen) -> None:
    """S38: each for its own URL; the address bar does not change."""
    screen.hard("/d/")
    screen.click("/d/side/1/")
    one = HOME | {"side": "side of /d/side/1/"}
    screen.assert_shows(**one)
    screen.click("/d/other/")
    screen.assert_shows(**one | {"children": "other of /d/other/"})
    screen.type('[aria-label="note"]', "typed")
    screen.mark()
    before = entries(screen)
    screen._forget_requests()
    screen.evaluate("parallelRoutes.refresh('side')")
    screen.assert_sent("soft GET /d/side/1/")
    screen.assert_shows(**one | {"children": "other of /d/other/"})
    assert screen.rendered("side")
    assert all(map(screen.kept, ["children", "tabs", "tabs.children", "note"]))
    screen._forget_requests()
    screen.evaluate("parallelRoutes.refresh('side', 'children', 'nonsense')")
    screen.assert_sent("soft GET /d/other/")
    screen.assert_at("/d/other/")
    assert entries(screen) == before
    assert screen.rendered("children")
    assert all(map(screen.kept, ["tabs", "tabs.children", "note"]))
    screen.back()
    screen.assert_shows(**one)


def test_a_script_can_refresh_all_slots(screen: Screen) -> None:
    """S38: all slots on screen, a layout together with its slots, in one request."""
    screen.hard("/d/")
    screen.mark()
    screen._forget_requests()
    text = screen.evaluate(
        """async () => {
            await parallelRoutes.refresh();
            return document.querySelector("#slot-side").innerText;
        }"""
    )
    assert text == "side of /d/"
    screen.assert_sent("soft GET /d/")
    assert all(map(screen.rendered, ["children", "side", "tabs", "note"]))
    screen._forget_requests()
    screen.evaluate("parallelRoutes.refresh('nonsense')")
    screen.assert_sent()


def test_a_refresh_of_several_slots_leaves_those_alone_that_have_changed_since(
    screen: Screen, gates: Gates
) -> None:
    """B21: newer content stays."""
    screen.hard("/d/")
    gates.close("side /d/")
    screen.evaluate("() => { parallelRoutes.refresh('side', 'children'); }")
    gates.expect_arrival("side /d/")
    screen.click("/d/other/")
    screen.assert_shows(**HOME | {"children": "other of /d/other/"})
    screen.evaluate(MARK)
    gates.open("side /d/")
    screen.settle()
    screen.assert_shows(**HOME | {"children": "other of /d/other/"})
    assert screen.kept("children")
    assert screen.rendered("side")


def test_a_refresh_leaves_a_modal_open(screen: Screen) -> None:
    """S38: "a modal stays a modal"."""
    screen.hard("/d/")
    screen.click("/d/photo/1/")
    screen.assert_modals("Photo")
    screen.settle()
    screen.mark()
    screen._forget_requests()
    screen.evaluate("parallelRoutes.refresh('modal.children')")
    screen.assert_sent("soft GET /d/photo/1/")
    screen.assert_modals("Photo")
    screen.assert_shows(**PHOTO)
    assert screen.kept("modal")
    assert screen.rendered("modal.children")
    screen.evaluate("parallelRoutes.refresh()")
    screen.assert_shows(**PHOTO)
    screen.assert_at("/d/photo/1/")
    screen.press("Escape")
    screen.assert_modals()
    screen.assert_at("/d/")


@pytest.mark.urls("tests.urls.refreshes")
def test_a_forms_answer_includes_the_slots_that_show_the_changed_data(screen: Screen) -> None:
    """S40: the modal closes, and the count behind it is new, in the answer to the redirect."""
    team.clear()
    screen.hard("/t/other/")
    screen.soft("/t/")
    screen.assert_shows(children="nobody", count="0 of /t/other/")
    screen.type("#typed", "half a word")
    screen.soft("/t/add/")
    screen.assert_modals("Add")
    screen.type("[name=name]", "Ada")
    screen.click("Add")
    screen.assert_shows(children="Ada", count="1 of /t/other/")
    screen.assert_modals()
    screen.assert_at("/t/")
    assert screen.value("#typed") == "half a word"


@pytest.mark.urls("tests.urls.refreshes")
def test_a_view_outside_all_slots_can_refresh_slots_by_a_signal(screen: Screen) -> None:
    """S38: "a signal from the client"; the address bar does not move."""
    team.clear()
    screen.hard("/t/other/")
    screen.click("Signal")
    screen.assert_shows(children="other", count="1 of /t/other/")
    screen.assert_says("sent", "#sent")
    screen.evaluate("document.dispatchEvent(new CustomEvent('parallel-routes:refresh'))")
    screen.assert_at("/t/other/")
    screen.hard("/t/")
    team.append("Bob")
    screen.evaluate("parallelRoutes.refresh('children', 'count')")
    screen.assert_shows(children="signal Bob", count="2 of /t/")
