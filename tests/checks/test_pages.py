"""System checks of what slots and documents show: templates, names of slots, defaults, the script."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.views import LogoutView
from django.http import HttpResponse
from django.urls import path
from django.views.generic import CreateView, DetailView, ListView, TemplateView

from django_parallel_routes import intercept, slot, slots
from tests.models import Note
from tests.support.system_checks import (
    SCRIPTS,
    layouts,
    messages,
    other,
    said,
    site,
    view,
)

# --- W011 ---


@pytest.mark.parametrize(
    "source",
    [
        "\n<!doctype html><title>A page</title><h1>A page</h1>",
        "<!-- mine --> <HTML lang='en'><body>",
        "{% extends 'base.html' %}{% block page %}<h1>A page</h1>{% endblock %}",
    ],
)
def test_a_page_that_is_a_whole_document_is_reported(settings: Any, source: str) -> None:
    """W011."""
    more = {"base.html": "<!doctype html>{% block page %}{% endblock %}", "page.html": source}
    where = site(children=[path("", TemplateView.as_view(template_name="page.html"))])
    templates = {"l.html": f"{SCRIPTS}{{% slot %}}{{% slot 'side' %}}", **more}
    assert said(settings, where, templates=templates) == [
        (
            "W011",
            "slots(''): slot 'children': the template 'page.html' is a whole document, but it is the "
            "page of a slot.",
        )
    ]
    posted = LogoutView.as_view(template_name="page.html")
    elsewhere = site(children=[path("", view), path("logout/", posted)])
    assert said(settings, elsewhere, templates=templates) == []
    fragment = (
        "<title>A page</title><iframe srcdoc='<!doctype html>'></iframe><pre>&lt;html></pre>"
    )
    assert said(settings, where, templates={**templates, "page.html": fragment}) == []


def test_a_page_that_extends_the_layout_around_it_is_told_not_to(settings: Any) -> None:
    """W011."""
    where = site(children=[path("", TemplateView.as_view(template_name="page.html"))])
    source = f"<!doctype html>{SCRIPTS}{{% block main %}}{{% slot %}}{{% endblock %}}{{% slot 'side' %}}"
    page = "{% extends 'l.html' %}{% block main %}<h1>A page</h1>{% endblock %}"
    [found] = messages(settings, where, templates={"l.html": source, "page.html": page})
    assert found.id == "parallel_routes.W011"
    assert str(found.hint).startswith(
        "Remove {% extends %}: the layout is around the slot already"
    )


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (ListView.as_view(model=Note), "note_list"),
        (ListView.as_view(queryset=Note.objects.filter(name="x")), "note_list"),
        (DetailView.as_view(model=Note), "note_detail"),
        (CreateView.as_view(model=Note, fields=["name"]), "note_form"),
        (DetailView.as_view(model=Note, template_name_suffix="_card"), "note_card"),
        (DetailView.as_view(model=Note, template_name_field="name"), ""),
        (ListView.as_view(), ""),
    ],
)
def test_templates_that_generic_views_take_by_themselves_are_read(
    settings: Any, page: Any, name: str
) -> None:
    """W011."""
    layout, document = f"{SCRIPTS}{{% slot %}}{{% slot 'side' %}}", "<!doctype html>"
    names = [f"note_{kind}" for kind in ("list", "detail", "form", "card")]
    templates = {"l.html": layout, **{f"tests/{name}.html": document for name in names}}
    found = said(settings, site(children=[path("", page)]), templates=templates)
    where = "slots(''): slot 'children': the template"
    is_one = f"{where} 'tests/{name}.html' is a whole document, but it is the page of a slot."
    assert found == ([("W011", is_one)] if name else [])


# --- E009: templates that there are not ---


@pytest.mark.parametrize(
    "option", ["default", "loading", "error", "not_found", "layout", "default_layout"]
)
def test_a_missing_template_is_reported(settings: Any, option: str) -> None:
    options = {"default": other, "error": other, option: "no-such.html"}
    source = "{% slot %}{% slot 'side' %}"
    assert layouts(settings, source, site(side=slot([path("", view)], **options))) == [
        (
            "E009",
            f"slots(''): slot 'side': {option}: the template 'no-such.html' does not exist.",
        )
    ]


def test_missing_templates_of_error_and_loading_states_are_reported(settings: Any) -> None:
    side = slot([intercept("home", "no-such.html")], default=None)
    source = "{% slot %}{% slot 'side' %}"
    expected = (
        "slots(''): slot 'side': intercept('home'): the template 'no-such.html' does not exist."
    )
    assert layouts(settings, source, site(side=side)) == [("E009", expected)]
    side = slot([intercept("home", "some.html")], default=None)
    more = {"some": "{% if x %}{% include 'no-such.html' %}{% endif %}"}
    assert layouts(settings, source, site(side=side), **more) == []
    assert layouts(settings, source, site("nowhere.html"))[0] == (
        "E009",
        "slots(''): layout: the template 'nowhere.html' does not exist.",
    )
    [message] = messages(settings, slots("", layout="views.slow", children=[path("", view)]))
    assert "give the view itself" in str(message.hint)
    [message] = messages(settings, slots("", layout="l.html#part", children=[path("", view)]))
    assert "Define the partial" in str(message.hint)


# --- E010: names of slots ---

WRONG = (
    '<a href="/" data-pr-target="tema">More</a>',
    '<a href="{% url \'x\' %}" data-pr-target="tema">More</a>',
    "<p id=\"{% slot_id 'tema' %}-label\"></p>",
    '<div data-pr-target="tema"><a href="/">More</a></div>',
    '<form action="/" data-pr-target="tema.team"></form>',
)
FINE = (
    '<a href="/" data-pr-target="team">',
    '<a href="/" data-pr-target="side">',
    '<a href="/" data-pr-target="children.anything">',
    '<a href="/" data-pr-target="false">',
    "{% slot_id %} {% slot_id 'side' %} {% slot_id name %}",
    '<a href="/" data-pr-target="{{ name }}">',
    '<a href="/" data-pr-target="{% if name %}tema{% endif %}">',
    '{% if name %}<a href="/" data-pr-target="tema">{% slot_id "tema" %}{% endif %}',
    '<!-- <a data-pr-target="tema"> --><code>data-pr-target="tema"</code>',
    '<a href="/" hx-target="#slot-tema">',
)


def of_page(settings: Any, source: str) -> list[tuple[str, str]]:
    """Return the messages about a page in the slot ``team`` of a layout inside another layout."""
    return said(
        settings,
        slots(
            "",
            layout="outer.html",
            children=[
                slots(
                    "d/",
                    layout="inner.html",
                    children=[path("", view, name="x")],
                    team=slot([], default="page.html"),
                )
            ],
            side=slot([], default=None),
        ),
        templates={
            "outer.html": f"{SCRIPTS}{{% slot %}}{{% slot 'side' %}}",
            "inner.html": "{% slot %}{% slot 'team' %}",
            "page.html": source,
        },
    )


@pytest.mark.parametrize("source", WRONG)
def test_the_name_of_a_slot_that_no_layout_has_is_reported(settings: Any, source: str) -> None:
    """B66, E010: the hint lists the slots that are there."""
    [(number, text)] = of_page(settings, source)
    assert number == "E010"
    assert "slots('d/'): slot 'team': the template 'page.html' names slot 'tema" in text


@pytest.mark.parametrize("source", FINE)
def test_names_that_may_be_right_are_not_reported(settings: Any, source: str) -> None:
    """B66: names of slots in all layouts around it, and names that can't be read."""
    assert of_page(settings, source) == []


def test_a_page_may_name_the_slots_of_each_place_where_it_is_shown(settings: Any) -> None:
    """B66: an intercepted page has other layouts around it, and a layout names its own slots."""
    from django.views.generic import TemplateView

    page = TemplateView.as_view(template_name="page.html")
    urls = [
        slots("a/", layout="a.html", children=[path("", page, name="page")]),
        slots(
            "b/",
            layout="b.html",
            children=[path("", view)],
            team=slot([intercept("page")], default=None),
        ),
    ]
    templates = {
        "a.html": SCRIPTS + "{% slot %}<a data-pr-target='team'></a>",
        "b.html": SCRIPTS + "{% slot %}{% slot 'team' %}<a data-pr-target='team'></a>",
        "page.html": "<a data-pr-target='team'></a>",
    }
    found = [
        text for number, text in said(settings, *urls, templates=templates) if number == "E010"
    ]
    assert found == [
        "slots('a/'): the template 'a.html' names slot 'team', which no layout around it has."
    ]


# --- W021: defaults ---


INNER = ([path("tickets/", view, name="tickets"), path("<int:id>/", view, name="ticket")], "shop")
DEFAULTS = {
    "l.html": SCRIPTS + "{% slot %}{% slot 'side' %}",
    "post.html": '<form class="a" method="post">{% csrf_token %}</form>',
    "there.html": '<form method="post" action="{% url "home" %}"></form>',
    "get.html": "<form><input name=q></form>",
    "frame.html": "{% slot %}",
}


def with_default(*patterns: Any, **options: Any) -> Any:
    return slots(
        "d/",
        layout="l.html",
        children=slot([path("", view, name="home")], default=view),
        side=slot([path("s/", view), *patterns], **options),
    )


def search(request: Any) -> HttpResponse:
    return HttpResponse(request.POST.get("words", ""))


@pytest.mark.parametrize(
    ("default", "does"),
    [
        (CreateView.as_view(model=Note, fields=[], template_name="get.html"), "takes forms"),
        (ListView.as_view(model=Note, template_name="get.html", paginate_by=9), "has pages"),
        ("post.html", "prints a form without an action"),
        (TemplateView.as_view(template_name="post.html"), "prints a form without an action"),
        (ListView.as_view(model=Note, template_name="get.html"), ""),
        (
            CreateView.as_view(
                model=Note, fields=[], template_name="get.html", http_method_names=["get"]
            ),
            "",
        ),
        (search, ""),
        ("get.html", ""),
        ("there.html", ""),
        (view, ""),
        (None, ""),
    ],
)
@pytest.mark.parametrize("layout", [None, "frame.html"])
def test_a_default_with_forms_or_pages_needs_a_url(
    settings: Any, default: Any, does: str, layout: Any
) -> None:
    """W021: as far as a view and its template can be read."""
    frame = {"default_layout": layout} if layout and default else {}
    found = said(settings, with_default(default=default, **frame), templates=DEFAULTS)
    assert [number for number, _ in found] == (["W021"] if does else [])
    assert all(does in text for _, text in found)


# --- W016: the script ---

BOTH = "{% slot %}{% slot 'side' %}"


def test_a_document_without_the_script_is_reported_once(settings: Any) -> None:
    more = slots("more/", layout="l.html", children=[path("", view)], side=[path("", other)])
    assert said(settings, site(), more, templates={"l.html": BOTH}) == [
        (
            "W016",
            "the template 'l.html' has no {% parallel_routes_script %}, so each link loads a whole "
            "document.",
        )
    ]


@pytest.mark.parametrize(
    "source",
    [
        "{% include 'head.html' %}",
        "{% if x %}{% parallel_routes_script %}{% endif %}",
        "{% include which %}",
    ],
)
def test_a_document_that_may_have_the_script_is_not_reported(settings: Any, source: str) -> None:
    head = "{% parallel_routes_script %}"
    templates = {"l.html": "<script></script>" + source + BOTH, "head.html": head}
    assert said(settings, site(), templates=templates) == []


def test_only_documents_need_scripts(settings: Any) -> None:
    inner = slots("in/", layout="in.html", children=[path("", view)])
    side = slot([path("", other), inner], default=other, layout="in.html")
    children = slot([path("", view)], default=view)
    found = layouts(settings, BOTH, site(children=children, side=side), **{"in": "{% slot %}"})
    assert found == []
    assert said(settings, site(), templates={"l.html": "no slot"})[0][0] == "W003"
