"""Records what each view has cost: time, database queries, and bytes.

While a ``Cost`` is measured, it is notified of the database queries of its thread or task, and counts
them. If the project tracks tables, it also has the tables that the queries name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Literal, Protocol

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string

from django_parallel_routes.conf import tracks_tables
from django_parallel_routes.declarations import View

Role = Literal["page", "layout", "loading", "error", "not-found", "check"]
"""Why a view is called: for the page or default of a slot, for a layout, for a state of a slot, or for an
access check (``"check"``): only because it may refuse the request."""

REDIRECT_HEADERS = ("HX-Redirect", "HX-Location", "Location")


class Tables(Protocol):
    """The database tables that a view has read and written."""

    reads: set[str]
    writes: set[str]

    def record_query(self, sql: str) -> None:
        """Record the tables that a query names."""


def new_tables() -> Tables | None:
    """Return an empty record of tables, or ``None`` if the project does not track tables."""
    if not tracks_tables():
        return None
    tables: Tables = import_string("django_parallel_routes.contrib.table_tracking.Tables")()
    return tables


@dataclass(eq=False)
class Cost:
    """What the call of one view has cost, with its template, but without the slots inside it.

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
    """How long the view and its template have run."""
    query_count: int = 0
    """How many database queries they have made."""
    size: int = 0
    """The size of the HTML that they have rendered, in bytes."""
    outcome: str = "unfinished"
    """``"shown"``; the type of an exception; or the status and ``Location`` of a response that is not shown.
    ``"unfinished"``: another slot has failed meanwhile, or the client has closed the connection."""
    tables: Tables | None = field(default_factory=new_tables)
    """The database tables that it has read and written, if the project tracks tables."""

    @property
    def failure(self) -> str:
        """The outcome; ``""`` if the slot shows what the view has rendered."""
        return "" if self.outcome == "shown" else self.outcome

    def record_query(self, sql: str) -> None:
        """Record a query."""
        self.query_count += 1
        if self.tables:
            self.tables.record_query(sql)

    @contextmanager
    def measuring(self) -> Iterator[None]:
        """Measure the code in the block: its time, and its queries."""
        watch_open_connections()
        since = perf_counter()
        listeners.set((*listeners.get(), self))
        try:
            yield
        except Exception as exception:
            self.outcome = type(exception).__name__
            raise
        finally:
            self.milliseconds += (perf_counter() - since) * 1000
            listeners.set(tuple(one for one in listeners.get() if one is not self))

    def record_response(self, response: HttpResponseBase, html: str | None) -> None:
        """Record the response, and the HTML of it that the slot shows, if it shows any."""
        if html is not None:
            self.outcome, self.size = "shown", len(html.encode())
            return
        location = next((response[name] for name in REDIRECT_HEADERS if name in response), "")
        self.outcome = f"{response.status_code} {location}".strip()


# --- Queries ---


listeners: ContextVar[tuple[Cost, ...]] = ContextVar("listeners", default=())
"""The costs of this thread or task that are notified of queries."""


def watch_connection(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Let a new database connection notify listeners. A receiver of ``connection_created``.

    Each query then reads a context variable, so connections are watched only if something may listen.
    """
    if settings.DEBUG or tracks_tables() or apps.is_installed("debug_toolbar"):
        _watch(connection)


def watch_open_connections() -> None:
    """Let open connections notify listeners. In tests, connections may be older than a setting."""
    for connection in connections.all(initialized_only=True):
        _watch(connection)


def _watch(connection: BaseDatabaseWrapper) -> None:
    if _notify not in connection.execute_wrappers:
        # It is put first, since code that adds a wrapper for a while removes the last wrapper.
        connection.execute_wrappers.insert(0, _notify)


def _notify(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    try:
        return execute(sql, params, many, context)
    finally:
        for listener in listeners.get():
            listener.record_query(str(sql))
