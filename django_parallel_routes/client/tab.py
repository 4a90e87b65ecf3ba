"""A tab: its navigations, the requests that say what is on screen, and what responses change."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urljoin

from django_parallel_routes.client.dom import Element, parse
from django_parallel_routes.client.exchange import (
    Beneath,
    Entry,
    Navigation,
    Request,
    Response,
    Steps,
    split_hash,
    state_header,
    with_hash,
)
from django_parallel_routes.client.history import DocumentHistory
from django_parallel_routes.client.page import cut_late, has_intercepted, slot_around
from django_parallel_routes.declarations import CHILDREN
from django_parallel_routes.protocol.query import INLINE, for_browser, with_option
from django_parallel_routes.protocol.state import HEADER, MAX_LENGTH
from django_parallel_routes.values import ALL, SlotAddress, slots_named

EVENT = "parallel-routes:refresh"


class Tab(DocumentHistory):
    """One tab of a browser in which ``parallel-routes.js`` runs."""

    def visit(
        self, url: str, navigation: Navigation, method: str = "GET", data: Any = None
    ) -> Steps[None]:
        """Go to a URL, or send ``data`` of a form to it: softly where that is possible."""
        target, hash_ = split_hash(self.absolute(url, navigation.source))
        is_soft = navigation.is_soft and self.page.boost is not None
        is_soft = is_soft and target.startswith(f"{self.base}/")
        here = split_hash(self.url)[0]
        if method == "GET" and data is not None:  # Only htmx keeps the query of the form's URL.
            target = target if url and is_soft else target.partition("?")[0]
            query = urlencode(data, doseq=True)
            target += query and f"{'&' if '?' in target else '?'}{query}"
        if method != "GET" and not is_soft:
            headers = {"Referer": here} if self.entries else {}
            request = Request(method, target, headers, data)
            yield from self.load(target + hash_, request=request)
        elif method == "GET" and hash_ and target == here:
            self._store_state_of_form_page()
            self.enter(Entry(target + hash_, self.document_id), "push")
            if self.page.boost is not None:
                self.store_state()
        elif not is_soft:
            yield from self.load(target + hash_)
        else:
            navigation = replace(navigation, hash=hash_)
            if method == "GET":
                navigation, data = self._for_own_query(navigation, target), None
            yield from self.navigate(navigation, Request(method, target, data=data))

    def _for_own_query(self, navigation: Navigation, url: str) -> Navigation:
        """Let a link or form that only changes the query of its named slot navigate this slot alone."""
        slot = self.page.slots.get(navigation.source)
        if not slot or navigation.target or not self._is_own(navigation, url):
            return navigation
        named = SlotAddress(navigation.source)
        while named.name == CHILDREN:
            named = named.parent
        has_query = "?" in url + slot["data-pr-src"]
        if not named or not has_query or slot["data-pr-variant"] not in ("page", "default"):
            return navigation
        return replace(navigation, target=named, query_only=navigation.history == "push")

    def _is_own(self, navigation: Navigation, url: str) -> bool:
        """Tell whether the slot around a link or form shows this path."""
        slot = self.page.slots.get(navigation.source)
        src = self.base + slot["data-pr-src"] if slot else ""
        return url.partition("?")[0] == src.partition("?")[0]

    def refresh(self, addresses: Iterable[str]) -> Steps[None]:
        """Request that slots are rendered again."""
        wanted = tuple(addresses)
        if not wanted:
            return  # All slots are empty.
        slot = self.page.slots[wanted[0]]
        has_url = slot["data-pr-state"] or slot["data-pr-variant"] != "layout"
        url = slot["data-pr-src"] if has_url and len(wanted) == 1 else self.here
        yield from self.navigate(Navigation(refresh=wanted), Request("GET", self.base + url))

    def slots_to_refresh(self, names: Iterable[str]) -> list[str]:
        """Return the slots on screen with these names or addresses; without names, all slots."""
        slots = self.page.slots
        meant = slots_named(names or (ALL,), slots)
        shown = (one for one in slots if slots[one]["data-pr-variant"] != "empty")
        return outermost(one for one in shown if one in meant)

    def settle(self) -> Steps[None]:
        """Request the deferred slots, and put the streamed slots in their places."""
        while True:
            if self.page.slots_to_come("streamed"):
                self.changed.extend(self.page.place_late())
                self.page.update_title(self.here)
                self.store_state()
            deferred = self.page.slots_to_come("deferred")
            if self.page.boost is None or not deferred:
                return
            yield from self.refresh(deferred[:1])  # This may load another page.

    # --- requests ---

    def navigate(self, navigation: Navigation, request: Request) -> Steps[None]:
        """Make a request of the script, and apply its response."""
        headers = {"HX-Request": "true", "HX-Current-URL": self.url, "Referer": self.url}
        if navigation.boosted:
            headers["HX-Boosted"] = "true"
        if navigation.target:
            headers["HX-Target"] = self.page.slots[navigation.target]["id"]
        headers[HEADER] = self._header(navigation, request)
        request_with_state = replace(request, headers=headers)
        response = yield from self.fetch(request_with_state, is_for_step=not navigation.refresh)
        if url := response[HEADER]:
            self.responded = self.responded or "with slots"
            yield from self._commit(navigation, request, url, parse(response.html))
        else:
            self.responded = self.responded or "with a document"
            yield from self._take_document(navigation, request, response)
        yield from self._refresh_by_event(response)

    def _header(self, navigation: Navigation, request: Request) -> str:
        """Return the state header. If that is too long, return one without the slots on screen."""
        page, is_form = self.page, not request.is_safe
        is_own = self._is_own(navigation, request.url) if is_form else navigation.query_only
        has_modals = bool(page.values_of("data-pr-mount-url"))
        intercepts = has_modals and navigation.intercept and not navigation.query_only
        tells_url = (
            intercepts or navigation.query_only or is_form or page.has_other_query(self.here)
        )
        select = self._select_for(navigation) if is_form else None
        tables = page.values_of("data-pr-tables") if is_form else {}
        intent = "refresh" if navigation.refresh else "navigate"
        source: dict[str, Any] = {"source_slot": navigation.source, "own": is_own}
        header = state_header(
            {
                "intent": intent if navigation.restore is None else "restore",
                "slots": page.mounted(),
                **source,
                "current_url": self.here if tells_url else "",
                "origin": self.origin if intercepts else "",
                "refresh": navigation.refresh or tuple(page.values_of("data-pr-again")),
                "form": is_form,
                "tables": {address: read for address, read in tables.items() if read},
                "option_for": slot_around(select) if select else "",
                "target_slot": navigation.target,
                "restore": navigation.restore,
            }
        )
        short = state_header({"intent": "navigate", "slots": {}, **source})
        return header if len(header) <= MAX_LENGTH else short

    # --- responses ---

    def _take_document(
        self, navigation: Navigation, request: Request, response: Response
    ) -> Steps[None]:
        """Do what the script does with a response without slots."""
        refreshed, slots = navigation.refresh, self.page.slots
        was_loading = any(slots[address]["data-pr-state"] == "loading" for address in refreshed)
        # A reload would request a loading slot again, without an end.
        reloads = bool(response["HX-Refresh"]) and not was_loading
        is_elsewhere = response.url != request.url or (request.is_safe and not refreshed)
        url = response["HX-Redirect"]
        place = response["HX-Location"]
        place = json.loads(place)["path"] if place.startswith("{") else place
        if url := url or place * was_loading:
            url = with_hash(urljoin(request.url, url), navigation.hash)
            yield from self.load(url, replaces=was_loading)
        elif place:
            yield from self.visit(place, Navigation("push"))
        elif navigation.restore is not None or reloads:
            yield from self.reload()
        elif not refreshed and (response.is_download or not response.text):
            pass  # The page stays as it is.
        elif refreshed and response.is_missing:
            if not navigation.is_second:
                yield from self.navigate(replace(navigation, is_second=True), request)
            elif was_loading:
                self.page.stop_loading(refreshed, state="lost")
        elif refreshed and (response.is_download or response.is_nothing):
            if was_loading:
                self.changed += refreshed
                self.page.stop_loading(refreshed)
        elif is_elsewhere and (refreshed or not response.is_text):
            yield from self.load(with_hash(for_browser(response.url), navigation.hash))
        elif refreshed and not response.html:
            url = with_option(self.base + self.here, INLINE)
            yield from self.load(url, replaces=True)
        else:  # A refresh does not move the address bar.
            self.response = response
            shown = replace(response, url=self.url) if refreshed else response
            yield from self.show(shown, "replace" if refreshed else "push", self.document_id)

    def _refresh_by_event(self, response: Response) -> Steps[None]:
        """Refresh the slots that an event in a response names."""
        trigger = response["HX-Trigger"]
        named = dict.fromkeys(name.strip() for name in trigger.split(","))
        events = json.loads(trigger) if trigger.startswith("{") else named
        if EVENT in events:
            detail = events[EVENT]
            names = detail.get("slots") if isinstance(detail, dict) else None
            yield from self.refresh(self.slots_to_refresh(names or ()))

    def _commit(
        self, navigation: Navigation, request: Request, url: str, parsed: Element
    ) -> Steps[None]:
        """Apply a response: its slots, its URL, and the entry of the history."""
        self._store_state_of_form_page()
        page, before, is_form = self.page, self.here, not request.is_safe
        late = list(cut_late(parsed))
        slots = {
            one["data-pr-slot"]: one
            for one in parsed.children
            if isinstance(one, Element) and "data-pr-slot" in one
        }
        for slot in slots.values():  # A slot without these attributes shows a page of this URL.
            slot.update({"data-pr-variant": "page", "data-pr-src": url, **slot.attributes})
        stays = url == "stay"
        history = False if stays else navigation.history
        url, hash_ = split_hash(before if stays else url)
        hash_ = hash_ or navigation.hash
        if refreshed := navigation.refresh:
            slots = {address: slot for address, slot in slots.items() if address in refreshed}
        select = self._select_for(navigation) if is_form else None
        # Only the options of this slot are used.
        options = slots.pop(slot_around(select), None) if select else None
        around_form = page.open_slots(around=navigation.source) if history and is_form else []
        # A form that was sent is finished: Back does not lead to it.
        beneath_levels = [self.opened.get(slot["data-pr-slot"]) for slot in around_form]
        restores = navigation.restore is not None
        is_bar_kept = stays or (navigation.query_only and url == before)
        if not (restores or is_bar_kept or any(map(has_intercepted, slots.values()))):
            self.origin = url
        entry = Entry(self.base + url + hash_, self.document_id)
        if around_form or (
            history and entry.url == self.url and page.is_as_before(slots.values())
        ):
            history = "replace"
        beneath = None
        if history == "push":
            shown = page.background_state()
            beneath = Beneath(self.position, before, shown, navigation.option_for)
        if history:
            self.enter(entry, history)
        self.changed.extend(page.swap(slots.values(), late))
        if not restores:
            self.track_opened(beneath)
            self.store_state()
        page.update_title(self.here)
        if select and options:
            yield from self._add_option(select, options, navigation.source)
        if not hash_:
            self.go_beneath(beneath_levels)

    def _store_state_of_form_page(self) -> None:
        """Store the state of a page that answered a form, before the tab leaves it, as the script does."""
        if self.page.boost == "form" and self.entry.state is None:
            self.store_state()

    # --- a form in a modal that makes an option of a select ---

    def _select_for(self, navigation: Navigation) -> Element | None:
        """Return the select for which the innermost open slot around a form makes an option."""
        around = self.page.open_slots(around=navigation.source)
        beneath = self.opened.get(around[-1]["data-pr-slot"]) if around else None
        wanted = beneath.option_for if beneath else ""
        return self.page.document.first(lambda one: wanted and one["id"] == wanted)

    def _add_option(self, select: Element, slot: Element, source: str) -> Steps[None]:
        """Give a select its new options, select the added ones, and close the form that has added them."""
        known = {option["value"] for option in options_of(select)}
        chosen = {option["value"] for option in options_of(select) if "selected" in option}
        fresh = slot.first(lambda one: one["id"] == select["id"]) or select
        added = {option["value"] for option in options_of(fresh)} - known
        chosen = added | (chosen if "multiple" in select or not added else set())
        select.fill(fresh.children)
        for option in options_of(select):
            option.update({"selected": "" if option["value"] in chosen else None})
        yield from self.close(self.page.open_slots(around=source)[-1])


def outermost(addresses: Iterable[str]) -> list[str]:
    """Return the slots that stand inside none of the others."""
    found = list(addresses)
    return [
        one
        for one in found
        if not any(one != two and SlotAddress(two).contains(one) for two in found)
    ]


def options_of(select: Element) -> list[Element]:
    """Return the options of a select, in groups or not."""
    return select.all(lambda one: one.tag == "option")
