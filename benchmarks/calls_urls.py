"""A layout with four slots, one of them a modal: the URLconf whose calls are counted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from django_parallel_routes import intercept, slot, slots


def text(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse(f"<title>Text</title><p>{request.path}</p>")


def modal(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("<title>Photo</title><dialog>…</dialog>")


urlpatterns = [
    slots(
        "",
        layout="benchmarks/calls_layout.html",
        children=slot(
            [path("", text), path("docs/", text), path("photos/<int:pk>/", text, name="photo")],
        ),
        team=slot([path("", text)], default=text),
        activity=slot([path("", text)], default=text),
        modal=slot([intercept("photo", modal)], default=None),
    ),
]
