"""Soft navigations whose responses have no slots of the layout on screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytest_django.fixtures import Settings

from tests.browser.harness import PATIENCE, Screen
from tests.urls.nav_responses import SCRIPT, posted

pytestmark = [pytest.mark.urls("tests.urls.nav_responses"), pytest.mark.chromium]

HOME = {"children": "home", "side": "side default"}
ABORTED = r"request failed: .*ERR_ABORTED"  # what a document load that comes to nothing is called


def assert_loads_document(screen: Screen, path: str, *, at: str = "", saying: str) -> None:
    """Click the link: at its URL, or at ``at``, there is a document that says something."""
    screen.soft(path)
    screen.assert_at(at or path)
    screen.page.get_by_text(saying).first.wait_for(timeout=PATIENCE * 1000)
    assert str(screen.requests[-1]) == f"hard GET {at or path}"


# --- Links ---


def test_a_link_to_a_page_without_slots_loads_it(screen: Screen) -> None:
    """S17: a URL outside the mounted root layout is a full document load."""
    screen.hard("/in/")
    assert_loads_document(screen, "/plain/", saying="plain")
    screen.assert_title("Plain")
    assert screen.slots() == {}
    screen.back()
    screen.assert_shows(**HOME)
    screen.assert_at("/in/")


def test_a_link_to_another_layout_loads_it(screen: Screen) -> None:
    """S17: a URL outside the mounted root layout is a full document load."""
    screen.hard("/in/")
    assert_loads_document(screen, "/other/", saying="other home")
    screen.assert_title("Another layout")
    assert screen.slots() == {"children": "other home"}
    screen.back()
    screen.assert_shows(**HOME)


@pytest.mark.in_turn
@pytest.mark.parametrize(
    "path", ["/in/nowhere/", "/in/missing/", "/in/side-missing/", "/in/deep/only-aside/"]
)
def test_a_404_becomes_the_document(screen: Screen, path: str) -> None:
    """S17, S14: a 404 is a document, be it that no slot matches, that one slot's view raises it, or
    that a segment newly entered has a slot that nothing fills.
    """
    screen.expect_noise("404")
    screen.hard("/in/")
    assert_loads_document(screen, path, saying="Not Found")
    screen.back()
    screen.assert_shows(**HOME)


def test_a_view_that_raises_makes_a_500_of_the_document(screen: Screen) -> None:
    """S17, S44: without an ``error`` of its own, a slot's exception propagates."""
    screen.expect_noise("500")
    screen.hard("/in/")
    assert_loads_document(screen, "/in/broken/", saying="Server Error (500)")


def test_a_refusal_becomes_the_document(screen: Screen) -> None:
    """S46: a refusal of a slot's view is honoured for the page."""
    screen.expect_noise("403")
    screen.hard("/in/")
    assert_loads_document(screen, "/in/forbidden/", saying="403 Forbidden")


def test_a_login_that_a_slot_wants_takes_the_whole_window(screen: Screen) -> None:
    """B54: a decorator's redirect leads the window to the login page, with the way back."""
    screen.hard("/in/")
    login = "/accounts/login/?next=/in/private/"
    assert_loads_document(screen, "/in/private/", at=login, saying="log in")
    screen.assert_title("Log in")
    screen.back()
    screen.assert_shows(**HOME)


def test_a_login_that_middleware_wants_takes_the_whole_window(
    screen: Screen, use_middleware: Callable[..., None]
) -> None:
    """B54: an expired session leads to the login page, whichever request notices it."""
    screen.hard("/in/")
    use_middleware("tests.urls.nav_middleware.login_for_guarded")
    login = "/accounts/login/?next=/in/guarded/"
    assert_loads_document(screen, "/in/guarded/", at=login, saying="log in")


def test_json_becomes_the_document(screen: Screen) -> None:
    """S17, B61: never in a slot, and made of the answer that is there."""
    screen.hard("/in/")
    screen.soft("/in/json/")
    screen.page.get_by_text('{"answer": 42}').first.wait_for(timeout=PATIENCE * 1000)
    screen.assert_at("/in/json/")
    screen.assert_sent("soft GET /in/json/")


def test_an_empty_answer_changes_nothing(screen: Screen) -> None:
    """S17, B21: a browser that gets a 204 stays where it is, and so does the address."""
    screen.tolerate_noise(ABORTED)
    screen.hard("/in/")
    screen.mark()
    screen.soft("/in/empty/")
    screen.settle()
    screen.assert_shows(**HOME)
    screen.assert_at("/in/")
    assert screen.kept("children")
    assert screen.page.get_attribute("html", "data-pr-navigating") is None


def test_a_file_is_downloaded_and_the_page_stays(screen: Screen) -> None:
    """S17: an attachment is no fragment; the browser saves it, and nothing else changes."""
    screen.tolerate_noise(ABORTED)
    screen.hard("/in/")
    screen.mark()
    with screen.page.expect_download() as download:
        screen.soft("/in/file/")
    assert download.value.suggested_filename == "numbers.csv"
    assert download.value.path().read_text() == "1,2,3"
    screen.assert_shows(**HOME)
    screen.assert_at("/in/")
    assert screen.kept("children")


def test_a_redirect_within_the_layout_is_followed_softly(screen: Screen) -> None:
    """S13: the address is that of the target; its slots change, in one go."""
    screen.hard("/in/")
    screen.soft("/in/old/")
    screen.assert_shows(children="page", side="side page")
    screen.assert_at("/in/page/")
    screen.assert_title("Page")
    screen.assert_sent("soft GET /in/old/", "soft GET /in/page/")
    screen.back()
    screen.assert_shows(**HOME)
    screen.assert_at("/in/")


def test_a_redirect_by_middleware_is_followed_softly(screen: Screen) -> None:
    """S13: APPEND_SLASH, for one, redirects before any slot is asked."""
    screen.hard("/in/")
    screen.mark()
    screen.soft("/in/unslashed")
    screen.assert_shows(children="slashed", side="side default")
    screen.assert_at("/in/unslashed/")
    assert screen.kept("side")


def test_a_redirect_out_of_the_layout_loads_the_target(screen: Screen) -> None:
    """S17: at the URL of the target."""
    screen.hard("/in/")
    assert_loads_document(screen, "/in/out/", at="/plain/", saying="plain")


def test_a_redirect_to_another_site_is_followed_by_the_window(screen: Screen) -> None:
    """S17: which no script could follow."""
    screen.hard("/in/")
    screen.soft("/in/away/")
    screen.page.get_by_role("heading", name="plain").wait_for(timeout=PATIENCE * 1000)
    assert screen.page.evaluate("location.hostname") == "127.0.0.1"
    assert screen.url == "/plain/"


# --- Forms ---


@pytest.fixture
def form_screen(screen: Screen) -> Screen:
    posted.clear()
    screen.hard("/in/")
    return screen


@pytest.mark.parametrize(
    ("button", "url"),
    [
        ("Answered by a page", "/form/page/"),
        ("Answered by a page without scripts", "/form/bare/"),
    ],
)
def test_a_form_answered_by_a_page_shows_it(form_screen: Screen, button: str, url: str) -> None:
    """S17: though it is sent once only, the page stands at the form's URL, and Back leaves it."""
    form_screen.tolerate_noise(ABORTED)  # htmx on that page asks for the entry, too
    form_screen.click(button)
    form_screen.page.get_by_role("heading", name="plain").wait_for(timeout=PATIENCE * 1000)
    form_screen.assert_at(url)
    form_screen.assert_title("Plain")
    assert form_screen.slots() == {}
    assert posted == [url]
    form_screen.page.evaluate("() => { setTimeout(() => history.back()); }")
    form_screen.assert_at("/in/")
    form_screen.assert_shows(**HOME)
    assert posted == [url]


def test_a_form_answered_by_an_error_shows_it(form_screen: Screen) -> None:
    """S17: as a document, sent once."""
    form_screen.expect_noise("400")
    form_screen.click("Answered by an error")
    form_screen.page.get_by_role("heading", name="error").wait_for(timeout=PATIENCE * 1000)
    form_screen.assert_at("/form/error/")
    assert posted == ["/form/error/"]


def test_a_form_answered_by_nothing_leaves_the_page(form_screen: Screen) -> None:
    """S17: a browser that gets a 204 stays where it is."""
    form_screen.tolerate_noise(ABORTED)
    form_screen.mark()
    form_screen.click("Answered by nothing")
    form_screen.settle()
    form_screen.assert_shows(**HOME)
    form_screen.assert_at("/in/")
    assert form_screen.kept("children")
    assert posted == ["/form/empty/"]


def test_a_form_answered_by_an_event_refreshes_slots(form_screen: Screen) -> None:
    """S40: where neither the page nor another comes, the event says it."""
    form_screen.tolerate_noise(ABORTED)
    form_screen.mark()
    form_screen.click("Answered by an event")
    form_screen.assert_sent("soft POST /form/told/", "soft GET /in/")
    form_screen.assert_shows(**HOME)
    form_screen.assert_at("/in/")
    assert form_screen.kept("children")
    assert form_screen.rendered("side")


def test_a_form_answered_by_text_runs_no_script_in_it(form_screen: Screen) -> None:
    """S17: what is not HTML never becomes HTML: anybody may have written it."""
    form_screen.tolerate_noise(ABORTED)
    form_screen.click("Answered by text")
    form_screen.assert_says(SCRIPT)
    form_screen.settle()
    assert form_screen.page.title() != "hacked"
    assert form_screen.page.locator("img").count() == 0
    form_screen.assert_at("/form/text/")
    assert posted == ["/form/text/"]


def test_a_form_redirected_out_of_the_layout_loads_the_target(form_screen: Screen) -> None:
    """S17: at the URL of the target, and the form is sent once."""
    form_screen.click("Redirected out")
    form_screen.page.get_by_role("heading", name="plain").wait_for(timeout=PATIENCE * 1000)
    form_screen.assert_at("/plain/")
    assert posted == ["/form/out/"]
    form_screen.back()
    form_screen.assert_shows(**HOME)


def test_a_form_redirected_to_its_own_url_loads_it(form_screen: Screen) -> None:
    """S17: post, redirect, get; a reload asks for the page, not whether to send the form again."""
    form_screen.click("Redirected to itself")
    form_screen.page.get_by_role("heading", name="plain").wait_for(timeout=PATIENCE * 1000)
    form_screen.assert_at("/form/itself/")
    assert posted == ["/form/itself/"]
    form_screen.reload()
    form_screen.assert_at("/form/itself/")
    assert posted == ["/form/itself/"]


def test_a_form_redirected_into_the_layout_navigates_softly(form_screen: Screen) -> None:
    """S40: a redirect after a form is a soft navigation."""
    form_screen.click("Redirected in")
    form_screen.assert_shows(children="page", side="side page")
    form_screen.assert_at("/in/page/")
    form_screen.assert_sent("soft POST /form/in/", "soft GET /in/page/")
    form_screen.back()
    form_screen.assert_shows(**HOME)


@pytest.mark.in_turn
@pytest.mark.parametrize("debug", [False, True], ids=["production", "debug"])
@pytest.mark.parametrize("status", ["200", "422"])
def test_a_form_with_errors_is_shown_again_in_its_slot(
    screen: Screen, settings: Settings, status: str, debug: bool
) -> None:
    """B39: with what was typed, whatever its status, and with django-htmx's debug script as well."""
    settings.DEBUG = debug
    screen.tolerate_noise("422")
    screen.hard("/in/")
    screen.soft("/in/signup/")
    screen.page.get_by_label("kept").fill("mine")
    screen.mark()
    screen.page.get_by_label("name").fill(status)
    screen.click("Sign up")
    screen.assert_shows(children="no such name Sign up", side="side default")
    assert screen.page.get_by_label("name").input_value() == status
    assert screen.page.get_by_label("kept").input_value() == "mine"
    assert screen.kept("side")
    assert not screen.kept("children")
    screen.assert_at("/in/signup/")
    screen.assert_sent("soft POST /in/signup/")


# --- Debug ---


@pytest.mark.parametrize("path", ["/in/nowhere/", "/in/missing/"])
def test_the_debug_page_of_a_404_becomes_the_document(
    screen: Screen, settings: Settings, path: str
) -> None:
    """S17: at the right URL, though django-htmx's script would write it into the page."""
    settings.DEBUG = True
    screen.expect_noise("404")
    screen.hard("/in/")
    assert_loads_document(screen, path, saying="Page not found")
    screen.back()
    screen.assert_shows(**HOME)


def test_the_debug_page_of_a_500_becomes_the_document(screen: Screen, settings: Settings) -> None:
    """S17: at the right URL, though django-htmx's script would write it into the page."""
    settings.DEBUG = True
    screen.expect_noise("500")
    screen.hard("/in/")
    assert_loads_document(screen, "/in/broken/", saying="This view is broken.")
    screen.back()
    screen.assert_shows(**HOME)
