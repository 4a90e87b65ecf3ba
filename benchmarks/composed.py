"""A third way to write the dashboard: one view calls the views of its four parts, one after the other.

It handles no soft navigation, and no errors, redirects or cookies of its parts. It shows how much of the
cost is that of four views and five templates, and how much the package adds.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.vary import vary_on_headers

from benchmarks import by_hand, with_slots

PARTS = {
    "children": with_slots.overview,
    "analytics": with_slots.page_views,
    "team": with_slots.team,
    "activity": with_slots.activity,
}


@login_required
@vary_on_headers("HX-Request")
def dashboard(request: HttpRequest) -> HttpResponse:
    context = {name: _content(view(request)) for name, view in PARTS.items()}
    return render(request, "benchmarks/composed.html", {"title": "Overview", **context})


def _content(response: HttpResponse) -> SafeString:
    html = response.content.decode()
    return mark_safe(html.partition("</title>")[2] or html)


urlpatterns = [path("dashboard/", dashboard, name="dashboard"), *by_hand.urlpatterns[1:]]
