"""Describes how a response was made: for the inspector, the debug toolbar and ``Server-Timing``."""

from __future__ import annotations

import inspect
import json
import re
import sys
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from django_parallel_routes.declarations import View
from django_parallel_routes.instrumentation.costs import Cost
from django_parallel_routes.matches import PageMatch, TemplateView, name_of
from django_parallel_routes.planning.plan import KeptSlot, SlotPlan
from django_parallel_routes.request.details import ParallelRoutesDetails
from django_parallel_routes.values import SlotAddress

INSPECTION = "Parallel-Routes-Inspection"
"""The header of a soft response with what the inspector shows. A page has an element in its ``<head>``."""

MAX_INSPECTION = 6000
"""In bytes. Servers and proxies accept 8 to 16 kB for all headers together, some of them only 4."""


def inspection_of(details: ParallelRoutesDetails, max_length: int = MAX_INSPECTION) -> str:
    """Return what the inspector shows, as JSON in ASCII.

    Slots that do not fit are left out, the last slots first; ``left_out`` says how many.
    """
    rows = rows_of(details)
    shown: dict[str, Any] = {"kind": details.plan.kind, "why": details.plan.why, "slots": rows}
    while len(text := json.dumps(shown, separators=(",", ":"))) > max_length and rows:
        rows.pop()
        shown["left_out"] = shown.get("left_out", 0) + 1
    return text


def rows_of(details: ParallelRoutesDetails) -> list[dict[str, Any]]:
    """Return what the root layout and each slot of a plan show, why, and what their views have cost."""
    shown = details.plan.by_address.values() if details.plan else ()
    rows = [_row(slot, details) for slot in shown]
    if costs := [cost for cost in details.costs if not cost.address and cost.role == "layout"]:
        layout = {"slot": "", "does": "page", "why": "the root layout"} | costs_of(costs)
        rows.insert(0, _without_empty(layout))
    return rows


def _row(slot: SlotPlan | KeptSlot, details: ParallelRoutesDetails) -> dict[str, Any]:
    """Return the row of a slot, with the values that are known."""
    row: dict[str, Any] = {
        "slot": slot.address,
        "does": slot.action,
        "variant": slot.variant,
        "url": slot.src,
        "why": slot.why,
    }
    row |= costs_of([cost for cost in details.costs if cost.address == slot.address])
    if slot.address in details.hidden:
        row |= {"does": "hidden", "why": details.hidden[slot.address]}
    if isinstance(slot, SlotPlan):
        match = slot.match
        if isinstance(match, PageMatch) and match.url_name:
            row["route"] = ":".join((*match.namespaces, match.url_name))
        row["later"] = slot.arrival if slot.arrival != "now" else ""
        if match and row["does"] != "hidden":  # Also the view of a page that comes later.
            row |= {"view": name_of(match.view), "at": source_of_view(match.view)}
    return _without_empty(row)


def _without_empty(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without empty values, except for the slot: for the root layout, that is ``""``."""
    return {name: value for name, value in row.items() if value != "" or name == "slot"}


def costs_of(costs: list[Cost]) -> dict[str, Any]:
    """Return which views were called for a slot, and what they have cost."""
    if not costs:
        return {}
    failed = [one.failure for one in costs if one.failure]
    states = [f"{one.role} state" for one in costs if one.role not in ("page", "layout")]
    return {
        "view": name_of(costs[0].view),
        "at": source_of_view(costs[0].view),
        "ms": round(sum(cost.milliseconds for cost in costs), 1),
        "bytes": sum(cost.size for cost in costs),
        "queries": sum(cost.query_count for cost in costs),
        "outcome": ", ".join([*failed, *states]),
    }


def source_of_view(view: View) -> str:
    """Return the file and line of a view, or the file of a template; ``""`` if there is none.

    >>> source_of_view(TemplateView("django_parallel_routes/modal.html"))
    'django_parallel_routes/templates/django_parallel_routes/modal.html'
    """
    # An object that is used as a view may have no hash.
    with suppress(TemplateDoesNotExist, TypeError):
        if isinstance(view, TemplateView):
            origin = getattr(get_template(view.template_name), "origin", None)
            return _short(getattr(origin, "name", "") or "")
        while isinstance(view, partial):
            view = view.func
        return _source_of_code(inspect.unwrap(getattr(view, "view_class", view)))
    return ""


@lru_cache(maxsize=512)
def _source_of_code(code: Any) -> str:
    try:
        return f"{_short(inspect.getsourcefile(code) or '')}:{inspect.getsourcelines(code)[1]}"
    except (TypeError, OSError):  # An object that is used as a view, or code without a file.
        return ""


def _short(file: str) -> str:
    """Return a file's path below the folder from which Python imports it."""
    path = Path(file)
    roots = [root for root in map(Path, sys.path) if root.is_absolute() and root in path.parents]
    longest = max(roots, key=lambda root: len(root.parts), default=None)
    return path.relative_to(longest).as_posix() if longest else file


# --- Server-Timing ---

MAX_TIMING = 4000
"""In bytes."""

NO_TEXT = re.compile(r"[^ -~]")
"""Everything but ASCII, since the encoding of other characters in headers is undefined."""


def server_timing(details: ParallelRoutesDetails) -> str:
    """Return a metric for each slot that was rendered; ``""`` if none was.

    Browsers show metrics in their network panels. As the W3C's Server Timing has it, a metric is a token, a
    duration in milliseconds, and a description, here always a quoted string::

        layout;dur=3.1;desc="dashboard/layout.html",
        slot-team;dur=12.3;desc="dashboard.views.team_settings, queries: 3"

    Metrics beyond ``MAX_TIMING`` are left out.
    """
    metrics = []
    for row in rows_of(details):
        if "ms" in row:
            address, queries = row["slot"], row["queries"]
            name = SlotAddress(address).element_id if address else "layout"
            words = (row["view"], row.get("outcome"), queries and f"queries: {queries}")
            text = ", ".join(filter(None, words)).replace("\\", "/").replace('"', "'")
            metrics.append(f'{name};dur={row["ms"]};desc="{NO_TEXT.sub("?", text)}"')
    while len(header := ", ".join(metrics)) > MAX_TIMING:
        metrics.pop()
    return header
