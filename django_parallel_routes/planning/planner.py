"""What a request is answered with: the one place that gathers what a decision needs, and takes it.

``views`` carries decisions out, ``explaining`` puts them into words. Nothing is run here but functions
that find a URL, and middleware that protects views, asked about the URLs of others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from typing import Any
from urllib.parse import urldefrag, urlsplit

from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import (
    NoReverseMatch,
    Resolver404,
    ResolverMatch,
    URLResolver,
    get_resolver,
    get_urlconf,
    resolve,
    reverse,
)
from django.utils.translation import get_language

from django_parallel_routes.declarations import SAFE_METHODS, Interception, interceptions
from django_parallel_routes.location import Location, path_of
from django_parallel_routes.matches import Captured, PageMatch, SegmentMatch, match_in
from django_parallel_routes.planning.history import plan_refresh, plan_restore, with_refreshes
from django_parallel_routes.planning.interception import (
    back_below,
    plan_background,
    plan_inside,
    plan_interception,
)
from django_parallel_routes.planning.loading import plan_loading, with_loading
from django_parallel_routes.planning.navigation import plan_navigation, plan_slot, plan_submission
from django_parallel_routes.planning.permalinks import recalled, url_of, without_remembered
from django_parallel_routes.planning.plan import Plan, Resolve, Target, plan_page
from django_parallel_routes.protocol.query import Directives
from django_parallel_routes.protocol.signing import key_of, viewer_in
from django_parallel_routes.protocol.state import State, without_host
from django_parallel_routes.request.access import refusal_of
from django_parallel_routes.request.context import context_of
from django_parallel_routes.request.slot_request import (
    path_info_of,
    slot_request,
    viewer_of,
)
from django_parallel_routes.resolvers import with_around


@dataclass(frozen=True)
class Decision:
    """How a request is answered."""

    target: Target
    state: State | None
    """What the script says is on screen, as far as it holds for this user."""
    said: Directives
    plan: Plan | None
    """``None``: by the view of a URL outside of every ``slots()``, as ever."""
    is_background: bool = False
    """Whether it is a page with the target over it: where that can't be, the target's own."""


def decide(request: HttpRequest, match: SegmentMatch | PageMatch) -> Decision:
    """Decide on a request for a URL, which has this match: that of a ``slots()``, or of a single view."""
    context = context_of(request)
    state = _valid_for(request, context.state)
    resolve = resolver_for(request)
    said, location = context.options, context.location
    if state and state.intent != "slot" and request.method in SAFE_METHODS:
        state = _with_own(state, location)
    if isinstance(match, SegmentMatch):
        root, location = recalled(match, location, key_of, resolve)
        target = Target(location, tuple(root.pages()), root)
    else:
        target = Target(location, (match,))
    if background := _background(request, target, state, resolve):
        plan = background if said.is_complete else with_loading(background)
        return Decision(target, state, said, plan, is_background=True)
    found = _plan_for(request, target, state, resolve)
    if state is None and found and not found.addressed and not said.is_complete:
        found = with_loading(found)
    found = found and _with_others(found, said, state, resolve)
    if found and state:
        found = replace(found, mounted=frozenset(state.slots))
    return Decision(target, state, said, found)


def concerns(request: HttpRequest) -> bool:
    """Tell whether a request for a URL outside of a ``slots()`` may have another answer than its view's."""
    return context_of(request).state is not None or bool(_backgrounds(get_resolver(get_urlconf())))


def is_for_browser(request: HttpRequest, state: State | None) -> bool:
    """Tell whether a request of the script is for a document, where no plan is made for it."""
    return state is not None and state.intent != "slot" and request.method in SAFE_METHODS


def _plan_for(
    request: HttpRequest, target: Target, state: State | None, resolve: Resolve
) -> Plan | None:
    """Return the plan for a request of any kind, if there is one."""
    if state and state.intent == "loading":
        plan = _plan_for(request, target, replace(state, intent="navigate"), resolve)
        return plan and plan_loading(plan)
    if state and (plan := _plan_elsewhere(request, target, state, resolve)):
        return plan
    root, location = target.root, target.location
    if root is None:
        return None
    if state and state.intent == "slot":
        return plan_slot(root, location, state, key_of)
    if request.method not in SAFE_METHODS:
        return plan_submission(root, location, state, key_of)
    if state is None:
        return plan_page(root, location)
    if state.intent in ("restore", "refresh"):
        return Plan("document", "not all slots can be brought back", root, location)
    at = Location.of(state.current_url)
    if at.path == location.path:
        state = replace(state, current_url=without_remembered(root, at).src)
    plan = with_loading(plan_navigation(root, location, state, key_of, resolve))
    return replace(plan, url=_url_of_own(plan, state, resolve)) if state.own else plan


def _with_own(state: State, location: Location) -> State:
    """Return the state of a navigation as it holds for a URL: a redirect may lead out of the slot."""
    mounted = state.slots.get(state.source_slot)
    is_own = state.own and mounted is not None and mounted.path == location.path
    if not state.own or (is_own and state.target_slot and not state.form):
        return state
    return replace(state, own=False, target_slot="")


def _url_of_own(plan: Plan, state: State, resolve: Resolve) -> str:
    """Return the URL that the address bar shows when a link has changed the query of its slot alone.

    It follows where the slot gives its URL the name; else it stays, but for what it remembers.
    """
    mounted = state.slots.values()
    is_main = plan.root.at(state.source_slot) is plan.root.primary
    if is_main and path_of(state.current_url) == plan.location.path:
        return ""
    at = resolve(state.current_url)
    if at is None or at.root is None or any(slot.shows == "intercepted" for slot in mounted):
        return state.current_url or "stay"
    location = without_remembered(at.root, at.location)
    return url_of(replace(plan, root=at.root, location=location))


def _plan_elsewhere(
    request: HttpRequest, target: Target, state: State, resolve: Resolve
) -> Plan | None:
    """Return the plan of an answer that is not made of the target's own slots, if it is one."""
    if request.method not in SAFE_METHODS or state.intent == "slot":
        return plan_inside(target, state, key_of, resolve)
    if state.intent == "restore":
        return plan_restore(target, state, key_of, resolve)
    if state.intent == "refresh":
        return plan_refresh(target, state, key_of, resolve)
    return plan_interception(target, back_below(target, state), key_of, resolve)


def _with_others(plan: Plan, said: Directives, state: State | None, resolve: Resolve) -> Plan:
    """Return a plan with the slots that come besides: those that the URL names, or with each answer."""
    if state is None or state.intent not in ("navigate", "restore"):
        return plan
    page = Target(plan.location, (), plan.root)
    return with_refreshes(plan, (*said.refreshes, *state.refresh), state, key_of, resolve, page)


def page_of(request: HttpRequest, state: State) -> Target | None:
    """Return what the URL in the address bar resolves to, as a hard load has it."""
    found = resolved(request, state.current_url) if state.current_url else None
    if found is None or found.root is None:
        return None
    root, location = recalled(found.root, found.location, key_of, resolver_for(request))
    return Target(location, found.pages, root)


def _valid_for(request: HttpRequest, state: State | None) -> State | None:
    """Return the state without slots, if they were printed for another user or role (S46)."""
    if state is None:
        return None
    mounted = (*state.slots.values(), *state.restore.values())
    viewers = {viewer for slot in mounted if (viewer := viewer_in(slot.key))}
    if viewers <= {viewer_of(request, look=bool(viewers))}:
        return state
    return replace(state, slots={})


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
    host = urlsplit(url).netloc
    return None if host and host != request.get_host() else without_host(urldefrag(url).url)


@lru_cache(maxsize=8)
def _backgrounds(resolver: URLResolver) -> tuple[Interception, ...]:
    """Return the interceptions of a URLconf that declare a background."""
    rules = interceptions(resolver.url_patterns)
    return tuple(rule for rule in rules if rule.background is not None)


def resolver_for(request: HttpRequest) -> Resolve:
    """Return a function that gives what a URL resolves to, and finds that out once.

    What a user may GET is another matter after a form, say that of a login: ask for a new function then.
    """
    return cache(partial(resolved, request))


def resolved(request: HttpRequest, src: str) -> Target | None:
    """Return what another URL of the project resolves to, if the user may GET it."""
    location = Location.of(src)
    found = found_at(request, location.path)
    if found is None:
        return None
    captured = Captured.of(found)
    asking = slot_request(request, found, location)
    if refusal_of(asking, found.func, captured):
        return None
    if match := match_in(found.func):
        root = with_around(match, found, asking.path_info)
        return Target(location, tuple(root.pages()), root)
    return Target(location, (PageMatch.of(found, captured),))


def found_at(request: HttpRequest, path: str) -> ResolverMatch | None:
    """Return Django's match of a decoded path, ``None`` if there is none.

    A path is resolved once a request, and no more of them than a page has: those that the client
    tells are anybody's.
    """
    if request.resolver_match and path == request.path:
        return request.resolver_match
    found: dict[tuple[str, str], ResolverMatch | None] = vars(request).setdefault(FOUND, {})
    key = path, get_language()
    if key not in found and len(found) < MAX_PATHS:
        found[key] = _found(path_info_of(request, path))
    return found.get(key)


def _found(path_info: str | None) -> ResolverMatch | None:
    try:
        return None if path_info is None else resolve(path_info, get_urlconf())
    except Resolver404:
        return None


FOUND = "_parallel_routes_found"

MAX_PATHS = 32
"""How many other paths are resolved for one request: more than the slots of a page have."""
