"""Reads from compiled templates what a layout or page prints: slots, scripts, and names of slots.

Nothing is rendered. A slot in a condition or a loop is printed "sometimes". Tags of other packages, and
templates whose name is a variable, may print anything: then the reading is not complete.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

from django.template import Context, Node
from django.template.base import TextNode, VariableNode
from django.template.library import InclusionNode, SimpleNode
from django.template.loader import get_template
from django.template.loader_tags import (
    BlockNode,
    ExtendsNode,
    IncludeNode,
    construct_relative_path,
)

from django_parallel_routes import jinja
from django_parallel_routes.declarations import CHILDREN

UNCONDITIONAL = {
    *("AutoEscapeControlNode", "CacheNode", "FilterNode", "LanguageNode", "LocalTimeNode"),
    *("SpacelessNode", "TimezoneNode", "WithNode"),
}
"""The nodes of Django's tags that always print their content."""

KNOWN = ("django.", "template_partials.", "django_htmx.", "django_parallel_routes.")
TARGET = re.compile(r"<\w[^>]*\sdata-pr-target=[\"']?([\w.]+)(?=[\"'\s>])")
MAY_LOAD = re.compile(r"media|script|asset|js|safe", re.IGNORECASE)
"""Matches a variable that may print scripts, wherever it stands."""
BETWEEN_TAGS_OF_HEAD = re.compile(
    r"<head\b(?!.*</head>).*(?<!<title)>\s*\Z", re.IGNORECASE | re.DOTALL
)
"""Matches the text before a variable that may print anything that stands in a ``<head>``."""
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
GAP = "\0"
"""Stands for what is not known before a request."""


@dataclass
class Reading:
    """What was read of a template, and of those that it extends and includes."""

    always: list[str] = field(default_factory=list)
    """The slots that it always prints, in their order."""
    sometimes: set[str] = field(default_factory=set)
    is_complete: bool = True
    """Whether it surely prints no other slots."""
    has_script: bool = False
    """Whether it has ``{% parallel_routes_script %}``."""
    may_have_htmx: bool = False
    """Whether it loads htmx, or may do so by a script, another library's tag, or a variable."""
    templates: list[str] = field(default_factory=list)
    text: str = ""
    certain: str = ""
    """The text that it always prints, with a ``GAP`` for the rest."""
    base: str = ""
    """The outermost template that it extends, or itself; ``GAP`` if only a request tells."""
    blocks: dict[str, int] = field(default_factory=dict)
    """The blocks that it prints, and where in the text each one begins."""
    filled: set[str] = field(default_factory=set)
    """The blocks of its base that it fills."""
    slot_ids: list[str] = field(default_factory=list)
    """The slots that ``{% slot_id %}`` always names."""
    has_other_slot: bool = False
    """Whether it has a ``{% slot %}`` of another library."""

    @property
    def prints(self) -> set[str]:
        return {*self.always, *self.sometimes}

    @property
    def named(self) -> list[str]:
        """The slots that it always names, by ``data-pr-target`` or ``{% slot_id %}``."""
        found = [*TARGET.findall(COMMENT.sub("", self.certain)), *self.slot_ids]
        return [name for name in dict.fromkeys(found) if name != "false"]

    def add_slot(self, name: str | None, is_certain: bool) -> None:
        if name is None:
            self.is_complete = False
        elif is_certain:
            self.always.append(name)
        else:
            self.sometimes.add(name)


def read(name: str | None, *, in_slot: bool = True) -> Reading | Exception | None:
    """Return what a template prints, or the exception if it is missing or broken."""
    if not name:
        return None
    reading = Reading()
    try:
        template: Any = get_template(name).template  # type: ignore[attr-defined]
        if hasattr(template, "nodelist"):
            _Reader(reading, template.engine, in_slot).template(template, is_certain=True)
        elif hasattr(template, "environment"):
            _read_jinja(reading, template.environment, name)
        else:  # Another template engine.
            return None
    except Exception as error:  # Also RecursionError. Rendering the template shows what is wrong.
        return error
    return reading


# --- Django's templates ---


@dataclass(frozen=True)
class _Scope:
    """What a node is in."""

    is_certain: bool
    """Whether it is always printed."""
    blocks: dict[str, list[BlockNode]] = field(default_factory=dict)
    """The blocks of each name, first those that replace the others."""
    replaced: Sequence[BlockNode] = ()
    """The blocks that ``{{ block.super }}`` prints."""


class _Reader:
    """Walks through the nodes of Django templates."""

    def __init__(self, reading: Reading, engine: Any, in_slot: bool) -> None:
        self.reading, self.engine, self.in_slot = reading, engine, in_slot

    def template(self, template: Any, *, is_certain: bool) -> None:
        """Read the outermost template that a template extends, with the blocks of all between."""
        scope, history = _Scope(is_certain), [template.origin]
        self.reading.templates.append(_name_of(template))
        while extends := next(
            (one for one in template.nodelist if isinstance(one, ExtendsNode)), None
        ):
            _add_blocks(scope, extends.blocks.values())
            name = _constant(extends.parent_name) or self.base_in_slot(extends.parent_name)
            if name is None:
                self.reading.is_complete = False
                self.reading.base = self.reading.base or GAP
                for chain in scope.blocks.values():
                    self.block(chain, replace(scope, is_certain=False))
                break
            template, origin = self.engine.find_template(name, skip=history)
            history.append(origin)
            self.reading.templates.append(_name_of(template))
        else:
            own = template.nodelist.get_nodes_by_type(BlockNode)
            if not self.reading.base:
                self.reading.base = _name_of(template)
                self.reading.filled = {str(one.name) for one in own} & scope.blocks.keys()
            _add_blocks(scope, own)
            self.nodes(template.nodelist, scope)

    def base_in_slot(self, expression: Any) -> str | None:
        """Return the template that a base extends if ``request.in_slot`` alone decides it."""
        if "in_slot" not in str(expression.token):
            return None
        request = SimpleNamespace(in_slot=self.in_slot)
        found = expression.resolve(Context({"request": request}), ignore_failures=True)
        return found if isinstance(found, str) else None

    def nodes(self, nodes: Iterable[Node], scope: _Scope) -> None:
        for node in nodes:
            if not isinstance(node, BlockNode):
                is_text = scope.is_certain and isinstance(node, TextNode)
                self.reading.certain += node.s if is_text else GAP  # type: ignore[attr-defined]
            self.node(node, scope)

    def block(self, chain: Sequence[BlockNode], scope: _Scope) -> None:
        self.nodes(chain[0].nodelist, replace(scope, replaced=chain[1:]))

    def node(self, node: Any, scope: _Scope) -> None:
        kind = type(node).__name__
        if isinstance(node, TextNode):
            self.reading.text += node.s
            self.reading.may_have_htmx |= "<script" in node.s.lower()
        elif isinstance(node, BlockNode):
            self.reading.blocks[str(node.name)] = len(self.reading.text)
            self.block(scope.blocks.get(str(node.name), [node]), scope)
        elif isinstance(node, VariableNode):
            variable = getattr(node.filter_expression.var, "var", "")
            self.reading.may_have_htmx |= bool(
                MAY_LOAD.search(str(node.filter_expression))
                or BETWEEN_TAGS_OF_HEAD.search(self.reading.text)
            )
            if variable == "block.super" and scope.replaced:
                self.block(scope.replaced, scope)
        elif isinstance(node, IncludeNode):
            self.include(_constant(node.template), node, is_certain=scope.is_certain)
        elif isinstance(node, InclusionNode):
            name = node.filename if isinstance(node.filename, str) else None
            self.include(name, node, is_certain=False)
        elif isinstance(node, SimpleNode):
            self.simple_tag(node, scope)
        elif kind in ("PartialNode", "RenderPartialNode"):
            partial = node.partial_mapping[node.partial_name]
            self.nodes(partial.nodelist, _Scope(scope.is_certain))
        elif kind not in ("PartialDefNode", "DefinePartialNode") or node.inline:
            self.other_tag(node, scope)

    def include(self, name: str | None, node: Any, *, is_certain: bool) -> None:
        if name is None:
            self.reading.is_complete = False
            return
        path: Any = construct_relative_path(node.origin.template_name, name)
        self.template(self.engine.get_template(path), is_certain=is_certain)

    def simple_tag(self, node: SimpleNode, scope: _Scope) -> None:
        """Read one of our tags, django-htmx's, or another simple tag, which can't print slots."""
        function: Any = node.func
        if function is jinja.slot:
            given = node.args[0] if node.args else node.kwargs.get("name")
            name = CHILDREN if given is None else _constant(given)
            self.reading.add_slot(name, scope.is_certain and node.target_var is None)
        elif function is jinja.slot_id:
            name = _constant(node.args[0]) if node.args else None
            if name is not None and scope.is_certain:
                self.reading.slot_ids.append(name)
        elif function is jinja.parallel_routes_script:
            self.reading.has_script = True
        elif not function.__module__.startswith("django."):
            self.reading.may_have_htmx = True

    def other_tag(self, node: Any, scope: _Scope) -> None:
        is_known = type(node).__module__.startswith(KNOWN)
        token = getattr(node, "token", None)
        self.reading.has_other_slot |= token is not None and token.contents.split()[0] == "slot"
        self.reading.is_complete &= is_known
        prints_all = type(node).__name__ in UNCONDITIONAL or hasattr(node, "partial_name")
        inner = replace(scope, is_certain=scope.is_certain and prints_all)
        for name in node.child_nodelists:
            self.nodes(getattr(node, name, None) or (), inner)


def _name_of(template: Any) -> str:
    return str(getattr(template.origin, "template_name", ""))


def _add_blocks(scope: _Scope, blocks: Iterable[BlockNode]) -> None:
    for block in blocks:
        scope.blocks.setdefault(str(block.name), []).append(block)


def _constant(expression: Any) -> str | None:
    """Return the string that an expression is, or ``None`` for a variable."""
    value: Any = expression.var
    return str(value) if isinstance(value, str) and not expression.filters else None


# --- Jinja2's templates ---


def _read_jinja(reading: Reading, environment: Any, name: str) -> None:
    """Read the syntax tree of a Jinja2 template; its slots all count as printed sometimes."""
    from jinja2 import nodes

    source = environment.loader.get_source(environment, name)[0]
    tree = environment.parse(source)
    reading.text += source
    reading.may_have_htmx = True  # Many expressions may print a script.
    reading.templates.append(name)
    reading.base = reading.base or name
    mentions = sum(one.name == "slot" for one in tree.find_all(nodes.Name))
    for call in tree.find_all(nodes.Call):
        function = getattr(call.node, "name", None)
        if function == "slot":
            mentions -= 1
            given = [*call.args, *(keyword.value for keyword in call.kwargs)]
            reading.add_slot(getattr(given[0], "value", None) if given else CHILDREN, False)
        reading.has_script |= function == "parallel_routes_script"
    reading.is_complete &= not mentions  # Else the function is passed to another, such as a macro.
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        inner = getattr(node.template, "value", None)
        if isinstance(node, nodes.Extends) and isinstance(inner, str) and reading.base == name:
            reading.base = inner
        if not isinstance(inner, str):
            reading.is_complete = False
        elif inner not in reading.templates:
            _read_jinja(reading, environment, inner)
