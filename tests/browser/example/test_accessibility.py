"""What axe reports about each page and modal of the example."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.example.site import (
    FARID,
    PHOTO,
    TEAM,
    assert_dialogs,
    begin,
    panel,
)
from tests.browser.harness import Screen

pytestmark = [pytest.mark.chromium, pytest.mark.in_turn]


PAGES = [
    "/",
    "/login/",
    "/display/",
    "/gallery/",
    "/gallery/ines-duarte/",
    "/gallery/photos/8/",
    "/gallery/people/ines-duarte/",
    "/dashboard/",
    "/dashboard/visitors/",
    "/dashboard/sources/",
    "/dashboard/settings/",
    "/dashboard/playground/",
    "/dashboard/docs/guides/modals",
    "/dashboard/team/ada-novak/",
    "/dashboard/projects/",
    "/dashboard/projects/northstar/milestones/",
    "/dashboard/projects/northstar/files/brief.md",
    "/dashboard/activity/?kind=shipped",
    "/dashboard/docs/guides/loading",
    "/status/?delay=0&gauge=works",
    "/status/?delay=0&gauge=fails",  # an error, a refusal, and what is not found
    "/status/?delay=9999&gauge=works",  # a knob that is out of bounds
    "/status/?slots=inline&delay=0&gauge=fails",
    "/status/log/backups/",
]

STAFF_PAGES = [
    "/account/",
    "/dashboard/",
    "/dashboard/team/new/",
    "/dashboard/team/ada-novak/edit/",
    "/dashboard/team/ada-novak/delete/",
    "/gallery/photos/new/",
    "/gallery/photos/8/",
    "/gallery/photos/8/edit/",
    "/gallery/photos/8/delete/",
]

MODALS = [  # the page, what to click, and the heading of what opens
    ("/gallery/", {PHOTO: "The last ferry"}),
    ("/gallery/", {PHOTO: "The last ferry", FARID: "Farid Haddad"}),
    ("/gallery/farid-haddad/", {PHOTO: "The last ferry"}),
    ("/gallery/farid-haddad/", {PHOTO: "The last ferry", FARID: "Farid Haddad"}),
    ("/dashboard/", {"Log in": "Log in"}),
    ("/", {"Display": "Display settings"}),
]

STAFF_MODALS = [
    ("/", {"css=.topbar-end [href^='/account/']": "Your account"}),
    ("/dashboard/", {"Add a member": "Add a member "}),
    ("/dashboard/team/ada-novak/", {"Delete": "Delete Ada Novak"}),
    ("/gallery/", {PHOTO: "The last ferry"}),
    ("/gallery/", {"Add a photo": "Add a photo "}),
]

WCAG_22 = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}


MOVING = """() => document.getAnimations().some((one) =>
    one.playState === "running" && Number.isFinite(one.effect.getComputedTiming().endTime))"""


def complaints(screen: Screen) -> list[str]:
    """List what axe finds, once nothing moves any more that comes to rest."""
    screen.assert_eventually(
        lambda: screen.evaluate(MOVING), lambda seen: not seen, "modals have moved in"
    )
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in Axe().run(screen.page, options=WCAG_22).response["violations"]
        for node in violation["nodes"]
    ]


def complaints_while_loading(screen: Screen) -> list[str]:
    """What axe says of loading states. On a busy machine it may take longer than the longest delay."""
    for _ in range(3):
        begin(screen, "/status/?delay=5000&gauge=works")
        found = complaints(screen)
        if screen.text(panel("latency")) == "Loading…":
            return found
    raise AssertionError("The panels were never loading for as long as axe looked at them.")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_axe_finds_nothing_on_any_page(
    open_example: Callable[..., Screen], scheme: str, width: int
) -> None:
    """Nor with a modal open: WCAG 2.2 as well, and at 320 px nothing is cut off."""
    screen = open_example(color_scheme=scheme, viewport={"width": width, "height": 900})
    found: dict[str, list[str]] = {}
    screen.hard("/status/")
    screen.click("Admin")  # who sees all panels; below, a visitor
    screen.assert_says("Newsletter", panel("keys"))
    found["all panels"] = complaints(screen)
    screen.hard("/status/?delay=0&gauge=fails")
    screen.click(f"css={panel('gauge')} summary")
    screen.assert_says("Traceback", panel("gauge"))
    found["a traceback"] = complaints(screen)
    found["loading"] = complaints_while_loading(screen)
    look_at(screen, STAFF_PAGES, STAFF_MODALS, found)
    screen.hard("/dashboard/team/ada-novak/delete/")
    screen.click(f"css={TEAM} button")
    screen.assert_says("First somebody else has to lead Northstar.", TEAM)
    found["a refusal"] = complaints(screen)
    screen.page.context.clear_cookies()
    look_at(screen, PAGES, MODALS, found)
    assert not {where: what for where, what in found.items() if what}


def look_at(
    screen: Screen,
    pages: list[str],
    modals: list[tuple[str, dict[str, str]]],
    found: dict[str, list[str]],
) -> None:
    """Load pages and open modals, and note down what axe finds."""
    for path in pages:
        screen.hard(path)
        found.setdefault(path, []).extend(complaints(screen))
        width = screen.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        if width > 0:
            found[path].append(f"{width} pixels are beyond the edge of the window")
    for path, steps in modals:
        screen.hard(path)
        for number, click in enumerate(steps, start=1):
            screen.click(click)
            assert_dialogs(screen, *list(steps.values())[:number])
        found.setdefault(f"{path} {steps}", []).extend(complaints(screen))
