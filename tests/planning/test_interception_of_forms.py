"""Forms in what an interception shows, and what a client may claim about it (B39, B53)."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.client.exchange import state_header
from tests.support.intercepting_site import (
    pages,
    screen,
    site,
)
from tests.window import HEADER, Pages, layout, serve


def test_a_forged_home_opens_nothing(settings: Any) -> None:
    """B53: the key says which layout has printed the slot, and for which prefix."""
    window = site(settings)
    window.hard("/")
    key = window.slots["modal"].key
    for address, home, forged in [
        ("modal", "/photo/1/x/", key),
        ("modal", "/nowhere/", "0" * 16),
        ("modal.modal", "/", key),
        ("children", "/", key),
        ("modal", "/out/1/", key),
        ("nothing.here", "/", key),
    ]:
        state = {
            "intent": "navigate",
            "slots": {**window.mounted, address: ["empty", "/", forged, home]},
            "current_url": "/",
            "origin": "/",
        }
        if address != "modal":
            del state["slots"]["modal"]
        pages.forget()
        window.client.get("/photo/1/", headers={HEADER: state_header(state)})
        if home not in {"/photo/1/x/"}:  # a URL of the same segment and prefix is as good as any
            assert "modal" not in pages.called


@pytest.mark.parametrize("frame", [None, "<dialog>{% slot %}</dialog>"], ids=["bare", "framed"])
def test_a_form_in_what_opens_above_stays_there(settings: Any, frame: str | None) -> None:
    """B39, B32: its answer stands in the level that it was sent from, and so does another page of it."""

    def form(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{request.method} {request.GET.urlencode()}")

    window = serve(
        settings,
        slots(
            "",
            layout=layout("<body>{% slot %}{% slot 'modal' %}</body>"),
            children=[
                path("", lambda request: HttpResponse("home")),
                path("first/", form, name="first"),
                path("form/", form, name="form"),
            ],
            modal=slot(
                [intercept("first"), intercept("form", opens="above")],
                layout=frame and layout(frame),
                default=None,
            ),
        ),
    )
    inner = ".children" if frame else ""
    window.hard("/")
    for level in ["modal", "modal.modal"]:
        address = level + inner
        window.soft("/form/", source_slot=f"modal{inner}" if level == "modal.modal" else "")
        assert window.shows[address] == "GET"
        window.soft("/form/", method="post", source_slot=address)
        assert window.changed == [address]
        assert window.shows[address] == "POST"
        window.soft("/form/?page=2", source_slot=address)
        assert window.shows[address] == "GET page=2"
        assert window.slots[address].shows == "intercepted"
        window.hard("/")
        window.soft("/first/")


@pytest.mark.parametrize("frame", ["", "{% slot %}"])
def test_a_restored_interception_is_the_one_whose_origin_lies_beneath(
    settings: Any, pages: Pages, frame: str
) -> None:
    """S33, S38, B39: of several rules for one route, that which has fired: its origin lies beneath."""
    rules = [
        intercept("t", pages("from d"), origin="d"),
        intercept("t", pages("from e"), origin="e"),
    ]
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'modal' %}"),
            children=[
                path("d/", pages("d"), name="d"),
                path("e/", pages("e"), name="e"),
                path("t/", pages("t"), name="t"),
            ],
            modal=slot(rules, default=None, layout=layout(frame) if frame else None),
        ),
    )
    shown = "modal.children" if frame else "modal"
    for name in ("d", "e"):
        window.hard(f"/{name}/")
        window.soft("/t/")
        entry = window.entry
        assert window.shows[shown] == f"from {name}"
        window.refresh("modal")
        assert window.shows[shown] == f"from {name}"
        window.soft("/t/", method="post", source_slot=shown)  # B39: it reaches this view
        assert window.shows[shown] == f"from {name}"
        window.soft("/t/?q=1", source_slot=shown)
        assert window.shows[shown] == f"from {name}"
        window.soft("/d/" if name == "e" else "/e/")
        window.restore(entry)
        assert window.shows[shown] == f"from {name}"


def test_a_form_in_what_stays_reaches_its_view_wherever_one_has_gone(settings: Any) -> None:
    """B39: that the origin does not lie beneath any more decides nothing about what is open."""
    rule = intercept("photo", pages("modal"), origin="home")
    window = site(settings, rule, unmatched="keep")
    window.hard("/")
    window.soft("/photo/1/")
    window.soft("/other/")
    window.soft("/photo/1/", method="post", source_slot="modal")
    assert pages.requests["modal"].method == "POST"
    assert screen(window) == {"children": "other", "side": "side", "modal": "modal"}


def test_a_made_up_page_in_a_modal_without_a_frame_is_no_page(settings: Any) -> None:
    """B53: it gets the document, and no error of the server."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout("<body>{% slot %}{% slot 'modal' %}</body>"),
            children=[path("", pages("home")), path("photo/", pages("photo"), name="photo")],
            modal=slot([intercept("photo", pages("modal"))], default=None),
        ),
    )
    window.hard("/")
    _, url, key, *_ = window.mounted["modal"]
    made_up = {
        "modal": ["layout", url, key, "/"],
        "modal.children": ["intercepted", "/photo/", "0" * 16],
    }
    state = {"intent": "refresh", "slots": made_up, "refresh": ["modal.children"]}
    response = window.send("/", state)
    assert response.status_code == 200
    assert "HX-Refresh" in response
