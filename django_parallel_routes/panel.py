"""A panel for django-debug-toolbar: what each slot shows, why, and what it cost.

Add it to the panels of the toolbar (version 6 or newer)::

    from debug_toolbar.settings import PANELS_DEFAULTS

    DEBUG_TOOLBAR_PANELS = [*PANELS_DEFAULTS, "django_parallel_routes.panel.SlotsPanel"]

The toolbar's history panel also lists soft requests.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from debug_toolbar.panels import Panel
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat

from django_parallel_routes.explain.explanation import Explanation, explain_plan
from django_parallel_routes.http.headers import SERVER_TIMING
from django_parallel_routes.instrumentation.costs import Cost
from django_parallel_routes.matches import name_of
from django_parallel_routes.planning.plan import Plan
from django_parallel_routes.request.details import ParallelRoutesDetails, details_of
from django_parallel_routes.urlconf import grouped

ACTIONS = {"page": "its page", "default": "its default", "keep": "kept"}
"""What happens to a slot, where the action itself does not say it."""

KINDS = {"page": "a full page", "document": "a document", "missing": "not found"}
ROLES = {"layout": "layout "}
ROLES |= {state: f"{state} state " for state in ("loading", "error", "not-found")}
"""A word before the name of a view, unless it is the view of a page."""


class SlotsPanel(Panel):  # type: ignore[misc] # the toolbar has no types
    """What happened to each slot in one request, with its time, queries and size."""

    title = nav_title = "Slots"
    nav_icon = "django_parallel_routes/panel.svg"
    template = "django_parallel_routes/panel.html"
    is_async = True  # What is recorded belongs to the request, not to a thread.

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
        """Return the timings of the response, which the toolbar would replace by those of its panels."""
        return {SERVER_TIMING: self._timing} if self._timing else {}


def stats_of(details: ParallelRoutesDetails, response: HttpResponseBase) -> dict[str, Any]:
    """Return what the panel shows, in values that the toolbar can store as JSON."""
    if details.plan is None:
        return {"subtitle": "none", "sentence": "No slots() answered this request."}
    explanation = explain_plan(details.plan, details.hidden)
    return {
        "subtitle": _subtitle(details.plan),
        "sentence": explanation.sentence,
        "lines": list(_lines(explanation, details.costs)),
        "total": {
            "milliseconds": sum(cost.milliseconds for cost in details.costs),
            "queries": _queries(details.costs),
            "size": filesizeformat(sum(cost.size for cost in details.costs)),
        },
        "is_streamed": response.streaming,
    }


def _subtitle(plan: Plan) -> str:
    """Return how many slots change, and how many stay, without those inside a slot that changes."""
    changed = len(plan.changed)
    return KINDS.get(plan.kind, f"{changed} changed, {len(plan.kept)} kept")


def _lines(explanation: Explanation, costs: Sequence[Cost]) -> Iterator[dict[str, Any]]:
    """Yield the lines of the table: one for each call of a view, and for each slot without a call."""
    calls = grouped(("check" if cost.role == "check" else cost.address, cost) for cost in costs)
    for cost in calls.get("check", ()):
        why = "it may refuse what is shown instead"
        yield {"shows": "checked first", "url": cost.url, "why": why} | _call(cost)
    for cost in calls.get("", ()):
        called = {"called": name_of(cost.view)}
        yield {"shows": "the root layout", "url": cost.url} | _call(cost) | called
    for row in explanation.rows:
        later = "" if row.arrives == "now" else f", {row.arrives}"
        shows = ACTIONS.get(row.action, row.action) + later
        shows += ", empty" if (row.action, row.shows) == ("keep", "empty") else ""
        line = {"address": row.address, "shows": shows, "url": row.url, "why": row.why}
        of_slot = calls.get(row.address, [])
        if not of_slot:
            yield line
        for cost in of_slot:
            yield line | _call(cost)
            line = {"shows": "then"}


def _call(cost: Cost) -> dict[str, Any]:
    """Return what was called, the outcome, and what it cost."""
    return {
        "called": ROLES.get(cost.role, "") + name_of(cost.view),
        "outcome": cost.failure,
        "milliseconds": cost.milliseconds,
        "queries": _queries([cost]),
        "size": filesizeformat(cost.size) if cost.size else "",
    }


def _queries(costs: Sequence[Cost]) -> str:
    """Return how many queries ran, and how long they took."""
    count = sum(cost.query_count for cost in costs)
    return f"{count} in {sum(cost.query_time for cost in costs):.1f} ms" if count else "0"
