"""Answers requests without running pages. ``manage.py slots --explain`` prints these answers.

The server's own code decides and responds; ``DryRenderer`` leaves the pages out. No middleware runs,
but those that protect views are asked. Nothing is written, unless layouts write.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.common import CommonMiddleware
from django.middleware.locale import LocaleMiddleware
from django.test import RequestFactory
from django.urls import Resolver404, is_valid_path, resolve
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django_htmx.middleware import HtmxDetails

from django_parallel_routes.client import Request
from django_parallel_routes.client.exchange import local_url, without_prefix
from django_parallel_routes.declarations import name_of
from django_parallel_routes.explain.explanation import Explanation, explain_plan
from django_parallel_routes.matches import EnclosingSlot, PageMatch, SegmentMatch
from django_parallel_routes.middleware import ParallelRoutesMiddleware, is_installed
from django_parallel_routes.planning.context import ResolvedUrl
from django_parallel_routes.planning.plan import AccessCheck, Kind, SlotPlan
from django_parallel_routes.planning.planner import (
    Decision,
    decide,
    may_need_plan,
    must_load_document,
)
from django_parallel_routes.rendering.fragments import Fragment, html_of
from django_parallel_routes.rendering.renderer import Renderer
from django_parallel_routes.rendering.view_calls import ViewCall
from django_parallel_routes.request.details import details_of, location_of
from django_parallel_routes.request.project_middleware import (
    is_guards_refusal,
    refusal_by_middleware,
)
from django_parallel_routes.respond import SlotsView, respond
from django_parallel_routes.values import Location

AnswerKind = Kind | Literal["view", "refused", "unresolved", "failed"]
"""Besides the kinds of plans: a view outside of every ``slots()``, a guard, no route, an exception."""

OUTSIDE = "the URL is outside of every slots()"
DECORATED = "A decorator is around this slots(). It does not run here, and may refuse the request."
HIDDEN_BY_DECORATOR = (
    "A decorator hides the slots() of this URL: its inner function needs functools.wraps(view)."
)


@dataclass(frozen=True)
class Answer:
    """The answer to a request, as far as it is known without running a page."""

    kind: AnswerKind
    why: str
    request: HttpRequest
    target: ResolvedUrl | None = None
    """What the URL resolves to; ``None`` if no route matches."""
    decision: Decision | None = None
    explanation: Explanation | None = None
    """If the outermost layout refuses or fails: what would be shown without that."""
    notes: tuple[str, ...] = ()
    """Sentences about what the reader may not expect."""
    html: str = ""
    url: str = ""
    """The URL in the address bar then; ``""``: it does not change."""
    view: str = ""
    """The view that the URL resolves to."""

    @property
    def sentence(self) -> str:
        """The answer in one or two sentences."""
        if self.explanation and self.kind in ("page", "slots", "one_slot"):
            return self.explanation.sentence
        return {
            "view": f"The view {self.view} answers alone: {self.why}.",
            "refused": f"No page: {self.why}.",
            "failed": f"A 500: {self.why}.",
            "document": f"No slots, the browser loads the document: {self.why}.",
        }.get(self.kind, f"A 404: {self.why}.")

    @property
    def views(self) -> tuple[str, ...]:
        """The views that run before the response is sent."""
        if self.explanation:
            return self.explanation.views
        return (self.view,) if self.kind == "view" else ()


def dry_run(asked: Request, user: Any = None) -> Answer:
    """Return the answer to a request of the browser script's model.

    ``user`` is who is logged in; ``None``: nobody.
    """
    request: HttpRequest = RequestFactory(headers=asked.headers).generic(
        asked.method, without_prefix(local_url(asked.url)), HTTP_HOST=urlsplit(asked.url).netloc
    )
    request.session = SessionStore()
    vars(request)["htmx"] = HtmxDetails(request)
    if apps.is_installed("django.contrib.auth"):
        from django.contrib.auth.models import AnonymousUser

        user = user or AnonymousUser()

        async def auser() -> Any:
            return user

        # Lazy, as middleware has it: whether a layout looks at the user is a part of its key.
        vars(request).update(user=SimpleLazyObject(lambda: user), auser=auser)
    if apps.is_installed("django.contrib.messages"):
        from django.contrib.messages.storage import default_storage

        vars(request)["_messages"] = default_storage(request)
    language = settings.LANGUAGE_CODE
    if is_installed(LocaleMiddleware):
        language = translation.get_language_from_path(request.path_info) or language
    vars(request)["LANGUAGE_CODE"] = language
    with translation.override(language):
        return _answer(request)


def _answer(request: HttpRequest) -> Answer:
    try:
        found = resolve(request.path_info)
    except Resolver404:
        return _unresolved(request)
    request.resolver_match = found
    page, location = PageMatch.of(found), location_of(request)
    match: SegmentMatch | PageMatch = page
    view, note = inspect.unwrap(found.func), ""
    if isinstance(view, SlotsView):
        match = view.match_for(request, found.args, found.kwargs)
        note = DECORATED if view is not found.func else ""
    elif any(hasattr(step, "segment") for step in (found.tried or [()])[-1]):
        note = HIDDEN_BY_DECORATOR
    target, name = ResolvedUrl(location, match), name_of(found.func)
    answer = Answer("view", OUTSIDE, request, target, url=location.src, view=name)
    answer = replace(answer, notes=(note,) if note else ())
    if refusal := refusal_by_middleware(request, found.func, page.captured):
        guard = "a guard" if is_guards_refusal(refusal) else "LoginRequiredMiddleware"
        return replace(answer, kind="refused", why=f"{guard} answers {_outcome_of(refusal)}")
    if target.root is None and not (
        is_installed(ParallelRoutesMiddleware) and may_need_plan(request)
    ):
        return answer
    try:
        decision = decide(request, match)
    except Exception as error:  # A project's function for a background may raise anything.
        return replace(answer, kind="failed", why=_text_of(error))
    return _decided(replace(answer, target=decision.target, decision=decision), decision)


def _unresolved(request: HttpRequest) -> Answer:
    notes: tuple[str, ...] = ()
    appends = settings.APPEND_SLASH and is_installed(CommonMiddleware)
    if appends and not request.path_info.endswith("/") and is_valid_path(f"{request.path_info}/"):
        notes = ("A route matches with a slash at the end: CommonMiddleware redirects there.",)
    why = f"no route matches {request.path_info}"
    return Answer("unresolved", why, request, notes=notes, url=location_of(request).src)


def _decided(answer: Answer, decision: Decision) -> Answer:
    """Return the answer to what was decided, after its layouts have run."""
    request, plan, state = answer.request, decision.plan, decision.state
    if plan is None and not must_load_document(request, state):
        return answer
    if plan is None:
        return replace(answer, kind="document")
    if plan.kind in ("missing", "document"):
        return replace(answer, kind=plan.kind, why=plan.why, explanation=explain_plan(plan))
    problems = Problems()
    renderer_type = type("DryRenderer", (DryRenderer,), {"problems": problems})
    try:
        response = respond(request, decision, renderer_type)
    except Http404 as error:
        return replace(answer, kind="missing", why=str(error).removesuffix("."))
    except Exception as error:
        return replace(answer, kind="failed", why=_text_of(error))
    plan = details_of(request).plan or plan
    notes = dict.fromkeys(problems.sentences)
    if "HX-Redirect" in response or "HX-Refresh" in response:
        plan = replace(
            plan, kind="document", why="a slot on screen is one that this user may not see"
        )
    elif decision.has_background:
        notes["Where the background can't be shown, the page of the URL itself is."] = None
    explanation = explain_plan(plan, details_of(request).hidden)
    kind, why = problems.refusal or (plan.kind, plan.why)
    return replace(
        answer,
        kind=kind,
        why=why,
        explanation=explanation,
        notes=(*answer.notes, *notes),
        html=response.getvalue().decode(),
        url=explanation.url if plan.kind == "slots" else answer.url,
    )


# --- layouts without their pages ---

Refusal = Literal["failed", "missing", "refused"]


@dataclass
class Problems:
    """What went wrong in layouts and in ``test_func``."""

    sentences: list[str] = field(default_factory=list)
    refusal: tuple[Refusal, str] | None = None
    """How the outermost layout has responded, if not by a page, and why."""


class DryRenderer(Renderer):
    """Renders a plan with an empty string in the place of each page.

    A layout that fails, or answers something else than a page, counts as one that prints all its slots.
    """

    problems: Problems

    async def first_refusal(self, checks: Iterable[AccessCheck]) -> HttpResponseBase | None:
        return None

    async def render_page(self, plan: SlotPlan, match: Any, **options: Any) -> Fragment:
        return Fragment("", (HttpResponse(),))

    async def run_test(self, one: EnclosingSlot, location: Location) -> bool:
        try:
            return await super().run_test(one, location)
        except Exception as error:
            self.problems.sentences.append(
                f"test_func of the slot {one.slot.name} raises {_text_of(error)}; it is printed here."
            )
            return True

    async def call(self, call: ViewCall) -> HttpResponseBase:
        """Call a layout."""
        layout = f"The layout {name_of(call.page.view)}"
        try:
            response = await super().call(call)
        except Exception as error:
            kind: Refusal = "failed"
            if isinstance(error, Http404 | PermissionDenied):
                kind = "missing" if isinstance(error, Http404) else "refused"
            self._refuse(kind, call, f"{layout} raises {_text_of(error)}")
        else:
            if html_of(response, in_page=call.address != "") is not None:
                return response
            self._refuse("refused", call, f"{layout} answers {_outcome_of(response)}")
        return HttpResponse(
            "<body>" + "".join(map(call.context.marker, call.context.segment.slots))
        )

    def _refuse(self, kind: Refusal, call: ViewCall, why: str) -> None:
        """Note how a layout has failed. If it is the outermost one, its response answers the request."""
        self.problems.sentences.append(
            f"{why}. This explanation assumes that it prints all of its slots."
        )
        if not call.address and self.problems.refusal is None:
            self.problems.refusal = kind, f"{why[0].lower()}{why[1:]}"


def _outcome_of(response: HttpResponseBase) -> str:
    to = f" to {response['Location']}" if "Location" in response else ""
    return f"{response.status_code}{to}"


def _text_of(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".removesuffix(": ").removesuffix(".")
