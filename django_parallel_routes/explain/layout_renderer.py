"""Renders layouts without the pages in their slots, to learn which slots they print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase

from django_parallel_routes.declarations import name_of
from django_parallel_routes.matches import EnclosingSlot
from django_parallel_routes.planning.plan import AccessCheck, SlotPlan
from django_parallel_routes.rendering.calls import ViewCall
from django_parallel_routes.rendering.fragments import Fragment, html_of, stands_alone
from django_parallel_routes.rendering.renderer import Renderer
from django_parallel_routes.values import Location

Refusal = Literal["failed", "missing", "refused"]


@dataclass
class Problems:
    """What layouts and ``test_func`` have done besides rendering."""

    sentences: list[str] = field(default_factory=list)
    refusal: tuple[Refusal, str] | None = None
    """How the outermost layout has responded, if not by a page, and why."""


class LayoutRenderer(Renderer):
    """Renders a plan with an empty string in the place of each page.

    A layout that fails, or answers something else than a page, counts as one that prints all its slots.
    """

    problems: Problems

    async def refusal(self, checks: Iterable[AccessCheck]) -> HttpResponseBase | None:
        return None

    async def page(self, plan: SlotPlan, match: Any, **options: Any) -> Fragment:
        return Fragment("", (HttpResponse(),))

    async def test(self, one: EnclosingSlot, location: Location) -> bool:
        try:
            return await super().test(one, location)
        except Exception as error:
            self.problems.sentences.append(
                f"test_func of the slot {one.slot.name} raises {_text_of(error)}; it is printed here."
            )
            return True

    async def call(self, call: ViewCall) -> HttpResponseBase:
        """Call a layout."""
        layout = f"The layout {name_of(call.page.view)}"
        call.is_rendered = True
        try:
            response = await super().call(call)
        except Exception as error:
            kind: Refusal = "failed"
            if isinstance(error, Http404 | PermissionDenied):
                kind = "missing" if isinstance(error, Http404) else "refused"
            self._refuse(kind, call, f"{layout} raises {_text_of(error)}")
        else:
            if not stands_alone(response) and html_of(response) is not None:
                return response
            to = f" to {response['Location']}" if "Location" in response else ""
            self._refuse("refused", call, f"{layout} answers {response.status_code}{to}")
        return HttpResponse(
            "<body>" + "".join(map(call.context.marker, call.context.segment.slots))
        )

    def _refuse(self, kind: Refusal, call: ViewCall, why: str) -> None:
        """Note how a layout has failed. If it is the outermost one, its response answers the request."""
        self.problems.sentences.append(
            f"{why}. This explanation assumes that it prints all of its slots."
        )
        if not call.address and self.problems.refusal is None:
            self.problems.refusal = kind, f"{why[0].lower()}{why[1:]}"


def layout_renderer(problems: Problems) -> type[LayoutRenderer]:
    """Return a renderer that notes problems in the given object."""
    return type("LayoutRenderer", (LayoutRenderer,), {"problems": problems})


def _text_of(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".removesuffix(": ").removesuffix(".")
