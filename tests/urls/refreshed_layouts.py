"""A layout that prints what a cookie says, and one more slot if the cookie ``late`` is there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path

from django_parallel_routes import intercept, refresh, slot, slots
from tests.support.gates import gates
from tests.urls.nav_views import html
from tests.views import View

OUTER = """{% extends "layout.html" %}
{% load parallel_routes %}
{% block nav %}
  <a href="/r/in/">/r/in/</a> <a href="/r/in/y/">/r/in/y/</a> <a href="/r/photo/">/r/photo/</a>
  <a href="/r/in/framed/">/r/in/framed/</a> <a href="/r/in/kept/">/r/in/kept/</a>
  <form method="post" action="/r/in/form/">{% csrf_token %}
    <button name="to" value="/r/in/">Go home</button>
    <button name="to" value="/r/in/guarded/">Go to the guarded form</button>
  </form>
{% endblock %}
{% block slots %}{% slot %}{% slot "modal" %}{% endblock %}"""
INNER = """{% load parallel_routes %}<p>layout {{ request.COOKIES.said }}</p>
{% slot %}{% slot "side" %}{% if request.COOKIES.late %}{% slot "late" %}{% endif %}
<hr title="{{ request.COOKIES.said }}">"""
FIXED = INNER.replace('{% slot "side" %}', '<div data-pr-morph="false">{% slot "side" %}</div>')
FORM = """form
<form method="post" action="/r/in/form/">{% csrf_token %}
  <button>Send</button> <button name="to" value="/r/in/y/">Send and go</button>
</form>"""
SLOW_FORM = """form
<form method="post">{% csrf_token %}<button name="to" value="/r/slow/x/">Go</button></form>"""
GUARDED = """guarded <form method="post" data-pr-guard="Leave form?"><input id="said" name="said"></form>"""
"""Forms elsewhere refresh the layout around it, and lead to another page in it, or to this one."""

REPLACED = (
    """<div data-pr-morph="false"><form data-pr-guard><input id="said" name="said"></form></div>"""
)
LIST = """{% if request.COOKIES.said %}<p>first</p> <p>second</p> {% endif %}<p>list</p>"""
KEPT = "{% if request.COOKIES.said %}<p>more</p>{% endif %}<p hx-preserve id='kept'>kept</p>"
FRAMED = "{% if request.COOKIES.said %}<div><input id='note'></div>{% else %}<input id='note'>{% endif %}"
LATE = "<p>late {{ request.COOKIES.said }}</p> <input id='note' name='note'>"


def template(source: str) -> View:
    """A view that renders the source of a template."""
    found = engines["django"].from_string(source)
    return lambda request, **kwargs: HttpResponse(found.render(kwargs, request))


def form(request: HttpRequest, source: str = FORM) -> HttpResponse:
    """A form whose answer refreshes the layout that it stands in."""
    if request.method != "POST":
        return template(source)(request)
    refresh(request, "children")
    to = request.POST.get("to")
    return redirect(to) if to else HttpResponse("sent")


def late(request: HttpRequest) -> HttpResponse:
    """A page with a field, once its gate is open."""
    gates.arrive("late")
    return template(f'<form data-pr-guard="Leave form?">{LATE}</form>')(request)


urlpatterns = [
    slots(
        "r/",
        layout=template(OUTER),
        children=[
            slots(
                "in/",
                layout=template(INNER),
                children=[
                    path("", html("home")),
                    path("form/", form),
                    path("guarded/", html(GUARDED)),
                    path("note/", html("note")),
                    path("replaced/", html(REPLACED)),
                    path("list/", template(LIST)),
                    path("keep/", template(KEPT)),
                    path("kept/", template(KEPT)),
                ],
                side=slot(
                    [path("y/", html("side y")), path("framed/", template(FRAMED))],
                    default=html("side"),
                ),
                late=slot(
                    [path("y/", html("late y")), path("note/", template(LATE))],
                    default=html("late"),
                ),
            ),
            slots(
                "slow/",
                layout=template(INNER),
                children=[path("form/", form, {"source": SLOW_FORM}), path("x/", html("x"))],
                side=slot([], default=late, loading=html("wait")),
            ),
            slots(
                "fixed/",
                layout=template(FIXED),
                children=[
                    path("form/", form, {"source": SLOW_FORM.replace("slow", "fixed")}),
                    path("x/", html("x")),
                ],
                side=slot([], default=late, loading=html("wait")),
            ),
            path("photo/", html("photo page"), name="refreshed-photo"),
        ],
        modal=slot(
            [intercept("refreshed-photo", html("<title>photo</title>photo"))],
            layout="django_parallel_routes/modal.html",
            default=None,
        ),
    ),
]
