"""Back and Forward restore combinations of slots, scroll positions and titles; kept slots stay."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.harness import Screen

pytestmark = pytest.mark.urls("tests.urls.nav_history")

START = {"children": "home", "tabs": "summary", "panel": "no panel", "feed": "no feed"}
TABS = {"tabs": "tabs: Visitors Views"}
# Each click, and what it changes; what is None is gone.
WALK: list[tuple[str, dict[str, str | None]]] = [
    ("/h/visitors/", {**TABS, "tabs.children": "visitors"}),
    ("/h/panel/", {"panel": "panel"}),
    ("/h/views/", {"tabs.children": "views", "panel": "no panel"}),
    (
        "/h/team/1/",
        {"children": "team layout", "children.children": "team 1", "children.log": "no log of 1"},
    ),
    ("/h/team/1/log/", {"children.log": "log of 1"}),
    ("/h/team/1/members/", {"children.children": "members of 1"}),
    ("/h/team/2/", {"children.children": "team 2", "children.log": "no log of 2"}),
    ("/h/feed/", {"feed": "feed"}),
    ("/h/page/", {"children": "page", "children.children": None, "children.log": None}),
]


def combinations() -> Iterator[tuple[str, dict[str, str]]]:
    """Give each URL of the walk, and all that is on screen there."""
    shown: dict[str, str | None] = dict(START)
    yield "/h/", dict(START)
    for url, changes in WALK:
        shown |= changes
        yield url, {address: text for address, text in shown.items() if text}


ENTRIES = list(combinations())


def assert_at_entry(screen: Screen, entry: tuple[str, dict[str, str]]) -> None:
    url, shown = entry
    screen.assert_at(url)
    screen.assert_shows(**shown)


def walk(screen: Screen) -> None:
    screen.hard("/h/")
    assert_at_entry(screen, ENTRIES[0])
    for entry in ENTRIES[1:]:
        screen.click(entry[0])
        assert_at_entry(screen, entry)


# --- Combinations ---


def test_back_and_forward_restore_every_combination(screen: Screen) -> None:
    """S33, S13, S14, B9, B18: nested segments, a tab group, defaults kept and not, as they were."""
    walk(screen)
    for entry in reversed(ENTRIES[:-1]):
        screen.back()
        assert_at_entry(screen, entry)
        assert len(screen.requests) <= 1
    for entry in ENTRIES[1:]:
        screen.forward()
        assert_at_entry(screen, entry)
        assert len(screen.requests) <= 1


def test_back_and_forward_need_no_request_for_what_was_on_screen(screen: Screen) -> None:
    """B34: "A slot that differs comes back from memory where it can"."""
    walk(screen)
    for entry in reversed(ENTRIES[:-1]):
        screen.back()
        assert_at_entry(screen, entry)
        screen.assert_sent()
    for entry in ENTRIES[1:]:
        screen.forward()
        assert_at_entry(screen, entry)
        screen.assert_sent()
    screen.go(-9)
    assert_at_entry(screen, ENTRIES[0])
    screen.assert_sent()


def test_a_large_page_comes_back_though_the_one_that_is_left_fills_the_memory(
    screen: Screen,
) -> None:
    """B34: what comes back makes room for what goes, not the other way round."""
    grow = """(name) => document.querySelector(`[data-pr-slot="${name}"]`).insertAdjacentHTML(
        "beforeend", "<i></i>".repeat(16000),
    )"""
    screen.hard("/h/")
    screen.evaluate(grow, "children")
    screen.click("/h/page/")
    screen.assert_shows(**(START | {"children": "page"}))
    screen.evaluate(grow, "children")
    screen.back()
    assert_at_entry(screen, ("/h/", START))


@pytest.mark.parametrize("distance", [4, 9])
def test_a_jump_over_several_entries_makes_one_request(screen: Screen, distance: int) -> None:
    """B34: else "by one request for all the slots that differ"."""
    walk(screen)
    screen.forget()
    for steps, entry in [(-distance, ENTRIES[9 - distance]), (distance, ENTRIES[9])]:
        screen.go(steps)
        assert_at_entry(screen, entry)
        assert [request.how for request in screen.requests] == ["soft"]


def test_a_reload_in_the_middle_breaks_nothing_that_follows(screen: Screen) -> None:
    """B34, S10: the reloaded entry is a hard load; all others are as they were."""
    walk(screen)
    for entry in reversed(ENTRIES[4:-1]):
        screen.back()
        assert_at_entry(screen, entry)
    screen.reload()
    reloaded = {**START, **dict(list(ENTRIES[4][1].items())[4:]), "children": "team layout"}
    reloaded = {address: text for address, text in reloaded.items() if "tabs." not in address}
    assert_at_entry(screen, ("/h/team/1/", reloaded))
    screen.back()
    assert_at_entry(screen, ENTRIES[3])
    screen.forward()
    assert_at_entry(screen, ("/h/team/1/", reloaded))
    for entry in ENTRIES[5:]:
        screen.forward()
        assert_at_entry(screen, entry)


def test_back_from_another_document_restores_the_combination(screen: Screen) -> None:
    """S33: each entry has its combination of slots, whatever happened in between."""
    screen.hard("/h/")
    for path in ["/h/visitors/", "/h/feed/"]:
        screen.click(path)
        screen.assert_at(path)
    shown = {**START, **TABS, "tabs.children": "visitors", "feed": "feed"}
    screen.assert_shows(**shown)
    screen.click("/plain/")
    screen.assert_at("/plain/")
    screen.back()
    screen.assert_at("/h/feed/")
    screen.assert_shows(**shown)
    screen.back()
    assert_at_entry(screen, ENTRIES[1])
    screen.back()
    assert_at_entry(screen, ENTRIES[0])
    screen.forward()
    assert_at_entry(screen, ENTRIES[1])
    screen.forward()
    screen.assert_shows(**shown)
    screen.forward()
    screen.assert_at("/plain/")


def test_back_and_forward_restore_entries_of_an_earlier_document(screen: Screen) -> None:
    """S33: the entries of a document that was left are restored by the next."""
    screen.hard("/h/page/")
    screen.hard("/h/")
    screen.click("/h/visitors/")
    assert_at_entry(screen, ENTRIES[1])
    screen.back()
    assert_at_entry(screen, ENTRIES[0])
    screen.back()
    assert_at_entry(screen, ("/h/page/", {**START, "children": "page"}))
    screen.forward()
    assert_at_entry(screen, ENTRIES[0])
    screen.forward()
    assert_at_entry(screen, ENTRIES[1])


def test_a_navigation_that_leaves_the_address_is_restored_too(screen: Screen) -> None:
    """B19, S33: the entry holds what the slots show, not what the address says."""
    screen.hard("/h/")
    screen.evaluate("parallelRoutes.visit('/h/feed/', { slot: 'feed', history: false })")
    screen.assert_shows(**START | {"feed": "feed"})
    screen.assert_at("/h/")
    screen.click("/h/panel/")
    screen.assert_shows(**START | {"feed": "feed", "panel": "panel"})
    screen.evaluate("parallelRoutes.visit('/h/visitors/', { slot: 'tabs', history: false })")
    shown = START | TABS | {"feed": "feed", "panel": "panel", "tabs.children": "visitors"}
    screen.assert_shows(**shown)
    screen.back()
    screen.assert_shows(**START | {"feed": "feed"})
    screen.assert_at("/h/")
    screen.forward()
    screen.assert_shows(**shown)
    screen.assert_at("/h/panel/")


def test_the_title_is_that_of_the_first_page_on_screen(screen: Screen) -> None:
    """S49: children > named slots in order > the layout's; defaults don't count; Back restores it."""
    titles = {
        "/h/visitors/": "Visitors",
        "/h/panel/": "Visitors",  # tabs stands before panel
        "/h/team/1/": "Team",
        "/h/team/1/members/": "Team",
        "/h/page/": "Page",
        "/h/feed/": "Page",
    }
    screen.hard("/h/")
    screen.assert_title("Layout")
    screen.click("/h/panel/")
    screen.assert_title("Panel")
    screen.click("/h/")
    screen.assert_at("/h/")
    screen.assert_title("Layout")
    for path, title in titles.items():
        screen.click(path)
        screen.assert_at(path)
        screen.assert_title(title)
    for title in [*list(titles.values())[-2::-1], "Layout", "Panel", "Layout"]:
        screen.back()
        screen.settle()
        screen.assert_title(title)
    screen.forward()
    screen.assert_title("Panel")


# --- Scroll ---


def test_back_returns_to_where_the_window_was(screen: Screen) -> None:
    """S36: new children start at the top; Back and Forward restore each entry's position."""
    screen.hard("/s/")
    screen.evaluate("scrollTo(0, 1234)")
    screen.click("/s/page/")
    screen.assert_at("/s/page/")
    screen.assert_scrolled_to(0)
    screen.evaluate("scrollTo(0, 2345)")
    screen.assert_scrolled_to(2345)
    screen.back()
    screen.assert_at("/s/")
    screen.assert_scrolled_to(1234)
    screen.forward()
    screen.assert_at("/s/page/")
    screen.assert_scrolled_to(2345)


@pytest.mark.chromium
def test_back_to_a_page_that_was_never_scrolled_is_not_left_to_the_browser(screen: Screen) -> None:
    """S36: it looks for what was in view, and so scrolled the window by some pixels."""
    screen.hard("/s/")
    screen.page.wait_for_load_state()
    screen.evaluate(
        """() => {
            window.byBrowser = 0;
            NavigateEvent.prototype.scroll = () => { byBrowser += 1; };
        }"""
    )
    screen.click("/s/side/")
    screen.assert_at("/s/side/")
    for step, path in ((screen.back, "/s/"), (screen.forward, "/s/side/"), (screen.back, "/s/")):
        step()
        screen.assert_at(path)
        screen.settle()
    assert screen.evaluate("[scrollY, byBrowser]") == [0, 0]


def test_a_named_slot_does_not_scroll_the_window(screen: Screen) -> None:
    """S36: though it stands above, and what it showed goes."""
    screen.hard("/s/")
    screen.evaluate("scrollTo(0, 1234)")
    screen.click("/s/side/")
    screen.assert_at("/s/side/")
    screen.assert_scrolled_to(1234)
    screen.back()
    screen.assert_at("/s/")
    screen.assert_scrolled_to(1234)


@pytest.mark.parametrize("link", ["/s/#below", 'css=a[href="#below"]'])
def test_a_hash_is_no_navigation(screen: Screen, link: str) -> None:
    """S36: changes of the hash alone make no request, Back and Forward neither."""
    screen.hard("/s/")
    screen.mark()
    screen.evaluate("scrollTo(0, 100)")
    screen.assert_scrolled_to(100)
    screen.click(link)
    screen.assert_at("/s/#below")
    below = screen.evaluate("scrollY + below.getBoundingClientRect().top")
    screen.assert_scrolled_to(round(below))
    screen.assert_sent()
    screen.back()
    screen.assert_at("/s/")
    screen.assert_scrolled_to(100)
    screen.assert_sent()
    screen.forward()
    screen.assert_at("/s/#below")
    screen.assert_scrolled_to(round(below))
    screen.assert_sent()
    assert screen.kept("children")


def test_a_link_to_a_place_on_another_page_scrolls_there(screen: Screen) -> None:
    """S36: a change of children goes to the hash; Back and Forward restore the position."""
    screen.hard("/s/")
    screen.evaluate("scrollTo(0, 100)")
    screen.click("/s/page/#below")
    screen.assert_at("/s/page/#below")
    screen.settle()
    assert 0 <= screen.evaluate("below.getBoundingClientRect().top") < 2
    screen.assert_sent("soft GET /s/page/")
    there = screen.scroll()
    screen.back()
    screen.assert_at("/s/")
    screen.assert_scrolled_to(100)
    screen.forward()
    screen.assert_at("/s/page/#below")
    screen.assert_scrolled_to(there)


def test_back_from_a_hash_after_a_soft_navigation_restores_the_slots(screen: Screen) -> None:
    """S33, S36: entries that only a hash made know their slots, too."""
    screen.hard("/s/")
    screen.click("/s/side/")
    screen.assert_at("/s/side/")
    side = screen.slots()["side"]
    screen.click('css=a[href="#below"]')
    screen.assert_at("/s/side/#below")
    screen.click("/s/page/")
    screen.assert_at("/s/page/")
    screen.back()
    screen.assert_at("/s/side/#below")
    screen.assert_shows(children="below", side=side)
    screen.back()
    screen.assert_at("/s/side/")
    screen.back()
    screen.assert_at("/s/")
    screen.assert_shows(children="below")


def test_a_hash_that_cannot_be_decoded_does_no_harm(screen: Screen) -> None:
    """S36: there is no such place."""
    screen.tolerate_noise("'#%zz' is not a valid selector", "htmx:swapError")  # htmx 2's own
    screen.hard("/s/")
    screen.click("/s/page/#%zz")
    screen.assert_at("/s/page/#%zz")
    screen.assert_scrolled_to(0)
    screen.back()
    screen.assert_at("/s/")


BOXES = """() => [document.querySelector("#box"), document.querySelector("#inner")]
    .map((box) => box && Math.round(box.scrollTop))"""


def assert_boxes_at(screen: Screen, *tops: int | None) -> None:
    screen.assert_eventually(
        lambda: screen.evaluate(BOXES),
        lambda seen: seen == list(tops),
        f"the boxes are scrolled to {tops}",
    )


def test_boxes_that_scroll_are_restored_by_back(screen: Screen) -> None:
    """S36: those around children and those inside a slot; new children start at the top."""
    screen.hard("/b/")
    screen.evaluate("box.scrollTop = 300, inner.scrollTop = 200")
    assert_boxes_at(screen, 300, 200)
    screen.settle()
    screen.click("/b/page/")
    screen.assert_at("/b/page/")
    assert_boxes_at(screen, 0, 200)  # side is kept
    screen.evaluate("box.scrollTop = 400")
    screen.settle()
    screen.click("/b/side/")
    screen.assert_at("/b/side/")
    assert_boxes_at(screen, 400, None)
    screen.back()
    screen.assert_at("/b/page/")
    assert_boxes_at(screen, 400, 200)
    screen.back()
    screen.assert_at("/b/")
    assert_boxes_at(screen, 300, 200)
    screen.forward()
    screen.assert_at("/b/page/")
    assert_boxes_at(screen, 400, 200)


def test_a_box_that_was_scrolled_on_an_earlier_page_is_restored(screen: Screen) -> None:
    """S36: the position is that of the entry that one goes back to, whenever it was taken."""
    screen.hard("/b/")
    screen.evaluate("box.scrollTop = 300")
    screen.settle()
    screen.click("/b/side/")
    screen.assert_at("/b/side/")
    assert_boxes_at(screen, 300, None)
    screen.click("/b/page/")
    screen.assert_at("/b/page/")
    assert_boxes_at(screen, 0, None)
    screen.back()
    screen.assert_at("/b/side/")
    assert_boxes_at(screen, 300, None)


# --- What is kept ---


def test_a_kept_slot_keeps_all_that_a_person_did_to_it(screen: Screen) -> None:
    """Kept: same nodes, what was typed, focus and selection, scroll, media; frames don't load again."""
    screen.hard("/b/")
    typed = '[aria-label="typed"]'
    screen.type(typed, "some words")
    screen.evaluate("inner.scrollTop = 50, document.querySelector('video').mine = 1")
    screen.mark()
    screen.evaluate("document.activeElement.setSelectionRange(2, 4)")

    def is_kept() -> None:
        assert screen.kept("side")
        assert screen.value(typed) == "some words"
        assert screen.evaluate(
            "(({ ariaLabel, selectionStart, selectionEnd }) => [ariaLabel, selectionStart, selectionEnd])"
            "(document.activeElement)"
        ) == ["typed", 2, 4]
        assert screen.evaluate("inner.scrollTop") == 50
        assert screen.evaluate("document.querySelector('video').mine") == 1
        assert not any("/frame/" in request.path for request in screen.requests)

    screen._forget_requests()
    screen.evaluate("parallelRoutes.visit('/b/page/')")
    screen.assert_at("/b/page/")
    assert not screen.kept("children")
    is_kept()
    screen.back()
    screen.assert_at("/b/")
    screen.settle()
    is_kept()
