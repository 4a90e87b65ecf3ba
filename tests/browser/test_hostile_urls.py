"""The page tells no other site what is on screen, whatever a URL looks like (B53)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Request, Route

from tests.browser.harness import PATIENCE, Screen
from tests.urls.hostile import ELSEWHERE

pytestmark = [pytest.mark.urls("tests.urls.hostile"), pytest.mark.chromium]

PAGE = {"children": "page To 0 To 1 To 2", "side": "side"}


@pytest.fixture
def evil(screen: Screen) -> Iterator[list[Request]]:
    """The requests that another site has got."""
    found: list[Request] = []

    def answer(route: Route) -> None:
        found.append(route.request)
        headers = {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Headers": "*",
        }
        route.fulfill(content_type="text/html", body="evil", headers=headers)

    screen.page.route(lambda url: urlsplit(url).hostname == "evil.example", answer)
    yield found
    told = [request.headers for request in found if "parallel-routes" in request.headers]
    assert told == []


def test_a_page_whose_path_begins_with_two_slashes_requests_its_own_site(
    screen: Screen, evil: list[Any]
) -> None:
    """For deferred slots, a refresh, a modal and Back."""
    screen.hard("/.//evil.example/")  # its path is //evil.example/
    screen.assert_shows(**PAGE)
    screen.evaluate("parallelRoutes.refresh()")
    screen.settle()
    screen.soft("/photo/")
    screen.assert_shows(**{**PAGE, "modal": "modal Close"})
    screen.click("Close")
    screen.assert_shows(**PAGE)
    screen.soft("/a/")
    screen.assert_at("/a/")
    screen.back()
    screen.assert_shows(**PAGE)
    screen.forget()
    screen.evaluate("parallelRoutes.refresh('children', 'side')")
    screen.settle()
    screen.assert_shows(**PAGE)
    assert evil == []


@pytest.mark.in_turn
@pytest.mark.parametrize("number", range(len(ELSEWHERE)))
def test_a_link_to_another_site_is_the_browsers(
    screen: Screen, evil: list[Any], number: int
) -> None:
    """B19: other origins are left alone, however they are written."""
    screen.hard("/a/")
    screen.click(f"To {number}")
    screen.page.get_by_text("evil").first.wait_for(timeout=PATIENCE * 1000)
    assert len(evil) == 1


def test_a_script_that_visits_another_site_loads_it(screen: Screen, evil: list[Any]) -> None:
    """B19: ``parallelRoutes.visit()`` is as good as a link."""
    screen.hard("/a/")
    screen.evaluate("parallelRoutes.visit('//evil.example/')")
    screen.page.get_by_text("evil").first.wait_for(timeout=PATIENCE * 1000)
    assert len(evil) == 1


def test_a_request_of_the_projects_own_tells_another_site_nothing(
    screen: Screen, evil: list[Any]
) -> None:
    """B53: where htmx may ask other sites, it asks without our header."""
    screen.hard("/a/")
    screen.evaluate(
        """() => {
            htmx.config.selfRequestsOnly = false;
            htmx.config.mode = "cors";
            const source = document.body.appendChild(document.createElement("p"));
            const more = { source, target: source, swap: "innerHTML" };
            return htmx.ajax("GET", "//evil.example/a/", more);
        }"""
    )
    screen.assert_says("evil", "body > p")
    assert [request.url for request in evil if request.method == "GET"] == [
        "http://evil.example/a/"
    ]
