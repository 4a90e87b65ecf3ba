"""What the script updates on a page: title, current links, selected segments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.client.dom import parse
from django_parallel_routes.test import (
    SlotClient,
)
from tests.support.slot_clients import HEAD, says, shown
from tests.window import layout, serve


def test_segments_and_current_links_are_those_of_the_screen(
    settings: Any, make: Callable[..., Any]
) -> None:
    """S48, B50: in layouts that are kept."""
    serve(
        settings,
        slots(
            "d/",
            layout=layout(
                HEAD + "<p>Über <b>{% selected_segment %}</b> · {% selected_segments %} · "
                "{% selected_segment 'tab' %}{% selected_segment 'ghost' %}</p>"
                "<a href='/d/a/'>A</a> <a href='#x'>X</a>"
                "<a href='/d/' data-pr-current='section' aria-current='page'>D</a>"
                "<nav data-pr-current-in='tab'><a href='/d/a/' aria-current='page'>tab</a></nav>"
                "{% slot %}{% slot 'tab' %}"
            ),
            children=[
                path("", says("home")),
                path("a/", says("a")),
                path("<path:rest>", says("{rest}")),
                slots("in/", layout=layout("{% slot %}"), children=[path("x/", says("x"))]),
            ],
            tab=slot([path("b/t/", says("t"))], default=None),
            ghost=slot([], default=None),  # which the layout does not print
        ),
    )
    client = make()

    def current() -> list[str]:
        links = parse(client.screen.html).all(lambda one: one["aria-current"] == "page")
        return [link.text() for link in links]

    client.load("/d/")
    assert client.screen.text.startswith("Über · · A")
    assert current() == ["D"]
    client.visit("/d/a/")
    assert client.screen.text.startswith("Über a · a · A")
    assert current() == ["A", "D"]
    client.visit("/d/b/t/")
    assert client.screen.text.startswith("Über b · b/t · t")
    # Django's AsyncClient takes URLs for Latin-1.
    name = "\U0001d504&b" if make is SlotClient else "a&b"
    client.visit(f"/d/{name}/")
    assert client.screen.text.startswith(f"Über {name} · {name} · t")
    client.visit("/d/in/x/")
    assert client.screen.text.startswith("Über in · in/x · t")
    client.visit("/d/")
    assert client.screen.text.startswith("Über · · t")


def test_links_to_a_default_that_is_a_route_are_current(
    settings: Any, make: Callable[..., Any]
) -> None:
    """B50: by the URL of the route; a default without a route has no URL of its own."""
    serve(
        settings,
        slots(
            "d/",
            layout=layout(
                HEAD + "<a href='/d/x/'>X</a><a href='/d/t/'>T</a>"
                "<nav data-pr-current-in='plain'><a href='/d/x/'>plain</a></nav>"
                "{% slot %}{% slot 'tab' %}{% slot 'plain' %}"
            ),
            children=[path("x/", says("x")), path("y/", says("y"))],
            tab=slot([path("t/", says("t"), name="t")], default="t"),
            plain=slot([], default=says("plain")),
        ),
    )
    client = make()
    client.load("/d/x/")
    for url, links in (("/d/x/", ["X", "T"]), ("/d/y/", ["T"])):
        client.visit(url)
        found = parse(client.screen.html).all(lambda one: one["aria-current"] == "page")
        assert [link.text() for link in found] == links


@pytest.mark.parametrize(
    ("to", "entries"),
    [("/photo/?tab=2", ["/", "/photo/?tab=2"]), ("/other/", ["/", "/photo/", "/other/"])],
)
def test_a_form_that_leads_to_a_level_beneath_goes_back_to_its_entry(
    settings: Any, make: Callable[..., Any], to: str, entries: list[str]
) -> None:
    """S40: also with another query. A redirect to another page replaces the entry of the form."""
    send: Any = lambda request: redirect(to) if request.method == "POST" else form(request)  # noqa: E731

    def form(request: HttpRequest) -> HttpResponse:
        return HttpResponse("<form method='post'><button>Save</button></form>")

    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + "{% slot %}{% slot 'modal' %}"),
            children=[
                path("", says("home")),
                path("other/", says("other")),
                path("photo/", says("photo page"), name="photo"),
                path("edit/", says("edit page"), name="edit"),
            ],
            modal=slot(
                [intercept("photo", says("photo")), intercept("edit", send, opens="above")],
                default=None,
            ),
        ),
    )
    client = make()
    client.load("/")
    client.visit("/photo/")
    client.visit("/edit/", inside="modal")
    client.submit_form()
    client.assert_url(to)
    for url in reversed(entries[:-1]):
        client.back()
        client.assert_url(url)


def test_a_link_to_another_query_of_a_named_slot_changes_this_slot_alone(
    settings: Any, make: Callable[..., Any]
) -> None:
    """S13: the address bar shows the URL of the other slot, and Back restores the first query."""
    links = "<a href='?page=2'>More</a> <a href='./'>All</a>"
    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + "{% slot %}{% slot 'team' %}"),
            children=[path("", says("home of {path}"))],
            team=[path("", says("team of {path} " + links))],
        ),
    )
    client = make()
    client.load("/")
    client.click("More", inside="team")
    client.assert_url("/")
    assert shown(client) == {"children": "home of /", "team": "team of /?page=2 More All"}
    client.back()
    assert shown(client) == {"children": "home of /", "team": "team of / More All"}
    client.click("All", inside="team")
    assert shown(client) == {"children": "home of /", "team": "team of / More All"}


def test_a_download_leaves_the_page_on_screen(settings: Any, make: Callable[..., Any]) -> None:
    """B61: the browser saves it."""
    attached = {"Content-Disposition": "attachment; filename=a.csv"}

    def file(request: HttpRequest) -> HttpResponse:
        return HttpResponse("a,b", content_type="text/csv", headers=attached)

    children = [path("", says("home")), path("file/", file)]
    serve(settings, slots("", layout=layout(HEAD + "{% slot %}"), children=children))
    client = make()
    client.load("/")
    client.load("/file/")
    client.assert_url("/")
    assert shown(client) == {"children": "home"}


def test_back_loads_a_document_that_can_not_be_restored(
    settings: Any, make: Callable[..., Any]
) -> None:
    """S33: the browser shows the refusal as a document."""
    refused: list[bool] = []

    def flaky(request: HttpRequest) -> HttpResponse:
        return HttpResponse("no", status=403) if refused else HttpResponse("yes")

    children = [path("", flaky), path("other/", says("other"))]
    serve(settings, slots("", layout=layout(HEAD + "{% slot %}"), children=children))
    client = make()
    client.load("/")
    client.visit("/other/")
    refused.append(True)
    client.back()
    client.assert_url("/")
    assert client.screen.status_code == 403


def test_a_form_that_leads_beneath_goes_back_only_if_nothing_else_has_changed(
    settings: Any, make: Callable[..., Any]
) -> None:
    """S40: here the slots of the entry beneath have changed."""

    def form(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            return redirect("/")
        return HttpResponse("<form method='post'><button>Save</button></form>")

    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + "{% slot %}{% slot 'side' %}{% slot 'modal' %}"),
            children=[path("", says("home")), path("edit/", says("edit"), name="edit")],
            side=slot([path("aside/", says("aside"))], default=says("no side")),
            modal=slot([intercept("edit", form)], default=None, unmatched="keep"),
        ),
    )
    client = make()
    client.load("/")
    client.visit("/edit/")
    client.visit("/aside/")
    client.submit_form(inside="modal")
    client.assert_url("/")
    assert shown(client)["side"] == "aside"
