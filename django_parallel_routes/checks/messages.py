"""How the checks say something: an id, what is wrong and where, and what to do."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.checks import Error, Warning as CheckWarning

APP = "parallel_routes"
SHOWN = 4
"""How many URLs of many are listed."""


def error(number: str, what: str, remedy: str) -> Error:
    """Return a message about what always fails."""
    return Error(what, hint=_hint(number, remedy), id=f"{APP}.{number}")


def warning(number: str, what: str, remedy: str) -> CheckWarning:
    """Return a message about what fails sometimes, or does not do what it says."""
    return CheckWarning(what, hint=_hint(number, remedy), id=f"{APP}.{number}")


def _hint(number: str, remedy: str) -> str:
    return f'{remedy} More on {number} is in the documentation, at "System checks".'


def listed(things: Iterable[object]) -> str:
    """Return some things as text, the first few if they are many."""
    texts = list(dict.fromkeys(map(str, things)))
    more = len(texts) - SHOWN
    shown = ", ".join(texts[:SHOWN])
    return f"{shown} and {more} more" if more > 0 else shown
