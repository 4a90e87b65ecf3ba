"""Responds to requests without running pages: what ``manage.py slots --explain`` prints.

The server's own code decides and responds; ``DryRenderer`` leaves the pages out. Middleware does not run,
but middleware that protects views is asked. Nothing is written, unless layouts write. A ``DryTab`` is a
``Tab`` of the script's model that gets such responses.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.messages.storage import default_storage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.common import CommonMiddleware
from django.middleware.locale import LocaleMiddleware
from django.test import RequestFactory
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.html import escape
from django_htmx.middleware import HtmxDetails

from django_parallel_routes.client import (
    Impossible,
    Navigation,
    Request,
    Response,
    Steps,
    Tab,
    run,
)
from django_parallel_routes.client.exchange import local_url, without_prefix
from django_parallel_routes.conf import has_middleware
from django_parallel_routes.explain.explanation import WITHOUT_SLOTS, Explanation, explain_plan
from django_parallel_routes.matches import PageMatch, name_of
from django_parallel_routes.middleware import ParallelRoutesMiddleware
from django_parallel_routes.planning.context import ResolvedUrl
from django_parallel_routes.planning.plan import AccessCheck, Kind, Plan, SlotPlan
from django_parallel_routes.planning.planner import (
    Decision,
    decide,
    may_need_plan,
    must_load_document,
)
from django_parallel_routes.protocol.query import INLINE, with_option
from django_parallel_routes.protocol.state import HEADER
from django_parallel_routes.rendering.fragments import Fragment, html_of
from django_parallel_routes.rendering.renderer import Renderer
from django_parallel_routes.rendering.view_calls import ViewCall
from django_parallel_routes.request.details import details_of, location_of
from django_parallel_routes.request.project_middleware import REFUSAL, refusal_by_middleware
from django_parallel_routes.respond import SlotsView, respond

ResponseKind = Kind | Literal["view", "refused", "failed"]
"""The kinds of plans, and: a view outside every ``slots()``, a refusal by middleware, an exception."""


@dataclass(frozen=True)
class DryResponse:
    """The response to a request, as far as it is known without running a page."""

    kind: ResponseKind
    why: str
    request: HttpRequest
    target: ResolvedUrl | None = None
    """What the URL resolves to; ``None`` if no route matches."""
    decision: Decision | None = None
    explanation: Explanation | None = None
    """If the outermost layout refuses or fails: what would be shown if it did not."""
    notes: tuple[str, ...] = ()
    """Sentences about what a reader may not expect."""
    html: str = ""

    @property
    def url(self) -> str:
        """The URL in the address bar after the response; ``""``: the URL does not change."""
        if self.explanation and self.kind == "slots":
            return self.explanation.url
        return location_of(self.request).src

    @property
    def views(self) -> tuple[str, ...]:
        """The views that run before the response is sent."""
        if self.explanation:
            return self.explanation.views
        found = self.request.resolver_match
        return (name_of(found.func),) if found and self.kind == "view" else ()

    @property
    def sentence(self) -> str:
        """The response in one or two sentences."""
        if self.explanation and self.kind not in WITHOUT_SLOTS:
            return self.explanation.sentence
        return WITHOUT_SLOTS[self.kind].format(self.why, *self.views)


def dry_run(sent: Request, user: Any) -> DryResponse:
    """Return the response to a request of the script's model.

    ``user`` is logged in; with ``None``, nobody is.
    """
    request: HttpRequest = RequestFactory(headers=sent.headers).generic(
        sent.method, without_prefix(local_url(sent.url)), HTTP_HOST=urlsplit(sent.url).netloc
    )
    request.session = SessionStore()
    vars(request)["htmx"] = HtmxDetails(request)
    if apps.is_installed("django.contrib.auth"):
        from django.contrib.auth.models import AnonymousUser

        user = user or AnonymousUser()

        async def auser() -> Any:
            return user

        # Lazy, as in middleware: the key of a layout depends on whether the layout looks at the user.
        vars(request).update(user=SimpleLazyObject(lambda: user), auser=auser)
    vars(request)["_messages"] = default_storage(request)
    language = settings.LANGUAGE_CODE
    if has_middleware(LocaleMiddleware):
        language = translation.get_language_from_path(request.path_info) or language
    vars(request)["LANGUAGE_CODE"] = language
    with translation.override(language):
        return _respond_dry(request)


def _respond_dry(request: HttpRequest) -> DryResponse:
    try:
        found = request.resolver_match = resolve(request.path_info)
    except Resolver404:
        redirects = CommonMiddleware(HttpResponse).should_redirect_with_slash
        if has_middleware(CommonMiddleware) and redirects(request):
            return DryResponse(
                "refused", f"CommonMiddleware responds with 301 to {request.path}/", request
            )
        return DryResponse("missing", f"no route matches {request.path_info}", request)
    page, view = PageMatch.of(found), inspect.unwrap(found.func)
    is_slots = isinstance(view, SlotsView)
    match = view.match_for(request, found.args, found.kwargs) if is_slots else page
    target = ResolvedUrl(location_of(request), match)
    response = DryResponse("view", "the URL is outside of every slots()", request, target)
    if refusal := refusal_by_middleware(request, found.func, page.captured):
        guard = "a guard" if hasattr(refusal, REFUSAL) else "LoginRequiredMiddleware"
        return replace(
            response, kind="refused", why=f"{guard} responds with {_outcome_of(refusal)}"
        )
    if not is_slots and not (has_middleware(ParallelRoutesMiddleware) and may_need_plan(request)):
        return response
    try:
        decision = decide(request, match)
        response = replace(response, target=decision.context.target, decision=decision)
        plan = decision.plan
        if plan is None:
            is_document = must_load_document(request, decision.state)
            return replace(response, kind="document") if is_document else response
        if plan.kind in ("missing", "document"):
            return replace(response, kind=plan.kind, why=plan.why, explanation=explain_plan(plan))
        return _with_layouts(response, decision, plan)
    except Http404 as error:
        return replace(response, kind="missing", why=str(error).removesuffix("."))
    except Exception as error:  # Functions of the project run, and may raise anything.
        return replace(response, kind="failed", why=_text_of(error))


def _with_layouts(response: DryResponse, decision: Decision, plan: Plan) -> DryResponse:
    """Return the response after the layouts have run, which may print fewer slots or refuse."""
    problems: list[Problem] = []
    renderer_type = type("DryRenderer", (DryRenderer,), {"problems": problems})
    rendered = respond(response.request, decision, renderer_type)
    details = details_of(response.request)
    # The user may not see the background.
    if decision.has_background and details.plan is not plan:
        decision = replace(decision, plan=details.plan, has_background=False)
    if details.plan is None:
        return replace(response, decision=decision)
    plan = details.plan
    if "HX-Redirect" in rendered or "HX-Refresh" in rendered:
        why = "a slot on screen is one that this user may not see"
        plan = replace(plan, kind="document", why=why)
    shown: Problem | Plan = next((one for one in problems if one.is_root), plan)
    return replace(
        response,
        kind=shown.kind,
        why=shown.why,
        decision=decision,
        explanation=explain_plan(plan, details.hidden),
        notes=tuple(dict.fromkeys(map(str, problems))),
        html=rendered.getvalue().decode(),
    )


# --- layouts without their pages ---


class Problem(NamedTuple):
    """What a layout does instead of rendering a page."""

    kind: ResponseKind
    why: str
    is_root: bool
    """Whether it is the outermost layout, whose response is the response to the request."""

    def __str__(self) -> str:
        why = f"{self.why[0].upper()}{self.why[1:]}"
        return f"{why}. This explanation assumes that it prints all of its slots."


class DryRenderer(Renderer):
    """Renders a plan with an empty string in the place of each page.

    A layout that fails, or does not respond with a page, counts as one that prints all its slots.
    """

    problems: list[Problem]

    async def first_refusal(self, checks: Iterable[AccessCheck]) -> HttpResponseBase | None:
        return None

    async def render_page(self, plan: SlotPlan, match: Any, **options: Any) -> Fragment:
        return Fragment("", (HttpResponse(),))

    def call_without_plan(self, page: PageMatch) -> HttpResponseBase:
        self.details.plan = None
        return HttpResponse()

    async def call(self, call: ViewCall) -> HttpResponseBase:
        """Call a layout."""
        kind: ResponseKind = "refused"
        try:
            response = await super().call(call)
            if html_of(response, in_page=call.address != "") is not None:
                return response
            what = f"responds with {_outcome_of(response)}"
        except Exception as error:
            what = f"raises {_text_of(error)}"
            if not isinstance(error, PermissionDenied):
                kind = "missing" if isinstance(error, Http404) else "failed"
        why = f"the layout {name_of(call.page.view)} {what}"
        self.problems.append(Problem(kind, why, is_root=not call.address))
        slots = call.context.segment.slots
        return HttpResponse("<body>" + "".join(map(call.context.marker, slots)))


def _outcome_of(response: HttpResponseBase) -> str:
    to = f" to {response['Location']}" if "Location" in response else ""
    return f"{response.status_code}{to}"


def _text_of(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".removesuffix(": ").removesuffix(".")


# --- a tab ---


NO_PAGE = Response(200, {"Content-Type": "text/html"}, "no page")


class DryTab(Tab):
    """A tab of the browser script's model. ``user`` is logged in; with ``None``, nobody is."""

    def __init__(self, user: Any = None) -> None:
        hosts = (str(host).lstrip(".") for host in settings.ALLOWED_HOSTS if host != "*")
        super().__init__(f"http://{next(hosts, 'localhost')}")
        self.user = user

    def open(self, url: str) -> DryResponse:
        """Load a document if there are no slots on screen, else visit softly; return the response."""
        responses = []

        def fetch(request: Request) -> Response:
            if HEADER not in request.headers:  # By the next visit, late slots have arrived.
                request = replace(request, url=with_option(request.url, INLINE))
            responses.append(dry_run(request, self.user))
            return _for_tab(responses[-1])

        self.begin()
        run(self._click(url, "", "GET"), fetch)
        self.page.place_late()
        return responses[-1]

    def ask(
        self, url: str, *, inside: str = "", method: str = "GET"
    ) -> tuple[Request, DryResponse]:
        """Return the request of a link or form in a slot, and the response, without applying that.

        Raises ``LookupError`` if there is no such slot on screen.
        """
        try:
            slot = self.find_slot(inside) if inside else ""
        except Impossible as error:
            raise LookupError(str(error)) from error
        request = next(self._click(url, slot, method))
        return request, dry_run(request, self.user)

    def _click(self, url: str, source: str, method: str) -> Steps[None]:
        """Return the steps of a click on a link or form. Only the path and query of its URL count."""
        url = urlsplit(url)._replace(scheme="", netloc="", fragment="").geturl()
        return self.visit(url, Navigation("push", source=source), method)


def _for_tab(response: DryResponse) -> Response:
    """Return a response for a tab, with the script's tag even if the layout does not print that."""
    if response.kind == "slots":
        headers = {**NO_PAGE.headers, HEADER: response.url or "stay"}
        return replace(NO_PAGE, headers=headers, text=response.html)
    if response.kind == "document":
        return replace(NO_PAGE, headers={"HX-Redirect": response.url})
    if response.kind != "page":
        return NO_PAGE
    plan, decision = details_of(response.request).plan, response.decision
    origin = plan.location.src if plan and decision and decision.has_background else ""
    script = f'<script data-pr-boost="link" data-pr-origin="{escape(origin)}"></script>'
    return replace(NO_PAGE, text=script + response.html)
