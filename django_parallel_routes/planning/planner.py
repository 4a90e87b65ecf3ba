"""Builds the plan for a request from its match, its header and its query.

``respond`` renders plans, and the explain command describes them. Only two kinds of project code run here:
functions that return the URL of a background, and middleware that protects views.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import get_resolver, get_urlconf

from django_parallel_routes.declarations import SAFE_METHODS
from django_parallel_routes.matches import PageMatch, SegmentMatch
from django_parallel_routes.planning.context import (
    Context,
    ResolvedUrl,
    interceptions_of,
)
from django_parallel_routes.planning.history import plan_refresh, plan_restore, with_refreshes
from django_parallel_routes.planning.interception import (
    from_level_beneath,
    plan_interception,
    plan_over_background,
)
from django_parallel_routes.planning.navigation import plan_element, plan_form, plan_navigation
from django_parallel_routes.planning.permalinks import (
    REMEMBERED,
    permalink,
    with_remembered,
    without_remembered,
)
from django_parallel_routes.planning.plan import VIEWER, Plan, SlotPlan, plan_page
from django_parallel_routes.protocol.query import Options
from django_parallel_routes.protocol.state import MountedSlot, State
from django_parallel_routes.request.details import META_NAME, details_of, viewer_of
from django_parallel_routes.values import NO_SLOT, Location, path_of, replace, value_class

NOTHING_ON_SCREEN = State("navigate")
"""The state of a hard load."""


@value_class
class Decision:
    """The plan for a request, and what it was made from."""

    context: Context
    state: State | None
    """The header of the request, without slots of other users; ``None`` for a hard load."""
    options: Options
    plan: Plan | None
    """``None`` if the URL is outside of every ``slots()``, and its view answers as usual."""
    has_background: bool = False
    """Whether the page shows the target over a background. If that fails, the target's page is shown."""


def decide(request: HttpRequest, match: SegmentMatch | PageMatch) -> Decision:
    """Decide on a request whose URL has this match: of a ``slots()``, or of a single view."""
    details = details_of(request)
    options, target, state = details.options, ResolvedUrl(details.location, match), details.state
    is_safe, has_background = request.method in SAFE_METHODS, False
    if state:
        state = _trusted(request, state, target.location)
    context = Context(request, target, state or NOTHING_ON_SCREEN, options.refreshes)
    if REMEMBERED in target.location.src:
        target = with_remembered(target, context)
        context = replace(context, target=target)
    if state or not is_safe:
        return Decision(context, state, options, _plan(context, is_safe=is_safe))
    plan = plan_over_background(context, target) if _has_backgrounds() else None
    if plan is None and isinstance(target.match, SegmentMatch):
        plan = plan_page(target.match, target.location)
    elif plan:
        has_background = plan.location is not target.location
    if plan and not options.is_complete:
        plan = with_late_slots(plan)
    return Decision(context, state, options, plan, has_background)


def may_need_plan(request: HttpRequest) -> bool:
    """Tell whether a URL outside of every ``slots()`` may be answered by something else than its view."""
    # Nothing else of a request is parsed, so this costs other views of the project hardly anything.
    has_state = META_NAME in request.META and details_of(request).state is not None
    return has_state or _has_backgrounds()


def _has_backgrounds() -> bool:
    return bool(interceptions_of(get_resolver(get_urlconf())).over_background)


def must_load_document(request: HttpRequest, state: State | None) -> bool:
    """Tell whether the browser must load the document, if there is no plan for a request."""
    return state is not None and state.intent != "slot" and request.method in SAFE_METHODS


def _plan(context: Context, *, is_safe: bool) -> Plan | None:
    """Return the plan for a form or a request of the script, ``None`` if the target's own view answers."""
    state, target = context.state, context.target
    if state.intent == "slot":
        plan = plan_element(context)
    elif not is_safe:
        plan = plan_form(context)
    elif state.intent == "navigate":
        plan = _plan_visit(context)
    else:
        plan = plan_restore(context) if state.intent == "restore" else plan_refresh(context)
        if plan is None and target.root:
            why = "not all slots can be brought back"
            plan = Plan("document", why, target.root, target.location)
    if plan is None:
        return None
    # A prefetch refreshes no slots: they would be outdated when the response is shown.
    names = () if state.prefetch else (*context.refreshes, *state.refresh)
    if names and state.intent in ("navigate", "restore"):
        page = ResolvedUrl(plan.location, plan.root)
        plan = with_refreshes(plan, names, context, page)
    plan = mark_same_pages(plan, state)
    return with_late_slots(plan, state) if is_safe and state.intent == "navigate" else plan


def _plan_visit(context: Context) -> Plan | None:
    """Return the plan of a soft navigation."""
    state, target = context.state, context.target
    plan = plan_interception(from_level_beneath(context) if state.form else context)
    if plan or target.root is None:
        return plan
    current = Location.of(state.current_url)
    if current.path == target.location.path:
        src = without_remembered(target.root, current).src
        context = replace(context, state=replace(state, current_url=src))
    plan = plan_navigation(context)
    return replace(plan, url=_url_after_slot_link(plan, context)) if state.own else plan


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
    return page and with_remembered(page, context)


def _trusted(request: HttpRequest, state: State, location: Location) -> State:
    """Return the state without slots that were printed for another user or role.

    After a redirect, for example, the URL is not that of the slot. Then the state is not ``own``.
    """
    mounted = (*state.slots.values(), *state.restore.values())
    viewers = {slot.key[VIEWER] for slot in mounted} - {""}
    if viewers and viewers != {viewer_of(request, load=True)}:
        state = replace(state, slots={})
    if not state.own or state.intent == "slot" or request.method not in SAFE_METHODS:
        return state
    source = state.slots.get(state.source_slot)
    if source and source.path == location.path and state.target_slot and not state.form:
        return state
    return replace(state, own=False, target_slot=NO_SLOT)


def mark_same_pages(plan: Plan, state: State) -> Plan:
    """Return a plan that says of each slot whether it shows the same page as before (rule S57).

    Slots that show the same path show the same route with the same arguments. The query does not count.
    A slot that the history restores is always replaced.
    """
    if plan.kind != "slots" or state.intent == "restore":
        return plan
    changed = tuple([_mark_same_page(slot, state) for slot in plan.changed])
    return replace(plan, changed=changed)


def _mark_same_page(plan: SlotPlan, state: State) -> SlotPlan:
    """Mark the plan of one slot, and those of the slots inside it."""
    mounted = state.slots.get(plan.address)
    is_certain = plan.intercepted is None or plan.intercepted.is_certain
    if not (mounted and is_certain and _shows_already(mounted, plan)):
        return plan  # The slot shows another page, view or layout, with other slots in it.
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
    """Return the plan of one slot, in which the slot or slots inside it may come later."""
    is_soft = state is not None
    is_page = plan.action in ("page", "default") or (is_soft and plan.action == "intercepted")
    is_framed = isinstance(plan.match, SegmentMatch) and plan.match.segment.is_frame
    if not plan.slot.loading or not is_page or is_framed:
        inner = tuple(_with_late_slots(inner, state) for inner in plan.inner)
        return replace(plan, inner=inner) if inner else plan
    if state is None:
        return replace(plan, arrival=plan.slot.delivery)
    if plan.slot.unmatched == "refresh":
        return plan  # Such a slot comes with each response, and may show messages.
    return replace(plan, arrival="deferred" if state.prefetch else "streamed")
