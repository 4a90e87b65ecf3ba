"""Links, forms and buttons: which navigate softly, which only in one slot, and which not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest

from tests.browser.harness import PATIENCE, Screen
from tests.urls.nav_links import HOME, LONG

pytestmark = pytest.mark.urls("tests.urls.nav_links")


def team(page: int) -> str:
    """What the team's slot says on this page; its button's and links' texts are always the same."""
    links = "Next Next here Own Own 9 Post Filter Filter quietly"
    return f"team {page} {links}"


def state(screen: Screen) -> dict[str, Any]:
    """What the slots say they show, the address, and the number of entries."""
    screen.settle()
    return screen.evaluate(
        """() => ({
            slots: [...document.querySelectorAll("[data-pr-slot]")].map(({ dataset }) => ({ ...dataset })),
            url: location.href,
            entries: history.length,
            title: document.title,
        })"""
    )


# --- One slot ---


def test_a_link_may_navigate_one_slot_alone(screen: Screen) -> None:
    """B19: with a change of the address; other slots are kept, though they match."""
    screen.hard("/l/")
    screen.mark()
    screen.click("Page 2")
    screen.assert_shows(children="home", team=team(2))
    screen.assert_at("/l/team/?page=2")
    screen.assert_title("Team 2")
    screen.click("Team of both")
    screen.assert_shows(children="home", team="team of both")
    screen.assert_at("/l/both/")
    assert screen.kept("children")
    screen.back()
    screen.assert_shows(children="home", team=team(2))
    screen.assert_at("/l/team/?page=2")
    screen.back()
    screen.assert_shows(**HOME)
    assert screen.kept("children")


def test_a_link_may_navigate_one_slot_and_leave_the_address(screen: Screen) -> None:
    """B19, S38: without a change of the address; the slot remembers its own URL."""
    screen.hard("/l/")
    before = screen.evaluate("history.length")
    screen.click("Page 3, quietly")
    screen.assert_shows(children="home", team=team(3))
    screen.assert_at("/l/")
    assert screen.evaluate("history.length") == before
    screen.click("Next here")
    screen.assert_shows(children="home", team=team(4))
    screen.assert_at("/l/team/?page=4")


def test_a_button_may_navigate_one_slot(screen: Screen) -> None:
    """B19: a button is no link, and leaves the address as it is."""
    screen.hard("/l/")
    screen.click("Button 5")
    screen.assert_shows(children="home", team=team(5))
    screen.assert_at("/l/")
    screen.click("/l/other/")
    screen.assert_shows(children="other", team=team(5))
    screen.back()
    screen.assert_shows(children="home", team=team(5))


def test_urls_in_a_slot_are_relative_to_its_own(screen: Screen) -> None:
    """S38: wherever the address bar has gone since."""
    screen.hard("/l/")
    screen.click("Page 2")
    screen.assert_shows(children="home", team=team(2))
    screen.click("/l/other/")
    screen.assert_shows(children="other", team=team(2))
    screen.click("Next")
    screen.assert_shows(children="other", team=team(3))
    screen.assert_at("/l/other/")


@pytest.mark.parametrize(
    ("button", "method", "url", "answer"),
    [
        ("Own", "GET", "/l/both/", "team of both"),
        ("Own 9", "GET", "/l/team/?page=9", "team 9"),
        ("Post", "POST", "/l/team/", "posted"),
    ],
)
def test_a_request_with_a_target_of_its_own_is_no_navigation(
    screen: Screen, button: str, method: str, url: str, answer: str
) -> None:
    """B19: that slot's page alone answers, without layout or other slots; the state stays."""
    screen.hard("/l/")
    screen.click("Page 2")
    screen.assert_shows(children="home", team=team(2))
    before = state(screen)
    screen.click(button)
    own = "#slot-team #own"
    screen.assert_says(answer, own)
    screen.assert_sent(f"soft {method} {url}")
    assert state(screen) == before
    assert screen.count(f"{own} :is([data-pr-slot], nav, html)") == 0
    assert screen.slots()["children"] == "home"


@pytest.mark.parametrize(
    ("button", "answer"), [("Outside", "both"), ("Outside team", "team 1")], ids=str
)
def test_a_request_of_the_layout_with_a_target_of_its_own_is_no_navigation(
    screen: Screen, button: str, answer: str
) -> None:
    """B19: outside of the slots, the URL's main page answers, alone."""
    screen.hard("/l/")
    before = state(screen)
    screen.click(button)
    screen.assert_says(answer, "#outside")
    assert state(screen) == before
    assert screen.count("#outside :is([data-pr-slot], nav, html)") == 0
    screen.assert_shows(**HOME)


def test_a_form_in_a_slot_filters_it(screen: Screen) -> None:
    """B19, S38: a GET form without an action goes to its slot's URL."""
    screen.hard("/l/")
    screen.click("Page 2")
    screen.settle()
    screen.click("/l/other/")
    screen.assert_shows(children="other", team=team(2))
    screen.mark()
    screen.type('[aria-label="q"]', "ad & a")
    screen.click("Filter")
    screen.assert_shows(children="other", team="team like ad & a")
    assert parse_qs(screen.requests[-1].path.partition("?")[2]) == {"q": ["ad & a"]}
    screen.assert_at("/l/other/")
    assert screen.kept("children")
    screen.back()
    screen.assert_shows(children="other", team=team(2))
    screen.type('[aria-label="own q"]', "bob")
    screen.click("Filter quietly")
    screen.assert_shows(children="other", team="team like bob")
    screen.assert_at("/l/other/")


# --- Attributes ---


def test_a_link_may_opt_out_of_soft_navigation(screen: Screen) -> None:
    """B19: altogether."""
    screen.hard("/l/")
    screen.click("Hard")
    screen.assert_shows(children="both", team="team of both")
    screen.assert_sent("hard GET /l/both/")
    screen.back()
    screen.assert_shows(**HOME)


def test_a_link_may_replace_the_entry(screen: Screen) -> None:
    """B19: htmx's attributes keep their meaning."""
    screen.hard("/plain/")
    screen.hard("/l/")
    screen.click("Instead")
    screen.assert_shows(children="both", team="team of both")
    screen.assert_at("/l/both/")
    screen.assert_sent("soft GET /l/both/")
    screen.back()
    screen.assert_at("/plain/")
    screen.forward()
    screen.assert_at("/l/both/")
    screen.assert_shows(children="both", team="team of both")


def test_a_link_to_where_one_is_makes_no_entry(screen: Screen) -> None:
    """B19: as in a browser."""
    screen.hard("/l/")
    before = screen.evaluate("history.length")
    screen.click("/l/")
    screen.settle()
    screen.assert_shows(**HOME)
    assert screen.evaluate("history.length") == before


@pytest.mark.chromium
def test_a_link_may_ask_first(screen: Screen) -> None:
    """B19: htmx's attributes keep their meaning."""
    screen.hard("/l/")
    screen.answer("no")
    screen.click("Confirm")
    screen.assert_asked("Really?")
    screen.assert_sent()
    screen.assert_shows(**HOME)
    screen.answer("yes")
    screen.click("Confirm")
    screen.assert_asked("Really?")
    screen.assert_shows(children="both", team="team of both")
    screen.assert_sent("soft GET /l/both/")


@pytest.mark.in_turn
@pytest.mark.chromium
@pytest.mark.parametrize("modifier", ["Control", "Meta", "Shift", "Alt"])
def test_clicks_with_a_modifier_are_the_browsers(screen: Screen, modifier: str) -> None:
    """B19: they open a tab or a window, or save the page; this one stays."""
    screen.hard("/l/")
    screen.mark()
    screen.tolerate_noise("ERR_ABORTED")
    screen._forget_requests()
    screen.page.get_by_role("link", name="/l/other/").click(modifiers=[modifier])
    screen.settle()
    if modifier != "Meta":  # which on Linux means nothing
        assert not any(request.how == "soft" for request in screen.requests)
        screen.assert_shows(**HOME)
        screen.assert_at("/l/")
        assert screen.kept("children")


@pytest.mark.chromium
def test_links_to_another_tab_or_for_download_are_the_browsers(screen: Screen) -> None:
    """B19: target=_blank and download are left alone."""
    screen.hard("/l/")
    screen.mark()
    with screen.page.expect_popup() as popup:
        screen.click("Blank")
    popup.value.wait_for_url("**/l/both/")
    screen.tolerate_noise("ERR_ABORTED")
    with screen.page.expect_download(timeout=PATIENCE * 1000) as download:
        screen.click("Download")
    assert download.value.suggested_filename == "both.html"
    assert not any(request.how == "soft" for request in screen.requests)
    screen.assert_shows(**HOME)
    screen.assert_at("/l/")
    assert screen.kept("children")


def test_links_to_other_origins_are_the_browsers(screen: Screen) -> None:
    """B19: other origins are left alone."""
    screen.hard("/l/")
    screen.click("Elsewhere")
    screen.assert_at("/l/other/")
    screen.assert_shows(children="other", team="team default")
    assert screen.evaluate("location.hostname") == "127.0.0.1"
    screen.assert_sent("hard GET /l/other/")


def test_two_tabs_have_histories_and_slots_of_their_own(screen: Screen) -> None:
    """S20: also with the same session, and after Back and a reload."""
    other = screen.new_tab()
    for tab in screen, other:
        tab.hard("/l/")
    screen.click("Page 2")
    screen.assert_shows(children="home", team=team(2))
    other.click("/l/other/")
    other.assert_shows(children="other", team="team default")
    screen.click("/l/other/")
    screen.assert_shows(children="other", team=team(2))
    screen.back()
    screen.assert_shows(children="home", team=team(2))
    other.reload()
    other.assert_shows(children="other", team="team default")
    other.back()
    other.assert_shows(**HOME)


# --- Bounds ---


def test_a_state_that_is_too_large_loads_the_document(screen: Screen) -> None:
    """B53: the size of the header is bounded; if it were too large, the right page is loaded in full."""
    screen.hard("/big/one/?q=1")
    own = "no two Own"
    third = "no three Own"
    screen.assert_shows(children="one 1", side=own, third=third)
    screen.soft(f"/big/one/?q={LONG}")
    screen.assert_shows(children="one 2500", side=own, third=third)
    screen.soft(f"/big/two/?q={LONG}")
    screen.assert_shows(children="one 2500", side="two 2500", third=third)
    screen.settle()
    screen.click("/big/three/")
    screen.assert_shows(children="no one", side=own, third="three")
    screen.assert_at("/big/three/")
    assert str(screen.requests[-1]) == "hard GET /big/three/"
    screen.back()
    screen.assert_at(f"/big/two/?q={LONG}")
    screen.assert_says(
        "two 2500", "#slot-side"
    )  # children too, where a back-forward cache has them


@pytest.mark.parametrize(
    ("button", "target"),
    [("Own", "#slot-third #own"), ("Out", "#outside")],
    ids=["in a slot", "in the layout"],
)
def test_a_request_of_its_own_gets_its_page_alone_whatever_the_state(
    screen: Screen, button: str, target: str
) -> None:
    """B19, B53: a state that is too large puts no page into a page."""
    screen.hard("/big/one/?q=1")
    screen.soft(f"/big/one/?q={LONG}")
    screen.assert_shows(children="one 2500", side="no two Own", third="no three Own")
    screen.soft(f"/big/two/?q={LONG}")
    screen.assert_shows(children="one 2500", side="two 2500", third="no three Own")
    screen.settle()
    screen.click(button)
    screen.settle()
    assert screen.count("[data-pr-slot]") == 3
    assert screen.text(target) == "three"


# --- Without JavaScript ---


@pytest.mark.chromium
def test_everything_works_without_javascript(open_screen: Callable[..., Screen]) -> None:
    """B12: every link and form gives a full page."""
    page = open_screen(java_script_enabled=False).page
    page.goto("/l/")
    page.get_by_role("link", name="Page 2").click()
    page.wait_for_url("**/l/team/?page=2")
    assert "children default" in page.locator("#slot-children").inner_text()
    assert "team 2" in page.locator("#slot-team").inner_text()
    page.get_by_label("q", exact=True).fill("ada")
    page.get_by_role("button", name="Filter", exact=True).click()
    page.wait_for_url("**/l/team/?q=ada")
    assert page.locator("#slot-team").inner_text() == "team like ada"
    page.get_by_role("link", name="/l/other/").click()
    page.wait_for_url("**/l/other/")
    assert page.locator("#slot-children").inner_text() == "other"
    page.go_back()
    assert page.locator("#slot-team").inner_text() == "team like ada"


# --- Current links ---


def test_the_current_section_is_marked_for_each_slot(screen: Screen) -> None:
    """B50: by that slot's own URL, follows soft changes; with data-pr-current, below the link as well."""
    screen.hard("/l/")
    screen.evaluate(
        """() => {
            const mark = (href, text) => {
                const link = Object.assign(document.createElement("a"), { href, innerText: text });
                link.dataset.prCurrent = "section";
                document.querySelector("nav").append(link);
            };
            mark("/l/section/", "Section");
            mark("/l/team/", "Teams");
            const broken = Object.assign(document.createElement("a"), { href: "http://[" });
            document.querySelector("nav").prepend(broken); // is passed over
        }"""
    )
    screen.assert_current_links("/l/")
    screen.click("/l/section/a/")
    screen.assert_current_links("/l/section/a/", "Section")
    screen.click("Page 2")
    screen.assert_shows(children="section a", team=team(2))
    screen.assert_current_links("/l/section/a/", "Page 2", "Section", "Teams")
    screen.back()
    screen.assert_current_links("/l/section/a/", "Section")
    screen.back()
    screen.assert_current_links("/l/")
