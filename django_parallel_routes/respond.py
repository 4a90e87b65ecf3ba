"""The view of all URLs inside a ``slots()``: makes the plan, renders it, and returns the response."""

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
    UNCOMPRESSED,
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
from django_parallel_routes.request.details import details_of, location_of
from django_parallel_routes.resolvers import SlotStep, with_ancestors
from django_parallel_routes.values import ALL, replace


class SlotsView(ViewWithMatch):
    """The view of one match of a ``slots()``.

    To Django, it looks like the view of the URL's main page. For each attribute that decorators set for
    middleware, it has the strictest value of all its views. It is a sync view, and runs the async views of
    slots itself.
    """

    __defaults__ = __kwdefaults__ = __partialmethod__ = None
    """For each request, Django asks whether this view is a coroutine function. Python then looks for these
    attributes, and an ``AttributeError`` for each would take longer. ``__code__`` is missing on purpose:
    decorators take an object with that attribute for a function, and read it."""

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
        """Return the match with what the patterns above contribute, and with the arguments of a call."""
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
        """Whether ``LoginRequiredMiddleware`` asks for a login: if any of the views requires one."""
        asks = [getattr(view, "login_required", True) for view in self._views_of_project]
        return any(asks) or not asks

    @property
    def csrf_exempt(self) -> bool:
        return all(getattr(view, "csrf_exempt", False) for view in self._views_of_project)

    @property
    def should_append_slash(self) -> bool:
        return all(getattr(view, "should_append_slash", True) for view in self._views_of_project)

    @property
    def _non_atomic_requests(self) -> set[str]:
        # Each slot's view has a transaction of its own.
        return set(connections)

    @property
    def _views_of_project(self) -> Iterator[View]:
        return (view for view in self.match.views() if not isinstance(view, TemplateView))


def respond(
    request: HttpRequest, decision: Decision, renderer_type: type[Renderer] = Renderer
) -> HttpResponseBase:
    """Return the response to a request, as its decision says.

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
    """Render a plan, or return the response to a request for which there is nothing to render."""
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
    """The background of a target can't be shown. The target's own page is shown instead."""


class _Responder:
    """Makes the response to one request in one pass, in one transaction and on one event loop at most.

    Two coroutines call the views: first that of a form, if any, and then those of the page or slots.
    """

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
            with (runner := self.renderer.runner).transaction():
                if not self.renderer.plan.form_slots:
                    return self._show()
                return runner.on_one_loop(self._submit)
        except Exception as error:
            restore_unseen(self.request)
            is_refused = isinstance(error, Http404 | PermissionDenied)
            if not (self.decision.has_background and is_refused):
                raise
        target = self.decision.context.target
        if target.root is None:
            return self.renderer.call_without_plan(target.pages[0])
        plan = plan_page(target.root, target.location)
        alone = replace(self.decision, plan=plan, has_background=False)
        return _dispatch(self.request, alone, type(self.renderer))

    def _submit(self) -> HttpResponseBase:
        """Run the slot of a form; then show the page or other slots, unless the form's response is final."""
        request, state, plan = self.request, self.state, self.renderer.plan
        form = self.renderer.runner.run(self.renderer.run_form())
        names = take_refreshes(request, state, self.renderer.form_tables) if state else ()
        if state and has_other_session(request):
            names = (ALL,)  # What is on screen was for another user.
        if form.final_response:
            if not self.renderer.form_slot:  # The form's view has not been called.
                restore_unseen(request, form.final_response)
            response = final_response(request, form.final_response, form.responses)
            shown = self._refreshed_select(names, response)
            return shown or attach_refreshes(request, response, names)
        if plan.kind == "one_slot":
            return attach_refreshes(request, slot_response(form), names)
        self.submitted, self.checked = form.responses, plan.access_checks
        if state and names:
            self.renderer = self.renderer.with_plan(self._refreshed(plan, names, state))
        return self._show()

    def _refreshed(self, plan: Plan, names: tuple[str, ...], state: State) -> Plan:
        """Add the slots that a form refreshes to a plan."""
        context = Context(self.request, ResolvedUrl(plan.location), state)
        return mark_same_pages(
            with_refreshes(plan, names, context, page_in_address_bar(context)), state
        )

    def _refreshed_select(
        self, names: tuple[str, ...], response: HttpResponseBase
    ) -> HttpResponseBase | None:
        """Return the slot with the select that a form adds an option to, if the form's view redirects."""
        state, renderer = self.state, self.renderer
        if not (state and state.option_for in state.slots and "Location" in response):
            return None
        refreshing = replace(state, refresh=(state.option_for, *state.refresh))
        plan = plan_refresh(Context(self.request, ResolvedUrl(renderer.plan.location), refreshing))
        if plan is None:
            return None
        plan = self._refreshed(plan, names, state)
        select = _Responder(self.request, self.decision, plan, type(renderer))._show()
        if HEADER not in select:  # It is a redirect or a refusal, for example.
            renderer.details.plan = renderer.plan
            return None
        select.cookies.update(response.cookies)
        return select

    def _show(self) -> HttpResponseBase:
        """Render the plan; return the page or the changed slots, which late slots may follow."""
        renderer = self.renderer
        response = renderer.runner.run(self._render())
        if not renderer.streamed:
            return response
        get_token(self.request)  # A late slot may have a form, and the cookie has to go out now.
        self.request.META.update(UNCOMPRESSED)
        is_async = hasattr(self.request, "scope")  # Requests of ASGI have it.
        stream = late_slots_async if is_async else late_slots
        return streamed_response(response, stream(renderer))

    async def _render(self) -> HttpResponseBase:
        """Make the access checks, then render the page or the changed slots."""
        renderer, plan = self.renderer, self.renderer.plan
        if plan.access_checks:
            checks = [one for one in plan.access_checks if one not in self.checked]
            if refusal := await renderer.first_refusal(checks):
                return self._finish_with(refusal)
        if self.decision.has_background and await renderer.hides_intercepted_page():
            raise _BackgroundHidden
        if plan.kind == "page":
            page = await renderer.render_whole_page()
            if page.final_response:
                return self._finish_with(page.final_response, *page.responses)
            url = location_of(self.request).src
            complete_url = "" if renderer.is_complete else with_option(url, INLINE)
            return page_response(self.request, page, complete_url)
        if await renderer.hides_any_slot():
            return self._finish_with(load_document_response(self.request, self.state))
        fragments = await renderer.render_slots(plan.changed)
        for fragment in fragments:
            if fragment.final_response:
                parts = (part for one in fragments for part in one.responses)
                return self._finish_with(fragment.final_response, *parts)
        response = soft_response(self.request, plan, fragments)
        # A refreshed layout may not print the form's slot.
        set_cookies_of(response, self.submitted)
        return response

    def _finish_with(
        self, response: HttpResponseBase, *others: HttpResponseBase
    ) -> HttpResponseBase:
        """Return a response that is no page or slot, such as a redirect, with the cookies of the others.

        No late slots follow it.
        """
        if self.decision.has_background:
            raise _BackgroundHidden
        self.renderer.streamed.clear()
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
