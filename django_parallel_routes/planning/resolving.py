"""What other URLs of the project resolve to, for one request and its user."""

from __future__ import annotations

from functools import cache, lru_cache, partial

from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, URLResolver, get_resolver, get_urlconf, resolve
from django.utils.translation import get_language

from django_parallel_routes.ancestors import with_ancestors
from django_parallel_routes.declarations import interceptions
from django_parallel_routes.matches import Captured, PageMatch, match_in
from django_parallel_routes.planning.context import Resolve, ResolvedUrl
from django_parallel_routes.request.access import refusal_of
from django_parallel_routes.request.context import context_of
from django_parallel_routes.request.slot_request import path_info_of, slot_request
from django_parallel_routes.values import Location

MAX_PATHS = 32
"""How many other paths are resolved for one request: more than the slots of a page have."""


def is_intercepted(target: ResolvedUrl) -> bool:
    """Tell whether some ``intercept()`` of the current URLconf names a route of a URL."""
    routes = _intercepted_in(get_resolver(get_urlconf()))
    return bool(routes) and not all(page.names.isdisjoint(routes) for page in target.pages)


@lru_cache(maxsize=8)
def _intercepted_in(resolver: URLResolver) -> frozenset[str]:
    return frozenset(rule.route for rule in interceptions(resolver.url_patterns))


def resolver_for(request: HttpRequest) -> Resolve:
    """Return a function that resolves URLs, each of them once.

    After a form, say of a login, the user may GET other URLs: ask for a new function then.
    """
    return cache(partial(_resolved, request))


def _resolved(request: HttpRequest, src: str) -> ResolvedUrl | None:
    """Return what another URL of the project resolves to, if the user may GET it."""
    location = Location.of(src)
    found = found_at(request, location.path)
    if found is None:
        return None
    captured = Captured.of(found)
    asking = slot_request(request, found, location)
    if refusal_of(asking, found.func, captured):
        return None
    if match := match_in(found.func):
        return ResolvedUrl(location, with_ancestors(match, found, asking.path_info))
    return ResolvedUrl(location, PageMatch.of(found, captured))


def found_at(request: HttpRequest, path: str) -> ResolverMatch | None:
    """Return Django's match of a decoded path, ``None`` if there is none.

    Each path is resolved once a request, and no more paths than a page has: the client names them.
    """
    if request.resolver_match and path == request.path:
        return request.resolver_match
    found, key = context_of(request).found, (path, get_language())
    if key not in found and len(found) < MAX_PATHS:
        found[key] = _found(path_info_of(request, path))
    return found.get(key)


def _found(path_info: str | None) -> ResolverMatch | None:
    try:
        return None if path_info is None else resolve(path_info, get_urlconf())
    except Resolver404:
        return None
