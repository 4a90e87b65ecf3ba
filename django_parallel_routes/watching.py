"""Which tables a slot reads, and which a request writes, found by watching queries (S40).

A project opts in by ``PARALLEL_ROUTES_WATCH_QUERIES = True``. Then a slot's element tells what its page
has read, and after a request of an unsafe method those that read what it has written are refreshed.

What no query of the slot's own view tells is not seen: the layout's, a cache, other services, a user
whom another view has looked up before, what a task or a signal in another process writes later. There
``refresh()`` says it. Names of tables are looked for as words in the SQL, so raw queries count as well
(unless they write in a ``WITH``), and now and then a slot is refreshed in vain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from django_parallel_routes.keys import table_key

WORD = re.compile(r"\w+")
WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE)\b", re.IGNORECASE)
UNSEEN = {"django_session"}
"""What is read and written with nearly every request."""


@dataclass
class Tables:
    """What has been read and written while they were watched, as keys."""

    reads: set[str] = field(default_factory=set)
    writes: set[str] = field(default_factory=set)


@contextmanager
def watched() -> Iterator[Tables]:
    """Watch the queries of what is run inside, in whatever thread, if the project wants it."""
    tables = Tables()
    token = _watching.set((*_watching.get(), tables))
    try:
        yield tables
    finally:
        _watching.reset(token)


def start_watching() -> None:
    """Watch what a view does that others call, until ``stop_watching()``."""
    _watching.set((Tables(),))


def stop_watching() -> Tables:
    """Return what has been seen since ``start_watching()``."""
    tables, *_ = (*_watching.get(), Tables())
    _watching.set(())
    return tables


def watch_connection(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Have a database connection tell of its queries. A receiver of ``connection_created``."""
    wants = getattr(settings, "PARALLEL_ROUTES_WATCH_QUERIES", False)
    if wants and _watch not in connection.execute_wrappers:
        # First: who has one more for a while takes off the last.
        connection.execute_wrappers.insert(0, _watch)


def _watch(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    watching = _watching.get()
    if watching:
        found = [table_key(name) for name in _tables_in(str(sql))]
        is_write = WRITES.match(str(sql))
        for tables in watching:
            if is_write:
                tables.writes.update(found[:1])
            else:
                tables.reads.update(found)
    return execute(sql, params, many, context)


@lru_cache(maxsize=500)
def _tables_in(sql: str) -> list[str]:
    """Return the names of the models' tables that a statement names, in its order."""
    words = dict.fromkeys(map(str.lower, WORD.findall(sql)))
    return [word for word in words if word in _known_tables()]


@lru_cache(maxsize=1)
def _known_tables() -> frozenset[str]:
    models = apps.get_models(include_auto_created=True)
    return frozenset(model._meta.db_table.lower() for model in models) - UNSEEN


_watching: ContextVar[tuple[Tables, ...]] = ContextVar("watching", default=())
