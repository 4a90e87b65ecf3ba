"""A site behind a login, which stands in the same layout, and is a modal for those who ask for it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model, login
from django.contrib.auth.decorators import login_not_required, login_required
from django.contrib.auth.views import LoginView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.support.gates import gates
from tests.views import View, says

public = login_not_required  # for LoginRequiredMiddleware, which some of the tests add


def private(text: str) -> View:
    return login_required(says(text))


def form(text: str, action: str) -> View:
    """A form, and what it says when it has arrived."""

    @login_required
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        context = {"text": text, "action": action}
        if request.method == "POST":
            context["text"] = f"{text}: {request.POST['name']}"
        return render(request, "sessions/form.html", context)

    return view


@login_required
def save(request: HttpRequest) -> HttpResponse:
    """Where the form at ``work/`` is sent; there is no page here."""
    return redirect("/") if request.method == "POST" else HttpResponse(status=405)


@login_required
def staff(request: HttpRequest) -> HttpResponse:
    """A form for those who may."""
    if not request.user.is_staff:  # type: ignore[union-attr]
        raise PermissionDenied
    return render(request, "sessions/form.html", {"text": "staff", "action": "/staff/"})


def later(request: HttpRequest) -> HttpResponse:
    """Wait before anybody looks at the session."""
    gates.arrive("later")
    return private("later")(request)


@public
def become(request: HttpRequest, name: str) -> HttpResponse:
    """Log in without a password."""
    login(request, get_user_model().objects.get(username=name))
    return redirect("/")


@public
def switch(request: HttpRequest) -> HttpResponse:
    """A login by a form."""
    if request.method == "POST":
        return become(request, request.POST["name"])
    return render(request, "sessions/form.html", {"text": "switch", "action": "/switch/"})


@public
def layout(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "sessions/layout.html")


urlpatterns = [
    path("become/<slug:name>/", become),
    slots(
        "",
        layout=layout,
        children=slot(
            [
                path("", private("home")),
                path("work/", form("work", "/work/save/")),
                path("work/save/", save),
                path("staff/", staff),
                path("note/", form("note page", "/note/"), name="note"),
                path("switch/", switch, name="switch"),
                path("peek/", private("peeked")),
                path("board/", private("board")),
                path(
                    "accounts/login/",
                    LoginView.as_view(template_name="sessions/login.html"),
                    name="login",
                ),
            ],
        ),
        later=slot(
            [path("board/", later)],
            default=None,
            loading="django_parallel_routes/loading.html",
        ),
        modal=slot(
            [
                intercept("note", form("note", "/note/")),
                intercept("switch"),
                intercept("login", public(says("log in here"))),
            ],
            default=None,
        ),
    ),
]
