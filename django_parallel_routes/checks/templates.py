"""What a layout prints, read off its compiled template: which slots, and where nobody can know.

Nothing is rendered. What stands in a condition or a loop is printed sometimes; what a tag of somebody
else's prints, or a template whose name is a variable, is not known, and then the reading is not complete.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from typing import Any

from django.template import Node, TemplateDoesNotExist, TemplateSyntaxError
from django.template.base import TextNode, VariableNode
from django.template.defaulttags import (
    AutoEscapeControlNode,
    FilterNode,
    SpacelessNode,
    WithNode,
)
from django.template.library import InclusionNode, SimpleNode
from django.template.loader import get_template
from django.template.loader_tags import (
    BlockNode,
    ExtendsNode,
    IncludeNode,
    construct_relative_path,
)
from django.templatetags.cache import CacheNode
from django.templatetags.i18n import LanguageNode
from django.templatetags.static import StaticNode
from django.templatetags.tz import LocalTimeNode, TimezoneNode

from django_parallel_routes import jinja
from django_parallel_routes.declarations import CHILDREN, TemplateView, View

UNCONDITIONAL = (
    AutoEscapeControlNode,
    CacheNode,
    FilterNode,
    LanguageNode,
    LocalTimeNode,
    SpacelessNode,
    TimezoneNode,
    WithNode,
)
"""Tags that print what is in them, whatever the context."""

KNOWN = ("django.", "template_partials.", "django_htmx.", "django_parallel_routes.")
DIALOG = re.compile(r"<dialog\b[^>]*\sdata-pr-modal\b", re.IGNORECASE)
GAP = "\0"
"""What stands in a text for what is not known, or not printed in any case."""
DEPTH = 20
"""How deep templates may include one another; some do so without an end."""


class Reading:
    """What has been read of one template, and of those that it extends and includes."""

    def __init__(self) -> None:
        self.always: list[str] = []
        """The slots that it prints in any case, in that order."""
        self.sometimes: set[str] = set()
        self.is_complete = True
        """Whether all is known that it may print of slots."""
        self.has_script = False
        self.may_load_htmx = False
        self.templates: list[str] = []
        self.text = ""
        self.certain = ""
        """The text that it prints in any case."""
        self.identified: list[str] = []
        """The slots that ``{% slot_id %}`` names in any case."""

    @property
    def prints(self) -> set[str]:
        return {*self.always, *self.sometimes}

    @property
    def is_modal(self) -> bool:
        return bool(DIALOG.search(self.text))

    @property
    def named(self) -> list[str]:
        """The slots that it names in any case, by ``data-pr-target`` or ``{% slot_id %}``."""
        parser = _Targets()
        parser.feed(self.certain)
        return list(dict.fromkeys([*parser.found, *self.identified]))

    def slot(self, name: str | None, is_certain: bool) -> None:
        if name is None:
            self.is_complete = False
        elif is_certain:
            self.always.append(name)
        else:
            self.sometimes.add(name)


class _Targets(HTMLParser):
    """Finds the names in ``data-pr-target`` attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = dict(attrs).get("data-pr-target", "false") or ""
        if name != "false" and GAP not in name:
            self.found.append(name)


def template_of(view: View) -> str | None:
    """Return the template of a layout or page, if it is a template name, or a generic view with one."""
    if isinstance(view, TemplateView):
        return view.template_name
    view_class: Any = getattr(view, "view_class", None)
    for name in ("get_template_names", "render_to_response"):
        method = getattr(view_class, name, None)
        if not getattr(method, "__module__", "").startswith("django.views.generic."):
            return None
    given = getattr(view, "view_initkwargs", {})
    named = given.get("template_name") or view_class.template_name
    found: Any = named or _usual_name(view_class, given)
    return found if isinstance(found, str) else None


def _usual_name(view_class: Any, given: Mapping[str, Any]) -> str | None:
    """Return the template that a generic view of a model takes by itself: ``shop/item_list.html``."""

    def option(name: str) -> Any:
        return given.get(name, getattr(view_class, name, None))

    queryset, suffix = option("queryset"), option("template_name_suffix")
    options = getattr(getattr(queryset, "model", None) or option("model"), "_meta", None)
    if options is None or suffix is None or option("template_name_field"):
        return None
    return f"{options.app_label}/{options.model_name}{suffix}.html"


def reading_of(view: View) -> Reading | None:
    """Return what a view's template prints, or ``None`` if it is not known, or broken."""
    name = template_of(view)
    found = _read(name) if name else None
    return found if isinstance(found, Reading) else None


def is_missing(view: View) -> bool:
    """Tell whether a view is the name of a template that there is not."""
    found = _read(view.template_name) if isinstance(view, TemplateView) else None
    # What it extends or includes may be missing, too, and then be a matter of a condition.
    return isinstance(found, TemplateDoesNotExist) and str(found) == template_of(view)


def lacks_django_htmx(view: View) -> bool:
    """Tell whether a view's template can't be compiled, since it loads django-htmx's tags."""
    name = template_of(view)
    found = _read(name) if name else None
    return isinstance(found, TemplateSyntaxError) and "'django_htmx' is not a reg" in str(found)


def _read(name: str) -> Reading | Exception:
    try:
        template: Any = get_template(name)
        reading = Reading()
        if hasattr(template.template, "nodelist"):
            _Reader(reading, template.template.engine).template(template.template, True)
        elif hasattr(template.template, "environment"):
            _read_jinja(reading, template.template.environment, name)
        else:  # another template engine
            return LookupError(name)
    except Exception as error:  # of a broken template: whoever renders it will see it
        return error
    return reading


class _Reader:
    """Walks through the nodes of Django templates."""

    def __init__(self, reading: Reading, engine: Any) -> None:
        self.reading = reading
        self.engine = engine
        self.depth = 0

    def template(self, template: Any, is_certain: bool) -> None:
        """Read a template: the outermost one that it extends, with the blocks of all."""
        if self.depth == DEPTH:
            self.reading.is_complete = False
            return
        self.depth += 1
        blocks: dict[str, list[BlockNode]] = {}
        history = [template.origin]
        self._note(template)
        while extends := next(
            (node for node in template.nodelist if isinstance(node, ExtendsNode)), None
        ):
            _add_blocks(blocks, extends.blocks.values())
            name = _constant(extends.parent_name)
            if name is None:
                self.reading.is_complete = False
                for chain in blocks.values():
                    self.nodes(chain[0].nodelist, blocks, chain[1:], False)
                break
            template, origin = self.engine.find_template(name, skip=history)
            history.append(origin)
            self._note(template)
        else:
            _add_blocks(blocks, template.nodelist.get_nodes_by_type(BlockNode))
            self.nodes(template.nodelist, blocks, [], is_certain)
        self.depth -= 1

    def nodes(
        self,
        nodes: Iterable[Node],
        blocks: dict[str, list[BlockNode]],
        supers: Sequence[BlockNode],
        is_certain: bool,
    ) -> None:
        for node in nodes:
            self.node(node, blocks, supers, is_certain)

    def node(
        self,
        node: Any,
        blocks: dict[str, list[BlockNode]],
        supers: Sequence[BlockNode],
        is_certain: bool,
    ) -> None:
        """Read one node; ``supers`` are the blocks that ``{{ block.super }}`` would print."""
        kind = type(node).__name__
        if not isinstance(node, BlockNode):
            is_text = is_certain and isinstance(node, TextNode)
            self.reading.certain += node.s if is_text else GAP
        if isinstance(node, TextNode):
            self.reading.text += node.s
        elif isinstance(node, BlockNode):
            chain = blocks.get(node.name, [node])
            self.nodes(chain[0].nodelist, blocks, chain[1:], is_certain)
        elif isinstance(node, VariableNode):
            variable = getattr(node.filter_expression.var, "var", "")
            if variable == "block.super" and supers:
                self.nodes(supers[0].nodelist, blocks, supers[1:], is_certain)
        elif isinstance(node, IncludeNode):
            self.include(_constant(node.template), node, is_certain)
        elif isinstance(node, InclusionNode):
            self.include(node.filename if isinstance(node.filename, str) else None, node, False)
        elif isinstance(node, SimpleNode):
            self.tag(node, is_certain)
        elif isinstance(node, StaticNode):
            path = _constant(node.path) or ""
            self.reading.has_script |= path.endswith("parallel-routes.js")
            self.reading.may_load_htmx = True
        elif kind in ("PartialNode", "RenderPartialNode"):
            partial = node.partial_mapping[node.partial_name]
            self.nodes(partial.nodelist, {}, [], is_certain)
        elif kind not in ("PartialDefNode", "DefinePartialNode") or node.inline:
            self.other(node, blocks, supers, is_certain)

    def include(self, name: str | None, node: Any, is_certain: bool) -> None:
        if name is None:
            self.reading.is_complete = False
            return
        path: Any = construct_relative_path(node.origin.template_name, name)
        self.template(self.engine.get_template(path), is_certain)

    def tag(self, node: SimpleNode, is_certain: bool) -> None:
        """Read a simple tag: ours, django-htmx's, or one that is taken for a tag without slots."""
        function: Any = node.func
        if function is jinja.slot:
            given = node.args[0] if node.args else node.kwargs.get("name")
            name = CHILDREN if given is None else _constant(given)
            self.reading.slot(name, is_certain and node.target_var is None)
        elif function is jinja.slot_id:
            name = _constant(node.args[0]) if node.args else None
            if name is not None and is_certain:
                self.reading.identified.append(name)
        elif function is jinja.parallel_routes_script:
            self.reading.has_script = True
        elif function not in jinja.GLOBALS.values():
            self.reading.may_load_htmx = True

    def other(
        self,
        node: Any,
        blocks: dict[str, list[BlockNode]],
        supers: Sequence[BlockNode],
        is_certain: bool,
    ) -> None:
        """Read what stands in any other tag. Tags that nobody knows may print what they like."""
        is_known = type(node).__module__.startswith(KNOWN)
        if not is_known:
            self.reading.is_complete = False
        is_certain = is_certain and (
            isinstance(node, UNCONDITIONAL) or hasattr(node, "partial_name")
        )
        for name in node.child_nodelists:
            self.nodes(getattr(node, name, None) or (), blocks, supers, is_certain)

    def _note(self, template: Any) -> None:
        self.reading.templates.append(str(getattr(template.origin, "template_name", "")))


def _add_blocks(blocks: dict[str, list[BlockNode]], added: Iterable[BlockNode]) -> None:
    for block in added:
        blocks.setdefault(str(block.name), []).append(block)


def _constant(expression: Any) -> str | None:
    """Return the string that stands in a template, or ``None`` for a variable."""
    value: Any = expression.var
    return str(value) if isinstance(value, str) and not expression.filters else None


def _read_jinja(
    reading: Reading,
    environment: Any,
    name: str,
    seen: set[str] | None = None,
    replaced: frozenset[str] = frozenset(),
) -> None:
    """Read a Jinja2 template by its syntax tree. Whether a slot is printed in any case is not asked.

    ``replaced`` are the blocks that the templates which extend it have in the place of its own.
    """
    from jinja2 import nodes

    seen = set() if seen is None else seen
    seen.add(name)
    source = environment.loader.get_source(environment, name)[0]
    tree = environment.parse(source)
    reading.text += source
    reading.templates.append(name)
    called = set()
    shown = list(_shown_by_jinja(tree, replaced))
    for call in shown:
        if not isinstance(call, nodes.Call):
            continue
        called.add(id(call.node))
        function = getattr(call.node, "name", None)
        if function == "slot":
            given = [*call.args, *(keyword.value for keyword in call.kwargs)]
            value = getattr(given[0], "value", None) if given else CHILDREN
            reading.slot(value, False)
        elif function == "parallel_routes_script":
            reading.has_script = True
        elif function not in jinja.GLOBALS:
            reading.may_load_htmx = True
    for node in shown:
        if isinstance(node, nodes.Name) and node.name == "slot" and id(node) not in called:
            reading.is_complete = False  # it is handed on
    kinds = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
    for other in shown:
        if not isinstance(other, kinds):
            continue
        inner = getattr(other.template, "value", None)
        if not isinstance(inner, str):
            reading.is_complete = False
        elif inner not in seen:
            is_base = isinstance(other, nodes.Extends)
            blocks = replaced | _blocks_without_super(tree) if is_base else frozenset()
            _read_jinja(reading, environment, inner, seen, blocks)


def _shown_by_jinja(node: Any, replaced: frozenset[str]) -> Iterator[Any]:
    """Yield the nodes of a syntax tree, but for blocks that other templates replace."""
    from jinja2 import nodes

    for child in node.iter_child_nodes():
        if not (isinstance(child, nodes.Block) and child.name in replaced):
            yield child
            yield from _shown_by_jinja(child, replaced)


def _blocks_without_super(tree: Any) -> frozenset[str]:
    """Return the blocks that print nothing of those that they replace."""
    from jinja2 import nodes

    return frozenset(
        block.name
        for block in tree.find_all(nodes.Block)
        if all(name.name != "super" for name in block.find_all(nodes.Name))
    )
