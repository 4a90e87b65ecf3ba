"""Forms and links in slots that show their defaults, queries of slots, and forms in upper levels."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen
from tests.urls.own_defaults import received

pytestmark = [pytest.mark.urls("tests.urls.own_defaults")]

TEXTS = {
    "children": "home 1",
    "table": "table 1",
    "tickets": "tickets 1",
    "settings": "settings",
    "note": "",
}


@pytest.fixture(autouse=True)
def _forget() -> None:
    received.clear()


def assert_shows(screen: Screen, **texts: str) -> None:
    """Wait until the first lines of slots say this, and those of the others what they did at first."""
    wanted = {**TEXTS, **texts}
    script = """() => Object.fromEntries([...document.querySelectorAll("[data-pr-slot]")].map(
        (slot) => [slot.dataset.prSlot, slot.querySelector(":scope > p")?.innerText.trim() ?? ""]))"""
    screen.assert_eventually(
        lambda: {name: screen.evaluate(script).get(name) for name in wanted},
        lambda seen: seen == wanted,
        f"the slots say {wanted}",
    )


def test_each_table_of_a_page_turns_its_own_pages_and_back_undoes_each(screen: Screen) -> None:
    """S13, S38: for pages, defaults and routes as defaults."""
    screen.hard("/t/")
    screen.click("table next")
    assert_shows(screen, table="table 2")
    screen.assert_at("/t/")
    screen.click("tickets next")
    assert_shows(screen, table="table 2", tickets="tickets 2")
    screen.assert_at("/t/")
    screen.click("home next")
    assert_shows(screen, children="home 2", table="table 2", tickets="tickets 2")
    screen.assert_at("/t/?page=2")
    screen.type('[aria-label="tickets q"]', "ann")
    screen.click("tickets find")
    assert_shows(screen, children="home 2", table="table 2", tickets="tickets 1ann")
    screen.assert_at("/t/?page=2")
    for texts in (
        {"children": "home 2", "table": "table 2", "tickets": "tickets 2"},
        {"table": "table 2", "tickets": "tickets 2"},
        {"table": "table 2"},
        {},
    ):
        screen.back()
        assert_shows(screen, **texts)
    screen.forward()
    assert_shows(screen, table="table 2")
    screen.assert_title("Tests")


def test_the_same_link_twice_makes_one_entry(screen: Screen) -> None:
    """A navigation that changes nothing replaces the current history entry."""
    screen.hard("/t/")
    length = screen.evaluate("history.length")
    screen.click("Home")
    screen.settle()
    assert screen.evaluate("history.length") == length


def test_links_to_a_default_that_is_a_route_are_current(screen: Screen) -> None:
    """B50: by the URL of the route; a default without a route has no URL of its own."""
    screen.hard("/t/other/")
    screen.assert_current_links("Other", "Tickets")
    screen.click("Home")
    screen.assert_current_links("Home", "Tickets")
    screen.click("tickets next")
    assert_shows(screen, tickets="tickets 2", table="table 1", children="home 1")
    screen.assert_current_links("Home", "Tickets")


def test_forms_in_defaults_reach_the_views_of_the_defaults(screen: Screen) -> None:
    """B39: on a hard load, after a navigation elsewhere, with errors and with success."""
    screen.tolerate_noise("422")
    screen.hard("/t/")
    screen.mark()
    screen.type('[aria-label="settings value"]', "bad")
    screen.click("settings save")
    assert_shows(screen, settings="settings got bad")
    screen.assert_sent("soft POST /t/")
    assert all(map(screen.kept, ["children", "table", "tickets", "note"]))
    screen.click("Other")
    assert_shows(screen, children="other 1", settings="settings got bad")
    screen.type('[aria-label="settings value"]', "good")
    screen.click("settings save")
    assert_shows(screen, children="other 1", settings="settings got good")
    screen.assert_at("/t/other/")
    screen.click("Home")
    screen.assert_at("/t/")
    assert_shows(screen, settings="settings got good")
    screen.settle()
    screen.type('[aria-label="settings value"]', "done")
    screen.click("settings save")
    screen.assert_at("/t/other/")
    assert received == ["settings bad", "settings good", "settings done"]


def test_a_form_in_a_default_that_is_a_template_is_refused(screen: Screen) -> None:
    """B39: with a message. It never reaches the view of another slot."""
    screen.expect_noise("405")
    screen.hard("/t/")
    screen.evaluate("document.querySelector('#slot-note button').click()")
    screen.assert_says("Method Not Allowed")
    assert received == []


@pytest.mark.in_turn
@pytest.mark.parametrize(
    ("to", "levels", "url"),
    [
        ("/t/photo/1/", ["photo 1"], "/t/photo/1/"),
        ("/t/photo/1/?tab=2", ["photo 1 2"], "/t/photo/1/?tab=2"),
        ("/t/member/1/", ["photo 1", "member 1"], "/t/member/1/"),
        ("/t/", [], "/t/"),
    ],
)
def test_a_form_that_leads_to_a_level_beneath_closes_the_levels_above(
    screen: Screen, to: str, levels: list[str], url: str
) -> None:
    """S40: there is no second copy on top, and no further history entry."""
    screen.hard("/t/")
    screen.evaluate("parallelRoutes.visit('/t/photo/1/')")
    screen.assert_at("/t/photo/1/")
    for id, home in ((1, "modal"), (2, "modal-modal")):
        # No mouse: the links lie on top of one another, and a double click counts once.
        screen.evaluate(f"document.querySelector('#slot-{home}-children > a').click()")
        screen.assert_at(f"/t/member/{id}/")
    length = screen.evaluate("history.length")
    screen.click(f"css=#slot-modal-modal-modal form:has([value='{to}']) button")
    script = """() => [...document.querySelectorAll("#slot-modal p")].map(
        (line) => line.innerText.trim())"""
    screen.assert_eventually(
        lambda: screen.evaluate(script), lambda seen: seen == levels, f"the levels are {levels}"
    )
    screen.assert_at(url)
    if levels:
        screen.back()
        screen.assert_at("/t/photo/1/" if len(levels) == 2 else "/t/")
    assert screen.evaluate("history.length") == length
