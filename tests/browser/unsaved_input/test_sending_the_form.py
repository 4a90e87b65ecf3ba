"""A sent form is not unsaved unless it fails. Other forms that its response removes are unsaved."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen
from tests.browser.unsaved_input.ways_out import (
    COLOR,
    assert_leaves,
    assert_stays,
    button,
    edits,
    key,
    link,
    notes,
    script,
    step,
)
from tests.support.gates import Gates

pytestmark = pytest.mark.urls("tests.urls.guard")


def test_sending_the_form_does_not_ask(screen: Screen) -> None:
    """B42: neither before nor after the redirect replaces it; nor does a later link."""
    edits(screen)
    assert_leaves(screen, button("Send edit"))
    screen.assert_at("/g/")
    screen.assert_says("home", "#slot-children")
    assert_leaves(screen, link("/g/page/"))
    screen.assert_at("/g/page/")


def test_a_redirect_to_the_form_leaves_it_clean(screen: Screen) -> None:
    """B42, S57: its input is saved, and the form is empty."""
    screen.tolerate_noise(COLOR)
    screen.hard("/g/")
    screen.soft("/g/side/")
    screen.type("#side-said", "fine")
    assert_leaves(screen, button("Send side"))
    screen.assert_eventually(
        lambda: screen.value("#side-said"), lambda value: value == "", "the form is empty"
    )
    assert_leaves(screen, link("/g/aside/"))
    screen.assert_says("aside", "#slot-side")


@pytest.mark.parametrize("how", ["Send edit", "Send edit to be refused"])
def test_input_that_the_server_refused_is_unsaved(screen: Screen, how: str) -> None:
    """B42, B39: the form prints it now, with status 200 or 422."""
    screen.tolerate_noise(COLOR)
    screen.tolerate_noise("422")
    edits(screen, "bad")
    assert_leaves(screen, button(how))
    screen.assert_says("edit: bad", "#slot-children")
    assert_stays(screen, link("/g/page/"), "Leave edit?")
    assert_stays(screen, step(-1), "Leave edit?")
    screen.type("#edit-said", "fine")
    assert_leaves(screen, button("Send edit"))
    screen.assert_at("/g/")
    screen.assert_says("home", "#slot-children")


@pytest.mark.in_turn
def test_a_form_that_was_reset_is_clean(screen: Screen) -> None:
    """B42: also a form that came back with errors."""
    screen.tolerate_noise(COLOR)
    edits(screen)
    screen.click("Reset edit")
    assert_leaves(screen, link("/g/page/"))
    screen.assert_at("/g/page/")
    notes(screen, "bad")
    assert_leaves(screen, button("Send note"))
    screen.assert_says("note: bad", "dialog")
    screen.click("Reset note")
    assert_leaves(screen, key("Escape"))
    screen.assert_modals()


def test_a_form_that_did_not_arrive_is_unsaved(screen: Screen, gates: Gates) -> None:
    """B42, B21: a newer navigation has stopped its request."""
    edits(screen)
    gates.close("edit POST")
    screen.click("Send edit")
    gates.expect_arrival("edit POST")
    screen.answer("no")
    screen.soft("/g/page/")
    screen.assert_eventually(screen._tab.questions, bool, "there is a question")
    gates.open_all()
    screen.assert_asked("Leave edit?")
    screen.assert_at("/g/edit/")
    assert screen.value("#edit-said") == "words"


def test_input_typed_while_the_form_is_being_sent_is_unsaved(screen: Screen, gates: Gates) -> None:
    """B42: the answer would replace it."""
    edits(screen)
    gates.close("edit POST")
    screen.answer("no")
    screen.click("Send edit")
    gates.expect_arrival("edit POST")
    screen.type("#edit-said", "more words")
    gates.open("edit POST")
    screen.assert_asked("Leave edit?")
    assert screen.value("#edit-said") == "more words"
    screen.assert_at("/g/edit/")


def test_sending_a_form_asks_for_other_forms_that_its_answer_removes(screen: Screen) -> None:
    """B42: here the form beneath the modal, because the redirect leads elsewhere."""
    edits(screen)
    screen.soft("/g/note/")
    screen.assert_modals("note")
    screen.type("#note-said", "fine")
    assert_stays(screen, button("Send note"), "Leave edit?")
    assert_leaves(screen, button("Send note"), "Leave edit?")
    screen.assert_modals()
    screen.assert_shows(children="home", side="no side")


@pytest.mark.chromium
def test_a_form_that_loads_a_document_does_not_ask(screen: Screen) -> None:
    """B42: neither if it redirects to a document, nor if the browser itself sends it. Other forms do."""
    edits(screen, "out")
    assert_leaves(screen, button("Send edit"))
    screen.assert_at("/plain/")
    screen.hard("/g/raw/")
    screen.type("#raw-said", "fine")
    assert_leaves(screen, button("Send raw"))
    screen.assert_at("/g/")
    screen.hard("/g/side/")
    screen.soft("/g/raw/")
    screen.assert_says("raw", "#slot-children")  # and has the focus
    screen.type("#side-said", "words")
    screen.type("#raw-said", "fine")
    assert_leaves(screen, button("Send raw"), "beforeunload")
    screen.assert_at("/g/")


def test_a_failure_page_that_would_remove_other_forms_asks(screen: Screen) -> None:
    """B42, S17: a 404 replaces the whole window, and the input can't be restored."""
    screen.expect_noise("404")
    edits(screen, "gone")
    screen.soft("/g/side/")
    screen.type("#side-said", "words")
    send = script("document.querySelector('#edit').requestSubmit()")
    assert_stays(screen, send, "Leave side?")
    assert_leaves(screen, send, "Leave side?")
    screen.assert_says("Not Found")


@pytest.mark.chromium
def test_a_form_that_a_document_brings_back_is_unsaved(screen: Screen) -> None:
    """B42, B41: the browser itself has sent it, and the server refused it."""
    screen.hard("/g/raw/")
    screen.type("#raw-said", "bad")
    assert_leaves(screen, button("Send raw"))
    screen.assert_says("raw: bad", "#slot-children")
    assert_stays(screen, link("/g/page/"), "Leave raw?")


def test_a_form_that_the_user_does_not_send_after_all_is_guarded(screen: Screen) -> None:
    """B42: the user answers "no" to the question of ``hx-confirm``."""
    edits(screen)
    screen.evaluate("document.querySelector('#edit').setAttribute('hx-confirm', 'Send?')")
    screen.answer("no")
    screen.click("Send edit")
    screen.assert_asked("Send?")
    screen.assert_sent()
    assert_stays(screen, link("/g/page/"), "Leave edit?")
