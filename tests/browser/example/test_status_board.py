"""The status board: slow, broken and role-dependent panels, by ASGI with htmx 2 and by WSGI with htmx 4."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.example.site import (
    BUSY,
    LATE,
    noted,
    panel,
    stamp,
    stamps,
    stop_prefetching,
    watching,
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
    panels = [panel(name) for name in ("uptime", *LATE)]
    texts = f"() => {panels}.map((css) => document.querySelector(css)?.innerText ?? '')"
    board.page.add_init_script(f"({watching(texts)})()")
    board.open("/status/?delay=1000&gauge=works")
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
    board.assert_at("/status/?delay=1000&gauge=works")

    def is_early(uptime: str, *late: str) -> bool:
        *others, log = late  # whose tabs are there, but not their page
        loading = [*others, "Loading…" if "Loading…" in log and "Requests" in log else log]
        return "30 days" in uptime and loading == ["Loading…"] * len(LATE)

    assert [texts for texts in noted(board) if is_early(*texts)], noted(board)


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
    board.type("#id_delay", "2000")  # under WSGI, one panel waits after the other
    shown = [".lowbar", panel("latency"), panel("uptime")]
    state = (
        f"() => [...{shown}.map((css) => document.querySelector(css).innerText),"
        f" document.querySelector('{panel('latency')}').ariaBusy]"
    )
    board.evaluate(watching(state))
    board.press("Enter")
    board.assert_at("/status/?delay=2000&gauge=works")
    late = "Queue, Latency, Deploys, Gauge"
    words = f"Status, Uptime, Incident, Costs changed; {late} still to come"
    board.assert_eventually(
        lambda: [state for state in noted(board) if words in state[0]],
        lambda seen: any("30 days" in uptime and busy for _, _, uptime, busy in seen),
        f"the bar says {words!r}, while the latency is loading",
    )
    board.settle()
    assert not [state for state in noted(board) if "Loading" in state[1]]
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
    stop_prefetching(board)
    board.type(f"{panel('log')} .card > .stamp input", "half a thought")
    tabs = stamp(board, "log tabs")
    board.evaluate(watching(f"() => document.querySelector('{panel('log')}').innerText"))
    board.click("Errors")
    board.assert_says("Connection reset", panel("log"))
    assert [text for text in noted(board) if "Loading…" in text]
    board.assert_at("/status/log/errors/")
    board.click("Backups")
    board.assert_says("There is no log of backups.", panel("log"))
    board.assert_at("/status/log/backups/")
    assert stamp(board, "log tabs") == tabs
    assert board.value(f"{panel('log')} .card > .stamp input") == "half a thought"
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
