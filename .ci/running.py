"""Running tests and whole gates, and keeping what they print together."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from legs import Leg
from programs import ROOT, Failed, output, run, say

SIDE_BY_SIDE = 2  # as many gates as a CI machine has cores


@dataclass(frozen=True)
class Gate:
    """One check: a name to call it by, and what it does in which leg."""

    name: str
    leg: Leg
    check: Callable[[Leg], None]

    def __str__(self) -> str:
        return f"{self.name} ({self.leg.name})"


@dataclass
class Tally:
    """How many tests passed, failed and were skipped, over all runs of pytest."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, report: Path) -> None:
        for suite in ET.parse(report).getroot().iter("testsuite"):
            tests, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
            failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            with lock:
                self.passed += tests - skipped - failed
                self.skipped += skipped
                self.failed += failed


tally = Tally()
lock = threading.Lock()


def pytest(
    leg: Leg, *arguments: str, runner: tuple[str, ...] = ("python",), **environ: str
) -> None:
    """Run tests and add them to the tally; ``runner`` is what runs the module pytest."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "junit.xml")
        command = [leg.program(runner[0]), *runner[1:], "-m", "pytest", *arguments]
        environ["COVERAGE_FILE"] = str(ROOT / f".coverage.{leg.name}")
        try:
            run([*command, f"--junit-xml={report}"], **environ)
        finally:
            if report.exists():
                tally.add(report)


# --- gates ---


def execute(stages: list[list[Gate]], notes: list[str]) -> None:
    """Run stage after stage, and the gates of each side by side; no more begins when one has failed.

    Then say what ran and what didn't. Raises the first failure.
    """
    lines = {gate: f"        -  not run  {gate}" for stage in stages for gate in stage}
    failures: list[Failed] = []

    def attempt(gate: Gate) -> None:
        if failures:
            return
        started = time.monotonic()
        outcome = "FAILED "
        try:
            gate.check(gate.leg)
            outcome = "ok     "
        except Failed as failure:
            failures.append(failure)
        finally:
            lines[gate] = f"{time.monotonic() - started:7.1f} s  {outcome}  {gate}"

    def attempt_in_one_piece(gate: Gate) -> None:
        if not failures:
            with lock:
                print(f"    begins: {gate}", flush=True)
        with in_one_piece(f"\n=== {gate}"):
            attempt(gate)

    try:
        for stage in stages:
            if len(stage) == 1 and not failures:
                say(f"\n=== {stage[0]}")
                attempt(stage[0])
            else:
                with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
                    list(pool.map(attempt_in_one_piece, stage))
    finally:
        print("\n=== what ran", *lines.values(), *notes, sep="\n")
    if failures:
        raise failures[0]


@contextmanager
def in_one_piece(heading: str) -> Iterator[None]:
    """Print what is said in here when all of it is there, so that it does not mix with others'."""
    with tempfile.TemporaryFile("w+") as log:
        before = output.set(log)
        try:
            yield
        finally:
            output.reset(before)
            if log.seek(0, os.SEEK_END):
                log.seek(0)
                with lock:
                    print(heading, flush=True)
                    shutil.copyfileobj(log, sys.stdout)
                    sys.stdout.flush()
