"""The selected segments that a layout prints follow soft navigations (S48)."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen
from tests.browser.loading.slots import (
    HOME,
)

pytestmark = pytest.mark.urls("tests.urls.loading")


def assert_segments(screen: Screen, text: str) -> None:
    screen.assert_eventually(
        lambda: screen.text("#segments"), lambda seen: seen == text, f"it says {text!r}"
    )


def test_segments_on_screen_follow_a_navigation(screen: Screen) -> None:
    """S48: those that the layout prints, although it is not rendered again, and those of a kept slot."""
    screen.hard("/d/")
    assert_segments(screen, "||")
    screen.click("/d/side/1/")
    assert_segments(screen, "1|side/1|")
    screen.click("/d/other/")
    assert_segments(screen, "1|side/1|other")
    screen.click("/d/side/2/")
    assert_segments(screen, "2|side/2|other")
    screen.back()
    assert_segments(screen, "1|side/1|other")
    screen.go(-2)
    assert_segments(screen, "||")
    screen.reload()
    assert_segments(screen, "||")


def test_segments_in_a_slots_own_layout_follow_a_navigation(screen: Screen) -> None:
    """S48: and those of the innermost page."""
    screen.hard("/d/")
    screen.click("/d/tabs/x/")
    screen.assert_shows(**HOME | {"tabs": "tab tabs/x", "tabs__children": "tabs of /d/tabs/x/"})
    screen.click("/d/shop/")
    screen.settle()
    assert_segments(screen, "||shop")
    screen.click("More")
    assert_segments(screen, "||shop")
    screen.click("Cart")
    screen.assert_says("in the shop: cart", "#slot-children")
    screen.back()
    screen.assert_says("in the shop: ", "#slot-children")
