"""A panel for django-debug-toolbar: what each slot shows, why, and what it has cost.

Name it among the toolbar's panels, beside those that come with it::

    from debug_toolbar.settings import PANELS_DEFAULTS

    DEBUG_TOOLBAR_PANELS = [*PANELS_DEFAULTS, "django_parallel_routes.panel.SlotsPanel"]

The toolbar's history has soft requests, too. It needs the toolbar, version 6 or newer; nothing else of
this package does.
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
from django_parallel_routes.explain.explanation import Explanation, explained
from django_parallel_routes.http.headers import TIMING
from django_parallel_routes.instrumentation.trace import Cost, Trace, trace_of
from django_parallel_routes.planning.plan import Plan
from django_parallel_routes.protocol.state import HEADER, State
from django_parallel_routes.request.context import state_of

ACTIONS = {
    "page": "its page",
    "intercepted": "intercepted",
    "default": "its default",
    "empty": "empty",
    "keep": "kept",
    "missing": "missing",
    "hidden": "hidden",
}
KINDS = {"page": "a full page", "document": "a document", "missing": "not found"}
CALLED = {
    "layout": "layout ",
    "loading": "loading state ",
    "error": "error state ",
    "not-found": "not-found state ",
}


class SlotsPanel(Panel):  # type: ignore[misc] # the toolbar has no types
    """What became of each slot in one request: the plan, time, queries and size."""

    title = nav_title = "Slots"
    nav_icon = "django_parallel_routes/panel.svg"
    template = "django_parallel_routes/panel.html"
    is_async = True  # All that is noted hangs on the request.

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
        """Return what the response says already: the toolbar puts what its panels return in its place."""
        return {TIMING: self._timing} if self._timing else {}


def stats_of(trace: Trace, request: HttpRequest, response: HttpResponseBase) -> dict[str, Any]:
    """Return what the panel shows, in values that the toolbar can store as JSON."""
    stats = {
        "sent": _said(state_of(request)),
        "answered": response.get(HEADER, ""),
        "is_streamed": response.streaming,
    }
    if trace.plan is None:
        return {
            "subtitle": "none",
            "sentence": "This request was answered by no slots().",
            **stats,
        }
    explanation = explained(trace.plan, trace.hidden)
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
    """Yield the lines of the table: one for each call, and for each slot that has none."""
    calls: dict[str, list[Cost]] = {}
    for cost in costs:
        calls.setdefault("?" if cost.role == "question" else cost.address, []).append(cost)
    for cost in calls.get("?", ()):
        why = "it may refuse what is shown instead"
        yield {"shows": "asked first", "url": cost.url, "why": why} | waterfall.call(cost)
    for cost in calls.get("", ()):
        line = waterfall.call(cost) | {"called": name_of(cost.view)}
        yield {"shows": "the root layout", "url": cost.url} | line
    for row in explanation.rows:
        later = "" if row.arrives == "now" else f", {row.arrives}"
        shows = ACTIONS[row.action] + later
        line = {"address": row.address, "shows": shows, "url": row.url, "why": row.why}
        of_slot = calls.get(row.address, [])
        if not of_slot:
            yield line
        for cost in of_slot:
            yield line | waterfall.call(cost)
            line = {"shows": "then"}


class Waterfall:
    """When the calls of a request ran, beside one another."""

    def __init__(self, costs: Sequence[Cost]) -> None:
        self.costs = costs
        self.start = min((cost.start for cost in costs), default=0.0)
        self.length = max((cost.end for cost in costs), default=0.0) - self.start

    def call(self, cost: Cost) -> dict[str, Any]:
        """Return a call: what was called, what came of it, what it has cost, and where its bar is."""
        scale = 100 / self.length if self.length > 0 else 0.0
        return {
            "called": CALLED.get(cost.role, "") + name_of(cost.view),
            "outcome": "" if cost.outcome == "shown" else f"{cost.outcome} {cost.detail}".strip(),
            "own": cost.own,
            "x": _number((cost.start - self.start) * scale),
            "width": _number(max((cost.end - cost.start) * scale, 0.5)),
            "queries": _queries([cost]),
            "size": filesizeformat(cost.size) if cost.size else "",
        }

    def total(self) -> dict[str, Any]:
        """Return what all calls have cost together, and in which time."""
        return {
            "length": self.length,
            "own": sum(cost.own for cost in self.costs),
            "queries": _queries(self.costs),
            "size": filesizeformat(sum(cost.size for cost in self.costs)),
        }


def _subtitle(plan: Plan) -> str:
    """Return the two numbers that tell most: how many slots change, and how many stay.

    Those inside of a slot that changes are not counted, as in the sentence.
    """
    changed = len(plan.changed)
    counts = f"{changed} changed, {len(plan.slots) - changed} kept"
    return KINDS.get(plan.kind, counts)


def _queries(costs: Sequence[Cost]) -> str:
    """Return how many queries there were, of which databases, and how long they took."""
    by_alias: dict[str, int] = {}
    for cost in costs:
        for alias, queries in cost.queries.items():
            by_alias[alias] = by_alias.get(alias, 0) + queries.count
    if not by_alias:
        return "0"
    time = sum(cost.query_time for cost in costs)
    if set(by_alias) == {DEFAULT_DB_ALIAS}:
        return f"{by_alias[DEFAULT_DB_ALIAS]} in {time:.1f} ms"
    told = ", ".join(f"{count} of {alias}" for alias, count in by_alias.items())
    return f"{told}, in {time:.1f} ms"


def _said(state: State | None) -> dict[str, Any]:
    """Return what a soft request says is on screen, as it was understood."""
    if state is None:
        return {}
    said = {
        "intent": state.intent,
        "address bar": state.current_url,
        "page underneath": state.origin,
        "a form's": "yes" if state.form else "",
        "from the slot": state.source_slot,
        "only the slot": state.target_slot,
        "once more": ", ".join(state.refresh),
    }
    slots = [(address, slot.shows, slot.src) for address, slot in state.slots.items()]
    wanted = [(address, slot.shows, slot.src) for address, slot in state.restore.items()]
    facts = [(name, value) for name, value in said.items() if value]
    return {"facts": facts, "slots": slots, "wanted": wanted}


def _number(value: float) -> str:
    """Return a number as SVG writes it, in whatever language the page is."""
    return f"{value:.2f}"
