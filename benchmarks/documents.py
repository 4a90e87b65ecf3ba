"""Compares soft navigations to pages that are whole documents with one to a fragment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path

from benchmarks import queries
from benchmarks.client import Site, of_htmx, of_the_script
from benchmarks.clock import Effort, measure, ratio
from benchmarks.tables import table
from django_parallel_routes import slot, slots

PAGE, OTHER = "/", "/page/"


@dataclass(frozen=True)
class Urls:
    """The URLconf of one way to declare the slot."""

    urlpatterns: list[object]

    __hash__ = object.__hash__


def site(template: str, *, finished: bool = True, **part: str) -> Site:
    def view(request: HttpRequest) -> HttpResponse:
        context = {"own_title": "Page views", "nav": queries.team, **queries.page_views()}
        return (render if finished else TemplateResponse)(request, template, context)

    children = slot([path("", view), path("page/", view, name="dashboard")], **part)
    layout = slots("", layout="benchmarks/documents/layout.html", children=children)
    names = [path(f"{name}/", view, name=name) for name in ("visitors", "logout")]
    return Site(Urls([layout, *names]))


def report(cookies: str, effort: Effort) -> Iterator[str]:
    folder = "benchmarks/documents"
    ways = {
        "a fragment for the slot": site("benchmarks/traffic.html"),
        "request.in_slot": site(f"{folder}/decides.html"),
        'block="children"': site(f"{folder}/page.html", finished=False, block="children"),
        'element="content"': site(f"{folder}/page.html", element="content"),
    }
    settings.DEBUG = False
    calls, sizes = [], []
    for way in ways.values():
        shown = way.get(PAGE, {"Cookie": cookies})
        headers = {"Cookie": cookies, **of_htmx(PAGE), **of_the_script(shown)}
        answer = way.get(OTHER, headers)
        assert answer.status == "200 OK"
        assert "Page views" in answer.html
        assert "<header" not in answer.html
        calls.append(way.call(OTHER, headers))
        sizes.append(answer.size)
    times = measure(calls, effort)
    rows = [
        [name, f"{median(found) * 1e6:,.0f}", str(ratio(found, times[0])), f"{size:,}"]
        for name, found, size in zip(ways, times, sizes, strict=True)
    ]
    yield "A soft navigation to the page of a whole document"
    yield table(["", "µs", "÷ fragment", "bytes"], rows)
