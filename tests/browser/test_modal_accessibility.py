"""Modals for all users: focus, the page behind, announcements, and motion."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.engines import Chromium
from tests.browser.harness import Screen
from tests.browser.modals import FEED, assert_closed, beside, box, opens, within

pytestmark = pytest.mark.urls("tests.urls.modals")


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
    """B51: so users can continue by keyboard."""
    opens(screen, "Tall", "Tall")
    screen.click("#more")
    screen.assert_at("/m/tall/?page=2")
    screen.settle()
    assert screen.focused() == "#more"


def test_autofocus_gets_the_focus_in_a_dialog_that_changes(screen: Screen) -> None:
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


def test_a_dialog_in_place_of_another_keeps_its_opener(screen: Screen) -> None:
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
def test_nothing_moves_with_reduced_motion(open_screen: Callable[..., Screen], link: str) -> None:
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
