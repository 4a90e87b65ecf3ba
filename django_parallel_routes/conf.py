"""The settings of the package. Each is read once: Django takes long to find that one is not set."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.core.signals import setting_changed
from django.dispatch import receiver


@cache
def tracks_tables() -> bool:
    """Tell whether the project tracks database tables: ``PARALLEL_ROUTES_WATCH_QUERIES``."""
    return bool(getattr(settings, "PARALLEL_ROUTES_WATCH_QUERIES", False))


@cache
def guards() -> tuple[str, ...]:
    """Return the middleware that the project has named: ``PARALLEL_ROUTES_GUARDS``."""
    return tuple(getattr(settings, "PARALLEL_ROUTES_GUARDS", ()))


@receiver(setting_changed)
def _forget_settings(**kwargs: object) -> None:
    tracks_tables.cache_clear()
    guards.cache_clear()
