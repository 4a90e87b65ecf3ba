"""The small site that has adopted the package, in a browser (B65)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import path

from django_parallel_routes import slot, slots
from django_parallel_routes.rendering.markup import part_of
from tests.adopting.site import use
from tests.browser.harness import Screen
from tests.models import Note
from tests.rendering.test_markup import CASES
from tests.window import layout

pytestmark = [
    pytest.mark.chromium,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.adopting.after.urls"),
]


@pytest.fixture(autouse=True)
def site(settings: Any) -> None:
    use(settings, "after")
    for number, name in enumerate(("apples", "bread"), 1):
        Note.objects.create(pk=number, name=name)


STRIPED = "document.querySelectorAll('tr.striped').length"
LOADS = "[window.deskLoads, window.chartLoads ?? 0]"
COLOR = "getComputedStyle(document.querySelector('#chart')).color"


def test_a_site_that_knew_nothing_of_slots_works_in_them(screen: Screen) -> None:
    """Its scripts declare a const, and use a library that stands at the end of the body."""
    screen.hard("/")
    assert screen.evaluate(STRIPED) == 2
    screen.soft("/statistics/")
    screen.assert_title("Statistics - Notes")
    screen.assert_says("drawn: 2, 7", "#chart")
    assert screen.evaluate(COLOR) == "rgb(1, 2, 3)"
    screen.soft("/")
    screen.assert_title("All notes - Notes")
    screen.settle()
    assert screen.evaluate(STRIPED) == 2
    screen.soft("/statistics/")
    screen.assert_says("drawn: 2, 7", "#chart")
    assert screen.evaluate(LOADS) == [1, 1]
    screen.back()
    screen.assert_at("/")
    screen.mark()
    screen.soft("/1/edit/")
    screen.assert_modals("apples - Notes")
    screen.type("#id_name", "bread")
    screen.press("Enter")
    screen.assert_says("already exists", "dialog")
    screen.type("#id_name", "avocados")
    screen.press("Enter")
    screen.assert_modals()
    screen.assert_says("avocados is saved.", ".alert")
    screen.assert_says("Edit avocados", "#notes")
    screen.hard("/1/edit/")
    screen.assert_modals()
    assert screen.value("#id_name") == "avocados"


def test_the_dashboard_has_each_script_once(screen: Screen) -> None:
    """Two pages that bring the same files, on a hard load."""
    screen.hard("/dashboard/")
    screen.assert_says("drawn: 2, 7", "#chart")
    assert screen.evaluate(LOADS) == [1, 1]
    assert screen.evaluate(STRIPED) == 2
    screen.soft("/1/")
    screen.assert_modals("apples - Notes")


def test_a_document_in_a_slot_is_an_error_in_the_console(screen: Screen, settings: Any) -> None:
    """W011, with DEBUG: on a hard load, and after a click."""
    settings.DEBUG = True
    settings.ROOT_URLCONF = Documents
    screen.hard("/")
    screen.click("#to-other")
    screen.assert_says("other")
    screen.expect_noise(
        "whole document for slot 'children' of /,", "of /other/, which can't stand"
    )


def document(name: str) -> Any:
    return layout(
        f'<!doctype html><title>{name}</title><a id="to-other" href="/other/">{name}</a>'
    )


class Documents:
    """URLs of views that render whole documents, in a slot that does not say which part it wants."""

    urlpatterns = [
        slots(
            "",
            layout="layout.html",
            children=slot([path("", document("home")), path("other/", document("other"))]),
            modal=slot([], default=None),
            messages=slot([], default=None),
        ),
        path("notes/", document("notes"), name="notes"),
        path("statistics/", document("statistics"), name="statistics"),
    ]


@pytest.mark.parametrize("htmx", [2], indirect=True)
def test_elements_are_cut_out_as_the_browser_finds_them(screen: Screen) -> None:
    """``element=`` finds an element and its end without a parser."""
    screen.hard("/")
    inner = """(html) => {
        const parsed = new DOMParser().parseFromString(html, "text/html");
        return parsed.getElementById("page")?.innerHTML;
    }"""
    # A parsed text has no scripts, so it has what a <noscript> contains; and an <input> contains nothing.
    for html, _ in (case for case in CASES if not case[0].startswith(("<noscript", "<input"))):
        whole = f"<!doctype html><title>T</title><body>{html}"
        part = part_of(whole, ["page"])
        cut = part and f"<div id=page>{part.removeprefix('<title>T</title>')}"
        assert screen.evaluate(inner, cut or "") == screen.evaluate(inner, whole), html
