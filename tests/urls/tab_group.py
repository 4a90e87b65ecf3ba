"""A slot with a layout of its own, around its pages and not around its default."""

from __future__ import annotations

from django.urls import path

from django_parallel_routes import slot, slots
from tests.views import says

urlpatterns = [
    slots(
        "g/",
        layout="conformance/tab_group.html",
        children=slot([path("", says("home"))], default=says("children default")),
        tabs=slot(
            [path("visitors/", says("visitors")), path("views/", says("views"))],
            layout="conformance/tab_group_tabs.html",
            default=says("summary"),
        ),
    ),
]
