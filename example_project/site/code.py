"""Finds the code of a card: the lines of its slot in a ``urls.py``, its view, and its template."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import dedent

PROJECT = Path(__file__).parents[1]
APPS = ("dashboard", "gallery", "status")


@dataclass(frozen=True)
class Excerpt:
    """Some lines of a file."""

    title: str
    file: str
    line: int
    text: str

    @classmethod
    def of(cls, title: str, path: Path, node: ast.stmt | ast.keyword) -> Excerpt:
        """Return the lines of a statement, or of an argument."""
        lines = path.read_text().splitlines(keepends=True)[node.lineno - 1 : node.end_lineno]
        file = path.relative_to(PROJECT.parent).as_posix()
        return cls(title, file, node.lineno, dedent("".join(lines)))


@cache
def excerpts(template: str) -> list[Excerpt]:
    """Return the slot that shows a template, the views that render it, and the template."""
    app = template.partition("/")[0]
    if app not in APPS:
        return []
    found, names = [], [re.escape(f'"{template}"')]
    for path in [*sorted((PROJECT / app).glob("**/views*/*.py")), PROJECT / app / "views.py"]:
        for node in _naming(path, names[:1]):
            found.append(Excerpt.of("The view", path, node))
            names.append(rf"\b{path.stem}\.{getattr(node, 'name', '')}\b")
    urls = PROJECT / app / "urls.py"
    declared = _naming(urls, names[1:] or names, in_slots=True) or _naming(urls, names)
    found[:0] = [Excerpt.of("The slot", urls, node) for node in declared[:1]]
    return [*found, _template(PROJECT / app / "templates" / template)] if found else []


def _template(path: Path) -> Excerpt:
    """Return a whole template. Its path is safe: the code contains it, and not only the URL."""
    return Excerpt(
        "The template", path.relative_to(PROJECT.parent).as_posix(), 1, path.read_text()
    )


def _naming(
    path: Path, names: Iterable[str], *, in_slots: bool = False
) -> list[ast.stmt | ast.keyword]:
    """Return the statements of a file that contain one of these names, or the arguments of ``slots()``.

    The shortest are first.
    """
    if not path.exists():
        return []
    source = path.read_text()
    tree = ast.parse(source)
    nodes: list[ast.stmt | ast.keyword] = list(tree.body)
    if in_slots:
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        nodes = [
            one for call in calls if ast.unparse(call.func) == "slots" for one in call.keywords
        ]
    found = [
        (len(text), index)
        for index, node in enumerate(nodes)
        if re.search("|".join(names), text := ast.get_source_segment(source, node) or "")
    ]
    return [nodes[index] for _, index in sorted(found)]
