"""The example without JavaScript: pages, links and forms."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.example.site import (
    MESSAGES,
    panel,
)
from tests.browser.harness import Screen

pytestmark = [pytest.mark.chromium, pytest.mark.in_turn]


@pytest.fixture
def plain(open_example: Callable[..., Screen]) -> Screen:
    """A window without JavaScript."""
    return open_example(java_script_enabled=False)


def test_without_javascript_all_links_and_forms_work(plain: Screen) -> None:
    """B12: as pages."""
    page = plain.page

    def follow(target: str) -> None:
        with page.expect_navigation():
            page.click(target)

    page.goto("/gallery/")
    follow('.grid a[href="/gallery/photos/8/"]')
    assert "The photo" not in page.title()
    assert page.locator("h1").inner_text() == "The last ferry"
    follow(".step.after")
    assert plain.url == "/gallery/photos/9/"
    follow("text=Display")
    page.check("[value=sand]")
    follow("text=Save")
    assert plain.url == "/gallery/photos/9/"
    assert page.locator("html").get_attribute("data-accent") == "sand"
    follow("text=Log in")
    page.fill("#id_username", "ada")
    page.fill("#id_password", "ada")
    follow("button:text-is('Log in')")
    assert plain.url == "/gallery/photos/9/"
    assert page.locator(".topbar-end >> text=ada").count() == 1


def test_without_javascript_the_staff_adds_a_member(plain: Screen) -> None:
    """B41: an error, then a success with its message, which appears once, all on full pages."""
    page = plain.page

    def follow(target: str) -> None:
        with page.expect_navigation():
            page.click(target)

    page.goto("/status/?delay=0&slots=inline")
    follow("[name=role][value=admin]")
    page.goto("/dashboard/")
    follow("text=Add a member")
    assert plain.url == "/dashboard/team/new/"
    for name, value in {"name": "Mary", "title": "Flow", "city": "Here"}.items():
        page.fill(f"#id_member-{name}", value)
    page.fill("#id_member-email", "ada@tideline.example")
    follow("button:text-is('Add')")
    assert page.locator(".errorlist").inner_text() == "Somebody else has this address."
    page.fill("#id_member-email", "mary@tideline.example")
    follow("button:text-is('Add')")
    assert plain.url == "/dashboard/team/"
    assert "Mary" in page.locator(".people li").first.inner_text()
    assert page.locator(MESSAGES).inner_text() == "Mary has joined the team."
    follow(".topbar-end >> text=admin")
    follow("text=Log out")
    assert plain.url == "/dashboard/team/"
    assert page.locator("text=Add a member").count() == 0
    assert page.locator(MESSAGES).inner_text() == ""


@pytest.mark.parametrize("kind", ["server", "runserver"])
def test_without_javascript_the_board_is_complete(
    open_example: Callable[..., Screen], kind: str, request: pytest.FixtureRequest
) -> None:
    """S43, B12: the page leads on to one with all panels in place, and a retry is a reload."""
    plain = open_example(request.getfixturevalue(kind), java_script_enabled=False)
    page = plain.page
    page.goto("/status/?delay=200&gauge=fails")
    page.wait_for_url("**/status/?delay=200&gauge=fails&slots=inline")
    for name in ("queue", "latency", "deploys", "log"):
        assert " rendered " in page.locator(panel(name)).inner_text(), name
    assert page.locator("[data-pr-state=loading]").count() == 0
    with page.expect_navigation():
        page.click("text=Try again")
    assert page.locator("text=This could not be loaded.").count() == 1
    page.select_option("#id_gauge", "works")
    with page.expect_navigation():
        page.click("#turn")
    page.wait_for_url("**/status/?delay=200&gauge=works&slots=inline")
    assert "above chart datum" in page.locator(panel("gauge")).inner_text()
