"""``l/``: a layout that prints the segments of its slots, which stays while they change."""

from __future__ import annotations

from django.urls import path

from django_parallel_routes import slot, slots
from tests.views import says

urlpatterns = [
    slots(
        "l/",
        layout="conformance/live_segments.html",
        children=slot(
            [
                path("", says("home")),
                path("b/c/", says("b c")),
                slots(
                    "<slug:team>/",
                    layout="conformance/live_inner.html",
                    children=slot(
                        [path("x-&-y/", says("{team} x y")), path("z/", says("{team} z"))],
                        default=says("{team} default"),
                    ),
                    visitors=slot([path("visitors/", says("visitors"))], default=None),
                ),
            ],
            default=says("default"),
        ),
        side=slot([path("s/<int:id>/", says("side {id}"))], default=says("none")),
    ),
]
