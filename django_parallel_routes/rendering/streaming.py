"""Renders late slots: after the first part of a page or of a soft response has been sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextvars import copy_context
from copy import copy, deepcopy
from functools import partial
from typing import Any

from asgiref.sync import AsyncToSync, SyncToAsync
from django.contrib.sessions.backends.base import SessionBase
from django.core.handlers.exception import response_for_exception
from django.http import HttpRequest

from django_parallel_routes.planning.plan import SlotPlan, access_checks_of
from django_parallel_routes.rendering.fragments import BUSY, Fragment, slot_element
from django_parallel_routes.rendering.renderer import Renderer
from django_parallel_routes.rendering.shown_messages import HAS_PRINTED
from django_parallel_routes.rendering.view_calls import Runner, views_of
from django_parallel_routes.values import replace


def late_slots(renderer: Renderer) -> Iterator[str]:
    """Yield the elements of the late slots, one after the other."""
    context = copy_context()  # It has the page's language and time zone.

    def arrive(plan: SlotPlan) -> str:
        late = _isolated(renderer)
        late_plan = replace(renderer.plan, changed=(replace(plan, arrival="now"),))
        late.runner = Runner.of(views_of(late_plan))
        with late.runner.transaction():
            return late.runner.run(_late_element(late, plan))

    # Each slot may activate a language or a time zone, for itself alone.
    return (context.copy().run(arrive, plan) for plan in renderer.streamed)


def late_slots_async(renderer: Renderer) -> AsyncIterator[str]:
    """Yield the elements of the late slots, run side by side, each as soon as it is ready."""
    context = copy_context()
    # Late slots run in another thread, while this one does other things. With what asgiref keeps in the
    # context, it would send sync views to this thread, or see a deadlock that can't happen.
    context.run(SyncToAsync.deadlock_context.set, False)
    renderer.runner = replace(renderer.runner, concurrent=True)

    async def arrive(plan: SlotPlan) -> str:
        late = _isolated(renderer)
        # The context comes from another thread. Its language and time zone hold in this thread only after a
        # first call of sync code by asgiref.
        await late.runner.call(bool)
        return await _late_element(late, plan)

    async def arrive_all() -> AsyncIterator[str]:
        # If sync middleware collects the response, its thread waits here, and has to run the sync views.
        waiting = getattr(AsyncToSync.executors, "current", None)
        context.run(setattr, AsyncToSync.executors, "current", waiting)
        tasks = [context.run(asyncio.ensure_future, arrive(plan)) for plan in renderer.streamed]
        try:
            for task in asyncio.as_completed(tasks):
                yield await task
        finally:  # The client may have gone away.
            for one in tasks:
                one.cancel()

    return arrive_all()


def _isolated(renderer: Renderer) -> Renderer:
    """Return a renderer for one late slot, with a session and messages that no other slot changes.

    Middleware has saved both already. So each change in them is a change that this slot has made.
    """
    late, request = copy(renderer), copy(renderer.request)
    isolate(request)
    ask = vars(request).get("auser")
    if isinstance(ask, partial):
        # ``auser()`` stores the user on its own request, and keys of slots depend on that user.
        vars(request)["auser"] = partial(ask.func, request)
    late.request = request
    return late


async def _late_element(renderer: Renderer, plan: SlotPlan) -> str:
    """Render a late slot, and return its element.

    By now it is too late for headers, and for a response that replaces the page. If the slot needs one, the
    element tells the script to request the slot once more.
    """
    ready = replace(plan, arrival="now")
    try:
        refusal = await renderer.first_refusal(access_checks_of(plan.tree()))
        fragment = (
            Fragment("", final_response=refusal) if refusal else await renderer.render_slot(ready)
        )
    except Exception as exception:
        # This function logs and signals the exception.
        failure = await renderer.runner.call(response_for_exception, renderer.request, exception)
        fragment = Fragment("", final_response=failure)
    # A call by the runner would wait for sync views of other slots.
    if fragment.final_response or _has_effects(renderer, fragment):
        return slot_element(replace(plan, arrival="deferred"), BUSY)
    return slot_element(ready, fragment)


def _has_effects(renderer: Renderer, fragment: Fragment) -> bool:
    """Tell whether a late slot has done what would need a header: a cookie, a message, an event."""
    if has_effects(renderer.request) or any(response.cookies for response in fragment.responses):
        return True
    names = [name.lower() for response in fragment.responses for name in response.headers]
    return renderer.plan.kind == "slots" and any(name.startswith("hx-trigger") for name in names)


# --- Nothing is saved ---


def isolate(request: HttpRequest) -> dict[str, Any]:
    """Give a request copies of its session and its messages that nothing saves. Return the originals."""
    attributes = vars(request)
    names = {"session", "_messages"} & attributes.keys()
    originals: dict[str, Any] = {name: attributes[name] for name in names}
    copies: dict[str, Any] = {name: copy(attributes[name]) for name in names}
    if isinstance(copies.get("session"), SessionBase):
        values = vars(copies["session"])
        if "_session_cache" in values:
            values["_session_cache"] = deepcopy(values["_session_cache"])
        values.update(modified=False, save=_nothing, delete=_nothing)
        values.update(asave=_nothing_async, adelete=_nothing_async)
    if "_messages" in copies:
        values = vars(copies["_messages"])
        if "_loaded_data" in values:
            values["_loaded_data"] = [*values["_loaded_data"]]
        values.update({"used": False, "added_new": False, "_queued_messages": [], HAS_PRINTED: []})
    attributes.update(copies)
    return originals


def has_effects(request: HttpRequest) -> bool:
    """Tell whether the session has changed since ``isolate()``, or messages were added or printed."""
    session, messages = map(vars(request).get, ("session", "_messages"))
    if getattr(messages, "used", False):
        loaded: Any = vars(messages)
        if loaded[HAS_PRINTED] or loaded.get("_loaded_data"):
            return True
    return getattr(messages, "added_new", False) or getattr(session, "modified", False)


def _nothing(*args: Any, **kwargs: Any) -> None:
    """Do nothing."""


async def _nothing_async(*args: Any, **kwargs: Any) -> None:
    """Do nothing."""
