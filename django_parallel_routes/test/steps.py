"""What a tab does without making a request: steps, which yield what to ask and are sent the answer.

So the two clients, sync and async, share all of it.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar
from urllib.parse import quote

from django.conf import settings

from django_parallel_routes.protocol.state import HEADER, without_host

T = TypeVar("T")
History = Literal["push", "replace", False]
Mounted = dict[str, list[str]]
"""For the address of each slot its state, as it is sent."""


@dataclass(frozen=True)
class Ask:
    """A request that is to be made."""

    method: str
    url: str
    """Absolute, without a hash."""
    headers: Mapping[str, str] = field(default_factory=dict)
    data: Any = None

    @property
    def is_safe(self) -> bool:
        return self.method == "GET"

    def __str__(self) -> str:
        how = "soft" if HEADER in self.headers else "hard"
        return f"{how} {self.method} {local(self.url)}"

    def redirected(self, status: int, url: str) -> Ask:
        """Return what a browser asks for then: it forgets a body, unless told not to.

        By 301 and 302 only a POST becomes a GET: a DELETE is repeated, and wants a 303.
        """
        if status in (307, 308) or (status in (301, 302) and self.method != "POST"):
            return replace(self, url=url)
        return Ask("GET", url, self.headers)


@dataclass(frozen=True)
class Answer:
    """A response that is no redirect."""

    url: str
    response: Any
    body: bytes = b""
    hash: str = ""
    """Of where a redirect has led to; scripts are not told."""

    def __getitem__(self, name: str) -> str:
        return str(self.response.get(name, "")) if self.response else ""

    @property
    def text(self) -> str:
        """Its HTML, or ``""``."""
        charset = getattr(self.response, "charset", None) or "utf-8"
        return self.body.decode(charset, "replace") if "html" in self["Content-Type"] else ""

    @property
    def is_text(self) -> bool:
        """Whether the script shows it as a document without asking again."""
        return re.search(r"^text/(?!html)|[/+](json|xml)\b", self["Content-Type"]) is not None

    @property
    def is_download(self) -> bool:
        """Whether a browser stays where it is."""
        has_file = self["Content-Disposition"].startswith("attachment")
        return has_file or self.response.status_code in (204, 205)


Steps = Generator[Ask, "tuple[Any, bytes]", T]
"""Yields requests; is sent each response with its body."""


@dataclass
class Entry:
    """One entry of the history."""

    url: str
    document: int
    state: State | None = None
    """What the script has noted; ``None`` on a page without it, or that answers a form."""


@dataclass(frozen=True)
class State:
    """What the script notes of an entry."""

    slots: Mounted
    origin: str
    opened: Mapping[str, Mapping[str, Any]]
    index: int


@dataclass(frozen=True)
class Navigation:
    """What a request is for."""

    history: History = False
    hash: str = ""
    only: str = ""
    from_: str = ""
    intercept: bool = True
    want: Mounted | None = None
    asked: tuple[str, ...] = ()
    adds: str = ""
    """The id of a select for which it opens a form."""
    boosted: bool = False
    own: bool = False
    """Whether it changes no more than the query of the slot that it stands in."""


SAFE = "/:?#[]@!$&'()*+,;=%~"


def quoted(url: str) -> str:
    """Return a URL as browsers send it."""
    return quote(url, safe=SAFE)


def script_prefix() -> str:
    """Return what the URLs of the site begin with."""
    return f"{(settings.FORCE_SCRIPT_NAME or '').rstrip('/')}/"


def local(url: str) -> str:
    """Return a URL without scheme and host, if it is that of the site."""
    return without_host(url) or "/"
