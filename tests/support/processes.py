"""Other processes: that none outlives the tests, and waiting for what they do."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable

PATIENCE = 15  # seconds until nobody believes any more that it will come


def mortal(command: list[str]) -> list[str]:
    """Return a command that is interrupted when the tests' process is gone, even if that was killed."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "INT", *command] if setpriv else command


def until(condition: Callable[[], object], claim: Callable[[], str]) -> None:
    """Wait for a condition, never for a time; ``claim`` says what should have become true."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"Waited in vain until {claim()}"
        time.sleep(0.01)
