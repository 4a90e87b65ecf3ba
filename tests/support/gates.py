"""Gates at which views wait, so that a test decides which of them are slow."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Thread

from tests.support.processes import PATIENCE

ADDRESS = "TEST_GATES"  # the environment variable that says where the gates are


class Gates:
    """One gate for each path, open until a test closes it. The live server runs in this process."""

    def __init__(self) -> None:
        self._closed: dict[str, Event] = {}
        self._arrived: dict[str, Event] = {}

    def close(self, *paths: str) -> None:
        for path in paths:
            self._closed[path] = Event()
            self._arrival(path).clear()

    def is_closed(self, path: str) -> bool:
        return path in self._closed

    def open(self, path: str) -> None:
        self._closed.pop(path).set()

    def open_all(self) -> None:
        for path in list(self._closed):
            self.open(path)

    def arrive(self, path: str) -> None:
        """Wait until the gate is open. Views call this."""
        self._arrival(path).set()
        if gate := self._closed.get(path):
            gate.wait(PATIENCE)

    def expect_arrival(self, path: str) -> None:
        """Wait until a request waits at this closed gate."""
        assert self._arrival(path).wait(PATIENCE), f"Nobody has asked for {path}"
        self._arrival(path).clear()

    def _arrival(self, path: str) -> Event:
        # In one step, because the view and the test are different threads.
        return self._arrived.setdefault(path, Event())


gates = Gates()


# --- From another process ---


@contextmanager
def within_reach() -> Iterator[dict[str, str]]:
    """Let views in other processes use the gates, and yield the environment variables for them."""

    class Arrival(StreamRequestHandler):
        def handle(self) -> None:
            gates.arrive(self.rfile.readline().decode().strip())
            with suppress(ConnectionError):  # the waiting process may have ended
                self.wfile.write(b"go on\n")

    class Listener(ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False
        request_queue_size = 50

    with Listener(("127.0.0.1", 0), Arrival) as listener:
        Thread(target=listener.serve_forever, args=(0.05,), daemon=True).start()
        yield {ADDRESS: "%s:%d" % listener.server_address}
        listener.shutdown()


def arrive(name: str) -> None:
    """Wait at a gate of the process that runs the tests."""
    with socket.create_connection(_address()) as connection:
        connection.sendall(f"{name}\n".encode())
        connection.recv(16)


async def arrive_async(name: str) -> None:
    """Wait at a gate of the process that runs the tests, without blocking other tasks."""
    reader, writer = await asyncio.open_connection(*_address())
    try:
        writer.write(f"{name}\n".encode())
        await reader.readline()
    finally:
        writer.close()


def _address() -> tuple[str, int]:
    host, port = os.environ[ADDRESS].split(":")
    return host, int(port)
