"""The same dashboard, written well with plain Django: one view, one template, a partial for htmx."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.vary import vary_on_headers
from django_htmx.middleware import HtmxDetails

from benchmarks import queries


class HtmxHttpRequest(HttpRequest):
    htmx: HtmxDetails


TABS = {"Page views": queries.page_views, "Visitors": queries.visitors}


@login_required
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def dashboard(request: HtmxHttpRequest, tab: str = "Page views") -> HttpResponse:
    context = TABS[tab]()
    # Back asks for the page if htmx has not kept it, and puts what it gets into the whole window.
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "benchmarks/traffic.html", {**context, "own_title": tab})
    title = "Overview" if tab == "Page views" else tab
    context |= {"title": title, **queries.overview(), **queries.team(), **queries.activity()}
    return render(request, "benchmarks/by_hand.html", context)


urlpatterns = [
    path("dashboard/", dashboard, name="dashboard"),
    path("dashboard/visitors/", dashboard, {"tab": "Visitors"}, name="visitors"),
    path("logout/", LogoutView.as_view(), name="logout"),
]
