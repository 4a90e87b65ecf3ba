"""The worked example of docs/nextjs.md: the login modal of the seed, as its code blocks say it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from tests.window import HEADER, Window, serve, slots_in

PAGE = Path(__file__).resolve().parents[2] / "docs" / "nextjs.md"


def files() -> dict[str, str]:
    """The code blocks of the page, by the names in their first lines."""
    blocks = re.findall(
        r"^```\w+\n(?:# |\{# )(\S+)[^\n]*\n(.*?)^```$", PAGE.read_text(), re.M | re.S
    )
    return dict(blocks)


@pytest.fixture
def window(settings: Any, db: None) -> Window:
    sources = files()
    code = sources.pop("urls.py")
    loaders = [
        ("django.template.loaders.locmem.Loader", sources),
        "django.template.loaders.app_directories.Loader",
    ]
    engine = settings.TEMPLATES[0]
    options = {**engine["OPTIONS"], "loaders": loaders}
    settings.TEMPLATES = [{"BACKEND": engine["BACKEND"], "OPTIONS": options}]
    names: dict[str, Any] = {}
    exec(compile(code, str(PAGE), "exec"), names)
    get_user_model().objects.create_user("ada", password="analytical")
    return serve(settings, *names["urlpatterns"])


def test_a_click_opens_the_login_over_the_page(window: Window) -> None:
    """S22, S24, S26: one slot changes, the address bar shows the target."""
    window.hard("/")
    assert window.shows == {"auth": "", "children": "Hello"}
    window.soft("/login/")
    assert window.changed == ["auth"]
    assert window.url == "/login/"
    assert "<dialog data-pr-modal" in window.text
    assert window.shows["auth.children"].startswith("Log in")
    assert window.shows["children"] == "Hello"


def test_back_and_forward_close_and_open_it(window: Window) -> None:
    """S33, with the requests that are made where memory has nothing."""
    window.hard("/")
    home = window.entry
    window.soft("/login/")
    opened = window.entry
    window.restore(home)
    assert (window.changed, window.shows) == (["auth"], {"auth": "", "children": "Hello"})
    window.restore(opened)
    assert window.changed == ["auth"]
    assert window.entry == opened


def test_any_other_link_closes_it_without_a_catch_all(window: Window) -> None:
    """B18: "its modal closes when one navigates elsewhere, with no catch-all boilerplate"."""
    window.hard("/")
    window.soft("/login/")
    window.soft("/")
    assert window.shows == {"auth": "", "children": "Hello"}


def test_a_hard_load_is_the_page(window: Window) -> None:
    """S11: "its own full page"."""
    window.hard("/login/")
    assert window.shows["auth"] == ""
    assert window.shows["children"].startswith("Log in")
    assert "<dialog" not in window.text


def test_a_wrong_password_is_an_error_in_the_modal(window: Window) -> None:
    """B39: "errors re-render that slot alone"."""
    window.hard("/")
    window.soft("/login/")
    data = {"username": "ada", "password": "difference"}
    window.soft("/login/", method="post", data=data, source_slot="auth.children")
    assert window.changed == ["auth.children"]
    assert "Please enter a correct username and password" in window.text


def test_the_right_one_takes_the_window_home(window: Window) -> None:
    """S40, B54: forms on screen have the old CSRF token, so the document is loaded."""
    window.hard("/")
    window.soft("/login/")
    data = {"username": "ada", "password": "analytical"}
    answer = window.soft(
        "/login/", method="post", data=data, source_slot="auth.children", follow=True
    )
    assert HEADER not in answer
    assert answer["HX-Redirect"] == "/"
    window.hard("/")
    assert window.shows == {"auth": "", "children": "Hello, ada"}


def test_without_javascript_the_page_logs_in(window: Window) -> None:
    """B41: "the same flows, as full pages"."""
    data = {"username": "ada", "password": "analytical"}
    answer = window.client.post("/login/", data, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    found, _ = slots_in(answer.content.decode())
    assert found["children"].text == "Hello, ada"
