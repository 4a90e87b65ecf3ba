"""B69: a project's own configuration of htmx changes nothing."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen

pytestmark = [pytest.mark.urls("tests.urls.entries"), pytest.mark.chromium]

CONFIG = """() => Object.assign(htmx.config, {
    globalViewTransitions: true, transitions: true, defaultSwapDelay: 2000, defaultSettleDelay: 2000,
    defaultSwapStyle: "outerHTML", defaultSwap: "outerMorph", getCacheBusterParam: true,
})"""


def test_a_configuration_of_htmx_changes_no_navigation(screen: Screen) -> None:
    """B69, B21: transitions, delays, other swaps and cache busters: a click, rapid ones, a modal, Back."""
    screen.hard("/e/")
    screen.evaluate(CONFIG)
    screen.soft("/e/side/")
    screen.at("/e/side/")
    screen.shows(children="home", side="the side")
    click = "(to) => document.querySelector(`a[href='/e/${to}/']`).click()"
    screen.evaluate(f"() => ['side', 'aside', 'far'].forEach({click})")
    screen.at("/e/far/")
    screen.shows(children="far", side="the side")
    screen.soft("/e/note/")
    screen.modals("note")
    screen.at("/e/note/")
    screen.press("Escape")
    screen.modals()
    screen.at("/e/far/")
    screen.back()
    screen.at("/e/side/")
    screen.shows(children="home", side="the side")
