"""The view of a URL inside a ``slots()``, and what answers instead of views of other URLs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from django_parallel_routes.ancestors import with_ancestors
from django_parallel_routes.declarations import TemplateView, View
from django_parallel_routes.http.redirects import load_document_response
from django_parallel_routes.matches import PageMatch, SegmentMatch, ViewWithMatch, segment_match_of
from django_parallel_routes.planning.context import is_intercepted
from django_parallel_routes.planning.planner import decide, may_need_plan, must_load_document
from django_parallel_routes.respond import respond


class SlotsView(ViewWithMatch):
    """The view of one match of a ``slots()``.

    To Django, it looks like the view of the URL's main page. Of the attributes that decorators set for
    middleware, it has the strictest. It is sync, and awaits async views of slots inside.
    """

    __defaults__ = __kwdefaults__ = __partialmethod__ = None
    """Django asks for each request whether this is a coroutine function. Python then looks for these, and to
    find them takes less time than an ``AttributeError`` for each. It looks for ``__code__``, too. That is
    missing, because decorators tell functions by it, and read it."""

    def __init__(self, match: SegmentMatch) -> None:
        self.match = match
        self.main_view = match.main_page.view
        # Django, too, names a view without a name after its class.
        named: Any = self.main_view
        if not hasattr(named, "__name__"):
            named = type(named)
        self.__module__, self.__name__ = named.__module__, named.__name__
        self.__qualname__ = named.__qualname__

    def __repr__(self) -> str:
        return f"<SlotsView {self.match.segment!r}>"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return respond(request, decide(request, self.match_for(request, args, kwargs)))

    def match_for(
        self, request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> SegmentMatch:
        """Return the match with what stands above it in the URLconf, and with the arguments of a call."""
        match, found = self.match, request.resolver_match
        if found:
            match = with_ancestors(match, found, request.path_info[1:])
        return match.called_with(args, kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.main_view, name)

    @property
    def login_required(self) -> bool:
        """Whether ``LoginRequiredMiddleware`` asks for a login: if it would for any of the views."""
        asks = [getattr(view, "login_required", True) for view in self._views_that_count]
        return any(asks) or not asks

    @property
    def csrf_exempt(self) -> bool:
        return all(getattr(view, "csrf_exempt", False) for view in self._views_that_count)

    @property
    def should_append_slash(self) -> bool:
        return all(getattr(view, "should_append_slash", True) for view in self._views_that_count)

    @property
    def _non_atomic_requests(self) -> set[str]:
        # Each slot's view has a transaction of its own.
        return set(connections)

    @property
    def _views_that_count(self) -> Iterator[View]:
        return (view for view in self.match.views() if not isinstance(view, TemplateView))


def intercept_or_restore(
    request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponseBase | None:
    """Answer a request of the script for a URL outside of every ``slots()``, before its view runs.

    The URL may be intercepted, or slots may be restored. Otherwise, the response tells the script to load
    the URL as a document. So its view runs only once, and its messages and files reach the browser.
    Returns ``None`` if the view answers as usual.
    """
    if not may_need_plan(request):
        return None
    found = request.resolver_match
    assert found  # Django has found a view.
    page = PageMatch.of(found)
    page = page._replace(captured=page.captured._replace(args=args, kwargs=kwargs))
    decision = decide(request, page)
    if decision.plan:
        return respond(request, decision)
    if not must_load_document(request, decision.state):
        return None
    return load_document_response(request, decision.state)


def may_be_intercepted(request: HttpRequest) -> bool:
    """Tell whether some ``intercept()`` names the route of a request, which is not one of a ``slots()``."""
    found = request.resolver_match
    return bool(found and not segment_match_of(found.func) and is_intercepted([found]))
