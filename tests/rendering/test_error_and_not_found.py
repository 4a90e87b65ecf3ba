"""The views and templates that a slot shows instead of its page after a failure (S44, S45)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.test import Client
from django.urls import path

from django_parallel_routes import slot, slots
from tests.support.failing_site import FAILED, NOTHING, PAGE, fails, fails_async, site
from tests.window import Pages, layout, serve, tag_of


def test_an_error_is_shown_in_the_slots_own_layout(settings: Any, pages: Pages) -> None:
    """S44: "for each slot and each slot's own layout": the tabs are still there."""
    tabs = pages.layout("tabs", "tabs {% slot %}")
    window = site(settings, pages, fails(), error=FAILED, layout=tabs)
    window.hard("/")
    assert window.shows["side"] == "tabs"
    assert window.shows["side.children"] == "failed 500 broken & beaten"
    assert tag_of(window.text, "side.children")["data-pr-state"] == "error"
    assert "data-pr-state" not in tag_of(window.text, "side")


def test_if_the_layout_fails_it_takes_its_place(settings: Any, pages: Pages) -> None:
    """S44: a slot's own layout is part of the slot."""
    window = site(settings, pages, pages("page"), error=FAILED, layout=fails())
    window.hard("/")
    assert window.shows["side"] == "failed 500 broken & beaten"
    assert "page" not in pages.called


def test_a_layout_that_has_failed_is_asked_for_again_with_its_page(
    settings: Any, pages: Pages
) -> None:
    """S44, "with a retry": of the page of that URL, and not of the layout's own."""
    broken = [True]

    def breaks(request: HttpRequest) -> HttpResponse:
        return fails()(request) if broken else layout("in {% slot %}")(request)

    inner = slots(
        "in/", layout=breaks, children=[path("", pages("index")), path("a/", pages("a"))]
    )
    window = serve(
        settings,
        slots(
            "",
            layout=layout(PAGE),
            children=[path("in/a/", pages("home"))],
            side=slot([inner], error=FAILED),
        ),
        client=Client(raise_request_exception=False),
    )
    window.hard("/in/a/")
    assert window.slots["side"].src == "/in/a/"
    broken.clear()
    window.refresh("side")
    assert (window.shows["side"], window.shows["side.children"]) == ("in", "a")
    assert window.slots["side"].src == "/in/"


def test_the_innermost_slot_with_a_state_has_it(settings: Any, pages: Pages) -> None:
    """S44: a failure in nested slots goes up to where somebody has an answer to it."""
    inner = slots(
        "in/",
        layout=layout("in {% slot %}{% slot 'more' %}"),
        children=[path("", pages("page"))],
        more=slot([path("", fails())]),
    )
    window = serve(
        settings,
        slots(
            "",
            layout=layout(PAGE),
            children=[path("in/", pages("home"))],
            side=slot([inner], error=FAILED),
        ),
        client=Client(raise_request_exception=False),
    )
    window.hard("/in/")
    assert window.shows == {"children": "home", "side": "failed 500 broken & beaten"}


def test_a_state_gets_the_kwargs_of_the_prefix(settings: Any) -> None:
    """S7: as a default does, and what went wrong."""
    window = serve(
        settings,
        slots(
            "<slug:team>/",
            layout=layout(PAGE),
            children=[path("<int:id>/", lambda request, team, id: HttpResponse("page"))],
            side=slot([path("<int:id>/", fails())], error=FAILED),
        ),
        client=Client(raise_request_exception=False),
    )
    window.hard("/red/7/")
    assert window.shows["side"] == "failed 500 broken & beaten red"


def test_a_state_that_fails_too_propagates(settings: Any, pages: Pages) -> None:
    """S44: there is nothing left to show."""
    window = site(settings, pages, fails(), error=fails(KeyError("state")))
    assert window.hard("/").status_code == 500


def test_a_state_may_answer_for_the_whole_page(settings: Any, pages: Pages) -> None:
    """S46: it is a view like any other."""
    window = site(settings, pages, fails(), error=lambda request, **_: HttpResponseRedirect("/x/"))
    assert window.hard("/")["Location"] == "/x/"


@pytest.mark.parametrize("exception", [ValueError(), PermissionDenied(), Http404()])
def test_a_state_may_answer_with_the_status_that_it_is_told(
    settings: Any, pages: Pages, exception: Exception
) -> None:
    """S44: as a view for errors does everywhere else; it is still the slot's own."""

    def state(request: HttpRequest, exception: Any, status_code: int) -> HttpResponse:
        return HttpResponse(f"sorry {status_code}", status=status_code)

    window = site(settings, pages, fails(exception), error=state, not_found=state)
    window.hard("/")
    assert window.response.status_code == 200
    assert window.shows["side"].startswith("sorry")
    window.soft("/x/")
    assert window.response.status_code == 200
    assert window.shows["side"].startswith("sorry")


@pytest.mark.parametrize("view", [fails(), fails_async], ids=["sync", "async"])
@pytest.mark.parametrize("delivery", ["deferred", "streamed"])
def test_a_loading_state_that_fails_shows_the_error(
    settings: Any, pages: Pages, view: Any, delivery: str
) -> None:
    """S44: whatever fails in a slot with an ``error``; a retry brings the page."""
    options = {"loading": view, "delivery": delivery}
    window = site(settings, pages, pages("side"), error=FAILED, **options)
    window.hard("/")
    assert window.response.status_code == 200
    assert window.shows == {"children": "home", "side": "failed 500 broken & beaten"}
    assert tag_of(window.text, "side")["data-pr-state"] == "error"
    window.refresh("side")
    assert window.shows["side"] == "side"
    window.soft("/x/")
    assert window.shows["side"] == "failed 500 broken & beaten"
    assert site(settings, pages, pages("side"), **options).hard("/").status_code == 500


def test_in_debug_the_traceback_is_there_and_its_page_one_click_away(
    settings: Any, pages: Pages
) -> None:
    """S44: "traceback page in DEBUG reachable"; escaped, and not to be had without DEBUG."""
    window = site(settings, pages, fails(ValueError("<b>ad")), error=FAILED)
    settings.DEBUG = True
    window.hard("/?q=1")
    assert "<summary>ValueError: &lt;b&gt;ad</summary>" in window.text
    assert "failing_site.py" in window.text
    link = re.search(r'<a href="([^"]*slots=raise)"', window.text)
    assert link
    page = window.hard(link[1].replace("&amp;", "&"))
    assert page.status_code == 500
    assert b"Traceback" in page.content
    settings.DEBUG = False
    assert window.hard("/?slots=raise").status_code == 200
    assert "traceback" not in window.text


def test_in_debug_an_exception_may_have_no_words(settings: Any, pages: Pages) -> None:
    window = site(settings, pages, fails(PermissionDenied()), error=FAILED)
    settings.DEBUG = True
    window.hard("/")
    assert "<summary>PermissionDenied</summary>" in window.text


def test_in_debug_what_is_not_found_is_not_explained(settings: Any, pages: Pages) -> None:
    """S45: it is an ordinary state."""
    settings.DEBUG = True
    window = site(settings, pages, fails(Http404("no")), not_found=NOTHING)
    window.hard("/")
    assert "<details" not in window.text
