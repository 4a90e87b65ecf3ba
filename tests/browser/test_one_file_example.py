"""examples/gallery.py, as somebody sees it who runs it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.harness import Screen
from tests.support.servers import running

FILE = Path(__file__).resolve().parents[2] / "examples" / "gallery.py"


def test_it_is_read_in_a_minute() -> None:
    assert len(FILE.read_text().splitlines()) <= 120


@pytest.mark.parametrize("htmx", [4], indirect=True)  # which the example asks for
def test_a_photo_opens_over_the_gallery_and_has_a_page_of_its_own(
    open_screen: Callable[..., Screen],
) -> None:
    command = [sys.executable, str(FILE), "runserver", "--noreload"]
    with running(command, "/photos/1/", FILE.parent.parent) as url:
        screen = open_screen(url)
        screen.hard("/")
        screen.click("Meadow")
        screen.at("/photos/2/")
        screen.modals("Meadow")
        assert screen.count(".grid a") == 6  # beneath it

        screen.back()
        screen.at("/")
        screen.modals()
        screen.forward()
        screen.modals("Meadow")

        screen.reload()
        screen.at("/photos/2/")
        screen.modals()
        screen.says("Meadow, photo 2 of 6", "#slot-children")
        assert screen.count(".grid a") == 0
