"""The rules that tests and comments quote by number are those of ``docs/rules.md``."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RULES = (ROOT / "docs" / "rules.md").read_text()
NUMBERS = re.findall(r"^\*\*([SB]\d+)\*\* · ", RULES, re.MULTILINE)
QUOTED = re.compile(r"(?<![\w#&%/-])[SB]\d{1,2}\b")
SOURCES = sorted(
    file
    for folder in ("django_parallel_routes", "tests", "example_project", "docs")
    for file in (ROOT / folder).rglob("*")
    if file.suffix in {".py", ".js", ".css", ".html", ".md"}
)


def test_no_two_rules_have_the_same_number() -> None:
    digits = [number[1:] for number in NUMBERS]
    assert len(digits) == len(set(digits)) > 60


@pytest.mark.parametrize("folder", sorted({file.relative_to(ROOT).parts[0] for file in SOURCES}))
def test_each_rule_that_is_quoted_exists(folder: str) -> None:
    unknown = {
        f"{file.relative_to(ROOT)}: {number}"
        for file in SOURCES
        if file.relative_to(ROOT).parts[0] == folder
        for number in QUOTED.findall(file.read_text())
        if number not in NUMBERS
    }
    assert not unknown, "docs/rules.md has no such rule"
