"""What the tutorial promises at each of its "You should see": run in the project's folder, by its Python.

python promises.py 4.2 "words that stand on a page" …

Imports nothing of the other tests: the project knows Django and the package, as a reader's does.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from html import unescape
from io import StringIO
from typing import Any
from unittest import mock

import django
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment
from django.utils.html import strip_tags

from django_parallel_routes.test import SlotClient

IN_THE_TERMINAL = {"2.1", "4.3", "10.1", "10.2", "10.3"}
"""What is seen in the output of a command, which is compared."""

promises: dict[str, Callable[[], None]] = {}
seen: list[str] = []
"""The text of all pages that were looked at."""


def promise(name: str) -> Callable[[Callable[[], None]], None]:
    def keep(function: Callable[[], None]) -> None:
        promises[name] = function

    return keep


class Reader(SlotClient):
    """A user at a browser, whose screen is recorded after each step."""

    def _do(self, *arguments: Any) -> Any:
        response = yield from super()._do(*arguments)
        seen.append(self.screen.text)
        return response


def document(url: str, status: int = 200) -> str:
    """Ask for a page as it comes from the server; returns its source."""
    response = Client(raise_request_exception=False).get(url)
    assert response.status_code == status, f"{url} answers {response.status_code}"
    seen.append(" ".join(unescape(strip_tags(response.text)).split()))
    return response.text


def clean() -> None:
    """`manage.py check` has nothing to say."""
    call_command("check", fail_level="WARNING", stdout=StringIO())


@promise("1.1")
def the_rocket() -> None:
    clean()
    document("/")


@promise("3.1")
def two_pages() -> None:
    clean()
    wall = document("/")
    assert wall.index("Morning fog") < wall.index("Heather")
    assert wall.count("<svg") == 6
    files = re.findall(r'(?:src|href)="/static/([^"?]+)', wall)
    assert len(files) >= 3
    assert all(map(finders.find, files)), files
    about = document("/about/")
    assert ">About</title>" in about
    assert "Morning fog" not in about
    reader = Reader()
    reader.load("/")
    reader.click("About")
    reader.assert_changed("children")
    reader.assert_title("About")


@promise("4.1")
def the_panel_is_kept() -> None:
    reader = Reader()
    reader.load("/")
    reader.click("About")
    reader.assert_changed("children")
    reader.assert_kept("activity")
    reader.back()
    reader.assert_kept("activity")
    reader.click("About")
    reader.click("Photos")
    reader.assert_changed("children", "activity")


@promise("4.2")
def a_reload_does_not_find_it() -> None:
    document("/about/", status=404)


@promise("4.4")
def the_default_is_there() -> None:
    clean()
    reader = Reader()
    reader.load("/about/")
    reader.click("Photos")
    reader.click("About")
    reader.click("Photos")
    reader.assert_changed("children")
    reader.assert_kept("activity")


@promise("5.1")
def a_photo_and_its_neighbours() -> None:
    clean()
    reader = Reader()
    reader.load("/")
    reader.click("The long beach")
    reader.assert_changed("children")
    reader.assert_kept("activity")
    assert "→" not in document("/photos/6/")
    document("/photos/7/", status=404)


@promise("6.1")
def over_the_wall() -> None:
    clean()
    reader = Reader()
    reader.load("/")
    reader.click("Pines")
    reader.assert_url("/photos/3/")
    reader.assert_open("modal", "Pines")
    reader.assert_kept("children", "activity")
    reader.click("Red rocks →")
    reader.assert_open("modal", "Red rocks")
    reader.close()
    reader.assert_url("/")
    reader.click("Pines")
    reader.back()
    reader.assert_closed()
    reader.forward()
    reader.assert_open("modal", "Pines")
    reader.reload()
    reader.assert_closed()
    reader.assert_shows("children", "Pines")
    assert "Heather" not in reader.screen.text


@promise("7.1")
def an_error_in_the_dialog() -> None:
    clean()
    reader = Reader()
    reader.load("/")
    reader.click("Pines")
    reader.submit_form(button="Say it")
    reader.assert_open("modal", "This field is required.")
    assert 'aria-invalid="true"' in reader.screen.slots["modal"].html


@promise("7.2")
def a_comment_in_two_slots() -> None:
    reader = Reader()
    reader.load("/")
    reader.click("Pines")
    reader.submit_form({"name": "Cleo", "text": "I can smell them."}, button="Say it")
    reader.assert_open("modal", "Cleo: I can smell them.")
    reader.assert_shows("activity", "Cleo on Pines: I can smell them.")
    reader.assert_kept("children")


@promise("8.1")
def the_page_does_not_wait() -> None:
    clean()
    reader = Reader()
    with mock.patch("gallery.views.time.sleep") as sleep:
        reader.load("/", settle=False)
        assert reader.screen.slots["palette"].state == "loading"
        assert not sleep.called
        reader.settle()
        assert sleep.called
    reader.assert_shows("palette", "Colours of the gallery")


@promise("8.2")
def what_fails_fails_in_its_place() -> None:
    reader = Reader(raise_request_exception=False)
    with mock.patch("gallery.views.time.sleep", side_effect=ZeroDivisionError):
        reader.load("/")
    reader.assert_shows("palette", "ZeroDivisionError")
    reader.assert_shows("children", "Heather")


@promise("9.1")
def no_desk_for_strangers() -> None:
    clean()
    reader = Reader()
    reader.load("/", settle=False)
    assert "Your desk" not in reader.screen.text
    reader.click("Log in", settle=False)
    reader.assert_open("modal", "Password")


@promise("9.2")
def a_desk_for_those_who_log_in() -> None:
    reader = Reader()
    reader.load("/", settle=False)
    reader.click("Log in", settle=False)
    reader.submit_form(
        {
            "username": os.environ["DJANGO_SUPERUSER_USERNAME"],
            "password": os.environ["DJANGO_SUPERUSER_PASSWORD"],
        },
        settle=False,
    )
    reader.assert_url("/")
    reader.assert_closed()
    reader.assert_shows("desk", "Your desk")


def main(name: str, *words: str) -> None:
    sys.path.insert(0, os.getcwd())
    os.environ["DJANGO_SETTINGS_MODULE"] = "mysite.settings"
    django.setup()
    setup_test_environment(debug=True)
    if name not in IN_THE_TERMINAL:
        promises[name]()
    for word in words:
        assert any(word in text for text in seen), f"“{word}” is not to be seen in {seen}"


main(*sys.argv[1:])
