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
"""The key by which Django's CSRF middleware is told to set its cookie."""


def prefetch_response(
    request: HttpRequest, respond: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Return what the script may keep: changed slots or a redirect to them, else an empty response.

    If a view shows or adds messages, changes the session or sets cookies, nothing of that is done, and the
    response is empty: the click then asks for the page as usual.
    """
    effects: list[str] = []
    sets_token = request.META.get(SETS_TOKEN, False)
    with _session_discarded(request, effects), _messages_discarded(request, effects):
        response = respond()
    if effects or response.cookies or not (location_in(response) or HEADER in response):
        response = empty_response()
        # A login makes another token, but the forms on screen have the old one.
        request.META[SETS_TOKEN] = sets_token
    response["Cache-Control"] = "private, no-store"
    return response


@contextmanager
def _messages_discarded(request: HttpRequest, effects: list[str]) -> Iterator[None]:
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
def _session_discarded(request: HttpRequest, effects: list[str]) -> Iterator[None]:
    """Give views a copy of the session that is never saved: a prefetch logs nobody in or out."""
    session: Any = getattr(request, "session", None)
    if not isinstance(session, SessionBase):
        yield
        return
    seen = _never_saved(type(session))(session.session_key)
    if "_session_cache" in vars(session):
        vars(seen)["_session_cache"] = deepcopy(vars(session)["_session_cache"])
    vars(request)["session"] = seen
    try:
        yield
    finally:
        vars(request)["session"] = session
        session.accessed = session.accessed or seen.accessed
        if seen.modified:
            effects.append("session")


@lru_cache(maxsize=8)
def _never_saved(kind: type[SessionBase]) -> type[SessionBase]:
    """Return a subclass of a session that is loaded as usual, and neither saved nor deleted."""

    def nothing(self: SessionBase, *args: Any, **kwargs: Any) -> None:
        """Do nothing."""

    async def nothing_async(self: SessionBase, *args: Any, **kwargs: Any) -> None:
        """Do nothing."""

    methods = {
        "save": nothing,
        "delete": nothing,
        "asave": nothing_async,
        "adelete": nothing_async,
    }
    return type(kind.__name__, (kind,), methods)
