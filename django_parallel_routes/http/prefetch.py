"""Responses to prefetches: rendered in advance, and perhaps never shown (S60)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.messages.storage import default_storage
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from django_parallel_routes.http.redirects import nothing_answer
from django_parallel_routes.protocol.state import HEADER
from django_parallel_routes.rendering.shown_messages import have_printed


def prefetched(request: HttpRequest, respond: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Return what the script may keep: changed slots or a redirect to them, else an empty response.

    If a view shows or adds messages, changes the session or sets cookies, nothing of that is done, and the
    response is empty: the click then asks for the page as usual.
    """
    effects: list[str] = []
    with _session_kept(request, effects), _messages_kept(request, effects):
        response = respond()
    is_redirect = "Location" in response and 300 <= response.status_code < 400
    if effects or response.cookies or not (is_redirect or HEADER in response):
        response = nothing_answer()
    response["Cache-Control"] = "private, no-store"
    return response


@contextmanager
def _messages_kept(request: HttpRequest, effects: list[str]) -> Iterator[None]:
    """Give views another storage of messages than the one that the middleware saves."""
    storage: Any = getattr(request, "_messages", None)
    if storage is None:
        yield
        return
    seen: Any = default_storage(request)
    vars(request)["_messages"] = seen
    try:
        yield
    finally:
        vars(request)["_messages"] = storage
        if seen.added_new or have_printed(seen):
            effects.append("messages")


@contextmanager
def _session_kept(request: HttpRequest, effects: list[str]) -> Iterator[None]:
    """Keep what views change in the session from being saved, unless it has another key by now."""
    session: Any = getattr(request, "session", None)
    if session is None:
        yield
        return
    key, was_modified = session.session_key, session.modified
    before = dict(session.items()) if was_modified else None  # by middleware
    session.modified = False
    try:
        yield
    finally:
        is_same = session.session_key == key
        if not is_same or session.modified:
            effects.append("session")
            if is_same:  # SESSION_SAVE_EVERY_REQUEST saves what is not marked, too.
                vars(session).pop("_session_cache", None)
                if before is not None:
                    vars(session)["_session_cache"] = before
        session.modified = was_modified or not is_same
