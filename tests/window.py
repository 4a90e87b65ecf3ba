"""A browser window without a browser, for the tests of the server.

It keeps the mounted state, sends state headers through Django's test client, and applies the responses.
It shares no code with ``django_parallel_routes.client`` on purpose. It is a second opinion on the protocol,
it asserts that the HTML is well-formed, and it sends any state, also a forged one, while the client sends
only what the script would::

    def test_tabs(settings):
        window = serve(settings, slots("bar/", layout=layout("{% slot %}"), children=[...]))
        window.hard("/bar/")
        window.soft("/bar/views/")
        assert window.shows == {"children": "the views"}
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from types import ModuleType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.utils.html import escape

HEADER = "Parallel-Routes"
ARRIVED = "<template data-pr-arrived></template>"
VOID = {"br", "hr", "img", "input", "link", "meta"}


def layout(source: str = "{% slot %}", engine: str = "django") -> Callable[..., HttpResponse]:
    """Return a layout view from the source of its template."""
    if engine == "django":
        source = "{% load parallel_routes %}" + source
    template = engines[engine].from_string(source)

    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponse(template.render(kwargs, request))

    return view


def _with_texts(state: dict[str, Any]) -> dict[str, Any]:
    """Return a state in the form of the header: each slot, here a list, becomes a text."""
    urls: list[str] = list(state.get("urls", ()))

    def at(url: str) -> int:
        urls.append(url)
        return len(urls) - 1

    def text(shows: str, src: str, key: str, *mount_url: str) -> str:
        return ".".join([f"{shows[0]}{at(src)}", key, *(str(at(url)) for url in mount_url)])

    both = [name for name in ("slots", "restore") if name in state]
    texts = {
        name: {
            slot: one if isinstance(one, str) else text(*one) for slot, one in state[name].items()
        }
        for name in both
    }
    return {**state, **texts, "urls": urls}


class Pages:
    """Makes views that return their name, and remembers all calls of them.

    ::

        pages = Pages()
        path("", pages("home"))
        assert pages.called == ["home"]
    """

    def __init__(self) -> None:
        self.called: list[str] = []
        self.requests: dict[str, HttpRequest] = {}
        self.args: dict[str, tuple[Any, ...]] = {}
        self.kwargs: dict[str, dict[str, Any]] = {}

    def __call__(
        self, name: str, answer: Callable[[HttpRequest], HttpResponse] | None = None
    ) -> Callable[..., HttpResponse]:
        def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            self.called.append(name)
            self.requests[name] = request
            self.args[name], self.kwargs[name] = args, kwargs
            return answer(request) if answer else HttpResponse(escape(name))

        view.__name__ = view.__qualname__ = re.sub(r"\W", "_", name)
        return view

    def layout(self, name: str, source: str = "{% slot %}") -> Callable[..., HttpResponse]:
        return self(name, layout(source))

    def forget(self) -> None:
        self.called.clear()


@dataclass(frozen=True)
class OnScreen:
    """A slot on screen: its mounted state, and its text without that of the slots inside it."""

    address: str
    shows: str
    src: str
    key: str
    text: str
    title: str = ""
    order: str = ""
    home: str = ""
    reads: str = ""
    again: bool = False
    """Whether the slot is rendered with each response."""

    @property
    def mounted(self) -> list[str]:
        return [self.shows, self.src, self.key, *([self.home] if self.home else [])]


class _SlotParser(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.found: list[OnScreen] = []
        self.tops: list[OnScreen] = []
        self._open: list[tuple[str, int | None]] = []
        self._inside: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        data = {name: value or "" for name, value in attrs}
        if (
            "data-pr-key" not in data
        ):  # In a soft response, a page for the response's URL has neither.
            data = {"data-pr-variant": "page", "data-pr-src": self.url, **data}
        number = None
        if "data-pr-slot" in data:
            number = len(self.found)
            slot = OnScreen(
                data["data-pr-slot"],
                data["data-pr-variant"],
                data["data-pr-src"],
                data.get("data-pr-key", ""),
                "",
                data.get("data-pr-title", ""),
                data.get("data-pr-order", ""),
                data.get("data-pr-mount-url", ""),
                data.get("data-pr-tables", ""),
                "data-pr-again" in data,
            )
            assert data["id"] == "slot-" + slot.address.replace(".", "-")
            if not self._open:
                assert data.get("hx-swap-oob", "innerHTML") == "innerHTML"
                self.tops.append(slot)
            self.found.append(slot)
            self._inside.append(number)
        self._open.append((tag, number))

    def handle_endtag(self, tag: str) -> None:
        opened, number = self._open.pop()
        assert opened == tag, f"<{opened}> is closed by </{tag}>"
        if number is not None:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if self._inside:
            number = self._inside[-1]
            slot = self.found[number]
            self.found[number] = replace(slot, text=slot.text + data)


def slots_in(html: str, url: str = "") -> tuple[dict[str, OnScreen], list[str]]:
    """Return all slots in a page or a soft response, and the addresses of the outermost ones.

    ``url`` is the URL in the header of the soft response.
    """
    parser = _SlotParser(url)
    parser.feed(html)
    parser.close()
    found = {slot.address: replace(slot, text=slot.text.strip()) for slot in parser.found}
    assert len(found) == len(parser.found), "A slot is there twice"
    return found, [slot.address for slot in parser.tops]


def tag_of(html: str, address: str) -> dict[str, str]:
    """Return the attributes of a slot's element that are not part of its mounted state."""
    found = re.search(rf'<div id="[^"]*" data-pr-slot="{address}"([^>]*)>', html)
    assert found, f"{address} is not there"
    return dict(re.findall(r'([\w-]+)="([^"]*)"', found[1]))


class Window:
    """A tab: what is on screen, and methods that send requests."""

    def __init__(self, client: Client | None = None) -> None:
        self.client = client or Client()
        self.slots: dict[str, OnScreen] = {}
        self.changed: list[str] = []
        self.url = ""
        self.origin = ""
        self.response: Any = None

    # --- requests ---

    def hard(self, url: str, method: str = "get", **kwargs: Any) -> Any:
        """Load a document. If the response is no page, no slots are on screen."""
        self.response = response = getattr(self.client, method)(url, **kwargs)
        self.slots, self.url, self.origin = {}, url, url
        if response.status_code == 200 and not response.streaming:
            self.slots, _ = slots_in(response.content.decode())
            declared = re.search(r'data-pr-origin="([^"]*)"', response.content.decode())
            self.origin = declared[1] if declared else url
        return response

    def soft(self, url: str, *, method: str = "get", headers: Any = None, **kwargs: Any) -> Any:
        """Navigate, or send a form, and apply the response. ``target_slot`` and others are as in the header.

        ``intercept=False`` is ``data-pr-intercept="false"`` of a link. A ``prefetch`` is shown at once.
        """
        state = {"intent": "navigate", "slots": self.mounted, "current_url": self.at}
        if kwargs.pop("intercept", True) and any(slot.home for slot in self.slots.values()):
            state["origin"] = self.origin
        if again := [address for address, slot in self.slots.items() if slot.again]:
            state["refresh"] = again
        if method != "get":
            state["form"] = True
            state["tables"] = self.reads
        names = ("target_slot", "source_slot", "prefetch")
        state |= {name: kwargs.pop(name, "") for name in names}
        state["own"] = kwargs.pop("own", False)
        return self.send(url, state, method, headers, **kwargs)

    def restore(self, entry: tuple[str, dict[str, OnScreen], str], **kwargs: Any) -> Any:
        """Restore an earlier ``entry`` of the history."""
        url, slots, self.origin = entry
        wanted = {name: slot.mounted for name, slot in slots.items()}
        state = {
            "intent": "restore",
            "slots": self.mounted,
            "restore": wanted,
            "origin": self.origin,
        }
        return self.send(url, state, "get", **kwargs)

    def refresh(self, *addresses: str, url: str = "") -> Any:
        """Request slots again as they are: deferred slots, a retry, a refresh."""
        state = {"intent": "refresh", "slots": self.mounted, "refresh": list(addresses)}
        return self.send(url or self.slots[addresses[0]].src, state)

    def slot(self, url: str, address: str, *, method: str = "get", **kwargs: Any) -> Any:
        """Send an htmx request with its own target from inside a slot. The response is not applied."""
        state = {
            "intent": "slot",
            "source_slot": address,
            "slots": {address: self.mounted[address]},
        }
        if method != "get":
            state |= {"form": True, "tables": self.reads}
        return self._request(url, state, method, None, **kwargs)

    def send(
        self, url: str, state: Any, method: str = "get", headers: Any = None, **kwargs: Any
    ) -> Any:
        """Send any state, and apply the response if it is a soft one."""
        self.response = response = self._request(url, state, method, headers, **kwargs)
        self.changed, self.first, self.late = [], "", []
        if HEADER in response:
            first, *self.late = body_of(response).split(ARRIVED)
            self.first = first
            self._apply(first)
            for chunk in filter(None, self.late):
                self.arrive(chunk)
            if response[HEADER] != "stay":
                self.url = response[HEADER]
            is_intercepted = any(slot.shows == "intercepted" for slot in self.applied)
            if response[HEADER] != "stay" and not is_intercepted and "restore" not in state:
                self.origin = self.at
        return response

    def _request(self, url: str, state: Any, method: str, headers: Any, **kwargs: Any) -> Any:
        header = state if isinstance(state, str) else json.dumps(_with_texts(state))
        sent = {"HX-Request": "true", HEADER: header, **(headers or {})}
        return getattr(self.client, method)(url, headers=sent, **kwargs)

    def arrive(self, chunk: str) -> None:
        """Apply a slot that arrives after the first part, or request it if the response says so."""
        match = re.fullmatch(r"<template data-pr-fragment>(.*)</template>", chunk, re.DOTALL)
        assert match, chunk
        applied, changed = self.applied, self.changed
        self._apply(match[1])
        self.applied, self.changed = [*applied, *self.applied], changed

    def _apply(self, html: str) -> None:
        found, tops = slots_in(html, self.response.get(HEADER, ""))
        busy = {top for top in tops if tag_of(html, top).get("data-pr-state") == "busy"}
        self.applied = list(found.values())
        for top in tops:
            if top in busy:
                del found[top]
                continue
            assert top in self.slots, f"{top} is not on screen"
            was = self.slots[top]
            for address in [name for name in self.slots if name.startswith(f"{top}.")]:
                del self.slots[address]
            self.slots[top] = replace(found.pop(top), key=was.key, home=was.home, again=was.again)
        self.slots |= found
        self.changed = tops

    # --- what is there ---

    @property
    def at(self) -> str:
        """Return the URL without its fragment."""
        return self.url.partition("#")[0]

    @property
    def mounted(self) -> dict[str, list[str]]:
        return {address: slot.mounted for address, slot in self.slots.items()}

    @property
    def reads(self) -> dict[str, str]:
        return {address: slot.reads for address, slot in self.slots.items() if slot.reads}

    @property
    def shows(self) -> dict[str, str]:
        """The text of each slot, without that of the slots inside it."""
        return {address: slot.text for address, slot in self.slots.items()}

    @property
    def entry(self) -> tuple[str, dict[str, OnScreen], str]:
        return self.url, dict(self.slots), self.origin

    @property
    def text(self) -> str:
        """The HTML of the last response, without the data of segments for the script."""
        return re.sub(r"<template data-pr-sel.*?</template>", "", body_of(self.response))


def body_of(response: Any) -> str:
    """Return the whole body, also of a stream, which can then be read again."""
    body: bytes = response.getvalue()
    if response.streaming:
        response.streaming_content = [body]
    return body.decode()


def serve(settings: Any, *patterns: Any, client: Client | None = None, **more: Any) -> Window:
    """Use these URLs in the project, and open a window."""
    urlconf = ModuleType("tests.urls.of_this_test")
    urlconf.urlpatterns = list(patterns)
    vars(urlconf).update(more)
    settings.ROOT_URLCONF = urlconf
    return Window(client)
