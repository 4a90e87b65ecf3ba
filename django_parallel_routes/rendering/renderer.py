"""Renders the slots of a plan: pages, defaults, loading states and failures.

How a page is rendered, from top to bottom; a soft response begins at ``render_slots()``::

    render_whole_page()          calls the root layout
        fill_in_slots()          puts slots into the HTML of a layout that has printed them
            render_slots()       renders slots side by side
                render_slot()    renders one slot, or what it shows instead: nothing, or a failure
                    render_page()       calls the view of a page, or
                    render_segment()    calls a layout in the slot, and then fill_in_slots()

The base classes do the rest: ``ViewCaller.call()`` calls each view, and ``AccessChecker`` finds out what the
user may see. All of these methods are coroutines, whether anything in them waits or not. ``Runner`` runs
them, with or without an event loop.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Collection, Sequence
from contextlib import nullcontext
from copy import copy
from html import escape
from typing import Any

from django.conf import settings
from django.core.handlers.exception import response_for_exception
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.utils.log import log_response

from django_parallel_routes.declarations import View
from django_parallel_routes.instrumentation.costs import Role
from django_parallel_routes.matches import Captured, PageMatch, SegmentMatch
from django_parallel_routes.planning.plan import Plan, SlotPlan, key_of
from django_parallel_routes.protocol.query import RAISE, with_option
from django_parallel_routes.rendering.access import AccessChecker
from django_parallel_routes.rendering.fragments import (
    BUSY,
    EMPTY,
    HIDDEN,
    Fragment,
    html_of,
    problem_of,
    slot_element,
    split_title,
    title_order,
    with_title,
)
from django_parallel_routes.rendering.markup import (
    SCRIPTS,
    files_in,
    is_document,
    move_scripts,
    part_of,
    with_files_once,
)
from django_parallel_routes.rendering.shown_messages import restore_cut_off, restore_printed
from django_parallel_routes.rendering.template_context import marker_pattern
from django_parallel_routes.rendering.view_calls import Runner, ViewCall, views_of
from django_parallel_routes.request.details import viewer_of
from django_parallel_routes.values import NO_SLOT, SlotAddress

logger = logging.getLogger("django.request")


class Renderer(AccessChecker):
    """Renders one plan."""

    def __init__(self, request: HttpRequest, plan: Plan, *, shows_errors: bool = True) -> None:
        super().__init__(request, plan)
        self.shows_errors = shows_errors
        """Whether a slot that fails shows its ``error`` or ``not_found`` view, if it has one."""
        self.streamed: list[SlotPlan] = []
        """Slots that show their loading states first, and whose pages follow in this response."""
        self.is_complete = True
        """Whether no slot shows its loading state."""
        self.form_slot = ""
        """The address of the slot whose view gets the form."""
        self._form_fragment: Fragment | None = None

    def with_plan(self, plan: Plan) -> Renderer:
        """Return a renderer for a plan with more slots. It does not call the form's view again."""
        other = copy(self)
        other.plan = self.details.plan = plan
        other.runner = Runner.of(views_of(plan))
        return other

    async def run_form(self) -> Fragment:
        """Make the access checks, then render the slot of a form.

        Raises ``Http404`` if no layout prints it.
        """
        if refusal := await self.first_refusal(self.plan.access_checks):
            return Fragment("", final_response=refusal)
        for address in self.plan.form_slots:
            plan = self.plan.changed_by_address[address]
            if plan.slot_tests and not await self.passes_tests(plan.slot_tests):
                continue
            is_printed = await self.is_printed(address)
            if not isinstance(is_printed, bool):
                return Fragment("", final_response=is_printed)
            if is_printed:
                self.form_slot = address
                self._form_fragment = await self.render_slot(plan)
                self._tests.clear()  # The form may have changed what the tests depend on.
                return self._form_fragment
        raise Http404(f"The layout does not print the slot {self.plan.form_slots[0]!r}.")

    async def render_slots(self, plans: Sequence[SlotPlan]) -> list[Fragment]:
        """Render slots side by side, and after them those with ``unmatched="refresh"``.

        If one of the first has a final response, the last are left out, so that no messages are lost.
        """
        last = [plan for plan in plans if plan.slot.unmatched == "refresh"]
        if not last:
            return await self.runner.gather(map(self.render_slot, plans))
        first = [plan for plan in plans if plan.slot.unmatched != "refresh"]
        found: dict[SlotAddress, Fragment] = {}
        for group in (first, last):
            if not any(fragment.final_response for fragment in found.values()):
                fragments = await self.runner.gather(map(self.render_slot, group))
                found |= zip([plan.address for plan in group], fragments, strict=True)
        return [found.get(plan.address, HIDDEN) for plan in plans]

    async def render_slot(self, plan: SlotPlan) -> Fragment:
        """Render one slot: its page, its loading state, or what it shows instead.

        No other method calls the views of slots, so each slot is rendered after its tests.
        """
        address, match = plan.address, plan.match
        if plan.slot_tests and not await self.passes_tests(plan.slot_tests):
            self.details.hidden[address] = "its test_func does not let the user see it"
            return HIDDEN
        if self._form_fragment and address == self.form_slot:
            return self._form_fragment
        try:
            if plan.arrival != "now":
                fragment = await self._render_loading(plan)
            elif isinstance(match, PageMatch):
                fragment = await self.render_page(plan, match)
            elif match:
                fragment = await self.render_segment(plan, match)
            else:
                fragment = EMPTY
        except Exception as exception:
            _add_note(exception, f"In slot {address!r} of {plan.location.src}.")
            view = self._fallback_for(plan, 404 if isinstance(exception, Http404) else 500)
            if view is None:
                raise
            # This function logs and signals the exception.
            failure = await self.runner.call(response_for_exception, self.request, exception)
            fragment = await self._render_failure(plan, view, failure, exception)
        else:
            refusal = fragment.final_response
            if refusal and refusal.status_code >= 400 and address != self.form_slot:
                view = self._fallback_for(plan, refusal.status_code)
                if view is not None:
                    await self.runner.call(_log_refusal, self.request, refusal)
                    fragment = await self._render_failure(plan, view, refusal)
        if plan.stacked and plan.arrival == "now" and not fragment.final_response:
            return await self._with_next_level(plan, plan.stacked, fragment)
        return fragment

    async def _render_loading(self, plan: SlotPlan) -> Fragment:
        """Render what a slot shows until its page arrives."""
        self.is_complete = False
        view = plan.slot.loading
        assert view  # Otherwise the slot would not be planned to come later.
        fragment = BUSY
        if not plan.is_same_page:
            page = PageMatch(view, plan.outer.captured)
            fragment = await self.render_page(plan, page, role="loading")
            fragment = fragment._replace(state="loading")
        if plan.arrival == "streamed" and not fragment.final_response:
            self.streamed.append(plan)
        return fragment

    def _fallback_for(self, plan: SlotPlan, status_code: int) -> View | None:
        """Return the view that a slot shows instead of a failure with this status, if it has one."""
        if not self.shows_errors:
            return None
        return plan.slot.not_found if status_code == 404 else plan.slot.error

    async def _render_failure(
        self,
        plan: SlotPlan,
        view: View,
        failure: HttpResponseBase,
        exception: Exception | None = None,
    ) -> Fragment:
        """Render the state that a slot shows instead of a failure.

        ``failure`` is the response of the slot's view, or Django's response to the ``exception``.
        """
        status_code = failure.status_code
        state: Role = "not-found" if status_code == 404 else "error"
        kwargs = {"exception": exception, "status_code": status_code}
        page = PageMatch(view, plan.outer.captured.with_inner(Captured((), kwargs)))
        statuses = (200, status_code)
        fragment = await self.render_page(plan, page, role=state, statuses=statuses)
        if fragment.final_response:
            return fragment
        html = fragment.html
        for response in fragment.responses:
            response.status_code = 200  # Only the main page decides the status of the document.
            response.cookies.update(failure.cookies)  # For example, the cookie of the CSRF token.
            if state == "error":  # The next request may succeed.
                add_never_cache_headers(response)
        if settings.DEBUG and exception and state == "error":
            own_page = "" if plan.action == "intercepted" else plan.location.src
            html += _traceback_of(exception, own_page and with_option(own_page, RAISE))
        shown_code = status_code if plan.address.is_main else 200
        return fragment._replace(html=html, state=state, status_code=shown_code)

    async def _with_next_level(
        self, plan: SlotPlan, next_level: SlotPlan, level: Fragment
    ) -> Fragment:
        """Return what a slot shows, followed by the slot of the level above it."""
        fragment = await self.render_slot(next_level)
        mount = plan.intercepted.mount if plan.intercepted else plan.location
        responses = (*level.responses, *fragment.responses)
        if fragment.final_response:
            return fragment._replace(responses=responses)
        element = slot_element(
            next_level,
            fragment,
            key=key_of(plan.outer, mount.path, next_level.address, viewer_of(self.request)),
            mount_url=mount.src.partition("?")[0],
            prefix=plan.outer.prefix_url(mount.path),
            is_level=True,
        )
        titles = (*level.titles, *fragment.titles)
        return level._replace(html=level.html + element, responses=responses, titles=titles)

    async def render_whole_page(self) -> Fragment:
        """Call the root layout, and render the slots that it prints."""
        root, location = self.plan.root, self.plan.location
        origin = location.src if location.path != self.request.path else ""
        call = ViewCall.of_layout(self.plan, root, NO_SLOT, location, origin)
        response = await self.call(call)
        html = html_of(response)
        if call.cost:
            call.cost.record_response(response, html)
        if html is None:
            return Fragment("", final_response=response)
        return await self.fill_in_slots(Fragment(html, (response,)), call)

    async def fill_in_slots(self, layout: Fragment, call: ViewCall) -> Fragment:
        """Render the slots that a layout has printed, and put them in the places of their markers."""
        segment, prefix, location = call.context.segment, call.address.prefix, call.location
        parts = marker_pattern().split(layout.html)
        names = parts[1::2]
        if call.cost:
            call.cost.size = sum(len(part.encode()) for part in parts[::2])
        hidden = segment.slots.keys() - names
        if hidden or len(names) > len(segment.slots):
            self.check_printed(segment, prefix, names)
        plans = [self.plan.changed_by_address[prefix + name] for name in names]
        # Keys depend on the user if the layout or a test has looked at the user. So the tests run first, and
        # the pages later.
        for plan in plans:
            if tests := plan.slot_tests:
                await self.passes_tests(tests)
        viewer = await self.runner.call(viewer_of, self.request)
        fragments = await self.render_slots(plans)
        responses, titles, status_code = [*layout.responses], [*layout.titles], 200
        mount_url, below = location.src.partition("?")[0], segment.prefix_url(location.path)
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
        if titles and not prefix:
            # The head ends before the first slot, so the rest of the page need not be searched.
            parts[0] = with_title(parts[0], min(titles)[1])
        if SCRIPTS in layout.html:
            move_scripts(parts)
        html = "".join(parts)
        if not prefix:
            # A browser would run a script of one URL twice, if a slot and the layout load it.
            of_slots = "".join([found.html for found in fragments])
            lower = of_slots.lower()
            if "<script" in lower or "stylesheet" in lower:
                html = with_files_once(html, files_in(of_slots))
        return layout._replace(
            html=html, responses=tuple(responses), titles=tuple(titles), status_code=status_code
        )

    async def render_page(
        self,
        plan: SlotPlan,
        match: PageMatch,
        *,
        role: Role = "page",
        statuses: Collection[int] = (200,),
    ) -> Fragment:
        """Call the view of a page, or the view that a slot shows instead."""
        call = ViewCall.of_page(self.plan, plan, match, role)
        if role == "page" and plan.address == self.form_slot:
            call.is_form = True
            # The response to OPTIONS lists the methods of the view, and is no page.
            statuses = () if self.request.method == "OPTIONS" else (*statuses, 422)
        return await self._render_view(plan, call, statuses)

    async def render_segment(self, plan: SlotPlan, match: SegmentMatch) -> Fragment:
        """Call the layout that a slot shows, and render the slots that it prints."""
        call = ViewCall.of_layout(self.plan, match, plan.address, plan.location, plan.close_url)
        has_fallback = self._fallback_for(plan, 404) or self._fallback_for(plan, 500)
        # A fallback replaces the layout and the slots in it, so all that their views have written is undone.
        # If slots run side by side, they can't be undone together. Then each view has a savepoint.
        undone_together = has_fallback and not self.runner.concurrent
        with self.runner.transaction() if undone_together else nullcontext():
            layout = await self._render_view(plan, call)
            return layout if layout.final_response else await self.fill_in_slots(layout, call)

    async def _render_view(
        self, plan: SlotPlan, call: ViewCall, statuses: Collection[int] = (200,)
    ) -> Fragment:
        """Call a view. Return what the slot shows; or the response as final, if no slot can show it."""
        response = await self.call(call)
        html = html_of(response, statuses, in_page=True)
        if call.cost:
            call.cost.record_response(response, html)
        if html is None:
            if (
                not call.is_form
            ):  # As in any Django view, the code of a form may clear the messages.
                restore_printed(self.request, call.printed)
            return Fragment("", final_response=response)
        if call.part.elements and is_document(html):
            whole, html = html, part_of(html, call.part.elements) or html
            restore_cut_off(self.request, call.printed, whole, html)
        html, title = split_title(html)
        problem = ""
        if self._is_debugged and (problem := problem_of(html, call.page.view, plan)):
            logger.warning(problem)
        own_title = None
        # A loading state does not know the title of the page that follows.
        order = title_order(self.plan, plan) if title and call.role != "loading" else None
        if order is not None:
            # The title of a layout counts less than the titles of the pages in it.
            own_title = (f"{order}~" if call.context.is_layout else order), title
        return Fragment(
            html,
            (response,),
            title=own_title,
            titles=(own_title,) if own_title else (),
            problem=problem,
            tables_read=call.cost.tables.reads if call.cost and call.cost.tables else (),
        )


def _add_note(exception: Exception, note: str) -> None:
    """Add the innermost slot to an exception. Django's page and logs name only the main view."""
    if any(one.startswith("In slot") for one in getattr(exception, "__notes__", ())):
        return
    if hasattr(exception, "add_note"):  # pragma: no branch - Python 3.10 has no notes
        exception.add_note(note)


def _log_refusal(request: HttpRequest, response: HttpResponseBase) -> None:
    """Log a response that a slot can't show, as Django does for a request."""
    reason: Any = response  # django-stubs allow no streaming response here
    log_response("%s: %s", reason.reason_phrase, request.path, response=reason, request=request)


def _traceback_of(exception: Exception, url: str) -> str:
    """Return the traceback that follows an error on screen. ``url`` leads to Django's own page."""
    text = escape("".join(traceback.format_exception(exception)))
    summary = escape(f"{type(exception).__name__}: {exception}".removesuffix(": "))
    link = f'<a href="{escape(url)}" data-pr-intercept="false">The full error page</a>'
    page = f"<p>{link}</p>" if url else ""
    return (
        f'<details class="parallel-routes-traceback"><summary>{summary}</summary>'
        f"{page}<pre>{text}</pre></details>"
    )
