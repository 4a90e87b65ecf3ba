"""A panel for django-debug-toolbar: what each slot shows, why, and what that has cost.

Add it to the panels of the toolbar (version 6 or newer)::

    from debug_toolbar.settings import PANELS_DEFAULTS

    DEBUG_TOOLBAR_PANELS = [*PANELS_DEFAULTS, "django_parallel_routes.panel.SlotsPanel"]

The toolbar's history panel also lists soft requests.
"""

from __future__ import annotations

from typing import Any

from debug_toolbar.panels import Panel
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from django_parallel_routes.http.headers import SERVER_TIMING
from django_parallel_routes.instrumentation.reports import costs_of, rows_of
from django_parallel_routes.request.details import ParallelRoutesDetails, details_of

KINDS = {"page": "a full page", "document": "a document", "missing": "not found"}


class SlotsPanel(Panel):  # type: ignore[misc] # the toolbar has no types
    """What happened to each slot in one request, with its time, queries and size."""

    title = nav_title = "Slots"
    nav_icon = "django_parallel_routes/panel.svg"
    template = "django_parallel_routes/panel.html"
    is_async = True  # The costs are stored in the request, not in a thread.

    @property
    def nav_subtitle(self) -> str:
        return str(self.get_stats().get("subtitle", ""))

    def process_request(self, request: HttpRequest) -> Any:
        details_of(request).records_costs = True
        return super().process_request(request)

    def generate_stats(self, request: HttpRequest, response: HttpResponseBase) -> None:
        self.record_stats(stats_of(details_of(request), response))

    def generate_server_timing(self, request: HttpRequest, response: HttpResponseBase) -> None:
        self._timing = response.get(SERVER_TIMING)

    def get_headers(self, request: HttpRequest) -> dict[str, str]:
        """Return the ``Server-Timing`` of the response, which the toolbar would replace by its own."""
        return {SERVER_TIMING: self._timing} if self._timing else {}


def stats_of(details: ParallelRoutesDetails, response: HttpResponseBase) -> dict[str, Any]:
    """Return what the panel shows, in values that the toolbar can store as JSON."""
    plan = details.plan
    if plan is None:
        return {"subtitle": "none", "why": "no slots() answered this request"}
    checked = {"does": "checked first", "why": "it may refuse what is shown instead"}
    rows = [
        *(
            checked | {"url": one.url} | costs_of([one])
            for one in details.costs
            if one.role == "check"
        ),
        *rows_of(details),
    ]
    return {
        "subtitle": KINDS.get(plan.kind, f"{len(plan.changed)} changed, {len(plan.kept)} kept"),
        "why": plan.why,
        "rows": rows,
        "total": {
            name: sum(row.get(name, 0) for row in rows) for name in ("ms", "queries", "bytes")
        },
        "is_streamed": response.streaming,
    }
