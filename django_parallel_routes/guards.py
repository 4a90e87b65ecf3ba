"""Middleware that protects views, asked about those that it has not seen itself (B54)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.module_loading import import_string

from django_parallel_routes.matches import Captured
from django_parallel_routes.segments import TemplateView, View


def refusal_of(
    request: HttpRequest, view: View, captured: Captured, *, submitted: bool = False
) -> HttpResponseBase | None:
    """Return what middleware that protects views says of one that it has not seen itself (B54).

    That is ``LoginRequiredMiddleware``, and for a submitted view that of CSRF: the view that the URL
    names may be exempt where the one that is called is not.
    """
    if isinstance(view, TemplateView):
        return None
    for middleware in _guards(tuple(settings.MIDDLEWARE)):
        if submitted or not isinstance(middleware, CsrfViewMiddleware):
            arguments = request, view, captured.args, dict(captured.kwargs)
            if refusal := middleware.process_view(*arguments):
                return refusal  # type: ignore[no-any-return]
    return None


@lru_cache(maxsize=8)
def _guards(paths: tuple[str, ...]) -> tuple[Any, ...]:
    """Return those of the project's middleware that protect views, subclasses included."""
    kinds: list[type] = [CsrfViewMiddleware]
    if apps.is_installed("django.contrib.auth"):
        from django.contrib.auth.middleware import LoginRequiredMiddleware

        kinds.append(LoginRequiredMiddleware)

    def protects(middleware: Any) -> bool:
        return isinstance(middleware, type) and issubclass(middleware, tuple(kinds))

    found = filter(protects, map(import_string, paths))
    return tuple(middleware(lambda request: HttpResponse()) for middleware in found)
