"""The blocks of a template that a slot shows (``block=``), rendered without the rest of the document (B65).

This uses private names of template engines: ``BLOCK_CONTEXT_KEY``, ``BlockContext`` and the nodes of
Django's, ``root_render_func`` and the blocks of Jinja2. ``tests/rendering/test_blocks.py`` names them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from copy import copy
from dataclasses import dataclass
from functools import partial
from itertools import chain
from types import SimpleNamespace
from typing import Any

from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockContext, BlockNode, ExtendsNode
from django.template.response import SimpleTemplateResponse

from django_parallel_routes.rendering.markup import files_in, is_document, part_of

AFTER_HEAD = re.compile(r"</head\b|<body\b", re.IGNORECASE)
"""Matches where the head of a document is over. Authors may leave out its end tag."""


def show_blocks(response: Any, names: tuple[str, ...]) -> None:
    """Make a template response render only these blocks, if it renders a document that has them.

    The title, the stylesheets and the script files of the document's head are rendered, too.
    """
    rendering = getattr(type(response), "rendered_content", None)
    if rendering is not SimpleTemplateResponse.rendered_content or response.is_rendered:
        return
    whole: Any = response.resolve_template(response.template_name)
    inner: Any = getattr(whole, "template", None)
    if hasattr(inner, "nodelist"):
        render = partial(_render_django, inner, names)
    elif hasattr(inner, "root_render_func") and not inner.environment.is_async:
        render = partial(_render_jinja, inner, names)
    else:
        return
    response.template_name = copy(whole)
    response.template_name.template = SimpleNamespace(render=render)


@dataclass
class _RecordedNodes:
    """The nodes of a Django block. It records the text that they render."""

    nodes: Any
    name: str
    texts: dict[str, str]

    def render(self, context: Any) -> str:
        self.texts[self.name] = text = str(self.nodes.render(context))
        return text


def _render_django(template: Any, names: tuple[str, ...], context: Any) -> str:
    """Render as ``Template.render()`` and ``ExtendsNode.render()`` do, node by node."""
    state, base = context.render_context, template
    with ExitStack() as stack:
        stack.enter_context(state.push_state(template))
        stack.enter_context(context.bind_template(template))
        context.template_name = template.name
        found = state[BLOCK_CONTEXT_KEY] = BlockContext()
        while extends := [node for node in base.nodelist if isinstance(node, ExtendsNode)]:
            found.add_blocks(extends[0].blocks)
            base = extends[0].get_parent(context)
            stack.enter_context(state.push_state(base, isolated_context=False))
        blocks = base.nodelist.get_nodes_by_type(BlockNode)
        found.add_blocks({block.name: block for block in blocks})
        texts: dict[str, str] = {}
        renderers: dict[str, Callable[[], object]] = {}
        for name in filter(found.get_block, names):
            node: Any = copy(found.blocks[name][-1])
            found.blocks[name][-1] = node
            node.nodelist = _RecordedNodes(node.nodelist, name, texts)
            renderers[name] = partial(node.render_annotated, context)
        chunks = (str(node.render_annotated(context)) for node in base.nodelist)
        return _joined(chunks, texts, renderers)


def _render_jinja(template: Any, names: tuple[str, ...], context: Any) -> str:
    """Render as ``jinja2.Template.render()`` does. Which template it extends is known at the first chunk."""
    state = template.new_context(dict(context))
    texts: dict[str, str] = {}

    def recorded(name: str, block: Any, context: Any) -> Iterator[str]:
        texts[name] = text = "".join(block(context))
        yield text

    chunks = template.root_render_func(state)
    first = next(chunks, "")
    renderers: dict[str, Callable[[], object]] = {}
    for name in filter(state.blocks.get, names):
        block = partial(recorded, name, state.blocks[name][0])
        state.blocks[name].insert(0, block)
        renderers[name] = partial(list, block(state))
    return _joined(chain([first], chunks), texts, renderers)


def _joined(
    chunks: Iterable[str], texts: dict[str, str], renderers: dict[str, Callable[[], object]]
) -> str:
    """Return the files of the head and the blocks, or the whole text if that has no such blocks.

    The ``renderers`` render a block each, and put its text into the ``texts``. If the base template does not
    end its head, the search for the end renders blocks. Their texts are then removed from the head.
    """
    chunks, begun = iter(chunks), []
    for chunk in chunks:
        begun.append(chunk)
        if AFTER_HEAD.search(chunk):
            break
    head = "".join(begun)  # Jinja2's chunks are Markup, to which + adds escaped text.
    if not (renderers and is_document(head)):
        return head + "".join(chunks)
    for text in filter(files_in, texts.values()):
        head = head.replace(text, "")
    for name, render in renderers.items():
        if name not in texts:
            render()
    return "".join([part_of(head, ()) or "", *map(texts.__getitem__, renderers)])
