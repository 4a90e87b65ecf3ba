"""Builds the plan for a request from its match, its header and its query.

``respond`` renders plans, and the explain command describes them. Only two kinds of project code run here:
functions that return the URL of a background, and middleware that protects views.
"""

from __future__ import annotations

from django.http import HttpRequest

from django_parallel_routes.declarations import SAFE_METHODS
from django_parallel_routes.matches import PageMatch, SegmentMatch
from django_parallel_routes.planning.background import declared_backgrounds, plan_background
from django_parallel_routes.planning.context import (
    Context,
    ResolvedUrl,
    resolver_for,
)
from django_parallel_routes.planning.forms import plan_element, plan_form
from django_parallel_routes.planning.history import plan_refresh, plan_restore, with_refreshes
from django_parallel_routes.planning.interception import from_level_beneath, plan_interception
from django_parallel_routes.planning.navigation import plan_navigation
from django_parallel_routes.planning.permalinks import (
    permalink,
    with_remembered,
    without_remembered,
)
from django_parallel_routes.planning.plan import Plan, SlotPlan, plan_page
from django_parallel_routes.protocol.query import Options
from django_parallel_routes.protocol.signing import viewers_in
from django_parallel_routes.protocol.state import MountedSlot, State
from django_parallel_routes.request.details import details_of, state_of, viewer_of
from django_parallel_routes.values import NO_SLOT, Location, path_of, replace, value_class

NOTHING_ON_SCREEN = State("navigate")
"""The state of a hard load."""


@value_class
class Decision:
    """What a request is answered with."""

    context: Context
    state: State | None
    """The header of the request, without slots of other users; ``None`` for a hard load."""
    options: Options
    plan: Plan | None
    """``None`` if the URL is outside of every ``slots()``, and its view answers as usual."""
    has_background: bool = False
    """Whether the page shows the target over a background. If that can't be shown, the target is."""

    @property
    def target(self) -> ResolvedUrl:
        """What the URL of the request resolves to."""
        return self.context.target


def decide(request: HttpRequest, match: SegmentMatch | PageMatch) -> Decision:
    """Decide on a request whose URL has this match: of a ``slots()``, or of a single view."""
    details = details_of(request)
    options, location, resolve = details.options, details.location, resolver_for(request)
    state = _valid_for(request, details.state)
    is_safe = request.method in SAFE_METHODS
    if state and state.own and state.intent != "slot" and is_safe:
        state = _without_wrong_own(state, location)
    if isinstance(match, SegmentMatch):
        match, location = with_remembered(match, location, resolve)
    target = ResolvedUrl(location, match)
    context = Context(target, state or NOTHING_ON_SCREEN, resolve, options.refreshes)
    if state is None and is_safe and (plan := plan_background(request, context)):
        plan = plan if options.is_complete else with_late_slots(plan)
        return Decision(context, state, options, plan, has_background=True)
    plan = _plan(context, is_safe=is_safe)
    if plan and state:
        if state.refresh or options.refreshes:
            plan = _with_refreshed_slots(plan, context)
        plan = mark_same_pages(plan, state)
        if state.intent == "navigate" and is_safe:
            plan = with_late_slots(plan, state)
    elif plan and is_safe and not options.is_complete:
        plan = with_late_slots(plan)
    return Decision(context, state, options, plan)


def may_need_plan(request: HttpRequest) -> bool:
    """Tell whether a URL outside of every ``slots()`` may be answered by something else than its view."""
    return state_of(request) is not None or bool(declared_backgrounds())


def must_load_document(request: HttpRequest, state: State | None) -> bool:
    """Tell whether the browser must load the document, if there is no plan for a request."""
    return state is not None and state.intent != "slot" and request.method in SAFE_METHODS


def _plan(context: Context, *, is_safe: bool) -> Plan | None:
    """Return the plan for a request of any kind, or ``None`` if the target's own view answers."""
    state, target = context.state, context.target
    root, intent = target.root, state.intent
    if state is NOTHING_ON_SCREEN and root and is_safe:
        return plan_page(root, target.location)
    if is_safe and intent in ("restore", "refresh"):
        plan = plan_restore(context) if intent == "restore" else plan_refresh(context)
        if plan is None and root:
            plan = Plan("document", "not all slots can be brought back", root, target.location)
        return plan
    if intent == "slot":
        return plan_element(context)
    if not is_safe:
        return plan_form(context)
    plan = plan_interception(from_level_beneath(context) if state.form else context)
    if plan or root is None:
        return plan
    current = Location.of(state.current_url)
    if current.path == target.location.path:
        src = without_remembered(root, current).src
        context = replace(context, state=replace(state, current_url=src))
    plan = plan_navigation(context)
    return replace(plan, url=_url_after_slot_link(plan, context)) if state.own else plan


def _with_refreshed_slots(plan: Plan, context: Context) -> Plan:
    """Return a plan that also refreshes the slots that the URL or the header names.

    A prefetch refreshes none of them: they would be outdated when the response is shown.
    """
    state = context.state
    if state.intent not in ("navigate", "restore") or state.prefetch:
        return plan
    page = ResolvedUrl(plan.location, plan.root)
    return with_refreshes(plan, (*context.refreshes, *state.refresh), context, page)


def _without_wrong_own(state: State, location: Location) -> State:
    """Return the state without ``own`` if the URL is not that of the slot, after a redirect for example."""
    mounted = state.slots.get(state.source_slot)
    is_own = mounted is not None and mounted.path == location.path
    if is_own and state.target_slot and not state.form:
        return state
    return replace(state, own=False, target_slot=NO_SLOT)


def _url_after_slot_link(plan: Plan, context: Context) -> str:
    """Return the URL that the address bar shows when a link has changed the query of its slot alone.

    If the slot has the main page, the address bar shows the URL of the link. Otherwise, only what its
    query remembers may change.
    """
    state = context.state
    is_main = plan.root.at(state.source_slot) is plan.root.main_page
    if is_main and path_of(state.current_url) == plan.location.path:
        return ""
    page = context.resolve(state.current_url)
    is_open = any(slot.variant == "intercepted" for slot in state.slots.values())
    if page is None or page.root is None or is_open:
        return state.current_url or "stay"
    location = without_remembered(page.root, page.location)
    return permalink(replace(plan, root=page.root, location=location))


def page_in_address_bar(context: Context) -> ResolvedUrl | None:
    """Return what a hard load of the URL in the address bar would resolve to."""
    url = context.state.current_url
    page = context.resolve(url) if url else None
    if page is None or page.root is None:
        return None
    root, location = with_remembered(page.root, page.location, context.resolve)
    return ResolvedUrl(location, root)


def _valid_for(request: HttpRequest, state: State | None) -> State | None:
    """Return the state without slots, if they were printed for another user or role."""
    if state is None:
        return None
    mounted = (*state.slots.values(), *state.restore.values())
    viewers = viewers_in(slot.key for slot in mounted)
    if viewers <= {viewer_of(request, load=bool(viewers))}:
        return state
    return replace(state, slots={})


def mark_same_pages(plan: Plan, state: State) -> Plan:
    """Return a plan that says of each slot whether it shows the same page as before (rule S57).

    Slots that show the same path show the same route with the same arguments. The query does not count.
    What the history asks for replaces what is on screen, whatever that shows.
    """
    if plan.kind != "slots" or state.intent == "restore":
        return plan
    changed = tuple([_mark_same_page(slot, state) for slot in plan.changed])
    return replace(plan, changed=changed)


def _mark_same_page(plan: SlotPlan, state: State) -> SlotPlan:
    mounted = state.slots.get(plan.address)
    is_certain = plan.intercepted is None or plan.intercepted.is_certain
    if not (mounted and is_certain and _shows_already(mounted, plan)):
        return plan  # It is another page, view or layout, and has other slots in it.
    return replace(
        plan,
        is_same_page=True,
        inner=tuple(_mark_same_page(slot, state) for slot in plan.inner),
        stacked=plan.stacked and _mark_same_page(plan.stacked, state),
    )


def _shows_already(mounted: MountedSlot, plan: SlotPlan) -> bool:
    """Tell whether a slot on screen shows this page already, by the same view and with the same arguments.

    A default has the URL of the page around it. But its view is often that of a page of the slot, too: a
    search in the list that is the default leads to that page.
    """
    match, variant = plan.match, plan.variant
    if mounted.variant == variant or not isinstance(match, PageMatch):
        return mounted.variant == variant and path_of(mounted.src) == path_of(plan.src)
    default, called = plan.outer.captured, match.captured
    return (
        (mounted.variant, variant) == ("default", "page")
        and match.view is plan.slot.default
        and (called.args, called.kwargs) == (default.args, default.kwargs)
    )


def with_late_slots(plan: Plan, state: State | None = None) -> Plan:
    """Return a plan in which slots with ``loading`` arrive later: of a page, or of a navigation.

    So a slow slot does not hold up the others. A slot's own layout arrives at once, with the loading state
    in it. Any other segment in such a slot arrives later as a whole. A prefetch runs no slow page, unless
    it is a full one: the script requests these slots when they are on screen.
    """
    is_late = state is None or (plan.kind == "slots" and state.prefetch != "full")
    if not is_late or not plan.root.segment.may_be_late:
        return plan
    return replace(plan, changed=tuple([_with_late_slots(slot, state) for slot in plan.changed]))


def _with_late_slots(plan: SlotPlan, state: State | None) -> SlotPlan:
    fallbacks, is_soft = plan.slot.fallbacks, state is not None
    is_page = plan.action in ("page", "default") or (is_soft and plan.action == "intercepted")
    is_framed = isinstance(plan.match, SegmentMatch) and plan.match.segment.is_frame
    if not fallbacks.loading or not is_page or is_framed:
        inner = tuple(_with_late_slots(inner, state) for inner in plan.inner)
        return replace(plan, inner=inner) if inner else plan
    if state is None:
        return replace(plan, arrival=fallbacks.delivery)
    if plan.slot.unmatched == "refresh":
        return plan  # It comes with each response, and may show messages.
    return replace(plan, arrival="deferred" if state.prefetch else "streamed")
