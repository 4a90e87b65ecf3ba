"""The document of a tab: its slots, what they show, and what responses change in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from django.utils.encoding import iri_to_uri

from django_parallel_routes.client.dom import Element, parse
from django_parallel_routes.client.exchange import Mounted, local_url, split_hash
from django_parallel_routes.values import SlotAddress, path_of

OPTIONAL = (
    "data-pr-title",
    "data-pr-order",
    "data-pr-state",
    "data-pr-delivery",
    "data-pr-tables",
)
"""Attributes that a slot loses when a response does not repeat them."""


class Page:
    """A document as the script sees it. ``text`` is the body of a response that is no HTML."""

    def __init__(self, html: str = "", text: str = "") -> None:
        self.document = parse(html)
        self.text = "" if html else text
        script = self.document.first(lambda one: one.tag == "script" and "data-pr-boost" in one)
        self.boost = script["data-pr-boost"] if script else None
        """``"link"``, or ``"form"`` if the page is the response to a form; ``None`` without the script."""
        self.origin = script["data-pr-origin"] if script else ""
        self.loads_script = bool(self.document.first(lambda one: "data-pr-parts" in one))
        """Whether the page loads the script, which restores entries on pages without slots, too."""
        title = self.document.first(lambda one: one.tag == "title" and not one.is_in("svg"))
        self.title = self.base_title = title.text() if title else ""
        if element := self.document.first(lambda one: "data-pr-layout" in one):
            self.base_title = element["data-pr-layout"]
        self.late = list(cut_late(self.document))
        """The slots that came after the first part of a response, until they are put in their places."""
        self._scan()

    def _scan(self) -> None:
        self.slots = {one["data-pr-slot"]: one for one in self.document.all(is_slot)}

    # --- what it shows ---

    def mounted(self) -> Mounted:
        return {address: state_of(slot) for address, slot in self.slots.items()}

    def values_of(self, attribute: str) -> dict[str, str]:
        """Return the values of an attribute, by the address of each slot that has it."""
        slots = self.slots.items()
        return {address: slot[attribute] for address, slot in slots if attribute in slot}

    def shows(self, states: Mounted) -> bool:
        """Tell whether these states are on screen, whatever URL the layouts were printed for."""
        mounted = self.mounted()
        return mounted.keys() == states.keys() and all(
            state[:3] == states[address][:3] for address, state in mounted.items()
        )

    def has_other_layout(self, states: Mounted) -> bool:
        """Tell whether an entry of the history has another layout than the one on screen."""
        keys = self.values_of("data-pr-key")
        return not any(keys.get(address) == state[2] for address, state in states.items())

    def slots_to_come(self, delivery: str) -> list[str]:
        """Return the slots whose pages will come in this way: ``"streamed"`` or ``"deferred"``."""
        return [one for one, how in self.values_of("data-pr-delivery").items() if how == delivery]

    def open_slots(self, around: str | None = None) -> list[Element]:
        """Return the slots that show an intercepted page, the outermost first.

        ``around``: return only those of them that are, or contain, this slot.
        """
        found = [self.slots[address] for address in self.values_of("data-pr-mount-url")]
        return [
            slot
            for slot in found
            if has_intercepted(slot)
            and (around is None or SlotAddress(slot["data-pr-slot"]).contains(around))
        ]

    def background_state(self) -> list[list[str]]:
        """Return the states of the slots that neither intercept nor stand inside a slot that does."""
        slots = self.slots.values()
        return [state_of(one) for one in slots if not one.closest("data-pr-mount-url")]

    def has_other_query(self, here: str) -> bool:
        """Tell whether a slot shows the address bar's path with another query."""
        shown = (
            one["data-pr-src"] for one in self.slots.values() if one["data-pr-variant"] == "page"
        )
        path = here.partition("?")[0]
        return any(src != here and src.partition("?")[0] == path for src in shown)

    # --- what responses change ---

    def _pairs(self, elements: Iterable[Element]) -> list[tuple[Element, Element]]:
        """Return the slots on screen that a response changes, each with its element in the response."""
        places = {slot["id"]: slot for slot in self.slots.values()}
        return [(places[one["id"]], one) for one in elements if one["id"] in places]

    def is_as_before(self, elements: Iterable[Element]) -> bool:
        """Tell whether the slots of a response show what is on screen."""
        return all(_shown_in(slot) == _shown_in(new) for slot, new in self._pairs(elements))

    def swap(self, elements: Iterable[Element], late: Iterable[Element] = ()) -> list[str]:
        """Put the slots of a response in their places, and return their addresses.

        ``late`` are the slots that came after the first part of the response.
        """
        elements = list(elements)
        new = {one["id"] for one in elements}
        self.late = [*(one for one in self.late if one["id"] not in new), *late]
        changed = []
        for slot, element in self._pairs(elements):
            if element["data-pr-state"] == "busy":  # Its content stays until its page comes.
                slot.update({"data-pr-delivery": element["data-pr-delivery"], "aria-busy": "true"})
                continue
            sent = {name: text for name, text in element.attributes.items() if name[:5] == "data-"}
            busy = "true" if element["data-pr-state"] == "loading" else None
            slot.update({**sent, **{name: sent.get(name) or None for name in OPTIONAL}})
            slot.update({"aria-busy": busy})
            slot.fill(element.children)
            changed.append(slot["data-pr-slot"])
        self._scan()
        return changed

    def place_late(self) -> list[str]:
        """Put late slots in their places. Slots that have not come are left to requests of the script."""
        ids = {self.slots[address]["id"] for address in self.slots_to_come("streamed")}
        changed = self.swap([one for one in self.late if one["id"] in ids])
        self.late = []
        for address in self.slots_to_come("streamed"):
            self.slots[address].update({"data-pr-delivery": "deferred"})
        return changed

    def stop_loading(self, addresses: Iterable[str], state: str = "") -> None:
        """Wait no more for slots: leave them empty, or let them show their loading states as ``lost``."""
        for address in addresses:
            slot = self.slots[address]
            if not state:
                slot.fill([])
            slot.update(
                {**dict.fromkeys([*OPTIONAL, "aria-busy"]), "data-pr-state": state or None}
            )
        self._scan()

    def clear(self, states: Mounted) -> list[str]:
        """Empty the slots that are empty in an entry of the history, which needs no request."""
        cleared: list[str] = []
        for address in sorted(states, key=len):
            variant, src, key, *_ = states[address]
            slot = self.slots.get(address)
            if not slot or slot["data-pr-key"] != key or variant != "empty":
                continue
            if state_of(slot)[:2] != [variant, src]:
                slot.fill([])
                slot.update({"data-pr-variant": variant, "data-pr-src": src})
                slot.update(dict.fromkeys([*OPTIONAL, "aria-busy"]))
                cleared.append(address)
                self._scan()
        return cleared

    # --- title, current links, selected segments ---

    def update_title(self, here: str) -> None:
        """Show the title of the uppermost modal, or else that of the first slot with a title."""

        def place(slot: Element) -> str:
            is_on_top = slot["data-pr-variant"] == "intercepted" and slot["data-pr-src"] == here
            return "" if is_on_top else slot["data-pr-order"]

        titled = [slot for slot in self.slots.values() if slot["data-pr-title"]]
        self.title = min(titled, key=place)["data-pr-title"] if titled else self.base_title

    def update_marks(self, url: str) -> None:
        """Update current links and selected segments, as the script does after each change."""
        if self.boost is not None:
            self._mark_current(split_hash(url)[0])
            self._show_segments()

    def slot_named(self, name: str, element: Element) -> str:
        """Return the slot with this name in the nearest layout around an element, or ``""``."""
        around = slot_around(element)
        while around and f"{around}.{name}" not in self.slots:
            around = around.rpartition(".")[0]
        address = f"{around}.{name}" if around else name
        return address if address in self.slots else ""

    def _mark_current(self, here: str) -> None:
        """Mark the links that lead to what a slot shows, and no others, as current."""
        base = here.removesuffix(local_url(here))
        shown = [
            (address, base + slot["data-pr-src"])
            for address, slot in self.slots.items()
            if slot["data-pr-variant"] in ("page", "intercepted")
            or (slot["data-pr-variant"] == "default" and slot["data-pr-default"])
        ]
        for link in self.document.all(lambda one: one.tag == "a" and "href" in one):
            if "#" in link["href"]:
                continue
            around = link.closest("data-pr-current-in")
            only = around and self.slot_named(around["data-pr-current-in"], around)
            url = iri_to_uri(urljoin(here, link["href"]))
            is_current = any(
                src.startswith(url)
                if link["data-pr-current"] == "section"
                else url in (src, src.split("?")[0])
                for address, src in shown
                if not around or (only and SlotAddress(only).contains(address))
            )
            if is_current != (link["aria-current"] == "page"):
                link.update({"aria-current": "page" if is_current else None})

    def _show_segments(self) -> None:
        """Update the text that each ``{% selected_segment %}`` has printed."""
        for mark in self.document.all(lambda one: "data-pr-length" in one):
            address = mark["data-pr-selected-segment"] or mark["data-pr-selected-segments"]
            if address not in self.slots:
                continue
            assert mark.parent
            parts = self._segments_of(address)
            value = "/".join(parts)
            if "data-pr-selected-segment" in mark:
                value = (parts[0] if SlotAddress(address).is_main else parts[-1]) if parts else ""
            siblings = mark.parent.children
            at = siblings.index(mark)
            before = siblings[at - 1] if at else None
            text = before if isinstance(before, str) else ""
            units = text.encode("utf-16-le")
            start = units[: len(units) - 2 * int(mark["data-pr-length"])].decode("utf-16-le")
            siblings[at - isinstance(before, str) : at] = [start + value]
            mark.update({"data-pr-length": str(len(value.encode("utf-16-le")) // 2)})

    def _segments_of(self, address: str) -> list[str]:
        """Return the segments of the URL that a slot shows below its layout."""
        slot: Element | None = self.slots[address]
        below = shown = path_of(self.slots[address]["data-pr-below"])
        while slot is not None and slot["data-pr-variant"] == "layout":
            outer, src = f"{slot['data-pr-slot']}.", slot["data-pr-src"]
            first = (one for address, one in self.slots.items() if address.startswith(outer))
            slot = self.slots.get(f"{outer}children") or next(first, None)
            shown = path_of(slot["data-pr-below"] if slot else src)
        if slot is not None and slot["data-pr-variant"] in ("page", "intercepted"):
            shown = path_of(slot["data-pr-src"])
        return [part for part in shown.removeprefix(below).split("/") if part]


def cut_late(document: Element) -> Iterator[Element]:
    """Take the slots out of a document that came after the first part of the response."""
    for template in document.all(lambda one: "data-pr-fragment" in one):
        assert template.parent
        template.parent.children.remove(template)
        yield from (child for child in template.children if isinstance(child, Element))


def is_slot(element: Element) -> bool:
    """Tell whether an element is a slot's place on a page, and not its content in a response."""
    return "data-pr-slot" in element and "data-pr-key" in element


def slot_around(element: Element) -> str:
    """Return the address of the slot that an element stands in, or ``""``."""
    slot = element.closest("data-pr-slot", "data-pr-key")
    return slot["data-pr-slot"] if slot else ""


def state_of(slot: Element) -> list[str]:
    """Return the state of a slot as the header has it."""
    state = [slot["data-pr-variant"], slot["data-pr-src"], slot["data-pr-key"]]
    return [*state, slot["data-pr-mount-url"]] if slot["data-pr-mount-url"] else state


def has_intercepted(element: Element) -> bool:
    """Tell whether a slot shows an intercepted page, itself or inside a layout."""
    return any(one["data-pr-variant"] == "intercepted" for one in (element, *element))


def _shown_in(place: Element) -> list[list[str]]:
    """Return what a slot and the slots inside it show."""
    names = ("data-pr-slot", "data-pr-variant", "data-pr-src")
    return [[one[name] for name in names] for one in (place, *place) if names[0] in one]
