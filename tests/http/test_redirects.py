"""Which redirects the browser follows itself, and which the script."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from django_parallel_routes import slot, slots
from tests.window import Pages, layout, serve


@pytest.mark.parametrize(("asks", "follows"), [("refresh", "browser"), ("navigate", "script")])
def test_the_redirect_of_a_refreshed_slot_is_followed_by_the_browser(
    settings: Any, asks: str, follows: str
) -> None:
    """S38: the script would ask for the same slots at the redirect's URL, and be redirected again."""
    gone: list[str] = []

    def cart(request: HttpRequest) -> HttpResponse:
        return redirect("/empty/") if gone else HttpResponse("cart")

    pages = Pages()
    window = serve(
        settings,
        slots(
            "",
            layout=layout("<body>{% slot %}{% slot 'cart' %}"),
            children=[path("", pages("home")), path("empty/", pages("empty"))],
            cart=slot([path("", cart), path("empty/", pages("nothing"))]),
        ),
    )
    window.hard("/")
    gone.append("all")
    answer = window.refresh("cart") if asks == "refresh" else window.soft("/?again")
    to = answer.get("HX-Redirect"), answer.get("Location")
    assert to == (("/empty/", None) if follows == "browser" else (None, "/empty/"))


class LeadsAway:
    """Middleware behind the package's: it sends where no script can follow."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self.get_response(request)
        if "Location" in response:
            response["Location"] = "https://example.org/"
        return response


def test_a_redirect_that_middleware_has_changed_is_looked_at_again(settings: Any) -> None:
    """B61: the browser follows a redirect to another site, whichever view sends it."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.LeadsAway"]
    pages = Pages()
    window = serve(
        settings,
        slots(
            "",
            layout=layout("<body>{% slot %}"),
            children=[path("", pages("home")), path("old/", lambda request: redirect("/"))],
        ),
    )
    window.hard("/")
    answer = window.soft("/old/")
    assert (answer.get("HX-Redirect"), "Location" in answer) == ("https://example.org/", False)


class LogsOut(LeadsAway):
    """Middleware behind the package's: it ends the session of users who have sent a form."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self.get_response(request)
        if request.method == "POST":
            logout(request)
        return response


@pytest.mark.django_db
def test_a_redirect_is_looked_at_again_if_middleware_has_ended_the_session(settings: Any) -> None:
    """B54: what is on screen was for another user, so the browser loads the document."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.LogsOut"]
    pages = Pages()
    window = serve(
        settings,
        slots(
            "",
            layout=layout("<body>{% slot %}"),
            children=[path("", pages("home", lambda request: redirect("/new/")))],
        ),
    )
    window.client.force_login(get_user_model().objects.create_user("u"))
    state = {"intent": "navigate", "slots": {}, "form": True}
    answer = window.send("/", state, "post")
    assert (answer.get("HX-Redirect"), "Location" in answer) == ("/new/", False)
