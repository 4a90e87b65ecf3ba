"""Routes that open in a slot: the seed's cases, levels, closing, memory, backgrounds."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from pytest_django.fixtures import Settings

from tests.browser.harness import Screen
from tests.support.gates import Gates

MODAL = "photo {} one two query same beneath"
LINKS = "P1 P2 Q3 O4 M5 M6"

# --- CONFORMANCE 9: a photo over a feed; the target is a plain view ---

photos = pytest.mark.urls("tests.urls.photos")


@photos
def test_a_photo_opens_over_the_page_one_is_on(screen: Screen) -> None:
    """S22, S24, S26, S49: one request; the feed, what was typed and the scroll position stay."""
    screen.hard("/bob/")
    screen.type("#typed", "abc")
    screen.mark()
    screen.click("Photo 1")
    screen.assert_shows(feed="feed of bob", modal=MODAL.format(1))
    screen.assert_at("/photo/1/")
    screen.assert_title("Photo 1 of bob")
    screen.assert_sent("soft GET /photo/1/")
    assert screen.kept("feed")
    assert screen.value("#typed") == "abc"


@photos
def test_a_second_photo_takes_the_place_of_the_first(screen: Screen) -> None:
    """S23: "with a modal open, a second matching link intercepts again and the page beneath stays"."""
    screen.hard("/bob/")
    screen.mark()
    screen.click("Photo 1")
    screen.click("two")
    screen.assert_at("/photo/2/")
    screen.assert_shows(feed="feed of bob", modal=MODAL.format(2))
    assert screen.kept("feed")


@photos
def test_back_closes_and_forward_opens_again(screen: Screen) -> None:
    """S33, B34: in no time, since all that was on screen is in memory."""
    screen.hard("/bob/")
    for link, url in [("Photo 1", "/photo/1/"), ("two", "/photo/2/")]:
        screen.click(link)
        screen.assert_at(url)
    screen.assert_shows(feed="feed of bob", modal=MODAL.format(2))
    screen.mark()
    for number in (1, 0):
        screen.back()
        screen.assert_shows(feed="feed of bob", modal=MODAL.format(1) if number else "")
        screen.assert_sent()
    screen.assert_title("Tests")
    for number in (1, 2):
        screen.forward()
        screen.assert_shows(feed="feed of bob", modal=MODAL.format(number))
        screen.assert_title(f"Photo {number} of bob")
        screen.assert_sent()
    assert screen.kept("feed")
    assert screen.kept("modal")


@photos
def test_reload_gives_the_full_page_and_the_entry_stays_full(screen: Screen) -> None:
    """S26, CONFORMANCE 9: "RELOAD → full page of photo 2; BACK → … ; FWD → full page again"."""
    screen.hard("/bob/")
    for link, url in [("Photo 1", "/photo/1/"), ("two", "/photo/2/")]:
        screen.click(link)
        screen.assert_at(url)
    screen.reload()
    screen.assert_says("page of photo 2 Bob")
    assert screen.slots() == {}
    screen.back()
    screen.assert_shows(feed="feed of bob", modal=MODAL.format(1))  # S33, over another document
    screen.assert_at("/photo/1/")
    screen.forward()
    screen.assert_at("/photo/2/")
    screen.assert_says("page of photo 2 Bob")
    screen.hard("/photo/3/")
    screen.back()
    screen.assert_says("page of photo 2 Bob")
    screen.back()
    screen.assert_shows(feed="feed of bob", modal=MODAL.format(1))
    screen.back()
    screen.assert_at("/bob/")
    screen.assert_shows(feed="feed of bob")
    screen.click("Photo 1")
    screen.assert_shows(feed="feed of bob", modal=MODAL.format(1))


@photos
def test_a_change_of_the_query_keeps_the_modal_and_the_same_url_does_not(screen: Screen) -> None:
    """S27, CONFORMANCE 11."""
    screen.hard("/bob/")
    screen.click("Photo 1")
    screen.assert_shows(feed="feed of bob", modal=MODAL.format(1))
    screen.click("query")
    screen.assert_at("/photo/1/?x=2")
    screen.assert_shows(feed="feed of bob", modal=MODAL.format(1))
    screen.click("query")
    screen.assert_says("page of photo 1 Bob")
    screen.assert_at("/photo/1/?x=2")
    screen.back()
    screen.assert_shows(feed="feed of bob", modal=MODAL.format(1))
    screen.assert_at("/photo/1/")
    screen.hard("/bob/")
    screen.click("Photo 1")
    screen.click("same")
    screen.assert_says("page of photo 1 Bob")


@photos
def test_a_link_to_the_page_beneath_closes_the_modal(screen: Screen) -> None:
    """B18, B35: the close link is a real one."""
    screen.hard("/bob/")
    screen.click("Photo 1")
    screen.click("beneath")
    screen.assert_at("/bob/")
    screen.assert_shows(feed="feed of bob")
    screen.back()
    screen.assert_shows(feed="feed of bob", modal=MODAL.format(1))


@photos
@pytest.mark.chromium
def test_a_full_page_and_a_modal_of_one_url_are_never_mixed_up(screen: Screen) -> None:
    """S28, B52: by the browser's cache, which knows both."""
    screen.hard("/photo/1/")
    screen.hard("/bob/")
    screen.click("Photo 1")
    screen.assert_shows(feed="feed of bob", modal=MODAL.format(1))
    other = screen.new_tab()
    other.hard("/photo/1/")
    other.assert_says("page of photo 1 Bob")
    screen.hard("/photo/1/")
    screen.assert_says("page of photo 1 Bob")
    screen.back()
    screen.assert_at("/bob/")
    screen.assert_shows(feed="feed of bob")


# --- CONFORMANCE 10, 12 ---


@pytest.mark.urls("tests.urls.cart")
def test_an_interception_touches_one_slot(screen: Screen) -> None:
    """S24, CONFORMANCE 10: "only modal changes, although side's catch-all matches"."""
    screen.hard("/c/")
    screen.assert_shows(children="home", side="side home", modal="modal default")
    screen.mark()
    screen.click("Cart")
    screen.assert_shows(children="home", side="side home", modal="cart modal")
    assert screen.kept("children")
    assert screen.kept("side")
    screen.click("Other")
    screen.assert_shows(children="page other/", side="side other/", modal="modal other/")
    screen.back()
    screen.assert_shows(children="home", side="side home", modal="cart modal")
    screen.close()
    screen.assert_at("/c/")
    screen.assert_shows(children="home", side="side home", modal="modal default")
    screen.hard("/c/cart/")
    screen.assert_shows(children="cart page", side="side cart/", modal="modal cart/")


@pytest.mark.urls("tests.urls.login")
@pytest.mark.parametrize("prefix", ["/l/", "/r/"], ids=["by itself", "by the catch-all recipe"])
def test_a_login_modal(screen: Screen, prefix: str) -> None:
    """CONFORMANCE 12; B18: it closes when one navigates elsewhere."""
    screen.hard(prefix)
    screen.assert_shows(children="home")
    screen.click("Log in")
    screen.assert_shows(children="home", auth="login modal")
    screen.back()
    screen.assert_shows(children="home")
    screen.forward()
    screen.assert_shows(children="home", auth="login modal")
    screen.assert_at(f"{prefix}login/")
    screen.hard(f"{prefix}login/")
    screen.assert_shows(children="login page")
    screen.hard(prefix)
    screen.click("Log in")
    screen.assert_shows(children="home", auth="login modal")
    screen.evaluate(f"parallelRoutes.visit('{prefix}foo/')")
    screen.assert_at(f"{prefix}foo/")
    screen.assert_shows(children="foo")


@pytest.mark.urls("tests.urls.login")
def test_a_link_may_opt_out_of_interception(screen: Screen) -> None:
    """B19: "it may opt out of interception", as a soft navigation; and so may a script."""
    screen.hard("/l/")
    screen.click("Log in on a page")
    screen.assert_shows(children="login page")
    screen.assert_sent("soft GET /l/login/")
    screen.back()
    screen.assert_shows(children="home")
    screen.evaluate("parallelRoutes.visit('/l/login/', {intercept: false})")
    screen.assert_shows(children="login page")


# --- Levels: tests.urls.levels ---

levels = pytest.mark.urls("tests.urls.levels")


def follow(screen: Screen, slot: str, href: str) -> None:
    """Click the link of a card that stands in a slot itself."""
    address = slot.replace(".", "-")
    screen.click(f'css=#slot-{address} > a[href="{href}"]')


def card(name: str) -> str:
    return f"{name} {LINKS}"


HOME = {"children": card("feed 0"), "side": card("side default 0")}


def opened(*cards: str) -> dict[str, str]:
    """What the levels of the modal slot show, the lowest first."""
    shown = {}
    for depth, name in enumerate(cards):
        level = "modal" + ".modal" * depth
        shown |= {level: "close", f"{level}.children": card(name)}
    return shown


def assert_cards(screen: Screen, *cards: str, **others: str) -> None:
    screen.assert_shows(**{**HOME, **others, **opened(*cards)})


def open_three(screen: Screen) -> None:
    screen.hard("/v/")
    assert_cards(screen)
    follow(screen, "children", "/v/photo/1/")
    assert_cards(screen, "photo 1")
    follow(screen, "modal.children", "/v/member/5/")
    assert_cards(screen, "photo 1", "member 5")
    follow(screen, "modal.modal.children", "/v/member/6/")
    assert_cards(screen, "photo 1", "member 5", "member 6")
    screen.assert_at("/v/member/6/")
    screen.assert_title("member 6")


@levels
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


@levels
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


@levels
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


@levels
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


@levels
def test_closing_a_lower_level_closes_all_above_it(screen: Screen) -> None:
    """B35."""
    open_three(screen)
    screen.close("#slot-modal-children")
    screen.assert_at("/v/")
    assert_cards(screen)
    screen.assert_sent()


@levels
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


@levels
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


@levels
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


@levels
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


@levels
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


@levels
def test_what_was_opened_last_gives_the_title(screen: Screen) -> None:
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


@levels
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


@levels
def test_ten_steps_there_and_ten_back(screen: Screen) -> None:
    """Issue 3: "ten navigations and ten Backs: screen and URL always agree"."""
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


@levels
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


# --- B31: backgrounds ---


@levels
def test_a_direct_visitor_sees_the_modal_over_its_background(screen: Screen) -> None:
    """B31, B35: "Direct visitors are not thrown off the site"; closing adds no entry."""
    screen.hard("/other/4/")
    screen.hard("/v/photo/1/")
    assert_cards(screen, "photo 1")
    screen.assert_title("photo 1")
    entries = screen.evaluate("history.length")
    screen.mark()
    screen.close()
    screen.assert_at("/v/")
    assert_cards(screen)
    screen.assert_title("feed 0")
    screen.assert_sent()
    assert screen.kept("children")
    assert screen.evaluate("history.length") == entries
    screen.back()
    screen.assert_at("/other/4/")


@levels
def test_backgrounds_lie_over_backgrounds(screen: Screen) -> None:
    """B31: "to any depth of stacking": each closes to the one beneath."""
    screen.hard("/v/member/9/")
    assert_cards(screen, "photo 1", "member 7", "member 8", "member 9")
    screen.assert_title("member 9")
    for url, cards in [
        ("/v/member/8/", ["photo 1", "member 7", "member 8"]),
        ("/v/member/7/", ["photo 1", "member 7"]),
        ("/v/photo/1/", ["photo 1"]),
        ("/v/", []),
    ]:
        screen.close()
        screen.assert_at(url)
        assert_cards(screen, *cards)
    follow(screen, "children", "/v/photo/2/")
    assert_cards(screen, "photo 2")
    screen.back()
    assert_cards(screen)


@levels
def test_leafing_over_a_background(screen: Screen) -> None:
    """B31, B35: the entry beneath is a modal's, so closing stays in this entry."""
    screen.hard("/v/photo/1/")
    follow(screen, "modal.children", "/v/photo/2/")
    assert_cards(screen, "photo 2")
    screen.close()
    screen.assert_at("/v/")
    assert_cards(screen)
    screen.back()
    screen.assert_at("/v/photo/1/")
    assert_cards(screen, "photo 1")
    screen.forward()
    screen.assert_at("/v/")
    assert_cards(screen)


# --- B34: memory ---


@levels
def test_what_comes_back_has_its_inputs_its_scroll_and_its_focus(screen: Screen) -> None:
    """B34: "its inputs, scroll and media position as they were"; bounded, see below."""
    screen.hard("/v/long/")
    screen.type("#slot-children input", "half-typed")
    screen.mark()
    screen.evaluate("document.querySelector('#slot-children input').setSelectionRange(2, 4)")
    screen.click("Feed")
    assert_cards(screen)
    screen.back()
    screen.assert_at("/v/long/")
    assert screen.value("#slot-children input") == "half-typed"
    assert screen.kept("children")
    assert screen.focused() in {"note", "Feed"}


@levels
@pytest.mark.in_turn
@pytest.mark.parametrize("how", ["forget", "event", "form", "attribute", "poll"])
def test_memory_is_dropped_after_a_mutation_or_when_told(screen: Screen, how: str) -> None:
    """B34: "dropped after a mutation or when told"; what polls is better rendered again."""
    screen.hard("/v/")
    note = "#slot-children input"
    screen.type(note, "old")
    change = {
        "forget": "parallelRoutes.forget()",
        "event": "document.body.dispatchEvent(new CustomEvent('parallel-routes:forget', {bubbles: true}))",
        "form": "htmx.ajax('POST', '/v/nowhere/', {source: 'nav', target: 'nav', swap: 'none'})",
        "attribute": "document.querySelector('#slot-children p').dataset.prMemory = 'false'",
        "poll": "document.querySelector('#slot-children p').setAttribute('hx-trigger', 'every 1h')",
    }[how]
    if how in {"attribute", "poll"}:
        screen.evaluate(change)
    screen.evaluate("parallelRoutes.visit('/v/long/', {intercept: false})")
    screen.assert_at("/v/long/")
    screen.settle()
    if how == "form":
        screen.tolerate_noise("40[34]", "responseError", "Response Status")
    if how not in {"attribute", "poll"}:
        screen.evaluate(f"() => {{ {change} }}")
        screen.settle()
    screen.back()
    assert_cards(screen)
    assert screen.value(note) == ""
    screen.assert_sent("soft GET /v/")


@levels
def test_memory_is_bounded(screen: Screen) -> None:
    """B34: "bounded, by count and size": the oldest is asked for again."""
    screen.hard("/v/")
    for number in range(40):
        screen.evaluate(f"parallelRoutes.visit('/v/photo/{number}/', {{intercept: false}})")
        screen.assert_at(f"/v/photo/{number}/")
    screen.go(-1)
    screen.assert_shows(children=card("photo page 38"), side=HOME["side"])
    screen.assert_sent()
    screen.go(-39)
    assert_cards(screen)
    screen.assert_sent("soft GET /v/")


@levels
def test_back_after_the_session_has_ended_is_the_answer_of_the_server(
    screen: Screen, settings: Settings, gates: Gates
) -> None:
    """Issue 3: "Back after the session ended": what is asked for again is asked as a whole document."""
    screen.hard("/v/")
    follow(screen, "children", "/v/photo/1/")
    assert_cards(screen, "photo 1")
    screen.forget()
    screen.back()
    assert_cards(screen)
    screen.tolerate_noise("40[34]", "responseError", "Response Status")
    settings.ROOT_URLCONF = "tests.urls.photos"  # it refuses all that was there
    screen.forward()
    screen.assert_says("Not Found")
    screen.assert_at("/v/photo/1/")


# --- races ---

STORM = """(steps) => {
    window.isStormy = true;
    steps.forEach((step, index) => setTimeout(() => history.go(step), 15 * index));
    setTimeout(() => { window.isStormy = false; }, 15 * steps.length + 300);
}"""


@levels
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
    }[screen.url]
    assert_cards(screen, *cards)


@levels
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


# --- B51: titles are announced; view transitions ---


@levels
def test_a_changed_title_is_announced(screen: Screen) -> None:
    """B51: "a changed title is announced to screen readers"."""
    screen.hard("/v/")
    assert screen.text("[role=status]") == ""  # a region that is watched already
    follow(screen, "children", "/v/photo/1/")
    assert_cards(screen, "photo 1")
    screen.assert_title("photo 1")
    assert screen.count('dialog:modal[aria-label="photo 1"]') == 1  # read as the focus goes there
    assert screen.text("[role=status]") == ""
    screen.back()
    screen.assert_title("feed 0")
    assert screen.text("[role=status]") == "feed 0"


TRANSITIONS = """() => {
    window.transitions = [];
    const start = document.startViewTransition.bind(document);
    document.startViewTransition = (change) => {
        const before = document.querySelector("#slot-modal").dataset.prVariant;
        return start(async () => {
            await change();
            const after = document.querySelector("#slot-modal").dataset.prVariant;
            window.transitions.push(`${before} ${after} ${location.pathname}`);
        });
    };
    document.documentElement.dataset.prViewTransitions = "";
}"""

SWIPE = """(isSwiped) => Object.defineProperty(
    PopStateEvent.prototype, "hasUAVisualTransition", { configurable: true, get: () => isSwiped },
)"""


@levels
@pytest.mark.chromium
def test_view_transitions_by_opt_in(screen: Screen) -> None:
    """B51: "view transitions by opt-in; reduced motion is respected"."""
    page: Page = screen.page
    page.emulate_media(reduced_motion="no-preference")
    screen.hard("/v/")
    screen.evaluate(TRANSITIONS)
    follow(screen, "children", "/v/photo/1/")
    assert_cards(screen, "photo 1")
    screen.back()
    assert_cards(screen)
    screen.forget()
    screen.forward()
    assert_cards(screen, "photo 1")
    seen = screen.evaluate("window.transitions")
    assert seen[:2] == ["empty layout /v/photo/1/", "layout empty /v/"]
    assert seen[-1] == "empty layout /v/photo/1/"
    screen.evaluate(SWIPE, True)
    screen.evaluate("window.transitions = []")
    screen.back()  # which Safari has shown while the user swiped
    assert_cards(screen)
    assert screen.evaluate("window.transitions") == []
    screen.evaluate(SWIPE, False)
    screen.forward()
    assert_cards(screen, "photo 1")
    page.emulate_media(reduced_motion="reduce")
    screen.evaluate("window.transitions = []")
    screen.back()
    assert_cards(screen)
    assert screen.evaluate("window.transitions") == []


@levels
def test_a_slot_that_came_back_by_a_request_does_not_differ(screen: Screen) -> None:
    """S33: "slots that don't differ are kept", whatever URL of the segment has printed them."""
    screen.hard("/v/long/")
    screen.click("Feed")
    assert_cards(screen)
    screen.reload()
    screen.back()
    screen.assert_at("/v/long/")
    screen.mark()
    follow(screen, "children", "/v/photo/2/")
    screen.assert_title("photo 2")
    screen.back()
    screen.assert_at("/v/long/")
    screen.assert_title("long 0")
    screen.assert_sent()
    assert screen.kept("children")


@levels
def test_a_link_works_from_the_moment_it_is_there(screen: Screen) -> None:
    """B21: by a key that is held down, say: htmx 2 would process new content 20 ms later."""
    screen.hard("/v/")
    screen.evaluate(
        """() => addEventListener("parallel-routes:enter", () => setTimeout(() =>
            document.querySelector('#slot-modal-children a[href="/v/photo/2/"]').click()), {once: true})"""
    )
    follow(screen, "children", "/v/photo/1/")
    assert_cards(screen, "photo 2")
    screen.assert_sent("soft GET /v/photo/1/", "soft GET /v/photo/2/")


@levels
def test_the_focus_goes_to_the_successor_with_its_id(screen: Screen) -> None:
    """B51: as in htmx itself, though what it stood in is kept in memory."""
    screen.hard("/v/")
    screen.evaluate("document.querySelector('#slot-children input').id = 'kind-of-note'")
    screen.evaluate("document.querySelector('#kind-of-note').focus()")
    screen.evaluate(
        """() => document.addEventListener("htmx:beforeSwap", ({ detail }) => {
            detail.serverResponse = detail.serverResponse.replace("<input", '<input id="kind-of-note"');
        })"""
    )
    screen.evaluate(
        """() => document.addEventListener("htmx:before:swap", ({ detail: { tasks } }) => {
            for (const { fragment } of tasks)
                fragment.querySelector?.("input")?.setAttribute("id", "kind-of-note");
        })"""
    )
    screen.evaluate("parallelRoutes.visit('/v/long/', {intercept: false})")
    screen.assert_at("/v/long/")
    screen.assert_title("long 0")
    assert screen.focused() == "#kind-of-note"


# A second of silence, as a WAV file.
SOUND = """async () => {
    const samples = 8000, view = new DataView(new ArrayBuffer(44 + samples));
    const text = (at, word) => [...word].forEach((c, i) => view.setUint8(at + i, c.charCodeAt()));
    text(0, "RIFF"), view.setUint32(4, 36 + samples, true), text(8, "WAVEfmt ");
    view.setUint32(16, 16, true), view.setUint16(20, 1, true), view.setUint16(22, 1, true);
    view.setUint32(24, samples, true), view.setUint32(28, samples, true);
    view.setUint16(32, 1, true), view.setUint16(34, 8, true), text(36, "data");
    view.setUint32(40, samples, true);
    for (let at = 44; at < 44 + samples; at += 1) view.setUint8(at, 128);
    const audio = Object.assign(new Audio(URL.createObjectURL(new Blob([view]))), { loop: true });
    document.querySelector("#slot-children p").append(audio);
    audio.muted = true;
    audio.currentTime = 0.5;
    await audio.play();
}"""


@levels
@pytest.mark.chromium
def test_what_was_playing_plays_on(screen: Screen) -> None:
    """B34: "its inputs, scroll and media position as they were"; what was paused stays so."""
    screen.hard("/v/")
    screen.evaluate(SOUND)
    screen.evaluate("parallelRoutes.visit('/v/long/', {intercept: false})")
    screen.assert_at("/v/long/")
    screen.back()
    screen.assert_at("/v/")
    player = "document.querySelector('#slot-children audio')"
    screen.assert_eventually(
        lambda: screen.evaluate(f"{player}.paused"), lambda is_paused: not is_paused, "it plays"
    )
    assert screen.evaluate(f"{player}.currentTime") > 0
    screen.evaluate(f"{player}.pause()")
    screen.evaluate("parallelRoutes.visit('/v/long/', {intercept: false})")
    screen.assert_at("/v/long/")
    screen.back()
    screen.assert_at("/v/")
    screen.settle()
    assert screen.evaluate(f"{player}.paused")
