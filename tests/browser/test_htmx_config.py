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
    screen.assert_at("/e/side/")
    screen.assert_shows(children="home", side="the side")
    click = "(to) => document.querySelector(`a[href='/e/${to}/']`).click()"
    screen.evaluate(f"() => ['side', 'aside', 'far'].forEach({click})")
    screen.assert_at("/e/far/")
    screen.assert_shows(children="far", side="the side")
    screen.soft("/e/note/")
    screen.assert_modals("note")
    screen.assert_at("/e/note/")
    screen.press("Escape")
    screen.assert_modals()
    screen.assert_at("/e/far/")
    screen.back()
    screen.assert_at("/e/side/")
    screen.assert_shows(children="home", side="the side")


ISOLATED = """addEventListener(
    "DOMContentLoaded", () => Object.assign(htmx.config, { disableInheritance: true }), true,
)"""


def test_links_are_boosted_where_nothing_else_is_inherited(screen: Screen) -> None:
    """B69: with ``disableInheritance``, htmx 2 inherits only what ``hx-inherit`` names."""
    screen.page.add_init_script(ISOLATED)
    screen.hard("/e/")
    screen.soft("/e/side/")
    screen.assert_shows(children="home", side="the side")
    screen.assert_sent("soft GET /e/side/")


MORPH = """() => {
    if (!htmx.defineExtension) return;
    htmx.defineExtension("morph", {
        isInlineSwap: () => true,
        handleSwap(style, target, fragment) {
            target.replaceChildren(...fragment.childNodes);
            return [...target.children];
        },
    });
    document.body.setAttribute("hx-ext", "morph");
}"""


def test_a_morph_as_default_nests_no_slot_in_itself(screen: Screen) -> None:
    """B69: an extension that swaps by itself, as idiomorph's does, gets the element of the slot, too."""
    screen.hard("/e/")
    screen.evaluate(MORPH)
    screen.soft("/e/side/")
    screen.assert_shows(children="home", side="the side")
    assert screen.count("#slot-side") == 1
    assert screen.count("#slot-side [data-pr-slot]") == 0


@pytest.mark.parametrize(
    "name", ["hx-sse:connect", "hx-ws:connect", "sse-connect", "data-ws-connect"]
)
def test_a_slot_with_a_connection_to_the_server_is_not_kept_in_memory(
    screen: Screen, name: str
) -> None:
    """B34: htmx closes its connection as it goes, so Back asks for the slot again."""
    screen.hard("/e/")
    screen.evaluate(
        "(name) => document.querySelector('#slot-children').append("
        "document.createRange().createContextualFragment(`<i ${name}='/e/none/'></i>`))",
        name,
    )
    screen.soft("/e/far/")
    screen.assert_shows(children="far", side="no side")
    screen.back()
    screen.assert_shows(children="home", side="no side")
    screen.assert_sent("soft GET /e/")
