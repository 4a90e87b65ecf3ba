"""The queries of the dashboard's pages. Each function makes one query, unless it says otherwise."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, F, Max, Q, QuerySet, Sum

from .charts import Day, Share
from .models import Activity, Member, Milestone, Project, Traffic

RANGES = (7, 30, 90)


def last_days(days: int) -> QuerySet[Traffic]:
    """The traffic of the newest ``days`` days on record."""
    newest = Traffic.objects.aggregate(newest=Max("day"))["newest"]
    if newest is None:
        return Traffic.objects.none()
    return Traffic.objects.filter(day__gt=newest - timedelta(days=days), day__lte=newest)


def per_day(metric: str, *, days: int) -> list[Day]:
    """``views`` or ``visitors`` of each day, oldest first."""
    rows = last_days(days).values("day").annotate(total=Sum(metric)).order_by("day")
    return [Day(day=row["day"], value=row["total"]) for row in rows]


def per_weekday(metric: str, *, days: int) -> list[Share]:
    """The average of each day of the week, Monday first."""
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    values: dict[int, list[int]] = {number: [] for number in range(7)}
    for row in per_day(metric, days=days):
        values[row.day.weekday()].append(row.value)
    averages = [(names[n], round(sum(v) / len(v))) for n, v in values.items() if v]
    return _shares(averages)


def ranking(dimension: str, metric: str, *, days: int, limit: int = 6) -> list[Share]:
    """The largest pages, countries or sources."""
    rows = last_days(days).values(dimension).annotate(total=Sum(metric)).order_by("-total")
    return _shares([(row[dimension], row["total"]) for row in rows])[:limit]


def _shares(rows: list[tuple[str, int]]) -> list[Share]:
    whole = sum(value for _, value in rows) or 1
    largest = max((value for _, value in rows), default=0) or 1
    return [
        Share(
            label=label,
            value=value,
            percent=100 * value / whole,
            width=round(100 * value / largest, 1),
        )
        for label, value in rows
    ]


def change(values: list[Day]) -> float | None:
    """Return the difference between the newer and the older half of the days, in percent."""
    half = len(values) // 2
    before = sum(day.value for day in values[:half])
    after = sum(day.value for day in values[-half:]) if half else 0
    return 100 * (after - before) / before if before else None


def members() -> QuerySet[Member]:
    """Return all members, with the number of their projects and actions."""
    return Member.objects.order_by("name").annotate(
        projects=Count("leads", distinct=True), actions=Count("activities", distinct=True)
    )


def roles() -> dict[str, int]:
    """How many members have each role."""
    rows = Member.objects.values("role").annotate(total=Count("pk")).order_by("role")
    return {row["role"]: row["total"] for row in rows}


def projects() -> QuerySet[Project]:
    """The projects with their leads and the tasks of all their milestones."""
    return (
        Project.objects.order_by("due", "name")
        .select_related("lead")
        .annotate(
            tasks=Sum("milestones__tasks", default=0), done=Sum("milestones__done", default=0)
        )
    )


def next_milestones(today: date, *, limit: int = 3) -> QuerySet[Milestone]:
    """Return the unfinished milestones of all projects that are due next."""
    open_ones = Milestone.objects.filter(done__lt=F("tasks"), due__gte=today)
    return open_ones.select_related("project").order_by("due", "pk")[:limit]


def workload() -> dict[str, int]:
    """How many tasks and milestones there are in all projects, and how many of them are done."""
    return Milestone.objects.aggregate(
        all_tasks=Sum("tasks", default=0),
        tasks_done=Sum("done", default=0),
        milestones=Count("pk"),
        milestones_reached=Count("pk", filter=Q(done__gte=F("tasks"))),
    )


def activity_per_week(actions: QuerySet[Activity], today: date, *, weeks: int = 12) -> list[Day]:
    """Return the number of these actions in each of the last weeks, oldest first."""
    counts = [0] * weeks
    for created in actions.values_list("created", flat=True):
        age = (today - created.date()).days // 7
        if 0 <= age < weeks:
            counts[weeks - 1 - age] += 1
    return [
        Day(day=today - timedelta(weeks=weeks - 1 - week), value=count)
        for week, count in enumerate(counts)
    ]
