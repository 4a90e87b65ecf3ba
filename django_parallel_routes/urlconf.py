"""Reads a URLconf: every ``slots()``, slot, route and ``intercept()`` that it declares.

The tools use it most: ``manage.py slots``, the system checks and ``assert_soft_equals_hard()``. A request
needs the route that is the default of a slot, and the names of the routes that are intercepted; both are
read once. Nothing here matches a path.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from django.urls import URLPattern, URLResolver

from django_parallel_routes.declarations import DefaultRoute, Interception, Pattern, Segment, Slot
from django_parallel_routes.patterns import PARAMETER, parts_of

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, eq=False)
class DeclaredSegment:
    """A ``slots()``, or the layout of a single slot."""

    segment: Segment
    patterns: tuple[Any, ...]
    """The URL patterns from the root of the URLconf to this one."""
    enclosing: tuple[DeclaredSlot, ...] = ()
    """The slots around it, the outermost first."""
    namespace: str = ""
    """The namespaces around it: what the name of a route in it begins with, such as ``"shop:cart:"``."""

    def __str__(self) -> str:
        if self.segment.is_frame:
            return f"the layout of {self.enclosing[-1]}"
        return f"slots({route_text(self.patterns)!r})"

    @cached_property
    def slots(self) -> list[DeclaredSlot]:
        return [DeclaredSlot(self, slot) for slot in self.segment.slots]


@dataclass(frozen=True, eq=False)
class DeclaredSlot:
    """A slot, and the segment that declares it."""

    parent: DeclaredSegment
    slot: Slot

    def __str__(self) -> str:
        if self.parent.segment.is_frame:
            return str(self.parent.enclosing[-1])
        return f"{self.parent}: slot {self.name!r}"

    @property
    def name(self) -> str:
        return self.slot.name

    @property
    def ancestry(self) -> tuple[DeclaredSlot, ...]:
        """The enclosing slots and this one, the outermost first."""
        return (*self.parent.enclosing, self)

    @property
    def named(self) -> DeclaredSlot:
        """The slot as it was declared. A slot inside another slot's own layout is a part of that slot."""
        return self.parent.enclosing[-1].named if self.parent.segment.is_frame else self


class Parameter(NamedTuple):
    """A part of a URL that a route captures."""

    name: str
    converter: Any


@dataclass(frozen=True, eq=False)
class DeclaredRoute:
    """A ``path()`` or ``re_path()``, in a slot or outside every ``slots()``."""

    pattern: URLPattern
    resolvers: tuple[Any, ...]
    """The resolvers from the root of the URLconf to it."""
    enclosing: tuple[DeclaredSlot, ...]
    """The slots around it, the outermost first."""
    names: tuple[str, ...]
    """The names that ``reverse()`` takes for it: with its namespaces, and with its app names."""

    def __str__(self) -> str:
        return f"/{route_text(self.patterns)}"

    @property
    def patterns(self) -> tuple[Any, ...]:
        """The URL patterns from the root of the URLconf to this one."""
        return (*self.resolvers, self.pattern)

    @property
    def view(self) -> Any:
        return self.pattern.callback

    @cached_property
    def parts(self) -> tuple[str | Parameter, ...] | None:
        """Its URL as text and parameters; ``None`` if only Django knows what it matches."""
        found: list[str | Parameter] = []
        for pattern in self.patterns:
            parts = parts_of(pattern.pattern)
            if parts is None:
                return None
            names = iter(PARAMETER.findall(str(pattern.pattern)))
            found += (
                one if isinstance(one, str) else Parameter(next(names), one) for one in parts
            )
        return tuple(found)

    @property
    def converters(self) -> list[type]:
        """The converters of what it captures, as far as that can be read."""
        found = (one for one in self.parts or () if isinstance(one, Parameter))
        return [type(one.converter) for one in found]

    @property
    def is_static(self) -> bool:
        return self.parts is not None and not self.converters

    def path(self, values: Mapping[str, Any]) -> str:
        """Return its path without the leading slash; ``parts`` must be known."""
        return "".join(
            part if isinstance(part, str) else part.converter.to_url(values[part.name])
            for part in self.parts or ()
        )


class Urlconf:
    """What a URLconf declares, in the order of its declaration.

    >>> from django.urls import path
    >>> [str(route) for route in Urlconf([path("about/", print)]).routes]
    ['/about/']
    """

    def __init__(self, patterns: Iterable[Any]) -> None:
        found = list(_walk(patterns))
        self.segments = [one for one in found if isinstance(one, DeclaredSegment)]
        self.routes = [one for one in found if isinstance(one, DeclaredRoute)]
        self.slots = [slot for segment in self.segments for slot in segment.slots]
        self.interceptions: list[tuple[DeclaredSlot, Interception]] = [
            (slot, one) for slot in self.slots for one in slot.slot.interceptions
        ]
        """Each ``intercept()``, and the slot in which it fires."""
        self._by_name = grouped((name, route) for route in self.routes for name in route.names)

    def named(self, name: str) -> list[DeclaredRoute]:
        """Return the routes with a name, given as ``reverse()`` takes it."""
        return self._by_name.get(name, [])


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """Return the values for each key, in their order."""
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _walk(
    patterns: Iterable[Any],
    resolvers: tuple[Any, ...] = (),
    enclosing: tuple[DeclaredSlot, ...] = (),
    namespaces: tuple[str, ...] = ("",),
) -> Iterator[DeclaredSegment | DeclaredRoute]:
    """Yield what some patterns declare. The names of routes in them may begin with any of ``namespaces``.

    There are several if an instance namespace has another name than its application namespace:
    ``reverse()`` takes both.
    """
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            names = tuple(f"{outer}{pattern.name}" for outer in namespaces if pattern.name)
            yield DeclaredRoute(pattern, resolvers, enclosing, names)
        elif isinstance(pattern, URLResolver):
            below, spaces = (*resolvers, pattern), (pattern.namespace, pattern.app_name)
            inner = dict.fromkeys(f"{one}:" for one in spaces if one)
            names = tuple(outer + one for outer in namespaces for one in inner) or namespaces
            segment = getattr(pattern, "segment", None)
            if not isinstance(segment, Segment):
                yield from _walk(pattern.url_patterns, below, enclosing, names)
                continue
            declared = DeclaredSegment(segment, below, enclosing, names[0])
            yield declared
            for slot in declared.slots:
                yield from _walk(slot.slot.patterns, below, slot.ancestry, names)
                for frame in (slot.slot.frame, slot.slot.default):
                    if isinstance(frame, Segment):
                        yield DeclaredSegment(frame, below, slot.ancestry, names[0])


def route_of_default(default: DefaultRoute, patterns: Iterable[Pattern]) -> DeclaredRoute | None:
    """Return the route without arguments that a slot's default names, with or without its namespaces."""
    parts = default.split(":")
    names = {":".join(parts[start:]) for start in range(len(parts))}
    routes = (route for route in Urlconf(patterns).routes if route.is_static)
    return next((route for route in routes if not names.isdisjoint(route.names)), None)


def route_text(patterns: Iterable[Any]) -> str:
    """Return URL patterns as one route: ``"photos/<int:pk>/"``."""
    return "".join(str(one.pattern).removeprefix("^").removesuffix("$") for one in patterns)
