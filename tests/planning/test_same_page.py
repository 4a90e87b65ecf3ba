"""Which slots of an answer are told to be merged into what is on screen (S57, S58)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from django_parallel_routes import intercept, refresh, slot, slots
from tests.support.intercepting_site import screen, site as intercepting_site
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


def test_a_page_that_fails_is_not_the_same_page(settings: Any, pages: Pages) -> None:
    """S57: what is shown instead takes the place of the page."""
    window = site(settings, pages)
    window.hard("/1/")
    window.soft("/1/?gone")
    assert (window.changed, window.text.count("not found"), same(window)) == (["children"], 1, [])


@pytest.mark.parametrize("frame", ["", "{% slot %}"])
def test_two_views_that_show_one_url_are_two_pages(
    settings: Any, pages: Pages, frame: str
) -> None:
    """S57: what was typed into the form of one view does not stay in a form of another view.

    If it is certain that the same rule fires as before, the slot is merged.
    """
    rules = [
        intercept("photo", pages("from home"), origin="home"),
        intercept("photo", pages("from other"), origin="other"),
    ]
    shown = "modal.children" if frame else "modal"
    window = intercepting_site(
        settings, *rules, unmatched="keep", layout=layout(frame) if frame else None
    )
    window.hard("/")
    for url, beneath in (("/", "home"), ("/other/", "other")):
        window.soft(url)
        window.soft("/photo/1/")
        assert screen(window)[shown] == f"from {beneath}"
        assert shown not in same(window)
    window.refresh(shown)
    assert shown not in same(window)
    window = intercepting_site(settings, *rules, layout=layout(frame) if frame else None)
    window.hard("/other/")
    window.soft("/photo/1/")
    window.refresh(shown)
    assert shown in same(window)
    window.soft("/photo/1/", method="post", source_slot=shown)
    assert (screen(window)[shown], shown in same(window)) == ("from other", True)


def test_two_rules_with_one_view_show_one_page(settings: Any, pages: Pages) -> None:
    """S57: whichever of them fires."""
    view = pages("modal")
    rules = [intercept("photo", view, origin=name) for name in ("home", "other")]
    window = intercepting_site(settings, *rules, unmatched="keep")
    window.hard("/")
    window.soft("/photo/1/")
    window.soft("/other/")
    window.soft("/photo/1/")
    assert same(window) == ["modal"]


def test_a_default_that_is_a_page_of_its_slot_is_the_same_page(
    settings: Any, pages: Pages
) -> None:
    """S57: the same view with the same arguments: a search in a list that is the default leads to it."""
    members = pages("members")
    side = slot(
        [path("team/", members), path("team/<int:id>/", members), path("other/", pages("other"))],
        default=members,
    )
    tree = slots(
        "<slug:of>/",
        layout=layout("{% slot %}{% slot 'side' %}"),
        children=[path("", pages("home"))],
        side=side,
    )
    window = serve(settings, tree)
    for url, expected in (
        ("/a/team/?q=x", ["side"]),
        ("/a/team/1/", []),
        ("/a/other/", []),
        ("/b/team/", []),
    ):
        window.hard("/a/")
        window.soft(url)
        assert same(window) == expected
