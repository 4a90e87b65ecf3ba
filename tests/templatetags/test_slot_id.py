"""Slots that are named relative to where a template stands: ``{% slot_id %}``, and ``data-pr-target``."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template import engines
from django.test import RequestFactory
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.test import SlotClient
from tests.window import Pages, Window, layout, serve


def ids(*names: str, engine: str = "django") -> str:
    """The source of a template that prints the ids of slots."""
    tag = "{{% slot_id {!r} %}} " if engine == "django" else "{{{{ slot_id({!r}) }}}} "
    return "".join(map(tag.format, names))


@pytest.fixture(params=["django", "jinja2"])
def window(request: pytest.FixtureRequest, settings: Any) -> Window:
    """Two layouts, one in the other, with slots of the same names."""
    engine = request.param
    names = ("team", "side", "feed", "children", "children.team")
    page = layout(ids(*names, engine=engine), engine)
    slot_tags = (
        "{% slot %} {% slot 'team' %}" if engine == "django" else "{{ slot() }} {{ slot('team') }}"
    )
    outer = layout(ids("team", "children", engine=engine) + slot_tags, engine)
    inner = layout(
        "<p>" + ids("team", "side", "children", engine=engine) + f"</p>{slot_tags}", engine
    )
    return serve(
        settings,
        slots(
            "",
            layout=outer,
            children=[
                path("", Pages()("home")),
                slots(
                    "d/",
                    layout=inner,
                    children=[path("", page), path("team/", page)],
                    team=slot([path("team/", page)], default=page),
                    feed=slot([], default=None),
                ),
            ],
            team=slot([intercept("elsewhere", page)], default=None),
            side=slot([], default=None),
        ),
        path("elsewhere/", page, name="elsewhere"),
    )


IN_D = "slot-children-team slot-side slot-children-feed slot-children-children slot-children-children-team"


def test_a_layout_prints_the_ids_of_its_own_slots_and_of_those_around_it(window: Window) -> None:
    """B66: each resolves a name from the inside out."""
    text = window.hard("/d/").content.decode()
    assert text.startswith("slot-team slot-children ")
    assert "<p>slot-children-team slot-side slot-children-children </p>" in text


def test_a_page_prints_the_ids_of_the_slots_around_it(window: Window) -> None:
    """B66: the same on a hard load, after a click, and after a refresh, of a page and of a default."""
    expected = IN_D.replace("slot-children-children-team", "slot-children-team")
    window.hard("/d/")
    assert window.slots["children.children"].text == expected
    assert window.slots["children.team"].text == expected
    window.soft("/d/team/")
    assert window.changed == ["children.children", "children.team"]
    assert window.slots["children.children"].text == expected
    assert window.slots["children.team"].text == expected
    window.refresh("children.team")
    assert window.slots["children.team"].text == expected


def test_what_is_intercepted_stands_where_it_is_shown(window: Window) -> None:
    """B66: not where its URL would show it: from the root, only slots that are on screen there."""
    window.hard("/d/")
    with pytest.raises(ImproperlyConfigured, match=r"slot_id 'feed'.*children\.team, side, team"):
        window.soft("/elsewhere/")


def test_a_name_that_no_layout_around_has_is_an_error(settings: Any) -> None:
    """B66: it says which slots there are."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout(),
            children=[path("", layout(ids("tema")))],
            team=slot([], default=None),
        ),
    )
    with pytest.raises(ImproperlyConfigured, match=r"slot_id 'tema'.*one of: children, team"):
        window.hard("/")


def test_outside_of_a_slots_there_is_no_slot() -> None:
    """As for the other tags."""
    template = engines["django"].from_string("{% load parallel_routes %}{% slot_id %}")
    with pytest.raises(ImproperlyConfigured, match=r"slot_id is used outside of a slots\(\)"):
        template.render({}, RequestFactory().get("/"))


@pytest.mark.urls("tests.urls.targets")
def test_the_client_follows_names_as_the_script_does() -> None:
    """B66: from the innermost slot outwards; the nearest target counts."""
    client = SlotClient()
    client.load("/g/d/")
    for link, changed, url in [
        ("Inner", "children.team", "/g/d/team/6/"),
        ("Team 3", "children.team", "/g/d/team/3/"),
        ("Whole address", "children.team", "/g/d/team/7/"),
        ("Inner, from outside", "children.team", "/g/d/team/2/"),
        ("Side 3", "side", "/g/side/3/"),
        ("Inherited", "children.team", "/g/d/team/4/"),
        ("Overridden", "side", "/g/side/4/"),
        ("Button", "children.team", "/g/side/4/"),
        ("More", "children.activity", "/g/side/4/"),
        ("Outer", "team", "/g/team/2/"),
    ]:
        client.click(link)
        assert (client.screen.changed, client.screen.url) == ((changed,), url), link
    client.click("Not at all")
    assert client.screen.changed == ("children.children", "children.team")
    client.submit_form(button="7")
    assert client.screen.changed == ("children.activity",)


@pytest.mark.urls("tests.urls.targets")
def test_the_client_fails_for_a_name_that_is_not_on_screen() -> None:
    """B66: the browser's console would say it."""
    client = SlotClient()
    client.load("/g/d/")
    with pytest.raises(
        AssertionError, match="data-pr-target='nobody': this slot is not on screen"
    ):
        client.click("Nobody")
