"""Starts processes that end with the tests, and waits for conditions."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

PATIENCE = 60  # seconds until waiting fails, also on a machine that is busy


@contextmanager
def process(
    command: list[str], *, stop: signal.Signals = signal.SIGTERM, **options: Any
) -> Iterator[subprocess.Popen[Any]]:
    """Run a process until the block ends. ``options`` are those of ``subprocess.Popen``.

    If it is not gone a few seconds after the signal ``stop``, it is killed with its children: a server may
    wait for a connection that nobody closes. It also ends when the process of the tests is killed.
    """
    if setpriv := shutil.which("setpriv"):
        command = [setpriv, "--pdeathsig", "INT", *command]
    with subprocess.Popen(command, start_new_session=True, **options) as started:
        try:
            yield started
        finally:
            started.send_signal(stop)
            try:
                started.wait(timeout=5)
            except subprocess.TimeoutExpired:
                os.killpg(started.pid, signal.SIGKILL)


def until(condition: Callable[[], object], claim: Callable[[], str]) -> None:
    """Wait for a condition. ``claim`` says what should become true."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"Waited in vain until {claim()}"
        time.sleep(0.01)
