"""Slots that are rendered again for the same page. A test says what the board shows."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template import engines
from django.urls import path
from django.utils.html import escape

from django_parallel_routes import intercept, slot, slots
from tests.support.gates import gates
from tests.urls.nav_views import html
from tests.views import View

OUTER = """{% extends "layout.html" %}
{% load parallel_routes %}
{% block nav %}<a href="/m/">/m/</a> <a href="/m/photo/">/m/photo/</a>{% endblock %}
{% block slots %}{% slot %}{% slot "modal" %}{% endblock %}"""
INNER = """{% load parallel_routes %}
<p id="said">{{ request.COOKIES.said }}</p>
<form id="outer"><input name="outer"></form>
{% slot %}{% if request.COOKIES.late %}{% slot "late" %}{% endif %}"""
NAMES = [f"n{number}" for number in range(60)]

board = {"html": "", "done": ""}
"""What ``/m/board/`` shows, and what it shows once a form was sent."""


def template(source: str) -> View:
    """A view that renders the source of a template."""
    found = engines["django"].from_string(source)
    return lambda request, **kwargs: HttpResponse(found.render(kwargs, request))


def shown_board(request: HttpRequest) -> HttpResponse:
    """What the test says; a form that is wrong comes back."""
    gates.arrive(f"{request.method} {request.path}")
    if request.method == "POST":
        board["html"] = board["done"] or board["html"]
        if "wrong" not in request.POST:
            return redirect(request.path)
    token = f'<input type=hidden name=csrfmiddlewaretoken value="{get_token(request)}">'
    return HttpResponse(board["html"].replace("[token]", token))


def search(request: HttpRequest) -> HttpResponse:
    """A form that filters a table, and a table with pages."""
    gates.arrive(request.get_full_path())
    q, page = request.GET.get("q", ""), int(request.GET.get("page", 1))
    names = NAMES[::-1] if "descending" in request.GET else NAMES
    found = [name for name in names if q in name][20 * (page - 1) : 20 * page]
    rows = "".join(f"<tr><td>{name}<td><input type=checkbox>" for name in found)
    return HttpResponse(
        f"""<title>search</title>
        <form id=filter><input name=q id=q value="{escape(q)}"><button>Go</button></form>
        <video id=video></video> <textarea id=note></textarea>
        <div id=box style="height: 90px; overflow: auto"><table><tbody>{rows}</table></div>
        <a href="?q=n5&descending" id=sort>sort</a>
        <a href="?q={escape(q)}&page={page + 1}" id=next>next</a> <a href="/m/other/">/m/other/</a>"""
    )


def photo(request: HttpRequest) -> HttpResponse:
    """A modal with a query."""
    size = request.GET.get("size", "small")
    return HttpResponse(
        f'<title>photo</title><p id=size>{size}</p><input id=comment><a href="?size=large">large</a>'
    )


urlpatterns = [
    slots(
        "late/",
        layout=template(OUTER),
        children=slot([path("", search)], loading=html("loading")),
        modal=slot([], default=None),
    ),
    slots(
        "aside/",
        layout=template(OUTER),
        children=[path("", html("home"))],
        modal=slot([path("list/", search)], default=search),
    ),
    slots(
        "m/",
        layout=template(OUTER),
        children=[
            path("", html("home")),
            path("board/", shown_board),
            path("search/", search),
            path("other/", html('<a href="/m/search/">/m/search/</a>')),
            slots(
                "in/",
                layout=template(INNER),
                children=[path("", shown_board), path("search/", search)],
                late=slot([], default=html("late")),
            ),
            path("photo/", html("photo page"), name="morphed-photo"),
        ],
        modal=slot(
            [intercept("morphed-photo", photo)],
            layout="django_parallel_routes/modal.html",
            default=None,
        ),
    ),
]
