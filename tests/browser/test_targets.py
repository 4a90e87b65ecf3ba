"""Links, forms and buttons that name the slot to navigate, by ``data-pr-target``."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.harness import Screen

pytestmark = [pytest.mark.urls("tests.urls.targets"), pytest.mark.chromium]


@pytest.fixture
def screen(screen: Screen, settings: Any) -> Screen:
    """With the readable script, whose console errors say what is on screen and what to do."""
    settings.DEBUG = True
    screen.hard("/g/d/")
    return screen


def assert_teams(screen: Screen, inner: str = "inner team", outer: str = "outer team") -> None:
    """Wait until the two slots of that name show this."""
    screen.assert_eventually(
        lambda: {name: screen.slots()[name] for name in ("children.team", "team")},
        lambda seen: seen == {"children.team": inner, "team": outer},
        f"the teams are {inner} and {outer}",
    )


def test_a_name_means_the_slot_of_the_layout_that_the_link_stands_in(screen: Screen) -> None:
    """B66: whatever the depth of nesting, in layouts and in pages; the address bar follows."""
    screen.click("Inner")
    assert_teams(screen, "team 6")
    screen.assert_at("/g/d/team/6/")
    screen.click("Team 3")
    assert_teams(screen, "team 3")
    screen.assert_at("/g/d/team/3/")
    screen.click("Whole address")
    assert_teams(screen, "team 7")
    screen.click("Inner, from outside")
    assert_teams(screen, "team 2")
    screen.back()
    assert_teams(screen, "team 7")


def test_a_name_that_is_not_there_is_looked_for_further_out(screen: Screen) -> None:
    """B66: at last at the root; an htmx attribute may leave the address bar where it is (B19)."""
    screen.click("Side 3")
    screen.assert_says("side 3", "#slot-side")
    screen.assert_at("/g/side/3/")
    screen.click("Side, from inside")
    screen.assert_says("side 2", "#slot-side")
    screen.assert_at("/g/side/3/")
    assert_teams(screen)
    screen.assert_says("inner home")
    screen.hard("/g/")
    screen.click("Outer")
    screen.assert_says("outer 2", "#slot-team")
    screen.assert_at("/g/team/2/")


def test_only_the_named_slot_changes(screen: Screen) -> None:
    """S13: in one request for it alone, though another slot has a page for the URL, too.

    S58: it shows the same page with another query, so what was typed in it stays.
    """
    screen.type("#typed", "half a word")
    screen.mark()
    screen.click("More")
    screen.assert_says("feed 2", "#slot-children-activity")
    screen.assert_sent("soft GET /g/d/activity/?page=2")
    assert screen.kept("children.team")
    assert screen.kept("children.children")
    screen.assert_at("/g/d/")
    [sent] = screen.requests
    wanted = "slot-children-activity"
    assert sent.headers["hx-target"] in (wanted, f"div#{wanted}")
    screen.click("Filter")
    screen.assert_says("feed 7", "#slot-children-activity")
    screen.assert_at("/g/d/activity/?page=7")
    assert screen.value("#typed") == "half a word"
    assert screen.focused() == "Filter"


def test_the_nearest_target_counts(screen: Screen) -> None:
    """B66: that of a container is overridden by an inner one, ours or htmx's; "false" means all slots."""
    screen.click("Inherited")
    assert_teams(screen, "team 4")
    screen.click("Overridden")
    screen.assert_says("side 4", "#slot-side")
    assert_teams(screen, "team 4")
    screen.click("Button")
    assert_teams(screen, "team 5")
    screen.assert_at("/g/side/4/")  # a mere button leaves the address bar
    for link in ("Not at all", "All"):
        screen.hard("/g/d/")
        screen.click(link)
        assert_teams(screen, "team of both")
        screen.assert_says("both", "#slot-children-children")
        screen.assert_at("/g/d/both/")


@pytest.mark.in_turn
@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("Nobody", 'data-pr-target="nobody"'),
        ("Nameless", 'data-pr-target=""'),
        ("Outer team 3", 'data-pr-target="team.team"'),
        ("Lost", "hx-target"),
    ],
)
def test_a_name_that_is_not_on_screen_is_a_console_error(
    screen: Screen, link: str, said: str
) -> None:
    """B66: which says what is on screen, and what to do; nothing is sent."""
    slots = "children, children.children, children.team, children.activity, team, side"
    screen.expect_noise(
        f"console error: {said}.*nothing was sent.*On screen are: {slots}.*data-pr-"
    )
    screen.tolerate_noise("htmx:targetError", "did not match any element")
    screen.click(link)
    screen.assert_sent()
    screen.assert_at("/g/d/")
    assert_teams(screen)


def test_the_minified_script_says_the_error_alone(screen: Screen, settings: Any) -> None:
    """B66: the name, and that nothing was sent."""
    settings.DEBUG = False
    screen.hard("/g/d/")
    screen.expect_noise(
        'data-pr-target="nobody": this slot is not on screen, so nothing was sent.'
    )
    screen.click("Nobody")
    screen.assert_sent()


def test_an_address_that_has_gone_is_a_console_error(screen: Screen) -> None:
    """B66: the layout is not on screen any more."""
    screen.click("Home")
    screen.assert_at("/g/")
    screen.expect_noise("On screen are: children, team, side")
    screen.click("Inner, from outside")
    screen.assert_sent()


def test_a_script_that_names_no_slot_on_screen_is_told(screen: Screen) -> None:
    """B66: ``visit(url, {slot})`` likewise."""
    screen.evaluate("parallelRoutes.visit('/g/d/team/8/', { slot: 'children.team' })")
    assert_teams(screen, "team 8")
    screen.settle()
    screen.expect_noise("visit.*nobody.*On screen are: children, ")
    screen._forget_requests()
    screen.evaluate("parallelRoutes.visit('/g/d/team/9/', { slot: 'nobody' })")
    screen.assert_sent()
    screen.assert_at("/g/d/team/8/")
