"""What a click does, and a form that is sent: the attributes of the element decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django_parallel_routes.client.controls import fields_of, form_of, is_submit, verb_of
from django_parallel_routes.client.dom import Element
from django_parallel_routes.client.exchange import (
    History,
    Impossible,
    Navigation,
    Steps,
    split_hash,
)
from django_parallel_routes.client.page import slot_around
from django_parallel_routes.client.tab import Tab

TARGETS = ("data-pr-target", "hx-target", "hx-target:inherited", "data-hx-target")


def click(tab: Tab, element: Element) -> Steps[None]:
    """Do what a click on a link or button does."""
    slot = slot_around(element)
    form = form_of(tab, element) if is_submit(element) else None
    opened = tab.page.open_slots_around(slot)
    if opened and element.closest("data-pr-close"):
        yield from tab.close(opened[-1])
    elif slot and element.closest("data-pr-retry"):
        yield from tab.refresh([slot])
    elif verb := verb_of(element):
        method, url = verb
        asks = _navigation(tab, element, pushes=element.tag in ("a", "form"))
        is_get = method == "GET"
        yield from tab.visit(url, asks) if is_get else tab.submit(url, None, method, asks)
    elif element.tag == "a":
        yield from _follow(tab, element)
    elif form and form["method"] == "dialog" and opened:
        yield from tab.close(opened[-1])
    elif form:
        yield from submit(tab, form, element, {})
    elif link := _closing_link(element):
        yield from _follow(tab, link)
    else:
        raise Impossible(f"Nothing is known to happen by a click on {element!r}.")


def _follow(tab: Tab, link: Element) -> Steps[None]:
    if link["target"] not in ("", "_self"):
        raise Impossible(f"{link!r} opens another tab: say client.new_tab({link['href']!r}).")
    if "download" in link or _said(link, "hx-boost") == "false":
        yield from tab.load(tab.absolute(link["href"], slot_around(link)))
    else:
        yield from tab.visit(link["href"], _navigation(tab, link, pushes=True, boosted=True))


def submit(
    tab: Tab, form: Element, button: Element | None, data: Mapping[str, Any]
) -> Steps[None]:
    """Send a form as it is on screen, filled in with some data."""
    fields = {**fields_of(tab, form, button), **data}
    sent = {name: value for name, value in fields.items() if value is not None}
    files = [name for name, value in data.items() if hasattr(value, "read")]
    encodings = ((button and button["formenctype"]), form["enctype"], _said(form, "hx-encoding"))
    if files and "multipart/form-data" not in encodings:
        raise Impossible(
            f'{form!r} has no enctype="multipart/form-data": a browser would not send {files}.'
        )
    verb = verb_of(form)
    method, url = verb or (
        ((button and button["formmethod"]) or form["method"] or "get").upper(),
        (button and button["formaction"]) or form["action"],
    )
    navigation = _navigation(tab, form, pushes=True, boosted=not verb)
    if _said(form, "hx-boost") == "false":
        yield from tab.send(split_hash(tab.absolute(url, slot_around(form)))[0], sent, method)
    else:
        yield from tab.submit(url, sent, method, navigation)


def _navigation(tab: Tab, element: Element, *, pushes: bool, boosted: bool = False) -> Navigation:
    """Return what an element says of the navigation that it begins."""
    target = _target_of(tab, element, boosted=boosted)
    pushes = (_said(element, "hx-push-url") or str(pushes or not target)).lower() != "false"
    replaces = (_said(element, "hx-replace-url") or "false") != "false"
    history: History = "push" if pushes else False
    return Navigation(
        history="replace" if replaces else history,
        target=target,
        source=slot_around(element),
        intercept=all(one["data-pr-intercept"] != "false" for one in element.around),
        option_for=element["data-pr-add-related"],
        boosted=boosted,
    )


def _target_of(tab: Tab, element: Element, *, boosted: bool) -> str:
    """Return the slot that an element navigates, or ``""`` for all."""
    around = next((one for one in element.around if any(name in one for name in TARGETS)), element)
    name = around["data-pr-target"]
    if "data-pr-target" in around and name != "false":
        if address := tab.page.slot_named(name, around):
            return address
        raise Impossible(f"{element!r} has data-pr-target={name!r}: this slot is not on screen.")
    said = "" if name else _said(element, "hx-target")
    if said == "body" or (not said and boosted):
        return ""
    if said.startswith("closest ") and "data-pr-slot" in said:
        return slot_around(element)
    for address, slot in tab.page.slots.items():
        if said == f"#{slot['id']}":
            return address
    raise Impossible(
        f"{element!r} has a target of its own, {said or 'itself'!r}, which is for htmx alone and not "
        "for this client: request its URL by client.get(), and look at the response."
    )


def _closing_link(element: Element) -> Element | None:
    """Return the link that closes the dialog in which a button with ``data-pr-close`` is."""
    dialog = element.closest("data-pr-modal") if element.closest("data-pr-close") else None
    return closing_link(dialog) if dialog else None


def closing_link(dialog: Element) -> Element | None:
    """Return the link that closes a dialog which shows an ordinary page."""
    found = dialog.all(lambda one: one.tag == "a" and "data-pr-close" in one)
    return next(iter(found), None)


def _said(element: Element, name: str) -> str:
    """Return what an element, or the nearest around it, says by an attribute."""
    for one in element.around:
        for attribute in (name, f"data-{name}"):
            if attribute in one:
                return one[attribute]
    return ""
