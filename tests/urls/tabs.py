"""``bar/ L{children, audience, views}``: two tab bars, no defaults."""

from __future__ import annotations

from django.urls import path

from django_parallel_routes import slots
from tests.views import says

urlpatterns = [
    slots(
        "bar/",
        layout="conformance/tabs.html",
        children=[path("", says("home"))],
        audience=[
            path("", says("audience home")),
            path("demographics/", says("demographics")),
            path("subscribers/", says("subscribers")),
        ],
        views=[
            path("", says("views home")),
            path("view-duration/", says("view duration")),
            path("impressions/", says("impressions")),
        ],
    ),
]
