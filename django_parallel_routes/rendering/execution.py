"""How the coroutines of a renderer are run: by hand or on a loop, in which thread and transaction.

Where all views are sync, nothing in them ever waits and they are run by hand, with no event loop;
where one is async, they run on a loop, side by side.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import Context, copy_context
from dataclasses import dataclass
from typing import Any, TypeVar

from asgiref.sync import (
    AsyncToSync,
    SyncToAsync,
    async_to_sync,
    iscoroutinefunction,
    sync_to_async,
)
from django.db import connections, transaction

from django_parallel_routes.declarations import View

T = TypeVar("T")


@dataclass(frozen=True)
class Runner:
    """Runs coroutines that may call these views."""

    views: Sequence[View]
    concurrent: bool
    """Whether they are on an event loop, side by side."""

    @classmethod
    def of(cls, views: Iterable[View]) -> Runner:
        """Return a runner with an event loop if one of the views needs it."""
        views = tuple(views)
        return cls(views, any(map(iscoroutinefunction, views)))

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Return what a coroutine returns, from sync code, in one transaction (see there)."""
        with self.transaction():
            return _on_loop(coroutine) if self.concurrent else _by_hand(coroutine)

    @property
    def is_atomic(self) -> bool:
        """Whether there are transactions."""
        return bool(self._databases)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """With ``ATOMIC_REQUESTS``, undo all that is written in it if it raises."""
        with ExitStack() as stack:
            for alias in self._databases:
                stack.enter_context(transaction.atomic(using=alias))
            yield

    @property
    def _databases(self) -> list[str]:
        """The databases with ``ATOMIC_REQUESTS``, but for those that a view opts out of."""
        return [
            alias
            for alias in connections
            if connections.settings[alias]["ATOMIC_REQUESTS"]
            and not any(alias in getattr(view, "_non_atomic_requests", ()) for view in self.views)
        ]

    async def call(self, function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Call a function that may block, in the thread of the request."""
        if not self.concurrent:
            return function(*args, **kwargs)
        return await sync_to_async(function, thread_sensitive=True)(*args, **kwargs)

    async def together(self, coroutines: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
        """Return what all of them return, each run in a context of its own.

        So what one activates is not the others'. When one fails, or the client goes away, all are
        cancelled.
        """
        if not self.concurrent:
            return [copy_context().run(_by_hand, coroutine) for coroutine in coroutines]
        tasks = [asyncio.ensure_future(coroutine) for coroutine in coroutines]
        try:
            return await asyncio.gather(*tasks)
        except BaseException:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            raise


def context_of_page(*, on_loop: bool) -> Context:
    """Return the context of a page, for what is streamed after it: its language, its time zone.

    On a loop, the thread that this runs in will do other things by then: asgiref would send sync
    views there, or fear that they could wait for it for ever.
    """
    context = copy_context()
    if on_loop:
        context.run(setattr, AsyncToSync.executors, "current", None)
        context.run(SyncToAsync.deadlock_context.set, False)
    return context


def _by_hand(coroutine: Coroutine[Any, Any, T]) -> T:
    """Return what a coroutine returns that never waits, without an event loop."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value  # type: ignore[no-any-return]
    raise RuntimeError("A sync view has waited.")  # pragma: no cover - nothing does


def _on_loop(coroutine: Coroutine[Any, Any, T]) -> T:
    """Return what a coroutine returns, from sync code, in a context of its own.

    asgiref notes in the context which thread serves the coroutine. If the client goes away right
    after the last step of it, Django takes over the context of the view as it is by then, and would
    look for that thread to end the request in, and to close its connections.
    """
    context = copy_context()
    try:
        return context.run(async_to_sync(_awaited), coroutine)
    finally:
        for variable, value in context.items():
            variable.set(value)


async def _awaited(coroutine: Coroutine[Any, Any, T]) -> T:
    return await coroutine
