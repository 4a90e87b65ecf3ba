"""Unsaved input is guarded on each way out of a slot, by opt-in (B42)."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen
from tests.browser.unsaved_input.ways_out import (
    FORGET,
    STATE,
    Way,
    assert_leaves,
    assert_stays,
    edits,
    empties,
    link,
    script,
    step,
)

pytestmark = pytest.mark.urls("tests.urls.guard")


WAYS: dict[str, tuple[Way, str, str]] = {
    "a link": (script("document.querySelector('a').click()"), "/g/", "home"),
    "a script": (script("parallelRoutes.visit('/g/page/')"), "/g/page/", "page"),
    "Back": (step(-1), "/g/page/", "page"),
    "two steps back": (step(-2), "/g/", "home"),
    "Forward": (step(2), "/g/page/", "page"),
}


@pytest.mark.in_turn
@pytest.mark.parametrize("memory", ["memory", "no memory"])
@pytest.mark.parametrize("name", WAYS)
def test_each_way_out_of_a_slot_asks(screen: Screen, name: str, memory: str) -> None:
    """B42: a user who answers "no" finds everything as it was, and can go on from there."""
    way, url, shown = WAYS[name]
    edits(screen)
    if memory == "no memory":
        screen.evaluate(FORGET)
    screen.evaluate("scrollTo(0, 300)")
    screen.assert_scrolled_to(300)
    assert_stays(screen, way, "Leave edit?")
    assert_stays(screen, way, "Leave edit?")
    assert_leaves(screen, way, "Leave edit?")
    screen.assert_at(url)
    screen.assert_says(shown, "#slot-children")


def test_a_step_that_the_user_declines_changes_no_history_entry(screen: Screen) -> None:
    """B42, S33: no entry is lost or changed."""
    edits(screen)
    assert_stays(screen, step(-2), "Leave edit?")
    assert_stays(screen, step(2), "Leave edit?")
    assert_leaves(screen, step(1))
    screen.assert_at("/g/aside/")
    screen.assert_says("aside", "#slot-side")
    assert_stays(screen, step(1), "Leave edit?")
    assert_leaves(screen, step(-3), "Leave edit?")
    screen.assert_shows(children="home", side="no side")
    for url, children, side in [
        ("/g/page/", "page", "no side"),
        ("/g/edit/", "edit", "no side"),
        ("/g/aside/", "edit", "aside"),
    ]:
        assert_leaves(screen, step(1))
        screen.assert_at(url)
        screen.assert_says(children, "#slot-children")
        screen.assert_says(side, "#slot-side")
    assert screen.value("#edit-said") == "words"
    assert_leaves(screen, step(1), "Leave edit?")
    screen.assert_at("/g/page/")
    screen.assert_shows(children="page", side="aside")


def test_input_that_the_user_gave_up_is_guarded_again_after_back(screen: Screen) -> None:
    """B42, B34: it comes back from memory."""
    edits(screen)
    assert_leaves(screen, link("/g/"), "Leave edit?")
    screen.assert_at("/g/")
    assert_leaves(screen, step(-1))
    screen.assert_at("/g/edit/")
    assert screen.value("#edit-said") == "words"
    assert_stays(screen, step(-1), "Leave edit?")


def test_many_declined_steps_end_where_they_began(screen: Screen) -> None:
    """B42, B21: however many questions they ask."""
    edits(screen)
    before = screen.evaluate(STATE)
    screen.answer("no")
    step(-1, times=2)(screen)
    screen.assert_eventually(screen._tab.questions, bool, "there is a question")
    screen.assert_at("/g/edit/")
    screen.settle()
    screen.assert_at("/g/edit/")
    assert screen.evaluate(STATE) == before


def test_a_navigation_that_keeps_the_form_does_not_ask(screen: Screen) -> None:
    """B42: nor does a hash, a clean form, or a form without ``data-pr-guard``."""
    edits(screen)
    assert_leaves(screen, link("/g/side/"))
    screen.assert_at("/g/side/")
    assert_leaves(screen, step(-1))
    screen.assert_says("no side", "#slot-side")
    assert_leaves(screen, script("location.hash = 'x'"))
    assert_leaves(screen, step(-1))
    screen.assert_at("/g/edit/")
    empties(screen)
    assert_leaves(screen, link("/g/page/"))
    assert_leaves(screen, step(-1))
    screen.type("#edit-said", "words")
    screen.evaluate("() => document.querySelector('#edit').removeAttribute('data-pr-guard')")
    assert_leaves(screen, link("/g/page/"))
    screen.assert_at("/g/page/")


def test_a_way_out_asks_one_question_for_all_forms(screen: Screen) -> None:
    """B42: for all slots and forms that would go. A form without a text of its own gets the package's."""
    screen.hard("/g/")
    screen.soft("/g/side/")
    screen.assert_at("/g/side/")
    screen.soft("/g/edit/")
    screen.assert_at("/g/edit/")
    screen.type("#side-said", "words")
    screen.type("#edit-said", "words")
    screen.evaluate("() => { document.querySelector('#edit').dataset.prGuard = ''; }")
    assert_stays(screen, step(-2), "What you have entered is not saved. Leave anyway?")
    assert_leaves(screen, step(-2), "What you have entered is not saved. Leave anyway?")
    screen.assert_shows(children="home", side="no side")


def test_a_listener_can_replace_the_question(screen: Screen) -> None:
    """B42: the event says what would go, why, and what started it. Preventing it prevents the question."""
    edits(screen)
    screen.evaluate(
        """() => {
            window.heard = [];
            document.addEventListener("parallel-routes:before-leave", (event) => {
                const { leaving, source, refreshed } = event.detail;
                heard.push([leaving.map(({ id }) => id), source?.innerText ?? null, refreshed]);
                event.preventDefault();
            });
        }"""
    )
    before = screen.evaluate(STATE)
    assert_leaves(screen, link("/g/page/"))
    assert_leaves(screen, step(-1))
    screen.assert_eventually(
        lambda: screen.evaluate("heard.length"), lambda count: count == 2, "the step is heard of"
    )
    screen.evaluate("() => { document.body.dataset.prMorph = 'false'; }")  # or nothing would go
    assert_leaves(screen, script("parallelRoutes.refresh('side')"))
    heard = [
        [["slot-children"], "/g/page/", False],
        [["slot-children"], None, False],
        [["slot-side"], None, True],
    ]
    screen.assert_eventually(
        lambda: screen.evaluate("heard"), lambda seen: seen == heard, f"it has heard {heard}"
    )
    assert screen.evaluate(STATE) == before
