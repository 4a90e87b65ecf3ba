"""The history of a tab: its documents and entries, and what Back and Forward restore."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from django.utils.encoding import iri_to_uri

from django_parallel_routes.client.dom import Element
from django_parallel_routes.client.exchange import (
    Beneath,
    Entry,
    EntryState,
    History,
    Impossible,
    Mounted,
    Navigation,
    Request,
    Response,
    Steps,
    local_url,
    split_hash,
    with_hash,
)
from django_parallel_routes.client.page import Page, has_intercepted
from django_parallel_routes.protocol.state import HEADER
from django_parallel_routes.values import slots_named

MAX_REQUESTS = 100
"""More requests in one step can only be a circle of redirects, refreshes or late slots."""


class DocumentHistory(ABC):
    """The part of a tab that loads documents, goes back and forth, and closes open slots."""

    def __init__(self, base: str = "http://testserver") -> None:
        self.base = base
        """Scheme and host of the site. A driver that learns of another host sets it."""
        self.page = Page()
        self.entries: list[Entry] = []
        self.position = -1
        self.document_id: object = None
        self.response: Response | None = None
        self.origin = ""
        """The URL of the page beneath an intercepted page."""
        self.layout_url = ""
        """The URL of the document. A full load of this URL has the layout that is on screen."""
        self.opened: dict[str, Beneath | None] = {}
        """For each open slot, the page over which it was opened, as far as that is known."""
        self.begin()

    def begin(self) -> None:
        """Begin a step: clear what the last step has requested and changed."""
        self.responded = ""
        """How the server has responded first: ``"with slots"`` or ``"with a document"``."""
        self.changed: list[str] = []
        self.requests: list[str] = []

    @property
    def entry(self) -> Entry:
        return self.entries[self.position]

    @property
    def url(self) -> str:
        """What the address bar shows, with scheme and host."""
        return self.entry.url if self.entries else f"{self.base}/"

    @property
    def here(self) -> str:
        """Path and query of the address bar."""
        return local_url(split_hash(self.url)[0])

    def absolute(self, url: str, slot: str = "") -> str:
        """Return the absolute URL of a link. A link in a slot is relative to that slot's URL."""
        base = self.base + self.page.slots[slot]["data-pr-src"] if slot else self.url
        return iri_to_uri(urljoin(base, url))

    def fetch(self, request: Request, *, is_for_step: bool = True) -> Steps[Response]:
        """Make a request, and follow redirects with the same headers, as htmx's requests do.

        With ``is_for_step``, the response is kept as that of the tested step. A refresh is not such a step.
        """
        hash_, is_document = "", HEADER not in request.headers
        if is_document:
            request = replace(request, headers={**request.headers, "Sec-Fetch-Dest": "document"})
        while urlsplit(request.url).netloc == urlsplit(self.base).netloc:
            response = yield request
            self.requests.append(str(request))
            if len(self.requests) == MAX_REQUESTS:
                last = "; ".join(self.requests[-3:])
                raise Impossible(
                    f"This step has not ended after {MAX_REQUESTS} requests: … {last}."
                )
            if is_document:  # The driver may just have set another ``base``.
                request = replace(request, url=self.base + local_url(request.url))
            if is_for_step:
                self.response = response
            location = response["Location"]
            if not (300 <= response.status < 400 and location):
                return replace(response, url=request.url + hash_ * is_document)
            url, own_hash = split_hash(urljoin(request.url, location))
            hash_ = own_hash or hash_
            # 301 and 302 turn a POST into a GET, but no other method; 303 turns all of them.
            is_same = response.status in (301, 302) and request.method != "POST"
            if is_same or response.status in (307, 308):
                request = replace(request, url=url)
            else:
                request = Request("GET", url, request.headers)
        return Response(0, {}, url=request.url)  # The URL is on another site.

    def load(
        self, url: str, *, request: Request | None = None, replaces: bool = False
    ) -> Steps[None]:
        """Load a document, as from the address bar, or as the response to the ``request`` of a form."""
        url, hash_ = split_hash(self.absolute(url))
        response = yield from self.fetch(request or Request("GET", url))
        if not response.is_download:
            url = with_hash(response.url, hash_)
            history: History = "replace" if replaces or url == self.url else "push"
            yield from self.show(replace(response, url=url), history)

    def reload(self, *, comes_back: bool = False) -> Steps[None]:
        """Load the document of the current entry."""
        entry, url = self.entry, split_hash(self.url)[0]
        response = yield from self.fetch(Request("GET", url))
        if response.url != url:
            entry.url, entry.state = response.url, None
        yield from self.show(response, False, entry.document_id, comes_back=comes_back)

    def show(
        self,
        response: Response,
        history: History,
        document_id: object = None,
        *,
        comes_back: bool = False,
    ) -> Steps[None]:
        """Show a response as a document. ``document_id``: that of the document which it replaces."""
        self.document_id = document_id or object()
        self._read(response)
        if history:
            self.enter(Entry(response.url, self.document_id), history)
        yield from self._start(comes_back=comes_back)

    def _read(self, response: Response) -> None:
        """Make the page from a response."""
        self.page = Page(response.html, response.text)
        self.layout_url = local_url(split_hash(response.url)[0])
        self.is_error = response.status >= 400
        self.responded = self.responded or "with a document"
        self.changed = list(self.page.slots)

    def enter(self, entry: Entry, history: History) -> None:
        """Add an entry to the history, or let it replace the current entry."""
        if history == "push" or not self.entries:
            self.position += 1
            self.entries[self.position :] = [entry]
        else:
            self.entries[self.position] = entry

    @abstractmethod
    def navigate(self, navigation: Navigation, request: Request) -> Steps[None]:
        """Make a request of the script, and apply its response."""

    def _start(self, *, comes_back: bool) -> Steps[None]:
        """Run the script on a document that was loaded, or that Back or Forward has led to."""
        state = self.entry.state
        if comes_back and state and self._is_over(state):
            yield from self._show_on(state.origin, state)
        elif comes_back and state and self._is_only_soft(state):
            yield from self._show_on(state.layout_url, state)
        elif self.page.boost is None:
            if state:
                self.entry.state = replace(state, slots={})
        elif comes_back and state and not self.page.has_other_layout(state.slots):
            yield from self._restore(state)
        else:
            self.origin = self.page.origin or self.here
            self.opened = dict(state.opened) if state else {}
            self.track_opened(None)
            if self.page.boost != "form":
                self.store_state()

    def store_state(self, slots: Mounted | None = None) -> EntryState:
        """Write ``slots``, or the state of those on screen, into the entry of the history."""
        slots = self.page.mounted() if slots is None else slots
        state = EntryState(slots, self.origin, dict(self.opened), self.layout_url)
        self.entry.state = state
        return state

    # --- Back and Forward ---

    def go(self, steps: int) -> Steps[None]:
        """Go to another entry of the history."""
        position = self.position + steps
        if not 0 <= position < len(self.entries):
            urls = [local_url(entry.url) for entry in self.entries]
            where = "back" if steps < 0 else "forward"
            raise Impossible(f"There is nothing to go {where} to: the history is {urls}.")
        left, self.position = split_hash(self.url)[0], position
        state, is_here = self.entry.state, self.entry.document_id == self.document_id
        is_soft = is_here and self.page.boost is not None
        if is_here and state and self._is_over(state):
            yield from self._show_on(state.origin, state)
        elif is_soft and state and not self.page.has_other_layout(state.slots):
            yield from self._restore(state)
        elif not is_here or (is_soft and state) or left != split_hash(self.url)[0]:
            yield from self.reload(comes_back=True)

    def _is_over(self, state: EntryState) -> bool:
        """Tell whether the slots of an entry stand over a page whose layout is not on screen."""
        is_elsewhere = self.page.loads_script and self.page.has_other_layout(state.slots)
        path = self.here.partition("?")[0]
        return is_elsewhere and bool(state.slots) and state.origin.partition("?")[0] != path

    def _is_only_soft(self, state: EntryState) -> bool:
        """Tell whether an entry has slots that only a click shows: a full load of its URL is an error."""
        is_error = self.page.boost is None and self.is_error
        return is_error and bool(state.slots) and state.layout_url != self.here

    def _show_on(self, url: str, state: EntryState) -> Steps[None]:
        """Load the page of another URL, which has the layout of an entry, and restore the entry there."""
        self._read((yield from self.fetch(Request("GET", self.base + url))))
        if self.page.has_other_layout(state.slots):  # The page shows something else by now.
            self.entry.state = None
            yield from self.reload()
        else:
            yield from self._restore(state)

    def _restore(self, state: EntryState) -> Steps[None]:
        """Let the slots show what the current entry says."""
        page = self.page
        self.origin, self.opened = state.origin, dict(state.opened)
        self.changed.extend(page.clear(state.slots))
        self.responded = self.responded or "with slots"
        if not page.shows(state.slots):
            request = Request("GET", split_hash(self.url)[0])
            yield from self.navigate(Navigation(restore=state.slots), request)
        if self.page is page:
            page.update_title(self.here)
            if page.slots.keys() - state.slots.keys():
                self.store_state()  # A refreshed layout has printed slots that the entry did not know.

    # --- what is intercepted: open and close ---

    def find_slot(self, name: str) -> str:
        """Return the slot on screen that has this address, or that alone has this name."""
        found = sorted(slots_named([name], self.page.slots))
        if len(found) == 1:
            return found[0]
        several = f"are several slots {name!r} on screen: {', '.join(found)}"
        raise Impossible(f"There {several if found else f'is no slot {name!r} on screen'}.")

    def track_opened(self, beneath: Beneath | None) -> None:
        """Store ``beneath`` as the page beneath the slots that have just been opened."""
        addresses = (slot["data-pr-slot"] for slot in self.page.open_slots())
        self.opened = {address: self.opened.get(address, beneath) for address in addresses}

    def open_slot(self, address: str) -> Element:
        """Return the innermost open slot around a slot; without an address, the slot opened last."""

        def age(slot: Element) -> int:
            beneath = self.opened[slot["data-pr-slot"]]
            return beneath.position if beneath else -1

        found = self.page.open_slots(around=address or None)
        if not found:
            where = f" in slot {address!r}" if address else ""
            raise Impossible(f"Nothing is open{where} that could be closed.")
        # Of two slots that were opened at the same time, the inner one counts.
        return found[-1] if address else max(reversed(found), key=age)

    def close(self, slot: Element) -> Steps[None]:
        """Close an open slot: go back to the page beneath. If that is not known, show the slot's default."""
        address, src = slot["data-pr-slot"], slot["data-pr-mount-url"]
        beneath = self.opened.pop(address, None)
        shown = self.page.background_state()
        if beneath and beneath.position < self.position and beneath.shown == shown:
            yield from self.go(beneath.position - self.position)
            return
        lower = slot.parent.closest("data-pr-mount-url") if slot.parent else None
        url = self.origin
        if lower and has_intercepted(lower):
            inside = lower.first(lambda one: one["data-pr-variant"] == "intercepted")
            url = (inside or lower)["data-pr-src"]
        rest = slot["data-pr-default"] or src
        shows = ["empty", src] if rest == "empty" else ["default", rest]
        self.entry.url = self.base + url
        slots = {
            name: [*shows, slot["data-pr-key"], src] if name == address else state
            for name, state in self.page.mounted().items()
            if not name.startswith(f"{address}.")
        }
        yield from self._restore(self.store_state(slots))

    def go_beneath(self, levels: Sequence[Beneath | None]) -> None:
        """If a form in an open slot has led to the page beneath, go back to the entry of that page."""
        path = self.here.partition("?")[0]
        for level, beneath in reversed(list(enumerate(levels))):
            is_page = beneath and beneath.url == self.here
            if beneath and (is_page or (level and beneath.url.partition("?")[0] == path)):
                if beneath.shown == self.page.background_state():
                    url, self.position = self.url, beneath.position
                    self.entry.url = url
                    self.store_state()
                return
