"""Fixtures: servers for the example with its own settings, and the seeded data for each test."""

from __future__ import annotations

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.browser.example.site import ROOT
from tests.browser.harness import Screen
from tests.support.processes import process


@pytest.fixture(scope="session")
def environ(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of the example's processes, with a migrated and seeded database."""
    folder = tmp_path_factory.mktemp("example")
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "example_project.settings",
        "DJANGO_DATABASE": str(folder / "db.sqlite3"),
        "DJANGO_MEDIA": str(folder / "media"),
    }
    for command in (["migrate"], ["seed", "--today=2026-11-25"]):
        manage = [sys.executable, "manage.py", *command, "--verbosity=0"]
        subprocess.run(manage, cwd=ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)
    shutil.copy(environ["DJANGO_DATABASE"], folder / "seed.sqlite3")
    return environ


@pytest.fixture(autouse=True)
def seed(environ: dict[str, str]) -> None:
    """Restore the seeded data, so that no test depends on what another test has changed."""
    database = Path(environ["DJANGO_DATABASE"])
    with (
        closing(sqlite3.connect(database.with_name("seed.sqlite3"))) as seed,
        closing(sqlite3.connect(database)) as changed,
    ):
        seed.backup(changed)


@pytest.fixture(scope="session")
def server(environ: dict[str, str]) -> Iterator[str]:
    """The example's URL, served by uvicorn."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        number = listener.fileno()
        command = ["-m", "uvicorn", "example_project.asgi:application", "--fd", str(number)]
        # After 5 idle seconds, uvicorn would close a connection on which a request may be under way.
        command += ["--log-level", "error", "--timeout-keep-alive", "600"]
        with process(
            [sys.executable, *command],
            cwd=ROOT,
            env=environ,
            pass_fds=[number],
            stderr=subprocess.DEVNULL,
        ):
            yield "http://127.0.0.1:%d" % listener.getsockname()[1]


@pytest.fixture(scope="session")
def runserver(environ: dict[str, str]) -> Iterator[str]:
    """The example's URL, served by ``runserver`` (WSGI), as in ``make demo``."""
    with process(
        [sys.executable, "-u", "manage.py", "runserver", "0", "--noreload"],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as started:
        assert started.stdout
        said = (re.search(r"server at (http://[\d.:]+)/", line) for line in started.stdout)
        found = next(filter(None, said), None)
        assert found, "runserver does not come up"
        yield found[1]


@pytest.fixture
def open_example(
    open_screen: Callable[..., Screen], server: str, htmx: int
) -> Callable[..., Screen]:
    """A function that opens a window on the example, and chooses the htmx version as visitors do."""

    def open_example(server: str = server, **options: object) -> Screen:
        screen = open_screen(server, **options)
        cookie = {"name": "htmx", "value": str(htmx), "url": server}
        screen.page.context.add_cookies([cookie])
        return screen

    return open_example


@pytest.fixture
def screen(open_example: Callable[..., Screen]) -> Screen:
    """A window on the example, under ASGI."""
    return open_example()
