"""What was intercepted closes by a visit elsewhere, and comes back by the history (B18, S33)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.support.intercepting_site import FRAME, pages, screen, site
from tests.window import HEADER, OnScreen, layout, serve

# --- B18: closing by going elsewhere ---


def test_a_modal_closes_when_one_navigates_elsewhere(settings: Any) -> None:
    """B18: "its modal closes when one navigates elsewhere, with no catch-all boilerplate"."""
    window = site(settings, layout=layout(FRAME))
    window.hard("/")
    window.soft("/photo/1/")
    window.soft("/other/")
    assert screen(window) == {"children": "other", "side": "side"}
    assert window.slots["modal"].shows == "empty"
    window.soft("/photo/1/")
    window.soft("/", source_slot="modal.children")
    assert screen(window) == {"children": "home", "side": "side"}


def test_a_slot_with_a_page_for_the_url_shows_it_and_does_not_close(settings: Any) -> None:
    """B18 closes what the URL has nothing for: an open modal may hold a page of its own as well."""
    window = site(settings, intercept("photo", pages("modal")), path("help/", pages("help")))
    window.hard("/")
    window.soft("/photo/1/")
    window.soft("/help/")
    assert window.shows["modal"] == "help"
    assert window.slots["modal"].shows == "page"


@pytest.mark.parametrize("unmatched", ["default", "keep"])
def test_a_modal_in_a_kept_segment_closes_too(settings: Any, unmatched: str) -> None:
    """B18: though the URL is for a slot further out, and the page around the modal is kept (S13)."""
    rule = intercept("x", pages("modal"))
    window = serve(
        settings,
        path("x/", pages("x"), name="x"),
        slots(
            "",
            layout=layout("{% slot %}{% slot 'side' %}"),
            children=[
                slots(
                    "in/",
                    layout=layout("{% slot %}{% slot 'modal' %}"),
                    children=[path("", pages("inside"))],
                    modal=slot([rule], layout=layout(FRAME), default=None, unmatched=unmatched),
                )
            ],
            side=slot([path("side/", pages("side"))], default=None),
        ),
    )
    window.hard("/in/")
    window.soft("/x/")
    window.soft("/side/", target_slot="side")
    assert window.shows["children.modal.children"] == "modal"
    window.soft("/side/?2")
    assert ("children.modal.children" in window.slots) is (unmatched == "keep")
    assert window.shows["children.children"] == "inside"
    assert "children.children" not in window.changed


def test_unmatched_keep_leaves_a_modal_open(settings: Any) -> None:
    """B18: "unless it says otherwise"; "the catch-all recipe works too"."""
    window = site(settings, unmatched="keep")
    window.hard("/")
    window.soft("/photo/1/")
    window.soft("/other/")
    assert screen(window)["modal"] == "modal"
    nothing = path("<path:rest>", layout(""))
    window = site(settings, intercept("photo", pages("modal")), nothing, unmatched="keep")
    window.hard("/")
    window.soft("/photo/1/")
    assert screen(window)["modal"] == "modal"
    window.soft("/other/")
    assert "modal" not in screen(window)
    assert window.slots["modal"].shows == "page"


# --- S33: history ---


@pytest.mark.parametrize("framed", [False, True])
def test_an_entry_is_restored_and_not_decided_anew(settings: Any, framed: bool) -> None:
    """S33: "Back closes the modal, Forward opens it again; slots that don't differ are kept"."""
    options = {"layout": layout(FRAME)} if framed else {}
    window = site(settings, intercept("out", pages("modal"), origin="home"), **options)
    window.hard("/")
    home = window.entry
    window.soft("/out/1/")
    opened = window.entry
    window.restore(home)
    assert (window.changed, window.slots["modal"].shows) == (["modal"], "empty")
    window.restore(opened)
    assert window.changed == ["modal"]
    assert window.entry == opened
    window.soft("/out/2/")
    window.restore(opened)
    assert window.changed == (["modal.children"] if framed else ["modal"])
    assert window.entry == opened


def test_a_frame_over_another_page_is_another(settings: Any) -> None:
    """S33, B35: a leap between two entries with one modal over two pages; its link leads beneath."""
    window = site(settings, layout=layout("{% slot %}{% close_url %}"))
    window.hard("/")
    window.soft("/photo/1/")
    over_home = window.entry
    window.soft("/other/")
    window.soft("/photo/1/")
    assert window.shows["modal"] == "/other/"
    window.restore(over_home)
    assert window.entry == over_home
    assert window.shows["modal"] == "/"


def test_a_slot_does_not_differ_for_another_url_of_its_segment(settings: Any) -> None:
    """S33: "slots that don't differ are kept": which URL had its layout printed is no part of it."""
    window = site(settings)
    window.hard("/")
    mounted = window.mounted
    want = {**mounted, "modal": [*mounted["modal"][:3], "/other/"]}
    window.send("/", {"intent": "restore", "slots": mounted, "restore": want})
    assert HEADER in window.response
    assert window.changed == []


def test_an_entry_whose_modal_is_gone_is_a_document(settings: Any) -> None:
    """B53: another deploy, a target that no longer exists."""
    window = site(settings)
    window.hard("/")
    home = window.entry
    window.soft("/photo/1/")
    url, slots_then, origin = window.entry
    window.restore(home)
    gone = {**slots_then, "modal": slots_then["modal"].__class__(
        "modal", "intercepted", "/other/", slots_then["modal"].key, "", home="/"
    )}  # fmt: skip
    window.restore((url, gone, origin))
    assert window.response["HX-Redirect"] == url
    nowhere = {**gone, "modal": OnScreen(
        "modal", "intercepted", "/nowhere/at/all/", slots_then["modal"].key, "", home="/"
    )}  # fmt: skip
    window.restore((url, nowhere, origin))
    assert window.response["HX-Redirect"] == url


def test_levels_of_another_page_are_a_document(settings: Any) -> None:
    """B53: an entry with forged or outdated levels, or a target that is gone."""
    window = serve(
        settings,
        path("t/", pages("t"), name="t"),
        path("u/", pages("t"), name="t"),
        slots(
            "d/",
            layout=layout("{% slot %}{% slot 'modal' %}"),
            children=[path("", pages("home"))],
            modal=slot([intercept("t", pages("modal"), opens="above")], default=None),
        ),
    )
    window.hard("/d/")
    home = window.entry
    window.soft("/t/")
    key = window.slots["modal"].key
    for address, want, on_screen in [
        ("modal.modal", ["empty", "/d/", key, "/d/"], ["page", "/d/", key, "/d/"]),
        ("modal", ["intercepted", "/gone/", key, "/d/"], ["empty", "/d/", key, "/d/"]),
        ("modal", ["intercepted", "/t/", key, "/gone/"], ["empty", "/d/", key, "/d/"]),
        ("modal", ["layout", "/d/", key, "/d/"], ["empty", "/d/", key, "/d/"]),
        ("modal", ["intercepted", "/t/", key], ["empty", "/d/", key, "/d/"]),
    ]:
        state = {"intent": "restore", "slots": {address: on_screen}, "restore": {address: want}}
        assert window.send("/d/", state)["HX-Redirect"] == "/d/"
    window.restore(home)
    assert window.entry == home
    window.soft("/t/")
    window.soft("/u/", source_slot="modal")
    level = window.slots["modal.modal"].mounted
    closed = {"modal.modal": ["empty", "/d/", *level[2:]]}
    window.send("/t/", {"intent": "restore", "slots": window.mounted, "restore": closed})
    assert window.changed == ["modal.modal"]
    assert window.shows["modal.modal"] == ""


def test_a_plain_url_is_restored_only_with_something_to_restore(settings: Any) -> None:
    window = site(settings, intercept("out", pages("modal")))
    window.hard("/")
    answer = window.send("/out/1/", {"intent": "restore", "slots": {}, "restore": {}})
    assert answer["HX-Redirect"] == "/out/1/"


@pytest.mark.parametrize("name", ["modal", "drawer"])
def test_the_modal_of_a_plain_page_closes_by_its_link(settings: Any, name: str) -> None:
    """B35, B18: the slot has no interception, and shows its default when its close link is followed."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'modal' %}"),
            children=slot([path("", pages("home"))], default=pages("default")),
            modal=slot(
                [path("m/", pages("plain"))],
                layout=f"django_parallel_routes/{name}.html",
                default=None,
            ),
        ),
    )
    window.hard("/m/")
    assert 'href="/"' in window.text
    window.soft("/", source_slot="modal")
    assert window.shows == {"children": "home", "modal": ""}
