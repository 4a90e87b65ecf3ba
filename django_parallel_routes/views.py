"""The composite view: what a URL inside a ``slots()`` resolves to. It reads top to bottom."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.handlers.exception import response_for_exception
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, get_urlconf, resolve

from django_parallel_routes.http import (
    document_answer,
    other_answer,
    page_answer,
    slot_answer,
    soft_answer,
    state_of,
    varying,
)
from django_parallel_routes.keys import key_of
from django_parallel_routes.matches import Captured, SegmentMatch
from django_parallel_routes.plan import (
    Plan,
    plan_navigation,
    plan_page,
    plan_restore,
    plan_slot,
    plan_submission,
)
from django_parallel_routes.rendering import Renderer, is_fragment, refusal_of, text_of
from django_parallel_routes.requests import (
    SAFE_METHODS,
    location_of,
    path_info_of,
    resolver_match,
)
from django_parallel_routes.segments import SlotStep, TemplateView, View
from django_parallel_routes.state import State, path_of


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
        match = self.match.bound(Captured(args, kwargs))
        if request.resolver_match:
            request.resolver_match = resolver_match(request, match.primary, self.match.primary)
        plan = plan_for(request, match, state_of(request))
        if plan.kind == "missing":
            return varying(response_for_exception(request, _not_found(request, plan)))
        if plan.kind == "document":
            return document_answer(request)
        return _carry_out(request, plan)

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


def plan_for(request: HttpRequest, match: SegmentMatch, state: State | None) -> Plan:
    """Return the plan for a request of any kind."""
    location = location_of(request)
    safe = request.method in SAFE_METHODS
    if state and state.ask == "slot":
        return plan_slot(match, location, state, key_of)
    if not safe:
        return plan_submission(match, location, state, key_of)
    if state is None:
        return plan_page(match, location)
    if state.ask == "restore":
        return plan_restore(match, location, state, key_of, partial(_resolve, request))
    return plan_navigation(match, location, state, key_of)


def _carry_out(request: HttpRequest, plan: Plan) -> HttpResponseBase:
    renderer = Renderer(request, plan)
    if plan.addressed:
        fragment = renderer.run(renderer.addressed())
        if fragment.answer:
            return other_answer(request, fragment.answer, fragment.responses)
        if plan.kind == "slot":
            return slot_answer(fragment)
    if plan.kind == "page":
        return _page(request, renderer)
    changes = renderer.run(renderer.changes())
    for _, fragment in changes:
        if fragment.answer:
            return other_answer(request, fragment.answer, fragment.responses)
    return soft_answer(request, plan, changes)


def _page(request: HttpRequest, renderer: Renderer) -> HttpResponseBase:
    """Return the root layout's response. A template is left for Django to render.

    So ``process_template_response`` works; the slots run right after that.
    """

    def filled(response: HttpResponse) -> HttpResponseBase:
        if not is_fragment(response):
            return other_answer(request, response)
        page = renderer.run(renderer.page(text_of(response)))
        if page.answer:
            return other_answer(request, page.answer, page.responses)
        return page_answer(response, page)

    response: Any = renderer.run(renderer.layout())
    if not callable(getattr(response, "render", None)) or response.is_rendered:
        return filled(response)
    response.add_post_render_callback(filled)
    return varying(response)


def _resolve(request: HttpRequest, src: str) -> SegmentMatch | None:
    """Return what the URL of a mounted slot matches, if the user may GET it and it is a ``slots()``."""
    path = path_info_of(request, path_of(src))
    if path is None:
        return None
    try:
        found = resolve(path, get_urlconf())
    except Resolver404:
        return None
    captured = Captured(found.args, found.kwargs)
    if not isinstance(found.func, SlotsView) or refusal_of(request, found.func, captured):
        return None
    return found.func.match.bound(captured)


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
