"""Merges the headers and cookies of the responses of which a page is made.

These responses do not know of each other. So a header of one of them counts for the page if it forbids
something (``no-store``, ``DENY``, ``noindex``), if it neither forbids nor permits anything (a cookie, an
event for htmx, ``X-Request-Cost``), or if all of them agree.
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
TRIGGERS = ("Hx-Trigger", "Hx-Trigger-After-Settle", "Hx-Trigger-After-Swap")

COMMAS = (SERVER_TIMING, "Link", "X-Robots-Tag", "Clear-Site-Data", "Cache-Tag", "Edge-Cache-Tag")
SEPARATORS = dict.fromkeys(COMMAS, ", ") | dict.fromkeys(("Surrogate-Key", "Xkey"), " ")
"""Headers that collect the values of all responses, and the separators of the values."""

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
"""Headers that describe the body of one response, and so not that of the page."""

APPLICATION_HEADERS = re.compile(r"(?:X|HX)-", re.IGNORECASE)
"""Headers that mean nothing to browsers and caches, as far as their names tell."""

OBEYED_HEADERS = re.compile(
    r"cache|accel|surrogate|send-?file|permit|polic|varnish|x-frame-options|\b(?:ttl|edge|cdn|esi)\b"
    r"|\b(?:allow\w*|origins?)\b|hx-(?:trigger|push|replace|reswap|retarget|reselect|redirect|location|refresh)",
    re.IGNORECASE,
)
"""The exceptions from these: servers, caches, htmx or the script act on them."""

OPENING_HEADERS = re.compile(
    r"access-control-|cross-origin-resource-policy|timing-allow-origin|service-worker-allowed"
    r"|no-vary-search|x-permitted-",
    re.IGNORECASE,
)
"""Headers that open the page to other sites. They count if all responses agree."""

CACHE_HEADERS = re.compile(r"[\w-]+-cache-control|(?:surrogate|edge)-control", re.IGNORECASE)
"""Headers with directives for the caches of single vendors."""

STRICT_DIRECTIVES = (
    "must-revalidate no-cache no-store no-transform private proxy-revalidate".split()
)
AGE_DIRECTIVES = ("max-age", "s-maxage", "stale-while-revalidate", "stale-if-error")


def merge_headers(response: HttpResponseBase, parts: Sequence[HttpResponseBase]) -> None:
    """Give a response the headers of its parts. A page is itself the first part: its root layout."""
    names = {name.title(): name for part in parts for name in part.headers}
    for canonical, name in names.items():
        values = [part[name] for part in parts if name in part]
        if canonical == "Set-Cookie":
            for part in parts:
                if part is not response and name in part:
                    response.cookies.load(part[name])
        elif canonical == "Vary":
            for value in values:
                patch_vary_headers(response, value.replace(" ", "").split(","))
        elif canonical in SEPARATORS:  # Two slots may have taken the same time.
            all_values = values if canonical == SERVER_TIMING else dict.fromkeys(values)
            response[name] = SEPARATORS[canonical].join(all_values)
        elif canonical in TRIGGERS:
            response[name] = _joined_events(name, values)
        elif (strictest := STRICTEST.get(canonical)) and strictest in map(str.lower, values):
            response[name] = strictest
        elif APPLICATION_HEADERS.match(name) and not OBEYED_HEADERS.search(name):
            response[name] = values[0]
    _merge_frame_options(response, parts)
    restrict_headers(response, parts)


def _merge_frame_options(response: HttpResponseBase, parts: Sequence[HttpResponseBase]) -> None:
    """Set the strictest value. If a part has no value, ``XFrameOptionsMiddleware`` sets one later."""
    options = [part.get("X-Frame-Options") for part in parts]
    del response["X-Frame-Options"]
    if "DENY" in options or all(options):
        response["X-Frame-Options"] = "DENY" if "DENY" in options else "SAMEORIGIN"
    exempt = all(getattr(part, "xframe_options_exempt", False) for part in parts)
    vars(response)["xframe_options_exempt"] = exempt


def restrict_headers(response: HttpResponseBase, parts: Sequence[HttpResponseBase]) -> None:
    """Let headers permit other sites and caches only what all parts permit. Drop those about one body."""
    directives = _strictest([_directives_for_all_caches(part) for part in parts])
    for name in {name.title() for part in (response, *parts) for name in part.headers}:
        values = [part.get(name, "") for part in parts]
        if OPENING_HEADERS.match(name):
            agreed = values[0] if len(set(values)) == 1 else ""
            strictest = STRICTEST.get(name)
            value = strictest if strictest in values else agreed
        elif name == "X-Accel-Expires":  # nginx obeys it before Cache-Control.
            value = _smallest(values) if all(values) or "0" in values else ""
        elif CACHE_HEADERS.fullmatch(name):
            # Caches obey it instead of Cache-Control, so whatever it leaves out is permitted.
            given = list(map(_directives, values))
            forbids = any("no-store" in one or "private" in one for one in given)
            unless_all = "no-store" if forbids else ""
            value = _text_of(_strictest(given)) if all(given) else unless_all
        elif name in BODY_HEADERS:
            value = ""
        else:
            continue
        _set(response, name, value)
    _set(response, "Cache-Control", _text_of(directives))


def _set(response: HttpResponseBase, name: str, value: str | None) -> None:
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
