"""Logging in and out, and the display settings, from the middle of a page."""

from __future__ import annotations

import pytest

from tests.browser.example.site import (
    assert_dialogs,
    become,
    stop_prefetching,
)
from tests.browser.harness import Screen

pytestmark = [pytest.mark.chromium, pytest.mark.in_turn]


def test_logging_in_leads_back_to_the_page(screen: Screen) -> None:
    """An error shows in the modal; success loads the document again, because the frame changes."""
    screen.hard("/dashboard/")
    screen.click("Docs")
    screen.assert_at("/dashboard/docs/")
    screen.click("Log in")
    assert_dialogs(screen, "Log in")
    screen.type("#id_username", "ada")
    screen.type("#id_password", "wrong")
    screen.press("Enter")
    screen.assert_says("Please enter a correct username and password", "dialog")
    assert_dialogs(screen, "Log in")
    screen.type("#id_password", "ada")
    screen.press("Enter")
    screen.assert_at("/dashboard/docs/")
    screen.assert_says("ada", ".topbar")
    assert_dialogs(screen)
    screen.back()
    assert_dialogs(screen)  # nobody is asked to log in twice


def test_logging_out_stays_on_the_page(screen: Screen) -> None:
    """S40, S46: what only the staff may see is gone, also from the history."""
    become(screen, "admin")
    screen.hard("/dashboard/")
    screen.assert_says("Changes", "aside")
    screen.click("Docs")
    screen.assert_at("/dashboard/docs/")
    screen.click("css=.topbar-end [href^='/account/']")
    assert_dialogs(screen, "Your account")
    screen.assert_says("Staff", "dialog")
    screen.click("Log out")
    screen.assert_says("Log in", ".topbar")
    screen.assert_at("/dashboard/docs/")
    assert_dialogs(screen)
    assert screen.count("#slot-children-changes") == 0
    screen.back()
    assert_dialogs(screen)
    screen.assert_says("Log in", ".topbar")
    assert screen.count("#slot-children-changes") == 0


def test_the_display_settings_slide_in_over_a_kept_dashboard(screen: Screen) -> None:
    """Closing them leaves everything as it was; saving them loads the document with the new settings."""
    screen.hard("/dashboard/")
    screen.type("#slot-children-team .stamp input", "half a thought")
    screen.click("Display")
    assert_dialogs(screen, "Display settings")
    screen.press("Escape")
    assert_dialogs(screen)
    screen.assert_at("/dashboard/")
    assert screen.value("#slot-children-team .stamp input") == "half a thought"
    screen.click("Display")
    screen.click("css=dialog:modal [value=dusk]")
    screen.click("Save")
    screen.assert_at("/dashboard/")
    assert_dialogs(screen)
    assert screen.evaluate("document.documentElement.dataset.accent") == "dusk"


def test_links_between_the_parts_of_the_site_navigate_softly(screen: Screen) -> None:
    """S15: the frame around the parts stays."""
    screen.hard("/")
    stop_prefetching(screen)
    screen.click("css=.parts a >> nth=1")
    screen.assert_at("/gallery/")
    screen.assert_sent("soft GET /gallery/")
    screen.click("css=.parts a >> nth=0")
    screen.assert_at("/dashboard/")
    screen.assert_sent("soft GET /dashboard/")
