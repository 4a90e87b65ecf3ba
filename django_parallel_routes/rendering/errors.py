"""Failures of slots: dealt with as Django does with any, then shown in their places (S44, S45)."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field
from html import escape
from http.cookies import SimpleCookie
from typing import Any, Literal

from django.conf import settings
from django.core.handlers.exception import response_for_exception
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.log import log_response

from django_parallel_routes.declarations import States, View


@dataclass(frozen=True)
class Failure:
    """What went wrong in a slot: an exception, or a response that says so."""

    status_code: int
    exception: Exception | None = None
    cookies: SimpleCookie = field(default_factory=SimpleCookie)
    """Those of the response that it would have been, which may have the CSRF token among them."""

    @property
    def state(self) -> Literal["error", "not-found"]:
        """What the slot shows then."""
        return "not-found" if self.status_code == 404 else "error"

    def view(self, states: States) -> View | None:
        """Return the view that a slot has for it, if any."""
        return states.not_found if self.status_code == 404 else states.error


IN_SLOT = "In slot"


def noted(exception: Exception, address: str, src: str) -> None:
    """Say on an exception which slot it is of: Django's debug page and logs name the main view instead.

    Needs Python 3.11, which has notes.
    """
    notes = getattr(exception, "__notes__", ())
    if hasattr(exception, "add_note") and not any(note.startswith(IN_SLOT) for note in notes):
        exception.add_note(f"{IN_SLOT} {address!r} of {src}.")


def raised(request: HttpRequest, exception: Exception) -> Failure:
    """Log and signal an exception that is being handled, as Django does for a request."""
    response = response_for_exception(request, exception)
    return Failure(response.status_code, exception, response.cookies)


def returned(request: HttpRequest, response: HttpResponseBase) -> Failure:
    """Log a response that a slot can't show, as Django does for a request."""
    reason: Any = response  # django-stubs think it may not stream
    log_response("%s: %s", reason.reason_phrase, request.path, response=reason, request=request)
    return Failure(response.status_code, cookies=response.cookies)


def traceback_of(failure: Failure, url: str) -> str:
    """Return what follows an error on screen while ``DEBUG`` is on.

    ``url`` is where Django's own page for it is: of what is intercepted there is none.
    """
    if not settings.DEBUG or failure.exception is None or failure.state != "error":
        return ""
    exception = failure.exception
    text = escape("".join(traceback.format_exception(exception)))
    said = f": {exception}" if str(exception) else ""
    page = (
        f'<p><a href="{escape(url)}" data-pr-intercept="false">Its own page</a></p>' if url else ""
    )
    return (
        '<details class="parallel-routes-traceback">'
        f"<summary>{escape(type(exception).__name__ + said)}</summary>"
        f"{page}<pre>{text}</pre></details>"
    )
