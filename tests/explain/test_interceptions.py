"""``manage.py slots --explain`` says of each ``intercept()`` of a route why it fires or does not."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.explain.interceptions import COMES_LATER
from tests.support.slots_command import does, explain, fired
from tests.window import Pages, layout, serve


def test_why_did_my_modal_not_open(gallery: Pages, settings: Any) -> None:
    """The command gives the reason for each interception that does not apply."""
    hard = explain("/photo/7/")
    assert hard["answer"]["kind"] == "view"
    assert {why for _, _, why in fired(hard)} == {"a hard load is not intercepted"}

    beneath = explain("/photo/7/", "--from", "/g/in/note/")
    assert beneath["answer"]["kind"] == "document"
    assert fired(beneath)[0] == ("modal", False, "origin='here:feed' is not what lies beneath")

    same = explain("/photo/7/", "--from", "/g/in/feed/", "--from", "/photo/7/")
    assert fired(same)[0] == ("modal", False, "the browser is on this very URL already")

    deeper = explain("/photo/7/", "--from", "/g/in/feed/", "--from", "/g/in/wall/")
    assert [(slot, fires) for slot, fires, _ in fired(deeper)] == [
        ("children.modal", True),
        ("modal", False),
    ]

    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "parallel_routes" not in name]
    missing = explain("/photo/7/", "--from", "/g/in/feed/")
    assert fired(missing)[0][2] == (
        "ParallelRoutesMiddleware is not installed, and the route is outside every slots()"
    )


def test_the_url_in_the_address_bar_is_not_intercepted(settings: Any, pages: Pages) -> None:
    """S27: "a navigation to exactly the URL one is on is not intercepted"."""
    modal = slot([intercept("photo", pages("lightbox"))], default=None)
    routes = [path("photo/", pages("photo"), name="photo"), path("", pages("home"))]
    serve(
        settings,
        slots("", layout=layout("{% slot %}{% slot 'modal' %}"), children=routes, modal=modal),
    )
    said = explain("/photo/", "--from", "/photo/")
    assert does(said) == {"children": "page", "modal": "keep"}
    assert fired(said) == [("modal", False, "the browser is on this very URL already")]
    form = explain("/photo/", "--from", "/", "--post")
    assert fired(form)[0][2] == "the form does not stand in this slot"


def test_a_slot_that_is_not_printed_intercepts_nothing(settings: Any, pages: Pages) -> None:
    """S46: conditional slots are "not executed", and are not on screen."""
    modal = slot([intercept("photo", pages("lightbox"))], default=None)
    routes = [path("photo/", pages("photo"), name="photo"), path("", pages("home"))]
    serve(settings, slots("", layout=pages.layout("layout"), children=routes, modal=modal))
    said = explain("/photo/", "--from", "/")
    assert fired(said) == [("modal", False, "the slot 'modal' is not on screen")]
    hard = explain("/photo/")
    assert hard["slots"][1]["why"] == "its layout does not print it"
    assert hard["views"] == ["tests.window.layout", "tests.window.photo"]
    assert set(pages.called) == {"layout"}


def test_the_first_of_several_interceptions_wins(settings: Any, pages: Pages) -> None:
    """S22: "in the order in which they are printed"."""
    routes = [path("photo/", pages("photo"), name="photo"), path("", pages("home"))]
    one, two = (slot([intercept("photo", pages(n))], default=None) for n in ("one", "two"))
    printed = layout("{% slot %}{% slot 'one' %}{% slot 'two' %}")
    serve(settings, slots("", layout=printed, children=routes, one=one, two=two))
    assert fired(explain("/photo/", "--from", "/")) == [
        ("one", True, "the visit is soft, the slot is on screen"),
        ("two", False, COMES_LATER),
    ]


def test_a_route_that_no_intercept_names_has_no_reports(gallery: Pages) -> None:
    said = explain("/g/in/feed/", "--from", "/g/in/note/")
    assert (said["notes"], fired(said)) == ([], [])


def test_a_background(gallery: Pages) -> None:
    """B31: over the declared page. Without a URL of the background, the page itself is shown."""
    said = explain("/raw/")
    assert said["answer"]["why"] == "its background is /g/in/feed/"
    assert fired(said) == [("modal", True, "also on a hard load, since it has a background")]
    none = explain("/plain/")
    assert none["answer"]["kind"] == "view"
    assert (
        fired(none)[0][2]
        == "a hard load, and its background has no URL, or does not show this slot"
    )
    assert does(explain("/g/in/note/", "--from", "/raw/"))["modal"] == "empty"


@pytest.mark.parametrize("debug", [False, True])
def test_a_background_that_is_hidden_from_the_user(
    settings: Any, pages: Pages, debug: bool
) -> None:
    """B31: the page itself is shown; no view of a page runs for the explanation, not even the target's."""
    settings.DEBUG = debug
    requests = []

    def raw(request: HttpRequest) -> HttpResponse:
        requests.append(request)
        return HttpResponse("raw")

    modal = slot(
        [
            intercept("raw", pages("raw modal"), background="home"),
            intercept("photo", pages("photo modal"), background="home"),
        ],
        default=None,
        test_func=lambda request: False,
    )
    home = [path("", pages("home"), name="home"), path("photo/", pages("photo"), name="photo")]
    window = serve(
        settings,
        path("raw/", raw, name="raw"),
        slots("", layout=layout("{% slot %}{% slot 'modal' %}"), children=home, modal=modal),
    )
    outside, inside = explain("/raw/"), explain("/photo/")
    assert requests == []
    assert (outside["answer"]["kind"], outside["slots"]) == ("view", ())
    assert does(inside) == {"children": "page", "modal": "hidden"}
    for said in (outside, inside):
        assert fired(said)[0][1:] == (
            False,
            "a hard load, and its background has no URL, or does not show this slot",
        )
    response = window.client.get("/raw/")
    assert (response.content, response.wsgi_request.parallel_routes.plan) == (b"raw", None)
