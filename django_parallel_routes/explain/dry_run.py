"""Requests as a browser would make them, answered without running a page: what ``--explain`` rests on.

The server's own code decides and answers; ``sketching`` leaves out the pages. Middleware does not run,
but for ``LoginRequiredMiddleware``, which is asked. Nothing is written but what layouts write.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any, Literal
from urllib.parse import urlsplit, urlunsplit

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import validate_host
from django.middleware.common import CommonMiddleware
from django.middleware.locale import LocaleMiddleware
from django.test import RequestFactory
from django.urls import Resolver404, ResolverMatch, get_script_prefix, resolve, set_script_prefix
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.functional import SimpleLazyObject
from django_htmx.middleware import HtmxDetails

from django_parallel_routes.declarations import SlotStep, name_of
from django_parallel_routes.explain.explanation import Explanation, explained
from django_parallel_routes.explain.layout_renderer import Sketch, problems_of, refusal_by_layout
from django_parallel_routes.instrumentation.trace import trace_of
from django_parallel_routes.matches import Captured, PageMatch
from django_parallel_routes.middleware import ParallelRoutesMiddleware, is_installed
from django_parallel_routes.planning.plan import Kind, Plan, Target
from django_parallel_routes.planning.planner import Decision, concerns, decide, is_for_browser
from django_parallel_routes.protocol.query import INLINE, directed
from django_parallel_routes.protocol.state import HEADER, MAX_LENGTH, BadState, parse
from django_parallel_routes.rendering.renderer import RENDERER, rendered
from django_parallel_routes.request.access import is_refused, refusal_of
from django_parallel_routes.request.slot_request import location_of
from django_parallel_routes.views import SlotsView, answer_instead

AnswerKind = Kind | Literal["view", "nothing", "refused", "unresolved", "failed"]
"""Besides the kinds of plans: the view of a URL outside of every ``slots()``, as ever; nothing to show
until a navigation is done; middleware refuses; no route matches; the decision itself fails."""

ELEMENT = re.compile(r'<div id="[^"]*" data-pr-slot="([^"]*)"([^>]*)>')
ATTRIBUTE = re.compile(r' data-pr-([\w-]+)(?:="([^"]*)")?')


@dataclass(frozen=True)
class Answer:
    """What a request is answered with, as far as it is known without running a page."""

    kind: AnswerKind
    why: str
    request: HttpRequest
    explanation: Explanation | None = None
    target: Target | None = None
    """What the URL resolves to; ``None`` where it does not."""
    decision: Decision | None = None
    notes: tuple[str, ...] = ()
    """Sentences on what one might not expect."""
    html: str = ""
    url: str = ""
    """The URL in the address bar then; ``""``: that which is there."""
    view: str = ""
    """The view that answers alone, if it is one outside of every ``slots()``."""
    tried: tuple[str, ...] = ()
    """The routes that were tried, if none matches."""
    is_refused: bool = False
    """Whether the outermost layout has answered or raised something; the explanation is what would be."""


@dataclass(frozen=True)
class Element:
    """One slot on screen: its mounted state."""

    shows: str
    src: str
    key: str
    home: str = ""
    again: bool = False


@dataclass(frozen=True)
class Screen:
    """What a browser has on screen."""

    url: str
    origin: str
    elements: Mapping[str, Element] = field(default_factory=dict)

    def state(
        self, *, only: str = "", inside: str = "", form: bool = False, intercept: bool = True
    ) -> str:
        """Return the header that the script would send with a link in it, or a form."""
        slots = {
            address: [one.shows, one.src, one.key, *([one.home] if one.home else [])]
            for address, one in self.elements.items()
        }
        state: dict[str, Any] = {"ask": "navigate", "slots": slots}
        if intercept and any(one.home for one in self.elements.values()):
            state |= {"at": self.url, "origin": self.origin}
        if again := [address for address, one in self.elements.items() if one.again]:
            state["again"] = again
        if form:
            state["form"] = True
        state |= {name: value for name, value in (("only", only), ("from", inside)) if value}
        return json.dumps(state)


class Rehearsal:
    """Makes requests for one user, and tells what they would be answered with.

    ``user``
        A user, or ``None``: nobody is logged in.
    """

    def __init__(self, user: Any = None) -> None:
        self.user = user

    def answer(self, url: str, state: str | None = None, *, method: str = "GET") -> Answer:
        """Return the answer to a request with a state header, or without one: that of a hard load.

        ``url`` may be absolute; of such a one, the path and query count.
        """
        request = self._request(url, state, method)
        with _served(request):
            answer = _answer(request)
        notes = tuple(_on_state(state, answer))
        return replace(answer, notes=(*answer.notes, *notes)) if notes else answer

    def load(self, url: str) -> tuple[Screen, Answer]:
        """Return what is on screen after a hard load, once all has come."""
        answer = self.answer(directed(url, INLINE))
        src = src_of(url)
        if answer.kind != "page":
            return Screen(src, src), answer
        plan = trace_of(answer.request).plan
        has_background = answer.decision and answer.decision.is_background
        origin = plan.location.src if plan and has_background else src
        return Screen(src, origin, dict(_elements(answer.html))), answer

    def visit(self, screen: Screen, url: str, **said: str) -> tuple[Screen, Answer]:
        """Return what is on screen after a soft visit; ``said`` is what ``Screen.state()`` takes."""
        state = screen.state(**said)  # type: ignore[arg-type]
        if not screen.elements or len(state) > MAX_LENGTH:
            return self.load(url)
        answer = self.answer(url, state)
        if answer.kind != "slots":
            return self.load(url)
        elements = dict(screen.elements)
        for address, new, is_top in _found(answer.html):
            if is_top:
                was = elements[address]
                inside = [name for name in elements if name.startswith(f"{address}.")]
                for name in inside:
                    del elements[name]
                new = replace(was, shows=new.shows, src=new.src)
            elements[address] = new
        rows = answer.explanation.rows if answer.explanation else ()
        stays = not answer.url or any(row.action == "intercepted" for row in rows)
        origin = screen.origin if stays else answer.url
        return Screen(answer.url or screen.url, origin, elements), answer

    def _request(self, url: str, state: str | None, method: str) -> HttpRequest:
        parts = urlsplit(url)
        headers = {} if state is None else {"HX-Request": "true", HEADER: state}
        is_ours = parts.hostname and validate_host(parts.hostname, settings.ALLOWED_HOSTS)
        host = parts.netloc if is_ours else _host()
        request: HttpRequest = RequestFactory(headers=headers).generic(
            method, _without_prefix(src_of(url)), secure=parts.scheme == "https", HTTP_HOST=host
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
    except Resolver404 as error:
        return _unresolved(request, error)
    request.resolver_match = found
    captured, location = Captured.of(found), location_of(request)
    match = PageMatch.of(found, captured)
    url, view = location.src, name_of(found.func)
    if isinstance(found.func, SlotsView):
        match_of_slots = found.func.match_for(request, found.args, found.kwargs)
        target, view = Target(location, tuple(match_of_slots.pages()), match_of_slots), ""
    else:
        target = Target(location, (match,))
    if refusal := refusal_of(request, found.func, captured):
        to = f" to {refusal['Location']}" if "Location" in refusal else ""
        guard = "a guard" if is_refused(refusal) else "LoginRequiredMiddleware"
        why = f"{guard} answers {refusal.status_code}{to}"
        return Answer("refused", why, request, target=target, url=url)
    if target.root is None and not (is_installed(ParallelRoutesMiddleware) and concerns(request)):
        return Answer("view", OUTSIDE, request, target=target, url=url, view=view)
    try:
        decision = decide(request, target.root or match)
    except Exception as error:  # of a function that gives a background, say
        why = f"{type(error).__name__}: {error}"
        return Answer("failed", why, request, target=target, url=url)
    answer = Answer("view", OUTSIDE, request, None, decision.target, decision, url=url)
    plan, asks = decision.plan, decision.state.ask if decision.state else ""
    if plan is None and not is_for_browser(request, decision.state):
        return replace(answer, view=view)
    if plan is None or (asks == "loading" and plan.kind != "slots"):
        if asks == "loading":
            return replace(answer, kind="nothing", why=NOTHING)
        return replace(answer, kind="document", why=OUTSIDE if asks == "navigate" else UNKNOWN)
    if plan.kind in ("missing", "document"):
        return replace(answer, kind=plan.kind, why=plan.why, explanation=explained(plan))
    return _sketched(answer, plan, found)


def _sketched(answer: Answer, plan: Plan, found: ResolverMatch) -> Answer:
    """Have the server answer, with layouts alone."""
    request = answer.request
    vars(request)[RENDERER] = Sketch
    try:
        if isinstance(found.func, SlotsView):
            response = rendered(found.func(request, *found.args, **found.kwargs))
        else:
            instead = answer_instead(request, found.args, found.kwargs)
            assert instead  # as was decided
            response = rendered(instead)
    except Http404 as error:
        return replace(answer, kind="missing", why=str(error).removesuffix("."))
    except Exception as error:
        return replace(answer, kind="failed", why=f"{type(error).__name__}: {error}")
    trace, notes = trace_of(request), tuple(dict.fromkeys(problems_of(request)))
    plan = trace.plan or plan
    if response.status_code == 204:
        return replace(answer, kind="nothing", why=NOTHING, notes=notes)
    if "HX-Redirect" in response or "HX-Refresh" in response:
        plan = replace(
            plan, kind="document", why="a slot on screen is one that this user may not see"
        )
        explanation = explained(plan)
        return replace(answer, kind="document", why=plan.why, explanation=explanation, notes=notes)
    if answer.decision and answer.decision.is_background:
        notes = (*notes, "Where the background can't be shown, the page of the URL itself is.")
    html = response.content.decode() if isinstance(response, HttpResponse) else ""
    explanation = explained(plan, trace.hidden)
    url = answer.url
    if plan.kind == "slots":
        url = explanation.url
    refusal = refusal_by_layout(request)
    kind, why = refusal or (plan.kind, plan.why)
    return replace(
        answer,
        kind=kind,
        why=why,
        explanation=explanation,
        notes=notes,
        html=html,
        url=url,
        is_refused=refusal is not None,
    )


OUTSIDE = "the URL is outside of every slots()"
UNKNOWN = "the slots can't be had"
NOTHING = "nothing is shown until the navigation is done"


def _unresolved(request: HttpRequest, error: Resolver404) -> Answer:
    tried = dict.fromkeys(map(_tried, error.args[0].get("tried", [])))
    notes: tuple[str, ...] = ()
    appends = settings.APPEND_SLASH and is_installed(CommonMiddleware)
    if appends and not request.path_info.endswith("/"):
        try:
            resolve(f"{request.path_info}/")
        except Resolver404:
            pass
        else:
            notes = ("One matches with a slash at its end: CommonMiddleware redirects there.",)
    why = f"no route matches {request.path_info}"
    src = location_of(request).src
    return Answer("unresolved", why, request, notes=notes, url=src, tried=tuple(tried))


def _tried(steps: list[Any]) -> str:
    """Return a route that was tried, and the slot that it stands in."""
    slot = ".".join(step.slot for step in steps if isinstance(step, SlotStep))
    patterns = (str(step.pattern) for step in steps if not isinstance(step, SlotStep))
    route = "/" + "".join(pattern.removeprefix("^") for pattern in patterns)
    return f"{route} in {slot}" if slot else route


def _on_state(header: str | None, answer: Answer) -> Iterator[str]:
    """Yield what there is to say of a state header."""
    if header is None:
        return
    try:
        state = parse(header)
    except BadState as error:
        yield f"The state is malformed ({error}): the server answers as if there were none."
        return
    held = answer.decision.state if answer.decision else None
    if state.slots and held and not held.slots:
        yield "What is on screen was printed for another user or role: nothing of it counts."


def _elements(html: str) -> Iterator[tuple[str, Element]]:
    for address, element, _ in _found(html):
        yield address, element


def _found(html: str) -> Iterator[tuple[str, Element, bool]]:
    """Yield the slots in an answer, and whether the script swaps it into one on screen."""
    for address, tag in ELEMENT.findall(html):
        data = {name: unescape(value) for name, value in ATTRIBUTE.findall(tag)}
        element = Element(
            data["variant"],
            data["src"],
            data.get("key", ""),
            data.get("mount-url", ""),
            "again" in data,
        )
        yield address, element, "key" not in data


def src_of(url: str) -> str:
    """Return the path and query of a URL, quoted as browsers do; raise ``ValueError`` if it is none."""
    parts = urlsplit(url)
    path = parts.path if parts.path.startswith("/") else f"/{parts.path}"
    return str(iri_to_uri(urlunsplit(("", "", path, parts.query, ""))))


def _without_prefix(src: str) -> str:
    prefix = (settings.FORCE_SCRIPT_NAME or "").rstrip("/")
    return src.removeprefix(prefix) if src.startswith(f"{prefix}/") else src


def _host() -> str:
    """Return a name that the project answers to."""
    for host in settings.ALLOWED_HOSTS:
        if host != "*":
            return str(host).lstrip(".")
    return "localhost"


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
