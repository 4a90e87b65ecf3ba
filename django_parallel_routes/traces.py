"""What was done for a request, for those who want to know: the debug panel, the test client."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from django_parallel_routes.plan import Plan

NAME = "_parallel_routes_trace"


@dataclass
class Trace:
    """What is known of a request once it is answered."""

    plan: Plan | None = None
    """What it was answered with; ``None`` for a view outside of every ``slots()``, as ever."""


def trace_of(request: HttpRequest) -> Trace:
    """Return the trace of a request; the requests that views of its slots get have the same.

    >>> trace_of(HttpRequest()).plan is None
    True
    """
    trace: Trace = request.__dict__.setdefault(NAME, Trace())
    return trace
