"""System checks of layouts: what they print, read from their templates."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import django
import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import Library, Node
from django.urls import path
from django.views.generic import DetailView, TemplateView

from django_parallel_routes import intercept, slot, slots
from tests.support.system_checks import (
    SCRIPTS,
    layouts,
    other,
    said,
    site,
    view,
)
from tests.window import serve

register = Library()

PARTIALS = "{% load partials %}" if django.VERSION < (6,) else ""


@register.simple_tag
def anything() -> str:
    """A tag that may print a script."""
    return ""


@register.inclusion_tag("nav.html")
def nav() -> dict[str, str]:
    return {}


@register.inclusion_tag(["nav.html", "l.html"])
def one_of() -> dict[str, str]:
    return {}


@register.simple_block_tag
def frame(content: str) -> str:
    return content


class Box(Node):
    """A tag of the project: the check can't know what it prints."""

    def __init__(self, nodelist: Any) -> None:
        self.nodelist = nodelist


@register.tag
def box(parser: Any, token: Any) -> Node:
    nodelist = parser.parse(["endbox"])
    parser.delete_first_token()
    return Box(nodelist)


@pytest.fixture(autouse=True)
def tags(settings: Any) -> None:
    engines = deepcopy(settings.TEMPLATES)
    engines[0]["OPTIONS"]["libraries"] = {"theirs": __name__}
    settings.TEMPLATES = engines


WHERE = "slots(''): the template 'l.html' "
UNPRINTED = ("W003", WHERE + "does not print slot 'side', so its pages are never shown.")


# --- W003: declared, not printed ---


@pytest.mark.parametrize(
    "source",
    [
        "{% slot %}",
        "{% slot %}{% comment %}{% slot 'side' %}{% endcomment %}",
        "{% slot %}{# {% slot 'side' %} #}",
        "{% block b %}{% slot %}{% endblock %}",
        "{% slot %}{% include 'nav.html' %}{% nav %}",
        "{% slot %}{% partialdef p %}{% slot 'side' %}{% endpartialdef %}",
        "{% slot %}{% selected_segment 'side' %}{{ block.super }}",
    ],
)
def test_a_slot_that_is_not_printed_is_reported(settings: Any, source: str) -> None:
    source = "{% load theirs %}" + PARTIALS + source
    assert layouts(settings, source, nav="nav") == [UNPRINTED]


@pytest.mark.parametrize(
    "source",
    [
        "{% slot 'side' %}",
        "{% slot name='side' %}",
        "{% if x %}{% slot 'side' %}{% endif %}",
        "{% if x %}{% else %}{% slot 'side' %}{% endif %}",
        "{% for y in x %}{% empty %}{% slot 'side' %}{% endfor %}",
        "{% with y=1 %}{% spaceless %}{% slot 'side' %}{% endspaceless %}{% endwith %}",
        "{% slot 'side' as side %}{{ side }}",
        "{% slot which %}",
        "{% slot 'SIDE'|lower %}",
        "{% include 'with.html' %}",
        "{% include './with.html' %}",
        "{% include which %}",
        "{% include 'again.html' %}{% slot 'side' %}",
        "{% block b %}{% slot 'side' %}{% endblock %}",
        "{% partialdef p %}{% slot 'side' %}{% endpartialdef %}{% partial p %}",
        "{% partialdef p inline %}{% slot 'side' %}{% endpartialdef %}",
        "{% box %}{% slot 'side' %}{% endbox %}",
        "{% box %}{% endbox %}",
        "{% frame %}{% slot 'side' %}{% endframe %}",
        "{% nav %}",
        "{% one_of %}",
    ],
)
def test_a_slot_that_is_or_may_be_printed_is_not_reported(settings: Any, source: str) -> None:
    source = "{% load theirs %}" + PARTIALS + "{% slot %}" + source
    others = {"nav": "{% slot 'side' %}", "with": "{% slot 'side' %}"}
    again = "{% include 'again.html' %}"
    assert layouts(settings, source, again=again, **others) == []


BASE = (
    SCRIPTS
    + "{% block main %}{% slot %}{% endblock %}{% block b %}{% slot 'side' %}{% endblock %}"
)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{% extends 'base.html' %}", []),
        ("{% extends 'base.html' %}{% block b %}{% endblock %}", [UNPRINTED]),
        ("{% extends 'base.html' %}{% block b %}<b>{{ block.super }}</b>{% endblock %}", []),
        ("{% extends 'mid.html' %}", [UNPRINTED]),
        ("{% extends 'mid.html' %}{% block b %}{{ block.super }}{% endblock %}", [UNPRINTED]),
        ("{% extends which %}{% block b %}{% endblock %}", []),
        ("{% extends 'bare.html' %}{% load parallel_routes %}{% slot 'side' %}", [UNPRINTED]),
    ],
)
def test_templates_are_read_with_what_they_extend(
    settings: Any, source: str, expected: Any
) -> None:
    mid = "{% extends 'base.html' %}{% block b %}mid{% endblock %}"
    bare = SCRIPTS + "{% slot %}"
    assert layouts(settings, source, base=BASE, mid=mid, bare=bare) == expected


def test_a_template_of_another_directory_may_extend_one_of_the_same_name(
    settings: Any, tmp_path: Path
) -> None:
    for name, source in [
        ("one", "{% extends 'l.html' %}{% block b %}{% endblock %}"),
        ("two", "{% load parallel_routes %}" + BASE),
    ]:
        directory = tmp_path / name
        directory.mkdir()
        (directory / "l.html").write_text(source)
    engines = deepcopy(settings.TEMPLATES)
    engines[0]["DIRS"] = [tmp_path / "one", tmp_path / "two"]
    settings.TEMPLATES = engines
    assert said(settings, site()) == [UNPRINTED]


def test_a_layout_may_be_a_partial(settings: Any) -> None:
    source = PARTIALS + "{% partialdef p %}" + SCRIPTS + "{% slot %}{% endpartialdef %}"
    [(code, message)] = said(settings, site("page.html#p"), templates={"page.html": source})
    assert (code, "'page.html#p' does not print slot 'side'" in message) == ("W003", True)


def test_a_slot_with_a_test_func_has_to_be_printed_too(settings: Any) -> None:
    side = slot([], default=other, test_func=bool)
    assert layouts(settings, "{% slot %}", site(side=side)) == [UNPRINTED]


def test_an_interception_in_a_slot_that_is_not_printed_never_fires(settings: Any) -> None:
    side = slot([intercept("home", other)], default=None)
    [(code, message)] = layouts(settings, "{% slot %}", site(side=side))
    assert code == "W003"
    assert message.endswith("its pages are never shown and its intercept() never fires.")


def test_a_slots_own_layout_has_to_print_its_page(settings: Any) -> None:
    side = slot([path("", other)], layout="tabs.html", default=None)
    found = layouts(settings, "{% slot %}{% slot 'side' %}", site(side=side), tabs="tabs")
    assert found == [
        (
            "W003",
            "the layout of slots(''): slot 'side': the template 'tabs.html' does not print its page, "
            "so its pages are never shown.",
        )
    ]
    side = slot([intercept("home", other)], layout="tabs.html", default=None)
    [(code, _)] = layouts(settings, "{% slot %}{% slot 'side' %}", site(side=side), tabs="tabs")
    assert code == "W003"
    side = slot([], default=other, default_layout="tabs.html")
    [(code, _)] = layouts(settings, "{% slot %}{% slot 'side' %}", site(side=side), tabs="tabs")
    assert code == "W003"


class Known(TemplateView):
    template_name = "l.html"


class Named(TemplateView):
    def get_template_names(self) -> list[str]:
        return ["page.html"]


class Rendered(Known):
    def render_to_response(self, context: Any, **kwargs: Any) -> Any:
        return super().render_to_response(context, **kwargs)


def function(request: HttpRequest) -> None:
    return None


def test_layouts_that_are_generic_views_are_read(settings: Any) -> None:
    assert layouts(settings, "{% slot %}", site(Known.as_view())) == [UNPRINTED]
    given = TemplateView.as_view(template_name="l.html")
    assert layouts(settings, "{% slot %}", site(given)) == [UNPRINTED]


@pytest.mark.parametrize(
    "layout",
    [
        Named.as_view(),
        Rendered.as_view(),
        DetailView.as_view(),
        function,
    ],
)
def test_layouts_whose_template_is_not_known_are_not_reported(settings: Any, layout: Any) -> None:
    assert layouts(settings, "{% slot %}", site(layout)) == []


def test_a_function_that_names_one_template_with_slots_is_a_layout(settings: Any) -> None:
    def layout(request: HttpRequest) -> HttpResponse:
        return render(request, "l.html")

    assert layouts(settings, "{% slot %}", site(layout)) == [UNPRINTED]
    assert (
        layouts(settings, "no slot", site(layout)) == []
    )  # It may print them with another template.


@pytest.mark.parametrize("source", ["{% if %}", PARTIALS + "{% partial nowhere %}"])
def test_templates_that_are_broken_are_not_reported(settings: Any, source: str) -> None:
    assert said(settings, site("broken.html"), templates={"broken.html": source}) == []


# --- E003: printed twice ---


@pytest.mark.parametrize(
    ("more", "is_reported"),
    [
        ("{% slot 'side' %}", True),
        ("{% include 'nav.html' %}", True),
        ("{% if x %}{% slot 'side' %}{% endif %}", False),
        ("{% slot 'side' as again %}", False),
    ],
)
def test_a_slot_that_is_printed_twice_is_reported(
    settings: Any, more: str, is_reported: bool
) -> None:
    """Without the check, rendering the layout raises the error."""
    source = "{% slot %}{% slot 'side' %}" + more
    twice = ("E003", WHERE + "prints slot 'side' more than once.")
    found = layouts(settings, source, nav="{% slot 'side' %}")
    assert found == ([twice] if is_reported else [])


# --- E003, W004: printed, not declared ---


def test_a_slot_that_is_not_declared_is_reported(settings: Any) -> None:
    source = "{% slot %}{% slot 'side' %}{% slot 'sied' %}"
    assert layouts(settings, source) == [
        ("E003", WHERE + "prints slot 'sied', which is not declared.")
    ]
    with pytest.raises(Exception, match="there is no such slot"):
        serve(settings, site()).client.get("/")


def test_a_slot_that_may_be_printed_and_is_declared_nowhere_is_reported(settings: Any) -> None:
    """A template may be the layout of several ``slots()``, and choose by a condition."""
    source = "{% slot %}{% if x %}{% slot 'side' %}{% slot 'more' %}{% endif %}"
    more = slots("more/", layout="l.html", children=[path("", view)], more=[path("", other)])
    [(code, message)] = layouts(settings, source)
    assert (code, message) == ("W004", WHERE + "may print slot 'more', which no slots() declares.")
    assert layouts(settings, source, site(), more) == []


def test_a_shared_template_may_print_a_slot_in_a_condition(settings: Any) -> None:
    """It prints the slot only for layouts that have it."""
    base = SCRIPTS + "{% slot %}{% if x %}{% slot 'more' %}{% endif %}"
    extends = "{% extends 'base.html' %}"
    templates = {"base.html": base, "l.html": extends, "more.html": extends}
    plain = slots("", layout="l.html", children=[path("", view)])
    more = slots("more/", layout="more.html", children=[path("", view)], more=[path("", other)])
    assert [code for code, _ in said(settings, plain, templates=templates)] == ["W004"]
    assert said(settings, plain, more, templates=templates) == []


def test_templates_of_other_engines_are_not_read(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "l.txt").write_text("$slot")
    backend = "django.template.backends.dummy.TemplateStrings"
    plain = {"BACKEND": backend, "DIRS": [tmp_path], "APP_DIRS": False, "OPTIONS": {}}
    settings.TEMPLATES = [*settings.TEMPLATES, plain]
    assert said(settings, site("l.txt")) == []
