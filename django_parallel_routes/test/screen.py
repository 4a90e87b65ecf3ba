"""What is on screen, as values that print themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from django_parallel_routes.client import Tab
from django_parallel_routes.client.dom import Element, parse
from django_parallel_routes.client.exchange import local
from django_parallel_routes.client.page import is_slot
from django_parallel_routes.protocol.state import Variant
from django_parallel_routes.values import SlotAddress

WIDTH = 60
"""Longest text in a table, in characters."""


@dataclass(frozen=True)
class ShownSlot:
    """One slot on screen.

    ::

        slot = client.screen.slots["modal"]
        assert (slot.shows, slot.url) == ("intercepted", "/photos/2/")
    """

    address: str
    """Where it stands: ``"team"``, or ``"children.team"`` in the layout that ``children`` shows."""
    shows: Variant
    """``"page"``, ``"intercepted"``, ``"layout"`` (with slots of its own), ``"default"`` or ``"empty"``."""
    url: str
    """The URL, path and query, that it was rendered for; of a layout its prefix."""
    state: str
    """What it shows instead of a page: ``"loading"``, ``"error"``, ``"not-found"``; else ``""``."""
    html: str = field(repr=False)
    """All that is in it, slots included."""
    own_html: str = field(repr=False)
    """What is in it, without the contents of the slots in it."""

    @cached_property
    def text(self) -> str:
        """What can be read in it, in one line; slots included."""
        return parse(self.html).text()

    @cached_property
    def own_text(self) -> str:
        """What can be read in it, without the slots in it."""
        return parse(self.own_html).text()


@dataclass(frozen=True)
class Screen:
    """What one tab shows at one moment; it prints as a table.

    >>> print(Screen())
    Nothing is loaded yet.

    ::

        print(client.screen)
        # /photos/2/  "The last ferry"
        #    children        page         /gallery/   Gallery
        # *  modal           layout       /gallery/   Close
        # *  modal.children  intercepted  /photos/2/  The last ferry

    The slots with an asterisk are those that the last step has changed.
    """

    url: str = ""
    """What the address bar shows, without scheme and host."""
    title: str = ""
    slots: Mapping[str, ShownSlot] = field(default_factory=dict)
    """The slots by their addresses, in the order of the document."""
    html: str = field(default="", repr=False)
    """The whole document, with what its slots show now."""
    own_html: str = field(default="", repr=False)
    """The document without the contents of its slots."""
    status_code: int = 0
    """That of the last response, or of the page whose deferred slots have come since."""
    changed: tuple[str, ...] = ()
    """The addresses of the slots that the last step has changed; after a document, all of them."""
    requests: tuple[str, ...] = ()
    """The requests of the last step: ``"soft GET /photos/2/"``, ``"hard GET /"``."""
    has_script: bool = False
    """Whether ``{% parallel_routes_script %}`` is there: without it, every link loads a document."""

    @cached_property
    def text(self) -> str:
        """All text that can be read, in one line. Stylesheets that hide text are ignored."""
        return parse(self.html).text() if self.own_html else self.html

    def __getitem__(self, slot: str) -> ShownSlot:
        """Return a slot by its address."""
        return self.slots[slot]

    def has_changed(self, slot: str) -> bool:
        """Tell whether the last step has changed a slot, or one around it."""
        return any(SlotAddress(changed).contains(slot) for changed in self.changed)

    def __str__(self) -> str:
        if not self.url:
            return "Nothing is loaded yet."
        head = f'{self.url}  "{self.title}"' if self.title else self.url
        if self.status_code not in (0, 200):
            head += f"  (status {self.status_code})"
        rows = [
            [
                "*" if self.has_changed(slot.address) else " ",
                slot.address,
                slot.state or slot.shows,
                slot.url,
                shortened(slot.own_text, WIDTH),
            ]
            for slot in self.slots.values()
        ]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in rows
        ]
        return "\n".join([head, *(lines or [f"  {shortened(self.text, WIDTH)}"])])


def shortened(text: str, width: int) -> str:
    """Return a text, with an ellipsis if it is longer than ``width`` characters."""
    return text if len(text) <= width else f"{text[: width - 1]}…"


def screen_of(tab: Tab) -> Screen:
    """Return what a tab shows now."""
    if not tab.entries:
        return Screen()
    page = tab.page
    page.update_marks(tab.url)
    return Screen(
        url=local(tab.url),
        title=page.title,
        slots={address: _shown(slot) for address, slot in page.slots.items()},
        html=page.document.inner_html() or page.text,
        own_html=page.document.inner_html(_place_of),
        status_code=tab.response.status if tab.response else 0,
        changed=tuple(dict.fromkeys(tab.changed)),
        requests=tuple(tab.requests),
        has_script=page.boost is not None,
    )


def _shown(slot: Element) -> ShownSlot:
    return ShownSlot(
        address=slot["data-pr-slot"],
        shows=cast("Variant", slot["data-pr-variant"]),
        url=slot["data-pr-src"],
        state=slot["data-pr-state"],
        html=slot.inner_html(),
        own_html=slot.inner_html(_place_of),
    )


def _place_of(element: Element) -> str | None:
    """Return what is printed of a slot where its contents don't matter."""
    return f'<div id="{element["id"]}"></div>' if is_slot(element) else None
