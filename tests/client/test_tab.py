"""``Tab``: a model of the browser script that makes no request itself."""

from __future__ import annotations

import json

import pytest

from django_parallel_routes.client import Impossible, Navigation, Response, Tab
from django_parallel_routes.protocol.state import HEADER

KEY = "0" * 16
PAGE = f"""
<title>Wall</title><script data-pr-boost="link"></script>
<div id="slot-children" data-pr-slot="children" data-pr-variant="page" data-pr-src="/" data-pr-key="{KEY}">
wall</div>"""
PHOTO = """
<div id="slot-children" data-pr-slot="children" data-pr-variant="page" data-pr-src="/photo/"
data-pr-title="Photo">photo</div>"""
HTML = {"Content-Type": "text/html"}


@pytest.fixture
def tab() -> Tab:
    """A tab on a page that no server has sent."""
    tab = Tab()
    steps = tab.load("/")
    request = next(steps)
    assert (request.method, request.url, request.headers) == (
        "GET",
        "http://testserver/",
        {"Sec-Fetch-Dest": "document"},
    )
    with pytest.raises(StopIteration):
        steps.send(Response(200, HTML, PAGE))
    return tab


def test_a_step_yields_what_the_script_would_request_and_applies_the_response(tab: Tab) -> None:
    tab.begin()
    steps = tab.visit("/photo/", Navigation("push"))
    request = next(steps)
    state = json.loads(request.headers[HEADER])
    assert state == {
        "intent": "navigate",
        "slots": {"children": f"p0.{KEY}"},
        "urls": ["/"],
    }
    with pytest.raises(StopIteration):
        steps.send(Response(200, {**HTML, HEADER: "/photo/"}, PHOTO))
    assert tab.page.slots["children"].text() == "photo"
    assert (tab.here, tab.page.title, tab.changed) == ("/photo/", "Photo", ["children"])
    assert [entry.url for entry in tab.entries] == [
        "http://testserver/",
        "http://testserver/photo/",
    ]


def test_other_sites_are_not_requested(tab: Tab) -> None:
    assert list(tab.visit("https://example.com/", Navigation("push"))) == []
    assert tab.url == "https://example.com/"


def test_a_step_that_is_not_possible_on_the_page_is_an_error(tab: Tab) -> None:
    with pytest.raises(Impossible, match="nothing to go"):
        list(tab.go(1))


def test_a_name_that_two_slots_have_says_their_addresses(tab: Tab) -> None:
    steps = tab.load("/two/")
    next(steps)
    html = "".join(
        f'<div data-pr-slot="{address}" data-pr-variant="page" data-pr-key="{KEY}"></div>'
        for address in ("left", "left.team", "right.team")
    )
    with pytest.raises(StopIteration):
        steps.send(Response(200, HTML, html))
    assert list(tab.page.slots) == ["left", "left.team", "right.team"]
    assert tab.find_slot("left") == "left"
    assert tab.find_slot("right.team") == "right.team"
    with pytest.raises(
        Impossible, match=r"several slots 'team' on screen: left\.team, right\.team"
    ):
        tab.find_slot("team")
