"""After each step, ``SlotClient`` shows what a browser shows."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from django_parallel_routes.test import SlotClient
from tests.browser.harness import PATIENCE, Screen
from tests.models import Note
from tests.urls.machine import LINKS

LOOK = """() => Object.fromEntries([...document.querySelectorAll("[data-pr-slot][data-pr-key]")].map(
    ({ dataset: { prSlot, prVariant, prSrc, prState } }) => [
        prSlot,
        [prVariant, prVariant === "empty" ? "" : prSrc, prState ?? ""],
    ],
))"""


def in_browser(screen: Screen) -> dict[str, Any]:
    screen.settle()
    texts = screen.slots()
    # A slot that has come between the two readings has no text yet: the next one tells.
    seen = {name: [*state, texts.get(name)] for name, state in screen.evaluate(LOOK).items()}
    return without_tokens({"url": screen.url, "title": screen.evaluate("document.title"), **seen})


def in_client(client: SlotClient) -> dict[str, Any]:
    screen = client.screen
    seen = {
        slot.address: [slot.shows, slot.url * (slot.shows != "empty"), slot.state, slot.own_text]
        for slot in screen.slots.values()
    }
    return without_tokens({"url": screen.url, "title": screen.title, **seen})


def without_tokens(seen: dict[str, Any]) -> dict[str, Any]:
    """A form that is sent by GET has its token in the URL."""
    return dict(json.loads(re.sub(r"csrfmiddlewaretoken=\w+", "", json.dumps(seen))))


def assert_same_in_browser(screen: Screen, expected: dict[str, Any], log: list[str]) -> None:
    """Wait until a browser shows what the client does."""
    deadline = time.monotonic() + PATIENCE
    while (seen := in_browser(screen)) != expected:
        wrong = [
            f"{name}: {expected.get(name)}, and in the browser {seen.get(name)}"
            for name in {**expected, **seen}
            if expected.get(name) != seen.get(name)
        ]
        assert time.monotonic() < deadline, "\n".join([*log, "    shows", *wrong])


Step = tuple[str, Callable[[Any], object], Callable[[SlotClient], object]]


class Walker:
    """Draws steps that can be taken where the client is."""

    def __init__(self, client: SlotClient, seed: int) -> None:
        self.client = client
        self.random = random.Random(seed)

    def step(self) -> Step:
        here, history = self.client._tab.position, self.client.history
        homes = [home["data-pr-slot"] for home in self.client._tab.page.open_slots()]
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
            css = f"[data-pr-slot='{home}']"
            return (
                f"close {home}",
                lambda screen: screen.close(css),
                lambda client: client.close(home),
            )
        return verb, lambda screen: getattr(screen, verb)(), lambda client: getattr(client, verb)()

    def click(self, *, itself: bool) -> Step:
        slots = self.client.screen.slots.values()
        place = self.random.choice(
            ["", *(one.address for one in slots if "itself" in one.own_text)]
        )
        url = self.random.choice(LINKS)
        nav = f'[data-pr-slot="{place}"] > nav' if place else "body > nav"
        kind = '[data-pr-intercept="false"]' if itself else ":not([data-pr-intercept])"
        css = f'css={nav} > a[href="{url}"]{kind}'
        return (
            f"click {url} in {place!r}{' itself' * itself}",
            lambda screen: screen.click(css),
            lambda client: client.visit(url, inside=place or None, intercept=not itself),
        )


@pytest.mark.chromium  # others keep documents in their back-forward cache, where the client loads them
@pytest.mark.urls("tests.urls.machine")
def test_a_walk_shows_the_same_in_both(
    screen: Screen, use_middleware: Callable[..., None], htmx: int
) -> None:
    screen.tolerate_noise("404")
    client = SlotClient()
    walker = Walker(client, seed=htmx)
    screen.hard("/")
    client.load("/")
    log: list[str] = []
    for _ in range(25):
        name, in_screen, in_slots = walker.step()
        log.append(name)
        in_slots(client)
        in_screen(screen)
        assert_same_in_browser(screen, in_client(client), log)


def link(href: str) -> Step:
    return f"click {href}", lambda screen: screen.soft(href), lambda client: client.click(href)


def button(text: str) -> Step:
    return f"press {text}", lambda screen: screen.click(text), lambda client: client.click(text)


def save(name: str) -> Step:
    """Fill in the uppermost form."""

    def in_screen(screen: Screen) -> None:
        screen.type("dialog:modal [data-pr-slot]:last-of-type #id_name", name)
        screen.press("Enter")

    return f"save {name}", in_screen, lambda client: client.submit_form({"name": name})


def verb(name: str, *arguments: object) -> Step:
    return name, *[lambda one: getattr(one, name)(*arguments)] * 2


CLOSE = "close", lambda screen: screen.close(), lambda client: client.close()
FORMS = [
    ("load", lambda screen: screen.hard("/f/other/"), lambda client: client.load("/f/other/")),
    *(link("/f/"), link("/f/new/"), save("old"), save("young"), verb("back"), verb("forward")),
    *(link("/f/strict/"), save("young"), verb("back"), verb("forward"), verb("reload")),
    *(link("/f/reply/"), button("Add a note"), save("added"), CLOSE, verb("back")),
    *(link("/f/"), link("/f/new/"), CLOSE),
    *(link("/f/echo/"), button("Two"), button("As a GET"), button("Elsewhere"), button("Far")),
    *(verb("back"), button("Find"), verb("back"), link("/f/upload/"), verb("back")),
]


@pytest.mark.chromium
@pytest.mark.urls("tests.urls.forms")
@pytest.mark.django_db(transaction=True)
def test_forms_lead_to_the_same_in_both(screen: Screen, settings: Any) -> None:
    """What is written has to be written twice, so one goes after the other."""
    settings.PARALLEL_ROUTES_WATCH_QUERIES = True
    screen.tolerate_noise("422")
    connection.close()  # the next one is watched
    client = SlotClient(enforce_csrf_checks=True)
    Note.objects.create(name="old")
    shown: list[dict[str, Any]] = []
    for _, _, in_slots in FORMS:
        in_slots(client)
        shown.append(in_client(client))
    Note.objects.exclude(name="old").delete()
    for at, (_, in_screen, _) in enumerate(FORMS):
        in_screen(screen)
        screen.forget()  # the client asks for what the script may have in memory
        assert_same_in_browser(screen, shown[at], [name for name, *_ in FORMS[: at + 1]])
