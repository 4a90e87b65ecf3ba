"""Renders blocks of a template alone, without the rest of the document (B65).

This uses private names of template engines: ``BLOCK_CONTEXT_KEY``, ``BlockContext`` and the nodes of
Django's, ``root_render_func`` and the blocks of Jinja2. ``tests/rendering/test_blocks.py`` names them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from copy import copy
from typing import Any

from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockContext, BlockNode, ExtendsNode
from django.template.response import SimpleTemplateResponse

from django_parallel_routes.rendering.documents import is_document, part_of

END_OF_HEAD = re.compile(r"</head\b|<body\b", re.IGNORECASE)


def show_blocks(response: Any, names: tuple[str, ...]) -> None:
    """Let a template response render these blocks alone, if it renders a document that has them.

    The title, the stylesheets and the script files of the document's head come along.
    """
    rendering = getattr(type(response), "rendered_content", None)
    if rendering is not SimpleTemplateResponse.rendered_content or response.is_rendered:
        return
    whole: Any = response.resolve_template(response.template_name)
    inner = getattr(whole, "template", None)
    if getattr(getattr(inner, "environment", None), "is_async", False):
        return
    for kind, name in ((_Django, "nodelist"), (_Jinja, "root_render_func")):
        if hasattr(inner, name):
            response.template_name = copy(whole)
            response.template_name.template = kind(inner, names)


class _Blocks:
    """A template of an engine that renders some of its blocks."""

    def __init__(self, template: Any, names: tuple[str, ...]) -> None:
        self.template, self.names = template, names

    def joined(self, chunks: Iterator[str], blocks: Iterable[str]) -> str:
        """Return the head's part and the blocks, or the whole if it is no document with such blocks."""
        begun = []
        for chunk in chunks:
            begun.append(chunk)
            if END_OF_HEAD.search(chunk):
                break
        head = "".join(begun)  # Jinja2's chunks are Markup, to which + adds escaped text.
        shown = [part_of(head, ()) or "", *blocks] if is_document(head) else [""]
        return "".join(shown) if len(shown) > 1 else head + "".join(chunks)


class _Django(_Blocks):
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
            chunks = (str(node.render_annotated(context)) for node in template.nodelist)
            wanted = filter(None, map(found.get_block, self.names))
            return self.joined(chunks, (str(node.render_annotated(context)) for node in wanted))


class _Jinja(_Blocks):
    def render(self, context: Any) -> str:
        """Render as ``jinja2.Template.render()`` does; what it extends is known at the first chunk."""
        found = self.template.new_context(dict(context))
        chunks = self.template.root_render_func(found)
        wanted = (found.blocks[name][0] for name in self.names if name in found.blocks)
        return self.joined(chunks, ("".join(block(found)) for block in wanted))


def _extends(template: Any) -> Any:
    """Return the node by which a template extends another one, if it does."""
    return next((node for node in template.nodelist if isinstance(node, ExtendsNode)), None)
