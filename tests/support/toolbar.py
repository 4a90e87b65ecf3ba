"""Installs django-debug-toolbar for the length of a test, with the package's panel."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.checks.registry import registry
from django.db import connection
from django.urls import include, path

from django_parallel_routes.instrumentation.costs import watch_connection

PANEL = "django_parallel_routes.panel.SlotsPanel"
MIDDLEWARE = "debug_toolbar.middleware.DebugToolbarMiddleware"


@contextmanager
def installed(settings: Any, *, panels: tuple[str, ...] = (), **config: Any) -> Iterator[Any]:
    """Install the toolbar, and yield its URL patterns.

    Its caches of settings and earlier requests are cleared before and after.
    """
    settings.DEBUG = True
    checks = set(registry.registered_checks)
    settings.DEBUG_TOOLBAR_PANELS = [PANEL, *panels]
    settings.DEBUG_TOOLBAR_CONFIG = {
        "SHOW_TOOLBAR_CALLBACK": "tests.support.toolbar.shown",
        **config,
    }
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "debug_toolbar"]
    settings.MIDDLEWARE = [MIDDLEWARE, *settings.MIDDLEWARE]
    wrappers = list(connection.execute_wrappers)
    watch_connection(connection)
    forget()
    try:
        yield path("__debug__/", include("debug_toolbar.urls"))
    finally:
        forget()
        registry.registered_checks = checks
        connection.execute_wrappers[:] = wrappers


def shown(request: Any) -> bool:
    return True


def forget() -> None:
    from debug_toolbar.store import get_store
    from debug_toolbar.toolbar import DebugToolbar

    DebugToolbar._panel_classes = DebugToolbar._urlpatterns = None
    get_store().clear()


def strict(get_response: Any) -> Any:
    """Middleware that adds a policy which forbids inline scripts and styles."""

    def middleware(request: Any) -> Any:
        response = get_response(request)
        response["Content-Security-Policy"] = "default-src 'self'; img-src 'self' data:"
        return response

    return middleware
