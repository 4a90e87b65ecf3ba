"""Parity: what a soft navigation leaves on screen is what a hard load of its URL shows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import unified_diff
from fnmatch import fnmatchcase
from typing import Any

from django.urls import get_resolver

from django_parallel_routes.client import Response
from django_parallel_routes.client.exchange import local, quoted, script_prefix
from django_parallel_routes.instrumentation.trace import trace_of
from django_parallel_routes.planning.plan import Plan
from django_parallel_routes.test.client import SlotClient
from django_parallel_routes.test.screen import Screen
from django_parallel_routes.urlconf import DeclaredRoute, Parameter, Urlconf

NOISE = (
    r'name="csrfmiddlewaretoken" value="[^"]*"',
    r' nonce="[^"]*"',
    r' data-pr-(?:key|below|mount-url|tables|boost|origin|length)="[^"]*"',
    r' aria-current="page"',
    r"<title\b.*?</title>",
)
"""What differs from one answer to the next, or is the script's to keep; titles are compared apart."""

SCRIPTS = re.compile(
    r"<script\b.*?</script>|<noscript>.*?</noscript>|<template data-pr-arrived></template>",
    re.DOTALL,
)
"""What stands elsewhere on a page that is streamed."""

MAX_FAILURES = 5
MAX_LINES = 30


@dataclass
class Parity:
    """What ``assert_soft_equals_hard()`` has compared."""

    urls: list[str] = field(default_factory=list)
    """The URLs that were visited."""
    skipped: dict[str, str] = field(default_factory=dict)
    """Those that were not, with the reason."""
    visits: int = 0

    def __str__(self) -> str:
        skipped = "".join(f"\n  {url}: {reason}" for url, reason in self.skipped.items())
        return (
            f"{self.visits} visits of {len(self.urls)} URLs; {len(self.skipped)} skipped.{skipped}"
        )


def assert_soft_equals_hard(
    client: SlotClient,
    *,
    examples: Mapping[str, Any] | None = None,
    urls: Iterable[str] = (),
    exclude: Collection[str] = (),
    ignore: Iterable[str | re.Pattern[str]] = (),
) -> Parity:
    """Assert that for every route in a ``slots()`` a soft navigation shows what a hard load would.

    From each kind of screen, each URL is visited softly. Then the slots that the URL is for, the layouts
    around them, and the title are to be what a hard load shows, and that of the URL in the address bar is
    to succeed. So it finds views that look at ``request.htmx``, layouts that print what depends on the
    URL, and URLs that can be visited, but not reloaded.

    ``client``
        Whose eyes to look with: log it in, or not.
    ``examples``
        What stands in URLs, for each parameter of a route: ``{"pk": 1, "slug": "atlas"}``. By the whole
        route, ``{"photos/<int:pk>/": {"pk": 7}}``, for that one alone.
    ``urls``
        More URLs to visit: with a query, or of routes that are regular expressions.
    ``exclude``
        Routes or URLs that are left out, such as ``"/logout/"`` or ``"/dashboard/reports/*"``.
    ``ignore``
        Regular expressions for what differs from one answer to the next, such as times of day.

    Returns what was compared, and what was skipped and why: what does not answer GET (405), what this
    user may not see. Where two hard loads of one URL differ, ``ignore`` has to say in what.

    Raises ``AssertionError`` with each difference, and for routes that it has no example for::

        def test_parity(db):
            assert_soft_equals_hard(SlotClient(), examples={"pk": 1}, exclude=["/logout/"])
    """
    __tracebackhide__ = True
    if not isinstance(client, SlotClient):
        raise TypeError(f"assert_soft_equals_hard() needs a SlotClient, not {client!r}.")
    comparing = _Comparing(client, tuple(exclude), [re.compile(one) for one in (*NOISE, *ignore)])
    comparing.collect(examples or {}, urls)
    comparing.compare()
    if comparing.failures:
        shown = comparing.failures[:MAX_FAILURES]
        more = len(comparing.failures) - len(shown)
        rest = [f"… and {more} more."] if more else []
        raise AssertionError("\n\n".join([*shown, *rest]))
    return comparing.parity


@dataclass(frozen=True)
class _Hard:
    """A hard load of a URL, once all is there."""

    screen: Screen
    plan: Plan | None
    keys: Mapping[str, str]
    """Of each slot: which layout has printed it, and for which prefix."""

    @property
    def url(self) -> str:
        """Where it has led to."""
        return self.screen.url

    @property
    def is_over_background(self) -> bool:
        """Whether it shows what was intercepted over a page that it names itself (B31)."""
        return any(slot.shows == "intercepted" for slot in self.screen.slots.values())


class _Comparing:
    def __init__(
        self, client: SlotClient, exclude: tuple[str, ...], ignore: list[re.Pattern[str]]
    ) -> None:
        self.client = client
        self.exclude = exclude
        self.ignore = ignore
        self.parity = Parity()
        self.failures: list[str] = []
        self.told: set[tuple[str, str]] = set()
        self.hard: dict[str, _Hard] = {}
        self.statuses: dict[str, int] = {}

    # --- which URLs ---

    def collect(self, examples: Mapping[str, Any], urls: Iterable[str]) -> None:
        found = dict.fromkeys(map(quoted, urls), "")
        lacking: dict[str, None] = {}
        for declared in Urlconf(get_resolver().url_patterns).routes:
            if not declared.enclosing:
                continue
            if self._is_excluded(route := str(declared)):
                self.parity.skipped[route] = "excluded"
            elif isinstance(url := _url(declared, examples), str):
                found.setdefault(url, route)
            else:
                lacking.update(dict.fromkeys(url))
        if lacking:
            raise AssertionError(
                "Some routes can't be tested. Give examples, or exclude them:\n"
                + "\n".join(f"  {problem}" for problem in lacking)
            )
        for url, route in found.items():
            if self._is_excluded(url):
                self.parity.skipped[url] = "excluded"
            else:
                self._load(url, route)

    def _is_excluded(self, url: str) -> bool:
        return any(fnmatchcase(url, pattern) for pattern in self.exclude)

    def _load(self, url: str, route: str) -> None:
        hard = self._loaded(url)
        status = self.statuses[hard.url] = hard.screen.status_code
        if status in (401, 403, 405):
            self.parity.skipped[url] = f"a hard load answers {status}"
        elif status != 200:
            missing = hard.plan and hard.plan.kind == "missing"
            why = f": there is {hard.plan.why}" if hard.plan and missing else ""
            what = f" (route {route})" if route else ""
            self.failures.append(
                f"A hard load of {url}{what} answers {status}{why}. What can be visited has to be there "
                "after a reload, too: give the slot a default, give an example that exists, or exclude it."
            )
        elif hard.plan is None or not hard.screen.slots:
            self.parity.skipped[url] = "its answer has no slots"
        else:
            self.hard[url] = hard

    def _loaded(self, url: str) -> _Hard:
        response = self.client.load(url)
        slots = self.client._tab.page.slots.items()
        keys = {address: slot["data-pr-key"] for address, slot in slots}
        return _Hard(self.client.screen, trace_of(response.wsgi_request).plan, keys)

    # --- what they show ---

    def compare(self) -> None:
        for url, hard in self.hard.items():
            self.parity.urls.append(url)
            for source in self._sources(url, hard):
                self._visit(source, url, hard)

    def _sources(self, url: str, hard: _Hard) -> Iterable[str]:
        """Return one screen of each kind to come from: what counts is which layouts it has in common."""
        kinds: dict[Any, str] = {}
        for source, other in self.hard.items():
            common = frozenset(other.keys.items() & hard.keys.items())
            if common and source not in (url, hard.url) and source == other.url:
                shown = frozenset(other.screen.slots[address].shows for address, _ in common)
                kinds.setdefault((common, shown), source)
        return kinds.values()

    def _visit(self, source: str, url: str, hard: _Hard) -> None:
        screen = self.hard[source].screen
        self._show_again(screen)
        if self.client._tab.page.having("data-pr-mount-url"):
            self.client.visit(url)
            self._check_reload(source, url)
            self._show_again(screen)
        self.client.visit(url, intercept=False)
        self.parity.visits += 1
        self._check(source, url, hard)
        self._check_reload(source, url)

    def _show_again(self, screen: Screen) -> None:
        """Let the client be on a screen without a request, in a new history."""
        tab = self.client._tab
        page = Response(200, {"Content-Type": "text/html"}, screen.html, url=tab.base + screen.url)
        tab.entries, tab.position = [], -1
        list(tab.show(page, "push"))  # which yields no request

    def _check(self, source: str, url: str, hard: _Hard) -> None:
        screen = self.client.screen
        if _path(screen.url) != _path(hard.url):
            what = f"leads to {screen.url}, but a hard load to {hard.url}"
            self._fail(source, url, what)
            return
        if hard.is_over_background or any(ask.startswith("hard") for ask in screen.requests):
            return
        assert hard.plan
        for address, before in hard.screen.slots.items():
            plan, after = hard.plan.by_address.get(address), screen.slots.get(address)
            if not plan or plan.action != "page":
                continue
            if after is None:
                self._fail(source, url, f"shows no slot {address!r}, which a hard load has")
            elif difference := self._difference("hard", before.own_html, "soft", after.own_html):
                what = f"shows another slot {address!r} than a hard load"
                self._fail(source, url, what, difference)
        if difference := self._difference("hard", _layout(hard.screen), "soft", _layout(screen)):
            what = "leaves an outermost layout that a hard load prints otherwise"
            self._fail(source, url, what, difference)
        if hard.screen.title != screen.title and not self._is_titled_by_others(hard, screen):
            what = f"has the title {screen.title!r}, but a hard load {hard.screen.title!r}"
            self._fail(source, url, what)

    def _is_titled_by_others(self, hard: _Hard, screen: Screen) -> bool:
        """Tell whether a kept slot gives the title, as it may: the URL has nothing for it."""
        planned = hard.plan.by_address if hard.plan else {}
        return any(
            slot.shows == "page" and not (address in planned and planned[address].action == "page")
            for address, slot in screen.slots.items()
        )

    def _check_reload(self, source: str, url: str) -> None:
        here = local(self.client._tab.url)
        if here not in self.statuses:
            self.statuses[here] = self.client.reload().status_code
        if self.statuses[here] != 200:
            self._fail(
                source, url, f"leads to {here}, but a reload of that answers {self.statuses[here]}"
            )

    # --- what is wrong ---

    def _difference(self, one: str, html: str, other: str, changed: str) -> str:
        before, after = (_lines(self._cleaned(text)) for text in (html, changed))
        if before == after:
            return ""
        lines = list(unified_diff(before, after, one, other, n=1, lineterm=""))
        rest = ["…"] if len(lines) > MAX_LINES else []
        return "\n".join([*lines[:MAX_LINES], *rest])

    def _cleaned(self, html: str) -> str:
        for pattern in self.ignore:
            html = pattern.sub("", html)
        return html

    def _fail(self, source: str, url: str, what: str, difference: str = "") -> None:
        """Note what is wrong with a URL, once: other screens may tell the same."""
        if (url, what) in self.told:
            return
        self.told.add((url, what))
        failure = f"A visit of {url} from {source} {what}. {self.client.explain()}"
        if not difference:
            self.failures.append(failure)
        elif unsteady := self._unsteady(url):
            if (url, "") not in self.told:
                self.told.add((url, ""))
                self.failures.append(
                    f"Two hard loads of {url} differ: say by ignore=[…] in what they may.\n{unsteady}"
                )
        else:
            self.failures.append(f"{failure}\n{difference}")

    def _unsteady(self, url: str) -> str:
        """Return in what two hard loads of a URL differ."""
        first, second = self.hard[url].screen, self._loaded(url).screen
        return self._difference("first", first.html, "second", second.html)


def _layout(screen: Screen) -> str:
    """Return what the outermost layout prints on the page, but for its scripts."""
    body = screen.own_html[screen.own_html.find("<body") :]
    return SCRIPTS.sub("", body)


def _lines(html: str) -> list[str]:
    """Return HTML with a line for each tag and text, so that differences can be read."""
    parts = re.split(r"(<[^>]*>)", html)
    return [" ".join(part.split()) for part in parts if part.strip()]


def _path(url: str) -> str:
    return url.partition("?")[0]


def _url(route: DeclaredRoute, examples: Mapping[str, Any]) -> str | list[str]:
    """Return a URL of a route, or what it lacks."""
    if route.parts is None:
        return [f"{route} is a regular expression: exclude it, and add a URL of it to urls=[…]"]
    values = {**examples, **examples.get(str(route), examples.get(str(route)[1:], {}))}
    names = [part.name for part in route.parts if isinstance(part, Parameter)]
    lacking = [f"{route} needs an example of {name!r}" for name in names if name not in values]
    return lacking or quoted(script_prefix() + route.path(values))
