"""Records what each view has cost: time, database queries, and bytes.

Listeners are notified of database queries, per thread or task. A ``Cost`` counts the queries, and
table tracking looks for the tables that they name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Literal, Protocol

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http.response import HttpResponseBase

from django_parallel_routes.conf import tracks_tables
from django_parallel_routes.declarations import View

Role = Literal["page", "layout", "loading", "error", "not-found", "check"]
"""Why a view is called: for the page or default of a slot, for a layout, for a state of a slot, or for an
access check (``"check"``): only because it may refuse the request."""

REDIRECT_HEADERS = ("HX-Redirect", "HX-Location", "Location")


@dataclass(eq=False)
class Cost:
    """What the call of one view has cost, including its template, but without the slots in it.

    All times are wall-clock times in milliseconds. For an async view, they include the time in which other
    views run while it waits.
    """

    address: str
    """The address of the slot; ``""`` for the root layout, and for an access check."""
    role: Role
    view: View
    url: str
    """The path and query that the view was called for."""
    milliseconds: float = 0.0
    """How long the view and its template have run, in milliseconds."""
    query_count: int = 0
    """How many database queries it has made."""
    size: int = 0
    """Bytes of the HTML that it has rendered."""
    outcome: str = "unfinished"
    """``"shown"``; the type of an exception; or the status and ``Location`` of a response that is not shown.
    ``"unfinished"``: another slot has failed meanwhile, or the client has closed the connection."""

    @property
    def failure(self) -> str:
        """The outcome; ``""`` if the slot shows what the view has rendered."""
        return "" if self.outcome == "shown" else self.outcome

    def record_query(self, sql: str) -> None:
        """Record a query."""
        self.query_count += 1

    @contextmanager
    def measuring(self) -> Iterator[None]:
        """Measure the code in the block, and add its time."""
        watch_open_connections()
        since = perf_counter()
        try:
            with listening(self):
                yield
        except Exception as exception:
            self.outcome = type(exception).__name__
            raise
        finally:
            self.milliseconds += (perf_counter() - since) * 1000

    def record_response(self, response: HttpResponseBase, html: str | None) -> None:
        """Record the response, and the HTML of it that the slot shows, if it shows any."""
        if html is not None:
            self.outcome, self.size = "shown", len(html.encode())
            return
        location = next((response[name] for name in REDIRECT_HEADERS if name in response), "")
        self.outcome = f"{response.status_code} {location}".strip()


# --- Queries ---


class Listener(Protocol):
    """Something that notes database queries."""

    def record_query(self, sql: str) -> None:
        """Record the SQL of a query that is done."""


listeners: ContextVar[tuple[Listener, ...]] = ContextVar("listeners", default=())
"""The listeners of this thread or task."""


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Notify a listener of the queries inside the block, in any thread."""
    listeners.set((*listeners.get(), listener))
    try:
        yield
    finally:
        listeners.set(tuple(one for one in listeners.get() if one is not listener))


def watch_connection(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Let a new database connection notify listeners. A receiver of ``connection_created``.

    This costs a look at a context variable for each query, so it is done only if something may listen.
    """
    if settings.DEBUG or tracks_tables() or apps.is_installed("debug_toolbar"):
        _watch(connection)


def watch_open_connections() -> None:
    """Let open connections notify listeners, as in tests, where they are older than the setting."""
    for connection in connections.all(initialized_only=True):
        _watch(connection)


def _watch(connection: BaseDatabaseWrapper) -> None:
    if _notify not in connection.execute_wrappers:
        # It is the first in the list, since code that adds a wrapper for a while removes the last one.
        connection.execute_wrappers.insert(0, _notify)


def _notify(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    try:
        return execute(sql, params, many, context)
    finally:
        for listener in listeners.get():
            listener.record_query(str(sql))
