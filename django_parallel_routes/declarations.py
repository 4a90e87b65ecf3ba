"""Declarations: the frozen values that ``slots()`` and ``slot()`` make of their arguments."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver

CHILDREN = "children"
"""The name of the main slot, which ``{% slot %}`` prints without a name."""

SAFE_METHODS = frozenset({"GET", "HEAD"})

View = Callable[..., Any]
Pattern = URLPattern | URLResolver
"""What a URLconf lists: a ``path()`` or ``re_path()``, or an ``include()`` or ``slots()``."""
Unmatched = Literal["keep", "default", "refresh"]
Opens = Literal["here", "above"]
Remember = Literal["history", "url"]
Delivery = Literal["deferred", "streamed"]
TestFunc = Callable[[HttpRequest], bool]


class Unset(enum.Enum):
    """The type of ``UNSET``: an option was not given. (``default=None`` means an empty slot.)"""

    UNSET = enum.auto()


UNSET = Unset.UNSET


class DefaultRoute(str):
    """The name of the route of a slot that is the default of the slot, as for ``reverse()``."""

    __slots__ = ()


@dataclass(frozen=True, eq=False)
class Interception:
    """One ``intercept()``: a soft navigation to ``route`` shows ``view`` in the slot.

    If ``view`` is ``None``, the slot shows the route's own view. ``origins`` are the names of the pages
    from which the interception fires; if there are none, it fires from all pages of its segment.
    ``background`` is what a hard load shows beneath: the name of a route, or a function of the request and
    the route's arguments. ``asks`` says whether the route's own views are called first, because they may
    refuse the user.
    """

    route: str
    view: View | None
    origins: tuple[str, ...] = ()
    opens: Opens = "here"
    background: str | Callable[..., Any] | None = None
    asks: bool = True

    def __repr__(self) -> str:
        return f"intercept({self.route!r})"


@dataclass(frozen=True, eq=False)
class Segment:
    """One ``slots()``: a layout and the slots it may print, ``children`` first.

    Segments at the same URL have different names. A name is the same in every process.
    """

    name: str
    layout: View
    slots: tuple[Slot, ...]
    remember: Remember = "history"
    is_frame: bool = False
    """Whether it is the layout of a single slot: ``slot([...], layout=…)``."""

    def slot(self, name: str) -> Slot | None:
        """Return the slot of this name, if it has one."""
        return next((slot for slot in self.slots if slot.name == name), None)

    @cached_property
    def may_be_late(self) -> bool:
        """Whether a slot has a loading state, here or in a segment inside."""
        return any(slot.loading for segment in self._tree for slot in segment.slots)

    @cached_property
    def may_remember(self) -> bool:
        """Whether the query of the URL may say what slots show, here or in a segment inside."""
        return any(segment.remember == "url" for segment in self._tree)

    @cached_property
    def _tree(self) -> tuple[Segment, ...]:
        """This segment, and those inside it."""
        inside = [one for slot in self.slots for one in segments_in(slot.patterns)]
        return (self, *inside)

    @cached_property
    def names_with_default_route(self) -> tuple[str, ...]:
        """The names of the slots whose default is a route."""
        return tuple(slot.name for slot in self.slots if slot.default_route)

    def __repr__(self) -> str:
        return f"<Segment {self.layout!r}: {', '.join(slot.name for slot in self.slots)}>"


@dataclass(frozen=True)
class Part:
    """The part of a whole document that a slot shows: blocks of its template, elements by their ids."""

    blocks: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()


WHOLE = Part()


@dataclass(frozen=True, eq=False)
class Slot:
    """A slot: its routes, and what it shows when none of them matches.

    ``default`` is a view, a route of the slot, ``None`` (an empty slot), or ``UNSET`` (a hard load is a
    404). If the default has a layout of its own, ``default`` is the segment of that layout. ``frame`` is the
    segment of the slot's own layout: its pages, and those that it intercepts, stand in this layout. Both
    segments have no slot but ``children``. If ``test_func`` refuses a request, the slot is not printed.
    """

    name: str
    patterns: tuple[Pattern, ...]
    default: View | DefaultRoute | Segment | Unset | None
    unmatched: Unmatched
    interceptions: tuple[Interception, ...] = ()
    frame: Segment | None = None
    test_func: TestFunc | None = None
    loading: View | None = None
    error: View | None = None
    not_found: View | None = None
    delivery: Delivery = "deferred"
    declared_at: str = ""
    """The file and line of its ``slot()``, or else of its ``slots()``."""
    part: Part = WHOLE

    @property
    def default_route(self) -> DefaultRoute | None:
        """The route that is the default, if the default is a route, with or without a layout of its own."""
        default = self.default
        if isinstance(default, Segment):
            return default.slots[0].default_route
        return default if isinstance(default, DefaultRoute) else None

    @cached_property
    def stacks(self) -> bool:
        """Whether an ``intercept()`` may open one more level above what the slot shows."""
        return any(interception.opens == "above" for interception in self.interceptions)

    def __repr__(self) -> str:
        return f"<Slot {self.name!r}: {len(self.patterns)} patterns>"


def segments_in(patterns: Iterable[Pattern]) -> Iterator[Segment]:
    """Yield every segment that is declared in a URLconf, whatever it includes."""
    for pattern in patterns:
        segment = getattr(pattern, "segment", None)
        if isinstance(segment, Segment):
            yield segment
        if isinstance(pattern, URLResolver):
            yield from segments_in(pattern.url_patterns)
