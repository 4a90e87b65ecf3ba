from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db.models.signals import post_migrate

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

    Playwright leaves an event loop running in the main thread, and beside that tests of async
    views can't run: ``async_to_sync()`` refuses.
    """
    for item in items:
        if BROWSER_TESTS in item.path.parents:
            item.add_marker(pytest.mark.browser)
        if config.getoption("engine") != "chromium" and item.get_closest_marker("chromium"):
            item.add_marker(pytest.mark.skip(reason="needs what only Chromium's driver can do"))
        for lacking in item.iter_markers("lacking"):
            if config.getoption("engine") == lacking.args[0]:
                item.add_marker(pytest.mark.skip(reason=lacking.kwargs["reason"]))
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Make the database; what is emptied after a test gets no new permissions and content types.

    No test needs them, and they took a third of the time of a browser test.
    """
    uid = "django.contrib.auth.management.create_permissions"
    assert post_migrate.disconnect(create_permissions, dispatch_uid=uid)
    assert post_migrate.disconnect(create_contenttypes)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[dict[str, Any]]:
    """The Django settings of a database on a PostgreSQL server of this run's own."""
    from tests.support import postgresql

    if not (programs := postgresql.programs()):
        pytest.skip(postgresql.NOT_THERE)
    with postgresql.cluster(programs) as database:
        yield database


@pytest.fixture
def pages() -> Pages:
    return Pages()
