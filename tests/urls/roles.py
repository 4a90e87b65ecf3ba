"""``L{children, user, admin, audit}``: the layout prints slots by role, and one slot has a ``test_func``."""

from __future__ import annotations

from collections import Counter

from django.contrib.auth import get_user_model, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

from django_parallel_routes import slot, slots
from tests.support.gates import gates
from tests.views import View, says

called: Counter[str] = Counter()


def counted(text: str) -> View:
    def view(request: HttpRequest, **kwargs: object) -> HttpResponse:
        called[text] += 1
        return says(text)(request)

    return view


def become(request: HttpRequest, name: str) -> HttpResponse:
    """Log in as a user, who is staff if the name is admin; or log out."""
    logout(request)
    if name != "nobody":
        user, _ = get_user_model().objects.get_or_create(username=name)
        user.is_staff = name == "admin"
        user.save()
        login(request, user)
    return HttpResponse("done")


def switch(request: HttpRequest) -> HttpResponse:
    """Log out, wait at the gate, log in as the admin."""
    logout(request)
    gates.arrive("switch")
    become(request, "admin")
    return HttpResponseRedirect("/r/")


urlpatterns = [
    slots(
        "r/",
        layout="conformance/roles.html",
        children=[path("", counted("home")), path("more/", counted("more"))],
        user=[path("", counted("user's")), path("more/", counted("user's more"))],
        admin=[path("", counted("admin's")), path("more/", counted("admin's more"))],
        audit=slot(
            [path("", counted("audit")), path("more/", counted("more audit"))],
            test_func=lambda request: request.user.is_staff,
        ),
    ),
    path("switch/", switch),
    path("become/<slug:name>/", become),
]
