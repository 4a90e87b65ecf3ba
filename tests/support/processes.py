"""Starts processes that end with the tests, and waits for conditions."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable

PATIENCE = 60  # seconds until waiting fails, also on a machine that is busy


def mortal(command: list[str]) -> list[str]:
    """Return a command that is interrupted when the process of the tests ends, even if that was killed."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "INT", *command] if setpriv else command


def until(condition: Callable[[], object], claim: Callable[[], str]) -> None:
    """Wait for a condition. ``claim`` says what should become true."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"Waited in vain until {claim()}"
        time.sleep(0.01)
