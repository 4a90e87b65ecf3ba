"""System checks: rules that name no route, or one that they cannot show; middleware that is missing.

``parallel_routes.E001``
    An ``intercept()`` names a route that no URLconf has, as its target, origin or background.
``parallel_routes.E002``
    An ``intercept()`` without a view whose target is outside of every ``slots()``: that is a whole
    document, which can't stand in a slot.
``parallel_routes.W001``
    The target is outside of every ``slots()``, and ``ParallelRoutesMiddleware`` is not installed.
``parallel_routes.W002``
    ``LoginRequiredMiddleware`` is installed, and ``ParallelRoutesMiddleware`` is not: it makes of a
    redirect to the login one of the whole window.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning as CheckWarning
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string

from django_parallel_routes.guards import wants_logins
from django_parallel_routes.middleware import ParallelRoutesMiddleware
from django_parallel_routes.segments import Interception, Segment, interceptions

Spaces = tuple[str, ...]


def check_interceptions(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Check every ``intercept()`` of the project's URLconf."""
    if not getattr(settings, "ROOT_URLCONF", None):
        return []
    patterns = get_resolver().url_patterns
    known = dict(_routes(patterns))
    return [message for rule in interceptions(patterns) for message in _check(rule, known)]


def _check(rule: Interception, known: dict[str, bool]) -> Iterator[CheckMessage]:
    background = [rule.background] if isinstance(rule.background, str) else []
    for what, names in [
        ("", [rule.route]),
        (" origin", rule.origins),
        (" background", background),
    ]:
        for name in names:
            if name not in known:
                yield Error(
                    f"intercept({rule.route!r}):{what} {name!r} is the name of no route.",
                    hint="Give a name as for reverse(), with its namespace: 'gallery:photo'.",
                    id="parallel_routes.E001",
                )
    if known.get(rule.route, True):
        return
    where = f"intercept({rule.route!r}): the route is outside of every slots()"
    if rule.view is None:
        yield Error(
            f"{where}, so its own view is a whole document.",
            hint="Give the view that is shown instead: intercept(name, view).",
            id="parallel_routes.E002",
        )
    if not any(map(_is_ours, settings.MIDDLEWARE)):
        yield CheckWarning(
            f"{where}, and nothing intercepts it there.",
            hint="Add 'django_parallel_routes.middleware.ParallelRoutesMiddleware' to MIDDLEWARE, last.",
            id="parallel_routes.W001",
        )


def check_middleware(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Check whether a login that middleware wants takes the whole window."""
    if not wants_logins() or any(map(_is_ours, settings.MIDDLEWARE)):
        return []
    warning = CheckWarning(
        "LoginRequiredMiddleware is installed: its login may be shown in a slot.",
        hint="Add 'django_parallel_routes.middleware.ParallelRoutesMiddleware' to MIDDLEWARE, last.",
        id="parallel_routes.W002",
    )
    return [warning]


def _is_ours(path: str) -> bool:
    middleware = import_string(path)
    return isinstance(middleware, type) and issubclass(middleware, ParallelRoutesMiddleware)


def _routes(
    patterns: Iterable[URLPattern | URLResolver],
    spaces: tuple[Spaces, Spaces] = ((), ()),
    is_inside: bool = False,
) -> Iterator[tuple[str, bool]]:
    """Yield the names of all routes, by namespaces and app names, and whether they are in a slots()."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            added = (pattern.namespace, pattern.app_name)
            inner = tuple(
                (*at, name) if name else at for at, name in zip(spaces, added, strict=True)
            )
            in_slots = is_inside or isinstance(getattr(pattern, "segment", None), Segment)
            yield from _routes(pattern.url_patterns, inner, in_slots)  # type: ignore[arg-type]
        elif pattern.name:
            for at in spaces:
                yield ":".join((*at, pattern.name)), is_inside
