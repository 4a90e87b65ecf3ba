"""What the tests of modals share: opening one, its closing, and where it is."""

from __future__ import annotations

from tests.browser.harness import Screen

FEED = "/m/"


def opens(screen: Screen, link: str, *labels: str, at: str = FEED) -> None:
    """From the feed, or another page, click the link that opens a modal."""
    screen.hard(at)
    screen.click(link)
    screen.assert_modals(*labels)


def assert_closed(screen: Screen, *, at: str = FEED, focus: str = "") -> None:
    """Nothing is open any more, and nothing else happens: one step back and no further."""
    screen.assert_modals()
    screen.settle()
    screen.assert_at(at)
    screen.assert_modals()
    if focus:
        assert screen.focused() == focus


def box(screen: Screen, selector: str = "dialog:modal") -> dict[str, float]:
    """Where an element is in the viewport, once nothing moves any more."""
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
    """A point of the backdrop."""
    return box(screen)["left"] - 20, box(screen)["top"] + 20


def within(screen: Screen) -> tuple[float, float]:
    """A point in the topmost dialog, where nothing else is."""
    return box(screen)["left"] + 8, box(screen)["top"] + 60
