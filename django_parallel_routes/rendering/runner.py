"""Runs the coroutines of a renderer in a transaction, with or without an event loop.

If all views are sync, the coroutines never wait, so they need no event loop. If one view is async, they
run on an event loop, and slots run side by side.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Coroutine, Iterable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from contextvars import copy_context
from functools import lru_cache
from typing import Any, TypeVar

from asgiref.sync import (
    async_to_sync,
    iscoroutinefunction,
    sync_to_async,
)
from django.db import connections, transaction

from django_parallel_routes.declarations import View
from django_parallel_routes.matches import Match, PageMatch, SegmentMatch
from django_parallel_routes.planning.plan import Plan, SlotPlan
from django_parallel_routes.values import replace, value_class

T = TypeVar("T")


@value_class
class Runner:
    """Runs coroutines that call certain views."""

    concurrent: bool
    """Whether they run on an event loop, side by side."""
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
        """Run a coroutine in one transaction, from sync code, and return its result."""
        with self.transaction() if self.databases else nullcontext():
            return _with_loop(coroutine) if self.concurrent else _without_loop(coroutine)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """With ``ATOMIC_REQUESTS``, undo all writes of the block if it raises an exception."""
        with ExitStack() as stack:
            for alias in self.databases:
                stack.enter_context(transaction.atomic(using=alias))
            yield

    async def call(self, function: Callable[..., T], *args: Any) -> T:
        """Call a function that may block, in the thread of the request."""
        if not self.concurrent:
            return function(*args)
        return await sync_to_async(function, thread_sensitive=True)(*args)

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

    def after(self, first: Runner) -> Runner:
        """Return this runner for coroutines that continue where a coroutine of the ``first`` one stands."""
        return replace(self, concurrent=self.concurrent or first.concurrent)

    async def hand_over(self, coroutine: Coroutine[Any, Any, T], to: Runner) -> T:
        """Let another runner run a coroutine, from inside a coroutine of this one; return its result."""
        if to.concurrent and not self.concurrent:
            return _with_loop(coroutine)
        return await coroutine


_is_known_async = lru_cache(maxsize=1024)(iscoroutinefunction)


def _has_async(views: Collection[View]) -> bool:
    """Tell whether one of these views is async."""
    try:
        return any(map(_is_known_async, views))
    except TypeError:  # An object without a hash, such as an instance of a data class.
        return any(map(iscoroutinefunction, views))


def views_of(plan: Plan) -> list[View]:
    """Return the views that rendering a plan may call."""
    views = views_in(plan.changed)
    if plan.kind == "page":
        views.append(plan.root.segment.layout)
    for check in plan.access_checks:
        views.append(check.view)
    for address in plan.form_slots:  # Layouts may be asked whether they print it.
        segment: Match | None = plan.root
        for name in address.split("."):
            if isinstance(segment, SegmentMatch):
                views.append(segment.segment.layout)
                segment = segment.slots.get(name)
    return views


def views_in(slots: Iterable[SlotPlan]) -> list[View]:
    """Return the views that rendering slots, and the slots inside them, may call."""
    views: list[View] = []
    waiting = list(slots)
    for plan in waiting:
        match, fallbacks = plan.match, plan.slot.fallbacks
        if fallbacks.error:
            views.append(fallbacks.error)
        if fallbacks.not_found:
            views.append(fallbacks.not_found)
        if plan.arrival != "now":
            views += filter(None, [fallbacks.loading])
            continue
        if isinstance(match, PageMatch):
            views.append(match.view)
        elif match:
            views.append(match.segment.layout)
            waiting += plan.inner
        if plan.stacked:
            waiting.append(plan.stacked)
    return views


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
    the coroutine's last step, Django takes over the view's context. Without a context of its own, Django
    would look for that thread in order to end the request and to close its connections.
    """
    context = copy_context()
    try:
        return context.run(async_to_sync(_awaited), coroutine)
    finally:
        for variable, value in context.items():
            variable.set(value)


async def _awaited(coroutine: Coroutine[Any, Any, T]) -> T:
    return await coroutine
