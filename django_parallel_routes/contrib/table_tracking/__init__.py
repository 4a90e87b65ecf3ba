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
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import lru_cache

from django.apps import apps
from django.conf import settings

from django_parallel_routes.instrumentation.queries import (
    heard_by,
    listeners,
    start_hearing,
    stop_hearing,
)
from django_parallel_routes.protocol.signing import table_key

WORD = re.compile(r"\w+")
WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE)\b", re.IGNORECASE)
UNSEEN = {"django_session"}
"""What is read and written with nearly every request."""


@dataclass
class Tables:
    """What has been read and written while they were watched, as keys."""

    reads: set[str] = field(default_factory=set)
    writes: set[str] = field(default_factory=set)

    def hear(self, alias: str, sql: str, milliseconds: float) -> None:
        """Take note of the tables that a query names."""
        found = [table_key(name) for name in _tables_in(sql)]
        if WRITES.match(sql):
            self.writes.update(found[:1])
        else:
            self.reads.update(found)


def watched(tables: Tables) -> AbstractContextManager[Tables]:
    """Note the tables that are read and written inside, in any thread, if the project tracks them."""
    return heard_by(tables) if tracks_tables() else nullcontext(tables)


def start_watching() -> None:
    """Watch what a view does that others call, until ``stop_watching()``."""
    stop_watching()
    if tracks_tables():
        start_hearing(Tables())


def tracks_tables() -> bool:
    """Tell whether the project tracks tables."""
    return bool(getattr(settings, "PARALLEL_ROUTES_WATCH_QUERIES", False))


def stop_watching() -> Tables:
    """Return what has been seen since ``start_watching()``."""
    seen = Tables()
    for listener in listeners():
        if isinstance(listener, Tables):
            stop_hearing(listener)
            seen = listener
    return seen


@lru_cache(maxsize=500)
def _tables_in(sql: str) -> list[str]:
    """Return the names of the models' tables that a statement names, in its order."""
    words = dict.fromkeys(map(str.lower, WORD.findall(sql)))
    return [word for word in words if word in _known_tables()]


@lru_cache(maxsize=1)
def _known_tables() -> frozenset[str]:
    models = apps.get_models(include_auto_created=True)
    return frozenset(model._meta.db_table.lower() for model in models) - UNSEEN
