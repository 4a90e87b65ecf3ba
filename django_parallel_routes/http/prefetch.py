"""Responses to prefetches: rendered in advance, and perhaps never shown (S60)."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from django_parallel_routes.http.redirects import empty_response, location_in
from django_parallel_routes.protocol.state import HEADER
from django_parallel_routes.rendering.streaming import has_effects, isolate

SETS_TOKEN = "CSRF_COOKIE_NEEDS_UPDATE"
"""The key in META that tells Django's CSRF middleware to set its cookie."""


def prefetch_response(
    request: HttpRequest, make_response: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Return what the script may keep: changed slots or a redirect to them, else an empty response.

    If a view shows or adds messages, changes the session or sets cookies, none of this takes effect, and the
    response is empty. The click then requests the page as usual.
    """
    originals, session = isolate(request), vars(request).get("session")
    sets_token = request.META.get(SETS_TOKEN, False)
    try:
        response = make_response()
        # Django's csrf_protect, which its 403 page has as well, sets the cookie as its middleware does.
        cookies = response.cookies.keys() - {settings.CSRF_COOKIE_NAME}
        is_kept = not (has_effects(request) or cookies)
    finally:
        vars(request).update(originals)
        if isinstance(session, SessionBase):
            originals["session"].accessed |= session.accessed
    if not (is_kept and (location_in(response) or HEADER in response)):
        response = empty_response()
        # A login makes another token, but the forms on screen have the old one.
        request.META[SETS_TOKEN] = sets_token
    response["Cache-Control"] = "private, no-store"
    return response
