"""The state header: what is on screen, and what the script requests. ``parallel-routes.js`` writes it.

Each request of the script has one header, ``Parallel-Routes``, with a JSON object in ASCII:

``intent``
    ``"navigate"``: go to this URL softly. ``"restore"``: restore the slots in ``restore``.
    ``"slot"``: the page of one slot, for an htmx request with a target of its own.
    ``"refresh"``: render the slots in ``refresh`` again, each as ``slots`` describes it.
``slots``
    What is on screen. For the address of each slot (``"children.team"``), it has a text of three
    or four parts, such as ``"p0.3a7d7022ecd1e691"`` or ``"e0.683011c217743ec7.1"``: the initial of its
    variant (``page``, ``intercepted``, ``layout`` of a segment inside it, ``default``, ``empty``); the
    place in ``urls`` of the URL for which it was rendered (path and query; for a layout, its prefix); its
    key; and, if it can intercept, the place in ``urls`` of the path for which its layout has printed it.
``urls``
    The URLs that slots name, each once.
``viewer``
    The end of the keys that depend on the user, sent once. It follows each key that ends with a hyphen.
``current_url``
    The URL in the address bar. Sent with ``origin`` or ``own``, or if a slot shows the same path
    with another query.
``origin``
    The URL of the page underneath what is intercepted. Left out if nothing on screen intercepts, or if
    the link asks for no interception.
``form``
    ``true`` if the request has an unsafe method, or had one before a redirect.
``source_slot``
    The address of the slot that contains the link or form, if any.
``target_slot``
    The address of the only slot that a link navigates.
``own``
    ``true`` if the request is for the path that the slot around the link or form shows. With
    ``target_slot``, the link changes only the query of this slot. The address bar then gets the same query
    if it shows the path of the slot's page, and if this slot is the first one that matches the URL. A form
    reaches the view that this slot shows, or is refused.
``refresh``
    A list of addresses: with ``"refresh"``, the slots to render; otherwise, the slots that each response
    contains.
``option_for``
    With ``form``: the address of the slot with the select for which the form makes an option. When the
    form redirects, the response is this slot, for its options.
``tables``
    With ``form``: for the address of each slot, the tables that it has read (``"3f2a.90c1"``), if the
    project watches queries.
``prefetch``
    With ``"navigate"``: the response is fetched in advance, and shown if the link is clicked within 30
    seconds. ``"loading"``: slots that have ``loading`` show that, and ask for their pages when they are on
    screen; ``"full"``: all pages are rendered. For views, the request then has ``Sec-Purpose: prefetch``.
``restore``
    With ``"restore"``: the slots of the history entry, in the form of ``slots``.

A soft response has ``Parallel-Routes: <URL>``, the URL that is now on screen, or ``stay``. Its body has an
element for each changed slot, with the slot's ``id``, ``hx-swap-oob="innerHTML"``, and the slot's new
state in ``data-pr-*`` attributes. It leaves out ``data-pr-variant`` if that is ``page``, and ``data-pr-src``
if that is the URL in the header. The script removes ``data-pr-title``, ``-order``, ``-state``,
``-delivery`` and ``-tables`` where a response leaves them out. ``data-pr-state`` says that the slot shows
no page: ``loading``, ``error``, ``not-found``; or that it keeps what it shows: ``busy``. For ``loading``
and ``busy``, ``data-pr-delivery`` says how the page will arrive. A response without the header is a
document.

A soft response with slots that come later, and a streamed page, continue after their first part: for each
late slot, a ``<template data-pr-fragment>`` contains its element. An empty ``<template
data-pr-arrived>`` says that everything before it is complete. The first one follows the first part; on a
page, the scripts follow it. An element that is ``busy`` and ``deferred`` says that this response can't
contain the slot's page: the script requests it.

**What a client sends is a hint, and never an authority.** A ``key`` is a signature of the slot's address,
of the segment that has printed the slot, and of the prefix for which it was printed. Without a key, nobody
can get a slot that no layout has printed. Keys tell the server which layouts are mounted, without a
look-up. They do not say who may see what: the views decide this, as for any other request. If the layout
has looked at the user, the key is valid only for this user and role.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import field
from functools import lru_cache
from hashlib import blake2b, sha256
from typing import Any, Literal, NamedTuple, get_args
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.utils.encoding import force_bytes
from django.utils.http import escape_leading_slashes

from django_parallel_routes.conf import cached_by_settings
from django_parallel_routes.values import NO_SLOT, SlotAddress, path_of, value_class

HEADER = "Parallel-Routes"
"""The request header with the state, and the response header that marks a soft response."""

MAX_LENGTH = 4096
"""Longest state, in bytes. The script loads the document instead of sending more."""

MAX_SLOTS = 64
MAX_DEPTH = 16

ADDRESS = re.compile(rf"[A-Za-z]\w*(\.[A-Za-z]\w*){{0,{MAX_DEPTH - 1}}}\Z", re.ASCII)
SLOT = re.compile(
    r"([pilde])([0-9]{1,3})\.([0-9a-f]{16}(?:-(?:[0-9a-f]{8})?)?)(?:\.([0-9]{1,3}))?\Z"
)
"""The text of a slot: its variant, its URL, its key, and the path for which it was printed."""

VIEWER = re.compile(r"(?:[0-9a-f]{8})?\Z")
CONTROLS = re.compile(r"[\x00-\x1f\x7f\\]")
DOT_SEGMENTS = re.compile(r"/\.{1,2}(?:/|$)")

Variant = Literal["page", "intercepted", "layout", "default", "empty"]
Intent = Literal["navigate", "restore", "slot", "refresh"]
Prefetch = Literal["", "loading", "full"]


VARIANTS: dict[str, Variant] = {name[0]: name for name in get_args(Variant)}
INTENTS: dict[str, Intent] = {name: name for name in get_args(Intent)}
PREFETCHES: dict[str, Prefetch] = {name: name for name in get_args(Prefetch)}


class BadState(ValueError):
    """The header is malformed. The response is then the full page."""


@cached_by_settings("SECRET_KEY", maxsize=1024)
def signature(text: str, size: int) -> str:
    """Return a signature of ``size`` bytes as hex digits.

    The secret is one of this package, so that no signature passes for one of Django's. A user who clicks
    around sends the same few keys with each request.
    """
    secret = sha256(b"django_parallel_routes.slot" + force_bytes(settings.SECRET_KEY)).digest()
    return blake2b(text.encode(), key=secret, digest_size=size).hexdigest()


def without_host(url: str) -> str:
    """Return a URL without scheme and host, which leads to the same host.

    >>> without_host("https://example.com//a/?page=2")
    '/%2Fa/?page=2'
    """
    parts = urlsplit(url)
    path = escape_leading_slashes(parts.path)
    return urlunsplit(parts._replace(scheme="", netloc="", path=path))


class MountedSlot(NamedTuple):
    """What one slot on screen shows, and the URL (path and query) that it was rendered for."""

    variant: Variant
    src: str
    key: str
    mount_url: str = ""

    @property
    def path(self) -> str:
        """The decoded path of ``src``, with the script prefix."""
        return path_of(self.src)


@value_class
class State:
    """The header of one request, parsed."""

    intent: Intent
    slots: Mapping[SlotAddress, MountedSlot] = field(default_factory=dict)
    current_url: str = ""
    origin: str = ""
    form: bool = False
    source_slot: SlotAddress = NO_SLOT
    target_slot: SlotAddress = NO_SLOT
    own: bool = False
    refresh: tuple[SlotAddress, ...] = ()
    option_for: SlotAddress = NO_SLOT
    tables: Mapping[SlotAddress, frozenset[str]] = field(default_factory=dict)
    restore: Mapping[SlotAddress, MountedSlot] = field(default_factory=dict)
    prefetch: Prefetch = ""


def parse_state(header: str) -> State:
    """Return the header's state.

    Raises ``BadState`` for anything that the script would not send: a header that is too long, wrong types,
    unknown words, slots that are too many or too deep, URLs that are no absolute path. A field is ignored
    if its value is an empty text.

    >>> slots = '{"team": "p0.00112233aabbccdd"}'
    >>> parse_state(f'{{"intent": "slot", "slots": {slots}, "urls": ["/d/"]}}').slots["team"].src
    '/d/'
    """
    if len(header) > MAX_LENGTH:
        raise BadState(f"{len(header)} bytes, more than {MAX_LENGTH}")
    try:
        raw = json.loads(header)
        urls = [*map(plain_url, _bounded(list, raw.get("urls", []), 4 * MAX_SLOTS))]
        viewer = raw.get("viewer", "")
        if not VIEWER.match(viewer):
            raise BadState("no viewer")
        given = [name for name in raw if name in READERS and raw[name] != ""]
        fields = {name: READERS[name](raw[name]) for name in given}
        for name in ("slots", "restore"):
            if name in raw:
                fields[name] = _slots(raw[name], urls, viewer)
        return State(INTENTS[raw["intent"]], **fields)
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise BadState("not what the script sends") from error


def _slots(raw: Any, urls: list[str], viewer: str) -> dict[SlotAddress, MountedSlot]:
    """Return what slots show. Each text has places in ``urls``, and its key may end with the viewer."""
    slots: dict[SlotAddress, MountedSlot] = {}
    for address, text in _bounded(dict, raw).items():
        variant, src, key, mount_url = _parts_of(text)
        if key[-1] == "-":
            if not viewer:
                raise BadState("no viewer")
            key += viewer
        mount = "" if mount_url is None else urls[mount_url]
        slots[_address(address)] = MountedSlot(variant, urls[src], key, mount)
    return slots


@lru_cache(maxsize=1024)
def _parts_of(text: str) -> tuple[Variant, int, str, int | None]:
    """Return the parts of a slot's text. While a slot stays on screen, its text comes with each request."""
    found = SLOT.match(text)
    if found is None:
        raise BadState("a slot must be a text of three or four parts")
    variant, src, key, mount_url = found.groups()
    return VARIANTS[variant], int(src), key, int(mount_url) if mount_url else None


def _bounded(kind: type[list[Any] | dict[str, Any]], raw: Any, size: int = MAX_SLOTS) -> Any:
    """Return a list or an object that has not too many members."""
    if not isinstance(raw, kind) or len(raw) > size:
        raise BadState(f"no {kind.__name__} of at most {size} members")
    return raw


@lru_cache(maxsize=256)
def plain_url(url: str) -> str:
    """Return a URL that leads to this host, to the path that it shows; else raise ``BadState``."""
    path, is_path = path_of(url), url.startswith("/") and not url.startswith("//")
    is_quoted = url.isascii() and " " not in url and not CONTROLS.search(url)
    if not (is_path and is_quoted) or CONTROLS.search(path) or DOT_SEGMENTS.search(path):
        raise BadState("a URL must be an absolute path, quoted and plain")
    return url


@lru_cache(maxsize=256)
def _address(text: str) -> SlotAddress:
    """Return an address. A project has few addresses, which come with each request."""
    if not ADDRESS.match(text):
        raise BadState("no address of a slot")
    return SlotAddress(text)


READERS: dict[str, Callable[[Any], Any]] = {
    "current_url": plain_url,
    "origin": plain_url,
    "form": lambda raw: raw is True,
    "source_slot": _address,
    "target_slot": _address,
    "own": lambda raw: raw is True,
    "refresh": lambda raw: tuple(map(_address, _bounded(list, raw))),
    "option_for": _address,
    "tables": lambda raw: {
        _address(address): frozenset(text.split("."))
        for address, text in _bounded(dict, raw).items()
    },
    "prefetch": PREFETCHES.__getitem__,
}
"""How to read each part of the header except ``slots`` and ``restore``, which ``_slots()`` reads.

For a value of a wrong type, they raise what Python raises.
"""
