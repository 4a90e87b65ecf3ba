"""Hard loads: each slot shows its page or its default (S10)."""

from __future__ import annotations

from typing import Any

from django.urls import path

from django_parallel_routes import slot, slots
from tests.support.planned_sites import pages
from tests.window import layout, serve


def test_a_hard_load_shows_pages_defaults_and_nothing(settings: Any) -> None:
    """S10: "Matching slots show their page, the others their `default` … `default=None`: … empty"."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'a' %}{% slot 'b' %}"),
            children=[path("x/", pages("x"))],
            a=slot([path("y/", pages("y"))], default=pages("a default")),
            b=slot([path("y/", pages("y"))], default=None),
        ),
    )
    window.hard("/x/?q=1")
    assert {name: (s.shows, s.src, s.text) for name, s in window.slots.items()} == {
        "children": ("page", "/x/?q=1", "x"),
        "a": ("default", "/x/?q=1", "a default"),
        "b": ("empty", "/x/?q=1", ""),
    }
