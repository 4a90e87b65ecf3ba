"""Reads HTML as a browser does: finds elements, scripts and stylesheets."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from html import unescape

COMMENTS = re.compile(r"(?:\s+|<!--.*?-->)*", re.DOTALL)
"""What may precede a document. ``DOCUMENT`` is matched on its own: one pattern could take 2ⁿ steps."""

DOCUMENT = re.compile(r"<(?:!doctype|html|body)\b", re.IGNORECASE)

_COMMENT = r"<!--(?:-?>|.*?(?:--!?>|\Z))"
_VALUE = r"""=\s*(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z))?"""
_RAW = "script|style|title|textarea|noscript|iframe|xmp|noembed|noframes"
TOKENS = re.compile(
    rf"{_COMMENT}|<(?P<end>/?)(?P<name>(?<!/)(?P<raw>{_RAW})(?=[\s/>])|[a-z][^\s/>]*)"
    rf"(?P<attributes>(?:[^>=]+|{_VALUE})*(?:>|\Z))"
    r"(?(raw)(?P<text>.*?)(?:</(?P=raw)(?=[\s/>])[^>]*(?:>|\Z)|\Z))",
    re.DOTALL | re.IGNORECASE,
)
"""Comments, ``raw`` elements (their content is text), and other tags. What is not closed extends to the end,
as in a browser, so a match that has begun never fails."""

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


# --- Parts of a document ---


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
        name = _name_of(token)
        if inside:
            if name in ENDS and token["end"]:
                depth = 0
            elif name == inside and name not in ENDS:
                depth += -1 if token["end"] else 1
            if not depth:
                yield True, html[start : token.start()]
                inside = ""
        elif token["end"] or not name:
            continue
        elif name == "title" and not has_title:
            has_title = True
            yield False, f"<title>{token['text'].strip()}</title>"
        elif name == "style" or _file_of(token):
            yield False, token[0]
        elif not token["raw"]:
            has_title |= name == "body"  # Pictures have titles, too.
            attributes = token["attributes"]
            may_be = "id" in attributes or "ID" in attributes  # Most tags have no id.
            if may_be and name not in VOID and _attributes(attributes).get("id") in ids:
                inside, start, depth = name, token.end(), 1
    if inside:
        yield True, html[start:]


def _name_of(token: re.Match[str]) -> str:
    """Return the name of a tag in lower case; ``""`` for a comment."""
    return (token["name"] or "").lower()


def _file_of(token: re.Match[str]) -> tuple[str, str] | None:
    """Return the kind and the URL of the file that an element loads, if it is a script or a stylesheet."""
    name = _name_of(token)
    if name not in ("script", "link"):
        return None
    attributes = _attributes(token["attributes"])
    if name == "script":
        src = attributes.get("src")
        return (name, src) if src else None
    is_sheet = "stylesheet" in attributes.get("rel", "").lower().split()
    return (name, attributes.get("href", "")) if is_sheet else None


def files_in(html: str) -> set[tuple[str, str]]:
    """Return the kinds and URLs of the scripts and stylesheets that a slot's HTML loads."""
    return set(filter(None, map(_file_of, TOKENS.finditer(html))))


def _take_out(html: str, is_wanted: Callable[[re.Match[str]], bool]) -> tuple[str, str]:
    """Return HTML without the wanted elements, and these elements, but for those in a ``<template>``."""
    kept = taken = ""
    end = depth = 0
    for token in TOKENS.finditer(html):
        if _name_of(token) == "template":
            depth = max(0, depth - 1) if token["end"] else depth + 1
        elif not depth and is_wanted(token):
            kept += html[end : token.start()]
            taken += token[0]
            end = token.end()
    return kept + html[end:], taken


def with_files_once(html: str, files: Collection[tuple[str, str]]) -> str:
    """Return a page without repetitions of these scripts and stylesheets (B64)."""
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
    kind = _attributes(token["attributes"]).get("type", "").strip()
    return bool(RUNS.fullmatch(kind))


def _attributes(text: str) -> dict[str, str]:
    """Return the attributes of a tag. Of two with the same name, browsers take the first."""
    found: dict[str, str] = {}
    for name, value in ATTRIBUTE.findall(text):
        bare = value[1:-1] if value[:1] in ("'", '"') else value
        found.setdefault(name.lower(), unescape(bare))
    return found
