"""Serves the example without ``DEBUG``, so with the minified script and without the inspector."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from django.core.asgi import get_asgi_application

from tests.support.processes import process

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def example() -> Iterator[str]:
    """Seed the example, serve it in another process, and yield its URL."""
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as at:
        environ = os.environ | {
            "DJANGO_SETTINGS_MODULE": "example_project.settings",
            "DJANGO_DATABASE": str(Path(folder, "db.sqlite3")),
            "DJANGO_DEBUG": "False",
        }
        for command in (["migrate"], ["seed"]):
            manage = [sys.executable, "manage.py", *command, "--verbosity=0"]
            subprocess.run(manage, cwd=ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)
        server = ["-m", "uvicorn", "--factory", "benchmarks.example:application"]
        with process(
            [sys.executable, *server, "--log-level", "error", "--fd", str(at.fileno())],
            cwd=ROOT,
            env=environ,
            pass_fds=[at.fileno()],
        ):
            yield "http://127.0.0.1:%d" % at.getsockname()[1]


def application() -> ASGIStaticFilesHandler:
    """Return the application of the example, which also serves static files."""
    return ASGIStaticFilesHandler(get_asgi_application())
