"""A link to another query changes its slot alone, and each slot keeps its query (S13)."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.window import HEADER, Pages, Window, layout, serve

pages = Pages()

ALL = "{% slot %}{% slot 'side' %}"


@pytest.fixture(autouse=True)
def _forget() -> None:
    pages.forget()


def told(name: str) -> Any:
    """A page that tells its method and the URL that it is for."""

    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{name}: {request.method} {request.get_full_path()}")

    return pages(name, answer)


def shown(window: Window, address: str = "side") -> tuple[str, str, str]:
    found = window.slots[address]
    return found.shows, found.src, found.text


def tables(settings: Any, remember: Any = "history", **options: Any) -> Window:
    """Two tables at one URL, one as a default, and one as a default that is a route."""
    return serve(
        settings,
        slots(
            "d/",
            layout=layout("{% slot %}{% slot 'b' %}{% slot 'c' %}{% slot 'r' %}"),
            remember=remember,
            children=[path("", told("home")), path("a/", told("a"))],
            b=[path("", told("b")), path("only/", told("b only"))],
            c=slot([path("x/", told("x"))], default=told("c")),
            r=slot([path("r/", told("r"), name="r")], default="r"),
        ),
    )


def own(window: Window, url: str, slot: str, **more: Any) -> Any:
    """Click a link that changes the query of its slot, as the script sends it."""
    return window.soft(url, target_slot=slot, source_slot=slot, own=True, **more)


def test_a_link_to_another_query_stays_in_its_slot(settings: Any) -> None:
    """S13: only that slot is rendered again, and the address bar stays."""
    window = tables(settings)
    window.hard("/d/?q=1")
    for name, url, shows in (
        ("b", "/d/?page=2", "page"),
        ("c", "/d/?page=3", "default"),
        ("r", "/d/r/?page=4", "page"),
    ):
        own(window, url, name)
        assert (window.changed, window.response[HEADER]) == ([name], "/d/?q=1")
        assert shown(window, name)[:2] == (shows, url)
    window.refresh("c")
    assert shown(window, "c") == ("default", "/d/?page=3", "c: GET /d/?page=3")


def test_the_address_bar_follows_the_page_that_names_the_url(settings: Any) -> None:
    """Children's, else that of the first named slot that matches; not if the bar is elsewhere."""
    window = tables(settings)
    window.soft("/d/only/")
    window.hard("/d/")
    window.soft("/d/only/")
    own(window, "/d/only/?page=2", "b")
    assert window.url == "/d/only/?page=2"
    window.soft("/d/a/")
    own(window, "/d/only/?page=3", "b")
    assert window.url == "/d/a/"


def test_remember_url_writes_the_query_of_a_slot_into_the_url(settings: Any) -> None:
    """B37: "slot state that the URL alone can't express survives a reload"."""
    window = tables(settings, remember="url")
    window.hard("/d/?q=1")
    own(window, "/d/?page=2", "b")
    assert window.url == "/d/?q=1&slot.b=%3Fpage%3D2"
    own(window, "/d/r/?page=4", "r")
    assert window.url == "/d/?q=1&slot.b=%3Fpage%3D2&slot.r=r/%3Fpage%3D4"
    window.soft("/d/?q=2", source_slot="children")
    assert window.url == "/d/?q=2&slot.b=%3Fpage%3D2&slot.r=r/%3Fpage%3D4"
    window.hard(window.url)
    assert shown(window, "children")[1] == "/d/?q=2"
    assert shown(window, "b")[1] == "/d/?page=2"
    assert shown(window, "r")[1] == "/d/r/?page=4"


def test_a_slot_with_a_query_of_its_own_keeps_it(settings: Any) -> None:
    """S13: of two slots of one URL, the one that has the address bar's query follows it."""
    window = tables(settings)
    window.hard("/d/")
    window.soft("/d/?page=2", source_slot="children")
    assert (window.changed, shown(window, "b")[1]) == (["children", "b"], "/d/?page=2")
    own(window, "/d/?page=9", "b")
    window.soft("/d/?page=3", source_slot="children")
    assert window.changed == ["children"]
    assert shown(window, "b")[1] == "/d/?page=9"
    window.soft("/d/only/")
    assert window.changed == ["b"]
    window.soft("/d/?page=4")
    assert (window.changed, shown(window, "b")[1]) == (["children", "b"], "/d/?page=4")


def test_the_main_page_of_a_url_changes_whatever_query_it_had(settings: Any) -> None:
    """S13, B61: after a link with ``hx-push-url="false"``, no slot has the query of the address bar."""
    window = tables(settings)
    window.hard("/d/")
    window.soft("/d/?page=2")
    window.url = "/d/"  # where the address bar has stayed
    window.soft("/d/?page=3")
    assert window.changed == ["children"]
    assert shown(window, "children")[1] == "/d/?page=3"
    assert shown(window, "b")[1] == "/d/?page=2"


def test_after_a_form_a_slot_is_rendered_again_for_its_own_query(settings: Any) -> None:
    """S40: "the slots behind that show changed data are refreshed"."""

    def saved(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            return redirect("/d/")
        return HttpResponse("home")

    window = serve(
        settings,
        slots("d/", layout=layout(ALL), children=[path("", saved)], side=[path("", told("b"))]),
    )
    window.hard("/d/")
    own(window, "/d/?page=9", "side")
    window.soft("/d/", method="post", source_slot="children", own=True, follow=True)
    assert sorted(window.changed) == ["children", "side"]
    assert shown(window) == ("page", "/d/?page=9", "b: GET /d/?page=9")
    window.soft("/d/", method="post", source_slot="side", own=True, follow=True)


def test_a_redirect_of_a_link_that_stays_leads_out_of_the_slot(settings: Any) -> None:
    """S13: where it leads to another path, it is a navigation as any other."""

    def moves(request: HttpRequest) -> HttpResponse:
        if request.GET:
            return redirect("/d/a/")
        return HttpResponse("b")

    window = serve(
        settings,
        slots(
            "d/",
            layout=layout(ALL),
            children=[path("", told("home")), path("a/", told("a"))],
            side=[path("", moves)],
        ),
    )
    window.hard("/d/")
    own(window, "/d/?page=2", "side", follow=True)
    assert (window.changed, window.url) == (["children"], "/d/a/")


def test_under_an_open_modal_the_address_bar_stays_as_it_is(settings: Any) -> None:
    """S26: it shows the modal's URL."""
    window = serve(
        settings,
        slots(
            "d/",
            layout=layout("{% slot %}{% slot 'side' %}{% slot 'modal' %}"),
            remember="url",
            children=[path("", told("home")), path("p/", told("p"), name="p")],
            side=[path("", told("b"))],
            modal=slot([intercept("p", told("modal"))], default=None),
        ),
    )
    window.hard("/d/")
    window.soft("/d/p/")
    assert window.slots["modal"].shows == "intercepted"
    own(window, "/d/?page=2", "side", intercept=False)
    assert (window.changed, window.url) == (["side"], "/d/p/")
    window.send(
        "/d/?page=3",
        {
            "intent": "navigate",
            "own": True,
            "target_slot": "side",
            "source_slot": "side",
            "slots": window.mounted,
        },
    )
    assert window.response[HEADER] == "stay"  # nobody has said where it was
