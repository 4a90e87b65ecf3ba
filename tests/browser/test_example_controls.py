"""Every link, button and form of every page of the example does something, and what the URL says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, Page

from tests.browser.engines import ABORTED, PATIENCE
from tests.browser.harness import Screen
from tests.browser.test_example import (  # a server of their own, since forms are sent here
    PICTURE,
    environ as environ,
    open_example as open_example,
    server as server,
)

pytestmark = pytest.mark.chromium

Place = tuple[str, str]
"""A page, and the link on it that opens a modal whose controls are meant, if any."""

PLACES: dict[str, list[Place]] = {
    "visitor": [
        ("/", ""),
        ("/login/", ""),
        ("/display/", ""),
        ("/gallery/", ""),
        ("/gallery/ines-duarte/", ""),
        ("/photos/8/", ""),
        ("/people/ines-duarte/", ""),
        ("/dashboard/", ""),
        ("/dashboard/visitors/", ""),
        ("/dashboard/sources/", ""),
        ("/dashboard/page-views/", ""),
        ("/dashboard/settings/", ""),
        ("/dashboard/playground/", ""),
        ("/dashboard/team/ada-novak/", ""),
        ("/dashboard/projects/", ""),
        ("/dashboard/projects/northstar/", ""),
        ("/dashboard/projects/northstar/milestones/", ""),
        ("/dashboard/projects/northstar/files/brief.md", ""),
        ("/dashboard/activity/?page=2", ""),
        ("/dashboard/docs/", ""),
        ("/dashboard/docs/guides/modals", ""),
        ("/dashboard/docs/guides/loading", ""),
        ("/status/?delay=0&gauge=works", ""),
        ("/status/?delay=0&gauge=fails", ""),
        ("/status/log/backups/?delay=0", ""),
        ("/gallery/", '.grid a[href="/photos/8/"]'),
        ("/gallery/farid-haddad/", '.grid a[href="/photos/8/"]'),
        ("/dashboard/", '.topbar a[href^="/login/"]'),
        ("/dashboard/", '.topbar a[href^="/display/"]'),
    ],
    "admin": [
        ("/account/", ""),
        ("/dashboard/", ""),
        ("/dashboard/team/grace-okafor/", ""),
        ("/dashboard/team/new/", ""),
        ("/dashboard/team/ada-novak/edit/", ""),
        ("/dashboard/team/ada-novak/delete/", ""),
        ("/status/?delay=0&gauge=works", ""),
        ("/photos/new/", ""),
        ("/photos/9/", ""),
        ("/photos/9/edit/", ""),
        ("/dashboard/", 'a[href="/dashboard/team/new/"]'),
        ("/dashboard/team/ada-novak/", 'a[href="/dashboard/team/ada-novak/edit/"]'),
        ("/dashboard/team/ada-novak/", 'a[href="/dashboard/team/ada-novak/delete/"]'),
        ("/dashboard/", '.topbar a[href^="/account/"]'),
        ("/gallery/", 'a[href="/photos/new/"]'),
        ("/photos/24/delete/", ""),
    ],
}

FAILS = {
    "/dashboard/nowhere/": "a URL that no slot has",
    "/dashboard/docs/not/written": "a page that the view does not find",
    "/dashboard/playground/broken/": "a view that fails",
}
OTHER_PAGES = {
    "Settings, for the team slot only": "another slot's page of the URL, by request",
}

SELECTOR = "a[href], button, input[type=submit], input[type=image], summary"
CONTROLS = """(selector) => {
    const top = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document;
    const isThere = (control) =>
        top.contains(control) && !control.disabled && control.checkVisibility({ visibilityProperty: true });
    return [...document.querySelectorAll(selector)].flatMap((control, number) => {
        if (!isThere(control)) return [];
        const form = control.form;
        const slot = control.closest("[data-pr-slot]")?.dataset.prSlot ?? "";
        const text = control.ariaLabel || control.innerText.trim() || control.value || "";
        const href = control.getAttribute("href") ?? "";
        const isCurrent = control.ariaCurrent === "page" || control.ariaPressed === "true";
        const attributes = [...control.attributes].map(({ name, value }) => `${name}=${value}`);
        const what = [slot, text, form?.getAttribute("action"), form?.method, top !== document];
        return [{ number, text, href, isCurrent, key: JSON.stringify([what, attributes.sort()]) }];
    });
}"""
# Anything that changes in a slot, in a dialog or beside them; focus and classes of htmx don't count.
WATCH = """() => {
    window.hasChanged = false;
    const isReal = ({ type, attributeName, target }) => type !== "attributes" ||
        (["open", "data-pr-src", "data-pr-variant"].includes(attributeName));
    new MutationObserver((all) => { window.hasChanged ||= all.some(isReal); }).observe(document.body, {
        subtree: true, childList: true, characterData: true, attributes: true,
    });
}"""
FILL_IN = """([selector, number]) => {
    const { form } = document.querySelectorAll(selector)[number];
    for (const field of form?.elements ?? []) {
        if (!field.required || field.value || field.type === "file") continue;
        field.value = field.type === "email" ? "somebody@tideline.example"
            : field.localName === "select" ? field.options[1].value : "Something";
    }
    return [...(form?.elements ?? [])].some(({ type, required }) => type === "file" && required);
}"""
MAIN = """() => [...document.querySelectorAll("[data-pr-slot]")].map(
    ({ dataset }) => [dataset.prSlot, dataset.prVariant, dataset.prSrc]
)"""
SLOT = re.compile(r'data-pr-slot="([\w.]+)" data-pr-variant="(\w+)" data-pr-src="([^"]*)"')


@dataclass(frozen=True)
class Control:
    """A link or button."""

    place: Place
    number: int
    text: str
    href: str
    is_current: bool
    key: str

    def __str__(self) -> str:
        return f"{' '.join(filter(None, self.place))}: {self.text!r} {self.href}".strip()


class Walk:
    """One visitor, who clicks on each control that there is."""

    def __init__(self, screen: Screen, role: str, server: str, htmx: int) -> None:
        self.screen, self.role, self.server, self.htmx = screen, role, server, htmx
        self.page: Page = screen.page
        self.downloads: list[str] = []
        self.elsewhere: list[str] = []
        self.problems: list[str] = []
        self.page.on("download", lambda found: self.downloads.append(found.url))
        self.page.context.on("page", self._popup)
        self.page.context.route(lambda url: not url.startswith(server), self._leave)
        self.become()

    def _popup(self, page: Page) -> None:
        self.elsewhere.append("a new tab")
        page.close()

    def _leave(self, route: Any) -> None:
        self.elsewhere.append(route.request.url)
        route.abort()

    def become(self) -> None:
        """Begin a session of the role, without a page."""
        context = self.page.context
        context.clear_cookies()
        context.add_cookies([{"name": "htmx", "value": str(self.htmx), "url": self.server}])
        if self.role != "visitor":
            context.request.get("/login/")
            [token] = [one["value"] for one in context.cookies() if one["name"] == "csrftoken"]
            headers = {"X-CSRFToken": token, "Referer": f"{self.server}/"}
            context.request.post("/role/", form={"role": self.role}, headers=headers)
        self.cookies = {one["name"]: one["value"] for one in context.cookies()}

    def go(self, place: Place) -> None:
        """Be at a place as if nothing had happened."""
        now = {one["name"]: one["value"] for one in self.page.context.cookies()}
        if now != self.cookies:
            self.become()
        path, opener = place
        self.screen.hard(path)
        if opener:
            self.page.click(opener)
            self.screen._wait(
                lambda: self.screen.count("dialog:modal"), bool, f"{opener} opens a modal"
            )
            self.screen.settle()

    def controls(self, places: list[Place]) -> Iterator[Control]:
        """Yield each control once: that of a layout is the same on many pages."""
        seen: set[str] = set()
        for place in places:
            self.go(place)
            for found in self.screen.evaluate(CONTROLS, SELECTOR):
                if found["key"] not in seen:
                    seen.add(found["key"])
                    control = Control(
                        place,
                        found["number"],
                        found["text"],
                        found["href"],
                        found["isCurrent"],
                        found["key"],
                    )
                    yield control

    def click(self, control: Control) -> None:
        """Click on a control, and note down what is wrong about what happens."""
        self.go(control.place)
        screen, page = self.screen, self.page
        started, url = screen.evaluate("performance.timeOrigin"), screen.url
        screen.evaluate(WATCH)
        if screen.evaluate(FILL_IN, [SELECTOR, control.number]):
            page.set_input_files("input[type=file][required]:visible", PICTURE)
        for heard in (screen._noise.heard, self.downloads, self.elsewhere):
            heard.clear()
        try:
            found = page.locator(SELECTOR).nth(control.number)
            found.focus()  # or what is seen only then can't be clicked
            found.click(timeout=PATIENCE * 1000, no_wait_after=True)
        except Error as error:
            self.problems.append(f"{control}: can't be clicked: {error.message}")
            return

        def happened() -> bool:
            if self.downloads or self.elsewhere or screen.url != url:
                return True
            return screen.evaluate("[performance.timeOrigin, window.hasChanged]") not in (
                [started, False],
                [started, None],
            )

        screen.settle()
        try:
            screen._wait(happened, bool, "something happens")
        except AssertionError:
            if not control.is_current:
                self.problems.append(f"{control}: nothing happens")
        screen.settle()
        if not self.elsewhere:
            self.listen(control)
            self.compare(control)

    def listen(self, control: Control) -> None:
        fails = urlsplit(control.href).path in FAILS
        for line in self.screen._noise.heard:
            if not re.search(ABORTED, line) and not (fails and "Failed to load" in line):
                self.problems.append(f"{control}: {line}")

    def compare(self, control: Control) -> None:
        """See that a fresh load of the URL has the same main page, and that it is no dead link."""
        url = self.screen.url.partition("#")[0]
        shown = [tuple(slot) for slot in self.screen.evaluate(MAIN)]
        if urlsplit(url).path in FAILS or control.text in OTHER_PAGES:
            return
        status, hard = self.hard(url)
        if status >= 400:
            self.problems.append(f"{control}: {url} is a {status}")
        if any(variant == "intercepted" for _, variant, _ in (*shown, *hard)):
            return  # by design another page on a hard load (S26), or a declared background (B31)
        mains = [slot for slot in hard if set(slot[0].split(".")) == {"children"}]
        for slot in mains:
            if slot[1] == "page" and slot not in shown:
                self.problems.append(f"{control}: {url} has {slot} on a hard load, not on screen")

    def hard(self, url: str) -> tuple[int, list[tuple[str, ...]]]:
        answer = self.page.context.request.get(url)
        text = (
            answer.text().replace("&amp;", "&") if "html" in answer.headers["content-type"] else ""
        )
        return answer.status, SLOT.findall(text)


@pytest.mark.parametrize("role", list(PLACES))
def test_every_control_does_something(
    open_example: Callable[..., Screen], server: str, htmx: int, role: str
) -> None:
    """Not one is dead, none complains, and the address bar says what is on screen (B61, B21)."""
    screen = open_example()
    walk = Walk(screen, role, server, htmx)
    controls = list(walk.controls(PLACES[role]))
    for control in controls:
        walk.click(control)
    screen._noise.heard.clear()
    assert not walk.problems, "\n".join(walk.problems)
    assert len(controls) > 50
