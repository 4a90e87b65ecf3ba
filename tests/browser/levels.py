"""What the tests of ``tests.urls.levels`` share: its cards, and the levels of modals above them."""

from __future__ import annotations

from tests.browser.harness import Screen

LINKS = "P1 P2 Q3 O4 M5 M6"


def follow(screen: Screen, slot: str, href: str) -> None:
    """Click the link of a card in a slot, but not in a slot inside it."""
    address = slot.replace(".", "-")
    screen.click(f'css=#slot-{address} > a[href="{href}"]')


def card(name: str) -> str:
    return f"{name} {LINKS}"


HOME = {"children": card("feed 0"), "side": card("side default 0")}


def opened(*cards: str) -> dict[str, str]:
    """Return what the levels of the modal slot show, the lowest first."""
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
