"""Makes one response of rendered slots: a page, the changed slots, or one slot. Late slots may follow."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Sequence
from html import escape
from itertools import chain
from urllib.parse import quote, urljoin

from django import VERSION
from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from django_parallel_routes.declarations import SAFE_METHODS
from django_parallel_routes.http.headers import (
    SERVER_TIMING,
    merge_frame_options,
    merge_headers,
)
from django_parallel_routes.http.script_tag import INSPECTED
from django_parallel_routes.instrumentation.reports import INSPECTION, inspection_of, server_timing
from django_parallel_routes.planning.permalinks import permalink
from django_parallel_routes.planning.plan import Plan
from django_parallel_routes.protocol.state import HEADER, without_host
from django_parallel_routes.rendering.fragments import Fragment, slot_element, with_in_head
from django_parallel_routes.rendering.markup import end_of_body
from django_parallel_routes.request.details import details_of

logger = logging.getLogger("django.request")

VARY = ("HX-Request", "HX-History-Restore-Request", HEADER)
PLAIN_VARY = ", ".join(VARY)
CSP_HEADER = "Content-Security-Policy"
RESWAP = "none swap:0ms show:none settle:0ms transition:false"
"""The value of ``HX-Reswap``. With it, htmx swaps slots at once, whatever ``htmx.config`` says."""


def page_response(request: HttpRequest, page: Fragment, complete_url: str) -> HttpResponseBase:
    """Put a rendered page into the response of its root layout, which is the first of its responses.

    ``complete_url`` is the URL to which browsers without JavaScript go, if there are slots that come later,
    or else ``""``.
    """
    response, *others = page.responses
    assert isinstance(response, HttpResponse)
    in_head = _policies_of(others)
    if complete_url:
        refresh = f'<meta http-equiv="refresh" content="0; url={escape(complete_url)}">'
        in_head += f"<noscript>{refresh}</noscript>"
    if settings.DEBUG and f"{INSPECTED} " in page.html:  # The page's script loads an inspector.
        text = inspection_of(details_of(request), max_length=50_000).replace("<", "\\u003c")
        in_head += f'<script type="application/json" {INSPECTED}>{text}</script>'
    response.content = with_in_head(page.html, in_head) if in_head else page.html
    if page.status_code != 200:
        response.status_code = page.status_code
        vars(response)["_has_been_logged"] = True  # The slot's failure has been logged already.
    return merge_part_headers(response, page.responses)


def soft_response(
    request: HttpRequest, plan: Plan, fragments: Collection[Fragment]
) -> HttpResponseBase:
    """Return the changed slots in one response. htmx swaps each into its element.

    The script sets the URL in the address bar, and scrolls. So the headers tell htmx to do neither.
    """
    responses = [response for fragment in fragments for response in fragment.responses]
    url = _shown_url(request, plan, responses)
    changes = zip(plan.changed, fragments, strict=True)
    elements = [slot_element(slot, fragment, shown_url=url) for slot, fragment in changes]
    soft = HttpResponse("".join(elements), charset="utf-8")
    soft.status_code = max([200, *(response.status_code for response in responses)])
    soft[HEADER] = url
    soft["HX-Reswap"] = RESWAP
    soft["HX-Push-Url"] = "false"
    return merge_part_headers(soft, responses)


def slot_response(fragment: Fragment) -> HttpResponseBase:
    """Return the page of one slot alone, as the response of its view."""
    response = fragment.responses[0]
    assert isinstance(response, HttpResponse)
    response.content = fragment.html
    return merge_part_headers(response, fragment.responses)


def merge_part_headers(
    response: HttpResponseBase, parts: Sequence[HttpResponseBase]
) -> HttpResponseBase:
    """Give a response the cookies and headers of its parts. A page's response is its first part."""
    for part in parts:
        if part.cookies:
            response.cookies.update(part.cookies)
    # Most responses have no headers but their type.
    have_others = [len(one.headers) > 1 or hasattr(one, "xframe_options_exempt") for one in parts]
    if any(have_others) and parts[-1] is not response:
        merge_headers(response, parts)
        merge_frame_options(response, parts)
    return add_vary(response)


def add_vary(response: HttpResponseBase) -> HttpResponseBase:
    """Name the request headers on which the response depends, so that caches tell responses apart."""
    if response.has_header("Vary"):
        patch_vary_headers(response, VARY)
    else:
        response["Vary"] = PLAIN_VARY
    return response


def _policies_of(parts: Iterable[HttpResponseBase]) -> str:
    """Return elements for the ``<head>`` with the content security policies of slots.

    A document obeys them in addition to its own policy, so they forbid more and permit nothing.
    """
    policies = dict.fromkeys(
        [part[CSP_HEADER] for part in parts if len(part.headers) > 1 and CSP_HEADER in part]
    )
    return "".join(f'<meta http-equiv="{CSP_HEADER}" content="{escape(one)}">' for one in policies)


def set_cookies_of(response: HttpResponseBase, others: Iterable[HttpResponseBase]) -> None:
    """Set the cookies of other responses, if the response does not set them itself."""
    for other in others:
        for name, cookie in other.cookies.items():
            response.cookies.setdefault(name, cookie)


def add_costs(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """With ``DEBUG``, add headers that say what each slot has cost: ``Server-Timing``, and the inspector's.

    For a streamed page, they describe its first part, since headers are sent before the rest is rendered.
    """
    if not settings.DEBUG:
        return response
    if costs := server_timing(details_of(request)):
        response[SERVER_TIMING] = ", ".join(filter(None, [response.get(SERVER_TIMING), costs]))
    if HEADER in response:
        response[INSPECTION] = inspection_of(details_of(request))
    return response


def _shown_url(request: HttpRequest, plan: Plan, responses: Iterable[HttpResponseBase]) -> str:
    """Return the URL that the address bar shows next, or ``"stay"`` if it does not change.

    A view may set it with htmx's own headers.
    """
    if plan.url == "stay":
        return "stay"
    for response in responses:
        for name in ("HX-Push-Url", "HX-Replace-Url"):
            if name in response and response[name] != "true":
                return _url_of_view(request, response[name])
    if request.method not in SAFE_METHODS:
        return "stay"
    fragment = details_of(request).options.fragment
    return (plan.url or permalink(plan)) + (fragment and f"#{fragment}")


def _url_of_view(request: HttpRequest, url: str) -> str:
    """Return a URL of this site that a view wants in the address bar, or ``"stay"``."""
    if url == "false":
        return "stay"
    base = details_of(request).location.src
    full = urljoin(base, quote(url, safe="/?&=%:@!$'()*+,;~#"))
    if not url_has_allowed_host_and_scheme(full, {request.get_host()}):
        logger.warning(
            "%s asks for %r in the address bar, which is no URL of this site.", request.path, url
        )
        return "stay"
    return without_host(full)


# --- Slots that come later ---

SCRIPT = re.compile(r'<script src="([^"<>]*)"([^<>]*)></script>')
OUR_SCRIPT = re.compile(r"django_(?:htmx|parallel_routes)/")
DEFER = re.compile(r" defer(?!\S)")
SWITCHES = re.compile(r"_csp|csp_|_has_been_logged|xframe_options_exempt")
"""Attributes of a response that middleware reads, or that say that Django has logged a failure."""

ARRIVED = "<template data-pr-arrived></template>"
"""Tells the script that everything before it has arrived. The script looks for this text in the stream."""

STREAMED = f"{HEADER}-Streamed"
"""The header of a soft response that late slots follow. If it ends without ``ARRIVED``, it was cut off."""

UNCOMPRESSED = {"HTTP_ACCEPT_ENCODING": ""} if VERSION < (6, 1) else {}
"""Headers of a request for which late slots follow, so that ``GZipMiddleware`` leaves the response alone.
Before Django 6.1 it holds all parts back. Under ASGI it packs each by itself, and Chromium reads one."""

NOT_ARRIVED = "<template></template>"
"""Replaces ``ARRIVED`` in the HTML of views. Users may write it, and sanitizers leave it in attributes."""


def streamed_response(
    page: HttpResponseBase, late_slots: Iterator[str] | AsyncIterator[str]
) -> HttpResponseBase:
    """Return a response that late slots follow: on a page, they stand at the end of its body.

    Deferred scripts wait for the end of the document. So the scripts that the package needs are moved to the
    place where late slots begin: htmx first, without ``defer``. (With ``async``, htmx 2 would not start in
    time, and the scripts would lose their order.)
    """
    assert isinstance(page, HttpResponse)
    html, scripts = _split_our_scripts(page.content.decode(page.charset))
    html = html.replace(ARRIVED, NOT_ARRIVED)
    end = len(html) if HEADER in page else end_of_body(html)
    first, last = "".join([html[:end], ARRIVED, *scripts]), html[end:]
    chunks: Iterator[str] | AsyncIterator[str]
    if isinstance(late_slots, AsyncIterator):
        chunks = _chunks_async(first, late_slots, last)
    else:
        chunks = filter(None, chain([first], map(_chunk, late_slots), [last]))
    stream = StreamingHttpResponse(chunks, status=page.status_code, headers=dict(page.items()))
    switches = {name: value for name, value in vars(page).items() if SWITCHES.match(name)}
    vars(stream).update(switches)
    stream.cookies.update(page.cookies)
    # Late slots may be for this user alone.
    merge_headers(stream, [page, HttpResponse(headers={"Cache-Control": "private"})])
    stream["X-Accel-Buffering"] = "no"  # Otherwise nginx sends nothing before the end.
    if HEADER in page:
        stream[STREAMED] = "true"  # A proxy may end a broken response as if it were complete.
    return stream


def _split_our_scripts(html: str) -> tuple[str, list[str]]:
    """Return a page without the deferred scripts of the package and htmx, and these without ``defer``."""
    scripts: list[str] = []

    def taken(found: re.Match[str]) -> str:
        src, attributes = found.groups()
        if not (OUR_SCRIPT.search(src) and DEFER.search(attributes)):
            return found[0]
        scripts.append(f'<script src="{src}"{DEFER.sub("", attributes)}></script>')
        return ""

    html = SCRIPT.sub(taken, html)
    return html, sorted(scripts, key=lambda script: "django_parallel_routes/" in script)


def _chunk(element: str) -> str:
    return (
        f"<template data-pr-fragment>{element.replace(ARRIVED, NOT_ARRIVED)}</template>{ARRIVED}"
    )


async def _chunks_async(
    first: str, late_slots: AsyncIterator[str], last: str
) -> AsyncIterator[str]:
    yield first
    async for element in late_slots:
        yield _chunk(element)
    yield last
