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
    """A declaration that is no view.

    ``path()`` takes it for one, because it can be called, and a call says what to write. Without
    ``__call__``, ``path()`` would say that its view must be callable, and nothing else.
    """

    def instead_of_view(self) -> str:
        """Return what to write instead of a ``path()`` around it; this is for ``slots()``."""
        return 'write slots() without path(): it takes the prefix itself, as in slots("dashboard/", ...)'

    do_not_call_in_templates = True
    """Templates call what they can: that of the debug 404 page prints patterns."""

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
        """Do what ``check()`` does."""
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


def calling_line(depth: int) -> str:
    """Return where a caller's code stands: ``"shop/urls.py, line 12"``. ``depth`` 1 is the direct caller."""
    frame = sys._getframe(depth + 1)
    file = Path(frame.f_code.co_filename)
    here = Path.cwd()
    shown = file.relative_to(here) if file.is_relative_to(here) else file
    return f"{shown.as_posix()}, line {frame.f_lineno}"


def explains_wrong_calls(example: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function raise ``ImproperlyConfigured``, with a remedy, if its arguments don't fit.

    ``example`` is a right call of it. Python's own message for a wrong call says what is wrong, but not
    what to write instead.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        signature = inspect.signature(function)

        @wraps(function)
        def checked(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return function(*args, **kwargs)
            except TypeError:  # of the call, or of what the function does
                try:
                    signature.bind(*args, **kwargs)
                except TypeError as error:
                    shown = ", ".join(map(abridged, args))
                    what, remedy = _problem(signature, args, kwargs, str(error))
                    fail(f"{function.__name__}({shown})", what, f"{remedy}, such as {example}")
                raise

        return checked

    return decorate


def _problem(
    signature: inspect.Signature, args: tuple[Any, ...], kwargs: Mapping[str, Any], error: str
) -> tuple[str, str]:
    """Return what is wrong with a call that does not fit, and what to do."""
    parameters = signature.parameters

    def names_of(kind: Any) -> list[str]:
        return [name for name, one in parameters.items() if one.kind is kind]

    kinds = inspect.Parameter
    positional = names_of(kinds.POSITIONAL_OR_KEYWORD)
    options, takes_slots = names_of(kinds.KEYWORD_ONLY), bool(names_of(kinds.VAR_KEYWORD))
    if len(args) > len(positional):
        free = [name for name in options if name not in kwargs]
        return _problem_with(args[len(positional)], free, takes_slots=takes_slots)
    given = {*positional[: len(args)], *kwargs}
    required = [
        name for name in (*positional, *options) if parameters[name].default is kinds.empty
    ]
    if missing := [name for name in required if name not in given]:
        is_one = len(missing) == 1
        what = f"{' and '.join(missing)} {'is' if is_one else 'are'} missing"
        if typos := difflib.get_close_matches(missing[0], [*kwargs], 1):
            return what, f"did you mean {missing[0]} by {typos[0]}"
        return what, "give it" if is_one else "give them"
    if unknown := [name for name in kwargs if name not in parameters]:
        close = difflib.get_close_matches(unknown[0], options, 1)
        remedy = f"did you mean {close[0]}" if close else f"there are: {', '.join(options)}"
        return f"there is no option {unknown[0]}", remedy
    return error, "correct the call"


def _problem_with(extra: Any, options: list[str], *, takes_slots: bool) -> tuple[str, str]:
    """Return what is wrong with an argument without a name, and what to do."""
    shown = abridged(extra)
    too_many, no_name = f"{shown} is one argument too many", f"{shown} has no name"
    if isinstance(extra, (list, tuple)):
        if takes_slots:
            return no_name, "name the slot that it is for: children=[...]"
        return too_many, "give the list alone; slots() names the slot"
    if hasattr(extra, "resolve"):
        return too_many, "put all routes into one list"
    if options:
        return no_name, f"give options by name: {options[0]}={shown}"
    return too_many, "leave it out"


def abridged(value: Any) -> str:
    """Return a value as a message shows it."""
    text = repr(value)
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"
