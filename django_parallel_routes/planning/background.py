"""Plans of hard loads of an intercepted URL, shown over the background that its ``intercept()`` declares."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urldefrag, urlsplit

from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch, URLResolver, get_resolver, get_urlconf, reverse

from django_parallel_routes.declarations import Interception, interceptions_in
from django_parallel_routes.matches import PageMatch
from django_parallel_routes.planning.context import Context, ResolvedUrl
from django_parallel_routes.planning.interception import InterceptionMatch
from django_parallel_routes.planning.plan import Place, Plan, plan_page
from django_parallel_routes.protocol.signing import key_of
from django_parallel_routes.protocol.state import MAX_DEPTH, MountedSlot, State, without_host
from django_parallel_routes.values import SlotAddress, replace


def plan_background(request: HttpRequest, context: Context) -> Plan | None:
    """Plan a hard load of a target over its background, which may have a background of its own.

    Returns ``None`` if no background is declared, or if it does not have the slot that intercepts.
    """
    levels: list[tuple[ResolvedUrl, Interception, PageMatch]] = []
    below: ResolvedUrl | None = context.target
    while below and (found := _background_of(request, below)):
        interception, page, src = found
        levels.append((below, interception, page))
        if len(levels) == MAX_DEPTH:  # The backgrounds lead in a circle.
            return None
        below = context.resolve(src)
    if not levels or below is None or below.root is None:
        return None
    plan = plan_page(below.root, below.location)
    for target, interception, page in reversed(levels):
        on = next(
            (
                one
                for one in plan.changed_by_address.values()
                if interception in one.slot.interceptions
            ),
            None,
        )
        if plan.kind != "page" or on is None:
            return None
        place = Place(on.address, on.outer, on.slot, below.location)
        close_url = on.close_url or below.location.src
        while interception.opens == "above" and on.action == "intercepted" and on.stacked:
            close_url = (on.inner or (on,))[0].src
            on = on.stacked
        match = InterceptionMatch(place, target, interception, page)
        state = State("navigate", _as_mounted(plan))
        new = match.plan(on.address, close_url, replace(context, state=state))
        plan = plan.with_slot(new)
    return replace(plan, why=f"its background is {below.location.src}")


def _as_mounted(plan: Plan) -> dict[SlotAddress, MountedSlot]:
    """Return the slots of a page as they will be on screen."""
    return {
        slot.address: MountedSlot(
            slot.variant, slot.src, key_of(slot.outer, slot.location.path, slot.address)
        )
        for slot in plan.changed_by_address.values()
    }


def _background_of(
    request: HttpRequest, target: ResolvedUrl
) -> tuple[Interception, PageMatch, str] | None:
    """Return the interception that gives a target a background, the target's page, and the URL."""
    for interception in declared_backgrounds():
        for page in target.pages:
            is_named = interception.route in page.names
            if is_named and (src := _background_url(request, interception, page)):
                return interception, page, src
    return None


def _background_url(
    request: HttpRequest, interception: Interception, page: PageMatch
) -> str | None:
    """Return the URL of an interception's background, path and query."""
    kwargs = dict(page.captured.kwargs)
    if callable(interception.background):
        found = interception.background(request, *page.captured.args, **kwargs)
        url = None if found is None else resolve_url(found)
    else:
        url = _reversed(str(interception.background), page.captured.args, kwargs)
    if not url:
        return None
    host = urlsplit(url).netloc
    return None if host and host != request.get_host() else without_host(urldefrag(url).url)


def _reversed(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    """Return the URL of a route, which gets the arguments if it takes them."""
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return reverse(name)


def declared_backgrounds() -> tuple[Interception, ...]:
    """Return the interceptions of the current URLconf that declare a background."""
    return _declared_in(get_resolver(get_urlconf()))


@lru_cache(maxsize=8)
def _declared_in(resolver: URLResolver) -> tuple[Interception, ...]:
    declared = interceptions_in(resolver.url_patterns)
    return tuple(one for one in declared if one.background is not None)
