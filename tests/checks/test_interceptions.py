"""System checks of interceptions: each test makes a mistake, and reads the message."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import NoReverseMatch, include, path

from django_parallel_routes import intercept, slot, slots
from tests.support.system_checks import (
    a_layout,
    gallery,
    messages,
    other,
    said,
    said_of_interceptions,
    third,
    view,
)
from tests.window import Pages, serve

pages = Pages()


WHERE = "slots(''): slot 'modal': "


# --- Interceptions: names ---


def test_right_interceptions_are_not_reported(settings: Any) -> None:
    rules = [
        intercept("x", origin="home", background="home"),
        intercept("plain", pages("m")),
        intercept("app:photo", pages("m"), background=lambda request: "/"),
    ]
    assert said_of_interceptions(settings, *rules) == []
    assert said_of_interceptions(settings, intercept("mine:photo", pages("m"))) == []


def test_names_of_no_route_are_reported(settings: Any) -> None:
    """An interception with a misspelt name would never fire."""
    rule = intercept("photo", pages("m"), origin=["home", "hoem"], background="nowhere")
    assert said_of_interceptions(settings, rule) == [
        ("E001", WHERE + "intercept('photo'): no route has the name 'photo'."),
        ("E001", WHERE + "intercept('photo'): no route has the name 'hoem', which is its origin."),
        (
            "E001",
            WHERE
            + "intercept('photo'): no route has the name 'nowhere', which is its background.",
        ),
    ]


# --- Interceptions: backgrounds ---


def test_a_background_that_takes_other_arguments_is_reported(settings: Any) -> None:
    """B31: its URL is made with the target's arguments, or without any; otherwise reverse() fails."""
    rules = [intercept("photo", third, background="album")]
    with pytest.raises(NoReverseMatch):
        serve(settings, *gallery(rules)).client.get("/photos/7/")
    assert said(settings, *gallery(rules)) == [
        (
            "E004",
            "slots(''): slot 'modal': intercept('photo'): the background 'album' "
            "(/albums/<int:album>/) takes other arguments than /photos/<int:pk>/.",
        )
    ]


@pytest.mark.parametrize("background", ["home", "other", "extra", "old", "unnamed"])
def test_a_background_that_takes_the_same_arguments_or_none_is_fine(
    settings: Any, background: str
) -> None:
    rules = [intercept("photo", third, background=background)]
    assert said(settings, *gallery(rules)) == []


def test_a_background_without_the_slot_is_reported(settings: Any) -> None:
    """B31: a hard load would show the target alone, without an error."""
    rules = [intercept("photo", third, background="elsewhere")]
    assert said(settings, *gallery(rules)) == [
        (
            "W019",
            "slots(''): slot 'modal': intercept('photo'): the background 'elsewhere' is a page "
            "without this slot, so a hard load shows nothing over it.",
        )
    ]


def test_a_background_may_be_shown_over_another(settings: Any) -> None:
    """B31: "to any depth of stacking"."""
    one, two = path("one/", other, name="one"), path("two/", other, name="two")
    rules = [
        intercept("one", third, background="home"),
        intercept("two", third, opens="above", background="one"),
    ]
    assert said(settings, one, two, *gallery(rules)) == []


# --- Interceptions that never fire ---


def never(settings: Any, *patterns: Any, templates: dict[str, str] | None = None) -> list[str]:
    """Return the messages about interceptions that never fire."""
    found = said(settings, *patterns, templates=templates)
    return [text for code, text in found if code == "W007"]


def test_an_intercept_after_a_wider_one_never_fires(settings: Any) -> None:
    """S22: the first rule of a slot that fits fires."""
    first, second = intercept("photo", third), intercept("photo", other, origin="home")
    [why] = never(settings, *gallery([first, second]))
    assert why == (
        "slots(''): slot 'modal': intercept('photo') never fires: intercept('photo') before it in "
        "the same slot fires first."
    )
    wide = intercept("photo", third, origin=["home", "other"])
    assert len(never(settings, *gallery([wide, second]))) == 1
    over_home = intercept("photo", other, background="home")  # on hard loads
    [why] = never(settings, *gallery([first, over_home]))
    assert "intercept('photo') never fires on a click: intercept('photo') before it" in why
    assert never(settings, *gallery([second, first])) == []
    narrow = intercept("photo", third, origin="other")
    assert never(settings, *gallery([narrow, second])) == []
    assert never(settings, *gallery([narrow, wide])) == []
    assert never(settings, *gallery([intercept("other", third), second])) == []


def test_two_names_of_one_route_are_one_target(settings: Any) -> None:
    rules = [intercept("app:photo", pages("m")), intercept("mine:photo", pages("m"))]
    [(code, message)] = said_of_interceptions(settings, *rules)
    assert code == "W007"
    assert "intercept('app:photo') before it" in message


def test_origins_that_are_never_beneath_are_reported(settings: Any) -> None:
    """S22: "the origin lies in the segment": a page that is on screen with the slot."""
    elsewhere = slots("else/", layout=a_layout, children=[path("", view, name="far")])
    rule = intercept("photo", third, origin=["far", "elsewhere"])
    assert never(settings, elsewhere, *gallery([rule])) == [
        "slots(''): slot 'modal': intercept('photo') never fires: no page of its origin 'far', "
        "'elsewhere' shows this slot."
    ]
    rule = intercept("photo", third, origin=["home", "far"])
    assert never(settings, elsewhere, *gallery([rule])) == []


def test_origins_may_be_in_slots_beside_the_slot_in_it_and_in_segments_inside(
    settings: Any,
) -> None:
    def site(*rules: Any) -> Any:
        return slots(
            "",
            layout=a_layout,
            children=slot(
                [
                    path("", view, name="home"),
                    slots(
                        "in/",
                        layout=a_layout,
                        children=[path("", view, name="inner")],
                        modal=slot([*rules], default=None),
                    ),
                ],
                default=None,
            ),
            side=slot([path("side/", view, name="side")], default=None),
            modal=slot(
                [
                    path("help/", view, name="help"),
                    intercept("side", other, origin=["home", "inner", "help"]),
                ],
                default=None,
            ),
        )

    assert never(settings, site()) == []
    assert never(settings, site(intercept("help", other, origin=["inner", "side"]))) == []
    # The page stands in the same slot as the segment: only one of the two is shown.
    assert len(never(settings, site(intercept("help", other, origin="home")))) == 1


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [("gallery:photo", "photo"), ("photos", "photo"), ("photo", "photo"), ("zzz", "")],
)
def test_a_message_asks_for_a_similar_name(settings: Any, wrong: str, meant: str) -> None:
    """E001: with the wrong namespace, or misspelt."""
    named = "shop:photo" if wrong == meant else "photo"
    inner = [path("photos/", view, name="photo")]
    target = path("", include((inner, "shop"))) if ":" in named else inner[0]
    modal = slot([intercept(wrong, third)], default=None)
    site = slots("", layout=a_layout, children=[path("", view, name="home"), target], modal=modal)
    [message] = messages(settings, site)
    asked = f"Did you mean {named!r}? " if meant else ""
    assert (message.hint or "").startswith(f"{asked}Give a name that reverse() takes")
