"""While a form is being sent, the page says so, and shows the expected result."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Route

from tests.browser.harness import Screen
from tests.support.gates import Gates
from tests.urls.optimistic import items

pytestmark = [pytest.mark.urls("tests.urls.optimistic"), pytest.mark.chromium]

STATE = """() => [
    document.querySelector("#list").innerText,
    ...["#add", "#slot-children"].map(
        (selector) => document.querySelector(selector).hasAttribute("data-pr-submitting"),
    ),
]"""


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    items.clear()
    yield
    items.clear()


def test_an_optimistic_template_is_shown_until_the_answer_arrives(
    screen: Screen, gates: Gates
) -> None:
    """B39: its values are text and no HTML; it is sent once; nothing stays if the request fails."""
    screen.tolerate_noise("ERR_FAILED", "Failed to load", "sendError", "afterRequest")
    screen.hard("/list/")
    assert screen.evaluate(STATE) == ["", False, False]
    gates.close("add")
    screen.type("[name=title]", "<b>Milk</b>")
    screen.click("Add")
    gates.expect_arrival("add")
    assert screen.evaluate(STATE) == ["adding <b>Milk</b> by ada", True, True]
    screen.evaluate("document.querySelector('#add').requestSubmit()")
    gates.open("add")
    screen.assert_says("<b>Milk</b>", "#list")
    screen.settle()
    assert screen.evaluate(STATE) == ["<b>Milk</b>", False, False]
    assert items == ["<b>Milk</b>"]
    screen.page.route("**/list/", lambda route: route.abort())
    screen.type("[name=title]", "Bread")
    screen.click("Add")
    screen.page.locator(".parallel-routes-notice").wait_for()
    assert screen.evaluate(STATE) == ["<b>Milk</b>", False, False]


@pytest.mark.parametrize("is_lost", [False, True], ids=["redirect", "failure"])
def test_a_form_may_leave_the_page_before_its_response_arrives(
    screen: Screen, is_lost: bool
) -> None:
    """B61, B62: as a row that a script removes. The slot does not stay busy, nor do its values stay."""
    screen.tolerate_noise("ERR_FAILED", "Failed to load", "sendError", "afterRequest")
    screen.hard("/list/")
    sent: list[Route] = []
    screen.page.route("**/list/", lambda route: sent.append(route), times=1)
    screen.type("[name=title]", "Milk")
    screen.click("Add")
    screen.assert_eventually(lambda: len(sent), bool, "the form is sent")
    screen.evaluate("Element.prototype.remove.call(document.querySelector('#add'))")
    if is_lost:
        sent[0].abort()
        screen.page.locator(".parallel-routes-notice").wait_for()
    else:
        sent[0].continue_()
        screen.page.locator("#add").wait_for()  # with the response
    screen.settle()
    assert screen.count("[data-pr-submitting], [aria-busy=true], [data-pr-navigating]") == 0
    assert "adding" not in screen.text("#list")
    if is_lost:
        screen.click("Send again")
        screen.page.locator("#add").wait_for()
    screen.assert_says("Milk", "#list")
    assert items == ["Milk"]
    assert screen.count("form") == 1
