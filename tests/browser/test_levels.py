"""Stacked modals: opening and closing levels, going elsewhere, many clicks (B32, B35, S23)."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen
from tests.browser.levels import HOME, assert_cards, card, follow, open_three, opened
from tests.support.gates import Gates

pytestmark = pytest.mark.urls("tests.urls.levels")


def test_modals_stack_and_back_closes_one_level(screen: Screen) -> None:
    """B32: "each level has a URL; Back closes one level"."""
    open_three(screen)
    top = "#slot-modal-modal-modal-children input"
    screen.type(top, "kept")
    screen.back()
    screen.assert_at("/v/member/5/")
    assert_cards(screen, "photo 1", "member 5")
    screen.back()
    screen.assert_at("/v/photo/1/")
    assert_cards(screen, "photo 1")
    screen.forward()
    screen.forward()
    assert_cards(screen, "photo 1", "member 5", "member 6")
    screen.assert_sent()
    assert screen.value(top) == "kept"


def test_closing_a_level_leads_to_the_one_beneath_and_leaves_no_entry(screen: Screen) -> None:
    """B35: "it goes Back if the entry beneath is ours … it leaves no extra entry"."""
    open_three(screen)
    entries = screen.evaluate("history.length")
    for url, cards in [
        ("/v/member/5/", ["photo 1", "member 5"]),
        ("/v/photo/1/", ["photo 1"]),
        ("/v/", []),
    ]:
        screen.close()
        screen.assert_at(url)
        assert_cards(screen, *cards)
        screen.assert_sent()
    assert screen.evaluate("history.length") == entries
    screen.go(3)
    assert_cards(screen, "photo 1", "member 5", "member 6")


def test_the_focus_stays_in_the_level_beneath_though_its_link_is_gone(screen: Screen) -> None:
    """B51: the slot that held the closed level is outside the dialog that is open, so it is inert."""
    screen.hard("/v/")
    follow(screen, "children", "/v/photo/1/")
    follow(screen, "modal.children", "/v/member/5/")
    assert_cards(screen, "photo 1", "member 5")
    screen.press("Tab")
    screen.evaluate(
        "document.querySelectorAll('#slot-modal-children > a').forEach((link) => link.remove())"
    )
    screen.close()
    screen.assert_at("/v/photo/1/")
    screen.settle()
    assert screen.focused() == "#slot-modal-children"
    assert screen.count("[data-pr-slot][tabindex]") == 1


def test_closing_skips_what_one_has_leafed_through(screen: Screen) -> None:
    """B35: from the third photo, closing leads to the page beneath, and not to the second."""
    screen.hard("/v/")
    for slot, href, name in [
        ("children", "/v/photo/1/", "photo 1"),
        ("modal.children", "/v/photo/2/", "photo 2"),
        ("modal.children", "/plain/3/", "plain 3"),
        ("modal.children", "/other/4/", "other 4"),
    ]:
        follow(screen, slot, href)
        assert_cards(screen, name)
    screen.mark()
    screen.close()
    screen.assert_at("/v/")
    assert_cards(screen)
    screen.assert_sent()
    screen.forward()
    assert_cards(screen, "photo 1")


def test_closing_undoes_nothing_else(screen: Screen) -> None:
    """B35: another slot has changed since, so going Back would lose that: it closes in its entry."""
    screen.hard("/v/")
    follow(screen, "children", "/v/photo/1/")
    assert_cards(screen, "photo 1")
    screen.evaluate("parallelRoutes.visit('/v/side/', {slot: 'side'})")
    screen.assert_shows(**{**HOME, "side": card("side 0"), **opened("photo 1")})
    screen.close()
    screen.assert_at("/v/side/")
    screen.assert_shows(children=HOME["children"], side=card("side 0"))
    screen.back()
    screen.assert_at("/v/photo/1/")
    assert_cards(screen, "photo 1")


def test_closing_a_lower_level_closes_all_above_it(screen: Screen) -> None:
    """B35."""
    open_three(screen)
    screen.close("#slot-modal-children")
    screen.assert_at("/v/")
    assert_cards(screen)
    screen.assert_sent()


def test_a_level_is_replaced_within_it(screen: Screen) -> None:
    """S23 at each level: "opens here" from a level above leaves those beneath."""
    open_three(screen)
    screen.mark()
    follow(screen, "modal.modal.modal.children", "/v/photo/2/")
    assert_cards(screen, "photo 1", "member 5", "photo 2")
    assert screen.kept("modal.children")
    assert screen.kept("modal.modal.children")
    screen.back()
    assert_cards(screen, "photo 1", "member 5", "member 6")


def test_a_frame_stays_while_one_leafs_through_what_is_in_it(screen: Screen) -> None:
    """B9, S15: the dialog is the layout of its slot."""
    screen.hard("/v/")
    follow(screen, "children", "/v/photo/1/")
    assert_cards(screen, "photo 1")
    screen.mark()
    follow(screen, "modal.children", "/v/photo/2/")
    assert_cards(screen, "photo 2")
    assert screen.kept("modal")
    assert not screen.kept("modal.children")
    screen.back()
    assert_cards(screen, "photo 1")
    assert screen.kept("modal")
    assert screen.kept("modal.children")  # from memory


def test_going_elsewhere_closes_all_levels(screen: Screen) -> None:
    """B18."""
    open_three(screen)
    screen.evaluate("parallelRoutes.visit('/v/side/')")
    screen.assert_at("/v/side/")
    screen.assert_shows(children=HOME["children"], side=card("side 0"))
    screen.back()
    assert_cards(screen, "photo 1", "member 5", "member 6")
    screen.evaluate("parallelRoutes.visit('/v/')")
    screen.assert_at("/v/")
    assert_cards(screen)


def test_a_reload_on_a_page_without_slots_breaks_nothing_before_it(screen: Screen) -> None:
    """B34, S33: the entries before it are of the same document, says the browser; still they come back."""
    screen.hard("/v/")
    screen.click("Side")
    side = {"children": HOME["children"], "side": card("side 0")}
    screen.assert_shows(**side)
    follow(screen, "children", "/plain/3/")
    screen.assert_shows(**side, **opened("plain 3"))
    screen.reload()
    screen.assert_says("page of photo 3 Bob")
    screen.back()
    screen.assert_at("/v/side/")
    screen.assert_shows(**side)
    screen.reload()  # is one like any other
    screen.assert_shows(children=card("default 0"), side=card("side 0"))
    screen.back()
    assert_cards(screen)
    screen.go(2)
    screen.assert_says("page of photo 3 Bob")
    screen.assert_at("/plain/3/")


def test_a_modal_that_was_reloaded_over_its_background_still_closes_by_going_back(
    screen: Screen,
) -> None:
    """B35: "it goes Back if the entry beneath is ours"."""
    screen.hard("/v/")
    follow(screen, "children", "/v/photo/1/")
    assert_cards(screen, "photo 1")
    screen.reload()
    assert_cards(screen, "photo 1")
    screen.close()
    screen.assert_at("/v/")
    assert_cards(screen)
    screen.forward()
    screen.assert_at("/v/photo/1/")
    assert_cards(screen, "photo 1")


def test_the_level_that_was_opened_last_gives_the_title(screen: Screen) -> None:
    """S49: of two slots that intercept, that whose URL is in the address bar."""
    screen.hard("/v/")
    screen.click("Long")
    screen.assert_title("drawer 0")
    follow(screen, "drawer.children", "/v/photo/1/")
    screen.assert_shows(
        **HOME, **opened("photo 1"), drawer="close", drawer__children=card("drawer 0")
    )
    screen.assert_title("photo 1")
    screen.close()
    screen.assert_at("/v/long/")
    screen.assert_title("drawer 0")
    screen.close()
    screen.assert_at("/v/")
    assert_cards(screen)


def test_a_narrower_origin_decides_between_slots(screen: Screen) -> None:
    """S22: the drawer opens from the feed alone."""
    screen.hard("/v/")
    screen.click("Long")
    screen.assert_shows(**HOME, drawer="close", drawer__children=card("drawer 0"))
    screen.back()
    assert_cards(screen)
    screen.hard("/v/photo/1/")  # its background is the feed
    screen.close()
    assert_cards(screen)
    screen.click("Long")
    screen.assert_shows(**HOME, drawer="close", drawer__children=card("drawer 0"))
    screen.hard("/v/long/")
    screen.click("Long")
    screen.assert_shows(children=card("long 0") + " tall", side=HOME["side"])


def test_after_ten_steps_and_ten_backs_the_screen_fits_the_url(screen: Screen) -> None:
    """S33: after each single step."""
    steps = [
        ("children", "/v/photo/1/", ["photo 1"]),
        ("modal.children", "/v/photo/2/", ["photo 2"]),
        ("modal.children", "/v/member/5/", ["photo 2", "member 5"]),
        ("modal.modal.children", "/plain/3/", ["photo 2", "plain 3"]),
        ("modal.modal.children", "/v/member/6/", ["photo 2", "plain 3", "member 6"]),
        ("modal.modal.modal.children", "/v/photo/1/", ["photo 2", "plain 3", "photo 1"]),
        (
            "modal.modal.modal.children",
            "/v/member/5/",
            ["photo 2", "plain 3", "photo 1", "member 5"],
        ),
        ("", "/v/", []),
        ("children", "/other/4/", ["other 4"]),
        ("modal.children", "/v/photo/1/", ["photo 1"]),
    ]
    screen.hard("/v/")
    assert_cards(screen)
    for slot, href, cards in steps:
        if slot:
            follow(screen, slot, href)
        else:
            screen.evaluate(f"parallelRoutes.visit('{href}')")
        screen.assert_at(href)
        assert_cards(screen, *cards)
    walked: list[tuple[str, list[str]]] = [
        ("/v/", []),
        *[(href, cards) for _, href, cards in steps],
    ]
    for url, cards in reversed(walked[:-1]):
        screen.back()
        screen.assert_at(url)
        assert_cards(screen, *cards)
    for url, cards in walked[1:]:
        screen.forward()
        screen.assert_at(url)
        assert_cards(screen, *cards)
    screen.forget()
    screen.go(-10)
    assert_cards(screen)
    screen.go(7)
    assert_cards(screen, *walked[7][1])
    screen.assert_sent("soft GET /v/member/5/")


def test_a_reload_in_the_middle_breaks_nothing_that_follows(screen: Screen) -> None:
    """B34, S26: the reloaded entry is full from then on; those around it are as they were."""
    open_three(screen)
    screen.back()
    screen.assert_at("/v/member/5/")
    screen.reload()
    # Its own page, over its declared background.
    assert_cards(screen, "photo 1", "member 5")
    screen.back()
    screen.assert_at("/v/photo/1/")
    assert_cards(screen, "photo 1")
    screen.back()
    assert_cards(screen)
    screen.go(3)
    screen.assert_at("/v/member/6/")
    assert_cards(screen, "photo 1", "member 5", "member 6")


# --- races ---

STORM = """(steps) => {
    window.isStormy = true;
    steps.forEach((step, index) => setTimeout(() => history.go(step), 15 * index));
    setTimeout(() => { window.isStormy = false; }, 15 * steps.length + 300);
}"""


@pytest.mark.in_turn
@pytest.mark.parametrize("remembers", [True, False], ids=["from memory", "by requests"])
@pytest.mark.parametrize(
    "steps", [[-1, -1], [-3, 3, -2], [-1, -1, -1, 1, 1], [-1, -1, 1, -1, 1]], ids=str
)
def test_url_and_screen_agree_after_a_storm_among_levels(
    screen: Screen, steps: list[int], remembers: bool
) -> None:
    """B21, S33: "Back twice quickly" and worse."""
    open_three(screen)
    if not remembers:
        screen.forget()
    screen.evaluate(STORM, steps)
    screen.assert_eventually(
        lambda: screen.evaluate("window.isStormy"), lambda stormy: not stormy, "the storm is over"
    )
    screen.settle()
    cards = {
        "/v/": [],
        "/v/photo/1/": ["photo 1"],
        "/v/member/5/": ["photo 1", "member 5"],
        "/v/member/6/": ["photo 1", "member 5", "member 6"],
    }
    screen.assert_eventually(
        lambda: (screen.url, {name: text for name, text in screen.slots().items() if text}),
        lambda seen: seen[1] == {**HOME, **opened(*cards[seen[0]])},
        "the screen shows what its URL says",
    )


def test_back_while_a_modal_is_on_its_way_opens_none(screen: Screen, gates: Gates) -> None:
    """B21: "a late answer is dropped"."""
    screen.hard("/v/")
    screen.evaluate("parallelRoutes.visit('/v/side/')")
    screen.assert_at("/v/side/")
    gates.close("/v/photo/1/")
    follow(screen, "children", "/v/photo/1/")
    gates.expect_arrival("/v/photo/1/")
    screen.back()
    screen.assert_at("/v/")
    gates.open("/v/photo/1/")
    screen.settle()
    screen.assert_at("/v/")
    assert_cards(screen)
