"""Deferred slots: the page is shown at once, and each slot arrives by a request of its own."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen
from tests.browser.loading.slots import (
    HOME,
    Slow,
    assert_state,
    entries,
    listen,
)
from tests.support.gates import Gates

pytestmark = pytest.mark.urls("tests.urls.loading")


def test_a_deferred_slot_comes_by_a_request_of_its_own(
    screen: Screen, slow: Slow, gates: Gates
) -> None:
    """S43: the page is shown at once, and the slot then gets the content of a plain page."""
    slow("/d/", "side /d/")
    screen.assert_shows(**HOME | {"side": "wait"})
    assert_state(screen, "loading", "true")
    before = entries(screen)
    told = listen(screen)
    gates.open("side /d/")
    screen.assert_shows(**HOME)
    screen.assert_sent("hard GET /d/", "soft GET /d/", "soft GET /d/")
    assert_state(screen, None, None)
    assert entries(screen) == before
    screen.assert_at("/d/")
    assert told() == ["leave side: wait", "enter side: side of /d/"]


def test_an_arrival_leaves_everything_else_alone(screen: Screen, slow: Slow, gates: Gates) -> None:
    """S43, S13: other slots keep their nodes, input and focus, and nothing scrolls."""
    slow("/d/eager/", "side /d/eager/")
    screen.type('[aria-label="note"]', "half typed")
    screen.evaluate("window.note = document.querySelector('[data-pr-slot=note]').firstChild")
    gates.open("side /d/eager/")
    screen.assert_shows(
        **HOME
        | {"side": "side of /d/eager/", "tabs__children": "tabs of /d/eager/"}
        | {"children": "home of /d/eager/"}
    )
    screen.settle()
    assert screen.value('[aria-label="note"]') == "half typed"
    assert screen.focused() == "note"
    assert screen.evaluate("note === document.querySelector('[data-pr-slot=note]').firstChild")


def test_an_arriving_slot_with_autofocus_takes_the_focus_if_no_element_has_it(
    screen: Screen,
) -> None:
    """S43: as a page with ``autofocus`` does."""
    screen.open("/d/eager/")
    screen.assert_eventually(screen.focused, "#eager".__eq__, "the new field has the focus")


def test_a_title_and_current_links_arrive_with_their_slot(
    screen: Screen, slow: Slow, gates: Gates
) -> None:
    """S49, B50."""
    slow("/d/side/1/", "side /d/side/1/")
    screen.assert_title("Loading")
    gates.open("side /d/side/1/")
    screen.assert_title("Side")
    screen.assert_current_links("/d/side/1/", "Side alone")


def test_the_arrival_of_a_deferred_slot_is_announced(
    screen: Screen, slow: Slow, gates: Gates
) -> None:
    """B63: by its title, as if it came in the page. A refresh is not announced."""
    slow("/d/side/1/", "side /d/side/1/")
    screen.assert_eventually(
        lambda: screen.count(".parallel-routes-title"), bool, "there is a region for announcements"
    )
    gates.open("side /d/side/1/")
    said = "document.querySelector('.parallel-routes-title').textContent"
    screen.assert_eventually(
        lambda: screen.evaluate(said), lambda seen: seen == "Side", "the title is said"
    )
    screen.evaluate("void parallelRoutes.refresh('tabs')")
    screen.settle()
    assert screen.evaluate(said) == "Side"


def test_links_in_a_slot_that_has_arrived_navigate_softly(
    screen: Screen, slow: Slow, gates: Gates
) -> None:
    """S43: htmx processes the HTML that arrives."""
    slow("/d/shop/", "cart /d/shop/")
    gates.open("cart /d/shop/")
    shop = {"children": "in the shop: More Cart", "children__children": "shop of /d/shop/"}
    rest = {"side": "side of /d/shop/", "tabs": "tab", "tabs__children": "tabs of /d/shop/"}
    screen.assert_shows(**shop, **rest, children__cart="cart of /d/shop/")
    screen.click("Cart")
    screen.assert_shows(
        children="in the shop: cart More Cart",
        children__children="shop of /d/shop/",
        children__cart="cart of /d/shop/cart/",
        **rest,
    )
    screen.assert_sent("soft GET /d/shop/cart/")


def test_a_deferred_slot_still_arrives_after_a_navigation_elsewhere(
    screen: Screen, slow: Slow, gates: Gates
) -> None:
    """S13, S43: the navigation keeps the slot, so it arrives, and Back finds it on screen."""
    slow("/d/", "side /d/")
    screen.click("/d/other/")
    other = HOME | {"children": "other of /d/other/"}
    screen.assert_shows(**other | {"side": "wait"})
    gates.open("side /d/")
    screen.assert_shows(**other)
    screen.assert_at("/d/other/")
    screen.assert_sent("soft GET /d/other/")
    screen.back()
    screen.assert_shows(**HOME)
    screen.assert_sent()
    screen.forward()
    screen.assert_shows(**other)
    screen.assert_sent()


def test_a_deferred_slot_does_not_hold_up_a_navigation_to_its_url(
    screen: Screen, slow: Slow, gates: Gates
) -> None:
    """S43: browsers queue requests for the same URL because of their cache. Each slot arrives by itself."""
    slow("/d/", "side /d/", "tabs /d/")
    screen.click("/d/other/")
    screen.assert_shows(
        children="other of /d/other/", side="wait", tabs="tab", tabs__children="wait"
    )
    screen.click("/d/")
    screen.assert_shows(children="home of /d/", side="wait", tabs="tab", tabs__children="wait")
    gates.open("tabs /d/")
    screen.assert_shows(**HOME | {"side": "wait"})
    gates.open("side /d/")
    screen.assert_shows(**HOME)


def test_a_late_answer_for_a_slot_that_has_changed_is_dropped(
    screen: Screen, slow: Slow, gates: Gates
) -> None:
    """B21: the newer navigation wins; Back requests a slot that had not arrived."""
    slow("/d/", "side /d/")
    screen.click("/d/side/1/")
    changed = HOME | {"side": "side of /d/side/1/"}
    screen.assert_shows(**changed)
    gates.open("side /d/")
    screen.settle()
    screen.assert_shows(**changed)
    screen.back()
    screen.assert_shows(**HOME)
    screen.assert_sent("soft GET /d/")


def test_slots_of_a_layout_that_a_navigation_brings_are_deferred(
    screen: Screen, gates: Gates
) -> None:
    """S14, S43: as on a hard load; leaving the layout ends their requests."""
    screen.hard("/d/")
    gates.close("cart /d/shop/")
    screen.click("/d/shop/")
    gates.expect_arrival("cart /d/shop/")
    shop = {"children": "in the shop: More Cart", "children__children": "shop of /d/shop/"}
    rest = {name: text for name, text in HOME.items() if name != "children"}
    screen.assert_shows(**rest, **shop, children__cart="wait")
    screen.assert_at("/d/shop/")
    screen.back()
    screen.assert_shows(**HOME)
    gates.open("cart /d/shop/")
    screen.settle()
    screen.assert_shows(**HOME)
    screen.forward()
    screen.assert_shows(**rest, **shop, children__cart="cart of /d/shop/")


def test_a_reload_restores_the_slots_of_its_entry_and_requests_the_rest(
    screen: Screen, gates: Gates
) -> None:
    """B34, S43: in the middle of a history."""
    screen.hard("/d/")
    screen.click("/d/side/1/")
    one = HOME | {"side": "side of /d/side/1/"}
    screen.assert_shows(**one)
    screen.click("/d/other/")
    screen.assert_shows(**one | {"children": "other of /d/other/"})
    gates.close("tabs /d/side/1/")
    screen.hard("/plain/")
    screen.back()
    screen.assert_shows(**one | {"children": "other of /d/other/"})
    screen.back()
    screen.assert_shows(**one)


def test_memory_keeps_no_layout_with_a_slot_that_has_not_arrived(
    screen: Screen, gates: Gates
) -> None:
    """S43, B34: Back requests the layout again."""
    screen.hard("/d/")
    screen.click("/d/other/")
    screen.assert_shows(**HOME | {"children": "other of /d/other/"})
    gates.close("cart /d/shop/")
    screen.click("/d/shop/")
    gates.expect_arrival("cart /d/shop/")
    screen.assert_at("/d/shop/")
    screen.click("/d/other/")
    screen.assert_shows(**HOME | {"children": "other of /d/other/"})
    gates.open("cart /d/shop/")
    screen.back()
    screen.assert_shows(
        **HOME
        | {
            "children": "in the shop: More Cart",
            "children__children": "shop of /d/shop/",
            "children__cart": "cart of /d/shop/",
        }
    )
    screen.assert_sent("soft GET /d/shop/")
