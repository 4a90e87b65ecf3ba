"""The ``analytics`` slot: a tab group with three pages, and a default."""

from __future__ import annotations

import csv
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .. import charts, queries


def summary(request: HttpRequest) -> HttpResponse:
    """Show a summary: the default, for hard loads of URLs for which no tab has a page."""
    views = queries.per_day("views", days=30)
    visitors = queries.per_day("visitors", days=30)
    context = {
        "cards": [
            _card("Page views", "page-views", views),
            _card("Visitors", "visitors", visitors),
        ],
        "best": queries.ranking("source", "visitors", days=30, limit=1),
    }
    return render(request, "dashboard/analytics/summary.html", context)


def page_views(request: HttpRequest) -> HttpResponse:
    """Show views by day and by page."""
    days = _days(request)
    series = queries.per_day("views", days=days)
    context = _context("page-views", days, series) | {
        "chart": charts.area_chart(series, noun="page views"),
        "rows": queries.ranking("page", "views", days=days, limit=5),
    }
    return render(request, "dashboard/analytics/page_views.html", context)


def visitors(request: HttpRequest) -> HttpResponse:
    """Show visitors by day, by weekday and by country."""
    days = _days(request)
    series = queries.per_day("visitors", days=days)
    context = _context("visitors", days, series) | {
        "chart": charts.area_chart(series, noun="visitors"),
        "weekdays": queries.per_weekday("visitors", days=days),
        "countries": queries.ranking("country", "visitors", days=days),
    }
    return render(request, "dashboard/analytics/visitors.html", context)


def sources(request: HttpRequest) -> HttpResponse:
    """Show where visitors come from, as a ring."""
    days = _days(request)
    context = _context("sources", days, queries.per_day("visitors", days=days)) | {
        "slices": charts.ring(queries.ranking("source", "visitors", days=days)),
    }
    return render(request, "dashboard/analytics/sources.html", context)


def export(request: HttpRequest) -> HttpResponse:
    """Return the page views as a file: a response that is not shown in a slot."""
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="page-views.csv"'},
    )
    writer = csv.writer(response)
    writer.writerow(["day", "views"])
    writer.writerows([day.day, day.value] for day in queries.per_day("views", days=90))
    return response


def _days(request: HttpRequest) -> int:
    """Return the range of ``?days=``, if the page offers it, or else 30."""
    asked = request.GET.get("days", "")
    return int(asked) if asked in map(str, queries.RANGES) else 30


def _context(name: str, days: int, series: list[charts.Day]) -> dict[str, Any]:
    return {
        "name": name,
        "days": days,
        "ranges": queries.RANGES,
        "total": sum(day.value for day in series),
        "change": queries.change(series),
    }


def _card(title: str, name: str, series: list[charts.Day]) -> dict[str, Any]:
    return {
        "title": title,
        "name": name,
        "total": sum(day.value for day in series),
        "change": queries.change(series),
        "points": charts.sparkline([day.value for day in series]),
    }
