"""Finds which tables a slot reads and which a request writes, by watching database queries.

A project opts in with ``PARALLEL_ROUTES_WATCH_QUERIES = True``. Then the element of a slot tells which
tables its view has read. After a request of an unsafe method, slots that have read a written table are
refreshed.

If the project has opted in, each ``Cost`` of ``instrumentation.costs`` has a ``Tables``. No other module
knows this one.

Only queries of the slot's own view are seen. Use ``refresh()`` for what is not seen: queries of its layout,
caches, other services, a user whom another view has loaded before, and what a task or another process
writes later. Tables are found as words in the SQL. So raw queries count as well (unless they write in a
``WITH``), and some refreshes are needless.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from django.apps import apps

from django_parallel_routes.protocol.state import signature

WORD = re.compile(r"\w+")
WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE)\b", re.IGNORECASE)
IGNORED_TABLES = {"django_session"}
"""Tables that are read and written by nearly every request."""


@dataclass
class Tables:
    """The tables that were read and written, as short signatures."""

    reads: set[str] = field(default_factory=set)
    writes: set[str] = field(default_factory=set)

    def record_query(self, sql: str) -> None:
        """Record the tables that a query names."""
        found = [signature(f"table\n{name}", 2) for name in _tables_in(sql)]
        if WRITES.match(sql):
            self.writes.update(found[:1])
        else:
            self.reads.update(found)


@lru_cache(maxsize=500)
def _tables_in(sql: str) -> list[str]:
    """Return the names of the models' tables that a statement names, in its order."""
    words = dict.fromkeys(map(str.lower, WORD.findall(sql)))
    return [word for word in words if word in _known_tables()]


@lru_cache(maxsize=1)
def _known_tables() -> frozenset[str]:
    models = apps.get_models(include_auto_created=True)
    return frozenset(model._meta.db_table.lower() for model in models) - IGNORED_TABLES
