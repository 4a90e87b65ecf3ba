"""Runs a PostgreSQL server for the tests: a cluster in a temporary folder, with a socket in it.

It is created for each run, and needs no password. It does not wait for the disk.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tests.support.processes import process, until

USER = "postgres"
NOT_THERE = "PostgreSQL's server is not installed (on Debian: apt-get install postgresql)"
QUICK = {
    **dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes"), "off"),
    "listen_addresses": "",  # only by the socket
    "max_connections": "60",
    "shared_buffers": "16MB",
}


def programs() -> Path | None:
    """Return the folder of ``initdb`` and ``postgres``, which is not on the PATH of Debian."""
    debians = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    if found := sorted(debians, key=lambda path: float(path.parts[-3])):
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


@contextmanager
def cluster(programs: Path) -> Iterator[dict[str, Any]]:
    """Run a cluster, and yield the Django settings of its database."""
    # A short name, because names of sockets must be short.
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        # PostgreSQL refuses to run as root.
        owner: dict[str, Any] = {}
        if os.geteuid() == 0:
            account = pwd.getpwnam(USER)
            owner = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
            os.chown(folder, account.pw_uid, account.pw_gid)
        data, log = folder / "data", folder / "log"
        make = ["--no-sync", "--auth=trust", f"--username={USER}", "--encoding=UTF8", "--locale=C"]
        subprocess.run(
            [programs / "initdb", *make, "--pgdata", data],
            **owner,
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
        )
        options = [word for name, value in QUICK.items() for word in ("-c", f"{name}={value}")]
        with (
            log.open("w") as output,
            process(
                [str(programs / "postgres"), "-D", str(data), "-k", str(folder), *options],
                stop=signal.SIGINT,  # closes open connections
                **owner,
                cwd=folder,
                stdout=output,
                stderr=subprocess.STDOUT,
            ) as server,
        ):
            until(
                lambda: _answers(server, folder), lambda: f"PostgreSQL is up:\n{log.read_text()}"
            )
            yield {
                "ENGINE": "django.db.backends.postgresql",
                "HOST": str(folder),
                "USER": USER,
                "NAME": USER,
            }


def _answers(server: subprocess.Popen[bytes], folder: Path) -> bool:
    assert server.poll() is None, f"PostgreSQL has ended:\n{(folder / 'log').read_text()}"
    try:
        psycopg.connect(host=str(folder), user=USER).close()
    except psycopg.OperationalError:
        return False
    return True
