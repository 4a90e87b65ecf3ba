"""A slot that shows a layout is refreshed with its layout (S38, S58)."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen
from tests.support.gates import Gates

pytestmark = [pytest.mark.urls("tests.urls.refreshed_layouts"), pytest.mark.chromium]


def note(screen: Screen, said: str, *, late: bool = False) -> None:
    """Let the layout print this from now on, and the slot ``late``."""
    screen.evaluate("(said) => { document.cookie = `said=${said}; path=/`; }", said)
    if late:
        screen.evaluate("() => { document.cookie = 'late=1; path=/'; }")


def test_the_answer_of_a_form_brings_the_layout_around_it(screen: Screen) -> None:
    """S38, S58: with what the answer changes in it, also after a redirect that changes another slot."""
    screen.hard("/r/in/form/")
    note(screen, "one")
    screen.click("Send")
    screen.assert_shows(children="layout one", children__children="sent", children__side="side")
    screen.assert_sent("soft POST /r/in/form/")
    screen.assert_at("/r/in/form/")
    screen.hard("/r/in/form/")
    note(screen, "two")
    screen.click("Send and go")
    form = "form Send Send and go"
    screen.assert_shows(children="layout two", children__children=form, children__side="side y")
    screen.assert_at("/r/in/y/")
    screen.back()
    screen.assert_shows(children="layout two", children__children=form, children__side="side")
    screen.assert_at("/r/in/form/")


def test_a_refresh_of_all_keeps_a_modal_open(screen: Screen) -> None:
    """S38, S58: its URL is in the address bar, and Back closes it."""
    screen.hard("/r/in/")
    screen.soft("/r/photo/")
    screen.assert_modals("photo")
    note(screen, "one", late=True)
    screen.mark()
    length = screen.evaluate("history.length")
    screen._forget_requests()
    screen.evaluate("parallelRoutes.refresh()")
    screen.assert_sent("soft GET /r/photo/")
    opened = {"children": "layout one", "children__children": "home", "children__side": "side"}
    screen.assert_shows(**opened, children__late="late", modal__children="photo")
    assert all(map(screen.kept, ["children.children", "modal", "modal.children"]))
    screen.assert_modals("photo")
    screen.assert_at("/r/photo/")
    assert screen.evaluate("history.length") == length
    screen.back()
    screen.assert_modals()
    screen.assert_at("/r/in/")
    screen.assert_shows(**opened, children__late="late")
    screen.forward()
    screen.assert_modals("photo")


def test_a_slot_that_is_printed_anew_shows_what_a_reload_would(screen: Screen) -> None:
    """S38, S33: and Back and Forward lead to what the other slots showed."""
    screen.hard("/r/in/")
    screen.soft("/r/in/y/")
    screen.assert_shows(children="layout", children__children="home", children__side="side y")
    note(screen, "one", late=True)
    screen.evaluate("parallelRoutes.refresh('children')")
    shown = {"children": "layout one", "children__children": "home"}
    screen.assert_shows(**shown, children__side="side y", children__late="late y")
    screen.assert_at("/r/in/y/")
    for _ in range(2):
        screen.back()
        screen.assert_at("/r/in/")
        screen.assert_shows(**shown, children__side="side", children__late="late")
        screen.forward()
        screen.assert_at("/r/in/y/")
        screen.assert_shows(**shown, children__side="side y", children__late="late y")
    screen.back()
    screen.assert_shows(**shown, children__side="side", children__late="late")
    screen.assert_sent()  # the entry knows the slot by now


def test_a_slot_that_a_merge_has_brought_is_merged_by_itself(screen: Screen) -> None:
    """S57: the slot has come with its layout. What is typed in it stays, and what a script has put there."""
    screen.hard("/r/in/note/")
    note(screen, "one", late=True)
    screen.evaluate("parallelRoutes.refresh('children')")
    shown = {"children": "layout one", "children__children": "note", "children__side": "side"}
    screen.assert_shows(**shown, children__late="late one")
    screen.type("#note", "words")
    own = "<p>own</p>"
    screen.evaluate("(html) => note.parentElement.insertAdjacentHTML('afterbegin', html)", own)
    note(screen, "two")
    screen.evaluate("parallelRoutes.refresh('children.late')")
    screen.assert_shows(**shown, children__late="own late two")
    assert screen.value("#note") == "words"


@pytest.mark.parametrize(("before", "after"), [("", "one"), ("one", "")], ids=["more", "less"])
def test_a_layout_is_merged_after_the_list_in_its_slot(
    screen: Screen, before: str, after: str
) -> None:
    """S57, S58: when the list has more or fewer items, all changes of the layout still find their places."""
    screen.hard("/r/in/list/")
    note(screen, before)
    screen.hard("/r/in/list/")
    note(screen, after)
    screen.evaluate("parallelRoutes.refresh('children.children')")
    shown = {
        "children__children": "first second list" if after else "list",
        "children__side": "side",
    }
    screen.assert_shows(children=f"layout {before}".strip(), **shown)
    note(screen, "two")
    screen.evaluate("parallelRoutes.refresh('children')")
    screen.assert_shows(
        children="layout two", children__children="first second list", children__side="side"
    )
    assert screen.evaluate("document.querySelector('hr').title") == "two"


def test_a_field_gets_another_parent_in_a_slot_that_arrived_by_itself(screen: Screen) -> None:
    """S57, S58: it is found when the layout around the slot is merged, as on a hard load."""
    screen.hard("/r/in/")
    screen.soft("/r/in/framed/")
    screen.type("#note", "words")
    note(screen, "one")
    screen.evaluate("parallelRoutes.refresh('children')")
    screen.assert_shows(children="layout one", children__children="home")
    assert screen.count("div > #note:only-child") == 1
    assert screen.value("#note") == "words"
    assert screen.focused() == "#note"


def test_what_htmx_preserves_from_another_page_has_its_place_in_this_one(screen: Screen) -> None:
    """S57, S58: what is new before it comes before it, in the slot and in the layout around it."""
    screen.hard("/r/in/keep/")
    screen.soft("/r/in/kept/")
    screen.assert_at("/r/in/kept/")
    screen.evaluate("window.kept = document.querySelector('#kept')")
    for said, shown in (("one", "more kept"), ("", "kept"), ("two", "more kept")):
        note(screen, said)
        screen.evaluate(
            f"parallelRoutes.refresh('children{'.children' if said == 'one' else ''}')"
        )
        screen.assert_eventually(
            lambda: screen.slots()["children.children"], shown.__eq__, f"the page says {shown}"
        )
    assert screen.evaluate("kept === document.querySelector('#kept')")


def test_a_late_slot_stays_in_its_refreshed_layout_until_it_arrives(
    screen: Screen, gates: Gates
) -> None:
    """S58, S59, B42: the layout comes first. The slot keeps what is typed in it, so nothing is asked."""
    screen.hard("/r/slow/form/")
    shown = {"children": "layout", "children__children": "form Go", "children__side": "late"}
    screen.assert_shows(**shown)
    screen.type("#note", "words")
    note(screen, "one")
    gates.close("late")
    screen.answer("no")
    screen.click("Go")
    shown = {"children": "layout one", "children__children": "x"}
    screen.assert_shows(**shown, children__side="late")
    gates.open("late")
    screen.assert_shows(**shown, children__side="late one")
    screen.assert_at("/r/slow/x/")
    screen.assert_asked()
    assert screen.value("#note") == "words"


@pytest.mark.in_turn
@pytest.mark.parametrize("slot", ["children", "children.children"])
def test_a_refresh_that_would_replace_a_guarded_form_is_dropped(screen: Screen, slot: str) -> None:
    """S57, B42: if it has unsaved input."""
    screen.hard("/r/in/replaced/")
    screen.type("#said", "words")
    note(screen, "one")
    screen.evaluate(f"parallelRoutes.refresh('{slot}')")
    screen.assert_sent("soft GET /r/in/replaced/")
    screen.assert_eventually(
        lambda: screen.count("[aria-busy]"), lambda busy: busy == 0, "it has arrived"
    )
    assert screen.value("#said") == "words"
    screen.assert_asked()
    screen.type("#said", "")
    screen.evaluate("document.querySelector('form:has(#said)').reset()")
    screen.evaluate("parallelRoutes.refresh('children')")
    screen.assert_eventually(lambda: screen.slots()["children"], "layout one".__eq__, "it is new")


@pytest.mark.parametrize(("typed", "shown"), [("", "late one"), ("words", "late")])
def test_a_late_slot_stays_if_what_is_around_it_is_replaced(
    screen: Screen, gates: Gates, typed: str, shown: str
) -> None:
    """S57, S59, B42: its page can't be merged, so it is shown only if nothing unsaved would be lost."""
    screen.hard("/r/fixed/form/")
    at_first = {"children": "layout", "children__children": "form Go", "children__side": "late"}
    screen.assert_shows(**at_first)
    screen.type("#note", typed)
    note(screen, "one")
    gates.close("late")
    screen.answer("no")
    screen.click("Go")
    beside = {"children": "layout one", "children__children": "x"}
    screen.assert_shows(**beside, children__side="late")
    assert screen.value("#note") == typed
    gates.open("late")
    screen.assert_eventually(
        lambda: screen.count("[aria-busy]"), lambda busy: busy == 0, "it has arrived"
    )
    screen.assert_shows(**beside, children__side=shown)
    assert screen.value("#note") == typed
    screen.assert_asked()


def test_a_refreshed_layout_with_another_page_in_it_asks(screen: Screen) -> None:
    """B42: it is a navigation for what is unsaved in it; with the same page it is a mere refresh."""
    screen.hard("/r/in/guarded/")
    screen.type("#said", "words")
    note(screen, "one")
    screen.mark()
    screen.answer("no")
    screen.click("Go home")
    screen.assert_asked("Leave form?")
    screen.answer("no")
    screen.click("Go to the guarded form")
    screen.assert_sent("soft POST /r/in/form/", "soft GET /r/in/guarded/?slots=refresh:children")
    screen.assert_asked()
    screen.assert_at("/r/in/guarded/")
    assert screen.kept("children.children")
    assert screen.value("#said") == "words"
    screen.answer("yes")
    screen.click("Go home")
    screen.assert_asked("Leave form?")
    screen.assert_shows(children="layout one", children__children="home", children__side="side")
    screen.assert_at("/r/in/")


def test_unsaved_input_in_a_slot_holds_back_no_refresh_of_its_layout(screen: Screen) -> None:
    """B42, S38, S58: neither of the layout around it nor of the slot; both are merged into what is there."""
    screen.hard("/r/in/guarded/")
    screen.type("#said", "words")
    note(screen, "one")
    screen.mark()
    screen.answer("no")
    for names in ("'children'", ""):
        screen._forget_requests()
        screen.evaluate(f"parallelRoutes.refresh({names})")
        screen.assert_sent("soft GET /r/in/guarded/")
        screen.assert_asked()
        assert screen.kept("children.children")
        assert screen.value("#said") == "words"
        assert screen.focused() == "#said"
        shown = {"children__children": "guarded", "children__side": "side"}
        screen.assert_shows(children="layout one", **shown)
        screen.assert_at("/r/in/guarded/")
