"""What templates read about slots: ``selected_segment()`` and ``selected_segments()`` (S48)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.test import RequestFactory
from django.urls import path, resolve

from django_parallel_routes import intercept, slot, slots
from tests.support.rendered_site import ALL, says, two_slots
from tests.window import Pages, Window, layout, serve, slots_in

SELECTED = (
    "{% selected_segment as a %}{% selected_segments as b %}"
    "{% selected_segment 'side' as c %}{% selected_segments 'side' as d %}"
    "{{ a }} {{ b|join:'/' }} {{ c }} {{ d|join:'/' }}"
)


def selected(settings: Any) -> Window:
    return serve(
        settings,
        slots(
            "<slug:team>/",
            layout=layout("<p>" + SELECTED + "</p>" + ALL),
            children=slot(
                [
                    path("", layout(SELECTED)),
                    path("b/c/", layout(SELECTED)),
                    slots(
                        "n/",
                        layout=layout(),
                        children=[path("", says("n")), path("o/", says("o"))],
                    ),
                ],
                default=layout(SELECTED),
            ),
            side=slot(
                [path("x/y/", layout(SELECTED)), path("z/", layout(SELECTED))], default=says("d")
            ),
        ),
    )


def test_selected_segments_are_those_below_the_layout(settings: Any) -> None:
    """S48: "for children the first segment below the layout, for a named slot its last active one;
    `None` for a default or a page at the root".
    """
    window = selected(settings)
    window.hard("/red/")
    assert "<p>None  None </p>" in window.text
    window.hard("/red/b/c/")
    assert "<p>b b/c None </p>" in window.text
    assert window.shows["children"] == "b b/c None"
    window.hard("/red/x/y/")
    assert "<p>None  y x/y</p>" in window.text
    assert window.shows == {"children": "None  y x/y", "side": "None  y x/y"}


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        (
            "<p>{% selected_segment %}</p>",
            "<p>b&amp;ü[segment children 3]</p>",
        ),
        (
            "{% selected_segment as a %}{{ a }}!",
            "b&amp;ü[segment children 3]!",
        ),
        (
            "<p>{% selected_segments %}</p>",
            "<p>b&amp;ü/c--d[segments children 8]</p>",
        ),
        (
            "<p>{% selected_segment 'side' %}</p>",
            "<p>[segment side 0]</p>",
        ),
        # Where there can be no comment, there is the plain value.
        (
            "<p class='{% selected_segment %}' id=\"a>b\">x</p>",
            "<p class='b&amp;ü' id=\"a>b\">x</p>",
        ),
        ("<p class={% selected_segment %}>x</p>", "<p class=b&amp;ü>x</p>"),
        ("<style>.{% selected_segment %} {}</style>", "<style>.b&amp;ü {}</style>"),
        (
            "<option>{% selected_segment %}</option>",
            "<option>b&amp;ü[segment children 3]</option>",
        ),
        (
            "<title-bar>{% selected_segment %}</title-bar><svg><title>x</title></svg>",
            "<title-bar>b&amp;ü[segment children 3]</title-bar><svg><title>x</title></svg>",
        ),
        # To templates it is a string.
        (
            "{% selected_segment as a %}{% if a == 'b&ü' %}yes {{ a|upper }}{% endif %}",
            "yes B&amp;Ü",
        ),
        ("{% selected_segment as a %}{{ a|safe }}", "b&ü"),
        ("{% selected_segment 'side' as a %}{% if a is None %}none{% endif %}", "none"),
    ],
)
def test_printed_segments_can_be_kept_true(settings: Any, source: str, printed: str) -> None:
    """S48: "values on screen follow a soft change": the script is told where they stand, and of what."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout(source + ALL),
            children=[path("<path:rest>", says("page"))],
            side=slot([path("x/", says("x"))], default=layout(source)),
        ),
    )
    html = window.hard("/b%26%C3%BC/c--d/").content.decode()
    mark = r'<template data-pr-selected-\1="\2" data-pr-length="\3"></template>'
    printed = re.sub(r"\[(\S+) (\S+) (\d)\]", mark, printed)
    assert html.startswith(printed + "<div")
    assert f">{printed}</div>" in html  # in a slot's page, too


@pytest.mark.parametrize("lazy", [False, True])
@pytest.mark.parametrize("where", ["layout", "page"])
@pytest.mark.parametrize("how", [{"status": 403}, {"content_type": "application/json"}])
def test_a_segment_outside_a_page_has_the_value_alone(
    settings: Any, how: dict[str, Any], where: str, lazy: bool
) -> None:
    """S48: nothing there follows a slot."""
    source = "{% load parallel_routes %}{% selected_segment as tab %}[{{ tab }}]"
    template = engines["django"].from_string(source)

    def tells(request: HttpRequest) -> HttpResponse:
        if lazy:
            return TemplateResponse(request, template, {}, **how)
        return HttpResponse(template.render({}, request), **how)

    window = serve(
        settings,
        slots(
            "",
            layout=tells if where == "layout" else layout(ALL),
            children=[path("b/", tells)],
            side=slot([], default=None),
        ),
    )
    assert window.hard("/b/").content == b"[b]"


def test_a_refusal_that_is_rendered_later_has_the_value_alone(settings: Any) -> None:
    """S48, B30: that of a target whose view is asked first; Django renders it."""
    source = "{% load parallel_routes %}{% selected_segment as tab %}[{{ tab }}]"
    template = engines["django"].from_string(source)

    def refuses(request: HttpRequest) -> HttpResponse:
        return TemplateResponse(request, template, {}, status=403)

    window = serve(
        settings,
        slots(
            "",
            layout=layout(ALL),
            children=[path("", says("home")), path("b/", refuses, name="b")],
            side=slot([intercept("b", says("modal"))], default=None),
        ),
    )
    window.hard("/")
    answer = window.soft("/b/")
    assert answer.status_code == 403
    assert b"live:" not in answer.content
    assert answer.content.startswith(b"[")


def test_a_kept_slot_reports_its_kept_value(settings: Any) -> None:
    """S48: "A kept slot reports its kept value"."""
    window = selected(settings)
    window.hard("/red/b/c/")
    window.soft("/red/x/y/")
    assert window.shows["side"] == "b b/c y x/y"
    window.soft("/red/")
    assert window.shows["children"] == "None  y x/y"


def test_a_kept_slot_with_a_layout_reports_what_is_in_it(settings: Any) -> None:
    """S48: "`selected_segments(slot)`: all of them. A kept slot reports its kept value", nested or not."""
    window = selected(settings)
    window.hard("/red/n/o/")
    assert "<p>n n/o None </p>" in window.text
    window.soft("/red/z/")
    assert window.shows["side"] == "n n/o z z"


def test_a_page_may_ask_for_slots_of_the_layouts_around_its_own(settings: Any) -> None:
    """S48: names are looked up outwards: a page in a tab group or a nested segment knows the others."""
    asks = layout(
        "{% selected_segment 'team' as a %}{% selected_segment 'side' as b %}{{ a }} {{ b }}"
    )
    window = serve(
        settings,
        slots(
            "",
            layout=layout(ALL + "{% slot 'team' %}"),
            children=[slots("n/", layout=layout(), children=[path("t/", asks)])],
            side=slot([path("n/t/", asks)], layout=layout()),
            team=slot([path("n/<slug:x>/", says("team"))], default=None),
        ),
    )
    window.hard("/n/t/")
    assert window.shows["children.children"] == "t t"
    assert window.shows["side.children"] == "t t"
    with pytest.raises(ImproperlyConfigured, match="no slot 'nobody', must be one of: children"):
        two_slots(settings, layout("{% selected_segment 'nobody' %}"), "side").hard("/")


def test_a_page_that_answers_alone_knows_its_own_slots_only(settings: Any) -> None:
    """S48: what isn't part of the answer (a request with a target of its own) reports ``None``."""
    asks = layout("{% selected_segment 'team' as a %}{% selected_segment as b %}{{ a }} {{ b }}")
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'team' %}"),
            children=[slots("n/", layout=layout(), children=[path("t/", asks)])],
            team=slot([path("n/<slug:x>/", says("team"))], default=None),
        ),
    )
    window.hard("/n/t/")
    assert window.shows["children.children"] == "t t"
    alone = window.slot("/n/t/", "children.children").content
    assert alone.startswith(b"None t<template data-pr-selected-segment=")


def test_a_layout_without_slots_has_its_own_segment(settings: Any) -> None:
    """S48, S46: "it is that layout's own segment", also if the layout prints none of its slots."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout(ALL),
            children=[slots("n/", layout=layout("bare"), children=[path("", says("n"))])],
            side=slot([path("s/", layout("[{% selected_segment %}]"))], default=None),
        ),
    )
    window.hard("/n/")
    assert window.shows == {"children": "bare", "side": ""}
    window.soft("/s/")
    assert window.shows == {"children": "bare", "side": "[n]"}


def test_a_view_is_testable_without_a_resolver(settings: Any) -> None:
    """Under ``RequestFactory``, ``request.resolver_match`` is ``None``."""
    two_slots(settings, "home", "side")
    match = resolve("/")
    response = match.func(RequestFactory().get("/"), *match.args, **match.kwargs)
    found, _ = slots_in(response.content.decode())
    assert {name: slot.text for name, slot in found.items()} == {
        "children": "home",
        "side": "side",
    }


def test_a_form_goes_to_a_slot_that_is_printed(settings: Any) -> None:
    """S46, B39: a slot that the layout does not print is not executed, by no method; the next one is."""
    pages = Pages()
    source = "{% slot 'side' %}{% if request.GET.all %}{% slot %}{% endif %}"
    window = two_slots(settings, pages("home"), pages("side"), source)
    assert window.hard("/", "post").status_code == 200
    assert "home" not in pages.called
    assert pages.requests["side"].method == "POST"
    window.hard("/?all=1", "post")
    assert pages.requests["home"].method == "POST"
    assert pages.requests["side"].method == "GET"


def test_a_form_for_which_no_slot_is_printed_is_a_404(settings: Any) -> None:
    """S46: what isn't there for this user isn't there for a form either."""
    pages = Pages()
    window = two_slots(settings, pages("home"), pages("side"), "nothing")
    assert window.hard("/", "post").status_code == 404
    assert pages.called == []


def test_a_layout_that_refuses_a_form_answers_it(settings: Any) -> None:
    """S46, B54: the layout decides who gets in, before any view sees the form."""
    pages = Pages()
    window = serve(
        settings,
        slots(
            "",
            layout=lambda request: HttpResponse("no", status=403),
            children=[path("", pages("home"))],
        ),
    )
    assert window.hard("/", "post").status_code == 403
    assert pages.called == []


def test_a_restored_slot_reports_all_slots_of_its_segment(settings: Any) -> None:
    """S48, S33: a page may ask for its siblings also when it comes back alone."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout(ALL),
            children=[path("", says("home")), path("n/", says("n"))],
            side=slot(
                [
                    slots(
                        "n/",
                        layout=layout("{% slot 'a' %}{% slot 'b' %}"),
                        a=[
                            path("", layout("[{% selected_segment 'b' %}]")),
                            path("a/", says("other")),
                        ],
                        b=slot([path("z/", says("z"))], default=None),
                    )
                ],
                default=None,
            ),
        ),
    )
    window.hard("/n/")
    window.soft("/")
    entry = window.entry
    window.soft("/n/a/")
    window.restore(entry)
    assert window.response.status_code == 200
    assert window.entry == entry
    assert window.shows["side.a"] == "[]"


def test_a_default_with_a_layout_of_its_own_may_ask_for_segments(settings: Any) -> None:
    """S48: a default in a layout of its own stands in that layout, as the slot's pages do."""
    default = layout("{% selected_segment as s %}[{{ s }}]")
    window = serve(
        settings,
        slots(
            "",
            layout=layout(ALL),
            children=[path("", says("home"))],
            side=slot(
                [path("x/", says("x"))], default=default, default_layout=layout("{% slot %}")
            ),
        ),
    )
    assert window.hard("/").status_code == 200
    assert window.shows["side.children"] == "[None]"
