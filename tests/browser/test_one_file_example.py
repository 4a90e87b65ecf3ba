"""``examples/gallery.py``, in a browser."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.harness import Screen
from tests.support.servers import running

FILE = Path(__file__).resolve().parents[2] / "examples" / "gallery.py"


def test_the_example_is_short() -> None:
    assert len(FILE.read_text().splitlines()) <= 120


@pytest.mark.parametrize("htmx", [2], indirect=True)  # which the example asks for
def test_a_photo_opens_over_the_gallery_and_has_a_page_of_its_own(
    open_screen: Callable[..., Screen],
) -> None:
    command = [sys.executable, str(FILE), "runserver", "--noreload"]
    with running(command, "/photos/1/", FILE.parent.parent) as url:
        screen = open_screen(url)
        screen.hard("/")
        screen.click("Meadow")
        screen.assert_at("/photos/2/")
        screen.assert_modals("Meadow")
        assert screen.count(".grid a") == 6  # beneath it

        screen.back()
        screen.assert_at("/")
        screen.assert_modals()
        screen.forward()
        screen.assert_modals("Meadow")

        screen.reload()
        screen.assert_at("/photos/2/")
        screen.assert_modals()
        screen.assert_says("Meadow, photo 2 of 6", "#slot-children")
        assert screen.count(".grid a") == 0
