"""Prints how many machine instructions a request takes, with those of code in C.

Run it by ``python -m benchmarks.instructions``. Valgrind counts them, so it must be installed. It runs this
program once more, which forks for each measurement: one process sends some requests, another sends none.
What the first counts in addition is due to the requests.
"""

from __future__ import annotations

import gc
import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import django

from benchmarks.clock import Call
from benchmarks.tables import size_row, table

REQUESTS = 20
WARM_UP = 5


def main() -> None:
    if not shutil.which("valgrind"):
        sys.exit("Valgrind is not installed. On Debian: apt-get install valgrind")
    with TemporaryDirectory() as folder:
        rows = [
            size_row(name, *[count // 1000 for count in counts])
            for name, counts in _count(Path(folder))
        ]
    print(f"Python {platform.python_version()}, Django {django.__version__}\n")
    print(f"Thousands of machine instructions of a request, the mean of {REQUESTS}")
    print(table(["", "slots", "by hand", "more", "slots ÷ by hand"], rows))


def _count(folder: Path) -> list[tuple[str, list[int]]]:
    """Return the name of each case, and the instructions of a request of each side."""
    options = ["--tool=callgrind", "--callgrind-out-file=%p"]
    command = ["valgrind", *options, sys.executable, "-m", "benchmarks.instructions", "--forks"]
    # The order of a set depends on the seed of hashes.
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd()), "PYTHONHASHSEED": "0"}
    counted = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if counted.returncode:
        sys.exit(counted.stderr)

    def total(pid: int) -> int:
        return int((folder / str(pid)).read_text().rpartition("totals:")[2])

    return [
        (name, [(total(busy) - total(idle)) // REQUESTS for idle, busy in sides])
        for name, sides in json.loads(counted.stdout)
    ]


def send_requests() -> None:
    """Print each case, and the two processes of each side."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    django.setup()
    from benchmarks import flows, pages, seed

    seed.seed()
    cookies = seed.log_in()
    cases: list[pages.Case | flows.Flow] = [*pages.cases(cookies), *flows.flows(cookies)]
    gc.collect()
    gc.freeze()  # as for CPU time: the collector ignores all objects that exist now
    print(
        json.dumps(
            [
                (case.name, [(_fork(call, 0), _fork(call, REQUESTS)) for call in case.calls()])
                for case in cases
            ]
        )
    )


def _fork(call: Call, requests: int) -> int:
    """Return the process that has sent so many requests."""
    if pid := os.fork():
        os.waitpid(pid, 0)
        return pid
    call.prepare()
    for _ in range(WARM_UP):
        call.run()
    gc.collect()
    for _ in range(requests):
        call.run()
    os._exit(0)


if __name__ == "__main__":
    send_requests() if "--forks" in sys.argv else main()
