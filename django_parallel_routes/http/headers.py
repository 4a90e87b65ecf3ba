"""What of the slots' headers and cookies is the answer's: what forbids, never what permits (B71).

A page is made of several responses, and its slots are not asked whether they agree. So a header of one
of them counts for all if it takes something away (``no-store``, ``DENY``, ``noindex``), is no promise at
all (a cookie, a message to htmx, ``X-Request-Cost``), or if all of them say the same.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from time import time
from typing import Any

from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_http_date_safe

from django_parallel_routes.protocol.state import HEADER

logger = logging.getLogger("django.request")

VARY = ("HX-Request", "HX-History-Restore-Request", HEADER)

TIMING = "Server-Timing"
POLICY = "Content-Security-Policy"

JOINED = {
    **dict.fromkeys((TIMING, "Link", "X-Robots-Tag", "Clear-Site-Data", "Cache-Tag"), ", "),
    **dict.fromkeys(("Edge-Cache-Tag",), ", "),
    **dict.fromkeys(("Surrogate-Key", "xkey"), " "),
}
"""Headers whose values add up, and what stands between them."""

TRIGGERS = ("HX-Trigger", "HX-Trigger-After-Settle", "HX-Trigger-After-Swap")

STRICTEST = {
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Permitted-Cross-Domain-Policies": "none",
}
"""Values than which none is stricter: they count, whoever says them."""

OF_BODY = frozenset(
    {
        *(
            "content-length",
            "content-md5",
            "content-digest",
            "repr-digest",
            "etag",
            "last-modified",
        ),
        *("accept-ranges", "age", "expires", "pragma"),
    }
)
"""Headers that are about the body of one response. That of an answer is another one."""

APPLICATIONS = re.compile(r"(?:X|HX)-", re.IGNORECASE)
"""Headers that are neither a browser's nor a cache's, as far as their names tell."""

TO_SERVERS = re.compile(
    r"cache|accel|surrogate|send-?file|permit|polic|varnish|x-frame-options|\b(?:ttl|edge|cdn|esi)\b"
    r"|\b(?:allow\w*|origins?)\b|hx-(?:push|replace|reswap|retarget|reselect|redirect|location|refresh)",
    re.IGNORECASE,
)
"""Names of those that are, all the same; or that htmx or the script obeys."""

PERMITS = re.compile(
    r"access-control-|cross-origin-resource-policy|timing-allow-origin|service-worker-allowed"
    r"|no-vary-search|x-permitted-",
    re.IGNORECASE,
)
"""Headers by which a layout opens the whole page to others: its slots have to agree."""

CACHES = re.compile(r"(?:[\w-]+-)?cache-control|surrogate-control|edge-control", re.IGNORECASE)
"""Headers with directives for caches: ``Cache-Control``, and those that mean one vendor's only."""

STRICT = (
    *("no-store", "no-cache", "private", "must-revalidate", "proxy-revalidate"),
    "no-transform",
)
AGES = ("max-age", "s-maxage", "stale-while-revalidate", "stale-if-error")


def add_vary(response: HttpResponseBase) -> HttpResponseBase:
    """Name the request headers that the response depends on, so that no cache mixes responses up."""
    patch_vary_headers(response, VARY)
    return response


def merge_part_headers(
    answer: HttpResponseBase, parts: Sequence[HttpResponseBase], *, is_part: bool = True
) -> HttpResponseBase:
    """Give an answer the cookies and headers of the responses that it is made of.

    ``is_part`` says that it is a view's response itself: a layout's, with its slots in it.
    """
    everyone = [answer, *parts] if is_part else parts
    for part in parts:
        answer.cookies.update(part.cookies)
        for name, value in part.items():
            if name != "Content-Type":
                _take(answer, name, value)
    if parts:
        for name in TRIGGERS:
            if any(name in part for part in parts):
                _join_triggers(answer, name, everyone)
        agree(answer, everyone)
        _merge_frame_options(answer, everyone)
        merge_caching(answer, everyone)
    return add_vary(answer)


def _take(answer: HttpResponseBase, name: str, value: str) -> None:
    """Let an answer have one header of a part, if that need not be asked for by all."""
    known = name.title()
    if name.lower() == "vary":
        patch_vary_headers(answer, [item.strip() for item in value.split(",")])
    elif name.lower() == "set-cookie":
        answer.cookies.load(value)
    elif separator := _JOINED.get(name.lower()):
        join(answer, name, value, separator)
    elif known in STRICTEST:
        if value.strip().lower() == STRICTEST[known]:
            answer[name] = value
    elif (
        APPLICATIONS.match(name)
        and not TO_SERVERS.search(name)
        and known not in _TRIGGERS
        and name not in answer
    ):
        answer[name] = value


_JOINED = {name.lower(): separator for name, separator in JOINED.items()}
_TRIGGERS = {name.title() for name in TRIGGERS}


def join(answer: HttpResponseBase, name: str, value: str, separator: str = ", ") -> None:
    """Add a value to a header, unless it is there. Two slots may have taken the same time."""
    said = answer.get(name)
    if said is None:
        answer[name] = value
    elif name.title() == TIMING or value not in said.split(separator):
        answer[name] = f"{said}{separator}{value}"


def agree(answer: HttpResponseBase, everyone: Sequence[HttpResponseBase]) -> None:
    """Let what opens an answer to others count only if all say the same, or the strictest."""
    for name in {name for part in everyone for name in part.headers if PERMITS.match(name)}:
        said = {part.get(name, "") for part in everyone}
        strictest = STRICTEST.get(name.title(), "")
        del answer[name]
        if strictest and strictest in said:
            answer[name] = strictest
        elif len(said) == 1:
            answer[name] = said.pop()


def policies_of(parts: Iterable[HttpResponseBase]) -> str:
    """Return elements for the ``<head>`` with the content security policies of slots.

    A document obeys those besides its own, so they forbid more, and permit nothing.
    """
    policies = dict.fromkeys(part[POLICY] for part in parts if POLICY in part)
    return "".join(f'<meta http-equiv="{POLICY}" content="{escape(one)}">' for one in policies)


# --- Events for htmx ---


def add_trigger(response: HttpResponseBase, name: str, detail: Mapping[str, Any]) -> None:
    """Let htmx fire one more event, whatever the response says already."""
    events = {**_events(response.get("HX-Trigger", "")), name: detail}
    response["HX-Trigger"] = json.dumps(events)


def _join_triggers(
    answer: HttpResponseBase, name: str, everyone: Sequence[HttpResponseBase]
) -> None:
    """Let all events of all parts be fired: names if that will do, else as a JSON object."""
    said = [part[name] for part in everyone if name in part]
    if not said:
        return
    events: dict[str, Any] = {}
    for value in said:
        for event, detail in _events(value).items():
            if events.setdefault(event, detail) != detail:
                logger.warning(
                    "%s: two slots of one answer fire %r with different details: %r, which is "
                    "sent, and %r.",
                    *(name, event, events[event], detail),
                )
    has_details = any(value.lstrip().startswith("{") for value in said)
    answer[name] = json.dumps(events) if has_details else ", ".join(events)


def _events(value: str) -> dict[str, Any]:
    """Return the events that a header names, with their details."""
    if value.lstrip().startswith("{"):
        try:
            return dict(json.loads(value))
        except ValueError:
            logger.warning("HX-Trigger: %r is no JSON, so no event of it is fired.", value)
            return {}
    return {name.strip(): {} for name in value.split(",") if name.strip()}


# --- Frames ---


def _merge_frame_options(answer: HttpResponseBase, parts: Sequence[HttpResponseBase]) -> None:
    """Let the strictest win; what some say nothing of, ``XFrameOptionsMiddleware`` decides."""
    options = [part.get("X-Frame-Options") for part in parts]
    del answer["X-Frame-Options"]
    if "DENY" in options or all(options):
        answer["X-Frame-Options"] = "DENY" if "DENY" in options else "SAMEORIGIN"
    exempt = all(getattr(part, "xframe_options_exempt", False) for part in parts)
    vars(answer)["xframe_options_exempt"] = exempt


# --- Caches ---


def merge_caching(answer: HttpResponseBase, parts: Sequence[HttpResponseBase]) -> None:
    """Let the strictest win: an answer may be cached only if, and as long as, all its parts may."""
    names = {name.title() for part in (answer, *parts) for name in part.headers}
    if not names.isdisjoint(("Cache-Control", "Expires", "Pragma")):
        _say(answer, "Cache-Control", _strictest([_for_all(part) for part in parts]))
    for name in names:
        if CACHES.fullmatch(name) and name != "Cache-Control":
            said = [_directives(part.get(name, "")) for part in parts]
            # It counts instead of Cache-Control, so what it leaves out would be permitted.
            forbids = any("no-store" in one or "private" in one for one in said)
            strictest = _strictest(said) if all(said) else {}
            _say(answer, name, strictest if all(said) or not forbids else {"no-store": ""})
    if "X-Accel-Expires" in names:
        _merge_accelerated(answer, [part.get("X-Accel-Expires", "") for part in parts])
    for name in OF_BODY:
        del answer[name]


def _merge_accelerated(answer: HttpResponseBase, ages: list[str]) -> None:
    """Merge what is for nginx, which obeys it before ``Cache-Control``."""
    del answer["X-Accel-Expires"]
    if "0" in ages:
        answer["X-Accel-Expires"] = "0"
    elif all(map(str.isdecimal, ages)):
        answer["X-Accel-Expires"] = min(ages, key=int)
    elif all(ages):  # a point in time, or "off"
        answer["X-Accel-Expires"] = ages[0] if len(set(ages)) == 1 else "0"


def _for_all(part: HttpResponseBase) -> dict[str, str]:
    """Return the directives of a part for all caches, also in the words of HTTP/1.0."""
    said = _directives(part.get("Cache-Control", ""))
    expires = part.get("Expires")
    is_expired = expires is not None and (parse_http_date_safe(expires) or 0) <= time()
    if (is_expired and "max-age" not in said) or "no-cache" in part.get("Pragma", "").lower():
        said["no-cache"] = ""
    return said


def _strictest(said: list[dict[str, str]]) -> dict[str, str]:
    """Return the directives that hold for all."""
    merged = {name: "" for name in sorted(STRICT) if any(name in one for one in said)}
    for name in AGES:
        if all(name in one for one in said):
            # An age for shared caches alone is one for all, if not all have it.
            ages = [one[name] for one in said]
            if name == "max-age" and not all("s-maxage" in one for one in said):
                ages += [one["s-maxage"] for one in said if "s-maxage" in one]
            merged[name] = min(ages, key=int) if all(map(str.isdecimal, ages)) else "0"
    for name, value in said[0].items():
        if name not in (*STRICT, *AGES) and all(one.get(name) == value for one in said):
            merged[name] = value
    return merged


def _say(answer: HttpResponseBase, name: str, directives: dict[str, str]) -> None:
    del answer[name]
    if directives:
        answer[name] = ", ".join(
            f"{name}={value}" if value else name for name, value in directives.items()
        )


def _directives(header: str) -> dict[str, str]:
    pairs = (item.strip().lower().partition("=") for item in header.split(",") if item.strip())
    return {name: value for name, _, value in pairs}
