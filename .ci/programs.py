"""Running programs, in an environment that does not depend on the caller's."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from contextvars import ContextVar
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent

# Nothing of the caller's own environment may decide what is tested.
ENVIRON = {
    name: value
    for name, value in os.environ.items()
    if name not in {"PYTHON", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "DJANGO_SETTINGS_MODULE"}
} | {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PYTHONUNBUFFERED": "1"}


class Failed(Exception):
    """A check said no, or could not be made; the message is for the person who ran it."""


output: ContextVar[IO[str]] = ContextVar("output", default=sys.stdout)
"""Where the gate that runs here prints to."""


def say(*words: object) -> None:
    print(*words, file=output.get(), flush=True)


def run(command: list[str], **environ: str) -> None:
    line = textwrap.shorten(" ".join(command).replace(f"{ROOT}/", ""), 200)
    say("$", line)
    env = ENVIRON | environ
    code = subprocess.run(
        command, cwd=ROOT, env=env, stdout=output.get(), stderr=subprocess.STDOUT
    ).returncode
    if code:
        raise Failed(f"{line}\nexited with status {code}.")


def quiet(command: list[str], cwd: Path = ROOT) -> str:
    """Run and return what was printed, which is shown only if the command fails."""
    done = subprocess.run(
        command, cwd=cwd, env=ENVIRON, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        raise Failed(f"{' '.join(command)}\n{done.stdout}")
    return done.stdout
