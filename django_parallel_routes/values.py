"""What all folders use: classes of values, the addresses of slots, and URLs."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar
from urllib.parse import quote, unquote

from django.utils.http import escape_leading_slashes

from django_parallel_routes.declarations import CHILDREN

# --- Values ---

P = ParamSpec("P")
R = TypeVar("R")
V = TypeVar("V")

if TYPE_CHECKING:
    from dataclasses import replace as replace

    from typing_extensions import dataclass_transform
else:

    def dataclass_transform(**options: Any) -> Callable[[R], R]:
        """Return a decorator that does nothing. That of ``typing`` is new in Python 3.11."""
        return lambda function: function

    def replace(value: Any, **changes: Any) -> Any:
        """Return a copy of a value with some fields changed, as ``dataclasses.replace()`` does.

        That function looks at each field by itself, and calls ``__init__()``. This one copies all at once.
        """
        copy, known = object.__new__(type(value)), value.__dataclass_fields__
        fields = {**vars(value), **changes}
        if len(fields) > len(known):  # There are cached properties among them.
            fields = {name: fields[name] for name in known}
        copy.__dict__ = fields
        return copy


@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field,))
def value_class(cls: type[V]) -> type[V]:
    """Make a dataclass whose instances are values: compared and hashed by their fields, never changed.

    Only mypy forbids setting a field. If Python did (``frozen=True``), ``__init__()`` would call a
    function for each field, which would cost a tenth of the time that the package takes for a request.
    """
    return dataclasses.dataclass(unsafe_hash=True)(cls)


cached: Callable[[Callable[P, R]], Callable[P, R]] = lru_cache(maxsize=1024)  # type: ignore[assignment]
"""Caches the results of a function, since each page needs the same ones. Clients send names of slots, and
URLs, so the cache has a bound."""


# --- Where a slot stands: the names of the slots around it, then its own ---


class SlotAddress(str):
    """Where a slot stands. ``""`` is no slot: the place of the outermost layout.

    >>> address = SlotAddress("children.team")
    >>> address.parent, address.name, address.element_id
    ('children', 'team', 'slot-children-team')
    """

    __slots__ = ()

    @property
    def parent(self) -> SlotAddress:
        """The slot around this one, or ``""``."""
        return SlotAddress(self.rpartition(".")[0])

    @property
    def name(self) -> str:
        """The slot's own name."""
        return self.rpartition(".")[2]

    @property
    @cached
    def element_id(self) -> str:
        """The ``id`` of the slot's element."""
        return "slot-" + self.replace(".", "-")

    @property
    def is_main(self) -> bool:
        """Whether the slot is children, or children of children: the main page."""
        return set(self.split(".")) == {CHILDREN}

    @property
    def is_level(self) -> bool:
        """Whether the slot is named like the slot around it, as the levels of a stack of modals are."""
        return self.parent.name == self.name

    @property
    @cached
    def prefix(self) -> str:
        """What the addresses of the slots inside this one start with."""
        return self and f"{self}."

    @cached
    def child(self, name: str) -> SlotAddress:
        """Return the address of a slot right inside this one."""
        return SlotAddress(f"{self}.{name}" if self else name)

    def contains(self, other: str) -> bool:
        """Tell whether another slot is this one, or stands inside it."""
        return other.startswith(self) and other[len(self) : len(self) + 1] in ("", ".")

    def overlaps(self, other: SlotAddress) -> bool:
        """Tell whether one of two slots contains the other."""
        return self.contains(other) or other.contains(self)


NO_SLOT = SlotAddress()

ALL = "*"
"""Instead of a slot's name: all slots on screen."""


def slots_named(names: Iterable[str], addresses: Iterable[str]) -> frozenset[SlotAddress]:
    """Return the slots among ``addresses`` that have one of these names, or one of them as their address.

    A name that is the address of a slot means that slot alone.
    """
    found = frozenset(map(SlotAddress, addresses))
    named: set[SlotAddress] = set()
    for name in names:
        same = {address for address in found if name in (ALL, address)}
        named |= same or {address for address in found if address.endswith(f".{name}")}
    return frozenset(named)


# --- A URL of this site ---

UNQUOTED = "/:@!$&'()*+,;=~-._"
"""The characters that are not quoted in a path, as in ``HttpRequest.get_full_path()``."""


@cached
def path_of(src: str) -> str:
    """Return the decoded path of a URL without scheme and host."""
    return unquote(src.partition("?")[0])


@value_class
class Location:
    """A URL: ``src`` is its path and query, ``path`` its decoded path.

    A ``src`` never begins with ``//``, which would lead to another host. For ``//a/``, it is ``/%2Fa/``.
    """

    src: str
    path: str

    @staticmethod
    @cached
    def of(src: str) -> Location:
        """Return the location of a path and query."""
        return Location(escape_leading_slashes(src), path_of(src))


@cached
def url_of_path(path: str) -> str:
    """Return a decoded path as a URL of this host."""
    return escape_leading_slashes(quote(path, safe=UNQUOTED))
