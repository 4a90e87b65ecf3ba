"""Calls layouts, and puts rendered slots in the places where they print them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from functools import partial

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http.response import HttpResponseBase

from django_parallel_routes.contrib.table_tracking import Tables
from django_parallel_routes.declarations import TemplateView
from django_parallel_routes.matches import Match, PageMatch, SegmentMatch
from django_parallel_routes.planning.plan import AccessCheck, SlotPlan, prefix_of
from django_parallel_routes.protocol.signing import key_of
from django_parallel_routes.rendering.cache_keys import uri_fragment
from django_parallel_routes.rendering.calls import ViewCall
from django_parallel_routes.rendering.documents import (
    SCRIPTS,
    files_in,
    with_files_once,
    without_scripts,
)
from django_parallel_routes.rendering.fragments import (
    HIDDEN,
    Fragment,
    html_of,
    is_order,
    slot_element,
)
from django_parallel_routes.rendering.shown_messages import forget_printed, keep_printed
from django_parallel_routes.rendering.slot_tests import SlotTests
from django_parallel_routes.rendering.template_context import (
    TemplateContext,
    marker_pattern,
)
from django_parallel_routes.request.slot_request import viewer_of
from django_parallel_routes.values import Location, replace


class Layouts(SlotTests):
    """Renders the layouts of a plan. The slots in them are rendered by ``slots()``."""

    root_call: ViewCall
    """That of the root layout, once ``root_layout()`` has run."""

    @abstractmethod
    async def slots(self, plans: Sequence[SlotPlan]) -> list[Fragment]:
        """Render slots side by side."""

    async def call(self, call: ViewCall) -> HttpResponseBase:
        """Call a view and return its response."""
        if self.tracks_tables:
            call.tables = Tables()
        if self.measures:
            address = "" if call.role == "check" else call.address
            src = call.location.src
            call.cost = self.trace.cost(address, call.role, call.page.view, src)
        return await call.run(self.request, self.runner)

    def layout_call(
        self, segment: SegmentMatch, prefix: str, location: Location, origin: str = ""
    ) -> ViewCall:
        """Return the call of a layout whose slots have addresses with this prefix."""
        context = TemplateContext(segment, location, prefix, self.plan, True, origin)
        page, address = (
            PageMatch(segment.segment.layout, segment.captured),
            prefix.removesuffix("."),
        )
        return ViewCall(page, location, context, address, "layout", lambda: f"layout-{prefix}")

    async def root_layout(self) -> HttpResponseBase:
        """Return the response of the root layout. Django renders it later, if it is a template."""
        root, location = self.plan.root, self.plan.location
        origin = location.src if location.path != self.request.path else ""
        call = self.root_call = self.layout_call(root, "", location, origin)
        call.is_rendered = False
        response = await self.call(call)
        if call.cost:
            call.cost.go_on()
        return response

    async def page_of(self, response: HttpResponseBase) -> Fragment:
        """Return the page: the response of ``root_layout()``, rendered by now, with its slots in it."""
        html, cost = html_of(response), self.root_call.cost
        if cost:
            cost.pause()
            cost.answered(response, is_shown=html is not None)
        if html is None:
            return Fragment("", answer=response)
        forget_printed(self.request)
        return await self.filled(html, self.root_call)

    async def filled(self, html: str, layout: ViewCall) -> Fragment:
        """Render the slots that a layout has printed, and put them in their places."""
        segment, prefix = layout.context.segment, layout.context.prefix
        parts = marker_pattern(settings.SECRET_KEY).split(html)
        names = parts[1::2]
        if layout.cost:
            layout.cost.rendered(parts[::2])
        if len(set(names)) < len(names):
            raise ImproperlyConfigured(
                f"The layout of {segment.segment!r} prints a slot more than once: "
                f"{', '.join(names)}. Print it at one place; hide or move it by CSS."
            )
        for slot in segment.segment.slots:
            if slot.name not in names:
                self.trace.hidden[prefix + slot.name] = "its layout does not print it"
        plans = [self.plan.changed_by_address[prefix + name] for name in names]
        for plan in plans:
            if plan.tests:
                await self.passes(plan.tests)
        # A key depends on the user if the layout or a test has looked at the user, not a slot's page.
        viewer = await self.runner.call(viewer_of, self.request)
        fragments = await self.slots(plans)
        responses = tuple(response for found in fragments for response in found.responses)
        if answer := next((found.answer for found in fragments if found.answer), None):
            return Fragment("", responses, answer=answer)
        path, url = layout.location.path, layout.location.src.partition("?")[0]
        below = prefix_of(path, segment)
        for number, (plan, found) in enumerate(zip(plans, fragments, strict=True)):
            key = key_of(segment, path, plan.address, viewer)
            element = slot_element(plan, found, key=key, mount_url=url, prefix=below)
            parts[2 * number + 1] = "" if found is HIDDEN else element
        if any(SCRIPTS in part for part in parts[::2]):
            _move_scripts(parts)
        html = "".join(parts)
        # A browser would run a script of one URL twice, if a slot and the layout load it.
        if not prefix and (files := files_in("".join([found.html for found in fragments]))):
            html = with_files_once(html, files)
        return Fragment(
            html,
            responses,
            titles=tuple(title for found in fragments for title in found.titles),
            status_code=max([200, *(found.status_code for found in fragments)]),
        )

    # --- Views that are called, but not shown ---

    async def refusal(self, checks: Iterable[AccessCheck]) -> HttpResponseBase | None:
        """Call the views of access checks; return the first response that is a refusal.

        An exception such as ``PermissionDenied`` propagates. A view in a slot that the user may not see
        is not called: what is shown instead of it is hidden as well.
        """
        for check in checks:
            location, match = check.location, check.match
            if isinstance(check.view, TemplateView):
                continue
            if not await self.passes((one, location) for one in match.enclosing):
                continue
            if isinstance(match, SegmentMatch):
                call = self.layout_call(match, check.address.prefix, location)
            else:
                # The page's own URL has other slots.
                plan = replace(self.plan, changed=(), kept=())
                segment, prefix = check.outer or plan.root, check.address.parent.prefix
                context = TemplateContext(segment, location, prefix, plan)
                fragment = partial(uri_fragment, check.address)
                call = ViewCall(match, location, context, "", "check", fragment)
            call.role, call.is_rendered = "check", False
            response = await self.call(call)
            refuses = response.status_code != 200 or is_order(response)
            if call.cost:
                call.cost.answered(response, is_shown=not refuses)
            if refuses:
                return response
            keep_printed(self.request)
        return None

    async def prints(self, address: str, printed: dict[str, list[str]]) -> bool | HttpResponseBase:
        """Tell whether the layouts around a slot print it; ask those that are not known to have done so.

        ``printed`` keeps what each layout has printed, by prefix. Returns a layout's response if that is an
        answer of its own, such as a redirect.
        """
        match: Match | None = self.plan.root
        prefix = ""
        for name in address.split("."):
            if not isinstance(match, SegmentMatch):
                break  # It is intercepted: the key of that is proof enough.
            if not self.plan.known_printed.intersection((address, prefix + name)):
                if prefix not in printed:
                    response = await self.call(self.layout_call(match, prefix, self.plan.location))
                    if (html := html_of(response)) is None:
                        return response
                    keep_printed(self.request)
                    printed[prefix] = marker_pattern(settings.SECRET_KEY).findall(html)
                if name not in printed[prefix]:
                    return False
            match, prefix = match.slots.get(name), f"{prefix}{name}."
        return True


def _move_scripts(parts: list[str]) -> None:
    """Move the scripts of slots, which are every second part, to the place that the layout has for them."""
    scripts = ""
    for number in range(1, len(parts), 2):
        parts[number], found = without_scripts(parts[number])
        scripts += found
    for number in range(0, len(parts), 2):
        parts[number] = parts[number].replace(SCRIPTS, scripts)
