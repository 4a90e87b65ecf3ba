"""Forms of the gallery, in modals: comments, photos, and a new photographer."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route

from tests.browser.example.site import (
    MESSAGES,
    PHOTO,
    PICTURE,
    assert_dialogs,
    become,
    fill_in_member,
    stamp,
)
from tests.browser.harness import Screen

pytestmark = pytest.mark.chromium


@pytest.mark.parametrize(
    ("path", "name"), [("/gallery/", "lightbox"), ("/gallery/farid-haddad/", "drawer")]
)
@pytest.mark.in_turn
def test_a_comment_appears_in_the_modal(screen: Screen, path: str, name: str) -> None:
    """B39: the form reaches the view that is shown; the photo stays a modal, and the wall is kept."""
    become(screen, "member")
    screen.hard(path)
    screen.mark()
    screen.click(PHOTO)
    assert_dialogs(screen, "The last ferry")
    screen.click("Say it")
    screen.assert_says("This field is required.", "dialog")
    assert_dialogs(screen, "The last ferry")
    words = f"Said in the {name}."
    screen.type("dialog [name=text]", words)
    screen.click("Say it")
    screen.assert_says(words, "dialog .feed")
    assert_dialogs(screen, "The last ferry")
    screen.assert_at("/gallery/photos/8/")
    assert stamp(screen, name)
    assert screen.value("dialog [name=text]") == ""
    assert screen.kept("children.children")
    screen.back()
    assert_dialogs(screen)
    screen.assert_at(path)


@pytest.mark.in_turn
def test_a_comment_is_shown_while_it_is_on_its_way(screen: Screen) -> None:
    """B39: as the first of the comments, where it will be. An empty one is not."""
    become(screen, "member")
    screen.hard("/gallery/photos/8/")
    sent: list[Route] = []
    screen.page.route("**/gallery/photos/8/", lambda route: sent.append(route))
    tops = (
        "[...document.querySelectorAll('.feed li')].map((one) => one.getBoundingClientRect().top)"
    )
    pending = screen.page.locator(".feed .pending")
    for words in ("", "On paper, too."):
        screen.type("[name=text]", words)
        screen.click("Say it")
        screen.assert_eventually(lambda: len(sent), bool, "the form is sent")
        assert pending.is_visible() is bool(words)
        if words:
            *others, own = screen.evaluate(tops)
            assert own < min(others)
        sent.pop().continue_()
        pending.wait_for(state="detached")
        screen.settle()
    assert words in screen.page.locator(".feed li").first.inner_text()


@pytest.mark.in_turn
def test_the_staff_adds_edits_and_deletes_a_photo(screen: Screen) -> None:
    """S40: a file arrives; the redirect opens the photo in the modal, and the wall behind it is new."""
    become(screen, "admin")
    screen.hard("/gallery/")
    screen.click("Add a photo")
    assert_dialogs(screen, "Add a photo ")
    screen.type("#id_title", "Ferry")
    screen.type("#id_caption", "Once more.")
    screen.type("#id_place", "Here")
    screen.page.select_option("#id_author", label="Maya Stone")
    file = {"name": "dot.webp", "mimeType": "image/webp", "buffer": b"no picture"}
    screen.page.set_input_files("#id_picture", file)
    screen.click("css=dialog form button")
    screen.assert_says("That is no picture.", "dialog")
    screen.page.set_input_files("#id_picture", PICTURE)
    screen.click("css=dialog form button")
    assert_dialogs(screen, "Ferry")
    first = "document.querySelector('.grid li').innerText"
    assert "Ferry" in screen.evaluate(first)
    pictures = "['.grid img', '.stage img:not(.preview)']"
    widths = f"{pictures}.map((css) => document.querySelector(css).naturalWidth)"
    screen.assert_eventually(lambda: screen.evaluate(widths), all, "both pictures are loaded")
    screen.click("css=dialog >> text='Edit'")
    assert_dialogs(screen, "Edit Ferry")
    screen.type("#id_title", "Point")
    screen.press("Enter")
    assert_dialogs(screen, "Point")
    assert "Point" in screen.evaluate(first)
    screen.click("css=dialog >> text='Delete'")
    assert_dialogs(screen, "Delete Point")
    screen.click("css=dialog form button")
    assert_dialogs(screen)
    screen.assert_at("/gallery/")
    screen.assert_says("“Point” is gone.", MESSAGES)
    assert "First light" in screen.evaluate(first)


def test_a_new_photographer_is_added_above_the_photo_form(screen: Screen) -> None:
    """A form above a form: typed text stays below, and the new member is chosen there."""
    become(screen, "admin")
    screen.hard("/gallery/")
    screen.click("Add a photo")
    assert_dialogs(screen, "Add a photo ")
    screen.type("#id_title", "Ferry")
    screen.click("Add somebody new")
    assert_dialogs(screen, "Add a photo ", "Add a member ")
    name = "Jean Bartik"
    fill_in_member(screen, name=name, title="Coder", city="Here", email="jean@tideline.example")
    screen.answer("no")  # What is typed in the upper form is saved, so nobody asks.
    screen.press("Enter")
    assert_dialogs(screen, "Add a photo ")
    chosen = "document.querySelector('#id_author').selectedOptions[0].text"
    screen.assert_eventually(
        lambda: screen.evaluate(chosen), lambda text: text == name, "the new member is chosen"
    )
    assert screen.value("#id_title") == "Ferry"
    screen.assert_says(f"{name} has joined the team.", MESSAGES)
    screen.answer("no")
    screen.press("Escape")
    screen.assert_asked("What you have entered is not saved. Leave anyway?")
    assert_dialogs(screen, "Add a photo ")
    screen.assert_at("/gallery/photos/new/")
    screen.answer("yes")
    screen.press("Escape")
    assert_dialogs(screen)
    screen.assert_at("/gallery/")
