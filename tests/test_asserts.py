"""Every test can fail: it has an ``assert``, expects an exception, or calls a helper that asserts.

Such a helper says so by its name, and has to keep its word: ``assert_…()``, ``expect_…()``, ``must_…()``.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = [
    *(
        file
        for file in sorted((ROOT / "tests").rglob("*.py"))
        if "typed_project" not in file.parts
    ),
    *sorted((ROOT / "example_project" / "tests").glob("*.py")),
]

PREFIXES = ("assert", "_assert", "expect_", "must_")
OF_OTHERS = {"raises", "warns", "fail", "expect", "run_state_machine_as_test"}
NO_CLAIM = {"expect_noise", "expect_download", "expect_popup", "expect_page", "expect_event"}
"""Names that begin so and assert nothing: Playwright's, which wait, and one that allows a message."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(call: ast.Call) -> str:
    called = call.func
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def claims(name: str) -> bool:
    return (name.startswith(PREFIXES) and name not in NO_CLAIM) or name in OF_OTHERS


def can_fail(function: Function) -> bool:
    """Tell whether something in a function is there to fail."""
    return any(
        isinstance(node, (ast.Assert, ast.Raise))
        or (isinstance(node, ast.Call) and claims(name_of(node)))
        for node in ast.walk(function)
    )


def without_a_claim(source: str) -> list[str]:
    """The tests, and the helpers named as if they asserted, in which nothing can fail."""
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, Function)
        and (node.name.startswith("test_") or claims(node.name))
        and not any("fixture" in ast.unparse(decorator) for decorator in node.decorator_list)
        and not can_fail(node)
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_each_test_and_each_helper_that_says_so_can_fail(file: Path) -> None:
    assert without_a_claim(file.read_text()) == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("client.get('/')", ["test_it"]),
        ("screen.expect_noise('404')", ["test_it"]),
        ("shows(screen)", ["test_it"]),
        ("assert client.get('/')", []),
        ("assert_shows(screen)", []),
        ("screen.assert_shows(side='x')", []),
        ("with pytest.raises(ValueError): int('x')", []),
    ],
)
def test_a_test_in_which_nothing_can_fail_is_found(body: str, found: list[str]) -> None:
    assert without_a_claim(f"def test_it():\n    {body}") == found
