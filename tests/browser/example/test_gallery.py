"""The gallery: photos open over the wall, and people over photos."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.example.site import (
    FARID,
    PHOTO,
    assert_dialogs,
    dialogs,
    stamp,
    stop_prefetching,
)
from tests.browser.harness import Screen
from tests.browser.test_devices import swipe

pytestmark = [pytest.mark.chromium, pytest.mark.in_turn]


def test_swiping_a_photo_leads_to_the_next(open_example: Callable[..., Screen]) -> None:
    """In the lightbox, and on the photo's own page."""
    screen = open_example(viewport={"width": 390, "height": 700}, has_touch=True)
    screen.hard("/gallery/")
    screen.page.locator(PHOTO.removeprefix("css=")).tap()
    screen.assert_at("/gallery/photos/8/")
    screen.settle()
    [heading] = dialogs(screen)
    session = screen.page.context.new_cdp_session(screen.page)

    def over(place: str) -> tuple[int, int]:
        screen.page.locator(place).scroll_into_view_if_needed()
        box = screen.page.locator(place).bounding_box()
        assert box
        return round(box["x"] + box["width"] / 2), round(box["y"] + box["height"] / 2)

    swipe(session, *over("dialog .stage"), left=150)
    screen.assert_at("/gallery/photos/9/")
    screen.settle()
    assert dialogs(screen) != [heading]
    screen.hard("/gallery/photos/9/")
    swipe(session, *over(".stage"), left=-150)
    screen.assert_at("/gallery/photos/8/")
    assert dialogs(screen) == []


def test_a_photo_opens_over_the_feed_and_next_stays_in_the_dialog(screen: Screen) -> None:
    """S22, S24, S26: the address shows the photo, and the feed is kept as it was."""
    screen.hard("/gallery/")
    screen.type(".stamp input", "half a thought")
    feed = stamp(screen, "feed")
    screen.click(PHOTO)
    assert_dialogs(screen, "The last ferry")
    screen.assert_at("/gallery/photos/8/")
    screen.assert_title("The last ferry · Gallery · Tideline")
    screen.click("css=dialog:modal [rel=next]")
    assert_dialogs(screen, "Perseids")
    screen.assert_at("/gallery/photos/9/")
    screen.press("ArrowRight")
    assert_dialogs(screen, "Groynes")
    screen.assert_at("/gallery/photos/10/")
    assert stamp(screen, "feed") == feed
    assert screen.value(".stamp input") == "half a thought"


@pytest.mark.parametrize("how", ["Escape", "cross", "backdrop"])
def test_closing_the_lightbox_goes_back_to_the_feed(screen: Screen, how: str) -> None:
    """B35: however the user closes it; closing leaves no history entry."""
    screen.hard("/")
    screen.click("Gallery")
    screen.click(PHOTO)
    assert_dialogs(screen, "The last ferry")
    if how == "Escape":
        screen.press("Escape")
    elif how == "cross":
        screen.click("Close")
    else:
        screen.click_at(4, 300)
    assert_dialogs(screen)
    screen.assert_at("/gallery/")
    screen.assert_title("Gallery · Tideline")
    assert screen.evaluate("document.activeElement.getAttribute('href')") == "/gallery/photos/8/"
    screen.back()
    screen.assert_at("/")


def test_forward_opens_the_lightbox_again_without_a_request(screen: Screen) -> None:
    """S33, B34: its stamp says that it is the one from before."""
    screen.hard("/gallery/")
    stop_prefetching(screen)
    screen.click(PHOTO)
    assert_dialogs(screen, "The last ferry")
    lightbox = stamp(screen, "lightbox")
    screen.back()
    assert_dialogs(screen)
    screen.forward()
    assert_dialogs(screen, "The last ferry")
    screen.assert_sent()
    assert stamp(screen, "lightbox") == lightbox


def test_a_reload_shows_the_photo_s_own_page(screen: Screen) -> None:
    """S11, S26: from its top, wherever the feed was scrolled to. Back from there leads to the feed."""
    screen.hard("/gallery/")
    screen.page.locator(PHOTO.removeprefix("css=")).scroll_into_view_if_needed()
    screen.click(PHOTO)
    assert_dialogs(screen, "The last ferry")
    assert screen.evaluate("scrollY") > 100
    screen.reload()
    assert_dialogs(screen)
    screen.assert_at("/gallery/photos/8/")
    screen.assert_says("This is the photo’s own page", "main")
    screen.page.wait_for_load_state()
    screen.assert_eventually(
        lambda: screen.evaluate("[scrollY, history.scrollRestoration]"),
        lambda seen: seen == [0, "auto"],
        "the page is shown from its top",
    )
    screen.back()
    screen.assert_says("Photos from the team’s holidays", "main")


def test_the_authors_card_opens_above_the_photo(screen: Screen) -> None:
    """B32: each level has a URL, Back closes one level, and a photo of the card opens one more."""
    screen.hard("/gallery/")
    screen.click(PHOTO)
    assert_dialogs(screen, "The last ferry")
    screen.click(FARID)
    assert_dialogs(screen, "The last ferry", "Farid Haddad")
    screen.assert_at("/gallery/people/farid-haddad/")
    screen.click('css=dialog:modal .strip a[href="/gallery/photos/11/"]')
    assert_dialogs(screen, "The last ferry", "Blue hour")
    screen.click("css=dialog:modal .byline a >> nth=-1")
    assert_dialogs(screen, "The last ferry", "Blue hour", "Farid Haddad")
    for left in (
        ["The last ferry", "Blue hour"],
        ["The last ferry", "Farid Haddad"],
        ["The last ferry"],
        [],
    ):
        screen.back()
        assert_dialogs(screen, *left)
    screen.assert_at("/gallery/")


def test_a_hard_load_of_a_card_shows_it_over_the_gallery(screen: Screen) -> None:
    """B31: the gallery is its declared background, and closing leads to it."""
    screen.hard("/gallery/people/farid-haddad/")
    assert_dialogs(screen, "Farid Haddad")
    screen.assert_says("Photos from the team’s holidays", "main")
    screen.press("Escape")
    assert_dialogs(screen)
    screen.assert_at("/gallery/")


def test_a_photo_of_an_album_slides_in_from_the_side(screen: Screen) -> None:
    """S22: the album intercepts the same route with another view, and Next stays in the album."""
    screen.hard("/gallery/farid-haddad/")
    screen.click(PHOTO)
    assert_dialogs(screen, "The last ferry")
    screen.assert_says("Next and Previous lead through the photos of Farid Haddad only", "dialog")
    screen.click("css=dialog:modal [rel=next]")
    assert_dialogs(screen, "Blue hour")
    screen.assert_at("/gallery/photos/11/")
    screen.click(FARID)
    assert_dialogs(screen, "Blue hour", "Farid Haddad")
    screen.press("Escape")
    assert_dialogs(screen, "Blue hour")
    screen.press("Escape")
    assert_dialogs(screen)
    screen.assert_at("/gallery/farid-haddad/")


def test_a_link_can_open_the_page_instead_of_the_lightbox(screen: Screen) -> None:
    """B19: with ``data-pr-intercept="false"``."""
    screen.hard("/gallery/")
    screen.click(PHOTO)
    assert_dialogs(screen, "The last ferry")
    screen.click("Open as a page")
    assert_dialogs(screen)
    screen.assert_says("This is the photo’s own page", "main")
