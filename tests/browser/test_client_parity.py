"""``SlotClient`` tells the truth: step by step it shows what a browser shows."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from django_parallel_routes.test import SlotClient
from tests.browser.engines import Engine
from tests.browser.harness import Screen
from tests.models import Note
from tests.urls.machine import LINKS

LOOK = """() => ({
    title: document.title,
    slots: Object.fromEntries([...document.querySelectorAll("[data-slot][data-key]")].map(
        ({ dataset: { slot, shows, src, state } }) => [slot, [shows, src, state ?? ""]],
    )),
})"""


def in_browser(screen: Screen) -> dict[str, Any]:
    screen.settle()
    return {**screen.evaluate(LOOK), "url": screen.url, "texts": screen.slots()}


def in_client(client: SlotClient) -> dict[str, Any]:
    slots = client.screen.slots
    return {
        "title": client.screen.title,
        "slots": {name: [slot.shows, slot.url, slot.state] for name, slot in slots.items()},
        "url": client.screen.url,
        "texts": {name: slot.own_text for name, slot in slots.items()},
    }


Step = tuple[str, Callable[[Any], object], Callable[[SlotClient], object]]


class Walker:
    """Draws steps that can be taken where the client is."""

    def __init__(self, client: SlotClient, seed: int) -> None:
        self.client = client
        self.random = random.Random(seed)

    def step(self) -> Step:
        here, history = self.client._tab.position, self.client.history
        homes = [home["data-slot"] for home in self.client._tab.page.open_homes()]
        verbs = ["click"] * 8 + ["itself"] * 2 + ["load", "reload"]
        verbs += ["back"] * 2 * (here > 0) + ["forward"] * (here + 1 < len(history))
        verbs += ["leap"] * (len(history) > 2) + ["close"] * 3 * bool(homes)
        verb = self.random.choice(verbs)
        if verb in ("click", "itself"):
            return self.click(itself=verb == "itself")
        if verb == "load":
            url = self.random.choice(LINKS)
            return f"load {url}", lambda screen: screen.hard(url), lambda client: client.load(url)
        if verb == "leap":
            by = self.random.choice([n - here for n in range(len(history)) if n != here])
            return f"go {by}", lambda screen: screen.go(by), lambda client: client.go(by)
        if verb == "close":
            home = self.random.choice(homes)
            css = f"[data-slot='{home}']"
            return f"close {home}", lambda screen: screen.close(css), lambda client: client.close(home)
        return verb, lambda screen: getattr(screen, verb)(), lambda client: getattr(client, verb)()

    def click(self, *, itself: bool) -> Step:
        slots = self.client.screen.slots.values()
        place = self.random.choice(["", *(one.address for one in slots if "itself" in one.own_text)])
        url = self.random.choice(LINKS)
        nav = f'[data-slot="{place}"] > nav' if place else "body > nav"
        kind = '[data-intercept="false"]' if itself else ":not([data-intercept])"
        css = f'css={nav} > a[href="{url}"]{kind}'
        return (
            f"click {url} in {place!r}{' itself' * itself}",
            lambda screen: screen.click(css),
            lambda client: client.visit(url, inside=place or None, intercept=not itself),
        )


@pytest.mark.chromium  # others keep documents in their back-forward cache, where the client loads them
@pytest.mark.urls("tests.urls.machine")
@pytest.mark.parametrize("seed", [1, 2])
def test_a_walk_shows_the_same_in_both(
    screen: Screen, use_middleware: Callable[..., None], seed: int
) -> None:
    screen.tolerate_noise("404")
    client = SlotClient()
    walker = Walker(client, seed)
    screen.hard("/")
    client.load("/")
    log: list[str] = []
    for _ in range(25):
        name, in_screen, in_slots = walker.step()
        log.append(name)
        in_screen(screen)
        in_slots(client)
        assert in_client(client) == in_browser(screen), log
