"""A form in a modal that adds an option to the form beneath."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import Settings

from tests.browser.harness import Screen
from tests.models import Note, Reply

pytestmark = [pytest.mark.urls("tests.urls.forms"), pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def watching(settings: Settings) -> None:
    settings.PARALLEL_ROUTES_WATCH_QUERIES = True


def chosen(screen: Screen) -> list[str]:
    """The options of the select, and which of them is chosen; each Django has its words for none."""
    return screen.evaluate(
        """() => [...document.querySelector("#id_note").options].map(
            ({ value, text, selected }) => (selected ? "*" : "") + (value && text),
        )"""
    )


@pytest.mark.parametrize("place", ["page", "modal"])
def test_a_select_gets_one_more_option(screen: Screen, place: str) -> None:
    """The new option is selected, and the other inputs keep their values."""
    Note.objects.create(name="old")
    if place == "page":
        screen.hard("/f/reply/")
    else:
        screen.hard("/f/")
        screen.soft("/f/reply/")
        screen.assert_modals("Reply")
    below = ["Reply"] if place == "modal" else []
    screen.type("#id_text", "typed")
    screen.evaluate(
        "document.querySelector('#id_note').addEventListener('change', () => (window.heard = true))"
    )
    length = screen.evaluate("history.length")
    screen.click("Add a note")
    screen.assert_modals(*below, "New note")
    screen.assert_at("/f/new/")
    top = "dialog:modal [name=name]"
    screen.type(top, "old")
    screen.press("Enter")
    screen.assert_says("already exists")
    screen.assert_modals(*below, "New note")
    screen.type(top, "young")
    screen.press("Enter")
    screen.assert_modals(*below)
    screen.assert_sent("soft POST /f/new/")
    screen.assert_at("/f/reply/")
    screen.assert_eventually(
        lambda: chosen(screen),
        lambda seen: seen == ["", "old", "*young"],
        "the new option is chosen",
    )
    assert screen.value("#id_text") == "typed"
    assert screen.evaluate("window.heard")
    assert screen.focused() == "#id_note"
    screen.assert_says("young is there.", "#slot-messages")
    assert "2 of" in screen.slots()["count"]
    assert screen.evaluate("history.length") == length + 1

    screen.press("Tab")
    screen.press("Tab")
    screen.evaluate("document.querySelector('#id_note').form.requestSubmit()")
    screen.assert_modals()
    screen.assert_at("/f/")
    assert [(reply.note.name) for reply in Reply.objects.all()] == ["young"]


def test_closing_the_modal_adds_no_option(screen: Screen) -> None:
    """The next time it works all the same, also after Forward has opened the modal again."""
    screen.hard("/f/reply/")
    screen.type("#id_text", "typed")
    screen.click("Add a note")
    screen.assert_modals("New note")
    screen.press("Escape")
    screen.assert_modals()
    screen.assert_at("/f/reply/")
    assert chosen(screen) == ["*"]
    assert screen.value("#id_text") == "typed"
    screen.forward()
    screen.assert_modals("New note")
    screen.type("dialog:modal [name=name]", "young")
    screen.press("Enter")
    screen.assert_modals()
    screen.assert_eventually(
        lambda: chosen(screen),
        lambda seen: seen == ["", "*young"],
        "the new option is chosen",
    )
    assert screen.value("#id_text") == "typed"


WIDGET = """() => {
    const select = document.querySelector("#id_note");
    const copy = Object.assign(document.createElement("div"), { id: "copy", tabIndex: 0 });
    const sync = () => {
        const texts = [...select.options].map(({ text, selected }) => (selected ? "*" : "") + text);
        copy.textContent = texts.join(" ");
    };
    select.after(copy);
    sync();
    select.tomselect = { sync, focus: () => copy.focus() };
    const follow = ({ type, target, detail }) => {
        if (target !== select) return;
        if (type === "change") return copy.append(" changed");
        target.tomselect?.sync();
        target.tomselect?.focus();
        copy.append(` added ${detail.added}`);
    };
    for (const name of ["parallel-routes:options", "change"]) document.addEventListener(name, follow);
}"""


@pytest.mark.chromium
def test_widgets_get_an_event_for_new_options(screen: Screen) -> None:
    """Tom Select shows a copy of the options, and has to read them again."""
    screen.hard("/f/reply/")
    screen.evaluate(WIDGET)
    screen.click("Add a note")
    screen.assert_modals("New note")
    screen.type("dialog:modal [name=name]", "young")
    screen.press("Enter")
    screen.assert_modals()
    [note] = Note.objects.all()
    screen.assert_says(f"*young added {note.pk} changed", "#copy")
    assert screen.focused() == "#copy"


@pytest.mark.chromium
def test_without_javascript_an_option_is_added_on_pages(open_screen: Any) -> None:
    """B41: both forms are pages."""
    screen = open_screen(java_script_enabled=False)
    screen.page.goto("/f/reply/")
    screen.page.click("text=Add a note")
    screen.page.fill("[name=name]", "young")
    screen.page.click("#slot-children button")
    assert screen.url == "/f/"
    screen.page.goto("/f/reply/")
    assert "young" in screen.page.inner_text("#id_note")
