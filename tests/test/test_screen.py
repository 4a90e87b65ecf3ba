"""What is on screen, as values and as a table, and the assertions about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import TestCase

from django_parallel_routes.test import (
    SlotClient,
)
from tests.support.slot_clients import HOME, answering, says, shown


def test_a_screen_prints_what_is_on_it_as_a_table(site: Any) -> None:
    assert str(site.screen) == "Nothing is loaded yet."
    site.load("/")
    site.visit("/photo/1/")
    assert str(site.screen) == (
        '/photo/1/  "Photo"\n'
        "   children        page         /          home\n"
        "   side            default      /          no side\n"
        "*  modal           layout       /\n"
        "*  modal.children  intercepted  /photo/1/  modal 1 Next"
    )


def test_a_page_without_slots_prints_its_text(site: Any) -> None:
    site.load("/plain/")
    assert str(site.screen) == '/plain/  "Plain"\n  home'
    site.load("/nowhere/")
    assert str(site.screen).startswith('/nowhere/  "Not Found"  (status 404)\n  Not Found The')
    assert site.screen.status_code == 404


def test_later_steps_do_not_change_a_screen(site: Any) -> None:
    site.load("/")
    before = site.screen
    site.visit("/other/")
    assert before.url == "/"
    assert before.slots["children"].text == "home"
    assert site.screen.slots["children"].url == "/other/"
    assert before.slots["children"] != site.screen.slots["children"]


def test_the_response_is_djangos(site: Any) -> None:
    assert site.load("/") is site.response
    assert site.visit("/other/") is site.response
    assert site.response["Parallel-Routes"] == "/other/"


def test_djangos_own_methods_leave_the_screen_alone(site: Any) -> None:
    site.load("/")
    assert site.get("/other/").status_code == 200
    assert shown(site) == HOME


def test_a_step_needs_a_page_to_start_from(site: Any) -> None:
    with pytest.raises(
        AssertionError, match=r"^A visit of / needs a page to start from: load\(\)"
    ):
        site.visit("/")


# --- assertions ---


def failing(assertion: Callable[..., None], *args: Any, **kwargs: Any) -> str:
    with pytest.raises(AssertionError) as error:
        assertion(*args, **kwargs)
    return str(error.value).partition("\n")[0]


def test_a_failed_assertion_says_what_and_why(site: Any) -> None:
    site.load("/")
    site.visit("/plain/")
    site.back()
    site.visit("/photo/1/", intercept=False)
    with pytest.raises(AssertionError) as error:
        site.assert_shows("modal", "photo 1")
    assert str(error.value) == (
        "Slot 'modal' is empty, expected 'photo 1'. The last step was a visit of /photo/1/ from /; the "
        "server responded with slots: a soft navigation. The plan for 'modal' was 'keep': "
        "nothing in it matches.\n"
        '/photo/1/  "Photo 1"\n'
        "*  children  page     /photo/1/  photo 1\n"
        "   side      default  /          no side\n"
        "   modal     empty    /"
    )
    site.visit("/plain/")
    assert failing(site.assert_shows, "modal", "x") == (
        "There is no slot 'modal' on screen. The last step was a visit of /plain/ from /photo/1/; "
        "the server responded with a document. Its requests were: soft GET /plain/; hard GET /plain/. "
        "The page has no {% parallel_routes_script %}, so each step loads a document."
    )
    assert SlotClient().explain() == "No step was made yet."


def test_assertions_name_what_was_expected(site: Any) -> None:
    site.load("/")
    said = {
        "Slot 'children' shows 'home', expected 'away' in it.": failing(
            site.assert_shows, "children", "away"
        ),
        "Slot 'children' shows 'page', expected 'default'.": failing(
            site.assert_shows, "children", shows="default"
        ),
        "Slot 'children' is rendered for /, expected /x/.": failing(
            site.assert_shows, "children", url="/x/"
        ),
        "Slot 'modal' is empty, expected something.": failing(site.assert_shows, "modal"),
        "Slot 'modal' is empty, expected 'page'.": failing(
            site.assert_shows, "modal", shows="page"
        ),
        "Slot 'modal' is empty, expected /x/.": failing(site.assert_shows, "modal", url="/x/"),
        "Nothing is open in slot 'modal': it is empty.": failing(site.assert_open),
        "Nothing is open in slot 'side': it shows 'default'.": failing(site.assert_open, "side"),
        "Slot 'children' has changed, expected that it is kept.": failing(
            site.assert_kept, "children"
        ),
        "Slot 'side' has changed as well, expected a change of 'children' and 'modal'.": failing(
            site.assert_changed, "children", "modal"
        ),
        "The address bar shows /, expected /x/.": failing(site.assert_url, "/x/"),
        "The title is 'Home', expected 'X'.": failing(site.assert_title, "X"),
        "The address bar shows nothing, expected /.": failing(SlotClient().assert_url, "/"),
    }
    for expected, found in said.items():
        assert found.startswith(expected), found
    site.visit("/photo/1/")
    assert failing(site.assert_closed).startswith("Slot 'modal' is open: it shows 'modal 1 Next'.")
    assert failing(site.assert_changed, "side").startswith(
        "Slot 'side' was kept, expected a change."
    )
    assert failing(site.assert_changed).startswith(
        "Slot 'modal' has changed as well, expected no change."
    )
    assert failing(site.assert_open, "modal", "modal 7").startswith(
        "Slot 'modal' shows 'modal 1 Next'"
    )


def test_assertions_pass_if_they_are_true(site: Any) -> None:
    site.load("/")
    site.visit("/photo/1/")
    site.assert_shows("modal")
    site.assert_shows("modal", "modal  1", shows="intercepted", url="/photo/1/")
    site.assert_shows("side", shows="default")
    site.assert_changed("modal")
    site.assert_changed("modal.children")
    site.assert_kept("children", "side")
    site.assert_title("Photo")
    site.close()
    site.assert_shows("modal", shows="empty")
    site.assert_closed("nowhere")


@pytest.mark.parametrize("text", ["long ", "長い"])
def test_long_texts_are_cut(settings: Any, make: Callable[..., Any], text: str) -> None:
    """Texts with and without spaces."""
    client = answering(settings, make, says(text * 40))
    client.visit("/it/")
    row = str(client.screen).splitlines()[1]
    assert row.endswith("…")
    assert text * 8 in row
    assert "…', expected 'short' in it." in failing(client.assert_shows, "children", "short")


class ATestCase(TestCase):
    """``client_class`` is all that unittest needs."""

    client_class = SlotClient

    def test_the_client_of_a_test_case(self) -> None:
        with self.settings(ROOT_URLCONF="tests.urls.machine"):
            self.client.load("/")
            self.client.visit("/photo/1/")
            self.client.assert_open("modal", "photo modal 1")


def test_a_login_holds_for_all_tabs(make: Callable[..., Any], db: None) -> None:
    user = User.objects.create_user("ada")
    client = make()
    client.force_login(user)
    assert client.new_tab().cookies["sessionid"].value == client.cookies["sessionid"].value
