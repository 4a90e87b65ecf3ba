"""Asks the ``test_func`` of slots: which slots may this user see."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

from django_parallel_routes.contrib.table_tracking import tracks_tables
from django_parallel_routes.declarations import Slot
from django_parallel_routes.instrumentation.trace import trace_of
from django_parallel_routes.matches import EnclosingSlot
from django_parallel_routes.planning.plan import KeptSlot, Plan, SlotPlan, SlotTest
from django_parallel_routes.rendering.execution import Runner, views_of
from django_parallel_routes.request.slot_request import slot_request
from django_parallel_routes.values import Location


class SlotTests:
    """Tells which slots of a plan the user may see. Each ``test_func`` is asked once an answer."""

    def __init__(self, request: HttpRequest, plan: Plan) -> None:
        self.request, self.plan = request, plan
        self.runner = Runner.of(views_of(plan))
        self.trace = trace_of(request)
        self.measures, self.tracks_tables = self.trace.measures, tracks_tables()
        self._tests: dict[tuple[Slot, str], bool] = {}

    async def is_hidden(self) -> bool:
        """Tell whether the user may not see a slot that is on screen, or a page that is intercepted."""
        slots: list[SlotPlan | KeptSlot] = [*self.plan.changed, *self.plan.kept]
        for plan in slots:
            if (tests := plan.tests) and not await self.passes(tests):
                return True
        return await self.hides_target()

    async def hides_target(self) -> bool:
        """Tell whether a page is intercepted that the user may not see at its own URL."""
        for plan in self.plan.changed_by_address.values():
            if plan.action == "intercepted" and not await self.passes(plan.tests):
                return True
        return False

    async def passes(self, slots: Iterable[SlotTest]) -> bool:
        """Tell whether the user passes the tests of these slots on their URLs."""
        for one, location in slots:
            if one.slot.test_func:
                key = one.slot, location.src
                if key not in self._tests:
                    self._tests[key] = await self.test(one, location)
                if not self._tests[key]:
                    return False
        return True

    async def test(self, one: EnclosingSlot, location: Location) -> bool:
        """Ask a slot's ``test_func``, with the request as the layout around the slot gets it."""
        test_func = one.slot.test_func
        assert test_func
        page = self.plan.root.primary._replace(view=test_func, captured=one.captured)
        match = page.resolver_match()
        request = slot_request(self.request, match, location)
        return bool(await self.runner.call(test_func, request))

    def forget_tests(self) -> None:
        """Ask each ``test_func`` again: a form may have changed what it depends on."""
        self._tests.clear()
