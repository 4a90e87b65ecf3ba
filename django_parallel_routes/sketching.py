"""Answers with layouts alone: which slots they print, without running a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from django_parallel_routes.explaining import name_of
from django_parallel_routes.fragments import HIDDEN, Fragment, is_fragment
from django_parallel_routes.matches import SegmentMatch
from django_parallel_routes.plan import Plan, SlotPlan
from django_parallel_routes.rendering import Renderer
from django_parallel_routes.scope import Scope
from django_parallel_routes.segments import Slot
from django_parallel_routes.state import Location

NAME = "_parallel_routes_sketched"


@dataclass
class Sketched:
    """What was found out."""

    printed: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    """Slots that are printed, but whose ``test_func`` refuses the user."""
    problems: list[str] = field(default_factory=list)
    """Sentences on what was not as it should be."""

    def hidden(self, plan: Plan) -> dict[str, str]:
        """Return the slots of a plan that this user's page does not have, and why."""
        rendered = plan.slots if plan.kind == "page" else plan.changed
        return {slot.address: self._why(slot) for top in rendered for slot in self._hidden(top)}

    def _hidden(self, plan: SlotPlan) -> list[SlotPlan]:
        if plan.address not in self.printed - self.refused:
            return [plan]
        if plan.arrives != "now":  # What is inside is not known yet.
            return []
        inside = (*plan.inner, *((plan.above,) if plan.above else ()))
        return [slot for inner in inside for slot in self._hidden(inner)]

    def _why(self, plan: SlotPlan) -> str:
        if plan.address in self.refused:
            return "its test_func refuses this user"
        return "the layout does not print it"


def sketched_for(request: HttpRequest) -> Sketched:
    """Return what a ``Sketch`` has found out for a request."""
    found: Sketched = request.__dict__.setdefault(NAME, Sketched())
    return found


class Sketch(Renderer):
    """Carries out a plan, but for pages: their places stay empty.

    A layout that fails, or answers something else than a page, counts as one that prints all its slots.
    """

    @property
    def found(self) -> Sketched:
        return sketched_for(self.request)

    async def slot(self, plan: SlotPlan) -> Fragment:
        self.found.printed.add(plan.address)
        fragment = await super().slot(plan)
        if fragment is HIDDEN:
            self.found.refused.add(plan.address)
        return fragment

    async def addressed(self) -> Fragment:
        fragment = await super().addressed()
        self.found.printed.add(self._submitted)
        return fragment

    async def refusal(self) -> HttpResponseBase | None:
        return None

    async def _in_time(self, plan: SlotPlan) -> Fragment | None:
        return None

    async def _page(self, plan: SlotPlan, match: Any, **options: Any) -> Fragment:
        return Fragment("", (HttpResponse(),))

    async def _may_see(self, slot: Slot | None) -> bool:
        try:
            return await super()._may_see(slot)
        except Exception as error:
            assert slot
            self._note(
                f"test_func of the slot {slot.name} raises {_said(error)}; it is printed here."
            )
            return True

    async def _layout(
        self,
        segment: SegmentMatch,
        prefix: str,
        location: Location,
        *,
        beneath: str = "",
        render: bool = True,
    ) -> HttpResponseBase:
        layout = f"The layout {name_of(segment.segment.layout)}"
        try:
            response = await super()._layout(segment, prefix, location, beneath=beneath)
        except Exception as error:
            self._note(f"{layout} raises {_said(error)}; here it prints all of its slots.")
        else:
            if is_fragment(response):
                return response
            to = f" to {response['Location']}" if "Location" in response else ""
            self._note(
                f"{layout} answers {response.status_code}{to}, and so does the URL; "
                "what follows is as if it printed all of its slots."
            )
        scope = Scope(segment, location, prefix, {}, is_layout=True)
        return HttpResponse("<body>" + "".join(map(scope.marker, segment.slots)))

    def _note(self, problem: str) -> None:
        if problem not in self.found.problems:
            self.found.problems.append(problem)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".removesuffix(": ").removesuffix(".")
