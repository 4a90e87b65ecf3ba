"""Which controls count as unsaved input."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen
from tests.browser.unsaved_input.ways_out import (
    COLOR,
    assert_leaves,
    assert_stays,
    link,
)

pytestmark = pytest.mark.urls("tests.urls.guard")


CONTROLS = {
    "text": "document.querySelector('#edit-said').value = 'words'",
    "textarea": "document.querySelector('[aria-label=words]').value += 'three'",
    "color": "document.querySelector('[aria-label=color]').value = '#123456'",
    "range": "document.querySelector('[aria-label=range]').value = 7",
    "checkbox": "document.querySelector('[aria-label=box]').checked = false",
    "radio": "document.querySelector('[aria-label=two]').checked = true",
    "select": "document.querySelector('[aria-label=\"select one\"]').selectedIndex = 2",
    "multiple": "document.querySelector('[aria-label=\"select many\"]').options[0].selected = true",
    "file": """
        const files = new DataTransfer();
        files.items.add(new File(["words"], "words.txt"));
        document.querySelector('[aria-label=file]').files = files.files;
    """,
}


@pytest.mark.in_turn
def test_each_kind_of_control_counts_as_input(screen: Screen) -> None:
    """B42: if it differs from what the form had when the user came to it."""
    screen.tolerate_noise(COLOR)
    for control, change in CONTROLS.items():
        print(control)  # which pytest shows if the test fails
        screen.hard("/g/edit/")
        screen.evaluate("() => document.querySelector('#edit-said').focus()")
        screen.press("Shift")
        screen.evaluate(f"() => {{ {change} }}")
        assert_stays(screen, link("/g/page/"), "Leave edit?")
        screen.click("Reset edit")
        assert_leaves(screen, link("/g/page/"))
        screen.assert_at("/g/page/")


@pytest.mark.in_turn
def test_controls_that_are_not_sent_do_not_count(screen: Screen) -> None:
    """B42: hidden and disabled controls."""
    screen.hard("/g/edit/")
    screen.evaluate(
        """() => {
            document.querySelector("#edit [type=hidden]").value = "words";
            document.querySelector("[aria-label=disabled]").value = "words";
        }"""
    )
    assert_leaves(screen, link("/g/page/"))
    screen.assert_at("/g/page/")
