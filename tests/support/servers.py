"""Real servers in other processes, and a client that reads a response while it arrives.

::

    with serving(SERVERS["uvicorn"], environ) as server:
        response = server.get("/streamed/async/")
        response.until("<p>home</p>")  # before the rest has arrived
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from functools import cached_property
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

from tests.support.processes import PATIENCE, process, until

ROOT = Path(__file__).resolve().parents[2]
DIRECTLY = build_opener(ProxyHandler({}))  # not through a proxy that the environment names


@dataclass(frozen=True)
class Kind:
    """A server program, as the arguments of ``python -m``, and whether it uses WSGI or ASGI."""

    name: str
    command: str
    is_async: bool = False

    def __str__(self) -> str:
        return self.name


GRANIAN = "granian --host {host} --port {port} --workers-kill-timeout 1 --no-ws --interface"
KINDS = [
    Kind("runserver", "django runserver {host}:{port} --noreload --nostatic"),
    Kind(
        "gunicorn",
        "gunicorn --bind {host}:{port} --worker-class gthread --threads 8 --graceful-timeout 1"
        " --no-control-socket tests.served.application:wsgi",
    ),
    Kind("granian-wsgi", f"{GRANIAN} wsgi --blocking-threads 8 tests.served.application:wsgi"),
    Kind("granian-asgi", f"{GRANIAN} asgi tests.served.application:asgi", is_async=True),
    Kind(
        "uvicorn",
        "uvicorn --host {host} --port {port} --timeout-graceful-shutdown 1"
        " tests.served.application:asgi",
        is_async=True,
    ),
]
SERVERS = {kind.name: kind for kind in KINDS}


class Server:
    """A running server."""

    def __init__(self, kind: Kind, host: str, port: int, log: Path) -> None:
        self.kind = kind
        self.host, self.port = host, port
        self._log = log

    @property
    def log(self) -> str:
        """Return what the server has printed so far."""
        return self._log.read_text()

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> ArrivingResponse:
        """Request a page, and return at once."""
        return ArrivingResponse(self, path, headers or {})

    def answers(self) -> bool:
        try:
            return self.get("/ready/").rest() == "ready"
        except (OSError, HTTPException):
            return False


class ArrivingResponse:
    """A response that arrives over its own connection. Each method waits for what it returns."""

    def __init__(self, server: Server, path: str, headers: Mapping[str, str]) -> None:
        self._connection = HTTPConnection(server.host, server.port, timeout=PATIENCE)
        self._connection.request("GET", path, headers=dict(headers))
        self.text = ""
        """The part of the body that has arrived so far."""

    @cached_property
    def _response(self) -> HTTPResponse:
        return self._connection.getresponse()

    @property
    def status(self) -> int:
        return self._response.status

    @property
    def headers(self) -> Message:
        return self._response.headers

    def until(self, text: str) -> str:
        """Read until these words have arrived, and return all that has arrived so far."""
        while text not in self.text:
            assert self._read(), f"The response has ended without {text!r}:\n{self.text}"
        return self.text

    def rest(self) -> str:
        """Read to the end, and return the whole body."""
        while self._read():
            pass
        self._connection.close()
        return self.text

    def leave(self) -> None:
        """Close the connection, as closing a tab does."""
        if "_response" in vars(self):
            self._response.close()
        self._connection.close()

    def _read(self) -> str:
        # One chunk at most. The tests' pages are ASCII, so no character is cut in two.
        came = self._response.read1(65536).decode()
        self.text += came
        return came


@contextmanager
def serving(kind: Kind, environ: Mapping[str, str]) -> Iterator[Server]:
    """Run a server until the block ends."""
    host = "127.0.0.1"
    with (
        tempfile.NamedTemporaryFile() as log,
        reserved_port() as port,
        process(
            [sys.executable, "-m", *kind.command.format(host=host, port=port).split()],
            cwd=ROOT,
            env=os.environ | {"PYTHONUNBUFFERED": "1"} | environ,
            stdout=log,
            stderr=subprocess.STDOUT,
        ) as started,
    ):
        server = Server(kind, host, port, Path(log.name))

        def is_up() -> bool:
            assert started.poll() is None, f"{kind} has ended:\n{server.log}"
            return server.answers()

        until(is_up, lambda: f"{kind} answers:\n{server.log}")
        yield server


@contextmanager
def running(
    command: list[str], ready: str, folder: Path, environ: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Run a server until the block ends, and yield its URL. The command gets ``host:port``.

    ``ready`` is a path to which the server responds as soon as it is ready.
    """
    with (
        tempfile.TemporaryFile("w+") as log,
        reserved_port() as port,
        process(
            [*command, address := f"127.0.0.1:{port}"],
            cwd=folder,
            env=environ and dict(environ),
            stdout=log,
            stderr=subprocess.STDOUT,
        ) as server,
    ):

        def printed() -> str:
            log.seek(0)
            return log.read()

        def is_up() -> bool:
            assert server.poll() is None, f"The server has ended:\n{printed()}"
            with suppress(OSError):
                DIRECTLY.open(f"http://{address}{ready}").close()
                return True
            return False

        until(is_up, lambda: f"the server answers:\n{printed()}")
        yield f"http://{address}"


@contextmanager
def reserved_port() -> Iterator[int]:
    """Reserve a port until the block ends: only a program that is given its number can listen on it."""
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the servers do
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]
