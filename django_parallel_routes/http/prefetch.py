"""Responses to prefetches: rendered in advance, and perhaps never shown (S60)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import lru_cache
from typing import Any

from django.contrib.messages.storage import default_storage
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from django_parallel_routes.http.redirects import empty_response, location_in
from django_parallel_routes.protocol.state import HEADER
from django_parallel_routes.rendering.shown_messages import have_printed

SETS_TOKEN = "CSRF_COOKIE_NEEDS_UPDATE"
"""The key in META that tells Django's CSRF middleware to set its cookie."""


def prefetch_response(
    request: HttpRequest, respond: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Return what the script may keep: changed slots or a redirect to them, else an empty response.

    If a view shows or adds messages, changes the session or sets cookies, none of this takes effect, and the
    response is empty. The click then requests the page as usual.
    """
    sets_token = request.META.get(SETS_TOKEN, False)
    with _unsaved_session(request) as session, _unsaved_messages(request) as messages:
        response = respond()
        has_effects = (session is not None and session.modified) or (
            messages is not None and (messages.added_new or have_printed(messages))
        )
    if has_effects or response.cookies or not (location_in(response) or HEADER in response):
        response = empty_response()
        # A login makes another token, but the forms on screen have the old one.
        request.META[SETS_TOKEN] = sets_token
    response["Cache-Control"] = "private, no-store"
    return response


@contextmanager
def _unsaved_messages(request: HttpRequest) -> Iterator[Any]:
    """Give views a storage of messages that is not saved, and yield it."""
    storage: Any = getattr(request, "_messages", None)
    if storage is None:
        yield None
        return
    unsaved = vars(request)["_messages"] = default_storage(request)
    try:
        yield unsaved
    finally:
        vars(request)["_messages"] = storage


@contextmanager
def _unsaved_session(request: HttpRequest) -> Iterator[Any]:
    """Give views a copy of the session that is not saved, and yield it. A prefetch logs nobody in or out."""
    session: Any = getattr(request, "session", None)
    if not isinstance(session, SessionBase):
        yield None
        return
    unsaved = _unsaved(type(session))(session.session_key)
    if "_session_cache" in vars(session):
        vars(unsaved)["_session_cache"] = deepcopy(vars(session)["_session_cache"])
    vars(request)["session"] = unsaved
    try:
        yield unsaved
    finally:
        vars(request)["session"] = session
        session.accessed = session.accessed or unsaved.accessed


@lru_cache(maxsize=8)
def _unsaved(session_class: type[SessionBase]) -> type[SessionBase]:
    """Return a subclass of a session's class that loads as usual, but neither saves nor deletes."""

    def nothing(*args: Any, **kwargs: Any) -> None:
        """Do nothing."""

    async def nothing_async(*args: Any, **kwargs: Any) -> None:
        """Do nothing."""

    methods = {
        "save": nothing,
        "delete": nothing,
        "asave": nothing_async,
        "adelete": nothing_async,
    }
    return type(session_class.__name__, (session_class,), methods)
