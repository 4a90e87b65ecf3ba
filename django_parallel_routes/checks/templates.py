"""Reads what a view prints from its compiled templates: slots, scripts, and names of slots.

Nothing is called or rendered. A slot in a condition or a loop is printed "sometimes". Tags of other
packages, and templates whose name is a variable, may print anything: then the reading is not complete.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from types import CodeType, SimpleNamespace
from typing import Any

from django.template import Context, Node, TemplateSyntaxError
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
from django_parallel_routes.declarations import CHILDREN, Part, View
from django_parallel_routes.matches import TemplateView
from django_parallel_routes.rendering.markup import is_document, part_of

CONDITIONAL = ("ForNode", "IfChangedNode", "IfNode")
"""The nodes of Django's tags that may not print their content."""

KNOWN = ("django.", "template_partials.", "django_htmx.", "django_parallel_routes.")
"""The packages whose tags print no slots, except ours."""

TARGET = re.compile(r"<\w[^>]*\sdata-pr-target=[\"']?([\w.]+)(?=[\"'\s>])")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
OF_SLOTS = re.compile(r"\b(end)?slot\b|\bSlotNode\b")
TEMPLATE_NAME = re.compile(r"[\w./-]+\.html", re.ASCII)
GAP = "\0"
"""Stands for text that is not known before a request."""


@dataclass(frozen=True)
class _Scope:
    """Where a node stands in its template."""

    is_certain: bool = True
    """Whether the node is always printed."""
    blocks: dict[str, list[BlockNode]] = field(default_factory=dict)
    """The blocks of each name; the first replaces the others."""
    replaced: Sequence[BlockNode] = ()
    """The blocks that ``{{ block.super }}`` prints."""


@dataclass
class Reading:
    """What was read in a template, and in the templates that it extends and includes."""

    engine: Any
    in_slot: bool
    """Whether the template is read as the page of a slot, or as a document."""
    always: set[str] = field(default_factory=set)
    """The slots that it always prints."""
    twice: set[str] = field(default_factory=set)
    """The slots that it always prints more than once."""
    sometimes: set[str] = field(default_factory=set)
    is_complete: bool = True
    """Whether the template surely prints no other slots."""
    has_script: bool = False
    """Whether it has ``{% parallel_routes_script %}``."""
    text: str = ""
    certain: str = ""
    """The text that it always prints, with a ``GAP`` in place of other output."""
    base: str = ""
    """The outermost template that it extends, or its own name; ``GAP`` if only a request tells."""
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
        return self.always | self.sometimes

    @property
    def named(self) -> list[str]:
        """The slots that it always names, by ``data-pr-target`` or ``{% slot_id %}``."""
        found = [*TARGET.findall(COMMENT.sub("", self.certain)), *self.slot_ids]
        return [name for name in dict.fromkeys(found) if name != "false"]

    def read(self, template: Any, *, is_certain: bool = True) -> None:
        """Read a template: the outermost template that it extends, with the blocks that it fills."""
        scope, history = _Scope(is_certain), [template.origin]
        while bases := [one for one in template.nodelist if isinstance(one, ExtendsNode)]:
            _add_blocks(scope, bases[0].blocks.values())
            name = self._base(bases[0].parent_name)
            if name is None:
                self.is_complete, self.base = False, self.base or GAP
                for chain in scope.blocks.values():
                    self._block(chain, replace(scope, is_certain=False))
                return
            template, origin = self.engine.find_template(name, skip=history)
            history.append(origin)
        own = template.nodelist.get_nodes_by_type(BlockNode)
        if not self.base:
            self.base = str(template.origin.template_name)
            self.filled = {str(one.name) for one in own} & scope.blocks.keys()
        _add_blocks(scope, own)
        self._nodes(template.nodelist, scope)

    def _base(self, expression: Any) -> str | None:
        """Return the template that ``{% extends %}`` names, or that ``request.in_slot`` decides."""
        if "in_slot" not in str(expression.token):
            return _constant(expression)
        request = SimpleNamespace(in_slot=self.in_slot)
        found = expression.resolve(Context({"request": request}), ignore_failures=True)
        return found if isinstance(found, str) else None

    def _nodes(self, nodes: Iterable[Node], scope: _Scope) -> None:
        for node in nodes:
            if not isinstance(node, BlockNode):
                is_text = scope.is_certain and isinstance(node, TextNode)
                self.certain += node.s if is_text else GAP  # type: ignore[attr-defined]
            self._node(node, scope)

    def _block(self, chain: Sequence[BlockNode], scope: _Scope) -> None:
        self._nodes(chain[0].nodelist, replace(scope, replaced=chain[1:]))

    def _node(self, node: Any, scope: _Scope) -> None:
        kind = type(node).__name__
        if isinstance(node, TextNode):
            self.text += node.s
        elif isinstance(node, BlockNode):
            self.blocks[str(node.name)] = len(self.text)
            self._block(scope.blocks.get(str(node.name), [node]), scope)
        elif isinstance(node, VariableNode):
            variable = getattr(node.filter_expression.var, "var", "")
            if variable == "block.super" and scope.replaced:
                self._block(scope.replaced, scope)
        elif isinstance(node, IncludeNode):
            self._include(_constant(node.template), node, scope)
        elif isinstance(node, InclusionNode):
            self.has_other_slot |= _is_slot(node)
            self._include(node.filename, node, scope)
        elif isinstance(node, SimpleNode) and not hasattr(node, "nodelist"):
            self._simple_tag(node, scope)
        elif kind in ("PartialNode", "RenderPartialNode"):
            partial = node.partial_mapping[node.partial_name]
            self._nodes(partial.nodelist, _Scope(scope.is_certain))
        elif kind not in ("PartialDefNode", "DefinePartialNode") or node.inline:
            self._other_tag(node, scope)

    def _include(self, name: Any, node: Any, scope: _Scope) -> None:
        if not isinstance(name, str):
            self.is_complete = False
            return
        path: Any = construct_relative_path(node.origin.template_name, name)
        self.read(self.engine.get_template(path), is_certain=scope.is_certain)

    def _simple_tag(self, node: SimpleNode, scope: _Scope) -> None:
        """Read one of our tags, or another simple tag, which can't print slots."""
        function: Any = node.func
        if function is jinja.slot:
            given = node.args[0] if node.args else node.kwargs.get("name")
            name = CHILDREN if given is None else _constant(given)
            is_certain = scope.is_certain and node.target_var is None
            if name is None:
                self.is_complete = False
            elif is_certain:
                (self.twice if name in self.always else self.always).add(name)
            else:
                self.sometimes.add(name)
        elif function is jinja.slot_id:
            name = _constant(node.args[0]) if node.args else None
            if name is not None and scope.is_certain:
                self.slot_ids.append(name)
        elif function is jinja.parallel_routes_script:
            self.has_script = True
        else:
            self.has_other_slot |= _is_slot(node)

    def _other_tag(self, node: Any, scope: _Scope) -> None:
        self.has_other_slot |= _is_slot(node)
        is_known = type(node).__module__.startswith(KNOWN)
        self.is_complete &= is_known
        prints_all = is_known and type(node).__name__ not in CONDITIONAL
        inner = replace(scope, is_certain=scope.is_certain and prints_all)
        for name in node.child_nodelists or ("nodelist",):
            self._nodes(getattr(node, name, None) or (), inner)


def read(name: str, *, in_slot: bool = True) -> Reading | Exception | None:
    """Return what a Django template prints, or the exception if it is missing or broken.

    A template may print something else ``in_slot``, that is for a slot, than as a document.
    """
    try:
        template: Any = get_template(name).template  # type: ignore[attr-defined]
        if not hasattr(template, "nodelist"):  # It is a template of another engine.
            return None
        reading = Reading(template.engine, in_slot)
        reading.read(template)
    except Exception as error:  # Also RecursionError. Rendering the template shows what is wrong.
        return error
    return reading


def _add_blocks(scope: _Scope, blocks: Iterable[BlockNode]) -> None:
    for block in blocks:
        scope.blocks.setdefault(str(block.name), []).append(block)


def _is_slot(node: Any) -> bool:
    """Tell whether a tag is called ``slot``."""
    token = getattr(node, "token", None)
    return token is not None and token.contents.split()[0] == "slot"


def _constant(expression: Any) -> str | None:
    """Return the string that an expression is, or ``None`` for a variable."""
    value: Any = expression.var
    return str(value) if isinstance(value, str) and not expression.filters else None


# --- The templates of a view ---


def class_of(view: Any) -> Any:
    """Return the class of which ``as_view()`` has made a view, or ``None``."""
    return getattr(view, "view_class", None)


def option_of(view: Any, name: str) -> Any:
    """Return an attribute of a class-based view, or the value that ``as_view()`` was given."""
    given = getattr(view, "view_initkwargs", {})
    return given.get(name, getattr(class_of(view), name, None))


def template_of(view: View) -> str | None:
    """Return the template of a layout or page that is given as a template name or a generic view."""
    if isinstance(view, TemplateView):
        return view.template_name
    view_class = class_of(view)
    for name in ("get_template_names", "render_to_response"):
        method = getattr(view_class, name, None)
        if not getattr(method, "__module__", "").startswith("django.views.generic."):
            return None
    found: Any = option_of(view, "template_name") or _default_template(view)
    return found if isinstance(found, str) else None


def _default_template(view: View) -> str | None:
    """Return the template that a generic view makes of its model's name: ``shop/item_list.html``."""
    queryset, suffix = option_of(view, "queryset"), option_of(view, "template_name_suffix")
    model = getattr(queryset, "model", None) or option_of(view, "model")
    options = getattr(model, "_meta", None)
    if options is None or suffix is None or option_of(view, "template_name_field"):
        return None
    return f"{options.app_label}/{options.model_name}{suffix}.html"


def has_clash(view: View, slots: Iterable[str]) -> bool:
    """Tell whether a layout's template uses the ``slot`` tag of another library by mistake.

    It is no mistake if the template prints all ``slots``: an included template may need the other tag.
    """
    found = read(template_of(view) or "")
    if isinstance(found, Reading):
        return found.has_other_slot and not found.prints.issuperset(slots)
    return isinstance(found, TemplateSyntaxError) and bool(OF_SLOTS.search(str(found)))


def is_whole(reading: Reading, part: Part) -> bool:
    """Tell whether a template prints a whole document, of which the slot declares no part."""
    has_element = bool(part.elements) and part_of(reading.text, part.elements) is not None
    has_part = has_element or not reading.blocks.keys().isdisjoint(part.blocks)
    return is_document(reading.text) and not has_part


def readings_of(view: View, *, in_slot: bool = True) -> dict[str, Reading]:
    """Return readings of the templates that a view may render, by name: for a slot, or as a document."""
    if "get" not in (option_of(view, "http_method_names") or ["get"]):  # LogoutView has no GET.
        return {}
    found = {name: read(name, in_slot=in_slot) for name in _templates_of(view)}
    return {name: one for name, one in found.items() if isinstance(one, Reading)}


def _templates_of(view: View) -> list[str]:
    """Return the templates of a view: that of a generic view, else the templates that its code names."""
    if known := template_of(view):
        return [known]
    view_class = class_of(view)
    if view_class is None:
        return list(_names_in(view))
    own = [one for one in view_class.__mro__ if not one.__module__.startswith("django.views.")]
    methods = [
        method for one in own for method in vars(one).values() if inspect.isfunction(method)
    ]
    named = option_of(view, "template_name")
    names = [named] if isinstance(named, str) else []
    return names + [name for method in methods for name in _names_in(method)]


def _names_in(function: Any) -> Iterator[str]:
    """Yield the names of templates that are constants of a function's code."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    constants = list(code.co_consts) if code else []
    while constants:
        one = constants.pop(0)
        if isinstance(one, CodeType):
            constants += one.co_consts
        elif isinstance(one, tuple):
            constants += one
        elif isinstance(one, str) and TEMPLATE_NAME.fullmatch(one):
            yield one
