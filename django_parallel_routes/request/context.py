"""``request.parallel_routes``: what a request says, read once, and what is noted about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.http.request import HttpHeaders
from django.urls import ResolverMatch

from django_parallel_routes.protocol.query import Options, options_of
from django_parallel_routes.protocol.state import HEADER, BadState, State, parse_state
from django_parallel_routes.request.slot_request import location_of
from django_parallel_routes.values import Location, replace

META_NAME = HttpHeaders.to_wsgi_name(HEADER)


@dataclass
class ParallelRoutes:
    """What a request says to the package, and what the package notes about it."""

    state: State | None
    """What the browser has on screen; ``None`` for a request that wants a full page."""
    options: Options
    """What the ``slots`` parameters of the query say."""
    location: Location
    """The URL of the request without these parameters."""
    found: dict[tuple[str, str | None], ResolverMatch | None] = field(default_factory=dict)
    """Django's matches of other paths, by path and language."""
    refreshes: list[str] = field(default_factory=list)
    """The slots that views want to have refreshed: what ``refresh()`` got."""
    followed: str = ""
    """The ``Location`` of a redirect that the script is known to follow: it is not examined twice."""
    trace: Any = None
    """The ``Trace`` of the request; ``trace_of()`` makes it."""
    template_context: Any = None
    """On the request that a view gets: the ``TemplateContext`` for template tags."""

    @classmethod
    def of(cls, request: HttpRequest) -> ParallelRoutes:
        """Read the header and the query of a request."""
        return cls(_state(request), *options_of(location_of(request)))


def context_of(request: HttpRequest) -> ParallelRoutes:
    """Return what a request says; its header is parsed when this is first asked."""
    found = vars(request).get("parallel_routes")
    if not isinstance(found, ParallelRoutes):
        found = vars(request)["parallel_routes"] = ParallelRoutes.of(request)
    return found


def _state(request: HttpRequest) -> State | None:
    # ``request.headers`` would read all headers.
    header = request.META.get(META_NAME)
    if header is None or request.META.get("HTTP_HX_HISTORY_RESTORE_REQUEST") == "true":
        return None
    try:
        state = parse_state(header)
    except BadState:
        return None
    if state.prefetch and (request.method != "GET" or state.intent != "navigate"):
        return replace(state, prefetch="")
    if state.prefetch:  # Browsers let no script send this header, so views get it from here.
        request.META["HTTP_SEC_PURPOSE"] = "prefetch"
        vars(request).pop("headers", None)  # cached from META
    return state
