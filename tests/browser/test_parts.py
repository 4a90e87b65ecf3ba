"""Parts of the script that a page loads when it needs them, under a policy that asks for a nonce."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.harness import Screen

pytestmark = [pytest.mark.urls("tests.urls.parts"), pytest.mark.chromium]


def parts_of(screen: Screen) -> list[str]:
    """Note which parts the page loads from now on, but for those that it loads at its end."""
    names: list[str] = []
    own = "parallel-routes|answers|morph|motion"
    pattern = re.compile(rf"/django_parallel_routes/(?!{own})([\w-]+)\.min\.js$")

    def note(url: str) -> None:
        if found := pattern.search(url):
            names.append(found[1])

    screen.page.on("request", lambda request: note(request.url))
    return names


def test_a_plain_page_loads_what_announces_and_merges(screen: Screen) -> None:
    parts = parts_of(screen)
    with screen.page.expect_response("**/morph.min.js"):
        screen.hard("/parts/")
    screen.click("Home")
    screen.settle()
    assert parts == ["announce"]


def test_a_part_is_there_before_what_needs_it(screen: Screen) -> None:
    """B42, B55: the guard knows what is typed at once. It is loaded once, with the page's nonce."""
    parts = parts_of(screen)
    screen.hard("/parts/")
    screen.click("Form")
    screen.settle()
    assert sorted(parts) == ["announce", "guard"]
    screen.type("#name", "words")
    screen.answer("yes")
    screen.click("Home")
    screen.assert_asked("Leave?")
    screen.click("Form")
    screen.settle()
    assert sorted(parts) == ["announce", "guard"]


def test_a_document_loads_what_it_needs(screen: Screen) -> None:
    parts = parts_of(screen)
    screen.hard("/parts/form/")
    screen.settle()
    assert sorted(parts) == ["announce", "guard"]


def test_a_slot_that_may_show_a_dialog_loads_that_part_first(screen: Screen) -> None:
    """B51: so that the first click need not wait for it."""
    parts = parts_of(screen)
    screen.hard("/modal/")
    screen.settle()
    assert sorted(parts) == ["announce", "dialog"]
    screen.click("Photo")
    screen.page.locator("dialog:modal").wait_for()
    assert sorted(parts) == ["announce", "dialog"]


def test_a_part_that_can_not_be_had_ends_no_click(screen: Screen) -> None:
    """B61: the browser loads the document instead."""
    screen.expect_noise("whole-answer")
    screen.page.route("**/whole-answer.min.js", lambda route: route.abort())
    screen.hard("/parts/")
    screen.click("Data")
    screen.page.wait_for_url("**/parts/data/")
    screen.page.get_by_text("plain text").wait_for()
    assert screen.page.url.endswith("/parts/data/")


def test_a_refresh_that_fails_leaves_the_page_without_that_part(screen: Screen) -> None:
    """B62: a proxy answers, and has not got the part either."""
    screen.expect_noise("whole-answer", "502")
    screen.page.route("**/whole-answer.min.js", lambda route: route.abort())
    screen.hard("/parts/status/")
    screen.evaluate("parallelRoutes.refresh('children')")
    screen.page.locator(".parallel-routes-notice").wait_for()
    screen.assert_at("/parts/status/")
    screen.assert_says("the status", "#slot-children")


def test_a_part_comes_with_what_htmx_swaps_by_itself(screen: Screen) -> None:
    """B55: a form that a button brings into the page is guarded."""
    screen.hard("/parts/place/")
    with screen.page.expect_response("**/guard.min.js"):
        screen.click("Form here")
    screen.settle()
    screen.type("#name", "words")
    screen.answer("no")
    screen.click("Home")
    screen.assert_asked("Leave?")


def test_an_empty_error_is_told_whatever_it_triggers(screen: Screen) -> None:
    """B61: the server has refused it, and the network has not failed."""
    screen.expect_noise("403")
    screen.hard("/parts/")
    screen.click("Send")
    notice = screen.page.locator(".parallel-routes-notice")
    notice.wait_for()
    assert "refused" in notice.inner_text()


def test_the_readable_files_work_as_well(screen: Screen, settings: Any) -> None:
    """With ``DEBUG``, as a developer sees them."""
    settings.DEBUG = True
    urls: list[str] = []
    screen.page.on("request", lambda request: urls.append(request.url))
    screen.hard("/modal/")
    screen.click("Photo")
    screen.page.locator("dialog:modal").wait_for()
    screen.press("Escape")
    screen.assert_at("/modal/")
    ours = {url.rpartition("/")[2] for url in urls if "/django_parallel_routes/" in url}
    assert {"parallel-routes.css", "parallel-routes.js", "announce.js", "dialog.js"} <= ours
    assert not any(".min." in name for name in ours)


def test_a_navigation_writes_the_history_once(screen: Screen) -> None:
    """Each call takes the browser some milliseconds. The entry has the slots that are about to come."""
    screen.hard("/modal/")
    screen.evaluate(
        """() => {
            window.calls = [];
            for (const name of ["pushState", "replaceState"]) {
                const own = history[name];
                history[name] = (...all) => { calls.push(name); own.apply(history, all); };
            }
        }"""
    )
    screen.click("Photo")
    screen.page.locator("dialog:modal").wait_for()
    assert screen.evaluate("calls") == ["pushState"]
    assert screen.evaluate("history.state.parallelRoutes.slots.modal[0]") == "intercepted"
