"""``client.screen``: what is on screen, as values and as a table."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.slot_clients import HOME, shown


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


def test_a_page_without_slots_prints_what_can_be_read(site: Any) -> None:
    site.load("/plain/")
    assert str(site.screen) == '/plain/  "Plain"\n  home'
    site.load("/nowhere/")
    assert str(site.screen).startswith('/nowhere/  "Not Found"  (status 404)\n  Not Found The')
    assert site.screen.status_code == 404


def test_a_screen_stays_as_it_was(site: Any) -> None:
    site.load("/")
    before = site.screen
    site.visit("/other/")
    assert before.url == "/"
    assert before["children"].text == "home"
    assert site.screen["children"].url == "/other/"
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
