"""A soft navigation changes the URL at once; each slow slot arrives by itself in the same response (S59)."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen
from tests.browser.loading.slots import (
    HOME,
    ONE,
    OTHERS,
    WAITS,
    Waiting,
    assert_state,
    entries,
    hold_loading_states,
    listen,
    state,
)
from tests.support.gates import Gates

pytestmark = pytest.mark.urls("tests.urls.loading")


def test_a_slow_slot_does_not_hold_up_a_navigation(
    screen: Screen, waiting: Waiting, gates: Gates
) -> None:
    """S59: URL and history change at once, the slot when it is ready, in the same response."""
    waiting()
    before = entries(screen)
    screen.assert_at("/d/side/1/")
    assert_state(screen, "loading", "true")
    assert not screen.evaluate("document.documentElement.hasAttribute('data-pr-navigating')")
    told = listen(screen)
    gates.open("side /d/side/1/")
    screen.assert_shows(**ONE)
    assert_state(screen, None, None)
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


def test_slots_that_are_ready_do_not_wait_for_loading_states(screen: Screen, gates: Gates) -> None:
    """S59: they are shown at once; the slot beside them keeps its old content for a moment."""
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


def test_a_slot_that_is_ready_at_once_shows_no_loading_state(screen: Screen) -> None:
    """S59: "committed with it, so nothing flashes"."""
    screen.hard("/d/")
    hold_loading_states(screen)
    told = listen(screen)
    screen.click("/d/side/1/")
    screen.assert_shows(**ONE)
    screen.assert_sent("soft GET /d/side/1/")
    assert told() == ["leave side: side of /d/", "enter side: side of /d/side/1/"]


@pytest.mark.chromium
def test_a_view_transition_shows_the_loading_state_first(screen: Screen, gates: Gates) -> None:
    """S59, B51: the slot that arrives later is shown without a transition."""
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


def test_a_slot_keeps_its_content_until_another_query_has_arrived(
    screen: Screen, gates: Gates
) -> None:
    """S59, S57: meanwhile the slot is busy."""
    screen.hard("/d/side/1/")
    screen.assert_shows(
        **ONE | {"children": "home of /d/side/1/", "tabs__children": "tabs of /d/side/1/"}
    )
    before = screen.slots()
    gates.close("side /d/side/1/")
    screen.evaluate("void parallelRoutes.visit('/d/side/1/?q=1', { slot: 'side' })")
    gates.expect_arrival("side /d/side/1/")
    screen.assert_at("/d/side/1/?q=1")
    assert_state(screen, None, "true")
    assert screen.slots() == before
    gates.open("side /d/side/1/")
    screen.assert_eventually(
        lambda: state(screen), lambda seen: seen == (None, None), "it has come"
    )
    src = "document.querySelector('#slot-side').dataset.prSrc"
    assert screen.evaluate(src) == "/d/side/1/?q=1"


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
def test_a_redirect_or_failure_of_a_late_slot_is_followed(
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


@pytest.mark.chromium
def test_a_file_from_a_late_slot_is_saved(screen: Screen, gates: Gates) -> None:
    """S59, B61: as after a link to it. Its slot has nothing to show, and waits no more."""
    gates.close("side /f/file/")
    screen.hard("/f/200/")
    screen.evaluate("void parallelRoutes.visit('/f/file/')")
    screen.assert_at("/f/file/")
    screen.assert_shows(children="main of /f/file/", side="wait")
    with screen.page.expect_download() as download:
        gates.open("side /f/file/")
    assert download.value.suggested_filename == "list.csv"
    assert download.value.path().read_text() == "1,2"
    screen.assert_shows(children="main of /f/file/", side="")
    assert_state(screen, None, None)
    screen.back()
    screen.assert_shows(children="main of /f/200/", side="No: 200")


@pytest.mark.in_turn
@pytest.mark.parametrize("outcome", ["204", "304", "empty-file"])
def test_a_late_slot_with_nothing_to_show_is_empty(screen: Screen, outcome: str) -> None:
    """S59, B61: nothing else comes, so the slot waits no more, and later clicks don't request it again."""
    screen.hard("/f/200/")
    screen.evaluate(f"void parallelRoutes.visit('/f/{outcome}/')")
    screen.assert_shows(children=f"main of /f/{outcome}/")
    assert_state(screen, None, None)
    sent = [str(request) for request in screen.requests if outcome in request.path]
    assert sent == [f"soft GET /f/{outcome}/"] * 2


@pytest.mark.chromium
def test_a_refresh_with_nothing_to_show_leaves_the_slot_as_it_is(screen: Screen) -> None:
    """B61: a view that is polled may answer with a 204, since nothing is new."""
    screen.hard("/f/200/")
    screen.mark()
    screen.page.route("**/f/200/", lambda route: route.fulfill(status=204))
    screen.evaluate("void parallelRoutes.refresh('side')")
    assert screen.kept("side")
    assert_state(screen, None, None)


@pytest.mark.chromium
def test_a_late_slot_that_redirects_to_a_file_is_not_requested_again(screen: Screen) -> None:
    """S59: the page stays, so a later click would save the file once more."""
    screen.hard("/d/")
    with screen.page.expect_download() as download:
        screen.evaluate("void parallelRoutes.visit('/d/redirects/')")
    assert download.value.suggested_filename == "list.csv"
    screen.click("/d/other/")
    screen.assert_shows(**WAITS | {"children": "other of /d/other/"})
    screen.assert_sent("soft GET /d/other/")


@pytest.mark.in_turn
@pytest.mark.parametrize("to", ["/d/", '{"path": "/d/", "target": "body"}'])
def test_a_late_slot_leads_to_another_page_by_htmx(screen: Screen, to: str) -> None:
    """S59: like a redirect. The slot itself may be on that page, too, and must not lead there again."""
    screen.hard("/d/other/")
    screen.evaluate("(to) => void parallelRoutes.visit(`/d/leads/?to=${to}`)", to)
    screen.assert_at("/d/")
    screen.assert_shows(**HOME)
    assert_state(screen, None, None)
    screen.back()
    screen.assert_at("/d/other/")


def test_a_slow_form_makes_its_slot_busy(screen: Screen, gates: Gates) -> None:
    """S43: only its own, because nobody knows yet what the form will change."""
    screen.hard("/d/form/")
    gates.close("form /d/form/")
    screen.click("Send it")
    gates.expect_arrival("form /d/form/")
    screen.assert_eventually(
        lambda: state(screen, "children"), lambda seen: seen == (None, "true"), "it is busy"
    )
    gates.open("form /d/form/")
    screen.assert_sent("soft POST /d/form/")
    assert_state(screen, None, None, slot="children")
