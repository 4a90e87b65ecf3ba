"""``{% selected_segment %}`` of a slot that shows a layout (S48)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import path

from django_parallel_routes import slot, slots
from django_parallel_routes.test import SlotClient
from tests.views import says
from tests.window import layout, serve

TELLS = "{% selected_segment %} of {% selected_segments %}"
SIDE_TELLS = "{% selected_segment 'side' %} of {% selected_segments 'side' %}"
ALL = "{% slot %}{% slot 'side' %}"


def inner(route: str, *more: Any) -> Any:
    """A layout in which only its slot ``team`` has a page for ``visitors/``."""
    return slots(
        route,
        layout=layout(f"<u>{TELLS}</u>" + "{% slot %}{% slot 'team' %}"),
        children=slot([path("", says("home")), path("p/", says("p")), *more], default=says("d")),
        team=slot([path("visitors/", says("visitors"))], default=None),
    )


def shop(settings: Any, **options: Any) -> Any:
    return serve(
        settings,
        slots(
            "<str:shop>/",
            layout=layout(f"<p>{TELLS}, beside {SIDE_TELLS}</p>{ALL}"),
            children=slot(
                [
                    path("", says("home")),
                    inner("dash/", inner("sub/")),
                    inner("<str:word>/and/<int:year>/"),
                ],
                default=says("d"),
            ),
            side=slot([inner("dash/"), inner("x/y/"), path("z/", says("z"))], default=says("d")),
            **options,
        ),
    )


@pytest.mark.parametrize(
    ("url", "tells"),
    [
        ("/é/", " of , beside  of "),
        ("/é/dash/", "dash of dash, beside dash of dash"),
        ("/é/dash/p/", "dash of dash/p, beside p of dash/p"),
        ("/é/dash/visitors/", "dash of dash, beside dash of dash"),
        ("/é/dash/visitors/?page=2", "dash of dash, beside dash of dash"),
        ("/é/dash/sub/visitors/", "dash of dash/sub, beside  of "),
        ("/é/mot-clé/and/7/visitors/", "mot-clé of mot-clé/and/7, beside  of "),
        ("/é/x/y/visitors/", " of , beside y of x/y"),
    ],
)
def test_a_layout_has_its_own_segment_while_its_children_show_a_default(
    settings: Any, url: str, tells: str
) -> None:
    """S48: "it is that layout's own segment, also while the layout's children show a default"."""
    window = shop(settings)
    assert window.hard(url).status_code == 200
    assert f"<p>{tells}</p>" in window.text


def test_a_default_that_stands_in_a_layout_has_no_segment(settings: Any) -> None:
    """S48: "`None` for a default": one that brings the slot's own layout is a default all the same."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout(f"<p>{TELLS}, beside {SIDE_TELLS}</p>{ALL}"),
            children=[path("", says("home"))],
            side=slot([path("x/", says("x"))], default=says("d"), default_layout=layout()),
        ),
    )
    window.hard("/")
    assert "<p> of , beside  of </p>" in window.text


def test_a_page_that_comes_softly_is_told_the_same(settings: Any) -> None:
    """S48: "a kept slot reports its kept value": also of layouts around the page's own, which are kept."""
    asks = layout(f"{TELLS}, {SIDE_TELLS}")
    window = serve(
        settings,
        slots(
            "",
            layout=layout(ALL),
            children=slot(
                [
                    slots(
                        "dash/",
                        layout=layout("{% slot 'a' %}{% slot 'b' %}"),
                        a=slot([path("v/", says("v"))], default=says("d")),
                        b=slot([path("w/", asks)], default=None),
                    )
                ],
                default=says("d"),
            ),
            side=slot([path("z/", asks), path("dash/<slug:word>/", says("s"))], default=None),
        ),
    )
    window.hard("/dash/v/")
    window.soft("/z/")
    assert window.shows["side"] == "dash of dash/v, z of z"
    window.soft("/dash/w/")
    assert window.shows["children.b"] == "dash of dash/v, w of dash/w"
    window.soft("/z/")
    assert window.shows["side"] == "dash of dash/v, z of z"
    window.hard("/dash/w/")
    window.soft("/z/")
    assert window.shows["side"] == "dash of dash, z of z"


def test_printed_segments_follow_layouts_whose_children_show_a_default(settings: Any) -> None:
    """S48: "values on screen follow a soft change"."""
    head = "<head>{% parallel_routes_script %}</head>"
    serve(
        settings,
        slots(
            "",
            layout=layout(f"{head}<body><p>{TELLS}, beside {SIDE_TELLS} : </p>{ALL}</body>"),
            children=[path("", says("home")), inner("dash/")],
            side=slot(
                [slots("z/", layout=layout("bare"), children=[path("", says("z"))])], default=None
            ),
        ),
    )
    client = SlotClient()

    def told() -> str:
        return client.screen.text.partition(" : ")[0]

    client.load("/")
    assert told() == "of , beside of"
    client.visit("/dash/visitors/")
    assert told() == "dash of dash, beside of"
    client.visit("/dash/p/")
    assert told() == "dash of dash/p, beside of"
    client.visit("/z/")
    assert told() == "dash of dash/p, beside z of z"
    client.visit("/")
    assert told() == "of , beside z of z"
    client.back()
    assert told() == "dash of dash/p, beside z of z"
