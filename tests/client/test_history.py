"""Back, Forward and closing: what the history of a tab leads to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import path

from django_parallel_routes import intercept, slots
from django_parallel_routes.test import Screen
from tests.support.slot_clients import HOME, shown
from tests.urls.photos import photo
from tests.window import serve

# --- history ---


def test_back_and_forward_restore_the_slots_of_an_entry(site: Any) -> None:
    """S33"""
    site.load("/")
    site.visit("/photo/1/")
    site.visit("/other/")
    site.back()
    assert shown(site) == {**HOME, "modal.children": "modal 1 Next"}
    assert site.screen.requests == ("soft GET /photo/1/",)
    site.back()
    assert shown(site) == HOME
    assert site.screen.requests == ()  # to empty a slot, nobody has to be asked
    site.forward()
    site.assert_open("modal")
    site.go(-1)
    site.assert_url("/")


def test_back_and_forward_need_an_entry(site: Any) -> None:
    site.load("/")
    site.visit("/other/")
    with pytest.raises(AssertionError) as error:
        site.forward()
    problem, _, screen = str(error.value).partition("\n")
    history = "the history is ['/', '/other/']."
    assert problem == f"There is nothing to go forward to: {history}"
    assert screen == str(site.screen)
    with pytest.raises(AssertionError) as error:
        site.go(-2)
    assert str(error.value).startswith(f"There is nothing to go back to: {history}\n")


def test_entries_of_other_documents_are_loaded(site: Any) -> None:
    site.load("/")
    site.visit("/photo/1/")
    site.load("/plain/")
    site.back()
    assert site.screen.requests == ("hard GET /photo/1/", "soft GET /photo/1/")
    assert shown(site) == {**HOME, "modal.children": "modal 1 Next"}
    site.forward()
    assert site.screen.title == "Plain"


def test_a_modal_over_another_document_comes_back(settings: Any, make: Callable[..., Any]) -> None:
    """S33: the photo's own page is outside of all slots, so the modal needs the page beneath."""
    settings.ROOT_URLCONF = "tests.urls.photos"
    window = make()
    window.load("/bob/")
    window.visit("/photo/1/")
    window.visit("/photo/2/")
    window.reload()
    assert window.screen.slots == {}
    window.back()
    assert window.screen.requests == ("hard GET /bob/", "soft GET /photo/1/")
    window.assert_shows("modal", "photo 1")
    window.assert_shows("feed", "feed of bob")
    window.assert_url("/photo/1/")
    window.forward()
    assert window.screen.slots == {}
    window.load("/photo/3/")
    window.go(-2)
    assert window.screen.requests == ("hard GET /photo/1/", "hard GET /bob/", "soft GET /photo/1/")
    window.assert_shows("modal", "photo 1")
    window.load("/photo/3/")
    serve(
        settings,
        path("photo/<int:id>/", photo, name="photo"),
        path("bob/", photo, {"id": 0}),
        slots("<slug:user>/", layout="page.html", modal=[intercept("photo"), path("", photo)]),
    )
    window.back()
    assert window.screen.requests == ("hard GET /photo/1/", "hard GET /bob/", "hard GET /photo/1/")
    assert (window.screen.slots, window.screen.text) == ({}, "page of photo 1 Bob")


def test_back_restores_an_entry_whose_url_is_a_404(
    settings: Any, make: Callable[..., Any]
) -> None:
    """S33: a full load of the URL is a 404, since slots have neither page nor default."""
    settings.ROOT_URLCONF = "tests.urls.tabs"
    window = make()
    window.load("/bar/")
    window.visit("/bar/view-duration/")
    window.visit("/bar/demographics/")
    window.reload()
    assert (window.screen.status_code, window.screen.slots) == (404, {})
    window.back()
    window.assert_url("/bar/view-duration/")
    assert shown(window) == {
        "children": "home",
        "audience": "audience home",
        "views": "view duration",
    }


def test_a_reload_shows_the_page_of_the_url(site: Any) -> None:
    """S26"""
    site.load("/")
    site.visit("/photo/1/")
    site.reload()
    assert shown(site) == {"children": "photo 1", "side": "no side"}
    assert site.screen.title == "Photo 1"
    site.back()
    assert shown(site) == HOME


def test_tabs_share_cookies_and_nothing_else(site: Any) -> None:
    site.load("/")
    site.visit("/photo/1/")
    other = site.new_tab()
    other.load("/photo/1/")
    assert shown(other)["children"] == "photo 1"
    other.visit("/other/")
    site.assert_open("modal")
    assert site.new_tab().screen == Screen()
    site.cookies["a"] = "b"
    assert other.cookies["a"].value == "b"


# --- open and close ---


def test_closing_goes_back_to_the_page_beneath(site: Any) -> None:
    """B35"""
    site.load("/")
    site.visit("/photo/1/")
    site.close()
    assert shown(site) == HOME
    assert site.history == ["/", "/photo/1/"]
    site.forward()
    site.assert_open("modal")
    site.click("Close")
    site.assert_url("/")


def test_closing_replaces_the_entry_if_no_entry_is_beneath(site: Any) -> None:
    """B35"""
    site.load("/other/")
    site.visit("/photo/1/", history="replace")
    site.close(None)
    assert site.history == ["/other/"]
    assert shown(site)["children"] == "other More"
    site.assert_closed()


def test_close_needs_an_open_slot(site: Any) -> None:
    site.load("/")
    for slot_, where in (("modal", " in slot 'modal'"), (None, "")):
        with pytest.raises(AssertionError) as error:
            site.close(slot_)
        assert str(error.value) == (
            f"Nothing is open{where} that could be closed.\n"
            '/  "Home"\n'
            "*  children  page     /  home\n"
            "*  side      default  /  no side\n"
            "*  modal     empty    /"
        )


@pytest.mark.urls("tests.urls.machine")
def test_levels_close_one_by_one(make: Callable[..., Any]) -> None:
    """B32"""
    client = make()
    client.load("/note/1/")  # has a background
    assert (client.screen.slots["modal.children"].url, client.screen.slots["children"].url) == (
        "/note/1/",
        "/feed/",
    )
    client.visit("/outside/2/", inside="modal.children")
    client.assert_open("modal.modal")
    client.close("modal.modal")
    client.assert_url("/note/1/")
    client.visit("/outside/2/", inside="modal.children", history="replace")
    client.close(None)
    client.assert_url("/note/1/")
    client.close("modal")
    client.assert_url("/feed/")
    client.assert_kept("children")


@pytest.mark.urls("tests.urls.modals")
def test_every_kind_of_close_button_closes_a_dialog(make: Callable[..., Any]) -> None:
    client = make()
    for url, button in (
        ("/m/widgets/", "Done"),
        ("/m/widgets/", "Cancel"),
        ("/m/own/1/", "Leave"),
    ):
        client.load("/m/")
        client.visit(url)
        client.click(button)
        client.assert_closed("modal")
        client.assert_closed("own")
        client.assert_url("/m/")
    client.load("/m/")
    client.visit("/m/help/")
    client.close("help")
    client.assert_shows("help", shows="empty")
    client.assert_url("/m/")
    client.visit("/m/help/")
    client.click("Close", inside="help")
    client.assert_shows("help", shows="empty")
