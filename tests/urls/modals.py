"""A feed whose photos open in modals, a drawer, and dialogs that close in their own ways."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.views import View


def page(template: str, **context: object) -> View:
    def view(request: HttpRequest, **kwargs: object) -> HttpResponse:
        response = render(request, f"modals/{template}.html", {**kwargs, **context})
        response["Content-Security-Policy"] = "default-src 'self'; img-src 'self' data:"
        return response

    return view


MODAL = "django_parallel_routes/modal.html"
DRAWER = "django_parallel_routes/drawer.html"

urlpatterns = [
    slots(
        "m/",
        layout=page("layout"),
        children=slot(
            [
                path("", page("feed"), name="feed"),
                path("long/", page("feed", long=True)),
                path("photo/<int:id>/", page("photo"), name="photo"),
                path("zoom/<int:id>/", page("zoom"), name="zoom"),
                path("details/", page("details"), name="details"),
                path("form/", page("form"), name="form"),
                path("form/again/", page("form"), name="again"),
                path("widgets/", page("widgets"), name="widgets"),
                path("stubborn/", page("widgets"), name="stubborn"),
                path("tall/", page("tall"), name="tall"),
                path("own/<int:id>/", page("own"), name="own"),
            ],
            default=page("feed"),
        ),
        modal=slot(
            [
                intercept("photo", page("photo"), background="feed"),
                intercept("zoom", page("zoom"), opens="above"),
                intercept("form", page("form")),
                intercept("again", page("form")),
                intercept("widgets", page("widgets")),
                intercept("tall", page("tall")),
                path("plain/", page("details")),
            ],
            layout=MODAL,
            default=None,
        ),
        drawer=slot([intercept("details", page("details"))], layout=DRAWER, default=None),
        stubborn=slot(
            [intercept("stubborn", page("widgets"))],
            layout="modals/stubborn.html",
            default=None,
        ),
        own=slot([intercept("own", page("own"), background="feed")], default=None),
        help=slot(
            [path("help/", page("details"))], layout=MODAL, default=None, unmatched="default"
        ),
    ),
]
