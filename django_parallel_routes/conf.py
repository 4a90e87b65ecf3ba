"""Reads the settings of the package, and remembers what the package makes of settings."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

F = TypeVar("F", bound=Callable[..., Any])


def cached_by_settings(*names: str, maxsize: int | None = None) -> Callable[[F], F]:
    """Remember the results of a function that reads these settings, until a test changes one of them.

    Whenever a setting is read, Django runs 20 steps of byte code, or 39 if it is not set.
    """

    def remembering(function: F) -> F:
        remembered: Any = lru_cache(maxsize)(function)

        def forget(setting: str, **kwargs: object) -> None:
            if setting in names:
                remembered.cache_clear()

        setting_changed.connect(forget, weak=False)
        return remembered  # type: ignore[no-any-return]

    return remembering


@cached_by_settings("PARALLEL_ROUTES_WATCH_QUERIES")
def tracks_tables() -> bool:
    """Tell whether the project tracks database tables: ``PARALLEL_ROUTES_WATCH_QUERIES``."""
    return bool(getattr(settings, "PARALLEL_ROUTES_WATCH_QUERIES", False))


@cached_by_settings("PARALLEL_ROUTES_GUARDS")
def guards() -> tuple[str, ...]:
    """Return the middleware that the project has named: ``PARALLEL_ROUTES_GUARDS``."""
    found = getattr(settings, "PARALLEL_ROUTES_GUARDS", ())
    if isinstance(found, str):
        raise ImproperlyConfigured(f"PARALLEL_ROUTES_GUARDS is a string: write [{found!r}].")
    return tuple(found)


@cached_by_settings("MIDDLEWARE")
def has_middleware(wanted: type) -> bool:
    """Tell whether the project has a middleware, or a subclass of it."""
    kinds = map(import_string, settings.MIDDLEWARE)
    return any(isinstance(kind, type) and issubclass(kind, wanted) for kind in kinds)
