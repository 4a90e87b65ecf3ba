"""Plan to rendered slots. The only module that calls views.

Written once, as coroutines, whether anything in them waits or not: ``running`` knows how they are run.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from typing import Any, TypeVar

from asgiref.sync import async_to_sync, iscoroutinefunction
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.base import BaseHandler
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers

from django_parallel_routes.address import is_main
from django_parallel_routes.contrib.table_tracking import watched
from django_parallel_routes.declarations import Slot, States, TemplateView, View
from django_parallel_routes.instrumentation.trace import NOTHING, Cost, Role, trace_of
from django_parallel_routes.location import Location
from django_parallel_routes.matches import (
    Captured,
    EnclosingSlot,
    Match,
    PageMatch,
    SegmentMatch,
)
from django_parallel_routes.planning.plan import Plan, SlotPlan, prefix_of
from django_parallel_routes.planning.planner import found_at
from django_parallel_routes.protocol.query import RAISE, directed
from django_parallel_routes.protocol.signing import key_of
from django_parallel_routes.rendering.cache_keys import uri_fragment
from django_parallel_routes.rendering.errors import Failure, noted, raised, returned, traceback_of
from django_parallel_routes.rendering.execution import Runner, context_of_page
from django_parallel_routes.rendering.fragments import (
    BUSY,
    HIDDEN,
    Fragment,
    is_document,
    is_fragment,
    is_order,
    text_of,
    without_title,
    wrapped,
)
from django_parallel_routes.rendering.template_context import (
    Scope,
    marker_pattern,
    with_live_values,
)
from django_parallel_routes.request.access import refusal_of
from django_parallel_routes.request.slot_request import (
    adopt,
    resolver_match,
    slot_request,
    viewer_of,
)

logger = logging.getLogger("django.request")
T = TypeVar("T")


class Renderer:
    """Carries out one plan."""

    def __init__(self, request: HttpRequest, plan: Plan, *, guarded: bool = True) -> None:
        self.request = request
        self.plan = plan
        self.guarded = guarded
        """Whether errors are shown in the slots that have a state for them."""
        self.runner = Runner.of(_views(plan))
        self.streamed: list[SlotPlan] = []
        """Slots that are printed with their loading states, and are to follow in this response."""
        self.is_complete = True
        """Whether no slot is printed with its loading state."""
        self.trace = trace_of(request)
        self._root_cost: Cost = NOTHING
        self._submitted = ""
        self._done: dict[str, Fragment] = {}
        self._printed: dict[str, list[str]] = {}
        self._tests: dict[tuple[Slot, str], bool] = {}

    def of(self, plan: Plan) -> Renderer:
        """Return the renderer of a plan with more slots, for what is not rendered yet."""
        other = type(self)(self.request, plan, guarded=self.guarded)
        other._done, other._submitted = self._done, self._submitted
        return other

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Return what a coroutine of this renderer returns, from sync code.

        With ``ATOMIC_REQUESTS`` it is one transaction, in which each view has a savepoint.
        """
        return self.runner.run(coroutine)

    def arrivals(self) -> Iterator[str]:
        """Return the streamed slots, one after the other."""
        context = context_of_page(on_loop=False)
        return (context.run(self._arrive, plan) for plan in self.streamed)

    def _arrive(self, plan: SlotPlan) -> str:
        self.runner = Runner.of((*_views_in(plan), *_views_in(replace(plan, arrives="now"))))
        return self.run(self._arrival(plan))

    def arrivals_async(self) -> AsyncIterator[str]:
        """Return the streamed slots, run side by side, each as soon as it is ready."""
        context = context_of_page(on_loop=True)
        self.runner = replace(self.runner, concurrent=True)

        async def arrive() -> AsyncIterator[str]:
            tasks = [
                context.run(asyncio.ensure_future, self._arrival(plan)) for plan in self.streamed
            ]
            try:
                for task in asyncio.as_completed(tasks):
                    yield await task
            finally:  # the client may have gone away
                for one in tasks:
                    one.cancel()

        return arrive()

    async def _arrival(self, plan: SlotPlan) -> str:
        """Return the element of a slot that has been waited for.

        If its answer is one for the whole request, which is too late, the script shall ask for it.
        """
        try:
            fragment = await self.slot(replace(plan, arrives="now"))
        except Exception as exception:
            await self.runner.call(raised, self.request, exception)
            fragment = Fragment("", answer=HttpResponse(status=500))
        if fragment.answer:
            plan = replace(plan, arrives="deferred")
            return wrapped(plan, await self._waiting(plan))
        return wrapped(replace(plan, arrives="now"), fragment)

    async def addressed(self) -> Fragment:
        """Run the slot that a form is for, before anything else is run, if it is printed (S46)."""
        for address in self.plan.addressed:
            plan = self.plan.by_address[address]
            if not await self._may_see(plan):
                continue
            if isinstance(printed := await self._prints(address), HttpResponseBase):
                return Fragment("", answer=printed)
            if printed:
                self._submitted = address
                fragment = self._done[address] = await self.slot(plan)
                self._tests.clear()  # what a form has changed may be what they hang on
                return fragment
        raise Http404(f"The layout does not print the slot {self.plan.addressed[0]!r}.")

    async def _prints(self, address: str) -> bool | HttpResponseBase:
        """Ask the layouts around a slot, as far as they are not known to have printed it.

        Returns a layout's response if it is an answer of its own, such as a redirect.
        """
        match: Match | None = self.plan.root
        prefix = ""
        for name in address.split("."):
            if not isinstance(match, SegmentMatch):
                break  # In what is intercepted: the key of that tells all.
            if not self.plan.proven.intersection((address, prefix + name)):
                if prefix not in self._printed:
                    location = self.plan.location
                    cost = self._cost_of_layout(match, prefix, location)
                    response = await self._layout(match, prefix, location, cost)
                    if not is_fragment(response):
                        return response
                    found = marker_pattern(settings.SECRET_KEY).findall(text_of(response))
                    self._printed[prefix] = found
                if name not in self._printed[prefix]:
                    return False
            match, prefix = match.slots.get(name), f"{prefix}{name}."
        return True

    async def refusal(self) -> HttpResponseBase | None:
        """Ask the views that are not shown what they would refuse; return the answer of one that does.

        What they raise, such as ``PermissionDenied``, propagates. Nothing of them is rendered. A view in a
        slot that the user may not see is not asked: what is shown instead of it is hidden.
        """
        for question in self.plan.questions:
            location, segment, prefix = question.location, question.segment, question.prefix
            if isinstance(question.view, TemplateView):
                continue
            if not await self._pass([(one, location) for one in question.enclosing]):
                continue
            cost = self.trace.cost("", "question", question.view, location.src)
            if question.page is None:
                assert segment
                response = await self._layout(segment, prefix, location, cost, render=False)
            else:
                scope = Scope(
                    segment or self.plan.root,
                    location,
                    prefix,
                    {},
                    is_layout=False,
                    others=self.plan.addresses,
                )
                fragment = uri_fragment(question.address)
                response = await self._response(
                    question.page, location, scope, fragment, cost, render=False
                )
            refuses = response.status_code != 200 or is_order(response)
            cost.answered(response, is_shown=not refuses)
            if refuses:
                return response
        return None

    async def layout(self) -> HttpResponseBase:
        """Return the root layout's response, not rendered yet if it is a template."""
        root, location = self.plan.root, self.plan.location
        beneath = location.src if location.path != self.request.path else ""
        self._root_cost = self._cost_of_layout(root, "", location)
        response = await self._layout(
            root, "", location, self._root_cost, beneath=beneath, render=False
        )
        self._root_cost.go_on()  # Django renders it, before long
        return response

    def layout_is_rendered(self, response: HttpResponseBase) -> None:
        """Take note that the response of ``layout()`` has been rendered by now."""
        self._root_cost.pause()
        self._root_cost.answered(response, is_shown=is_fragment(response))

    async def page(self, html: str) -> Fragment:
        """Return the rendered root layout with its slots in it."""
        html, cost = with_live_values(html), self._root_cost
        return await self._filled(html, self.plan.root, "", self.plan.location, cost)

    async def changes(self) -> list[tuple[SlotPlan, Fragment]]:
        """Return the changed slots of a soft navigation."""
        changed = self.plan.changed
        return list(zip(changed, await self._slots(changed), strict=True))

    async def is_hidden(self) -> bool:
        """Tell whether a slot on screen is one that this user's page does not have (any more)."""
        for plan in self.plan.slots:
            if not await self._may_see(plan):
                return True
        return await self.hides_target()

    async def hides_target(self) -> bool:
        """Tell whether something is intercepted that the user may not see at its own URL (B30)."""
        for plan in self.plan.by_address.values():
            if plan.action == "intercepted" and not await self._may_see(plan):
                return True
        return False

    async def _may_see(self, plan: SlotPlan) -> bool:
        """Tell whether the user passes the tests of a slot, and of all in which it stands."""
        return await self._pass(plan.enclosing)

    async def _pass(self, slots: Iterable[tuple[EnclosingSlot, Location]]) -> bool:
        """Tell whether the user passes the tests of slots on their URLs, each asked once an answer."""
        for one, location in slots:
            key = one.slot, location.src
            if key not in self._tests:
                self._tests[key] = await self._test(one, location)
            if not self._tests[key]:
                return False
        return True

    async def _test(self, one: EnclosingSlot, location: Location) -> bool:
        """Ask a slot's ``test_func``, with the request as the layout around the slot gets it."""
        test_func = one.slot.test_func
        if test_func is None:
            return True
        page = replace(self.plan.root.primary, view=test_func, captured=one.captured)
        request = slot_request(
            self.request, resolver_match(page), location, fragment="", submitted=False
        )
        return bool(await self.runner.call(test_func, request))

    async def slot(self, plan: SlotPlan) -> Fragment:
        """Return what stands in one slot: its page, or its loading state, or what it shows instead.

        Nothing else calls views of slots, so nobody sees a slot without the tests around it (B71).
        """
        if not await self._may_see(plan):
            self.trace.hidden[plan.address] = "its test_func does not let the user see it"
            return HIDDEN
        if plan.address in self._done:
            return self._done[plan.address]
        if plan.arrives == "now":
            return await self._guarded(plan)
        return await self._waiting(plan)

    async def _waiting(self, plan: SlotPlan) -> Fragment:
        """Return what a slot shows until its page is there."""
        self.is_complete = False
        if plan.states.loading is None:
            return BUSY
        fragment = await self._shown_or_failed(plan, self._loading)
        if plan.arrives == "streamed" and fragment.state == "loading":
            self.streamed.append(plan)
        return fragment

    async def _loading(self, plan: SlotPlan) -> Fragment:
        view = plan.states.loading
        assert view  # or nothing would be waited for
        page = PageMatch(view, plan.outer.captured)
        fragment = await self._page(replace(plan, action="default"), page, role="loading")
        return replace(fragment, state="loading")

    async def _guarded(self, plan: SlotPlan) -> Fragment:
        """Return what a slot shows, or its state if that fails; what opens above it follows."""
        fragment = await self._shown_or_failed(plan, self._shown)
        if plan.above is None or fragment.answer:
            return fragment
        return await self._with_above(plan, fragment)

    async def _shown_or_failed(
        self, plan: SlotPlan, show: Callable[[SlotPlan], Coroutine[Any, Any, Fragment]]
    ) -> Fragment:
        """Return what a slot shows; if that fails, and it has a state for that, the state."""
        states = plan.states if self.guarded else States()
        # A state takes the place of all that stands in the slot, so nothing of that shall have been
        # written. What is run side by side can't be undone together: there each view has a savepoint.
        has_more_in_it = plan.inner and (states.error or states.not_found)
        undone_together = has_more_in_it and not self.runner.concurrent
        try:
            with self.runner.transaction() if undone_together else nullcontext():
                fragment = await show(plan)
        except Exception as exception:
            is_missing = isinstance(exception, Http404)
            noted(exception, plan.address, plan.location.src)
            if (states.not_found if is_missing else states.error) is None:
                raise
            failure = await self.runner.call(raised, self.request, exception)
        else:
            answer = fragment.answer
            if answer is None or answer.status_code < 400 or plan.address == self._submitted:
                return fragment
            if Failure(answer.status_code).view(states) is None:
                return fragment
            failure = await self.runner.call(returned, self.request, answer)
        return await self._failed(plan, failure)

    async def _failed(self, plan: SlotPlan, failure: Failure) -> Fragment:
        """Return the state that a slot has for a failure."""
        view = failure.view(plan.states)
        assert view  # or it would have gone on
        told = {"exception": failure.exception, "status_code": failure.status_code}
        page = PageMatch(view, plan.outer.captured.joined(Captured((), told)))
        statuses = (200, failure.status_code)
        fragment = await self._page(plan, page, role=failure.state, statuses=statuses)
        if fragment.answer:
            return fragment
        url = "" if plan.action == "intercepted" else directed(plan.location.src, RAISE)
        for response in fragment.responses:
            response.status_code = 200  # what has failed may be no more than a part of the page
            response.cookies.update(failure.cookies)
            if failure.state == "error":  # it may be there again in a moment
                add_never_cache_headers(response)
        return replace(
            fragment,
            html=fragment.html + traceback_of(failure, url),
            state=failure.state,
            status_code=failure.status_code if is_main(plan.address) else 200,
        )

    async def _shown(self, plan: SlotPlan) -> Fragment:
        match = plan.match
        if isinstance(match, PageMatch):
            submitted = plan.address == self._submitted
            return await self._page(plan, match, submitted=submitted)
        if isinstance(match, SegmentMatch):
            return await self._segment(plan, match)
        return Fragment("")

    async def _with_above(self, plan: SlotPlan, below: Fragment) -> Fragment:
        """Let the slot of the next level follow what a slot shows (B32)."""
        assert plan.above
        assert plan.above.home
        above, home = await self.slot(plan.above), plan.above.home
        if above.answer:
            return replace(above, responses=(*below.responses, *above.responses))
        key = key_of(plan.outer, home.path, plan.above.address, viewer_of(self.request))
        src = home.src.partition("?")[0]
        return replace(
            below,
            html=below.html
            + wrapped(
                plan.above,
                above,
                key=key,
                home=src,
                below=prefix_of(home.path, plan.outer),
                is_level=True,
            ),
            responses=(*below.responses, *above.responses),
            titles=(*below.titles, *above.titles),
        )

    async def _page(
        self,
        plan: SlotPlan,
        match: PageMatch,
        *,
        role: Role = "page",
        submitted: bool = False,
        statuses: Sequence[int] = (200,),
    ) -> Fragment:
        prefix = plan.address[: plan.address.rfind(".") + 1]
        home = plan.home or plan.location
        scope = Scope(
            plan.outer,
            home,
            prefix,
            self.plan.by_address,
            is_layout=False,
            beneath=plan.beneath,
            others=self.plan.addresses,
        )
        fragment = uri_fragment(plan.address, role)
        if role == "page" and plan.shows == "intercepted":
            # Which view is shown for the URL, and with what, hangs on where one comes from, too.
            key = key_of(plan.outer, home.path, plan.address)
            fragment = uri_fragment(plan.address, f"intercepted-{key}-{plan.rule}")
        cost = self.trace.cost(plan.address, role, match.view, plan.location.src)
        with watched() as tables:
            response = await self._response(
                match, plan.location, scope, fragment, cost, submitted=submitted
            )
        is_shown = is_fragment(response, (*statuses, 422) if submitted else statuses)
        cost.answered(response, is_shown=is_shown)
        if not is_shown:
            return Fragment("", answer=response)
        html, title = without_title(with_live_values(text_of(response)))
        cost.rendered([html])
        if settings.DEBUG and is_document(html):
            view = getattr(match.view, "__qualname__", repr(match.view))
            logger.warning(
                "%s has answered a whole document, which can't stand in slot %r of %s: return a "
                "fragment, and leave to the layout what is around it (check W011).",
                *(view, plan.address, plan.location.src),
            )
        page = Fragment(html, (response,), reads=frozenset(tables.reads))
        if not title or self._is_default(plan):
            return page
        own = (self._order(plan.address), title)
        return replace(page, title=own, titles=(own,))

    async def _segment(self, plan: SlotPlan, match: SegmentMatch) -> Fragment:
        prefix = f"{plan.address}."
        cost = self._cost_of_layout(match, prefix, plan.location)
        with watched() as tables:
            response = await self._layout(match, prefix, plan.location, cost, beneath=plan.beneath)
        is_shown = is_fragment(response)
        cost.answered(response, is_shown=is_shown)
        if not is_shown:
            return Fragment("", answer=response)
        html, title = without_title(with_live_values(text_of(response)))
        inside = await self._filled(html, match, prefix, plan.location, cost)
        responses, reads = (response, *inside.responses), frozenset(tables.reads)
        inside = replace(inside, responses=responses, reads=reads)
        if not title or self._is_default(plan):
            return inside
        own = (self._order(plan.address) + "~", title)  # counts less than the pages in it
        return replace(inside, title=own, titles=(own, *inside.titles))

    async def _filled(
        self, html: str, segment: SegmentMatch, prefix: str, location: Location, cost: Cost
    ) -> Fragment:
        """Run the slots that a rendered layout has printed, and put them in their places."""
        parts = marker_pattern(settings.SECRET_KEY).split(html)
        names = parts[1::2]
        cost.rendered(parts[::2])
        if len(set(names)) < len(names):
            raise ImproperlyConfigured(
                f"The layout of {segment.segment!r} prints a slot more than once: "
                f"{', '.join(names)}. Print it at one place; hide or move it by CSS."
            )
        for slot in segment.segment.slots:
            if slot.name not in names:
                self.trace.hidden[prefix + slot.name] = "its layout does not print it"
        plans = [self.plan.by_address[prefix + name] for name in names]
        for plan in plans:
            await self._may_see(plan)
        # What hangs on the user is what is printed, not what the slots then show of him.
        viewer = await self.runner.call(viewer_of, self.request)
        fragments = await self._slots(plans)
        responses = tuple(response for found in fragments for response in found.responses)
        if answer := next((found.answer for found in fragments if found.answer), None):
            return Fragment("", responses, answer=answer)
        src = location.src.partition("?")[0]
        below = prefix_of(location.path, segment)
        parts[1::2] = [
            ""
            if found is HIDDEN
            else wrapped(
                plan,
                found,
                key=key_of(segment, location.path, plan.address, viewer),
                home=src,
                below=below,
            )
            for plan, found in zip(plans, fragments, strict=True)
        ]
        return Fragment(
            "".join(parts),
            responses,
            titles=tuple(title for found in fragments for title in found.titles),
            status_code=max([200, *(found.status_code for found in fragments)]),
        )

    def _cost_of_layout(self, segment: SegmentMatch, prefix: str, location: Location) -> Cost:
        return self.trace.cost(
            prefix.removesuffix("."), "layout", segment.segment.layout, location.src
        )

    async def _layout(
        self,
        segment: SegmentMatch,
        prefix: str,
        location: Location,
        cost: Cost,
        *,
        beneath: str = "",
        render: bool = True,
    ) -> HttpResponseBase:
        page, plan = PageMatch(segment.segment.layout, segment.captured), self.plan
        scope = Scope(
            segment,
            location,
            prefix,
            plan.by_address,
            is_layout=True,
            answers_form=bool(plan.addressed),
            beneath=beneath,
            others=plan.addresses,
        )
        fragment = f"layout-{prefix}"
        return await self._response(
            page, location, scope, fragment, cost, render=render, has_route=False
        )

    async def _response(
        self,
        page: PageMatch,
        location: Location,
        scope: Scope,
        fragment: str,
        cost: Cost,
        *,
        submitted: bool = False,
        render: bool = True,
        has_route: bool = True,
    ) -> HttpResponseBase:
        """Call one view and render its response, in one transaction with ``ATOMIC_REQUESTS``."""
        view = page.view
        found = resolver_match(page) if page.steps else found_at(self.request, location.path)
        request = slot_request(
            self.request, found or resolver_match(page), location,
            fragment=fragment, submitted=submitted,
        )  # fmt: skip
        request.parallel_routes = scope  # type: ignore[attr-defined]
        args, kwargs = page.captured.args, page.captured.kwargs
        refusal = await self.runner.call(
            refusal_of, request, view, page.captured, submitted=submitted, has_route=has_route
        )
        if refusal:
            return refusal

        def checked(response: Any) -> Any:
            if submitted:
                adopt(self.request, request)
            _handler.check_response(response, view)
            return response

        def finished(response: HttpResponseBase) -> HttpResponseBase:
            with cost.running():
                return rendered(response)

        def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            with cost.running():
                response = checked(view(request, *args, **kwargs))
            return finished(response) if render else response

        vars(respond)["_non_atomic_requests"] = getattr(view, "_non_atomic_requests", set())
        if not iscoroutinefunction(view):
            call = _handler.make_view_atomic(respond)
            return await self.runner.call(call, request, *args, **kwargs)
        call_async: Any = _handler.make_view_atomic(view)
        with cost.running():
            response = checked(await call_async(request, *args, **kwargs))
        return await self.runner.call(finished, response) if render else response

    async def _slots(self, plans: Sequence[SlotPlan]) -> list[Fragment]:
        """Run slots side by side; after them those that come with each answer, and tell of the others.

        Not if the answer is another one: what they tell, such as messages, would be lost.
        """
        found: dict[str, Fragment] = {}
        for is_last in (False, True):
            group = [
                plan
                for plan in plans
                if bool(plan.slot and plan.slot.unmatched == "refresh") is is_last
            ]
            if is_last and any(fragment.answer for fragment in found.values()):
                break
            fragments = await self.runner.together(map(self.slot, group)) if group else []
            found |= zip((plan.address for plan in group), fragments, strict=True)
        return [found.get(plan.address, HIDDEN) for plan in plans]

    def _is_default(self, plan: SlotPlan) -> bool:
        """Tell whether a slot shows a default, or stands in a default that is a route: no title (S49)."""
        if plan.action != "page":
            return plan.action != "intercepted"
        match = self.plan.root
        for name in plan.address.split("."):
            inner = match.slots.get(name)
            if inner is None and (default := match.defaults.get(name)):
                prefix = self.plan.location.path.removesuffix(match.rest)
                return plan.location.path == prefix + default.rest
            if not isinstance(inner, SegmentMatch):
                break
            match = inner
        return False

    def _order(self, address: str) -> str:
        """Return a slot's place in the order of declaration: ``"00"`` is children, ``"0002"`` its third.

        Compared as text, ``"00" < "0002" < "01"``: that is the order in which titles count. What is
        intercepted comes first, the uppermost level of it before all: ``"--02" < "-02" < "00"``.
        """
        if self.plan.by_address[address].action == "intercepted":
            return "-" * address.count(".") + "-" + address
        order, match = "", self.plan.root
        for name in address.split("."):
            names = list(match.slots)
            order += f"{names.index(name) if name in names else 0:02x}"
            inner = match.slots.get(name)
            if not isinstance(inner, SegmentMatch):
                return order
            match = inner
        return order


def _views(plan: Plan) -> Iterator[View]:
    """Yield the views that a plan may call."""
    for question in plan.questions:
        yield question.view
    if plan.kind == "page":
        yield plan.root.segment.layout
    for address in plan.addressed:  # Layouts may be asked whether they print it.
        segment: Match | None = plan.root
        for name in address.split("."):
            if isinstance(segment, SegmentMatch):
                yield segment.segment.layout
                segment = segment.slots.get(name)
    for slot in plan.slots:
        yield from _views_in(slot)


def _views_in(plan: SlotPlan) -> Iterator[View]:
    states = plan.states
    yield from (view for view in (states.error, states.not_found) if view)
    if plan.arrives != "now":
        yield from (view for view in (states.loading,) if view)
        return
    if isinstance(plan.match, PageMatch):
        yield plan.match.view
    elif plan.match:
        yield plan.match.segment.layout
    for inner in (*plan.inner, *((plan.above,) if plan.above else ())):
        yield from _views_in(inner)


def run_plain(request: HttpRequest, page: PageMatch) -> HttpResponseBase:
    """Call a view outside of every ``slots()``, as Django would."""
    view = _handler.make_view_atomic(page.view)
    view = async_to_sync(view) if iscoroutinefunction(view) else view
    return view(request, *page.captured.args, **page.captured.kwargs)


def rendered(response: HttpResponseBase) -> HttpResponseBase:
    """Return a response that may have been a template's, rendered."""
    render: Any = getattr(response, "render", None)
    return render() if callable(render) else response


def renderer_of(request: HttpRequest) -> type[Renderer]:
    """Return what carries plans out: for an explanation, a renderer that runs layouts alone."""
    found: type[Renderer] = request.__dict__.get(RENDERER, Renderer)
    return found


RENDERER = "_parallel_routes_renderer"

_handler = BaseHandler()
