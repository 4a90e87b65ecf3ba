"""Views that a test holds up, and slots that say on which page they are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from django_parallel_routes import slot, slots
from tests.urls.nav_views import gated, linking, plain

TARGETED = """
<a href="/r/a/" hx-target="#slot-left">Left a</a>
<a href="/r/b/" hx-target="#slot-side">Side b</a>
<a href="/r/c/" hx-target="#slot-side">Side c</a>
<a href="/r/b/" hx-target="#slot-side" hx-push-url="false">Side b, quietly</a>
<a href="/r/c/" hx-confirm="Really?">Asks</a>
"""


def broken_if_slow(request: HttpRequest) -> HttpResponse:
    gated("")(request)
    raise RuntimeError("This view is broken.")


urlpatterns = [
    # Every slot has a page for every URL: so the slots on screen show the current URL.
    slots(
        "r/",
        layout=linking(
            *("/r/", "/r/a/", "/r/b/", "/r/c/", "/r/broken/", "/r/only-side/", "/plain/"),
            template="navigation/three.html",
            then=TARGETED,
        ),
        children=[
            path("", gated("home")),
            path("a/", gated("a")),
            path("b/", gated("b")),
            path("c/", gated("c")),
            path("broken/", broken_if_slow),
        ],
        left=slot(
            [
                path("a/", gated("left a")),
                path("b/", gated("left b")),
                path("c/", gated("left c")),
            ],
            default=gated("left home"),
            unmatched="default",
        ),
        side=slot(
            [
                path("a/", gated("side a")),
                path("b/", gated("side b")),
                path("c/", gated("side c")),
                path("only-side/", gated("only side")),
            ],
            default=gated("side home"),
            unmatched="default",
        ),
    ),
    path("plain/", plain),
]
