"""Slots that request their own content: by polls, server-sent events, or active searches."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen
from tests.models import Note
from tests.support.gates import Gates

pytestmark = [pytest.mark.urls("tests.urls.forms"), pytest.mark.django_db(transaction=True)]


POLLS = {
    "poll": '<i hx-get="" hx-trigger="every 50ms" hx-target="closest [data-pr-slot]"></i>',
    "event": '<i hx-get="" hx-trigger="news from:body" hx-target="closest [data-pr-slot]"></i>',
    "sse 2": """<b hx-ext="sse" sse-connect="/events/">
        <i hx-get="" hx-trigger="sse:news" hx-target="closest [data-pr-slot]"></i></b>""",
    "sse 4": """<b hx-sse:connect="/events/">
        <i hx-get="" hx-trigger="news from:body" hx-target="closest [data-pr-slot]"></i></b>""",
}


@pytest.mark.parametrize("how", ["poll", "event", "sse"])
def test_a_poll_or_server_sent_event_refreshes_its_slot(
    screen: Screen, htmx: int, how: str
) -> None:
    """The slot is rendered for its own URL and variant, so a modal stays open."""
    screen.tolerate_noise(r"\[object Event\]")  # the stream ends, and the browser connects again
    screen.hard("/f/other/?sse=1")
    screen.soft("/f/new/")
    screen.assert_modals("New note")
    screen.mark()
    length = screen.evaluate("history.length")
    Note.objects.create(name="one")
    screen.evaluate(
        """(markup) => {
            const slot = document.querySelector("#slot-count");
            slot.insertAdjacentHTML("beforeend", markup);
            htmx.process(slot);
            document.body.dispatchEvent(new Event("news"));
        }""",
        POLLS[f"sse {htmx}" if how == "sse" else how],
    )
    screen.assert_eventually(
        lambda: screen.slots()["count"],
        lambda seen: seen == "1 of /f/other/?sse=1",
        "the slot is refreshed",
    )
    # A server that takes longer than the time between two polls would never be at rest.
    screen.evaluate("document.querySelector('#slot-count > :is(b, i)')?.remove()")
    screen.assert_at("/f/new/")
    screen.assert_modals("New note")
    assert all(map(screen.kept, ["children", "quiet", "search", "modal"]))
    assert screen.evaluate("history.length") == length


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_poll_stops_no_navigation_and_no_form(screen: Screen, gates: Gates, method: str) -> None:
    """B21: a refresh is no navigation of its own: a link or a form that is under way gets its answer."""
    gates.close("slow")
    screen.hard("/f/")
    if method == "post":
        screen.soft("/f/slow/")
        screen.assert_modals("Slow note")
        screen.type("#id_name", "once")
        screen.click("Save")
    else:
        screen.soft("/f/gated/")
    gates.expect_arrival("slow")
    Note.objects.create(name="one")
    screen.evaluate(
        """(markup) => {
            const slot = document.querySelector("#slot-count");
            slot.insertAdjacentHTML("beforeend", markup);
            htmx.process(slot);
        }""",
        POLLS["poll"],
    )
    screen.assert_eventually(
        lambda: screen.slots()["count"], lambda seen: seen == "1 of /f/", "it polls"
    )
    gates.open("slow")
    if method == "post":
        screen.assert_says("once is there.", "#slot-messages")
        screen.assert_modals()
    else:
        screen.assert_says("gated", "#slot-children")
        screen.assert_at("/f/gated/")


def test_an_active_search_sends_what_is_typed(screen: Screen) -> None:
    """B19: what has something to say to its slot's URL is no poll."""
    Note.objects.create(name="ab")
    Note.objects.create(name="b")
    screen.hard("/f/search/")
    screen.evaluate(
        """() => {
            const field = document.querySelector("#q");
            for (const [name, value] of Object.entries({
                "hx-get": "", "hx-target": "closest [data-pr-slot]", "hx-trigger": "input",
            })) field.setAttribute(name, value);
            htmx.process(field);
        }"""
    )
    screen.type("#q", "a")
    screen.assert_says("found ab", "#slot-search")
    screen.assert_eventually(
        lambda: screen.text("#slot-search p"), lambda seen: seen == "found ab", "it is filtered"
    )
