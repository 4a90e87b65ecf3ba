"""Native dialogs in slots: what opens and closes them, where the focus goes, what the page does."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.engines import Chromium
from tests.browser.harness import Screen

pytestmark = pytest.mark.urls("tests.urls.modals")

FEED = "/m/"


def opens(screen: Screen, link: str, *labels: str, at: str = FEED) -> None:
    """From the feed, or another page, click the link that opens a modal."""
    screen.hard(at)
    screen.click(link)
    screen.assert_modals(*labels)


def assert_closed(screen: Screen, *, at: str = FEED, focus: str = "") -> None:
    """Nothing is open any more, and nothing else happens: one step back and no further."""
    screen.assert_modals()
    screen.settle()
    screen.assert_at(at)
    screen.assert_modals()
    if focus:
        assert screen.focused() == focus


def box(screen: Screen, selector: str = "dialog:modal") -> dict[str, float]:
    """Where an element is in the viewport, once nothing moves any more."""
    moving = "document.getAnimations().filter(({ playState }) => playState === 'running').length"
    screen.assert_eventually(
        lambda: screen.evaluate(moving), lambda seen: seen == 0, "nothing moves"
    )
    script = """(selector) => {
        const [element] = [...document.querySelectorAll(selector)].slice(-1);
        const { left, top, right, bottom } = element.getBoundingClientRect();
        return { left, top, right, bottom };
    }"""
    return screen.evaluate(script, selector)


def beside(screen: Screen) -> tuple[float, float]:
    """A point of the backdrop."""
    return box(screen)["left"] - 20, box(screen)["top"] + 20


def within(screen: Screen) -> tuple[float, float]:
    """A point in the topmost dialog, where nothing else is."""
    return box(screen)["left"] + 8, box(screen)["top"] + 60


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


def test_what_is_in_no_slot_is_left_alone(screen: Screen) -> None:
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


def test_who_closes_twice_at_once_closes_once(screen: Screen) -> None:
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


def test_who_leaves_is_not_closed_again(screen: Screen) -> None:
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


def test_what_is_not_to_be_left_stays_open(screen: Screen) -> None:
    """Whoever replaces ``parallelRoutes.close()`` may refuse; the browser has closed the dialog."""
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
def test_one_way_can_be_switched_off(screen: Screen, on: str, closes: str) -> None:
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
def test_what_is_not_intercepted_closes_as_its_link_does(
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


# --- Focus ---


def test_focus_goes_to_what_asks_for_it(screen: Screen) -> None:
    """B51: and comes back from there."""
    opens(screen, "Form", "Sign up")
    assert screen.focused() == "#city"
    screen.press("Escape")
    assert_closed(screen, focus="Form")


def test_focus_stays_in(screen: Screen) -> None:
    """B51: natively; the browser's own bar has its turn."""
    opens(screen, "Open 1", "Photo 1")
    seen = set()
    for _ in range(12):
        screen.press("Tab")
        seen.add(screen.focused())
    inside = {"Close", "#note", "Next", "Details", "Zoom"}
    assert inside <= seen <= {*inside, "Photo 1", "body"}  # in Firefox, the dialog too


def test_focus_survives_a_change_of_what_is_in_the_dialog(screen: Screen) -> None:
    """B51: what had it is gone, so the dialog gets it; and still, its opener gets it back."""
    opens(screen, "Open 1", "Photo 1")
    screen.click("Next")
    screen.assert_modals("Photo 2")
    screen.settle()
    assert screen.focused() == "Photo 2"
    screen.press("Tab")
    assert screen.focused() == "Close"
    screen.press("Escape")
    assert_closed(screen, focus="Open 1")


def test_focus_stays_with_what_has_the_same_id(screen: Screen) -> None:
    """B51: so one can go on and on by the keyboard."""
    opens(screen, "Tall", "Tall")
    screen.click("#more")
    screen.assert_at("/m/tall/?page=2")
    screen.settle()
    assert screen.focused() == "#more"


def test_what_asks_for_the_focus_gets_it_in_a_dialog_that_changes(screen: Screen) -> None:
    """B51"""
    opens(screen, "Form", "Sign up")
    screen.click("Again")
    screen.assert_at("/m/form/again/")
    screen.settle()
    assert screen.focused() == "#city"


# A link to the same URL, which is not the one that was clicked.
DECOY = """() => document.querySelector("#slot-children")
    .insertAdjacentHTML("afterbegin", "<a href=/m/photo/1/>Other</a>")"""


def test_focus_returns_to_what_was_clicked_though_it_had_none(screen: Screen) -> None:
    """B51: Safari does not focus links that are clicked; nor does a script's click."""
    screen.hard(FEED)
    screen.evaluate(DECOY)
    screen.evaluate("() => document.querySelector('li > [href=\"/m/photo/1/\"]').click()")
    screen.assert_modals("Photo 1")
    assert screen.focused() == "Close"
    screen.press("Escape")
    assert_closed(screen, focus="Open 1")


AGAIN = """() => {
    const slot = document.querySelector("#slot-children");
    slot.innerHTML = slot.innerHTML;
}"""


def test_focus_returns_to_the_successor_by_its_id(screen: Screen) -> None:
    """B51: the opener was rendered again meanwhile, with another URL."""
    opens(screen, "Open 2", "Photo 2")
    screen.evaluate(AGAIN)
    screen.evaluate("() => { document.querySelector('#open-2').href = '/elsewhere/'; }")
    screen.press("Escape")
    assert_closed(screen, focus="#open-2")


def test_focus_returns_to_the_successor_by_its_url(screen: Screen) -> None:
    """B51: in the same slot, before others."""
    opens(screen, "Open 1", "Photo 1")
    screen.evaluate(AGAIN)
    screen.evaluate(
        "() => document.body.insertAdjacentHTML('afterbegin', '<a href=/m/photo/1/>Other</a>')"
    )
    screen.press("Escape")
    assert_closed(screen, focus="Open 1")


def test_focus_returns_to_the_successor_wherever_it_is(screen: Screen) -> None:
    """B51"""
    opens(screen, "Open 1", "Photo 1")
    screen.evaluate(
        """() => {
            document.querySelector("#slot-children").innerHTML = "gone";
            document.body.insertAdjacentHTML("beforeend", "<a href=/m/photo/1/>Other</a>");
        }"""
    )
    screen.press("Escape")
    assert_closed(screen, focus="Other")


def test_a_dialog_comes_back_as_it_was(screen: Screen) -> None:
    """B34: with what is typed, and the focus; its opener is still known."""
    opens(screen, "Open 1", "Photo 1")
    screen.evaluate(DECOY)
    screen.type("#note", "hello")
    for _ in range(2):
        screen.back()
        screen.assert_modals()
        assert screen.focused() == "Open 1"
        screen.evaluate("() => document.activeElement.blur()")
        screen.forward()
        screen.assert_modals("Photo 1")
        assert screen.focused() == "#note"
        assert screen.value("#note") == "hello"
    screen.settle()
    screen.press("Escape")
    assert_closed(screen, focus="Open 1")


def test_a_dialog_comes_back_to_where_it_was_scrolled(screen: Screen) -> None:
    """S36, B34: a closed dialog has no scroll position."""
    opens(screen, "Tall", "Tall")
    screen.evaluate("() => document.querySelector('dialog:modal').scrollTo(0, 200)")
    screen.settle()
    screen.back()
    screen.assert_modals()
    screen.forward()
    screen.assert_modals("Tall")
    screen.settle()
    assert screen.evaluate("Math.round(document.querySelector('dialog:modal').scrollTop)") == 200


def test_one_dialog_in_place_of_another_has_its_opener(screen: Screen) -> None:
    """B51: not the link in the one that is gone."""
    opens(screen, "Own 1", "Own 1")
    screen.click("Next")
    screen.assert_modals("Labelled")
    assert screen.count("dialog[data-pr-animate]") == 0
    screen.press("Escape")
    assert_closed(screen, focus="Own 1")
    screen.click("Own 1")
    screen.assert_modals("Own 1")
    assert screen.count("dialog[data-pr-animate]") == 1


# --- The page behind ---


def test_the_page_keeps_its_place_and_does_not_scroll(screen: Screen) -> None:
    """B51"""
    screen.hard("/m/long/")
    screen.evaluate("() => scrollTo(0, 60)")
    screen.click("Open 1")
    screen.assert_modals("Photo 1")
    assert screen.evaluate("getComputedStyle(document.documentElement).overflow") == "hidden"
    screen.assert_scrolled_to(60)
    screen.press("Escape")
    assert_closed(screen, at="/m/long/")
    assert screen.evaluate("getComputedStyle(document.documentElement).overflow") != "hidden"
    screen.assert_scrolled_to(60)


@pytest.mark.chromium
def test_the_wheel_does_not_scroll_the_page(screen: Screen) -> None:
    """B51: neither over the backdrop nor over the dialog."""
    opens(screen, "Open 1", "Photo 1", at="/m/long/")
    for point in (beside(screen), within(screen)):
        screen.page.mouse.move(*point)
        screen.page.mouse.wheel(0, 300)
    screen.assert_scrolled_to(0)


@pytest.fixture
def with_scrollbars(
    playwright: Playwright, open_screen: Callable[..., Screen]
) -> Iterator[Screen]:
    """A window whose scrollbars take up room: Playwright hides them."""
    browser = playwright.chromium.launch(
        executable_path=CHROMIUM, args=ARGUMENTS, ignore_default_args=["--hide-scrollbars"]
    )
    yield open_screen(engine=Chromium(browser))
    browser.close()


@pytest.mark.in_turn
@pytest.mark.chromium
@pytest.mark.parametrize("page", ["/m/", "/m/long/"])
def test_the_page_does_not_jump_when_its_scrollbar_goes(
    with_scrollbars: Screen, page: str
) -> None:
    """B51: its room is kept, if there is one."""
    screen = with_scrollbars
    screen.hard(page)
    before = box(screen, "h1")
    assert (screen.evaluate("innerWidth - document.documentElement.clientWidth") > 0) == (
        page != "/m/"
    )
    screen.click("Open 1")
    screen.assert_modals("Photo 1")
    assert box(screen, "h1") == before
    screen.click("Details")
    screen.assert_modals("Photo 1", "Details")
    assert box(screen, "h1") == before
    screen.press("Escape")
    screen.assert_modals("Photo 1")
    assert box(screen, "h1") == before
    screen.press("Escape")
    screen.assert_modals()
    assert box(screen, "h1") == before


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


# --- For those who don't see it ---


def test_a_dialog_is_called_what_its_page_is_called(screen: Screen) -> None:
    """B51: also after the page in it has changed."""
    opens(screen, "Open 1", "Photo 1")
    screen.click("Next")
    screen.assert_modals("Photo 2")


SAID = """() => [...document.querySelectorAll('[role="status"]')].map((place) => [
    place.innerText,
    place.closest("dialog:modal")?.ariaLabel ?? "",
])"""


def test_a_changed_title_is_announced_where_it_is_heard(screen: Screen) -> None:
    """B51, B63: what is outside of a modal is inert. The name of a dialog is read once, as it opens."""
    opens(screen, "Open 1", "Photo 1")
    assert screen.evaluate(SAID) == [["", "Photo 1"]]
    screen.click("Next")
    screen.assert_modals("Photo 2")
    assert screen.evaluate(SAID) == [["Photo 2", "Photo 2"]]
    screen.click("Zoom")
    screen.assert_modals("Photo 2", "Zoom 2")
    assert screen.evaluate(SAID) == [["", "Zoom 2"]]
    screen.press("Escape")
    screen.assert_modals("Photo 2")
    assert screen.evaluate(SAID) == [["Photo 2", "Photo 2"]]
    screen.back()
    screen.back()
    screen.assert_modals()
    assert screen.evaluate(SAID) == [["Feed", ""]]


def test_a_label_of_its_own_stays(screen: Screen) -> None:
    opens(screen, "Own 1", "Own 1")
    screen.click("Next")
    screen.assert_modals("Labelled")


@pytest.mark.in_turn
@pytest.mark.chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("link", ["Open 1", "Drawer"])
def test_axe_finds_nothing(open_screen: Callable[..., Screen], link: str, scheme: str) -> None:
    """B51: in light and in dark, with an input, links and text."""
    screen = open_screen(color_scheme=scheme)
    opens(screen, link, "Details" if link == "Drawer" else "Photo 1")
    screen.evaluate(FINISHED)
    results = Axe().run(screen.page)
    assert not results.violations_count, results.generate_report()


FINISHED = """() => Promise.all(
    document.querySelector("dialog:modal").getAnimations({ subtree: true }).map(({ finished }) => finished),
)"""


ROW = '<h1>Books</h1><div><button>One</button><button class="last">Two</button></div>'
STARTS = {
    "a row": f'<div class="row">{ROW}</div>',
    "a row in boxes": f'<div><div class="row">{ROW}</div><p>text</p></div>',
    "a header after a script": f'<script type="text/plain"></script><header class="row">{ROW}</header>',
    "buttons": '<div class="row"><i></i><button class="last">One</button></div><p>text</p>',
}


@pytest.mark.chromium
def test_the_close_link_lies_over_no_button_of_the_page(screen: Screen) -> None:
    """A row at the top of the page makes room for it; what comes below keeps its width."""
    opens(screen, "Open 1", "Photo 1")
    script = """([html]) => {
        const slot = document.querySelector("dialog [data-pr-slot]");
        slot.innerHTML = html;
        const { style } = slot.querySelector(".row");
        Object.assign(style, { display: "flex", justifyContent: "space-between" });
    }"""
    for name, html in STARTS.items():
        screen.evaluate(script, [html])
        close, last = box(screen, ".parallel-routes-modal-close"), box(screen, "dialog .last")
        assert last["top"] < close["bottom"], name
        assert last["right"] < close["left"], name
        if "<p>" in html:
            assert box(screen, "dialog p")["right"] > close["left"], name


SLOWLY = (
    """() => document.documentElement.style.setProperty("--parallel-routes-modal-speed", "60s")"""
)
FINISH = "() => document.getAnimations().forEach((motion) => motion.finish())"
LEAVING = "[data-pr-leaving]"
NOTE_MEETINGS = """() => {
    window.met = []; // events whose target is the copy or has it inside, so that a widget's script finds it
    for (const name of ["enter", "leave", "update"])
        addEventListener(`parallel-routes:${name}`, ({ target }) => {
            const place = target.closest(".parallel-routes-modal, [data-pr-slot]");
            if (place?.matches("[data-pr-leaving]") || target.querySelector("[data-pr-leaving]"))
                met.push(name);
        }, true);
}"""


@pytest.mark.in_turn
@pytest.mark.chromium
@pytest.mark.parametrize("link", ["Open 1", "Drawer"])
def test_nothing_moves_for_those_who_do_not_like_it(
    open_screen: Callable[..., Screen], link: str
) -> None:
    """B51: reduced motion is respected, on the way in and out."""
    moving = "document.querySelector('dialog:modal').getAnimations({ subtree: true }).length"
    for wish, count in {"no-preference": 2, "reduce": 0}.items():
        screen = open_screen(reduced_motion=wish)
        screen.hard(FEED)
        screen.evaluate(SLOWLY)
        screen.click(link)
        screen.assert_modals("Details" if link == "Drawer" else "Photo 1")
        assert screen.evaluate(moving) == count
        screen.press("Escape")
        screen.assert_modals()
        screen.settle()
        assert screen.count(LEAVING) == (1 if count else 0)


@pytest.mark.chromium
def test_a_dialog_leaves_as_it_came_and_nothing_waits_for_it(
    open_screen: Callable[..., Screen],
) -> None:
    """What moves is a copy that nobody can reach: the page beneath is used at once, and Forward works."""
    screen = open_screen(reduced_motion="no-preference")
    screen.hard(FEED)
    screen.evaluate(SLOWLY)
    screen.click("Open 1")
    screen.assert_modals("Photo 1")
    screen.evaluate(FINISH)
    screen.type("#note", "half")
    screen.click("Next")  # another page of the same modal
    screen.assert_modals("Photo 2")
    screen.settle()
    assert screen.count(LEAVING) == 0
    screen.back()
    screen.assert_modals("Photo 1")
    screen.evaluate("() => document.querySelector('dialog').style.setProperty('width', '300px')")
    screen.evaluate(NOTE_MEETINGS)
    screen.press("Escape")
    screen.assert_modals()
    screen.settle()
    assert screen.evaluate(
        """(selector) => {
            const copy = document.querySelector(selector);
            const width = copy.offsetWidth;
            const names = [...copy.querySelectorAll("[id], [name], [data-pr-key], [data-pr-close]")];
            const said = copy.innerText.includes("Photo 1");
            const { value } = copy.querySelector("input");
            return [width, names.length, said, copy.inert, copy.ariaHidden, value];
        }""",
        LEAVING,
    ) == [300, 0, True, True, "true", "half"]
    assert screen.focused() == "Open 1"
    screen.forward()
    screen.assert_modals("Photo 1")
    assert screen.value("#note") == "half"
    screen.press("Escape")
    screen.assert_modals()
    screen.click("Drawer")  # a click goes through what moves
    screen.assert_modals("Details")
    screen.back()
    screen.assert_at(FEED)
    screen.assert_modals()
    screen.settle()
    assert screen.evaluate("met") == []
    screen.evaluate(FINISH)
    screen.assert_eventually(lambda: screen.count(LEAVING), lambda left: not left, "all are gone")


@pytest.mark.chromium
def test_a_dialog_of_a_project_leaves_as_its_style_says_or_at_once(
    open_screen: Callable[..., Screen],
) -> None:
    """What moves it as it comes, or all the time, does not show it once more."""
    screen = open_screen(reduced_motion="no-preference")
    screen.tolerate_noise("inline")  # the policy of this page forbids its own style
    screen.hard(FEED)
    screen.evaluate(DEFINE)
    for style, count in [(STYLE, 0), (f"{STYLE} {OUT}", 1)]:
        screen.click("Open 1")
        screen.assert_modals("Photo 1")
        screen.evaluate(USE_STYLE, style)
        screen.press("Escape")
        screen.assert_modals()
        screen.settle()
        assert screen.count(LEAVING) == count
    assert screen.evaluate("connected") == ["dialog", "dialog"]  # not in the copy
    assert screen.count(f"{LEAVING} style") == 1


DEFINE = """() => {
    window.connected = [];
    class Note extends HTMLParagraphElement {
        connectedCallback() {
            connected.push(this.closest("dialog:modal")?.localName);
        }
    }
    customElements.define("a-note", Note, { extends: "p" });
}"""
STYLE = "@keyframes come { from { opacity: 0 } } .mine { animation: come 60s infinite }"
OUT = ".mine[data-pr-leaving] { animation: come 60s reverse }"
USE_STYLE = """(style) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    document.adoptedStyleSheets = [sheet];
    const dialog = document.querySelector("dialog:modal");
    dialog.className = "mine";
    dialog.insertAdjacentHTML("beforeend", "<p is=a-note>");
    dialog.insertAdjacentHTML("beforeend", "<style>b { color: red }</style>");
}"""


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
