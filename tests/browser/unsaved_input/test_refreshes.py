"""A refresh never removes unsaved input, and never asks."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen
from tests.browser.unsaved_input.ways_out import (
    assert_leaves,
    assert_stays,
    button,
    edits,
    script,
    step,
)

pytestmark = pytest.mark.urls("tests.urls.guard")


def test_a_refresh_keeps_unsaved_input(screen: Screen) -> None:
    """B42, S38, S57: without a question, because the new HTML is merged into the form."""
    edits(screen)
    screen.soft("/g/side/")
    screen.assert_at("/g/side/")
    screen.mark()
    assert_leaves(screen, script("parallelRoutes.refresh()"))
    assert screen.kept("children")
    assert screen.evaluate("document.querySelector('#slot-children').ariaBusy") is None
    assert_leaves(screen, script("parallelRoutes.refresh('children')"))
    assert screen.kept("children")
    assert screen.value("#edit-said") == "words"
    assert_stays(screen, step(-2), "Leave edit?")


def test_a_poll_keeps_unsaved_input(screen: Screen) -> None:
    """B42: also a poll of the form's own slot."""
    poll = """htmx.ajax("GET", "/g/edit/", { target: "#slot-children", source: "h2" })"""
    edits(screen)
    screen.mark()
    assert_leaves(screen, script(poll))
    screen.assert_sent("soft GET /g/edit/")
    assert screen.kept("children")
    assert screen.value("#edit-said") == "words"


def test_the_refresh_after_a_form_keeps_unsaved_input_of_other_slots(screen: Screen) -> None:
    """B42, S40: the redirect closes the modal, and refreshes the slots that it can."""
    screen.hard("/g/side/")
    screen.type("#side-said", "words")
    screen.soft("/g/note/")
    screen.assert_modals("note")
    screen.type("#note-said", "fine")
    screen.mark()
    assert_leaves(screen, button("Send note"))
    screen.assert_modals()
    assert screen.kept("side")
    assert screen.value("#side-said") == "words"


def test_a_refresh_that_would_load_a_document_is_dropped(screen: Screen) -> None:
    """B42, B54: the user has not asked for it."""
    screen.expect_noise("404")
    edits(screen)
    screen.mark()
    screen.evaluate("() => { document.querySelector('#slot-side').dataset.prSrc = '/g/404/'; }")
    assert_leaves(screen, script("parallelRoutes.refresh('side')"))
    assert len(screen.requests) == 1
    assert screen.kept("children")
    screen.assert_at("/g/edit/")
    assert screen.evaluate("document.querySelector('#slot-side').ariaBusy") is None
