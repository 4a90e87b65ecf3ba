"""Links whose responses are prefetched: a click changes the screen without a request (S60)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client
from playwright.sync_api import Request

from tests.browser.harness import Screen
from tests.support.gates import Gates
from tests.urls.prefetch import asked, counted

pytestmark = [pytest.mark.urls("tests.urls.prefetch"), pytest.mark.chromium]

CHANGES = """() => new Promise((done) => {
    const link = document.querySelector(":is(a):hover");
    const slot = document.querySelector("#slot-children");
    new MutationObserver(() => done(true)).observe(slot, { childList: true });
    requestAnimationFrame(() => setTimeout(() => done(false)));
    link.click();
})"""

# What the script does from the click until the modal is open: how often it reads a size, or parses HTML, and
# whether it has written the title.
UNTIL_OPEN = """() => new Promise((done) => {
    let count = 0;
    const { get } = Object.getOwnPropertyDescriptor(Element.prototype, "clientWidth");
    const note = () => { count += 1; return get.call(document.documentElement); };
    Object.defineProperty(document.documentElement, "clientWidth", { get: note, configurable: true });
    const { parseFromString } = DOMParser.prototype;
    DOMParser.prototype.parseFromString = function (...all) {
        count += 1;
        return parseFromString.apply(this, all);
    };
    const slot = document.querySelector("#slot-modal");
    new MutationObserver(() => slot.querySelector("dialog:modal") && done([count, document.title]))
        .observe(slot, { subtree: true, attributes: true, childList: true });
    setTimeout(() => done("no modal has opened"), 30_000);
    document.querySelector(":is(a):hover").click();
})"""


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    asked.clear()
    counted["value"] = 0
    yield
    asked.clear()


def assert_slots(screen: Screen, children: str, side: str = "idle", live: int = 0) -> None:
    screen.assert_shows(children=children, side=side, live=str(live))


def header_of(request: Request) -> dict[str, str]:
    """The state header of a request of the script."""
    found = request.headers.get("parallel-routes")
    return json.loads(found) if found else {"intent": ""}


def is_prefetch(request: Request) -> bool:
    return "prefetch" in header_of(request)


def rest_until_fetched(screen: Screen, link: str) -> None:
    screen.page.mouse.move(0, 0)
    with screen.page.expect_request_finished(is_prefetch):
        screen.page.get_by_role("link", name=link, exact=True).hover()


def prefetch(screen: Screen, link: str) -> None:
    """Rest on a link until its answer is there, and nothing else is under way."""
    rest_until_fetched(screen, link)
    screen.settle()


def rest_on(screen: Screen, link: str) -> None:
    """Rest on a link for longer than it takes to mean it."""
    screen.page.get_by_role("link", name=link, exact=True).hover()
    screen.evaluate("new Promise((done) => setTimeout(done, 80))")
    screen.settle()


def without_length(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Middleware: nobody says how long a response is, as where a proxy compresses it."""

    def middleware(request: HttpRequest) -> StreamingHttpResponse:
        response = get_response(request)
        return StreamingHttpResponse(
            [response.content], status=response.status_code, headers=response.headers
        )

    return middleware


def test_a_prefetched_click_without_what_shows_answers_loads_a_document(screen: Screen) -> None:
    """B61: no click ends in nothing, or in a message."""
    screen.expect_noise("ERR_FAILED")
    screen.page.route("**/answers*.js", lambda route: route.abort())
    screen.hard("/p/")
    screen.settle()
    prefetch(screen, "X")
    screen.click("X")
    screen.assert_at("/p/x/")
    assert_slots(screen, "x")


def test_a_prefetched_click_makes_no_request(
    screen: Screen, use_middleware: Callable[..., None]
) -> None:
    """S60: it shows within one frame what a usual click shows: slots, URL, title, history."""
    screen.tolerate_noise("ERR_FAILED")
    use_middleware(f"{__name__}.without_length")
    screen.page.route("**/streaming*.js", lambda route: route.abort())
    screen.hard("/p/")
    prefetch(screen, "X")
    sent: list[str] = []
    screen.page.on(
        "request", lambda request: sent.append(header_of(request)["intent"] or request.url)
    )
    assert asked[-1] == "prefetch x /p/x/"
    assert screen.evaluate("document.title") != "X"
    before = len(asked)
    # What comes with each answer comes after it, by itself.
    with screen.page.expect_request(lambda request: "refresh" in header_of(request)["intent"]):
        assert screen.evaluate(CHANGES) is True
    assert_slots(screen, "x")
    screen.assert_at("/p/x/")
    screen.assert_title("X")
    screen.assert_current_links("X")
    assert asked[before:] == []
    assert sent[0] == "refresh"
    screen.back()
    assert_slots(screen, "home")
    screen.forward()
    assert_slots(screen, "x")
    assert asked[before:] == []


def test_late_slots_are_asked_for_when_their_loading_states_are_shown(
    screen: Screen, gates: Gates
) -> None:
    """S60: up to the loading states, no slow page runs; unless "full"."""
    screen.hard("/p/")
    gates.close("side /p/slow/")
    prefetch(screen, "Slow")
    assert [line for line in asked if "side" in line] == []
    screen.click("Slow")
    assert_slots(screen, "home", "wait")
    screen.assert_at("/p/slow/#end")
    gates.open("side /p/slow/")
    assert_slots(screen, "home", "side end")
    assert [line for line in asked if "side" in line] == ["GET side /p/slow/"]
    asked.clear()
    prefetch(screen, "All")
    assert asked == ["prefetch side /p/slow/"]
    screen.click("All")
    assert_slots(screen, "home", "side end")
    screen.assert_at("/p/slow/?all")
    assert asked == ["prefetch side /p/slow/"]


def test_a_modal_is_prefetched_likewise(screen: Screen) -> None:
    """S60, S24: over the page that is there, which stays."""
    screen.hard("/p/")
    prefetch(screen, "Photo")
    before = len(asked)
    screen.mark()
    title = screen.evaluate("document.title")
    # Until it is open, nothing is done that can be done before or afterwards.
    assert screen.evaluate(UNTIL_OPEN) == [0, title]
    screen.page.locator("dialog:modal").wait_for()
    screen.assert_title("Photo")
    screen.assert_at("/p/photo/1/")
    assert screen.kept("children")
    assert asked[before:] == []
    screen.press("Escape")
    screen.assert_at("/p/")


def sends(screen: Screen) -> None:
    screen.click("Send")


def navigates(screen: Screen) -> None:
    screen.soft("/p/slow/?all")
    screen.assert_at("/p/slow/?all")


def refreshes(screen: Screen) -> None:
    counted["value"] += 1
    screen.evaluate("parallelRoutes.refresh('live')")
    assert_slots(screen, "home", live=1)


def forgets(screen: Screen) -> None:
    screen.evaluate("document.dispatchEvent(new Event('parallel-routes:forget'))")


def swaps(screen: Screen) -> None:
    screen.click("Part")
    screen.assert_says("part", "#part")


def looks_elsewhere(screen: Screen) -> None:
    screen.evaluate("dispatchEvent(new Event('blur'))")


def shows_another_tab(screen: Screen) -> None:
    """Of a browser in which a window keeps the focus then, as on a phone."""
    screen.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))")


def waits(screen: Screen) -> None:
    screen.page.clock.fast_forward(30_001)


def sleeps(screen: Screen) -> None:
    """The computer sleeps: no timer runs, and the clock of `performance` may stop."""
    screen.page.clock.set_system_time(screen.evaluate("Date.now()") + 30_001)


@pytest.mark.in_turn
@pytest.mark.parametrize(
    "then",
    [
        sends,
        navigates,
        refreshes,
        forgets,
        swaps,
        looks_elsewhere,
        shows_another_tab,
        waits,
        sleeps,
    ],
)
def test_an_outdated_prefetch_is_requested_again(
    screen: Screen, then: Callable[[Screen], None]
) -> None:
    """S60: when the screen has changed, a form was sent, another tab was used, or 30 s have passed."""
    screen.page.clock.install()
    screen.hard("/p/")
    prefetch(screen, "X")
    then(screen)
    screen.settle()
    asked.clear()
    screen.page.get_by_role("link", name="X", exact=True).dispatch_event("click")
    screen.assert_at("/p/x/")
    screen.assert_eventually(
        lambda: screen.evaluate("document.querySelector('#slot-children').innerText"),
        lambda seen: seen == "x",
        "children show x",
    )
    assert [line for line in asked if line.endswith("/p/x/")] == ["GET x /p/x/"]


def test_a_refresh_that_changes_nothing_keeps_what_is_there(screen: Screen) -> None:
    """S60: nor does the arrival of a slot that was late."""
    screen.hard("/p/")
    screen.evaluate("parallelRoutes.refresh('live')")
    screen.settle()
    prefetch(screen, "X")
    screen.evaluate("document.querySelector('#slot-live p').title = 'set by a script'")
    screen.evaluate("parallelRoutes.refresh('live')")
    screen.settle()
    asked.clear()
    screen.click("X")
    assert_slots(screen, "x")
    assert asked == []


def test_what_is_fetched_while_a_form_is_under_way_is_outdated(
    screen: Screen, gates: Gates
) -> None:
    """S60: the server may have read it before; what is fetched when the answer has come is not."""
    screen.hard("/p/")
    screen.evaluate("document.querySelector('form').action = '/p/'")
    gates.close("home /p/")
    screen.click("Send")
    gates.expect_arrival("home /p/")
    rest_until_fetched(screen, "X")
    gates.open("home /p/")
    screen.settle()
    assert asked.count("prefetch x /p/x/") == 1
    prefetch(screen, "X")
    assert asked.count("prefetch x /p/x/") == 2
    screen.click("X")
    assert_slots(screen, "x")
    assert "GET x /p/x/" not in asked


def test_a_user_who_has_logged_out_sees_nothing_that_was_prefetched(
    screen: Screen, transactional_db: None
) -> None:
    """S60, B54: what was rendered for them is forgotten, here and in other tabs."""
    user = get_user_model().objects.create_user("ada")
    client = Client()
    client.force_login(user)
    value = client.cookies["sessionid"].value
    cookie = {"name": "sessionid", "value": value, "domain": "localhost", "path": "/"}
    screen.page.context.add_cookies([cookie])  # type: ignore[list-item]
    screen.hard("/p/")
    other = screen.new_tab()
    other.hard("/p/")
    prefetch(other, "X")
    prefetch(screen, "X")
    screen.click("Log out")
    screen.assert_at("/logout/")
    screen.back()
    screen.click("X")
    assert_slots(screen, "x")
    other.click("X")
    assert_slots(other, "x")


def test_a_click_waits_for_what_is_under_way(screen: Screen, gates: Gates) -> None:
    """S60, B21: nothing is asked for twice; a newer click ends the waiting."""
    screen.hard("/p/")
    gates.close("x /p/x/")
    screen.page.get_by_role("link", name="X", exact=True).hover()
    gates.expect_arrival("x /p/x/")
    screen.click("X")
    gates.open("x /p/x/")
    assert_slots(screen, "x")
    screen.assert_at("/p/x/")
    assert [line for line in asked if " x " in line] == ["prefetch x /p/x/"]
    screen.click("Home")
    screen.assert_at("/p/")
    gates.close("x /p/x/")
    screen.page.get_by_role("link", name="X", exact=True).hover()
    gates.expect_arrival("x /p/x/")
    screen.click("X")
    screen.click("All")
    screen.assert_at("/p/slow/?all")
    gates.open("x /p/x/")
    screen.settle()
    screen.assert_at("/p/slow/?all")
    assert_slots(screen, "home", "side end")


def test_a_click_requests_a_page_that_can_not_be_kept(screen: Screen) -> None:
    """S60, B61: a view may decline, and a network may fail; a redirect keeps its URL."""
    screen.tolerate_noise("ERR_FAILED", "Failed to load")
    screen.hard("/p/")
    prefetch(screen, "Declines")
    screen.click("Declines")
    assert_slots(screen, "declines")
    assert [line for line in asked if "declines" in line] == [
        "prefetch declines /p/declines/",
        "GET declines /p/declines/",
    ]
    screen.page.route(
        "**/p/x/", lambda route: route.abort() if is_prefetch(route.request) else route.continue_()
    )
    with screen.page.expect_event("requestfailed"):
        screen.page.get_by_role("link", name="X", exact=True).hover()
    screen.click("X")
    assert_slots(screen, "x")
    screen.click("Home")
    screen.assert_at("/p/")
    prefetch(screen, "Moved")
    screen.click("Moved")
    screen.assert_at("/p/x/?moved")
    assert asked[-1] == "prefetch x /p/x/"


def test_a_prefetched_failure_is_shown_as_by_a_usual_click(screen: Screen) -> None:
    """S60, B61: refusals, errors, a redirect out of the layout and a file, which is saved once."""
    screen.expect_noise("403", "404", "500")
    for how, shown in {
        "403": "no: 403",
        "404": "no: 404",
        "500": "no: 500",
        "out": "outside",
    }.items():
        screen.hard("/p/")
        asked.clear()
        prefetch(screen, how)
        assert asked == [f"prefetch {how} /p/{how}/"]
        screen.assert_says("home", "#slot-children")
        screen.click(how)
        screen.assert_says(shown)
        screen.assert_at("/out/" if how == "out" else f"/p/{how}/")
    screen.hard("/p/")
    asked.clear()
    prefetch(screen, "404")
    rest_on(screen, "X")
    rest_on(screen, "404")  # it is asked for once
    assert [line for line in asked if "404" in line] == ["prefetch 404 /p/404/"]
    asked.clear()
    prefetch(screen, "export")
    with screen.page.expect_download() as download:
        screen.click("export")
    assert download.value.suggested_filename == "a.csv"
    assert asked == ["prefetch export /p/export/", "GET export /p/export/"]
    assert_slots(screen, "home")


def test_a_click_for_another_window_is_the_browsers(screen: Screen) -> None:
    """S60, B19: it loads a document there; here everything stays, with what was fetched."""
    screen.hard("/p/")
    prefetch(screen, "X")
    screen.mark()
    link = screen.page.get_by_role("link", name="X", exact=True)
    for options in ({"modifiers": ["Control"]}, {"modifiers": ["Shift"]}, {"button": "middle"}):
        with screen.page.context.expect_page() as opened:
            link.click(**options)  # type: ignore[arg-type]
        opened.value.wait_for_load_state()
        assert opened.value.inner_text("#slot-children") == "x"
        opened.value.close()
    screen.assert_at("/p/")
    assert screen.kept("children")
    assert [line for line in asked if " x " in line] == ["prefetch x /p/x/", *["GET x /p/x/"] * 3]
    asked.clear()
    screen.click("X")
    assert_slots(screen, "x")
    assert asked == []


def test_only_what_a_click_would_show_in_slots_is_asked_for(screen: Screen) -> None:
    """S60: no other origin, file, window, document or part; not where the link says no."""
    screen.hard("/p/")
    asked.clear()
    screen._forget_requests()
    # In a slot with another URL than the page, where "" would be that URL.
    hash_link = "<a href='#here'>here</a>"
    screen.soft("/p/slow/?all")
    screen.assert_at("/p/slow/?all")
    screen.soft("/p/")
    screen.assert_at("/p/")
    screen.settle()
    screen.evaluate(f"document.querySelector('#slot-side').innerHTML = `{hash_link}`")
    asked.clear()
    screen._forget_requests()
    for link in screen.page.locator("#others a, #slot-side a").all():
        link.hover()
        link.dispatch_event("touchstart")
        link.focus()
        screen.evaluate("new Promise((done) => setTimeout(done, 80))")
    screen.evaluate(
        "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
    )
    screen.page.get_by_role("link", name="X", exact=True).dispatch_event("touchstart")
    screen.settle()
    assert asked == []
    # If the click took long, its page was prefetched, and slots are refreshed a moment later.
    others = [
        one for one in screen.requests if '"refresh"' not in one.headers.get("parallel-routes", "")
    ]
    assert others == []


@pytest.mark.parametrize("mode", ["hover", "visible"])
def test_fifty_links_are_no_storm(screen: Screen, gates: Gates, mode: str) -> None:
    """S60: at most two requests at a time, and few in all; what the mouse has left is not asked for."""
    for number in range(50):
        gates.close(f"many /p/many/{number}/")
    screen.tolerate_noise("ERR_ABORTED")
    ended: list[
        str
    ] = []  # a window that gets the focus ends what runs, and the server does not hear of it
    screen.page.on("requestfailed", lambda request: ended.append(request.url))
    screen.open(f"/p/?many={mode}")
    if mode == "hover":
        links = screen.page.locator("a[href^='/p/many/']").all()
        for link in links[:12]:
            link.hover()
            screen.evaluate("new Promise((done) => setTimeout(done, 80))")
    screen.assert_eventually(
        lambda: str(asked).count("prefetch many"), lambda seen: seen >= 2, "two requests have come"
    )
    for _ in range(2):
        screen._await_frame()
    assert str(asked).count("prefetch many") == 2
    assert [url for url in ended if "many" in url] == []
    gates.open_all()
    screen.settle()
    found = [line for line in asked if "many" in line]
    assert len(found) <= 10
    assert all(line.startswith("prefetch") for line in found)
    if (
        mode == "visible"
    ):  # where that leads, the same links are there: what was asked for is outdated
        asked.clear()
        screen.click("css=a[href='/p/many/0/']")
        screen.assert_at("/p/many/0/")
        screen.assert_eventually(
            lambda: str(asked), lambda seen: "prefetch" in seen, "it asks again"
        )
        screen.settle()
        assert str(asked).count("prefetch") <= 10


def test_links_in_view_are_few_until_the_page_changes(screen: Screen) -> None:
    """S60: also if their responses are discarded. Back shows another page, without a request."""
    screen.resize(400, 200)
    screen.hard("/p/?many=visible")
    screen.assert_eventually(lambda: asked.count("prefetch many /p/many/0/"), bool, "it asks")
    screen.evaluate("parallelRoutes.forget()")
    screen.evaluate(
        """new Promise((done) => {
            const link = document.querySelector("a[href='/p/many/49/']");
            const isSeen = ([{ isIntersecting }]) => {
                if (isIntersecting) requestIdleCallback(() => done());
                if (isIntersecting) setTimeout(done, 1000); // Rarely, Chromium does not call the other.
            };
            new IntersectionObserver(isSeen).observe(link);
            link.scrollIntoView();
        })"""
    )
    screen.settle()
    assert str(asked).count("prefetch many") <= 10
    screen.click("css=a[href='/p/many/49/']")
    screen.assert_at("/p/many/49/")
    screen.settle()
    screen.page.mouse.move(0, 0)
    asked.clear()
    screen.back()
    screen.assert_eventually(lambda: str(asked), lambda seen: "many" in seen, "it asks again")
    screen.settle()
    assert str(asked).count("prefetch many") <= 10
    assert "GET" not in str(asked)


def test_a_link_in_view_is_requested_once(screen: Screen) -> None:
    """S60: one URL for links in two slots; also if they came with a swap that is no navigation.

    What such a swap takes out is not kept in memory: a page may poll for hours.
    """
    screen.hard("/p/")
    screen.evaluate(
        """() => {
            const link = '<a href="/p/many/7/" data-pr-prefetch="visible">Seven</a>';
            for (const slot of document.querySelectorAll("#slot-children, #slot-side"))
                slot.insertAdjacentHTML("beforeend", link);
        }"""
    )
    screen.click("Part")
    screen.assert_eventually(lambda: str(asked), lambda seen: "many" in seen, "it asks")
    screen.settle()
    assert [line for line in asked if "many" in line] == ["prefetch many /p/many/7/"]
    screen.evaluate(
        """() => {
            const link = document.querySelector("#slot-side a");
            window.gone = new WeakRef(link);
            link.remove();
        }"""
    )
    screen.settle()
    memory = screen.page.context.new_cdp_session(screen.page)

    def is_kept() -> bool:
        memory.send("HeapProfiler.collectGarbage")
        return screen.evaluate("window.gone.deref() !== undefined")

    screen.assert_eventually(is_kept, lambda kept: not kept, "the link is gone")
