"""A tab group, a slot that loads, one that fails, and a modal: what the accessibility tree has of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.context_processors import htmx_version
from tests.support.gates import gates
from tests.urls.audible import PHOTO, broken, page

LAYOUT = """{% load django_htmx parallel_routes %}<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Site</title><link rel="icon" href="data:,">
<meta name="htmx-config" content='{"includeIndicatorStyles": false}'>
{% htmx_script version=htmx_version %}{% parallel_routes_script %}</head><body>
<nav aria-label="Site"><a href="/late/">Late</a> <a href="/broken/">Broken</a>
<a href="/photo/">Photo</a></nav>
<main>{% slot %}</main><section aria-label="Feed">{% slot "feed" %}</section>
{% slot "modal" %}</body></html>"""
TABS = """{% load parallel_routes %}<nav aria-label="Tabs" data-pr-current-in="feed">
<a href="/new/" data-pr-current>New</a> <a href="/old/" data-pr-current>Old</a></nav>{% slot %}"""


def template(text: str) -> object:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(
            engines["django"].from_string(text).render(htmx_version(request), request)
        )

    return view


def late(request: HttpRequest) -> HttpResponse:
    gates.arrive("/late/")
    return HttpResponse("<h2>Late</h2>at last")


urlpatterns = [
    slots(
        "",
        layout=template(LAYOUT),
        children=[
            path("", page("<title>Home</title><h1>Home</h1>")),
            path("photo/", page(PHOTO), name="photo"),
        ],
        feed=slot(
            [
                path("new/", page("<h2>What is new</h2>")),
                path("old/", page("<h2>What is old</h2>")),
                path("late/", late),
                path("broken/", broken),
            ],
            layout=template(TABS),
            default=page("<h2>What is new</h2>"),
            default_layout=template(TABS),
            loading="django_parallel_routes/loading.html",
            error="django_parallel_routes/error.html",
        ),
        modal=slot(
            [intercept("photo", page(PHOTO))],
            layout="django_parallel_routes/modal.html",
            default=None,
        ),
    ),
]
