"""What the tutorial promises at each of its "You should see": run in the project's folder, by its Python.

python promises.py 4.2 "words that stand on a page" …

Imports nothing of the tests: the project knows Django and the package, as a reader's does.
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

sys.path.insert(0, os.getcwd())
os.environ["DJANGO_SETTINGS_MODULE"] = "mysite.settings"

import django

django.setup()

from django.contrib.staticfiles import finders  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils.html import strip_tags  # noqa: E402

promises: dict[str, Callable[[], None]] = {}
seen: list[str] = []
"""The text of all pages that were looked at."""


def promise(name: str) -> Callable[[Callable[[], None]], None]:
    def keep(function: Callable[[], None]) -> None:
        promises[name] = function

    return keep


class Browser:
    """A client that remembers what there was to read."""

    def __init__(self) -> None:
        self.client = Client(headers={"host": "localhost"}, raise_request_exception=False)
        self.page = ""

    def hard(self, url: str, status: int = 200) -> str:
        """Load a document; returns its text."""
        return self._read(self.client.get(url), status)

    def post(self, url: str, data: dict[str, str]) -> str:
        """Send a form as without JavaScript."""
        return self._read(self.client.post(url, data, follow=True), 200)

    def _read(self, response: Any, status: int) -> str:
        assert response.status_code == status, f"{response.status_code}: {response.text}"
        self.page = response.text
        return read(self.page)


def read(page: str) -> str:
    text = " ".join(unescape(strip_tags(page)).split())
    seen.append(text)
    return text


def clean() -> None:
    """`manage.py check` has nothing to say."""
    call_command("check", fail_level="WARNING", stdout=StringIO())


@promise("1.1")
def the_rocket() -> None:
    clean()
    Browser().hard("/")


@promise("2.1")
def titles_in_the_terminal() -> None:
    clean()


@promise("3.1")
def two_pages() -> None:
    clean()
    browser = Browser()
    wall = browser.hard("/")
    assert wall.index("Morning fog") < wall.index("Heather")
    assert browser.page.count("<svg") == 6
    assert "Morning fog" not in browser.hard("/about/")
    assert ">About</title>" in browser.page
    files = re.findall(r'(?:src|href)="/static/([^"?]+)', browser.page)
    assert len(files) >= 3
    assert all(map(finders.find, files)), files


@promise("4.1")
def the_panel_is_kept() -> None:
    browser = Browser()
    browser.hard("/")


@promise("4.2")
def a_reload_does_not_find_it() -> None:
    Browser().hard("/about/", status=404)


@promise("4.3")
def the_default_is_there() -> None:
    clean()
    browser = Browser()
    browser.hard("/about/")


@promise("5.1")
def a_photo_and_its_neighbours() -> None:
    clean()
    browser = Browser()
    browser.hard("/")
    assert 'href="/photos/2/"' in browser.page
    browser.hard("/photos/2/")
    assert "→" not in browser.hard("/photos/6/")
    browser.hard("/photos/7/", status=404)


@promise("6.1")
def over_the_wall() -> None:
    clean()
    browser = Browser()
    assert "Heather" not in browser.hard("/photos/3/")
    assert "<dialog" not in browser.page


@promise("7.1")
def an_error_in_the_dialog() -> None:
    clean()
    browser = Browser()
    browser.hard("/photos/3/")
    browser.post("/photos/3/", {"name": "", "text": ""})


@promise("7.2")
def a_comment_in_two_slots() -> None:
    browser = Browser()
    browser.post("/photos/3/", {"name": "Cleo", "text": "I can smell them."})
    browser.hard("/photos/3/")


@promise("8.1")
def the_page_does_not_wait() -> None:
    clean()
    browser = Browser()
    with mock.patch("gallery.views.time.sleep") as sleep:
        assert "Colours of the gallery" not in browser.hard("/")
        assert not sleep.called
        assert "Colours of the gallery" in browser.hard("/?slots=inline")
        assert sleep.called


@promise("8.2")
def what_fails_fails_in_its_place() -> None:
    browser = Browser()
    with mock.patch("gallery.views.time.sleep", side_effect=ZeroDivisionError):
        assert "Heather" in browser.hard("/?slots=inline")


@promise("9.1")
def no_desk_for_strangers() -> None:
    clean()
    browser = Browser()
    assert "Your desk" not in browser.hard("/")


@promise("9.2")
def a_desk_for_those_who_log_in() -> None:
    browser = Browser()
    who = {
        "username": os.environ["DJANGO_SUPERUSER_USERNAME"],
        "password": os.environ["DJANGO_SUPERUSER_PASSWORD"],
    }
    browser.post("/login/", who)
    browser.hard("/")


def main(name: str, *words: str) -> None:
    promises[name]()
    for word in words:
        assert any(word in text for text in seen), f"“{word}” is not to be seen in {seen}"


main(*sys.argv[1:])
