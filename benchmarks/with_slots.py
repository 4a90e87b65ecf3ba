"""The dashboard with django-parallel-routes. The view of each slot is a plain view."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from benchmarks import queries
from django_parallel_routes import slot, slots


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    context = {"own_title": "Overview", **queries.overview()}
    return render(request, "benchmarks/overview.html", context)


@login_required
def page_views(request: HttpRequest) -> HttpResponse:
    context = {"own_title": "Page views", **queries.page_views()}
    return render(request, "benchmarks/traffic.html", context)


@login_required
def visitors(request: HttpRequest) -> HttpResponse:
    context = {"own_title": "Visitors", **queries.visitors()}
    return render(request, "benchmarks/traffic.html", context)


@login_required
def team(request: HttpRequest) -> HttpResponse:
    return render(request, "benchmarks/team.html", queries.team())


@login_required
def activity(request: HttpRequest) -> HttpResponse:
    return render(request, "benchmarks/activity.html", queries.activity())


urlpatterns = [
    slots(
        "dashboard/",
        layout="benchmarks/layout.html",
        children=slot([path("", overview, name="dashboard")], default=overview),
        analytics=slot(
            [path("", page_views), path("visitors/", visitors, name="visitors")],
            default=page_views,
        ),
        team=slot([path("", team)], default=team),
        activity=slot([path("", activity)], default=activity),
    ),
    path("logout/", LogoutView.as_view(), name="logout"),
]
