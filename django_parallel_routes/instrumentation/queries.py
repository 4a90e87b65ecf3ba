"""Who hears of the queries of what is run, in whatever thread or task that is.

``watching`` hears which tables they name, ``traces`` how many they are and how long they take.
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
    """Something that hears of queries."""

    def hear(self, alias: str, sql: str, milliseconds: float) -> None:
        """Take note of a query, when it is done: of which database, and how long it took."""


L = TypeVar("L", bound=Listener)


@contextmanager
def heard_by(listener: L) -> Iterator[L]:
    """Let a listener hear of the queries of what is run inside."""
    start_hearing(listener)
    try:
        yield listener
    finally:
        stop_hearing(listener)


def start_hearing(listener: Listener) -> None:
    """Let a listener hear of queries from now on, until ``stop_hearing()``."""
    _listeners.set((*_listeners.get(), listener))


def stop_hearing(listener: Listener) -> None:
    """End what ``start_hearing()`` has begun."""
    _listeners.set(tuple(one for one in _listeners.get() if one is not listener))


def forget_listeners(**kwargs: Any) -> None:
    """Let nobody hear of queries any more whom an earlier request in this thread has left.

    A receiver of ``request_started``: where a root layout's template fails, nobody is told of its end.
    """
    if _listeners.get():
        _listeners.set(())


def listeners() -> tuple[Listener, ...]:
    """Return who hears of queries now."""
    return _listeners.get()


def hear_of(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Have a database connection tell of its queries. A receiver of ``connection_created``.

    That is a look at a context variable for each query; where nobody ever listens, not even that.
    """
    if _somebody_listens():
        _have_tell(connection)


def hear_of_all() -> None:
    """Have the connections of this thread tell that were made when nobody listened, as in tests."""
    for connection in connections.all(initialized_only=True):
        _have_tell(connection)


def _have_tell(connection: BaseDatabaseWrapper) -> None:
    if _tell not in connection.execute_wrappers:
        # First: who has one more for a while takes off the last.
        connection.execute_wrappers.insert(0, _tell)


def _somebody_listens() -> bool:
    return (
        settings.DEBUG
        or getattr(settings, "PARALLEL_ROUTES_WATCH_QUERIES", False)
        or apps.is_installed("debug_toolbar")
    )


def _tell(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    listeners = _listeners.get()
    if not listeners:
        return execute(sql, params, many, context)
    started = perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        milliseconds = (perf_counter() - started) * 1000
        for listener in listeners:
            listener.hear(context["connection"].alias, str(sql), milliseconds)


_listeners: ContextVar[tuple[Listener, ...]] = ContextVar("listeners", default=())
