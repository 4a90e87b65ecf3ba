"""A folder in which the tutorial is done to the letter."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.servers import running
from tests.tutorial.reading import Command, File, Output, Promise, Step, steps

ROOT = Path(__file__).resolve().parents[2]
PROMISES = Path(__file__).with_name("promises.py")
NAME = "django-parallel-routes"
# What `createsuperuser` is told, which asks a person.
ANSWERS = {"DJANGO_SUPERUSER_USERNAME": "ada", "DJANGO_SUPERUSER_PASSWORD": "lovely-lace-1815"}


class Broken(AssertionError):
    """A step can't be done, or does not show what it promises."""


@dataclass
class Project:
    """The files of a reader of the tutorial.

    With ``wheel``, the tutorial's own environment is made, and the wheel is installed into it where
    the tutorial says to install the package. Without, Python is the one that runs the tests.
    """

    folder: Path
    wheel: Path | None = None
    done: int = 0
    """How many steps have been taken."""
    failed: Step | None = None
    """The one that could not be: all later ones build on it."""
    printed: str = field(default="", repr=False)
    """What the last command has said."""

    def reach(self, number: int, *, promises: bool = True) -> None:
        """Take all steps up to this one that have not been taken yet."""
        for step in steps()[self.done : number]:
            if self.failed:
                raise Broken(f"Step {self.failed} has failed before.")
            self.failed = step
            self.take(step, promises=promises)
            self.failed = None
            self.done += 1

    def take(self, step: Step, *, promises: bool) -> None:
        """Do what a step says, in its order, and look whether it holds what it promises."""
        for part in step.parts:
            match part:
                case File():
                    part.write(self.folder)
                case Command():
                    self.type(part.line)
                case Output():
                    self.compare(part.text)
                case Promise() if promises:
                    self.look(part)

    def type(self, line: str) -> None:
        """Run a command of the tutorial."""
        if line.startswith("source ") or line == "python manage.py runserver":
            return  # an environment's programs are found first as it is; whoever needs a server starts one
        words = shlex.split(line)
        if "venv" in words or "pip" in words:
            if not self.wheel:
                return
            words = [str(self.wheel) if word == NAME else word for word in words]
        if "createsuperuser" in words:
            words += ["--noinput", "--email", ""]
        self.printed = self.run(*words)

    def compare(self, expected: str) -> None:
        """Every line that the tutorial shows has been printed, in this order; … is whatever there may be."""
        lines = iter(self.printed.splitlines())
        for line in expected.splitlines():
            pattern = ".*".join(map(re.escape, line.strip().split("…")))
            if not any(re.fullmatch(pattern, printed.strip()) for printed in lines):
                raise Broken(
                    f"The tutorial shows this line:\n{line}\nPrinted was:\n{self.printed}"
                )

    def look(self, promise: Promise) -> None:
        """Visit the project's pages, as promises.py says, and find the words there."""
        self.run("python", str(PROMISES), promise.name, *promise.words)

    def run(self, program: str, *arguments: str) -> str:
        """Run a program of the environment in the project's folder."""
        command = [str(self.programs / program), *arguments]
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode:
            raise Broken(f"{shlex.join([program, *arguments])}\n{done.stdout}")
        return done.stdout

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Run the server that the first step starts, until the block is left; gives its URL."""
        python = str(self.programs / "python")
        command = [python, "manage.py", "runserver", "--noreload"]
        with running(command, "/static/gallery/gallery.css", self.folder, self.environ) as url:
            yield url

    @property
    def programs(self) -> Path:
        """Where ``python`` and ``django-admin`` are."""
        own = self.folder / ".venv" / "bin"
        return own if (own / "python").exists() else Path(sys.executable).parent

    @property
    def environ(self) -> dict[str, str]:
        """The reader's, who has installed the package; without a wheel it is that of this checkout."""
        theirs = {"DJANGO_SETTINGS_MODULE", "PYTHONPATH", "COVERAGE_PROCESS_START"}
        environ = {name: value for name, value in os.environ.items() if name not in theirs}
        environ |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", **ANSWERS}
        return environ if self.wheel else environ | {"PYTHONPATH": str(ROOT)}


def from_environment(folder: Path) -> Project:
    """A project in this folder, with the wheel that ``TUTORIAL_WHEEL`` names, if it is set."""
    wheel = os.environ.get("TUTORIAL_WHEEL")
    return Project(folder, Path(wheel).resolve() if wheel else None)
