"""The folders of the package follow the path of a request, and imports go in one direction along it."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = "django_parallel_routes"
ROOT = Path(__file__).resolve().parent.parent

LAYERS = (
    ("conf", "declarations", "values"),
    ("patterns", "urlconf", "matches", "resolvers"),
    ("protocol",),
    ("request",),
    ("planning",),
    ("instrumentation",),
    ("rendering",),
    ("http",),
    ("refresh", "respond", "middleware"),
    ("validation", "routes", ""),
    ("jinja", "templatetags"),
    ("client",),
    ("explain", "checks", "test", "panel", "management", "apps", "contrib"),
)
"""The modules in the order of a request; tools are last.

A module imports from its own layer and from earlier layers. ``routes`` comes late, because it passes the
class of the view to the resolvers.
"""


def modules() -> Iterator[tuple[str, Path]]:
    """Yield every module of the package, by its name without that of the package."""
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        parts = path.relative_to(ROOT / PACKAGE).with_suffix("").parts
        yield ".".join(part for part in parts if part != "__init__"), path


def imports(path: Path) -> Iterator[str]:
    """Yield the modules of the package that a module imports, at the top or in a function."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == PACKAGE:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}".removeprefix(f"{PACKAGE}.")
                yield inner if inner in NAMES else (node.module or "")[len(PACKAGE) + 1 :]


NAMES = dict(modules())
EDGES = [(name, wanted) for name, path in NAMES.items() for wanted in imports(path)]


def layer(module: str) -> int:
    return next(number for number, names in enumerate(LAYERS) if module.partition(".")[0] in names)


def test_each_module_stands_in_a_layer() -> None:
    for name in NAMES:
        assert layer(name) >= 0, name


def test_imports_go_one_way() -> None:
    """A request goes through declare, match, decide, render and answer; tools are outside of this path."""
    backwards = [
        f"{name} imports {wanted}" for name, wanted in EDGES if layer(wanted) > layer(name)
    ]
    assert backwards == []


def test_only_tests_and_explanations_use_the_model_of_the_script() -> None:
    users = {name.partition(".")[0] for name, wanted in EDGES if wanted.startswith("client")}
    assert users == {"client", "test", "explain"}


def test_no_module_knows_table_tracking() -> None:
    """A project opts in with a setting, and ``instrumentation.costs`` loads it by its name."""
    assert [name for name, wanted in EDGES if wanted.startswith("contrib")] == []


@pytest.mark.parametrize("folder", [PACKAGE, ".ci"])
def test_no_module_imports_itself_by_way_of_others(folder: str) -> None:
    if folder == PACKAGE:
        graph = {name: {to for one, to in EDGES if one == name and to != name} for name in NAMES}
    else:
        graph = dict(_scripts(ROOT / folder))
    while graph:
        free = {name for name, wanted in graph.items() if not wanted & graph.keys()}
        assert free, f"These import one another: {sorted(graph)}"
        graph = {name: wanted for name, wanted in graph.items() if name not in free}


def _scripts(folder: Path) -> Iterator[tuple[str, set[str]]]:
    """Yield each script of a folder, and the scripts beside it that it imports."""
    names = {path.stem for path in folder.glob("*.py")}
    for path in folder.glob("*.py"):
        tree = ast.walk(ast.parse(path.read_text()))
        found = {node.module for node in tree if isinstance(node, ast.ImportFrom)}
        yield path.stem, {name for name in found if name in names}


TESTED_ELSEWHERE = {
    "apps": "tests/checks/test_project.py",
    "declarations": "tests/test_routes.py",
    "respond": "tests/http/test_responses.py",
    "urlconf": "tests/checks/test_routes.py",
}
"""Modules that are tested through others."""


def test_the_tests_of_a_module_are_found_by_its_name() -> None:
    """Those of ``planning/plan.py`` are in ``tests/planning/``: ``test_plan.py``, ``test_plan_….py``.

    Tests of a subject that concerns several modules stand beside them.
    """
    lacking = set()
    for name, path in NAMES.items():
        folder = ROOT / "tests" / path.parent.relative_to(ROOT / PACKAGE)
        files = [*folder.glob(f"test_{path.stem}.py"), *folder.glob(f"test_{path.stem}_*.py")]
        if path.stem != "__init__" and not files:
            lacking.add(name)
    assert lacking == TESTED_ELSEWHERE.keys()
    assert all((ROOT / file).is_file() for file in TESTED_ELSEWHERE.values())


def test_the_package_can_be_imported_without_settings() -> None:
    """As with Django itself: a project's settings may import what they name."""
    environment = {
        key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"
    }
    code = [sys.executable, "-c", f"import {PACKAGE}.routes"]
    done = subprocess.run(code, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.stderr == ""


def test_types_are_checked_for_the_oldest_python() -> None:
    """The tests don't run with the oldest Python, but mypy knows which names it lacks."""
    settings = (ROOT / "pyproject.toml").read_text()
    oldest = re.findall(r'requires-python = ">=(.+)"', settings)
    assert oldest == re.findall(r'python_version = "(.+)"', settings)
