"""Shows each message of ``django.contrib.messages`` once, although several views may print it (B67).

This uses ``_loaded_data``, a private name of Django's storages: the messages that a view may have printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from json import dumps
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from django_parallel_routes.rendering.fragments import decompressed

HAS_PRINTED = "_parallel_routes_printed"
"""The attribute of a storage with the messages that ``forget_printed()`` has taken from it."""


def forget_printed(request: HttpRequest) -> Sequence[Any]:
    """Return the messages that a view has printed, and forget them, so that no other view prints them."""
    storage: Any = vars(request).get("_messages")
    printed: Sequence[Any] = (
        getattr(storage, "_loaded_data", []) if getattr(storage, "used", False) else []
    )
    if printed:
        before = vars(storage).get(HAS_PRINTED, ())
        vars(storage).update({"_loaded_data": [], HAS_PRINTED: [*before, *printed]})
    return printed


def restore_printed(request: HttpRequest, printed: Sequence[Any]) -> None:
    """Let other views or the next page print the messages of a view whose response no user sees."""
    if printed:
        storage: Any = get_messages(request)
        shown = [one for one in vars(storage)[HAS_PRINTED] if one not in printed]
        vars(storage).update({"_loaded_data": list(printed), HAS_PRINTED: shown, "used": False})


def restore_cut_off(request: HttpRequest, printed: Sequence[Any], whole: str, part: str) -> None:
    """Restore the messages that a view has printed outside of the part of its document that users see."""
    if _has_any(whole, printed) and not _has_any(part, printed):
        restore_printed(request, printed)


def restore_unseen(request: HttpRequest, response: HttpResponseBase | None = None) -> None:
    """Restore the messages that views have printed for a page if a redirect or an error is sent instead."""
    storage: Any = get_messages(request)
    if not (getattr(storage, "used", False) or hasattr(storage, HAS_PRINTED)):
        return
    loaded = [*getattr(storage, HAS_PRINTED, ()), *getattr(storage, "_loaded_data", ())]
    text = ""  # Nothing is known of a stream, nor of a template that Django renders later.
    if loaded and isinstance(response, HttpResponse) and getattr(response, "is_rendered", True):
        text = decompressed(response).decode(errors="replace")
    if loaded:
        vars(storage).pop(HAS_PRINTED, None)
        is_seen = _has_any(text, loaded)
        storage._loaded_data, storage.used = [] if is_seen else loaded, is_seen


def _has_any(text: str, messages: Sequence[Any]) -> bool:
    """Tell whether a text has one of these messages: as it is, escaped as HTML, or in JSON."""
    texts = [str(one.message) for one in messages]
    return any(one in text or escape(one) in text or dumps(one)[1:-1] in text for one in texts)
