"""Installs what the checks need besides Python's packages: browsers, a database, a caching proxy."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

# What the browser tests need, by check: programs, and the Debian packages that have them.
BROWSERS = {
    "browser": {"chromium-headless-shell": "chromium-headless-shell"},
    "firefox": {"firefox-esr": "firefox-esr"},
    "webkit": {"WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb"},
}


class Failed(Exception):
    """The checks can't be run; the message is for the person who wanted to run them."""


def provide_packages(checks: list[str]) -> str | None:
    """Install what these checks need; return what is left out, if anything."""
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
        missing.pop("chromium-headless-shell", None)  # the whole Chromium will do, and is slower
    if not missing:
        return
    programs, packages = ", ".join(missing), list(missing.values())
    others = " ".join(check for check in checks if check not in BROWSERS)
    if not can_install():
        raise Failed(
            f"The browser tests need {programs}, not to be found here, and this user can't install\n"
            f"it. On Debian, as root: apt-get install {' '.join(packages)}. To run the other checks:\n"
            f"make test ONLY='{others}'"
        )
    install(packages)


def has_postgresql() -> bool:
    """Tell whether PostgreSQL is there; Debian keeps its programs off the PATH."""
    debians = list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return bool(debians or shutil.which("initdb"))


def has_nginx() -> bool:
    """Tell whether nginx is there; Debian keeps it off the PATH of users."""
    return bool(shutil.which("nginx", path="/usr/sbin:/usr/local/sbin") or shutil.which("nginx"))


SERVERS = (("PostgreSQL", "postgresql", has_postgresql), ("nginx", "nginx", has_nginx))
"""Servers that unit tests start for themselves: name, Debian's package, and whether it is there."""


def provide_server(name: str, package: str, is_there: Callable[[], bool]) -> str | None:
    """Install a server, if that can be done; else say what is left out for the lack of it."""
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
    return f"SKIPPED: the tests with {name}, which is not to be found here ({reason})."


def can_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: list[str]) -> None:
    """Install Debian's packages."""
    print("Installing", *packages, flush=True)
    update_lists()
    quiet(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", *packages])


def quiet(command: list[str]) -> None:
    """Run a command and show what it prints only if it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise Failed(f"{' '.join(command)}\n{done.stdout}")


@cache
def update_lists() -> None:
    """Fetch the lists of packages, once."""
    quiet(["apt-get", "update"])
