"""A page that uses no part of the script, links to pages that do, and a policy that asks for a nonce."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template import engines
from django.urls import path
from django.utils.html import format_html

from django_parallel_routes import intercept, slot, slots
from tests.context_processors import htmx_version
from tests.views import says

LAYOUT = """{% load django_htmx parallel_routes %}<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Parts</title><link rel="icon" href="data:,">
<meta name="htmx-config" content='{"includeIndicatorStyles": false}'>
{% htmx_script version=htmx_version %}{% parallel_routes_script %}</head>
<body><a href="{{ base }}">Home</a> <a href="{{ base }}form/">Form</a>
<a href="{{ base }}photo/">Photo</a> <a href="{{ base }}data/">Data</a>
<form method="post" action="{{ base }}refused/">{% csrf_token %}<button>Send</button></form>
{% slot %}{% if modal %}{% slot "modal" %}{% endif %}</body></html>"""


def layout(request: HttpRequest, *, modal: bool = False) -> HttpResponse:
    template = engines["django"].from_string(LAYOUT)
    base = "/modal/" if modal else "/parts/"
    context = {"csp_nonce": "abc", "base": base, "modal": modal, **htmx_version(request)}
    response = HttpResponse(template.render(context, request))
    response["Content-Security-Policy"] = "script-src 'nonce-abc'; style-src 'self'"
    return response


def with_modal(request: HttpRequest) -> HttpResponse:
    return layout(request, modal=True)


def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse('<form data-pr-guard="Leave?"><input id="name" name="name"></form>')


def place(request: HttpRequest) -> HttpResponse:
    """A page that has a form brought by htmx alone."""
    return HttpResponse(
        '<button hx-get="/parts/form/" hx-target="#place">Form here</button><div id="place"></div>'
    )


def note(request: HttpRequest) -> HttpResponse:
    """A form that comes back with an error if nothing is entered, or a status."""
    text = request.POST.get("text", "")
    if text and not text.isdigit():
        return redirect("/parts/noted/")
    is_wrong = request.method == "POST"
    token, error = get_token(request), "Enter something." if is_wrong else ""
    html = '<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    html += '<input id="text" name="text" value="{}" aria-invalid="{}">'
    html += "<button>Note</button> {}</form>"
    shown = format_html(html, token, text, "true" if is_wrong else "false", error)
    return HttpResponse(shown, status=int(text or 422) if is_wrong else 200)


def dialog(request: HttpRequest) -> HttpResponse:
    return HttpResponse(format_html("<dialog data-pr-modal open>{}</dialog>", "a photo, above"))


def data(request: HttpRequest) -> HttpResponse:
    return HttpResponse("plain text", content_type="text/plain")


def refused(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=403, headers={"HX-Trigger": "toast"})


def unreachable(request: HttpRequest) -> HttpResponse:
    """As a proxy answers while the server is started anew, but for the first time."""
    if "Parallel-Routes" in request.headers:
        return HttpResponse("Bad Gateway", status=502)
    return HttpResponse("the status")


urlpatterns = [
    slots(
        "parts/",
        layout=layout,
        children=[
            path("", says("home")),
            path("form/", form),
            path("place/", place),
            path("note/", note),
            path("noted/", says("noted")),
            path("data/", data),
            path("refused/", refused),
            path("status/", unreachable),
        ],
    ),
    slots(
        "modal/",
        layout=with_modal,
        children=[path("", says("home")), path("photo/", says("a photo"), name="photo")],
        modal=slot([intercept("photo", dialog)], default=None),
    ),
]
