"""Waiting for what another process or thread does: for a condition, never for a time."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 15  # seconds until nobody believes any more that it will come


def until(condition: Callable[[], object], claim: Callable[[], str]) -> None:
    """Wait until a condition holds; ``claim`` says what should have become true."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"Waited in vain until {claim()}"
        time.sleep(0.01)
