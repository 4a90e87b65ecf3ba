"""Lets the project's middleware see each view of a response.

Django's middleware sees one URL and one view for each request. But several views make a response, and
some of them are called for other URLs. So this module asks middleware that protects views about each of
them, with a request that has the URL and the ``resolver_match`` of that view. It also lets middleware with
``process_template_response()`` complete the template response of each view, since pages rely on what such
middleware adds to their templates' context.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from asgiref.sync import async_to_sync, iscoroutinefunction, sync_to_async
from django.apps import apps
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import Resolver404, get_urlconf, resolve
from django.utils.module_loading import import_string

from django_parallel_routes.conf import cached_by_settings, guards
from django_parallel_routes.declarations import View
from django_parallel_routes.matches import Captured, TemplateView

Guard = Callable[[HttpRequest], HttpResponseBase]

REFUSAL = "_parallel_routes_refuses"
"""The attribute that marks a guard's response: it is sent to the client, whatever its status is."""

ASKED = "_parallel_routes_asked"
"""The attribute of a request that a guard gets: the response which means that the guard does not refuse, and
the arguments of ``process_view()``."""

COMPLETES = "process_template_response"
"""The name of the method of middleware that completes template responses."""


def refusal_by_middleware(
    request: HttpRequest,
    view: View,
    captured: Captured,
    *,
    submitted: bool = False,
    has_route: bool = True,
) -> HttpResponseBase | None:
    """Return the response of middleware that refuses to have a view called, if any does.

    This asks ``LoginRequiredMiddleware``, and the middleware that the project names as guards. For a
    ``submitted`` view it asks the CSRF middleware, too, because the view of the URL may be exempt while this
    view is not. ``has_route`` says that ``request.resolver_match`` is a match of this view.
    """
    if not isinstance(view, TemplateView):
        for ask in _view_middleware(submitted=submitted):
            if refusal := ask(request, view, captured.args, dict(captured.kwargs)):
                return refusal  # type: ignore[no-any-return]
    if named := _guards():
        return _refusal_by_guard(named, request, view, captured, has_route=has_route)
    return None


@cached_by_settings("MIDDLEWARE", "INSTALLED_APPS", "PARALLEL_ROUTES_GUARDS")
def may_refuse_views() -> bool:
    """Tell whether the project has middleware that protects views which get no form."""
    return bool(guards() or _view_middleware(submitted=False))


@cached_by_settings("MIDDLEWARE", "INSTALLED_APPS")
def _view_middleware(*, submitted: bool) -> tuple[Callable[..., Any], ...]:
    """Return the ``process_view()`` methods of the middleware that protects views."""
    kinds: tuple[Any, ...] = (CsrfViewMiddleware,) if submitted else ()
    if apps.is_installed("django.contrib.auth"):
        from django.contrib.auth.middleware import LoginRequiredMiddleware

        kinds = (*kinds, LoginRequiredMiddleware)
    return tuple(
        factory(lambda request: HttpResponse()).process_view
        for factory in map(import_string, settings.MIDDLEWARE)
        if isinstance(factory, type) and issubclass(factory, kinds)
    )


@cached_by_settings("MIDDLEWARE")
def template_middleware() -> tuple[Callable[..., Any], ...]:
    """Return the methods of the project's middleware that complete responses, the innermost first."""
    factories = map(import_string, reversed(settings.MIDDLEWARE))
    completing = [
        _made(factory, lambda request: HttpResponse())
        for factory in factories
        if hasattr(factory, COMPLETES)
    ]
    return tuple(_sync(getattr(one, COMPLETES)) for one in completing if one)


def _made(factory: Any, handler: Any) -> Any:
    """Return middleware around a handler; ``None`` if the middleware is not used."""
    is_sync = getattr(factory, "sync_capable", True)
    with suppress(MiddlewareNotUsed):
        return factory(handler if is_sync else sync_to_async(handler))


def _sync(function: Any) -> Any:
    return async_to_sync(function) if iscoroutinefunction(function) else function


# --- Guards that the project names ---


def _refusal_by_guard(
    named: tuple[Guard, ...],
    request: HttpRequest,
    view: View,
    captured: Captured,
    *,
    has_route: bool,
) -> HttpResponseBase | None:
    """Return the response of a guard that does not let a request through to a view, if any does.

    For a view without a route of its own (a layout, a default, a loading state), guards get the match of the
    request's URL. For a template, they get the view of the request's URL.
    """
    asking = request.__class__.__new__(request.__class__)
    asking.__dict__.update(request.__dict__)
    is_template = isinstance(view, TemplateView)
    own = request.resolver_match
    has_own = has_route and own and own.route
    if is_template or not has_own:
        with suppress(Resolver404):  # What is kept on screen may be gone from the URLconf.
            found = resolve(request.path_info, get_urlconf())
            view = found.func if is_template else view
            asking.resolver_match = own if has_own else found
    passed = HttpResponse()
    vars(asking)[ASKED] = (passed, view, captured.args, dict(captured.kwargs))
    for guard in named:
        response: Any = guard(asking)
        if response is not passed:
            if callable(getattr(response, "render", None)):
                response.render()
            vars(response)[REFUSAL] = True
            return response  # type: ignore[no-any-return]
    return None


@cached_by_settings("PARALLEL_ROUTES_GUARDS")
def _guards() -> tuple[Guard, ...]:
    """Return functions that call the project's guards as Django calls middleware."""
    return tuple(guard for path in guards() if (guard := _guard(import_string(path))))


def _guard(factory: Any) -> Guard | None:
    """Return a function that calls one guard, which is a class or a function, sync or async."""

    def get_response(request: HttpRequest) -> HttpResponseBase:
        passed, *arguments = vars(request)[ASKED]
        ask = _sync(getattr(middleware, "process_view", None))
        return (ask and ask(request, *arguments)) or passed  # type: ignore[no-any-return]

    middleware = _made(factory, convert_exception_to_response(get_response))
    return _sync(convert_exception_to_response(middleware)) if middleware else None
