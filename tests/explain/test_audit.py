"""``manage.py slots --audit``: which views can stand in slots, and why not."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.contrib.auth.views import LogoutView
from django.core.management import CommandError, call_command
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import include, path
from django.views.generic import RedirectView, TemplateView, UpdateView

from django_parallel_routes import slot, slots
from tests.models import Note
from tests.support.system_checks import with_templates
from tests.window import serve

TEMPLATES = {
    "base.html": "<!doctype html><head><title>{% block title %}{% endblock %}</title></head>"
    '<script>site()</script><body class="{% block class %}{% endblock %}"><form method=post></form>'
    '<div id="menu">{% block menu %}{% endblock %}</div><div id="of_{{ user }}"></div>'
    '<div id="wrapper">{% block content %}{% endblock %}</div>{% block scripts %}{% endblock %}',
    "page.html": "{% extends 'base.html' %}{% block content %}A page{% endblock %}",
    "chart.html": "{% extends 'base.html' %}{% block scripts %}<script>chart()</script>{% endblock %}",
    "form.html": "{% extends 'base.html' %}{% block title %}A{% endblock %}"
    "{% block content %}<form method=post></form>{% endblock %}",
    "account.html": "{% extends 'base.html' %}{% block content %}{% block account %}{% endblock %}"
    "<form method=post></form>{% endblock %}",
    "orders.html": "{% extends 'account.html' %}{% block account %}Orders{% endblock %}",
    "bare.html": "<!doctype html><script>bare()</script>",
    "decides.html": "{% extends request.in_slot|yesno:'part.html,base.html' %}",
    "part.html": "<p>A part</p>{% block content %}{% endblock %}",
    "decided.html": "{% extends 'decides.html' %}{% block title %}A{% endblock %}"
    "{% block scripts %}{% endblock %}",
    "named.html": "{% extends base %}{% block content %}{% include 'part.html' %}{% endblock %}",
    "alone.html": "{% extends base %}",
    "l.html": "{% slot %}",
}


def chart(request: HttpRequest) -> HttpResponse:
    return render(request, "chart.html")


def edit(request: HttpRequest) -> HttpResponse:
    return render(request, "page.html" if request.POST else "part.html")


def form(request: HttpRequest) -> HttpResponse:
    return render(request, "form.html")


def data(request: HttpRequest) -> HttpResponse:
    return JsonResponse({})


def view(name: str) -> Any:
    return TemplateView.as_view(template_name=name)


@pytest.fixture(autouse=True)
def site(settings: Any) -> None:
    with_templates(settings, TEMPLATES)
    update = UpdateView.as_view(model=Note, fields=["name"], template_name="page.html")
    serve(
        settings,
        slots(
            "in/",
            layout="l.html",
            children=slot([path("", view("page.html"))], block="content"),
            side=[path("side/", view("page.html"))],
        ),
        path("admin/", include(([path("", data), path("login/", data)], "admin"))),
        path("chart/", chart, name="chart"),
        path("edit/", edit),
        path("form/", form),
        path("update/", update),
        path("orders/", view("orders.html")),
        path("logout/", LogoutView.as_view(template_name="bare.html")),
        path("bare/", view("bare.html")),
        path("decides/", view("decides.html")),
        path("decided/", view("decided.html")),
        path("named/", view("named.html")),
        path("alone/", view("alone.html")),
        path("part/", view("part.html")),
        path("data/", data),
        path("old/", RedirectView.as_view(url="/")),
    )


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("slots", "--audit", *args, stdout=out, no_color=True)
    return out.getvalue()


def test_an_audit_says_which_views_fit_and_what_to_do_about_others() -> None:
    assert (
        run()
        == """\
Fit with a change: 5. They are whole documents on base.html.
  Let that template decide by request.in_slot.
  Or let the slot name block='content'.
    /in/side/  django.views.generic.base.TemplateView  in slot 'side'
    /chart/  chart  tests.explain.test_audit.chart
    /form/  tests.explain.test_audit.form
    /update/  django.views.generic.edit.UpdateView
    /orders/  django.views.generic.base.TemplateView
Fit with a change: 1. They are whole documents on bare.html.
  Let that template decide by request.in_slot.
    /bare/  django.views.generic.base.TemplateView
May fit: 1. They render a fragment or a whole document.
    /edit/  tests.explain.test_audit.edit
May fit: 3. They name no template: they redirect, send data, or can't be read.
    /logout/  django.contrib.auth.views.LogoutView
    /data/  tests.explain.test_audit.data
    /old/  django.views.generic.base.RedirectView
May fit: 2. They extend a template that only a request names.
    /named/  django.views.generic.base.TemplateView
    /alone/  django.views.generic.base.TemplateView
Fit as they are: 1. Their slot names the part.
    /in/  django.views.generic.base.TemplateView  in slot 'children'
Fit as they are: 2. Their base template decides.
    /decides/  django.views.generic.base.TemplateView
    /decided/  django.views.generic.base.TemplateView  without block 'scripts', without block
        'title'
Fit as they are: 1. They render fragments.
    /part/  django.views.generic.base.TemplateView
Not listed: 2 of the admin, which stay documents.
"""
    )


def test_a_part_of_the_routes() -> None:
    assert "/in/side/" in run("/in")
    assert "/chart/" not in run("/in")
    with pytest.raises(CommandError, match="There is no route in the URLconf for 'nowhere'"):
        run("nowhere")


def test_the_tree_says_which_part_a_slot_takes() -> None:
    out = io.StringIO()
    call_command("slots", "children", stdout=out, no_color=True)
    assert "block=content" in out.getvalue()
