"""The parts of a document that a slot shows (B65): elements of its HTML, or blocks of its template.

Also finds scripts and stylesheets in HTML. All of this reads HTML as a browser does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack
from copy import copy
from dataclasses import dataclass
from functools import partial
from html import unescape
from itertools import chain
from types import SimpleNamespace
from typing import Any

from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockContext, BlockNode, ExtendsNode
from django.template.response import SimpleTemplateResponse

COMMENTS = re.compile(r"(?:\s+|<!--.*?-->)*", re.DOTALL)
"""What may precede a document. With more behind it, the pattern would be tried in 2ⁿ ways."""

DOCUMENT = re.compile(r"<(?:!doctype|html|body)\b", re.IGNORECASE)

_COMMENT = r"<!--(?:-?>|.*?(?:--!?>|\Z))"
_VALUE = r"""=\s*(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z))?"""
_ATTRIBUTES = rf"(?:[^>=]+|{_VALUE})*(?:>|\Z)"
_RAW = "script|style|title|textarea|noscript|iframe|xmp|noembed|noframes"
TOKENS = re.compile(
    rf"{_COMMENT}|<(?P<raw>{_RAW})(?=[\s/>])(?P<of_raw>{_ATTRIBUTES})(?P<text>.*?)"
    r"(?:</(?P=raw)(?=[\s/>])[^>]*(?:>|\Z)|\Z)"
    rf"|<(?P<end>/?)(?P<name>[a-z][^\s/>]*)(?P<attributes>{_ATTRIBUTES})",
    re.DOTALL | re.IGNORECASE,
)
"""Comments, elements whose content is text, and other tags. What is not closed extends to the end, as in a
browser, so a match that has begun never fails."""

ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")

END_OF_BODY = re.compile(r"</body\s*>(?:\s|</html\s*>|<!--(?:(?!-->).)*-->)*\Z", re.I | re.S)

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())

RUNS = re.compile(r"module|importmap|((text|application)/(x-)?(java|ecma)script)?", re.IGNORECASE)
"""The types of scripts that a browser runs."""

SCRIPTS = "<!--parallel-routes-scripts-->"
"""What ``{% slot_scripts %}`` prints: the place in a layout for the scripts of its slots."""

ENDS = frozenset({"body", "html"})
"""The end tags that close all elements that are still open."""


def is_document(html: str) -> bool:
    """Tell whether HTML is a whole document, which can't stand in a slot.

    >>> is_document("<!doctype html><title>Photos</title>")
    True
    """
    start = COMMENTS.match(html)
    assert start  # The pattern also matches an empty text.
    return bool(DOCUMENT.match(html, start.end()))


def end_of_body(html: str) -> int:
    """Return where the body of a page ends. A slot may quote ``</body>``, and a page may leave it out."""
    at = max(html.rfind("</body"), html.rfind("</BODY"))
    return at if at >= 0 and END_OF_BODY.match(html, at) else len(html)


def part_of(html: str, ids: Collection[str]) -> str | None:
    """Return the elements with these ids of a document, without their tags, as a fragment for a slot.

    The document's title, stylesheets and script files are included, each in its place. If the document has
    no such element, return ``None``.

    >>> part_of('<!doctype html><title>A</title><nav></nav><main id="page">B</main>', ["page"])
    '<title>A</title>B'
    """
    parts = list(_parts(html, ids))
    if ids and not any(is_element for is_element, _ in parts):
        return None
    return "".join(text for _, text in parts)


def _parts(html: str, ids: Collection[str]) -> Iterator[tuple[bool, str]]:
    """Yield what a slot shows of a document, and whether it is one of the wanted elements."""
    has_title = False
    inside, start, depth = "", 0, 0
    for token in TOKENS.finditer(html):
        raw, name = (token["raw"] or "").lower(), (token["name"] or "").lower()
        if inside:
            if name in ENDS and token["end"]:
                depth = 0
            elif name == inside and name not in ENDS:
                depth += -1 if token["end"] else 1
            if not depth:
                yield True, html[start : token.start()]
                inside = ""
        elif raw == "title" and not has_title:
            has_title = True
            yield False, f"<title>{token['text'].strip()}</title>"
        elif raw == "style" or _file_of(token):
            yield False, token[0]
        elif name and not token["end"]:
            has_title |= name == "body"  # Pictures have titles, too.
            attributes = token["attributes"]
            may_be = "id" in attributes or "ID" in attributes  # Most tags have no id.
            if may_be and name not in VOID and _attributes(attributes).get("id") in ids:
                inside, start, depth = name, token.end(), 1
    if inside:
        yield True, html[start:]


def _file_of(token: re.Match[str]) -> tuple[str, str] | None:
    """Return the kind and the URL of the file that an element loads, if it is a script or a stylesheet."""
    if (token["raw"] or "").lower() == "script":
        src = _attributes(token["of_raw"]).get("src")
        return ("script", src) if src else None
    if (token["name"] or "").lower() != "link":
        return None
    attributes = _attributes(token["attributes"])
    is_sheet = "stylesheet" in attributes.get("rel", "").lower().split()
    return ("link", attributes.get("href", "")) if is_sheet else None


def files_in(html: str) -> set[tuple[str, str]]:
    """Return the kinds and URLs of the scripts and stylesheets that a slot's HTML loads."""
    return set(filter(None, map(_file_of, TOKENS.finditer(html))))


def _take_out(html: str, is_wanted: Callable[[re.Match[str]], bool]) -> tuple[str, str]:
    """Return HTML without some of its elements, and these. What a ``<template>`` holds is left in it."""
    kept = taken = ""
    end = depth = 0
    for token in TOKENS.finditer(html):
        if (token["name"] or "").lower() == "template":
            depth = max(0, depth - 1) if token["end"] else depth + 1
        elif not depth and is_wanted(token):
            kept += html[end : token.start()]
            taken += token[0]
            end = token.end()
    return kept + html[end:], taken


def with_files_once(html: str, files: Collection[tuple[str, str]]) -> str:
    """Return a page in which each of these scripts and stylesheets stands where it comes first (B64)."""
    ahead: set[object] = set(files)

    def is_repeated(token: re.Match[str]) -> bool:
        file = _file_of(token)
        is_first = file in ahead
        ahead.discard(file)
        return file in files and not is_first

    return _take_out(html, is_repeated)[0]


def move_scripts(parts: list[str]) -> None:
    """Move the scripts of slots, which are every second part, to the place that the layout has for them."""
    scripts = ""
    for number in range(1, len(parts), 2):
        parts[number], found = _take_out(parts[number], _runs)
        scripts += found
    for number in range(0, len(parts), 2):
        parts[number] = parts[number].replace(SCRIPTS, scripts)


def _runs(token: re.Match[str]) -> bool:
    """Tell whether an element is a script that a browser runs."""
    if (token["raw"] or "").lower() != "script":
        return False
    kind = _attributes(token["of_raw"]).get("type", "").strip()
    return bool(RUNS.fullmatch(kind))


def _attributes(text: str) -> dict[str, str]:
    """Return the attributes of a tag; of two with one name, browsers take the first."""
    found: dict[str, str] = {}
    for name, value in ATTRIBUTE.findall(text):
        bare = value[1:-1] if value[:1] in ("'", '"') else value
        found.setdefault(name.lower(), unescape(bare))
    return found


# --- Blocks of a template, without the rest of the document ---

# This uses private names of template engines: ``BLOCK_CONTEXT_KEY``, ``BlockContext`` and the nodes of
# Django's, ``root_render_func`` and the blocks of Jinja2. ``tests/rendering/test_blocks.py`` names them.

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
