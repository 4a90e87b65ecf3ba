"""System checks of whole documents in slots, and of base templates that decide (B65)."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView, View

from django_parallel_routes import intercept, slot, slots
from tests.support.system_checks import SCRIPTS, messages, said, view

BASE = '{% extends request.in_slot|yesno:"fragment.html,document.html" %}'
TEMPLATES = {
    "document.html": f"<!doctype html>{SCRIPTS}{{% block content %}}{{% endblock %}}",
    "fragment.html": "{% block content %}{% endblock %}",
    "base.html": "{% extends 'document.html' %}",
    "page.html": "{% extends 'base.html' %}{% block content %}<h1>A page</h1>{% endblock %}",
    "part.html": "<h1>A part</h1>",
    "l.html": "{% extends 'base.html' %}{% load parallel_routes %}"
    "{% block content %}{% slot %}{% endblock %}",
}


@require_safe
def function(request: HttpRequest) -> HttpResponse:
    return render(request, "page.html", {"rows": [str(name) for name in ("x.html", "y")]})


def either(request: HttpRequest) -> HttpResponse:
    template = "part.html" if request.headers.get("HX-Request") else "page.html"
    return render(request, template)


def responds(request: HttpRequest) -> TemplateResponse:
    return TemplateResponse(request, "page.html")


class Method(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "page.html")


class Own(TemplateView):
    template_name = "page.html"

    def get_template_names(self) -> list[str]:
        return super().get_template_names()


class Named:
    """A view that is an object."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse("named")


@pytest.mark.parametrize(
    ("shown", "is_reported"),
    [
        (TemplateView.as_view(template_name="page.html"), True),
        (Own.as_view(), True),
        (Method.as_view(), True),
        (function, True),
        (either, False),
        (view, False),
        (Named(), False),
    ],
)
def test_documents_in_slots_are_reported_unless_the_base_decides(
    settings: Any, shown: Any, is_reported: bool
) -> None:
    """W011: the templates of a function are those that its code names."""
    what = "the template 'page.html' is a whole document, but it is the page of a slot."
    own = [path("", shown)]
    intercepted = [path("", view), intercept("plain")]  # shows the view of the route below
    for children in own, intercepted:
        urls = [
            slots("", layout="l.html", children=slot(children)),
            path("plain/", shown, name="plain"),
        ]
        found = messages(settings, *urls, templates=TEMPLATES)
        texts = [one.msg for one in found if one.id == "parallel_routes.W011"]
        assert texts == [f"slots(''): slot 'children': {what}"] * is_reported
        assert all('yesno:"fragment.html,document.html"' in (one.hint or "") for one in found)
        assert said(settings, *urls, templates={**TEMPLATES, "base.html": BASE}) == []


@pytest.mark.parametrize(
    ("shown", "part", "is_reported"),
    [
        (Own.as_view(), {"block": "content"}, False),
        (Own.as_view(), {"block": "no-such"}, True),
        (Own.as_view(), {"block": "no-such", "element": "page"}, False),
        (function, {"block": "content"}, True),  # render() gives finished HTML
        (function, {"element": "page"}, False),
        (responds, {"block": "content"}, False),
        (responds, {"element": "no-such"}, True),
    ],
)
def test_a_slot_that_names_the_part_of_a_document_is_right(
    settings: Any, shown: Any, part: Any, is_reported: bool
) -> None:
    """W011: unless the document has no such part."""
    urls = slots("", layout="l.html", children=slot([path("", shown)], **part))
    layout = "{% extends 'document.html' %}{% load parallel_routes %}"
    layout += "{% block content %}{% slot %}{% endblock %}"
    document = TEMPLATES["document.html"].replace("{% block", "<main id=page>{% block")
    templates = {**TEMPLATES, "l.html": layout, "document.html": document}
    codes = [code for code, _ in said(settings, urls, templates=templates)]
    assert codes == ["W011"] * is_reported


def test_layouts_on_a_base_that_decides_are_read_as_what_they_are(settings: Any) -> None:
    """A root layout is a document, with scripts and slots; a layout in a slot is not."""
    layout = TEMPLATES["l.html"]
    urls = slots(
        "",
        layout="l.html",
        children=[slots("in/", layout="inner.html", children=[path("", view)])],
        side=slot([], default=view),
    )
    document = TEMPLATES["document.html"].replace(
        SCRIPTS, "{% load parallel_routes %}{% slot 'side' %}"
    )
    sources = {**TEMPLATES, "base.html": BASE, "inner.html": layout, "document.html": document}
    assert [code for code, _ in said(settings, urls, templates=sources)] == ["W016"]
    sources["base.html"] = "{% extends request.in_slot|yesno:names %}"
    assert said(settings, urls, templates=sources) == []


def names(request: HttpRequest) -> HttpResponse:
    return render(request, "names.html")


def test_names_of_slots_in_the_templates_of_functions_are_checked(settings: Any) -> None:
    """B66, E010."""
    urls = slots("", layout="l.html", children=[path("", names)])
    layout = "{% extends 'document.html' %}{% load parallel_routes %}"
    sources = {
        **TEMPLATES,
        "l.html": f"{layout}{{% block content %}}{{% slot %}}{{% endblock %}}",
        "names.html": '<a href="/" data-pr-target="tema">More</a>',
    }
    [(code, text)] = said(settings, urls, templates=sources)
    assert (code, "the template 'names.html' names slot 'tema'" in text) == ("E010", True)
