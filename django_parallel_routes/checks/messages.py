"""Makes the messages of the checks: an id, what is wrong and where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.checks import CheckMessage, Error, Warning as CheckWarning

MAX_LISTED = 4
SEE_DOCS = 'See "System checks" in the documentation.'


def message(number: str, what: str, remedy: str) -> CheckMessage:
    """Return an error for an id such as "E001", and a warning for "W001"."""
    kind = Error if number.startswith("E") else CheckWarning
    return kind(what, hint=f"{remedy} {SEE_DOCS}", id=f"parallel_routes.{number}")


def listed(things: Iterable[object]) -> str:
    """Return things as text: the first few, and how many more there are."""
    texts = list(dict.fromkeys(map(str, things)))
    more = len(texts) - MAX_LISTED
    shown = ", ".join(texts[:MAX_LISTED])
    return f"{shown} and {more} more" if more > 0 else shown


def quoted(names: Iterable[str]) -> str:
    """Return names as text, each in quotes."""
    return listed(map(repr, names))
