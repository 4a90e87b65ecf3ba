"""Responses to prefetches: rendered in advance, and perhaps never shown (S60)."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy, deepcopy
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
    attributes = vars(request)
    names = ("session", "_messages")
    saved: dict[str, Any] = {name: attributes[name] for name in names if name in attributes}
    session: Any = saved.get("session")
    unsaved = messages = None
    if isinstance(session, SessionBase):
        unsaved = attributes["session"] = _unsaved(session)
    if "_messages" in saved:
        messages = attributes["_messages"] = default_storage(request)
    sets_token = request.META.get(SETS_TOKEN, False)
    try:
        response = respond()
    finally:
        attributes.update(saved)
        if unsaved:
            session.accessed = session.accessed or unsaved.accessed
    has_effects = (unsaved and unsaved.modified) or (
        messages is not None and (messages.added_new or have_printed(messages))
    )
    if has_effects or response.cookies or not (location_in(response) or HEADER in response):
        response = empty_response()
        # A login makes another token, but the forms on screen have the old one.
        request.META[SETS_TOKEN] = sets_token
    response["Cache-Control"] = "private, no-store"
    return response


def _unsaved(session: SessionBase) -> Any:
    """Return a copy of a session that is neither saved nor deleted. So a prefetch logs nobody in or out."""
    unsaved = copy(session)
    values = vars(unsaved)
    if "_session_cache" in values:
        values["_session_cache"] = deepcopy(values["_session_cache"])
    values.update(modified=False, save=_nothing, delete=_nothing)
    values.update(asave=_nothing_async, adelete=_nothing_async)
    return unsaved


def _nothing(*args: Any, **kwargs: Any) -> None:
    """Do nothing."""


async def _nothing_async(*args: Any, **kwargs: Any) -> None:
    """Do nothing."""
