"""Which views are run, what they see, and how their pages become one."""

from __future__ import annotations

import asyncio
import gc
import json
import re
import warnings
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import messages
from django.contrib.auth import get_user_model, login, logout
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template import engines
from django.template.response import TemplateResponse
from django.test import AsyncClient, Client, RequestFactory
from django.urls import path, resolve
from django.views import View
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import condition, etag

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.rendering import template_context
from tests.support.system_checks import with_templates
from tests.window import HEADER, Pages, Window, layout, serve, slots_in

ALL = "{% slot %}{% slot 'side' %}"
HTML = "<html><head><title>Site</title></head><body>%s</body></html>"


def says(text: str) -> Callable[..., HttpResponse]:
    return lambda request, **kwargs: HttpResponse(text)


def three(settings: Any, home: Any, side: Any, source: str = ALL, **options: Any) -> Window:
    """``L{children: home at "" and x/; side: side at "", default "default"}``, views or texts."""
    home, side = (says(view) if isinstance(view, str) else view for view in (home, side))
    return serve(
        settings,
        slots(
            "",
            layout=layout(source),
            children=[path("", home), path("x/", says("x"))],
            side=slot([path("", side)], default=says("default"), **options),
        ),
    )


# --- S46: only what is printed is run ---


@pytest.mark.parametrize(("query", "ran"), [("", ["home"]), ("?role=admin", ["home", "side"])])
def test_slots_that_are_not_printed_are_not_run(settings: Any, query: str, ran: list[str]) -> None:
    """S46: "Slots that the layout does not print are not executed (conditional routes by role …)"."""
    pages = Pages()
    source = "{% slot %}{% if request.GET.role == 'admin' %}{% slot 'side' %}{% endif %}"
    window = three(settings, pages("home"), pages("side"), source)
    window.hard(f"/{query}")
    assert pages.called == ran
    assert list(window.slots) == ["children", "side"][: len(ran)]
    pages.forget()
    window.soft("/")
    assert pages.called == ran


def test_slots_run_in_the_order_in_which_they_are_printed(settings: Any) -> None:
    """S46, DESIGN: "Layout first, slots after"."""
    pages = Pages()
    window = serve(
        settings,
        slots(
            "",
            layout=pages.layout("layout", "{% slot 'side' %}{% slot %}"),
            children=[path("", pages("home"))],
            side=[path("", pages("side"))],
        ),
    )
    window.hard("/")
    assert pages.called == ["layout", "side", "home"]


@pytest.mark.parametrize(
    "source", ["{% slot %}{% slot %}", "{% slot 'side' %}{% slot %}{% slot 'side' %}"]
)
def test_a_slot_that_is_printed_twice_is_refused(settings: Any, source: str) -> None:
    """S46: a slot is one element; the message says what, where, and what to do (STYLE 5)."""
    window = three(settings, "home", "side", source)
    with pytest.raises(
        ImproperlyConfigured, match=r"prints a slot more than once: .*Print it at one"
    ):
        window.hard("/")


def test_an_unknown_slot_is_refused_with_the_names_that_there_are(settings: Any) -> None:
    """STYLE, django-htmx: "Errors state the value and the choices"."""
    window = three(settings, "home", "side", "{% slot %}{% slot 'sid' %}")
    with pytest.raises(
        ImproperlyConfigured,
        match=r"\{% slot 'sid' %\}: there is no such slot, must be one of: children, side",
    ):
        window.hard("/")
    window = three(settings, "home", "side", "{% selected_segment 'sid' %}")
    with pytest.raises(
        ImproperlyConfigured, match=r"no slot 'sid', must be one of: children, side"
    ):
        window.hard("/")


def test_a_page_prints_no_slots(settings: Any) -> None:
    """DESIGN: only layouts print slots; the message says where else to."""
    window = three(settings, layout("{% slot 'side' %}"), "side")
    with pytest.raises(ImproperlyConfigured, match="only a layout prints slots"):
        window.hard("/")


def test_a_page_that_extends_its_layout_is_told_to_leave_that_out(settings: Any) -> None:
    with_templates(
        settings,
        {
            "base.html": "{% block main %}{% endblock %}<footer>{% slot 'side' %}",
            "page.html": "{% extends 'base.html' %}{% block main %}A page{% endblock %}",
        },
    )

    def page(request: HttpRequest) -> HttpResponse:
        return render(request, "page.html")

    window = serve(settings, slots("", layout="base.html", side=[path("", page)]))
    with pytest.raises(ImproperlyConfigured) as raised:
        window.hard("/")
    assert "page.html extends a layout. The layout is around the page already" in str(raised.value)


@pytest.mark.parametrize("tag", ["slot", "selected_segment", "selected_segments"])
def test_tags_outside_of_slots_are_refused(settings: Any, tag: str) -> None:
    """STYLE 5: "what, where, what was got, what to do"."""
    window = serve(settings, path("", layout(f"{{% {tag} %}}")))
    with pytest.raises(ImproperlyConfigured, match=f"{tag} is used outside of a slots"):
        window.hard("/")


def test_tags_without_a_request_are_refused(settings: Any) -> None:
    """STYLE 5: the remedy is named: render with a request."""
    template = engines["django"].from_string("{% load parallel_routes %}{% slot %}")
    with pytest.raises(
        ImproperlyConfigured, match=r"outside of a slots\(\)\. Render it with a request"
    ):
        template.render({})


def test_text_that_looks_like_a_marker_is_text(settings: Any) -> None:
    """DESIGN: "an unguessable marker": who can write into a page can't print a slot with it."""
    pages = Pages()
    source = "{% slot %}<!--slot:children--><!--slot:0123456789abcdef:side-->"
    window = three(settings, pages("home"), pages("side"), source)
    window.hard("/")
    assert pages.called == ["home"]
    assert b"<!--slot:0123456789abcdef:side-->" in window.response.content


def test_the_page_of_a_slot_is_no_place_for_markers(settings: Any) -> None:
    """S46: a marker that a page copied from somewhere prints no slot: only layouts are looked at."""
    seen: list[str] = []

    def copying(request: HttpRequest) -> HttpResponse:
        marker = template_context.marker_pattern(settings.SECRET_KEY).pattern.replace(
            r"(\w+)", "side"
        )
        seen.append(marker)
        return HttpResponse(marker)

    window = three(settings, copying, "side", "{% slot %}")
    window.hard("/")
    assert list(window.slots) == ["children"]
    assert seen[0] in window.text


# --- Template names, engines ---


def test_bare_template_names_are_views(settings: Any) -> None:
    """DESIGN: "a template name, or any view": it gets what the prefix captured."""
    pages = Pages()
    window = serve(
        settings,
        slots(
            "<slug:team>/",
            layout="unit/layout.html",
            children=[path("", pages("home"))],
            side=slot([path("s/", pages("side"))], default="unit/default.html"),
        ),
    )
    window.hard("/red/")
    assert b"<p>layout of red</p>" in window.response.content
    assert window.shows == {"children": "home", "side": "default of red at /red/"}


def test_jinja2_layouts_and_pages_work_like_djangos(settings: Any) -> None:
    """Issue 2: "Django templates and Jinja2": both tags, both ways, and mixed."""

    def page(request: HttpRequest, id: int) -> HttpResponse:
        return render(request, "unit_page.html", {"id": id}, using="jinja2")

    window = serve(
        settings,
        slots(
            "j/",
            layout=lambda request: TemplateResponse(request, "unit_layout.html", using="jinja2"),
            children=[path("a/<int:id>/", page)],
            team=slot([path("a/<int:id>/", layout("Django's {{ id }}"))], default=says("none")),
        ),
    )
    window.hard("/j/a/7/")
    assert window.shows == {"children": "page 7 of /j/a/7/, a", "team": "Django's 7"}
    assert '<title data-pr-layout="Jinja">7 &amp; more</title>' in window.text
    assert "7 of a/7<div" in window.text
    assert "parallel-routes.min.js" in window.text
    window.soft("/j/a/8/")
    assert window.shows == {"children": "page 8 of /j/a/8/, a", "team": "Django's 8"}


def test_class_based_views_stand_in_slots(settings: Any) -> None:
    """DESIGN: "an ordinary Django view (function, class, …): nothing to subclass"."""

    class Page(View):
        def get(self, request: HttpRequest) -> HttpResponse:
            return HttpResponse(f"get {self.request.method}")

        def post(self, request: HttpRequest) -> HttpResponse:
            return HttpResponse("post")

    window = three(settings, Page.as_view(), Page.as_view())
    window.hard("/", "post")
    assert window.shows == {"children": "post", "side": "get GET"}


def test_a_response_in_another_charset_is_decoded(settings: Any) -> None:
    """S13: pages become one document, so their bytes are read in their own charset."""

    def latin(request: HttpRequest) -> HttpResponse:
        return HttpResponse("naïve", content_type="text/html; charset=iso-8859-1")

    window = three(settings, latin, "side")
    window.hard("/")
    assert window.shows["children"] == "naïve"


# --- S49: titles ---


def title(window: Window) -> str:
    """The document's title; there has to be one, and only one outside of pictures."""
    text = re.sub(r"<svg.*?</svg>", "", window.text, flags=re.DOTALL)
    found = re.findall(r"<title[^>]*>(.*?)</title>", text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("home", "side", "expected"),
    [
        ("<title>Home</title>h", "<title>Side</title>s", "Home"),
        ("h", "<title>Side</title>s", "Side"),
        ("h", "s", "Site"),
        ("\n\n <TITLE>Home</TITLE>h", "s", "Home"),
        ("<title>A &amp; B</title>h", "s", "A &amp; B"),
        ("<title>\n  Two\n</title>h", "s", "Two"),
        ("<title></title>h", "<title>Side</title>s", "Side"),
        ("<svg><title>Picture</title></svg>h", "s", "Site"),
        ("h<title>Late</title>", "s", "Site"),
    ],
)
def test_children_give_the_title_before_named_slots(
    settings: Any, home: str, side: str, expected: str
) -> None:
    """S49: "One `<title>`: … children > named slots in order of declaration"; pictures have none."""
    window = three(settings, home, side, HTML % ALL)
    window.hard("/")
    if "Late" in home:
        assert "<title>Site</title>" in window.text
    else:
        assert title(window) == expected


def test_a_defaults_title_does_not_count(settings: Any) -> None:
    """S49: "defaults don't count": neither on the page nor in the slot's state."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout(HTML % ALL),
            children=[path("", says("home"))],
            side=slot([path("x/", says("x"))], default=says("<title>Default</title>d")),
        ),
    )
    window.hard("/")
    assert title(window) == "Site"
    assert window.slots["side"].title == ""
    assert window.slots["side"].text == "d"


def test_a_title_counts_in_the_order_of_declaration_not_of_printing(settings: Any) -> None:
    """S49: "named slots in order of declaration"."""
    names = ["a", "b", "c"]
    window = serve(
        settings,
        slots(
            "",
            layout=layout(HTML % "{% slot 'c' %}{% slot 'b' %}{% slot 'a' %}"),
            **{name: [path("", says(f"<title>{name}</title>"))] for name in names},
        ),
    )
    window.hard("/")
    assert title(window) == "a"
    orders = {name: slot.order for name, slot in window.slots.items()}
    assert sorted(names, key=orders.get) == names


def test_titles_of_nested_slots_stand_in_their_slots_place(settings: Any) -> None:
    """S49: what is in children counts before named slots; a page before its layout."""

    def build(inner_home: str, inner_layout: str) -> Window:
        return serve(
            settings,
            slots(
                "",
                layout=layout(HTML % ALL),
                children=[
                    slots(
                        "n/",
                        layout=layout(inner_layout + "{% slot %}{% slot 'x' %}"),
                        children=[path("", says(inner_home))],
                        x=[path("", says("<title>X</title>x"))],
                    )
                ],
                side=[path("n/", says("<title>Side</title>s"))],
            ),
        )

    window = build("<title>Home</title>h", "<title>Inner</title>")
    window.hard("/n/")
    assert title(window) == "Home"
    orders = {name: slot.order for name, slot in window.slots.items() if slot.title}
    order = ["children.children", "children.x", "children", "side"]
    assert sorted(orders, key=orders.get) == order
    window = build("h", "<title>Inner</title>")
    window.hard("/n/")
    assert title(window) == "X"


def test_a_soft_answer_carries_the_titles_in_its_slots(settings: Any) -> None:
    """S49: "closing or Back restores it": each slot's title is part of its state, escaped."""
    window = three(settings, "<title>Home &quot;1&quot; &lt;b&gt;</title>h", "s", HTML % ALL)
    window.hard("/x/")
    window.soft("/")
    assert window.slots["children"].title == 'Home "1" <b>'
    assert (
        window.slots["children"].order < window.slots["side"].order
        or not window.slots["side"].order
    )
    assert b"<title" not in window.response.content
    assert b"<b>" not in window.response.content


def test_the_pages_own_title_is_kept_for_later(settings: Any) -> None:
    """S49: "closing … restores it": the layout's own title is told beside the one that is shown."""
    window = three(
        settings, "<title>Home</title>h", "s", '<head><title>A &quot;b"</title></head>' + ALL
    )
    window.hard("/")
    assert '<title data-pr-layout="A &quot;b&quot;">Home</title>' in window.text


@pytest.mark.parametrize(
    "source",
    ["<head></head>" + ALL, "<html><head><meta></head><body>" + ALL + "</body></html>"],
)
def test_a_title_is_shown_where_the_layout_has_none(settings: Any, source: str) -> None:
    """S49: "One `<title>`": a page's title isn't lost for want of one in the layout."""
    window = three(settings, "<title>Home</title>h", "s", source)
    window.hard("/")
    assert title(window) == "Home"


def test_a_pictures_title_is_left_alone_where_the_layout_writes_no_head(settings: Any) -> None:
    """S49: tags of the head may be left out in HTML; a picture in the body keeps its title."""
    source = "<!doctype html><svg><title>Picture</title></svg>" + ALL
    window = three(settings, "<title>Home</title>h", "s", source)
    window.hard("/")
    assert "<svg><title>Picture</title></svg>" in window.text


@pytest.mark.parametrize(
    "before",
    [
        "<script>const row = '<div class=row>';</script>",
        "<!-- <body> comes later -->",
        '<noscript><link rel="stylesheet" href="a.css"></noscript>',
        '<script type="application/json">{"a": "<svg >"}</script>',
    ],
)
def test_markup_in_scripts_and_comments_of_the_head_is_not_its_end(
    settings: Any, before: str
) -> None:
    """S49: "One `<title>`", also where the layout's own follows an inline script with markup in it."""
    source = f"<html><head>{before}<title>Site</title></head><body>{ALL}</body></html>"
    window = three(settings, "<title>Home</title>h", "s", source)
    window.hard("/")
    assert title(window) == "Home"
    assert before in window.text


def test_the_title_of_a_defaults_layout_does_not_count(settings: Any) -> None:
    """S49: "defaults don't count", with a layout of their own or without."""
    window = three(
        settings,
        "home",
        "side",
        HTML % ALL,
        default_layout=layout("<title>Frame</title>{% slot %}"),
    )
    window.hard("/x/")
    assert title(window) == "Site"


def test_more_than_36_titled_slots_have_an_order(settings: Any) -> None:
    """S49: the order holds for as many slots as there may be."""
    names = [f"s{number:02}" for number in range(40)]
    window = serve(
        settings,
        slots(
            "",
            layout=layout("".join(f"{{% slot '{name}' %}}" for name in names)),
            **{name: [path("", says(f"<title>{name}</title>"))] for name in names},
        ),
    )
    window.hard("/")
    orders = [window.slots[name].order for name in names]
    assert orders == sorted(orders)
    assert len(set(orders)) == 40


# --- S48: selected segments ---

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
        ("<option>{% selected_segment %}</option>", "<option>b&amp;ü</option>"),
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
def test_what_is_no_part_of_a_page_has_the_value_alone(
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
        three(settings, layout("{% selected_segment 'nobody' %}"), "side").hard("/")


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
    """DESIGN: "`request.resolver_match` is None under RequestFactory": that is no error."""
    three(settings, "home", "side")
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
    window = three(settings, pages("home"), pages("side"), source)
    assert window.hard("/", "post").status_code == 200
    assert "home" not in pages.called
    assert pages.requests["side"].method == "POST"
    window.hard("/?all=1", "post")
    assert pages.requests["home"].method == "POST"
    assert pages.requests["side"].method == "GET"


def test_a_form_for_which_no_slot_is_printed_is_a_404(settings: Any) -> None:
    """S46: what isn't there for this user isn't there for a form either."""
    pages = Pages()
    window = three(settings, pages("home"), pages("side"), "nothing")
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


# --- B47: sync and async ---


async def _async(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    await asyncio.sleep(0)
    return HttpResponse(f"async {request.method}")


def _mixed(settings: Any) -> Window:
    async def async_layout(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return await asyncio.to_thread(layout("[{% slot %}{% slot 'side' %}]"), request)

    return serve(
        settings,
        slots(
            "sync/",
            layout=layout(ALL),
            children=[path("", says("sync"))],
            side=[path("", lambda request: TemplateResponse(request, "unit/default.html"))],
        ),
        slots("async/", layout=async_layout, children=[path("", _async)], side=[path("", _async)]),
        slots(
            "mixed/",
            layout=layout(ALL),
            children=[
                path("", lambda request: TemplateResponse(request, "unit/default.html")),
            ],
            side=[
                slots(
                    "",
                    layout=async_layout,
                    children=[path("", _async)],
                    side=[path("", says("s"))],
                )
            ],
        ),
    )


EXPECTED = {
    "/sync/": {"children": "sync", "side": "default of  at /sync/"},
    "/async/": {"children": "async GET", "side": "async GET"},
    "/mixed/": {
        "children": "default of  at /mixed/",
        "side": "[]",
        "side.children": "async GET",
        "side.side": "s",
    },
}


@pytest.mark.parametrize("url", EXPECTED)
def test_sync_and_async_views_may_be_mixed_in_one_layout(settings: Any, url: str) -> None:
    """B47: "sync ones work everywhere; both may be mixed in one layout", under WSGI."""
    window = _mixed(settings)
    window.hard(url)
    assert window.shows == EXPECTED[url]
    window.soft(url)
    assert window.shows == EXPECTED[url]
    assert HEADER in window.response


@pytest.mark.parametrize("url", EXPECTED)
def test_sync_and_async_views_may_be_mixed_under_asgi(settings: Any, url: str) -> None:
    """B47: "both may be mixed in one layout", under ASGI; hard, soft, and a form."""
    _mixed(settings)

    async def visit() -> list[Any]:
        client = AsyncClient()
        hard = await client.get(url)
        found, _ = slots_in(hard.content.decode())
        state = {
            "intent": "navigate",
            "slots": {name: slot.mounted for name, slot in found.items()},
        }
        soft = await client.get(url, headers={HEADER: json.dumps(state), "HX-Request": "true"})
        return [hard, soft, await client.post(url, {"a": "b"})]

    hard, soft, post = asyncio.run(visit())
    found, _ = slots_in(hard.content.decode())
    assert {name: slot.text for name, slot in found.items()} == EXPECTED[url]
    assert soft[HEADER] == url
    assert set(slots_in(soft.content.decode())[0]) <= set(EXPECTED[url])
    assert post.status_code == 200


@pytest.mark.parametrize("nested", [False, True])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_async_layout_may_be_asked_what_it_prints(
    settings: Any, method: str, nested: bool
) -> None:
    """B47, S46: also where nothing else of the answer is async."""

    async def waits(request: HttpRequest) -> HttpResponse:
        await asyncio.sleep(0)
        return layout("{% slot %}{% slot 'side' %}")(request)

    inside: Any = {"children": [path("", Pages()("home"))], "side": [path("", Pages()("side"))]}
    page: Any = slots("", layout=waits, **inside)
    if nested:
        page = slots("", layout=layout("{% slot %}"), children=[page])
    window = serve(settings, page)
    address = "children.side" if nested else "side"
    state = {"intent": "slot", "source_slot": address, "slots": {}}
    assert window.send("/", state, method).content == b"side"


def test_async_slots_run_side_by_side(settings: Any) -> None:
    """B47: "Async slot views run concurrently": each waits for the other to have started."""
    met: list[asyncio.Event] = []

    async def meet(request: HttpRequest) -> HttpResponse:
        met.append(asyncio.Event())
        if len(met) == 2:
            met[0].set()
        await asyncio.wait_for(met[0].wait(), 5)
        return HttpResponse("met")

    window = three(settings, meet, meet)
    window.hard("/")
    assert window.shows == {"children": "met", "side": "met"}
    window.hard("/x/")
    met.clear()
    window.soft("/")
    assert window.shows == {"children": "met", "side": "met"}


@pytest.mark.parametrize("how", ["sync", "async"])
def test_an_exception_in_one_slot_leaves_nothing_behind(settings: Any, how: str) -> None:
    """S44, STYLE 9: it propagates; the other slots' coroutines aren't dropped with a warning."""

    def gone(request: HttpRequest) -> HttpResponse:
        raise Http404("gone")

    async def async_gone(request: HttpRequest) -> HttpResponse:
        raise Http404("gone")

    window = three(settings, gone if how == "sync" else async_gone, "side")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert window.hard("/").status_code == 404
        window.hard("/x/")
        assert window.soft("/").status_code == 404
        gc.collect()
    assert [str(warning.message) for warning in caught] == []


def test_a_view_that_returns_nothing_is_named(settings: Any) -> None:
    """STYLE 5: Django's own message, with the name of the slot's view."""

    def nothing(request: HttpRequest) -> None:
        return None

    window = three(settings, nothing, "side")
    with pytest.raises(ValueError, match=r"nothing didn't return an HttpResponse object"):
        window.hard("/")


# --- TemplateResponse and middleware ---


class AddsContext:
    """Middleware that has a say in what templates get."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        response.context_data = {**(response.context_data or {}), "team": "middleware's"}
        return response


def test_a_template_response_of_the_layout_passes_middleware(settings: Any) -> None:
    """DESIGN: "return the outermost layout unrendered, so that `process_template_response` works"."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.rendering.test_renderer.AddsContext"]
    window = serve(
        settings,
        slots(
            "",
            layout=lambda request: TemplateResponse(request, "unit/layout.html"),
            children=[path("", says("home"))],
            side=[path("", says("side"))],
        ),
    )
    response = window.hard("/")
    assert b"<p>layout of middleware&#x27;s</p>" in response.content
    assert window.shows == {"children": "home", "side": "side"}
    assert "unit/layout.html" in [template.name for template in response.templates]


def test_a_template_response_that_is_rendered_already_is_filled_too(settings: Any) -> None:
    """DESIGN: a layout view may render by itself."""
    window = serve(
        settings,
        slots(
            "",
            layout=lambda request: TemplateResponse(request, "unit/layout.html").render(),
            children=[path("", says("home"))],
            side=[path("", says("side"))],
        ),
    )
    window.hard("/")
    assert window.shows == {"children": "home", "side": "side"}


def test_a_layout_that_refuses_answers_the_request(settings: Any) -> None:
    """S46, B54: a layout is a view: its redirect or refusal is the answer, and no slot is run."""
    pages = Pages()

    def refusing(request: HttpRequest) -> HttpResponse:
        return HttpResponse("no", status=403)

    def template_refusing(request: HttpRequest) -> HttpResponse:
        return TemplateResponse(request, "unit/default.html", status=403)

    for view in (refusing, template_refusing):
        window = serve(
            settings,
            slots("", layout=view, children=[path("", pages("home"))]),
            slots(
                "n/",
                layout=layout(),
                children=[
                    slots("", layout=view, children=[path("", pages("home"))]),
                ],
            ),
        )
        assert window.hard("/").status_code == 403
        assert window.hard("/n/").status_code == 403
    assert pages.called == []


# --- Transactions ---


@pytest.mark.parametrize("method", ["get", "post"])
def test_each_slots_view_has_a_transaction_of_its_own(
    settings: Any, transactional_db: None, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S44: "under `ATOMIC_REQUESTS` only that slot's writes are rolled back"."""
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    atomic: dict[str, bool] = {}

    def home(request: HttpRequest) -> HttpResponse:
        atomic["home"] = connection.in_atomic_block
        Group.objects.create(name="home")
        return HttpResponse("home")

    def broken(request: HttpRequest) -> HttpResponse:
        atomic["broken"] = connection.in_atomic_block
        Group.objects.create(name="broken")
        raise ZeroDivisionError

    @transaction.non_atomic_requests
    def free(request: HttpRequest) -> HttpResponse:
        atomic["free"] = connection.in_atomic_block
        return HttpResponse("free")

    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'free' %}{% slot 'side' %}"),
            children=[path("", home)],
            free=[path("", free)],
            side=[path("", broken)],
        ),
    )
    with pytest.raises(ZeroDivisionError):
        getattr(window.client, method)("/")
    assert atomic == {"home": True, "free": False, "broken": True}
    assert [group.name for group in Group.objects.all()] == ["home"]


# --- The request of each slot ---


def test_only_the_addressed_view_sees_an_unsafe_method(settings: Any) -> None:
    """B39: "An unsafe method reaches exactly one view … All the others, and every layout, see GET"."""
    pages = Pages()
    window = serve(
        settings,
        slots(
            "",
            layout=pages.layout("layout", ALL),
            children=[path("", pages("home"))],
            side=[path("", pages("side"))],
        ),
    )
    window.client.post("/?q=1", {"a": "b"})
    home, side, outer = (pages.requests[name] for name in ("home", "side", "layout"))
    assert (home.method, home.POST.dict(), home.META["REQUEST_METHOD"]) == (
        "POST",
        {"a": "b"},
        "POST",
    )
    for request in (side, outer):
        assert (request.method, request.META["REQUEST_METHOD"]) == ("GET", "GET")
        assert (request.POST.dict(), dict(request.FILES), request.body) == ({}, {}, b"")
        assert (request.content_type, request.META["CONTENT_TYPE"]) == ("", "")
        assert "Content-Length" not in request.headers or not request.headers["Content-Length"]
        assert request.GET.dict() == {"q": "1"}
        assert request.get_full_path() == "/?q=1"


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_all_unsafe_methods_reach_one_view(settings: Any, method: str) -> None:
    """B39: "An unsafe method", not POST alone."""
    pages = Pages()
    window = three(settings, pages("home"), pages("side"))
    getattr(window.client, method)("/", b"{}", content_type="application/json")
    assert pages.requests["home"].method == method.upper()
    assert pages.requests["home"].body == b"{}"
    assert pages.requests["side"].method == "GET"
    assert pages.called.count("home") == 1


def test_head_is_as_safe_as_get(settings: Any) -> None:
    """B39: HEAD is no unsafe method: every view sees it, and there is no body."""
    pages = Pages()
    window = three(settings, pages("home"), pages("side"))
    response = window.client.head("/")
    assert (response.status_code, response.content) == (200, b"")
    assert {request.method for request in pages.requests.values()} == {"HEAD"}


def test_files_and_submit_buttons_arrive(settings: Any) -> None:
    """B39: "files and submit buttons arrive"; afterwards middleware finds the body parsed."""

    def upload(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{request.POST['save']} {request.FILES['file'].read().decode()}")

    window = three(settings, upload, "side")
    upload_ = SimpleUploadedFile("x.txt", b"content")
    response = window.hard("/", "post", data={"save": "draft", "file": upload_})
    assert window.shows["children"] == "draft content"
    assert response.wsgi_request.POST["save"] == "draft"


def test_the_slot_of_a_form_does_not_change_the_others_urls(settings: Any) -> None:
    """B39: what ends with the slot's name is the absolute URL that its own view sees."""
    pages = Pages()
    window = serve(
        settings,
        slots(
            "",
            layout=layout(ALL),
            children=slot([], default=pages("default")),
            side=[path("", pages("side"))],
        ),
    )
    window.client.post("/")
    assert pages.requests["side"].method == "POST"
    assert pages.requests["default"].build_absolute_uri() == "http://testserver/"


def test_a_restored_slot_sees_a_get_of_its_own_url(settings: Any) -> None:
    """S38, S33: "Every slot remembers its own URL with its query": that is the request it gets."""
    pages = Pages()
    window = serve(
        settings,
        slots(
            "d/",
            layout=layout(ALL),
            children=[path("", pages("home")), path("b/", pages("b"))],
            side=slot([path("s/<slug:w>/", pages("side"), name="side")], default=None),
        ),
    )
    window.hard("/d/s/x/?q=1&q=2")
    window.slots = {}
    window.hard("/d/?z=1")
    window.soft("/d/s/x/?q=1&q=2")
    window.soft("/d/b/")
    entry = window.entry
    window.hard("/d/?z=1")
    window.restore(entry)
    assert window.entry == entry
    request = pages.requests["side"]
    assert (request.path, request.path_info) == ("/d/s/x/", "/d/s/x/")
    assert request.get_full_path() == "/d/s/x/?q=1&q=2"
    assert request.build_absolute_uri() == "http://testserver/d/s/x/?q=1&q=2#slot-side"
    assert request.GET.getlist("q") == ["1", "2"]
    assert request.META["PATH_INFO"] == "/d/s/x/"
    assert request.META["QUERY_STRING"] == "q=1&q=2"
    assert request.resolver_match.url_name == "side"
    assert request.resolver_match.kwargs == {"w": "x"}
    assert request.resolver_match.route == "d/s/<slug:w>/"
    assert pages.requests["b"].get_full_path() == "/d/b/"


def test_meta_is_shared_but_for_what_differs(settings: Any) -> None:
    """DESIGN: "META, session, user and messages stay shared": what one view writes the others see."""

    def writes(request: HttpRequest) -> HttpResponse:
        request.META["X_NEW"] = "new"
        request.META["REMOTE_ADDR"] = "changed"
        request.META["HTTP_IF_NONE_MATCH"] = "mine"
        del request.META["SERVER_NAME"]
        assert request.META.pop("SERVER_PORT") == "80"
        assert request.META.pop("NOT_THERE", "default") == "default"
        assert request.META["HTTP_IF_NONE_MATCH"] == "mine"
        assert request.META.get("SERVER_NAME") is None
        return HttpResponse("w")

    def reads(request: HttpRequest) -> HttpResponse:
        return HttpResponse(
            f"{request.META['X_NEW']} {request.META['REMOTE_ADDR']} {'SERVER_NAME' in request.META}"
        )

    window = three(settings, writes, reads)
    settings.ALLOWED_HOSTS = ["*"]
    response = window.hard("/", headers={"If-None-Match": '"x"'})
    assert window.shows["side"] == "new changed False"
    assert response.wsgi_request.META["HTTP_IF_NONE_MATCH"] == '"x"'


def test_conditional_headers_are_hidden_from_slots(settings: Any) -> None:
    """DESIGN: "A slot with `@etag` answers an empty 304 inside a 200 page: hide conditional headers"."""

    @etag(lambda request: "tag")
    def tagged(request: HttpRequest) -> HttpResponse:
        assert not request.headers.get("If-None-Match")
        return HttpResponse("tagged")

    @condition(last_modified_func=lambda request: None, etag_func=lambda request: '"tag"')
    def conditional(request: HttpRequest) -> HttpResponse:
        return HttpResponse("conditional")

    window = three(settings, tagged, conditional)
    for headers in (
        {"If-None-Match": '"tag"'},
        {"If-None-Match": "*"},
        {"If-Match": '"other"'},
        {"If-Modified-Since": "Thu, 01 Jan 2099 00:00:00 GMT"},
        {"If-Unmodified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    ):
        response = window.hard("/", headers=headers)
        assert response.status_code == 200
        assert window.shows == {"children": "tagged", "side": "conditional"}
        assert "ETag" not in response
        window.soft("/", headers=headers)
        assert window.changed == ["children", "side"]
        assert "ETag" not in window.response


def test_the_whole_page_may_have_an_etag(settings: Any) -> None:
    """DESIGN: "let the whole response have its own"."""
    settings.MIDDLEWARE = ["django.middleware.http.ConditionalGetMiddleware", *settings.MIDDLEWARE]
    window = three(settings, "home", "side")
    tag = window.hard("/")["ETag"]
    assert window.hard("/", headers={"If-None-Match": tag}).status_code == 304
    assert window.hard("/x/", headers={"If-None-Match": tag}).status_code == 200


# --- What is shared ---


def test_session_and_messages_are_shared(settings: Any, db: None) -> None:
    """DESIGN: "session, user and messages stay shared"; S40: "messages appear once"."""

    def writes(request: HttpRequest) -> HttpResponse:
        request.session["count"] = request.session.get("count", 0) + 1
        messages.info(request, "saved")
        return HttpResponse("w")

    reads = layout(
        "{{ request.session.count }} {% for message in messages %}{{ message }}{% endfor %}"
    )
    window = serve(
        settings,
        slots("w/", layout=layout(ALL), children=[path("", writes)], side=[path("", reads)]),
        path("alone/", reads),
    )
    window.hard("/w/")
    assert window.shows["side"] == "1 saved"
    assert window.client.session["count"] == 1
    assert window.client.get("/alone/").content == b"1 "
    window.hard("/w/")
    window.soft("/w/")
    assert window.shows["side"] == "3 saved"


@pytest.mark.parametrize("asked_before", [False, True])
def test_a_login_in_one_slot_holds_for_the_page(
    settings: Any, db: None, asked_before: bool
) -> None:
    """DESIGN: "user … stay shared": who logs in or out in a slot is that on the whole page."""
    ada = get_user_model().objects.create_user("ada")

    def entrance(request: HttpRequest) -> HttpResponse:
        if asked_before:
            str(request.user)
        if request.method == "POST" and "out" in request.POST:
            logout(request)
        elif request.method == "POST":
            login(request, ada)
        return HttpResponse(request.user)

    window = three(settings, entrance, layout("{{ request.user }}"), "<p>{{ user }}</p>" + ALL)
    response = window.hard("/", "post")
    assert window.shows == {"children": "ada", "side": "ada"}
    assert b"<p>ada</p>" in response.content
    assert response.wsgi_request.user == ada
    window.hard("/", "post", data={"out": "1"})
    assert window.shows == {"children": "AnonymousUser", "side": "AnonymousUser"}


def test_a_csrf_token_of_a_slot_is_good_for_a_post(settings: Any) -> None:
    """B39, B54: "CSRF holds": a form in a slot has a token, and without one it is refused."""
    form = layout("{% csrf_token %}{{ request.POST.a }}")
    client = Client(enforce_csrf_checks=True)
    window = serve(
        settings,
        slots(
            "",
            layout=layout(ALL),
            children=[path("", says("home")), path("s/", says("s"))],
            side=slot([path("s/", form)], default=None),
        ),
        client=client,
    )
    window.hard("/")
    assert "csrftoken" not in client.cookies
    response = window.soft("/s/")
    assert client.cookies["csrftoken"].value
    token = response.content.decode().partition('value="')[2][:64]
    assert window.soft("/s/", method="post", source_slot="side").status_code == 403
    data = {"csrfmiddlewaretoken": token, "a": "sent"}
    assert window.soft("/s/", method="post", source_slot="side", data=data).status_code == 200
    assert window.shows["side"] == "sent"
    assert window.changed == ["side"]


@pytest.mark.parametrize("decorate", [ensure_csrf_cookie, lambda view: view])
def test_a_csrf_cookie_that_a_slot_asks_for_is_set(settings: Any, decorate: Any) -> None:
    """DESIGN: "so the CSRF cookie still is set", on hard loads and soft ones."""

    def page(request: HttpRequest) -> HttpResponse:
        get_token(request)
        return HttpResponse("p")

    window = three(settings, "home", decorate(page))
    assert "csrftoken" in window.hard("/").cookies
    window = three(settings, "home", decorate(page))
    window.hard("/x/")
    assert "csrftoken" in window.soft("/").cookies


def test_a_permission_that_is_denied_in_a_slot_is_a_403(settings: Any) -> None:
    """S46: "A refusal … of a slot's view is honoured for the page", raised as well as returned."""

    def denied(request: HttpRequest) -> HttpResponse:
        raise PermissionDenied

    window = three(settings, "home", denied)
    assert window.hard("/").status_code == 403
    window.hard("/x/")
    assert window.soft("/").status_code == 403
    assert HEADER not in window.response


def test_only_layouts_that_are_not_known_to_print_a_slot_are_asked(settings: Any) -> None:
    """S46, B39: the state names the outer slot alone, so the inner layout is asked, and not the outer."""
    pages = Pages()
    inner = slots(
        "in/",
        layout=pages.layout("inner", "{% slot %}{% slot 'side' %}"),
        children=[path("", pages("page"))],
        side=[path("", pages("side"))],
    )
    window = serve(settings, slots("", layout=pages.layout("outer"), children=[inner]))
    window.hard("/in/")
    pages.forget()
    state = {
        "intent": "slot",
        "source_slot": "children.side",
        "slots": {"children": window.mounted["children"]},
    }
    assert window.send("/in/", state, "post").content == b"side"
    assert pages.called == ["inner", "side"]
