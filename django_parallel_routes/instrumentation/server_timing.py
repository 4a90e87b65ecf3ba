"""The ``Server-Timing`` header: a metric for each slot that was rendered.

Browsers show metrics in their network panels. As the W3C's Server Timing has it, a metric is a token, a
duration in milliseconds, and a description, here always a quoted string::

    layout;dur=3.1;desc="layout dashboard/layout.html",
    slot-team;dur=12.3;desc="page team_settings, 3 queries"
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django_parallel_routes.declarations import TemplateView, View, name_of
from django_parallel_routes.instrumentation.trace import Cost
from django_parallel_routes.values import SlotAddress

MAX_METRICS = 40
MAX_LENGTH = 4000
"""Bytes. Servers take between 4 and 16 kB for all headers together."""
MAX_DESCRIPTION = 120

NO_TOKEN = re.compile(r"[^0-9A-Za-z_-]")
NO_TEXT = re.compile(r"[^ -~]")
"""Headers are ASCII here: their encoding is undefined otherwise."""


def server_timing(costs: Iterable[Cost]) -> str:
    """Return the value of the header, ``""`` if nothing was rendered.

    It has an upper bound: what is beyond ``MAX_METRICS`` or ``MAX_LENGTH`` is left out.
    """
    by_name: dict[str, list[Cost]] = {}
    for cost in costs:
        by_name.setdefault(_metric(cost), []).append(cost)
    metrics: list[str] = []
    length = 0
    for name, of_slot in list(by_name.items())[:MAX_METRICS]:
        own = sum(cost.own for cost in of_slot)
        metric = f'{name};dur={own:.1f};desc="{_description(of_slot)}"'
        length += len(metric) + 2
        if length > MAX_LENGTH:
            break
        metrics.append(metric)
    return ", ".join(metrics)


def short_name(view: View) -> str:
    """Return a view's name without its module, or the name of a template."""
    name = name_of(view)
    return name if isinstance(view, TemplateView) else name.rpartition(".")[2]


def _metric(cost: Cost) -> str:
    if cost.role == "check":
        return "check"
    return NO_TOKEN.sub("_", SlotAddress(cost.address).element_id if cost.address else "layout")


def _description(costs: list[Cost]) -> str:
    text = "; ".join(", ".join(_words(cost)) for cost in costs)
    text = NO_TEXT.sub("?", text.replace("\\", "/").replace('"', "'"))
    return text if len(text) <= MAX_DESCRIPTION else text[: MAX_DESCRIPTION - 3] + "..."


def _words(cost: Cost) -> Iterator[str]:
    """Yield what was called, with which result, and the number of queries."""
    yield f"{cost.role} {short_name(cost.view)}"
    if cost.outcome != "shown":
        yield f"{cost.outcome} {cost.detail}".strip()
    if count := cost.query_count:
        yield f"{count} {'query' if count == 1 else 'queries'}"
