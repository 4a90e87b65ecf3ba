"""The options in a URL's query: the parameter ``slots`` says how to answer. Views don't see it.

``slots=inline``
    The whole page at once. The ``<noscript>`` of a page with slots that arrive later leads here (B12).
``slots=raise``
    The same, and with ``DEBUG``, an error in a slot is the response to the whole request (S44).
``slots=refresh:team,children.cart``
    After the redirect of a form: also refresh these slots (S40).
``slots=hash:c7``
    After any redirect: its ``#fragment``, which browsers don't tell scripts (S36).

Like everything that a client sends, this is only a hint. A wrong one costs no more than time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from django.conf import settings

from django_parallel_routes.location import Location
from django_parallel_routes.protocol.state import MAX_SLOTS

PARAMETER = "slots="
INLINE, RAISE, REFRESH, HASH = "inline", "raise", "refresh:", "hash:"
MAX_NAMES = 500
"""Longest list of slots, in characters."""
NAMES = re.compile(r"[\w.,*]{0,%d}\Z" % MAX_NAMES, re.ASCII)
FRAGMENT = re.compile(r"[\w.~!$&'()*+,;=:@/?%#\[\]-]{1,500}\Z", re.ASCII)
"""What a fragment may be; longer ones are lost."""


@dataclass(frozen=True)
class Directives:
    """What a URL says."""

    is_complete: bool = False
    """Whether nothing of the page comes later."""
    raises: bool = False
    refreshes: tuple[str, ...] = ()
    fragment: str = ""
    """Without the ``#``."""


def directed(url: str, directive: str) -> str:
    """Return a URL that says something more.

    >>> directed("/team/?page=2#top", INLINE)
    '/team/?page=2&slots=inline#top'
    """
    parts = urlsplit(url)
    query = "&".join(filter(None, (parts.query, PARAMETER + directive)))
    return urlunsplit(parts._replace(query=query))


def with_fragment(url: str) -> str:
    """Return a URL that says its fragment in its query, too.

    >>> with_fragment("/team/?page=2#top")
    '/team/?page=2&slots=hash:top#top'
    """
    bare, _, fragment = url.partition("#")
    said, _ = directives_of(Location.of(bare))
    if said.fragment == fragment or not FRAGMENT.match(fragment):
        return url
    return directed(url, HASH + quote(fragment, safe=""))


def for_browser(url: str) -> str:
    """Return a URL for a browser, without what only answers to the script make use of.

    >>> for_browser("/team/?page=2&slots=refresh:cart&slots=hash:top")
    '/team/?page=2#top'
    """
    said, _ = directives_of(Location.of(url))
    path, _, query = url.partition("?")
    hints = (PARAMETER + REFRESH, PARAMETER + HASH)
    rest = "&".join(pair for pair in query.split("&") if not pair.startswith(hints))
    return path + (rest and f"?{rest}") + (said.fragment and f"#{said.fragment}")


def directives_of(location: Location) -> tuple[Directives, Location]:
    """Return what a URL says, and the URL without that."""
    path, _, query = location.src.partition("?")
    if PARAMETER not in query:
        return Directives(), location
    found: set[str] = set()
    refreshes: list[str] = []
    fragment = ""
    rest: list[str] = []
    for pair in query.split("&"):
        value = pair.removeprefix(PARAMETER) if pair.startswith(PARAMETER) else ""
        if value in (INLINE, RAISE):
            found.add(value)
        elif value.startswith(REFRESH):
            names = value.removeprefix(REFRESH)
            refreshes.extend(name for name in names.split(",") if name and NAMES.match(names))
        elif value.startswith(HASH):
            fragment = unquote(value.removeprefix(HASH))
        else:
            rest.append(pair)
    raises = RAISE in found and settings.DEBUG
    named = tuple(dict.fromkeys(refreshes))[:MAX_SLOTS]
    fragment = fragment if FRAGMENT.match(fragment) else ""
    said = Directives(INLINE in found or raises, raises, named, fragment)
    return said, Location.of(f"{path}?{'&'.join(rest)}" if rest else path)
