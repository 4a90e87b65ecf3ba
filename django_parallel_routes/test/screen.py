"""What a tab shows, as values that print as a table, and assertions about it.

All assertions raise ``AssertionError``, for any test runner. Their messages are sentences, followed by the
screen as a table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from django.utils.text import Truncator

from django_parallel_routes.client import Impossible, Tab
from django_parallel_routes.client.dom import parse
from django_parallel_routes.client.exchange import local_url
from django_parallel_routes.client.page import is_slot
from django_parallel_routes.client.tab import outermost
from django_parallel_routes.planning.plan import Plan
from django_parallel_routes.protocol.state import Variant
from django_parallel_routes.values import SlotAddress, slots_named


def excerpt(text: str) -> str:
    """Return a text, cut to one line of a table or message; not all languages have spaces."""
    return Truncator(text).chars(60)


@dataclass(frozen=True)
class ShownSlot:
    """One slot on screen.

    ::

        slot = client.screen.slots["modal"]
        assert (slot.shows, slot.url) == ("intercepted", "/photos/2/")
    """

    address: str
    """Where the slot stands: ``"team"``, or ``"children.team"`` in the layout that ``children`` shows."""
    shows: Variant
    """``"page"``, ``"intercepted"``, ``"layout"`` (with slots of its own), ``"default"`` or ``"empty"``."""
    url: str
    """The path and query that the slot was rendered for; for a layout, the URL of its prefix."""
    state: str
    """What the slot shows instead of a page: ``"loading"``, ``"error"``, ``"not-found"``; else ``""``."""
    html: str = field(repr=False)
    """The HTML in the slot, with the slots inside."""
    own_html: str = field(repr=False)
    """The HTML in the slot, without the contents of the slots inside."""

    @cached_property
    def text(self) -> str:
        """The text that can be read in the slot, in one line, with that of the slots inside."""
        return parse(self.html).text()

    @cached_property
    def own_text(self) -> str:
        """The text that can be read in the slot, without that of the slots inside."""
        return parse(self.own_html).text()


@dataclass(frozen=True)
class Screen:
    """What one tab shows at one moment. A screen prints as a table.

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
    """The status of the last response; requests for deferred slots don't count."""
    changed: tuple[str, ...] = ()
    """The addresses of the slots that the last step has changed; after a document, all of them."""
    requests: tuple[str, ...] = ()
    """The requests of the last step: ``"soft GET /photos/2/"``, ``"hard GET /"``."""

    @cached_property
    def text(self) -> str:
        """All text that can be read, in one line. Stylesheets that hide text are ignored."""
        return parse(self.html).text() if self.own_html else self.html

    def has_changed(self, slot: str) -> bool:
        """Tell whether the last step has changed a slot, or a slot around it."""
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
                excerpt(slot.own_text),
            ]
            for slot in self.slots.values()
        ]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in rows
        ]
        return "\n".join([head, *(lines or [f"  {excerpt(self.text)}"])])


class Assertions:
    """The assertions of both clients. All raise ``AssertionError``, for any test runner."""

    _tab: Tab
    _last_step: str
    """The last step, in words."""
    _plan: Plan | None
    """The plan of the last step's first response."""

    @property
    def screen(self) -> Screen:
        """What is on screen now. Later steps don't change this value."""
        tab, page = self._tab, self._tab.page
        if not tab.entries:
            return Screen()
        slots = {
            address: ShownSlot(
                address,
                shows=cast("Variant", slot["data-pr-variant"]),
                url=slot["data-pr-src"],
                state=slot["data-pr-state"],
                html=slot.inner_html(),
                own_html=slot.inner_html(is_slot),
            )
            for address, slot in page.slots.items()
        }
        return Screen(
            local_url(tab.url),
            page.title,
            slots,
            html=page.document.inner_html() or page.text,
            own_html=page.document.inner_html(is_slot),
            status_code=tab.response.status if tab.response else 0,
            changed=tuple(dict.fromkeys(tab.changed)),
            requests=tuple(tab.requests),
        )

    def assert_shows(
        self, slot: str, text: str = "", *, shows: Variant | None = None, url: str = ""
    ) -> None:
        """Assert what a slot shows.

        ``slot``
            Its address, or its name if only one slot has this name.
        ``text``
            Words that can be read in the slot, or in the slots inside it.
        ``shows``
            ``"page"``, ``"intercepted"``, ``"layout"``, ``"default"``, ``"empty"``. If the slot has a
            layout of its own, what its ``children`` show counts, too.
        ``url``
            The path and query that the slot, or its ``children``, were rendered for.

        With the slot alone, assert that it is not empty::

            client.visit("/photos/2/")
            client.assert_shows("modal", "The last ferry", shows="intercepted", url="/photos/2/")
        """
        __tracebackhide__ = True
        found = self._slot(slot)
        inner = self.screen.slots.get(f"{found.address}.children", found)
        words = " ".join(text.split())
        expected = repr(words or shows) if words or shows else url or "something"
        is_empty = shows != "empty" and found.shows == "empty" and not found.text
        self._check(not is_empty, f"Slot {slot!r} is empty, expected {expected}.", slot)
        seen = f"Slot {slot!r} shows {excerpt(found.text)!r}, expected {words!r} in it."
        self._check(words in found.text, seen, slot)
        seen = f"Slot {slot!r} shows {found.shows!r}, expected {shows!r}."
        self._check(shows in (None, found.shows, inner.shows), seen, slot)
        seen = f"Slot {slot!r} is rendered for {found.url}, expected {url}."
        self._check(url in ("", found.url, inner.url), seen, slot)

    def assert_open(self, slot: str = "modal", text: str = "") -> None:
        """Assert that an intercepted page is open in a slot, and that ``text`` can be read there."""
        __tracebackhide__ = True
        found = self._slot(slot)
        seen = "is empty" if found.shows == "empty" else f"shows {found.shows!r}"
        self._check(self._is_open(found), f"Nothing is open in slot {slot!r}: it {seen}.", slot)
        if text:
            self.assert_shows(slot, text)

    def assert_closed(self, slot: str = "modal") -> None:
        """Assert that no intercepted page is open in a slot; a slot that is not on screen is closed."""
        __tracebackhide__ = True
        try:
            found = self._slot(slot)
        except AssertionError:
            return
        seen = f"Slot {slot!r} is open: it shows {excerpt(found.text)!r}."
        self._check(not self._is_open(found), seen, slot)

    def assert_changed(self, *slots: str) -> None:
        """Assert that the last step has rendered these slots, and no others.

        You may leave out slots that are inside one of these::

            client.visit("/dashboard/team/settings/")
            client.assert_changed("team")
        """
        __tracebackhide__ = True
        screen = self.screen
        wanted = {self._slot(slot).address for slot in slots}
        for address in sorted(wanted):
            seen = f"Slot {address!r} was kept, expected a change."
            self._check(screen.has_changed(address), seen, address)
        expected = f"a change of {' and '.join(map(repr, slots))}" if slots else "no change"
        for address in outermost(screen.changed):
            is_wanted = any(SlotAddress(address).overlaps(SlotAddress(one)) for one in wanted)
            seen = f"Slot {address!r} has changed as well, expected {expected}."
            self._check(is_wanted, seen, address)

    def assert_kept(self, *slots: str) -> None:
        """Assert that the last step has not changed these slots, nor their input and scroll positions."""
        __tracebackhide__ = True
        for slot in slots:
            is_kept = not self.screen.has_changed(self._slot(slot).address)
            self._check(is_kept, f"Slot {slot!r} has changed, expected that it is kept.", slot)

    def assert_url(self, url: str) -> None:
        """Assert what the address bar shows: path, query and hash."""
        __tracebackhide__ = True
        seen = self.screen.url
        self._check(seen == url, f"The address bar shows {seen or 'nothing'}, expected {url}.")

    def assert_title(self, title: str) -> None:
        """Assert the title of the document: that of the uppermost modal, or else of the page."""
        __tracebackhide__ = True
        seen = self.screen.title
        self._check(seen == title, f"The title is {seen!r}, expected {title!r}.")

    # --- why ---

    def explain(self, slot: str = "") -> str:
        """Return how the server has responded to the last step, and why.

        With ``slot``, the text also says why this slot has changed or not.

        ::

            client.visit("/photos/2/")
            print(client.explain("modal"))
        """
        if not self._last_step:
            return "No step was made yet."
        tab, status, plan = self._tab, self.screen.status_code, self._plan
        responded = f"; the server responded {tab.responded}" if tab.responded else ""
        why = f": {plan.why}" if responded and plan else ""
        parts = [f"The last step was {self._last_step}{responded}{why}."]
        if len(tab.requests) > 1:
            parts.append(f"Its requests were: {'; '.join(tab.requests)}.")
        if status >= 400:
            parts.append(f"Its status is {status}.")
        elif tab.page.boost is None and tab.entries:
            parts.append(
                "The page has no {% parallel_routes_script %}, so each step loads a document."
            )
        if plan and slot and (named := slots_named([slot], plan.by_address)):
            planned = plan.by_address[min(named)]
            parts.append(f"The plan for {slot!r} was {planned.action!r}: {planned.why}.")
        return " ".join(parts)

    def _slot(self, name: str) -> ShownSlot:
        __tracebackhide__ = True
        problem = ""
        try:
            name = self._tab.find_slot(name)
        except Impossible as error:
            problem = str(error)
        self._check(not problem, problem, name)
        return self.screen.slots[name]

    def _is_open(self, slot: ShownSlot) -> bool:
        opened = [one["data-pr-slot"] for one in self._tab.page.open_slots()]
        return slot.shows == "intercepted" or slot.address in opened

    def _check(self, holds: bool, problem: str, slot: str = "") -> None:
        __tracebackhide__ = True
        if not holds:
            raise AssertionError(f"{problem} {self.explain(slot)}\n{self.screen}")
