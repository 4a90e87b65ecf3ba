"""Asks middleware that protects views about each view of an answer (B54, B72).

Middleware sees one URL and one view for a request. An answer is composed of several views, and some
are rendered for URLs of their own. So each of them is asked for by itself here, with a request that
has the URL and the ``resolver_match`` of that view.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from asgiref.sync import async_to_sync
from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.module_loading import import_string

from django_parallel_routes.matches import Captured
from django_parallel_routes.segments import TemplateView, View

Guard = Callable[[HttpRequest, View, Captured], HttpResponseBase | None]


def refusal_of(
    request: HttpRequest, view: View, captured: Captured, *, submitted: bool = False
) -> HttpResponseBase | None:
    """Return what middleware that protects views answers instead of a view, or ``None``.

    ``request`` has the URL and the match of the view. Asked are ``LoginRequiredMiddleware``, the
    middleware in ``PARALLEL_ROUTES_GUARDS``, and for a ``submitted`` view that of CSRF: the view that
    the URL names may be exempt where the view that is called is not. Raises what middleware raises.
    """
    for guard in _guards(guards()):
        if refusal := guard(request, view, captured):
            vars(refusal)[REFUSED] = True
            return refusal
    if isinstance(view, TemplateView):
        return None
    for middleware in _view_middleware(tuple(settings.MIDDLEWARE)):
        if submitted or not isinstance(middleware, CsrfViewMiddleware):
            arguments = request, view, captured.args, dict(captured.kwargs)
            if answer := middleware.process_view(*arguments):
                return answer  # type: ignore[no-any-return]
    return None


def guards() -> tuple[str, ...]:
    """Return the middleware that the project has named in ``PARALLEL_ROUTES_GUARDS``."""
    return tuple(getattr(settings, "PARALLEL_ROUTES_GUARDS", ()))


REFUSED = "_refused_by_guard"


def is_refused(response: HttpResponseBase) -> bool:
    """Tell whether a response is that of a guard of the project."""
    return bool(getattr(response, REFUSED, False))


@lru_cache(maxsize=8)
def _view_middleware(paths: tuple[str, ...]) -> tuple[Any, ...]:
    """Return those of the project's middleware that protect views, subclasses included."""
    kinds: list[type] = [CsrfViewMiddleware]
    if apps.is_installed("django.contrib.auth"):
        from django.contrib.auth.middleware import LoginRequiredMiddleware

        kinds.append(LoginRequiredMiddleware)

    def protects(middleware: Any) -> bool:
        return isinstance(middleware, type) and issubclass(middleware, tuple(kinds))

    found = filter(protects, map(import_string, paths))
    return tuple(middleware(lambda request: HttpResponse()) for middleware in found)


class _Passed(HttpResponse):
    """The response at the end of a guard's way: a guard that returns it has let the request pass."""


@lru_cache(maxsize=8)
def _guards(paths: tuple[str, ...]) -> tuple[Guard, ...]:
    return tuple(map(_guard, map(import_string, paths)))


def _guard(factory: Any) -> Guard:
    """Return a function that asks one middleware: as Django calls it, then its ``process_view()``."""
    if getattr(factory, "sync_capable", True):
        middleware = call = factory(lambda request: _Passed())
    else:
        middleware = factory(_passed)
        call = async_to_sync(middleware)
    process_view = getattr(middleware, "process_view", None)

    def ask(request: HttpRequest, view: View, captured: Captured) -> HttpResponseBase | None:
        response: HttpResponseBase = call(request)
        if not isinstance(response, _Passed):
            return response
        if process_view is None:
            return None
        return process_view(request, view, captured.args, dict(captured.kwargs))  # type: ignore[no-any-return]

    return ask


async def _passed(request: HttpRequest) -> HttpResponse:
    return _Passed()
