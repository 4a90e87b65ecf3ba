"""A deferred slot that is refused, redirects or fails is followed by the document, as on a hard load."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen
from tests.browser.loading.slots import (
    HOME,
    Slow,
    assert_state,
    entries,
)
from tests.support.gates import Gates

pytestmark = pytest.mark.urls("tests.urls.loading")


@pytest.mark.parametrize("status", ["404", "403"])
def test_a_refused_deferred_slot_loads_the_document(
    screen: Screen, slow: Slow, gates: Gates, status: str
) -> None:
    """S46, S45: without a state of the slot's own, the document shows the refusal, and only once."""
    screen.expect_noise(status)
    screen.hard("/d/")
    slow(f"/f/{status}/", f"side /f/{status}/")
    before = entries(screen)
    gates.open(f"side /f/{status}/")
    screen.assert_says(f"No: {status}")
    screen.assert_sent(f"hard GET /f/{status}/", f"soft GET /f/{status}/")
    assert screen.count("[data-pr-slot]") == 0
    screen.assert_at(f"/f/{status}/")
    assert entries(screen) == before
    screen.back()
    screen.assert_shows(**HOME)


def test_an_error_of_a_deferred_slot_loads_the_document(screen: Screen) -> None:
    """S44: without an error state of the slot's own, the document shows the error."""
    screen.expect_noise("500")
    screen.open("/f/500/")
    screen.assert_says("Server Error (500)")
    screen.assert_sent("hard GET /f/500/", "soft GET /f/500/")
    assert screen.count("[data-pr-slot]") == 0


@pytest.mark.parametrize(("outcome", "url"), [("redirect", "/plain/"), ("inside", "/d/")])
def test_a_redirect_of_a_deferred_slot_is_followed_by_the_document(
    screen: Screen, outcome: str, url: str
) -> None:
    """S46: to a page outside these slots, or to one inside."""
    screen.hard("/d/other/")
    screen.open(f"/f/{outcome}/")
    screen.assert_at(url)
    screen.settle()
    screen.assert_at(url)
    assert "hard GET " + url in map(str, screen.requests)
    if outcome == "inside":
        screen.assert_shows(**HOME)


@pytest.mark.in_turn
@pytest.mark.parametrize(("outcome", "at"), [("itself", "itself"), ("there", "back")])
def test_slots_that_redirect_in_a_circle_are_lost(screen: Screen, outcome: str, at: str) -> None:
    """S46, S43: a browser gives up such redirects of documents, too; the rest of the page stays."""
    screen.open(f"/f/{outcome}/")
    assert_state(screen, "lost")
    screen.assert_at(f"/f/{at}/")
    screen.assert_shows(children=f"main of /f/{at}/", side="wait")
    hard = [request for request in map(str, screen.requests) if request.startswith("hard")]
    assert len(hard) == 6
    screen.hard(f"/f/{outcome}/")  # as the user does it, so this is not the seventh
    assert_state(screen, "lost")
    hard = [request for request in map(str, screen.requests) if request.startswith("hard")]
    assert len(hard) == 6


def test_a_deferred_slot_that_answers_with_json_loads_the_document(screen: Screen) -> None:
    """S46: the document is loaded with all slots in it, so the JSON is its whole answer."""
    screen.open("/f/json/")
    screen.assert_says("answer")
    screen.assert_at("/f/json/?slots=inline")


def test_a_state_that_is_too_large_loads_the_page_in_one_piece(screen: Screen) -> None:
    """B53, S43: with such a long header no slot can be requested; the document has them all."""
    long = "q=" + "x" * 2000
    screen.open(f"/d/?{long}")
    screen.assert_at(f"/d/?{long}&slots=inline")
    screen.assert_shows(**HOME)
    screen.settle()
    assert_state(screen, None, None)


@pytest.mark.urls("tests.urls.roles")
@pytest.mark.chromium  # whose driver awaits promises
def test_a_refused_slot_waits_for_a_navigation_under_way(screen: Screen, gates: Gates) -> None:
    """S46, B54: a form that changes the user ends the session with which the slots are requested."""
    screen.hard("/become/member/")
    screen.hard("/r/")
    screen.assert_shows(children="home", user="user's")
    gates.close("switch")
    screen.click("Switch")
    gates.expect_arrival("switch")
    screen.evaluate("parallelRoutes.refresh('user')")
    gates.open("switch")
    screen.assert_shows(children="home", admin="admin's", audit="audit")
    screen.assert_at("/r/")
