"""docs/tutorial.md as a machine reads it: steps, and in each of them things to do and things to see.

What a reader takes for plain prose follows a few rules:

- ``## 3. A layout`` begins a step.
- ``**`gallery/urls.py`**`` before a block of code: the file is that. After a comma it may say where in
  the file: ``at the end``, ``at the beginning``, ``below`` / ``above`` / ``instead of`` a piece of it.
- A block of ``console`` is to be typed, line by line; a block of ``text`` is what the last line printed.
- ``**You should see**`` begins a promise: words in “ ” stand on a page that is looked at there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "tutorial.md"

STEP = re.compile(r"## (\d+)\. (.+)")
FILE = re.compile(
    r"\*\*`([\w./]+)`\*\*"
    r"(?:, (at the end|at the beginning|(below|above|instead of) `([^`]+)`):)?"
)
PROMISE = "**You should see**"
CODE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)


class Unclear(Exception):
    """The tutorial says something that can't be done to the letter."""


@dataclass(frozen=True)
class File:
    """A file to write, or to change."""

    path: str
    where: str
    text: str
    """What it is found by, for ``below``, ``above`` and ``instead of``."""
    code: str

    def write(self, folder: Path) -> None:
        """Do what the tutorial says."""
        path = folder / self.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self._changed(path.read_text()) if self.where else self.code)

    def _changed(self, before: str) -> str:
        if self.where == "at the end":
            return before + self.code
        if self.where == "at the beginning":
            return self.code + before
        lines = before.splitlines(keepends=True)
        found = [number for number, line in enumerate(lines) if line.strip() == self.text]
        if len(found) != 1:
            raise Unclear(f"{self.path} has {len(found)} lines that are {self.text!r}:\n{before}")
        first, last = {"above": (0, 0), "below": (1, 1), "instead of": (0, 1)}[self.where]
        lines[found[0] + first : found[0] + last] = [self.code]
        return "".join(lines)


@dataclass(frozen=True)
class Command:
    """A line to type."""

    line: str


@dataclass(frozen=True)
class Output:
    """What the command before it prints."""

    text: str


@dataclass(frozen=True)
class Promise:
    """What is to be seen at this point."""

    name: str
    """The step, and which of its promises: ``"4.2"``."""
    words: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """A chapter."""

    number: int
    title: str
    parts: tuple[File | Command | Output | Promise, ...]

    def __str__(self) -> str:
        return f"{self.number}-{self.title.replace(' ', '-')}"


def steps(text: str | None = None) -> list[Step]:
    """Read the tutorial, or a text that follows its rules."""
    text = TUTORIAL.read_text() if text is None else text
    chapters = re.split(r"^(?=## )", text, flags=re.M)[1:]
    return [_step(chapter) for chapter in chapters if STEP.match(chapter)]


def things_to_do(text: str) -> tuple[File | Command | Output | Promise, ...]:
    """Read a text that has no steps, such as the README."""
    return tuple(_parts("0", text))


def _step(chapter: str) -> Step:
    heading = STEP.match(chapter)
    assert heading
    return Step(int(heading[1]), heading[2], tuple(_parts(heading[1], chapter)))


def _parts(number: str, chapter: str) -> Iterator[File | Command | Output | Promise]:
    file: re.Match[str] | None = None
    promises = 0
    for language, text in _blocks(chapter):
        if language == "console":
            yield from map(Command, text.splitlines())
        elif language == "text":
            yield Output(text)
        elif language:
            if not file:
                raise Unclear(f"Where does this go?\n{text}")
            path, how, verb, found = file.groups()
            yield File(path, verb or how or "", found or "", text)
            file = None
        elif text.startswith(PROMISE):
            promises += 1
            yield Promise(f"{number}.{promises}", tuple(re.findall("“([^”]+)”", text)))
        elif file := FILE.fullmatch(text):
            continue
        elif text.startswith("**`"):
            raise Unclear(f"What is to be done with this file? {text}")


def _blocks(chapter: str) -> Iterator[tuple[str, str]]:
    """Yield the language and text of each block of code, and each paragraph, with no language."""
    pieces = iter(CODE.split(chapter))
    for prose, language, code in zip_longest(pieces, pieces, pieces, fillvalue=""):
        yield from (("", text.strip()) for text in prose.split("\n\n") if text.strip())
        if language:
            yield language, code
