"""Finds out what a user may see: by each ``test_func``, by access checks, and by what layouts print."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from django.core.exceptions import ImproperlyConfigured
from django.http.response import HttpResponseBase

from django_parallel_routes.declarations import Slot
from django_parallel_routes.matches import (
    EnclosingSlot,
    Match,
    SegmentMatch,
    TemplateView,
    name_of,
)
from django_parallel_routes.planning.plan import AccessCheck, KeptSlot, SlotPlan, SlotTest
from django_parallel_routes.rendering.fragments import html_of, is_final
from django_parallel_routes.rendering.shown_messages import restore_printed
from django_parallel_routes.rendering.template_context import TemplateContext, marker_pattern
from django_parallel_routes.rendering.view_calls import ViewCall, ViewCaller
from django_parallel_routes.request.details import slot_request
from django_parallel_routes.values import NO_SLOT, Location, SlotAddress, replace


class AccessChecker(ViewCaller):
    """Calls each ``test_func`` of a plan once, and views that are not shown, but may refuse the request."""

    @cached_property
    def _tests(self) -> dict[tuple[Slot, str], bool]:
        """What each ``test_func`` has returned, by its slot and the URL."""
        return {}

    @cached_property
    def _printed(self) -> dict[SlotAddress, list[str]]:
        """The names of the slots that a layout prints, by the slot that shows the layout."""
        return {}

    async def hides_any_slot(self) -> bool:
        """Tell whether the user may not see a slot of the plan, or a page that is intercepted."""
        slots: list[SlotPlan | KeptSlot] = [*self.plan.changed, *self.plan.kept]
        for plan in slots:
            if (tests := plan.slot_tests) and not await self.passes_tests(tests):
                return True
        return await self.hides_intercepted_page()

    async def hides_intercepted_page(self) -> bool:
        """Tell whether the user may not see an intercepted page at its own URL."""
        for plan in self.plan.changed_by_address.values():
            if plan.action == "intercepted" and not await self.passes_tests(plan.slot_tests):
                return True
        return False

    async def passes_tests(self, slots: Iterable[SlotTest]) -> bool:
        """Tell whether the user passes the tests of these slots for their URLs."""
        for enclosing, location in slots:
            if enclosing.slot.test_func:
                key = enclosing.slot, location.src
                if key not in self._tests:
                    self._tests[key] = await self.run_test(enclosing, location)
                if not self._tests[key]:
                    return False
        return True

    async def run_test(self, enclosing: EnclosingSlot, location: Location) -> bool:
        """Call a slot's ``test_func`` with the request that the layout around the slot gets."""
        test_func = enclosing.slot.test_func
        assert test_func
        page = self.plan.root.main_page._replace(view=test_func, captured=enclosing.captured)
        request = slot_request(self.request, page.resolver_match(), location)
        return bool(await self.runner.call(test_func, request))

    async def first_refusal(self, checks: Iterable[AccessCheck]) -> HttpResponseBase | None:
        """Call the views of access checks, and return the first response that is a refusal.

        An exception such as ``PermissionDenied`` propagates. If the user may not see the slot in which a
        view stands, the view is not called, and the page that an ``intercept()`` shows is hidden.
        """
        for check in checks:
            location, match = check.location, check.match
            if isinstance(check.view, TemplateView):
                continue
            if not await self.passes_tests((slot, location) for slot in match.enclosing):
                continue
            if isinstance(match, SegmentMatch):
                call = ViewCall.of_layout(self.plan, match, check.address, location)
                call.role = "check"
            else:
                # At the page's own URL, other slots are on screen.
                plan = replace(self.plan, changed=(), kept=())
                context = TemplateContext(check.outer or plan.root, location, check.address, plan)
                call = ViewCall(match, location, context, check.address, "check", "page")
            response = await self.call(call)
            refuses = response.status_code != 200 or is_final(response)
            if call.cost:
                call.cost.record_response(response, None if refuses else "")
            if refuses:
                return response
            restore_printed(self.request, call.printed)
        return None

    async def is_printed(self, address: str) -> bool | HttpResponseBase:
        """Tell whether the layouts around a slot print it. Calls the layouts unless that is known.

        If a layout responds with something else than HTML, such as a redirect, return that response.
        """
        match: Match | None = self.plan.root
        layout = NO_SLOT
        for name in address.split("."):
            if not isinstance(match, SegmentMatch):
                break  # The slot is intercepted. Its key proves that it has been printed.
            inner = layout.child(name)
            if not self.plan.known_printed.intersection((address, inner)):
                if layout not in self._printed:
                    call = ViewCall.of_layout(self.plan, match, layout, self.plan.location)
                    response = await self.call(call)
                    if (html := html_of(response)) is None:
                        return response
                    restore_printed(self.request, call.printed)
                    self._printed[layout] = marker_pattern().findall(html)
                if name not in self._printed[layout]:
                    return False
            match, layout = match.slots.get(name), inner
        return True

    def check_printed(self, segment: SegmentMatch, prefix: str, names: list[str]) -> None:
        """Record which slots a layout does not print. Raise an error for those that it prints twice."""
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise ImproperlyConfigured(
                f"The layout {name_of(segment.segment.layout)} prints slot {twice!r} more than once. "
                "Print it once, and move or hide it with CSS."
            )
        for slot in segment.segment.slots:
            if slot.name not in names:
                self.details.hidden[prefix + slot.name] = "its layout does not print it"
