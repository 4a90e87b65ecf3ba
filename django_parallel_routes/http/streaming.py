"""The response of a page, or of changed slots, that goes on with slots as they arrive."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from itertools import chain

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from django_parallel_routes.http.headers import agree, merge_caching
from django_parallel_routes.protocol.state import HEADER

END_OF_BODY = re.compile(r"</body\s*>", re.IGNORECASE)
AFTER_BODY = re.compile(r"(?:\s|</html\s*>|<!--(?:(?!-->).)*-->)*\Z", re.IGNORECASE | re.DOTALL)
SCRIPT = re.compile(r'<script src="([^"<>]*)"([^<>]*)></script>')
OUR_SCRIPT = re.compile(r"django_(?:htmx|parallel_routes)/")
DEFER = re.compile(r" defer(?!\S)")
SWITCHES = re.compile(r"_csp|csp_|_has_been_logged|xframe_options_exempt")
"""Attributes of a response by which decorators tell middleware something, and Django what is logged."""


ARRIVED = "<template data-pr-arrived></template>"
"""Tells the script that all before it is complete. The script looks for this text, not for an element."""

STREAMED = f"{HEADER}-Streamed"
"""The header of a soft answer that goes on with slots: what ends before ``ARRIVED`` was cut off."""

QUOTED = "<template></template>"
"""Replaces that text in the HTML of views. Users may write it, and sanitizers leave it in attributes."""


def streamed_answer(
    page: HttpResponseBase, arrivals: Iterator[str] | AsyncIterator[str]
) -> HttpResponseBase:
    """Return a response that goes on with slots as they arrive: a page, just before the end of its body.

    Deferred scripts wait for the end of the document. So those that the package needs are moved to where
    the page is complete but for these slots: htmx first, without ``defer``. (``async`` would lose that
    order, and htmx 2.)
    """
    assert isinstance(page, HttpResponse)
    html, scripts = _without_our_scripts(page.content.decode(page.charset))
    html = html.replace(ARRIVED, QUOTED)
    end = len(html) if HEADER in page else _end_of_body(html)
    first, last = "".join([html[:end], ARRIVED, *scripts]), html[end:]
    chunks: Iterator[str] | AsyncIterator[str]
    if isinstance(arrivals, AsyncIterator):
        chunks = _chunks_async(first, arrivals, last)
    else:
        chunks = filter(None, chain([first], map(_chunk, arrivals), [last]))
    answer = StreamingHttpResponse(chunks, status=page.status_code, headers=dict(page.items()))
    switches = {name: value for name, value in vars(page).items() if SWITCHES.match(name)}
    vars(answer).update(switches)
    answer.cookies.update(page.cookies)
    # The slots to come may be for this user alone.
    everyone = [page, HttpResponse(headers={"Cache-Control": "private"})]
    merge_caching(answer, everyone)
    agree(answer, everyone)
    answer["X-Accel-Buffering"] = "no"  # nginx would keep it until it is complete
    if HEADER in page:
        answer[STREAMED] = "true"  # A proxy may end a broken response as if it were complete.
    return answer


def _end_of_body(html: str) -> int:
    """Return where the body of a page ends. A slot may quote ``</body>``, and a page may have none."""
    *_, last = [None, *END_OF_BODY.finditer(html)]
    return last.start() if last and AFTER_BODY.match(html, last.end()) else len(html)


def _without_our_scripts(html: str) -> tuple[str, list[str]]:
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


async def _chunks_async(first: str, arrivals: AsyncIterator[str], last: str) -> AsyncIterator[str]:
    yield first
    async for element in arrivals:
        yield _chunk(element)
    yield last
