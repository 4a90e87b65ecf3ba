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
from django.db import DEFAULT_DB_ALIAS
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat

from django_parallel_routes.declarations import name_of
from django_parallel_routes.explain.explanation import Explanation, explain_plan
from django_parallel_routes.http.headers import TIMING
from django_parallel_routes.instrumentation.trace import Cost, Trace, trace_of
from django_parallel_routes.planning.plan import Plan
from django_parallel_routes.protocol.state import HEADER, State
from django_parallel_routes.request.context import context_of
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
    is_async = True  # The trace belongs to the request, not to a thread.

    @property
    def nav_subtitle(self) -> str:
        return str(self.get_stats().get("subtitle", ""))

    def process_request(self, request: HttpRequest) -> Any:
        trace_of(request).is_wanted = True
        return super().process_request(request)

    def generate_stats(self, request: HttpRequest, response: HttpResponseBase) -> None:
        self.record_stats(stats_of(trace_of(request), request, response))

    def generate_server_timing(self, request: HttpRequest, response: HttpResponseBase) -> None:
        self._timing = response.get(TIMING)

    def get_headers(self, request: HttpRequest) -> dict[str, str]:
        """Return the timings of the response, which the toolbar would replace by those of its panels."""
        return {TIMING: self._timing} if self._timing else {}


def stats_of(trace: Trace, request: HttpRequest, response: HttpResponseBase) -> dict[str, Any]:
    """Return what the panel shows, in values that the toolbar can store as JSON."""
    stats = {
        "sent": _state(context_of(request).state),
        "answered": response.get(HEADER, ""),
        "is_streamed": response.streaming,
    }
    if trace.plan is None:
        return {
            "subtitle": "none",
            "sentence": "No slots() answered this request.",
            **stats,
        }
    explanation = explain_plan(trace.plan, trace.hidden)
    waterfall = Waterfall(trace.costs)
    return {
        "subtitle": _subtitle(trace.plan),
        "sentence": explanation.sentence,
        "lines": list(_lines(explanation, trace.costs, waterfall)),
        "total": waterfall.total(),
        **stats,
    }


def _lines(
    explanation: Explanation, costs: Sequence[Cost], waterfall: Waterfall
) -> Iterator[dict[str, Any]]:
    """Yield the lines of the table: one for each call of a view, and for each slot without a call."""
    calls = grouped(("check" if cost.role == "check" else cost.address, cost) for cost in costs)
    for cost in calls.get("check", ()):
        why = "it may refuse what is shown instead"
        yield {"shows": "checked first", "url": cost.url, "why": why} | waterfall.call(cost)
    for cost in calls.get("", ()):
        line = waterfall.call(cost) | {"called": name_of(cost.view)}
        yield {"shows": "the root layout", "url": cost.url} | line
    for row in explanation.rows:
        later = "" if row.arrives == "now" else f", {row.arrives}"
        shows = ACTIONS.get(row.action, row.action) + later
        line = {"address": row.address, "shows": shows, "url": row.url, "why": row.why}
        of_slot = calls.get(row.address, [])
        if not of_slot:
            yield line
        for cost in of_slot:
            yield line | waterfall.call(cost)
            line = {"shows": "then"}


class Waterfall:
    """When the calls of a request ran, drawn as bars below one another."""

    def __init__(self, costs: Sequence[Cost]) -> None:
        self.costs = costs
        self.start = min((cost.start for cost in costs), default=0.0)
        self.length = max((cost.end for cost in costs), default=0.0) - self.start

    def call(self, cost: Cost) -> dict[str, Any]:
        """Return what was called, the outcome, what it cost, and where its bar is."""
        scale = 100 / self.length if self.length > 0 else 0.0
        return {
            "called": ROLES.get(cost.role, "") + name_of(cost.view),
            "outcome": "" if cost.outcome == "shown" else f"{cost.outcome} {cost.detail}".strip(),
            "own": cost.own,
            "x": _number((cost.start - self.start) * scale),
            "width": _number(max((cost.end - cost.start) * scale, 0.5)),
            "queries": _queries([cost]),
            "size": filesizeformat(cost.size) if cost.size else "",
        }

    def total(self) -> dict[str, Any]:
        """Return what all calls cost together, and how long they took."""
        return {
            "length": self.length,
            "own": sum(cost.own for cost in self.costs),
            "queries": _queries(self.costs),
            "size": filesizeformat(sum(cost.size for cost in self.costs)),
        }


def _subtitle(plan: Plan) -> str:
    """Return how many slots change, and how many stay, without those inside a slot that changes."""
    changed = len(plan.changed)
    counts = f"{changed} changed, {len(plan.kept)} kept"
    return KINDS.get(plan.kind, counts)


def _queries(costs: Sequence[Cost]) -> str:
    """Return how many queries ran, on which databases, and how long they took."""
    by_alias: dict[str, int] = {}
    for cost in costs:
        for alias, queries in cost.queries.items():
            by_alias[alias] = by_alias.get(alias, 0) + queries.count
    if not by_alias:
        return "0"
    time = sum(cost.query_time for cost in costs)
    if set(by_alias) == {DEFAULT_DB_ALIAS}:
        return f"{by_alias[DEFAULT_DB_ALIAS]} in {time:.1f} ms"
    counts = ", ".join(f"{count} of {alias}" for alias, count in by_alias.items())
    return f"{counts}, in {time:.1f} ms"


def _state(state: State | None) -> dict[str, Any]:
    """Return what the header of a soft request says is on screen."""
    if state is None:
        return {}
    facts = {
        "intent": state.intent,
        "address bar": state.current_url,
        "page beneath": state.origin,
        "form": "yes" if state.form else "",
        "source slot": state.source_slot,
        "target slot": state.target_slot,
        "refresh": ", ".join(state.refresh),
    }
    slots = [(address, slot.variant, slot.src) for address, slot in state.slots.items()]
    wanted = [(address, slot.variant, slot.src) for address, slot in state.restore.items()]
    known = [(name, value) for name, value in facts.items() if value]
    return {"facts": known, "slots": slots, "wanted": wanted}


def _number(value: float) -> str:
    """Return a number as SVG writes it, whatever the language of the page."""
    return f"{value:.2f}"
