"""Renders single blocks of a template, without the rest of the document (B65).

This uses private names of template engines: ``BLOCK_CONTEXT_KEY``, ``BlockContext`` and the nodes of
Django's, ``root_render_func`` and the blocks of Jinja2. ``tests/rendering/test_blocks.py`` names them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockContext, BlockNode, ExtendsNode
from django.template.response import SimpleTemplateResponse

from django_parallel_routes.rendering.fragments import may_bring_files
from django_parallel_routes.rendering.markup import is_document, part_of

END_OF_HEAD = re.compile(r"</head\b|<body\b", re.IGNORECASE)


def show_blocks(response: Any, names: tuple[str, ...]) -> None:
    """Make a template response render only these blocks, if it renders a document that has them.

    The title, the stylesheets and the script files of the document's head are rendered, too.
    """
    rendering = getattr(type(response), "rendered_content", None)
    if rendering is not SimpleTemplateResponse.rendered_content or response.is_rendered:
        return
    whole: Any = response.resolve_template(response.template_name)
    inner = getattr(whole, "template", None)
    if getattr(getattr(inner, "environment", None), "is_async", False):
        return
    for kind, name in ((_DjangoBlocks, "nodelist"), (_JinjaBlocks, "root_render_func")):
        if hasattr(inner, name):
            response.template_name = copy(whole)
            response.template_name.template = kind(inner, names)


class _BlocksOfTemplate:
    """A template of one engine that renders some of its blocks, each of them once."""

    def __init__(self, template: Any, names: tuple[str, ...]) -> None:
        self.template, self.names = template, names

    def joined(
        self,
        chunks: Iterator[str],
        texts: Mapping[str, str],
        render: Callable[[str], str | None],
    ) -> str:
        """Return the files of the head and the blocks, or the whole text if that has no such blocks.

        ``render`` renders a block by its name, if there is one. If the base template does not end its head,
        the search for the end renders blocks. Their ``texts`` are then removed from the head.
        """
        begun = []
        for chunk in chunks:
            begun.append(chunk)
            if END_OF_HEAD.search(chunk):
                break
        head = "".join(begun)  # Jinja2's chunks are Markup, to which + adds escaped text.
        names = self.names if is_document(head) else ()
        found = (texts[name] if name in texts else render(name) for name in names)
        blocks = [block for block in found if block is not None]
        if not blocks:
            return head + "".join(chunks)
        for text in filter(may_bring_files, texts.values()):
            head = head.replace(text, "")
        return "".join([part_of(head, ()) or "", *blocks])


@dataclass
class _RecordedNodes:
    """The nodes of a Django block. It records the text that they render."""

    nodes: Any
    name: str
    texts: dict[str, str]

    def render(self, context: Any) -> str:
        self.texts[self.name] = text = str(self.nodes.render(context))
        return text


class _DjangoBlocks(_BlocksOfTemplate):
    def render(self, context: Any) -> str:
        """Render as ``Template.render()`` and ``ExtendsNode.render()`` do, node by node."""
        template, state = self.template, context.render_context
        with ExitStack() as stack:
            stack.enter_context(state.push_state(template))
            stack.enter_context(context.bind_template(template))
            context.template_name = template.name
            found = state[BLOCK_CONTEXT_KEY] = BlockContext()
            while extends := _extends(template):
                found.add_blocks(extends.blocks)
                template = extends.get_parent(context)
                stack.enter_context(state.push_state(template, isolated_context=False))
            blocks = template.nodelist.get_nodes_by_type(BlockNode)
            found.add_blocks({block.name: block for block in blocks})
            texts: dict[str, str] = {}
            for name in filter(found.get_block, self.names):
                node: Any = copy(found.blocks[name][-1])
                found.blocks[name][-1] = node
                node.nodelist = _RecordedNodes(node.nodelist, name, texts)
            chunks = (str(node.render_annotated(context)) for node in template.nodelist)

            def render(name: str) -> str | None:
                node = found.get_block(name)
                return None if node is None else str(node.render_annotated(context))

            return self.joined(chunks, texts, render)


class _JinjaBlocks(_BlocksOfTemplate):
    def render(self, context: Any) -> str:
        """Render as ``jinja2.Template.render()`` does; what it extends is known at the first chunk."""
        found = self.template.new_context(dict(context))
        texts: dict[str, str] = {}

        def kept(name: str, block: Any) -> Any:
            def rendered(context: Any) -> Iterator[str]:
                texts[name] = text = "".join(block(context))
                yield text

            return rendered

        def chunks() -> Iterator[str]:
            for number, chunk in enumerate(self.template.root_render_func(found)):
                if not number:
                    for name in self.names:
                        if chain := found.blocks.get(name):
                            chain.insert(0, kept(name, chain[0]))
                yield chunk

        def render(name: str) -> str | None:
            return "".join(found.blocks[name][0](found)) if name in found.blocks else None

        return self.joined(chunks(), texts, render)


def _extends(template: Any) -> Any:
    """Return the node by which a template extends another one, if it does."""
    return next((node for node in template.nodelist if isinstance(node, ExtendsNode)), None)
