"""Before a document with unsaved input is left, the browser asks."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen
from tests.browser.unsaved_input.ways_out import (
    assert_leaves,
    assert_stays,
    edits,
    empties,
    link,
    script,
    step,
)

pytestmark = pytest.mark.urls("tests.urls.guard")


@pytest.mark.in_turn
@pytest.mark.chromium
@pytest.mark.parametrize("name", ["reload", "a link", "the address bar", "Back"])
def test_leaving_the_document_asks(screen: Screen, name: str) -> None:
    """B42: once, by the browser's own dialog; also a soft navigation that loads a document."""
    ways = {
        "reload": script("setTimeout(() => location.reload())"),
        "a link": link("/plain/"),
        "the address bar": script("setTimeout(() => { location.href = '/plain/'; })"),
        "Back": step(-1),
    }
    screen.hard("/plain/")
    screen.hard("/g/edit/")
    screen.type("#edit-said", "words")
    screen.evaluate("window.isOld = true")
    assert_stays(screen, ways[name], "beforeunload")
    assert_stays(screen, ways[name], "beforeunload")
    assert_leaves(screen, ways[name], "beforeunload")
    screen.assert_eventually(
        lambda: screen.evaluate("!window.isOld"), bool, "another document is there"
    )
    screen.assert_at("/g/edit/" if name == "reload" else "/plain/")


@pytest.mark.in_turn
@pytest.mark.chromium
def test_closing_the_tab_asks(screen: Screen) -> None:
    """B42: by the browser's own dialog."""
    edits(screen)
    screen.answer("no")
    screen.page.close(run_before_unload=True)
    screen.assert_asked("beforeunload")
    screen.answer("yes")
    with screen.page.expect_event("close"):
        screen.page.close(run_before_unload=True)


@pytest.mark.in_turn
@pytest.mark.chromium
def test_a_document_without_unsaved_input_can_be_left(screen: Screen) -> None:
    """B42: also one whose input the user gave up before."""
    edits(screen)
    empties(screen)
    assert_leaves(screen, Screen.reload)
    screen.type("#edit-said", "words")
    assert_leaves(screen, link("/g/page/"), "Leave edit?")
    screen.assert_at("/g/page/")
    assert_leaves(screen, link("/plain/"))
    screen.assert_at("/plain/")


@pytest.mark.in_turn
@pytest.mark.chromium
def test_input_that_the_browser_restores_is_guarded(screen: Screen) -> None:
    """B42: although the user has typed nothing in this document."""
    screen.hard("/g/edit/")
    screen.type("#edit-said", "words")
    assert_leaves(screen, link("/plain/"), "beforeunload")
    screen.assert_at("/plain/")
    screen.back()
    screen.assert_at("/g/edit/")
    screen.settle()
    assert screen.value("#edit-said") == "words"
    screen.click("css=h2:first-of-type")
    assert_stays(screen, link("/plain/"), "beforeunload")


def test_an_entry_of_another_document_asks_once(screen: Screen) -> None:
    """B42, S33: the browser takes the entry for one of this document; the script loads it."""
    screen.hard("/g/")
    other = "{ slots: { children: ['page', '/plain/', 'another-key'] } }"
    state = f"{{ ...history.state, parallelRoutes: {{ ...history.state.parallelRoutes, ...{other} }} }}"
    stop = "(event) => event.stopImmediatePropagation(), { capture: true, once: true }"
    unheard = f"navigation.addEventListener('currententrychange', {stop})"
    screen.evaluate(f"() => {{ {unheard}; history.pushState({state}, '', '/plain/'); }}")
    screen.soft("/g/edit/")
    screen.type("#edit-said", "words")
    screen.settle()
    assert_stays(screen, step(-1), "Leave edit?")
    assert_leaves(screen, step(-1), "Leave edit?")
    screen.assert_at("/plain/")
    screen.assert_says("plain")
