"""Checks what each user sees of all routes of a URLconf, in all kinds of requests (B30, B54, S46).

Each rendered view leaves a mark in the response. So a response tells which views it shows, for which URLs
and in which slots. The response is compared with the same user's response for the plain URL, and with that
of the view alone, outside of ``slots()``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any
from unittest.mock import patch

from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import ResolverMatch, URLPattern, get_resolver
from django.urls.resolvers import RoutePattern

from django_parallel_routes.matches import TemplateView
from django_parallel_routes.protocol.query import INLINE, REFRESH, with_option
from django_parallel_routes.rendering.renderer import Renderer
from django_parallel_routes.urlconf import Parameter, Urlconf
from django_parallel_routes.values import ALL, SlotAddress
from tests.window import HEADER, Window

MARK = re.compile(r"<!--shown (\d+)-->")


@dataclass(frozen=True)
class Shown:
    """A view that a slot of a response shows, and the URL for which it was rendered."""

    view: Any
    kwargs: tuple[tuple[str, Any], ...]
    url: str
    address: str
    action: str

    def __str__(self) -> str:
        name = getattr(self.view, "__qualname__", self.view)
        return f"{name} for {self.url} in {self.address} ({self.action})"


class Marks:
    """Numbers the views that are shown."""

    def __init__(self) -> None:
        self.all: dict[Shown, int] = {}

    def of(self, shown: Shown) -> str:
        return f"<!--shown {self.all.setdefault(shown, len(self.all))}-->"

    def found_in(self, response: Any) -> list[Shown]:
        content = b"".join(response) if response.streaming else response.content
        known = list(self.all)
        return [known[int(number)] for number in MARK.findall(content.decode(errors="replace"))]

    @contextmanager
    def left(self) -> Iterator[None]:
        """Make each rendered view leave its mark."""

        def marking(method: Any, view_of: Callable[[Any], Any]) -> Any:
            async def marked(renderer: Any, plan: Any, match: Any, **options: Any) -> Any:
                fragment = await method(renderer, plan, match, **options)
                if fragment.final_response:
                    return fragment
                kwargs = tuple(sorted(match.captured.kwargs.items(), key=str))
                url, action = plan.location.src, plan.action
                shown = Shown(view_of(match), kwargs, url, plan.address, action)
                return fragment._replace(html=fragment.html + self.of(shown))

            return marked

        page = marking(Renderer.render_page, lambda match: match.view)
        segment = marking(Renderer.render_segment, lambda match: match.segment.layout)
        with (
            patch.object(Renderer, "render_page", page),
            patch.object(Renderer, "render_segment", segment),
        ):
            yield


class Alone(URLPattern):
    """A route at a given URL, before all other routes."""

    def __init__(self) -> None:
        super().__init__(
            RoutePattern("nowhere/", is_endpoint=True), lambda request: HttpResponse()
        )
        self.shown: Shown | None = None

    def resolve(self, path: Any) -> ResolverMatch | None:
        if self.shown is None:
            return None
        return ResolverMatch(
            self.shown.view,
            (),
            dict(self.shown.kwargs),
            route="alone",
            captured_kwargs={},
            extra_kwargs={},
        )


def urls_of(urlconf: Urlconf, examples: Mapping[str, Any]) -> Iterator[str]:
    """Yield a URL for each route of a URLconf, whatever slot it is in."""
    for route in urlconf.routes:
        assert route.parts is not None, f"{route}: say how its URL is made"
        for name in (part.name for part in route.parts if isinstance(part, Parameter)):
            assert name in examples, f"{route} needs a value of {name!r}: add it to the examples"
        yield f"/{route.path(examples)}"


def views_of(urlconf: Urlconf) -> Iterator[Any]:
    """Yield the views of all pages in slots, and of all interceptions."""
    yield from (route.view for route in urlconf.routes if route.enclosing)
    yield from (one.view for _, one in urlconf.interceptions if one.view)


@dataclass(frozen=True)
class Step:
    """A request, and what was on screen before it."""

    before: dict[str, list[str]]
    after: dict[str, list[str]]
    url: str
    origin: str

    @property
    def changed(self) -> list[str]:
        return [name for name, slot in self.after.items() if self.before.get(name) != slot]


class Matrix:
    """Sends all kinds of requests, and records which users see what they may not see.

    ``people``
        The clients of the users. Each user also sends the states of the users before, so the user who
        may see most is the first.
    ``examples``
        A value for each name that routes capture.
    """

    def __init__(self, people: Mapping[str, Client], examples: Mapping[str, Any]) -> None:
        self.people, self.examples = people, examples
        self.leaks: list[str] = []
        self.responses = 0
        self.composed: set[Any] = set()
        """The views in responses that were no pages."""
        self.marks = Marks()
        self._route = Alone()
        self._plain: dict[tuple[str, str], Plain] = {}
        self._alone: dict[tuple[str, Any, Any, str], int] = {}

    def explore(self) -> None:
        patterns = get_resolver().url_patterns
        declared = Urlconf(patterns)
        self.urls = sorted(set(urls_of(declared, self.examples)))
        self.views = set(views_of(declared))
        urlconf = ModuleType("tests.urls.of_this_matrix")
        vars(urlconf)["urlpatterns"] = [self._route, *patterns]
        for client in self.people.values():
            client.raise_request_exception = False
        steps: dict[Any, Step] = {}
        with override_settings(ROOT_URLCONF=urlconf), self.marks.left():
            for who in self.people:
                for step in steps.values():
                    self.replay(who, step)
                for step in self.go_everywhere(who):
                    steps.setdefault(
                        tuple((name, *step.after[name]) for name in step.changed), step
                    )
        assert 200 in self._alone.values(), "No view has the status 200 alone"

    def go_everywhere(self, who: str) -> Iterator[Step]:
        """From each state with a new slot, request all URLs."""
        screens: list[Window] = []
        known: set[tuple[str, str]] = set()
        asked: set[Any] = set()

        def add(screen: Window) -> None:
            slots = {(slot.address, slot.key) for slot in screen.slots.values()}
            if not slots <= known:
                known.update(slots)
                screens.append(screen)

        for url in self.urls:
            plain = self.plain(who, url)
            self.check(who, "on its page", plain.shown)
            add(plain.screen)
        for screen in screens:  # which grow
            mounted = screen.mounted
            nothing = {name: ["empty", *slot[1:]] for name, slot in mounted.items()}
            yield Step(nothing, mounted, screen.url, screen.origin)
            how = f"from {screen.url}"
            url = with_option(screen.url, REFRESH + ALL)
            self.check_response(
                who, f"with all that is on screen {how}", copy_of(screen).soft(url)
            )
            for url in self.urls:
                common = self.plain(who, url).screen.slots.keys() & mounted
                # All other slots on screen are kept, or gone.
                open_in = {slot.address: slot.shows for slot in screen.slots.values() if slot.home}
                keys = frozenset((name, mounted[name][2]) for name in {*common, *open_in})
                question = url, keys, frozenset(open_in.items())
                if question in asked:
                    continue
                asked.add(question)
                after = copy_of(screen)
                response = after.soft(url)
                self.check_response(who, f"softly {how}", response)
                if HEADER in response:
                    yield Step(mounted, after.mounted, after.url, after.origin)
                    add(after)
                if response.get("HX-Redirect") == url:  # a document
                    continue
                for address in common:
                    if (url, address) not in asked:
                        asked.add((url, address))
                        self.check_response(who, f"alone {how}", screen.slot(url, address))

    def replay(self, who: str, step: Step) -> None:
        """Send the state of another user, at a URL that this user may see."""
        allowed = (url for url in (step.url, *self.urls) if self.plain(who, url).status == 200)
        url = next(allowed)
        window = Window(self.people[who])
        more = {"current_url": step.url, "origin": step.origin}
        for state in (
            {"intent": "restore", "slots": step.before, "restore": step.after},
            {"intent": "refresh", "slots": step.after, "refresh": step.changed},
            {"intent": "navigate", "slots": step.after},
        ):
            response = window._request(url, {**state, **more}, "get", None)
            self.check_response(who, f"{state['intent']} of {step.changed} at {url}", response)

    def check_response(self, who: str, how: str, response: Any) -> None:
        self.responses += 1
        shown = self.marks.found_in(response)
        self.composed.update(one.view for one in shown)
        self.check(who, how, shown)

    def check(self, who: str, how: str, shown: Iterable[Shown]) -> None:
        for one in shown:
            if refusal := self.refusal(who, one):
                self.leaks.append(f"{who} sees {one}, {how}, but {refusal}")

    def refusal(self, who: str, shown: Shown) -> str:
        """Return why a user may not see a view, or ``""``."""
        plain = self.plain(who, shown.url)
        others = [self.plain(other, shown.url) for other in self.people]
        if plain.status != 200 and any(other.status == 200 for other in others):
            return f"the URL has the status {plain.status}"
        hidden = {name for other in others for name in other.screen.slots} - {*plain.screen.slots}
        if any(
            SlotAddress(name).contains(shown.address) for name in hidden if plain.status == 200
        ):
            return "there is no such slot at the URL"
        if not isinstance(shown.view, TemplateView):
            status = self.alone(who, shown)
            if 300 <= status < 500:
                return f"alone, the view has the status {status}"
        return ""

    def plain(self, who: str, url: str) -> Plain:
        """Return the status of a document load of a URL."""
        if (who, url) not in self._plain:
            screen = Window(self.people[who])
            response = screen.hard(with_option(url, INLINE))
            screen.url = screen.origin = url
            shown = self.marks.found_in(response)
            self._plain[who, url] = Plain(response.status_code, screen, shown)
        return self._plain[who, url]

    def alone(self, who: str, shown: Shown) -> int:
        """Return the status of a view that is alone at its URL."""
        key = who, shown.view, shown.kwargs, shown.url
        if key not in self._alone:
            self._route.shown = shown
            self._alone[key] = self.people[who].get(shown.url).status_code
            self._route.shown = None
        return self._alone[key]


@dataclass(frozen=True)
class Plain:
    status: int
    screen: Window
    shown: list[Shown]


def copy_of(screen: Window) -> Window:
    window = Window(screen.client)
    window.slots, window.url, window.origin = dict(screen.slots), screen.url, screen.origin
    return window
