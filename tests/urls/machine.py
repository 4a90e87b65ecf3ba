"""What the state machine of ``random_walks`` walks through: two roots, pages without slots.

Every view says its name, what the URL captured, and the URL that it was asked for, and links to all others.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.views import View

LINKS = [
    *("/", "/feed/", "/side/", "/panel/", "/login/"),
    *("/photo/1/", "/photo/2/", "/photo/2/?q=1", "/note/1/", "/note/2/?q=1"),
    *("/team/a/", "/team/b/", "/team/a/members/", "/team/a/log/"),
    *("/team/a/member/1/", "/team/b/member/2/"),
    *("/outside/1/", "/outside/2/", "/plain/", "/nowhere/"),
    *("/other/", "/other/item/1/", "/other/item/2/"),
]


def says(name: str, template: str = "machine/page.html", *, status: int = 200) -> View:
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        captured = "".join(f" {value}" for value in kwargs.values())
        context = {"name": f"{name}{captured}", "links": LINKS}
        return render(request, template, context, status=status)

    return view


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return says("not found", "machine/document.html", status=404)(request)


handler404 = not_found

TEAM = slots(
    "team/<slug:team>/",
    layout="machine/team.html",
    children=[
        path("", says("team"), name="team"),
        path("members/", says("members"), name="members"),
        path("member/<int:id>/", says("member"), name="member"),
    ],
    log=slot([path("log/", says("log"))], default=says("no log")),
    badge=[  # without a default: /team/a/log/ can't be loaded
        path("", says("badge")),
        path("members/", says("members badge")),
        path("member/<int:id>/", says("member badge")),
    ],
    peek=slot([intercept("member", says("member peek"))], default=None),
)

urlpatterns = [
    path("outside/<int:id>/", says("outside", "machine/document.html"), name="outside"),
    path("plain/", says("plain", "machine/bare.html")),
    slots(
        "other/",
        layout=says("other layout", "machine/other.html"),
        children=[
            path("", says("other"), name="other"),
            path("item/<int:id>/", says("item"), name="item"),
        ],
        drawer=slot([intercept("photo", says("photo drawer"))], default=None),
    ),
    slots(
        "",
        layout=says("main layout", "machine/main.html"),
        children=slot(
            [
                path("", says("home"), name="home"),
                path("feed/", says("feed"), name="feed"),
                path("photo/<int:id>/", says("photo"), name="photo"),
                path("note/<int:id>/", says("note"), name="note"),
                path("login/", says("login"), name="login"),
                TEAM,
                intercept("item", says("item instead")),
            ],
            default=says("default"),
        ),
        side=slot(
            [path("feed/", says("side feed")), path("side/", says("side"))],
            default=says("side default"),
        ),
        panel=slot(
            [path("panel/", says("panel"))], default=says("panel default"), unmatched="default"
        ),
        modal=slot(
            [
                intercept("photo", says("photo modal")),
                intercept("login", origin="feed"),
                intercept("outside", says("outside modal"), opens="above"),
                intercept("note", says("note modal"), opens="above", background="feed"),
            ],
            default=None,
            layout="machine/level.html",
        ),
    ),
]
