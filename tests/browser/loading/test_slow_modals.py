"""A modal that takes its time opens with its loading state."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen
from tests.browser.loading.slots import (
    HOME,
    OTHERS,
    PHOTO,
)
from tests.support.gates import Gates

pytestmark = pytest.mark.urls("tests.urls.loading")


def test_a_slow_modal_opens_with_its_loading_state(screen: Screen, gates: Gates) -> None:
    """S59, B51: it is a modal at its URL from the start; the content replaces the loading state."""
    screen.hard("/d/")
    screen.mark()
    gates.close("photo /d/photo/1/")
    screen.click("/d/photo/1/")
    screen.assert_modals("wait for it")
    screen.assert_at("/d/photo/1/")
    gates.open("photo /d/photo/1/")
    screen.assert_modals("Photo")
    screen.assert_shows(**PHOTO)
    assert screen.count("dialog") == 1
    screen.press("Escape")
    screen.assert_modals()
    screen.assert_at("/d/")
    assert screen.focused() == "/d/photo/1/"
    screen.assert_shows(**HOME)
    assert all(map(screen.kept, [*OTHERS, "side"]))


def test_closing_a_modal_that_is_still_loading_drops_it(screen: Screen, gates: Gates) -> None:
    """S59, B51: Close leads back, and the answer that arrives then is dropped."""
    screen.hard("/d/")
    screen.mark()
    gates.close("photo /d/photo/1/")
    screen.click("/d/photo/1/")
    screen.assert_modals("wait for it")
    screen.press("Escape")
    screen.assert_modals()
    screen.assert_at("/d/")
    gates.open("photo /d/photo/1/")
    screen.settle()
    screen.assert_modals()
    screen.assert_sent()
    screen.assert_shows(**HOME)
    assert screen.focused() == "/d/photo/1/"
    assert all(map(screen.kept, [*OTHERS, "side"]))
