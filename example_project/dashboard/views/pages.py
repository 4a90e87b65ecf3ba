"""The dashboard's ``children`` slot, all but the projects."""

from __future__ import annotations

from time import sleep

from django.contrib.messages.views import SuccessMessageMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.views.generic import UpdateView

from .. import docs as documents, queries
from ..models import Member, Workspace

SLOW_SECONDS = 1.5


def overview(request: HttpRequest) -> HttpResponse:
    """Where the team stands; also what ``children`` shows when only another slot has a page."""
    workspace = Workspace.load()
    today = workspace.today
    views = queries.per_day("views", days=30)
    return render(
        request,
        "dashboard/pages/overview.html",
        {
            "workspace": workspace,
            "today": today,
            "members": Member.objects.count(),
            "work": queries.workload(),
            "views": sum(day.value for day in views),
            "change": queries.change(views),
            "projects": queries.projects(),
            "milestones": queries.next_milestones(today),
        },
    )


def docs(request: HttpRequest, rest: str = "") -> HttpResponse:
    """One page of a tree of any depth: the catch-all's view finds it, or answers 404."""
    page = documents.find(rest)
    return render(
        request,
        "dashboard/pages/docs.html",
        {"page": page, "tree": documents.TREE, "neighbours": documents.neighbours(page)},
    )


class Settings(SuccessMessageMixin, UpdateView):
    """The workspace's preferences: a stock generic view, nothing in it knows that it is a slot's page."""

    model = Workspace
    fields = ["name", "week_starts", "alert_below", "digest"]
    template_name = "dashboard/pages/settings.html"
    success_url = reverse_lazy("settings")
    success_message = "Saved."

    def get_object(self, queryset: QuerySet[Workspace] | None = None) -> Workspace:
        """The one row."""
        return Workspace.load()


def playground(request: HttpRequest) -> HttpResponse:
    """Links that a router can get wrong."""
    return render(request, "dashboard/pages/playground.html", {"query": request.GET.get("q", "")})


def slow(request: HttpRequest) -> HttpResponse:
    """Take one's time, so that there is time to click something else."""
    sleep(SLOW_SECONDS)
    return render(request, "dashboard/pages/slow.html", {"seconds": SLOW_SECONDS})


def broken(request: HttpRequest) -> HttpResponse:
    """Fail, to show that an error is a document and never lands in a slot."""
    raise RuntimeError("This page of the example fails on purpose.")
