"""``<user>/ L{feed, modal: D=None, intercept photo}``; the photo's page is outside of every ``slots()``."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import cache_control

from django_parallel_routes import intercept, slot, slots
from tests.views import says


@cache_control(max_age=600)
def photo(request: HttpRequest, id: int) -> HttpResponse:
    """A plain view: a whole document."""
    return render(request, "interception/photo.html", {"id": id})


@cache_control(max_age=600)
def photo_modal(request: HttpRequest, user: str, id: int) -> HttpResponse:
    return render(request, "interception/photo_modal.html", {"user": user, "id": id})


urlpatterns = [
    path("photo/<int:id>/", photo, name="photo"),
    slots(
        "<slug:user>/",
        layout="interception/user.html",
        feed=slot([path("", says("feed of {user}"), name="feed")]),
        modal=slot([intercept("photo", photo_modal)], default=None),
    ),
]
