"""A feed whose photos open in modals, a drawer, and dialogs that close in their own ways."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from django_parallel_routes import slot, slots
from tests.views import View


def page(template: str, **context: object) -> View:
    def view(request: HttpRequest, **kwargs: object) -> HttpResponse:
        return render(request, f"modals/{template}.html", {**kwargs, **context})

    return view


urlpatterns = [
    slots(
        "m/",
        layout=page("layout"),
        children=slot(
            [path("", page("feed")), path("long/", page("feed", long=True))], default=page("feed")
        ),
        modal=slot(
            [
                path("photo/<int:id>/", page("photo")),
                path("form/", page("form")),
                path("form/again/", page("form")),
                path("widgets/", page("widgets")),
            ],
            layout="django_parallel_routes/modal.html",
            default=None,
        ),
        drawer=slot(
            [path("drawer/", page("details"))],
            layout="django_parallel_routes/drawer.html",
            default=None,
        ),
        stubborn=slot(
            [path("stubborn/", page("widgets"))], layout="modals/stubborn.html", default=None
        ),
        own=slot([path("own/<int:id>/", page("own"))], default=None),
    ),
]
