"""Unsaved input in a modal is guarded, in whatever way the modal is closed."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen
from tests.browser.unsaved_input.ways_out import (
    CLOSERS,
    STATE,
    assert_leaves,
    assert_stays,
    button,
    edits,
    key,
    link,
    notes,
)

pytestmark = pytest.mark.urls("tests.urls.guard")


@pytest.mark.in_turn
@pytest.mark.parametrize("name", CLOSERS)
def test_whatever_closes_a_modal_asks(screen: Screen, name: str) -> None:
    """B42, B35: and it stays open, and can be closed later."""
    notes(screen)
    assert_stays(screen, CLOSERS[name], "Leave note?")
    assert_stays(screen, CLOSERS[name], "Leave note?")
    assert_leaves(screen, CLOSERS[name], "Leave note?")
    screen.assert_modals()
    screen.assert_at("/g/page/")


@pytest.mark.in_turn
@pytest.mark.parametrize("name", [name for name in CLOSERS if name not in ["Back", "a link"]])
def test_whatever_closes_a_modal_of_a_hard_load_asks(screen: Screen, name: str) -> None:
    """B42, B31: with no entry beneath, the modal closes in place."""
    notes(screen, at="/g/note/")
    assert_stays(screen, CLOSERS[name], "Leave note?")
    assert_leaves(screen, CLOSERS[name], "Leave note?")
    screen.assert_modals()
    screen.assert_at("/g/")


@pytest.mark.in_turn
@pytest.mark.parametrize("name", ["Esc", "the backdrop", "the button"])
def test_whatever_closes_the_dialog_of_a_plain_page_asks(screen: Screen, name: str) -> None:
    """B42: whatever closes it follows its close link."""
    screen.hard("/g/")
    screen.soft("/g/help/")
    screen.assert_modals("help")
    screen.type("#help-said", "words")
    assert_stays(screen, CLOSERS[name], "Leave help?")
    assert_leaves(screen, CLOSERS[name], "Leave help?")
    screen.assert_modals()


@pytest.mark.in_turn
@pytest.mark.parametrize("page", ["note", "help"])
@pytest.mark.parametrize("at", ["/g/page/", ""])
def test_many_escapes_leave_the_modal_open(screen: Screen, page: str, at: str) -> None:
    """B42, B35: each may ask. Chromium closes a dialog at the second Esc, whatever listeners do."""
    screen.hard(at or f"/g/{page}/")
    if at:
        screen.soft(f"/g/{page}/")
    screen.assert_modals(page)
    screen.type(f"#{page}-said", "words")
    screen.settle()
    before = screen.evaluate(STATE)
    screen.answer("no")
    key("Escape", times=4)(screen)
    screen.assert_eventually(screen._tab.questions, bool, "there is a question")
    screen.assert_modals(page)
    screen.settle()
    assert set(screen._tab.questions()) == {f"Leave {page}?"}
    assert screen.evaluate(STATE) == before
    assert_leaves(screen, key("Escape"), f"Leave {page}?")
    screen.assert_modals()


@pytest.mark.in_turn
def test_a_form_that_closes_a_dialog_asks_for_its_own_input(screen: Screen) -> None:
    """B42: a form with ``method="dialog"`` is not sent."""
    screen.hard("/g/page/")
    screen.soft("/g/note/")
    screen.assert_modals("note")
    screen.type("#note-dialog", "words")
    assert_stays(screen, button("Done"), "Leave dialog?")
    assert_leaves(screen, button("Done"), "Leave dialog?")
    screen.assert_modals()


def test_a_modal_that_opens_over_a_form_does_not_ask(screen: Screen) -> None:
    """B42, S24: only the modal's slot changes. Closing the modal does not ask, either."""
    edits(screen)
    assert_leaves(screen, link("/g/note/"))
    screen.assert_modals("note")
    assert_leaves(screen, key("Escape"))
    screen.assert_modals()
    screen.assert_at("/g/edit/")
    assert screen.value("#edit-said") == "words"
