"""A form that the browser sends by itself, and the document that answers it, with slots."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import path

from django_parallel_routes import slot, slots
from tests.urls.nav_views import html, linking

posted: list[str] = []
"""What has arrived by POST; tests clear it."""


def home(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse(
        '<form method="post" action="/f/sent/" hx-boost="false"><input name="text" value="mine">'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}">'
        "<button>Send</button></form>"
    )


def sent(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Answer a form without a redirect."""
    if request.method != "POST":
        return HttpResponse("not sent")
    posted.append(request.POST["text"])
    return HttpResponse(f"sent {request.POST['text']}")


urlpatterns = [
    slots(
        "f/",
        layout=linking(
            "/f/",
            "/f/sent/",
            "/f/side/",
            "/f/far/",
            "/f/sent/#top",
            template="navigation/entries.html",
        ),
        children=[
            path("", home),
            path("sent/", sent),
            path("far/", html("far")),
        ],
        side=slot([path("side/", html("the side"))], default=html("no side")),
        modal=slot([], default=None),
    ),
]
