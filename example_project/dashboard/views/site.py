"""The pages outside the dashboard: whole documents, as in any Django project."""

from __future__ import annotations

import csv

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from .. import queries
from ..context_processors import HTMX_COOKIE, HTMX_VERSIONS


def start(request: HttpRequest) -> HttpResponse:
    """The top page: what to click, and what to watch."""
    return render(request, "dashboard/start.html")


@require_POST
def choose_htmx(request: HttpRequest) -> HttpResponse:
    """Remember the htmx version, and go back to where the visitor is.

    That is what the Referer names. A hidden ``next`` field would be wrong: the layout, in which the form
    stands, is not rendered again while slots navigate.
    """
    version = request.POST.get("version", "")
    if version not in map(str, HTMX_VERSIONS):
        return HttpResponseBadRequest(f"No htmx {version!r} here; choose one of {HTMX_VERSIONS}.")
    back = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        back = reverse("start")
    response = HttpResponseRedirect(back)
    response.set_cookie(HTMX_COOKIE, version, max_age=31_536_000, httponly=True, samesite="Lax")
    return response


def export(request: HttpRequest) -> HttpResponse:
    """The page views as a file: an answer that belongs into no slot."""
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="page-views.csv"'},
    )
    writer = csv.writer(response)
    writer.writerow(["day", "views"])
    writer.writerows([day.day, day.value] for day in queries.per_day("views", days=90))
    return response
