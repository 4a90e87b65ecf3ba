"""The links, buttons and forms of a page: which one is meant, and what a form would send."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django_parallel_routes.address import within
from django_parallel_routes.client.dom import Element
from django_parallel_routes.client.exchange import Impossible
from django_parallel_routes.client.page import slot_around
from django_parallel_routes.client.tab import Tab, options_of

METHODS = ("get", "post", "put", "patch", "delete")
NO_FIELDS = frozenset({"submit", "button", "image", "reset", "file"})


def find_control(tab: Tab, target: str, inside: str | None) -> Element:
    """Return the link or button with this text, label, ``href`` or ``#id`` that can be clicked."""
    controls = [
        one
        for one in _reachable(tab, inside)
        if (one.tag == "a" and "href" in one)
        or one.tag == "button"
        or is_submit(one)
        or verb_of(one)
    ]
    found = [one for one in controls if target in (one.text(), one["aria-label"], one["value"])]
    if not found:
        found = [one for one in controls if target in (one["href"], f"#{one['id']}")]
    return _only(tab, found, f"link or button {target!r}", inside)


def find_form(
    tab: Tab, fields: Mapping[str, Any], button: str, action: str, inside: str | None
) -> tuple[Element, Element | None]:
    """Return the form that has these fields, and the button that is meant, or its first."""
    found: dict[Element, Element | None] = {}
    for form in _reachable(tab, inside):
        if form.tag != "form" or (action and form["action"] != action):
            continue
        controls = controls_of(tab, form)
        buttons = [
            one
            for one in controls
            if is_submit(one) and (not button or button in (one.text(), one["value"], one["name"]))
        ]
        if (buttons or not button) and fields.keys() <= {one["name"] for one in controls}:
            found[form] = next(iter(buttons), None)
    said = [f"the fields {sorted(fields)}"] if fields else []
    said += [f"the button {button!r}"] if button else []
    said += [f"the action {action!r}"] if action else []
    what = "form with " + " and ".join(said) if said else "form"
    form = _only(tab, list(found), what, inside)
    return form, found[form]


def _reachable(tab: Tab, inside: str | None) -> Iterator[Element]:
    """Yield the elements that can be clicked: those of the uppermost modal, if one is open."""
    tab.page.catch_up()
    modals = tab.page.document.all(lambda one: one.tag == "dialog" and "data-pr-modal" in one)
    modals = [one for one in modals if slot_around(one)]
    slot = tab.find_slot(inside) if inside else ""
    for element in modals[-1] if modals else tab.page.document:
        around = slot_around(element)
        stands_there = within(around, slot) if slot else not around
        if (inside is None or stands_there) and all(one.is_visible for one in element.around):
            yield element


def _only(tab: Tab, found: list[Element], what: str, inside: str | None) -> Element:
    where = f"in slot {inside!r}" if inside else "outside of all slots" if inside == "" else ""
    what = f"{what} {where or 'on screen'}"
    exact = [one for one in found if inside and slot_around(one) == tab.find_slot(inside)]
    found = exact or found
    if not found:
        modal = any("data-pr-modal" in one for one in tab.page.document)
        beneath = " What is beneath the modal can't be reached." if modal else ""
        raise Impossible(f"There is no {what}.{beneath}")
    if len({(one["href"], slot_around(one)) if "href" in one else one for one in found}) > 1:
        places = ", ".join(f"{one!r} in {slot_around(one) or 'the layout'!r}" for one in found)
        raise Impossible(f"There are several: {what}. Say inside=…: {places}.")
    return found[0]


def verb_of(element: Element) -> tuple[str, str] | None:
    """Return the method and URL of an element with ``hx-get``, ``hx-post`` and the like."""
    for method in METHODS:
        for name in (f"hx-{method}", f"data-hx-{method}"):
            if name in element:
                return method.upper(), element[name]
    return None


def is_submit(element: Element) -> bool:
    """Tell whether a click on an element sends a form."""
    kind = element["type"].lower()
    if element.tag == "button":
        return kind in ("", "submit")
    return element.tag == "input" and kind in ("submit", "image")


# --- what a form sends ---


def form_of(tab: Tab, control: Element) -> Element | None:
    """Return the form that a control belongs to."""
    if wanted := control["form"]:
        found = tab.page.document.all(lambda one: one.tag == "form" and one["id"] == wanted)
        return next(iter(found), None)
    return next((one for one in control.around if one.tag == "form"), None)


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
    return {
        name: values[0] if len(values) == 1 else values for name, values in found.items() if values
    }


def _is_disabled(element: Element) -> bool:
    """Tell whether a control or option is disabled, by itself or by what it stands in."""
    groups = ("fieldset", "optgroup", "select")
    around = (one for one in element.around if one is element or one.tag in groups)
    return any("disabled" in one for one in around)


def _values(control: Element) -> list[str]:
    if control.tag == "button":
        return []
    if control.tag == "textarea":
        return [control.text_content().removeprefix("\n")]
    if control.tag == "select":
        options = options_of(control)
        chosen = [one for one in options if "selected" in one]
        if not chosen and "multiple" not in control:
            chosen = [one for one in options if not _is_disabled(one)][:1]
        chosen = [one for one in chosen if not _is_disabled(one)]
        return [one["value"] if "value" in one else one.text() for one in chosen]
    kind = control["type"].lower()
    if kind in NO_FIELDS or (kind in ("checkbox", "radio") and "checked" not in control):
        return []
    unsaid = "on" if kind in ("checkbox", "radio") else ""
    return [control.attributes.get("value", unsaid)]
