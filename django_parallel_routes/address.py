"""Addresses of slots: the names of the slots around one and its own, ``"children.team"``."""

from __future__ import annotations

from collections.abc import Iterable

from django_parallel_routes.declarations import CHILDREN


def slot_id(address: str) -> str:
    """Return the ``id`` of a slot's element."""
    return "slot-" + address.replace(".", "-")


def is_main(address: str) -> bool:
    """Tell whether a slot is children, or children of children: the main page."""
    return set(address.split(".")) == {CHILDREN}


def related(one: str, other: str) -> bool:
    """Tell whether two addresses are the same, or one slot stands inside the other."""
    return within(one, other) or within(other, one)


def within(address: str, outer: str) -> bool:
    """Tell whether a slot is another one, or stands inside it."""
    return f"{address}.".startswith(f"{outer}.")


ALL = "*"
"""In the place of a slot's name: all that are on screen."""


def meant_by(names: Iterable[str], addresses: Iterable[str]) -> frozenset[str]:
    """Return which slots are meant: by address, or where there is none of it, all of that name."""
    found = frozenset(addresses)
    meant: set[str] = set()
    for name in names:
        of_that_name = {address for address in found if address.endswith(f".{name}")}
        meant |= found if name == ALL else {name} if name in found else of_that_name
    return frozenset(meant)
