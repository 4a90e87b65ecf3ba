"""The middleware that responds to the script for views outside of every ``slots()``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from django_parallel_routes.conf import tracks_tables
from django_parallel_routes.http.redirects import (
    attach_refreshes,
    load_document_response,
    redirect_whole_page,
)
from django_parallel_routes.http.responses import add_vary
from django_parallel_routes.http.script_tag import with_script
from django_parallel_routes.instrumentation.costs import Cost, listeners
from django_parallel_routes.matches import PageMatch, segment_match_of
from django_parallel_routes.planning.context import is_intercepted
from django_parallel_routes.planning.planner import decide, may_need_plan, must_load_document
from django_parallel_routes.protocol.state import HEADER
from django_parallel_routes.refresh import take_refreshes
from django_parallel_routes.request.details import IN_SLOT, META_NAME, details_of
from django_parallel_routes.respond import respond


class ParallelRoutesMiddleware(MiddlewareMixin):
    """Make links, forms and redirects from slots work for all views of the project.

    The browser loads a view outside all ``slots()`` as a document. The middleware tells this to the
    script before the view runs, so the view runs once and its messages are shown. An ``intercept()``
    may name such a view, and the view may call ``refresh()``. If other middleware redirects to a login,
    the whole window goes there. If a reload shows such a page or an error in the place of a page with
    slots, the middleware adds the script to it, so that Back works. Put this middleware last, so that other
    middleware checks the target first::

        MIDDLEWARE = [
            ...,
            "django_htmx.middleware.HtmxMiddleware",
            "django_parallel_routes.middleware.ParallelRoutesMiddleware",
        ]
    """

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        vars(request)[IN_SLOT] = False
        if segment_match_of(view):
            return None
        if may_need_plan(request):
            assert request.resolver_match  # Django has found the view.
            decision = decide(request, PageMatch.of(request.resolver_match))
            if decision.plan:
                return respond(request, decision)
            if must_load_document(request, decision.state):
                return load_document_response(request, decision.state)
        if tracks_tables():
            # Costs may be left, if the middleware has not seen the last response of this thread.
            listeners.set((Cost("", "page", view, request.path),))
        return None

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        costs = listeners.get()
        listeners.set(())
        if META_NAME in request.META:  # The script has sent the request.
            if 300 <= response.status_code < 400:  # Other middleware may have redirected.
                response = redirect_whole_page(request, response)
            state = details_of(request).state
            # The view may stand outside of every slots().
            tables = costs[0].tables if costs else None
            if state and (names := take_refreshes(request, state, tables)):
                response = attach_refreshes(request, response, names)
        found = request.resolver_match
        is_target = bool(found and not segment_match_of(found.func) and is_intercepted([found]))
        response = with_script(request, response, is_target=is_target)
        # Without these headers, a cache would return the page where a modal is wanted.
        return add_vary(response) if is_target and HEADER not in response else response
