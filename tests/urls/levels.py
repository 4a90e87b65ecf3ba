"""Modals with a frame, on top of one another, over backgrounds; a plain target and one in another root."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.support.gates import gates
from tests.views import says


def card(kind: str) -> Any:
    """A page for a modal: it says what it is, and links everywhere."""

    def view(request: HttpRequest, id: int = 0) -> HttpResponse:
        gates.arrive(request.path)
        return render(request, "interception/card.html", {"kind": kind, "id": id})

    return view


def document(request: HttpRequest, id: int) -> HttpResponse:
    return render(request, "interception/photo.html", {"id": id})


def below(request: HttpRequest, id: int) -> str:
    return f"/v/member/{id - 1}/" if id > 7 else "/v/photo/1/"


urlpatterns = [
    path("plain/<int:id>/", document, name="plain"),
    slots(
        "other/",
        layout="layout.html",
        children=[path("<int:id>/", says("other {id}"), name="other")],
    ),
    slots(
        "v/",
        layout="interception/levels.html",
        children=slot(
            [
                path("", card("feed"), name="levels"),
                path("long/", card("long"), name="long"),
                path("photo/<int:id>/", card("photo page"), name="level-photo"),
                path("member/<int:id>/", card("member page"), name="member"),
            ],
            default=card("default"),
        ),
        side=slot([path("side/", card("side"))], default=card("side default")),
        modal=slot(
            [
                intercept("level-photo", card("photo"), background="levels"),
                intercept("plain", card("plain")),
                intercept("other", card("other")),
                intercept("member", card("member"), opens="above", background=below),
            ],
            layout="interception/frame.html",
            default=None,
        ),
        drawer=slot(
            [intercept("long", card("drawer"), origin="levels")],
            layout="interception/frame.html",
            default=None,
        ),
    ),
]
