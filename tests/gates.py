"""Views that a test holds up, so that it decides what is slow."""

from __future__ import annotations

from collections import defaultdict
from threading import Event

PATIENCE = 10  # seconds until nobody believes any more that a request will come, or go on


class Gates:
    """One gate for each path, open until a test closes it. The live server runs in this process."""

    def __init__(self) -> None:
        self._closed: dict[str, Event] = {}
        self._arrived: defaultdict[str, Event] = defaultdict(Event)

    def close(self, *paths: str) -> None:
        for path in paths:
            self._closed[path] = Event()
            self._arrived[path].clear()

    def is_closed(self, path: str) -> bool:
        return path in self._closed

    def open(self, path: str) -> None:
        self._closed.pop(path).set()

    def open_all(self) -> None:
        for path in list(self._closed):
            self.open(path)

    def arrive(self, path: str) -> None:
        """Wait until the gate is open. Views call this."""
        self._arrived[path].set()
        if gate := self._closed.get(path):
            gate.wait(PATIENCE)

    def await_arrival(self, path: str) -> None:
        """Wait until a request stands at this closed gate."""
        assert self._arrived[path].wait(PATIENCE), f"Nobody has asked for {path}"
        self._arrived[path].clear()


gates = Gates()
