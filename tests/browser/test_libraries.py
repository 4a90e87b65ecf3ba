"""B68: widgets of real libraries from npm, set up and taken down by the recipes of the docs.

``npm ci`` in ``js/widgets`` brings the libraries, as the session ``browser`` does.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.harness import Screen
from tests.urls.libraries import LIBRARIES

pytestmark = [
    pytest.mark.urls("tests.urls.libraries"),
    pytest.mark.chromium,
    pytest.mark.skipif(not LIBRARIES.is_dir(), reason="npm ci in js/widgets brings the libraries"),
]

# What can be seen of each widget; its number of elements first.
SEEN = """() => {
    const count = (selector) => document.querySelectorAll(selector).length;
    const text = (selector) => document.querySelector(selector)?.innerText.trim();
    return {
        city: [count(".ts-wrapper"), text(".ts-wrapper .item")],
        tree: [count(".select2-container"), text(".select2-selection__rendered")],
        day: [count(".flatpickr-calendar"), document.querySelector(".date")?.value],
        text: [count(".tox-tinymce"), tinymce.get().map((editor) => editor.getContent()).join()],
        chart: [Object.keys(Chart.instances).length, document.querySelector(".chart")?.height > 0],
        alpine: [text("#count"), document.querySelector("#note")?.value],
    };
}"""
FRESH = {
    "city": [1, "Bern"],
    "tree": [1, "Ash"],
    "day": [1, ""],
    "text": [1, "<p>first</p>"],
    "chart": [1, True],
    "alpine": ["1", "none"],
}
CHOSEN = {
    "city": [1, "Oslo"],
    "tree": [1, "Elm"],
    "day": [1, "2026-03-04"],
    "text": [1, "<p>second</p>"],
    "chart": [1, True],
    "alpine": ["2", "mine"],
}
GONE = {
    "city": [0, None],
    "tree": [0, None],
    "day": [0, None],
    "text": [0, ""],
    "chart": [0, False],
    "alpine": [None, None],
}
CHOOSE = """() => {
    document.querySelector(".search").tomselect.setValue("Oslo");
    $(".select2").val("Elm").trigger("change");
    document.querySelector(".date")._flatpickr.setDate("2026-03-04", true);
    tinymce.get()[0].setContent("<p>second</p>");
    document.querySelector("#count").click();
    const note = document.querySelector("#note");
    note.value = "mine";
    note.dispatchEvent(new Event("input", { bubbles: true }));
}"""


def assert_seen(screen: Screen, wanted: dict[str, list[Any]]) -> None:
    """Wait until the widgets show this; editors take a moment."""
    screen.assert_eventually(
        lambda: screen.evaluate(SEEN), lambda seen: seen == wanted, f"the widgets are {wanted}"
    )


def test_widgets_survive_ten_backs_and_forwards(screen: Screen) -> None:
    """Each is there once, with what was chosen in it; four visits leave nothing behind."""
    screen.hard("/l/form/")
    assert_seen(screen, FRESH)
    for _ in range(3):
        screen.soft("/l/")
        screen.assert_at("/l/")
        assert_seen(screen, GONE)
        screen.soft("/l/form/")
        assert_seen(screen, FRESH)
    screen.evaluate(CHOOSE)
    assert_seen(screen, CHOSEN)
    screen.soft("/l/")
    assert_seen(screen, GONE)
    for _ in range(10):
        screen.back()
        assert_seen(screen, CHOSEN)
        screen.forward()
        assert_seen(screen, GONE)


def test_widgets_work_in_a_modal(screen: Screen) -> None:
    """What they pop up can be used there, and comes back."""
    screen.hard("/l/")
    screen.soft("/l/modal/")
    assert_seen(screen, FRESH)
    screen.click("css=dialog .ts-control")
    screen.click("css=dialog .ts-dropdown .option[data-value=Rome]")
    screen.click("css=dialog .select2-selection")
    screen.click("css=dialog .select2-results__option:text('Oak')")
    screen.click("css=dialog input.date")
    screen.click("css=dialog .flatpickr-day.today")
    screen.click("css=dialog .tox-mbtn:first-child")
    screen.click("css=.tox-menu [title='New document']")
    screen.assert_eventually(
        lambda: screen.evaluate(SEEN)["text"], lambda text: text == [1, ""], "the menu works"
    )
    seen = screen.evaluate(SEEN)
    assert (seen["city"], seen["tree"]) == ([1, "Rome"], [1, "Oak"])
    assert seen["day"][1]
    screen.back()
    assert_seen(screen, GONE)
    screen.forward()
    assert_seen(screen, seen)


def test_widgets_stay_after_an_error_and_a_refresh(screen: Screen) -> None:
    """The form comes back with what was sent; its widgets and Alpine's state are still there (S57)."""
    screen.hard("/l/form/")
    assert_seen(screen, FRESH)
    screen.evaluate(CHOOSE)
    screen.evaluate("document.querySelector('.date')._flatpickr.clear()")
    screen.click("Save")
    screen.assert_says("This field is required.")
    sent = CHOSEN | {"day": [1, ""]}
    assert_seen(screen, sent)
    screen.evaluate("parallelRoutes.refresh('children')")
    screen.settle()
    assert_seen(screen, sent)


def test_widgets_that_a_merge_brings_and_takes(screen: Screen) -> None:
    """S57: the same page for another query, and back. What stays keeps its widgets."""
    screen.hard("/l/form/")
    assert_seen(screen, FRESH)
    screen.evaluate(CHOOSE)
    screen.soft("/l/form/?more=1")
    screen.assert_eventually(
        lambda: screen.count(".flatpickr-calendar"),
        lambda number: number == 2,
        "the second date has its calendar",
    )
    screen.back()
    assert_seen(screen, CHOSEN)


def test_a_modal_of_bootstrap_closes_with_its_page(screen: Screen) -> None:
    """A form in it leads to another page: nothing lies over that, and Back shows the page without it."""
    screen.hard("/l/")
    for _ in range(2):
        screen.soft("/l/confirm/")
        screen.click("Delete")
        screen.click("Really")
        screen.assert_at("/l/")
        screen.assert_eventually(
            lambda: screen.count(".modal-backdrop, .modal-open, .modal.show"),
            lambda number: number == 0,
            "nothing is left behind",
        )
    screen.back()
    screen.assert_shows(children="confirm Delete")
