"""A form in a slot that shows its default reaches the view of the default, or is refused (B39)."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.generic import View

from django_parallel_routes import slot, slots
from tests.planning.defaults import ALL, pages, shown
from tests.window import HEADER, Window, serve


@pytest.fixture(autouse=True)
def _forget() -> None:
    pages.forget()


def saves(name: str) -> Any:
    """A form: what is sent is said, and "bad" is an error."""

    def answer(request: HttpRequest) -> HttpResponse:
        bad = request.method == "POST" and request.POST.get("name") == "bad"
        return HttpResponse(
            f"{name}: {request.method} {request.get_full_path()} {request.POST.get('name', '')}",
            status=422 if bad else 200,
        )

    return pages(name, answer)


class GetOnly(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse("x")


def forms(settings: Any, **options: Any) -> Window:
    """A form as the default of a named slot, and one in a nested segment's."""
    return serve(
        settings,
        slots(
            "d/",
            layout=pages.layout("layout", ALL),
            children=[
                path("", saves("home")),
                path("a/", saves("a")),
                slots(
                    "n/<int:id>/",
                    layout=pages.layout("inner", "{% slot %}{% slot 'x' %}"),
                    children=[path("", saves("n"))],
                    x=slot([path("x/", saves("x"))], default=saves("x default")),
                ),
            ],
            side=slot(
                [path("settings/", saves("settings"))],
                **{"default": saves("side default"), **options},
            ),
        ),
    )


@pytest.mark.parametrize("name", ["good", "bad"])
def test_a_form_in_a_default_reaches_the_view_of_the_default(settings: Any, name: str) -> None:
    """B39: "A form … in a slot that shows its *default* belongs to that slot likewise"."""
    window = forms(settings)
    window.hard("/d/?q=1")
    window.soft("/d/a/")
    pages.forget()
    window.soft("/d/", method="post", source_slot="side", own=True, data={"name": name})
    assert pages.called == ["side default"]
    assert (window.changed, window.response[HEADER]) == (["side"], "stay")
    assert window.response.status_code == (422 if name == "bad" else 200)
    assert shown(window) == ("default", "/d/?q=1", f"side default: POST /d/ {name}")


def test_a_form_in_the_default_of_a_nested_segment_reaches_its_view(settings: Any) -> None:
    """B39, S8."""
    window = forms(settings)
    window.hard("/d/n/1/")
    pages.forget()
    window.soft("/d/n/1/", method="post", source_slot="children.x", own=True, data={"name": "i"})
    assert (pages.called, window.changed) == (["x default"], ["children.x"])
    assert pages.kwargs["x default"] == {"id": 1}


@pytest.mark.parametrize("default", ["template", "get only", "empty layout"])
def test_a_default_that_takes_no_form_refuses_it(settings: Any, default: str) -> None:
    """B39: "where no view of the slot can take the request, it is refused loudly"."""
    shows: Any = {
        "template": "page.html",
        "get only": GetOnly.as_view(),
        "empty layout": None,
    }
    options: dict[str, Any] = {"default": shows[default]}
    if default == "empty layout":
        options = {"layout": pages.layout("tabs", "tabs {% slot %}"), "default": None}
    window = forms(settings, **options)
    window.hard("/d/")
    if default == "empty layout":
        window.soft("/d/settings/")
    pages.forget()
    window.soft("/d/", method="post", source_slot="side", own=True, data={"name": "x"})
    assert pages.called == []
    assert window.response.status_code == 405
    assert HEADER not in window.response
    if default != "get only":
        assert "POST /d/: the slot" in window.response.content.decode()


@pytest.mark.parametrize("prints", [True, False])
def test_without_a_state_a_form_reaches_its_slot_if_a_layout_prints_it(
    settings: Any, prints: bool
) -> None:
    """B53, S46: where the state was dropped or too long, the layouts are asked; no other view gets it."""
    window = (
        forms(settings)
        if prints
        else serve(
            settings,
            slots(
                "d/",
                layout=pages.layout("layout", "{% slot %}"),
                children=[path("", saves("home"))],
                side=slot([path("x/", saves("x"))], default=saves("side default")),
            ),
        )
    )
    window.hard("/d/")
    pages.forget()
    state = {"intent": "navigate", "form": True, "source_slot": "side", "own": True}
    window.send("/d/", state, "post", data={"name": "x"})
    assert pages.called == (["layout", "side default"] if prints else ["layout"])
    assert window.response.status_code == (200 if prints else 404)
    pages.forget()
    window.send("/d/", {**state, "source_slot": "nowhere"}, "post", data={"name": "x"})
    assert pages.requests["home"].method == "POST"
    assert not prints or pages.requests["side default"].method == "GET"


def test_a_form_for_another_url_goes_there(settings: Any) -> None:
    """B39: what a form says itself holds: the page of that URL, if its slot has none there."""
    window = forms(settings)
    window.hard("/d/")
    pages.forget()
    window.soft("/d/a/", method="post", source_slot="side", data={"name": "x"})
    assert pages.called == ["a"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_element_with_a_target_of_its_own_is_answered_by_the_default(
    settings: Any, method: str
) -> None:
    """B19: "that slot's page alone answers, without layout or other slots"."""
    window = forms(settings)
    window.hard("/d/")
    pages.forget()
    answer = window.slot("/d/?page=2", "side", method=method)
    assert answer.content.decode().strip() == f"side default: {method.upper()} /d/?page=2"
    assert pages.called == ["side default"]


def test_an_element_in_a_layout_is_answered_by_the_page_of_its_url(settings: Any) -> None:
    """B19: a layout is no page; what is asked for with GET from there is the page."""
    window = forms(settings, layout=pages.layout("tabs", "tabs {% slot %}"), default=None)
    window.hard("/d/")
    window.soft("/d/settings/")
    assert window.slot("/d/", "side").content.decode().strip() == "home: GET /d/"
