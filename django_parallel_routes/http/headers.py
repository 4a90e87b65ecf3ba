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
TRIGGERS = ("HX-Trigger", "HX-Trigger-After-Settle", "HX-Trigger-After-Swap")

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
    "content-length content-md5 content-digest repr-digest etag last-modified accept-ranges age expires "
    "pragma".split()
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

CACHE_HEADERS = re.compile(
    r"(?:[\w-]+-)?cache-control|surrogate-control|edge-control", re.IGNORECASE
)
"""Headers with directives for caches: ``Cache-Control``, and those of single vendors."""

STRICT_DIRECTIVES = (
    "must-revalidate no-cache no-store no-transform private proxy-revalidate".split()
)
AGE_DIRECTIVES = ("max-age", "s-maxage", "stale-while-revalidate", "stale-if-error")


def merge_headers(
    response: HttpResponseBase,
    parts: Sequence[HttpResponseBase],
    all_parts: Sequence[HttpResponseBase],
) -> None:
    """Merge the headers that each part decides alone, then those that all parts decide together."""
    for part in parts:
        for name, value in part.items():
            if name != "Content-Type":
                _merge_header(response, name, value)
    for name in TRIGGERS:
        if any(name in part for part in parts):
            _join_triggers(response, name, all_parts)
    merge_opening_headers(response, all_parts)
    _merge_frame_options(response, all_parts)
    merge_caching(response, all_parts)


def _merge_header(response: HttpResponseBase, name: str, value: str) -> None:
    """Give a response a header of one part, if it counts whatever the other parts say."""
    known = name.title()
    if known == "Vary":
        patch_vary_headers(response, [item.strip() for item in value.split(",")])
    elif known == "Set-Cookie":
        response.cookies.load(value)
    elif separator := SEPARATORS.get(known):
        append_value(response, name, value, separator)
    elif known in STRICTEST:
        if value.strip().lower() == STRICTEST[known]:
            response[name] = value
    elif (
        APPLICATION_HEADERS.match(name)
        and not OBEYED_HEADERS.search(name)
        and name not in response
    ):
        response[name] = value


def append_value(response: HttpResponseBase, name: str, value: str, separator: str = ", ") -> None:
    """Append a value to a header, unless it is there. Two slots may have taken the same time, though."""
    present = response.get(name)
    if present is None:
        response[name] = value
    elif name.title() == SERVER_TIMING or value not in present.split(separator):
        response[name] = f"{present}{separator}{value}"


def merge_opening_headers(
    response: HttpResponseBase, all_parts: Sequence[HttpResponseBase]
) -> None:
    """Keep a header that opens the response to other sites if all parts agree, or in its strictest form."""
    for name in {
        name for part in all_parts for name in part.headers if OPENING_HEADERS.match(name)
    }:
        values = {part.get(name, "") for part in all_parts}
        strictest = STRICTEST.get(name.title(), "")
        del response[name]
        if strictest and strictest in values:
            response[name] = strictest
        elif len(values) == 1:
            response[name] = values.pop()


# --- Events for htmx ---


def add_trigger(response: HttpResponseBase, name: str, detail: Mapping[str, Any]) -> None:
    """Let htmx fire one more event."""
    events = {**_events(response.get("HX-Trigger", "")), name: detail}
    response["HX-Trigger"] = json.dumps(events)


def _join_triggers(
    response: HttpResponseBase, name: str, all_parts: Sequence[HttpResponseBase]
) -> None:
    """Let htmx fire the events of all parts: a list of names if possible, else a JSON object."""
    values = [part[name] for part in all_parts if name in part]
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
    response[name] = json.dumps(events) if has_details else ", ".join(events)


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


# --- Frames and caches ---


def _merge_frame_options(response: HttpResponseBase, parts: Sequence[HttpResponseBase]) -> None:
    """Set the strictest value. If a part has no value, ``XFrameOptionsMiddleware`` sets one later."""
    options = [part.get("X-Frame-Options") for part in parts]
    del response["X-Frame-Options"]
    if "DENY" in options or all(options):
        response["X-Frame-Options"] = "DENY" if "DENY" in options else "SAMEORIGIN"
    exempt = all(getattr(part, "xframe_options_exempt", False) for part in parts)
    vars(response)["xframe_options_exempt"] = exempt


def merge_caching(response: HttpResponseBase, parts: Sequence[HttpResponseBase]) -> None:
    """Let a response be cached if all of its parts may be cached, and only as long as each of them."""
    names = {name.title() for part in (response, *parts) for name in part.headers}
    if not names.isdisjoint(("Cache-Control", "Expires", "Pragma")):
        given = [_directives_for_all_caches(part) for part in parts]
        _set_directives(response, "Cache-Control", _strictest(given))
    for name in names:
        if CACHE_HEADERS.fullmatch(name) and name != "Cache-Control":
            given = [_directives(part.get(name, "")) for part in parts]
            # Caches obey it instead of Cache-Control, so whatever it leaves out is permitted.
            forbids = any("no-store" in one or "private" in one for one in given)
            unless_all = {"no-store": ""} if forbids else {}
            _set_directives(response, name, _strictest(given) if all(given) else unless_all)
    if "X-Accel-Expires" in names:
        _merge_nginx_ages(response, [part.get("X-Accel-Expires", "") for part in parts])
    for name in BODY_HEADERS:
        del response[name]


def _merge_nginx_ages(response: HttpResponseBase, ages: list[str]) -> None:
    """Merge ``X-Accel-Expires``, which nginx obeys before ``Cache-Control``."""
    del response["X-Accel-Expires"]
    if "0" in ages:
        response["X-Accel-Expires"] = "0"
    elif all(map(str.isdecimal, ages)):
        response["X-Accel-Expires"] = min(ages, key=int)
    elif all(ages):  # a point in time, or "off"
        response["X-Accel-Expires"] = ages[0] if len(set(ages)) == 1 else "0"


def _directives_for_all_caches(part: HttpResponseBase) -> dict[str, str]:
    """Return the directives of a part for all caches, including those in headers of HTTP/1.0."""
    given = _directives(part.get("Cache-Control", ""))
    expires = part.get("Expires")
    is_expired = expires is not None and (parse_http_date_safe(expires) or 0) <= time()
    if (is_expired and "max-age" not in given) or "no-cache" in part.get("Pragma", "").lower():
        given["no-cache"] = ""
    return given


def _strictest(given: list[dict[str, str]]) -> dict[str, str]:
    """Return the directives that hold for all parts."""
    merged = {name: "" for name in STRICT_DIRECTIVES if any(name in one for one in given)}
    for name in AGE_DIRECTIVES:
        if all(name in one for one in given):
            # If only some parts have an age for shared caches, that limits the age for all caches.
            ages = [one[name] for one in given]
            if name == "max-age" and not all("s-maxage" in one for one in given):
                ages += [one["s-maxage"] for one in given if "s-maxage" in one]
            merged[name] = min(ages, key=int) if all(map(str.isdecimal, ages)) else "0"
    for name, value in given[0].items():
        if name not in (*STRICT_DIRECTIVES, *AGE_DIRECTIVES) and all(
            one.get(name) == value for one in given
        ):
            merged[name] = value
    return merged


def _set_directives(response: HttpResponseBase, name: str, directives: dict[str, str]) -> None:
    del response[name]
    if directives:
        pairs = directives.items()
        response[name] = ", ".join(f"{name}={value}" if value else name for name, value in pairs)


def _directives(header: str) -> dict[str, str]:
    pairs = (item.strip().lower().partition("=") for item in header.split(",") if item.strip())
    return {name: value for name, _, value in pairs}
