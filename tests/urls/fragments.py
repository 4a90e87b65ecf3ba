"""Redirects with a ``#fragment``, from forms and links, into slots and out of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.urls.nav_views import html, linking
from tests.views import View

LINKS = ("/f/", "/f/write/", "/f/edit/", "/f/chain/", "/f/leave/#c7", "/out/#c7", "/f/old/#c7")
TALL = "<div style='height: 3000px'></div>"
THREAD = f"{TALL}<p id='c7'>comment</p>{TALL}"


def to(url: str) -> View:
    return lambda request, **kwargs: HttpResponseRedirect(url)


def write(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """A form that is redirected to where it says; or its answer is ``HX-Redirect``."""
    if request.POST.get("how") == "HX-Redirect":
        return HttpResponse(headers={"HX-Redirect": request.POST["to"]})
    if request.method == "POST":
        return HttpResponseRedirect(request.POST["to"])
    return HttpResponse(
        "<title>Write</title>write<form method='post' action='#c7'>"
        f"<input type='hidden' name='csrfmiddlewaretoken' value='{get_token(request)}'>"
        "<input id='to' name='to'><button id='send' name='how' value='redirect'></button>"
        "<button id='header' name='how' value='HX-Redirect'></button></form>"
    )


urlpatterns = [
    slots(
        "f/",
        layout=linking(*LINKS, template="navigation/entries.html"),
        children=slot(
            [
                path("", html(f"home {THREAD}")),
                path("thread/", html(f"thread {THREAD}")),
                path("write/", write),
                path("edit/", write, name="edit"),
                path("chain/", to("/f/chain/2/#c7")),
                path("chain/2/", to("/f/thread/")),
                path("leave/", to("/out/")),
                path("old/", to("/f/thread/?new")),
            ],
        ),
        side=slot([], default=None),
        modal=slot(
            [intercept("edit", write)], layout="django_parallel_routes/modal.html", default=None
        ),
    ),
    path("out/", html(f"<!doctype html><title>out</title>out {THREAD}")),
]
