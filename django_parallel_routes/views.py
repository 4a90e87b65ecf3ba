"""The composite view: what a URL inside a ``slots()`` resolves to. It reads top to bottom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import PermissionDenied
from django.core.handlers.exception import response_for_exception
from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import resolve_url
from django.urls import (
    NoReverseMatch,
    Resolver404,
    URLResolver,
    get_resolver,
    get_urlconf,
    resolve,
    reverse,
)

from django_parallel_routes.directives import INLINE, Directives, directed, directives_of
from django_parallel_routes.fragments import is_fragment, text_of
from django_parallel_routes.guards import refusal_of
from django_parallel_routes.history import plan_refresh, plan_restore, with_refreshes
from django_parallel_routes.http import (
    document_answer,
    has_other_session,
    nothing_answer,
    other_answer,
    page_answer,
    passing_on,
    slot_answer,
    soft_answer,
    state_of,
    streamed_answer,
    varying,
)
from django_parallel_routes.interception import (
    plan_background,
    plan_inside,
    plan_interception,
)
from django_parallel_routes.keys import key_of, viewer_in
from django_parallel_routes.loading import plan_loading, with_loading
from django_parallel_routes.matches import Around, Captured, PageMatch, SegmentMatch
from django_parallel_routes.navigation import plan_navigation, plan_slot, plan_submission
from django_parallel_routes.plan import ALL, Plan, Resolve, Target, plan_page
from django_parallel_routes.refreshes import take_refreshes
from django_parallel_routes.remembering import recalled
from django_parallel_routes.rendering import Renderer, rendered, run_plain
from django_parallel_routes.requests import (
    SAFE_METHODS,
    location_of,
    path_info_of,
    resolver_match,
    slot_request,
    viewer_of,
)
from django_parallel_routes.segments import (
    Interception,
    SlotStep,
    TemplateView,
    View,
    interceptions,
)
from django_parallel_routes.state import Location, State, path_of
from django_parallel_routes.watching import watched


class SlotsView:
    """The view of one match of a ``slots()``: plans, renders, answers.

    To Django it looks like the view of the URL's main page, with the strictest of the attributes by
    which decorators tell middleware something. It is sync; async views of slots are awaited inside.
    """

    def __init__(self, match: SegmentMatch) -> None:
        self.match = match
        self.main_view = match.primary.view
        self.__module__ = getattr(self.main_view, "__module__", __name__)

    def __repr__(self) -> str:
        return f"<SlotsView {self.match.segment!r}>"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        around = Around()
        if request.resolver_match:
            around = Around.of(request.resolver_match, self.match)
        match = self.match.below(replace(around, captured=Captured(args, kwargs)))
        if request.resolver_match:
            request.resolver_match = resolver_match(match.primary)
        resolve = partial(_resolve, request)
        said, location = directives_of(location_of(request))
        root, location = recalled(match, location, key_of, resolve)
        target = Target(location, tuple(root.pages()), root)
        state = _valid_for(request, state_of(request))
        if background := _background(request, target, state, resolve):
            plain = partial(_answer, request, plan_page(root, location))
            plan = background if said.is_complete else with_loading(background)
            return _carry_out(request, plan, otherwise=plain)
        plan = plan_for(request, target, state, resolve)
        if state is None and not plan.addressed and not said.is_complete:
            plan = with_loading(plan)
        plan = _with_others(plan, said, state, resolve)
        return _answer(request, plan, state, guarded=not said.raises)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") and name not in ("__name__", "__qualname__"):
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


def plan_for(request: HttpRequest, target: Target, state: State | None, resolve: Resolve) -> Plan:
    """Return the plan for a request of any kind for a URL in a ``slots()``."""
    root, location = target.root, target.location
    assert root
    if state and state.ask == "loading":
        return plan_loading(plan_for(request, target, replace(state, ask="navigate"), resolve))
    if state and (plan := _plan_elsewhere(request, target, state, resolve)):
        return plan
    if state and state.ask == "slot":
        return plan_slot(root, location, state, key_of)
    if request.method not in SAFE_METHODS:
        return plan_submission(root, location, state, key_of)
    if state is None:
        return plan_page(root, location)
    if state.ask in ("restore", "refresh"):
        return Plan("document", "not all slots can be brought back", root, location)
    return with_loading(plan_navigation(root, location, state, key_of, resolve))


def _plan_elsewhere(
    request: HttpRequest, target: Target, state: State, resolve: Resolve
) -> Plan | None:
    """Return the plan of an answer that is not made of the target's own slots, if it is one."""
    if request.method not in SAFE_METHODS or state.ask == "slot":
        return plan_inside(target, state, key_of, resolve)
    if state.ask == "restore":
        return plan_restore(target, state, key_of, resolve)
    if state.ask == "refresh":
        return plan_refresh(target, state, key_of, resolve)
    return plan_interception(target, state, key_of, resolve)


def _with_others(plan: Plan, said: Directives, state: State | None, resolve: Resolve) -> Plan:
    """Return a plan with the slots that come besides: those that the URL names, or with each answer."""
    if state is None or state.ask not in ("navigate", "restore"):
        return plan
    return with_refreshes(plan, (*said.refreshes, *state.again), state, key_of, resolve)


def _valid_for(request: HttpRequest, state: State | None) -> State | None:
    """Return the state without slots, if they were printed for another user or role (S46)."""
    if state is None:
        return None
    mounted = (*state.slots.values(), *state.want.values())
    viewers = {viewer for slot in mounted if (viewer := viewer_in(slot.key))}
    if viewers <= {viewer_of(request, look=bool(viewers))}:
        return state
    return replace(state, slots={})


def answer_instead(
    request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponseBase | None:
    """Answer a request for a URL outside of every ``slots()``, if it is intercepted or restored."""
    state = _valid_for(request, state_of(request))
    found = request.resolver_match
    assert found  # the view was resolved
    if state is None and not _backgrounds(get_resolver(get_urlconf())):
        return None
    page = PageMatch.of(found, Captured(args, kwargs))
    said, location = directives_of(location_of(request))
    target = Target(location, (page,))
    resolve = partial(_resolve, request)
    if background := _background(request, target, state, resolve):
        plain = partial(run_plain, request, page)
        return _carry_out(request, background, otherwise=plain)
    if state is None:
        return None
    if state.ask == "loading":
        plan = _plan_elsewhere(request, target, replace(state, ask="navigate"), resolve)
        return _answer(request, plan_loading(plan), state) if plan else nothing_answer()
    if plan := _plan_elsewhere(request, target, state, resolve):
        return _answer(request, _with_others(plan, said, state, resolve), state)
    return document_answer(request, state) if state.ask == "refresh" else None


def _background(
    request: HttpRequest, target: Target, state: State | None, resolve: Resolve
) -> Plan | None:
    """Return the plan of a hard load over a declared background, if there is one (B31)."""
    if state is not None or request.method not in SAFE_METHODS:
        return None
    rules = _backgrounds(get_resolver(get_urlconf()))
    return plan_background(target, rules, partial(_background_url, request), key_of, resolve)


def _background_url(request: HttpRequest, rule: Interception, page: PageMatch) -> str | None:
    """Return the URL of an interception's background, path and query."""
    kwargs = dict(page.captured.kwargs)
    if callable(rule.background):
        found = rule.background(request, *page.captured.args, **kwargs)
        url = None if found is None else resolve_url(found)
    else:
        url = _reversed(str(rule.background), page.captured.args, kwargs)
    return url and _local(request, url)


def _reversed(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    """Return the URL of a route, which gets the arguments if it takes them."""
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return reverse(name)


def _local(request: HttpRequest, url: str) -> str | None:
    """Return the path and query of a URL of this site."""
    parts = urlsplit(url)
    if parts.netloc and parts.netloc != request.get_host():
        return None
    return urlunsplit(parts._replace(scheme="", netloc="", fragment=""))


def may_be_intercepted(request: HttpRequest) -> bool:
    """Tell whether some ``intercept()`` names the route of a request, so that its URL has two answers."""
    found = request.resolver_match
    if found is None or isinstance(found.func, SlotsView):
        return False
    names = PageMatch.of(found, Captured()).names
    return not names.isdisjoint(_intercepted(get_resolver(get_urlconf())))


@lru_cache(maxsize=8)
def _intercepted(resolver: URLResolver) -> frozenset[str]:
    """Return the names of the routes that a URLconf intercepts."""
    return frozenset(rule.route for rule in interceptions(resolver.url_patterns))


@lru_cache(maxsize=8)
def _backgrounds(resolver: URLResolver) -> tuple[Interception, ...]:
    """Return the interceptions of a URLconf that declare a background."""
    rules = interceptions(resolver.url_patterns)
    return tuple(rule for rule in rules if rule.background is not None)


def _answer(
    request: HttpRequest, plan: Plan, state: State | None = None, *, guarded: bool = True
) -> HttpResponseBase:
    if state and state.ask == "loading":
        return _loading(request, plan)
    if plan.kind == "missing":
        return varying(response_for_exception(request, _not_found(request, plan)))
    if plan.kind == "document":
        return document_answer(request, state)
    return _carry_out(request, plan, state, guarded=guarded)


def _loading(request: HttpRequest, plan: Plan) -> HttpResponseBase:
    """Answer what is shown until a navigation is done, if that will be no document."""
    renderer = Renderer(request, plan)
    if plan.kind == "slots" and not renderer.run(renderer.is_hidden()):
        changes = renderer.run(renderer.changes())
        if not any(fragment.answer for _, fragment in changes):
            return soft_answer(request, plan, changes)
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
    renderer = Renderer(request, plan, guarded=guarded)
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
            plan = with_refreshes(asked, names, state, key_of, partial(_resolve, request))
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
    return soft_answer(request, plan, changes)


def _added(
    request: HttpRequest,
    renderer: Renderer,
    state: State,
    answer: HttpResponseBase,
    names: tuple[str, ...],
) -> HttpResponseBase | None:
    """Answer a form that was open for the sake of a select with the slot of that, where it redirects."""
    if state.adds not in state.slots or "Location" not in answer:
        return None
    resolve = partial(_resolve, request)
    asked = replace(state, again=(state.adds, *state.again))
    plan = plan_refresh(Target(renderer.plan.location, ()), asked, key_of, resolve)
    if plan is None:
        return None
    renderer = Renderer(request, with_refreshes(plan, names, state, key_of, resolve))
    if renderer.run(renderer.refusal()) or renderer.run(renderer.is_hidden()):
        return None
    changes = renderer.run(renderer.changes())
    if any(fragment.answer for _, fragment in changes):
        return None
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
        complete = directed(request.get_full_path(), INLINE)
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


def _resolve(request: HttpRequest, src: str) -> Target | None:
    """Return what another URL of the project resolves to, if the user may GET it."""
    path = path_info_of(request, path_of(src))
    if path is None:
        return None
    try:
        found = resolve(path, get_urlconf())
    except Resolver404:
        return None
    captured = Captured(found.args, found.kwargs)
    asking = slot_request(request, found, Location.of(src), fragment="", submitted=False)
    if refusal_of(asking, found.func, captured):
        return None
    if isinstance(found.func, SlotsView):
        root = found.func.match.below(Around.of(found, found.func.match))
        return Target(Location.of(src), tuple(root.pages()), root)
    return Target(Location.of(src), (PageMatch.of(found, captured),))


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
