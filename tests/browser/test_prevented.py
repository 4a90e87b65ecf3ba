"""The project's scripts that listen to clicks and forms: what they prevent, stop and receive."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen

pytestmark = [pytest.mark.urls("tests.urls.assets"), pytest.mark.chromium]

PREVENT = {
    "by their handlers": """() => {
        document.querySelector("#rows a").onclick = () => false;
        document.querySelector("#rows form").onsubmit = () => false;
    }""",
    "by a listener further out": """() => {
        const prevent = (event) => event.preventDefault();
        document.addEventListener("submit", prevent);
        document.addEventListener("click", (event) => event.target.closest("#rows a") && prevent(event));
    }""",
}


@pytest.mark.parametrize("how", PREVENT)
def test_a_script_may_prevent_a_link_and_a_form(screen: Screen, how: str) -> None:
    """B61: as one that asks for a confirmation, which a browser obeys. One that stops it does not."""
    screen.hard("/s/rows/")
    screen.evaluate(PREVENT[how])
    screen.click("Row")
    screen.assert_sent()
    screen.click("Search")
    screen.assert_sent()
    screen.assert_at("/s/rows/")
    screen.hard("/s/rows/")
    screen.evaluate("""() => {
        document.querySelector("#rows").onclick = (event) => event.stopPropagation();
    }""")
    screen.click("Row")
    screen.assert_sent("soft GET /s/?row")


def test_a_script_that_stops_a_click_prevents_it_in_its_next_line(screen: Screen) -> None:
    """As a button in a link does. The event stays as the browser has made it."""
    screen.hard("/s/rows/")
    screen.evaluate("""() => {
        document.querySelector("#rows b").onclick = (event) => {
            event.stopPropagation();
            window.heardBy = event.currentTarget.localName;
            event.preventDefault();
        };
    }""")
    screen.click("Row")
    screen.assert_sent()
    assert screen.evaluate("heardBy") == "b"
    screen.assert_at("/s/rows/")


@pytest.mark.parametrize("kind", ["submit", "click"])
def test_an_event_that_a_script_fires_need_not_bubble(screen: Screen, kind: str) -> None:
    """As `new Event("submit")` does not."""
    screen.hard("/s/rows/")
    screen._forget_requests()
    screen.evaluate(
        """(kind) => {
            const element = document.querySelector(kind === "click" ? "#rows a" : "#rows form");
            element.dispatchEvent(new Event(kind, { cancelable: true }));
        }""",
        kind,
    )
    screen.assert_at("/s/?row" if kind == "click" else "/s/?row=2")
    assert [str(sent).split()[0] for sent in screen.requests] == ["soft"]


def test_hx_on_gets_all_events_first(screen: Screen, htmx: int) -> None:
    """htmx 4 keeps its listeners with those that send. It may stop and prevent a click, too."""
    screen.hard("/s/rows/")
    before = "hx-on::before-request" if htmx == 2 else "hx-on::before:request"
    screen.evaluate(
        """(before) => {
            window.heard = [];
            const rows = document.querySelector("#rows");
            rows.innerHTML = `
                <a href="/s/?never">Never</a>
                <form action="/s/" ${before}="heard.push('before')">
                    <button name="row" value="2">Search</button>
                </form>`;
            const link = "event.preventDefault(), event.stopPropagation(), heard.push('link')";
            rows.firstElementChild.setAttribute("hx-on:click", link);
            rows.onclick = ({ target }) => heard.push(target.innerText);
            htmx.process(rows);
        }""",
        before,
    )
    screen.click("Never")
    screen.assert_sent()
    screen.click("Search")
    screen.assert_at("/s/?row=2")
    assert screen.evaluate("heard") == ["link", "Search", "before"]
