"""Compares a modal, a refresh, and a form with its redirect with views for htmx that are written by hand.

The baseline makes the same queries. Where the package calls the view of a target because it may refuse
the user, the view by hand looks up the same object. It renders what changes, as the package does: after
the form, the main part and the part that the form has changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import LogoutView
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.views.generic import DetailView

from benchmarks import queries, with_slots
from benchmarks.client import Headers, Site, by_hand, of_htmx, of_the_script
from benchmarks.clock import Call, Effort, difference, instructions, measure, ratio
from benchmarks.models import Member
from benchmarks.tables import size_row, table
from django_parallel_routes import intercept, refresh, slot, slots

PAGE, FORM = "/dashboard/", b"role=Engineer"
CHANGED = ("team", "activity")


class MemberPage(LoginRequiredMixin, DetailView):
    model = Member
    template_name = "benchmarks/member.html"


@login_required
def member_modal(request: HttpRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(Member, pk=pk)
    tasks = list(member.tasks.filter(is_done=False).select_related("project")[:8])
    return render(request, "benchmarks/member_modal.html", {"member": member, "tasks": tasks})


@login_required
def team(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        Member.objects.filter(pk=1).update(role=request.POST["role"])
        refresh(request, "team")
        return redirect("dashboard")
    return render(request, "benchmarks/team.html", queries.team())


def _with_slots(*, asks: bool) -> tuple[Any, ...]:
    return (
        slots(
            "dashboard/",
            layout="benchmarks/flows_layout.html",
            children=[path("", with_slots.overview, name="dashboard")],
            analytics=[
                path("", with_slots.page_views),
                path("visitors/", with_slots.visitors, name="visitors"),
            ],
            team=[path("", team)],
            activity=[path("", with_slots.activity)],
            modal=slot([intercept("member", member_modal, asks=asks)], default=None),
        ),
        path("members/<int:pk>/", MemberPage.as_view(), name="member"),
        path("logout/", LogoutView.as_view(), name="logout"),
    )


# --- By hand ---


@login_required
def asked_modal(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Member, pk=pk)  # the queries of the member's page
    return member_modal(request, pk)


@login_required
def parts(request: HttpRequest) -> HttpResponse:
    return _parts(request, team=queries.team(), activity=queries.activity())


@login_required
def saves(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        Member.objects.filter(pk=1).update(role=request.POST["role"])
        return redirect("dashboard")
    return _parts(request, overview=queries.overview(), team=queries.team())


def _parts(request: HttpRequest, **contexts: Any) -> HttpResponse:
    html = "".join(
        f'<div id="slot-{name}" hx-swap-oob="innerHTML">'
        f"{render_to_string(f'benchmarks/{name}.html', context, request)}</div>"
        for name, context in contexts.items()
    )
    return HttpResponse(html)


BY_HAND = (
    path("dashboard/", saves, name="dashboard"),
    path("dashboard/visitors/", saves, name="visitors"),
    path("dashboard/parts/", parts),
    path("members/<int:pk>/", member_modal, name="member"),
    path("members/<int:pk>/asked/", asked_modal),
    path("logout/", LogoutView.as_view(), name="logout"),
)


@dataclass(frozen=True)
class Flow:
    """The same request for each side: URL, headers and body."""

    name: str
    slots: Site
    rival: Site
    our_url: str
    our_headers: Headers
    their_url: str
    their_headers: Headers
    queries: int
    body: bytes = b""
    status: str = "200 OK"

    def calls(self) -> tuple[Call, Call]:
        return (
            self.slots.call(self.our_url, self.our_headers, self.body),
            self.rival.call(self.their_url, self.their_headers, self.body),
        )


def flows(cookies: str) -> list[Flow]:
    asking, trusting = Site(_with_slots(asks=True)), Site(_with_slots(asks=False))
    rival = by_hand(BY_HAND)
    page = asking.get(PAGE, {"Cookie": cookies})
    theirs = {"Cookie": cookies, "X-CSRFToken": "c" * 32} | of_htmx(PAGE)
    at = {"current_url": PAGE, "origin": PAGE}

    def ours(**state: Any) -> Headers:
        return theirs | of_the_script(page, **at, **state)

    refreshing = ours(intent="refresh", refresh=list(CHANGED))
    form = ours(form=True, source_slot="team")

    def flow(name: str, slots: Site, url: str, state: Headers, their_url: str, *rest: Any) -> Flow:
        return Flow(name, slots, rival, url, state, their_url, theirs, *rest)

    return [
        flow("modal", asking, "/members/3/", ours(), "/members/3/asked/", 5),
        flow("modal, asks=False", trusting, "/members/3/", ours(), "/members/3/", 4),
        flow("refresh of 2", asking, PAGE, refreshing, "/dashboard/parts/", 4),
        flow("POST with redirect", asking, PAGE, form, PAGE, 3, FORM, "302 Found"),
        flow("GET after it", asking, f"{PAGE}?slots=refresh:team", form, PAGE, 5),
    ]


def report(cookies: str, effort: Effort) -> Iterator[str]:
    times, steps, sizes = [], [], []
    for flow in flows(cookies):
        left, right = flow.calls()
        answers = []
        for call in (left, right):
            call.prepare()
            with CaptureQueriesContext(connection) as made:
                answers.append(call.run())
            assert len(made) == flow.queries, (flow.name, len(made))
        mine, other = answers
        assert mine.status == other.status == flow.status, (flow.name, mine.status, other.status)
        our_times, their_times, again = measure([left, right, right], effort)
        times.append(
            [
                flow.name,
                str(flow.queries),
                f"{median(our_times) * 1e6:,.0f}",
                f"{median(their_times) * 1e6:,.0f}",
                f"{difference(our_times, their_times) * 1e6:+,.0f}",
                str(ratio(our_times, their_times)),
                str(ratio(again, their_times)),
            ]
        )
        steps.append(size_row(flow.name, instructions(left), instructions(right)))
        if mine.body:
            sizes.append(size_row(flow.name, len(mine.body), len(other.body)))
    yield "A modal, a refresh, a form: CPU time of a request, µs (the last column is the noise)"
    yield table(
        ["", "queries", "slots", "by hand", "more", "slots ÷ by hand", "by hand ÷ by hand"], times
    )
    yield "… steps of Python's byte code"
    yield table(["", "slots", "by hand", "more", "slots ÷ by hand"], steps)
    yield "… bytes of HTML"
    yield table(["", "slots", "by hand", "more", "slots ÷ by hand"], sizes)
