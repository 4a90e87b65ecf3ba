"""A document as a browser has it, as far as tests need one: elements, attributes and text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape
from html.parser import HTMLParser

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
HIDDEN = frozenset("datalist head noscript optgroup option script style template title".split())
"""Elements whose text can't be read on screen, or only in an opened list."""

ENDS_ITSELF = frozenset("dd dt li optgroup option p tbody td th tr".split())
"""Elements whose end tag may be left out before another of their kind."""


class Element:
    """An element with its attributes and its content, without comments."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Element | str] = []
        self.parent: Element | None = None

    def __repr__(self) -> str:
        """Return its start tag."""
        attributes = (
            f' {name}="{escape(value)}"' if value else f" {name}"
            for name, value in self.attributes.items()
        )
        return f"<{self.tag}{''.join(attributes)}>"

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    def __contains__(self, name: str) -> bool:
        return name in self.attributes

    def update(self, attributes: Mapping[str, str | None]) -> None:
        """Set attributes; remove those that are ``None``."""
        known = {**self.attributes, **attributes}
        self.attributes = {name: value for name, value in known.items() if value is not None}

    def fill(self, children: list[Element | str]) -> None:
        """Replace all that is in it."""
        self.children = children
        for child in children:
            if isinstance(child, Element):
                child.parent = self

    # --- what is in it, and around it ---

    def __iter__(self) -> Iterator[Element]:
        """Yield all elements in it, in document order, but not those in a ``<template>``."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                if child.tag != "template":
                    yield from child

    @property
    def ancestry(self) -> Iterator[Element]:
        """Yield the element and its ancestors, the innermost first."""
        element: Element | None = self
        while element:
            yield element
            element = element.parent

    def closest(self, *names: str) -> Element | None:
        """Return the element or its nearest ancestor that has all of these attributes."""
        return next((one for one in self.ancestry if all(name in one for name in names)), None)

    def is_in(self, *tags: str) -> bool:
        return any(one.tag in tags for one in self.ancestry)

    def all(self, test: Callable[[Element], object]) -> list[Element]:
        return [element for element in self if test(element)]

    def first(self, test: Callable[[Element], object]) -> Element | None:
        return next((element for element in self if test(element)), None)

    # --- as a string ---

    def inner_html(self, is_left_out: Callable[[Element], bool] = lambda one: False) -> str:
        """Return the inner HTML. Of elements that are left out, it has only the tags and ids."""
        is_source = self.tag in ("script", "style")
        return "".join(
            child.html(is_left_out)
            if isinstance(child, Element)
            else (child if is_source else escape(child, quote=False))
            for child in self.children
        )

    def html(self, is_left_out: Callable[[Element], bool] = lambda one: False) -> str:
        if is_left_out(self):
            return f'<{self.tag} id="{self["id"]}"></{self.tag}>'
        end = "" if self.tag in VOID else f"</{self.tag}>"
        return f"{self!r}{self.inner_html(is_left_out)}{end}"

    def text(self) -> str:
        """Return the text that can be read in the element, in one line."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.is_visible:  # An element that is hidden separates no words.
                yield from (" ", *child._texts(), " ")

    @property
    def is_visible(self) -> bool:
        """Whether the element's text can be read, as far as HTML says. The script opens dialogs."""
        is_closed = self.tag == "dialog" and not {"open", "data-pr-modal"} & self.attributes.keys()
        return not (self.tag in HIDDEN or "hidden" in self or is_closed)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.at = self.document = Element("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.at.tag == tag and tag in ENDS_ITSELF and self.at.parent:
            self.at = self.at.parent
        # The first of several attributes of a name counts.
        values = {name: value or "" for name, value in reversed(attrs)}
        element = Element(tag, {name: values[name] for name, _ in attrs})
        element.parent = self.at
        self.at.children.append(element)
        if tag not in VOID:
            self.at = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID and self.at.is_in("svg", "math"):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        for element in self.at.ancestry:
            if element.tag == tag and element.parent:
                self.at = element.parent
                return

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)


def parse(html: str) -> Element:
    """Return a document, or a part of one, as an element without a tag.

    >>> parse("<p>Fish &amp; <b>chips</b>").text()
    'Fish & chips'
    """
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.document
