"""Calls layouts, and puts rendered slots in the places where they print them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence

from django.core.exceptions import ImproperlyConfigured
from django.http.response import HttpResponseBase

from django_parallel_routes.declarations import TemplateView, name_of
from django_parallel_routes.matches import Match, PageMatch, SegmentMatch
from django_parallel_routes.planning.plan import AccessCheck, SlotPlan, prefix_of
from django_parallel_routes.protocol.signing import key_of
from django_parallel_routes.rendering.fragments import (
    HIDDEN,
    Fragment,
    html_of,
    is_final,
    slot_element,
)
from django_parallel_routes.rendering.markup import (
    SCRIPTS,
    files_in,
    split_scripts,
    with_files_once,
)
from django_parallel_routes.rendering.shown_messages import keep_printed
from django_parallel_routes.rendering.template_context import (
    TemplateContext,
    marker_pattern,
)
from django_parallel_routes.rendering.view_calls import ViewCall, ViewCaller
from django_parallel_routes.request.details import viewer_of
from django_parallel_routes.values import NO_SLOT, Location, SlotAddress, replace


class LayoutRenderer(ViewCaller):
    """Renders the layouts of a plan. The slots in them are rendered by ``slots()``."""

    @abstractmethod
    async def render_slots(self, plans: Sequence[SlotPlan]) -> list[Fragment]:
        """Render slots side by side."""

    async def render_whole_page(self) -> Fragment:
        """Call the root layout, and render the slots that it prints."""
        root, location = self.plan.root, self.plan.location
        origin = location.src if location.path != self.request.path else ""
        call = self.layout_call(root, NO_SLOT, location, origin)
        response = await self.call(call)
        html = html_of(response)
        if call.cost:
            call.cost.record_response(response, is_shown=html is not None)
        if html is None:
            return Fragment("", final_response=response)
        return await self.fill_in_slots(Fragment(html, (response,)), call)

    def layout_call(
        self, segment: SegmentMatch, address: SlotAddress, location: Location, origin: str = ""
    ) -> ViewCall:
        """Return the call of the layout that a slot shows, or (without ``address``) the whole page."""
        prefix = address.prefix
        context = TemplateContext(segment, location, prefix, self.plan, True, origin)
        page = PageMatch(segment.segment.layout, segment.captured)
        return ViewCall(page, location, context, address, "layout", "layout")

    async def fill_in_slots(self, layout: Fragment, call: ViewCall) -> Fragment:
        """Render the slots that a layout has printed, and put them in their places."""
        segment, prefix, location = call.context.segment, call.context.prefix, call.location
        parts = marker_pattern().split(layout.html)
        names = parts[1::2]
        if call.cost:
            call.cost.record_html(parts[::2])
        hidden = segment.slots.keys() - names
        if hidden or len(names) > len(segment.slots):
            self._check_printed(segment, prefix, names)
        plans = [self.plan.changed_by_address[prefix + name] for name in names]
        for plan in plans:
            if tests := plan.slot_tests:
                await self.passes_tests(tests)
        # A key depends on the user if the layout or a test has looked at the user, not a slot's page.
        viewer = await self.runner.call(viewer_of, self.request)
        fragments = await self.render_slots(plans)
        responses, titles, status_code = [*layout.responses], [*layout.titles], 200
        mount_url, below = location.src.partition("?")[0], prefix_of(location.path, segment)
        for place, plan, found in zip(range(1, len(parts), 2), plans, fragments, strict=True):
            if found.final_response:
                others = [response for found in fragments for response in found.responses]
                return Fragment(
                    "", (*layout.responses, *others), final_response=found.final_response
                )
            responses += found.responses
            titles += found.titles
            if found.status_code != 200:
                status_code = max(status_code, found.status_code)
            key = key_of(segment, location.path, plan.address, viewer)
            element = slot_element(plan, found, key=key, mount_url=mount_url, prefix=below)
            parts[place] = "" if found is HIDDEN else element
        if SCRIPTS in layout.html:
            _move_scripts(parts)
        html = "".join(parts)
        # A browser would run a script of one URL twice, if a slot and the layout load it.
        if not prefix and (files := files_in("".join([found.html for found in fragments]))):
            html = with_files_once(html, files)
        return layout._replace(
            html=html, responses=tuple(responses), titles=tuple(titles), status_code=status_code
        )

    def _check_printed(self, segment: SegmentMatch, prefix: str, names: list[str]) -> None:
        """Record which slots a layout does not print. Raise an error for those that it prints twice."""
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise ImproperlyConfigured(
                f"The layout {name_of(segment.segment.layout)} prints slot {twice!r} more than once. "
                "Print it once, and move or hide it with CSS."
            )
        for slot in segment.segment.slots:
            if slot.name not in names:
                self.trace.hidden[prefix + slot.name] = "its layout does not print it"

    # --- Views that are called, but not shown ---

    async def first_refusal(self, checks: Iterable[AccessCheck]) -> HttpResponseBase | None:
        """Call the views of access checks; return the first response that is a refusal.

        An exception such as ``PermissionDenied`` propagates. A view in a slot that the user may not see
        is not called: what is shown instead of it is hidden as well.
        """
        for check in checks:
            location, match = check.location, check.match
            if isinstance(check.view, TemplateView):
                continue
            if not await self.passes_tests((one, location) for one in match.enclosing):
                continue
            if isinstance(match, SegmentMatch):
                call = self.layout_call(match, check.address, location)
                call.role = "check"
            else:
                # The page's own URL has other slots.
                plan = replace(self.plan, changed=(), kept=())
                segment, prefix = check.outer or plan.root, check.address.parent.prefix
                context = TemplateContext(segment, location, prefix, plan)
                call = ViewCall(match, location, context, check.address, "check", "page")
            response = await self.call(call)
            refuses = response.status_code != 200 or is_final(response)
            if call.cost:
                call.cost.record_response(response, is_shown=not refuses)
            if refuses:
                return response
            keep_printed(self.request, call.printed)
        return None

    async def is_printed(
        self, address: str, printed: dict[str, list[str]]
    ) -> bool | HttpResponseBase:
        """Tell whether the layouts around a slot print it; ask those that are not known to have done so.

        ``printed`` keeps what each layout has printed, by the slot that shows it. Returns a layout's
        response if that is an answer of its own, such as a redirect.
        """
        match: Match | None = self.plan.root
        layout = NO_SLOT
        for name in address.split("."):
            if not isinstance(match, SegmentMatch):
                break  # It is intercepted: the key of that is proof enough.
            inner = layout.child(name)
            if not self.plan.known_printed.intersection((address, inner)):
                if layout not in printed:
                    call = self.layout_call(match, layout, self.plan.location)
                    response = await self.call(call)
                    if (html := html_of(response)) is None:
                        return response
                    keep_printed(self.request, call.printed)
                    printed[layout] = marker_pattern().findall(html)
                if name not in printed[layout]:
                    return False
            match, layout = match.slots.get(name), inner
        return True


def _move_scripts(parts: list[str]) -> None:
    """Move the scripts of slots, which are every second part, to the place that the layout has for them."""
    scripts = ""
    for number in range(1, len(parts), 2):
        parts[number], found = split_scripts(parts[number])
        scripts += found
    for number in range(0, len(parts), 2):
        parts[number] = parts[number].replace(SCRIPTS, scripts)
