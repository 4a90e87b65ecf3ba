"""The bar below each page shows what the last navigation has changed, kept and cost."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.harness import Screen

pytestmark = pytest.mark.chromium


@pytest.mark.in_turn
@pytest.mark.parametrize("has_inspector", [True, False])
def test_the_bar_says_what_has_changed_was_kept_and_cost(
    open_example: Callable[..., Screen], has_inspector: bool
) -> None:
    """With DEBUG it says the same as the inspector, without DEBUG as well; it does not count empty slots."""
    screen = open_example()

    def says(words: str) -> None:
        screen.assert_says(words, ".lowbar")
        if has_inspector and screen.page.locator("parallel-routes-inspector").count():
            counts = screen.evaluate("inspected.counts")
            changed, _, kept = words.partition(";")
            numbers = [len(part.split(", ")) if part else 0 for part in (changed, kept)]
            assert counts == "{} changed · {} kept".format(*numbers)

    def wipe() -> None:
        """Let the bar say nothing until it is written again."""
        screen.evaluate("() => { document.querySelector('.lowbar-text').textContent = ''; }")

    def load(path: str) -> None:
        screen.hard(path)
        screen.evaluate(
            """(has) => {
                const note = ({ detail }) => { // the messages are refreshed after a prefetched response
                    if (detail.kind !== "refresh") window.inspected = detail;
                };
                addEventListener("parallel-routes:inspected", note);
                if (!has) parallelRoutes.inspect = undefined;
            }""",
            has_inspector,
        )

    load("/dashboard/")
    assert "Nothing has changed yet" in screen.text(".lowbar")
    screen.click("css=.tiles a[href$='/visitors/']")
    says("Analytics changed; Overview, Team, Activity kept")
    [part, whole] = re.findall(r"([\d.]+) kB", screen.text(".lowbar"))
    assert float(part) < float(whole) / 2  # of Analytics, and of the page with all slots
    wipe()
    screen.page.mouse.move(0, 0)  # or what comes beneath it is prefetched at once, and not again
    screen.back()
    says("Analytics changed; Overview, Team, Activity kept")
    screen.assert_says("From memory, without a request", ".lowbar")
    with screen.page.expect_request_finished(lambda request: "visitors" in request.url):
        screen.page.hover(".tiles a[href$='/visitors/']")
    wipe()
    screen.forward()
    says("Analytics changed; Overview, Team, Activity kept")
    # That request was for a click, not for Forward.
    screen.assert_says("From memory, without a request", ".lowbar")
    if has_inspector:
        assert screen.evaluate("inspected.kind") == "back or forward, from memory"
    wipe()
    screen.back()
    says("Analytics changed; Overview, Team, Activity kept")
    screen.click("css=.topbar a[href^='/display/']")
    says("Drawer opened; Overview, Analytics, Team, Activity kept")
    screen.press("Escape")
    says("Drawer closed; Overview, Analytics, Team, Activity kept")
    # Back from a page of another document needs a request, although empty slots are known.
    screen.open("/gallery/")
    screen.click('css=.grid a[href="/gallery/photos/1/"]')
    screen.assert_at("/gallery/photos/1/")
    screen.settle()
    load("/gallery/photos/1/")
    screen.back()
    screen.assert_at("/gallery/")
    says("Gallery changed")
    assert "without a request" not in screen.text(".lowbar")
    screen.settle()  # each part of the script is there
    if has_inspector:
        screen.click("Inspector")
        assert screen.page.locator("parallel-routes-inspector tr.is-open").count() == 1
        panel = screen.page.locator("parallel-routes-inspector #panel").bounding_box()
        bar = screen.page.locator(".lowbar").bounding_box()
        assert panel
        assert bar
        assert panel["y"] + panel["height"] <= bar["y"] + 1

        def is_open() -> bool:
            said = screen.page.locator("[data-inspect]").get_attribute("aria-expanded")
            shown = screen.page.locator("parallel-routes-inspector #panel").is_visible()
            assert said == str(shown).lower()
            return shown

        assert is_open()
        screen.press("Escape")
        assert screen.evaluate("document.activeElement.textContent") == "Inspector"
        assert not is_open()
        screen.click("Inspector")
        screen.click("Inspector")  # the button closes the panel, too
        assert not is_open()
        screen.click("Inspector")
        screen.page.locator("h1").first.click()
        screen.press("Escape")  # with the focus in the page
        assert not is_open()
        screen.click('css=.grid a[href="/gallery/photos/1/"]')
        screen.assert_at("/gallery/photos/1/")
        screen.settle()
        screen.click("css=parallel-routes-inspector .toggle")  # over the modal
        assert screen.page.locator("parallel-routes-inspector #panel").is_visible()
        assert screen.count("dialog:modal") == 1
