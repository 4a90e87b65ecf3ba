"""The script sends what docs/protocol.md shows: the other half of ``tests/docs/test_docs.py``."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tests.browser.harness import Screen
from tests.docs.exchanges import site
from tests.window import HEADER, serve

HEAD = """\
{% load django_htmx %}{% htmx_script version=htmx_version %}{% parallel_routes_script %}
<a id="albums" href="/albums/">Albums</a> <a id="photo" href="/photos/7/">A photo</a>
"""


PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "protocol.md"
SHOWN = re.compile(
    rf"<!-- exchange: (\w+) -->\n\n```http\n(?:(?!```)[\s\S])*?^{HEADER}: (.*(?:\n  .*)*)$",
    re.MULTILINE,
)


def sent(screen: Screen) -> list[tuple[str, Any]]:
    """What has been sent by the script: method and path, and the state."""
    found = []
    for request in screen.requests:
        headers = {name.lower(): value for name, value in request.headers.items()}
        if header := headers.get(HEADER.lower()):
            found.append((f"{request.method} {request.path}", json.loads(header)))
    return found


def test_the_script_sends_what_the_protocol_shows(screen: Screen, settings: Any) -> None:
    """All but ``loading``, which needs a slow answer; and a redirect's second half has the same header."""
    shown = {name: json.loads(state) for name, state in SHOWN.findall(PAGE.read_text())}
    serve(settings, site(HEAD))
    screen.hard("/")
    screen.assert_shows(children="Feed", cart="2 prints", stats="7 views", modal="")
    assert sent(screen) == [("GET /", shown["deferred"])]

    screen.click("#albums")
    screen.assert_shows(children="Albums", cart="2 prints", stats="3 albums", modal="")
    assert sent(screen) == [("GET /albums/", shown["navigation"])]

    screen.evaluate("parallelRoutes.forget()")
    screen.back()
    screen.assert_shows(children="Feed", cart="2 prints", stats="7 views", modal="")
    assert sent(screen) == [("GET /", shown["back"])]

    screen.click("#photo")
    screen.assert_at("/photos/7/")
    assert sent(screen) == [("GET /photos/7/", shown["interception"])]

    screen.evaluate("document.querySelector('#slot-modal input').focus()")
    screen.press("Enter")
    screen.assert_says("A caption, please.")
    assert sent(screen) == [("POST /photos/7/", shown["error"])]

    screen.type("#slot-modal input", "Dusk")
    screen.press("Enter")
    screen.assert_shows(children="Feed", cart="2 prints", stats="7 views", modal="")
    assert sent(screen) == [("POST /photos/7/", shown["redirect"])]
    # Playwright does not tell the headers of what is followed. Without them this would be a page.
    screen.assert_sent("soft POST /photos/7/", "soft GET /?slots=refresh:cart")
    assert shown["followed"] == shown["redirect"]

    screen.press("Shift")
    screen.evaluate("parallelRoutes.refresh('cart')")
    assert sent(screen) == [("GET /", shown["refresh"])]
