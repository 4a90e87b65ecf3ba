"""B51, B63: what the browser tells screen readers: its own tree of roles, names and states."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.harness import Screen
from tests.support.gates import Gates

pytestmark = [pytest.mark.urls("tests.urls.tree"), pytest.mark.chromium]
STATES = ("busy", "modal", "live", "focused")


def tree(screen: Screen) -> list[tuple[str, str, set[str]]]:
    """Role, name and states of each node that is exposed, in the order of the document."""
    session = screen.page.context.new_cdp_session(screen.page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    found: list[tuple[str, str, set[str]]] = []

    def walk(node: dict[str, Any]) -> None:
        if not node.get("ignored"):
            states = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
            said = {
                name for name in STATES if states.get(name) not in (None, False, "false", "off")
            }
            found.append((node["role"]["value"], node.get("name", {}).get("value", ""), said))
        for child in node.get("childIds", []):
            if child in by_id:
                walk(by_id[child])

    walk(nodes[0])
    return found


def names(screen: Screen, role: str) -> list[str]:
    return [name for one, name, _ in tree(screen) if one == role]


@pytest.fixture
def page(open_screen: Callable[..., Screen]) -> Screen:
    screen = open_screen()
    screen.hard("/")
    screen.page.locator(".parallel-routes-title").wait_for(state="attached")
    return screen


@pytest.mark.in_turn
def test_a_modal_is_all_that_there_is_while_it_is_open(page: Screen) -> None:
    """Its name is said once; what announces titles stands in it."""
    page.click("Photo")
    page.assert_modals("A photo")
    page.settle()
    exposed = tree(page)
    assert ("dialog", "A photo", {"modal"}) in exposed
    assert [(name, states) for role, name, states in exposed if role == "link"] == [
        ("Close", {"focused"})
    ]
    assert [name for role, name, _ in exposed if role == "heading"] == ["A photo"]
    assert [states for role, _, states in exposed if role == "status"] == [{"live"}]
    assert not {"navigation", "main"} & {role for role, *_ in exposed}
    page.press("Escape")
    page.assert_modals()
    page.settle()
    exposed = tree(page)
    assert ("link", "Photo", {"focused"}) in exposed
    assert "dialog" not in {role for role, *_ in exposed}


@pytest.mark.in_turn
def test_a_tab_group_says_which_link_is_the_current_one(page: Screen) -> None:
    """B50: before and after a click, and Back."""

    def current() -> list[str]:  # of what the tree has; the protocol leaves this state out
        found = page.page.locator('a[aria-current="page"]').all_inner_texts()
        return [name for name in names(page, "link") if name in found]

    page.click("Old")
    page.assert_at("/old/")
    page.settle()
    assert current() == ["Old"]
    assert names(page, "heading") == ["Home", "What is old"]
    page.click("New")
    page.assert_at("/new/")
    page.settle()
    assert current() == ["New"]
    page.back()
    page.assert_at("/old/")
    page.settle()
    assert current() == ["Old"]


def test_a_slot_that_loads_is_busy_and_one_that_fails_is_an_alert(
    page: Screen, gates: Gates
) -> None:
    gates.close("/late/")
    page.click("Late")
    page.assert_at("/late/")
    exposed = tree(page)
    assert [role for role, _, states in exposed if "busy" in states] == ["generic"]
    assert ("StaticText", "Loading…", set()) in exposed
    gates.open("/late/")
    page.assert_eventually(
        lambda: names(page, "heading"), lambda seen: seen == ["Home", "Late"], "it has come"
    )
    assert not [role for role, _, states in tree(page) if "busy" in states]
    page.click("Broken")
    page.assert_at("/broken/")
    page.settle()
    assert [states for role, _, states in tree(page) if role == "alert"] == [{"live"}]
    assert "Try again" in names(page, "link")
    assert "busy" not in {state for _, _, states in tree(page) for state in states}
