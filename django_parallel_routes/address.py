"""Addresses of slots: the names of the slots around a slot, then its own: ``"children.team"``."""

from __future__ import annotations

from collections.abc import Iterable

from django_parallel_routes.declarations import CHILDREN


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
    def prefix(self) -> str:
        """What the addresses of the slots inside this one start with."""
        return self and f"{self}."

    def child(self, name: str) -> SlotAddress:
        """Return the address of a slot right inside this one."""
        return SlotAddress(f"{self}.{name}" if self else name)

    def contains(self, other: str) -> bool:
        """Tell whether another slot is this one, or stands inside it."""
        return other == self or other.startswith(f"{self}.")

    def overlaps(self, other: SlotAddress) -> bool:
        """Tell whether one of two slots contains the other."""
        return self.contains(other) or other.contains(self)


NO_SLOT = SlotAddress()

ALL = "*"
"""Instead of a slot's name: all slots on screen."""


def named_by(names: Iterable[str], addresses: Iterable[str]) -> frozenset[SlotAddress]:
    """Return the slots that have one of these addresses or, if none has it, that name."""
    found = frozenset(map(SlotAddress, addresses))
    named: set[SlotAddress] = set()
    for name in names:
        same = {address for address in found if name in (ALL, address)}
        named |= same or {address for address in found if address.endswith(f".{name}")}
    return frozenset(named)
