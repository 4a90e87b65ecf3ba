"""Calls the views of a plan, in a transaction. No other module calls views of slots and layouts.

If all views are sync, the coroutines of a renderer never wait, so they need no event loop. If one view is
async, they run on an event loop, and slots run side by side.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Coroutine, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from contextvars import copy_context
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, TypeVar

from asgiref.sync import async_to_sync, iscoroutinefunction, sync_to_async
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.db import connections, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from django_parallel_routes.conf import tracks_tables
from django_parallel_routes.declarations import WHOLE, Part, View
from django_parallel_routes.instrumentation.costs import Cost, Role, Tables
from django_parallel_routes.matches import PageMatch, SegmentMatch, name_of
from django_parallel_routes.planning.plan import Plan, SlotPlan, key_of
from django_parallel_routes.rendering.blocks import show_blocks
from django_parallel_routes.rendering.shown_messages import forget_printed
from django_parallel_routes.rendering.template_context import TemplateContext
from django_parallel_routes.request.details import (
    IN_SLOT,
    REFRESHES,
    TEMPLATE_CONTEXT,
    absolute_uri,
    copy_back,
    details_of,
    refreshes_of,
    resolve_path,
    slot_request,
)
from django_parallel_routes.request.project_middleware import (
    may_refuse_views,
    refusal_by_middleware,
    template_middleware,
)
from django_parallel_routes.values import Location, SlotAddress, value_class

T = TypeVar("T")


@dataclass(eq=False)
class ViewCall:
    """One call of a view: of a layout, a page, a loading or error state, or an access check."""

    page: PageMatch
    location: Location
    context: TemplateContext
    address: SlotAddress
    """The address of the slot; ``""`` for the root layout."""
    role: Role
    cache_name: str
    """How ``cache_page`` tells the view from others of the slot: see ``absolute_uri()``."""
    part: Part = WHOLE
    """The part of a whole document that the slot shows."""
    is_form: bool = False
    """Whether the view gets the form, with its method and body. All others see GET."""
    cost: Cost | None = None
    """The record of time, queries and tables, if they are recorded."""
    printed: Sequence[Any] = ()
    """The messages that the view has printed."""

    @classmethod
    def of_page(cls, plan: Plan, slot: SlotPlan, match: PageMatch, role: Role) -> ViewCall:
        """Return the call of the view of a page, or of a state that the slot shows instead."""
        address, mount, origin = slot.address, slot.location, ""
        cache_name: str = role
        if slot.intercepted:
            mount, origin = slot.intercepted.mount, slot.intercepted.close_url
            if role == "page":
                # The view and its arguments depend on the layout and the intercept(), too.
                key = key_of(slot.outer, mount.path, address)
                cache_name = f"intercepted-{key}-{slot.intercepted.number}"
        context = TemplateContext(slot.outer, mount, address, plan, origin=origin)
        return cls(match, slot.location, context, address, role, cache_name, slot.slot.part)

    @classmethod
    def of_layout(
        cls,
        plan: Plan,
        segment: SegmentMatch,
        address: SlotAddress,
        location: Location,
        origin: str = "",
    ) -> ViewCall:
        """Return the call of the layout that a slot shows, or (without ``address``) of the root layout."""
        context = TemplateContext(segment, location, address, plan, is_layout=True, origin=origin)
        page = PageMatch(segment.segment.layout, segment.captured)
        return cls(page, location, context, address, role="layout", cache_name="layout")

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Record the time, the queries and the tables of the code in the block."""
        with self.cost.measuring() if self.cost else nullcontext():
            yield


class ViewCaller:
    """Calls views of a plan, each with a request of its own."""

    def __init__(self, request: HttpRequest, plan: Plan) -> None:
        self.request, self.plan = request, plan
        self.runner = Runner.of(views_of(plan))
        self.details = details_of(request)
        self.details.plan = plan
        self._is_debugged = settings.DEBUG
        self._records = self._is_debugged or self.details.records_costs or tracks_tables()
        self._may_refuse = may_refuse_views()
        self.form_tables: Tables | None = None
        """The database tables that the form's view has read and written, if they are recorded."""

    async def call(self, call: ViewCall) -> HttpResponseBase:
        """Call a view and render its response, with ``ATOMIC_REQUESTS`` in one transaction.

        Middleware that protects views is asked first. If it refuses, return its response.
        """
        page, context, runner = call.page, call.context, self.runner
        found = None if page.steps else resolve_path(self.request, call.location.path)
        match = found or page.resolver_match()
        request = slot_request(self.request, match, call.location, submitted=call.is_form)
        attributes = vars(request)
        attributes[TEMPLATE_CONTEXT], attributes[REFRESHES] = context, []
        attributes["build_absolute_uri"] = partial(
            absolute_uri, request, call.address, call.cache_name
        )
        attributes[IN_SLOT] = call.address != "" or not context.is_layout
        if self._records:
            address = "" if call.role == "check" else call.address
            call.cost = Cost(address, call.role, page.view, call.location.src)
            self.details.costs.append(call.cost)
            if call.is_form:
                self.form_tables = call.cost.tables
        if self._may_refuse or call.is_form:
            ask = partial(
                refusal_by_middleware, submitted=call.is_form, has_route=not context.is_layout
            )
            # This is a call of its own, so that a slow sync view does not delay the async views.
            if refusal := await runner.call(ask, request, page.view, page.captured):
                return refusal
        view: View = page.view
        if runner.concurrent and iscoroutinefunction(view):
            view = await self._call_async(call, request)
        elif not (runner.concurrent or runner.is_atomic or self._records):
            return self._call_and_render(call, request, view)
        run: Any = partial(self._call_and_render, call, request, view)
        if self._records:
            run = call.recording()(run)
        if runner.is_atomic:
            vars(run)["_non_atomic_requests"] = getattr(page.view, "_non_atomic_requests", set())
            run = _handler.make_view_atomic(run)
        return await runner.call(run)

    async def _call_async(self, call: ViewCall, request: HttpRequest) -> View:
        """Call an async view, and return a function that returns its response."""
        view: View = _handler.make_view_atomic(call.page.view)
        captured = call.page.captured
        with call.recording():
            response = await view(request, *captured.args, **captured.kwargs)
        call.printed = forget_printed(self.request)
        return lambda request, *args, **kwargs: response

    def _call_and_render(
        self, call: ViewCall, request: HttpRequest, view: View
    ) -> HttpResponseBase:
        """Call a view, and render its response unless the view is called for an access check."""
        captured = call.page.captured
        response: Any = view(request, *captured.args, **captured.kwargs)
        if call.is_form:
            copy_back(self.request, request)
            # Other views can't refresh slots: a view that a refresh renders would ask for the next refresh.
            refreshes_of(self.request).extend(refreshes_of(request))
        if not isinstance(response, HttpResponseBase):
            _handler.check_response(response, call.page.view)
            raise ValueError(
                f"The view {name_of(call.page.view)} returned {response!r:.40}. Views of slots and "
                f"layouts return an HttpResponse, as other views do."
            )
        if call.role != "check" and callable(getattr(response, "render", None)):
            response = self._rendered(call, request, response)
        # This can't wait, since the next view of this thread may print messages, too.
        if getattr(vars(self.request).get("_messages"), "used", False):
            call.printed = [*call.printed, *forget_printed(self.request)]
        return response  # type: ignore[no-any-return]

    def _rendered(self, call: ViewCall, request: HttpRequest, response: Any) -> Any:
        """Render a template response, completed by the project's middleware."""
        for process in (middleware := template_middleware()):
            response = process(request, response)
            _handler.check_response(response, process, name=repr(process))
        if call.part.blocks:
            show_blocks(response, call.part.blocks)
        response = response.render()
        if middleware:  # Otherwise Django lets middleware complete the response once more.
            vars(response)["render"] = None
        return response

    def call_without_plan(self, page: PageMatch) -> HttpResponseBase:
        """Call a view outside of every ``slots()`` instead of the plan's views, as Django would."""
        self.details.plan = None
        view = _handler.make_view_atomic(page.view)
        view = async_to_sync(view) if iscoroutinefunction(view) else view
        return view(self.request, *page.captured.args, **page.captured.kwargs)


_handler = BaseHandler()


# --- With or without an event loop ---


@value_class
class Runner:
    """Runs coroutines that call views, on an event loop or without one."""

    concurrent: bool
    """Whether the coroutines run on an event loop, side by side."""
    databases: tuple[str, ...]
    """The databases with ``ATOMIC_REQUESTS``, except those that one of the views opts out of."""
    is_atomic: bool
    """Whether there is a database with ``ATOMIC_REQUESTS``."""

    @classmethod
    def of(cls, views: Collection[View]) -> Runner:
        """Return the runner that these views need."""
        databases = connections.settings
        atomic = [alias for alias in databases if databases[alias]["ATOMIC_REQUESTS"]]
        opted_out = set()
        for view in views if atomic else ():
            opted_out |= set(getattr(view, "_non_atomic_requests", ()))
        shared = tuple([alias for alias in atomic if alias not in opted_out])
        return cls(_has_async(views), shared, bool(atomic))

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine, from sync code, and return its result."""
        return _with_loop(coroutine) if self.concurrent else _without_loop(coroutine)

    def on_one_loop(self, function: Callable[[], T]) -> T:
        """Call a sync function, so that all coroutines that it runs are run on the same event loop."""
        return _with_loop(sync_to_async(function)()) if self.concurrent else function()

    def transaction(self) -> AbstractContextManager[object]:
        """With ``ATOMIC_REQUESTS``, undo all writes of the block if it raises an exception."""
        return _transaction(self.databases) if self.databases else nullcontext()

    async def call(self, function: Callable[..., T], *args: Any) -> T:
        """Call a function that may block, in the thread of the request."""
        if not self.concurrent:
            return function(*args)
        return await sync_to_async(_without_stop, thread_sensitive=True)(function, *args)

    async def gather(self, coroutines: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
        """Run coroutines side by side, each in a context of its own, and return their results.

        With a context of its own, a view that activates a language or a time zone does so for itself alone.
        If one coroutine fails, or the client disconnects, all are cancelled.
        """
        if not self.concurrent:
            return [copy_context().run(_without_loop, coroutine) for coroutine in coroutines]
        tasks = [asyncio.ensure_future(coroutine) for coroutine in coroutines]
        try:
            return await asyncio.gather(*tasks)
        except BaseException:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            raise


def _without_stop(function: Callable[..., T], *args: Any) -> T:
    """Call a function. It raises ``RuntimeError`` for ``StopIteration``, as in a coroutine.

    With Python 3.11, the event loop would wait for the thread without end.
    """
    try:
        return function(*args)
    except StopIteration as stop:
        raise RuntimeError("A sync view has raised StopIteration.") from stop


@contextmanager
def _transaction(databases: Iterable[str]) -> Iterator[None]:
    with ExitStack() as stack:
        for alias in databases:
            stack.enter_context(transaction.atomic(using=alias))
        yield


_is_known_async = lru_cache(maxsize=1024)(iscoroutinefunction)


def _has_async(views: Collection[View]) -> bool:
    """Tell whether one of these views is async."""
    try:
        return any(map(_is_known_async, views))
    except TypeError:  # A view without a hash, such as an instance of a data class.
        return any(map(iscoroutinefunction, views))


def views_of(plan: Plan) -> list[View]:
    """Return the views that rendering a plan may call. The pages of late slots are not rendered yet."""
    views: list[View | None] = [plan.root.segment.layout] if plan.kind == "page" else []
    slots = plan.changed_by_address.values()
    late = [shown.address for shown in slots if shown.arrival != "now"]
    for shown in slots:
        if late and any(one != shown.address and one.contains(shown.address) for one in late):
            continue  # It arrives with the late slot around it.
        slot, match = shown.slot, shown.match
        views += (slot.error, slot.not_found)
        if shown.arrival != "now":
            views.append(slot.loading)
        elif match:
            views.append(match.view)
            if shown.intercepted:
                views += [check.view for check in shown.intercepted.access_checks]
    for address in plan.form_slots:  # Layouts may be asked whether they print the slot.
        match = plan.root
        for name in address.split("."):
            if isinstance(match, SegmentMatch):
                views.append(match.view)
                match = match.slots.get(name)
    return list(filter(None, views))


def _without_loop(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that never waits, without an event loop, and return its result."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value  # type: ignore[no-any-return]
    raise RuntimeError("A sync view has waited.")  # pragma: no cover - nothing does


def _with_loop(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine on an event loop, from sync code, in a context of its own; return its result.

    asgiref stores in the context which thread serves the coroutine. If the client disconnects right after
    the coroutine's last step, Django takes over the view's context. If the coroutine ran in the
    view's context, Django would look for that thread in order to end the request and to close its
    connections.
    """
    context = copy_context()
    try:
        return context.run(async_to_sync(_awaited), coroutine)
    finally:
        for variable, value in context.items():
            variable.set(value)


async def _awaited(coroutine: Coroutine[Any, Any, T]) -> T:
    return await coroutine
