"""Reads from compiled templates what a layout or page prints: slots, scripts, and names of slots.

Nothing is rendered. A slot in a condition or a loop is printed "sometimes". Tags of other packages, and
templates whose name is a variable, may print anything: then the reading is not complete.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

from django.template import Context, Node, TemplateDoesNotExist, TemplateSyntaxError
from django.template.base import TextNode, VariableNode
from django.template.library import InclusionNode, SimpleNode
from django.template.loader import get_template
from django.template.loader_tags import (
    BlockNode,
    ExtendsNode,
    IncludeNode,
    construct_relative_path,
)
from django.templatetags.static import StaticNode
from django.views.generic import RedirectView

from django_parallel_routes import jinja
from django_parallel_routes.checks.jinja_templates import read_jinja
from django_parallel_routes.checks.reading import GAP, Reading
from django_parallel_routes.declarations import CHILDREN, TemplateView, View
from django_parallel_routes.rendering.tag_clashes import OF_SLOTS

UNCONDITIONAL = {
    *("AutoEscapeControlNode", "CacheNode", "FilterNode", "LanguageNode", "LocalTimeNode"),
    *("SpacelessNode", "TimezoneNode", "WithNode"),
}
"""The nodes of Django's tags that always print their content."""

KNOWN = ("django.", "template_partials.", "django_htmx.", "django_parallel_routes.")
MAX_DEPTH = 20
"""How deep templates may include one another; a recursive one has no end."""


# --- Views and their templates ---


def option_of(view: Any, name: str) -> Any:
    """Return an attribute of a class-based view, or what ``as_view()`` was given for it."""
    given = getattr(view, "view_initkwargs", {})
    return given.get(name, getattr(getattr(view, "view_class", None), name, None))


def takes_forms(view: Any) -> bool:
    """Tell whether a view takes forms, by its methods or its code."""
    view_class: Any = getattr(view, "view_class", None)
    if view_class:
        is_own = getattr(view_class, "post", RedirectView.post) is not RedirectView.post
        return is_own and "post" in option_of(view, "http_method_names")
    code = getattr(inspect.unwrap(view), "__code__", None)
    return code is not None and "POST" in code.co_names


def template_of(view: View) -> str | None:
    """Return the template of a layout or page: of a template name, or of a generic view."""
    if isinstance(view, TemplateView):
        return view.template_name
    view_class: Any = getattr(view, "view_class", None)
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


def reading_of(view: View, *, in_slot: bool = True) -> Reading | None:
    """Return what a view's template prints, or ``None`` if it is not known or broken.

    A template may print something else ``in_slot``, that is for a slot, than as a document.
    """
    found = read(template_of(view), in_slot=in_slot)
    return found if isinstance(found, Reading) else None


def is_missing(view: View) -> bool:
    """Tell whether a view is the name of a template that does not exist."""
    found = read(view.template_name) if isinstance(view, TemplateView) else None
    # The name is that of an included template if that is missing, which may be right in a condition.
    return isinstance(found, TemplateDoesNotExist) and str(found) == template_of(view)


def has_clash(view: View, slots: Iterable[str]) -> bool:
    """Tell whether a layout's template has the ``slot`` tag of another library, where it wants ours.

    If it prints all ``slots``, the other tag is what it wants, for example in an included template.
    """
    found = read(template_of(view))
    if isinstance(found, Reading):
        return found.has_other_slot and not found.prints.issuperset(slots)
    return isinstance(found, TemplateSyntaxError) and bool(OF_SLOTS.search(str(found)))


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
            read_jinja(reading, template.environment, name)
        else:  # Another template engine.
            return None
    except Exception as error:  # Rendering a broken template shows what is wrong with it.
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
        self.depth = 0

    def template(self, template: Any, *, is_certain: bool) -> None:
        """Read the outermost template that a template extends, with the blocks of all between."""
        if self.depth == MAX_DEPTH:
            self.reading.is_complete = False
            return
        self.depth += 1
        scope, history = _Scope(is_certain), [template.origin]
        self.add_name(template)
        while extends := next(
            (one for one in template.nodelist if isinstance(one, ExtendsNode)), None
        ):
            _add_blocks(scope, extends.blocks.values())
            name = _constant(extends.parent_name) or self.decided(extends.parent_name)
            if name is None:
                self.reading.is_complete = False
                self.reading.base = self.reading.base or GAP
                for chain in scope.blocks.values():
                    self.block(chain, replace(scope, is_certain=False))
                break
            template, origin = self.engine.find_template(name, skip=history)
            history.append(origin)
            self.add_name(template)
        else:
            own = template.nodelist.get_nodes_by_type(BlockNode)
            if not self.reading.base:
                self.reading.base = self.name_of(template)
                self.reading.filled = {str(one.name) for one in own} & scope.blocks.keys()
            _add_blocks(scope, own)
            self.nodes(template.nodelist, scope)
        self.depth -= 1

    def decided(self, expression: Any) -> str | None:
        """Return the template that a base extends if ``request.in_slot`` alone decides it."""
        if "in_slot" not in str(expression.token):
            return None
        request = SimpleNamespace(in_slot=self.in_slot)
        found = expression.resolve(Context({"request": request}), ignore_failures=True)
        return found if isinstance(found, str) else None

    def add_name(self, template: Any) -> None:
        self.reading.templates.append(self.name_of(template))

    def name_of(self, template: Any) -> str:
        return str(getattr(template.origin, "template_name", ""))

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
        elif isinstance(node, BlockNode):
            self.reading.blocks[str(node.name)] = len(self.reading.text)
            self.block(scope.blocks.get(str(node.name), [node]), scope)
        elif isinstance(node, VariableNode):
            variable = getattr(node.filter_expression.var, "var", "")
            if variable == "block.super" and scope.replaced:
                self.block(scope.replaced, scope)
        elif isinstance(node, IncludeNode):
            self.include(_constant(node.template), node, is_certain=scope.is_certain)
        elif isinstance(node, InclusionNode):
            name = node.filename if isinstance(node.filename, str) else None
            self.include(name, node, is_certain=False)
        elif isinstance(node, SimpleNode):
            self.simple_tag(node, scope)
        elif isinstance(node, StaticNode):
            path = _constant(node.path) or ""
            self.reading.has_script |= path.endswith(
                ("parallel-routes.js", "parallel-routes.min.js")
            )
            self.reading.may_load_htmx = True
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
        elif function not in jinja.GLOBALS.values():
            self.reading.may_load_htmx = True

    def other_tag(self, node: Any, scope: _Scope) -> None:
        is_known = type(node).__module__.startswith(KNOWN)
        token = getattr(node, "token", None)
        self.reading.has_other_slot |= token is not None and token.contents.split()[0] == "slot"
        self.reading.is_complete &= is_known
        prints_all = type(node).__name__ in UNCONDITIONAL or hasattr(node, "partial_name")
        inner = replace(scope, is_certain=scope.is_certain and prints_all)
        for name in node.child_nodelists:
            self.nodes(getattr(node, name, None) or (), inner)


def _add_blocks(scope: _Scope, blocks: Iterable[BlockNode]) -> None:
    for block in blocks:
        scope.blocks.setdefault(str(block.name), []).append(block)


def _constant(expression: Any) -> str | None:
    """Return the string that an expression is, or ``None`` for a variable."""
    value: Any = expression.var
    return str(value) if isinstance(value, str) and not expression.filters else None
