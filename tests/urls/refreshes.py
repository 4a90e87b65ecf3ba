"""A team, a form that adds to it in a modal or by itself, and a count of the team in another slot."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path

from django_parallel_routes import intercept, refresh, slot, slots
from tests.urls.nav_views import linking
from tests.views import says

team: list[str] = []


def add(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        team.append(request.POST["name"])
        refresh(request, "count")
        return HttpResponseRedirect("/t/")
    return render(request, "conformance/refresh_form.html")


def signal(request: HttpRequest) -> HttpResponse:
    team.append("signal")
    refresh(request, "count")
    return HttpResponse("sent")


urlpatterns = [
    slots(
        "t/",
        layout=linking("/t/", "/t/other/", "/t/add/", template="conformance/refreshes.html"),
        children=[
            path("", lambda request: says(" ".join(team) or "nobody")(request)),
            path("other/", says("other")),
            path("add/", add, name="add"),
        ],
        count=slot([], default=lambda request: says(f"{len(team)} of {request.path}")(request)),
        modal=slot([intercept("add")], layout="django_parallel_routes/modal.html", default=None),
    ),
    path("signal/", signal),
]
