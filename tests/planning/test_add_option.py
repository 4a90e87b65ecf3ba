"""A form that is open to add an option to a select: where it redirects, the select's slot comes."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.window import HEADER, Pages, Window, layout, serve

allowed: list[bool] = []


def add(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and request.POST.get("name"):
        response = HttpResponseRedirect("/")
        response.set_cookie("added", "yes")
        return response
    return HttpResponse("wrong" if request.method == "POST" else "add")


def reply(request: HttpRequest) -> HttpResponse:
    return HttpResponse("reply") if all(allowed) else HttpResponseForbidden()


def site(settings: Any, pages: Pages, **options: Any) -> Window:
    allowed.clear()
    return serve(
        settings,
        slots(
            "",
            layout=layout("<body>{% slot %}{% slot 'news' %}{% slot 'modal' %}</body>"),
            children=slot(
                [path("", pages("home")), path("reply/", reply), path("add/", add, name="add")],
                **options,
            ),
            news=slot([], default=pages("news"), unmatched="refresh"),
            modal=slot([intercept("add")], default=None),
        ),
        path("outside/", pages("outside")),
    )


def sends(window: Window, adds: str = "children", name: str = "new") -> Any:
    """Open the form over a page, and send it."""
    window.hard("/reply/")
    window.soft("/add/")
    state = {"intent": "navigate", "form": True, "source_slot": "modal", "option_for": adds}
    state |= {
        "slots": window.mounted,
        "current_url": "/add/",
        "origin": "/reply/",
        "refresh": ["news"],
    }
    return window.send("/add/", state, "post", data={"name": name})


def test_the_slot_of_the_select_replaces_the_redirect(settings: Any, pages: Pages) -> None:
    """It is rendered for its own URL, with the slots that each response has."""
    window = site(settings, pages)
    response = sends(window)
    assert response.status_code == 200
    assert response[HEADER] == "stay"
    assert sorted(window.changed) == ["children", "news"]
    assert window.slots["children"].src == "/reply/"
    assert pages.requests["news"].method == "GET"
    assert response.cookies["added"].value == "yes"


def test_errors_of_the_added_object_are_shown_in_the_modal(settings: Any, pages: Pages) -> None:
    """Only the modal and the slots that each response has are rendered."""
    window = site(settings, pages)
    sends(window, name="")
    assert window.shows["modal"] == "wrong"
    assert sorted(window.changed) == ["modal", "news"]


@pytest.mark.parametrize("adds", ["nobody", "modal.nobody", "news.x"])
def test_a_slot_that_is_not_there_is_no_place_to_go(
    settings: Any, pages: Pages, adds: str
) -> None:
    """B53: what a client sends is a hint: the redirect is followed."""
    assert sends(site(settings, pages), adds)["Location"].startswith("/")


def test_a_slot_that_the_user_may_no_longer_see_is_not_shown(settings: Any, pages: Pages) -> None:
    """B54: by the slot's view, by its test."""
    window = site(settings, pages)
    window.hard("/reply/")
    window.soft("/add/")
    state = {"intent": "navigate", "form": True, "source_slot": "modal", "option_for": "children"}
    state |= {"slots": window.mounted, "current_url": "/add/", "origin": "/reply/"}
    allowed.append(False)
    response = window.send("/add/", state, "post", data={"name": "new"})
    assert response["Location"] == "/"

    allowed.clear()
    forged = {**window.mounted, "children": ["page", "/reply/", "0" * 16]}
    response = window.send("/add/", {**state, "slots": forged}, "post", data={"name": "new"})
    assert "Location" in response

    tested = [True]
    window = site(settings, pages, test_func=lambda request: tested[0])
    window.hard("/reply/")
    window.soft("/add/")
    state |= {"slots": window.mounted}
    tested[0] = False
    response = window.send("/add/", state, "post", data={"name": "new"})
    assert HEADER not in response


@pytest.mark.parametrize("at", ["/nowhere/", "/outside/"])
def test_the_url_in_the_address_bar_may_lie_outside(settings: Any, pages: Pages, at: str) -> None:
    """B53: what a client sends is a hint; the slot comes all the same."""
    window = site(settings, pages)
    window.hard("/reply/")
    window.soft("/add/")
    state = {
        "intent": "navigate",
        "form": True,
        "source_slot": "modal",
        "option_for": "children",
        "current_url": at,
    }
    window.send("/add/", {**state, "slots": window.mounted}, "post", data={"name": "new"})
    assert window.changed == ["children"]


def test_a_slot_that_is_hidden_by_now_is_no_place_to_go(settings: Any, pages: Pages) -> None:
    """B71: the redirect is followed."""
    shown = [True]
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'news' %}{% slot 'modal' %}"),
            children=[path("", pages("home")), path("add/", add, name="add")],
            news=slot([], default=pages("news"), test_func=lambda request: shown[0]),
            modal=slot([intercept("add")], default=None),
        ),
    )
    window.hard("/")
    window.soft("/add/")
    shown[0] = False
    state = {
        "intent": "navigate",
        "form": True,
        "source_slot": "modal",
        "option_for": "news",
        "current_url": "/add/",
    }
    response = window.send(
        "/add/", {**state, "slots": window.mounted}, "post", data={"name": "new"}
    )
    assert response["Location"].startswith("/")
    assert pages.called.count("news") == 1
