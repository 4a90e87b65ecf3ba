"""``{% slot %}`` of another library: a check names the library, and says what to write."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import Library
from django.urls import path

from django_parallel_routes import slots
from django_parallel_routes.checks.pages import libraries_with_slot
from tests.support import other_slot_tag
from tests.support.system_checks import SCRIPTS, said, with_templates
from tests.views import says
from tests.window import serve

OTHER = other_slot_tag.__name__


def use_parts(settings: Any, layout: str, **options: Any) -> None:
    with_templates(settings, {"l.html": f"{SCRIPTS}{layout}", "part.html": PART})
    settings.TEMPLATES[0]["OPTIONS"] |= {"libraries": {"parts": OTHER}, **options}


PART = "{% load parts parallel_routes %}{% slot %}what a part shows{% endslot %}"
TREE = slots("", layout="l.html", children=[path("", says("home"))])


@pytest.mark.parametrize(
    "layout",
    ["{% load parts %}{% slot %}", "{% load parts %}{% slot %}{% endslot %}"],
)
def test_a_layout_with_the_slot_of_another_library_is_reported(settings: Any, layout: str) -> None:
    """E013, whether the template can be compiled or not."""
    use_parts(settings, layout)
    assert said(settings, TREE) == [
        ("E013", "slots(''): the template 'l.html' uses the {% slot %} of parts.")
    ]


@pytest.mark.parametrize(
    "as_tag",
    [
        lambda one: one.simple_tag(name="slot"),
        lambda one: one.inclusion_tag("django_parallel_routes/loading.html", name="slot"),
    ],
)
def test_a_slot_tag_without_an_end_is_reported_as_well(
    settings: Any, monkeypatch: Any, as_tag: Any
) -> None:
    """The message is not that the layout prints no slot: it has a ``{% slot %}``."""
    theirs = Library()
    as_tag(theirs)(lambda: {})
    monkeypatch.setitem(other_slot_tag.register.tags, "slot", theirs.tags["slot"])
    use_parts(settings, "{% load parts %}{% slot %}")
    assert [number for number, _ in said(settings, TREE)] == ["E013"]


def test_with_the_right_order_both_libraries_work(settings: Any) -> None:
    layout = "{% load parts %}{% load slot from parallel_routes %}{% slot %}"
    use_parts(settings, layout, builtins=[OTHER])
    assert libraries_with_slot() == ["parts"]
    window = serve(settings, TREE)
    window.hard("/")
    assert window.shows == {"children": "home"}
    assert said(settings, TREE) == []


def test_a_layout_may_include_what_uses_the_other_tag(settings: Any) -> None:
    use_parts(settings, "{% slot %}{% include 'part.html' %}")
    loaders = settings.TEMPLATES[0]["OPTIONS"]["loaders"]
    part = "{% load parts %}{% slot %}what a part shows{% endslot %}"
    named = {"l.html": f"{SCRIPTS}{{% slot %}}{{% include 'part.html' %}}", "part.html": part}
    loaders.insert(0, ("django.template.loaders.locmem.Loader", named))
    assert said(settings, TREE) == []
    assert "what a part shows" in serve(settings, TREE).hard("/").content.decode()


def test_a_library_that_is_only_built_in_goes_by_its_path(settings: Any) -> None:
    use_parts(settings, "{% slot %}")
    settings.TEMPLATES[0]["OPTIONS"] |= {"libraries": {}, "builtins": [OTHER]}
    assert libraries_with_slot() == [OTHER]


def test_other_mistakes_in_templates_are_no_clash(settings: Any) -> None:
    use_parts(settings, "{% load parts %}{% if %}")
    assert said(settings, TREE) == []
    use_parts(settings, "{% slot %}{% endslot %}")
    settings.TEMPLATES[0]["OPTIONS"] |= {"libraries": {}}
    assert said(settings, TREE) == []


def test_built_in_tags_of_the_package_are_no_other_library(settings: Any) -> None:
    use_parts(settings, "{% slot %}")
    ours = "django_parallel_routes.templatetags.parallel_routes"
    settings.TEMPLATES[0]["OPTIONS"] |= {"libraries": {}, "builtins": [ours]}
    assert libraries_with_slot() == []
