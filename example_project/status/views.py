"""The panels. None of them knows that it is a slot, that it is late, or who else stands on the board."""

from __future__ import annotations

import asyncio
import time

from asgiref.sync import sync_to_async
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse

from example_project.dashboard.charts import sparkline
from example_project.dashboard.models import Activity, Member

from . import readings
from .forms import Knobs


def knobs(request: HttpRequest) -> HttpResponse:
    """The ``children`` of the board: a form with GET, so that the URL says how it is set."""
    form = Knobs.of(request)
    form.remember(request)
    return render(request, "status/knobs.html", {"form": form})


# --- fast and slow ---


def uptime(request: HttpRequest) -> HttpResponse:
    """At hand, so it is part of the page."""
    days = readings.uptime()
    context = {"days": days, "percent": sum(day["percent"] for day in days) / len(days)}
    return render(request, "status/uptime.html", context)


async def queue(request: HttpRequest) -> HttpResponse:
    """Slow; it is asked for by a request of its own."""
    await asyncio.sleep(await sync_to_async(_delay)(request))
    return TemplateResponse(request, "status/queue.html")


async def latency(request: HttpRequest) -> HttpResponse:
    """Slow; it comes at the end of the page, on the same connection."""
    await asyncio.sleep(1.5 * await sync_to_async(_delay)(request))
    series = readings.latency()
    ranked = sorted(series)
    context = {
        "points": sparkline(series),
        "median": ranked[len(ranked) // 2],
        "slowest": ranked[-1],
    }
    return TemplateResponse(request, "status/latency.html", context)


def deploys(request: HttpRequest) -> HttpResponse:
    """Slow, and sync, with the database; it is asked for by a request of its own."""
    time.sleep(_delay(request))
    shipped = Activity.objects.filter(kind=Activity.Kind.SHIPPED).select_related("member")
    return render(request, "status/deploys.html", {"shipped": shipped[:3]})


# --- what can go wrong ---


async def gauge(request: HttpRequest) -> HttpResponse:
    """A sensor that breaks down, never, every other time or always."""
    await asyncio.sleep(0.5 * await sync_to_async(_delay)(request))
    state = (await sync_to_async(Knobs.read)(request))["gauge"]
    if state == "fails" or (state == "flaky" and next(readings.attempts) % 2):
        raise ConnectionError("The tide gauge does not answer.")
    levels = readings.tide()
    context = {"points": sparkline(levels), "level": levels[-1]}
    return TemplateResponse(request, "status/gauge.html", context)


def incident(request: HttpRequest) -> HttpResponse:
    """What ``get_object_or_404`` would say, on a good day."""
    raise Http404("There is no open incident.")


def costs(request: HttpRequest) -> HttpResponse:
    """Refused to all but the staff. Protect views: a place in a template protects nothing."""
    if not request.user.is_staff:
        raise PermissionDenied
    return render(request, "status/costs.html")


# --- who sees what ---


def rota(request: HttpRequest) -> HttpResponse:
    """Who is on call: for everybody who is logged in."""
    return render(request, "status/rota.html", {"people": Member.objects.all()[:3]})


def keys(request: HttpRequest) -> HttpResponse:
    """For the staff; others are not even told that there is such a panel."""
    if not request.user.is_staff:
        raise PermissionDenied
    return render(request, "status/keys.html")


def audit(request: HttpRequest) -> HttpResponse:
    """For the staff, by the layout's ``{% if %}``."""
    if not request.user.is_staff:
        raise PermissionDenied
    actions = Activity.objects.select_related("member")[:3]
    return render(request, "status/audit.html", {"actions": actions})


# --- tabs ---


async def log(request: HttpRequest, kind: str = "requests") -> HttpResponse:
    """One of the logs; there is none of the backups."""
    await asyncio.sleep(await sync_to_async(_delay)(request))
    if kind not in readings.LOGS:
        raise Http404(f"There is no log of {kind}.")
    context = {"kind": kind, "lines": readings.LOGS[kind]}
    return TemplateResponse(request, "status/log.html", context)


def _delay(request: HttpRequest) -> float:
    """How long the slow ones take, in seconds."""
    return Knobs.read(request)["delay"] / 1000
