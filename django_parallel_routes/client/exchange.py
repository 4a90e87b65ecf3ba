"""The requests and responses of a ``Tab``, and the entries of its history."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from django.urls import get_script_prefix

from django_parallel_routes.protocol.state import HEADER, without_host

T = TypeVar("T")
History = Literal["push", "replace", False]
Mounted = dict[str, list[str]]
"""The state of each slot, as in the header, by the slot's address."""


class Impossible(AssertionError):
    """A step that is not possible on this page."""


@dataclass(frozen=True)
class Request:
    """A request of a tab, which its driver makes: a test client, or ``manage.py slots``."""

    method: str
    url: str
    """Absolute, without a hash."""
    headers: Mapping[str, str] = field(default_factory=dict)
    data: Any = None

    def __str__(self) -> str:
        how = "soft" if HEADER in self.headers else "hard"
        return f"{how} {self.method} {local_url(self.url)}"

    @property
    def is_safe(self) -> bool:
        return self.method == "GET"


@dataclass(frozen=True)
class Response:
    """A response that the driver of a tab has received."""

    status: int
    """0 if the URL is on another site: no request is made there."""
    headers: Mapping[str, str]
    """A mapping that ignores case, such as Django's ``response.headers``."""
    text: str = ""
    source: Any = None
    """What the driver made this response of, such as Django's response."""
    url: str = ""
    """The URL after redirects, for a document with its hash. The tab sets this."""

    def __getitem__(self, header: str) -> str:
        return str(self.headers.get(header, ""))

    @property
    def html(self) -> str:
        return self.text if "html" in self["Content-Type"] else ""

    @property
    def is_text(self) -> bool:
        """Whether the script shows the response as a document without a second request."""
        return re.search(r"^text/(?!html)|[/+](json|xml)\b", self["Content-Type"]) is not None

    @property
    def is_download(self) -> bool:
        """Whether the browser keeps the page that it shows."""
        return self.status in (204, 205) or self["Content-Disposition"].startswith("attachment")

    @property
    def is_nothing(self) -> bool:
        """Whether the script leaves a slot empty that waits for it."""
        return not self.text and 200 < self.status < 400

    @property
    def is_missing(self) -> bool:
        """Whether the script requests a slot once more, since a proxy or the server is overloaded."""
        return self.status in (429, 502, 503, 504)


Steps = Generator[Request, Response, T]
"""Yields requests to its driver, such as a test client, and is sent the response to each."""


def run(steps: Steps[T], fetch: Callable[[Request], Response]) -> T:
    """Make all requests of some steps, and return what they return."""
    try:
        request = next(steps)
        while True:
            request = steps.send(fetch(request))
    except StopIteration as done:
        result: T = done.value
        return result


@dataclass(frozen=True)
class Beneath:
    """The page over which a slot was opened."""

    position: int
    """The position of its entry in the history."""
    url: str
    shown: list[list[str]]
    """The states of the slots in that page, except those that intercept."""
    option_for: str
    """The id of the select for which the open form makes an option."""


@dataclass(frozen=True)
class EntryState:
    """What the script writes into an entry of the history."""

    slots: Mounted
    origin: str
    opened: Mapping[str, Beneath | None]
    layout_url: str
    """The URL of a page with the layout of these slots."""


@dataclass
class Entry:
    """One entry of the history."""

    url: str
    document_id: object
    """Identifies the document that made this entry: entries of one document are restored softly."""
    state: EntryState | None = None
    """``None`` on a page without the script, and on the page of a response to a form."""


@dataclass(frozen=True)
class Navigation:
    """What a link, a form or a call of the script requests."""

    history: History = False
    hash: str = ""
    target: str = ""
    """The address of the slot that is to change; ``""``: any slot may."""
    source: str = ""
    """The address of the slot in which the link or form stands."""
    intercept: bool = True
    restore: Mounted | None = None
    """The states that Back or Forward restores."""
    refresh: tuple[str, ...] = ()
    """The addresses of the slots to render again."""
    option_for: str = ""
    """The id of the select for which the link opens a form that makes an option."""
    boosted: bool = False
    """Whether the element is an ordinary link or form, without ``hx-get`` and the like."""
    is_soft: bool = True
    """Whether the script makes the request, where it can."""
    is_second: bool = False
    """Whether it repeats a refresh that has failed."""
    query_only: bool = False
    """Whether the link only changes the query of the slot in which it stands."""


def local_url(url: str) -> str:
    """Return a URL without scheme and host."""
    return without_host(url) or "/"


def without_prefix(path: str) -> str:
    """Return a path as Django's test clients take it: without the script prefix, as from a WSGI server."""
    prefix = get_script_prefix()
    return path.removeprefix(prefix[:-1]) if path.startswith(prefix) else path


def split_hash(url: str) -> tuple[str, str]:
    """Return a URL without its hash, and the hash with its ``#``.

    >>> split_hash("/gallery/#top"), split_hash("/gallery/#")
    (('/gallery/', '#top'), ('/gallery/', ''))
    """
    url, _, rest = url.partition("#")
    return url, rest and f"#{rest}"


def with_hash(url: str, hash_: str) -> str:
    """Return a URL with a link's hash, unless the URL has its own."""
    return url if "#" in url else url + hash_


# --- the state header, as js/src/header.js writes it ---


def state_header(state: Mapping[str, Any]) -> str:
    """Return the value of the header; keys whose values are empty are left out."""
    filled = {name: value for name, value in state.items() if value or name == "slots"}
    return json.dumps(compact(filled), separators=(",", ":"))


def compact(state: Mapping[str, Any]) -> dict[str, Any]:
    """Return a state in the short form of the header: its slots name their URLs by number.

    What the keys say about the user stands there only once, as ``viewer``.

    >>> compact({"intent": "navigate", "slots": {"team": ["page", "/d/", "00112233aabbccdd"]}})
    {'intent': 'navigate', 'slots': {'team': 'p0.00112233aabbccdd'}, 'urls': ['/d/']}
    """
    urls: dict[str, int] = {}
    viewer = ""

    def short(slot: Sequence[str]) -> str:
        nonlocal viewer
        variant, src, key, *mount_url = slot
        signed, _, own_viewer = key.partition("-")
        viewer = viewer or own_viewer
        if own_viewer and own_viewer == viewer:
            key = f"{signed}-"
        at = [urls.setdefault(url, len(urls)) for url in (src, *filter(None, mount_url))]
        return ".".join([f"{variant[0]}{at[0]}", key, *map(str, at[1:])])

    found = dict(state)
    for name in ("slots", "restore"):
        if name in found:
            found[name] = {address: short(slot) for address, slot in found[name].items()}
    if urls:
        found["urls"] = list(urls)
    if viewer:
        found["viewer"] = viewer
    return found
