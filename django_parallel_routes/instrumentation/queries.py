"""Notifies listeners of database queries, per thread or task.

The trace counts and times queries; table tracking looks for the tables that they name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import perf_counter
from typing import Any, Protocol, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


class Listener(Protocol):
    """Something that notes database queries."""

    def note_query(self, alias: str, sql: str, milliseconds: float) -> None:
        """Note a query that is done: its database, its SQL, and how long it took."""


L = TypeVar("L", bound=Listener)

_listeners: ContextVar[tuple[Listener, ...]] = ContextVar("listeners", default=())


@contextmanager
def listening(listener: L) -> Iterator[L]:
    """Notify a listener of the queries inside the block, in any thread."""
    start_listening(listener)
    try:
        yield listener
    finally:
        stop_listening(listener)


def start_listening(listener: Listener) -> None:
    """Notify a listener of queries until ``stop_listening()``."""
    _listeners.set((*_listeners.get(), listener))


def stop_listening(listener: Listener) -> None:
    """End ``start_listening()``."""
    _listeners.set(tuple(one for one in _listeners.get() if one is not listener))


def forget_listeners(**kwargs: Any) -> None:
    """Remove listeners that an earlier request in this thread has left behind.

    A receiver of ``request_started``. Where the template of a root layout fails, nothing stops listening.
    """
    if _listeners.get():
        _listeners.set(())


def listeners() -> tuple[Listener, ...]:
    """Return the listeners of this thread or task."""
    return _listeners.get()


def watch_connection(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Let a new database connection notify listeners. A receiver of ``connection_created``.

    It reads a context variable for each query. Where nothing can listen, it does not even do that.
    """
    if (
        settings.DEBUG
        or getattr(settings, "PARALLEL_ROUTES_WATCH_QUERIES", False)
        or apps.is_installed("debug_toolbar")
    ):
        _watch(connection)


def watch_open_connections() -> None:
    """Let connections notify listeners that were made before anything could listen, as in tests."""
    for connection in connections.all(initialized_only=True):
        _watch(connection)


def _watch(connection: BaseDatabaseWrapper) -> None:
    if _notify not in connection.execute_wrappers:
        # First in the list: whatever adds a wrapper for a while removes the last.
        connection.execute_wrappers.insert(0, _notify)


def _notify(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    found = _listeners.get()
    if not found:
        return execute(sql, params, many, context)
    started = perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        milliseconds = (perf_counter() - started) * 1000
        for listener in found:
            listener.note_query(context["connection"].alias, str(sql), milliseconds)
