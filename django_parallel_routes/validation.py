"""Makes declarations of what ``slots()`` and ``slot()`` were called with, and refuses what cannot work."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from asgiref.sync import iscoroutinefunction
from django.urls import URLPattern, URLResolver
from django.views import View as ClassBasedView

from django_parallel_routes.declarations import (
    CHILDREN,
    UNSET,
    DefaultRoute,
    Delivery,
    Fallbacks,
    Interception,
    Part,
    Pattern,
    Segment,
    Slot,
    TestFunc,
    Unmatched,
    Unset,
    View,
)
from django_parallel_routes.matches import TemplateView
from django_parallel_routes.patterns import is_included, routes_text
from django_parallel_routes.resolvers import SlotsResolver
from django_parallel_routes.respond import SlotsView
from django_parallel_routes.urlconf import Urlconf, routes_of_default
from django_parallel_routes.wrong_calls import (
    NotARoute,
    NotAView,
    abridged,
    check_choice,
    fail,
    is_function,
    is_include,
)

TemplateOrView = str | View
"""A template name or a view. For a default, also the name of a route."""

SLOT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z", re.ASCII)
NAME = re.compile(r"[^\s#]+")
"""The name of a block, or the id of an element without ``#``."""

SlotPatterns = Sequence[Pattern | Interception]
"""What stands in a slot: ``path()``, ``re_path()``, ``slots()`` and ``intercept()``."""


@dataclass(frozen=True)
class SlotOptions(NotARoute):
    """What ``slot()`` was called with; ``slots()`` gives it a name and checks it."""

    patterns: SlotPatterns
    layout: TemplateOrView | None = None
    default: TemplateOrView | Unset | None = UNSET
    default_layout: TemplateOrView | None = None
    unmatched: Unmatched | Unset = UNSET
    loading: TemplateOrView | None = None
    error: TemplateOrView | None = None
    not_found: TemplateOrView | None = None
    delivery: Delivery | Unset = UNSET
    test_func: TestFunc | None = None
    block: str | Sequence[str] = ()
    element: str | Sequence[str] = ()
    declared_at: str = ""
    """The file and line of the call."""

    def __repr__(self) -> str:
        return f"slot({abridged(self.patterns)})"

    def instead_of_view(self) -> str:
        return f"give it a name in slots(): children={self!r}"


MODALS = ("django_parallel_routes/modal.html", "django_parallel_routes/drawer.html")
"""The stock modals: a link elsewhere closes a slot with such a layout, unless it says ``unmatched``."""

ROUTES = "a list of path(), re_path() and slots(), or a slot()"
OPTIONS = frozenset(field.name for field in fields(SlotOptions))


def make_slot(name: str, value: SlotPatterns | SlotOptions, where: str, declared_at: str) -> Slot:
    """Return a slot; ``where`` is what messages start with."""
    _check_name(name, value, where)
    options = value if isinstance(value, SlotOptions) else SlotOptions(value)
    patterns, interceptions = _patterns(options.patterns, where)
    default = _default(options.default, patterns, where)
    if default is UNSET and not patterns:
        remedy = (
            "write slot([...], default=None), for a closed modal"
            if interceptions
            else "give it one"
        )
        fail(where, "it has neither a route nor a default", f"{remedy}, or leave it out")
    if default is UNSET and options.default_layout is not None:
        fail(where, "default_layout without a default", "give default= a view or a template")
    test_func = options.test_func
    if not (test_func is None or is_function(test_func)) or iscoroutinefunction(test_func):
        # A coroutine counts as true, whatever it would return.
        remedy = "give a plain function, such as lambda request: request.user.is_staff"
        fail(where, f"test_func is {abridged(test_func)}", remedy)
    slot = Slot(
        name,
        patterns,
        default,
        _unmatched(name, options, where, intercepts=bool(interceptions)),
        interceptions,
        None,
        _fallbacks(options, where),
        test_func,
        options.declared_at or declared_at,
        Part(_names(options.block, where, "block"), _names(options.element, where, "element")),
    )
    if slot.stacks:
        _check_stack(slot, options, where)
    if options.layout is None and options.default_layout is None:
        return slot
    return _slot_with_layout(slot, options, where)


def _check_name(name: str, value: Any, where: str) -> None:
    """Refuse a name that no slot can have, and an option of ``slot()`` that was given to ``slots()``."""
    if not SLOT_NAME.match(name):
        fail(where, "the name is no plain word", "use ASCII letters, digits and underscores")
    if name in OPTIONS and not isinstance(value, (SlotOptions, list, tuple)):
        what = f"{name} is an option of slot(), not of slots()"
        fail(where, what, f"write children=slot([...], {name}=…)")
    if isinstance(value, str) and name != CHILDREN:
        what = f"got {value!r}, but each name that slots() does not know is a slot"
        code = _code_for(value)
        fail(where, what, f"write {name}=[{code}]" if code else f"give {ROUTES}")


def _unmatched(name: str, options: SlotOptions, where: str, *, intercepts: bool) -> Any:
    """Return what a soft navigation does with a slot if nothing matches."""
    unmatched, has_default = options.unmatched, options.default is not UNSET
    if unmatched is UNSET:
        closes = (intercepts or options.layout in MODALS) and name != CHILDREN and has_default
        return "default" if closes else "keep"
    check_choice(where, "unmatched", unmatched, Unmatched)
    if unmatched == "default" and not has_default:
        fail(
            where,
            'unmatched="default" without a default',
            "give default=None, a view or a template",
        )
    return unmatched


def _check_stack(slot: Slot, options: SlotOptions, where: str) -> None:
    """Refuse ``opens="above"`` where the level above could not be told from another slot."""
    if slot.name == CHILDREN:
        fail(where, 'opens="above" in children', "intercept in a named slot to open above a page")
    if options.layout is None and any(one.slot(slot.name) for one in _segments(slot.patterns)):
        # Both would have the address "modal.modal".
        what = f'opens="above", and a slots() in it has a slot {slot.name!r} as well'
        fail(where, what, "give one of the two slots another name, or this one a layout")


def _slot_with_layout(slot: Slot, options: SlotOptions, where: str) -> Slot:
    """Return a slot that holds a segment: a slot's own layout is nothing but nested ``slots()``."""

    def wrapped(option: str, layout: TemplateOrView, inner_default: Any) -> Segment:
        view = make_view(layout, f"{where}: {option}")
        inner = replace(
            slot, name=CHILDREN, default=inner_default, interceptions=(), test_func=None
        )
        return Segment(segment_name(option, view, (inner,)), view, (inner,), is_frame=True)

    patterns, default, frame = slot.patterns, slot.default, None
    stays = options.layout is not None and options.layout == options.default_layout
    if options.default_layout is not None and default is None:
        fail(where, "default_layout around an empty default", "give default= a view or a template")
    if options.layout is not None:
        frame = wrapped("layout", options.layout, default if stays else UNSET)
        patterns = (SlotsResolver("", frame, SlotsView),) if patterns else ()
        if stays:
            default = frame
    if options.default_layout is not None and not stays:
        default = wrapped("default_layout", options.default_layout, default)
    return replace(slot, patterns=patterns, default=default, frame=frame)


def _fallbacks(options: SlotOptions, where: str) -> Fallbacks:
    """Return what a slot shows until its page is ready, and instead of a page that fails."""
    views: dict[str, Any] = {
        name: make_view(view, f"{where}: {name}")
        for name in ("loading", "error", "not_found")
        if (view := getattr(options, name)) is not None
    }
    delivery = options.delivery
    if delivery is UNSET:
        return Fallbacks(**views)
    check_choice(where, "delivery", delivery, Delivery)
    if "loading" not in views:
        fail(where, "delivery without loading", "give loading= a view or a template")
    return Fallbacks(**views, delivery=delivery)


def _names(value: Any, where: str, option: str) -> tuple[str, ...]:
    """Return the names that an option was given: one name, or a list."""
    names = [value] if isinstance(value, str) else value
    is_list = isinstance(names, (list, tuple))
    if not is_list or not all(isinstance(name, str) and NAME.fullmatch(name) for name in names):
        what = "the id of an element" if option == "element" else "the name of a block"
        fail(where, f"{option} is {value!r}", f"give {what}, or a list")
    return tuple(names)


def _patterns(value: Any, where: str) -> tuple[tuple[Pattern, ...], tuple[Interception, ...]]:
    """Return a slot's routes, and its interceptions."""
    if isinstance(value, (URLPattern, URLResolver, Interception)):
        fail(where, f"got {abridged(value)} alone", "put it in a list: [...]")
    if is_include(value) or not isinstance(value, (list, tuple)):
        code = _code_for(value)
        fail(where, f"got {abridged(value)}", f"write [{code}]" if code else f"give {ROUTES}")
    for number, pattern in enumerate(value, 1):
        if not isinstance(pattern, (URLPattern, URLResolver, Interception)):
            fail(where, f"item {number} is {abridged(pattern)}", _remedy_for(pattern))
        if isinstance(view := getattr(pattern, "callback", None), NotAView):
            what = f"item {number} is a path() whose view is {view!r}"
            fail(where, what, view.instead_of_view())
    interceptions = tuple(item for item in value if isinstance(item, Interception))
    return tuple(item for item in value if not isinstance(item, Interception)), interceptions


def _remedy_for(item: Any) -> str:
    """Return what to write instead of a value that is no pattern."""
    if isinstance(item, SlotOptions):
        return "name it instead, as an argument of slots()"
    if code := _code_for(item):
        return f"write {code}"
    if isinstance(item, (list, tuple)):
        return "write its items into the outer list"
    return "give path(), re_path(), slots() or intercept()"


def _code_for(value: Any) -> str:
    """Return the ``path()`` that was meant by a view, a template, a URLconf or a tuple, or ``""``."""
    if is_include(value):
        return 'path("", include(...))'
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], str):
        return f'path("{value[0]}", {abridged(value[1])})'
    if isinstance(value, str) and re.search(r"[./]\w+$", value):
        is_template = "/" in value or value.endswith(".html")
        view = f'TemplateView.as_view(template_name="{value}")' if is_template else value
        view = f'include("{value}")' if value.endswith(".urls") else view
        return f'path("", {view})'
    if is_function(value):
        is_class = inspect.isclass(value) and issubclass(value, ClassBasedView)
        return f'path("", {abridged(value)}{".as_view()" if is_class else ""})'
    return ""


def _segments(patterns: Iterable[Pattern]) -> Iterator[Segment]:
    """Yield the segments of the ``slots()`` among some patterns, except those of included modules."""
    for pattern in patterns:
        if isinstance(pattern, SlotsResolver):
            yield pattern.segment
        elif isinstance(pattern, URLResolver) and isinstance(pattern.urlconf_name, (list, tuple)):
            yield from _segments(pattern.url_patterns)


def _default(
    value: Any, patterns: Sequence[Pattern], where: str
) -> View | DefaultRoute | Unset | None:
    if value is None or value is UNSET:
        return value
    where = f"{where}: default"
    if not value:
        fail(where, f"got {value!r}", "for an empty slot, give None")
    is_name = isinstance(value, str) and not re.search(r"[./]", value)
    return _default_route(value, patterns, where) if is_name else make_view(value, where)


def _default_route(name: str, patterns: Sequence[Pattern], where: str) -> DefaultRoute:
    """Return a default that is a route. Routes of included modules are looked for at the first request."""
    route = DefaultRoute(name)
    if is_included(patterns):
        return route
    routes = routes_of_default(route, patterns)
    if not routes:
        names = dict.fromkeys(name for one in Urlconf(patterns).routes for name in one.names)
        known = f", must be one of: {', '.join(names)}" if names else ""
        remedy = "a template's name has a '.' or '/'"
        fail(where, f"{name!r} is no route of this slot{known}", remedy)
    if not any(one.is_static for one in routes):
        fail(
            where,
            f"the route {name!r} takes arguments, which a default does not have",
            "name a route without any, or give a view",
        )
    return route


def make_view(value: Any, where: str) -> View:
    """Return a template name or view as a view."""
    if isinstance(value, str) and value:
        return TemplateView(value)
    if inspect.isclass(value) and issubclass(value, ClassBasedView):
        fail(where, f"got the class {value.__name__}", f"write {value.__name__}.as_view()")
    if not is_function(value):
        is_path = isinstance(value, URLPattern)
        remedy = "give its view alone" if is_path else "give a template name or a view"
        fail(where, f"got {abridged(value)}", remedy)
    return value  # type: ignore[no-any-return]


def segment_name(option: str, layout: View, declared: tuple[Slot, ...]) -> str:
    """Return a name that differs for segments at one URL, and is the same in every process.

    The layout alone is not enough: one class or factory may have made several layouts.
    """
    view: Any = getattr(layout, "view_class", layout)
    name = getattr(view, "__qualname__", repr(view) if isinstance(view, TemplateView) else "")
    return "\n".join((option, view.__module__, name, *map(routes_text, declared)))
