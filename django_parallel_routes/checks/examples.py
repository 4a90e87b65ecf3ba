"""Compares routes by examples of their URLs: which routes match all URLs of another route.

Converters of a project may match anything, so nothing is said about routes that can't be compared.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from django.urls.converters import DEFAULT_CONVERTERS

from django_parallel_routes.urlconf import DeclaredRoute, Parameter

CONVERTERS = {type(one) for one in DEFAULT_CONVERTERS.values()}

EXAMPLES = (
    *("Thirty one", "thirty/one", "7", "31", "seven", "thirty-one", "2031", "2031-07-31", "a"),
    *("SEVEN", "7f2a5c1e-31c6-4b8e-9a55-0c9d6f2b7e31", "31f2a5c1-07c6-4b8e-9a55-0c9d6f2b7e07"),
)
"""Values of parameters. The first three that a converter matches distinguish it from Django's others."""


@lru_cache(maxsize=10_000)
def examples_of(route: DeclaredRoute) -> tuple[str, ...]:
    """Return paths that a route matches, without the leading slash; none if the route can't be read."""
    values = map(_examples, route.parts or ())
    return tuple(dict.fromkeys(map("".join, zip(*values, strict=False))))


def _examples(part: str | Parameter) -> Sequence[str]:
    """Return three texts for a part of a URL, which may be equal; none if the part can't be read."""
    if isinstance(part, str):
        return [part] * 3
    regex = getattr(part.converter, "regex", "")
    found = [value for value in EXAMPLES if re.fullmatch(regex, value)]
    return (found[:3] * 3)[:3]


def shape_of(route: DeclaredRoute) -> str:
    """Return the URL of a route without names: equal for routes that match the same URLs."""
    parts = route.parts or (str(route),)
    return "".join(one if isinstance(one, str) else f"<{one.converter!r}>" for one in parts)


def covers(route: DeclaredRoute, other: DeclaredRoute) -> bool:
    """Tell whether a route surely matches every path of another route, of which there are examples."""
    converters = {*route.converters, *other.converters}
    is_known = route.parts is not None and converters <= CONVERTERS
    is_sure = is_known or other.is_static or shape_of(route) == shape_of(other)
    return is_sure and all(_matches(route, path) for path in examples_of(other))


def _matches(route: DeclaredRoute, path: str) -> bool:
    """Tell whether a route surely matches a path: no converter of the project raises."""
    for pattern in route.patterns:
        try:
            hit = pattern.pattern.match(path)
        except Exception:
            hit = None
        if not hit:
            return False
        path = hit[0]
    return True
