"""What the tests of slots that arrive later share: the texts of the test site, and the state of a slot."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.harness import Screen

HOME = {"children": "home of /d/", "side": "side of /d/", "tabs": "tab"}
HOME |= {"tabs__children": "tabs of /d/"}
BROKEN = HOME | {"side": "broken Again"}
WAITS = HOME | {"side": "wait"}
ONE = HOME | {"side": "side of /d/side/1/"}
PHOTO = HOME | {"modal": "", "modal__children": "photo of /d/photo/1/"}
OTHERS = ["children", "tabs", "tabs.children", "note"]

ABORTED = ["(?i)abort", "afterRequest", "Failed to fetch"]
"""What browsers say of requests that the script has stopped."""

Slow = Callable[..., None]
Lose = Callable[[], Callable[[], int]]
Waiting = Callable[..., None]


def state(screen: Screen, slot: str = "side") -> tuple[str | None, str | None]:
    """The state that a slot declares, and whether it is busy."""
    script = """(name) => {
        const slot = document.querySelector(`[data-pr-slot="${name}"]`);
        return [slot.dataset.prState ?? null, slot.ariaBusy];
    }"""
    return tuple(screen.evaluate(script, slot))


def assert_state(screen: Screen, *wanted: str | None, slot: str = "side") -> None:
    """Wait until a slot says that it is in a state and, if that is given too, whether it is busy."""
    screen.assert_eventually(
        lambda: state(screen, slot)[: len(wanted)],
        lambda seen: seen == wanted,
        f"{slot} is {wanted}",
    )


def entries(screen: Screen) -> int:
    return screen.evaluate("history.length")


def listen(screen: Screen) -> Callable[[], list[str]]:
    """Record the events of slots from now on; returns a function that returns them."""
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


def hold_loading_states(screen: Screen) -> None:
    """Let loading states wait for their slots as long as it takes, and not only for 150 milliseconds."""
    screen.evaluate(
        """() => {
            const own = setTimeout;
            window.setTimeout = (run, time, ...rest) => own(run, time === 150 ? 60_000 : time, ...rest);
        }"""
    )


def online(screen: Screen) -> None:
    """Let requests through again, and tell the page. Chromium's own event may come too early."""
    screen.page.unroute_all(behavior="wait")
    screen.evaluate("dispatchEvent(new Event('online'))")
