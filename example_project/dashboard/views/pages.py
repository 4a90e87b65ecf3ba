"""The dashboard's ``children`` slot, except the projects."""

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
    """Show the overview, which is also the default of ``children``."""
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
    """Show a page of the docs. A catch-all route matches paths of any depth; unknown ones are a 404."""
    page = documents.find(rest)
    return render(
        request,
        "dashboard/pages/docs.html",
        {"page": page, "tree": documents.TREE, "neighbours": documents.neighbours(page)},
    )


class Settings(SuccessMessageMixin, UpdateView):
    """The preferences of the workspace: a generic view of Django, as on any page."""

    model = Workspace
    fields = ["name", "week_starts", "alert_below", "digest"]
    template_name = "dashboard/pages/settings.html"
    success_url = reverse_lazy("settings")
    success_message = "Saved."

    def get_object(self, queryset: QuerySet[Workspace] | None = None) -> Workspace:
        """Return the only row."""
        return Workspace.load()


def playground(request: HttpRequest) -> HttpResponse:
    """Show links that a router can get wrong."""
    return render(request, "dashboard/pages/playground.html", {"query": request.GET.get("q", "")})


def slow(request: HttpRequest) -> HttpResponse:
    """Respond slowly, so that you have time to click something else."""
    sleep(SLOW_SECONDS)
    return render(request, "dashboard/pages/slow.html", {"seconds": SLOW_SECONDS})


def broken(request: HttpRequest) -> HttpResponse:
    """Raise an exception, to show that its error page is a document and never appears in a slot."""
    raise RuntimeError("This page of the example fails on purpose.")
