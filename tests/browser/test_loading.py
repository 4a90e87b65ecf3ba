"""Slots that come later: deferred, streamed, again, or while a navigation takes its time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from playwright.sync_api import Route
from pytest_django.live_server_helper import LiveServer

from tests.browser.harness import MARK, Screen
from tests.support.gates import Gates
from tests.support.proxy import Proxy, between
from tests.urls.loading import failing
from tests.urls.refreshes import team

pytestmark = pytest.mark.urls("tests.urls.loading")

HOME = {"children": "home of /d/", "side": "side of /d/", "tabs": "tab"}
HOME |= {"tabs__children": "tabs of /d/"}
BROKEN = HOME | {"side": "broken Again"}
ABORTED = ["(?i)abort", "afterRequest", "Failed to fetch"]


@pytest.fixture
def screen(screen: Screen) -> Screen:
    screen.tolerate_noise(*ABORTED)
    return screen


@pytest.fixture(autouse=True)
def nothing_fails() -> Iterator[None]:
    yield
    failing.clear()


def state(screen: Screen, slot: str = "side") -> tuple[str | None, str | None]:
    """What a slot says of its state, and whether it is busy."""
    script = """(name) => {
        const slot = document.querySelector(`[data-pr-slot="${name}"]`);
        return [slot.dataset.prState ?? null, slot.ariaBusy];
    }"""
    return tuple(screen.evaluate(script, slot))


def assert_state(screen: Screen, wanted: str | None, slot: str = "side") -> None:
    """Wait until a slot says that it is in a state."""
    screen.assert_eventually(
        lambda: state(screen, slot)[0], lambda seen: seen == wanted, f"it is {wanted}"
    )


def entries(screen: Screen) -> int:
    return screen.evaluate("history.length")


def listen(screen: Screen) -> Callable[[], list[str]]:
    """From now on, note what is told of slots; returns a function that gives it."""
    screen.evaluate(
        """() => {
            window.told = [];
            for (const name of ["leave", "enter", "lost"])
                document.addEventListener(`parallel-routes:${name}`, ({ target, detail }) => {
                    if (!detail?.initial)
                        told.push(`${name} ${target.dataset.prSlot}: ${target.innerText.trim()}`);
                });
        }"""
    )
    return lambda: screen.evaluate("told")


@pytest.fixture
def slow(screen: Screen, gates: Gates) -> Callable[..., None]:
    """A function that loads a page whose slots wait at these gates, and waits for their requests."""

    def slow(path: str, *closed: str) -> None:
        gates.close(*closed)
        screen.open(path)
        for gate in closed:
            gates.expect_arrival(gate)

    return slow


Slow = Callable[..., None]


# --- Deferred ---


def test_a_deferred_slot_comes_by_a_request_of_its_own(
    screen: Screen, slow: Slow, gates: Gates
) -> None:
    """S43: the page is there at once; what arrives is what it would have had."""
    slow("/d/", "side /d/")
    screen.assert_shows(**HOME | {"side": "wait"})
    assert state(screen) == ("loading", "true")
    before = entries(screen)
    told = listen(screen)
    gates.open("side /d/")
    screen.assert_shows(**HOME)
    screen.assert_sent("hard GET /d/", "soft GET /d/", "soft GET /d/")
    assert state(screen) == (None, None)
    assert entries(screen) == before
    screen.assert_at("/d/")
    assert told() == ["leave side: wait", "enter side: side of /d/"]


def test_deferred_slots_come_side_by_side(screen: Screen, slow: Slow, gates: Gates) -> None:
    """S43: a slow slot does not hold up the others."""
    slow("/d/", "side /d/", "tabs /d/")
    gates.open("tabs /d/")
    screen.assert_shows(**HOME | {"side": "wait"})
    gates.open("side /d/")
    screen.assert_shows(**HOME)


def test_an_arrival_leaves_everything_else_alone(screen: Screen, slow: Slow, gates: Gates) -> None:
    """S43, S13: other slots keep their nodes, inputs, the focus; nothing scrolls."""
    slow("/d/eager/", "side /d/eager/")
    screen.type('[aria-label="note"]', "half typed")
    screen.evaluate("window.note = document.querySelector('[data-pr-slot=note]').firstChild")
    gates.open("side /d/eager/")
    screen.assert_shows(
        **HOME
        | {"side": "side of /d/eager/", "tabs__children": "tabs of /d/eager/"}
        | {"children": "home of /d/eager/"}
    )
    screen.settle()
    assert screen.value('[aria-label="note"]') == "half typed"
    assert screen.focused() == "note"
    assert screen.evaluate("note === document.querySelector('[data-pr-slot=note]').firstChild")


def test_an_arrival_may_take_the_focus_if_nobody_has_it(screen: Screen) -> None:
    """S43: as on any page."""
    screen.open("/d/eager/")
    screen.settle()
    assert screen.focused() == "#eager"


def test_a_title_and_current_links_arrive_with_their_slot(
    screen: Screen, slow: Slow, gates: Gates
) -> None:
    """S49, B50."""
    slow("/d/side/1/", "side /d/side/1/")
    screen.assert_title("Loading")
    gates.open("side /d/side/1/")
    screen.assert_title("Side")
    screen.assert_current_links("/d/side/1/", "Side alone")


def test_what_arrives_is_alive(screen: Screen, slow: Slow, gates: Gates) -> None:
    """S43: its links navigate softly."""
    slow("/d/shop/", "cart /d/shop/")
    gates.open("cart /d/shop/")
    shop = {"children": "in the shop: More Cart", "children__children": "shop of /d/shop/"}
    rest = {"side": "side of /d/shop/", "tabs": "tab", "tabs__children": "tabs of /d/shop/"}
    screen.assert_shows(**shop, **rest, children__cart="cart of /d/shop/")
    screen.click("Cart")
    screen.assert_shows(
        children="in the shop: cart More Cart",
        children__children="shop of /d/shop/",
        children__cart="cart of /d/shop/cart/",
        **rest,
    )
    screen.assert_sent("soft GET /d/shop/cart/")


def test_a_navigation_elsewhere_leaves_a_deferred_slot_on_its_way(
    screen: Screen, slow: Slow, gates: Gates
) -> None:
    """S13, S43: it is kept, so it still comes; Back finds it there."""
    slow("/d/", "side /d/")
    screen.click("/d/other/")
    other = HOME | {"children": "other of /d/other/"}
    screen.assert_shows(**other | {"side": "wait"})
    gates.open("side /d/")
    screen.assert_shows(**other)
    screen.assert_at("/d/other/")
    screen.assert_sent("soft GET /d/other/")
    screen.back()
    screen.assert_shows(**HOME)
    screen.assert_sent()
    screen.forward()
    screen.assert_shows(**other)
    screen.assert_sent()


def test_a_deferred_slot_does_not_hold_up_a_navigation_to_its_url(
    screen: Screen, slow: Slow, gates: Gates
) -> None:
    """S43: browsers let requests for the same URL wait for each other, for the sake of their cache."""
    slow("/d/", "side /d/", "tabs /d/")
    screen.click("/d/other/")
    screen.assert_shows(
        children="other of /d/other/", side="wait", tabs="tab", tabs__children="wait"
    )
    screen.click("/d/")
    screen.assert_shows(children="home of /d/", side="wait", tabs="tab", tabs__children="wait")
    gates.open("side /d/")
    gates.open("tabs /d/")
    screen.assert_shows(**HOME)


def test_a_late_answer_for_a_slot_that_has_changed_is_dropped(
    screen: Screen, slow: Slow, gates: Gates
) -> None:
    """B21: the newer navigation wins; Back asks for what has not arrived then."""
    slow("/d/", "side /d/")
    screen.click("/d/side/1/")
    changed = HOME | {"side": "side of /d/side/1/"}
    screen.assert_shows(**changed)
    gates.open("side /d/")
    screen.settle()
    screen.assert_shows(**changed)
    screen.back()
    screen.assert_shows(**HOME)
    screen.assert_sent("soft GET /d/")


def test_slots_of_a_layout_that_a_navigation_brings_are_deferred(
    screen: Screen, gates: Gates
) -> None:
    """S14, S43: as on a hard load; those of one that goes again are not asked for any more."""
    screen.hard("/d/")
    gates.close("cart /d/shop/")
    screen.click("/d/shop/")
    gates.expect_arrival("cart /d/shop/")
    shop = {"children": "in the shop: More Cart", "children__children": "shop of /d/shop/"}
    rest = {name: text for name, text in HOME.items() if name != "children"}
    screen.assert_shows(**rest, **shop, children__cart="wait")
    screen.assert_at("/d/shop/")
    screen.back()
    screen.assert_shows(**HOME)
    gates.open("cart /d/shop/")
    screen.settle()
    screen.assert_shows(**HOME)
    screen.forward()
    screen.assert_shows(**rest, **shop, children__cart="cart of /d/shop/")


def test_a_reload_restores_what_the_entry_has_and_asks_for_the_rest(
    screen: Screen, gates: Gates
) -> None:
    """B34, S43: in the middle of a history."""
    screen.hard("/d/")
    screen.click("/d/side/1/")
    one = HOME | {"side": "side of /d/side/1/"}
    screen.assert_shows(**one)
    screen.click("/d/other/")
    screen.assert_shows(**one | {"children": "other of /d/other/"})
    gates.close("tabs /d/side/1/")
    screen.hard("/plain/")
    screen.back()
    screen.assert_shows(**one | {"children": "other of /d/other/"})
    screen.back()
    screen.assert_shows(**one)


# --- Deferred, and then no fragment ---


@pytest.mark.parametrize("status", ["404", "403"])
def test_a_refusal_of_a_deferred_slot_is_the_document(
    screen: Screen, slow: Slow, gates: Gates, status: str
) -> None:
    """S46, S45: what has no state of its own is shown as the document, and once."""
    screen.expect_noise(status)
    screen.hard("/d/")
    slow(f"/f/{status}/", f"side /f/{status}/")
    before = entries(screen)
    gates.open(f"side /f/{status}/")
    screen.assert_says(f"No: {status}")
    screen.assert_sent(f"hard GET /f/{status}/", f"soft GET /f/{status}/")
    assert screen.count("[data-pr-slot]") == 0
    screen.assert_at(f"/f/{status}/")
    assert entries(screen) == before
    screen.back()
    screen.assert_shows(**HOME)


def test_an_error_of_a_deferred_slot_is_the_document(screen: Screen) -> None:
    """S44: without a state for it, it propagates."""
    screen.expect_noise("500")
    screen.open("/f/500/")
    screen.assert_says("Server Error (500)")
    screen.assert_sent("hard GET /f/500/", "soft GET /f/500/")
    assert screen.count("[data-pr-slot]") == 0


@pytest.mark.parametrize(("outcome", "url"), [("redirect", "/plain/"), ("inside", "/d/")])
def test_a_redirect_of_a_deferred_slot_is_followed_by_the_document(
    screen: Screen, outcome: str, url: str
) -> None:
    """S46: to a page outside of these slots, or among them."""
    screen.hard("/d/other/")
    screen.open(f"/f/{outcome}/")
    screen.assert_at(url)
    screen.settle()
    screen.assert_at(url)
    assert "hard GET " + url in map(str, screen.requests)
    if outcome == "inside":
        screen.assert_shows(**HOME)


def test_what_a_deferred_slot_answers_instead_of_html_is_the_document(screen: Screen) -> None:
    """S46: the page in one piece, which it then is an answer to."""
    screen.open("/f/json/")
    screen.assert_says("answer")
    screen.assert_at("/f/json/?slots=inline")


def test_a_state_that_is_too_large_loads_the_page_in_one_piece(screen: Screen) -> None:
    """B53, S43: its slots can't be asked for; the document has them all, and is loaded once."""
    long = "q=" + "x" * 2000
    screen.open(f"/d/?{long}")
    screen.assert_at(f"/d/?{long}&slots=inline")
    screen.assert_shows(**HOME)
    screen.settle()
    assert state(screen) == (None, None)


# --- Again ---


def test_a_slot_that_fails_can_be_had_again(screen: Screen) -> None:
    """S44: with a retry; the others work all the while, and nothing moves."""
    failing.add("side /d/")
    screen.hard("/d/")
    screen.assert_shows(**BROKEN)
    assert state(screen) == ("error", None)
    before = entries(screen)
    screen.mark()
    screen.click("Again")
    screen.assert_sent("soft GET /d/")
    screen.assert_shows(**BROKEN)
    failing.clear()
    screen.click("Again")
    screen.assert_shows(**HOME)
    screen.assert_sent("soft GET /d/")
    assert state(screen) == (None, None)
    assert entries(screen) == before
    screen.assert_at("/d/")
    assert all(map(screen.kept, ["children", "tabs", "tabs.children", "note"]))


def test_a_retry_that_takes_its_time_is_made_once(screen: Screen, gates: Gates) -> None:
    """S44, B21: the newer of two wins; meanwhile the slot is busy, and says what it said."""
    failing.add("side /d/")
    screen.hard("/d/")
    failing.clear()
    gates.close("side /d/")
    screen.click("Again")
    gates.expect_arrival("side /d/")
    assert state(screen) == ("error", "true")
    screen.assert_shows(**BROKEN)
    told = listen(screen)
    screen.click("Again")
    gates.expect_arrival("side /d/")
    gates.open("side /d/")
    screen.assert_shows(**HOME)
    screen.settle()
    assert told() == ["leave side: broken Again", "enter side: side of /d/"]


@pytest.mark.chromium
def test_a_retry_in_another_tab_is_the_browsers(screen: Screen) -> None:
    """S44, B19: a link with a modifier."""
    failing.add("side /d/")
    screen.hard("/d/")
    screen.mark()
    with screen.page.context.expect_page():
        screen.page.get_by_role("link", name="Again").click(modifiers=["Control"])
    assert screen.kept("side")


def test_memory_does_not_keep_what_is_no_page(screen: Screen) -> None:
    """S44, B34: Back asks for it again, and so it may be there then."""
    failing.add("side /d/")
    screen.hard("/d/")
    screen.assert_shows(**BROKEN)
    screen.click("/d/missing/")
    screen.assert_shows(**HOME | {"side": "nobody"})
    assert state(screen) == ("not-found", None)
    failing.clear()
    screen.back()
    screen.assert_shows(**HOME)
    screen.assert_sent("soft GET /d/")
    screen.forward()
    screen.assert_shows(**HOME | {"side": "nobody"})
    screen.assert_sent("soft GET /d/missing/")
    screen.back()
    screen.assert_shows(**HOME)
    screen.assert_sent()


def test_memory_does_not_keep_what_is_around_such_a_slot(screen: Screen, gates: Gates) -> None:
    """S43, B34: a slot inside of it was on its way."""
    screen.hard("/d/")
    screen.click("/d/other/")
    screen.assert_shows(**HOME | {"children": "other of /d/other/"})
    gates.close("cart /d/shop/")
    screen.click("/d/shop/")
    gates.expect_arrival("cart /d/shop/")
    screen.assert_at("/d/shop/")
    screen.click("/d/other/")
    screen.assert_shows(**HOME | {"children": "other of /d/other/"})
    gates.open("cart /d/shop/")
    screen.back()
    screen.assert_shows(
        **HOME
        | {
            "children": "in the shop: More Cart",
            "children__children": "shop of /d/shop/",
            "children__cart": "cart of /d/shop/",
        }
    )
    screen.assert_sent("soft GET /d/shop/")


def test_a_script_may_refresh_slots(screen: Screen) -> None:
    """S38: the ones that are named, each for its own URL; the address does not move."""
    screen.hard("/d/")
    screen.click("/d/side/1/")
    one = HOME | {"side": "side of /d/side/1/"}
    screen.assert_shows(**one)
    screen.click("/d/other/")
    screen.assert_shows(**one | {"children": "other of /d/other/"})
    screen.type('[aria-label="note"]', "typed")
    screen.mark()
    before = entries(screen)
    screen._forget_requests()
    screen.evaluate("parallelRoutes.refresh('side')")
    screen.assert_sent("soft GET /d/side/1/")
    screen.assert_shows(**one | {"children": "other of /d/other/"})
    assert screen.rendered("side")
    assert all(map(screen.kept, ["children", "tabs", "tabs.children", "note"]))
    screen._forget_requests()
    screen.evaluate("parallelRoutes.refresh('side', 'children', 'nonsense')")
    screen.assert_sent("soft GET /d/other/")
    screen.assert_at("/d/other/")
    assert entries(screen) == before
    assert screen.rendered("children")
    assert all(map(screen.kept, ["tabs", "tabs.children", "note"]))
    screen.back()
    screen.assert_shows(**one)


def test_a_script_may_refresh_all_slots(screen: Screen) -> None:
    """S38: all slots on screen, a layout with the slots in it, in one request."""
    screen.hard("/d/")
    screen.mark()
    screen._forget_requests()
    text = screen.evaluate(
        """async () => {
            await parallelRoutes.refresh();
            return document.querySelector("#slot-side").innerText;
        }"""
    )
    assert text == "side of /d/"
    screen.assert_sent("soft GET /d/")
    assert all(map(screen.rendered, ["children", "side", "tabs", "note"]))
    screen._forget_requests()
    screen.evaluate("parallelRoutes.refresh('nonsense')")
    screen.assert_sent()


def test_a_refresh_of_several_slots_leaves_those_alone_that_have_changed_since(
    screen: Screen, gates: Gates
) -> None:
    """B21: what is newer stays."""
    screen.hard("/d/")
    gates.close("side /d/")
    screen.evaluate("() => { parallelRoutes.refresh('side', 'children'); }")
    gates.expect_arrival("side /d/")
    screen.click("/d/other/")
    screen.assert_shows(**HOME | {"children": "other of /d/other/"})
    screen.evaluate(MARK)
    gates.open("side /d/")
    screen.settle()
    screen.assert_shows(**HOME | {"children": "other of /d/other/"})
    assert screen.kept("children")
    assert screen.rendered("side")


# --- Lost ---


@pytest.fixture
def lose(screen: Screen) -> Callable[[], Callable[[], int]]:
    """A function by which what asks for slots again gets lost; it gives how many did."""

    def lose() -> Callable[[], int]:
        screen.tolerate_noise("ERR_FAILED", "sendError", "Failed to fetch", "Failed to load")
        lost: list[str] = []

        def intercept(route: Route) -> None:
            if '"refresh"' in route.request.headers.get("parallel-routes", ""):
                lost.append(route.request.url)
                return route.abort()
            return route.continue_()

        screen.page.route("**/d/**", intercept)
        return lambda: len(lost)

    return lose


def online(screen: Screen) -> None:
    screen.page.unroute_all(behavior="wait")
    screen.page.context.set_offline(True)
    screen.page.context.set_offline(False)


Lose = Callable[[], Callable[[], int]]


@pytest.mark.chromium
def test_a_deferred_slot_that_gets_lost_is_asked_for_when_the_browser_is_online(
    screen: Screen, lose: Lose
) -> None:
    """S43: once more at once, then it is lost, and says so; the rest of the page works."""
    lost = lose()
    screen.page.add_init_script(
        """window.told = [];
        addEventListener("parallel-routes:lost", ({ target }) => told.push(target.dataset.prSlot));"""
    )
    screen.hard("/d/")
    assert_state(screen, "lost")
    assert_state(screen, "lost", "tabs.children")
    assert state(screen) == ("lost", None)
    assert lost() == 4
    assert sorted(screen.evaluate("told")) == ["side", "tabs.children"]
    screen.assert_shows(**HOME | {"side": "wait", "tabs__children": "wait"})
    screen.click("/d/other/")
    screen.assert_shows(
        children="other of /d/other/", side="wait", tabs="tab", tabs__children="wait"
    )
    online(screen)
    screen.assert_shows(**HOME | {"children": "other of /d/other/"})
    assert state(screen) == (None, None)


@pytest.mark.chromium
def test_what_was_stopped_by_leaving_is_asked_for_after_coming_back(
    screen: Screen, lose: Lose
) -> None:
    """S43: the browser may keep the document, but not what it was waiting for."""
    lose()
    screen.hard("/d/")
    assert_state(screen, "lost")
    screen.page.unroute_all(behavior="wait")
    screen.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    screen.assert_shows(**HOME)


@pytest.mark.chromium
def test_one_loss_is_none(screen: Screen, slow: Slow, gates: Gates) -> None:
    """S43: asked for once more, at once."""
    screen.tolerate_noise("ERR_FAILED", "sendError", "Failed to load")
    left = ["side"]

    def intercept(route: Route) -> None:
        if '["side"]' in route.request.headers.get("parallel-routes", "") and left:
            left.clear()
            return route.abort()
        return route.continue_()

    screen.page.route("**/d/**", intercept)
    screen.hard("/d/")
    screen.assert_shows(**HOME)
    assert not left


@pytest.mark.chromium
def test_what_was_lost_and_has_changed_since_is_not_asked_for(screen: Screen, lose: Lose) -> None:
    """S43: no request after a slot was replaced; Back asks, for nothing of it is kept."""
    lose()
    screen.hard("/d/")
    assert_state(screen, "lost")
    screen.click("/d/side/1/")
    screen.assert_shows(
        side="side of /d/side/1/", children="home of /d/", tabs="tab", tabs__children="wait"
    )
    assert_state(screen, None)
    screen._forget_requests()
    online(screen)
    screen.assert_shows(**HOME | {"side": "side of /d/side/1/"})
    screen.assert_sent("soft GET /d/")
    screen.back()
    screen.assert_shows(**HOME)
    screen.assert_sent("soft GET /d/")


@pytest.mark.chromium
def test_a_refresh_that_gets_lost_leaves_what_is_there(screen: Screen, lose: Lose) -> None:
    """S43, S44: the promise is kept; an error still says what it said, and can be had again."""
    failing.add("side /d/")
    screen.hard("/d/")
    failing.clear()
    lose()
    screen.click("Again")
    screen.settle()
    screen.assert_shows(**BROKEN)
    assert state(screen) == ("error", None)
    screen.evaluate("parallelRoutes.refresh('children')")
    screen.assert_shows(**BROKEN)
    assert state(screen, "children") == (None, None)
    online(screen)
    screen.click("Again")
    screen.assert_shows(**HOME)


# --- Streamed ---


def stream(screen: Screen, path: str) -> None:
    """Begin to load a document, whose end may take long."""
    screen._forget_requests()
    screen.page.goto(path, wait_until="commit")


STREAM = {"children": "home of /s/", "side": "side of /s/ Go", "tabs": "tabs of /s/"}
SOME = STREAM | {"tabs": "wait"}
NONE = SOME | {"side": "wait"}


@pytest.mark.chromium
def test_streamed_slots_arrive_in_the_page_itself(screen: Screen, gates: Gates) -> None:
    """S43: in the same response, each as soon as it is ready; the policy allows nothing inline."""
    gates.close("side /s/", "tabs /s/")
    stream(screen, "/s/")
    screen.assert_shows(**NONE)
    assert state(screen) == ("loading", "true")
    gates.open("side /s/")
    screen.assert_shows(**SOME)
    assert state(screen) == (None, None)
    assert screen.evaluate("document.readyState") == "loading"
    screen.evaluate("document.querySelector('[aria-label=note]').focus()")
    screen.page.keyboard.type("half typed")
    gates.open("tabs /s/")
    screen.assert_shows(**STREAM)
    screen.assert_sent("hard GET /s/")
    assert screen.value('[aria-label="note"]') == "half typed"
    assert screen.focused() == "note"
    assert screen.count("template[data-pr-fragment]") == 0


@pytest.mark.chromium
def test_a_streamed_page_works_before_its_end(screen: Screen, gates: Gates) -> None:
    """S43, S13: links navigate softly, also in what has arrived; what is kept still comes."""
    gates.close("side /s/", "tabs /s/")
    stream(screen, "/s/")
    gates.expect_arrival("side /s/")
    gates.open("side /s/")
    screen.assert_shows(**SOME)
    screen.click("Go")
    screen.assert_shows(**SOME | {"children": "a of /s/a/"})
    screen.assert_at("/s/a/")
    screen.assert_sent("soft GET /s/a/")
    gates.open("tabs /s/")
    screen.assert_shows(**STREAM | {"children": "a of /s/a/"})
    screen.back()
    screen.assert_shows(**STREAM)
    screen.assert_sent()


@pytest.mark.chromium
def test_a_streamed_slot_that_has_changed_meanwhile_stays(screen: Screen, gates: Gates) -> None:
    """B21: the newer navigation wins; htmx is alive in it before and after the end."""
    gates.close("side /s/", "tabs /s/")
    stream(screen, "/s/")
    gates.expect_arrival("side /s/")
    screen.click("/s/b/")
    changed = {"children": "home of /s/", "side": "side of /s/b/ Own", "tabs": "tabs of /s/b/"}
    screen.assert_shows(**changed)
    told = listen(screen)
    gates.open("side /s/")
    gates.open("tabs /s/")
    screen.settle()
    screen.assert_shows(**changed)
    assert told() == []
    screen.click("Own")
    screen.assert_says("plain", "#own")
    screen.assert_sent("soft GET /plain/")
    screen.back()
    screen.assert_shows(**STREAM)


@pytest.mark.chromium
def test_a_streamed_page_comes_back_by_its_entry(screen: Screen, gates: Gates) -> None:
    """S33, B34: Back from another document restores what differs, and waits for the stream else."""
    screen.hard("/s/")
    screen.assert_shows(**STREAM)
    screen.click("/s/b/")
    changed = {"children": "home of /s/", "side": "side of /s/b/ Own", "tabs": "tabs of /s/b/"}
    screen.assert_shows(**changed)
    screen.click("/s/a/")
    screen.assert_shows(**changed | {"children": "a of /s/a/"})
    screen.hard("/plain/")
    screen.back()
    screen.assert_shows(**changed | {"children": "a of /s/a/"})
    screen.assert_at("/s/a/")
    screen.back()
    screen.assert_shows(**changed)
    screen.back()
    screen.assert_shows(**STREAM)


@pytest.mark.chromium
def test_what_a_stream_can_not_bring_is_asked_for(screen: Screen) -> None:
    """S44, S17: an error without a state is the document's, by a request of its own."""
    screen.expect_noise("500")
    failing.add("tabs /s/")
    screen.open("/s/")
    screen.assert_says("Server Error (500)")
    screen.assert_sent("hard GET /s/", "soft GET /s/")


@pytest.mark.chromium
def test_a_stream_without_the_part_for_it_is_asked_for(screen: Screen) -> None:
    """S44: each slot by a request of its own, if the file of the script can't be had."""
    screen.expect_noise("streaming")
    screen.page.route("**/streaming*.js", lambda route: route.abort())
    screen.open("/s/")
    screen.assert_shows(**STREAM)


def cutting(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Any:
    """Middleware: a connection that breaks in the midst of the last slot."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if isinstance(response, StreamingHttpResponse) and request.path.startswith("/s/"):
            chunks = list(response.streaming_content)
            last = chunks[-2]
            response.streaming_content = [*chunks[:-2], last[: last.index(b"tabs of") + 4]]
        return response

    return middleware


def test_what_a_broken_connection_has_cut_off_is_asked_for(
    screen: Screen, use_middleware: Callable[..., None]
) -> None:
    """S43: what is not complete is not shown; as if it were deferred."""
    use_middleware(f"{__name__}.cutting")
    screen.open("/s/")
    screen.assert_shows(**STREAM)
    screen.assert_sent("hard GET /s/", "soft GET /s/")


@pytest.mark.chromium
def test_slots_are_streamed_as_they_get_ready(
    open_screen: Callable[..., Screen], serve_asgi: Callable[[], str]
) -> None:
    """S43: under ASGI, whatever their order."""
    screen = open_screen(serve_asgi())
    screen.open("/s/")
    screen.assert_shows(**STREAM)
    screen.assert_sent("hard GET /s/")


# --- Navigations whose slots arrive each by itself ---


WAITS = HOME | {"side": "wait"}
ONE = HOME | {"side": "side of /d/side/1/"}
OTHERS = ["children", "tabs", "tabs.children", "note"]


@pytest.fixture
def waiting(screen: Screen, gates: Gates) -> Callable[..., None]:
    """A function that clicks a link whose slot waits, until the loading state is there."""

    def waiting(link: str = "/d/side/1/", gate: str = "side /d/side/1/") -> None:
        screen.hard("/d/")
        screen.mark()
        gates.close(gate)
        screen.click(link)
        screen.assert_shows(**WAITS)
        gates.expect_arrival(gate)

    return waiting


Waiting = Callable[..., None]


def test_a_slow_slot_does_not_hold_up_a_navigation(
    screen: Screen, waiting: Waiting, gates: Gates
) -> None:
    """S59: URL and history change at once, the slot when it is ready, in the same response."""
    waiting()
    before = entries(screen)
    screen.assert_at("/d/side/1/")
    assert state(screen) == ("loading", "true")
    assert not screen.evaluate("document.documentElement.hasAttribute('data-pr-navigating')")
    told = listen(screen)
    gates.open("side /d/side/1/")
    screen.assert_shows(**ONE)
    assert state(screen) == (None, None)
    assert told() == ["leave side: wait", "enter side: side of /d/side/1/"]
    screen.assert_title("Side")
    assert all(map(screen.kept, OTHERS))
    screen.assert_sent("soft GET /d/side/1/")
    assert entries(screen) == before
    screen.back()
    screen.assert_shows(**HOME)
    screen.assert_sent()
    assert screen.kept("side")
    screen.forward()
    screen.assert_shows(**ONE)
    screen.assert_sent()


def test_the_first_answer_with_a_late_slot_is_shown_as_it_arrives(
    screen: Screen, gates: Gates
) -> None:
    """S59: also where no slot of the page before can be late: the part for it is there before the click."""
    panels = {"children__children": "panels of /quiet/panels/", "children__cart": "wait"}
    gates.close("cart /quiet/panels/")
    screen.hard("/quiet/")
    assert screen.evaluate(
        "performance.getEntriesByType('resource').some(({ name }) => name.includes('/streaming'))"
    )
    screen.click("/quiet/panels/")
    screen.assert_shows(**panels)
    gates.open("cart /quiet/panels/")
    screen.assert_shows(**panels | {"children__cart": "cart of /quiet/panels/"})
    screen.assert_sent("soft GET /quiet/panels/")


def test_a_slot_without_a_loading_state_is_waited_for(screen: Screen, gates: Gates) -> None:
    """S59: "as soon as every changed slot without ``loading`` is ready"."""
    screen.hard("/d/")
    gates.close("note /d/side/2/")
    screen.click("/d/side/2/")
    gates.expect_arrival("note /d/side/2/")
    screen.assert_shows(**HOME)
    screen.assert_at("/d/")
    assert screen.evaluate("document.documentElement.hasAttribute('data-pr-navigating')")
    gates.open("note /d/side/2/")
    screen.assert_shows(**HOME | {"side": "side of /d/side/2/", "note": "note of /d/side/2/"})
    screen.assert_at("/d/side/2/")


def test_what_is_ready_does_not_wait_for_loading_states(screen: Screen, gates: Gates) -> None:
    """S59: it is there at once; a slot beside it goes on to show what it has shown for a moment."""
    screen.hard("/d/")
    screen.mark()
    told = listen(screen)
    gates.close("side /d/side/2/")
    screen.click("/d/side/2/")
    screen.assert_shows(**WAITS | {"note": "note of /d/side/2/"})
    screen.assert_at("/d/side/2/")
    noted = ("leave note: ", "enter note: note of /d/side/2/")
    assert told() == [*noted, "leave side: side of /d/", "enter side: wait"]
    gates.expect_arrival("side /d/side/2/")
    gates.open("side /d/side/2/")
    screen.assert_shows(**HOME | {"side": "side of /d/side/2/", "note": "note of /d/side/2/"})
    screen.assert_sent("soft GET /d/side/2/")
    screen.back()
    screen.assert_shows(**HOME)
    screen.assert_sent()
    assert all(map(screen.kept, ["side", *OTHERS]))


def test_what_is_ready_at_once_shows_no_loading_state(screen: Screen) -> None:
    """S59: "committed with it, so nothing flashes"."""
    screen.hard("/d/")
    told = listen(screen)
    screen.click("/d/side/1/")
    screen.assert_shows(**ONE)
    screen.assert_sent("soft GET /d/side/1/")
    assert told() == ["leave side: side of /d/", "enter side: side of /d/side/1/"]


@pytest.mark.chromium
def test_a_late_slot_in_a_view_transition(screen: Screen, gates: Gates) -> None:
    """S59, B51: with the loading state first; what comes then comes without."""
    screen.page.emulate_media(reduced_motion="no-preference")
    gates.close("tabs /d/")
    screen.open("/d/")
    screen.evaluate("document.documentElement.toggleAttribute('data-pr-view-transitions')")
    gates.open("tabs /d/")
    screen.assert_shows(**HOME)
    gates.close("side /d/side/1/")
    screen.click("/d/side/1/")
    screen.assert_shows(**WAITS)
    screen.assert_at("/d/side/1/")
    gates.open("side /d/side/1/")
    screen.assert_shows(**ONE)
    screen.back()
    screen.assert_shows(**HOME)


def test_back_while_a_slot_is_loading_leads_to_the_entry_before(
    screen: Screen, waiting: Waiting, gates: Gates
) -> None:
    """S59, S33: what arrives then is late; Forward asks for it once more."""
    waiting()
    screen.back()
    screen.assert_shows(**HOME)
    screen.assert_at("/d/")
    screen.assert_sent()
    assert state(screen) == (None, None)
    assert all(map(screen.kept, ["side", *OTHERS]))
    gates.open("side /d/side/1/")
    screen.settle()
    screen.assert_shows(**HOME)
    screen.forward()
    screen.assert_shows(**ONE)
    screen.assert_sent("soft GET /d/side/1/")


def test_a_newer_click_leaves_a_late_slot_on_its_way(
    screen: Screen, waiting: Waiting, gates: Gates
) -> None:
    """S59, B21: what the newer navigation keeps still comes, without a second request."""
    waiting()
    screen.click("/d/other/")
    screen.assert_shows(**WAITS | {"children": "other of /d/other/"})
    screen.assert_at("/d/other/")
    gates.open("side /d/side/1/")
    screen.assert_shows(**ONE | {"children": "other of /d/other/"})
    screen.assert_sent("soft GET /d/other/")
    screen.back()
    screen.assert_shows(**ONE)
    screen.back()
    screen.assert_shows(**HOME)
    screen.assert_at("/d/")


def test_a_form_sent_while_slots_are_late(screen: Screen, gates: Gates) -> None:
    """S59, B39: it is answered at once; the late slots of two streams still come, each by itself."""
    screen.hard("/d/form/")
    gates.close("side /d/side/1/", "tabs /d/tabs/x/")
    screen.click("/d/side/1/")
    screen.assert_says("wait", "#slot-side")
    screen.click("/d/tabs/x/")
    gates.expect_arrival("tabs /d/tabs/x/")
    screen.assert_at("/d/tabs/x/")
    screen.evaluate(MARK)  # which waits for nothing
    screen.click("Send it")
    screen.assert_eventually(
        lambda: screen.evaluate("window.mergedSlots"),
        lambda slots: "children" in slots,
        "it is answered",
    )
    gates.open("tabs /d/tabs/x/")
    screen.assert_says("tabs of /d/tabs/x/", "#slot-tabs")
    screen.assert_says("wait", "#slot-side")
    gates.open("side /d/side/1/")
    screen.assert_says("side of /d/side/1/", "#slot-side")
    screen.assert_sent("soft POST /d/form/")
    screen.back()
    screen.assert_says("tabs of /d/form/", "#slot-tabs")


def test_a_newer_click_for_the_same_slot_wins(
    screen: Screen, waiting: Waiting, gates: Gates
) -> None:
    """S59, B21: what the older one would bring is dropped, its connection ended."""
    waiting()
    screen.click("/d/side/3/")
    three = HOME | {"side": "side of /d/side/3/"}
    screen.assert_shows(**three)
    gates.open("side /d/side/1/")
    screen.settle()
    screen.assert_shows(**three)
    screen.assert_at("/d/side/3/")


def test_another_query_leaves_the_slot_as_it_is_until_it_comes(
    screen: Screen, gates: Gates
) -> None:
    """S59, S57: it is busy; the same link twice is brought by the newer one."""
    screen.hard("/d/side/1/")
    screen.assert_shows(
        **ONE | {"children": "home of /d/side/1/", "tabs__children": "tabs of /d/side/1/"}
    )
    before = screen.slots()
    gates.close("side /d/side/1/")
    screen.evaluate("void parallelRoutes.visit('/d/side/1/?q=1', { slot: 'side' })")
    gates.expect_arrival("side /d/side/1/")
    screen.assert_at("/d/side/1/?q=1")
    assert state(screen) == (None, "true")
    assert screen.slots() == before
    gates.open("side /d/side/1/")
    screen.assert_eventually(
        lambda: state(screen), lambda seen: seen == (None, None), "it has come"
    )
    src = "document.querySelector('#slot-side').dataset.prSrc"
    assert screen.evaluate(src) == "/d/side/1/?q=1"


def test_back_while_a_slot_waits_for_another_query(screen: Screen, gates: Gates) -> None:
    """S33, S59: what comes late is for the entry that was left; Forward asks for it again."""
    src = "document.querySelector('#slot-side').dataset.prSrc"
    screen.hard("/d/side/1/")
    screen.assert_eventually(
        lambda: screen.evaluate(src), lambda found: found == "/d/side/1/", "it is there"
    )
    gates.close("side /d/side/1/")
    screen.evaluate("void parallelRoutes.visit('/d/side/1/?q=1', { slot: 'side' })")
    gates.expect_arrival("side /d/side/1/")
    screen.assert_at("/d/side/1/?q=1")
    assert state(screen) == (None, "true")
    screen.back()
    screen.assert_at("/d/side/1/")
    gates.open("side /d/side/1/")
    screen.settle()
    assert state(screen) == (None, None)
    assert screen.evaluate(src) == "/d/side/1/"
    screen.forward()
    screen.assert_at("/d/side/1/?q=1")
    screen.assert_eventually(
        lambda: screen.evaluate(src), lambda found: found == "/d/side/1/?q=1", "it has come"
    )
    screen.back()
    screen.assert_at("/d/side/1/")
    screen.settle()
    assert screen.evaluate(src) == "/d/side/1/"


def test_back_before_a_loading_state_is_shown(screen: Screen, gates: Gates) -> None:
    """S33, S59: it waits for a moment beside what is ready, and is not for the entry that was left."""
    screen.hard("/d/")
    screen.assert_shows(**HOME)
    gates.close("side /d/side/1/")
    screen.evaluate(
        """async () => {
            const settled = new Promise((done) =>
                document.addEventListener("parallel-routes:settle", done, { once: true }));
            parallelRoutes.visit("/d/side/1/");
            await settled;
            history.back();
        }"""
    )
    screen.assert_at("/d/")
    gates.open("side /d/side/1/")
    screen.settle()
    screen.assert_shows(**HOME)
    assert state(screen) == (None, None)
    screen.forward()
    screen.assert_at("/d/side/1/")
    screen.assert_says("side of /d/side/1/", "#slot-side")


@pytest.mark.in_turn
@pytest.mark.parametrize(
    ("outcome", "at", "says"),
    [
        ("redirect", "/plain/", "plain"),
        ("inside", "/d/", "home of /d/"),
        ("403", "/f/403/", "No: 403"),
        ("500", "/f/500/", "Server Error (500)"),
    ],
)
def test_what_a_late_slot_answers_instead_is_followed(
    screen: Screen, outcome: str, at: str, says: str
) -> None:
    """S59: "What a late slot refuses, redirects or raises is followed by the browser"."""
    screen.tolerate_noise("403", "500")
    screen.hard("/f/200/")
    screen.evaluate(f"void parallelRoutes.visit('/f/{outcome}/')")
    screen.assert_at(at)
    screen.assert_says(says)
    screen.back()
    screen.assert_at("/f/200/")
    screen.assert_shows(children="main of /f/200/", side="No: 200")


def cutting_soft(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Any:
    """Middleware: a connection that breaks in the last slot of a soft answer, or in its first part."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if isinstance(response, StreamingHttpResponse) and request.path == "/d/side/1/":
            *chunks, last = response.streaming_content
            response.streaming_content = [*chunks, last[: last.index(b"side of") + 4]]
        if isinstance(response, StreamingHttpResponse) and request.path == "/d/side/2/":
            first = next(iter(response.streaming_content))
            response.streaming_content = [first[: first.index(b"note of") + 4]]
        return response

    return middleware


def test_a_late_slot_that_is_cut_off_is_asked_for(
    screen: Screen, use_middleware: Callable[..., None]
) -> None:
    """S59: what is not complete is not shown."""
    screen.tolerate_noise("in its first part", "sendError")
    use_middleware(f"{__name__}.cutting_soft")
    screen.hard("/d/")
    screen.click("/d/side/1/")
    screen.assert_shows(**ONE)
    screen.assert_sent("soft GET /d/side/1/", "soft GET /d/side/1/")
    screen.assert_at("/d/side/1/")
    screen.click("/d/side/2/")  # to the browser, this looks like the end
    screen.assert_says("can’t be reached", ".parallel-routes-notice")
    screen.assert_shows(**ONE)
    screen.assert_at("/d/side/1/")


@pytest.fixture
def proxy(live_server: LiveServer) -> Iterator[Proxy]:
    with between(live_server.url) as proxy:
        yield proxy


@pytest.mark.chromium
def test_a_connection_that_is_reset_leaves_the_slot_with_its_retry(
    open_screen: Callable[..., Screen], proxy: Proxy, gates: Gates
) -> None:
    """S59, S43: what had arrived stays; the slot is asked for once more, and again with the network."""
    screen = open_screen(proxy.url)
    screen.tolerate_noise(*ABORTED, "ERR_", "sendError", "network error", "Failed to load")
    screen.hard("/d/")
    proxy.cut_at = b"note of /d/side/2/"
    screen.click("/d/side/2/")  # nothing is shown of what is cut off in its first part
    screen.assert_says("can’t be reached", ".parallel-routes-notice")
    screen.assert_shows(**HOME)
    screen.assert_at("/d/")
    proxy.cut_at = b"side of /d/side/1/"
    gates.close("side /d/side/1/")
    screen.click("/d/side/1/")
    screen.assert_shows(**WAITS)
    screen.assert_at("/d/side/1/")
    gates.open("side /d/side/1/")
    assert_state(screen, "lost")
    screen.assert_shows(**WAITS)
    screen.assert_sent("soft GET /d/side/1/", "soft GET /d/side/1/")
    proxy.cut_at = b""
    online(screen)
    screen.assert_shows(**ONE)
    # Another query of what is there: it is asked for by its own URL, and not by that of what is shown.
    proxy.cut_at = b"side of /d/side/1/"
    gates.close("side /d/side/1/")
    screen.evaluate("void parallelRoutes.visit('/d/side/1/?q=1', { slot: 'side' })")
    gates.expect_arrival("side /d/side/1/")
    screen.assert_at("/d/side/1/?q=1")
    gates.open("side /d/side/1/")
    screen.assert_says("can’t be reached", ".parallel-routes-notice")
    screen.assert_shows(**ONE)
    proxy.cut_at = b""
    screen.click("Try again")
    screen.assert_sent("soft GET /d/side/1/?q=1")
    screen.assert_eventually(
        lambda: screen.evaluate("document.querySelector('#slot-side').dataset.prSrc"),
        lambda src: src == "/d/side/1/?q=1",
        "it has come",
    )
    screen.back()
    screen.back()
    screen.assert_shows(**HOME)


@pytest.mark.chromium
def test_a_proxy_that_buffers_makes_it_slower_and_never_wrong(
    open_screen: Callable[..., Screen], proxy: Proxy, gates: Gates
) -> None:
    """S59: all comes at once, on pages and on soft navigations; nothing is asked for again."""
    screen = open_screen(proxy.url)
    proxy.holds = b"X-Accel-Buffering"
    screen.hard("/s/b/")
    screen.assert_shows(children="home of /s/b/", side="side of /s/b/ Own", tabs="tabs of /s/b/")
    screen.hard("/d/")
    told = listen(screen)
    gates.close("side /d/side/2/")
    screen.click("/d/side/2/")
    gates.expect_arrival("side /d/side/2/")
    screen.assert_shows(**HOME)
    screen.assert_at("/d/")
    gates.open("side /d/side/2/")
    screen.assert_shows(**HOME | {"side": "side of /d/side/2/", "note": "note of /d/side/2/"})
    screen.assert_at("/d/side/2/")
    screen.assert_sent("soft GET /d/side/2/")
    assert [one for one in told() if "wait" in one] == []


PHOTO = HOME | {"modal": "", "modal__children": "photo of /d/photo/1/"}


def test_a_slow_modal_opens_with_its_loading_state(screen: Screen, gates: Gates) -> None:
    """S59, B51: as a modal, at its URL; what comes takes its place."""
    screen.hard("/d/")
    screen.mark()
    gates.close("photo /d/photo/1/")
    screen.click("/d/photo/1/")
    screen.assert_modals("wait for it")
    screen.assert_at("/d/photo/1/")
    gates.open("photo /d/photo/1/")
    screen.assert_modals("Photo")
    screen.assert_shows(**PHOTO)
    assert screen.count("dialog") == 1
    screen.press("Escape")
    screen.assert_modals()
    screen.assert_at("/d/")
    assert screen.focused() == "/d/photo/1/"
    screen.assert_shows(**HOME)
    assert all(map(screen.kept, [*OTHERS, "side"]))


def test_closing_a_modal_that_is_on_its_way_stops_it(screen: Screen, gates: Gates) -> None:
    """S59, B51: it leads back; what arrives then is dropped."""
    screen.hard("/d/")
    screen.mark()
    gates.close("photo /d/photo/1/")
    screen.click("/d/photo/1/")
    screen.assert_modals("wait for it")
    screen.press("Escape")
    screen.assert_modals()
    screen.assert_at("/d/")
    gates.open("photo /d/photo/1/")
    screen.settle()
    screen.assert_modals()
    screen.assert_sent()
    screen.assert_shows(**HOME)
    assert screen.focused() == "/d/photo/1/"
    assert all(map(screen.kept, [*OTHERS, "side"]))


def test_a_refresh_leaves_a_modal_open(screen: Screen) -> None:
    """S38: "a modal stays a modal"."""
    screen.hard("/d/")
    screen.click("/d/photo/1/")
    screen.assert_modals("Photo")
    screen.settle()
    screen.mark()
    screen._forget_requests()
    screen.evaluate("parallelRoutes.refresh('modal.children')")
    screen.assert_sent("soft GET /d/photo/1/")
    screen.assert_modals("Photo")
    screen.assert_shows(**PHOTO)
    assert screen.kept("modal")
    assert screen.rendered("modal.children")
    screen.evaluate("parallelRoutes.refresh()")
    screen.assert_shows(**PHOTO)
    screen.assert_at("/d/photo/1/")
    screen.press("Escape")
    screen.assert_modals()
    screen.assert_at("/d/")


def test_a_form_that_takes_its_time_makes_its_slot_busy(screen: Screen, gates: Gates) -> None:
    """S43: no more than that: nobody knows what it will change."""
    screen.hard("/d/form/")
    gates.close("form /d/form/")
    screen.click("Send it")
    gates.expect_arrival("form /d/form/")
    screen.assert_eventually(
        lambda: state(screen, "children"), lambda seen: seen == (None, "true"), "it is busy"
    )
    gates.open("form /d/form/")
    screen.assert_sent("soft POST /d/form/")
    assert state(screen, "children") == (None, None)


# --- Live segments ---


def assert_segments(screen: Screen, text: str) -> None:
    screen.assert_eventually(
        lambda: screen.text("#segments"), lambda seen: seen == text, f"it says {text!r}"
    )


def test_segments_on_screen_follow(screen: Screen) -> None:
    """S48: what the layout prints, though it is not rendered again; and a kept slot's."""
    screen.hard("/d/")
    assert_segments(screen, "||")
    screen.click("/d/side/1/")
    assert_segments(screen, "1|side/1|")
    screen.click("/d/other/")
    assert_segments(screen, "1|side/1|other")
    screen.click("/d/side/2/")
    assert_segments(screen, "2|side/2|other")
    screen.back()
    assert_segments(screen, "1|side/1|other")
    screen.go(-2)
    assert_segments(screen, "||")
    screen.reload()
    assert_segments(screen, "||")


def test_segments_in_a_slots_own_layout_follow(screen: Screen) -> None:
    """S48: and those of the innermost page."""
    screen.hard("/d/")
    screen.click("/d/tabs/x/")
    screen.assert_shows(**HOME | {"tabs": "tab tabs/x", "tabs__children": "tabs of /d/tabs/x/"})
    screen.click("/d/shop/")
    screen.settle()
    assert_segments(screen, "||shop")
    screen.click("More")
    assert_segments(screen, "||shop")
    screen.click("Cart")
    screen.assert_says("in the shop: cart", "#slot-children")
    screen.back()
    screen.assert_says("in the shop: ", "#slot-children")


# --- What a view has changed ---


@pytest.mark.urls("tests.urls.refreshes")
def test_a_form_brings_the_slots_that_show_what_it_has_changed(screen: Screen) -> None:
    """S40: the modal closes, and the count behind is new, for its own URL, in the answer to the redirect."""
    team.clear()
    screen.hard("/t/other/")
    screen.soft("/t/")
    screen.assert_shows(children="nobody", count="0 of /t/other/")
    screen.type("#typed", "half a word")
    screen.soft("/t/add/")
    screen.assert_modals("Add")
    screen.type("[name=name]", "Ada")
    screen.click("Add")
    screen.assert_shows(children="Ada", count="1 of /t/other/")
    screen.assert_modals()
    screen.assert_at("/t/")
    assert screen.value("#typed") == "half a word"


@pytest.mark.urls("tests.urls.refreshes")
def test_a_view_outside_of_every_slot_may_send_a_signal(screen: Screen) -> None:
    """S38: "a signal from the client"; the address bar does not move."""
    team.clear()
    screen.hard("/t/other/")
    screen.click("Signal")
    screen.assert_shows(children="other", count="1 of /t/other/")
    screen.assert_says("sent", "#sent")
    screen.evaluate("document.dispatchEvent(new CustomEvent('parallel-routes:refresh'))")
    screen.assert_at("/t/other/")
    screen.hard("/t/")
    team.append("Bob")
    screen.evaluate("parallelRoutes.refresh('children', 'count')")
    screen.assert_shows(children="signal Bob", count="2 of /t/")


@pytest.mark.urls("tests.urls.roles")
@pytest.mark.chromium  # whose driver awaits promises
def test_a_slot_that_is_refused_waits_for_where_one_is_going(screen: Screen, gates: Gates) -> None:
    """S46, B54: a form that changes the user ends the session in which the slots are asked for."""
    screen.hard("/become/member/")
    screen.hard("/r/")
    screen.assert_shows(children="home", user="user's")
    gates.close("switch")
    screen.click("Switch")
    gates.expect_arrival("switch")
    screen.evaluate("parallelRoutes.refresh('user')")
    gates.open("switch")
    screen.assert_shows(children="home", admin="admin's", audit="audit")
    screen.assert_at("/r/")


def test_a_late_slot_of_a_click_without_the_part_for_it(screen: Screen, gates: Gates) -> None:
    """S59: the answer is shown when all of it is there, if the file of the script can't be had."""
    screen.page.route("**/streaming*", lambda route: route.abort())
    screen.tolerate_noise("ERR_FAILED")
    screen.open("/quiet/")
    screen.click("/quiet/panels/")
    screen.assert_shows(
        children__children="panels of /quiet/panels/", children__cart="cart of /quiet/panels/"
    )
