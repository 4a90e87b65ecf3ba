from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db.models.signals import post_migrate
from django.test import client

from tests.window import Pages

BROWSER_TESTS = Path(__file__).parent / "browser"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine",
        choices=["chromium", "firefox", "webkit"],
        default="chromium",
        help="what the browser tests run in",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the browser tests, and run them last.

    Playwright leaves an event loop running in the main thread. After that, ``async_to_sync()`` refuses to
    run, so tests of async views would fail.
    """
    for item in items:
        if BROWSER_TESTS in item.path.parents:
            item.add_marker(pytest.mark.browser)
        if config.getoption("engine") != "chromium" and item.get_closest_marker("chromium"):
            item.add_marker(pytest.mark.skip(reason="needs what only Chromium's driver can do"))
        for lacking in item.iter_markers("lacking"):
            if config.getoption("engine") == lacking.args[0]:
                item.add_marker(pytest.mark.skip(reason=lacking.kwargs["reason"]))
    dropped = [item for item in items if not _has_its_turn(item)]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if item not in dropped]
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_collection_finish() -> None:
    """Let the garbage collector ignore what exists before the first test: it saves a third of the time."""
    gc.collect()
    gc.freeze()


def _has_its_turn(item: pytest.Item) -> bool:
    """Tell whether a case runs with this version of htmx, if the test is marked ``in_turn``.

    The name of the case decides which version that is. So each case runs once, and most such tests use both.
    """
    case, version, rest = item.name.partition("htmx2" if "htmx2" in item.name else "htmx4")
    turn = "htmx4" if crc32((case + rest).encode()) % 2 else "htmx2"
    return turn == version or not item.get_closest_marker("in_turn")


@pytest.fixture(autouse=True)
def closed_streams(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close the streams that a test has not read to their end.

    Otherwise the garbage collector closes them at any point of a later test. Then the request ends, and
    Django sets a context variable. If Python is just setting another one, it crashes (its issue 148891).
    """
    streams: list[Any] = []
    wrapper = client.closing_iterator_wrapper

    def recorded(chunks: Iterator[bytes], close: Callable[[], None]) -> Iterator[bytes]:
        streams.append(wrapper(chunks, close))
        return streams[-1]

    monkeypatch.setattr(client, "closing_iterator_wrapper", recorded)
    yield
    for stream in streams:
        stream.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Create the database, and don't create permissions and content types again after each test.

    No test needs them, and creating them took a third of the time of a browser test.
    """
    uid = "django.contrib.auth.management.create_permissions"
    assert post_migrate.disconnect(create_permissions, dispatch_uid=uid)
    assert post_migrate.disconnect(create_contenttypes)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[dict[str, Any]]:
    """The Django settings of a database on a PostgreSQL server that this run has started."""
    from tests.support import postgresql

    if not (programs := postgresql.programs()):
        pytest.skip(postgresql.NOT_THERE)
    with postgresql.cluster(programs) as database:
        yield database


@pytest.fixture
def pages() -> Pages:
    return Pages()
