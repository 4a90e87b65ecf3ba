"""What the tutorial has built, as its reader sees it. tests/docs/test_tutorial.py looks at each step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.harness import Screen
from tests.tutorial.project import from_environment
from tests.tutorial.reading import steps

NOTES = "#slot-activity input"


@pytest.mark.parametrize("htmx", [4], indirect=True)  # which the tutorial's layout asks for
def test_a_reader_opens_a_photo_over_the_wall_goes_back_and_forward_and_reloads(
    open_screen: Callable[..., Screen], tmp_path: Path
) -> None:
    project = from_environment(tmp_path)
    project.reach(len(steps()), promises=False)
    with project.serving() as url:
        screen = open_screen(url)
        screen.hard("/")
        screen.says("Colours of the gallery", "#slot-palette")
        screen.type(NOTES, "not to be lost")

        screen.click("Pines")
        screen.at("/photos/3/")
        screen.modals("Pines")
        screen.back()
        screen.at("/")
        screen.modals()
        screen.forward()
        screen.modals("Pines")
        screen.click("#after")
        screen.modals("Red rocks")
        screen.press("Escape")
        screen.at("/")
        screen.modals()
        assert screen.value(NOTES) == "not to be lost"

        screen.click("Pines")
        screen.modals("Pines")
        screen.click("Say it")
        screen.says("This field is required.", "dialog")
        assert screen.focused() == "#id_name"
        screen.type("#id_name", "Dan")
        screen.type("#id_text", "So green!")
        screen.click("Say it")
        screen.says("Dan on Pines: So green!", "#slot-activity")
        screen.modals("Pines")

        screen.reload()
        screen.at("/photos/3/")
        screen.modals()
        screen.says("Dan: So green!", "#slot-children")
        assert screen.count(".wall") == 0
