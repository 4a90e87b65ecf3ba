"""Installs what the checks need besides Python packages: browsers, a database, a caching proxy."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

# For each check: the programs that it needs, and the Debian packages that contain them.
BROWSERS = {
    "browser": {"chromium-headless-shell": "chromium-headless-shell"},
    "firefox": {"firefox-esr": "firefox-esr"},
    "webkit": {"WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb"},
}

PATIENCE = 600  # seconds to wait while another program installs packages


class Failed(Exception):
    """The checks can't run. The message says why, and what to do."""


def provide_packages(checks: list[str]) -> str | None:
    """Install what these checks need, and return a note about tests that are skipped, if any."""
    provide_browsers(checks)
    if "unit" not in checks:
        return None
    left_out = (provide_server(*server) for server in SERVERS)
    return "\n".join(filter(None, left_out)) or None


def provide_browsers(checks: list[str]) -> None:
    """Install the browsers that these checks need."""
    needed = {
        program: package
        for check in checks
        for program, package in BROWSERS.get(check, {}).items()
    }
    missing = {program: needed[program] for program in needed if not shutil.which(program)}
    if shutil.which("chromium") and not can_install():
        missing.pop(
            "chromium-headless-shell", None
        )  # Chromium with windows works, too, but is slower.
    if not missing:
        return
    programs, packages = ", ".join(missing), list(missing.values())
    others = " ".join(check for check in checks if check not in BROWSERS)
    if not can_install():
        raise Failed(
            f"The browser tests need {programs}, which was not found, and this user can't install\n"
            f"packages. On Debian, run as root: apt-get install {' '.join(packages)}\n"
            f"To run the other checks: make test ONLY='{others}'"
        )
    install(packages)


def has_postgresql() -> bool:
    """Tell whether PostgreSQL is installed. Debian does not put its programs on the PATH."""
    debians = list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return bool(debians or shutil.which("initdb"))


def has_nginx() -> bool:
    """Tell whether nginx is installed. On Debian, it is not on the PATH of users."""
    return bool(shutil.which("nginx", path="/usr/sbin:/usr/local/sbin") or shutil.which("nginx"))


SERVERS = (("PostgreSQL", "postgresql", has_postgresql), ("nginx", "nginx", has_nginx))
"""Servers that unit tests start: name, Debian package, and a function that tells whether it is installed."""


def provide_server(name: str, package: str, is_there: Callable[[], bool]) -> str | None:
    """Install a server if possible, or else return a note about the tests that are skipped."""
    if is_there():
        return None
    reason = f"on Debian, as root: apt-get install {package}"
    if can_install():
        try:
            install([package])
        except Failed as failure:
            reason = str(failure)
        else:
            return None
    return f"SKIPPED: the tests with {name}, which was not found ({reason})."


def can_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: list[str]) -> None:
    """Install Debian packages."""
    print("Installing", *packages, flush=True)
    update_lists()
    apt_get("install", "-y", *packages)


def apt_get(*arguments: str) -> None:
    """Run apt-get, show its output only if it fails, and wait while another program holds its lock."""
    command = ["env", "LC_ALL=C", "DEBIAN_FRONTEND=noninteractive", "apt-get", *arguments]
    deadline = time.monotonic() + PATIENCE
    while True:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if not done.returncode:
            return
        if "Could not get lock" not in done.stdout or time.monotonic() > deadline:
            raise Failed(f"{' '.join(command)}\n{done.stdout}")
        time.sleep(2)


@cache
def update_lists() -> None:
    """Fetch the package lists of Debian, once."""
    apt_get("update")
