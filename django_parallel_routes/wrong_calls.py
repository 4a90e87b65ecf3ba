"""Explains wrong calls of ``slots()``, ``slot()`` and ``intercept()``, and says where they stand."""

from __future__ import annotations

import difflib
import inspect
import sys
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, ParamSpec, TypeVar, get_args

from django.core.exceptions import ImproperlyConfigured

P = ParamSpec("P")
R = TypeVar("R")

MAX_SHOWN = 40
"""The longest argument that a message shows in full, in characters."""


class NotAView:
    """A declaration that is no view, but can be called.

    So ``path()`` accepts it, and the error of the call says what to write instead. The error that
    ``path()`` itself would raise only says that the view must be callable.
    """

    def instead_of_view(self) -> str:
        """Return what to write instead of a ``path()`` around it. This one is for ``slots()``."""
        return 'write slots() without path(): it takes the prefix itself, as in slots("dashboard/", ...)'

    do_not_call_in_templates = True
    """Templates call whatever can be called, and the debug 404 page prints patterns in a template."""

    if not TYPE_CHECKING:  # pragma: no branch; mypy shall go on to find such a path()

        def __call__(self, *args: Any, **kwargs: Any) -> NoReturn:
            if args and hasattr(args[0], "META"):
                fail("path()", f"its view is {self!r}", self.instead_of_view())
            fail(f"{self!r}(...)", "it is called as a function", "write a comma after it")


class NotARoute(NotAView):
    """A declaration that is no route, either: Django calls these methods of all routes."""

    def check(self) -> NoReturn:
        what = "is no route, but stands among routes"
        raise ImproperlyConfigured(f"{self!r} {what}; {self.instead_of_view()}.")

    def resolve(self, path: str) -> NoReturn:
        """Raise the error of ``check()``, which Django may not have called."""
        self.check()


def is_function(value: Any) -> bool:
    """Tell whether a value is a view or another function. A ``NotAView`` can be called, but only raises."""
    return callable(value) and not isinstance(value, NotAView)


def fail(where: str, what: str, remedy: str) -> NoReturn:
    """Raise ``ImproperlyConfigured``."""
    raise ImproperlyConfigured(f"{where}: {what}; {remedy}.")


def check_choice(where: str, option: str, value: Any, choices: Any) -> None:
    """Raise ``ImproperlyConfigured`` unless a value is one of those that a ``Literal`` names."""
    *first, last = (f'"{choice}"' for choice in get_args(choices))
    if value not in get_args(choices):
        fail(where, f"{option} is {value!r}", f"it must be {', '.join(first)} or {last}")


def check_route_name(where: str, option: str, value: Any) -> None:
    """Raise ``ImproperlyConfigured`` unless a value may be the name of a route."""
    is_name = isinstance(value, str) and value
    if not is_name or value.startswith("/") or "<" in value:
        instead = "or a function" if option == "background" else 'such as "gallery:photo"'
        what = "a URL" if is_name else abridged(value)
        fail(where, f"the {option} is {what}", f"give the name of a path(), {instead}")


def calling_line(depth: int) -> str:
    """Return where a caller's code stands: ``"shop/urls.py, line 12"``. ``depth`` 1 is the direct caller."""
    frame = sys._getframe(depth + 1)
    file = Path(frame.f_code.co_filename)
    here = Path.cwd()
    shown = file.relative_to(here) if file.is_relative_to(here) else file
    return f"{shown.as_posix()}, line {frame.f_lineno}"


SIGNATURES: dict[str, inspect.Signature] = {}
"""The signatures of all functions that explain their wrong calls."""

KINDS = inspect.Parameter


def explains_wrong_calls(example: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function raise ``ImproperlyConfigured``, with a remedy, if its arguments don't fit.

    ``example`` is a right call of it. Python's own message for a wrong call says what is wrong, but not
    what to write instead. Each message begins with the file and line of the call.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        name, signature = function.__name__, inspect.signature(function)
        SIGNATURES[name] = signature

        @wraps(function)
        def checked(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                try:
                    return function(*args, **kwargs)
                except TypeError:  # The call is wrong, or the function has failed.
                    try:
                        signature.bind(*args, **kwargs)
                    except TypeError as error:
                        shown = ", ".join(map(abridged, args))
                        what, remedy = _problem(name, args, kwargs, str(error))
                        fail(f"{name}({shown})", what, f"{remedy}. Example: {example}")
                    raise
            except ImproperlyConfigured as error:
                raise ImproperlyConfigured(f"{calling_line(1)}: {error}") from None

        return checked

    return decorate


def _problem(
    function: str, args: tuple[Any, ...], kwargs: Mapping[str, Any], error: str
) -> tuple[str, str]:
    """Return what is wrong with a call that does not fit, and what to do."""
    parameters = SIGNATURES[function].parameters
    positional = [
        name for name, one in parameters.items() if one.kind is KINDS.POSITIONAL_OR_KEYWORD
    ]
    options = _options_of(function)
    unknown = [name for name in kwargs if name not in parameters]
    if function == "slots" and args and not isinstance(args[0], str) and is_declaration(args[0]):
        return _no_prefix(args[0])
    if len(args) > len(positional):
        free = [name for name in options if name not in kwargs]
        return _problem_with(function, args[len(positional)], free)
    given = {*positional[: len(args)], *kwargs}
    missing = [
        name
        for name in (*positional, *options)
        if parameters[name].default is KINDS.empty and name not in given
    ]
    if missing:
        what = f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"
        wanted = (list, tuple) if missing[0] == "patterns" else str
        meant = [name for name in unknown if isinstance(kwargs[name], wanted)]
        close = difflib.get_close_matches(missing[0], unknown, 1) or meant
        if close and missing[0] in positional:
            return what, f"write the value of {close[0]}= first, without a name"
        if close:
            return what, f"write {missing[0]}= instead of {close[0]}="
        return what, "give it" if len(missing) == 1 else "give them"
    if unknown:
        option = unknown[0]
        if close := difflib.get_close_matches(option, options, 1):
            return f"there is no option {option}", f"write {close[0]}= instead of {option}="
        if function == "slot" and is_declaration(kwargs[option]):
            shown = f'slots("", layout=..., {option}=[...])'
            return f"it declares one slot, but {option} is another", f"for several, write {shown}"
        for other in SIGNATURES:
            if option in _options_of(other):
                return f"{option} is an option of {other}()", f"write it there, in {other}(...)"
        return f"there is no option {option}", f"the options are {', '.join(options)}"
    return error, "correct the call"


def _options_of(function: str) -> list[str]:
    """Return the names of a function's keyword-only arguments."""
    parameters = SIGNATURES[function].parameters.items()
    return [name for name, one in parameters if one.kind is KINDS.KEYWORD_ONLY]


def is_declaration(value: Any) -> bool:
    """Tell whether a value is a route, a list of routes, or what ``slot()`` or ``intercept()`` returns."""
    return isinstance(value, (list, tuple, NotAView)) or hasattr(value, "resolve")


def is_include(value: Any) -> bool:
    """Tell whether a value is what ``include()`` returns."""
    is_triple = isinstance(value, tuple) and len(value) == 3
    return is_triple and all(isinstance(one, str | None) for one in value[1:])


def refuse_route(value: Any) -> NoReturn:
    """Refuse a value that can't be the first argument of ``slots()``."""
    where = f"slots({abridged(value)})"
    if is_declaration(value):
        fail(where, *_no_prefix(value))
    fail(where, f"the route is {abridged(value)}", "give a string, as for path()")


def _no_prefix(value: Any) -> tuple[str, str]:
    """Return what is wrong with a call such as ``slots([...])``, and what to write."""
    routes = _routes(value)
    remedy = f"give a prefix first, and name the slot: children={routes}"
    if not routes.startswith("slot("):
        remedy = f"for one slot, write slot({routes}); for several, {remedy}"
    return "the first argument is no URL prefix", remedy


def _routes(value: Any) -> str:
    """Return what was meant as the routes of a slot as code."""
    if is_include(value):
        return '[path("", include(...))]'
    shown = abridged(value)
    is_whole = isinstance(value, (list, tuple)) or shown.startswith("slot(")
    return shown if is_whole else f"[{shown}]"


def _problem_with(function: str, extra: Any, options: list[str]) -> tuple[str, str]:
    """Return what is wrong with an argument without a name, and what to do."""
    shown = abridged(extra)
    too_many, no_name = f"{shown} is one argument too many", f"{shown} has no name"
    if is_declaration(extra) and function != "intercept":  # That takes a list of origins.
        if function == "slots":
            return no_name, f"name the slot that it is for: children={_routes(extra)}"
        if not isinstance(extra, (list, tuple)):
            return too_many, "put all routes into one list"
        return too_many, "give the list alone; slots() names the slot"
    if options:
        return no_name, f"give options by name: {options[0]}={shown}"
    return too_many, "leave it out"


def abridged(value: Any) -> str:
    """Return a value as a message shows it: a view by its name, the rest as code, if that is short."""
    if hasattr(value, "view_class"):
        return f"{value.view_class.__qualname__}.as_view()"
    if is_include(value):
        return "include(...)"
    text = value.__qualname__ if hasattr(value, "__qualname__") else repr(value)
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"
