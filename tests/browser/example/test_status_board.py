"""The status board: slow, broken and role-dependent panels, by ASGI with htmx 2 and by WSGI with htmx 4."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.example.site import (
    BUSY,
    LATE,
    begin,
    panel,
    stamp,
    stamps,
)
from tests.browser.harness import Screen

pytestmark = [pytest.mark.chromium, pytest.mark.in_turn]


@pytest.fixture
def board(
    request: pytest.FixtureRequest, htmx: int, open_example: Callable[..., Screen]
) -> Screen:
    """A window on the example: under ASGI with htmx 2, under WSGI with htmx 4."""
    return open_example(request.getfixturevalue({2: "server", 4: "runserver"}[htmx]))


def test_the_board_is_shown_before_its_slow_panels(board: Screen) -> None:
    """S43: some are deferred, some streamed, and no panel waits for them."""
    begin(board, "/status/?delay=3000&gauge=works")
    early = board.evaluate(  # all at once
        "(panels) => panels.map((panel) => document.querySelector(panel).innerText)",
        [panel(name) for name in ("uptime", *LATE)],
    )
    assert "30 days" in early[0]
    assert early[1:5] == ["Loading…"] * 4
    assert "Requests" in early[5]  # the tabs are there,
    assert "Loading…" in early[5]  # their page is not
    for name, words in {
        "queue": "jobs are waiting",
        "latency": "ms at most",
        "deploys": "rendered",
        "gauge": "above chart datum",
        "log": "GET /pricing",
    }.items():
        board.assert_says(words, panel(name))
    board.settle()
    assert (
        board.count(f"{BUSY}, [data-pr-state='loading'], [data-pr-slot] .parallel-routes-loading")
        == 0
    )
    board.assert_at("/status/?delay=3000&gauge=works")


def test_retrying_the_gauge_changes_no_other_panel(board: Screen) -> None:
    """S44: it fails every other time, so it works the second time at the latest."""
    board.hard("/status/?delay=0&gauge=flaky")
    board.type(f"{panel('uptime')} .stamp input", "half a thought")
    while True:
        board.settle()
        before = stamps(board)
        if "gauge" not in before:
            break
        board.reload()  # now it is the turn of one that fails
        board.type(f"{panel('uptime')} .stamp input", "half a thought")
    board.assert_says("This could not be loaded.", panel("gauge"))
    board.click("Try again")
    board.assert_says("above chart datum", panel("gauge"))
    after = stamps(board)
    assert after.pop("gauge")
    assert after == before
    assert board.value(f"{panel('uptime')} .stamp input") == "half a thought"


def test_a_failing_gauge_fails_until_the_knob_is_turned(board: Screen) -> None:
    """S44: the retry runs the view again."""
    board.hard("/status/?delay=0&gauge=fails")
    board.assert_says("This could not be loaded.", panel("gauge"))
    board.click("Try again")
    board.settle()
    board.assert_says("This could not be loaded.", panel("gauge"))
    board.page.select_option("#id_gauge", "works")
    board.click("#turn")
    board.assert_at("/status/?delay=0&gauge=works")
    board.assert_says("above chart datum", panel("gauge"))


def test_turning_the_knobs_shows_that_panels_load(board: Screen) -> None:
    """S43, S57: it is the same page, so panels keep their content while they load."""
    board.hard("/status/?delay=0&gauge=works")
    before = stamps(board)
    board.type("#id_delay", "1200")  # under WSGI, one panel waits after the other
    board.press("Enter")
    board.assert_at("/status/?delay=1200&gauge=works")
    assert board.count(f"{panel('latency')}[aria-busy='true']") == 1
    assert "Loading" not in board.text(panel("latency"))
    board.assert_says("30 days", panel("uptime"))
    late = "Queue, Latency, Deploys, Gauge"
    board.assert_says(f"Status, Uptime, Incident, Costs changed; {late} still to come", ".lowbar")
    board.settle()
    for name in late.split(", "):
        board.assert_says(name, ".lowbar")
    board.assert_says("arrived later, each by itself", ".lowbar")
    after = stamps(board)
    kept = {name for name in before if after[name] == before[name]}
    assert kept == {"layout", "log tabs", "log"}
    assert board.count(BUSY) == 0


def test_tabs_stay_while_one_of_them_loads(board: Screen) -> None:
    """S43, S45: also for a tab that does not exist; Back shows the one before."""
    board.hard("/status/?delay=1500&gauge=works")
    board.type(f"{panel('log')} .card > .stamp input", "half a thought")
    tabs = stamp(board, "log tabs")
    board.click("Errors")
    board.assert_says("Loading…", panel("log"))
    board.assert_says("Connection reset", panel("log"))
    board.assert_at("/status/log/errors/")
    board.click("Backups")
    board.assert_says("There is no log of backups.", panel("log"))
    board.assert_at("/status/log/backups/")
    assert stamp(board, "log tabs") == tabs
    assert board.value(f"{panel('log')} .card > .stamp input") == "half a thought"
    board.page.mouse.move(0, 0)  # off the link, which would be prefetched
    board.back()
    board.assert_says("Connection reset", panel("log"))
    board.assert_sent()
    board.forward()
    board.assert_says("There is no log of backups.", panel("log"))
    board.click("css=.parts a[href='/status/']")
    board.assert_at("/status/")
    board.assert_title("Status · Tideline")  # the log is kept, but it is not the page


def test_panels_come_and_go_with_the_role(board: Screen) -> None:
    """S46: by a test on the slot, by ``{% if %}`` around it, and by a refusal in its place."""
    board.hard("/status/?delay=0&gauge=works")
    assert board.count(", ".join(map(panel, ("rota", "keys", "audit")))) == 0
    board.assert_says("You may not see this.", panel("costs"))
    board.click("Member")
    board.assert_says("this week", panel("rota"))
    assert board.count(", ".join(map(panel, ("keys", "audit")))) == 0
    board.assert_says("You may not see this.", panel("costs"))
    board.assert_at("/status/?delay=0&gauge=works")
    board.click("Admin")
    board.assert_says("Newsletter", panel("keys"))
    board.assert_says("rendered", panel("audit"))
    board.assert_says("€ 1,284", panel("costs"))
    board.click("Visitor")
    board.assert_says("but not for visitors", "main")
    assert board.count(", ".join(map(panel, ("rota", "keys", "audit")))) == 0
