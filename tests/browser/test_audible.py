"""B63: five flows by keyboard: what screen readers announce, in order, and where the focus is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.harness import Screen
from tests.support.gates import Gates

pytestmark = [pytest.mark.urls("tests.urls.audible"), pytest.mark.chromium]

# What live regions say when they change, and alerts when they come.
LISTEN = """() => {
    window.heard = [];
    const say = (place) => {
        const text = place.textContent.replace(/\\s+/g, " ").trim();
        if (text && !place.closest("[inert]")) window.heard.push(text);
    };
    new MutationObserver((records) => {
        for (const { target, addedNodes } of records) {
            if (!target.isConnected) continue;
            const region = target.closest("[role=status]:not([data-pr-slot] *), dialog [role=status]");
            if (region) say(region);
            for (const node of addedNodes) {
                if (node.nodeType !== Node.ELEMENT_NODE || !node.isConnected) continue;
                for (const alert of [node, ...node.querySelectorAll("*")])
                    if (alert.role === "alert") say(alert);
            }
        }
    }).observe(document, { childList: true, subtree: true });
}"""


@pytest.fixture
def page(open_screen: Callable[..., Screen]) -> Screen:
    screen = open_screen()
    screen.hard("/")
    screen.page.locator(".parallel-routes-title").wait_for(state="attached")
    screen.evaluate(LISTEN)
    return screen


def follow(screen: Screen, link: str, url: str) -> None:
    """Go to a link by keyboard, and press Enter."""
    screen.page.get_by_role("link", name=link, exact=True).focus()
    screen.press("Enter")
    screen.assert_at(url)
    screen.settle()


def heard(screen: Screen) -> list[str]:
    """What has been said since this was last asked."""
    return screen.evaluate("() => window.heard.splice(0)")


def test_a_page_is_announced_by_its_title(page: Screen) -> None:
    follow(page, "Docs", "/docs/")
    assert (heard(page), page.focused()) == (["Docs"], "Docs")
    follow(page, "Both", "/both/")
    assert (heard(page), page.focused()) == (["Both, A ring"], "Both")
    page.back()
    page.assert_at("/docs/")
    page.settle()
    assert heard(page) == ["Docs"]


def test_a_named_slot_is_announced_by_its_label_or_heading(page: Screen) -> None:
    follow(page, "Members", "/team/")
    follow(page, "Chart", "/chart/")
    assert (heard(page), page.focused()) == (["People", "Visitors"], "Chart")


def test_a_label_may_be_another_element_but_that_of_a_link_names_no_slot(page: Screen) -> None:
    """B63: as a panel with a heading of its own around the slot, and a button with a picture in it."""
    page.evaluate("parallelRoutes.visit('/drawing/')")
    page.assert_at("/drawing/")
    page.settle()
    assert heard(page) == []
    follow(page, "Docs", "/docs/")
    follow(page, "Chart", "/chart/")
    page.evaluate(
        """() => {
            const place = document.querySelector("#slot-chart").parentElement;
            place.insertAdjacentHTML("afterbegin", '<h2 id="traffic">Traffic </h2><i id="today">today</i>');
            place.setAttribute("aria-labelledby", "traffic today");
            window.heard = [];
        }"""
    )
    page.evaluate("parallelRoutes.visit('/drawing/')")
    page.assert_at("/drawing/")
    page.settle()
    assert heard(page) == ["Traffic today"]
    follow(page, "Chart", "/chart/")
    page.evaluate(
        """() => {
            const place = document.querySelector("#slot-chart").parentElement;
            place.setAttribute("aria-labelledby", "no-such-id nor-this");
            place.ariaLabel = "Visits";
            window.heard = [];
        }"""
    )
    page.evaluate("parallelRoutes.visit('/drawing/')")
    page.assert_at("/drawing/")
    page.settle()
    assert heard(page) == ["Visits"]


def test_the_focus_goes_to_the_slot_if_it_was_in_what_is_gone(page: Screen) -> None:
    follow(page, "Next", "/team/next/")
    assert (heard(page), page.focused()) == (["People"], "#slot-team")
    page.press("Shift+Tab")
    assert page.focused() == "Photo"
    page.back()
    page.assert_shows(children="the home", team="nobody Next", chart="no chart")
    assert (heard(page), page.focused()) == (["People"], "Next")  # as it was


def test_the_focus_goes_to_the_main_slot_if_nothing_says_where_a_dialog_came_from(
    page: Screen,
) -> None:
    """B63: as after a document in between. The first slot of the page may be an empty one for messages."""
    follow(page, "Photo", "/photo/")
    page.hard("/both/")
    page.back()
    page.assert_modals("A photo")
    page.settle()  # each part of the script is there
    page.evaluate(
        """() => {
            document.querySelector("nav").remove();
            document.body.prepend(document.querySelector("#slot-chart"));
        }"""
    )
    page.back()
    page.assert_modals()
    page.settle()
    assert page.focused() == "#slot-children"


def test_the_name_of_a_dialog_is_said_once(page: Screen) -> None:
    follow(page, "Photo", "/photo/")
    page.assert_modals("A photo")
    assert heard(page) == []  # the focus is in it, which says its name
    assert page.evaluate("() => !!document.activeElement.closest('dialog:modal')")
    page.press("Escape")
    page.assert_modals()
    page.assert_at("/")
    page.settle()
    assert (heard(page), page.focused()) == (["Home"], "Photo")


def test_esc_cancels_what_takes_long_and_a_failure_is_an_alert(page: Screen, gates: Gates) -> None:
    gates.close("/slow/")
    page.page.get_by_role("link", name="Slow").focus()
    page.press("Enter")
    gates.expect_arrival("/slow/")
    page.press("Escape")
    gates.open("/slow/")
    assert page.count("[data-pr-navigating]") == 0
    page.assert_at("/")
    assert (heard(page), page.focused()) == ([], "Slow")
    follow(page, "Broken", "/broken/")
    [alert] = heard(page)
    assert alert.startswith("This could not be loaded.")
    assert page.focused() == "Broken"
