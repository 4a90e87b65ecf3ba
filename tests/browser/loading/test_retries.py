"""A slot with an error state has a link that requests the page again."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen
from tests.browser.loading.slots import (
    BROKEN,
    HOME,
    assert_state,
    entries,
    listen,
)
from tests.support.gates import Gates
from tests.urls.loading import failing

pytestmark = pytest.mark.urls("tests.urls.loading")


def test_a_failed_slot_can_be_retried(screen: Screen) -> None:
    """S44: a failed slot has a link to retry; the other slots keep working, and nothing scrolls."""
    failing.add("side /d/")
    screen.hard("/d/")
    screen.assert_shows(**BROKEN)
    assert_state(screen, "error", None)
    before = entries(screen)
    screen.mark()
    screen.click("Again")
    screen.assert_sent("soft GET /d/")
    screen.assert_shows(**BROKEN)
    failing.clear()
    screen.click("Again")
    screen.assert_shows(**HOME)
    screen.assert_sent("soft GET /d/")
    assert_state(screen, None, None)
    assert entries(screen) == before
    screen.assert_at("/d/")
    assert all(map(screen.kept, ["children", "tabs", "tabs.children", "note"]))


def test_the_newer_of_two_retries_wins(screen: Screen, gates: Gates) -> None:
    """S44, B21: meanwhile the slot is busy, and still shows its error."""
    failing.add("side /d/")
    screen.hard("/d/")
    failing.clear()
    gates.close("side /d/")
    screen.click("Again")
    gates.expect_arrival("side /d/")
    assert_state(screen, "error", "true")
    screen.assert_shows(**BROKEN)
    told = listen(screen)
    screen.click("Again")
    gates.expect_arrival("side /d/")
    gates.open("side /d/")
    screen.assert_shows(**HOME)
    screen.settle()
    assert told() == ["leave side: broken Again", "enter side: side of /d/"]


@pytest.mark.chromium
def test_a_retry_link_can_be_opened_in_another_tab(screen: Screen) -> None:
    """S44, B19: it is a link, and the browser opens links with a modifier key."""
    failing.add("side /d/")
    screen.hard("/d/")
    screen.mark()
    with screen.page.context.expect_page():
        screen.page.get_by_role("link", name="Again").click(modifiers=["Control"])
    assert screen.kept("side")


def test_memory_keeps_neither_errors_nor_not_found_states(screen: Screen) -> None:
    """S44, B34: Back requests such a slot again, because it may work by then."""
    failing.add("side /d/")
    screen.hard("/d/")
    screen.assert_shows(**BROKEN)
    screen.click("/d/missing/")
    screen.assert_shows(**HOME | {"side": "nobody"})
    assert_state(screen, "not-found", None)
    failing.clear()
    screen.back()
    screen.assert_shows(**HOME)
    screen.assert_sent("soft GET /d/")
    screen.forward()
    screen.assert_shows(**HOME | {"side": "nobody"})
    screen.assert_sent("soft GET /d/missing/")
    screen.back()
    screen.assert_shows(**HOME)
    screen.assert_sent()
