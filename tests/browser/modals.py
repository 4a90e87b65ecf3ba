"""What the tests of modals share: opening and closing a modal, and points in it."""

from __future__ import annotations

from tests.browser.harness import Screen

FEED = "/m/"


def opens(screen: Screen, link: str, *labels: str, at: str = FEED) -> None:
    """On the feed or another page, click the link that opens a modal."""
    screen.hard(at)
    screen.click(link)
    screen.assert_modals(*labels)


def assert_closed(screen: Screen, *, at: str = FEED, focus: str = "") -> None:
    """Assert that the modal is closed, and that closing it went back by exactly one entry."""
    screen.assert_modals()
    screen.settle()
    screen.assert_at(at)
    screen.assert_modals()
    if focus:
        assert screen.focused() == focus


def box(screen: Screen, selector: str = "dialog:modal") -> dict[str, float]:
    """Return the box of an element in the viewport, when nothing moves any more."""
    moving = "document.getAnimations().filter(({ playState }) => playState === 'running').length"
    screen.assert_eventually(
        lambda: screen.evaluate(moving), lambda seen: seen == 0, "nothing moves"
    )
    script = """(selector) => {
        const [element] = [...document.querySelectorAll(selector)].slice(-1);
        const { left, top, right, bottom } = element.getBoundingClientRect();
        return { left, top, right, bottom };
    }"""
    return screen.evaluate(script, selector)


def beside(screen: Screen) -> tuple[float, float]:
    """Return a point of the backdrop."""
    return box(screen)["left"] - 20, box(screen)["top"] + 20


def within(screen: Screen) -> tuple[float, float]:
    """Return an empty point in the uppermost dialog."""
    return box(screen)["left"] + 8, box(screen)["top"] + 60
