"""Each link, button and form of the example has an effect, and the URL shows it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, Page, Route

from tests.browser.engines import ABORTED
from tests.browser.example.site import PICTURE
from tests.browser.harness import PATIENCE, Screen

pytestmark = pytest.mark.chromium


Place = tuple[str, str]
"""A page, and the link on it that opens a modal whose controls are meant, if any."""

# A walk's first word is the role.
PLACES: dict[str, list[Place]] = {
    "visitor in the gallery": [
        ("/", ""),
        ("/login/", ""),
        ("/display/", ""),
        ("/gallery/", ""),
        ("/gallery/ines-duarte/", ""),
        ("/gallery/photos/8/", ""),
        ("/gallery/people/ines-duarte/", ""),
        ("/status/?delay=0&gauge=works", ""),
        ("/status/?delay=0&gauge=fails", ""),
        ("/status/log/backups/?delay=0", ""),
        ("/gallery/", '.grid a[href="/gallery/photos/8/"]'),
        ("/gallery/farid-haddad/", '.grid a[href="/gallery/photos/8/"]'),
        ("/gallery/", '.topbar a[href^="/login/"]'),
        ("/gallery/", '.topbar a[href^="/display/"]'),
    ],
    "visitor in the dashboard": [
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
    ],
    "admin": [
        ("/account/", ""),
        ("/dashboard/", ""),
        ("/dashboard/team/grace-okafor/", ""),
        ("/dashboard/team/new/", ""),
        ("/dashboard/team/ada-novak/edit/", ""),
        ("/gallery/photos/new/", ""),
        ("/gallery/photos/9/", ""),
        ("/gallery/photos/9/edit/", ""),
        ("/status/?delay=0&gauge=works", ""),
        ("/dashboard/", 'a[href="/dashboard/team/new/"]'),
        ("/dashboard/team/ada-novak/", 'a[href="/dashboard/team/ada-novak/edit/"]'),
        ("/dashboard/", '.topbar a[href^="/account/"]'),
        ("/gallery/", 'a[href="/gallery/photos/new/"]'),
        ("/dashboard/team/ada-novak/", 'a[href="/dashboard/team/ada-novak/delete/"]'),
        ("/dashboard/team/grace-okafor/delete/", ""),
        ("/gallery/photos/24/delete/", ""),
    ],
}

# Where a visitor sees the controls that another walk clicks on, so that this one need not.
SEEN: dict[str, list[Place]] = {
    "visitor in the gallery": [],
    "visitor in the dashboard": [("/", "")],
    "admin": [("/", ""), ("/gallery/", ""), ("/gallery/photos/9/", ""), ("/dashboard/", "")],
}

FAILS = {
    "/dashboard/nowhere/": "a URL that no slot has",
    "/dashboard/docs/not/written": "a page that the view does not find",
    "/dashboard/playground/broken/": "a view that fails",
}

OTHER_PAGES = {
    "The settings, in the team slot only": "another slot's page of the URL, by request",
}

SELECTOR = "a[href], button, input[type=submit], input[type=image], summary"

# What one line of a template renders for 24 photos is one kind of control.
CONTROLS = r"""(selector) => {
    const top = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document;
    const isThere = (control) =>
        top.contains(control) && !control.disabled && control.checkVisibility({ visibilityProperty: true });
    const many = /\b(gallery|people|team|projects|log|concepts|guides)\/(?!new\/)[^/?#]+/g;
    const route = (href) => (href ?? "").replace(/[?&]next=.*/, "").replace(/(files\/)[^?#]+/, "$1*")
        .replace(/(code\/).*/, "$1*").replace(many, "$1/*").replace(/\d+/g, "0");
    const passing = ["aria-current", "aria-label", "aria-pressed", "data-htmx-powered", "href"];
    return [...document.querySelectorAll(selector)].flatMap((control, number) => {
        if (!isThere(control)) return [];
        const isCode = control.className === "see"; // of which each card has one
        const slot = isCode ? "" : control.closest("[data-pr-slot]")?.dataset.prSlot ?? "";
        const text = control.ariaLabel || control.innerText.trim() || control.value || "";
        const href = control.getAttribute("href") ?? "";
        const isCurrent = control.ariaCurrent === "page" || control.ariaPressed === "true";
        const attributes = [...control.attributes].filter(({ name }) => !passing.includes(name));
        const { form } = control;
        const fields = [...form?.elements ?? []].map(({ name }) => name);
        const to = [route(href), route(form?.getAttribute("action")), form?.method, ...fields];
        const isOfMany = /[*0]\/?$/.test(to[0]);
        const kind = JSON.stringify([
            slot, top !== document, to, attributes.map(({ name, value }) => `${name}=${value}`).sort(),
            isOfMany && !href.includes("page=") ? "" : text.replace(/\d+/g, "0"),
        ]);
        return [{ number, text, href, isCurrent, kind }];
    });
}"""

# Anything that changes in a slot or dialog: not the progress bar, and no class of htmx's.
WATCH = """() => {
    window.hasChanged = false;
    const isReal = ({ type, attributeName, target }) =>
        (type !== "attributes" || /^(open|hidden|data-pr-src|data-pr-variant)$/.test(attributeName)) &&
        (target.closest ? target : target.parentElement)?.closest("[data-pr-slot], dialog, .step-card");
    const watched = { subtree: true, childList: true, characterData: true, attributes: true };
    const note = (all) => { window.hasChanged ||= all.some(isReal); };
    new MutationObserver(note).observe(document.body, watched);
    const inspector = document.querySelector("parallel-routes-inspector")?.shadowRoot;
    if (inspector)
        new MutationObserver(() => { window.hasChanged = true; }).observe(inspector, watched);
}"""

AT_REST = """document.readyState === "complete"
    && !document.querySelector("[data-pr-navigating], [aria-busy=true]")"""

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

    def __str__(self) -> str:
        return f"{' '.join(filter(None, self.place))}: {self.text!r} {self.href}".strip()


class Walk:
    """The way of one visitor, who clicks once on each kind of control."""

    def __init__(self, screen: Screen, role: str, server: str, htmx: int) -> None:
        self.screen, self.role, self.server, self.htmx = screen, role, server, htmx
        self.page: Page = screen.page
        self.seen: set[str] = set()
        self.downloads: list[str] = []
        self.elsewhere: list[str] = []
        self.problems: list[str] = []
        self.fresh: dict[str, tuple[int, list[tuple[str, ...]]]] = {}
        self.page.on("download", lambda found: self.downloads.append(found.url))
        self.page.context.on("page", self._popup)
        self.page.context.route(lambda url: not url.startswith(server), self._leave)
        self.become()

    def _popup(self, page: Page) -> None:
        self.elsewhere.append("a new tab")
        page.close()

    def _leave(self, route: Route) -> None:
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
        self.cookies = self.sessions()

    def sessions(self) -> dict[str, str]:
        """What a click must not leave behind: another user, other settings."""
        return {one["name"]: one["value"] for one in self.page.context.cookies()}

    def see(self, places: list[Place]) -> None:
        """Count the controls of these places as seen, without a click."""
        for place in places:
            self.go(place)
            self.seen.update(found["kind"] for found in self.screen.evaluate(CONTROLS, SELECTOR))

    def take(self, places: list[Place]) -> None:
        """Click on each new kind of control; each time the page is as if nothing had happened."""
        for place in places:
            is_last = False
            while not is_last:
                self.go(place)
                found = self.screen.evaluate(CONTROLS, SELECTOR)
                new = {one["kind"]: one for one in reversed(found) if one["kind"] not in self.seen}
                if not new:
                    break
                is_last = len(new) == 1
                one = new.popitem()[1]
                self.seen.add(one["kind"])
                self.click(
                    Control(place, one["number"], one["text"], one["href"], one["isCurrent"])
                )

    def go(self, place: Place) -> None:
        """Be at a place as if nothing had happened."""
        if self.sessions() != self.cookies:
            self.become()
        path, opener = place
        self.screen.open(path)
        self.rest()
        if opener:
            self.page.click(opener)
            self.screen.assert_eventually(
                lambda: self.screen.count("dialog:modal"), bool, f"{opener} opens a modal"
            )
            self.rest()

    def rest(self) -> None:
        self.screen.settle()
        self.screen.assert_eventually(
            lambda: self.screen.evaluate(AT_REST), bool, "nothing is loading"
        )

    def click(self, control: Control) -> None:
        """Click on a control, and note down what is wrong about what happens."""
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

        def has_happened() -> bool:
            if self.downloads or self.elsewhere or screen.url != url:
                return True
            now, has_changed = screen.evaluate("[performance.timeOrigin, !!window.hasChanged]")
            return bool(now != started or has_changed)

        if not control.is_current:
            try:
                screen.assert_eventually(has_happened, bool, "something happens")
            except AssertionError:
                self.problems.append(f"{control}: nothing happens")
        self.rest()
        if not self.elsewhere:
            self.listen(control)
            self.compare(control)

    def listen(self, control: Control) -> None:
        for line in self.screen._noise.heard:
            # A link to it was clicked, or prefetched, as the mouse happened to rest on it.
            fails = "Failed to load" in line and any(path in line for path in FAILS)
            if not re.search(ABORTED, line) and not fails:
                self.problems.append(f"{control}: {line}")

    def compare(self, control: Control) -> None:
        """See that the URL in the address bar loads, and has the same main page."""
        url = self.screen.url.partition("#")[0]
        if urlsplit(url).path in FAILS or control.text in OTHER_PAGES:
            return
        shown = [tuple(slot) for slot in self.screen.evaluate(MAIN)]
        status, hard = self.hard(url)
        if status != 200:
            self.problems.append(f"{control}: {url} is a {status}")
        if any(variant == "intercepted" for _, variant, _ in (*shown, *hard)):
            return  # by design another page on a hard load (S26), or a declared background (B31)
        mains = [slot for slot in hard if set(slot[0].split(".")) == {"children"}]
        for slot in mains:
            if slot[1] == "page" and slot not in shown:
                self.problems.append(f"{control}: {url} has {slot} on a hard load, not on screen")

    def hard(self, url: str) -> tuple[int, list[tuple[str, ...]]]:
        """The status of a URL, and the slots of its page."""
        if url not in self.fresh or self.role != "visitor":
            answer = self.page.context.request.get(url)
            is_page = "html" in answer.headers["content-type"]
            text = answer.text().replace("&amp;", "&") if is_page else ""
            self.fresh[url] = answer.status, SLOT.findall(text)
        return self.fresh[url]


# Each walk takes a minute, so it is made with one version.
@pytest.mark.parametrize(
    ("htmx", "places"), list(zip([4, 2, 4], PLACES, strict=True)), indirect=["htmx"]
)
def test_every_control_does_something(
    open_example: Callable[..., Screen], server: str, htmx: int, places: str
) -> None:
    """None is dead, none causes an error, and the address bar says what is on screen (B61, B21)."""
    screen = open_example()
    walk = Walk(screen, "visitor", server, htmx)
    walk.see(SEEN[places])
    walk.role = places.split()[0]
    walk.become()
    walk.take(PLACES[places])
    screen._noise.heard.clear()
    assert not walk.problems, "\n".join(walk.problems)
    assert len(walk.seen) > 40, "The walk hardly found a control"
