"""An interception in children replaces the page (S25)."""

from __future__ import annotations

from typing import Any

from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.support.intercepting_site import (
    FRAME,
    pages,
    screen,
)
from tests.window import layout, serve


def test_in_children_an_interception_replaces_the_page(settings: Any) -> None:
    """S25; B18 does not close children for a URL of another slot (S13)."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'side' %}"),
            children=slot(
                [
                    path("", pages("home")),
                    path("x/", pages("x"), name="x"),
                    intercept("x", pages("short x")),
                ],
                default=pages("default"),
            ),
            side=slot([path("s/", pages("s"))], default=None),
        ),
    )
    window.hard("/")
    window.soft("/x/")
    assert screen(window) == {"children": "short x"}
    window.soft("/s/")
    assert screen(window) == {"children": "short x", "side": "s"}
    window.soft("/")
    assert screen(window) == {"children": "home", "side": "s"}


def test_an_interception_in_children_closes_what_is_open_over_the_old_page(settings: Any) -> None:
    """S25, B18: it is another page, and a click in a modal must not seem to do nothing."""
    window = serve(
        settings,
        path("y/", pages("y"), name="y"),
        slots(
            "",
            layout=layout("{% slot %}{% slot 'modal' %}{% slot 'stays' %}"),
            children=[
                path("", pages("home")),
                path("x/", pages("x"), name="x"),
                path("z/", pages("z"), name="z"),
                intercept("x", pages("short x")),
            ],
            modal=slot([intercept("y", pages("modal"))], layout=layout(FRAME), default=None),
            stays=slot([intercept("z", pages("stays"))], default=None, unmatched="keep"),
        ),
    )
    window.hard("/")
    window.soft("/z/")
    window.soft("/y/")
    window.soft("/x/", source_slot="modal.children")
    assert screen(window) == {"children": "short x", "stays": "stays"}
    window.soft("/y/")
    assert window.changed == ["modal"]


def test_a_modal_of_a_page_that_is_replaced_closes(settings: Any) -> None:
    """S25: the answer has no slot that is on screen no more; found by the state machine."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}"),
            children=[
                path("x/", pages("x"), name="x"),
                intercept("x", pages("short x")),
                slots(
                    "team/",
                    layout=layout("{% slot %}{% slot 'peek' %}"),
                    children=[path("", pages("team")), path("m/", pages("member"), name="m")],
                    peek=slot([intercept("m", pages("peek"))], default=None),
                ),
            ],
        ),
    )
    window.hard("/team/")
    window.soft("/team/m/")
    assert screen(window)["children.peek"] == "peek"
    window.soft("/x/")
    assert screen(window) == {"children": "short x"}
    assert window.changed == ["children"]
