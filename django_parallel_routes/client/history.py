"""What the script writes into the history: what the slots show, and what is open over which page."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace

from django_parallel_routes.client.documents import Documents
from django_parallel_routes.client.dom import Element
from django_parallel_routes.client.exchange import (
    Beneath,
    Impossible,
    Navigation,
    Request,
    State,
    Steps,
    local,
    split_hash,
)
from django_parallel_routes.client.page import has_intercepted


class SlotHistory(Documents):
    """The part of a tab that goes back and forth, and closes what is open."""

    def __init__(self, base: str = "http://testserver") -> None:
        super().__init__(base)
        self.origin = ""
        """The URL of the page beneath what is intercepted."""
        self.opened: dict[str, Beneath | None] = {}
        self.index = 0

    @abstractmethod
    def navigate(self, navigation: Navigation, request: Request) -> Steps[None]:
        """Make a request of the script, and apply its response."""

    def start(self, *, comes_back: bool = False) -> Steps[None]:
        """Run the script on a document that has been loaded, or come back to."""
        state = self.entry.state
        self.changed = list(self.page.slots)
        if self.page.boost is None:
            if state:
                self.entry.state = replace(state, slots={})
        elif comes_back and state and not self.page.is_elsewhere(state.slots):
            yield from self.restore()
        else:
            self.origin = self.page.origin or self.here
            self.opened = dict(state.opened) if state else {}
            self.index = state.index if state else 0
            self.track_opened(None)
            if self.page.boost != "form":
                self.note()
            self.page.begin(self.url)

    def note(self) -> None:
        """Write what is on screen into the entry of the history."""
        self.entry.state = State(self.page.mounted(), self.origin, dict(self.opened), self.index)

    # --- Back and Forward ---

    def go(self, steps: int) -> Steps[None]:
        """Go to another entry of the history."""
        position = self.position + steps
        if not 0 <= position < len(self.entries):
            raise Impossible(
                f"There is no entry of the history to go to, {steps:+} from here: it has "
                f"{[local(entry.url) for entry in self.entries]}, and this is {local(self.url)}."
            )
        left, self.position = self.url, position
        entry, page = self.entry, self.page
        if entry.document != self.document:
            is_lost = True
        elif page.boost is None or entry.state is None:
            if split_hash(left)[0] == split_hash(entry.url)[0]:
                return
            is_lost = True
        else:
            is_lost = page.is_elsewhere(entry.state.slots)
        yield from self.reload(comes_back=True) if is_lost else self.restore()

    def restore(self) -> Steps[None]:
        """Let the slots show what the entry of the history says."""
        state, page = self.entry.state, self.page
        assert state
        self.origin, self.opened, self.index = state.origin, dict(state.opened), state.index
        self.changed.extend(page.clear(state.slots))
        self.how = self.how or "soft"
        if not page.shows(state.slots):
            request = Request("GET", split_hash(self.url)[0])
            yield from self.navigate(Navigation(restore=state.slots), request)
        if self.page is page:
            page.settle(self.url)
            if page.slots.keys() - state.slots.keys():
                self.note()  # a refreshed layout has printed slots that the entry did not know

    # --- what is intercepted: open and close ---

    def find_slot(self, name: str) -> str:
        """Return the address of a slot, which its last part may name if that is clear."""
        if name in self.page.slots:
            return name
        found = [address for address in self.page.slots if address.endswith(f".{name}")]
        if len(found) == 1:
            return found[0]
        problem = f"several slots: {', '.join(found)}" if found else "no slot on screen"
        raise Impossible(f"{name!r} is {problem}.")

    def track_opened(self, beneath: Beneath | None) -> None:
        """Keep, for each open slot, over which page it was opened."""
        addresses = (slot["data-pr-slot"] for slot in self.page.open_slots())
        self.opened = {address: self.opened.get(address, beneath) for address in addresses}

    def open_slot(self, slot: str) -> Element:
        """Return the innermost open slot around a slot; without one, what was opened last."""

        def index(one: Element) -> int:
            beneath = self.opened[one["data-pr-slot"]]
            return beneath.index if beneath else -1

        around = self.find_slot(slot) if slot else ""
        found = self.page.open_slots_around(around) if slot else self.page.open_slots()
        found.reverse()  # of two that are as old as each other, the upper one
        if found:
            return found[0] if slot else max(found, key=index)
        where = f" in slot {slot!r}" if slot else ""
        raise Impossible(f"Nothing is open{where} that could be closed.")

    def close(self, slot: Element) -> Steps[None]:
        """Close what is open in a slot: Back, if the page beneath is in the history, else here."""
        address, src = slot["data-pr-slot"], slot["data-pr-mount-url"]
        beneath = self.opened.get(address)
        if beneath and beneath.index < self.index and beneath.shown == self.page.others():
            yield from self.go(beneath.index - self.index)
            return
        lower = slot.parent.closest("data-pr-mount-url") if slot.parent else None
        url = self.origin
        if lower and has_intercepted(lower):
            inside = lower.all(lambda one: one["data-pr-variant"] == "intercepted")
            url = [*inside, lower][0]["data-pr-src"]
        rest = slot["data-pr-default"] or src
        shows = ["empty", src] if rest == "empty" else ["default", rest]
        slots = {
            name: [*shows, slot["data-pr-key"], src] if name == address else state
            for name, state in self.page.mounted().items()
            if not name.startswith(f"{address}.")
        }
        self.opened.pop(address, None)
        self.entry.url = self.base + url
        self.entry.state = State(slots, self.origin, dict(self.opened), self.index)
        yield from self.restore()

    def go_below(self, beneaths: Sequence[Beneath | None]) -> None:
        """Go back to the entry of the page beneath, or beneath a level, if a form has led to it."""
        url, path = self.url, self.here.partition("?")[0]
        for level, beneath in reversed(list(enumerate(beneaths))):
            if beneath and (
                beneath.url == self.here or (level and beneath.url.partition("?")[0] == path)
            ):
                if beneath.shown == self.page.others():
                    self.position += beneath.index - self.index
                    self.index = beneath.index
                    self.entry.url = url
                    self.note()
                return
