"""One tab: its page, its history, and what ``parallel-routes.js`` would send and apply.

In the order of the script.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

from django.core.exceptions import DisallowedHost

from django_parallel_routes.address import within
from django_parallel_routes.declarations import CHILDREN
from django_parallel_routes.instrumentation.trace import trace_of
from django_parallel_routes.planning.plan import Plan
from django_parallel_routes.protocol.query import INLINE, directed, for_browser
from django_parallel_routes.protocol.state import HEADER, MAX_LENGTH
from django_parallel_routes.test.dom import Element, parse
from django_parallel_routes.test.page import Page, is_intercepted, is_open
from django_parallel_routes.test.screen import Screen
from django_parallel_routes.test.steps import (
    Answer,
    Ask,
    Entry,
    History,
    Navigation,
    State,
    Steps,
    local,
    quoted,
)

EVENT = "parallel-routes:refresh"
MAX_REDIRECTS = 20
MAX_ROUNDS = 20
"""How often slots are asked for that come later, and then have slots that come later."""


class Tab:
    """A tab; ``client`` has the requests made that its methods yield."""

    def __init__(self) -> None:
        self.base = "http://testserver"
        self.page = Page()
        self.written = ""
        self.entries: list[Entry] = []
        self.position = -1
        self.document = 0
        self.documents = 0
        self.origin = ""
        self.opened: dict[str, Mapping[str, Any]] = {}
        self.index = 0
        self.response: Any = None
        self.begin("")

    # --- where one is ---

    def begin(self, story: str) -> None:
        """Begin a step: what is told of the last one is forgotten."""
        self.story = story
        self.plan: Plan | None = None
        self.heard = 0
        self.how = ""
        self.changed: list[str] = []
        self.requests: list[str] = []

    @property
    def entry(self) -> Entry:
        return self.entries[self.position]

    @property
    def url(self) -> str:
        """What the address bar shows, absolute."""
        return self.entry.url if self.entries else self.base + "/"

    @property
    def here(self) -> str:
        """Path and query, as the script has it."""
        return local(urldefrag(self.url).url)

    def absolute(self, url: str, slot: str = "") -> str:
        """Return what a link leads to: in a slot, it is relative to that slot's URL."""
        base = self.base + self.page.slots[slot]["data-pr-src"] if slot else self.url
        return quoted(urljoin(base, url))

    def is_local(self, url: str) -> bool:
        return url.startswith(f"{self.base}/")

    def find_slot(self, name: str) -> str:
        """Return the address of a slot, which may be named by its last part if that is clear."""
        if name in self.page.slots:
            return name
        found = [address for address in self.page.slots if address.endswith(f".{name}")]
        if len(found) == 1:
            return found[0]
        problem = f"several slots: {', '.join(found)}" if found else "no slot on screen"
        raise AssertionError(f"{name!r} is {problem}.\n{self.screen()}")

    def screen(self) -> Screen:
        if not self.entries:
            return Screen()
        self.page.catch_up()
        return Screen(
            url=local(self.url),
            title=self.page.title,
            slots=self.page.shown(),
            html=self.page.document.inner_html() or self.written,
            own_html=self.page.own_html(),
            status_code=getattr(self.response, "status_code", 0),
            changed=tuple(dict.fromkeys(self.changed)),
            requests=tuple(self.requests),
            has_script=self.page.boost is not None,
        )

    # --- documents ---

    def fetch(self, ask: Ask, *, notes: bool = True) -> Steps[Answer]:
        """Ask, and follow redirects as a browser does: an htmx request with all of its headers."""
        hash_ = ""
        for _ in range(MAX_REDIRECTS):
            if not self._is_site(ask.url):
                return Answer(ask.url, None)
            response, body = yield ask
            self.requests.append(str(ask))
            self._learn(response)
            if HEADER not in ask.headers:  # only now is it known which host the client asks
                ask = replace(ask, url=self.base + local(ask.url))
            if notes:
                self.response = response
            location = response.get("Location", "")
            if not (300 <= response.status_code < 400 and location):
                return Answer(ask.url, response, body, hash_)
            url, said = urldefrag(urljoin(ask.url, location))
            hash_ = said or hash_
            ask = ask.redirected(response.status_code, url)
        raise AssertionError(f"{ask} redirects in a circle: {', '.join(self.requests)}")

    def _learn(self, response: Any) -> None:
        request = getattr(response, "wsgi_request", None) or response.asgi_request
        with suppress(DisallowedHost):  # that is answered with a 400
            self.base = f"{request.scheme}://{request.get_host()}"
        self.plan = self.plan or trace_of(request).plan

    def _is_site(self, url: str) -> bool:
        return urlsplit(url).netloc == urlsplit(self.base).netloc

    def load(self, url: str, *, replaces: bool = False, ask: Ask | None = None) -> Steps[None]:
        """Load a document, as from the address bar, or by a link that is none for the script."""
        url, hash_ = urldefrag(self.absolute(url))
        answer = yield from self.fetch(ask or Ask("GET", url))
        if answer.response is None or not answer.is_download:
            hash_ = answer.hash or hash_
            url = answer.url + (f"#{hash_}" if hash_ else "")
            replaces = replaces or (bool(self.entries) and url == self.url)
            self._show(replace(answer, url=url), "replace" if replaces else "push")
            yield from self._start(is_answer=not (ask or Ask("GET", url)).is_safe)
        return None

    def _show(self, answer: Answer, how: History, document: int = 0) -> None:
        """Let another document be on screen, in a new entry or in the place of this one."""
        if not document:
            self.documents += 1
        self.document = document or self.documents
        self.page = Page(answer.text)
        self.written = "" if answer.text else answer.body.decode("utf-8", "replace")
        self.how = self.how or "hard"
        if how:
            self._enter(Entry(answer.url, self.document), how)

    def show_again(self, screen: Screen) -> None:
        """Be where one was, without a request and a history."""
        self.documents += 1
        self.document, self.page, self.written = self.documents, Page(screen.html), ""
        self.entries, self.position = [Entry(self.base + screen.url, self.document)], 0
        list(self._start())  # which asks for nothing, where one does not come back

    def _enter(self, entry: Entry, how: History) -> None:
        if how == "push" or not self.entries:
            self.position += 1
            del self.entries[self.position :]
            self.entries.append(entry)
        else:
            self.entries[self.position] = entry

    def _start(self, *, comes_back: bool = False, is_answer: bool = False) -> Steps[None]:
        """Do what the script does on a page that has been loaded."""
        state = self.entry.state
        self.changed = list(self.page.slots)
        if self.page.boost is None:
            if state:
                self.entry.state = replace(state, slots={})
            return
        if comes_back and state and not self.page.is_elsewhere(state.slots):
            yield from self._restore()
            return
        self.origin = self.page.origin or self.here
        self.opened = dict(state.opened) if state else {}
        self.index = state.index if state else 0
        self._track_opened({})
        if self.page.boost != "form":
            self._note()
        self.page.begin(self.url)

    def reload(self, *, comes_back: bool = False) -> Steps[None]:
        """Load the document of the entry where one is."""
        entry = self.entry
        answer = yield from self.fetch(Ask("GET", urldefrag(entry.url).url))
        if answer.response is None or answer.url != urldefrag(entry.url).url:
            entry.url, entry.state = answer.url, None
        self._show(answer, False, entry.document)
        yield from self._start(comes_back=comes_back)

    # --- navigations: what is on screen goes out, what changed comes in ---

    def visit(self, url: str, navigation: Navigation) -> Steps[None]:
        """Go to a URL, softly where that is possible."""
        url, hash_ = urldefrag(self.absolute(url, navigation.from_))
        if hash_ and url == urldefrag(self.url).url:
            self.index += 1
            self._enter(Entry(f"{url}#{hash_}", self.document), "push")
            if self.page.boost is not None:
                self._note()
            return
        if self.page.boost is None or not self.is_local(url):
            self.plan = None
            yield from self.load(url + (f"#{hash_}" if hash_ else ""))
            return
        navigation = replace(navigation, hash=f"#{hash_}" if hash_ else "")
        yield from self.navigate(self._staying(navigation, url), Ask("GET", url))

    def _staying(self, navigation: Navigation, url: str) -> Navigation:
        """Let a link or form that changes no more than the query of its named slot be for that alone."""
        slot = self.page.slots.get(navigation.from_)
        if slot is None or navigation.only or not self._is_own(navigation, url):
            return navigation
        has_query = "?" in url + slot["data-pr-src"]
        names = navigation.from_.split(".")
        while names and names[-1] == CHILDREN:
            names.pop()
        if not has_query or not names or slot["data-pr-variant"] not in ("page", "default"):
            return navigation
        return replace(navigation, only=".".join(names), own=navigation.history == "push")

    def _is_own(self, navigation: Navigation, url: str) -> bool:
        """Tell whether a path is that of the slot that a link or form stands in."""
        slot = self.page.slots.get(navigation.from_)
        src = self.base + slot["data-pr-src"] if slot else ""
        return url.partition("?")[0] == src.partition("?")[0]

    def submit(self, url: str, data: Any, method: str, navigation: Navigation) -> Steps[None]:
        """Send a form."""
        target, hash_ = urldefrag(self.absolute(url, navigation.from_))
        hash_ = hash_ and f"#{hash_}"
        if method == "GET":
            bare = target if url else target.partition("?")[0]
            query = urlencode(data or {}, doseq=True)
            target = f"{bare}{'&' if '?' in bare else '?'}{query}" if query else bare
            yield from self.visit(target + hash_, navigation)
            return
        if self.page.boost is None or not self.is_local(target):
            yield from self.send(target + hash_, data, method)
            return
        yield from self.navigate(replace(navigation, hash=hash_), Ask(method, target, data=data))

    def send(self, target: str, data: Any, method: str) -> Steps[None]:
        """Send a form as a browser does by itself."""
        if method == "GET":
            query = urlencode(data or {}, doseq=True)
            yield from self.load(f"{target.partition('?')[0]}?{query}")
        else:
            headers = {"Referer": urldefrag(self.url).url} if self.entries else {}
            ask = Ask(method, urldefrag(target).url, headers, data)
            yield from self.load(target, ask=ask)

    def refresh(self, addresses: Iterable[str]) -> Steps[None]:
        """Ask for slots once more, each as it is."""
        asked = tuple(addresses)
        if not asked:
            return  # all are empty
        first = self.page.slots[asked[0]]
        has_url = len(asked) == 1 and (
            first["data-pr-state"] or first["data-pr-variant"] != "layout"
        )
        url = self.base + (first["data-pr-src"] if has_url else self.here)
        yield from self.navigate(Navigation(asked=asked), Ask("GET", url))

    def refreshed(self, names: Iterable[str]) -> list[str]:
        """Return which slots are meant: by address, or all of a name; without names, all on screen."""
        slots = self.page.slots
        named = [
            address
            for name in names
            for address in ([name] if name in slots else slots)
            if address == name or address.endswith(f".{name}")
        ]
        if not names:
            named = list(slots)
        found = dict.fromkeys(name for name in named if slots[name]["data-pr-variant"] != "empty")
        return [
            name
            for name in found
            if not any(other != name and within(name, other) for other in found)
        ]

    def navigate(self, navigation: Navigation, ask: Ask) -> Steps[None]:
        """Make a request of the script, and do what its answer says."""
        headers = self._headers(navigation, ask)
        if headers is None:
            yield from self._load_complete()
            return
        asks = replace(ask, headers=headers)
        answer = yield from self.fetch(asks, notes=not navigation.asked)
        yield from self._take(navigation, ask, answer)

    def _headers(self, navigation: Navigation, ask: Ask) -> dict[str, str] | None:
        """Return those of an htmx request; ``None`` if it can't tell which slots it wants."""
        page = self.page
        state: dict[str, Any] = {"ask": "navigate", "slots": page.mounted()}
        if navigation.from_:
            state["from"] = navigation.from_
        is_own = navigation.own if ask.is_safe else self._is_own(navigation, ask.url)
        if is_own:
            state["own"] = True
        if navigation.intercept and page.has_homes and not navigation.own:
            state |= {"at": self.here, "origin": self.origin}
        elif navigation.own or page.has_other_query(self.here):
            state["at"] = self.here
        if again := page.again():
            state["again"] = again
        if not ask.is_safe:
            state |= {"at": self.here, "form": True, "reads": page.reads()}
            if adds := self._slot_to_add_to(navigation):
                state["adds"] = adds
        if navigation.only:
            state["only"] = navigation.only
        if navigation.want is not None:
            state |= {"ask": "restore", "want": navigation.want}
        if navigation.asked:
            state |= {"ask": "refresh", "again": list(navigation.asked)}
        header = json.dumps(state, separators=(",", ":"))
        if len(header) > MAX_LENGTH:
            header = json.dumps({**state, "reads": {}}, separators=(",", ":"))
        if len(header) > MAX_LENGTH:
            if navigation.asked:
                return None
            said = {name: state[name] for name in ("from", "own") if name in state}
            header = json.dumps({"ask": "navigate", **said, "slots": {}})
        headers = {"HX-Request": "true", "HX-Current-URL": self.url, "Referer": self.url}
        if navigation.boosted:
            headers["HX-Boosted"] = "true"
        if navigation.only:
            headers["HX-Target"] = page.slots[navigation.only]["id"]
        return {**headers, HEADER: header}

    def _take(self, navigation: Navigation, ask: Ask, answer: Answer) -> Steps[None]:
        """Apply an answer, or load the document that it is, or leads to."""
        if answer[HEADER]:
            self.how = self.how or "soft"
            elements = [
                child
                for child in parse(answer.text).children
                if isinstance(child, Element) and "data-pr-slot" in child
            ]
            yield from self._commit(navigation, ask, answer[HEADER], elements)
            yield from self._hear(answer)
            return
        self.how = self.how or "document"
        asked = navigation.asked
        was_loading = [
            name for name in asked if self.page.slots[name]["data-pr-state"] == "loading"
        ]
        is_endless = answer["HX-Refresh"] and was_loading
        if not is_endless and (url := answer["HX-Redirect"]):
            yield from self.load(_with_hash(urljoin(ask.url, url), navigation.hash))
        elif not is_endless and (url := answer["HX-Location"]):
            path = json.loads(url)["path"] if url.startswith("{") else url
            yield from self.visit(path, Navigation("push"))
        elif not is_endless and answer["HX-Refresh"]:
            yield from self.reload()
        elif not asked and navigation.want is None and (answer.is_download or not answer.body):
            pass  # it is saved, or told in a line: the page stays
        elif not asked and navigation.want is None and answer.is_text:
            self._show(answer, "push", self.document)
            yield from self._start()
        elif (ask.is_safe and not asked) or answer.url != ask.url:
            if navigation.want is not None:
                yield from self.reload()
            else:
                yield from self.load(_with_hash(for_browser(answer.url), navigation.hash))
        elif asked and not answer.text:
            yield from self._load_complete()
        elif asked:  # the address bar does not move
            self._show(replace(answer, url=self.url), "replace", self.document)
            yield from self._start()
        else:
            self._show(answer, "push", self.document)
            yield from self._start()
        yield from self._hear(answer)

    def _hear(self, answer: Answer) -> Steps[None]:
        """Refresh what an event in an answer tells to."""
        said = answer["HX-Trigger"]
        named = dict.fromkeys(name.strip() for name in said.split(","))
        events = json.loads(said) if said.startswith("{") else named
        if EVENT not in events:
            return
        self.heard += 1
        if self.heard > MAX_ROUNDS:
            raise AssertionError(
                f"{EVENT!r} in an answer refreshes slots that tell the same again."
            )
        detail = events[EVENT]
        names = detail.get("slots") if isinstance(detail, dict) else None
        yield from self.refresh(self.refreshed(names or ()))

    def _load_complete(self) -> Steps[None]:
        yield from self.load(directed(self.base + self.here, INLINE), replaces=True)

    def _commit(
        self, navigation: Navigation, ask: Ask, url: str, elements: list[Element]
    ) -> Steps[None]:
        """Apply an answer: slots, URL, history."""
        page, how = self.page, navigation.history
        is_traversal = navigation.want is not None
        stays = url == "stay"
        if stays:
            how = False
        url, mark, said = url.partition("#")
        hash_ = mark + said or navigation.hash
        if navigation.asked:
            elements = [one for one in elements if one["data-pr-slot"] in navigation.asked]
        adds = None if ask.is_safe else self._select_to_add_to(navigation)
        added = self._take_out(elements, adds) if adds else None
        shows, before = page.others(), self.here
        is_as_before = page.is_as_before(elements)
        filled = page.open_homes_around(navigation.from_) if how and not ask.is_safe else []
        # What was open to be filled in is done with: Back does not lead there.
        belows = [self.opened.get(home["data-pr-slot"], {}) for home in filled]
        how = "replace" if filled else how
        is_bar_kept = navigation.own and url == self.here
        is_page = not (is_traversal or stays or is_bar_kept)
        if is_page and not any(map(_has_intercepted, elements)):
            self.origin = url
        absolute = self.base + (self.here if stays else url) + hash_
        if how and absolute == self.url and is_as_before:
            how = "replace"
        beneath: dict[str, Any] = {}
        if how == "push":
            beneath = {"index": self.index, "adds": navigation.adds, "url": before, "shown": shows}
            self.index += 1
        if how:
            self._enter(Entry(absolute, self.document), how)
        self.changed.extend(page.swap(elements))
        if not is_traversal:
            self._track_opened(beneath)
            self._note()
        page.settle(self.url)
        if adds and added:
            yield from self._add_option(adds, added, navigation.from_)
        self._go_below([] if hash_ else belows)

    def _go_below(self, belows: list[Mapping[str, Any]]) -> None:
        """Go back to the entry of the page beneath, or of that of a level, if a form led there."""
        url, path = self.url, self.here.partition("?")[0]
        for level, below in reversed(list(enumerate(belows))):
            beneath = below.get("url", "")
            if beneath == self.here or (level and beneath.partition("?")[0] == path):
                if below["shown"] == self.page.others():
                    self.position += below["index"] - self.index
                    self.index = below["index"]
                    self.entry.url = url
                    self._note()
                return

    def _note(self) -> None:
        """Note what is on screen in this entry of the history."""
        self.entry.state = State(self.page.mounted(), self.origin, dict(self.opened), self.index)

    # --- slots that come later ---

    def settle(self) -> Steps[None]:
        """Let all slots come that are still on their way."""
        if self.page.is_streaming:
            self.changed.extend(self.page.take_streamed())
            self.page.settle(self.url)
            self._note()
        for _ in range(MAX_ROUNDS):
            deferred = self.page.deferred() if self.page.boost is not None else []
            if not deferred:
                return
            page = self.page
            for address in deferred:
                if self.page is page and address in page.deferred():
                    yield from self.refresh([address])
        raise AssertionError(
            f"Slots are still loading after {MAX_ROUNDS} rounds of requests.\n{self.screen()}"
        )

    # --- what is intercepted: open and close ---

    def _track_opened(self, beneath: Mapping[str, Any]) -> None:
        """Keep, of what is open, from where it was opened."""
        homes = (home["data-pr-slot"] for home in self.page.open_homes())
        self.opened = {home: self.opened.get(home, beneath) for home in homes}

    def open_home(self, slot: str) -> Element:
        """Return the open slot in which a slot is; without one, what was opened last."""
        homes = self.page.open_homes()
        if slot:
            address = self.find_slot(slot)
            if home := self.page.open_home_around(address):
                return home
        elif homes:
            homes.reverse()  # of two that are as old as each other, the upper one
            return max(homes, key=lambda home: self.opened[home["data-pr-slot"]].get("index", -1))
        where = f" in slot {slot!r}" if slot else ""
        raise AssertionError(f"Nothing is open{where} that could be closed.\n{self.screen()}")

    def close(self, home: Element) -> Steps[None]:
        """Close what is open in a slot: Back, if what lies beneath is there, else in this entry."""
        address = home["data-pr-slot"]
        beneath = self.opened.get(address, {})
        index = beneath.get("index", self.index)
        if index < self.index and beneath["shown"] == self.page.others():
            yield from self.go(index - self.index)
            return
        lower = home.parent.closest("data-pr-mount-url") if home.parent else None
        inside = (one for one in lower if is_intercepted(one)) if lower else iter(())
        page = next(inside, lower)
        url = page["data-pr-src"] if page and lower and is_open(lower) else self.origin
        src = home["data-pr-mount-url"]
        rest = home["data-pr-default"] or src
        shows = ["empty", src] if rest == "empty" else ["default", rest]
        closed = [*shows, home["data-pr-key"], src]
        slots = {
            name: closed if name == address else state
            for name, state in self.page.mounted().items()
            if not name.startswith(f"{address}.")
        }
        self.opened.pop(address, None)
        self.entry.url = self.base + url
        self.entry.state = State(slots, self.origin, dict(self.opened), self.index)
        yield from self._restore()

    # --- what a form has open to add one more option to a select ---

    def _select_to_add_to(self, navigation: Navigation) -> Element | None:
        homes = [
            home
            for home in self.page.open_homes()
            if navigation.from_ and within(navigation.from_, home["data-pr-slot"])
        ]
        wanted = self.opened.get(homes[-1]["data-pr-slot"], {}).get("adds") if homes else ""
        found = self.page.document.all(lambda one: wanted and one["id"] == wanted)
        return found[0] if found else None

    def _slot_to_add_to(self, navigation: Navigation) -> str:
        select = self._select_to_add_to(navigation)
        slot = select.closest("data-pr-slot", "data-pr-key") if select else None
        return slot["data-pr-slot"] if slot else ""

    def _take_out(self, elements: list[Element], select: Element) -> Element | None:
        """Take the slot of a select out of an answer: of that, only the options count."""
        slot = select.closest("data-pr-slot", "data-pr-key")
        found = next((one for one in elements if slot and one["id"] == slot["id"]), None)
        if found:
            elements.remove(found)
        return found

    def _add_option(self, select: Element, slot: Element, from_: str) -> Steps[None]:
        """Give a select its new options, choose them, and close the form that has made one."""
        known = {option["value"] for option in options_of(select)}
        chosen = {option["value"] for option in options_of(select) if "selected" in option}
        fresh = next((one for one in slot if one["id"] == select["id"]), select)
        added = {option["value"] for option in options_of(fresh)} - known
        chosen = added | (chosen if "multiple" in select or not added else set())
        select.fill(fresh.children)
        for option in options_of(select):
            option.change(selected="" if option["value"] in chosen else None)
        home = self.page.open_home_around(from_)
        assert home
        yield from self.close(home)

    # --- Back and Forward ---

    def go(self, steps: int) -> Steps[None]:
        """Go to another entry of the history."""
        position = self.position + steps
        if not 0 <= position < len(self.entries):
            raise AssertionError(
                f"There is no entry of the history to go to, {steps:+} from here: it has "
                f"{[local(entry.url) for entry in self.entries]}, and this is {local(self.url)}."
            )
        left, self.position = self.url, position
        entry = self.entry
        if entry.document != self.document:
            yield from self._reload_entry()
        elif self.page.boost is None or entry.state is None:
            if urldefrag(left).url != urldefrag(entry.url).url:
                yield from self._reload_entry()
        elif self.page.is_elsewhere(entry.state.slots):
            yield from self._reload_entry()
        else:
            yield from self._restore()

    def _reload_entry(self) -> Steps[None]:
        yield from self.reload(comes_back=True)

    def _restore(self) -> Steps[None]:
        """Let the slots show what this entry says."""
        state = self.entry.state
        assert state
        self.origin, self.opened, self.index = state.origin, dict(state.opened), state.index
        page = self.page
        self.changed.extend(page.clear(state.slots))
        self.how = self.how or "soft"
        if not page.shows(state.slots):
            url = urldefrag(self.url).url
            yield from self.navigate(Navigation(want=state.slots), Ask("GET", url))
        if self.page is page:
            page.settle(self.url)


def options_of(select: Element) -> list[Element]:
    """Return the options of a select, in groups or not."""
    return select.all(lambda one: one.tag == "option")


def _has_intercepted(element: Element) -> bool:
    return is_open(element)


def _with_hash(url: str, hash_: str) -> str:
    """Return a URL with a link's hash, if it has none itself."""
    return url if "#" in url else url + hash_
