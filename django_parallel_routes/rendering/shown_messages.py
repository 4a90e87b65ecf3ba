"""Shows each message of ``django.contrib.messages`` once, whatever views are called for a response (B67).

This uses ``_loaded_data``, a private name of Django's storages: the messages that a view may have printed.
"""

from __future__ import annotations

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.utils.html import conditional_escape

HAS_PRINTED = "_parallel_routes_printed"
"""The attribute of a storage of which messages have been printed, and forgotten."""


def have_printed(storage: Any) -> bool:
    """Tell whether views have printed messages of a storage."""
    return storage.used and (HAS_PRINTED in vars(storage) or len(storage) > 0)


def forget_printed(request: HttpRequest) -> None:
    """Forget the messages that a view has printed, so that no other view prints them again."""
    storage: Any = get_messages(request)
    if _printed(storage):
        vars(storage).update({"_loaded_data": [], HAS_PRINTED: True})


def keep_printed(request: HttpRequest) -> None:
    """Keep the messages that a view has printed where nobody sees it: for others, or the next page."""
    storage: Any = get_messages(request)
    if _printed(storage):
        storage.used = False


def keep_cut_off(request: HttpRequest, whole: str, part: str) -> None:
    """Keep the messages if a view has printed them in the document around the part that users see."""
    texts = [
        text
        for one in _printed(get_messages(request))
        for text in (one.message, conditional_escape(one.message))
    ]
    if any(str(text) in whole for text in texts) and not any(str(text) in part for text in texts):
        keep_printed(request)


def _printed(storage: Any) -> list[Any]:
    """Return the messages that have been read since others were forgotten."""
    return getattr(storage, "_loaded_data", []) if getattr(storage, "used", False) else []
