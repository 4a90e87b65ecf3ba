"""All that a URLconf declares, flat: every ``slots()`` and every route, and the slots they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import ResolverMatch, URLPattern, URLResolver, converters, get_resolver

from django_parallel_routes.matches import PageMatch, SegmentMatch
from django_parallel_routes.plan import Plan, plan_page
from django_parallel_routes.resolvers import is_translated, parts_of
from django_parallel_routes.segments import Interception, Segment, Slot
from django_parallel_routes.state import Location
from django_parallel_routes.views import SlotsView

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


@dataclass(frozen=True, eq=False)
class Place:
    """A ``slots()``, or a slot's own layout, and where it stands."""

    segment: Segment
    way: tuple[Any, ...]
    """The resolvers that lead to it, itself last."""
    inside: tuple[Spot, ...] = ()

    def __str__(self) -> str:
        if self.segment.is_frame:
            return f"the layout of {self.inside[-1]}"
        return f"slots({text_of(self.way)!r})"

    @property
    def spots(self) -> list[Spot]:
        return [Spot(self, slot) for slot in self.segment.slots]


@dataclass(frozen=True, eq=False)
class Spot:
    """A slot of a place."""

    place: Place
    slot: Slot

    def __str__(self) -> str:
        if self.place.segment.is_frame:  # which is not what the author calls a slot
            return str(self.place.inside[-1])
        return f"{self.place}: slot {self.slot.name!r}"

    @property
    def chain(self) -> tuple[Spot, ...]:
        """The slots around it and itself, the outermost first."""
        return (*self.place.inside, self)

    def is_like(self, other: Spot) -> bool:
        """Tell whether it is the same slot, maybe of a URLconf that is included twice."""
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
    names: frozenset[str]

    def __str__(self) -> str:
        return f"/{text_of(self.way)}"

    @property
    def way(self) -> tuple[Any, ...]:
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


@dataclass(frozen=True)
class Project:
    """What a URLconf declares."""

    places: tuple[Place, ...]
    routes: tuple[Route, ...]
    resolver: URLResolver
    _answers: dict[str, ResolverMatch | None] = field(default_factory=dict)

    @cached_property
    def spots(self) -> list[Spot]:
        return [spot for place in self.places for spot in place.spots]

    @cached_property
    def rules(self) -> list[tuple[Spot, Interception]]:
        return [(spot, rule) for spot in self.spots for rule in spot.rules]

    @cached_property
    def by_name(self) -> dict[str, list[Route]]:
        found: dict[str, list[Route]] = {}
        for route in self.routes:
            for name in route.names:
                found.setdefault(name, []).append(route)
        return found

    @cached_property
    def by_slot(self) -> dict[Slot, list[Route]]:
        """The routes in each slot, those of segments inside included."""
        found: dict[Slot, list[Route]] = {}
        for route in self.routes:
            for spot in route.inside:
                found.setdefault(spot.slot, []).append(route)
        return found

    @cached_property
    def by_view(self) -> dict[int, list[Route]]:
        """The routes of each view, by its ``id()``: not every view has a hash."""
        found: dict[int, list[Route]] = {}
        for route in self.routes:
            found.setdefault(id(route.pattern.callback), []).append(route)
        return found

    def named(self, name: str) -> list[Route]:
        return self.by_name.get(name, [])

    def answer(self, path: str) -> ResolverMatch | None:
        """Return what a path resolves to, or ``None`` if to nothing, or somebody's code fails at it."""
        if path not in self._answers:
            try:
                found: ResolverMatch | None = self.resolver.resolve(f"/{path}")
            except Exception:  # a 404, but converters and resolvers may be anybody's
                found = None
            self._answers[path] = found
        return self._answers[path]

    def page(self, path: str) -> Plan | None:
        """Return the plan of a hard load of a path, if it lies in a ``slots()``."""
        found = self.answer(path)
        if found is None or not isinstance(found.func, SlotsView):
            return None
        return plan_page(found.func.match, Location(f"/{path}", f"/{path}"))

    def winner(self, path: str, route: Route) -> ResolverMatch | PageMatch | None:
        """Return what a path of a route shows in the route's slot: the route's page, or another."""
        found = self.answer(path)
        if found is None or not isinstance(found.func, SlotsView):
            return found
        match: Any = found.func.match
        for spot in route.inside:
            if not isinstance(match, SegmentMatch) or match.segment is not spot.place.segment:
                break
            match = match.slots[spot.slot.name]
        return match.primary if isinstance(match, SegmentMatch) else match

    def is_shown(self, path: str, route: Route) -> bool:
        return view_of(self.winner(path, route)) is route.pattern.callback


def project() -> Project | None:
    """Return what the project's URLconf declares, or ``None`` if it has none."""
    if not getattr(settings, "ROOT_URLCONF", None):
        return None
    resolver = get_resolver()
    places: list[Place] = []
    routes: list[Route] = []
    for found in _walk(resolver.url_patterns, (), (), ((), ())):
        (places if isinstance(found, Place) else routes).append(found)  # type: ignore[arg-type]
    return Project(tuple(places), tuple(routes), resolver)


def _walk(
    patterns: Iterable[Any],
    above: tuple[Any, ...],
    inside: tuple[Spot, ...],
    spaces: tuple[tuple[str, ...], tuple[str, ...]],
) -> Iterator[Place | Route]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            names = {":".join((*at, pattern.name)) for at in spaces if pattern.name}
            yield Route(pattern, above, inside, frozenset(names))
            continue
        if not isinstance(pattern, URLResolver):
            continue
        way = (*above, pattern)
        segment = getattr(pattern, "segment", None)
        if isinstance(segment, Segment):
            yield from _walk_segment(segment, way, inside, spaces)
            continue
        namespaces, app_names = (
            (*at, name) if name else at
            for at, name in zip(spaces, (pattern.namespace, pattern.app_name), strict=True)
        )
        yield from _walk(pattern.url_patterns, way, inside, (namespaces, app_names))


def _walk_segment(
    segment: Segment,
    way: tuple[Any, ...],
    inside: tuple[Spot, ...],
    spaces: tuple[tuple[str, ...], tuple[str, ...]],
) -> Iterator[Place | Route]:
    place = Place(segment, way, inside)
    yield place
    for spot in place.spots:
        slot = spot.slot
        yield from _walk(slot.patterns, way, spot.chain, spaces)
        for frame in (slot.frame, slot.default):  # of a modal without pages, of a default
            if isinstance(frame, Segment):
                yield Place(frame, way, spot.chain)


def text_of(way: Iterable[Any]) -> str:
    """Return the patterns on a way as one route."""
    return "".join(str(pattern.pattern).removeprefix("^").removesuffix("$") for pattern in way)


def view_of(found: ResolverMatch | PageMatch | None) -> Any:
    """Return the view of a match, Django's or ours."""
    return found.func if isinstance(found, ResolverMatch) else found and found.view


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
