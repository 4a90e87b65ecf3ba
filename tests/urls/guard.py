"""Guarded forms: in children, beside it, and in modals; a layout whose policy allows nothing inline."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path

from django_parallel_routes import intercept, refresh, slot, slots
from tests.support.gates import gates
from tests.urls.nav_views import plain
from tests.views import View, says

LINKS = [
    *("/g/", "/g/page/", "/g/edit/", "/g/raw/", "/g/note/", "/g/side/", "/g/aside/", "/g/help/"),
    "/plain/",
]


def layout(request: HttpRequest, **kwargs: object) -> HttpResponse:
    response = render(request, "guard/layout.html", {"links": LINKS})
    response["Content-Security-Policy"] = "default-src 'self'; img-src 'self' data:"
    return response


def form(name: str, then: str = "/g/") -> View:
    """A page with a guarded form, which refuses "bad", misses "gone", and redirects the others."""

    def view(request: HttpRequest, **kwargs: object) -> HttpResponseBase:
        gates.arrive(f"{name} {request.method}")
        said = request.POST.get("said", "")
        if said == "gone":
            raise Http404
        if said and said != "bad":
            refresh(request, "side")
            return HttpResponseRedirect("/plain/" if said == "out" else then)
        status = 422 if "422" in request.POST else 200
        context = {"name": name, "said": said, "tall": name == "edit"}
        return render(request, "guard/form.html", context, status=status)

    return view


urlpatterns = [
    slots(
        "g/",
        layout=layout,
        children=slot(
            [
                path("", says("home"), name="home"),
                path("page/", says("page")),
                path("edit/", form("edit")),
                path("note/", form("note"), name="note"),
                path("raw/", form("raw")),
            ],
            default=says("home"),
        ),
        side=slot(
            [path("side/", form("side", "/g/side/")), path("aside/", says("aside"))],
            default=says("no side"),
        ),
        help=slot(
            [path("help/", form("help", "/g/help/"))],
            layout="django_parallel_routes/modal.html",
            default=None,
            unmatched="default",
        ),
        modal=slot(
            [intercept("note", form("note"), background="home")],
            layout="django_parallel_routes/modal.html",
            default=None,
        ),
    ),
    path("plain/", plain),
]
