"""Sites for the tests of plans, with pages that remember their calls."""

from __future__ import annotations

from typing import Any

from django.urls import path

from django_parallel_routes import slot, slots
from django_parallel_routes.matches import SegmentMatch
from django_parallel_routes.values import Location
from tests.window import Pages, Window, serve

pages = Pages()
ALL = "{% slot %}{% slot 'side' %}"


def two(settings: Any, **options: Any) -> Window:
    """``d/ L{children "", a/, b/; side D, "a/", "s/"}``."""
    return serve(
        settings,
        slots(
            "d/",
            layout=pages.layout("layout", ALL),
            children=[path("", pages("home")), path("a/", pages("a")), path("b/", pages("b"))],
            side=slot(
                [path("a/", pages("side a")), path("s/", pages("side s"))],
                **{"default": pages("default"), **options},
            ),
        ),
    )


def tree(url: str) -> tuple[SegmentMatch, Location]:
    found = TREE.match(url.removeprefix("/"))
    assert found
    return found, Location(url, url)


def nested(settings: Any, **x: Any) -> Window:
    """``L{children "", n/<id>/ L{children "", b/; x}; side "s/"}``."""
    return serve(
        settings,
        slots(
            "",
            layout=pages.layout("layout", ALL),
            children=[
                path("", pages("home")),
                slots(
                    "n/<int:id>/",
                    layout=pages.layout("inner", "{% slot %}{% slot 'x' %}"),
                    children=[
                        path("", pages("n")),
                        path("b/", pages("b")),
                        path("c/", pages("c")),
                    ],
                    x=slot([path("", pages("x")), path("c/", pages("xc"))], **x),
                ),
            ],
            side=slot([path("s/", pages("side"))], default=None),
        ),
    )


TREE = slots(
    "d/",
    layout="l.html",
    children=[path("", pages("home")), path("a/", pages("a"))],
    side=slot([path("a/", pages("sa")), path("s/", pages("s"))], default=pages("default")),
    must=[path("", pages("must"))],
)
