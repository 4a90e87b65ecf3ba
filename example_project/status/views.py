"""The views of the panels. They are ordinary views, and don't know that each of them fills a slot."""

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
    """Show the settings: the ``children`` of the board. The form uses GET, so they are in the URL."""
    form = Knobs.of(request)
    form.remember(request)
    return render(request, "status/knobs.html", {"form": form})


# --- fast and slow ---


def uptime(request: HttpRequest) -> HttpResponse:
    """Show the uptime. This is fast, so it is part of the page."""
    days = readings.uptime()
    context = {"days": days, "percent": sum(day["percent"] for day in days) / len(days)}
    return render(request, "status/uptime.html", context)


async def queue(request: HttpRequest) -> HttpResponse:
    """Show the queue, slowly. The script requests it after the page."""
    await asyncio.sleep(await sync_to_async(_delay)(request))
    return TemplateResponse(request, "status/queue.html")


async def latency(request: HttpRequest) -> HttpResponse:
    """Show the latency, slowly. It is streamed at the end of the page."""
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
    """Show the latest deploys, slowly. This view is sync, and uses the database."""
    time.sleep(_delay(request))
    shipped = Activity.objects.filter(kind=Activity.Kind.SHIPPED).select_related("member")
    return render(request, "status/deploys.html", {"shipped": shipped[:3]})


# --- what can go wrong ---


async def gauge(request: HttpRequest) -> HttpResponse:
    """Show a sensor that fails never, every other time, or always."""
    await asyncio.sleep(0.5 * await sync_to_async(_delay)(request))
    state = (await sync_to_async(Knobs.read)(request))["gauge"]
    if state == "fails" or (state == "flaky" and next(readings.attempts) % 2):
        raise ConnectionError("The tide gauge does not answer.")
    levels = readings.tide()
    context = {"points": sparkline(levels), "level": levels[-1]}
    return TemplateResponse(request, "status/gauge.html", context)


def incident(request: HttpRequest) -> HttpResponse:
    """Raise a 404, as ``get_object_or_404()`` does if there is no open incident."""
    raise Http404("There is no open incident.")


def costs(request: HttpRequest) -> HttpResponse:
    """Show the costs to the staff, and refuse all others. Hiding a link does not protect a view."""
    if not request.user.is_staff:
        raise PermissionDenied
    return render(request, "status/costs.html")


# --- who sees what ---


def rota(request: HttpRequest) -> HttpResponse:
    """Show who is on call, to users who are logged in."""
    return render(request, "status/rota.html", {"people": Member.objects.all()[:3]})


def keys(request: HttpRequest) -> HttpResponse:
    """Show keys to the staff. Other users see no trace of this panel."""
    if not request.user.is_staff:
        raise PermissionDenied
    return render(request, "status/keys.html")


def audit(request: HttpRequest) -> HttpResponse:
    """Show the latest actions to the staff. The layout has an ``{% if %}`` around it."""
    if not request.user.is_staff:
        raise PermissionDenied
    actions = Activity.objects.select_related("member")[:3]
    return render(request, "status/audit.html", {"actions": actions})


# --- tabs ---


async def log(request: HttpRequest, kind: str = "requests") -> HttpResponse:
    """Show a log. There is none of backups, so that tab shows what the slot has for a 404."""
    await asyncio.sleep(await sync_to_async(_delay)(request))
    if kind not in readings.LOGS:
        raise Http404(f"There is no log of {kind}.")
    context = {"kind": kind, "lines": readings.LOGS[kind]}
    return TemplateResponse(request, "status/log.html", context)


def _delay(request: HttpRequest) -> float:
    """Return how long slow views take, in seconds."""
    return Knobs.read(request)["delay"] / 1000
