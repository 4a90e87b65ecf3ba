"""Logs failures of slots as Django logs those of requests, and shows them in the slots."""

from __future__ import annotations

import traceback
from dataclasses import field
from html import escape
from http.cookies import SimpleCookie
from typing import Any, Literal

from django.conf import settings
from django.core.handlers.exception import response_for_exception
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.log import log_response

from django_parallel_routes.values import value_class


@value_class
class Failure:
    """The failure of a slot: an exception, or a response with an error status."""

    status_code: int
    exception: Exception | None = None
    cookies: SimpleCookie = field(default_factory=SimpleCookie)
    """The cookies of Django's own error page, such as that of the CSRF token."""

    @property
    def state(self) -> Literal["error", "not-found"]:
        """The state that the slot shows instead."""
        return "not-found" if self.status_code == 404 else "error"


NOTE_START = "In slot"


def add_note(exception: Exception, note: str) -> None:
    """Add a note to an exception, for Django's debug page and logs."""
    if hasattr(exception, "add_note"):  # pragma: no branch - Python 3.10 has no notes
        exception.add_note(note)


def add_slot_note(exception: Exception, address: str, src: str) -> None:
    """Add a note to an exception that names the slot: Django's page and logs name the main view."""
    notes = getattr(exception, "__notes__", ())
    if not any(note.startswith(NOTE_START) for note in notes):
        add_note(exception, f"{NOTE_START} {address!r} of {src}.")


def log_exception(request: HttpRequest, exception: Exception) -> Failure:
    """Log and signal an exception that is being handled, as Django does for a request."""
    response = response_for_exception(request, exception)
    return Failure(response.status_code, exception, response.cookies)


def log_refusal(request: HttpRequest, response: HttpResponseBase) -> Failure:
    """Log a response that a slot can't show, as Django does for a request."""
    reason: Any = response  # django-stubs think it may not stream
    log_response("%s: %s", reason.reason_phrase, request.path, response=reason, request=request)
    return Failure(response.status_code, cookies=response.cookies)


def traceback_of(failure: Failure, url: str) -> str:
    """Return the traceback that follows an error on screen while ``DEBUG`` is on.

    ``url`` is the URL of Django's own page for the error, or ``""`` for an intercepted page, which has none.
    """
    if not settings.DEBUG or failure.exception is None or failure.state != "error":
        return ""
    exception = failure.exception
    text = escape("".join(traceback.format_exception(exception)))
    message = f": {exception}" if str(exception) else ""
    page = (
        f'<p><a href="{escape(url)}" data-pr-intercept="false">Its own page</a></p>' if url else ""
    )
    return (
        '<details class="parallel-routes-traceback">'
        f"<summary>{escape(type(exception).__name__ + message)}</summary>"
        f"{page}<pre>{text}</pre></details>"
    )
