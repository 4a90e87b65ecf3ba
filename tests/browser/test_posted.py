"""The history entries of documents that are responses to forms which the browser has sent itself."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen
from tests.browser.test_entries import NO_NAVIGATION_API
from tests.urls.posted import posted

pytestmark = [pytest.mark.urls("tests.urls.posted"), pytest.mark.chromium]

SENT = {"children": "sent mine", "side": "no side"}
CHANGES = {
    "nothing": ("", "/f/sent/"),
    "replaceState": ("history.replaceState(null, '', '?tab=2')", "/f/sent/?tab=2"),
    "pushState": ("history.pushState({ mine: 1 }, '', '?tab=2')", "/f/sent/?tab=2"),
    "a hash": ("location.hash = 'top'", "/f/sent/#top"),
}


@pytest.fixture(params=["with the Navigation API", "without"])
def screen(request: pytest.FixtureRequest, screen: Screen, htmx: int) -> Screen:
    if request.param == "without":
        screen.page.add_init_script(NO_NAVIGATION_API)
    posted.clear()
    screen.hard("/f/")
    screen.click("Send")
    screen.assert_at("/f/sent/")
    screen.assert_shows(**SENT)
    # A reload asks before it sends the form again; htmx 4 writes into the entry of every document.
    assert htmx == 4 or screen.evaluate("history.state") is None
    return screen


@pytest.mark.in_turn
@pytest.mark.parametrize("change", CHANGES)
def test_the_answer_to_a_form_is_an_entry_like_others(screen: Screen, change: str) -> None:
    """S33, B34: Back and Forward bring what was there, and no form is sent again."""
    script, url = CHANGES[change]
    screen.evaluate(f"() => {{ {script}; }}")
    screen.assert_at(url)
    screen.soft("/f/side/")
    screen.assert_shows(children="sent mine", side="the side")
    screen.back()
    screen.assert_at(url)
    screen.assert_shows(**SENT)
    steps = 2 if change in ("pushState", "a hash") else 1
    screen.forward()
    screen.assert_shows(children="sent mine", side="the side")
    screen.go(-steps)
    screen.assert_at("/f/sent/" if steps == 2 else url)
    screen.assert_shows(**SENT)
    screen.assert_sent()
    screen.go(steps)
    screen.assert_at("/f/side/")
    screen.assert_shows(children="sent mine", side="the side")
    screen.go(-steps)
    screen.assert_shows(**SENT)
    screen.reload()  # by GET: the document has been left
    screen.assert_shows(children="not sent", side="no side")
    screen.back()
    screen.assert_at("/f/")
    screen.forward()
    screen.assert_shows(children="not sent", side="no side")
    assert posted == ["mine"]
