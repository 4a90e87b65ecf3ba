"""Compares soft navigations with hard loads: both must show the same for a URL."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import unified_diff
from fnmatch import fnmatchcase
from typing import Any

from django.urls import get_resolver, get_script_prefix
from django.utils.encoding import iri_to_uri

from django_parallel_routes.client import Response
from django_parallel_routes.client.exchange import local_url
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
"""Patterns of what may differ, or what the script changes. Titles are compared separately."""

SCRIPTS = re.compile(
    r"<script\b.*?</script>|<noscript>.*?</noscript>|<template data-pr-arrived></template>",
    re.DOTALL,
)
"""Matches elements whose places in a streamed page differ from those in other pages."""

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

    Each URL is visited softly from several others: one for each set of layouts that can stay on screen.
    Then the slots of the URL, the layouts around them and the title must equal those of a hard load, and
    a reload must succeed. This finds views that depend on ``request.htmx``, layouts that depend on the
    URL, and URLs that are a 404 on a reload.

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
        Regular expressions for what may differ between two responses, such as times of day.

    Returns what was compared, and what was skipped: views that refuse GET (405), and pages that
    this user may not see.

    Raises ``AssertionError`` with each difference, and for routes without an example::

        def test_parity(db):
            assert_soft_equals_hard(SlotClient(), examples={"pk": 1}, exclude=["/logout/"])
    """
    __tracebackhide__ = True
    if not isinstance(client, SlotClient):
        raise TypeError(f"assert_soft_equals_hard() needs a SlotClient, not {client!r}.")
    comparison = _Comparison(client, exclude, [re.compile(one) for one in (*NOISE, *ignore)])
    comparison.load_all(examples or {}, urls)
    for url in comparison.loads:
        comparison.visit_from_elsewhere(url)
    if failures := list(comparison.failures.values()):
        more = len(failures) - MAX_FAILURES
        shown = [*failures[:MAX_FAILURES], *([f"… and {more} more."] if more > 0 else [])]
        raise AssertionError("\n\n".join(shown))
    return comparison.parity


@dataclass(frozen=True)
class _HardLoad:
    """A hard load of a URL, after all its slots have arrived."""

    screen: Screen
    plan: Plan
    layout_keys: Mapping[str, str]
    """For each slot, which layout printed it, and for which prefix."""

    def has_page(self, address: str) -> bool:
        """Tell whether the URL has a page for a slot."""
        planned = self.plan.by_address.get(address)
        return planned is not None and planned.action == "page"


@dataclass
class _Comparison:
    client: SlotClient
    exclude: Collection[str]
    ignore: list[re.Pattern[str]]
    parity: Parity = field(default_factory=Parity)
    failures: dict[tuple[str, str], str] = field(default_factory=dict)
    """The message for each URL and problem, from the first screen that shows it."""
    loads: dict[str, _HardLoad] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    """The status of a hard load, by the URL after redirects."""

    # --- Which URLs ---

    def load_all(self, examples: Mapping[str, Any], urls: Iterable[str]) -> None:
        """Load every URL hard."""
        found = dict.fromkeys(map(iri_to_uri, urls), "")
        lacking: dict[str, None] = {}
        for declared in Urlconf(get_resolver().url_patterns).routes:
            route = str(declared)
            if declared.enclosing and not self.is_excluded(route):
                url, problems = _url(declared, examples)
                lacking.update(dict.fromkeys(problems))
                found.setdefault(url, route)
        if lacking:
            remedy = "\n  ".join(["Give examples, or exclude them:", *lacking])
            raise AssertionError(f"Some routes can't be tested. {remedy}")
        for url, route in found.items():
            if not self.is_excluded(url):
                self.load(url, route)

    def is_excluded(self, url: str) -> bool:
        found = any(fnmatchcase(url, pattern) for pattern in self.exclude)
        if found:
            self.parity.skipped[url] = "excluded"
        return found

    def load(self, url: str, route: str) -> None:
        plan = details_of(self.client.load(url).wsgi_request).plan
        screen = self.client.screen
        status = self.statuses[screen.url] = screen.status_code
        if status in (401, 403, 405):
            self.parity.skipped[url] = f"a hard load has the status {status}"
        elif status != 200:
            why = f": there is {plan.why}" if plan and plan.kind == "missing" else ""
            what = f" (route {route})" if route else ""
            self.failures[url, ""] = (
                f"A hard load of {url}{what} has the status {status}{why}. A reload must succeed: "
                f"give the slot a default, give an example that exists, or exclude the URL."
            )
        elif plan is None or not screen.slots:
            self.parity.skipped[url] = "its response has no slots"
        else:
            keys = self.client._tab.page.values_of("data-pr-key")
            self.loads[url] = _HardLoad(screen, plan, keys)
            self.parity.urls.append(url)

    # --- What they show ---

    def visit_from_elsewhere(self, url: str) -> None:
        """Visit a URL from other screens: one for each set of layouts that stay on screen."""
        hard = self.loads[url]
        kinds: dict[Any, Screen] = {}
        for source, other in self.loads.items():
            shared = frozenset(other.layout_keys.items() & hard.layout_keys.items())
            if shared and source not in (url, hard.screen.url) and source == other.screen.url:
                shown = frozenset(other.screen.slots[address].shows for address, _ in shared)
                kinds.setdefault((shared, shown), other.screen)
        for screen in kinds.values():
            self.show_again(screen)
            if self.client._tab.page.values_of("data-pr-mount-url"):
                self.client.visit(url)
                self.check_reload(screen.url, url)
                self.show_again(screen)
            self.client.visit(url, intercept=False)
            for what, diff in self.differences(self.client.screen, hard):
                self.fail(screen.url, url, what, diff)
            self.check_reload(screen.url, url)

    def show_again(self, screen: Screen) -> None:
        """Show a screen in the client's tab again, without a request, and with a new history."""
        tab = self.client._tab
        page = Response(200, {"Content-Type": "text/html"}, screen.html, url=tab.base + screen.url)
        tab.entries, tab.position = [], -1
        list(tab.show(page, "push"))  # A generator, which yields no request here.

    def differences(self, screen: Screen, hard: _HardLoad) -> Iterator[tuple[str, str]]:
        """Yield what differs on screen from a hard load, and a diff of its HTML."""
        before = hard.screen
        if screen.url.partition("?")[0] != before.url.partition("?")[0]:
            yield f"leads to {screen.url}, but a hard load to {before.url}", ""
            return
        is_over_background = any(one.shows == "intercepted" for one in before.slots.values())
        if is_over_background or any(one.startswith("hard") for one in screen.requests):
            return
        for address in filter(hard.has_page, before.slots):
            after = screen.slots.get(address)
            if after is None:
                yield f"shows no slot {address!r}, which a hard load has", ""
            elif diff := self.diff(before.slots[address].own_html, after.own_html):
                yield f"shows another slot {address!r} than a hard load", diff
        if diff := self.diff(_layout(before), _layout(screen)):
            yield "leaves an outermost layout that a hard load prints otherwise", diff
        # A slot that was kept may give the title, if the URL has no page for it.
        is_kept = any(
            slot.shows == "page" and not hard.has_page(address)
            for address, slot in screen.slots.items()
        )
        if before.title != screen.title and not is_kept:
            yield f"has the title {screen.title!r}, but a hard load {before.title!r}", ""

    def check_reload(self, source: str, url: str) -> None:
        here = local_url(self.client._tab.url)
        if here not in self.statuses:
            self.statuses[here] = self.client.reload().status_code
        if (status := self.statuses[here]) != 200:
            self.fail(source, url, f"leads to {here}, but a reload there has the status {status}")

    # --- What is wrong ---

    def diff(self, hard: str, soft: str) -> str:
        before, after = map(self.lines, (hard, soft))
        lines = list(unified_diff(before, after, "hard", "soft", n=1, lineterm=""))
        return "\n".join([*lines[:MAX_LINES], *(["…"] if len(lines) > MAX_LINES else [])])

    def lines(self, html: str) -> list[str]:
        """Return HTML with a line for each tag and text, so that a diff is readable."""
        for pattern in self.ignore:
            html = pattern.sub("", html)
        parts = re.split(r"(<[^>]*>)", html)
        return [" ".join(part.split()) for part in parts if part.strip()]

    def fail(self, source: str, url: str, what: str, diff: str = "") -> None:
        """Report what is wrong with a URL, once for all screens."""
        failure = f"A visit of {url} from {source} {what}. {self.client.explain()}"
        self.failures.setdefault((url, what), f"{failure}\n{diff}".rstrip())


def _layout(screen: Screen) -> str:
    """Return what the outermost layout prints into the page, without its scripts."""
    return SCRIPTS.sub("", screen.own_html[screen.own_html.find("<body") :])


def _url(route: DeclaredRoute, examples: Mapping[str, Any]) -> tuple[str, list[str]]:
    """Return a URL of a route, or ``""`` and what is missing for it."""
    if route.parts is None:
        regular = "is a regular expression: exclude it, and add a URL of it to urls=[…]"
        return "", [f"{route} {regular}"]
    values = {**examples, **examples.get(str(route), examples.get(str(route)[1:], {}))}
    names = [part.name for part in route.parts if isinstance(part, Parameter)]
    lacking = [f"{route} needs an example of {name!r}" for name in names if name not in values]
    return "" if lacking else iri_to_uri(get_script_prefix() + route.path(values)), lacking
