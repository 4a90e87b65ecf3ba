"""B70: the inspector in the page, and messages about mistakes in the console, only with ``DEBUG``."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Locator

from tests.browser.harness import Screen
from tests.support.gates import Gates

pytestmark = [pytest.mark.urls("tests.urls.audible"), pytest.mark.chromium]
VIEWS = "tests/urls/audible.py:"


@pytest.fixture
def page(open_screen: Callable[..., Screen], settings: Any) -> Screen:
    settings.DEBUG = True
    screen = open_screen()
    screen.hard("/")
    return screen


def inspector(screen: Screen) -> Locator:
    return screen.page.locator("parallel-routes-inspector")


def button(screen: Screen, name: str) -> Locator:
    return inspector(screen).get_by_role("button", name=name, exact=True)


def centre(screen: Screen, selector: str) -> tuple[float, float]:
    box = screen.page.locator(selector).first.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def rows(screen: Screen) -> dict[str, list[str]]:
    """The cells of the table, by the name of the slot."""
    found = inspector(screen).locator("tbody tr").all()
    cells = [row.locator("td").all_inner_texts() for row in found]
    return {first: [" ".join(cell.split()) for cell in rest] for first, *rest in cells}


@pytest.mark.in_turn
def test_the_inspector_says_what_each_slot_shows_and_why(page: Screen) -> None:
    """By keyboard: name, route, variant, file and line, what the last navigation did, headers, history."""
    toggle = button(page, "3 slots")
    toggle.wait_for()
    page.click("Chart")
    page.assert_at("/chart/")
    page.settle()
    button(page, "1 changed · 2 kept").press("Enter")
    assert button(page, "Slots").evaluate("(tab) => tab.getRootNode().activeElement === tab")
    shown = rows(page)
    variant, why, view, cost = shown["chart"]
    assert (variant, why) == ("page", "changed: its route 'chart/' matches")
    assert view.startswith(VIEWS)
    assert view.endswith("/chart/")
    assert "B" in cost
    assert "ms" in cost
    assert shown["team"][1].startswith("kept: nothing in it matches")
    assert shown["modal"][0] == "empty"
    # Its rows lead to the slot, and the slot to its rows.
    button(page, "Borders").press("Enter")
    label = inspector(page).get_by_role("button", name="team · default")
    label.click()
    assert inspector(page).locator("tr.is-open").inner_text().startswith("team")
    # Or one picks the slot in the page, which gets no events meanwhile; Esc picks none.
    button(page, "Pick").press("Enter")
    page.press("Escape")
    button(page, "Pick").press("Enter")
    button(page, "Click on a slot, or press Esc").wait_for()
    page.page.mouse.move(*centre(page, "a[href='/docs/']"))
    x, y = centre(page, "#slot-chart h2")
    page.page.mouse.click(x, y)
    row = inspector(page).locator("tr.is-open")
    assert row.inner_text().startswith("chart")
    assert row.evaluate("(row) => row.contains(row.getRootNode().activeElement)")
    page.assert_at("/chart/")
    button(page, "Navigations").click()
    latest = inspector(page).locator("details").first.inner_text()
    for words in (
        "2: navigation /chart/",
        "a soft navigation",
        '"intent": "navigate"',
        "status: 200",
    ):
        assert words in latest, words
    page.back()
    page.assert_at("/")
    page.settle()
    button(page, "History").click()
    entries = inspector(page).locator("summary").all_inner_texts()
    assert entries == ["1: /chart/", "0: / (here)"]
    button(page, "Memory").click()
    assert "holds 1 of" in inspector(page).locator(".body").inner_text()
    page.press("Escape")
    assert button(page, "1 changed · 2 kept").evaluate(
        "(b) => b.getRootNode().activeElement === b"
    )


@pytest.mark.in_turn
def test_the_inspector_works_over_a_modal_dialog(page: Screen) -> None:
    """What is outside of a modal dialog is inert. Esc closes the panel first."""
    page.click("Photo")
    page.assert_modals("A photo")
    page.settle()
    button(page, "1 changed · 3 kept").click()
    assert rows(page)["modal"][0].startswith("layout")
    page.press("Escape")
    page.assert_modals("A photo")
    page.press("Escape")
    page.assert_modals()
    assert inspector(page).count() == 1


def test_the_console_says_the_same_if_it_is_asked_and_else_nothing(
    page: Screen, gates: Gates
) -> None:
    """One group for each navigation. What a newer navigation aborts is no error."""
    said: list[ConsoleMessage] = []
    page.page.on("console", lambda message: said.append(message))
    gates.close("/slow/")
    page.page.get_by_role("link", name="Slow").focus()
    page.press("Enter")
    gates.expect_arrival("/slow/")
    page.click("Docs")
    page.assert_at("/docs/")
    gates.open("/slow/")
    page.settle()
    assert [message.text for message in said] == []
    page.evaluate("() => { parallelRoutes.debug = true; }")
    page.click("Chart")
    page.assert_at("/chart/")
    page.settle()
    first, *lines = [message.text for message in said]
    assert first.startswith("parallel-routes 4: navigation /chart/: 1 changed · 2 kept")
    assert any(line.startswith(f"changed chart · {VIEWS}") for line in lines)
    assert "kept children, team · nothing in it matches" in lines  # in one line


@pytest.mark.in_turn
def test_styles_of_a_site_do_not_affect_the_inspector(page: Screen) -> None:
    """B70, S60: under a strict policy, as on all pages of this test."""
    page.page.mouse.move(*centre(page, "a[href='/chart/?soon']"))
    page.assert_eventually(
        lambda: page.requests[-1].path, lambda path: path == "/chart/?soon", "it is requested"
    )
    page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(
                "* { all: unset !important } button, section, body > * { display: none !important }" +
                " parallel-routes-inspector { display: none !important; position: static !important }");
            document.adoptedStyleSheets = [sheet];
        }"""
    )
    button(page, "3 slots").click()
    box = inspector(page).locator("#panel").bounding_box()
    assert box
    assert (box["height"] > 200, box["y"] + box["height"]) == (True, 720)
    button(page, "Memory").click()
    body = inspector(page).locator(".body")
    body.get_by_text("Prefetched responses: 1.").wait_for()
    assert re.search(r"/chart/\?soon requested \d+ s ago", body.inner_text())


def test_the_console_reports_mistakes_of_developers(
    open_screen: Callable[..., Screen], settings: Any
) -> None:
    settings.DEBUG = True
    screen = open_screen()
    screen.expect_noise(
        "htmx is not loaded",
        "htmx is loaded twice",
        "has returned a whole document",
        'a slot has the id "slot-chart", and so has another element',
    )
    screen.page.route("**/htmx-*.js", lambda route: route.fulfill(body=""))
    screen.hard("/mistake/")
    screen.page.locator("parallel-routes-inspector").wait_for(state="attached")
    screen.settle()
    assert screen.text("#slot-children") == "a document"
    screen.page.add_init_script(
        """addEventListener("DOMContentLoaded", () => {
            const script = document.createElement("script");
            document.head.append(Object.assign(script, { src: "/htmx.org/dist/htmx.min.js", type: "text" }));
        })"""
    )
    screen.hard("/clash/")
    screen.page.locator("parallel-routes-inspector").wait_for(state="attached")
