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
"""For the address of each slot its state, as the header has it."""


class Impossible(AssertionError):
    """A step that is not possible on this page."""


@dataclass(frozen=True)
class Request:
    """A request that the driver has to make."""

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
    """A response that the driver has received."""

    status: int
    """0 if the URL is on another site: no request is made there."""
    headers: Mapping[str, str]
    """A mapping that ignores case, such as Django's ``response.headers``."""
    text: str = ""
    source: Any = None
    """What the driver made this of, such as Django's response."""
    url: str = ""
    """Where redirects have led to, for a document with its hash; set by the tab."""

    def __getitem__(self, header: str) -> str:
        return str(self.headers.get(header, ""))

    @property
    def html(self) -> str:
        return self.text if "html" in self["Content-Type"] else ""

    @property
    def is_text(self) -> bool:
        """Whether the script shows it as a document without a second request."""
        return re.search(r"^text/(?!html)|[/+](json|xml)\b", self["Content-Type"]) is not None

    @property
    def is_download(self) -> bool:
        """Whether a browser stays on its page."""
        return self.status in (204, 205) or self["Content-Disposition"].startswith("attachment")


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
    """The page beneath an open slot."""

    position: int
    """The position of its entry in the history."""
    url: str
    shown: list[list[str]]
    """What the slots without interceptions showed there."""
    option_for: str
    """The id of the select for which the open form makes an option."""


@dataclass(frozen=True)
class EntryState:
    """What the script writes into an entry of the history."""

    slots: Mounted
    origin: str
    opened: Mapping[str, Beneath | None]
    layout_url: str
    """A URL of which a full load has the layout of these slots."""


@dataclass
class Entry:
    """One entry of the history."""

    url: str
    document: object
    """The document that made it: entries of one document are restored softly."""
    state: EntryState | None = None
    """``None`` on a page without the script, or one that answers a form."""


@dataclass(frozen=True)
class Navigation:
    """What a link, a form or a call of the script requests."""

    history: History = False
    hash: str = ""
    target: str = ""
    """The address of the one slot that it navigates."""
    source: str = ""
    """The address of the slot that the link or form stands in."""
    intercept: bool = True
    restore: Mounted | None = None
    refresh: tuple[str, ...] = ()
    option_for: str = ""
    boosted: bool = False
    is_soft: bool = True
    """Whether the script makes the request, where it can."""
    query_only: bool = False
    """Whether it changes no more than the query of the slot that it stands in."""


def local_url(url: str) -> str:
    """Return a URL without scheme and host."""
    return without_host(url) or "/"


def without_prefix(path: str) -> str:
    """Return a path as Django's test clients take it: a WSGI server takes the prefix off."""
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
    """Return a URL with a link's hash, if it has none itself."""
    return url if "#" in url else url + hash_


# --- the state header, as js/src/header.js writes it ---


def state_header(state: Mapping[str, Any]) -> str:
    """Return the value of the header; keys whose values are empty are left out."""
    filled = {name: value for name, value in state.items() if value or name == "slots"}
    return json.dumps(compact(filled), separators=(",", ":"))


def compact(state: Mapping[str, Any]) -> dict[str, Any]:
    """Return a state whose slots are texts, with the URLs and the viewer that these name.

    >>> compact({"intent": "navigate", "slots": {"team": ["page", "/d/", "00112233aabbccdd"]}})
    {'intent': 'navigate', 'slots': {'team': 'p0.00112233aabbccdd'}, 'urls': ['/d/']}
    """
    urls: dict[str, int] = {}
    viewer = ""

    def short(slot: Sequence[str]) -> str:
        nonlocal viewer
        variant, src, key, *mount_url = slot
        viewer = viewer or key[17:]
        if viewer and key[17:] == viewer:
            key = key[:17]
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
