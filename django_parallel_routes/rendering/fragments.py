"""One rendered slot: what is known of it, and its element."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import quote

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from django_parallel_routes.address import slot_id
from django_parallel_routes.planning.plan import SAFE, SlotPlan
from django_parallel_routes.request.access import is_refused

LEADING_TITLE = re.compile(r"\s*<title>(.*?)</title>", re.DOTALL | re.IGNORECASE)
"""A slot's title: only at the very start, since pictures (SVG) have titles too."""

COMMENTS = re.compile(r"(?:\s+|<!--.*?-->)*", re.DOTALL)
"""What may precede a document. Nothing follows in the pattern, or it would be tried in 2ⁿ ways."""

DOCUMENT = re.compile(r"<(?:!doctype|html|body)\b", re.IGNORECASE)

HTMX_ANSWERS = ("HX-Redirect", "HX-Location", "HX-Refresh")
"""Headers that make a response something other than a fragment."""


@dataclass(frozen=True)
class Fragment:
    """One rendered slot, with all that stands in it."""

    html: str
    responses: tuple[HttpResponseBase, ...] = ()
    """Those of its views, whose cookies and headers belong on the page's."""
    answer: HttpResponseBase | None = None
    """A response that is no fragment (a redirect, a refusal, a file): it answers the request."""
    title: tuple[str, str] | None = None
    """Its own title, after its place in the order in which titles count (S49)."""
    titles: tuple[tuple[str, str], ...] = ()
    """Its own title, if any, and those of the slots in it."""
    state: str = ""
    """What it shows instead of a page: ``loading``, ``error``, ``not-found``, or ``busy``: as before."""
    status_code: int = 200
    """The document's, where it is the main page that fails."""
    reads: frozenset[str] = frozenset()
    """The tables that its view has read, as ``watching`` writes them."""


HIDDEN = Fragment("")
"""A slot that this user's page does not have: nothing is printed."""

BUSY = Fragment("", state="busy")
"""A slot that is waited for, and shows what it did."""

FAILED = ("error", "not-found")
"""The states of a slot that shows no page because that has failed."""


def wrapped(
    plan: SlotPlan,
    fragment: Fragment,
    *,
    key: str | None = None,
    home: str = "",
    below: str = "",
    is_level: bool = False,
) -> str:
    """Return a slot's element: on a page, or (without ``key``) in a soft answer, for htmx to swap.

    Its ``data-pr-*`` attributes are the mounted state of the slot, which the script reads. ``home`` is the
    URL for which the layout printed it, ``below`` the prefix of that; ``is_level`` says that it follows
    what is open below it (B32).
    """
    identity = f' data-pr-state="{fragment.state}" hx-swap-oob="innerHTML"'
    if key is not None:
        identity = f' data-pr-key="{key}" data-pr-below="{escape(below)}"'
        if fragment.state:
            identity += f' data-pr-state="{fragment.state}"'
        if plan.slot and plan.slot.interceptions:
            identity += f' data-pr-mount-url="{escape(home)}"'
            if plan.slot.default is None or is_level:
                identity += ' data-pr-default="empty"'
        if plan.slot and not is_level and (default := plan.outer.defaults.get(plan.slot.name)):
            url = below + quote(default.rest, safe=SAFE)
            identity += f' data-pr-default="{escape(url)}"'
        if plan.slot and plan.slot.unmatched == "refresh":
            identity += " data-pr-again"
    if fragment.reads:
        identity += f' data-pr-tables="{".".join(sorted(fragment.reads))}"'
    if fragment.state == "loading":
        identity += f' data-pr-delivery="{plan.arrives}" aria-busy="true"'
    order, title = fragment.title or ("", "")
    # Of a layout that has failed nothing is there whose URL would tell what to ask for again.
    src = plan.location.src if fragment.state else plan.src
    return (
        f'<div id="{slot_id(plan.address)}" data-pr-slot="{plan.address}"'
        f' data-pr-variant="{plan.shows}" data-pr-src="{escape(src)}"'
        f' data-pr-title="{escape(title)}" data-pr-order="{order}"{identity}>{fragment.html}</div>'
    )


def is_document(html: str) -> bool:
    """Tell whether HTML is that of a whole document, which can't stand in a slot.

    >>> is_document("<!doctype html><title>Photos</title>")
    True
    """
    start = COMMENTS.match(html)
    assert start  # It matches nothing as well.
    return bool(DOCUMENT.match(html, start.end()))


def is_fragment(response: HttpResponseBase, statuses: Sequence[int] = (200,)) -> bool:
    """Tell whether a response can stand in a slot; all others answer the request themselves."""
    return (
        response.status_code in statuses
        and not response.streaming
        and response.get("Content-Type", "").startswith("text/html")
        and not is_order(response)
    )


def is_order(response: HttpResponseBase) -> bool:
    """Tell whether a response answers the request whatever its body is: htmx's orders, a guard's refusal."""
    return is_refused(response) or any(name in response for name in HTMX_ANSWERS)


def text_of(response: HttpResponseBase) -> str:
    """Return the decoded content of a rendered response."""
    assert isinstance(response, HttpResponse)
    return response.content.decode(response.charset)


def without_title(html: str) -> tuple[str, str]:
    """Return what a view has rendered without its leading title, and that."""
    found = LEADING_TITLE.match(html)
    return (html[found.end() :], unescape(found[1]).strip()) if found else (html, "")
