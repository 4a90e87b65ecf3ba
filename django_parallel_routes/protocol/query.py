"""Options in the query of a URL: the parameter ``slots`` says how to respond. Views don't see it.

``slots=inline``
    The whole page at once. The ``<noscript>`` of a page with slots that arrive later leads here (B12).
``slots=raise``
    The same, and with ``DEBUG``, an error in a slot is the response to the whole request (S44).
``slots=refresh:team,children.cart``
    After the redirect of a form: also refresh these slots (S40).
``slots=hash:c7``
    After any redirect: its ``#fragment``, which browsers don't tell scripts.

Like everything that a client sends, this is only a hint. A wrong value can only cost time.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from django.conf import settings

from django_parallel_routes.protocol.state import MAX_SLOTS
from django_parallel_routes.values import Location, value_class

PARAMETER = "slots="
INLINE, RAISE, REFRESH, HASH = "inline", "raise", "refresh:", "hash:"
MAX_NAMES = 500
"""Longest list of slots, in characters."""
NAMES = re.compile(r"[\w.,*]{0,%d}\Z" % MAX_NAMES, re.ASCII)
FRAGMENT = re.compile(r"[\w.~!$&'()*+,;=:@/?%#\[\]-]{1,500}\Z", re.ASCII)
"""What a fragment may be. A longer one is left out."""


@value_class
class Options:
    """What the query of a URL says to this package."""

    is_complete: bool = False
    """Whether the whole page arrives at once."""
    raises: bool = False
    refreshes: tuple[str, ...] = ()
    fragment: str = ""
    """Without the ``#``."""


def with_option(url: str, option: str) -> str:
    """Return a URL with one more option.

    >>> with_option("/team/?page=2#top", INLINE)
    '/team/?page=2&slots=inline#top'
    """
    bare, hash_sign, fragment = url.partition("#")
    separator = "" if bare.endswith("?") else "&" if "?" in bare else "?"
    return f"{bare}{separator}{PARAMETER}{option}{hash_sign}{fragment}"


def with_fragment(url: str) -> str:
    """Return a URL that has its fragment in its query as well.

    >>> with_fragment("/team/?page=2#top")
    '/team/?page=2&slots=hash:top#top'
    """
    bare, _, fragment = url.partition("#")
    if not fragment and PARAMETER not in bare:
        return url
    options, _ = options_of(Location.of(bare))
    if options.fragment == fragment or not FRAGMENT.match(fragment):
        return url
    return with_option(url, HASH + quote(fragment, safe=""))


def for_browser(url: str) -> str:
    """Return a URL for a browser, without the options that only responses to the script use.

    >>> for_browser("/team/?page=2&slots=refresh:cart&slots=hash:top")
    '/team/?page=2#top'
    """
    fragment = options_of(Location.of(url))[0].fragment
    path, _, query = url.partition("?")
    hints = (PARAMETER + REFRESH, PARAMETER + HASH)
    rest = "&".join(pair for pair in query.split("&") if not pair.startswith(hints))
    return path + (rest and f"?{rest}") + (fragment and f"#{fragment}")


def options_of(location: Location) -> tuple[Options, Location]:
    """Return the options of a URL, and the URL without them."""
    path, _, query = location.src.partition("?")
    if PARAMETER not in query:
        return Options(), location
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
    options = Options(
        is_complete=INLINE in found or raises,
        raises=raises,
        refreshes=tuple(dict.fromkeys(refreshes))[:MAX_SLOTS],
        fragment=fragment if FRAGMENT.match(fragment) else "",
    )
    return options, Location.of(f"{path}?{'&'.join(rest)}" if rest else path)
