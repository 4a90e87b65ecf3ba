"""The composite view: what a URL inside a ``slots()`` resolves to. It reads top to bottom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.handlers.exception import response_for_exception
from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.urls import Resolver404, URLResolver, get_resolver, get_urlconf

from django_parallel_routes.address import ALL
from django_parallel_routes.contrib.table_tracking import watched
from django_parallel_routes.declarations import SlotStep, TemplateView, View, interceptions
from django_parallel_routes.http.responses import (
    document_answer,
    has_other_session,
    nothing_answer,
    other_answer,
    page_answer,
    passing_on,
    slot_answer,
    soft_answer,
    streamed_answer,
    timed,
    varying,
)
from django_parallel_routes.instrumentation.trace import trace_of
from django_parallel_routes.matches import Captured, Composite, PageMatch, SegmentMatch, match_in
from django_parallel_routes.planning.history import plan_refresh, with_refreshes
from django_parallel_routes.planning.plan import Plan, Target, plan_page
from django_parallel_routes.planning.planner import (
    Decision,
    concerns,
    decide,
    is_for_browser,
    page_of,
    resolver_for,
)
from django_parallel_routes.protocol.query import INLINE, directed
from django_parallel_routes.protocol.signing import key_of
from django_parallel_routes.protocol.state import State
from django_parallel_routes.refresh import take_refreshes
from django_parallel_routes.rendering.fragments import BUSY, FAILED, is_fragment, text_of
from django_parallel_routes.rendering.renderer import Renderer, rendered, renderer_of, run_plain
from django_parallel_routes.request.slot_request import location_of
from django_parallel_routes.resolvers import with_around


class SlotsView(Composite):
    """The view of one match of a ``slots()``: plans, renders, answers.

    To Django it looks like the view of the URL's main page, with the strictest of the attributes by
    which decorators tell middleware something. It is sync; async views of slots are awaited inside.
    """

    def __init__(self, match: SegmentMatch) -> None:
        self.match = match
        self.main_view = match.primary.view
        # As Django names views: an object without a name goes by that of its class.
        named: Any = self.main_view
        if not hasattr(named, "__name__"):
            named = type(named)
        self.__module__, self.__name__ = named.__module__, named.__name__
        self.__qualname__ = named.__qualname__

    def __repr__(self) -> str:
        return f"<SlotsView {self.match.segment!r}>"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        match = self.match_for(request, args, kwargs)
        return _decided(request, decide(request, match), partial(_plain_page, request))

    def match_for(
        self, request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> SegmentMatch:
        """Return its match below what stands around it in the URLconf, when it is called with this."""
        match, found = self.match, request.resolver_match
        if found:
            match = with_around(match, found, request.path_info)
        return match.called_with(args, kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.main_view, name)

    @property
    def login_required(self) -> bool:
        """Whether ``LoginRequiredMiddleware`` asks for a login: if any of the views would have it."""
        return any(getattr(view, "login_required", True) for view in self._voters) or not any(
            self._voters
        )

    @property
    def csrf_exempt(self) -> bool:
        return all(getattr(view, "csrf_exempt", False) for view in self._voters)

    @property
    def should_append_slash(self) -> bool:
        return all(getattr(view, "should_append_slash", True) for view in self._voters)

    @property
    def _non_atomic_requests(self) -> set[str]:
        # Each slot's view has a transaction of its own.
        return set(connections)

    @property
    def _voters(self) -> list[View]:
        return [view for view in self.match.views() if not isinstance(view, TemplateView)]


def answer_instead(
    request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponseBase | None:
    """Answer a request of the script for a URL outside of every ``slots()``, before its view runs.

    It may be intercepted or restored. Else a navigation learns that a document is there, and the
    browser loads that: its view runs once, and its messages and its file are for the browser (B61).
    """
    if not concerns(request):
        return None
    found = request.resolver_match
    assert found  # the view was resolved
    page = PageMatch.of(found, replace(Captured.of(found), args=args, kwargs=kwargs))
    decision = decide(request, page)
    if decision.plan:
        return _decided(request, decision, lambda decision: run_plain(request, page))
    state = decision.state
    if not is_for_browser(request, state):
        return None
    return (
        nothing_answer()
        if state and state.intent == "loading"
        else document_answer(request, state)
    )


def may_be_intercepted(request: HttpRequest) -> bool:
    """Tell whether some ``intercept()`` names the route of a request, so that its URL has two answers."""
    found = request.resolver_match
    if found is None or match_in(found.func):
        return False
    names = PageMatch.of(found, Captured()).names
    return not names.isdisjoint(_intercepted(get_resolver(get_urlconf())))


@lru_cache(maxsize=8)
def _intercepted(resolver: URLResolver) -> frozenset[str]:
    """Return the names of the routes that a URLconf intercepts."""
    return frozenset(rule.route for rule in interceptions(resolver.url_patterns))


def _decided(
    request: HttpRequest, decision: Decision, otherwise: Callable[[Decision], HttpResponseBase]
) -> HttpResponseBase:
    """Answer a request as it was decided; ``otherwise``, where a background can't be shown."""
    plan, guarded = decision.plan, not decision.said.raises
    assert plan
    if decision.is_background:
        instead = partial(otherwise, decision)
        answer = _carry_out(request, plan, guarded=guarded, otherwise=instead)
    else:
        answer = _answer(request, plan, decision.state, guarded=guarded)
    return timed(request, answer)


def _plain_page(request: HttpRequest, decision: Decision) -> HttpResponseBase:
    """Answer with the page of a URL itself, without its background."""
    root, location = decision.target.root, decision.target.location
    assert root
    return _answer(request, plan_page(root, location))


def _answer(
    request: HttpRequest, plan: Plan, state: State | None = None, *, guarded: bool = True
) -> HttpResponseBase:
    trace_of(request).plan = plan
    if state and state.intent == "loading":
        return _loading(request, plan)
    if plan.kind == "missing":
        return varying(response_for_exception(request, _not_found(request, plan)))
    if plan.kind == "document":
        return document_answer(request, state)
    return _carry_out(request, plan, state, guarded=guarded)


def _loading(request: HttpRequest, plan: Plan) -> HttpResponseBase:
    """Answer what is shown until a navigation is done, if that will be no document."""
    renderer = renderer_of(request)(request, plan)
    if plan.kind == "slots" and not renderer.run(renderer.is_hidden()):
        changes = renderer.run(renderer.changes())
        if not any(fragment.answer for _, fragment in changes):
            # The navigation itself will tell whether its page fails, too.
            shown = ((slot, BUSY if one.state in FAILED else one) for slot, one in changes)
            return soft_answer(request, plan, shown)
    return nothing_answer()


def _carry_out(
    request: HttpRequest,
    plan: Plan,
    state: State | None = None,
    *,
    guarded: bool = True,
    otherwise: Callable[[], HttpResponseBase] | None = None,
) -> HttpResponseBase:
    """Run a plan's views. If a page can't be made of them, the answer may be something else."""
    trace_of(request).plan = plan
    renderer = renderer_of(request)(request, plan, guarded=guarded)
    if not (plan.addressed and renderer.runner.is_atomic):
        return _carried_out(request, renderer, state, otherwise)
    with renderer.runner.transaction():  # what a form has written, and the page that answers it
        return rendered(_carried_out(request, renderer, state, otherwise))


def _carried_out(
    request: HttpRequest,
    renderer: Renderer,
    state: State | None,
    otherwise: Callable[[], HttpResponseBase] | None,
) -> HttpResponseBase:
    plan = renderer.plan
    submitted: tuple[HttpResponseBase, ...] = ()
    if plan.questions and (refusal := renderer.run(renderer.refusal())):
        return otherwise() if otherwise else other_answer(request, refusal, paths=plan.paths)
    if otherwise and renderer.run(renderer.hides_target()):
        return otherwise()
    if plan.addressed:
        with watched() as tables:
            fragment = renderer.run(renderer.addressed())
        names = take_refreshes(request, state, tables) if state else ()
        if state and has_other_session(request):
            names = (ALL,)  # what is on screen was for somebody else
        if fragment.answer:
            answer = other_answer(request, fragment.answer, fragment.responses)
            added = _added(request, renderer, state, answer, names) if state else None
            return added or passing_on(request, answer, names)
        if plan.kind == "slot":
            return passing_on(request, slot_answer(fragment), names)
        submitted = fragment.responses
        if state and names:
            asked = replace(plan, questions=())  # those of the form were, before it
            resolve, page = resolver_for(request), page_of(request, state)
            plan = with_refreshes(asked, names, state, key_of, resolve, page)
            trace_of(request).plan = plan
            renderer = renderer.of(plan)
            if plan.questions and (refusal := renderer.run(renderer.refusal())):
                return other_answer(request, refusal, submitted, paths=plan.paths)
    if plan.kind == "page":
        return _page(request, renderer, otherwise)
    if renderer.run(renderer.is_hidden()):
        return other_answer(request, document_answer(request, state), submitted)
    changes = renderer.run(renderer.changes())
    for _, fragment in changes:
        if fragment.answer:
            responses = [response for _, change in changes for response in change.responses]
            return other_answer(request, fragment.answer, responses, paths=plan.paths)
    answer = soft_answer(request, plan, changes)
    for response in submitted:  # whose slot a refreshed layout may not print any more
        for name, cookie in response.cookies.items():
            answer.cookies.setdefault(name, cookie)
    return answer


def _added(
    request: HttpRequest,
    renderer: Renderer,
    state: State,
    answer: HttpResponseBase,
    names: tuple[str, ...],
) -> HttpResponseBase | None:
    """Answer a form that was open for the sake of a select with the slot of that, where it redirects."""
    if state.option_for not in state.slots or "Location" not in answer:
        return None
    resolve = resolver_for(request)
    asked = replace(state, refresh=(state.option_for, *state.refresh))
    plan = plan_refresh(Target(renderer.plan.location, ()), asked, key_of, resolve)
    if plan is None:
        return None
    page = page_of(request, state)
    plan = with_refreshes(plan, names, state, key_of, resolve, page)
    renderer = renderer_of(request)(request, plan)
    if renderer.run(renderer.refusal()) or renderer.run(renderer.is_hidden()):
        return None
    changes = renderer.run(renderer.changes())
    if any(fragment.answer for _, fragment in changes):
        return None
    trace_of(request).plan = renderer.plan
    found = soft_answer(request, plan, changes)
    found.cookies.update(answer.cookies)
    return found


def _page(
    request: HttpRequest, renderer: Renderer, otherwise: Callable[[], HttpResponseBase] | None
) -> HttpResponseBase:
    """Return the root layout's response. A template is left for Django to render.

    So ``process_template_response`` works; the slots run right after that.
    """

    def filled(response: HttpResponse) -> HttpResponseBase:
        renderer.layout_is_rendered(response)
        if not is_fragment(response):
            return instead() or other_answer(request, response)
        try:
            page = renderer.run(renderer.page(text_of(response)))
        except (Http404, PermissionDenied):
            if found := instead():
                return found
            raise
        if page.answer:
            return instead() or other_answer(request, page.answer, page.responses)
        complete = directed(location_of(request).src, INLINE)
        complete_url = "" if renderer.is_complete else complete
        answer = page_answer(response, page, complete_url=complete_url)
        if not renderer.streamed:
            return answer
        get_token(request)  # Its cookie has to go out now, if a form is to come.
        is_async = hasattr(request, "scope")  # under ASGI
        arrivals = renderer.arrivals_async() if is_async else renderer.arrivals()
        return streamed_answer(answer, arrivals)

    def instead() -> HttpResponseBase | None:
        """Answer with the target's own page where its background can't be shown."""
        return rendered(otherwise()) if otherwise else None

    try:
        response: Any = renderer.run(renderer.layout())
    except (Http404, PermissionDenied):
        if found := instead():
            return found
        raise
    if not callable(getattr(response, "render", None)) or response.is_rendered:
        return filled(response)
    response.add_post_render_callback(filled)
    return varying(response)


def _not_found(request: HttpRequest, plan: Plan) -> Resolver404:
    """Return the 404 of a URL for which a slot has nothing; the debug page names the slot."""
    tried: list[list[Any]] = []
    for missing in plan.missing:
        name = missing.address.rpartition(".")[2]
        for slot in missing.outer.segment.slots:
            if slot.name == name:
                tried.extend([SlotStep(missing.address), pattern] for pattern in slot.patterns)
        tried.append([SlotStep(f"{missing.address} has no default")])
    return Resolver404({"path": request.path_info[1:], "tried": tried})
