"""Plans of hard loads of an intercepted URL, shown over the background that its ``intercept()`` declares."""

from __future__ import annotations

from typing import Any
from urllib.parse import urldefrag, urlsplit

from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch, get_resolver, get_urlconf, reverse

from django_parallel_routes.declarations import Interception
from django_parallel_routes.matches import PageMatch
from django_parallel_routes.planning.context import Context, ResolvedUrl, interceptions_of
from django_parallel_routes.planning.interception import InterceptionMatch
from django_parallel_routes.planning.plan import Place, Plan, key_of, plan_page
from django_parallel_routes.protocol.state import MAX_DEPTH, MountedSlot, State, without_host
from django_parallel_routes.values import replace


def plan_over_background(context: Context, target: ResolvedUrl, depth: int = 0) -> Plan | None:
    """Plan a hard load of a target over its background, or of its page alone if it declares none.

    The background may have a background of its own. Returns ``None`` if a background can't be shown, or
    does not have the slot that intercepts.
    """
    found = _background_of(context.request, target)
    if found is None:
        return plan_page(target.root, target.location) if target.root else None
    interception, page, src = found
    below = context.resolve(src) if depth < MAX_DEPTH else None  # They may lead in a circle.
    plan = plan_over_background(context, below, depth + 1) if below else None
    if plan is None or plan.kind != "page":
        return None
    slots = plan.changed_by_address.values()
    on = next((slot for slot in slots if interception in slot.slot.interceptions), None)
    if on is None:
        return None
    place = Place(on.address, on.outer, on.slot, plan.location)
    close_url = on.close_url or plan.location.src
    while interception.opens == "above" and on.action == "intercepted" and on.stacked:
        close_url = (on.inner or (on,))[0].src
        on = on.stacked
    mounted = {
        slot.address: MountedSlot(
            slot.variant, slot.src, key_of(slot.outer, slot.location.path, slot.address)
        )
        for slot in slots
    }
    match = InterceptionMatch(place, target, interception, page)
    new = match.plan(on.address, close_url, replace(context, state=State("navigate", mounted)))
    return replace(plan.with_slot(new), why=f"its background is {plan.location.src}")


def _background_of(
    request: HttpRequest, target: ResolvedUrl
) -> tuple[Interception, PageMatch, str] | None:
    """Return the interception that gives a target a background, the target's page, and the URL."""
    for interception in interceptions_of(get_resolver(get_urlconf())).over_background:
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
