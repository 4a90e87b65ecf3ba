"""A site whose photos open in a modal, for the tests of interception."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.window import Pages, Window, serve

pages = Pages()
MIDDLEWARE = "django_parallel_routes.middleware.ParallelRoutesMiddleware"
FRAME = "frame: {% slot %}"
ALL = "{% parallel_routes_script %}{% slot %}{% slot 'side' %}{% slot 'modal' %}"


def site(settings: Any, *rules: Any, **options: Any) -> Window:
    """``L{children "", photo/<id>/, other/; side D, <rest>; modal D=None}``, and a plain ``out/<id>/``."""
    kwargs = {"default": None, **options}
    return serve(
        settings,
        path("out/<int:id>/", pages("out"), name="out"),
        slots(
            "",
            layout=pages.layout("root", ALL),
            children=[
                path("", pages("home"), name="home"),
                path("photo/<int:id>/", pages("photo"), name="photo"),
                path("other/", pages("other"), name="other"),
            ],
            side=slot([path("<path:rest>", pages("side"))], default=pages("side default")),
            modal=slot(list(rules or [intercept("photo", pages("modal"))]), **kwargs),
        ),
    )


def screen(window: Window) -> dict[str, str]:
    """Return what each slot shows, except for empty slots."""
    return {name: text for name, text in window.shows.items() if text}


HOME = {"children": "home", "side": "side default"}


def refusing(how: str) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        pages.called.append("asked")
        if how == "raises 403":
            raise PermissionDenied
        if how == "raises 404":
            raise Http404
        if how == "redirects":
            return HttpResponseRedirect("/login/")
        if how.startswith("client redirect"):
            response = HttpResponse(headers={"HX-Redirect": "/login/"})
            if how.endswith("without a type"):
                del response["Content-Type"]
            return response
        return HttpResponse("no", status=int(how))

    return view


def form(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    if request.method == "POST":
        if "to" in request.POST:
            return HttpResponseRedirect(request.POST["to"])
        return HttpResponse("wrong", status=422)
    return HttpResponse("form")
