"""What the tests of the example share: selectors, and steps that several tests take."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

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


def stop_prefetching(screen: Screen) -> None:
    """Let this document request links only when they are clicked, however long the mouse rests on them.

    If a click uses a prefetched response, the messages are refreshed a moment later, by one more request.
    """
    screen.evaluate("() => { document.documentElement.dataset.prPrefetch = 'none'; }")


def watching(look: str) -> str:
    """Return a function for the page that notes, from now on, whatever the function ``look`` returns.

    A test that looks itself may come too late: it does not see what the page shows only for a moment.
    """
    return f"""() => {{
        window.noted = [];
        const note = () => {{
            const seen = JSON.stringify(({look})());
            if (noted.at(-1) !== seen) noted.push(seen);
        }};
        const all = {{ subtree: true, childList: true, characterData: true, attributes: true }};
        new MutationObserver(note).observe(document, all);
    }}"""


def noted(screen: Screen) -> list[Any]:
    """Return what ``watching()`` has noted so far."""
    return [json.loads(seen) for seen in screen.evaluate("noted")]


def begin(screen: Screen, path: str) -> None:
    """Load a document, and look at it before it is complete."""
    screen.page.goto(path, wait_until="commit")
    screen.page.wait_for_selector("main#content")
    sheets = "[...document.querySelectorAll('link[rel=stylesheet]')].every((link) => link.sheet)"
    screen.assert_eventually(lambda: screen.evaluate(sheets), bool, "the stylesheets are loaded")
