"""Tells the views of one URL apart for ``cache_page``, whose key is ``build_absolute_uri()``."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.middleware.cache import FetchFromCacheMiddleware
from django.utils.module_loading import import_string

from django_parallel_routes.values import SlotAddress


def uri_fragment(address: SlotAddress, role: str = "page") -> str:
    """Return what follows the ``#`` in the absolute URI of a view; ``""`` for the page of a document.

    A view that is shown instead of another one must not share its cache entry. With the cache's middleware,
    a page of children must not share that of the whole document.

    >>> uri_fragment("team", "loading")
    'slot-team.loading'
    """
    if role != "page":
        return f"{address.element_id}.{role}"  # no name of a slot has a dot
    if address.is_main and not _caches_documents(tuple(settings.MIDDLEWARE)):
        return ""
    return address.element_id


@lru_cache(maxsize=8)
def _caches_documents(paths: tuple[str, ...]) -> bool:
    """Tell whether middleware caches whole documents under the key of ``cache_page``."""
    kinds = map(import_string, paths)
    return any(
        isinstance(kind, type) and issubclass(kind, FetchFromCacheMiddleware) for kind in kinds
    )
