"""Makes one response of rendered slots: a page, changed slots, or one slot; it may go on with late ones."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Collection, Iterable, Iterator
from html import escape
from itertools import chain
from urllib.parse import quote, urljoin

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

from django_parallel_routes.declarations import SAFE_METHODS
from django_parallel_routes.http.headers import (
    SERVER_TIMING,
    add_vary,
    join,
    merge_caching,
    merge_opening_headers,
    merge_part_headers,
    policies_of,
)
from django_parallel_routes.http.redirects import redirect_whole_page
from django_parallel_routes.http.script_tag import INSPECTED
from django_parallel_routes.instrumentation.reports import INSPECTION, inspection_of, server_timing
from django_parallel_routes.instrumentation.trace import trace_of
from django_parallel_routes.planning.permalinks import permalink
from django_parallel_routes.planning.plan import Plan, SlotPlan
from django_parallel_routes.protocol.state import HEADER, without_host
from django_parallel_routes.rendering.fragments import Fragment, decompressed, slot_element
from django_parallel_routes.rendering.markup import end_of_body, with_in_head
from django_parallel_routes.rendering.template_context import has_markers, with_plain_values
from django_parallel_routes.request.details import details_of

logger = logging.getLogger("django.request")

RESWAP = "none swap:0ms show:none settle:0ms transition:false"
"""``HX-Reswap``: whatever a project's ``htmx.config`` says, links work as soon as they are there."""


def page_response(page: Fragment, complete_url: str = "") -> HttpResponseBase:
    """Put a rendered page into the response of its root layout, which is the first of its responses.

    ``complete_url`` is where browsers without JavaScript find the page with the slots that are to come.
    """
    response, *others = page.responses
    assert isinstance(response, HttpResponse)
    html = page.html
    if complete_url:
        refresh = f'<meta http-equiv="refresh" content="0; url={escape(complete_url)}">'
        html = with_in_head(html, f"<noscript>{refresh}</noscript>")
    if policies := policies_of(others):
        html = with_in_head(html, policies)
    response.content = html
    if page.status_code != 200:
        response.status_code = page.status_code
        vars(response)["_has_been_logged"] = True  # with its exception, when that was caught
    return merge_part_headers(response, others)


def soft_response(
    request: HttpRequest, plan: Plan, changes: Iterable[tuple[SlotPlan, Fragment]]
) -> HttpResponseBase:
    """Return the changed slots in one response: htmx swaps each into its element.

    The script moves the address bar and scrolls, so htmx is told to do neither.
    """
    changes = list(changes)
    responses = [response for _, fragment in changes for response in fragment.responses]
    url = _shown_url(request, plan, responses)
    elements = [slot_element(slot, fragment, shown_url=url) for slot, fragment in changes]
    soft = HttpResponse("".join(elements), charset="utf-8")
    soft.status_code = max([200, *(response.status_code for response in responses)])
    soft[HEADER] = url
    soft["HX-Reswap"] = RESWAP
    soft["HX-Push-Url"] = "false"
    return merge_part_headers(soft, responses, is_part=False)


def slot_response(fragment: Fragment) -> HttpResponseBase:
    """Return the page of one slot alone: its view's own response."""
    response = fragment.responses[0]
    assert isinstance(response, HttpResponse)
    response.content = fragment.html
    return merge_part_headers(response, fragment.responses[1:])


def final_response(
    request: HttpRequest,
    response: HttpResponseBase,
    others: Iterable[HttpResponseBase] = (),
    *,
    paths: Collection[str] = (),
) -> HttpResponseBase:
    """Return a view's response that is no fragment: a redirect, a refusal, a file.

    Cookies of the ``others``, which were made before or meanwhile, are set as well. ``paths`` are those
    for which views were called, besides that of the request.
    """
    del response[HEADER]  # which would make slots of it
    if getattr(response, "is_rendered", True):
        _print_plain_values(response)
    else:
        response.add_post_render_callback(_print_plain_values)  # type: ignore[attr-defined]
    set_cookies_of(response, others)
    return redirect_whole_page(request, add_vary(response), paths)


def set_cookies_of(response: HttpResponseBase, others: Iterable[HttpResponseBase]) -> None:
    """Set the cookies of other responses, if the response does not set them itself."""
    for other in others:
        for name, cookie in other.cookies.items():
            response.cookies.setdefault(name, cookie)


def add_costs(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """With ``DEBUG``, say in ``Server-Timing`` what each slot has cost, and tell the inspector more.

    Of a streamed page that is its first part: headers are sent before the rest is run.
    """
    if not settings.DEBUG:
        return response
    if costs := server_timing(trace_of(request).costs):
        join(response, SERVER_TIMING, costs)
    if HEADER in response:
        response[INSPECTION] = inspection_of(trace_of(request))
    return response


def add_inspection(request: HttpRequest, page: HttpResponseBase) -> HttpResponseBase:
    """Give a page what its inspector shows, if its script loads one: with ``DEBUG``."""
    assert isinstance(page, HttpResponse)
    html = page.content.decode(page.charset)
    if f"{INSPECTED} " in html:
        text = inspection_of(trace_of(request), max_length=50_000).replace("<", "\\u003c")
        page.content = with_in_head(
            html, f'<script type="application/json" {INSPECTED}>{text}</script>'
        )
    return page


def _print_plain_values(response: HttpResponseBase) -> None:
    """Print as they are the values that would follow a slot on a page, and no slots."""
    if not isinstance(response, HttpResponse) or not response.content:
        return
    if has_markers(content := decompressed(response)):
        response.content = with_plain_values(content.decode(response.charset, "replace"))
        del response["Content-Encoding"], response["Content-Length"]


def _shown_url(request: HttpRequest, plan: Plan, responses: Iterable[HttpResponseBase]) -> str:
    """Return the URL that the address bar shows then, or ``"stay"``: the URL that is there.

    A view may say so itself, with htmx's own headers.
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
"""Attributes of a response by which decorators tell middleware something, and Django what is logged."""

ARRIVED = "<template data-pr-arrived></template>"
"""Tells the script that all before it is complete. The script looks for this text, not for an element."""

STREAMED = f"{HEADER}-Streamed"
"""The header of a soft response that goes on with slots: what ends before ``ARRIVED`` was cut off."""

QUOTED = "<template></template>"
"""Replaces that text in the HTML of views. Users may write it, and sanitizers leave it in attributes."""


def streamed_response(
    page: HttpResponseBase, late_slots: Iterator[str] | AsyncIterator[str]
) -> HttpResponseBase:
    """Return a response that goes on with slots as they arrive: a page, just before the end of its body.

    Deferred scripts wait for the end of the document. So those that the package needs are moved to where
    the page is complete but for these slots: htmx first, without ``defer``. (``async`` would lose that
    order, and htmx 2.)
    """
    assert isinstance(page, HttpResponse)
    html, scripts = _split_our_scripts(page.content.decode(page.charset))
    html = html.replace(ARRIVED, QUOTED)
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
    # The slots to come may be for this user alone.
    all_parts = [page, HttpResponse(headers={"Cache-Control": "private"})]
    merge_caching(stream, all_parts)
    merge_opening_headers(stream, all_parts)
    stream["X-Accel-Buffering"] = "no"  # nginx would keep it until it is complete
    if HEADER in page:
        stream[STREAMED] = "true"  # A proxy may end a broken response as if it were complete.
    return stream


def _split_our_scripts(html: str) -> tuple[str, list[str]]:
    """Return a page without the deferred scripts that the package needs, and these, not deferred."""
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
    return f"<template data-pr-fragment>{element.replace(ARRIVED, QUOTED)}</template>{ARRIVED}"


async def _chunks_async(
    first: str, late_slots: AsyncIterator[str], last: str
) -> AsyncIterator[str]:
    yield first
    async for element in late_slots:
        yield _chunk(element)
    yield last
