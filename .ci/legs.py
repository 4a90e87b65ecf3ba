"""The legs to test on: a Python and a Django, each in a virtual environment of its own."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from programs import ROOT, quiet

PREFERRED_PYTHON = (3, 11)
NEWEST_DJANGO, NEWEST_DJANGO_NEEDS = "6.1", (3, 12)

Version = tuple[int, int]


@dataclass(frozen=True)
class Leg:
    """A Python and a Django to test with, in a virtual environment of their own."""

    python: Version
    interpreter: str
    django: str
    groups: tuple[str, ...]

    @property
    def name(self) -> str:
        engines = "-engines" if "engines" in self.groups else ""
        return f"py{self.python[0]}.{self.python[1]}-django{self.django}{engines}"

    @property
    def is_stable(self) -> bool:
        """Whether this is the leg with all the tools, on which everything runs."""
        return "dev" in self.groups

    @property
    def venv(self) -> Path:
        return ROOT / f".venv-test-{self.name}"

    def program(self, name: str) -> str:
        return str(self.venv / "bin" / name)

    def install(self) -> None:
        """Make the virtual environment, unless it's there and pyproject.toml is unchanged."""
        wanted = f"{self} {hashlib.sha256((ROOT / 'pyproject.toml').read_bytes()).hexdigest()}"
        stamp = self.venv / "installed"
        if stamp.exists() and stamp.read_text() == wanted:
            return
        quiet([self.interpreter, "-m", "venv", "--clear", "--upgrade-deps", str(self.venv)])
        groups = [word for group in self.groups for word in ("--group", group)]
        django = f"django~={self.django}.0"
        quiet([self.program("python"), "-m", "pip", "install", *groups, "--editable", ".", django])
        stamp.write_text(wanted)


def interpreters() -> dict[Version, str]:
    """The working Pythons of this machine."""
    command = [str(ROOT / ".ci" / "find-python"), "--all"]
    if override := os.environ.get("PYTHON"):
        command = ["env", f"PYTHON={override}", *command]
    found = {}
    for line in quiet(command).splitlines():
        version, path = line.split(" ", 1)
        major, minor = version.split(".")
        found[int(major), int(minor)] = path
    return found


def legs() -> list[Leg]:
    """Python 3.11, or what is nearest, with Django 5.2; and the newest Python and Django."""
    found = interpreters()
    stable = min(found, key=lambda version: abs(version[1] - PREFERRED_PYTHON[1]))
    newest = max(found)
    legs = [Leg(stable, found[stable], "5.2", ("dev",))]
    if newest >= NEWEST_DJANGO_NEEDS:
        legs.append(Leg(newest, found[newest], NEWEST_DJANGO, ("test",)))
    return legs
