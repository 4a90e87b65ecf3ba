"""Native dialogs in slots: what opens and closes them, alone and stacked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.harness import Screen
from tests.browser.modals import FEED, assert_closed, beside, box, opens, within

pytestmark = pytest.mark.urls("tests.urls.modals")


# --- Opening ---


def test_a_dialog_that_comes_into_a_slot_opens_as_a_modal(screen: Screen) -> None:
    """B51: a native dialog; the page behind is inert."""
    opens(screen, "Open 1", "Photo 1")
    screen.assert_at("/m/photo/1/")
    screen.evaluate("() => document.querySelector('#search').focus()")
    assert screen.focused() == "Close"
    # It leads to the page beneath, but "Close, current page" is not what it is.
    assert screen.evaluate("() => document.querySelector('a[data-pr-close]').ariaCurrent") is None


def test_a_dialog_may_be_in_the_output_of_a_view(screen: Screen) -> None:
    """B51: with no layout around it."""
    opens(screen, "Own 1", "Own 1")
    screen.click("Leave")
    assert_closed(screen, focus="Own 1")


def test_a_dialog_outside_slots_is_left_alone(screen: Screen) -> None:
    """Others may use such attributes, too."""
    screen.hard(FEED)
    screen.assert_modals()
    screen.evaluate(
        """() => {
            window.addEventListener("click", (event) => { window.stopped = event.defaultPrevented; });
        }"""
    )
    screen.click("Elsewhere")
    assert screen.evaluate("stopped") is False
    screen.click("Open 1")
    screen.assert_modals("Photo 1")


def test_a_dialog_in_a_document_is_a_modal_from_the_start(screen: Screen) -> None:
    """B31, B51: and does not fly in."""
    screen.hard("/m/photo/1/")
    screen.assert_modals("Photo 1")
    assert (
        screen.evaluate("document.querySelector('dialog').getAnimations({ subtree: true })") == []
    )


def test_a_stale_open_attribute_is_no_obstacle(screen: Screen) -> None:
    """B34: a dialog that was taken out while it was open comes back from memory."""
    opens(screen, "Open 1", "Photo 1")
    screen.evaluate(
        """() => {
            const slot = document.querySelector("#slot-modal");
            const nodes = [...slot.childNodes];
            slot.replaceChildren();
            slot.replaceChildren(...nodes);
            slot.dispatchEvent(new CustomEvent("parallel-routes:enter", { bubbles: true }));
        }"""
    )
    screen.assert_modals("Photo 1")
    screen.press("Escape")
    assert_closed(screen)


# --- Closing ---


def test_escape_closes(screen: Screen) -> None:
    """B35: it goes back, and leaves no entry."""
    opens(screen, "Open 1", "Photo 1")
    entries = screen.evaluate("history.length")
    screen.press("Escape")
    assert_closed(screen, focus="Open 1")
    assert screen.evaluate("history.length") == entries


def test_many_escapes_close_one_level(screen: Screen) -> None:
    """B32, B35: Chromium closes on the second Esc whatever listeners say; the history moves once."""
    screen.hard("/m/long/")
    screen.click("Open 1")
    screen.assert_modals("Photo 1")
    for _ in range(4):
        screen.press("Escape")
    assert_closed(screen, at="/m/long/", focus="Open 1")


def test_closing_twice_at_once_closes_one_modal(screen: Screen) -> None:
    """B21, B35: a second Esc, before the history has moved."""
    screen.hard("/m/long/")
    opens(screen, "Open 1", "Photo 1")
    screen.evaluate(
        """() => {
            const dialog = document.querySelector("dialog");
            dialog.dispatchEvent(new Event("cancel", { cancelable: true }));
            dialog.dispatchEvent(new Event("cancel", { cancelable: true }));
            dialog.close();
        }"""
    )
    assert_closed(screen, focus="Open 1")


def test_the_focus_returns_when_a_modal_is_left(screen: Screen) -> None:
    """B35, B51: the focus is given back while the dialog still is in the document."""
    opens(screen, "Open 1", "Photo 1")
    tell = """(name) => {
        const event = new CustomEvent(`parallel-routes:${name}`, { bubbles: true });
        document.querySelector("#slot-modal").dispatchEvent(event);
        return document.activeElement.innerText;
    }"""
    assert screen.evaluate(tell, "leave") == "Open 1"
    screen.settle()
    screen.assert_modals()
    screen.assert_at("/m/photo/1/")
    screen.evaluate(tell, "enter")
    screen.assert_modals("Photo 1")


def test_the_backdrop_closes(screen: Screen) -> None:
    """B35"""
    opens(screen, "Open 1", "Photo 1")
    screen.click_at(*beside(screen))
    assert_closed(screen, focus="Open 1")


def test_a_click_in_the_dialog_does_not_close_it(screen: Screen) -> None:
    opens(screen, "Open 1", "Photo 1")
    screen.click_at(*within(screen))
    screen.settle()
    screen.assert_modals("Photo 1")


def test_a_drag_across_the_edge_does_not_close(screen: Screen) -> None:
    """From inside to the backdrop, or from there to the inside."""
    opens(screen, "Open 1", "Photo 1")
    screen.drag(within(screen), beside(screen))
    screen.drag(beside(screen), within(screen))
    screen.settle()
    screen.assert_modals("Photo 1")


def test_a_selection_that_ends_on_the_backdrop_does_not_close(screen: Screen) -> None:
    opens(screen, "Open 1", "Photo 1")
    caption = box(screen, "#caption")
    y = caption["top"] + 10
    screen.drag(
        (caption["left"] + 80, y), (caption["left"] + 20, y), (box(screen)["left"] - 40, y)
    )
    assert screen.evaluate("getSelection().toString()")
    screen.settle()
    screen.assert_modals("Photo 1")


@pytest.mark.in_turn
@pytest.mark.parametrize(
    ("link", "what"),
    [("Form", "Close"), ("Widgets", "Cancel"), ("Widgets", "Done"), ("Own 1", "Leave")],
)
def test_links_buttons_and_forms_close(screen: Screen, link: str, what: str) -> None:
    """B35: a link or a button with data-pr-close, or a form with method=dialog."""
    opens(screen, link, "Sign up" if link == "Form" else link)
    entries = screen.evaluate("history.length")
    screen.click(what)
    assert_closed(screen, focus=link)
    screen.assert_sent()
    assert screen.evaluate("history.length") == entries


def test_a_script_closes(screen: Screen) -> None:
    """What closes a dialog leaves its URL, whatever it is."""
    opens(screen, "Open 1", "Photo 1")
    screen.evaluate("() => document.querySelector('dialog').close()")
    assert_closed(screen, focus="Open 1")


def test_a_modal_that_must_not_be_left_stays_open(screen: Screen) -> None:
    """A script that replaces ``parallelRoutes.close()`` may refuse; the browser has closed the dialog."""
    opens(screen, "Open 1", "Photo 1")
    screen.evaluate("() => { parallelRoutes.close = async () => { window.asked = true; }; }")
    screen.evaluate("() => document.querySelector('dialog').close()")
    screen.settle()
    assert screen.evaluate("asked")
    screen.assert_modals("Photo 1")
    assert screen.focused() == "Close"


def test_a_step_back_may_overtake_closing(screen: Screen) -> None:
    """B21: what opens next can be closed, whatever became of that."""
    opens(screen, "Open 1", "Photo 1")
    screen.evaluate(
        """() => {
            window.close = parallelRoutes.close;
            parallelRoutes.close = () => new Promise(() => {});
        }"""
    )
    screen.press("Escape")
    screen.assert_modals("Photo 1")
    screen.back()
    screen.assert_modals()
    screen.evaluate("() => { parallelRoutes.close = window.close; }")
    screen.click("Open 2")
    screen.assert_modals("Photo 2")
    screen.press("Escape")
    assert_closed(screen, focus="#open-2")


@pytest.mark.chromium
def test_clicks_with_modifiers_are_the_browsers(screen: Screen) -> None:
    """B19: a new tab has the page that closing leads to."""
    opens(screen, "Open 1", "Photo 1")
    with screen.page.context.expect_page() as opened:
        screen.page.get_by_role("link", name="Close").click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_url("**/m/")
    screen.assert_modals("Photo 1")
    screen.assert_at("/m/photo/1/")


def test_each_way_can_be_switched_off(screen: Screen) -> None:
    """Esc never closes then, however often it's pressed; nor does the backdrop. The button is gone."""
    opens(screen, "Stubborn", "Widgets")
    assert screen.count("dialog:modal a[data-pr-close]") == 0
    for _ in range(4):
        screen.press("Escape")
    screen.click_at(*beside(screen))
    screen.settle()
    screen.assert_modals("Widgets")
    screen.assert_at("/m/stubborn/")
    screen.click("Cancel")
    assert_closed(screen, focus="Stubborn")


@pytest.mark.in_turn
@pytest.mark.parametrize(("on", "closes"), [("escape", "Escape"), ("backdrop", "backdrop")])
def test_a_way_of_closing_can_be_turned_off(screen: Screen, on: str, closes: str) -> None:
    opens(screen, "Open 1", "Photo 1")
    screen.evaluate(
        """(on) => {
            const slot = document.querySelector("#slot-modal");
            slot.dispatchEvent(new CustomEvent("parallel-routes:leave", { bubbles: true }));
            document.querySelector("dialog").dataset.prCloseOn = on;
            slot.dispatchEvent(new CustomEvent("parallel-routes:enter", { bubbles: true }));
        }""",
        on,
    )
    screen.assert_modals("Photo 1")
    ways = {
        "Escape": lambda: screen.press("Escape"),
        "backdrop": lambda: screen.click_at(*beside(screen)),
    }
    last = ways.pop(closes)
    for way in ways.values():
        way()
        way()
    screen.settle()
    screen.assert_modals("Photo 1")
    last()
    assert_closed(screen)


# --- With nothing to go back to ---


def close(screen: Screen, way: str) -> None:
    if way == "Escape":
        screen.press(way)
    elif way == "backdrop":
        screen.click_at(*beside(screen))
    else:
        screen.click(way)


@pytest.mark.in_turn
@pytest.mark.parametrize("way", ["Escape", "backdrop", "Close"])
def test_direct_visitors_land_on_the_page_beneath(screen: Screen, way: str) -> None:
    """B35, B31: not off the site; the focus on the link that they would have come by."""
    screen.hard("/m/photo/1/")
    screen.assert_modals("Photo 1")
    entries = screen.evaluate("history.length")
    close(screen, way)
    assert_closed(screen, focus="Open 1")
    assert screen.evaluate("history.length") == entries


@pytest.mark.in_turn
@pytest.mark.parametrize("path", ["/m/plain/", "/m/help/"])
@pytest.mark.parametrize("way", ["Escape", "backdrop", "Close"])
def test_a_modal_of_a_plain_page_closes_as_its_close_link_does(
    screen: Screen, way: str, path: str
) -> None:
    """B35: an ordinary page of a slot, be it one that intercepts others or not."""
    screen.hard("/m/long/")
    screen.hard(path)
    screen.assert_modals("Details")
    close(screen, way)
    assert_closed(screen)
    screen.back()
    screen.assert_modals("Details")
    screen.assert_at(path)


# --- Others' popups in it ---


def test_a_file_picker_that_is_cancelled_closes_nothing(screen: Screen) -> None:
    """Its cancel event bubbles, as a dialog's does not."""
    opens(screen, "Widgets", "Widgets")
    screen.evaluate(
        """() => {
            const cancel = new Event("cancel", { bubbles: true });
            document.querySelector("#file").dispatchEvent(cancel);
        }"""
    )
    screen.settle()
    screen.assert_modals("Widgets")


ASK = "() => { document.querySelector('#ask').focus(); document.querySelector('#nested').showModal(); }"


def test_a_dialog_in_the_dialog_closes_by_itself(screen: Screen) -> None:
    """By its own form, Esc, and not by the backdrop."""
    opens(screen, "Widgets", "Widgets")
    screen.evaluate(ASK)
    screen.assert_modals("Widgets", "Nested")
    screen.click_at(*beside(screen))
    screen.assert_modals("Widgets", "Nested")
    screen.press("Escape")
    screen.assert_modals("Widgets")
    screen.evaluate(ASK)
    screen.assert_modals("Widgets", "Nested")
    screen.click("Yes")
    screen.assert_modals("Widgets")
    screen.settle()
    screen.assert_modals("Widgets")
    assert screen.focused() == "#ask"
    screen.press("Escape")
    assert_closed(screen, focus="Widgets")


@pytest.mark.in_turn
@pytest.mark.parametrize("way", ["Escape", "backdrop"])
def test_a_popover_in_the_dialog_closes_first(screen: Screen, way: str) -> None:
    """By Esc, and by a click outside of it, be it on the backdrop."""
    opens(screen, "Widgets", "Widgets")
    screen.click("Popover")
    screen.click("#in-popover")
    assert screen.count("#popover:popover-open") == 1
    for _ in range(2):
        screen.assert_modals("Widgets")
        if way == "Escape":
            screen.press(way)
        else:
            screen.click_at(5, 5)
        screen.settle()
        assert screen.count("#popover:popover-open") == 0
    assert_closed(screen, focus="Widgets")


def test_a_choice_from_a_list_closes_nothing(screen: Screen) -> None:
    """Some browsers say that such a click was at the corner of the page."""
    opens(screen, "Widgets", "Widgets")
    screen.evaluate(
        """() => {
            for (const type of ["pointerdown", "pointerup", "click"])
                document.querySelector("#size").lastElementChild.dispatchEvent(
                    new PointerEvent(type, { bubbles: true, clientX: 0, clientY: 0 }),
                );
        }"""
    )
    screen.settle()
    screen.assert_modals("Widgets")


# --- Several ---


def test_modals_stack(screen: Screen) -> None:
    """B32: one step back for each; the page stays locked until the last is closed."""
    opens(screen, "Open 1", "Photo 1", at="/m/long/")
    screen.click("Details")
    screen.assert_modals("Photo 1", "Details")
    assert screen.focused() == "Close"
    screen.press("Escape")
    screen.assert_modals("Photo 1")
    screen.assert_at("/m/photo/1/")
    assert screen.focused() == "Details"
    assert screen.evaluate("getComputedStyle(document.documentElement).overflow") == "hidden"
    screen.click_at(*beside(screen))
    screen.assert_modals()
    screen.assert_at("/m/long/")
    assert screen.focused() == "Open 1"
    assert screen.evaluate("getComputedStyle(document.documentElement).overflow") != "hidden"


def test_a_dialog_that_is_rendered_again_stays_beneath(screen: Screen) -> None:
    """B32: the one above it stays where it is, with its focus."""
    opens(screen, "Open 1", "Photo 1")
    screen.evaluate(
        """() => {
            const slot = document.querySelector("#slot-modal");
            const tell = (name) =>
                slot.dispatchEvent(new CustomEvent(`parallel-routes:${name}`, { bubbles: true }));
            slot.insertAdjacentHTML("beforeend", "<dialog data-pr-modal><input><input id=above></dialog>");
            tell("enter");
            const [dialog, above] = slot.children;
            document.querySelector("#above").focus();
            const again = dialog.cloneNode(true);
            dialog.close();
            dialog.replaceWith(again);
            tell("enter");
        }"""
    )
    screen.assert_modals("Photo 1", None)
    assert screen.focused() == "#above"
    screen.click("#above")  # it's on top


def test_levels_stack(screen: Screen) -> None:
    """B32: in one slot, to any depth; each has its URL, Back closes one."""
    opens(screen, "Open 1", "Photo 1")
    screen.click("Zoom")
    screen.assert_modals("Photo 1", "Zoom 1")
    screen.click("css=a[href='/m/zoom/2/']:visible")
    screen.assert_modals("Photo 1", "Zoom 1", "Zoom 2")
    screen.assert_at("/m/zoom/2/")
    screen.press("Escape")
    screen.assert_modals("Photo 1", "Zoom 1")
    screen.assert_at("/m/zoom/1/")
    assert screen.focused() == "Closer"
    screen.forward()
    screen.assert_modals("Photo 1", "Zoom 1", "Zoom 2")
    screen.back()
    screen.assert_modals("Photo 1", "Zoom 1")
    screen.click_at(*beside(screen))
    screen.assert_modals("Photo 1")
    screen.assert_at("/m/photo/1/")
    assert screen.focused() == "Zoom"
    screen.evaluate("() => document.querySelector('dialog').close()")
    assert_closed(screen, focus="Open 1")
    screen.go(3)
    screen.assert_modals("Photo 1", "Zoom 1", "Zoom 2")
    screen.go(-3)
    assert_closed(screen, focus="Open 1")


# --- Without the script ---


@pytest.mark.in_turn
@pytest.mark.chromium
@pytest.mark.parametrize(("path", "at"), [("/m/photo/1/", "/m/"), ("/m/own/1/", "/m/")])
def test_a_dialog_shows_without_javascript(
    open_screen: Callable[..., Screen], path: str, at: str
) -> None:
    """B12, B31: in a document that was loaded with it; its link is a real one."""
    page = open_screen(java_script_enabled=False).page
    page.goto(path)
    page.locator("[data-pr-slot] dialog").wait_for(state="visible")
    page.locator("[data-pr-slot] dialog [data-pr-close]").click()
    page.wait_for_url(f"**{at}")
    assert page.locator("[data-pr-slot] dialog").count() == 0


@pytest.mark.chromium
def test_a_dialog_shows_though_the_script_does_not_load(screen: Screen) -> None:
    """B12: or not yet."""
    screen.expect_noise("dialog.min.js")
    screen.page.route("**/dialog.min.js", lambda route: route.abort())
    screen.hard("/m/photo/1/")
    screen.page.locator("[data-pr-slot] dialog").wait_for(state="visible")
    screen.assert_modals()
    screen.click("Close")
    screen.assert_at(FEED)
