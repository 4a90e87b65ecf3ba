"""The ``activity`` slot. Its links change the slot, but not the address bar."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..models import Activity


def feed(request: HttpRequest) -> HttpResponse:
    """Show what happened, newest first, filtered by ``?kind=``."""
    activities = Activity.objects.select_related("member", "project")
    kind = request.GET.get("kind", "")
    if kind not in Activity.Kind.values:
        kind = ""
    if kind:
        activities = activities.filter(kind=kind)
    context = {
        "page": Paginator(activities, 5).get_page(request.GET.get("page")),
        "kinds": Activity.Kind.choices,
        "kind": kind,
        "query": f"kind={kind}&" if kind else "",
    }
    return render(request, "dashboard/activity/feed.html", context)
