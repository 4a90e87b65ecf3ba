"""Assertions on what is on screen. Their messages are sentences, followed by the screen as a table."""

from __future__ import annotations

from typing import Any

from django_parallel_routes.address import within
from django_parallel_routes.planning.plan import Plan
from django_parallel_routes.protocol.state import Shows
from django_parallel_routes.test.page import is_open
from django_parallel_routes.test.screen import Screen, ShownSlot
from django_parallel_routes.test.steps import local
from django_parallel_routes.test.tab import Tab


class Assertions:
    """What both clients can be asked. All raise ``AssertionError``, so they go with any test runner."""

    _tab: Tab
    screen: Screen

    def assert_shows(
        self, slot: str, text: str = "", *, shows: Shows | None = None, url: str = ""
    ) -> None:
        """Assert that a slot shows something.

        ``slot``
            Its address, or its name where only one slot has it.
        ``text``
            Words that can be read in it, or in the slots in it.
        ``shows``
            ``"page"``, ``"intercepted"``, ``"layout"``, ``"default"``, ``"empty"``: the slot itself, or
            the page that its own layout frames.
        ``url``
            The URL, path and query, that it, or the page in its layout, was rendered for.

        Without any of these: that it is not empty. Like pytest, it does not need a ``TestCase``::

            client.visit("/photos/2/")
            client.assert_shows("modal", "The last ferry", shows="intercepted", url="/photos/2/")
        """
        __tracebackhide__ = True
        found = self._slot(slot)
        words = " ".join(text.split())
        expected = words or (shows and f"{shows!r}") or url or "something"
        if shows != "empty" and not found.text and found.shows == "empty":
            self._fail(f"Slot {slot!r} is empty, expected {_quoted(expected, words)}.", slot)
        if words not in found.text:
            self._fail(
                f"Slot {slot!r} shows {_excerpt(found.text)!r}, in which {words!r} can't be read.",
                slot,
            )
        inside = [one for one in self.screen.slots.values() if within(one.address, found.address)]
        pages = [
            one for one in inside if one.address in (found.address, f"{found.address}.children")
        ]
        if shows is not None and shows not in [one.shows for one in pages]:
            self._fail(f"Slot {slot!r} shows {found.shows!r}, expected {shows!r}.", slot)
        if url and url not in [one.url for one in pages]:
            self._fail(f"Slot {slot!r} is rendered for {found.url}, expected {url}.", slot)

    def assert_empty(self, slot: str) -> None:
        """Assert that there is nothing in a slot.

        ::

            client.load("/photos/2/")
            client.assert_empty("modal")
        """
        __tracebackhide__ = True
        found = self._slot(slot)
        if found.shows != "empty":
            self._fail(
                f"Slot {slot!r} shows {_excerpt(found.text)!r} ({found.shows}), expected nothing.",
                slot,
            )

    def assert_open(self, slot: str = "modal", text: str = "") -> None:
        """Assert that something was intercepted, and is open in a slot; and what can be read there.

        ::

            client.visit("/photos/2/")
            client.assert_open("modal", "The last ferry")
        """
        __tracebackhide__ = True
        found = self._slot(slot)
        if not self._is_open(found):
            what = "is empty" if found.shows == "empty" else f"shows {found.shows!r}"
            self._fail(f"Nothing is open in slot {slot!r}: it {what}.", slot)
        if text:
            self.assert_shows(slot, text)

    def assert_closed(self, slot: str = "modal") -> None:
        """Assert that nothing that was intercepted is open in a slot, or that there is no such slot.

        ::

            client.close("modal")
            client.assert_closed("modal")
        """
        __tracebackhide__ = True
        try:
            found = self._slot(slot)
        except AssertionError:
            return
        if self._is_open(found):
            self._fail(f"Slot {slot!r} is open: it shows {_excerpt(found.text)!r}.", slot)

    def assert_changed(self, *slots: str) -> None:
        """Assert that the last step has rendered these slots, and no others.

        Those inside of a slot that was rendered need no mention; they may have it::

            client.visit("/dashboard/team/settings/")
            client.assert_changed("team")
        """
        __tracebackhide__ = True
        screen = self.screen
        wanted = {self._slot(slot).address for slot in slots}
        for address in sorted(wanted):
            if not screen.has_changed(address):
                self._fail(f"Slot {address!r} was kept, expected a change.", address)
        outermost = [
            one
            for one in screen.changed
            if not any(one != other and within(one, other) for other in screen.changed)
        ]
        for address in outermost:
            if not any(within(address, one) or within(one, address) for one in wanted):
                self._fail(
                    f"Slot {address!r} has changed as well, expected {_named(slots)}.", address
                )

    def assert_kept(self, *slots: str) -> None:
        """Assert that the last step has left these slots as they were: input, scroll position and all.

        ::

            client.visit("/dashboard/team/settings/")
            client.assert_kept("children", "analytics")
        """
        __tracebackhide__ = True
        for slot in slots:
            if self.screen.has_changed(self._slot(slot).address):
                self._fail(f"Slot {slot!r} has changed, expected that it is kept.", slot)

    def assert_url(self, url: str) -> None:
        """Assert what the address bar shows: path, query and hash.

        ::

            client.close("modal")
            client.assert_url("/gallery/")
        """
        __tracebackhide__ = True
        if self.screen.url != url:
            self._fail(f"The address bar shows {self.screen.url or 'nothing'}, expected {url}.")

    def assert_title(self, title: str) -> None:
        """Assert the title of the document, which is that of what is on top.

        ::

            client.visit("/photos/2/")
            client.assert_title("The last ferry")
        """
        __tracebackhide__ = True
        if self.screen.title != title:
            self._fail(f"The title is {self.screen.title!r}, expected {title!r}.")

    # --- why ---

    def explain(self, slot: str = "") -> str:
        """Return what the last step was, how it was answered, and why; of a slot, what has become of it.

        ::

            client.visit("/photos/2/")
            print(client.explain("modal"))
        """
        tab = self._tab
        if not tab.story:
            return "No step was made yet."
        said = f"The last step was {tab.story}"
        if tab.how:
            said += f", answered {HOW[tab.how]}"
        if tab.how and tab.plan:
            said += f": {tab.plan.why}"
        parts = [f"{said}."]
        if len(tab.requests) > 1:
            parts.append(f"It asked for: {', '.join(tab.requests)}.")
        if self.screen.status_code >= 400:
            parts.append(f"Its status is {self.screen.status_code}.")
        elif not self.screen.has_script and tab.entries:
            parts.append("The page has no {% parallel_routes_script %}, so all is a document.")
        if planned := self._planned(slot, tab.plan):
            parts.append(planned)
        return " ".join(parts)

    def _planned(self, slot: str, plan: Plan | None) -> str:
        if not slot or plan is None:
            return ""
        found = plan.by_address.get(slot) or next(
            (one for name, one in plan.by_address.items() if name.endswith(f".{slot}")), None
        )
        return f"The plan for {slot!r} was {found.action!r}: {found.why}." if found else ""

    def _slot(self, name: str) -> ShownSlot:
        __tracebackhide__ = True
        try:
            return self.screen.slots[self._tab.find_slot(name)]
        except AssertionError as error:
            problem = str(error).partition("\n")[0]
            raise AssertionError(f"{problem} {self.explain(name)}\n{self.screen}") from None

    def _is_open(self, slot: ShownSlot) -> bool:
        element = self._tab.page.slots[slot.address]
        return slot.shows == "intercepted" or ("data-pr-mount-url" in element and is_open(element))

    def _fail(self, problem: str, slot: str = "") -> Any:
        __tracebackhide__ = True
        raise AssertionError(f"{problem} {self.explain(slot)}\n{self.screen}")


HOW = {"soft": "with slots", "hard": "as a document", "document": "as a document"}


def _quoted(expected: str, words: str) -> str:
    return repr(words) if words else expected


def _excerpt(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"


def _named(slots: tuple[str, ...]) -> str:
    return "a change of " + " and ".join(map(repr, slots)) if slots else "no change"


def story(what: str, tab: Tab) -> str:
    """Return a step in words."""
    return f"{what} from {local(tab.url)}" if tab.entries else what
