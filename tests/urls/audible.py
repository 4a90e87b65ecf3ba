"""Pages that are heard: slots with titles, labels and headings, a modal, a slow page, one that fails."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.context_processors import htmx_version
from tests.support.gates import gates

LAYOUT = """{% load django_htmx parallel_routes %}<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Site</title><link rel="icon" href="data:,">
<meta name="htmx-config" content='{"includeIndicatorStyles": false}'>
{% htmx_script version=htmx_version %}{% parallel_routes_script %}</head><body>
<nav><a href="/">Home</a> <a href="/docs/">Docs</a> <a href="/team/">Members</a> <a href="/chart/">Chart</a>
<a href="/both/">Both</a>
<a href="/chart/?soon" data-pr-prefetch="hover">Soon</a> <a href="/slow/">Slow</a>
<a href="/broken/">Broken</a>
<a href="/photo/">Photo</a></nav>
<main>{% slot %}</main><section aria-label="People">{% slot "team" %}</section>
<div>{% slot "chart" %}</div>{% slot "modal" %}</body></html>"""


def layout(request: HttpRequest) -> HttpResponse:
    template = engines["django"].from_string(LAYOUT)
    response = HttpResponse(template.render(htmx_version(request), request))
    response["Content-Security-Policy"] = "default-src 'self'; img-src data:"
    return response


def page(html: str) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(html)

    return view


def slow(request: HttpRequest) -> HttpResponse:
    gates.arrive("/slow/")
    return HttpResponse("<title>Slow</title>slow at last")


def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError


NEXT = '<a href="/team/next/">Next</a>'
PHOTO = "<title>A photo</title><h2>A photo</h2>"

urlpatterns = [
    slots(
        "",
        layout=layout,
        children=[
            path("", page("<title>Home</title>the home")),
            path("docs/", page("<title>Docs</title>the docs")),
            path("both/", page("<title>Both</title>both")),
            path("slow/", slow),
            path("mistake/", page("<!doctype html><title>Late</title>a document")),
            path("clash/", page('<p id="slot-chart">no slot</p>')),
            path("photo/", page(PHOTO), name="photo"),
        ],
        team=slot(
            [path("team/", page(f"first {NEXT}")), path("team/next/", page("second"))],
            default=page(f"nobody {NEXT}"),
        ),
        chart=slot(
            [
                path("chart/", page("<h2>Visitors</h2>a line")),
                path("both/", page("<title>A ring</title>a ring")),
                path("drawing/", page('<a href="/" aria-label="Save as a file">save</a>')),
                path("broken/", broken),
            ],
            default=page("no chart"),
            error="django_parallel_routes/error.html",
        ),
        modal=slot(
            [intercept("photo", page(PHOTO))],
            layout="django_parallel_routes/modal.html",
            default=None,
        ),
    ),
]
