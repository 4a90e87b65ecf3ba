"""Shows each message of ``django.contrib.messages`` once, although several views may print it (B67).

This uses ``_loaded_data``, a private name of Django's storages: the messages that a view may have printed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.html import conditional_escape

from django_parallel_routes.rendering.fragments import decompressed

HAS_PRINTED = "_parallel_routes_printed"
"""The attribute of a storage with the messages that views have printed, and that it has forgotten."""


def have_printed(storage: Any) -> bool:
    """Tell whether views have printed messages of a storage."""
    return storage.used and (bool(vars(storage).get(HAS_PRINTED)) or len(storage) > 0)


def forget_printed(request: HttpRequest) -> Sequence[Any]:
    """Return the messages that a view has printed, and forget them, so that no other view prints them."""
    storage: Any = vars(request).get("_messages")
    if printed := _printed(storage):
        before = vars(storage).get(HAS_PRINTED, ())
        vars(storage).update({"_loaded_data": [], HAS_PRINTED: [*before, *printed]})
    return printed


def restore_printed(request: HttpRequest, printed: Sequence[Any]) -> None:
    """Let other views print what a view has printed, since something else may be shown instead of it."""
    if printed:
        storage: Any = get_messages(request)
        shown = [one for one in vars(storage)[HAS_PRINTED] if one not in printed]
        vars(storage).update({"_loaded_data": list(printed), HAS_PRINTED: shown})


def keep_printed(request: HttpRequest, printed: Sequence[Any]) -> None:
    """Keep messages that a view has printed, but that no user sees, for other views or the next page."""
    if printed:
        restore_printed(request, printed)
        vars(get_messages(request))["used"] = False


def keep_cut_off(request: HttpRequest, printed: Sequence[Any], whole: str, part: str) -> None:
    """Keep the messages that a view has printed outside of the part of its document that users see."""
    if any(_is_in(whole, one) for one in printed) and not any(
        _is_in(part, one) for one in printed
    ):
        keep_printed(request, printed)


def keep_unseen(request: HttpRequest, response: HttpResponseBase | None = None) -> None:
    """Keep the messages that views have printed for a page if a redirect or an error is sent instead."""
    storage: Any = get_messages(request)
    printed = [*getattr(storage, HAS_PRINTED, ()), *_printed(storage)]
    if not printed:
        return
    text = _text_of(response)
    if not any(_is_in(text, one) for one in printed):
        vars(storage).pop(HAS_PRINTED, None)
        storage._loaded_data, storage.used = printed, False


def _text_of(response: HttpResponseBase | None) -> str:
    """Return the text of a response; ``""`` for a stream, and for a template that Django renders later."""
    if isinstance(response, HttpResponse) and getattr(response, "is_rendered", True):
        return decompressed(response).decode(errors="replace")
    return ""


def _is_in(text: str, one: Any) -> bool:
    """Tell whether a text has a message: as it is, escaped as HTML, or in JSON."""
    message = str(one.message)
    in_json = json.dumps(message)[1:-1]
    return any(found in text for found in (message, conditional_escape(one.message), in_json))


def _printed(storage: Any) -> list[Any]:
    """Return the messages that have been read since others were forgotten."""
    return getattr(storage, "_loaded_data", []) if getattr(storage, "used", False) else []
