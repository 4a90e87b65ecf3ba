"""A proxy between the browser and the live server that delays responses, or cuts them off."""

from __future__ import annotations

import select
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

RESET = struct.pack("ii", 1, 0)
"""The socket option with which ``close()`` resets a connection."""


@dataclass
class Proxy:
    """What the proxy does with responses from now on."""

    url: str
    cut_at: bytes = b""
    """The text at which a connection is cut off."""
    resets: bool = True
    """Whether the cut is an error for the browser; else the connection just ends."""
    holds: bytes = b""
    """A text: responses with it are passed on only when they are complete."""
    replaces: tuple[bytes, bytes] = (b"", b"")
    """A text in responses, and its replacement."""


@contextmanager
def between(upstream: str) -> Iterator[Proxy]:
    """Run a proxy in front of a local server, and yield it with its URL."""
    host, port = upstream.removeprefix("http://").split(":")

    class Connection(StreamRequestHandler):
        def handle(self) -> None:
            with socket.create_connection((host, int(port))) as server, suppress(OSError):
                self.pass_on(server)

        def pass_on(self, server: socket.socket) -> None:
            """Pass data on in both directions, in one thread, so that nothing delays a reset."""
            client, held = self.connection, b""
            while True:
                ready, _, _ = select.select([client, server], [], [])
                if client in ready:
                    if not (data := client.recv(65536)):
                        return
                    server.sendall(data)
                if server in ready:
                    data = server.recv(65536)
                    held += data.replace(*proxy.replaces) if proxy.replaces[0] else data
                    if proxy.cut_at and proxy.cut_at in held:
                        client.sendall(held[: held.index(proxy.cut_at) + 4])
                        if proxy.resets:
                            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                        return client.close()
                    if not data or not (proxy.holds and proxy.holds in held):
                        client.sendall(held)
                        held = b""
                    if not data:
                        return

    class Listener(ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False
        request_queue_size = 50

    with Listener(("127.0.0.1", 0), Connection) as listener:
        proxy = Proxy("http://localhost:%d" % listener.server_address[1])
        Thread(target=listener.serve_forever, args=(0.05,), daemon=True).start()
        yield proxy
        listener.shutdown()
