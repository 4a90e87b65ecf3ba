"""What the tests of unsaved input share: ways out of a form, and whether each of them asks the user."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.harness import Screen

Way = Callable[[Screen], None]

# The parts of the page that a way out would change. The clicked element has the focus.
STATE = """() => JSON.stringify([
    history.length, history.state, document.title, location.href, scrollY,
    [...document.querySelectorAll("dialog:modal")].map((dialog) => dialog.ariaLabel),
    [...document.querySelectorAll("[data-pr-slot]")].map(({ dataset, ariaBusy }) => [dataset, ariaBusy]),
    [...document.querySelectorAll("input")].map(({ value }) => value),
])"""

COLOR = 'The specified value "" does not conform'  # Chromium, of any reset

FORGET = "() => { parallelRoutes.forget(); document.documentElement.dataset.prMemory = 'false'; }"


def link(path: str) -> Way:
    return lambda screen: screen.soft(path)


def button(name: str) -> Way:
    return lambda screen: screen.click(name)


def key(name: str, times: int = 1) -> Way:
    def press(screen: Screen) -> None:
        for _ in range(times):
            screen.press(name)

    return press


def step(steps: int, times: int = 1) -> Way:
    """Go through the history without waiting for the result, unlike ``Screen.go()``."""

    def go(screen: Screen) -> None:
        script = "([steps, times]) => { while (times--) setTimeout(() => history.go(steps)); }"
        screen.evaluate(script, [steps, times])

    return go


def script(source: str) -> Way:
    return lambda screen: screen.evaluate(f"() => {{ {source}; }}")


def backdrop(screen: Screen) -> None:
    screen.click_at(20, 300)


def edits(screen: Screen, said: str = "words") -> None:
    """Type into a form in children. Behind it in the history are home and page, ahead are aside and page."""
    screen.hard("/g/")
    for path in ["/g/page/", "/g/edit/", "/g/aside/", "/g/page/"]:
        screen.soft(path)
        screen.assert_at(path)
    screen.go(-2)
    screen.assert_at("/g/edit/")
    screen.assert_says("edit", "#slot-children")
    screen.assert_shows(children=screen.slots()["children"], side="no side")
    screen.type("#edit-said", said)
    screen.settle()


def empties(screen: Screen) -> None:
    screen.type("#edit-said", "x")
    screen.press("Backspace")


def notes(screen: Screen, said: str = "words", at: str = "/g/page/") -> None:
    """Open the form in a modal, and type."""
    screen.hard(at)
    if at != "/g/note/":
        screen.soft("/g/note/")
    screen.assert_modals("note")
    screen.assert_at("/g/note/")
    screen.type("#note-said", said)
    screen.settle()


def assert_stays(screen: Screen, way: Way, question: str) -> None:
    """Assert that the user was asked and refused, and that nothing has changed."""
    screen.mark()  # which waits for the script of a new document
    before = screen.evaluate(STATE)
    screen.answer("no")
    way(screen)
    screen.assert_asked(question)
    assert screen.evaluate(STATE) == before
    assert screen.kept("children")
    assert screen.kept("modal")
    assert not screen.evaluate("document.documentElement.hasAttribute('data-pr-navigating')")


def assert_leaves(screen: Screen, way: Way, *questions: str) -> None:
    """Assert that the page was left: the user was asked once and agreed, or was not asked."""
    screen.answer("yes")
    way(screen)
    screen.assert_asked(*questions)


CLOSERS: dict[str, Way] = {
    "Esc": key("Escape"),
    "the backdrop": backdrop,
    "the button": button("Close"),
    "a form": button("Done"),
    "a script": script("parallelRoutes.close()"),
    "the dialog's own": script("document.querySelector('dialog').close()"),
    "Back": step(-1),
    "a link": script("parallelRoutes.visit('/g/page/')"),
}
