"""Responds to a request without running pages. ``manage.py slots --explain`` prints these responses.

The server's own code decides and responds; ``LayoutRenderer`` leaves the pages out. No middleware
runs; only ``LoginRequiredMiddleware`` is asked. Nothing is written, unless layouts write.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import urlsplit, urlunsplit

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import Http404, HttpRequest
from django.http.request import validate_host
from django.middleware.common import CommonMiddleware
from django.middleware.locale import LocaleMiddleware
from django.test import RequestFactory
from django.urls import Resolver404, get_script_prefix, is_valid_path, resolve, set_script_prefix
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.functional import SimpleLazyObject
from django_htmx.middleware import HtmxDetails

from django_parallel_routes.client.exchange import without_prefix
from django_parallel_routes.declarations import name_of
from django_parallel_routes.explain.explanation import Explanation, explain_plan
from django_parallel_routes.explain.layout_renderer import Problems, layout_renderer
from django_parallel_routes.instrumentation.trace import trace_of
from django_parallel_routes.matches import Captured, PageMatch
from django_parallel_routes.middleware import ParallelRoutesMiddleware, is_installed
from django_parallel_routes.planning.context import ResolvedUrl
from django_parallel_routes.planning.plan import Kind, Plan
from django_parallel_routes.planning.planner import Decision, decide, is_for_browser, may_apply
from django_parallel_routes.planning.reasons import Reason
from django_parallel_routes.protocol.state import HEADER, BadState, parse_state
from django_parallel_routes.rendering.calls import rendered
from django_parallel_routes.request.access import is_refused, refusal_of
from django_parallel_routes.request.slot_request import location_of
from django_parallel_routes.respond import respond
from django_parallel_routes.views import SlotsView

AnswerKind = Kind | Literal["view", "refused", "unresolved", "failed"]
"""Besides the kinds of plans: the view of a URL outside of every ``slots()``; a guard refuses; no route
matches; the decision itself fails."""

OUTSIDE = "the URL is outside of every slots()"
UNKNOWN = "the page of the URL has no such slots"


@dataclass(frozen=True)
class Answer:
    """The response to a request, as far as it is known without running a page."""

    kind: AnswerKind
    why: str
    request: HttpRequest
    explanation: Explanation | None = None
    target: ResolvedUrl | None = None
    """What the URL resolves to; ``None`` if no route matches."""
    decision: Decision | None = None
    notes: tuple[str, ...] = ()
    """Sentences about what the reader may not expect."""
    html: str = ""
    url: str = ""
    """The URL in the address bar then; ``""``: it does not change."""
    view: str = ""
    """The view of a URL outside of every ``slots()``."""
    is_refused: bool = False
    """Whether the outermost layout has raised, or responds by something else than a page. The
    explanation tells what would be shown without that."""


@dataclass(frozen=True)
class DryRun:
    """Answers requests of one user; ``None``: of somebody who is not logged in."""

    user: Any = None

    def answer(self, url: str, header: str | None = None, *, method: str = "GET") -> Answer:
        """Return the answer to a request with a state header, or without one to a hard load.

        ``url`` may be absolute: its host counts if it is one of the project.
        """
        request = self._request(url, header, method)
        with _served(request):
            answer = _answer(request)
        return replace(answer, notes=(*answer.notes, *_on_header(header, answer)))

    def _request(self, url: str, header: str | None, method: str) -> HttpRequest:
        scheme, _, host = base_of(url).partition("://")
        headers = {} if header is None else {"HX-Request": "true", HEADER: header}
        request: HttpRequest = RequestFactory(headers=headers).generic(
            method, without_prefix(src_of(url)), secure=scheme == "https", HTTP_HOST=host
        )
        request.session = SessionStore()
        vars(request)["htmx"] = HtmxDetails(request)
        if apps.is_installed("django.contrib.auth"):
            from django.contrib.auth.models import AnonymousUser

            user = self.user or AnonymousUser()

            async def auser() -> Any:
                return user

            vars(request).update(user=SimpleLazyObject(lambda: user), auser=auser)
        if apps.is_installed("django.contrib.messages"):
            from django.contrib.messages.storage import default_storage

            vars(request)["_messages"] = default_storage(request)
        return request


def _answer(request: HttpRequest) -> Answer:
    try:
        found = resolve(request.path_info)
    except Resolver404:
        return _unresolved(request)
    request.resolver_match = found
    captured, location = Captured.of(found), location_of(request)
    match = PageMatch.of(found, captured)
    url, view = location.src, name_of(found.func)
    if isinstance(found.func, SlotsView):
        match_of_slots = found.func.match_for(request, found.args, found.kwargs)
        target, view = ResolvedUrl(location, match_of_slots), ""
    else:
        target = ResolvedUrl(location, match)
    if refusal := refusal_of(request, found.func, captured):
        to = f" to {refusal['Location']}" if "Location" in refusal else ""
        guard = "a guard" if is_refused(refusal) else "LoginRequiredMiddleware"
        why = f"{guard} answers {refusal.status_code}{to}"
        return Answer("refused", why, request, target=target, url=url)
    if target.root is None and not (is_installed(ParallelRoutesMiddleware) and may_apply(request)):
        return Answer("view", OUTSIDE, request, target=target, url=url, view=view)
    try:
        decision = decide(request, target.root or match)
    except Exception as error:  # of a function that gives a background, say
        why = f"{type(error).__name__}: {error}"
        return Answer("failed", why, request, target=target, url=url)
    answer = Answer("view", OUTSIDE, request, None, decision.target, decision, url=url)
    plan, asks = decision.plan, decision.state.intent if decision.state else ""
    if plan is None and not is_for_browser(request, decision.state):
        return replace(answer, view=view)
    if plan is None:
        return replace(answer, kind="document", why=OUTSIDE if asks == "navigate" else UNKNOWN)
    if plan.kind in ("missing", "document"):
        return replace(answer, kind=plan.kind, why=plan.why, explanation=explain_plan(plan))
    return _rendered(answer, plan)


def _rendered(answer: Answer, plan: Plan) -> Answer:
    """Have the server respond with layouts alone."""
    request, problems = answer.request, Problems()
    assert answer.decision
    try:
        response = rendered(respond(request, answer.decision, layout_renderer(problems)))
    except Http404 as error:
        return replace(answer, kind="missing", why=str(error).removesuffix("."))
    except Exception as error:
        return replace(answer, kind="failed", why=f"{type(error).__name__}: {error}")
    trace = trace_of(request)
    plan = trace.plan or plan
    answer = replace(answer, notes=tuple(dict.fromkeys(problems.sentences)))
    if "HX-Redirect" in response or "HX-Refresh" in response:
        hides = replace(plan, kind="document", reason=Reason.HIDDEN_SLOT)
        explanation = explain_plan(hides)
        return replace(answer, kind="document", why=hides.why, explanation=explanation)
    if answer.decision and answer.decision.is_background:
        note = "Where the background can't be shown, the page of the URL itself is."
        answer = replace(answer, notes=(*answer.notes, note))
    explanation = explain_plan(plan, trace.hidden)
    refusal = problems.refusal
    kind, why = refusal or (plan.kind, plan.why)
    return replace(
        answer,
        kind=kind,
        why=why,
        explanation=explanation,
        html=response.getvalue().decode(),
        url=explanation.url if plan.kind == "slots" else answer.url,
        is_refused=refusal is not None,
    )


def _unresolved(request: HttpRequest) -> Answer:
    notes: tuple[str, ...] = ()
    appends = settings.APPEND_SLASH and is_installed(CommonMiddleware)
    if appends and not request.path_info.endswith("/") and is_valid_path(f"{request.path_info}/"):
        notes = ("One matches with a slash at its end: CommonMiddleware redirects there.",)
    why = f"no route matches {request.path_info}"
    return Answer("unresolved", why, request, notes=notes, url=location_of(request).src)


def _on_header(header: str | None, answer: Answer) -> Iterator[str]:
    """Yield notes on a state header."""
    if header is None:
        return
    try:
        state = parse_state(header)
    except BadState as error:
        yield f"The state is malformed ({error}): the server answers as if there were none."
        return
    held = answer.decision.state if answer.decision else None
    if state.slots and held and not held.slots:
        yield "What is on screen was printed for another user or role: nothing of it counts."


def src_of(url: str) -> str:
    """Return the path and query of a URL, quoted as browsers do; raise ``ValueError`` if it is none."""
    parts = urlsplit(url)
    path = parts.path if parts.path.startswith("/") else f"/{parts.path}"
    return str(iri_to_uri(urlunsplit(("", "", path, parts.query, ""))))


def base_of(url: str) -> str:
    """Return scheme and host of a URL, or a host of the project if it has none of them."""
    parts = urlsplit(url)
    scheme = "https" if parts.scheme == "https" else "http"
    if parts.hostname and validate_host(parts.hostname, settings.ALLOWED_HOSTS):
        return f"{scheme}://{parts.netloc}"
    hosts = (str(host).lstrip(".") for host in settings.ALLOWED_HOSTS if host != "*")
    return f"{scheme}://{next(hosts, 'localhost')}"


@contextmanager
def _served(request: HttpRequest) -> Iterator[None]:
    """Set what a request sets for its thread: the script prefix, and the language of its path."""
    before = get_script_prefix()
    set_script_prefix(settings.FORCE_SCRIPT_NAME or before)
    language = settings.LANGUAGE_CODE
    if is_installed(LocaleMiddleware):
        language = translation.get_language_from_path(request.path_info) or language
    vars(request)["LANGUAGE_CODE"] = language
    try:
        with translation.override(language):
            yield
    finally:
        set_script_prefix(before)
