"""Checks the arguments of ``slots()``, ``slot()`` and ``intercept()``, and makes declarations of them.

What can't work is refused. The message says where the call stands, what is wrong, and what to write.
"""

from __future__ import annotations

import difflib
import inspect
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import wraps
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn, ParamSpec, TypeVar, get_args

from asgiref.sync import iscoroutinefunction
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver
from django.views import View as ClassBasedView

from django_parallel_routes.declarations import (
    CHILDREN,
    UNSET,
    DefaultRoute,
    Delivery,
    Interception,
    Part,
    Pattern,
    Segment,
    Slot,
    Unmatched,
    Unset,
    View,
)
from django_parallel_routes.matches import TemplateView
from django_parallel_routes.patterns import is_included, text_of
from django_parallel_routes.resolvers import SlotsResolver
from django_parallel_routes.respond import SlotsView
from django_parallel_routes.urlconf import Urlconf, route_of_default

P = ParamSpec("P")
R = TypeVar("R")

TemplateOrView = str | View
"""A template name or a view. For a default, also the name of a route."""

SlotPatterns = Sequence[Pattern | Interception]
"""What stands in a slot: ``path()``, ``re_path()``, ``slots()`` and ``intercept()``."""


class SlotOptions(SimpleNamespace):
    """What ``slot()`` was called with, and where; ``slots()`` gives it a name and checks it."""

    def __repr__(self) -> str:
        return f"slot({abridged(self.patterns)})"


SLOT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z", re.ASCII)
NAME = re.compile(r"[^\s#]+")
"""The name of a block, or the id of an element without ``#``."""

MODALS = ("django_parallel_routes/modal.html", "django_parallel_routes/drawer.html")
"""The stock modals: a link elsewhere closes a slot with such a layout, unless the slot has ``unmatched``."""

ITEMS = "path(), re_path(), slots() and intercept()"
A_VIEW = "give default= a view or a template"


def make_slot(name: str, options: SlotOptions, where: str) -> Slot:
    """Return a slot; ``where`` is what messages start with."""
    if not SLOT_NAME.match(name):
        fail(where, "the name is no plain word", "use ASCII letters, digits and underscores")
    if name in OPTIONS["slot"] and not isinstance(options.patterns, (list, tuple)):
        what = f"{name} is an option of slot(), not of slots()"
        fail(where, what, f"write children=slot([...], {name}=…)")
    patterns, interceptions = _patterns(options.patterns, where)
    default = _default(options.default, patterns, where)
    for is_made, what, remedy in _mistakes(name, options, patterns, interceptions, default):
        if is_made:
            fail(where, what, remedy)
    may_close = name != CHILDREN and default is not UNSET
    closes = may_close and bool(interceptions or options.layout in MODALS)
    slot = Slot(
        name,
        patterns,
        default,
        unmatched=_choice(where, options, "unmatched", Unmatched, "default" if closes else "keep"),
        interceptions=interceptions,
        test_func=options.test_func,
        loading=_optional_view(where, options, "loading"),
        error=_optional_view(where, options, "error"),
        not_found=_optional_view(where, options, "not_found"),
        delivery=_choice(where, options, "delivery", Delivery, "deferred"),
        declared_at=options.declared_at,
        part=Part(
            _names(options.block, where, "block"), _names(options.element, where, "element")
        ),
    )
    return _in_layouts(slot, options, where)


def _mistakes(
    name: str,
    options: SlotOptions,
    patterns: Sequence[Pattern],
    interceptions: Sequence[Interception],
    default: Any,
) -> tuple[tuple[bool, str, str], ...]:
    """Return for each mistake in a ``slot()``: whether it is made, what is wrong, and what to do."""
    test_func, stacks = options.test_func, any(one.opens == "above" for one in interceptions)
    return (
        (
            default is UNSET and not patterns,
            "it has neither a route nor a default",
            "give it a default (None for a closed modal), or leave the slot out",
        ),
        (
            (default is UNSET or default is None) and options.default_layout is not None,
            "default_layout without a default",
            A_VIEW,
        ),
        (
            default is UNSET and options.unmatched == "default",
            'unmatched="default" without a default',
            f"{A_VIEW}, or None",
        ),
        (
            options.loading is None and options.delivery is not UNSET,
            "delivery without loading",
            "give loading= a view or a template",
        ),
        (
            test_func is not None and not is_test(test_func),
            f"test_func is {abridged(test_func)}",
            "give a plain function of the request, such as lambda request: request.user.is_staff",
        ),
        (
            stacks and name == CHILDREN,
            'opens="above" in children',
            "intercept in a named slot to open above a page",
        ),
        (
            # Both would have the address "modal.modal".
            stacks and not options.layout and any(one.slot(name) for one in _segments(patterns)),
            f'opens="above", and a slots() in it has a slot {name!r} as well',
            "rename one of the two slots, or give this slot a layout",
        ),
    )


def _in_layouts(slot: Slot, options: SlotOptions, where: str) -> Slot:
    """Return a slot with its own layouts: such a layout is nothing but nested ``slots()``."""

    def wrapped(option: str, inner_default: Any) -> Segment | None:
        if (view := _optional_view(where, options, option)) is None:
            return None
        inner = replace(
            slot, name=CHILDREN, default=inner_default, interceptions=(), test_func=None
        )
        return Segment(segment_name(option, view, (inner,)), view, (inner,), is_frame=True)

    patterns, default = slot.patterns, slot.default
    stays = options.layout == options.default_layout
    frame = wrapped("layout", default if stays else UNSET)
    default = (frame if stays else wrapped("default_layout", default)) or default
    if frame and patterns:
        patterns = (SlotsResolver("", frame, SlotsView),)
    return replace(slot, patterns=patterns, default=default, frame=frame)


def _optional_view(where: str, options: SlotOptions, option: str) -> View | None:
    value = getattr(options, option)
    return None if value is None else make_view(value, f"{where}: {option}")


def _choice(where: str, options: SlotOptions, option: str, choices: Any, default: str) -> Any:
    value = getattr(options, option)
    if value is UNSET:
        return default
    check_choice(where, option, value, choices)
    return value


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
    if is_include(value) or not isinstance(value, (list, tuple)):
        code = _path_around(value)
        remedy = f"write [{code}]" if code else f"give a list of {ITEMS}, or a slot()"
        if code and not is_include(value):
            remedy += f", or slot([], default={abridged(value)}) to show it beside all pages"
        fail(where, f"got {abridged(value)}", remedy)
    for number, item in enumerate(value, 1):
        if not isinstance(item, (URLPattern, URLResolver, Interception)):
            code = _path_around(item)
            remedy = f"write {code}" if code else f"give only {ITEMS}"
            fail(where, f"item {number} is {abridged(item)}", remedy)
    interceptions = tuple(item for item in value if isinstance(item, Interception))
    return tuple(item for item in value if not isinstance(item, Interception)), interceptions


def _path_around(value: Any) -> str:
    """Return the ``path()`` that was meant by a view or an ``include()``, or ``""``."""
    is_view = is_include(value) or (callable(value) and not inspect.isclass(value))
    return f'path("", {abridged(value)})' if is_view else ""


def _segments(patterns: Iterable[Pattern]) -> Iterator[Segment]:
    """Yield the segments that the slot itself may show. Included modules may not be imported yet."""
    for pattern in patterns:
        if isinstance(pattern, SlotsResolver):
            yield pattern.segment
        elif isinstance(pattern, URLResolver) and isinstance(pattern.urlconf_name, (list, tuple)):
            yield from _segments(pattern.url_patterns)


def _default(
    value: Any, patterns: Sequence[Pattern], where: str
) -> View | DefaultRoute | Unset | None:
    """Return the default of a slot, which was given as a template, a view or the name of a route."""
    if value is None or value is UNSET:
        return value
    where = f"{where}: default"
    if not isinstance(value, str) or not value or re.search(r"[./]", value):
        return make_view(value, where)
    route = DefaultRoute(value)
    # Included modules may not be imported yet. Their routes are looked for at the first request.
    if not (is_included(patterns) or route_of_default(route, patterns)):
        routes = (route for route in Urlconf(patterns).routes if route.is_static)
        names = [name for route in routes for name in route.names]
        close = difflib.get_close_matches(value, names, 1)
        what = f"{value!r} is no route of this slot without arguments of its own"
        remedy = "name such a route, as for reverse(); the name of a template has a '.' or '/'"
        fail(where, what, f"write {close[0]!r}" if close else remedy)
    return route


def make_view(value: Any, where: str) -> View:
    """Return a template name or view as a view."""
    if isinstance(value, str) and value:
        return TemplateView(value)
    if inspect.isclass(value) and issubclass(value, ClassBasedView):
        fail(where, f"got the class {value.__name__}", f"write {value.__name__}.as_view()")
    if not callable(value):
        fail(where, f"got {abridged(value)}", "give a template name or a view")
    return value  # type: ignore[no-any-return]


def segment_name(option: str, layout: View, declared: tuple[Slot, ...]) -> str:
    """Return a name that differs for segments at one URL, and is the same in every process.

    The layout alone is not enough: one class or factory may have made several layouts.
    """
    view: Any = getattr(layout, "view_class", layout)
    name = getattr(view, "__qualname__", repr(view) if isinstance(view, TemplateView) else "")
    routes = [
        f"{slot.name} {[text_of(pattern.pattern) for pattern in slot.patterns]}"
        for slot in declared
    ]
    return "\n".join((option, view.__module__, name, *routes))


# --- Refusals ---

MAX_SHOWN = 40
"""The longest argument that a message shows in full, in characters."""


def fail(where: str, what: str, remedy: str) -> NoReturn:
    """Raise ``ImproperlyConfigured``."""
    raise ImproperlyConfigured(f"{where}: {what}; {remedy}.")


def check_choice(where: str, option: str, value: Any, choices: Any) -> None:
    """Raise ``ImproperlyConfigured`` unless a value is one of those that a ``Literal`` names."""
    *first, last = (f'"{choice}"' for choice in get_args(choices))
    if value not in get_args(choices):
        fail(where, f"{option} is {value!r}", f"it must be {', '.join(first)} or {last}")


def is_include(value: Any) -> bool:
    """Tell whether a value is what ``include()`` returns."""
    is_triple = isinstance(value, tuple) and len(value) == 3
    return is_triple and all(isinstance(one, str | None) for one in value[1:])


def is_test(value: Any) -> bool:
    """Tell whether a value can be a ``test_func``. The coroutine of an async one would count as true."""
    if not callable(value) or iscoroutinefunction(value):
        return False
    try:
        if inspect.isfunction(value):  # Others may have no signature.
            inspect.signature(value).bind(None)
    except TypeError:
        return False
    return True


def abridged(value: Any) -> str:
    """Return a value as a message shows it: a view by its name, the rest as code, if that is short."""
    if hasattr(value, "view_class"):
        return f"{value.view_class.__qualname__}.as_view()"
    if is_include(value):
        return "include(...)"
    text = value.__qualname__ if hasattr(value, "__qualname__") else repr(value)
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"


def calling_line() -> str:
    """Return where the code outside of this package stands that called it: ``"shop/urls.py, line 12"``."""
    frame = sys._getframe()
    while frame.f_back and frame.f_code.co_filename.startswith(PACKAGE):
        frame = frame.f_back
    file = Path(frame.f_code.co_filename)
    here = Path.cwd()
    shown = file.relative_to(here) if file.is_relative_to(here) else file
    return f"{shown.as_posix()}, line {frame.f_lineno}"


PACKAGE = f"{Path(__file__).parent}{os.sep}"

OPTIONS: dict[str, list[str]] = {}
"""The options of all functions that explain their wrong calls."""


def explains_wrong_calls(example: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function raise ``ImproperlyConfigured``, with a remedy, if its arguments don't fit.

    ``example`` is a correct call. Python's own message for a wrong call says what is wrong, but not
    what to write instead. Each message begins with the file and line of the call.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        name, signature = function.__name__, inspect.signature(function)
        named = signature.parameters.values()
        OPTIONS[name] = [one.name for one in named if one.kind is one.KEYWORD_ONLY]

        @wraps(function)
        def checked(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                try:
                    signature.bind(*args, **kwargs)
                except TypeError as error:
                    remedy = _remedy(
                        name, [one for one in kwargs if one not in signature.parameters]
                    )
                    shown = ", ".join(map(abridged, args))
                    fail(f"{name}({shown})", str(error), f"{remedy}. Example: {example}")
                return function(*args, **kwargs)
            except ImproperlyConfigured as error:
                raise ImproperlyConfigured(f"{calling_line()}: {error}") from None

        return checked

    return decorate


def _remedy(function: str, unknown: list[str]) -> str:
    """Return what to do about a call that Python refuses, and about options in it that are ``unknown``."""
    for option in unknown:
        if close := difflib.get_close_matches(option, OPTIONS[function], 1):
            return f"write {close[0]}= instead of {option}="
        for other, options in OPTIONS.items():
            if option in options:
                return f"{option} is an option of {other}()"
    return f"options are given by name: {', '.join(OPTIONS[function])}"
