"""Lets middleware with ``process_template_response()`` complete the template response of each view.

Django calls it for the response to a request. But a response is composed of several views, and pages
rely on what such middleware adds to the context of their templates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from asgiref.sync import async_to_sync, iscoroutinefunction, sync_to_async
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

METHOD = "process_template_response"


def complete(request: HttpRequest, response: Any) -> Any:
    """Return a template response, changed by the project's middleware as Django would have it changed."""
    for process in _methods(tuple(settings.MIDDLEWARE)):
        response = process(request, response)
        if response is None:
            raise ValueError(
                f"{process.__qualname__}() returned None. It returns a template response."
            )
    return response


@lru_cache(maxsize=8)
def _methods(paths: tuple[str, ...]) -> tuple[Callable[..., Any], ...]:
    """Return the methods of middleware classes, the innermost first."""
    return tuple(_found(paths[::-1]))


def _found(paths: tuple[str, ...]) -> Iterator[Callable[..., Any]]:
    handler: Any = lambda request: HttpResponse()  # noqa: E731 - nothing calls it
    for factory in map(import_string, paths):
        if hasattr(factory, METHOD):
            is_sync = getattr(factory, "sync_capable", True)
            try:
                method = getattr(factory(handler if is_sync else sync_to_async(handler)), METHOD)
            except MiddlewareNotUsed:
                continue
            yield async_to_sync(method) if iscoroutinefunction(method) else method
