"""Widgets of other libraries in forms: their setup, and the values that they change."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen

pytestmark = [pytest.mark.urls("tests.urls.widgets"), pytest.mark.chromium]

# As flatpickr does it with altInput: the original is hidden, and a field without a name is shown.
PICKER = """() => {
    const date = document.querySelector("#date");
    const shown = Object.assign(document.createElement("input"), { type: "text", id: "shown" });
    shown.value = date.value.split("-").reverse().join(".");
    date.type = "hidden";
    date.after(shown);
    shown.addEventListener("blur", () => {
        date.value = shown.value.split(".").reverse().join("-");
        for (const name of ["change", "input"]) date.dispatchEvent(new Event(name, { bubbles: true }));
    });
}"""
# As Alpine does it with x-model: values are set, and no event tells of that.
MODEL = """() => {
    const said = document.querySelector("#said");
    said.value = "from the script";
    document.querySelector("#say").addEventListener("click", () => (said.value = "more"));
}"""


def sets_up(screen: Screen) -> None:
    screen.hard("/w/edit/")
    screen.evaluate(PICKER)
    screen.evaluate(MODEL)
    screen.answer("no")


def picks(screen: Screen) -> None:
    screen.type("#shown", "04.03.2026")
    screen.press("Tab")


CHANGES = {"a date": picks, "a button": lambda screen: screen.click("#say")}


def test_a_form_that_widgets_set_up_can_be_left(screen: Screen) -> None:
    """B42: nobody has touched it, or nobody has changed anything."""
    sets_up(screen)
    screen.soft("/w/")
    screen.assert_shows(children="home")
    screen.assert_asked()
    sets_up(screen)
    screen.click("#shown")
    screen.press("Tab")
    screen.click("#out")
    screen.assert_at("/w/?out")
    screen.assert_asked()


@pytest.mark.in_turn
@pytest.mark.parametrize("change", CHANGES)
def test_input_through_a_widget_is_unsaved(screen: Screen, change: str) -> None:
    """B42: in a navigation, and when the document is left."""
    sets_up(screen)
    CHANGES[change](screen)
    screen.soft("/w/")
    screen.assert_asked("Leave?")
    screen.assert_at("/w/edit/")
    screen.answer("no")
    screen.click("#out")
    screen.assert_asked("beforeunload")
    screen.assert_at("/w/edit/")
