"""A list with a form that shows what it adds at once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import format_html, format_html_join

from django_parallel_routes import slots
from tests.support.gates import gates
from tests.urls.nav_views import linking

items: list[str] = []
"""What was added; tests clear it."""

FORM = """<ul id="list">{}</ul><form method="post" id="add">
<input type="hidden" name="csrfmiddlewaretoken" value="{}">
<input name="title" aria-label="title"><input name="remove" aria-label="remove">
<button name="by" value="ada">Add</button>
<template data-pr-optimistic="#list">
<li>adding <i data-pr-value="title">…</i> by <i data-pr-value="by"></i></li></template>
</form>"""


def shopping(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        gates.arrive("add")
        items.append(request.POST["title"])
        return redirect("/list/")
    rows = format_html_join("", "<li>{}</li>", ((item,) for item in items))
    return HttpResponse(format_html(FORM, rows, get_token(request)))


urlpatterns = [
    slots("list/", layout=linking(template="navigation/alone.html"), children=[path("", shopping)])
]
