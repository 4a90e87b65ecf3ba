"""Links, forms and redirects that lead from slots to views outside of every ``slots()``."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from django_parallel_routes import refresh, slots
from django_parallel_routes.test import SlotClient
from tests.window import Pages, Window, layout, serve

SCRIPT = "{% load parallel_routes %}<title>L</title><body>{% parallel_routes_script %}{% slot %}"
NAVIGATE = {"intent": "navigate", "slots": {}}


def thanks(request: HttpRequest) -> HttpResponse:
    """A page that shows messages, as Django's templates do."""
    said = " ".join(map(str, messages.get_messages(request)))
    return HttpResponse(f"<title>Thanks</title><body>thanks: {said}")


def buy(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        messages.success(request, "Bought.")
        refresh(request, "children")
        return redirect("/thanks/")
    return HttpResponse('<form method="post"><button>Buy</button></form>')


def link_away(request: HttpRequest) -> HttpResponse:
    messages.info(request, "Moved.")
    return redirect("/thanks/?from=a")


@pytest.fixture
def pages() -> Pages:
    return Pages()


@pytest.fixture
def window(settings: Any, pages: Pages) -> Window:
    return serve(
        settings,
        slots("", layout=layout(SCRIPT), children=[path("", buy), path("away/", link_away)]),
        slots("other/", layout=layout(SCRIPT), children=[path("", pages("other"))]),
        path("thanks/", pages("thanks", thanks)),
        path("out/", pages("out")),
    )


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_navigation_is_sent_to_the_document_before_the_view_runs(
    window: Window, pages: Pages, method: str
) -> None:
    """B61: "a link out of the layout runs its view once"."""
    window.hard("/")
    answer = window.soft("/out/?page=2", method=method.lower())
    assert answer["HX-Redirect"] == "/out/?page=2"
    assert "Parallel-Routes" in answer["Vary"]
    assert not pages.called


def test_a_form_reaches_the_view(window: Window, pages: Pages) -> None:
    """B61: what a form sends is sent once; its answer is what the script deals with."""
    window.hard("/")
    assert window.soft("/out/", method="post").content == b"out"
    assert pages.called == ["out"]


def test_a_request_with_a_target_of_its_own_reaches_the_view(window: Window, pages: Pages) -> None:
    """B19: it is no navigation."""
    window.hard("/")
    assert window.send("/out/", {"intent": "slot", "slots": {}}).content == b"out"
    assert window.send("/out/", {"intent": "slot", "slots": {}}, method="post").content == b"out"


def test_a_request_of_htmx_without_the_script_reaches_the_view(
    window: Window, pages: Pages
) -> None:
    """S17: a page without slots may use htmx as it likes, and so may its history."""
    client = window.client
    assert client.get("/out/", headers={"HX-Request": "true"}).content == b"out"
    restores = {"HX-History-Restore-Request": "true", "Parallel-Routes": '{"slots":{}}'}
    assert client.get("/out/", headers=restores).content == b"out"


def test_a_form_whose_redirect_leads_out_does_not_name_slots_there(window: Window) -> None:
    """S40, S17: what the form refreshes is of no use to a document."""
    window.hard("/")
    answer = window.send("/thanks/?a=1&slots=refresh:children", NAVIGATE)
    assert answer["HX-Redirect"] == "/thanks/?a=1"


@pytest.fixture
def client(window: Window) -> Any:
    client = SlotClient()
    client.load("/")
    return client


def test_messages_arrive_after_the_redirect_of_a_form(client: Any, pages: Pages) -> None:
    """B67: "Messages are shown once, wherever the redirect leads: … out of all"."""
    client.submit("/")
    client.assert_url("/thanks/")
    assert "thanks: Bought." in client.screen.html
    assert pages.called == ["thanks"]


def test_messages_arrive_after_the_redirect_of_a_link(client: Any, pages: Pages) -> None:
    """B61, B67."""
    client.visit("/away/")
    client.assert_url("/thanks/?from=a")
    assert "thanks: Moved." in client.screen.html
    assert pages.called == ["thanks"]


def test_a_link_to_another_layout_runs_its_view_once(client: Any, pages: Pages) -> None:
    """B61."""
    client.visit("/other/")
    client.assert_url("/other/")
    assert pages.called == ["other"]


def test_a_link_out_keeps_its_hash(client: Any) -> None:
    """S36."""
    client.visit("/out/#foot")
    client.assert_url("/out/#foot")
