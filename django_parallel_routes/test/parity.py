"""Compares soft navigations with hard loads: both must show the same for a URL."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import unified_diff
from fnmatch import fnmatchcase
from typing import Any

from django.urls import get_resolver
from django.utils.encoding import iri_to_uri

from django_parallel_routes.client import Response
from django_parallel_routes.client.exchange import local_url, script_prefix
from django_parallel_routes.planning.plan import Plan
from django_parallel_routes.request.details import details_of
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
"""What differs between two responses, or what the script changes; titles are compared separately."""

SCRIPTS = re.compile(
    r"<script\b.*?</script>|<noscript>.*?</noscript>|<template data-pr-arrived></template>",
    re.DOTALL,
)
"""What a streamed page has in other places."""

MAX_FAILURES = 5
MAX_LINES = 30


@dataclass
class Parity:
    """What ``assert_soft_equals_hard()`` compared."""

    urls: list[str] = field(default_factory=list)
    """The URLs that were visited."""
    skipped: dict[str, str] = field(default_factory=dict)
    """The URLs that were not visited, with the reason."""


def assert_soft_equals_hard(
    client: SlotClient,
    *,
    examples: Mapping[str, Any] | None = None,
    urls: Iterable[str] = (),
    exclude: Collection[str] = (),
    ignore: Iterable[str | re.Pattern[str]] = (),
) -> Parity:
    """Assert that for every route in a ``slots()`` a soft navigation shows what a hard load shows.

    It visits each URL softly from each kind of screen. Then the slots of the URL, the layouts around
    them and the title must equal those of a hard load, and a reload must succeed. So it finds views
    that depend on ``request.htmx``, layouts that depend on the URL, and URLs that are a 404 on a reload.

    ``client``
        The client to visit with; log it in to test as a user.
    ``examples``
        A value for each parameter of a route: ``{"pk": 1, "slug": "atlas"}``. For one route alone:
        ``{"photos/<int:pk>/": {"pk": 7}}``.
    ``urls``
        More URLs to visit: with a query, or of routes that are regular expressions.
    ``exclude``
        Routes or URLs to skip, such as ``"/logout/"`` or ``"/dashboard/reports/*"``.
    ``ignore``
        Regular expressions for what differs between two responses, such as times of day.

    Returns what was compared, and what was skipped: views that don't answer GET (405), and pages that
    this user may not see.

    Raises ``AssertionError`` with each difference, and for routes without an example::

        def test_parity(db):
            assert_soft_equals_hard(SlotClient(), examples={"pk": 1}, exclude=["/logout/"])
    """
    __tracebackhide__ = True
    if not isinstance(client, SlotClient):
        raise TypeError(f"assert_soft_equals_hard() needs a SlotClient, not {client!r}.")
    comparison = _Comparison(client, exclude, [re.compile(one) for one in (*NOISE, *ignore)])
    comparison.collect(examples or {}, urls)
    comparison.compare()
    if comparison.failures:
        shown = comparison.failures[:MAX_FAILURES]
        more = len(comparison.failures) - len(shown)
        raise AssertionError("\n\n".join([*shown, *([f"… and {more} more."] if more else [])]))
    return comparison.parity


@dataclass(frozen=True)
class _HardLoad:
    """A hard load of a URL, after all its slots have arrived."""

    screen: Screen
    plan: Plan | None
    layout_keys: Mapping[str, str]
    """For each slot, which layout printed it, and for which prefix."""

    @property
    def url(self) -> str:
        """The URL after redirects."""
        return self.screen.url

    def has_page(self, address: str) -> bool:
        """Tell whether the URL has a page for a slot."""
        planned = self.plan.by_address if self.plan else {}
        return address in planned and planned[address].action == "page"


class _Comparison:
    def __init__(
        self, client: SlotClient, exclude: Collection[str], ignore: list[re.Pattern[str]]
    ) -> None:
        self.client = client
        self.exclude = exclude
        self.ignore = ignore
        self.parity = Parity()
        self.failures: list[str] = []
        self.reported: set[tuple[str, str]] = set()
        self.loads: dict[str, _HardLoad] = {}
        self.statuses: dict[str, int] = {}

    # --- Which URLs ---

    def collect(self, examples: Mapping[str, Any], urls: Iterable[str]) -> None:
        """Load every URL hard."""
        found = dict.fromkeys(map(iri_to_uri, urls), "")
        lacking: list[str] = []
        for declared in Urlconf(get_resolver().url_patterns).routes:
            route = str(declared)
            if not declared.enclosing or self.is_excluded(route):
                continue
            url = _url(declared, examples)
            if isinstance(url, str):
                found.setdefault(url, route)
            else:
                lacking += url
        if lacking:
            problems = "".join(f"\n  {problem}" for problem in dict.fromkeys(lacking))
            raise AssertionError(
                f"Some routes can't be tested. Give examples, or exclude them:{problems}"
            )
        for url, route in found.items():
            if not self.is_excluded(url):
                self.load_hard(url, route)

    def is_excluded(self, url: str) -> bool:
        found = any(fnmatchcase(url, pattern) for pattern in self.exclude)
        if found:
            self.parity.skipped[url] = "excluded"
        return found

    def load_hard(self, url: str, route: str) -> None:
        hard = self.load(url)
        status = self.statuses[hard.url] = hard.screen.status_code
        if status in (401, 403, 405):
            self.parity.skipped[url] = f"a hard load answers {status}"
        elif status != 200:
            missing = hard.plan and hard.plan.kind == "missing"
            why = f": there is {hard.plan.why}" if hard.plan and missing else ""
            what = f" (route {route})" if route else ""
            self.failures.append(
                f"A hard load of {url}{what} answers {status}{why}. A reload of what was visited must "
                f"succeed: give the slot a default, give an example that exists, or exclude it."
            )
        elif hard.plan is None or not hard.screen.slots:
            self.parity.skipped[url] = "its response has no slots"
        else:
            self.loads[url] = hard

    def load(self, url: str) -> _HardLoad:
        response = self.client.load(url)
        slots = self.client._tab.page.slots.items()
        keys = {address: slot["data-pr-key"] for address, slot in slots}
        return _HardLoad(self.client.screen, details_of(response.wsgi_request).plan, keys)

    # --- What they show ---

    def compare(self) -> None:
        """Visit every URL from one screen of each kind."""
        for url, hard in self.loads.items():
            self.parity.urls.append(url)
            for source in self.screens_for(url, hard):
                self.visit(source, url, hard)

    def screens_for(self, url: str, hard: _HardLoad) -> Iterable[str]:
        """Return one screen of each kind: kinds differ by the layouts they share with the URL."""
        kinds: dict[Any, str] = {}
        for source, other in self.loads.items():
            shared = frozenset(other.layout_keys.items() & hard.layout_keys.items())
            if shared and source not in (url, hard.url) and source == other.url:
                shown = frozenset(other.screen.slots[address].shows for address, _ in shared)
                kinds.setdefault((shared, shown), source)
        return kinds.values()

    def visit(self, source: str, url: str, hard: _HardLoad) -> None:
        screen = self.loads[source].screen
        self.show_again(screen)
        if self.client._tab.page.values_of("data-pr-mount-url"):
            self.client.visit(url)
            self.check_reload(source, url)
            self.show_again(screen)
        self.client.visit(url, intercept=False)
        for what, difference in self.differences(self.client.screen, hard):
            self.fail(source, url, what, difference)
        self.check_reload(source, url)

    def show_again(self, screen: Screen) -> None:
        """Put the client on a screen without a request, with a new history."""
        tab = self.client._tab
        page = Response(200, {"Content-Type": "text/html"}, screen.html, url=tab.base + screen.url)
        tab.entries, tab.position = [], -1
        list(tab.show(page, "push"))  # A generator, which yields no request here.

    def differences(self, screen: Screen, hard: _HardLoad) -> Iterator[tuple[str, str]]:
        """Yield what differs on screen from a hard load, and a diff of its HTML."""
        if screen.url.partition("?")[0] != hard.url.partition("?")[0]:
            yield f"leads to {screen.url}, but a hard load to {hard.url}", ""
            return
        is_over_background = any(one.shows == "intercepted" for one in hard.screen.slots.values())
        if is_over_background or any(one.startswith("hard") for one in screen.requests):
            return
        for address, before in hard.screen.slots.items():
            after = screen.slots.get(address)
            if not hard.has_page(address):
                continue
            if after is None:
                yield f"shows no slot {address!r}, which a hard load has", ""
            elif diff := self.diff("hard", before.own_html, "soft", after.own_html):
                yield f"shows another slot {address!r} than a hard load", diff
        if diff := self.diff("hard", _layout(hard.screen), "soft", _layout(screen)):
            yield "leaves an outermost layout that a hard load prints otherwise", diff
        # A slot that was kept may give the title, if the URL has no page for it.
        is_kept = any(
            slot.shows == "page" and not hard.has_page(address)
            for address, slot in screen.slots.items()
        )
        if hard.screen.title != screen.title and not is_kept:
            titles = f"{screen.title!r}, but a hard load {hard.screen.title!r}"
            yield f"has the title {titles}", ""

    def check_reload(self, source: str, url: str) -> None:
        here = local_url(self.client._tab.url)
        if here not in self.statuses:
            self.statuses[here] = self.client.reload().status_code
        if (status := self.statuses[here]) != 200:
            what = f"leads to {here}, but a reload of that answers {status}"
            self.fail(source, url, what)

    # --- What is wrong ---

    def diff(self, one: str, html: str, other: str, changed: str) -> str:
        before, after = map(self.lines, (html, changed))
        if before == after:
            return ""
        lines = list(unified_diff(before, after, one, other, n=1, lineterm=""))
        return "\n".join([*lines[:MAX_LINES], *(["…"] if len(lines) > MAX_LINES else [])])

    def lines(self, html: str) -> list[str]:
        """Return HTML with a line for each tag and text, so that a diff is readable."""
        for pattern in self.ignore:
            html = pattern.sub("", html)
        parts = re.split(r"(<[^>]*>)", html)
        return [" ".join(part.split()) for part in parts if part.strip()]

    def fail(self, source: str, url: str, what: str, diff: str = "") -> None:
        """Report what is wrong with a URL, once for all screens."""
        if (url, what) in self.reported:
            return
        self.reported.add((url, what))
        failure = f"A visit of {url} from {source} {what}. {self.client.explain()}"
        first, second = self.loads[url].screen, self.load(url).screen if diff else None
        if second and (unsteady := self.diff("first", first.html, "second", second.html)):
            what = f"Two hard loads of {url} differ: say by ignore=[…] in what they may."
            if (url, what) not in self.reported:
                self.reported.add((url, what))
                self.failures.append(f"{what}\n{unsteady}")
        else:
            self.failures.append(f"{failure}\n{diff}" if diff else failure)


def _layout(screen: Screen) -> str:
    """Return what the outermost layout prints into the page, without its scripts."""
    return SCRIPTS.sub("", screen.own_html[screen.own_html.find("<body") :])


def _url(route: DeclaredRoute, examples: Mapping[str, Any]) -> str | list[str]:
    """Return a URL of a route, or a list of problems: which examples are missing."""
    if route.parts is None:
        return [f"{route} is a regular expression: exclude it, and add a URL of it to urls=[…]"]
    values = {**examples, **examples.get(str(route), examples.get(str(route)[1:], {}))}
    names = [part.name for part in route.parts if isinstance(part, Parameter)]
    lacking = [f"{route} needs an example of {name!r}" for name in names if name not in values]
    return lacking or iri_to_uri(script_prefix() + route.path(values))
