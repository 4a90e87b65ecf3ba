"""Layouts with three and four slots, one of them a modal: the URLconfs whose calls are counted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from django_parallel_routes import intercept, slot, slots


def text(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse(f"<title>Text</title><p>{request.path}</p>")


def modal(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("<title>Photo</title><dialog>…</dialog>")


def dashboard(layout: str, *names: str) -> tuple[URLPattern, ...]:
    """Return a layout with the default slot, one slot for each of ``names``, and a modal."""
    pages = [path("", text), path("docs/", text), path("photos/<int:pk>/", text, name="photo")]
    named = {name: slot([path("", text)], default=text) for name in names}
    modal_slot = slot([intercept("photo", modal)], default=None)
    return (slots("", layout=layout, children=slot(pages), **named, modal=modal_slot),)


three_slots = dashboard("benchmarks/calls_layout_3.html", "team")
urlpatterns = four_slots = dashboard("benchmarks/calls_layout.html", "team", "activity")
