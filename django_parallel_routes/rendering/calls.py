"""One call of a view. No other code of the package calls the views of layouts and slots."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any

from asgiref.sync import async_to_sync, iscoroutinefunction
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from django_parallel_routes.contrib.table_tracking import Tables
from django_parallel_routes.declarations import WHOLE, Part, name_of
from django_parallel_routes.instrumentation.trace import Cost, Role, listening, measured
from django_parallel_routes.matches import PageMatch
from django_parallel_routes.planning.context import found_at
from django_parallel_routes.rendering.blocks import show_blocks
from django_parallel_routes.rendering.execution import Runner
from django_parallel_routes.rendering.template_context import TemplateContext
from django_parallel_routes.request.access import refusal_of
from django_parallel_routes.request.context import context_of
from django_parallel_routes.request.slot_request import IN_SLOT, copy_back, slot_request
from django_parallel_routes.request.template_middleware import complete
from django_parallel_routes.values import Location, replace
from django_parallel_routes.wrong_calls import abridged


@dataclass
class ViewCall:
    """What is needed to call the view of a layout, a page, a state or a check."""

    page: PageMatch
    location: Location
    context: TemplateContext
    address: str
    """The slot's; ``""`` for the root layout."""
    role: Role
    uri_fragment: Callable[[], str]
    """Gives what tells the view apart from others at the same URL, for ``cache_page``."""
    cost: Cost | None = None
    """Where the time and the queries are noted, if they are."""
    tables: Tables | None = None
    """Where the tables are noted, if they are."""
    part: Part = WHOLE
    """The part of a whole document that the slot shows."""
    is_form: bool = False
    """Whether the view gets the form, with its method and body. All others see GET."""
    is_rendered: bool = True
    """Whether a template response is rendered at once, and not by Django later."""

    async def run(self, original: HttpRequest, runner: Runner) -> HttpResponseBase:
        """Call the view, and render its response, in one transaction with ``ATOMIC_REQUESTS``.

        Middleware that protects views is asked first; its refusal is returned instead.
        """
        page, view = self.page, self.page.view
        found = None if page.steps else found_at(original, self.location.path)
        request = slot_request(
            original,
            found or page.resolver_match(),
            self.location,
            fragment=self.uri_fragment,
            submitted=self.is_form,
        )
        notes = replace(context_of(original), template_context=self.context, refreshes=[])
        vars(request)["parallel_routes"] = notes
        vars(request)[IN_SLOT] = bool(self.context.prefix or not self.context.is_layout)
        args, kwargs = page.captured.args, page.captured.kwargs
        asked = partial(refusal_of, submitted=self.is_form, has_route=not self.context.is_layout)
        # By itself, so that a sync view that is slow does not keep async ones from being called.
        if refusal := await runner.call(asked, request, view, page.captured):
            return refusal
        produced: Callable[..., Any] = view
        is_noted = self.cost or self.tables

        def respond(*args: Any, **kwargs: Any) -> Any:
            with self._noting() if is_noted else nullcontext():
                response = produced(*args, **kwargs)
                if self.is_form:
                    copy_back(original, request)
                    context_of(original).refreshes.extend(notes.refreshes)  # of this view alone
                _handler.check_response(response, view)
                if not isinstance(response, HttpResponseBase):
                    raise ValueError(
                        f"The view {name_of(view)} returned {abridged(response)}. Views of slots and "
                        f"layouts return an HttpResponse, as other views do."
                    )
                render = getattr(response, "render", None) if self.is_rendered else None
                if not callable(render):
                    return response
                response = complete(request, response)
                if self.part.blocks:
                    show_blocks(response, self.part.blocks)
                response = response.render()
                # If it answers the request, Django would let middleware complete it once more.
                vars(response)["render"] = None
                return response

        if not runner.concurrent or not iscoroutinefunction(view):
            vars(respond)["_non_atomic_requests"] = getattr(view, "_non_atomic_requests", set())
            atomic: Any = _handler.make_view_atomic(respond)
            return await runner.call(partial(atomic, request, *args, **kwargs))
        atomic = _handler.make_view_atomic(view)
        with self._noting() if is_noted else nullcontext():
            response = await atomic(request, *args, **kwargs)
        produced = lambda *args, **kwargs: response  # noqa: E731
        return await runner.call(respond)

    @contextmanager
    def _noting(self) -> Iterator[None]:
        """Note time and queries of what is run inside. This is where table tracking is hooked in."""
        with measured(self.cost), listening(self.tables) if self.tables else nullcontext():
            yield


def run_plain(request: HttpRequest, page: PageMatch) -> HttpResponseBase:
    """Call a view outside of every ``slots()``, as Django would."""
    view = _handler.make_view_atomic(page.view)
    view = async_to_sync(view) if iscoroutinefunction(view) else view
    return view(request, *page.captured.args, **page.captured.kwargs)


def rendered(response: HttpResponseBase) -> HttpResponseBase:
    """Return a response, rendered if it is a template response."""
    render: Any = getattr(response, "render", None)
    return render() if callable(render) else response


_handler = BaseHandler()
