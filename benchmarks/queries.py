"""The data of the dashboard's parts, with one or two queries each. Both sides use them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, Sum

from benchmarks.models import Event, Member, Project, Task, Traffic
from benchmarks.seed import TODAY

Context = dict[str, Any]


def overview() -> Context:
    return {
        "tasks": Task.objects.aggregate(all=Count("pk"), done=Count("pk", filter=Q(is_done=True))),
        "projects": list(Project.objects.order_by("due", "pk")[:8]),
    }


def team() -> Context:
    open_tasks = Count("tasks", filter=Q(tasks__is_done=False))
    return {
        "members": list(Member.objects.annotate(open=open_tasks).order_by("-open", "name")[:10])
    }


def activity() -> Context:
    events = Event.objects.select_related("member", "project").order_by("-at")
    return {"events": list(events[:10])}


def page_views() -> Context:
    return _traffic("views")


def visitors() -> Context:
    return _traffic("visitors")


def _traffic(measure: str) -> Context:
    recent = Traffic.objects.filter(day__gt=TODAY - timedelta(days=30))
    days = list(
        recent.values("day")
        .annotate(sum=Sum(measure))
        .order_by("day")
        .values_list("sum", flat=True)
    )
    pages = recent.values("page").annotate(sum=Sum(measure)).order_by("-sum")
    return {
        "measure": measure,
        "total": sum(days),
        "chart": _polyline(days),
        "pages": list(pages[:6]),
    }


def _polyline(values: Sequence[int]) -> str:
    """Return the points of a line chart, 300 by 80."""
    step, scale = 300 / (len(values) - 1), 80 / max(values)
    return " ".join(f"{i * step:.0f},{80 - value * scale:.0f}" for i, value in enumerate(values))
