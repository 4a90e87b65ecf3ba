"""The document of a tab, and what the script knows of it and does to it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import cast
from urllib.parse import unquote, urldefrag, urljoin

from django_parallel_routes.address import is_main, within
from django_parallel_routes.protocol.state import Shows
from django_parallel_routes.test.dom import Element, Text, parse
from django_parallel_routes.test.screen import ShownSlot
from django_parallel_routes.test.steps import Mounted, local, quoted


class Page:
    """A document, with its slots."""

    def __init__(self, html: str = "") -> None:
        self.document = parse(html)
        scripts = (one for one in self.document if one.tag == "script" and "data-pr-boost" in one)
        script = next(scripts, None)
        self.boost = script["data-pr-boost"] if script else None
        """``"link"``, or ``"form"`` if the page is the answer to one; ``None`` without the script."""
        self.origin = script["data-pr-origin"] if script else ""
        titles = (one for one in self.document if one.tag == "title" and not _is_picture(one))
        title = next(titles, None)
        self.title = title.text() if title else ""
        self.base_title = (
            title["data-pr-layout"] if title and "data-pr-layout" in title else self.title
        )
        self.streamed = list(self._take_streamed())
        self._url: str | None = None
        self._scan()

    def _take_streamed(self) -> Iterator[Element]:
        """Take out what the page goes on with after what would be its end."""
        for template in self.document.all(lambda one: "data-pr-fragment" in one):
            assert template.parent
            template.parent.children.remove(template)
            yield from (child for child in template.children if isinstance(child, Element))

    def _scan(self) -> None:
        found = self.document.all(lambda one: "data-pr-slot" in one and "data-pr-key" in one)
        self.slots = {slot["data-pr-slot"]: slot for slot in found}

    # --- what it shows ---

    def mounted(self) -> Mounted:
        return {address: state_of(slot) for address, slot in self.slots.items()}

    def again(self) -> list[str]:
        """Return the slots that come with each answer."""
        return [address for address, slot in self.slots.items() if "data-pr-again" in slot]

    def reads(self) -> dict[str, str]:
        return {
            address: slot["data-pr-tables"]
            for address, slot in self.slots.items()
            if slot["data-pr-tables"]
        }

    def shows(self, want: Mounted) -> bool:
        """Tell whether this is what is on screen; the home of a slot may be any URL of the segment."""
        mounted = self.mounted()
        return mounted.keys() == want.keys() and all(
            is_same(state, want[address]) for address, state in mounted.items()
        )

    def is_elsewhere(self, want: Mounted) -> bool:
        """Tell whether an entry of the history is of another layout."""
        return not any(
            address in self.slots and self.slots[address]["data-pr-key"] == state[2]
            for address, state in want.items()
        )

    def deferred(self) -> list[str]:
        """Return the slots that are to be asked for."""
        return [
            address
            for address, slot in self.slots.items()
            if slot["data-pr-state"] == "loading" and slot["data-pr-delivery"] == "deferred"
        ]

    # --- what is open ---

    @property
    def has_homes(self) -> bool:
        """Whether there is a slot that intercepts."""
        return any("data-pr-mount-url" in slot for slot in self.slots.values())

    def open_homes(self) -> list[Element]:
        """Return the slots in which something was intercepted, the outermost first."""
        return [
            slot for slot in self.slots.values() if "data-pr-mount-url" in slot and is_open(slot)
        ]

    def open_home_around(self, address: str) -> Element | None:
        """Return the innermost open slot in which a place is."""
        return next(reversed(self.open_homes_around(address)), None)

    def open_homes_around(self, address: str) -> list[Element]:
        """Return the open slots in which a place is, the outermost first."""
        slot = self.slots.get(address)
        around = slot.around if slot else ()
        return [one for one in around if "data-pr-mount-url" in one and is_open(one)][::-1]

    def others(self) -> str:
        """Return what the slots show that don't intercept, and in none that does."""
        states = [
            state_of(slot) for slot in self.slots.values() if not slot.closest("data-pr-mount-url")
        ]
        return json.dumps(states)

    def has_other_query(self, here: str) -> bool:
        """Tell whether a slot shows the address bar's path with another query."""
        slots = self.slots.values()
        srcs = (slot["data-pr-src"] for slot in slots if slot["data-pr-variant"] == "page")
        path = here.partition("?")[0]
        return any(src != here and src.partition("?")[0] == path for src in srcs)

    def is_as_before(self, elements: Iterable[Element]) -> bool:
        """Tell whether the slots of an answer show what is on screen."""
        places = {slot["id"]: slot for slot in self.slots.values()}
        pairs = [(places[one["id"]], one) for one in elements if one["id"] in places]
        return all(_shows(slot) == _shows(element) for slot, element in pairs)

    # --- what comes into it ---

    def swap(self, elements: Iterable[Element]) -> list[str]:
        """Put the slots of an answer in their places; those that are not there are left out."""
        places = {slot["id"]: slot for slot in self.slots.values()}
        found = [(places[one["id"]], one) for one in elements if one["id"] in places]
        for slot, element in found:
            described(slot, element)
            slot.fill(element.children)
        self._scan()
        return [slot["data-pr-slot"] for slot, _ in found]

    @property
    def is_streaming(self) -> bool:
        """Whether slots are to come with the page itself."""
        return bool(self._streaming())

    def take_streamed(self) -> list[str]:
        """Put the slots of a streamed page in their places; what is missing is to be asked for."""
        waiting = {slot["id"] for slot in self._streaming()}
        changed = self.swap(one for one in self.streamed if one["id"] in waiting)
        self.streamed = []
        for slot in self._streaming():
            slot.change(data_pr_delivery="deferred")
        return changed

    def _streaming(self) -> list[Element]:
        return [slot for slot in self.slots.values() if slot["data-pr-delivery"] == "streamed"]

    def clear(self, want: Mounted) -> list[str]:
        """Empty the slots that are to be empty, for which nobody has to be asked."""
        cleared: list[str] = []
        for address in sorted(want, key=len):
            shows, src, key, *_ = state = want[address]
            slot = self.slots.get(address)
            if not slot or slot["data-pr-key"] != key or is_same(state_of(slot), state):
                continue
            if shows != "empty":
                continue
            slot.fill([])
            slot.change(data_pr_variant=shows, data_pr_src=src, data_pr_title="", data_pr_order="")
            slot.change(
                data_pr_state=None, data_pr_delivery=None, data_pr_tables=None, aria_busy=None
            )
            cleared.append(address)
            self._scan()
        return cleared

    # --- what follows from that ---

    def settle(self, url: str) -> None:
        """Let the title, and what is printed of the URL, be those of what is on screen."""
        here = local(urldefrag(url).url)

        def place(slot: Element) -> str:
            is_on_top = slot["data-pr-variant"] == "intercepted" and slot["data-pr-src"] == here
            return "" if is_on_top else slot["data-pr-order"]

        titled = [slot for slot in self.slots.values() if slot["data-pr-title"]]
        self.title = min(titled, key=place)["data-pr-title"] if titled else self.base_title
        self.begin(url)

    def begin(self, url: str) -> None:
        """Do what the script does to a page that was just loaded."""
        self._url = urldefrag(url).url

    def catch_up(self) -> None:
        """Do to links and texts what the script has done by now; before somebody looks at them."""
        url, self._url = self._url, None
        if url is not None and self.boost is not None:
            self._mark_current(url)
            self._show_segments()

    def slot_named(self, name: str, element: Element) -> str:
        """Return the slot that an element names: of those around it, from the inside out, or ``""``."""
        slot = element.closest("data-pr-slot", "data-pr-key")
        around = slot["data-pr-slot"] if slot else ""
        while around and f"{around}.{name}" not in self.slots:
            around = around.rpartition(".")[0]
        address = f"{around}.{name}" if around else name
        return address if address in self.slots else ""

    def _mark_current(self, here: str) -> None:
        """Mark the links that lead to what a slot shows, and no others, as current."""
        base = here.removesuffix(local(here))
        shown = [
            slot
            for slot in self.slots.values()
            if slot["data-pr-variant"] in ("page", "intercepted")
            or (slot["data-pr-variant"] == "default" and slot["data-pr-default"])
        ]
        for link in self.document.all(lambda one: one.tag == "a" and "href" in one):
            if "#" in link["href"]:
                continue
            around = link.closest("data-pr-current-in")
            only = around and self.slot_named(around["data-pr-current-in"], around)
            url = quoted(urljoin(here, link["href"]))
            is_current = any(
                (base + slot["data-pr-src"]).startswith(url)
                if link["data-pr-current"] == "section"
                else url in (base + slot["data-pr-src"], base + slot["data-pr-src"].split("?")[0])
                for slot in shown
                if not around or (only and within(slot["data-pr-slot"], only))
            )
            if is_current and link["aria-current"] != "page":
                link.change(aria_current="page")
            elif not is_current and link["aria-current"] == "page":
                link.change(aria_current=None)

    def _show_segments(self) -> None:
        """Let what ``{% selected_segment %}`` has printed stay true."""
        for mark in self.document.all(lambda one: "data-pr-length" in one):
            address = mark["data-pr-selected-segment"] or mark["data-pr-selected-segments"]
            parts = self._segments_of(address)
            if parts is None:
                continue
            assert mark.parent
            one = (parts[0] if is_main(address) else parts[-1]) if parts else ""
            value = one if "data-pr-selected-segment" in mark else "/".join(parts)
            siblings = mark.parent.children
            at = siblings.index(mark)
            before = siblings[at - 1] if at else None
            text = before if isinstance(before, Text) else ""
            units = text.encode("utf-16-le")
            start = units[: len(units) - 2 * int(mark["data-pr-length"])].decode("utf-16-le")
            siblings[at - isinstance(before, Text) : at] = [Text(start + value)]
            mark.change(data_pr_length=str(len(value.encode("utf-16-le")) // 2))

    def _segments_of(self, address: str) -> list[str] | None:
        slot = self.slots.get(address)
        if slot is None:
            return None
        below = shown = _path(slot["data-pr-below"])
        while slot is not None and slot["data-pr-variant"] == "layout":
            outer, src = f"{slot['data-pr-slot']}.", slot["data-pr-src"]
            first = (one for address, one in self.slots.items() if address.startswith(outer))
            slot = self.slots.get(f"{outer}children") or next(first, None)
            shown = _path(slot["data-pr-below"] if slot else src)
        if slot is not None and slot["data-pr-variant"] in ("page", "intercepted"):
            shown = _path(slot["data-pr-src"])
        return [part for part in shown.removeprefix(below).split("/") if part]

    # --- for tests ---

    def shown(self) -> dict[str, ShownSlot]:
        """Return what is on screen, by address."""
        return {address: _shown(slot) for address, slot in self.slots.items()}

    def own_html(self) -> str:
        return self.document.inner_html(_place_of)


def state_of(slot: Element) -> list[str]:
    """Return what is sent of a slot."""
    state = [slot["data-pr-variant"], slot["data-pr-src"], slot["data-pr-key"]]
    return [*state, slot["data-pr-mount-url"]] if slot["data-pr-mount-url"] else state


def _shows(place: Element) -> list[tuple[str, str, str]]:
    """Return what a slot, and those in it, show."""
    slots = [one for one in (place, *place) if "data-pr-slot" in one]
    names = ("data-pr-slot", "data-pr-variant", "data-pr-src")
    return [(one[names[0]], one[names[1]], one[names[2]]) for one in slots]


def is_same(one: list[str], other: list[str]) -> bool:
    """Tell whether two states are the same but for the URL of which the layout was printed."""
    return one[:3] == other[:3]


def is_intercepted(element: Element) -> bool:
    """Tell whether an element is a slot with an intercepted page."""
    return element["data-pr-variant"] == "intercepted"


def is_open(element: Element) -> bool:
    """Tell whether a slot shows what was intercepted, be it in a layout."""
    return is_intercepted(element) or any(map(is_intercepted, element))


def described(slot: Element, element: Element) -> None:
    """Let a slot say of itself what an answer says of it."""
    data = {name: value for name, value in element.attributes.items() if name.startswith("data-")}
    slot.attributes.update(data)
    for name in ("state", "delivery", "tables"):
        if not data.get(f"data-pr-{name}"):
            slot.attributes.pop(f"data-pr-{name}", None)
    slot.change(aria_busy="true" if slot["data-pr-state"] == "loading" else None)


def _shown(slot: Element) -> ShownSlot:
    return ShownSlot(
        address=slot["data-pr-slot"],
        shows=cast("Shows", slot["data-pr-variant"]),
        url=slot["data-pr-src"],
        state=slot["data-pr-state"],
        html=slot.inner_html(),
        own_html=slot.inner_html(_place_of),
    )


def _place_of(element: Element) -> str | None:
    """Return what is printed of a slot where its contents don't matter."""
    return f'<div id="{element["id"]}"></div>' if _is_slot(element) else None


def _is_slot(element: Element) -> bool:
    return "data-pr-slot" in element and "data-pr-key" in element


def _is_picture(element: Element) -> bool:
    return any(one.tag == "svg" for one in element.around)


def _path(src: str) -> str:
    return unquote(src.split("?")[0])
