"""The view of a URL inside a ``slots()``: decides, renders what was decided, and answers, in one pass."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.handlers.exception import response_for_exception
from django.db import connections
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.urls import Resolver404

from django_parallel_routes.declarations import View
from django_parallel_routes.http.prefetch import prefetch_response
from django_parallel_routes.http.redirects import (
    attach_refreshes,
    empty_response,
    final_response,
    has_other_session,
    load_document_response,
)
from django_parallel_routes.http.responses import (
    add_costs,
    add_vary,
    page_response,
    set_cookies_of,
    slot_response,
    soft_response,
    streamed_response,
)
from django_parallel_routes.matches import SegmentMatch, TemplateView, ViewWithMatch
from django_parallel_routes.planning.context import Context, ResolvedUrl
from django_parallel_routes.planning.history import plan_refresh, with_refreshes
from django_parallel_routes.planning.plan import AccessCheck, Plan, plan_page
from django_parallel_routes.planning.planner import (
    Decision,
    decide,
    mark_same_pages,
    page_in_address_bar,
)
from django_parallel_routes.protocol.query import INLINE, with_option
from django_parallel_routes.protocol.state import HEADER, State
from django_parallel_routes.refresh import take_refreshes
from django_parallel_routes.rendering.renderer import Renderer
from django_parallel_routes.rendering.shown_messages import restore_unseen
from django_parallel_routes.rendering.streaming import late_slots, late_slots_async
from django_parallel_routes.rendering.view_calls import run_plain
from django_parallel_routes.request.details import details_of, location_of
from django_parallel_routes.resolvers import SlotStep, with_ancestors
from django_parallel_routes.values import ALL, replace


class SlotsView(ViewWithMatch):
    """The view of one match of a ``slots()``.

    To Django, it looks like the view of the URL's main page. Of the attributes that decorators set for
    middleware, it has the strictest. It is sync, and awaits async views of slots inside.
    """

    __defaults__ = __kwdefaults__ = __partialmethod__ = None
    """Django asks for each request whether this is a coroutine function. Python then looks for these, and to
    find them takes less time than an ``AttributeError`` for each. It looks for ``__code__``, too. That is
    missing, because decorators tell functions by it, and read it."""

    def __init__(self, match: SegmentMatch) -> None:
        self.match = match
        self.main_view = match.main_page.view
        # Django, too, names a view without a name after its class.
        named: Any = self.main_view
        if not hasattr(named, "__name__"):
            named = type(named)
        self.__module__, self.__name__ = named.__module__, named.__name__
        self.__qualname__ = named.__qualname__

    def __repr__(self) -> str:
        return f"<SlotsView {self.match.segment!r}>"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return respond(request, decide(request, self.match_for(request, args, kwargs)))

    def match_for(
        self, request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> SegmentMatch:
        """Return the match with what stands above it in the URLconf, and with the arguments of a call."""
        match, found = self.match, request.resolver_match
        if found:
            match = with_ancestors(match, found, request.path_info[1:])
        return match.called_with(args, kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.main_view, name)

    @property
    def login_required(self) -> bool:
        """Whether ``LoginRequiredMiddleware`` asks for a login: if it would for any of the views."""
        asks = [getattr(view, "login_required", True) for view in self._views_that_count]
        return any(asks) or not asks

    @property
    def csrf_exempt(self) -> bool:
        return all(getattr(view, "csrf_exempt", False) for view in self._views_that_count)

    @property
    def should_append_slash(self) -> bool:
        return all(getattr(view, "should_append_slash", True) for view in self._views_that_count)

    @property
    def _non_atomic_requests(self) -> set[str]:
        # Each slot's view has a transaction of its own.
        return set(connections)

    @property
    def _views_that_count(self) -> Iterator[View]:
        return (view for view in self.match.views() if not isinstance(view, TemplateView))


def respond(
    request: HttpRequest, decision: Decision, renderer_type: type[Renderer] = Renderer
) -> HttpResponseBase:
    """Return the response to a request as it was decided.

    The explain command passes a ``renderer_type`` that renders layouts alone.
    """
    if decision.state and decision.state.prefetch:
        response = prefetch_response(request, partial(_dispatch, request, decision, renderer_type))
    else:
        response = _dispatch(request, decision, renderer_type)
    return add_costs(request, response)


def _dispatch(
    request: HttpRequest, decision: Decision, renderer_type: type[Renderer]
) -> HttpResponseBase:
    """Render a plan; answer one that shows nothing without rendering."""
    plan, state = decision.plan, decision.state
    assert plan
    is_prefetch = state is not None and state.prefetch != ""
    if plan.kind in ("page", "slots", "one_slot"):
        return _Responder(request, decision, plan, renderer_type).response()
    details_of(request).plan = plan
    if is_prefetch:
        return empty_response()
    if plan.kind == "missing":
        return add_vary(response_for_exception(request, _not_found(request, plan)))
    return load_document_response(request, state)


class _BackgroundHidden(Http404):
    """The background of a target can't be shown: the target's own page answers."""


class _Responder:
    """Makes the response to one request in one pass: on one event loop, in one transaction."""

    def __init__(
        self,
        request: HttpRequest,
        decision: Decision,
        plan: Plan,
        renderer_type: type[Renderer],
    ) -> None:
        self.request, self.decision, self.state = request, decision, decision.state
        self.renderer = renderer_type(request, plan, shows_errors=not decision.options.raises)
        self.submitted: tuple[HttpResponseBase, ...] = ()
        """The response of the form's view."""
        self.checked: tuple[AccessCheck, ...] = ()
        """The access checks that were made before the form's view has run."""

    def response(self) -> HttpResponseBase:
        """Return the response, or the target's own page if its background can't be shown."""
        try:
            return self.renderer.runner.run(self.render())
        except Exception as error:
            restore_unseen(self.request)
            is_refused = isinstance(error, Http404 | PermissionDenied)
            if not (self.decision.has_background and is_refused):
                raise
        target = self.decision.context.target
        if target.root is None:
            return run_plain(self.request, target.pages[0])
        plan = plan_page(target.root, target.location)
        alone = replace(self.decision, plan=plan, has_background=False)
        return _dispatch(self.request, alone, type(self.renderer))

    async def render(self) -> HttpResponseBase:
        """Make the access checks, run the slot of a form, then render the page or the changed slots."""
        renderer = self.renderer
        checks = renderer.plan.access_checks
        if checks and (refusal := await renderer.first_refusal(checks)):
            return self._finish_with(refusal)
        if self.decision.has_background and await renderer.hides_intercepted_page():
            raise _BackgroundHidden
        if not renderer.plan.form_slots:
            return await self._render_plan()
        response = await self._submit()
        if response is None:
            response = await renderer.runner.hand_over(self._render_plan(), self.renderer.runner)
        return response

    async def _submit(self) -> HttpResponseBase | None:
        """Run the slot of a form; return its response, unless the page or other slots follow."""
        request, state = self.request, self.state
        form = await self.renderer.run_form()
        names = take_refreshes(request, state, self.renderer.form_tables) if state else ()
        if state and has_other_session(request):
            names = (ALL,)  # What is on screen was for another user.
        if form.final_response:
            response = final_response(request, form.final_response, form.responses)
            shown = await self._refreshed_select(names, response)
            return shown or attach_refreshes(request, response, names)
        if self.renderer.plan.kind == "one_slot":
            return attach_refreshes(request, slot_response(form), names)
        self.submitted, self.checked = form.responses, self.renderer.plan.access_checks
        if state and names:
            refreshed = self._refreshed, self.renderer.plan, names, state
            self.renderer = self.renderer.with_plan(await self.renderer.runner.call(*refreshed))
        return None

    def _refreshed(self, plan: Plan, names: tuple[str, ...], state: State) -> Plan:
        """Return a plan with the slots that a form refreshes."""
        context = Context(self.request, ResolvedUrl(plan.location), state)
        return mark_same_pages(
            with_refreshes(plan, names, context, page_in_address_bar(context)), state
        )

    async def _refreshed_select(
        self, names: tuple[str, ...], response: HttpResponseBase
    ) -> HttpResponseBase | None:
        """Answer a form that adds an option to a select with the slot of the select, if it redirects."""
        state = self.state
        if not (state and state.option_for in state.slots and "Location" in response):
            return None

        def plan_select() -> Plan | None:
            target = ResolvedUrl(self.renderer.plan.location)
            asked = replace(state, refresh=(state.option_for, *state.refresh))
            plan = plan_refresh(Context(self.request, target, asked))
            return plan and self._refreshed(plan, names, state)

        renderer = self.renderer
        if (plan := await renderer.runner.call(plan_select)) is None:
            return None
        select = _Responder(self.request, self.decision, plan, type(renderer))
        select.renderer.runner = select.renderer.runner.after(renderer.runner)
        soft = await renderer.runner.hand_over(select.render(), select.renderer.runner)
        if HEADER not in soft:  # Something else answers instead of one of its slots.
            renderer.details.plan = renderer.plan
            return None
        soft.cookies.update(response.cookies)
        return soft

    async def _render_plan(self) -> HttpResponseBase:
        """Render the page, or the changed slots."""
        renderer, plan, submitted = self.renderer, self.renderer.plan, self.submitted
        if submitted:
            checks = [one for one in plan.access_checks if one not in self.checked]
            if refusal := await renderer.first_refusal(checks):
                return self._finish_with(refusal)
        if plan.kind == "page":
            page = await renderer.render_whole_page()
            if page.final_response:
                return self._finish_with(page.final_response, *page.responses)
            complete_url = (
                "" if renderer.is_complete else with_option(location_of(self.request).src, INLINE)
            )
            response = page_response(self.request, page, complete_url)
        else:
            if await renderer.hides_any_slot():
                return self._finish_with(load_document_response(self.request, self.state))
            fragments = await renderer.render_slots(plan.changed)
            for fragment in fragments:
                if fragment.final_response:
                    parts = (part for one in fragments for part in one.responses)
                    return self._finish_with(fragment.final_response, *parts)
            response = soft_response(self.request, plan, fragments)
            # A refreshed layout may not print the form's slot.
            set_cookies_of(response, submitted)
        if renderer.streamed:
            response = await renderer.runner.call(self._streamed, response)
        return response

    def _streamed(self, page: HttpResponseBase) -> HttpResponseBase:
        get_token(self.request)  # Its cookie has to go out now, if a form is to come.
        is_async = hasattr(self.request, "scope")  # Requests of ASGI have it.
        stream = late_slots_async if is_async else late_slots
        return streamed_response(page, stream(self.renderer))

    def _finish_with(
        self, response: HttpResponseBase, *others: HttpResponseBase
    ) -> HttpResponseBase:
        """Answer with a response that is no page or slot, such as a redirect."""
        if self.decision.has_background:
            raise _BackgroundHidden
        restore_unseen(self.request, response)
        others = (*self.submitted, *others)
        return final_response(self.request, response, others, paths=self.renderer.plan.paths)


def _not_found(request: HttpRequest, plan: Plan) -> Resolver404:
    """Return the 404 of a URL for which a slot has nothing; the debug page names the slot."""
    tried: list[list[Any]] = []
    for missing in plan.missing:
        address, slot = missing.address, missing.slot
        assert slot
        tried.extend([SlotStep(address), pattern] for pattern in slot.patterns)
        remedy = (
            f"{address} has neither a page for this URL nor a default. In {slot.declared_at}, add one: "
            f"{slot.name}=slot([...], default=views.something); or default=None, for an empty slot."
        )
        tried.append([SlotStep(remedy)])
    return Resolver404({"path": request.path_info[1:], "tried": tried})
