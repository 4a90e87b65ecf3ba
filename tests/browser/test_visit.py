"""Scripts that navigate: ``parallelRoutes.visit()`` and ``htmx.ajax()``."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen
from tests.urls.nav_links import HOME

pytestmark = pytest.mark.urls("tests.urls.nav_links")


@pytest.mark.parametrize(
    "call", ["htmx.ajax('GET', '/l/both/')", "htmx.ajax('GET', '/l/both/', 'body')"]
)
def test_htmx_ajax_navigates(screen: Screen, call: str) -> None:
    """It makes a history entry, as a link does."""
    screen.hard("/l/")
    screen._forget_requests()
    screen.evaluate(f"() => {{ {call}; }}")
    screen.assert_shows(children="both", team="team of both")
    screen.assert_at("/l/both/")
    screen.assert_sent("soft GET /l/both/")
    screen.back()
    screen.assert_shows(**HOME)
    screen.assert_at("/l/")


def test_visit_navigates_and_resolves_when_the_page_has_changed(screen: Screen) -> None:
    """So a script can wait for the new content."""
    screen.hard("/l/")
    screen._forget_requests()
    text = screen.evaluate(
        """async () => {
            await parallelRoutes.visit("/l/both/");
            return document.querySelector("#slot-team").innerText + location.pathname;
        }"""
    )
    assert text == "team of both/l/both/"
    screen.assert_shows(children="both", team="team of both")
    screen.assert_sent("soft GET /l/both/")
    screen.back()
    screen.assert_shows(**HOME)


@pytest.mark.parametrize(
    ("history", "url"), [("push", "/l/both/"), ("replace", "/l/both/"), (False, "/l/")]
)
def test_visit_may_name_a_slot_and_spare_the_history(
    screen: Screen, history: str | bool, url: str
) -> None:
    """B19: as links can."""
    screen.hard("/plain/")
    screen.hard("/l/")
    before = screen.evaluate("history.length")
    screen.evaluate(
        "(history) => parallelRoutes.visit('/l/both/', { slot: 'team', history })", history
    )
    screen.assert_shows(children="home", team="team of both")
    screen.assert_at(url)
    assert screen.evaluate("history.length") == before + (history == "push")
    screen.back()
    if history == "push":
        screen.assert_shows(**HOME)
    screen.assert_at("/l/" if history == "push" else "/plain/")


def test_visit_goes_to_documents_and_hashes_too(screen: Screen) -> None:
    """S17: what is no slot answer is a document."""
    screen.hard("/l/")
    screen.evaluate("() => { parallelRoutes.visit('/l/other/#nowhere'); }")
    screen.assert_shows(children="other", team="team default")
    screen.assert_at("/l/other/#nowhere")
    screen.evaluate("() => { parallelRoutes.visit('/plain/'); }")
    screen.assert_at("/plain/")
