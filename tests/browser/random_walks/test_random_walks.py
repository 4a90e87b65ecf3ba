"""A state machine walks at random through a site with modals, and compares the browser with a naive model.

After each step, the URL, the title, and each slot's variant and text must be what the model says.

``make test`` takes a few walks, the same ones each time. To take other, longer or more walks::

    MACHINE_WALKS=500 MACHINE_STEPS=60 pytest tests/browser/random_walks -k htmx4
"""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, note, settings as hypothesis, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from pytest_django.live_server_helper import LiveServer

from tests.browser.engines import Engine
from tests.browser.harness import PATIENCE, Screen
from tests.browser.random_walks.model import Seen, Window, level_of, title
from tests.urls.machine import LINKS

OPENING = [
    url for url in LINKS if re.match("/(photo|login|note|outside|team/./member/|other/item)", url)
]

LOOK = """() => {
    const says = (element) => [...element.querySelectorAll("p")]
        .filter((p) => p.closest("[data-pr-slot]") === element.closest("[data-pr-slot]"))
        .map((p) => p.textContent).join(" | ");
    return {
        url: location.pathname + location.search,
        title: document.title,
        page: says(document.body),
        slots: [...document.querySelectorAll("[data-pr-slot]")]
            .map((slot) => [slot.dataset.prSlot, `${slot.dataset.prVariant}: ${says(slot)}`]),
        nodes: [...document.querySelectorAll("[data-pr-slot]")].map((slot) => {
            const p = [...slot.querySelectorAll("p")].find((p) => p.closest("[data-pr-slot]") === slot);
            return [slot.dataset.prSlot, p && (p.mark ??= `${performance.timeOrigin} ${Math.random()}`)];
        }),
    };
}"""


class Walk(RuleBasedStateMachine):
    """One tab of a browser."""

    open: Callable[[], Screen]
    steps = 0
    depths: Counter[int] = Counter()  # how many steps ended with so many levels open

    def __init__(self) -> None:
        super().__init__()
        self.screen = type(self).open()
        self.window = Window()
        self.log: list[str] = []
        self.nodes: Mapping[str, str | None] = {}
        self.seen_before = Seen("", None, "")

    def teardown(self) -> None:
        self.screen._tab.close()
        self.screen._noise.check()

    # --- Steps ---

    @initialize(url=st.sampled_from(["/", "/feed/", "/team/a/", "/note/1/", "/other/"]))
    def start(self, url: str) -> None:
        self.screen.hard(url)
        self.window.hard(url)
        self._compare(f"hard {url}")

    @precondition(lambda self: self.window.seen.segment)
    @rule(data=st.data(), url=st.sampled_from(OPENING))
    def open_something(self, data: Any, url: str) -> None:
        self._click(data, url)

    @precondition(lambda self: self._open)
    @rule(data=st.data(), url=st.sampled_from(OPENING))
    def open_something_from_there(self, data: Any, url: str) -> None:
        self._click(data, url, self._open)

    @precondition(lambda self: any(place.startswith("modal") for place in self._open))
    @rule(url=st.sampled_from(["/outside/1/", "/note/1/", "/note/2/?q=1", "/outside/2/"]))
    def open_one_level_more(self, url: str) -> None:
        self._click_in(self._open[-1], url)

    @rule(data=st.data(), url=st.sampled_from(LINKS))
    def click(self, data: Any, url: str) -> None:
        self._click(data, url)

    @rule(data=st.data(), url=st.sampled_from(LINKS))
    def click_without_interception(self, data: Any, url: str) -> None:
        self._click(data, url, intercepts=False)

    @rule(url=st.sampled_from(LINKS))
    def load(self, url: str) -> None:
        self.screen.hard(url)
        self.window.hard(url)
        self._compare(f"hard {url}")

    @rule()
    def reload(self) -> None:
        self.screen.reload()
        self.window.reload()
        self._compare("reload")

    @precondition(lambda self: self.window.index > 0)
    @rule()
    def back(self) -> None:
        self._go(-1)

    @precondition(lambda self: self.window.index + 1 < len(self.window.entries))
    @rule()
    def forward(self) -> None:
        self._go(1)

    @precondition(lambda self: len(self.window.entries) > 2)
    @rule(data=st.data())
    def leap(self, data: Any) -> None:
        there = [n for n in range(len(self.window.entries)) if n != self.window.index]
        self._go(data.draw(st.sampled_from(there), "to entry") - self.window.index)

    @precondition(lambda self: self._open)
    @rule(data=st.data())
    def close(self, data: Any) -> None:
        place = data.draw(st.sampled_from(self._open), "close")
        self.screen.evaluate(
            "(place) => { parallelRoutes.close(document.querySelector(`[data-pr-slot='${place}']`)); }",
            place,
        )
        self.window.close(place)
        self._compare(f"close {place}")

    @precondition(lambda self: self.window.seen.segment)
    @rule()
    def forget(self) -> None:
        self.screen.evaluate("parallelRoutes.forget()")
        note("forget")

    # --- How ---

    def _click(
        self, data: Any, url: str, places: list[str] | None = None, *, intercepts: bool = True
    ) -> None:
        place = data.draw(st.sampled_from(places or self._places), "in")
        self._click_in(place, url, intercepts=intercepts)

    def _click_in(self, place: str, url: str, *, intercepts: bool = True) -> None:
        intercept = ":not([data-pr-intercept])" if intercepts else '[data-pr-intercept="false"]'
        self.screen.click(f'css={self._nav(place)} > a[href="{url}"]{intercept}')
        self.window.click(url, place, intercepts=intercepts)
        how = "" if intercepts else ", not intercepted"
        self._compare(f"click {url} in {place or 'the layout'}{how}")

    def _go(self, steps: int) -> None:
        document = self.window.document
        self.screen.go(steps)
        loads = self.window.go(steps)
        self._compare(f"go {steps:+} to {self.window.index}")
        if document == self.window.document and not loads:
            assert len(self.screen._tab.sent) <= 1

    @property
    def _places(self) -> list[str]:
        """The slots with links, and the layout's."""
        found = self.window.seen.flat.items()
        return ["", *(name for name, cell in found if cell.shows not in {"layout", "empty"})]

    @property
    def _open(self) -> list[str]:
        """The places in what is open over the page."""
        opened = {level for level in self.window.seen.opened if level[0] != "children"}
        return [place for place in self._places if level_of(place) in opened]

    def _nav(self, place: str) -> str:
        return f'[data-pr-slot="{place}"] > nav' if place else "body > nav"

    def _compare(self, step: str) -> None:
        note(step)
        type(self).steps += 1
        seen = self.window.seen
        self.log.append(step)
        type(self).depths[max((at + 1 for _slot, at in seen.opened), default=0)] += 1
        expected = {"url": seen.url, "title": title(seen), "page": seen.text}
        expected |= {name: f"{cell.shows}: {cell.text}" for name, cell in seen.flat.items()}
        deadline = time.monotonic() + PATIENCE
        while True:
            self.screen.settle()
            looked = self.screen.evaluate(LOOK)
            found = {
                "url": looked["url"],
                "title": looked["title"] if expected["title"] is not None else None,
                "page": looked["page"],
                **{name: says for name, says in looked["slots"] if not is_spare(name, says)},
            }
            if found == expected:
                break
            if time.monotonic() > deadline:
                wrong = [
                    f"{key}: {found.get(key)!r}, and not {expected.get(key)!r}"
                    for key in {**expected, **found}
                    if found.get(key) != expected.get(key)
                ]
                raise AssertionError("\n".join(["", *self.log, "    shows", *wrong]))
        nodes = dict(looked["nodes"])
        self._check_kept(nodes)
        self.nodes, self.seen_before = nodes, seen

    def _check_kept(self, nodes: Mapping[str, str | None]) -> None:
        """S13, S15, S24, S33: what the model has not touched still has its nodes."""
        if any(request.how == "hard" for request in self.screen._tab.sent):
            return
        before, now = self.seen_before.flat, self.window.seen.flat
        new = [
            name
            for name, cell in now.items()
            if name in before
            and (cell is before[name] or (cell.inside and cell.inside == before[name].inside))
            if nodes[name] != self.nodes[name]
        ]
        assert not new, "\n".join(["", *self.log, f"    has rendered again: {new}"])


def is_spare(name: str, says: str) -> bool:
    """Whether this is the place for one level more."""
    return name.endswith("modal.modal") and says == "empty: "


@pytest.mark.chromium  # others keep documents in their back-forward cache, where the model loads them
@pytest.mark.urls("tests.urls.machine")
def test_screen_and_url_are_what_the_naive_model_says(
    engine: Engine, live_server: LiveServer, htmx: int, use_middleware: Callable[..., None]
) -> None:
    """S13 to S17, S22 to S29, B31 to S33, S49: after each step, whatever the steps before."""
    use_middleware("django_parallel_routes.middleware.ParallelRoutesMiddleware")

    def open_screen() -> Screen:
        window = engine.open(live_server.url)
        window.noise.tolerated.append("404")
        return Screen(window)

    class ThisWalk(Walk):
        open = staticmethod(open_screen)
        depths = Counter()

    walks = os.environ.get("MACHINE_WALKS")
    began = time.monotonic()
    run_state_machine_as_test(
        ThisWalk,
        settings=hypothesis(
            max_examples=int(walks or 6),
            stateful_step_count=int(os.environ.get("MACHINE_STEPS", "25")),
            derandomize=not walks,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink] if not walks else [Phase.generate],
            print_blob=False,
            report_multiple_bugs=False,
        ),
    )
    each = (time.monotonic() - began) / ThisWalk.steps
    print(f"{ThisWalk.steps} steps, {each:.3f} s each; levels open: {dict(ThisWalk.depths)}")
