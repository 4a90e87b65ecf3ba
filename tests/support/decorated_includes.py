"""Decorates all views of an ``include()``, as some packages do."""

from __future__ import annotations

from typing import Any

from django.urls import ResolverMatch, URLResolver


def decorating(resolver: URLResolver, decorator: Any) -> URLResolver:
    """Decorate the views that a resolver finds."""
    find = resolver.resolve

    def resolve(path: Any) -> ResolverMatch:
        found = find(path)
        found.func = decorator(found.func)
        return found

    vars(resolver)["resolve"] = resolve
    return resolver
