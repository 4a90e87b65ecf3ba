"""The check of slots that templates name."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.support.system_checks import SCRIPTS, said, view

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
    """What is said of a page in the slot ``team`` of a layout in another one."""
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
def test_a_name_that_no_layout_around_has_is_reported(settings: Any, source: str) -> None:
    """B66, E010: with what there is."""
    [(number, text)] = of_page(settings, source)
    assert number == "E010"
    assert "slots('d/'): slot 'team': the template 'page.html' names slot 'tema" in text


@pytest.mark.parametrize("source", FINE)
def test_what_may_be_there_is_not_reported(settings: Any, source: str) -> None:
    """B66: names of all layouts around; what can't be read is not looked at."""
    assert of_page(settings, source) == []


def test_a_page_may_name_the_slots_of_each_place_where_it_is_shown(settings: Any) -> None:
    """B66: where it is intercepted it has others around it; a layout names its own."""
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
