"""Makes the messages of the checks: an id, what is wrong and where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.checks import Error, Warning as CheckWarning

APP = "parallel_routes"
MAX_LISTED = 4


def error(number: str, what: str, remedy: str) -> Error:
    """Return a message about what always fails."""
    return Error(what, hint=f"{remedy} {SEE_DOCS}", id=f"{APP}.{number}")


def warning(number: str, what: str, remedy: str) -> CheckWarning:
    """Return a message about what fails for some URLs, or never does what it says."""
    return CheckWarning(what, hint=f"{remedy} {SEE_DOCS}", id=f"{APP}.{number}")


SEE_DOCS = 'See "System checks" in the documentation.'


def listed(things: Iterable[object]) -> str:
    """Return things as text: the first few, and how many more there are."""
    texts = list(dict.fromkeys(map(str, things)))
    more = len(texts) - MAX_LISTED
    shown = ", ".join(texts[:MAX_LISTED])
    return f"{shown} and {more} more" if more > 0 else shown


def quoted(names: Iterable[str]) -> str:
    """Return names as text, each in quotes."""
    return listed(map(repr, names))
