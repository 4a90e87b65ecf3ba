"""``request.in_slot``: one base template for fragments and documents (B65)."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.support.system_checks import with_templates
from tests.window import Window, serve

TEMPLATES = {
    "base.html": '{% extends request.in_slot|yesno:"fragment.html,document.html" %}',
    "fragment.html": "<title>{% block title %}{% endblock %}</title>{% block content %}{% endblock %}",
    "document.html": "<!doctype html><title>{% block title %}{% endblock %} - Site</title>"
    "<body><nav></nav>{% block content %}{% endblock %}</body>",
    "layout.html": '{% extends "base.html" %}{% block content %}{% load parallel_routes %}'
    '{% slot %}{% slot "side" %}{% slot "modal" %}{% endblock %}',
    "tabs.html": '{% extends "base.html" %}{% block content %}{% load parallel_routes %}'
    "tabs: {% slot %}{% endblock %}",
    "page.html": '{% extends "base.html" %}{% block title %}{{ name }}{% endblock %}'
    "{% block content %}<p>{{ name }}</p>{% endblock %}",
}


def page(name: str) -> Any:
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            return TemplateResponse(request, "page.html", {"name": f"{name} 422"}, status=422)
        return render(request, "page.html", {"name": name})

    return view


def fails(request: HttpRequest) -> HttpResponse:
    raise ValueError


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "page.html", {"name": "500"}, status=500)


@pytest.fixture
def window(settings: Any) -> Window:
    with_templates(settings, TEMPLATES)
    settings.DEBUG = False
    modal = [intercept("photo"), intercept("about")]
    window = serve(
        settings,
        slots(
            "",
            layout="layout.html",
            children=[
                path("", page("home")),
                path("photo/", page("photo"), name="photo"),
                path("fails/", fails),
            ],
            side=slot([path("tab/", page("tab"))], layout="tabs.html", default=page("default")),
            modal=slot(modal, layout="django_parallel_routes/modal.html", default=None),
        ),
        path("about/", page("about"), name="about"),
        handler500=f"{__name__}.server_error",
    )
    window.client.raise_request_exception = False
    return window


DOCUMENT = "<!doctype html><title>{} - Site</title>"


def test_templates_that_extend_the_base_are_fragments_in_slots_only(window: Window) -> None:
    """B65: one line in the base template, and no view or page changes."""
    html = window.hard("/").content.decode()
    assert html.count("<nav>") == html.count("<!doctype") == 1
    assert window.shows == {"children": "home", "side": "default", "modal": ""}
    assert '<title>home</title><template data-pr-layout="- Site"></template>' in html
    window.soft("/tab/")
    assert window.shows["side.children"] == "tab"
    assert window.shows["side"] == "tabs:"
    assert window.changed == ["side"]
    for url, name in (("/photo/", "photo"), ("/about/", "about")):
        window.hard("/")
        window.soft(url)
        assert window.shows["modal.children"] == name
        assert "<nav>" not in window.text
    assert window.hard("/about/").content.decode().startswith(DOCUMENT.format("about"))


def test_a_form_with_errors_is_a_fragment_and_an_error_page_is_a_document(window: Window) -> None:
    """The error page of a request whose form stood in a slot stands in none."""
    window.hard("/photo/")
    window.soft("/photo/", method="post", source_slot="children")
    assert window.response.status_code == 422
    assert window.shows["children"] == "photo 422"
    failed = window.client.post("/fails/")
    assert failed.status_code == 500
    assert failed.content.decode().startswith(DOCUMENT.format("500"))


def test_views_may_ask_and_without_middleware_all_else_is_a_document(settings: Any) -> None:
    """A view outside every slots() may be asked for a modal, for a document, or by no middleware of ours."""
    said: list[Any] = []

    def view(request: HttpRequest) -> HttpResponse:
        said.append(vars(request).get("in_slot"))
        return page("asks")(request)

    urls = [
        slots(
            "in/",
            layout="layout.html",
            children=[path("", view)],
            side=slot([], default=None),
            modal=slot([], default=None),
        ),
        path("out/", view),
    ]
    with_templates(settings, TEMPLATES)
    window = serve(settings, *urls)
    window.hard("/in/")
    assert window.hard("/out/").content.decode().startswith(DOCUMENT.format("asks"))
    settings.MIDDLEWARE = settings.MIDDLEWARE[:-1]
    assert (
        serve(settings, *urls).hard("/out/").content.decode().startswith(DOCUMENT.format("asks"))
    )
    assert said == [True, False, None]
