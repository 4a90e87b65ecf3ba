"""The team on the dashboard: members are added, edited, deleted and filtered."""

from __future__ import annotations

import pytest

from tests.browser.example.site import (
    CHANGES,
    MESSAGES,
    NOTE,
    TEAM,
    assert_dialogs,
    become,
    fill_in_member,
    stamp,
    stamps,
)
from tests.browser.harness import Screen

pytestmark = [pytest.mark.chromium, pytest.mark.in_turn]


def test_the_staff_adds_a_member_in_a_modal(screen: Screen) -> None:
    """B39, S40: an error shows in the modal; success closes it, and all slots that show people are new."""
    become(screen, "admin")
    screen.hard("/dashboard/")
    screen.type(NOTE, "half a thought")
    before = stamps(screen)
    screen.click("Add a member")
    assert_dialogs(screen, "Add a member ")
    screen.assert_at("/dashboard/team/new/")
    assert screen.focused() == "#id_member-name"
    name = "Grace Hopper"
    fill_in_member(screen, title="Compilers", email="ada@tideline.example", city="New York")
    fill_in_member(screen, name=name)
    screen.press("Enter")
    screen.assert_says("Somebody else has this address.", "dialog")
    assert_dialogs(screen, "Add a member ")
    assert screen.focused() == "#id_member-email"
    assert screen.value("#id_member-name") == name
    fill_in_member(screen, email="grace@tideline.example")
    screen.press("Enter")
    screen.assert_says(name, f"{TEAM} .people")
    assert_dialogs(screen)
    screen.assert_at("/dashboard/team/")
    screen.assert_says(f"{name} has joined the team.", MESSAGES)
    screen.assert_says(f"{name} has joined the team.", CHANGES)
    after = stamps(screen)
    assert {slot for slot in before if after[slot] == before[slot]} == {"layout", "analytics"}
    assert screen.value(NOTE) == "half a thought"
    screen.click("Docs")
    screen.assert_at("/dashboard/docs/")
    assert screen.text(MESSAGES) == ""
    screen.go(-2)
    screen.assert_at("/dashboard/")  # and not at the form
    assert_dialogs(screen)


def test_the_staff_edits_and_deletes_a_member(screen: Screen) -> None:
    """S40: a change in a modal shows behind it; a confirmation can refuse."""
    become(screen, "admin")
    screen.hard("/dashboard/team/kavya-rao/")
    screen.click("Delete")
    assert_dialogs(screen, "Delete Kavya Rao")
    screen.click("css=dialog form button")
    screen.assert_says("First somebody else has to lead Lantern.", "dialog")
    screen.press("Escape")
    assert_dialogs(screen)
    screen.assert_at("/dashboard/team/kavya-rao/")
    screen.assert_says("Kavya Rao", f"{TEAM} h2")
    screen.hard("/dashboard/team/hiro-tanaka/")
    screen.click("Edit")
    assert_dialogs(screen, "Edit Hiro Tanaka")
    fill_in_member(screen, title="Admiral")
    screen.press("Enter")
    screen.assert_says("Admiral", TEAM)
    screen.assert_says("Hiro Tanaka is up to date.", MESSAGES)
    assert_dialogs(screen)
    screen.assert_at("/dashboard/team/hiro-tanaka/")
    screen.click("Delete")
    assert_dialogs(screen, "Delete Hiro Tanaka")
    screen.assert_at("/dashboard/team/hiro-tanaka/delete/")
    screen.click("css=dialog form button")
    screen.assert_says("Hiro Tanaka has left the team.", CHANGES)
    assert_dialogs(screen)
    screen.assert_at("/dashboard/team/")
    screen.back()
    screen.assert_says("There is no member at this URL", TEAM)
    assert_dialogs(screen)


def test_the_filtered_team_stays_during_other_navigations(screen: Screen) -> None:
    """S13, S38: a form with GET navigates its slot, and its results are kept."""
    screen.hard("/dashboard/")
    screen.page.select_option(f"{TEAM} [name=role]", "viewer")
    screen.type(f"{TEAM} [name=name]", "i")
    screen.press("Enter")
    screen.assert_at("/dashboard/team/?name=i&role=viewer")
    screen.assert_sent("soft GET /dashboard/team/?name=i&role=viewer")
    screen.assert_says("3 people", TEAM)
    team = stamp(screen, "team")
    screen.click("Docs")
    screen.assert_at("/dashboard/docs/")
    screen.click("css=#slot-children-analytics a >> nth=0")
    screen.assert_at("/dashboard/page-views/")
    assert stamp(screen, "team") == team
    assert screen.value(f"{TEAM} [name=role]") == "viewer"
    screen.reload()
    assert screen.value(f"{TEAM} [name=role]") == ""
    screen.go(-2)
    screen.assert_at("/dashboard/team/?name=i&role=viewer")
    screen.assert_says("3 people", TEAM)
