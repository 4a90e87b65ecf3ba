"""Measures what the package itself costs, with views that do nothing and empty templates.

The other side renders the same elements with one template. So the difference is only overhead, and no
work that both sides do hides it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import linear_regression

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path

from benchmarks.by_hand import HtmxHttpRequest
from benchmarks.client import Site, application_with, of_htmx, of_the_script
from benchmarks.clock import Effort, difference, measure
from benchmarks.tables import table
from django_parallel_routes import slots

COUNTS = (1, 4, 16, 64)


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def report(effort: Effort) -> Iterator[str]:
    full, soft = [], []
    application = bare_application()
    for count in COUNTS:
        names = [f"s{number}" for number in range(count)]
        ours, theirs = Site(with_slots(names), application), Site(_by_hand(names), application)
        page = ours.get("/empty/", {})
        assert page.status == "200 OK"
        assert (
            page.html.count("data-pr-slot=")
            == theirs.get("/empty/", {}).html.count("<div")
            == count
        )
        times = measure([ours.call("/empty/", {}), theirs.call("/empty/", {})], effort)
        full.append(difference(*times) * 1e6)
        headers = of_htmx("/empty/") | of_the_script(page)
        answer = ours.get("/empty/other/", headers)
        assert answer.html.count("data-pr-slot=") == 1
        assert dict(answer.headers)["Parallel-Routes"] == "/empty/other/"
        times = measure(
            [
                ours.call("/empty/other/", headers),
                theirs.call("/empty/other/", of_htmx("/empty/")),
            ],
            effort,
        )
        soft.append(difference(*times) * 1e6)
    yield "Empty views: what the package itself costs, µs of CPU time more than by hand"
    yield table(
        ["", *(f"{n} slot{'s' * (n > 1)}" for n in COUNTS), "a request", "a slot"],
        [_row("full page", full), _row("soft navigation of 1", soft)],
    )


def _row(name: str, times: Sequence[float]) -> list[str]:
    each, fixed = linear_regression(COUNTS, times)
    return [name, *(f"{time:,.0f}" for time in times), f"{fixed:,.0f}", f"+ {each:,.1f}"]


def bare_application() -> WSGIHandler:
    """Return an application with no middleware but django-htmx's."""
    return application_with(["django_htmx.middleware.HtmxMiddleware"])


def with_slots(names: list[str]) -> tuple[object, ...]:
    def layout(request: HttpRequest) -> HttpResponse:
        return render(request, "benchmarks/empty_slots.html", {"names": names})

    declared = {name: [path("", empty)] for name in names}
    declared[names[0]] = [path("", empty), path("other/", empty)]
    return (slots("empty/", layout=layout, **declared),)


def _by_hand(names: list[str]) -> tuple[URLPattern, ...]:
    def page(request: HtmxHttpRequest) -> HttpResponse:
        if request.htmx:
            return HttpResponse()
        return render(request, "benchmarks/empty_by_hand.html", {"names": names})

    return (path("empty/", page), path("empty/other/", page))
