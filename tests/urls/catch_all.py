"""Catch-alls beside explicit routes (``c/``), and beneath them (``d/``)."""

from __future__ import annotations

from django.urls import path

from django_parallel_routes import slot, slots
from tests.views import says

urlpatterns = [
    slots(
        "c/",
        layout="conformance/catch_all.html",
        children=[
            path("<path:rest>", says("the rest: {rest}")),
            path("", says("home")),
            path("bar/", says("bar")),
            path("foo/", says("foo")),
        ],
        slot=slot(
            [
                path("<path:rest>", says("slot's rest: {rest}")),
                path("foo/", says("slot's foo")),
                path("baz/", says("slot's baz")),
            ],
            default=says("slot's default"),
        ),
    ),
    slots(
        "d/",
        layout="conformance/deeper_catch_all.html",
        children=[path("foo/", says("foo")), path("foo/<int:id>/", says("foo {id}"))],
        slot=[
            path("<path:rest>", says("slot's rest: {rest}")),
            path("foo/<path:rest>", says("slot's foo, then {rest}")),
            path("foo/", says("slot's foo")),
        ],
    ),
]
