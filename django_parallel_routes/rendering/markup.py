"""Reads HTML as a browser does: the parts of a document that a slot shows (B65), scripts, stylesheets."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import unescape

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

END_OF_BODY = re.compile(r"</body\s*>", re.IGNORECASE)
AFTER_BODY = re.compile(r"(?:\s|</html\s*>|<!--(?:(?!-->).)*-->)*\Z", re.IGNORECASE | re.DOTALL)

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
    assert start  # It matches nothing as well.
    return bool(DOCUMENT.match(html, start.end()))


def end_of_body(html: str) -> int:
    """Return where the body of a page ends. A slot may quote ``</body>``, and a page may leave it out."""
    *_, last = [None, *END_OF_BODY.finditer(html)]
    return last.start() if last and AFTER_BODY.match(html, last.end()) else len(html)


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
            may_be = "id" in attributes or "ID" in attributes  # Most tags have none.
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


def _tokens_to_use(html: str) -> Iterator[tuple[re.Match[str], bool]]:
    """Yield the tokens of HTML, and whether a browser uses them at once: not what a ``<template>`` holds."""
    depth = 0
    for token in TOKENS.finditer(html):
        if (token["name"] or "").lower() == "template":
            depth = max(0, depth - 1) if token["end"] else depth + 1
        yield token, not depth


def _without(html: str, tokens: Collection[re.Match[str]]) -> str:
    """Return HTML without some of its tokens."""
    kept, end = "", 0
    for token in tokens:
        kept += html[end : token.start()]
        end = token.end()
    return kept + html[end:]


def with_files_once(html: str, files: Collection[tuple[str, str]]) -> str:
    """Return a page in which each of these scripts and stylesheets stands where it comes first (B64)."""
    seen, repeated = set(), []
    for token, is_used in _tokens_to_use(html):
        file = _file_of(token) if is_used else None
        if file in seen:
            repeated.append(token)
        elif file in files:
            seen.add(file)
    return _without(html, repeated)


def split_scripts(html: str) -> tuple[str, str]:
    """Return a slot's HTML without the scripts that a browser would run, and these scripts.

    >>> split_scripts("<p>A</p><script>a()</script>")
    ('<p>A</p>', '<script>a()</script>')
    """
    if "<script" not in html.lower():
        return html, ""
    scripts = [token for token, is_used in _tokens_to_use(html) if is_used and _runs(token)]
    return _without(html, scripts), "".join([token[0] for token in scripts])


def move_scripts(parts: list[str]) -> None:
    """Move the scripts of slots, which are every second part, to the place that the layout has for them."""
    scripts = ""
    for number in range(1, len(parts), 2):
        parts[number], found = split_scripts(parts[number])
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
