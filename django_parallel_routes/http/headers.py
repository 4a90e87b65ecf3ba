"""Merges the headers and cookies of the responses of which a page is made.

These responses do not know of each other. So a header of one of them counts for the page if it forbids
something (``no-store``, ``DENY``, ``noindex``), if it adds something (a cookie, an event for htmx, a
project's own ``X-Request-Cost``), or if all of them agree.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping, Sequence
from time import time
from typing import Any

from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_http_date_safe

logger = logging.getLogger("django.request")

SERVER_TIMING = "Server-Timing"

COMMAS = (SERVER_TIMING, "Link", "X-Robots-Tag", "Clear-Site-Data", "Cache-Tag", "Edge-Cache-Tag")
SEPARATORS = dict.fromkeys(COMMAS, ", ") | dict.fromkeys(("Surrogate-Key", "Xkey"), " ")
"""Headers that collect the values of all responses, and the separators of the values."""

TRIGGERS = ("Hx-Trigger", "Hx-Trigger-After-Settle", "Hx-Trigger-After-Swap")

STRICTEST = {
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Permitted-Cross-Domain-Policies": "none",
}
"""The strictest value of a header, which counts if one response has it."""

BODY_HEADERS = frozenset(
    "Content-Length Content-Md5 Content-Digest Repr-Digest Etag Last-Modified Accept-Ranges Age Expires "
    "Pragma".split()
)
"""Headers that describe the body of one response, and so don't hold for the page."""

OPENING_HEADERS = re.compile(
    r"access-control-|cross-origin-resource-policy|timing-allow-origin|service-worker-allowed"
    r"|no-vary-search|x-permitted-",
    re.IGNORECASE,
)
"""Headers that open the page to other sites. They count if all responses agree."""

CACHE_HEADERS = re.compile(r"[\w-]+-cache-control|(?:surrogate|edge)-control", re.IGNORECASE)
"""Headers with directives for the caches of single vendors."""

OBEYED_HEADERS = re.compile(
    r"cache|accel|surrogate|send-?file|permit|polic|varnish|x-frame-options|\b(?:ttl|edge|cdn|esi)\b"
    r"|\b(?:allow\w*|origins?)\b",
    re.IGNORECASE,
)
"""Those headers beginning with ``X-`` that servers, caches or browsers obey, as far as their names tell."""

STRICT_DIRECTIVES = (
    "must-revalidate no-cache no-store no-transform private proxy-revalidate".split()
)
AGE_DIRECTIVES = ("max-age", "s-maxage", "stale-while-revalidate", "stale-if-error")


def merge_headers(response: HttpResponseBase, parts: Sequence[HttpResponseBase]) -> None:
    """Give a response the headers of its parts. A page's response is its first part: that of its layout."""
    directives = _strictest([_directives_for_all_caches(part) for part in parts])
    for name in dict.fromkeys(name.title() for part in parts for name in part.headers):
        values = [part.get(name, "") for part in parts]
        if name == "Set-Cookie":
            for part in parts:
                if part is not response and name in part:
                    response.cookies.load(part[name])
        elif name == "Vary":
            for value in filter(None, values):
                patch_vary_headers(response, value.replace(" ", "").split(","))
        else:
            _set(response, name, _merged(name, values, response.get(name, "")))
    _set(response, "Cache-Control", _text_of(directives))


def _merged(name: str, values: Sequence[str], own: str) -> str:
    """Return the value of a header from the values of all parts. A part without it has ``""``.

    A header without a rule, such as ``Permissions-Policy``, keeps the response's ``own`` value.
    """
    if not (given := list(filter(None, values))):
        return ""
    if name in STRICTEST and STRICTEST[name] in map(str.lower, given):
        return STRICTEST[name]
    if name in BODY_HEADERS:
        return ""
    if name in SEPARATORS:
        # Two views may take the same time.
        return SEPARATORS[name].join(given if name == SERVER_TIMING else dict.fromkeys(given))
    if name in TRIGGERS:
        return _joined_events(name, given)
    if OPENING_HEADERS.match(name):
        return values[0] if len(set(values)) == 1 else ""
    if name == "X-Accel-Expires":  # nginx obeys it before Cache-Control.
        return _smallest(values) if all(values) or "0" in values else ""
    if CACHE_HEADERS.fullmatch(name):
        # Caches obey it instead of Cache-Control, so what it leaves out is permitted.
        directives = list(map(_directives, values))
        if all(directives):
            return _text_of(_strictest(directives))
        return (
            "no-store" if any({"no-store", "private"} & one.keys() for one in directives) else ""
        )
    if name.startswith("X-") and not OBEYED_HEADERS.search(name):
        return given[0]
    return own


def merge_frame_options(response: HttpResponseBase, parts: Sequence[HttpResponseBase]) -> None:
    """Set the strictest ``X-Frame-Options``. If a part has none, Django's middleware sets it later."""
    options = [part.get("X-Frame-Options") for part in parts]
    if "DENY" in options:
        _set(response, "X-Frame-Options", "DENY")
    else:
        _set(response, "X-Frame-Options", "SAMEORIGIN" if all(options) else "")
    exempt = all(getattr(part, "xframe_options_exempt", False) for part in parts)
    vars(response)["xframe_options_exempt"] = exempt


def _set(response: HttpResponseBase, name: str, value: str) -> None:
    """Set a header, or remove it if it has no value."""
    del response[name]
    if value:
        response[name] = value


# --- Events for htmx ---


def add_trigger(response: HttpResponseBase, name: str, detail: Mapping[str, Any]) -> None:
    """Let htmx fire one more event."""
    events = {**_events(response.get("HX-Trigger", "")), name: detail}
    response["HX-Trigger"] = json.dumps(events)


def _joined_events(name: str, values: Sequence[str]) -> str:
    """Return the events of all parts: a list of names if possible, else a JSON object."""
    events: dict[str, Any] = {}
    for value in values:
        for event, detail in _events(value).items():
            if events.setdefault(event, detail) != detail:
                logger.warning(
                    "%s: two slots of one response fire %r with different details: %r, which is "
                    "sent, and %r.",
                    *(name, event, events[event], detail),
                )
    has_details = any(value.lstrip().startswith("{") for value in values)
    return json.dumps(events) if has_details else ", ".join(events)


def _events(value: str) -> dict[str, Any]:
    """Return the events that a header names, with their details."""
    if value.lstrip().startswith("{"):
        try:
            return dict(json.loads(value))
        except ValueError:
            logger.warning(
                "HX-Trigger: %r is not valid JSON, so none of its events is fired.", value
            )
            return {}
    return {name.strip(): {} for name in value.split(",") if name.strip()}


# --- Directives for caches ---


def _directives_for_all_caches(part: HttpResponseBase) -> dict[str, str]:
    """Return the directives of a part for all caches, including those in headers of HTTP/1.0."""
    given = _directives(part.get("Cache-Control", ""))
    expires = part.get("Expires")
    is_expired = expires is not None and (parse_http_date_safe(expires) or 0) <= time()
    if (is_expired and "max-age" not in given) or "no-cache" in part.get("Pragma", "").lower():
        given["no-cache"] = ""
    return given


def _strictest(given: Sequence[dict[str, str]]) -> dict[str, str]:
    """Return the directives that hold for all parts."""
    merged = {name: "" for name in STRICT_DIRECTIVES if any(name in one for one in given)}
    for name in AGE_DIRECTIVES:
        if all(name in one for one in given):
            # If only some parts have an age for shared caches, that limits the age for all caches.
            is_limited = name == "max-age" and not all("s-maxage" in one for one in given)
            names = {name, "s-maxage"} if is_limited else {name}
            merged[name] = _smallest([one[name] for one in given for name in names & one.keys()])
    for name, value in given[0].items():
        if all(one.get(name) == value for one in given):
            merged.setdefault(name, value)
    return merged


def _smallest(ages: Sequence[str]) -> str:
    return min(ages, key=int) if all(map(str.isdecimal, ages)) else "0"


def _directives(header: str) -> dict[str, str]:
    pairs = (item.strip().lower().partition("=") for item in header.split(",") if item.strip())
    return {name: value for name, _, value in pairs}


def _text_of(directives: dict[str, str]) -> str:
    return ", ".join(f"{name}={value}" if value else name for name, value in directives.items())
