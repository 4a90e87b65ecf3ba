"""The result of the tutorial, in a browser. ``tests/docs/test_tutorial.py`` tests each step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.harness import Screen
from tests.tutorial.project import from_environment
from tests.tutorial.reading import steps

NOTES = "#slot-activity input"


@pytest.mark.parametrize("htmx", [2], indirect=True)  # which the tutorial's layout asks for
def test_a_reader_opens_a_photo_over_the_wall_goes_back_and_forward_and_reloads(
    open_screen: Callable[..., Screen], tmp_path: Path
) -> None:
    project = from_environment(tmp_path)
    project.reach(len(steps()), promises=False)
    with project.serving() as url:
        screen = open_screen(url)
        screen.hard("/")
        screen.assert_says("Colours of the gallery", "#slot-palette")
        screen.type(NOTES, "not to be lost")

        screen.click("Pines")
        screen.assert_at("/photos/3/")
        screen.assert_modals("Pines")
        screen.back()
        screen.assert_at("/")
        screen.assert_modals()
        screen.forward()
        screen.assert_modals("Pines")
        screen.click("#after")
        screen.assert_modals("Red rocks")
        screen.press("Escape")
        screen.assert_at("/")
        screen.assert_modals()
        assert screen.value(NOTES) == "not to be lost"

        screen.click("Pines")
        screen.assert_modals("Pines")
        screen.click("Say it")
        screen.assert_says("This field is required.", "dialog")
        assert screen.focused() == "#id_name"
        screen.type("#id_name", "Dan")
        screen.type("#id_text", "So green!")
        screen.click("Say it")
        screen.assert_says("Dan on Pines: So green!", "#slot-activity")
        assert screen.value(NOTES) == "not to be lost"
        screen.assert_modals("Pines")

        screen.reload()
        screen.assert_at("/photos/3/")
        screen.assert_modals()
        screen.assert_says("Dan: So green!", "#slot-children")
        assert screen.count(".wall") == 0
