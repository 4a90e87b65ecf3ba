"""Pages with widgets of real libraries, which the recipes of docs/how-to/scripts.md set up."""

from __future__ import annotations

import re
from pathlib import Path

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.static import serve

from django_parallel_routes import intercept, slot, slots
from tests.urls.nav_views import html

ROOT = Path(__file__).parent.parent.parent
LIBRARIES = ROOT / "js" / "widgets" / "node_modules"
RECIPES = ROOT / "docs" / "how-to" / "scripts.md"

SCRIPTS = [
    "jquery/dist/jquery.min.js",
    "select2/dist/js/select2.min.js",
    "tom-select/dist/js/tom-select.complete.min.js",
    "flatpickr/dist/flatpickr.min.js",
    "chart.js/dist/chart.umd.js",
    "tinymce/tinymce.min.js",
    "bootstrap/dist/js/bootstrap.bundle.min.js",
    "recipes.js",
    "alpinejs/dist/cdn.min.js",
]
STYLES = [
    "select2/dist/css/select2.min.css",
    "tom-select/dist/css/tom-select.min.css",
    "flatpickr/dist/flatpickr.min.css",
]


class Form(forms.Form):
    city = forms.ChoiceField(
        choices=[(name, name) for name in ("Bern", "Oslo", "Rome")],
        widget=forms.Select(attrs={"class": "search"}),
    )
    tree = forms.ChoiceField(
        choices=[(name, name) for name in ("Ash", "Elm", "Oak")],
        widget=forms.Select(attrs={"class": "select2"}),
    )
    day = forms.DateField(widget=forms.TextInput(attrs={"class": "date"}))
    text = forms.CharField(
        widget=forms.Textarea(attrs={"class": "rich"}), initial="<p>first</p>", required=False
    )


def layout(request: HttpRequest) -> HttpResponse:
    links = ["/l/", "/l/form/", "/l/modal/", "/l/form/?more=1", "/l/confirm/"]
    return render(
        request, "libraries/layout.html", {"links": links, "scripts": SCRIPTS, "styles": STYLES}
    )


def page(request: HttpRequest, **kwargs: object) -> HttpResponse:
    form = Form(request.POST or None)
    if form.is_valid():
        return redirect("/l/")
    return render(
        request,
        "libraries/page.html",
        {"form": form, "numbers": {"labels": ["a"], "datasets": [{"data": [3]}]}},
    )


def confirm(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """A form in a modal of Bootstrap."""
    return (
        redirect("/l/") if request.method == "POST" else render(request, "libraries/confirm.html")
    )


def recipes(request: HttpRequest) -> HttpResponse:
    """All recipes of the docs as one file."""
    blocks = re.findall(r"^```js\n(.*?)^```", RECIPES.read_text(), re.DOTALL | re.MULTILINE)
    return HttpResponse("\n".join(blocks), content_type="text/javascript")


urlpatterns = [
    path("recipes.js", recipes),
    path("libraries/<path:path>", serve, {"document_root": LIBRARIES}),
    slots(
        "l/",
        layout=layout,
        children=[
            path("", html("<p>home</p>")),
            path("form/", page),
            path("confirm/", confirm),
            path("modal/", page, name="modal"),
        ],
        modal=slot(
            [intercept("modal", page)], layout="django_parallel_routes/modal.html", default=None
        ),
    ),
]
