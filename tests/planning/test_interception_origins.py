"""An interception fires only on pages of its segment, or of its narrower origin (S22, S23)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.support.intercepting_site import (
    pages,
    screen,
    site,
)
from tests.window import layout, serve


def test_an_interception_does_not_fire_from_elsewhere(settings: Any) -> None:
    """S22: "coming softly from inside this segment"."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}"),
            children=[
                path("", pages("home")),
                path("photo/", pages("photo"), name="photo"),
                slots(
                    "in/",
                    layout=layout("{% slot %}{% slot 'modal' %}"),
                    children=[path("", pages("inside"))],
                    modal=slot([intercept("photo", pages("modal"))], default=None),
                ),
            ],
        ),
    )
    window.hard("/")
    window.soft("/photo/")
    assert screen(window) == {"children": "photo"}
    window.soft("/in/")
    window.soft("/photo/")
    assert screen(window) == {"children.children": "inside", "children.modal": "modal"}


@pytest.mark.parametrize("origin", ["home", ["home", "nowhere"]])
def test_a_rule_may_name_a_narrower_origin(settings: Any, origin: Any) -> None:
    """S22: "the narrower origin that the rule names": the page that lies underneath (S23)."""
    window = site(settings, intercept("photo", pages("modal"), origin=origin))
    window.hard("/?q=1")
    window.soft("/photo/1/")
    assert screen(window)["modal"] == "modal"
    window.soft("/photo/2/", source_slot="modal")  # the page beneath is home still
    assert window.slots["modal"].src == "/photo/2/"
    window.hard("/other/")
    window.soft("/photo/1/")
    assert screen(window) == {"children": "photo", "side": "side"}


def test_the_page_underneath_counts_and_not_the_url(settings: Any) -> None:
    """S23: "not the address bar": a named slot has moved it, children still show home."""
    window = site(settings, intercept("photo", pages("modal"), origin="home"))
    window.hard("/")
    window.soft("/elsewhere/")  # side alone
    assert screen(window) == {"children": "home", "side": "side"}
    window.soft("/photo/1/")
    assert screen(window) == {"children": "home", "side": "side", "modal": "modal"}


def test_the_deepest_segment_wins(settings: Any) -> None:
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'modal' %}"),
            children=[
                path("x/", pages("x"), name="x"),
                slots(
                    "in/",
                    layout=layout("{% slot %}{% slot 'modal' %}"),
                    children=[path("", pages("inside"))],
                    modal=slot([intercept("x", pages("inner modal"))], default=None),
                ),
            ],
            modal=slot([intercept("x", pages("outer modal"))], default=None),
        ),
    )
    window.hard("/in/")
    window.soft("/x/")
    assert screen(window) == {"children.children": "inside", "children.modal": "inner modal"}


def test_a_slot_that_the_layout_does_not_print_intercepts_nothing(settings: Any) -> None:
    """S46, S22: there is nothing to show it in."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}"),
            children=[path("", pages("home")), path("x/", pages("x"), name="x")],
            modal=slot([intercept("x", pages("modal"))], default=None),
        ),
    )
    window.hard("/")
    window.soft("/x/")
    assert screen(window) == {"children": "x"}


def test_a_link_may_want_no_interception(settings: Any) -> None:
    """B19: "it may opt out of interception"; S26: the page is the target's."""
    window = site(settings)
    window.hard("/")
    window.soft("/photo/1/", intercept=False)
    assert screen(window) == {"children": "photo", "side": "side"}
    assert window.origin == "/photo/1/"


def test_a_link_for_one_slot_is_intercepted_by_that_slot_alone(settings: Any) -> None:
    """B19: a link may name its slot."""
    window = site(settings)
    window.hard("/")
    window.soft("/photo/1/", target_slot="side")
    assert screen(window) == {"children": "home", "side": "side"}
    window.soft("/photo/2/", target_slot="modal")
    assert screen(window) == {"children": "home", "side": "side", "modal": "modal"}
