"""Finds the link, button or form that a test means, clicks it, and sends what a form contains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django_parallel_routes.client.dom import Element
from django_parallel_routes.client.exchange import (
    History,
    Impossible,
    Navigation,
    Steps,
)
from django_parallel_routes.client.page import slot_around
from django_parallel_routes.client.tab import Tab, options_of
from django_parallel_routes.values import SlotAddress

METHODS = ("get", "post", "put", "patch", "delete")
UNTYPED = frozenset({"", "csrfmiddlewaretoken"})
"""The names of controls that a test does not fill in."""

TOP = ("_parent", "_top")
THIS_TAB = ("", "_self", *TOP)
"""The values of ``target`` with which a link or form does not open another tab."""

MAX_LISTED = 12
"""How many links and buttons a message lists."""

NO_FIELDS = frozenset({"submit", "button", "image", "reset", "file"})
"""The types of ``<input>`` that a form does not send by itself."""


def find_control(tab: Tab, target: str, inside: str | None) -> Element:
    """Return the link or button with this text, label, ``href`` or ``#id`` that can be clicked."""
    controls = [
        one
        for one in _reachable(tab, inside)
        if one.tag == "button" or is_submit(one) or verb_of(one) or _is_link(one)
    ]
    found = [one for one in controls if target in (one.text(), one["aria-label"], one["value"])]
    found = found or [one for one in controls if target in (one["href"], f"#{one['id']}")]
    texts = [*dict.fromkeys(one.text() or one["aria-label"] or one["value"] for one in controls)]
    listed = ", ".join(map(repr, texts[:MAX_LISTED])) + (", …" if texts[MAX_LISTED:] else "")
    known = f" You can click {listed}." if texts else ""
    return _single(tab, found, f"link or button {target!r}", inside, known)


def find_form(
    tab: Tab, fields: Mapping[str, Any], button: str, action: str, inside: str | None
) -> tuple[Element, Element | None]:
    """Return the form that has these fields, and the button that sends it: the named or the first button."""
    found: dict[Element, Element | None] = {}
    others: dict[str, None] = {}
    for form in _reachable(tab, inside):
        if form.tag != "form":
            continue
        controls = controls_of(tab, form)
        names = {one["name"] for one in controls if not is_submit(one)}
        others[str(sorted(names - UNTYPED))] = None
        buttons = [
            one
            for one in controls
            if is_submit(one) and (not button or button in (one.text(), one["value"], one["name"]))
        ]
        has_fields = fields.keys() <= {one["name"] for one in controls}
        if has_fields and (buttons or not button) and action in ("", form["action"]):
            found[form] = next(iter(buttons), None)
    wanted = {"the fields": sorted(fields), "the button": button, "the action": action}
    conditions = [f"{part} {value!r}" for part, value in wanted.items() if value]
    what = "form with " + " and ".join(conditions) if conditions else "form"
    known = f" The forms there have the fields {' and '.join(others)}." if others else ""
    form = _single(tab, list(found), what, inside, known)
    return form, found[form]


def _reachable(tab: Tab, inside: str | None) -> Iterator[Element]:
    """Yield the elements that can be clicked: if a modal is open, only the elements in it."""
    modals = tab.page.document.all(
        lambda one: one.tag == "dialog" and "data-pr-modal" in one and slot_around(one)
    )
    slot = tab.find_slot(inside) if inside else ""
    for element in modals[-1] if modals else tab.page.document:
        around = slot_around(element)
        stands_there = SlotAddress(slot).contains(around) if slot else not around
        if (inside is None or stands_there) and all(one.is_visible for one in element.ancestry):
            yield element


def _single(
    tab: Tab, found: list[Element], what: str, inside: str | None, others: str = ""
) -> Element:
    """Return the only element that was found. Raise ``Impossible`` if none or several were found."""
    where = f"in slot {inside!r}" if inside else "outside of all slots" if inside == "" else ""
    what = f"{what} {where or 'on screen'}"
    slot = tab.find_slot(inside) if inside else ""  # Elements directly in the slot come first.
    found = [one for one in found if slot and slot_around(one) == slot] or found
    if not found:
        modal = any("data-pr-modal" in one for one in tab.page.document)
        beneath = " What is beneath the modal can't be reached." if modal else ""
        raise Impossible(f"There is no {what}.{others}{beneath}")
    if len({(one["href"], slot_around(one)) if "href" in one else one for one in found}) > 1:
        places = ", ".join(f"{one!r} in {slot_around(one) or 'the layout'!r}" for one in found)
        raise Impossible(f"There are several: {what}. Say inside=…: {places}.")
    return found[0]


def verb_of(element: Element) -> tuple[str, str] | None:
    """Return the method and URL of an element with ``hx-get``, ``hx-post`` and the like."""
    urls = {method.upper(): _htmx(element, method) for method in METHODS}
    return next(((method, url) for method, url in urls.items() if url is not None), None)


def _is_link(element: Element) -> bool:
    return element.tag == "a" and "href" in element


def is_submit(element: Element) -> bool:
    """Tell whether a click on an element sends a form."""
    kinds = {"button": ("", "submit"), "input": ("submit", "image")}.get(element.tag, ())
    return element["type"].lower() in kinds


# --- what a click does ---


def click(tab: Tab, element: Element) -> Steps[None]:
    """Do what a click on a link or button does."""
    slot, closes = slot_around(element), element.closest("data-pr-close")
    form = form_of(tab, element) if is_submit(element) else None
    if closes and tab.page.open_slots(around=slot):
        yield from _close(tab, element)
    elif slot and element.closest("data-pr-retry"):
        yield from tab.refresh([slot])
    elif verb_of(element) or _is_link(element):
        yield from _follow(tab, element)
    elif form:
        yield from submit(tab, form, element, {})
    elif not (closes and (yield from _close(tab, element))):
        raise Impossible(f"A click on {element!r} does nothing that this client knows.")


def _close(tab: Tab, element: Element) -> Steps[bool]:
    """Close the dialog around an element, if there is one."""
    opened, dialog = tab.page.open_slots(slot_around(element)), element.closest("data-pr-modal")
    link = closing_link(dialog) if dialog else None
    if opened:
        yield from tab.close(opened[-1])
    elif link:
        yield from _follow(tab, link)
    return bool(opened or link)


def _follow(tab: Tab, element: Element) -> Steps[None]:
    """Make the request of a link, or of an element with ``hx-get``, ``hx-post`` and the like."""
    verb, href = verb_of(element), element["href"]
    if not verb and element["target"] not in THIS_TAB:
        raise Impossible(f"{element!r} opens another tab: say client.new_tab().load({href!r}).")
    method, url = verb or ("GET", href)
    yield from tab.visit(url, _navigation(tab, element, element["target"]), method)


def submit(
    tab: Tab, form: Element, button: Element | None, data: Mapping[str, Any]
) -> Steps[None]:
    """Send a form as it is on screen, filled in with some data."""
    fields = {**fields_of(tab, form, button), **data}
    sent = {name: value for name, value in fields.items() if value is not None}
    submitter = button or Element("button", {})
    files = [name for name, value in data.items() if hasattr(value, "read")]
    encodings = (submitter["formenctype"], form["enctype"], _inherited(form, "encoding"))
    if files and "multipart/form-data" not in encodings:
        raise Impossible(
            f'{form!r} has no enctype="multipart/form-data": a browser would not send {files}.'
        )
    method = (submitter["formmethod"] or form["method"]).upper()
    if method == "DIALOG":
        yield from _close(tab, form)
        return
    verb, target = verb_of(form), submitter["formtarget"] or form["target"]
    if not verb and target not in THIS_TAB:
        raise Impossible(
            f"{form!r} opens another tab: say client.new_tab(), load() a page, and submit() there."
        )
    action = submitter["formaction"] or form["action"]
    method, url = verb or ("POST" if method == "POST" else "GET", action)
    yield from tab.visit(url, _navigation(tab, form, target), method, sent)


def _navigation(tab: Tab, element: Element, window: str) -> Navigation:
    """Return the navigation that the attributes of a link, button or form describe.

    ``window`` is its ``target``, or the ``formtarget`` of the button that sends the form.
    """
    boosted, source = not verb_of(element), slot_around(element)
    is_plain = "download" in element or window in TOP
    if boosted and (is_plain or _inherited(element, "boost") == "false"):
        return Navigation(source=source, is_soft=False)
    target = _target_of(tab, element, boosted=boosted)
    pushes = element.tag in ("a", "form") or not target
    history: History = "push" if pushes else False
    if pushed := _inherited(element, "push-url"):
        history = "push" if pushed != "false" else False
    if _inherited(element, "replace-url") not in ("", "false"):
        history = "replace"
    return Navigation(
        history,
        target=target,
        source=source,
        intercept=all(one["data-pr-intercept"] != "false" for one in element.ancestry),
        option_for=element["data-pr-add-related"],
        boosted=boosted,
    )


def _target_of(tab: Tab, element: Element, *, boosted: bool) -> str:
    """Return the slot that an element navigates, or ``""`` for all."""
    has_target = (
        one
        for one in element.ancestry
        if "data-pr-target" in one or _htmx(one, "target") is not None
    )
    around = next(has_target, element)
    name = around["data-pr-target"]
    if "data-pr-target" in around and name != "false":
        if address := tab.page.slot_named(name, around):
            return address
        raise Impossible(f"{element!r} has data-pr-target={name!r}: this slot is not on screen.")
    selector = "" if name else _htmx(around, "target") or ""
    if selector == "body" or (not selector and boosted):
        return ""
    if selector.startswith("closest ") and "data-pr-slot" in selector:
        return slot_around(element)
    for address, slot in tab.page.slots.items():
        if selector == f"#{slot['id']}":
            return address
    raise Impossible(
        f"{element!r} has a target that is no slot, {selector or 'itself'!r}, which this client does not "
        "follow: request its URL by client.get(), and test the response."
    )


def closing_link(dialog: Element) -> Element | None:
    """Return the link that closes a dialog with an ordinary page, which was not intercepted."""
    return dialog.first(lambda one: one.tag == "a" and "data-pr-close" in one)


def _inherited(element: Element, name: str) -> str:
    """Return the value of an htmx attribute of the element, or of the nearest one around it."""
    found = (_htmx(one, name) for one in element.ancestry)
    return next((value for value in found if value is not None), "")


def _htmx(element: Element, name: str) -> str | None:
    """Return the value of an htmx attribute in any of its spellings."""
    spellings = (f"hx-{name}", f"hx-{name}:inherited", f"data-hx-{name}")
    return next((element[one] for one in spellings if one in element), None)


# --- what a form sends ---


def form_of(tab: Tab, control: Element) -> Element | None:
    """Return the form that a control belongs to."""
    if wanted := control["form"]:
        return tab.page.document.first(lambda one: one.tag == "form" and one["id"] == wanted)
    return next((one for one in control.ancestry if one.tag == "form"), None)


def controls_of(tab: Tab, form: Element) -> list[Element]:
    """Return the fields and buttons of a form, wherever they stand."""
    tags = ("input", "select", "textarea", "button")
    return tab.page.document.all(lambda one: one.tag in tags and form_of(tab, one) is form)


def fields_of(tab: Tab, form: Element, button: Element | None) -> dict[str, Any]:
    """Return what a form would send as it is on screen, with its CSRF token."""
    found: dict[str, list[str]] = {}
    for control in controls_of(tab, form):
        if control["name"] and not _is_disabled(control):
            found.setdefault(control["name"], []).extend(_values(control))
    if button and button["name"]:
        found.setdefault(button["name"], []).append(button["value"])
    return found


def _is_disabled(element: Element) -> bool:
    """Tell whether a control or option, or a group around it, is disabled."""
    groups = ("fieldset", "optgroup", "select")
    around = (one for one in element.ancestry if one is element or one.tag in groups)
    return any("disabled" in one for one in around)


def _values(control: Element) -> list[str]:
    kind = control["type"].lower()
    is_box = kind in ("checkbox", "radio")
    if control.tag == "textarea":
        text = "".join(child for child in control.children if isinstance(child, str))
        return [text.removeprefix("\n")]
    if control.tag == "select":
        options = options_of(control)
        chosen = [one for one in options if "selected" in one]
        if not chosen and "multiple" not in control:
            chosen = [one for one in options if not _is_disabled(one)][:1]
        chosen = [one for one in chosen if not _is_disabled(one)]
        return [one.attributes.get("value", one.text()) for one in chosen]
    if control.tag == "button" or kind in NO_FIELDS or (is_box and "checked" not in control):
        return []
    return [control.attributes.get("value", "on" if is_box else "")]
