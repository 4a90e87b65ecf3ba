"""Sessions that have expired, permissions that are lost, CSRF tokens that are stale: the whole window
goes to the login or the error, and returns to the page of before (B54).
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session

from tests.browser.harness import Screen
from tests.support.gates import Gates

pytestmark = pytest.mark.urls("tests.urls.sessions")


@pytest.fixture
def middleware(use_middleware: Callable[..., None]) -> None:
    """What wants the login before any view is called; the views' own decorators would, too."""
    use_middleware("django.contrib.auth.middleware.LoginRequiredMiddleware")


@pytest.fixture
def member(screen: Screen, transactional_db: None) -> Screen:
    """Somebody who is logged in, and may do what staff may."""
    get_user_model().objects.create_user("ada", password="secret", is_staff=True)
    screen.hard("/become/ada/")
    screen.assert_shows(children="home")
    return screen


def log_in(screen: Screen) -> None:
    screen.type("[name=username]", "ada")
    screen.type("[name=password]", "secret")
    screen.click("Log in")


def expire() -> None:
    Session.objects.all().delete()


def assert_login(screen: Screen, back: str) -> None:
    """The window shows the login as a document, with the way back, and nothing of what was there."""
    login = f"/accounts/login/?next={back}"
    screen.assert_at(login)
    screen.assert_shows(children="Please log in Log in")
    screen.assert_title("Log in")
    assert str(screen.requests[-1]) == f"hard GET {login}"


@pytest.mark.in_turn
@pytest.mark.parametrize("by", ["decorators", "middleware"])
def test_a_link_leads_to_the_login_and_on_to_its_page(
    member: Screen, by: str, request: pytest.FixtureRequest
) -> None:
    """B54: as without JavaScript."""
    if by == "middleware":
        request.getfixturevalue("middleware")
    expire()
    member.soft("/work/")
    assert_login(member, "/work/")
    log_in(member)
    member.assert_shows(children="work Save Peek")
    member.assert_at("/work/")


@pytest.mark.usefixtures("middleware")
def test_a_form_leads_to_the_login_and_back_to_its_screen(member: Screen) -> None:
    """B54: not to the URL that it was sent to, which has no page."""
    member.soft("/work/")
    member.assert_shows(children="work Save Peek")
    expire()
    member.click("Save")
    assert_login(member, "/work/")
    log_in(member)
    member.assert_shows(children="work Save Peek")
    member.assert_at("/work/")
    member.click("Save")
    member.assert_shows(children="home")


@pytest.mark.usefixtures("middleware")
def test_a_form_in_a_modal_leads_to_the_login_and_back_to_its_url(member: Screen) -> None:
    """B54, S26: which is a page of its own after a document load."""
    member.soft("/note/")
    member.assert_shows(children="home", modal="note Save Peek")
    expire()
    member.click("Save")
    assert_login(member, "/note/")
    log_in(member)
    member.assert_shows(children="note page Save Peek")
    member.assert_at("/note/")


@pytest.mark.usefixtures("middleware")
def test_an_interception_leads_to_the_login_of_the_window(member: Screen) -> None:
    """B54, B30: and not to the modal that this site has for those who click on a link to the login."""
    expire()
    member.soft("/note/")
    assert_login(member, "/note/")


@pytest.mark.usefixtures("middleware")
def test_a_refresh_leads_to_the_login_and_back(member: Screen) -> None:
    """B54: with the query, though each slot has a URL of its own."""
    member.hard("/work/?q=1")
    expire()
    member.evaluate("() => { parallelRoutes.refresh(); }")
    assert_login(member, "/work/%3Fq%3D1")
    log_in(member)
    member.assert_shows(children="work Save Peek")
    member.assert_at("/work/?q=1")


@pytest.mark.usefixtures("middleware")
def test_back_leads_to_the_login_and_back(member: Screen) -> None:
    """B54: what is not in memory is asked for, and refused; after the login it is there."""
    member.hard("/")
    member.forget()
    member.soft("/work/")
    member.assert_shows(children="work Save Peek")
    expire()
    member.back()
    assert_login(member, "/")
    log_in(member)
    member.assert_shows(children="home")
    member.assert_at("/")


@pytest.mark.usefixtures("middleware")
def test_a_request_with_a_target_of_its_own_leads_to_the_login_and_back(member: Screen) -> None:
    """B54, B19: no login is shown in the middle of a page."""
    member.soft("/work/")
    member.assert_shows(children="work Save Peek")
    expire()
    member.click("Peek")
    assert_login(member, "/work/")
    log_in(member)
    member.assert_shows(children="work Save Peek")


def test_a_deferred_slot_leads_to_the_login_and_back(member: Screen, gates: Gates) -> None:
    """B54, S43: the session ends between the page and its slot."""
    gates.close("later")
    member.open("/board/")
    gates.expect_arrival("later")
    expire()
    gates.open("later")
    assert_login(member, "/board/")
    log_in(member)
    member.assert_shows(children="board", later="later")
    member.assert_at("/board/")


# --- CSRF and permissions ---


@pytest.mark.in_turn
@pytest.mark.parametrize("path", ["/work/", "/note/"])
def test_a_stale_csrf_token_shows_djangos_page(member: Screen, path: str) -> None:
    """B54: as the whole window, from a slot and from a modal; Back returns, with a token that works."""
    shown = {"children": "work Save Peek"} if path == "/work/" else MODAL
    member.expect_noise("403")
    member.soft(path)
    member.assert_shows(**shown)
    member.new_tab().hard("/become/ada/")
    member.click("Save")
    member.assert_says("CSRF verification failed")
    assert member.slots() == {}
    member.back()
    member.assert_at(path)
    member.assert_shows(**shown)
    member.click("Save")
    member.assert_shows(**({"children": "home"} if path == "/work/" else SAVED))


MODAL = {"children": "home", "modal": "note Save Peek"}
SAVED = {"children": "home", "modal": "note: Save Peek"}


def test_a_permission_lost_before_a_form_shows_the_error(member: Screen) -> None:
    """B54, S46: in the whole window. Back returns to what the user may see of the page."""
    member.expect_noise("403")
    member.soft("/staff/")
    member.assert_shows(children="staff Save Peek")
    is_staff(False)
    member.click("Save")
    member.assert_says("403 Forbidden")
    assert member.slots() == {}
    is_staff(True)
    member.back()
    member.assert_at("/staff/")
    member.assert_shows(children="staff Save Peek")


def test_a_permission_lost_before_a_click_shows_the_error(member: Screen) -> None:
    """B54, S46: at the URL of the link; Back returns to the screen."""
    member.expect_noise("403")
    is_staff(False)
    member.soft("/staff/")
    member.assert_says("403 Forbidden")
    member.assert_at("/staff/")
    assert member.slots() == {}
    member.back()
    member.assert_at("/")
    member.assert_shows(children="home")


def is_staff(yes: bool) -> None:
    get_user_model().objects.update(is_staff=yes)


def test_back_does_not_lead_to_a_modal_by_which_someone_has_logged_in(member: Screen) -> None:
    """S40: the document of the page beneath takes the place of the modal's entry."""
    get_user_model().objects.create_user("bob")
    member.evaluate("parallelRoutes.visit('/switch/')")
    member.assert_at("/switch/")
    member.type("#slot-modal [name=name]", "bob")
    member.click("css=#slot-modal form button")
    member.assert_at("/")
    member.assert_shows(children="home")
    assert str(member.requests[-1]) == "hard GET /"
    member.back()
    member.assert_at("/")
    member.assert_shows(children="home")
