"""A document as a browser has it, as far as tests need one: elements, attributes, text, and no layout."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from html.parser import HTMLParser

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
HIDDEN = frozenset("datalist head noscript optgroup option script style template title".split())
"""Elements whose text nobody reads, or only who opens a list."""

ENDS_ITSELF = frozenset("dd dt li optgroup option p tbody td th tr".split())
"""Elements whose end tag may be left out before another of their kind."""


Instead = Callable[["Element"], "str | None"]


class Text(str):
    """A text node, as it is read."""

    __slots__ = ()


class Markup(str):
    """A comment, or the like."""

    __slots__ = ()


class Element:
    """One element. Tags that nobody changes are printed as they came."""

    def __init__(self, tag: str, attributes: dict[str, str], source: str = "") -> None:
        self.tag = tag
        self.attributes = attributes
        self.source = source
        self.children: list[Element | Text | Markup] = []
        self.parent: Element | None = None

    def __repr__(self) -> str:
        return f"<{self.source[1:-1] or self.tag}>"

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    def __contains__(self, name: str) -> bool:
        return name in self.attributes

    def change(self, **attributes: str | None) -> None:
        """Give it attributes (``data_pr_slot`` is ``data-pr-slot``), or take them away by ``None``."""
        for name, value in attributes.items():
            name = name.replace("_", "-")
            if value is None:
                self.attributes.pop(name, None)
            else:
                self.attributes[name] = value
        self.source = ""

    def fill(self, children: list[Element | Text | Markup]) -> None:
        """Put other children in the place of those that it has."""
        self.children = children
        for child in children:
            if isinstance(child, Element):
                child.parent = self

    # --- what is in it, and around it ---

    def __iter__(self) -> Iterator[Element]:
        """Yield all elements in it, in document order, but for what is in a ``<template>``."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                if child.tag != "template":
                    yield from child

    @property
    def around(self) -> Iterator[Element]:
        """Yield the element itself and all around it, the innermost first."""
        element: Element | None = self
        while element:
            yield element
            element = element.parent

    def closest(self, *names: str) -> Element | None:
        """Return the innermost element around, or itself, with all of these attributes."""
        return next((one for one in self.around if all(name in one for name in names)), None)

    def all(self, test: Callable[[Element], object]) -> list[Element]:
        return [element for element in self if test(element)]

    # --- as a string ---

    def inner_html(self, instead: Instead = lambda element: None) -> str:
        """Return what is in it; ``instead`` gives what is printed for some of the elements."""
        return "".join(self._printed(child, instead) for child in self.children)

    def _printed(self, child: Element | Text | Markup, instead: Instead) -> str:
        if isinstance(child, Element):
            return child.html(instead)
        is_source = isinstance(child, Markup) or self.tag in ("script", "style")
        return child if is_source else escape(child, quote=False)

    def html(self, instead: Instead = lambda element: None) -> str:
        if (printed := instead(self)) is not None:
            return printed
        if not self.source:
            attributes = "".join(
                f' {name}="{escape(value)}"' if value else f" {name}"
                for name, value in self.attributes.items()
            )
            self.source = f"<{self.tag}{attributes}>"
        has_ended = self.source.endswith("/>") and not self.children
        end = "" if self.tag in VOID or has_ended else f"</{self.tag}>"
        return f"{self.source}{self.inner_html(instead)}{end}"

    def text(self) -> str:
        """Return what can be read in it, in one line."""
        return " ".join(" ".join(self._texts()).split())

    def text_content(self) -> str:
        """Return its text as it is, lines and all."""
        return "".join(child for child in self.children if isinstance(child, Text))

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, Text):
                yield child
            elif isinstance(child, Element) and child.is_visible:
                yield from child._texts()

    @property
    def is_visible(self) -> bool:
        """Whether its text can be read, as far as HTML tells; a script opens dialogs in slots."""
        is_closed = self.tag == "dialog" and not {"open", "data-pr-modal"} & self.attributes.keys()
        return not (self.tag in HIDDEN or "hidden" in self or is_closed)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.at = self.document = Element("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.at.tag == tag and tag in ENDS_ITSELF and self.at.parent:
            self.at = self.at.parent
        attributes: dict[str, str] = {}
        for name, value in attrs:
            attributes.setdefault(name, value or "")
        element = Element(tag, attributes, self.get_starttag_text() or "")
        self._add(element)
        if tag not in VOID:
            self.at = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID and self.is_foreign:
            self.handle_endtag(tag)

    @property
    def is_foreign(self) -> bool:
        """Whether this is a picture, where elements may end themselves."""
        return any(element.tag in ("svg", "math") for element in self.at.around)

    def handle_endtag(self, tag: str) -> None:
        for element in self.at.around:
            if element.tag == tag and element.parent:
                self.at = element.parent
                return

    def handle_data(self, data: str) -> None:
        self.at.children.append(Text(data))

    def handle_comment(self, data: str) -> None:
        self._add(Markup(f"<!--{data}-->"))

    def handle_decl(self, decl: str) -> None:
        self._add(Markup(f"<!{decl}>"))

    def _add(self, child: Element | Markup) -> None:
        self.at.children.append(child)
        if isinstance(child, Element):
            child.parent = self.at


def parse(html: str) -> Element:
    """Return a document, or what is part of one: an element without a tag.

    >>> parse("<p>Fish &amp; <b>chips</b>").text()
    'Fish & chips'
    """
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.document
