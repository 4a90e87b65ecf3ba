"""A site whose network fails."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.urls.nav_views import gated, html, linking
from tests.views import says

sent: list[dict[str, str]] = []
"""What forms have sent; tests clear it."""


def form(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        sent.append({name: str(request.POST[name]) for name in ("name", "by")})
        return redirect("/o/page/")
    token = f'<input type=hidden name=csrfmiddlewaretoken value="{get_token(request)}">'
    field = "<input id=name name=name><button name=by value=save>Save</button>"
    return HttpResponse(f"<form method=post>{token}{field}</form>")


def modal(label: str, inside: str = "") -> str:
    return f'<dialog data-pr-modal aria-label="{label}"><p>{label}</p>{inside}</dialog>'


def modal_form(request: HttpRequest) -> HttpResponse:
    answer = form(request)
    return answer if "Location" in answer else HttpResponse(modal("New", answer.content.decode()))


LINKS = [
    *("/o/", "/o/page/", "/o/page/#foot", "/o/other/", "/o/slow/", "/o/form/", "/o/new/"),
    *("/o/poll/", "/out/"),
]
POLL = '<p>poll</p><i id="poll" hx-get="" hx-trigger="now" hx-target="closest [data-pr-slot]"></i>'

urlpatterns = [
    slots(
        "o/",
        layout=linking(*LINKS, template="navigation/modal.html"),
        children=[
            path("", says("home"), name="home"),
            path("page/", says("page")),
            path("other/", html("<p>other</p><input id=mine>")),
            path("slow/", gated("slow")),
            path("form/", form, name="form"),
            path("new/", form, name="new"),
            path("over/", says("over page"), name="over"),
            path("poll/", html(POLL)),
        ],
        side=slot(
            [path("page/", says("side page"))],
            default=html("<p>side</p><input aria-label='kept'>"),
        ),
        modal=slot(
            [
                intercept("new", modal_form),
                intercept("over", html(modal("Over")), background="home"),
            ],
            default=html("<p hidden>nothing is open</p>"),
        ),
    ),
    path("out/", html("<title>Out</title><h1>out</h1>")),
]
