"""Routes that open in a slot: the seed's cases, and links that opt out."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen

MODAL = "photo {} one two query same beneath"

# --- A photo over a feed; the target is a plain view ---

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
    """S26: a reload shows the full page, and so does Forward after Back."""
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
    """S27: it shows the full page."""
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


# --- Modals beside other slots ---


@pytest.mark.urls("tests.urls.cart")
def test_an_interception_touches_one_slot(screen: Screen) -> None:
    """S24: only the modal changes, although the catch-all of another slot matches."""
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
def test_a_login_modal_closes_when_the_user_navigates_elsewhere(
    screen: Screen, prefix: str
) -> None:
    """B18: without a catch-all route."""
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
