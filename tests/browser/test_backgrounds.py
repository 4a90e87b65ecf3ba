"""Modals that are loaded hard, over their declared background (B31)."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen
from tests.browser.levels import assert_cards, follow

pytestmark = pytest.mark.urls("tests.urls.levels")


def test_a_direct_visitor_sees_the_modal_over_its_background(screen: Screen) -> None:
    """B31, B35: "Direct visitors are not thrown off the site"; closing adds no entry."""
    screen.hard("/other/4/")
    screen.hard("/v/photo/1/")
    assert_cards(screen, "photo 1")
    screen.assert_title("photo 1")
    entries = screen.evaluate("history.length")
    screen.mark()
    screen.close()
    screen.assert_at("/v/")
    assert_cards(screen)
    screen.assert_title("feed 0")
    screen.assert_sent()
    assert screen.kept("children")
    assert screen.evaluate("history.length") == entries
    screen.back()
    screen.assert_at("/other/4/")


def test_backgrounds_lie_over_backgrounds(screen: Screen) -> None:
    """B31: "to any depth of stacking": each closes to the one beneath."""
    screen.hard("/v/member/9/")
    assert_cards(screen, "photo 1", "member 7", "member 8", "member 9")
    screen.assert_title("member 9")
    for url, cards in [
        ("/v/member/8/", ["photo 1", "member 7", "member 8"]),
        ("/v/member/7/", ["photo 1", "member 7"]),
        ("/v/photo/1/", ["photo 1"]),
        ("/v/", []),
    ]:
        screen.close()
        screen.assert_at(url)
        assert_cards(screen, *cards)
    follow(screen, "children", "/v/photo/2/")
    assert_cards(screen, "photo 2")
    screen.back()
    assert_cards(screen)


def test_paging_through_photos_keeps_the_background(screen: Screen) -> None:
    """B31, B35: the entry beneath is a modal's, so closing stays in this entry."""
    screen.hard("/v/photo/1/")
    follow(screen, "modal.children", "/v/photo/2/")
    assert_cards(screen, "photo 2")
    screen.close()
    screen.assert_at("/v/")
    assert_cards(screen)
    screen.back()
    screen.assert_at("/v/photo/1/")
    assert_cards(screen, "photo 1")
    screen.forward()
    screen.assert_at("/v/")
    assert_cards(screen)
