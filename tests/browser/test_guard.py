"""B42: "Unsaved input is guarded on every way out of a slot, by opt-in"."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.harness import Screen
from tests.support.gates import Gates

pytestmark = pytest.mark.urls("tests.urls.guard")

Way = Callable[[Screen], None]

# All that a way out would change. What was clicked has the focus.
STATE = """() => JSON.stringify([
    history.length, history.state, document.title, location.href, scrollY,
    [...document.querySelectorAll("dialog:modal")].map((dialog) => dialog.ariaLabel),
    [...document.querySelectorAll("[data-pr-slot]")].map(({ dataset, ariaBusy }) => [dataset, ariaBusy]),
    [...document.querySelectorAll("input")].map(({ value }) => value),
])"""
COLOR = 'The specified value "" does not conform'  # Chromium, of any reset
FORGET = "() => { parallelRoutes.forget(); document.documentElement.dataset.prMemory = 'false'; }"


def link(path: str) -> Way:
    return lambda screen: screen.soft(path)


def button(name: str) -> Way:
    return lambda screen: screen.click(name)


def key(name: str, times: int = 1) -> Way:
    def press(screen: Screen) -> None:
        for _ in range(times):
            screen.press(name)

    return press


def step(steps: int, times: int = 1) -> Way:
    """Not the harness's, which waits until one is there."""

    def go(screen: Screen) -> None:
        script = "([steps, times]) => { while (times--) setTimeout(() => history.go(steps)); }"
        screen.evaluate(script, [steps, times])

    return go


def script(source: str) -> Way:
    return lambda screen: screen.evaluate(f"() => {{ {source}; }}")


def backdrop(screen: Screen) -> None:
    screen.click_at(20, 300)


def edits(screen: Screen, said: str = "words") -> None:
    """Be at a form in children and type; beneath are home and page, ahead are aside and page."""
    screen.hard("/g/")
    for path in ["/g/page/", "/g/edit/", "/g/aside/", "/g/page/"]:
        screen.soft(path)
        screen.assert_at(path)
    screen.go(-2)
    screen.assert_at("/g/edit/")
    screen.assert_says("edit", "#slot-children")
    screen.assert_shows(children=screen.slots()["children"], side="no side")
    screen.type("#edit-said", said)
    screen.settle()


def empties(screen: Screen) -> None:
    screen.type("#edit-said", "x")
    screen.press("Backspace")


def notes(screen: Screen, said: str = "words", at: str = "/g/page/") -> None:
    """Open the form in a modal, and type."""
    screen.hard(at)
    if at != "/g/note/":
        screen.soft("/g/note/")
    screen.assert_modals("note")
    screen.assert_at("/g/note/")
    screen.type("#note-said", said)
    screen.settle()


def assert_stays(screen: Screen, way: Way, question: str) -> None:
    """Asked, and told no: nothing has changed."""
    before = screen.evaluate(STATE)
    screen.mark()
    screen.answer("no")
    way(screen)
    screen.assert_asked(question)
    assert screen.evaluate(STATE) == before
    assert screen.kept("children")
    assert screen.kept("modal")
    assert not screen.evaluate("document.documentElement.hasAttribute('data-pr-navigating')")


def assert_leaves(screen: Screen, way: Way, *questions: str) -> None:
    """Asked just once, and told yes; or not asked at all."""
    screen.answer("yes")
    way(screen)
    screen.assert_asked(*questions)


# --- Ways out of a slot ---

WAYS: dict[str, tuple[Way, str, str]] = {
    "a link": (script("document.querySelector('a').click()"), "/g/", "home"),
    "a script": (script("parallelRoutes.visit('/g/page/')"), "/g/page/", "page"),
    "Back": (step(-1), "/g/page/", "page"),
    "two steps back": (step(-2), "/g/", "home"),
    "Forward": (step(2), "/g/page/", "page"),
}


@pytest.mark.in_turn
@pytest.mark.parametrize("memory", ["memory", "no memory"])
@pytest.mark.parametrize("name", WAYS)
def test_a_way_out_asks(screen: Screen, name: str, memory: str) -> None:
    """B42: whoever says no is where he was, in every respect, and goes on from there."""
    way, url, shown = WAYS[name]
    edits(screen)
    if memory == "no memory":
        screen.evaluate(FORGET)
    screen.evaluate("scrollTo(0, 300)")
    screen.assert_scrolled_to(300)
    assert_stays(screen, way, "Leave edit?")
    assert_stays(screen, way, "Leave edit?")
    assert_leaves(screen, way, "Leave edit?")
    screen.assert_at(url)
    screen.assert_says(shown, "#slot-children")


def test_after_a_step_that_was_undone_all_others_are_as_they_were(screen: Screen) -> None:
    """B42, S33: no entry is lost, nor changed."""
    edits(screen)
    assert_stays(screen, step(-2), "Leave edit?")
    assert_stays(screen, step(2), "Leave edit?")
    assert_leaves(screen, step(1))
    screen.assert_at("/g/aside/")
    screen.assert_says("aside", "#slot-side")
    assert_stays(screen, step(1), "Leave edit?")
    assert_leaves(screen, step(-3), "Leave edit?")
    screen.assert_shows(children="home", side="no side")
    for url, children, side in [
        ("/g/page/", "page", "no side"),
        ("/g/edit/", "edit", "no side"),
        ("/g/aside/", "edit", "aside"),
    ]:
        assert_leaves(screen, step(1))
        screen.assert_at(url)
        screen.assert_says(children, "#slot-children")
        screen.assert_says(side, "#slot-side")
    assert screen.value("#edit-said") == "words"
    assert_leaves(screen, step(1), "Leave edit?")
    screen.assert_at("/g/page/")
    screen.assert_shows(children="page", side="aside")


def test_what_was_given_up_is_asked_for_again_when_it_is_back(screen: Screen) -> None:
    """B42, B34: from memory, with its input."""
    edits(screen)
    assert_leaves(screen, link("/g/"), "Leave edit?")
    screen.assert_at("/g/")
    assert_leaves(screen, step(-1))
    screen.assert_at("/g/edit/")
    assert screen.value("#edit-said") == "words"
    assert_stays(screen, step(-1), "Leave edit?")


def test_a_storm_of_steps_ends_where_it_began(screen: Screen) -> None:
    """B42, B21: however often one is asked."""
    edits(screen)
    before = screen.evaluate(STATE)
    screen.answer("no")
    step(-1, times=2)(screen)
    screen.assert_eventually(screen._tab.questions, bool, "there is a question")
    screen.assert_at("/g/edit/")
    screen.settle()
    screen.assert_at("/g/edit/")
    assert screen.evaluate(STATE) == before


def test_what_stays_is_not_asked_for(screen: Screen) -> None:
    """B42: kept slots, hashes, clean forms, forms without data-pr-guard."""
    edits(screen)
    assert_leaves(screen, link("/g/side/"))
    screen.assert_says("side", "#slot-side")
    assert_leaves(screen, step(-1))
    screen.assert_says("no side", "#slot-side")
    assert_leaves(screen, script("location.hash = 'x'"))
    assert_leaves(screen, step(-1))
    screen.assert_at("/g/edit/")
    empties(screen)
    assert_leaves(screen, link("/g/page/"))
    assert_leaves(screen, step(-1))
    screen.type("#edit-said", "words")
    screen.evaluate("() => document.querySelector('#edit').removeAttribute('data-pr-guard')")
    assert_leaves(screen, link("/g/page/"))
    screen.assert_at("/g/page/")


def test_one_way_out_is_one_question(screen: Screen) -> None:
    """B42: for all slots and forms that would go. Without a text of its own it is the package's."""
    screen.hard("/g/")
    screen.soft("/g/side/")
    screen.assert_at("/g/side/")
    screen.soft("/g/edit/")
    screen.assert_at("/g/edit/")
    screen.type("#side-said", "words")
    screen.type("#edit-said", "words")
    screen.evaluate("() => { document.querySelector('#edit').dataset.prGuard = ''; }")
    assert_stays(screen, step(-2), "What you have entered is not saved. Leave anyway?")
    assert_leaves(screen, step(-2), "What you have entered is not saved. Leave anyway?")
    screen.assert_shows(children="home", side="no side")


# --- Modals ---

CLOSERS: dict[str, Way] = {
    "Esc": key("Escape"),
    "the backdrop": backdrop,
    "the button": button("Close"),
    "a form": button("Done"),
    "a script": script("parallelRoutes.close()"),
    "the dialog's own": script("document.querySelector('dialog').close()"),
    "Back": step(-1),
    "a link": script("parallelRoutes.visit('/g/page/')"),
}


@pytest.mark.in_turn
@pytest.mark.parametrize("name", CLOSERS)
def test_whatever_closes_a_modal_asks(screen: Screen, name: str) -> None:
    """B42, B35: and it stays open, and can be closed later."""
    notes(screen)
    assert_stays(screen, CLOSERS[name], "Leave note?")
    assert_stays(screen, CLOSERS[name], "Leave note?")
    assert_leaves(screen, CLOSERS[name], "Leave note?")
    screen.assert_modals()
    screen.assert_at("/g/page/")


@pytest.mark.in_turn
@pytest.mark.parametrize("name", [name for name in CLOSERS if name not in ["Back", "a link"]])
def test_so_it_does_where_nothing_lies_beneath(screen: Screen, name: str) -> None:
    """B42, B31: what closes in place."""
    notes(screen, at="/g/note/")
    assert_stays(screen, CLOSERS[name], "Leave note?")
    assert_leaves(screen, CLOSERS[name], "Leave note?")
    screen.assert_modals()
    screen.assert_at("/g/")


@pytest.mark.in_turn
@pytest.mark.parametrize("name", ["Esc", "the backdrop", "the button"])
def test_so_does_the_dialog_of_a_plain_page(screen: Screen, name: str) -> None:
    """B42: whatever closes it follows its link."""
    screen.hard("/g/")
    screen.soft("/g/help/")
    screen.assert_modals("help")
    screen.type("#help-said", "words")
    assert_stays(screen, CLOSERS[name], "Leave help?")
    assert_leaves(screen, CLOSERS[name], "Leave help?")
    screen.assert_modals()


@pytest.mark.in_turn
@pytest.mark.parametrize("page", ["note", "help"])
@pytest.mark.parametrize("at", ["/g/page/", ""])
def test_many_escapes_leave_it_open(screen: Screen, page: str, at: str) -> None:
    """B42, B35: each may ask. Chromium closes the dialog on the second, whatever listeners say."""
    screen.hard(at or f"/g/{page}/")
    if at:
        screen.soft(f"/g/{page}/")
    screen.assert_modals(page)
    screen.type(f"#{page}-said", "words")
    screen.settle()
    before = screen.evaluate(STATE)
    screen.answer("no")
    key("Escape", times=4)(screen)
    screen.assert_eventually(screen._tab.questions, bool, "there is a question")
    screen.assert_modals(page)
    screen.settle()
    assert set(screen._tab.questions()) == {f"Leave {page}?"}
    assert screen.evaluate(STATE) == before
    assert_leaves(screen, key("Escape"), f"Leave {page}?")
    screen.assert_modals()


@pytest.mark.in_turn
def test_a_form_that_only_closes_is_not_sent(screen: Screen) -> None:
    """B42: one with method=dialog."""
    screen.hard("/g/page/")
    screen.soft("/g/note/")
    screen.assert_modals("note")
    screen.type("#note-dialog", "words")
    assert_stays(screen, button("Done"), "Leave dialog?")
    assert_leaves(screen, button("Done"), "Leave dialog?")
    screen.assert_modals()


def test_a_modal_that_opens_over_it_is_no_way_out(screen: Screen) -> None:
    """B42, S24: only the modal's slot changes; closing it neither."""
    edits(screen)
    assert_leaves(screen, link("/g/note/"))
    screen.assert_modals("note")
    assert_leaves(screen, key("Escape"))
    screen.assert_modals()
    screen.assert_at("/g/edit/")
    assert screen.value("#edit-said") == "words"


# --- Documents ---


@pytest.mark.in_turn
@pytest.mark.chromium
@pytest.mark.parametrize("name", ["reload", "a link", "the address bar", "Back"])
def test_leaving_the_document_asks(screen: Screen, name: str) -> None:
    """B42: by the browser's own dialog, once; a soft navigation that becomes a document, too."""
    ways = {
        "reload": script("setTimeout(() => location.reload())"),
        "a link": link("/plain/"),
        "the address bar": script("setTimeout(() => { location.href = '/plain/'; })"),
        "Back": step(-1),
    }
    screen.hard("/plain/")
    screen.hard("/g/edit/")
    screen.type("#edit-said", "words")
    screen.evaluate("window.isOld = true")
    assert_stays(screen, ways[name], "beforeunload")
    assert_stays(screen, ways[name], "beforeunload")
    assert_leaves(screen, ways[name], "beforeunload")
    screen.assert_eventually(
        lambda: screen.evaluate("!window.isOld"), bool, "another document is there"
    )
    screen.assert_at("/g/edit/" if name == "reload" else "/plain/")


@pytest.mark.in_turn
@pytest.mark.chromium
def test_closing_the_tab_asks(screen: Screen) -> None:
    """B42"""
    edits(screen)
    screen.answer("no")
    screen.page.close(run_before_unload=True)
    screen.assert_asked("beforeunload")
    screen.answer("yes")
    with screen.page.expect_event("close"):
        screen.page.close(run_before_unload=True)


@pytest.mark.in_turn
@pytest.mark.chromium
def test_a_clean_document_can_be_left(screen: Screen) -> None:
    """B42: also one in which input was given up."""
    edits(screen)
    empties(screen)
    assert_leaves(screen, script("setTimeout(() => location.reload())"))
    screen.type("#edit-said", "words")
    assert_leaves(screen, link("/g/page/"), "Leave edit?")
    screen.assert_at("/g/page/")
    assert_leaves(screen, link("/plain/"))
    screen.assert_at("/plain/")


@pytest.mark.in_turn
@pytest.mark.chromium
def test_input_that_the_browser_has_filled_in_again_is_guarded(screen: Screen) -> None:
    """B42: nobody has typed in this document."""
    screen.hard("/g/edit/")
    screen.type("#edit-said", "words")
    assert_leaves(screen, link("/plain/"), "beforeunload")
    screen.assert_at("/plain/")
    screen.back()
    screen.assert_at("/g/edit/")
    screen.settle()
    assert screen.value("#edit-said") == "words"
    screen.click("css=h2:first-of-type")
    assert_stays(screen, link("/plain/"), "beforeunload")


def test_an_entry_of_another_document_asks_once(screen: Screen) -> None:
    """B42, S33: one that the browser takes for this document's; it is loaded again."""
    screen.hard("/g/")
    other = "{ slots: { children: ['page', '/plain/', 'another-key'] } }"
    state = f"{{ ...history.state, parallelRoutes: {{ ...history.state.parallelRoutes, ...{other} }} }}"
    stop = "(event) => event.stopImmediatePropagation(), { capture: true, once: true }"
    unheard = f"navigation.addEventListener('currententrychange', {stop})"
    screen.evaluate(f"() => {{ {unheard}; history.pushState({state}, '', '/plain/'); }}")
    screen.soft("/g/edit/")
    screen.type("#edit-said", "words")
    screen.settle()
    assert_stays(screen, step(-1), "Leave edit?")
    assert_leaves(screen, step(-1), "Leave edit?")
    screen.assert_at("/plain/")
    screen.assert_says("plain")


# --- Sending the form ---


def test_sending_the_form_does_not_ask(screen: Screen) -> None:
    """B42: neither on the way nor later, though the redirect replaces it; nor does Back."""
    edits(screen)
    assert_leaves(screen, button("Send edit"))
    screen.assert_at("/g/")
    screen.assert_says("home", "#slot-children")
    assert_leaves(screen, link("/g/page/"))
    screen.assert_at("/g/page/")


def test_a_redirect_to_the_form_leaves_it_clean(screen: Screen) -> None:
    """B42, S57: it has been saved, and is empty."""
    screen.tolerate_noise(COLOR)
    screen.hard("/g/")
    screen.soft("/g/side/")
    screen.type("#side-said", "fine")
    assert_leaves(screen, button("Send side"))
    assert screen.value("#side-said") == ""
    assert_leaves(screen, link("/g/aside/"))
    screen.assert_says("aside", "#slot-side")


@pytest.mark.parametrize("how", ["Send edit", "Send edit to be refused"])
def test_input_that_was_refused_is_unsaved(screen: Screen, how: str) -> None:
    """B42, B39: it's printed now; with status 200 or 422."""
    screen.tolerate_noise(COLOR)
    screen.tolerate_noise("422")
    edits(screen, "bad")
    assert_leaves(screen, button(how))
    screen.assert_says("edit: bad", "#slot-children")
    assert_stays(screen, link("/g/page/"), "Leave edit?")
    assert_stays(screen, step(-1), "Leave edit?")
    screen.type("#edit-said", "fine")
    assert_leaves(screen, button("Send edit"))
    screen.assert_at("/g/")
    screen.assert_says("home", "#slot-children")


@pytest.mark.in_turn
def test_a_form_that_was_reset_is_clean(screen: Screen) -> None:
    """B42"""
    screen.tolerate_noise(COLOR)
    edits(screen)
    screen.click("Reset edit")
    assert_leaves(screen, link("/g/page/"))
    screen.assert_at("/g/page/")
    notes(screen, "bad")
    assert_leaves(screen, button("Send note"))
    screen.assert_says("note: bad", "dialog")
    screen.click("Reset note")
    assert_leaves(screen, key("Escape"))
    screen.assert_modals()


def test_a_form_that_did_not_arrive_is_unsaved(screen: Screen, gates: Gates) -> None:
    """B42, B21: a newer navigation has stopped it."""
    edits(screen)
    gates.close("edit POST")
    screen.click("Send edit")
    gates.expect_arrival("edit POST")
    screen.answer("no")
    screen.soft("/g/page/")
    screen.assert_eventually(screen._tab.questions, bool, "there is a question")
    gates.open_all()
    screen.assert_asked("Leave edit?")
    screen.assert_at("/g/edit/")
    assert screen.value("#edit-said") == "words"


def test_what_is_typed_while_the_form_is_under_way_is_unsaved(
    screen: Screen, gates: Gates
) -> None:
    """B42"""
    edits(screen)
    gates.close("edit POST")
    screen.answer("no")
    screen.click("Send edit")
    gates.expect_arrival("edit POST")
    screen.type("#edit-said", "more words")
    gates.open("edit POST")
    screen.assert_asked("Leave edit?")
    assert screen.value("#edit-said") == "more words"
    screen.assert_at("/g/edit/")


def test_other_forms_that_would_go_with_it_ask(screen: Screen) -> None:
    """B42: that of the page beneath the modal, if the redirect leads elsewhere."""
    edits(screen)
    screen.soft("/g/note/")
    screen.type("#note-said", "fine")
    assert_stays(screen, button("Send note"), "Leave edit?")
    assert_leaves(screen, button("Send note"), "Leave edit?")
    screen.assert_modals()
    screen.assert_shows(children="home", side="no side")


@pytest.mark.chromium
def test_a_form_that_loads_a_document_does_not_ask(screen: Screen) -> None:
    """B42: neither by a redirect to one, nor sent by the browser itself; others do."""
    edits(screen, "out")
    assert_leaves(screen, button("Send edit"))
    screen.assert_at("/plain/")
    screen.hard("/g/raw/")
    screen.type("#raw-said", "fine")
    assert_leaves(screen, button("Send raw"))
    screen.assert_at("/g/")
    screen.hard("/g/side/")
    screen.soft("/g/raw/")
    screen.assert_says("raw", "#slot-children")  # and has the focus
    screen.type("#side-said", "words")
    screen.type("#raw-said", "fine")
    assert_leaves(screen, button("Send raw"), "beforeunload")
    screen.assert_at("/g/")


def test_a_document_that_answers_a_form_takes_other_forms_away(screen: Screen) -> None:
    """B42, S17: a 404 replaces the whole window, and can't be asked for again."""
    screen.expect_noise("404")
    edits(screen, "gone")
    screen.soft("/g/side/")
    screen.type("#side-said", "words")
    send = script("document.querySelector('#edit').requestSubmit()")
    assert_stays(screen, send, "Leave side?")
    assert_leaves(screen, send, "Leave side?")
    screen.assert_says("Not Found")


@pytest.mark.chromium
def test_a_document_that_answers_a_form_is_unsaved(screen: Screen) -> None:
    """B42, B41: the browser has sent it, and it was refused."""
    screen.hard("/g/raw/")
    screen.type("#raw-said", "bad")
    assert_leaves(screen, button("Send raw"))
    screen.assert_says("raw: bad", "#slot-children")
    assert_stays(screen, link("/g/page/"), "Leave raw?")


# --- Refreshes ---


def test_a_refresh_leaves_what_is_unsaved_alone(screen: Screen) -> None:
    """B42, S38, S57: without a question; it is merged into what is there."""
    edits(screen)
    screen.soft("/g/side/")
    screen.assert_says("side", "#slot-side")
    screen.mark()
    assert_leaves(screen, script("parallelRoutes.refresh()"))
    assert screen.kept("children")
    assert screen.evaluate("document.querySelector('#slot-children').ariaBusy") is None
    assert_leaves(screen, script("parallelRoutes.refresh('children')"))
    assert screen.kept("children")
    assert screen.value("#edit-said") == "words"
    assert_stays(screen, step(-2), "Leave edit?")


def test_so_does_a_poll(screen: Screen) -> None:
    """B42: of the slot itself."""
    poll = """htmx.ajax("GET", "/g/edit/", { target: "#slot-children", source: "h2" })"""
    edits(screen)
    screen.mark()
    assert_leaves(screen, script(poll))
    screen.assert_sent("soft GET /g/edit/")
    assert screen.kept("children")
    assert screen.value("#edit-said") == "words"


def test_what_a_form_refreshes_leaves_what_is_unsaved_alone(screen: Screen) -> None:
    """B42, S40: the redirect closes the modal, and refreshes what it can."""
    screen.hard("/g/side/")
    screen.type("#side-said", "words")
    screen.soft("/g/note/")
    screen.assert_modals("note")
    screen.type("#note-said", "fine")
    screen.mark()
    assert_leaves(screen, button("Send note"))
    screen.assert_modals()
    assert screen.kept("side")
    assert screen.value("#side-said") == "words"


def test_a_refresh_that_would_load_a_document_is_dropped(screen: Screen) -> None:
    """B42, B54: nobody has asked for it."""
    screen.expect_noise("404")
    edits(screen)
    screen.mark()
    screen.evaluate("() => { document.querySelector('#slot-side').dataset.prSrc = '/g/404/'; }")
    assert_leaves(screen, script("parallelRoutes.refresh('side')"))
    assert len(screen.requests) == 1
    assert screen.kept("children")
    screen.assert_at("/g/edit/")
    assert screen.evaluate("document.querySelector('#slot-side').ariaBusy") is None


# --- What is input ---

CONTROLS = {
    "text": "document.querySelector('#edit-said').value = 'words'",
    "textarea": "document.querySelector('[aria-label=words]').value += 'three'",
    "color": "document.querySelector('[aria-label=color]').value = '#123456'",
    "range": "document.querySelector('[aria-label=range]').value = 7",
    "checkbox": "document.querySelector('[aria-label=box]').checked = false",
    "radio": "document.querySelector('[aria-label=two]').checked = true",
    "select": "document.querySelector('[aria-label=\"select one\"]').selectedIndex = 2",
    "multiple": "document.querySelector('[aria-label=\"select many\"]').options[0].selected = true",
    "file": """
        const files = new DataTransfer();
        files.items.add(new File(["words"], "words.txt"));
        document.querySelector('[aria-label=file]').files = files.files;
    """,
}


@pytest.mark.in_turn
@pytest.mark.parametrize("control", CONTROLS)
def test_every_control_counts(screen: Screen, control: str) -> None:
    """B42: as far as it differs from what the form had when the user came to it."""
    screen.tolerate_noise(COLOR)
    screen.hard("/g/edit/")
    screen.evaluate("() => document.querySelector('#edit-said').focus()")
    screen.press("Shift")
    screen.evaluate(f"() => {{ {CONTROLS[control]} }}")
    assert_stays(screen, link("/g/page/"), "Leave edit?")
    screen.click("Reset edit")
    assert_leaves(screen, link("/g/page/"))
    screen.assert_at("/g/page/")


@pytest.mark.in_turn
def test_what_is_not_sent_does_not_count(screen: Screen) -> None:
    """B42: hidden and disabled controls."""
    screen.hard("/g/edit/")
    screen.evaluate(
        """() => {
            document.querySelector("#edit [type=hidden]").value = "words";
            document.querySelector("[aria-label=disabled]").value = "words";
        }"""
    )
    assert_leaves(screen, link("/g/page/"))
    screen.assert_at("/g/page/")


# --- Projects' own ---


def test_whoever_wants_to_may_ask_himself(screen: Screen) -> None:
    """B42: the event says what would go, why, and by what; nobody else asks then."""
    edits(screen)
    screen.evaluate(
        """() => {
            window.heard = [];
            document.addEventListener("parallel-routes:before-leave", (event) => {
                const { leaving, source, refreshed } = event.detail;
                heard.push([leaving.map(({ id }) => id), source?.innerText ?? null, refreshed]);
                event.preventDefault();
            });
        }"""
    )
    before = screen.evaluate(STATE)
    assert_leaves(screen, link("/g/page/"))
    assert_leaves(screen, step(-1))
    screen.evaluate("() => { document.body.dataset.prMorph = 'false'; }")  # or nothing would go
    assert_leaves(screen, script("parallelRoutes.refresh('side')"))
    assert screen.evaluate("heard") == [
        [["slot-children"], "/g/page/", False],
        [["slot-children"], None, False],
        [["slot-side"], None, True],
    ]
    assert screen.evaluate(STATE) == before


def test_a_form_that_the_user_does_not_send_after_all_is_guarded(screen: Screen) -> None:
    """Asked by ``hx-confirm``, and told no."""
    edits(screen)
    screen.evaluate("document.querySelector('#edit').setAttribute('hx-confirm', 'Send?')")
    screen.answer("no")
    screen.click("Send edit")
    screen.assert_asked("Send?")
    screen.assert_sent()
    assert_stays(screen, link("/g/page/"), "Leave edit?")
