"""What a page may depend on, set for the time of a request, and no longer."""

from __future__ import annotations

import warnings
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.decorators import sync_and_async_middleware

NAME: ContextVar[str] = ContextVar("NAME", default="nobody")


@sync_and_async_middleware
def visitor(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """A context variable, from a header."""
    if iscoroutinefunction(get_response):

        async def middleware(request: HttpRequest) -> Any:
            token = NAME.set(request.headers.get("X-Name", "nobody"))
            try:
                return await get_response(request)
            finally:
                NAME.reset(token)
    else:

        def middleware(request: HttpRequest) -> Any:
            token = NAME.set(request.headers.get("X-Name", "nobody"))
            try:
                return get_response(request)
            finally:
                NAME.reset(token)

    return middleware


def time_zone(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """The time zone, as Django's documentation has it, in sync code."""

    def middleware(request: HttpRequest) -> HttpResponse | Awaitable[HttpResponse]:
        with timezone.override(request.headers.get("X-Time-Zone", "UTC")):
            return get_response(request)

    return middleware


def collecting(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Sync middleware that sends a stream in one piece, if a header says so."""

    def middleware(request: HttpRequest) -> Any:
        response: Any = get_response(request)
        if response.streaming and "X-Collect" in request.headers:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # Django warns of streams that are async.
                return HttpResponse(b"".join(response))
        return response

    return middleware
