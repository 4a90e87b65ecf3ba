"""The tour leads through the example."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.harness import Screen

pytestmark = pytest.mark.chromium


def tour(screen: Screen, number: int, words: str = "") -> None:
    screen.assert_says(f"Step {number} of 6", ".step-card")
    screen.assert_says(words, ".step-card")


def is_clear(screen: Screen) -> bool:
    """Whether the tour's card covers neither what it marks nor the bar."""
    return screen.evaluate(
        """() => {
            const card = document.querySelector(".step-card").getBoundingClientRect();
            return [...document.querySelectorAll(".step-target, .lowbar")].every((one) => {
                const { left, right, top, bottom } = one.getBoundingClientRect();
                return card.left >= right || card.right <= left || card.top >= bottom || card.bottom <= top;
            });
        }"""
    )


@pytest.mark.in_turn
@pytest.mark.parametrize("width", [1280, 390])
def test_the_tour_leads_through_six_steps(open_example: Callable[..., Screen], width: int) -> None:
    """Each step stands beside what to click, and nothing scrolls away from what has changed."""
    screen = open_example(viewport={"width": width, "height": 800})
    screen.hard("/")
    screen.click("Inspector")  # it would cover the tour, so the tour closes it
    screen.click("Take the tour")
    assert screen.focused() == "Tour"
    panel = screen.page.locator("parallel-routes-inspector #panel")
    assert not panel.is_visible()
    screen.click("Inspector")
    close = panel.get_by_role("button", name="Close the inspector").bounding_box()
    first = panel.get_by_role("button", name="Slots", exact=True).bounding_box()
    assert close
    assert first
    # In the first row of the panel's head, at its end.
    assert close["y"] <= first["y"]
    assert close["x"] > first["x"] + first["width"]
    assert not screen.page.locator(".step-card").is_visible()
    screen.click("Inspector")
    tour(screen, 1, "This step is on the dashboard.")
    screen.click("Go there")
    screen.assert_at("/dashboard/")
    screen.assert_eventually(screen.focused, lambda seen: seen == "Tour", "the card has the focus")
    screen.page.locator("input.step-target").fill("a note")
    tour(screen, 1, "Type something")
    screen.assert_eventually(lambda: is_clear(screen), bool, "the card covers nothing")
    before = screen.evaluate("scrollY")
    screen.click("css=a.step-target")
    screen.assert_at("/dashboard/visitors/")
    tour(screen, 2, "Now choose Docs")
    assert screen.evaluate("scrollY") == before
    if width == 390:
        screen.click("Show me where")
    screen.click("css=.step-target")
    screen.assert_at("/dashboard/docs/")
    screen.assert_says("Now go Back", ".step-card")
    tour(screen, 2)
    screen.back()
    screen.assert_at("/dashboard/visitors/")
    tour(screen, 3)
    screen.click("See the code of team")
    screen.assert_modals("The code of dashboard/team/members.html · Tideline")
    screen.page.locator(".step-card").wait_for(state="hidden")  # the drawer is read, and closed
    assert "team=slot(" in screen.text("dialog")
    assert "def members(request" in screen.text("dialog")
    screen.press("Escape")
    screen.assert_at("/dashboard/visitors/")
    tour(screen, 4, "This step is in the gallery.")
    screen.click("Go there")
    screen.assert_at("/gallery/")
    tour(screen, 4, "A photo has a page")
    photo = screen.evaluate("document.querySelector('.step-target').getAttribute('href')")
    screen.click("css=.step-target")
    screen.assert_at(photo)
    screen.settle()
    screen.reload()
    tour(screen, 4, "This is the photo’s own page")
    screen.back()
    screen.assert_at("/gallery/")
    tour(screen, 4, "A photo has a page")
    screen.click("css=.step-target")
    screen.assert_at(photo)
    screen.settle()
    screen.press("Escape")
    screen.assert_at("/gallery/")
    tour(screen, 5)
    screen.assert_eventually(lambda: is_clear(screen), bool, "the card covers nothing")
    screen.click("css=.step-card [data-next]")
    tour(screen, 6)
    screen.click("css=.step-card [data-end]")
    assert not screen.page.locator(".step-card").is_visible()
    assert screen.focused() == "Take the tour"
