"""Pages that use htmx's own features, and its extensions."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from django.views.static import serve

from django_parallel_routes import slot, slots
from tests.support.gates import gates
from tests.urls.libraries import LIBRARIES
from tests.urls.nav_views import html

LINKS = [
    "/f/head/",
    "/f/confirm/",
    "/f/",
    "/f/search/",
    "/f/keep/",
    "/f/kept/",
    "/f/events/",
    "/f/refused/",
]
OWN = "/libraries/htmx-ext-response-targets/dist/response-targets.min.js"


def layout(request: HttpRequest) -> HttpResponse:
    version = settings.HTMX_VERSION
    names = ("hx-preload", "hx-head", "hx-sse")
    extensions = [static(f"django_htmx/ext/{name}-{version}.min.js") for name in names]
    if version == 2 and LIBRARIES.is_dir():
        extensions.append(OWN)
    context = {"links": LINKS, "extensions": extensions, "count": request.path == "/f/head/"}
    return render(request, "features/layout.html", context)


def rows(request: HttpRequest) -> HttpResponse:
    """A list whose end loads more when it is seen."""
    number = int(request.GET.get("page", 1))
    gates.arrive(f"rows {number}")
    more = f'<li hx-get="/f/?page={number + 1}" hx-trigger="revealed" hx-swap="outerHTML">…</li>'
    row = f"<li>row {number}</li>{more if number < 3 else ''}"
    return HttpResponse(row if number > 1 else f"<ul>{row}</ul><input id='note'>")


def count(request: HttpRequest) -> HttpResponse:
    """What an element of the layout asks for as soon as htmx runs."""
    gates.arrive("count")
    return HttpResponse("3 new")


def search(request: HttpRequest) -> HttpResponse:
    """A search that shows results while one types."""
    words = request.GET.get("q", "")
    results = format_html("<p>results for {}</p>", words or "nothing")
    if "results" in request.headers.get("HX-Target", ""):
        return HttpResponse(results)
    return HttpResponse(
        format_html(
            '<input id="q" name="q" value="{}" hx-get="/f/search/" hx-trigger="input"'
            ' hx-target="#results" hx-push-url="true"><div id="results">{}</div>',
            words,
            results,
        )
    )


PLAYER = (
    '<div id="player" hx-preserve="true"><input id="typed"><iframe title="player"></iframe></div>'
)
CONFIRM = """<a href="/f/?go" hx-confirm="Sure?">Go</a>
    <a href="/f/?fast" preload="mouseover" hx-preload="mouseover">Fast</a>"""
EVENTS = """<div hx-sse:connect="/f/stream/" sse-connect="/f/stream/">
    <p id="said" sse-swap="message">none</p></div>"""
HEAD = '<head><meta name="description" content="of this page"></head><p>headed</p>'
REFUSED = """<button hx-get="/f/no/" hx-target="#yes" hx-target-422="#no"
    hx-status:422="target:#no">Ask</button>
    <p id="yes">yes</p><p id="no">no</p>"""


def stream(request: HttpRequest) -> StreamingHttpResponse:
    def events() -> Iterator[str]:
        yield "data: <b>hello</b>\n\n"
        gates.arrive("stream")

    return StreamingHttpResponse(events(), content_type="text/event-stream")


def refuses(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<i>refused</i>", status=422)


urlpatterns = [
    path("libraries/<path:path>", serve, {"document_root": LIBRARIES}),
    path("f/stream/", stream),
    path("f/no/", refuses),
    slots(
        "f/",
        layout=layout,
        children=[
            path("", rows),
            path("count/", count),
            path("head/", html(HEAD)),
            path("search/", search),
            path("keep/", html(f"<p>keep</p>{PLAYER}")),
            path("kept/", html(f"<p>kept</p>{PLAYER}")),
            path("confirm/", html(CONFIRM)),
            path("events/", html(EVENTS)),
            path("refused/", html(REFUSED)),
        ],
        side=slot([], default=None),
    ),
]
