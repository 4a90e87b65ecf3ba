"""Run the sessions of noxfile.py: `make test`, or `make test ONLY="ruff unit-stable"`.

First those that run side by side, two at a time; each prints when it ends. Then those that run alone, which
print as they go. No session begins after one has failed.

Installs what tests need besides Python's packages, such as a browser, and counts the tests. The last line
is "412 passed, 0 failed, 0 skipped".
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

from providing import Failed, provide_packages

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from noxfile import ALONE, CHECKS, NOT_BY_DEFAULT  # noqa: E402

AT_A_TIME = 2  # as many sessions as a CI machine has cores


def chosen(only: list[str]) -> dict[str, list[str]]:
    """Return the sessions to run for each check. ``only`` names checks or single sessions."""
    names = {*CHECKS, *(session for sessions in CHECKS.values() for session in sessions)}
    if unknown := set(only) - names:
        there = ", ".join(CHECKS)
        raise Failed(f"There is no check {', '.join(sorted(unknown))}. The checks are: {there}.")
    wanted = set(only or CHECKS.keys() - NOT_BY_DEFAULT)
    found = {
        check: [session for session in sessions if wanted & {check, session}]
        for check, sessions in CHECKS.items()
    }
    return {check: sessions for check, sessions in found.items() if sessions}


def run(sessions: list[str], reports: str) -> int:
    """Run these sessions, and return the exit code of the first that fails, or 0."""
    environ = os.environ | {"TEST_REPORTS": reports}
    together = [session for session in sessions if session not in ALONE]
    alone = [session for session in sessions if session in ALONE]
    code = 0
    for names, options in ((together, ["--parallel", str(AT_A_TIME)]), (alone, [])):
        if names and not code:
            nox = [sys.executable, "-m", "nox", *options, "--sessions", *names]
            # All output goes to one stream, so that the line with the counts is the last.
            code = subprocess.call(nox, cwd=ROOT, env=environ, stderr=subprocess.STDOUT)
    return code


def count(reports: Path) -> Counter[str]:
    """Add up the test reports of all sessions."""
    total = Counter[str]()
    for report in reports.glob("*.xml"):
        for suite in ET.parse(report).getroot().iter("testsuite"):
            for attribute in ("tests", "failures", "errors", "skipped"):
                total[attribute] += int(suite.get(attribute, 0))
    return total


def main(only: list[str]) -> int:
    total, code, note = Counter[str](), 1, None
    try:
        checks = chosen(only)
        note = provide_packages(list(checks))
        sessions = [session for found in checks.values() for session in found]
        with tempfile.TemporaryDirectory() as reports:
            code = run(sessions, reports)
            total = count(Path(reports))
    except Failed as failure:
        print(f"\nFailed: {failure}")
    failed = total["failures"] + total["errors"]
    passed = total["tests"] - failed - total["skipped"]
    if note:
        print(f"\n{note}")
    print(f"\n{passed} passed, {failed or int(code > 0)} failed, {total['skipped']} skipped")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
