"""Links, buttons and forms that are on screen: which one is meant, and what becomes of a click."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urldefrag

from django_parallel_routes.address import within
from django_parallel_routes.test.dom import Element
from django_parallel_routes.test.steps import History, Navigation, Steps
from django_parallel_routes.test.tab import Tab, options_of

METHODS = ("get", "post", "put", "patch", "delete")
NO_FIELDS = frozenset({"submit", "button", "image", "reset", "file"})

# --- which one is meant ---


def find_control(tab: Tab, target: str, inside: str | None) -> Element:
    """Return the link or button with this text, label, ``href`` or ``#id`` that can be clicked."""
    controls = [one for one in _reachable(tab, inside) if _is_control(one)]
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
        buttons = [one for one in controls_of(tab, form) if is_submit(one)]
        named = [one for one in buttons if button in (one.text(), one["value"], one["name"])]
        if button and not named:
            continue
        if fields.keys() <= {one["name"] for one in controls_of(tab, form)}:
            found[form] = next(iter(named if button else buttons), None)
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
    for element in modals[-1] if modals else tab.page.document:
        if inside is not None and not _stands_in(element, inside and tab.find_slot(inside)):
            continue
        if all(one.is_visible for one in element.around):
            yield element


def _stands_in(element: Element, slot: str) -> bool:
    around = slot_around(element)
    return within(around, slot) if slot else not around


def _is_control(element: Element) -> bool:
    is_link = element.tag == "a" and "href" in element
    return is_link or element.tag == "button" or is_submit(element) or bool(_verb(element))


def _only(tab: Tab, found: list[Element], what: str, inside: str | None) -> Element:
    where = f"in slot {inside!r}" if inside else "outside of all slots" if inside == "" else ""
    exact = [one for one in found if inside and slot_around(one) == tab.find_slot(inside)]
    found = exact or found
    if not found:
        modal = any("data-pr-modal" in one for one in tab.page.document)
        beneath = " What is beneath the modal can't be reached." if modal else ""
        raise AssertionError(
            f"There is no {what} {where or 'on screen'}.{beneath}\n{tab.screen()}"
        )
    if len({(one["href"], slot_around(one)) if "href" in one else one for one in found}) > 1:
        places = ", ".join(f"{one!r} in {slot_around(one) or 'the layout'!r}" for one in found)
        raise AssertionError(
            f"There are several: {what} {where or 'on screen'}. Say inside=…: {places}.\n{tab.screen()}"
        )
    return found[0]


def slot_around(element: Element) -> str:
    """Return the address of the slot that an element stands in, or ``""``."""
    slot = element.closest("data-pr-slot", "data-pr-key")
    return slot["data-pr-slot"] if slot else ""


# --- what becomes of a click ---


def click(tab: Tab, element: Element, data: Mapping[str, Any] | None = None) -> Steps[None]:
    """Do what a click on a link or button does."""
    slot = slot_around(element)
    if element.closest("data-pr-close") and (home := tab.page.open_home_around(slot)):
        yield from tab.close(home)
    elif slot and element.closest("data-pr-retry"):
        yield from tab.refresh([slot])
    elif verb := _verb(element):
        method, url = verb
        asks = _navigation(tab, element, pushes=element.tag in ("a", "form"))
        if method == "GET":
            yield from tab.visit(url, asks)
        else:
            yield from tab.submit(url, data, method, asks)
    elif element.tag == "a":
        yield from _follow(tab, element)
    elif is_submit(element) and (form := form_of(tab, element)):
        if form["method"] == "dialog" and (home := tab.page.open_home_around(slot)):
            yield from tab.close(home)
        else:
            yield from submit(tab, form, element, {})
    elif link := _closing_link(element):
        yield from _follow(tab, link)
    else:
        raise AssertionError(f"Nothing is known to happen by a click on {element!r}.")


def _follow(tab: Tab, link: Element) -> Steps[None]:
    slot = slot_around(link)
    url = tab.absolute(link["href"], slot)
    if link["target"] not in ("", "_self"):
        raise AssertionError(f"{link!r} opens another tab: say client.new_tab({link['href']!r}).")
    if "download" in link or _said(link, "hx-boost") == "false":
        yield from tab.load(url)
        return
    yield from tab.visit(link["href"], _navigation(tab, link, pushes=True, boosted=True))


def submit(
    tab: Tab, form: Element, button: Element | None, data: Mapping[str, Any]
) -> Steps[None]:
    """Send a form as it is on screen, filled in with some data."""
    fields = {**fields_of(tab, form, button), **data}
    sent = {name: value for name, value in fields.items() if value is not None}
    _check_files(form, button, data)
    method = ((button and button["formmethod"]) or form["method"] or "get").upper()
    url = (button and button["formaction"]) or form["action"]
    if verb := _verb(form):
        method, url = verb
    navigation = _navigation(tab, form, pushes=True, boosted=not verb)
    if _said(form, "hx-boost") == "false":
        target = tab.absolute(url, slot_around(form))
        yield from tab.send(urldefrag(target).url, sent, method)
    else:
        yield from tab.submit(url, sent, method, navigation)


def _check_files(form: Element, button: Element | None, data: Mapping[str, Any]) -> None:
    """Fail where a browser would send a file's name, or less, in the place of the file."""
    files = [name for name, value in data.items() if hasattr(value, "read")]
    encodings = ((button and button["formenctype"]), form["enctype"], _said(form, "hx-encoding"))
    if files and "multipart/form-data" not in encodings:
        raise AssertionError(
            f'{form!r} has no enctype="multipart/form-data": a browser would not send {files}.'
        )


def _navigation(tab: Tab, element: Element, *, pushes: bool, boosted: bool = False) -> Navigation:
    """Return what an element says of the navigation that it begins."""
    only = _target_of(tab, element, boosted=boosted)
    pushes = pushes or not only
    pushed = _said(element, "hx-push-url") or ("true" if pushes else "false")
    replaces = _said(element, "hx-replace-url") or "false"
    history: History = "push" if pushed != "false" else False
    return Navigation(
        history="replace" if replaces != "false" else history,
        only=only,
        from_=slot_around(element),
        intercept=all(one["data-pr-intercept"] != "false" for one in element.around),
        adds=element["data-pr-add-related"],
        boosted=boosted,
    )


def _target_of(tab: Tab, element: Element, *, boosted: bool) -> str:
    """Return the slot that an element navigates, or ``""`` for all."""
    names = ("data-pr-target", "hx-target", "hx-target:inherited", "data-hx-target")
    around = next((one for one in element.around if any(name in one for name in names)), element)
    if around["data-pr-target"] == "false":
        said = ""
    elif "data-pr-target" in around:
        name = around["data-pr-target"]
        if not (address := tab.page.slot_named(name, around)):
            raise AssertionError(
                f"{element!r} has data-pr-target={name!r}: this slot is not on screen.\n{tab.screen()}"
            )
        return address
    else:
        said = _said(element, "hx-target")
    if said == "body" or (not said and boosted):
        return ""
    if said.startswith("closest ") and "data-pr-slot" in said:
        return slot_around(element)
    for address, slot in tab.page.slots.items():
        if said == f"#{slot['id']}":
            return address
    raise AssertionError(
        f"{element!r} has a target of its own, {said or 'itself'!r}, which is htmx's affair, and not in "
        "this client: ask for its URL by client.get(), and look at the response."
    )


def _closing_link(element: Element) -> Element | None:
    """Return the link that closes the dialog in which a button with ``data-pr-close`` is."""
    dialog = element.closest("data-pr-modal") if element.closest("data-pr-close") else None
    links = (one for one in dialog or () if one.tag == "a" and "data-pr-close" in one)
    return next(links, None)


def closing_link(tab: Tab, slot: str) -> Element | None:
    """Return the link that closes the dialog of a slot that shows it as an ordinary page."""
    found = tab.page.slots[slot].all(lambda one: one.tag == "a" and "data-pr-close" in one)
    return found[0] if found else None


def _verb(element: Element) -> tuple[str, str] | None:
    """Return the method and URL of an element with ``hx-get``, ``hx-post`` and the like."""
    for method in METHODS:
        for name in (f"hx-{method}", f"data-hx-{method}"):
            if name in element:
                return method.upper(), element[name]
    return None


def _said(element: Element, name: str) -> str:
    """Return what an element, or the nearest around it, says by an attribute."""
    for one in element.around:
        for attribute in (name, f"data-{name}"):
            if attribute in one:
                return one[attribute]
    return ""


# --- forms ---


def is_submit(element: Element) -> bool:
    """Tell whether a click on an element sends a form."""
    kind = element["type"].lower()
    if element.tag == "button":
        return kind in ("", "submit")
    return element.tag == "input" and kind in ("submit", "image")


def form_of(tab: Tab, control: Element) -> Element | None:
    """Return the form that a control belongs to."""
    if wanted := control["form"]:
        forms = tab.page.document.all(lambda one: one.tag == "form" and one["id"] == wanted)
        return forms[0] if forms else None
    return next((one for one in control.around if one.tag == "form"), None)


def controls_of(tab: Tab, form: Element) -> list[Element]:
    """Return the fields and buttons of a form, wherever they stand."""
    return tab.page.document.all(
        lambda one: (
            one.tag in ("input", "select", "textarea", "button") and form_of(tab, one) is form
        )
    )


def fields_of(tab: Tab, form: Element, button: Element | None) -> dict[str, Any]:
    """Return what a form would send as it is on screen: its token against CSRF, too."""
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
