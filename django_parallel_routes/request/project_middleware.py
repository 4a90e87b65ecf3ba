"""Lets the project's middleware see each view of a response.

Middleware sees one URL and one view for a request. But a response is composed of several views, and
some are rendered for URLs of their own. So middleware that protects views is asked about each of them
here, with a request that has the URL and the ``resolver_match`` of that view. And middleware with
``process_template_response()`` completes the template response of each view: pages rely on what it
adds to the context of their templates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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
from django_parallel_routes.declarations import TemplateView, View
from django_parallel_routes.matches import Captured

Guard = Callable[[HttpRequest], HttpResponseBase]

REFUSAL = "_parallel_routes_refuses"
"""The attribute of a guard's response: it answers the request, whatever its status is."""


def refusal_by_middleware(
    request: HttpRequest,
    view: View,
    captured: Captured,
    *,
    submitted: bool = False,
    has_route: bool = True,
) -> HttpResponseBase | None:
    """Return the response of middleware that refuses a view which it has not seen itself.

    This asks ``LoginRequiredMiddleware``, and the middleware that the project names as guards. For a
    ``submitted`` view it asks the CSRF middleware, too: the view of the URL may be exempt, while this one
    is not. ``has_route`` says that ``request.resolver_match`` is that of the view itself.
    """
    if not isinstance(view, TemplateView):
        for ask in _view_middleware(submitted=submitted):
            if refusal := ask(request, view, captured.args, dict(captured.kwargs)):
                return refusal  # type: ignore[no-any-return]
    if named := _guards():
        return _asked(named, request, view, captured, has_route=has_route)
    return None


@cached_by_settings("MIDDLEWARE", "INSTALLED_APPS", "PARALLEL_ROUTES_GUARDS")
def may_refuse_views() -> bool:
    """Tell whether the project has middleware that protects views which get no form."""
    return bool(guards() or _view_middleware(submitted=False))


def is_guards_refusal(response: HttpResponseBase) -> bool:
    """Tell whether a response is that of a guard of the project."""
    return hasattr(response, REFUSAL)


@cached_by_settings("MIDDLEWARE", "INSTALLED_APPS")
def _view_middleware(*, submitted: bool) -> tuple[Callable[..., Any], ...]:
    """Return ``process_view()`` of those of the project's middleware that protect views."""
    kinds: list[type] = [CsrfViewMiddleware] if submitted else []
    if apps.is_installed("django.contrib.auth"):
        from django.contrib.auth.middleware import LoginRequiredMiddleware

        kinds.append(LoginRequiredMiddleware)

    def protects(middleware: Any) -> bool:
        return isinstance(middleware, type) and issubclass(middleware, tuple(kinds))

    found = filter(protects, map(import_string, settings.MIDDLEWARE))
    return tuple(middleware(lambda request: HttpResponse()).process_view for middleware in found)


# --- Guards that the project names ---

PASSED = "_parallel_routes_passed"
"""The attribute of a request with the response that means that a guard does not refuse."""
ASKED = "_parallel_routes_asked"
"""The attribute of a request with the arguments of ``process_view()``."""


def _asked(
    named: tuple[Guard, ...],
    request: HttpRequest,
    view: View,
    captured: Captured,
    *,
    has_route: bool,
) -> HttpResponseBase | None:
    """Return the response of a guard that does not let a request through to a view.

    A view without a route of its own (a layout, a default, a loading state) is asked about with the match
    of its URL. Instead of a template, the page of its URL is asked about.
    """
    asking = request.__class__.__new__(request.__class__)
    asking.__dict__.update(request.__dict__)
    is_template = isinstance(view, TemplateView)
    own = request.resolver_match
    if is_template or not (has_route and own and own.route):
        try:
            found = resolve(request.path_info, get_urlconf())
        except Resolver404:  # what is kept on screen may be gone from the URLconf
            pass
        else:
            view = found.func if is_template else view
            asking.resolver_match = own if has_route and own and own.route else found
    passed = HttpResponse()
    vars(asking).update(
        {PASSED: passed, ASKED: (view, captured.args, dict(captured.kwargs))},
    )
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
    """Return functions that ask the project's guards, as Django would call that middleware."""
    return tuple(guard for path in guards() if (guard := _guard(import_string(path))))


def _guard(factory: Any) -> Guard | None:
    """Return a function that asks one middleware: a class or a function, sync or async."""
    middleware: Any = None

    def respond(request: HttpRequest) -> HttpResponseBase:
        ask = getattr(middleware, "process_view", None)
        ask = async_to_sync(ask) if iscoroutinefunction(ask) else ask
        refusal = ask(request, *vars(request)[ASKED]) if ask else None
        return refusal or vars(request)[PASSED]  # type: ignore[no-any-return]

    async def respond_async(request: HttpRequest) -> HttpResponseBase:
        return await sync_to_async(respond)(request)

    is_sync = getattr(factory, "sync_capable", True)
    try:
        middleware = factory(convert_exception_to_response(respond if is_sync else respond_async))
    except MiddlewareNotUsed:
        return None
    guard: Any = convert_exception_to_response(middleware)
    return guard if is_sync else async_to_sync(guard)


# --- Middleware that completes template responses ---

COMPLETES = "process_template_response"
"""The method of such middleware."""


def completed_by_middleware(request: HttpRequest, response: Any) -> tuple[Any, bool]:
    """Return a template response as the project's middleware changes it, and whether any has seen it."""
    methods = _completing()
    for process in methods:
        response = process(request, response)
        if response is None:
            raise ValueError(
                f"{process.__qualname__}() returned None. It must return a template response."
            )
    return response, bool(methods)


@cached_by_settings("MIDDLEWARE")
def _completing() -> tuple[Callable[..., Any], ...]:
    """Return the methods of the project's middleware, the innermost first."""
    return tuple(_methods_of(reversed(settings.MIDDLEWARE)))


def _methods_of(paths: Iterable[str]) -> Iterator[Callable[..., Any]]:
    handler: Any = lambda request: HttpResponse()  # noqa: E731 - nothing calls it
    for factory in map(import_string, paths):
        # A function may return an object that has the method; a class has it itself.
        if hasattr(factory, COMPLETES) or not isinstance(factory, type):
            is_sync = getattr(factory, "sync_capable", True)
            try:
                middleware = factory(handler if is_sync else sync_to_async(handler))
            except MiddlewareNotUsed:
                continue
            if method := getattr(middleware, COMPLETES, None):
                yield async_to_sync(method) if iscoroutinefunction(method) else method
