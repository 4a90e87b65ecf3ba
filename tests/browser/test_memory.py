"""Slots that come back from the script's memory, and slots that a change leaves alone (B34, B51)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from pytest_django.fixtures import Settings

from tests.browser.harness import Screen
from tests.browser.levels import HOME, assert_cards, card, follow
from tests.support.gates import Gates

pytestmark = pytest.mark.urls("tests.urls.levels")


def test_a_slot_from_memory_has_its_inputs_scroll_position_and_focus(screen: Screen) -> None:
    """B34: "its inputs, scroll and media position as they were"; bounded, see below."""
    screen.hard("/v/long/")
    screen.type("#slot-children input", "half-typed")
    screen.mark()
    screen.evaluate("document.querySelector('#slot-children input').setSelectionRange(2, 4)")
    screen.click("Feed")
    assert_cards(screen)
    screen.back()
    screen.assert_at("/v/long/")
    assert screen.value("#slot-children input") == "half-typed"
    assert screen.kept("children")
    assert screen.focused() in {"note", "Feed"}


@pytest.mark.in_turn
@pytest.mark.parametrize("how", ["forget", "event", "form", "attribute", "poll"])
def test_memory_is_dropped_after_a_mutation_or_when_told(screen: Screen, how: str) -> None:
    """B34: "dropped after a mutation or when told"; what polls is better rendered again."""
    screen.hard("/v/")
    note = "#slot-children input"
    screen.type(note, "old")
    change = {
        "forget": "parallelRoutes.forget()",
        "event": "document.body.dispatchEvent(new CustomEvent('parallel-routes:forget', {bubbles: true}))",
        "form": "htmx.ajax('POST', '/v/nowhere/', {source: 'nav', target: 'nav', swap: 'none'})",
        "attribute": "document.querySelector('#slot-children p').dataset.prMemory = 'false'",
        "poll": "document.querySelector('#slot-children p').setAttribute('hx-trigger', 'every 1h')",
    }[how]
    if how in {"attribute", "poll"}:
        screen.evaluate(change)
    screen.evaluate("parallelRoutes.visit('/v/long/', {intercept: false})")
    screen.assert_at("/v/long/")
    screen.settle()
    if how == "form":
        screen.tolerate_noise("40[34]", "responseError", "Response Status")
    if how not in {"attribute", "poll"}:
        screen.evaluate(f"() => {{ {change} }}")
        screen.settle()
    screen.back()
    assert_cards(screen)
    assert screen.value(note) == ""
    screen.assert_sent("soft GET /v/")


def test_memory_is_bounded(screen: Screen) -> None:
    """B34: "bounded, by count and size": the oldest is asked for again."""
    screen.hard("/v/")
    for number in range(40):
        screen.evaluate(f"parallelRoutes.visit('/v/photo/{number}/', {{intercept: false}})")
        screen.assert_at(f"/v/photo/{number}/")
    screen.go(-1)
    screen.assert_shows(children=card("photo page 38"), side=HOME["side"])
    screen.assert_sent()
    screen.go(-39)
    assert_cards(screen)
    screen.assert_sent("soft GET /v/")


@pytest.mark.chromium
def test_a_link_does_not_keep_its_request_in_memory(screen: Screen) -> None:
    """B51: a link of the layout may stay for hours, and the response to it may be large."""
    screen.hard("/v/")
    screen.evaluate(
        """() => {
            window.requests = [];
            for (const event of ["htmx:beforeRequest", "htmx:config:request"])
                addEventListener(event, ({ detail }) =>
                    requests.push(new WeakRef(detail.xhr ?? detail.ctx)));
        }"""
    )
    screen.soft("/v/long/")
    screen.assert_at("/v/long/")
    screen.settle()
    devtools = screen.page.context.new_cdp_session(screen.page)

    def is_kept() -> bool:
        devtools.send("HeapProfiler.collectGarbage")
        return screen.evaluate("requests.some((request) => request.deref())")

    assert screen.evaluate("requests.length") == 1
    screen.assert_eventually(is_kept, lambda kept: not kept, "the request is gone")


def test_back_after_the_session_has_ended_loads_the_document(
    screen: Screen, settings: Settings, gates: Gates
) -> None:
    """Slots that need a request are then requested as a whole document."""
    screen.hard("/v/")
    follow(screen, "children", "/v/photo/1/")
    assert_cards(screen, "photo 1")
    screen.forget()
    screen.back()
    assert_cards(screen)
    screen.tolerate_noise("40[34]", "responseError", "Response Status")
    settings.ROOT_URLCONF = "tests.urls.photos"  # it refuses all that was there
    screen.forward()
    screen.assert_says("Not Found")
    screen.assert_at("/v/photo/1/")


def test_a_changed_title_is_announced(screen: Screen) -> None:
    """B51: "a changed title is announced to screen readers"."""
    screen.hard("/v/")
    assert screen.text("[role=status]") == ""  # a region that is watched already
    follow(screen, "children", "/v/photo/1/")
    assert_cards(screen, "photo 1")
    screen.assert_title("photo 1")
    assert screen.count('dialog:modal[aria-label="photo 1"]') == 1  # read as the focus goes there
    assert screen.text("[role=status]") == ""
    screen.back()
    screen.assert_title("feed 0")
    assert screen.text("[role=status]") == "feed 0"


TRANSITIONS = """() => {
    window.transitions = [];
    const start = document.startViewTransition.bind(document);
    document.startViewTransition = (change) => {
        const before = document.querySelector("#slot-modal").dataset.prVariant;
        return start(async () => {
            await change();
            const after = document.querySelector("#slot-modal").dataset.prVariant;
            window.transitions.push(`${before} ${after} ${location.pathname}`);
        });
    };
    document.documentElement.dataset.prViewTransitions = "";
}"""

SWIPE = """(isSwiped) => Object.defineProperty(
    PopStateEvent.prototype, "hasUAVisualTransition", { configurable: true, get: () => isSwiped },
)"""


@pytest.mark.chromium
def test_view_transitions_run_by_opt_in_only(screen: Screen) -> None:
    """B51: "view transitions by opt-in; reduced motion is respected"."""
    page: Page = screen.page
    page.emulate_media(reduced_motion="no-preference")
    screen.hard("/v/")
    screen.evaluate(TRANSITIONS)
    follow(screen, "children", "/v/photo/1/")
    assert_cards(screen, "photo 1")
    screen.back()
    assert_cards(screen)
    screen.forget()
    screen.forward()
    assert_cards(screen, "photo 1")
    seen = screen.evaluate("window.transitions")
    assert seen[:2] == ["empty layout /v/photo/1/", "layout empty /v/"]
    assert seen[-1] == "empty layout /v/photo/1/"
    screen.evaluate(SWIPE, True)
    screen.evaluate("window.transitions = []")
    screen.back()  # which Safari has shown while the user swiped
    assert_cards(screen)
    assert screen.evaluate("window.transitions") == []
    screen.evaluate(SWIPE, False)
    screen.forward()
    assert_cards(screen, "photo 1")
    page.emulate_media(reduced_motion="reduce")
    screen.evaluate("window.transitions = []")
    screen.back()
    assert_cards(screen)
    assert screen.evaluate("window.transitions") == []


def test_a_slot_that_came_back_by_a_request_does_not_differ(screen: Screen) -> None:
    """S33: "slots that don't differ are kept", whatever URL of the segment has printed them."""
    screen.hard("/v/long/")
    screen.click("Feed")
    assert_cards(screen)
    screen.reload()
    screen.back()
    screen.assert_at("/v/long/")
    screen.assert_title("long 0")
    screen.mark()
    follow(screen, "children", "/v/photo/2/")
    screen.assert_title("photo 2")
    screen.back()
    screen.assert_at("/v/long/")
    screen.assert_title("long 0")
    screen.assert_sent()
    assert screen.kept("children")


def test_a_link_works_from_the_moment_it_is_there(screen: Screen) -> None:
    """B21: by a key that is held down, say: htmx 2 would process new content 20 ms later."""
    screen.hard("/v/")
    screen.evaluate(
        """() => addEventListener("parallel-routes:enter", () => setTimeout(() =>
            document.querySelector('#slot-modal-children a[href="/v/photo/2/"]').click()), {once: true})"""
    )
    follow(screen, "children", "/v/photo/1/")
    assert_cards(screen, "photo 2")
    screen.assert_sent("soft GET /v/photo/1/", "soft GET /v/photo/2/")


def test_the_focus_goes_to_the_successor_with_its_id(screen: Screen) -> None:
    """B51: as in htmx itself, though what it stood in is kept in memory."""
    screen.hard("/v/")
    screen.evaluate("document.querySelector('#slot-children input').id = 'kind-of-note'")
    screen.evaluate("document.querySelector('#kind-of-note').focus()")
    screen.evaluate(
        """() => document.addEventListener("htmx:beforeSwap", ({ detail }) => {
            detail.serverResponse = detail.serverResponse.replace("<input", '<input id="kind-of-note"');
        })"""
    )
    screen.evaluate(
        """() => document.addEventListener("htmx:before:swap", ({ detail: { tasks } }) => {
            for (const { fragment } of tasks)
                fragment.querySelector?.("input")?.setAttribute("id", "kind-of-note");
        })"""
    )
    screen.evaluate("parallelRoutes.visit('/v/long/', {intercept: false})")
    screen.assert_at("/v/long/")
    screen.assert_title("long 0")
    assert screen.focused() == "#kind-of-note"


# A second of silence, as a WAV file.
SOUND = """async () => {
    const samples = 8000, view = new DataView(new ArrayBuffer(44 + samples));
    const text = (at, word) => [...word].forEach((c, i) => view.setUint8(at + i, c.charCodeAt()));
    text(0, "RIFF"), view.setUint32(4, 36 + samples, true), text(8, "WAVEfmt ");
    view.setUint32(16, 16, true), view.setUint16(20, 1, true), view.setUint16(22, 1, true);
    view.setUint32(24, samples, true), view.setUint32(28, samples, true);
    view.setUint16(32, 1, true), view.setUint16(34, 8, true), text(36, "data");
    view.setUint32(40, samples, true);
    for (let at = 44; at < 44 + samples; at += 1) view.setUint8(at, 128);
    const audio = Object.assign(new Audio(URL.createObjectURL(new Blob([view]))), { loop: true });
    document.querySelector("#slot-children p").append(audio);
    audio.muted = true;
    audio.currentTime = 0.5;
    await audio.play();
}"""


@pytest.mark.chromium
def test_media_in_a_slot_from_memory_play_on(screen: Screen) -> None:
    """B34: "its inputs, scroll and media position as they were"; what was paused stays so."""
    screen.hard("/v/")
    screen.evaluate(SOUND)
    screen.evaluate("parallelRoutes.visit('/v/long/', {intercept: false})")
    screen.assert_at("/v/long/")
    screen.back()
    screen.assert_at("/v/")
    player = "document.querySelector('#slot-children audio')"
    screen.assert_eventually(
        lambda: screen.evaluate(f"{player}.paused"), lambda is_paused: not is_paused, "it plays"
    )
    assert screen.evaluate(f"{player}.currentTime") > 0
    screen.evaluate(f"{player}.pause()")
    screen.evaluate("parallelRoutes.visit('/v/long/', {intercept: false})")
    screen.assert_at("/v/long/")
    screen.back()
    screen.assert_at("/v/")
    screen.settle()
    assert screen.evaluate(f"{player}.paused")
