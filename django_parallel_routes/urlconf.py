"""Walks a URLconf, for the tools: every ``slots()`` and every route, each with what stands around it.

``manage.py slots``, the system checks and ``assert_soft_equals_hard()`` all read a URLconf through
``walk()``. Requests don't: Django and ``resolvers`` answer those.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import URLPattern, URLResolver, converters

from django_parallel_routes.declarations import Interception, Segment, Slot
from django_parallel_routes.resolvers import is_translated, parts_of

Spaces = tuple[tuple[str, ...], tuple[str, ...]]
"""The namespaces around a pattern, and the app names: ``reverse()`` takes both."""


@dataclass(frozen=True, eq=False)
class Place:
    """A ``slots()``, or the layout of a single slot, and the patterns that lead to it."""

    segment: Segment
    way: tuple[Any, ...]
    """The resolvers that lead to it, itself last."""
    inside: tuple[Spot, ...] = ()
    """The slots that it stands in, the outermost first."""
    namespaces: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.segment.is_frame:
            return f"the layout of {self.inside[-1]}"
        return f"slots({text_of(self.way)!r})"

    @cached_property
    def spots(self) -> list[Spot]:
        """The slots that it declares."""
        return [Spot(self, slot) for slot in self.segment.slots]


@dataclass(frozen=True, eq=False)
class Spot:
    """A slot, and the place that declares it."""

    place: Place
    slot: Slot

    def __str__(self) -> str:
        if self.place.segment.is_frame:  # the slot that the author has declared stands around it
            return str(self.place.inside[-1])
        return f"{self.place}: slot {self.slot.name!r}"

    @property
    def chain(self) -> tuple[Spot, ...]:
        """The slots around it and itself, the outermost first."""
        return (*self.place.inside, self)

    @property
    def declared(self) -> Spot:
        """The slot as its author knows it: a slot's own layout holds a slot of its own."""
        return self.place.inside[-1].declared if self.place.segment.is_frame else self

    def is_like(self, other: Spot) -> bool:
        """Tell whether both are the same declaration, maybe of a URLconf that is included twice."""
        return self.slot is other.slot

    @property
    def rules(self) -> tuple[Interception, ...]:
        return self.slot.interceptions


@dataclass(frozen=True, eq=False)
class Route:
    """A ``path()``, the resolvers above it, and the slots that it stands in, the outermost first."""

    pattern: URLPattern
    above: tuple[Any, ...]
    inside: tuple[Spot, ...]
    names: tuple[str, ...]
    """The names by which ``reverse()`` knows it: with its namespaces, and with its app names."""

    def __str__(self) -> str:
        return f"/{text_of(self.way)}"

    @property
    def way(self) -> tuple[Any, ...]:
        """The resolvers above it, and its own pattern."""
        return (*self.above, self.pattern)

    @property
    def where(self) -> str:
        return f"{self.inside[-1]}: " if self.inside else ""

    @cached_property
    def parts(self) -> tuple[Any, ...] | None:
        """Its URL as text and converters, texts joined; ``None`` if it is known to Django alone."""
        found: list[Any] = [""]
        for pattern in self.way:
            parts = parts_of(pattern.pattern)
            if parts is None:
                return None
            for part in parts:
                if isinstance(part, str) and isinstance(found[-1], str):
                    found[-1] += part
                else:
                    found.append(part)
        return tuple(found)

    @property
    def shape(self) -> tuple[Any, ...]:
        """What is the same for routes that take the same URLs: names of parameters don't count."""
        if self.parts is None:
            return (re.sub(r"\(\?P<\w+>", "(", text_of(self.way)),)
        return tuple(part if isinstance(part, str) else type(part) for part in self.parts)

    @property
    def is_static(self) -> bool:
        return self.parts is not None and len(self.parts) == 1

    @property
    def is_translated(self) -> bool:
        return any(is_translated(pattern.pattern) for pattern in self.way)

    @cached_property
    def examples(self) -> tuple[str, ...]:
        """Paths of it, without the first slash; none if they can't be told."""
        if self.parts is None:
            return ()
        values = [(part,) if isinstance(part, str) else _values(part) for part in self.parts]
        if not all(values):
            return ()
        number = max(map(len, values))
        return tuple(
            "".join(choice[min(at, len(choice) - 1)] for choice in values) for at in range(number)
        )

    def takes(self, path: str) -> bool:
        """Tell whether a path is one of it, or may be."""
        for pattern in self.way:
            try:
                hit = pattern.pattern.match(path)
            except Exception:  # converters may be anybody's
                return True
            if not hit:
                return False
            path = hit[0]
        return True

    def covers(self, other: Route) -> bool:
        """Tell whether it takes each path that another one takes, as far as their parts tell."""
        mine, others = self.parts, other.parts
        if mine is None or others is None or len(mine) != len(others):
            return False
        return all(map(_covers, mine, others))

    @property
    def parameters(self) -> frozenset[str] | None:
        """The names of what it captures; ``None`` if some of it has no name, or can't be told."""
        names: set[str] = set()
        for pattern in self.way:
            regex = getattr(pattern.pattern, "regex", None)
            if not isinstance(regex, re.Pattern) or regex.groups > len(regex.groupindex):
                return None
            names.update(regex.groupindex)
        return frozenset(names)

    @property
    def extra(self) -> frozenset[str]:
        """The names of what the URLconf adds to that."""
        added = [getattr(pattern, "default_kwargs", {}) for pattern in self.above]
        return frozenset(self.pattern.default_args).union(*added)

    def can_be_with(self, spot: Spot) -> bool:
        """Tell whether its page and a slot can be on screen together."""
        if not self.inside:
            return False
        for mine, other in zip(self.inside, spot.chain, strict=False):
            if mine.place.segment is not other.place.segment:
                return False
            if not mine.is_like(other):
                return True
        return len(self.inside) >= len(spot.chain)  # else its page takes the place of the other


def walk(
    patterns: Iterable[Any],
    above: tuple[Any, ...] = (),
    inside: tuple[Spot, ...] = (),
    spaces: Spaces = ((), ()),
) -> Iterator[Place | Route]:
    """Yield every ``slots()`` and every route of a URLconf, in the order of their declaration.

    >>> from django.urls import path
    >>> [str(route) for route in walk([path("about/", print)])]
    ['/about/']
    """
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            named = (":".join((*at, pattern.name)) for at in spaces if pattern.name)
            yield Route(pattern, above, inside, tuple(dict.fromkeys(named)))
        elif isinstance(pattern, URLResolver):
            way, around = (*above, pattern), _below(pattern, spaces)
            segment = getattr(pattern, "segment", None)
            if isinstance(segment, Segment):
                yield from _walk_slots(segment, way, inside, around)
            else:
                yield from walk(pattern.url_patterns, way, inside, around)


def _walk_slots(
    segment: Segment, way: tuple[Any, ...], inside: tuple[Spot, ...], spaces: Spaces
) -> Iterator[Place | Route]:
    place = Place(segment, way, inside, spaces[0])
    yield place
    for spot in place.spots:
        yield from walk(spot.slot.patterns, way, spot.chain, spaces)
        for frame in (spot.slot.frame, spot.slot.default):  # of a slot without pages, of a default
            if isinstance(frame, Segment):
                yield Place(frame, way, spot.chain, spaces[0])


def _below(resolver: URLResolver, spaces: Spaces) -> Spaces:
    namespaces, app_names = (
        (*at, name) if name else at
        for at, name in zip(spaces, (resolver.namespace, resolver.app_name), strict=True)
    )
    return namespaces, app_names


def text_of(way: Iterable[Any]) -> str:
    """Return the patterns on a way as one route: ``"photos/<int:pk>/"``."""
    return "".join(str(pattern.pattern).removeprefix("^").removesuffix("$") for pattern in way)


# --- what the converters of a route take ---

EXAMPLES: dict[type, tuple[str, ...]] = {
    converters.IntConverter: ("7", "31"),
    converters.StringConverter: ("seven", "31", "Thirty one"),
    converters.SlugConverter: ("seven", "31", "thirty-one"),
    converters.UUIDConverter: (
        "7f2a5c1e-31c6-4b8e-9a55-0c9d6f2b7e31",
        "31f2a5c1-07c6-4b8e-9a55-0c9d6f2b7e07",
    ),
    converters.PathConverter: ("seven", "thirty/one"),
}
"""What a converter takes. Two or more of each: one alone may be the URL of another route."""

OTHER_EXAMPLES = ("7", "2031", "seven", "a", "2031-07-31", "SEVEN", "thirty-one", "thirty/one")


def _values(converter: Any) -> tuple[str, ...]:
    known = EXAMPLES.get(type(converter))
    if known is not None:
        return known
    regex = getattr(converter, "regex", "")
    return tuple(value for value in OTHER_EXAMPLES if re.fullmatch(regex, value))[:3]


SLUGS = (converters.IntConverter, converters.UUIDConverter, converters.SlugConverter)
WIDER: dict[type, tuple[type, ...]] = {
    converters.SlugConverter: SLUGS,
    converters.StringConverter: (*SLUGS, converters.StringConverter),
    converters.PathConverter: (
        *SLUGS,
        converters.StringConverter,
        converters.PathConverter,
    ),
}


def _covers(part: Any, other: Any) -> bool:
    if isinstance(part, str) or isinstance(other, str):
        return bool(part == other)
    return type(part) is type(other) or type(other) in WIDER.get(type(part), ())
