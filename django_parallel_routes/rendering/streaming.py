"""Renders slots after the page was sent, for ``delivery="streamed"``."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

from django.http import HttpResponse

from django_parallel_routes.planning.plan import SlotPlan
from django_parallel_routes.rendering.errors import log_exception
from django_parallel_routes.rendering.execution import Runner, context_of_page, views_in
from django_parallel_routes.rendering.fragments import Fragment, slot_element
from django_parallel_routes.rendering.renderer import Renderer
from django_parallel_routes.values import replace


def arrivals(renderer: Renderer) -> Iterator[str]:
    """Return the elements of the streamed slots, one after the other."""
    context = context_of_page(on_loop=False)

    def arrive(plan: SlotPlan) -> str:
        renderer.runner = Runner.of(views_in((plan, replace(plan, arrival="now"))))
        return renderer.runner.run(_arrival(renderer, plan))

    return (context.run(arrive, plan) for plan in renderer.streamed)


def arrivals_async(renderer: Renderer) -> AsyncIterator[str]:
    """Return the elements of the streamed slots, run side by side, each as soon as it is ready."""
    context = context_of_page(on_loop=True)
    renderer.runner = replace(renderer.runner, concurrent=True)

    async def arrive() -> AsyncIterator[str]:
        tasks = [
            context.run(asyncio.ensure_future, _arrival(renderer, plan))
            for plan in renderer.streamed
        ]
        try:
            for task in asyncio.as_completed(tasks):
                yield await task
        finally:  # the client may have gone away
            for one in tasks:
                one.cancel()

    return arrive()


async def _arrival(renderer: Renderer, plan: SlotPlan) -> str:
    """Return the element of a slot that has been waited for.

    It is too late for an answer to the whole request: the script asks for such a slot once more.
    """
    ready = replace(plan, arrival="now")
    try:
        fragment = await renderer.slot(ready)
    except Exception as exception:
        await renderer.runner.call(log_exception, renderer.request, exception)
        fragment = Fragment("", answer=HttpResponse(status=500))
    if fragment.answer:
        deferred = replace(plan, arrival="deferred")
        return slot_element(deferred, await renderer.waiting(deferred))
    return slot_element(ready, fragment)
