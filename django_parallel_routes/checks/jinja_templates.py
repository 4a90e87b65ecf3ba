"""Reads from Jinja2 templates what they print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django_parallel_routes import jinja
from django_parallel_routes.checks.reading import Reading
from django_parallel_routes.declarations import CHILDREN


def read_jinja(
    reading: Reading,
    environment: Any,
    name: str,
    seen: tuple[str, ...] = (),
    replaced: frozenset[str] = frozenset(),
) -> None:
    """Read the syntax tree of a Jinja2 template; its slots all count as printed sometimes.

    ``replaced`` are the blocks that the templates which extend it print instead of its own.
    """
    from jinja2 import nodes

    source = environment.loader.get_source(environment, name)[0]
    tree = environment.parse(source)
    reading.text += source
    reading.templates.append(name)
    reading.base = reading.base or name
    called: set[int] = set()
    for node in _printed(tree, replaced):
        if isinstance(node, nodes.Call):
            called.add(id(node.node))
            _read_call(reading, node)
        elif isinstance(node, nodes.Name):
            if node.name == "slot" and id(node) not in called:  # It is passed to a function.
                reading.is_complete = False
        elif isinstance(node, (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
            inner = getattr(node.template, "value", None)
            if not isinstance(inner, str):
                reading.is_complete = False
            elif inner not in (*seen, name):
                is_base = isinstance(node, nodes.Extends)
                if is_base and reading.base == name:
                    reading.base = inner
                blocks = replaced | _blocks_without_super(tree) if is_base else frozenset()
                read_jinja(reading, environment, inner, (*seen, name), blocks)


def _read_call(reading: Reading, call: Any) -> None:
    function = getattr(call.node, "name", None)
    if function == "slot":
        given = [*call.args, *(keyword.value for keyword in call.kwargs)]
        reading.add_slot(getattr(given[0], "value", None) if given else CHILDREN, False)
    elif function == "parallel_routes_script":
        reading.has_script = True
    elif function not in jinja.GLOBALS:
        reading.may_load_htmx = True


def _printed(node: Any, replaced: frozenset[str]) -> Iterator[Any]:
    """Yield the nodes of a syntax tree, parents first, without blocks that other templates replace."""
    from jinja2 import nodes

    for child in node.iter_child_nodes():
        if not (isinstance(child, nodes.Block) and child.name in replaced):
            yield child
            yield from _printed(child, replaced)


def _blocks_without_super(tree: Any) -> frozenset[str]:
    """Return the blocks of a template that do not print what they replace."""
    from jinja2 import nodes

    return frozenset(
        block.name
        for block in tree.find_all(nodes.Block)
        if all(name.name != "super" for name in block.find_all(nodes.Name))
    )
