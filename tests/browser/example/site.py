"""What the tests of the example share: selectors, and steps that several tests take."""

from __future__ import annotations

from pathlib import Path

from tests.browser.harness import Screen

ROOT = Path(__file__).resolve().parents[3]
PICTURE = ROOT / "example_project/gallery/static/gallery/thumbnails/8.webp"
PHOTO = 'css=.grid a[href="/gallery/photos/8/"]'
FARID = "css=dialog:modal .byline a"
TEAM = "#slot-children-team"
CHANGES = "#slot-children-changes"
MESSAGES = "#slot-messages"
NOTE = "#slot-children-analytics .stamp input"
LATE = (
    "queue",
    "latency",
    "deploys",
    "gauge",
    "log",
)  # names of panels and cards, as at their bottom
BUSY = '[data-pr-slot][aria-busy="true"]'


def dialogs(screen: Screen) -> list[str]:
    """Return the heading of each open dialog, the uppermost last."""
    return screen.evaluate(
        "[...document.querySelectorAll('dialog:modal')]"
        ".map((dialog) => dialog.querySelector('h1, h2').textContent)"
    )


def assert_dialogs(screen: Screen, *headings: str) -> None:
    """Wait until just these dialogs are open."""
    screen.assert_eventually(
        lambda: dialogs(screen), lambda seen: seen == list(headings), f"{headings} are open"
    )
    screen.settle()


def stamp(screen: Screen, name: str) -> str:
    """Return the line at the bottom of a card: when it was rendered, and the number of the rendering."""
    return screen.evaluate(
        "(name) => [...document.querySelectorAll('.stamp p')]"
        ".find((stamp) => stamp.textContent.startsWith(name)).textContent",
        name,
    )


def stamps(screen: Screen) -> dict[str, str]:
    """Return these lines of all cards on the page, by the name with which they begin."""
    seen = screen.evaluate(
        "[...document.querySelectorAll('.stamp p')].map((stamp) => stamp.textContent)"
    )
    return {text.partition(" rendered ")[0]: text for text in seen}


def become(screen: Screen, role: str) -> None:
    """Log in as another user, with the switch on the status board."""
    screen.hard("/status/?delay=0&gauge=works")
    button = f"[name=role][value={role}]"
    screen.click(f"css={button}")
    pressed = f"{button}[aria-pressed=true]"
    screen.assert_eventually(lambda: screen.count(pressed), bool, f"the user is {role}")
    screen.settle()


def fill_in_member(screen: Screen, **values: str) -> None:
    for name, value in values.items():
        screen.type(f"dialog #id_member-{name}", value)


def panel(name: str) -> str:
    return f"#slot-children-{name}"


def begin(screen: Screen, path: str) -> None:
    """Load a document, and look at it before it is complete."""
    screen.page.goto(path, wait_until="commit")
    screen.page.wait_for_selector("main#content")
    sheets = "[...document.querySelectorAll('link[rel=stylesheet]')].every((link) => link.sheet)"
    screen.assert_eventually(lambda: screen.evaluate(sheets), bool, "the stylesheets are loaded")
