"""Renders layouts without the pages in their slots, to learn which slots they print."""

from __future__ import annotations

from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from django_parallel_routes.declarations import name_of
from django_parallel_routes.instrumentation.trace import Cost
from django_parallel_routes.location import Location
from django_parallel_routes.matches import EnclosingSlot, SegmentMatch
from django_parallel_routes.planning.plan import SlotPlan
from django_parallel_routes.rendering.fragments import Fragment, is_fragment
from django_parallel_routes.rendering.renderer import Renderer
from django_parallel_routes.rendering.template_context import Scope

NAME = "_parallel_routes_problems"
REFUSAL = "_parallel_routes_refusal"

Refusal = Literal["failed", "missing", "refused"]


def problems_of(request: HttpRequest) -> list[str]:
    """Return sentences about layouts and ``test_func`` that failed, or responded by something else."""
    found: list[str] = request.__dict__.setdefault(NAME, [])
    return found


def refusal_by_layout(request: HttpRequest) -> tuple[Refusal, str] | None:
    """Return how the outermost layout has responded, if not by a page, and why."""
    found: tuple[Refusal, str] | None = request.__dict__.get(REFUSAL)
    return found


class LayoutRenderer(Renderer):
    """Renders a plan with an empty string in the place of each page.

    A layout that fails, or responds by something else than a page, counts as one that prints all its
    slots.
    """

    async def refusal(self) -> HttpResponseBase | None:
        return None

    async def _page(self, plan: SlotPlan, match: Any, **options: Any) -> Fragment:
        return Fragment("", (HttpResponse(),))

    async def _test(self, one: EnclosingSlot, location: Location) -> bool:
        try:
            return await super()._test(one, location)
        except Exception as error:
            self._note(
                f"test_func of the slot {one.slot.name} raises {_said(error)}; it is printed here."
            )
            return True

    async def _layout(
        self,
        segment: SegmentMatch,
        prefix: str,
        location: Location,
        cost: Cost,
        *,
        beneath: str = "",
        render: bool = True,
    ) -> HttpResponseBase:
        layout = f"The layout {name_of(segment.segment.layout)}"
        try:
            response = await super()._layout(segment, prefix, location, cost, beneath=beneath)
        except Exception as error:
            kind: Refusal = "failed"
            if isinstance(error, Http404 | PermissionDenied):
                kind = "missing" if isinstance(error, Http404) else "refused"
            self._refuse(kind, prefix, f"{layout} raises {_said(error)}")
        else:
            if is_fragment(response):
                return response
            to = f" to {response['Location']}" if "Location" in response else ""
            self._refuse("refused", prefix, f"{layout} answers {response.status_code}{to}")
        scope = Scope(segment, location, prefix, {}, is_layout=True)
        return HttpResponse("<body>" + "".join(map(scope.marker, segment.slots)))

    def _refuse(self, kind: Refusal, prefix: str, why: str) -> None:
        """Note how a layout has failed; that of the outermost one is the response to the request."""
        self._note(f"{why}; what is said here is as if it printed all of its slots.")
        if not prefix:
            vars(self.request).setdefault(REFUSAL, (kind, f"{why[0].lower()}{why[1:]}"))

    def _note(self, problem: str) -> None:
        problems_of(self.request).append(problem)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".removesuffix(": ").removesuffix(".")
