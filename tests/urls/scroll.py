"""A tall page with a named slot that has a URL to itself."""

from __future__ import annotations

from django.urls import path

from django_parallel_routes import slot, slots
from tests.views import says

urlpatterns = [
    slots(
        "s/",
        layout="conformance/scroll.html",
        children=[path("", says("home")), path("more/", says("more"))],
        panel=slot([path("panel/", says("panel"))], default=says("panel default")),
    ),
]
