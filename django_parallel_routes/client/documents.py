"""A tab as it is without JavaScript: it loads documents, follows redirects, and has a history."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from django_parallel_routes.client.exchange import (
    Entry,
    History,
    Impossible,
    Request,
    Response,
    Steps,
    local,
    quoted,
    split_hash,
)
from django_parallel_routes.client.page import Page
from django_parallel_routes.protocol.state import HEADER

MAX_REDIRECTS = 20


class Documents(ABC):
    """The part of a tab that every browser has; ``Tab`` adds what the script does."""

    def __init__(self, base: str = "http://testserver") -> None:
        self.base = base
        """Scheme and host of the site; drivers that learn of another one set it."""
        self.page = Page()
        self.entries: list[Entry] = []
        self.position = -1
        self.document = self.documents = 0
        self.response: Response | None = None
        self.begin()

    def begin(self) -> None:
        """Begin a step: forget what the last one requested and changed."""
        self.how = ""
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
        return local(split_hash(self.url)[0])

    def absolute(self, url: str, slot: str = "") -> str:
        """Return what a link leads to: in a slot, it is relative to that slot's URL."""
        base = self.base + self.page.slots[slot]["data-pr-src"] if slot else self.url
        return quoted(urljoin(base, url))

    def fetch(self, request: Request, *, notes: bool = True) -> Steps[Response]:
        """Make a request and follow redirects, with the same headers, as htmx's requests do."""
        hash_ = ""
        for _ in range(MAX_REDIRECTS):
            if urlsplit(request.url).netloc != urlsplit(self.base).netloc:
                return Response(0, {}, url=request.url)
            response = yield request
            self.requests.append(str(request))
            if HEADER not in request.headers:  # the driver may just have learned of the host
                request = replace(request, url=self.base + local(request.url))
            if notes:
                self.response = response
            location = response["Location"]
            if not (300 <= response.status < 400 and location):
                return replace(response, url=request.url, hash=hash_)
            url, said = split_hash(urljoin(request.url, location))
            hash_ = said or hash_
            request = request.redirected(response.status, url)
        raise Impossible(f"{request} redirects in a circle: {', '.join(self.requests)}")

    def load(
        self, url: str, *, request: Request | None = None, replaces: bool = False
    ) -> Steps[None]:
        """Load a document, as from the address bar; with a ``request``, as that of a form."""
        url, hash_ = split_hash(self.absolute(url))
        response = yield from self.fetch(request or Request("GET", url))
        if response.is_download:
            return
        url = response.url + (response.hash or hash_)
        replaces = replaces or (bool(self.entries) and url == self.url)
        yield from self.show(replace(response, url=url), "replace" if replaces else "push")

    def reload(self, *, comes_back: bool = False) -> Steps[None]:
        """Load the document of the entry that the tab is at."""
        entry, url = self.entry, split_hash(self.url)[0]
        response = yield from self.fetch(Request("GET", url))
        if response.url != url:
            entry.url, entry.state = response.url, None
        yield from self.show(response, False, entry.document, comes_back=comes_back)

    def show(
        self, response: Response, how: History, document: int = 0, *, comes_back: bool = False
    ) -> Steps[None]:
        """Put a document on screen; ``document`` is its number, if it takes the place of one."""
        self.documents += not document
        self.document = document or self.documents
        self.page = Page(response.html, response.text)
        self.how = self.how or "hard"
        if how:
            self.enter(Entry(response.url, self.document), how)
        yield from self.start(comes_back=comes_back)

    def enter(self, entry: Entry, how: History) -> None:
        """Add an entry to the history, or let it take the place of this one."""
        if how == "push" or not self.entries:
            self.position += 1
            del self.entries[self.position :]
            self.entries.append(entry)
        else:
            self.entries[self.position] = entry

    @abstractmethod
    def start(self, *, comes_back: bool = False) -> Steps[None]:
        """Run the script on a document that has been loaded, or come back to."""
