from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.db.utils import ConnectionHandler

from tests.models import Note, Reply

ALIAS = "default"


@pytest.fixture(params=["sqlite", "postgresql"])
def atomic_database(
    request: pytest.FixtureRequest, django_db_blocker: Any, tmp_path: Path
) -> Iterator[str]:
    """The default database of one test, with a note whose name is ``taken``, and atomic requests."""
    wanted = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": tmp_path / "db.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE"},
    }
    if request.param == "postgresql":
        wanted = request.getfixturevalue("postgresql")
    before = connections[ALIAS], connections.settings[ALIAS]
    handler = ConnectionHandler({ALIAS: {**wanted, "ATOMIC_REQUESTS": True}})
    connections.settings[ALIAS] = handler.settings[ALIAS]
    del connections[ALIAS]
    try:
        with django_db_blocker.unblock():
            with connection.schema_editor() as editor:
                editor.create_model(Note)
                editor.create_model(Reply)
            Note.objects.create(name="taken")
            yield request.param
            with connection.schema_editor() as editor:
                editor.delete_model(Reply)
                editor.delete_model(Note)
            connection.close()
    finally:
        connections[ALIAS], connections.settings[ALIAS] = before
