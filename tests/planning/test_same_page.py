"""Which slots of an answer are told to be merged into what is on screen (S57, S58)."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from django_parallel_routes import refresh, slot, slots
from tests.window import Pages, Window, body_of, layout, serve


def same(window: Window) -> list[str]:
    """The slots that the last answer says to be the same page."""
    return re.findall(r'data-pr-slot="([^"]*)"[^>]* data-pr-same[ >]', body_of(window.response))


def site(settings: Any, pages: Pages) -> Window:
    def form(request: HttpRequest) -> HttpResponse:
        refresh(request, "side")
        return HttpResponse("form")

    def one(request: HttpRequest, id: int) -> HttpResponse:
        if "gone" in request.GET:
            raise Http404
        return HttpResponse("one")

    return serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'side' %}"),
            children=slot(
                [
                    path("", pages("home")),
                    path("<int:id>/", one),
                    path("form/", form),
                    slots(
                        "in/",
                        layout=layout("{% slot %}{% slot 'inner' %}"),
                        children=[path("", pages("in")), path("x/", pages("x"))],
                        inner=slot([path("x/", pages("inner"))], default=pages("inner default")),
                    ),
                ],
                not_found=pages("not found"),
            ),
            side=slot([], default=pages("side")),
        ),
    )


def test_the_same_page_is_that_of_the_same_path(settings: Any, pages: Pages) -> None:
    """S57: whatever its query; another argument is another page. A document has no such attribute."""
    window = site(settings, pages)
    window.hard("/1/")
    assert same(window) == []
    window.soft("/1/?q=a")
    assert same(window) == ["children"]
    window.soft("/1/?q=a")  # the current link
    assert same(window) == ["children"]
    window.soft("/2/?q=a")
    assert (window.changed, same(window)) == (["children"], [])


def test_refreshes_and_forms_bring_the_same_page(settings: Any, pages: Pages) -> None:
    """S57, S58: a layout, too, with the slots in it; Back brings what the server has now."""
    window = site(settings, pages)
    window.hard("/in/")
    before = window.entry
    window.refresh("children", "side", url="/in/")
    assert sorted(same(window)) == ["children", "children.children", "children.inner", "side"]
    window.soft("/in/x/")
    assert same(window) == []
    window.restore(before)
    assert set(window.changed) == {"children.children", "children.inner"}
    assert same(window) == []
    window.soft("/form/")
    assert same(window) == []
    window.soft("/form/", method="post", source_slot="children")
    assert same(window) == ["children", "side"]


def test_what_fails_is_not_the_same_page(settings: Any, pages: Pages) -> None:
    """S57: what is shown instead takes the place of the page."""
    window = site(settings, pages)
    window.hard("/1/")
    window.soft("/1/?gone")
    assert (window.changed, window.text.count("not found"), same(window)) == (["children"], 1, [])
