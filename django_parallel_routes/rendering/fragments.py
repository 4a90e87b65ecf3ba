"""What a view renders for a slot: its HTML, and the element of the slot around it."""

from __future__ import annotations

import gzip
import re
from collections.abc import Collection
from functools import lru_cache
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import quote

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from django_parallel_routes.declarations import View
from django_parallel_routes.matches import SegmentMatch
from django_parallel_routes.planning.plan import Plan, SlotPlan
from django_parallel_routes.rendering.markup import TOKENS, is_document
from django_parallel_routes.rendering.template_context import LIVE, with_live_values
from django_parallel_routes.request.project_middleware import REFUSAL
from django_parallel_routes.values import UNQUOTED

TITLE = re.compile(r"<title>(.*?)(</title>|\Z)", re.DOTALL | re.IGNORECASE)
"""A slot's title stands at the very start of its HTML, since pictures (SVG) have titles, too."""

CSP_ATTRIBUTES = frozenset({"_csp_config", "_csp_update", "_csp_replace"})
"""Attributes of a response by which decorators of Django 6 and django-csp set its policy."""

RESTRICTING_ATTRIBUTES = CSP_ATTRIBUTES | {REFUSAL}
"""Attributes of a response because of which it may have to stay out of a page."""

HTMX_REDIRECTS = frozenset({"hx-redirect", "hx-location", "hx-refresh"})
"""Headers by which a response makes htmx load something else, in lower case."""

SANDBOX = re.compile(r"(?:^|[;,])\s*sandbox\b", re.IGNORECASE)
"""The directive of a Content-Security-Policy that browsers obey only in headers, not in a ``<meta>``."""

UTF_8 = "text/html; charset=utf-8"
"""The type of nearly all responses."""


class Fragment(NamedTuple):
    """One rendered slot, with the slots in it."""

    html: str
    responses: tuple[HttpResponseBase, ...] = ()
    """The responses of its views. The page gets their cookies and headers."""
    final_response: HttpResponseBase | None = None
    """A response that is no fragment (a redirect, a refusal, a file), and is sent instead of the page."""
    title: tuple[str, str] | None = None
    """The slot's own title, after its place in the order of titles (``title_order()``)."""
    titles: tuple[tuple[str, str], ...] = ()
    """The slot's own title, if it has one, and the titles of the slots in it."""
    state: str = ""
    """What it shows instead of a page: ``loading``, ``error``, ``not-found``, ``busy`` (see ``BUSY``)."""
    status_code: int = 200
    """The status code of the document. Only the main page changes it."""
    problem: str = ""
    """What is wrong with the HTML. With ``DEBUG``, the browser's console says it."""
    tables_read: Collection[str] = ()
    """The database tables that its view has read, if the project tracks tables."""


EMPTY = Fragment("")

HIDDEN = Fragment("")
"""A slot that the user does not see. It has no element. Compare it by ``is``."""

BUSY = Fragment("", state="busy")
"""A slot that goes on showing what it shows until its page arrives."""


def slot_element(
    plan: SlotPlan,
    fragment: Fragment,
    *,
    key: str | None = None,
    mount_url: str = "",
    prefix: str = "",
    is_level: bool = False,
    shown_url: str | None = None,
) -> str:
    """Return a slot's element: on a page, or (without ``key``) in a soft response, for htmx to swap.

    Its ``data-pr-*`` attributes are the mounted state of the slot, which the script reads. ``mount_url``
    is the URL for which the layout printed it, ``prefix`` the URL of its segment. ``is_level`` says
    that the slot is a level above another one. ``shown_url`` is the URL in the header of a soft response:
    an element leaves it out if it shows the same URL.
    """
    slot, variant, state = plan.slot, plan.variant, fragment.state
    # A layout that has failed has no slots on screen, so its own URL must tell what to request again.
    src = plan.location.src if state else plan.src
    attributes = ""
    if shown_url is None or variant != "page":
        attributes = f' data-pr-variant="{variant}"'
    if src != shown_url:
        attributes += f' data-pr-src="{_escaped(src)}"'
    if key is None:
        attributes += ' hx-swap-oob="innerHTML"'
    else:
        attributes += f' data-pr-key="{key}" data-pr-below="{_escaped(prefix)}"'
        if slot.interceptions:
            attributes += f' data-pr-mount-url="{_escaped(mount_url)}"'
            if slot.default is None or is_level:
                attributes += ' data-pr-default="empty"'
        if not is_level and (default := plan.outer.defaults.get(slot.name)):
            attributes += (
                f' data-pr-default="{_escaped(prefix + quote(default.rest, safe=UNQUOTED))}"'
            )
        if slot.unmatched == "refresh":
            attributes += " data-pr-again"
    if fragment.title:
        order, title = fragment.title
        attributes += f' data-pr-title="{escape(title)}" data-pr-order="{order}"'
    if state:
        attributes += f' data-pr-state="{state}"'
        if state in ("loading", "busy"):
            attributes += f' data-pr-delivery="{plan.arrival}" aria-busy="true"'
    elif plan.is_same_page:
        attributes += " data-pr-same"
    if fragment.tables_read:
        attributes += f' data-pr-tables="{".".join(sorted(fragment.tables_read))}"'
    if fragment.problem:
        attributes += f' data-pr-problem="{escape(fragment.problem)}"'
    address = plan.address
    return f'<div id="{address.element_id}" data-pr-slot="{address}"{attributes}>{fragment.html}</div>'


_escaped = lru_cache(maxsize=256)(escape)
"""Escapes a URL for an attribute. It remembers results, since the slots of a page share their URLs."""


def is_file_or_sandboxed(response: HttpResponseBase) -> bool:
    """Tell whether a response is a file to download, or has a policy that sandboxes it.

    Sites often protect themselves like this from HTML that users upload. In a page, its scripts would run.
    """
    attributes = vars(response)
    for name in CSP_ATTRIBUTES & attributes.keys():
        # A directive without values counts, too.
        if (attributes[name] or {}).get("sandbox", False) not in (None, False):
            return True
    disposition = response.get("Content-Disposition", "").partition(";")[0].strip().lower()
    policy = response.get("Content-Security-Policy", "")
    return disposition not in ("", "inline") or bool(SANDBOX.search(policy))


def is_final(response: HttpResponseBase) -> bool:
    """Tell whether a response is sent whatever its body is: a guard's refusal, or a redirect by htmx."""
    names = map(str.lower, response.headers)
    return hasattr(response, REFUSAL) or not HTMX_REDIRECTS.isdisjoint(names)


def html_of(
    response: HttpResponseBase, statuses: Collection[int] = (200,), *, in_page: bool = False
) -> str | None:
    """Return the HTML of a rendered response, or ``None`` if a page can't show it.

    ``in_page`` says that the HTML becomes a part of a page, where no file or sandboxed HTML may stand.
    Markers of live values are replaced by the values. As in browsers, bytes that encode no character become
    U+FFFD.
    """
    if not isinstance(response, HttpResponse) or response.status_code not in statuses:
        return None
    headers = response.headers
    kind = headers.get("Content-Type", "")
    if not kind.startswith("text/html"):
        return None
    # Most responses have no other header, which saves the following checks.
    if len(headers) > 1 or not RESTRICTING_ATTRIBUTES.isdisjoint(vars(response)):
        if is_final(response) or (in_page and is_file_or_sandboxed(response)):
            return None
        if headers.get("Content-Encoding", "gzip") != "gzip":
            return None
        response.content = decompressed(response)
        del response["Content-Encoding"], response["Content-Length"]
    charset = "utf-8" if kind == UTF_8 else response.charset
    html = response.content.decode(charset, "replace")
    return with_live_values(html) if LIVE in html else html


def decompressed(response: HttpResponse) -> bytes:
    """Return the bytes of a response as they were before ``@gzip_page`` compressed them."""
    content = response.content
    return gzip.decompress(content) if response.get("Content-Encoding") == "gzip" else content


def split_title(html: str) -> tuple[str, str]:
    """Return rendered HTML without its leading title, and the title."""
    bare = html.lstrip()
    found = TITLE.match(bare)
    if found and found[2]:
        return bare[found.end() :], unescape(found[1]).strip()
    return html, ""


def title_order(plan: Plan, slot: SlotPlan) -> str | None:
    """Return the place of a slot's title in the order of titles, or ``None`` if it does not count (S49).

    The page has the title that comes first in this order. The place of children is ``"00"``, the place
    of the third slot in children ``"0002"``, and places are compared as text: ``"00" < "0002" < "01"``.
    Intercepted pages come before all others, the uppermost level first: ``"--02" < "-02" < "00"``. Titles of
    defaults do not count, nor do titles of pages inside a default which is a route.
    """
    if slot.action == "intercepted":
        return "-" * slot.address.count(".") + "-" + slot.address
    if slot.action != "page":
        return None
    order, match = "", plan.root
    names = slot.address.split(".")
    for depth, name in enumerate(names, start=1):
        declared = list(match.slots)
        order += f"{declared.index(name) if name in declared else 0:02x}"
        inner = match.slots.get(name)
        if inner is None and (default := match.defaults.get(name)):
            is_inside = depth < len(names)  # The slot itself is known to show its page.
            prefix = plan.location.path.removesuffix(match.rest)
            return None if is_inside and slot.location.path == prefix + default.rest else order
        if not isinstance(inner, SegmentMatch):
            break
        match = inner
    return order


def problem_of(html: str, view: View, plan: SlotPlan) -> str:
    """Return what is wrong with a slot's HTML, for the log and the browser's console, or ``""``."""
    if not is_document(html):
        return ""
    part = plan.slot.part
    wanted = [*map("block {!r}".format, part.blocks), *map("element {!r}".format, part.elements)]
    what = f"and has no {' or '.join(wanted)}" if wanted else "which can't stand in a slot"
    name = getattr(view, "__qualname__", repr(view))
    return (
        f"{name} has returned a whole document for slot {plan.address!r} of {plan.location.src}, "
        f"{what}. Let its base template decide by request.in_slot, or give the slot block= or "
        "element= (check W011)."
    )


# --- The head of a page ---

END_OF_HEAD = re.compile(r"</head|<(?:body|svg|div|main|header|nav)\b", re.IGNORECASE)
"""The tags that end the head of a page, of which authors may leave out some."""


def end_of_head(html: str) -> int:
    """Return where the head of a page ends. A comment, a script or a slot may quote the end tag.

    >>> end_of_head("<!-- </head> --><title>Photos</title></head>")
    37
    """
    layout = html.partition(' data-pr-slot="')[0]
    if layout.count("</head>") == 1:  # This is nearly always so, and quick.
        return layout.index("</head>")
    ends = (token.start() for token in TOKENS.finditer(layout) if END_OF_HEAD.match(token[0]))
    return next(ends, len(html))


def with_in_head(html: str, element: str) -> str:
    """Return a page with one more element at the end of its head."""
    end = end_of_head(html)
    return html[:end] + element + html[end:]


def with_title(html: str, title: str) -> str:
    """Return a page, or the part of it before its first slot, with the title of a slot.

    The ``<title>`` is as plain as on any page. An element beside it keeps the layout's own title.
    """
    end = end_of_head(html)
    start, own, found = end, "", TITLE.search(html, 0, end)
    if found and found[2]:
        start, end = found.span()
        own = found[1].strip().replace('"', "&quot;")
    text = escape(title, quote=False)
    element = f'<title>{text}</title><template data-pr-layout="{own}"></template>'
    return html[:start] + element + html[end:]
