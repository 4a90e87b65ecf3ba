"""The URLconf that docs/reference/command.md explains. Its views are never called."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.views import View


def view(name: str) -> View:
    """A view that has the name it would have in a project."""

    def stub(request: HttpRequest, **kwargs: object) -> HttpResponse:
        raise AssertionError("Pages are not run for an explanation.")

    stub.__module__, stub.__qualname__ = "gallery.views", name
    return stub


urlpatterns = [
    path("photos/<int:number>/", view("photo"), name="photo"),
    slots(
        "gallery/",
        layout="album/layout.html",
        children=[
            path("", view("feed"), name="feed"),
            path("about/", view("about"), name="about"),
        ],
        tags=slot(
            [path("tags/<slug:tag>/", view("tag"), name="tag")],
            default=view("tags"),
            loading="album/loading.html",
            error="django_parallel_routes/error.html",
        ),
        reports=slot([], default=view("reports")),
        modal=slot(
            [intercept("photo", view("lightbox"), origin="feed")],
            layout="django_parallel_routes/modal.html",
            default=None,
        ),
    ),
]
