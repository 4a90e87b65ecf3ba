"""Plan to rendered slots. The only module that calls views.

Written once, as coroutines. Where all views are sync, nothing in them ever waits and they are run by
hand, with no event loop (``Renderer.run``); where one is async they run on a loop, side by side.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape, unescape
from typing import Any, TypeVar

from asgiref.sync import async_to_sync, iscoroutinefunction, sync_to_async
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.base import BaseHandler
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from django_parallel_routes.guards import refusal_of
from django_parallel_routes.keys import key_of
from django_parallel_routes.matches import PageMatch, SegmentMatch
from django_parallel_routes.plan import Plan, SlotPlan
from django_parallel_routes.requests import adopt, resolver_match, slot_request
from django_parallel_routes.scope import Scope, marker_pattern
from django_parallel_routes.segments import CHILDREN, TemplateView, View
from django_parallel_routes.state import Location

T = TypeVar("T")

LEADING_TITLE = re.compile(r"\s*<title>(.*?)</title>", re.DOTALL | re.IGNORECASE)
"""A slot's title: only at the very start, since pictures (SVG) have titles too."""


HTMX_ANSWERS = ("HX-Redirect", "HX-Location", "HX-Refresh")
"""Headers that make a response something other than a fragment."""


@dataclass(frozen=True)
class Fragment:
    """One rendered slot, with all that stands in it."""

    html: str
    responses: tuple[HttpResponseBase, ...] = ()
    """Those of its views, whose cookies and headers belong on the page's."""
    answer: HttpResponseBase | None = None
    """A response that is no fragment (a redirect, a refusal, a file): it answers the request."""
    title: tuple[str, str] | None = None
    """Its own title, after its place in the order in which titles count (S49)."""
    titles: tuple[tuple[str, str], ...] = ()
    """Its own title, if any, and those of the slots in it."""


class Renderer:
    """Carries out one plan."""

    def __init__(self, request: HttpRequest, plan: Plan) -> None:
        self.request = request
        self.plan = plan
        self.concurrent = any(iscoroutinefunction(view) for view in _views(plan))
        self._submitted = ""
        self._done: dict[str, Fragment] = {}
        self._printed: dict[str, list[str]] = {}

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Return what a coroutine of this renderer returns, from sync code."""
        if self.concurrent:
            return async_to_sync(_awaited)(coroutine)
        try:
            coroutine.send(None)
        except StopIteration as stop:
            return stop.value  # type: ignore[no-any-return]
        raise RuntimeError("A sync view has waited.")  # pragma: no cover - nothing does

    async def addressed(self) -> Fragment:
        """Run the slot that a form is for, before anything else is run, if it is printed (S46)."""
        for address in self.plan.addressed:
            if isinstance(printed := await self._prints(address), HttpResponseBase):
                return Fragment("", answer=printed)
            if printed:
                self._submitted = address
                fragment = await self.slot(self.plan.by_address[address])
                self._done[address] = fragment
                return fragment
        raise Http404(f"The layout does not print the slot {self.plan.addressed[0]!r}.")

    async def _prints(self, address: str) -> bool | HttpResponseBase:
        """Ask the layouts around a slot, as far as they are not known to have printed it.

        Returns a layout's response if it is an answer of its own, such as a redirect.
        """
        if address in self.plan.proven:
            return True
        segment, prefix = self.plan.root, ""
        for name in address.split("."):
            if prefix + name not in self.plan.proven:
                if prefix not in self._printed:
                    response = await self._call_layout(segment, prefix, self.plan.location)
                    response = await self._rendered(response)
                    if not is_fragment(response):
                        return response
                    found = marker_pattern(settings.SECRET_KEY).findall(text_of(response))
                    self._printed[prefix] = found
                if name not in self._printed[prefix]:
                    return False
            inner = segment.slots.get(name)
            if isinstance(inner, SegmentMatch):
                segment, prefix = inner, f"{prefix}{name}."
        return True

    async def refusal(self) -> HttpResponseBase | None:
        """Ask the views that are not shown what they would refuse; return the answer of one that does.

        What they raise, such as ``PermissionDenied``, propagates. Nothing of them is rendered.
        """
        for question in self.plan.questions:
            location, segment, prefix = question.location, question.segment, question.prefix
            if isinstance(question.view, TemplateView):
                continue
            if question.page is None:
                assert segment
                response = await self._call_layout(segment, prefix, location)
            else:
                scope = Scope(segment or self.plan.root, location, prefix, {}, is_layout=False)
                response = await self._call(question.page, location, scope, "", submitted=False)
            if response.status_code != 200 or any(name in response for name in HTMX_ANSWERS):
                return response
        return None

    async def layout(self) -> HttpResponseBase:
        """Return the root layout's response, not rendered yet if it is a template."""
        root, location = self.plan.root, self.plan.location
        beneath = location.src if location.path != self.request.path else ""
        return await self._call_layout(root, "", location, beneath=beneath)

    async def page(self, html: str) -> Fragment:
        """Return the rendered root layout with its slots in it."""
        return await self._filled(html, self.plan.root, "", self.plan.location)

    async def changes(self) -> list[tuple[SlotPlan, Fragment]]:
        """Return the changed slots of a soft navigation."""
        changed = self.plan.changed
        return list(zip(changed, await self._slots(changed), strict=True))

    async def slot(self, plan: SlotPlan) -> Fragment:
        """Return what stands in one slot."""
        if plan.address in self._done:
            return self._done[plan.address]
        match = plan.match
        if isinstance(match, PageMatch):
            fragment = await self._page(plan, match)
        elif isinstance(match, SegmentMatch):
            fragment = await self._segment(plan, match)
        else:
            return Fragment("")
        return await self._with_above(plan, fragment) if plan.above else fragment

    async def _with_above(self, plan: SlotPlan, below: Fragment) -> Fragment:
        """Let the slot of the next level follow what a slot shows (B32)."""
        assert plan.above
        assert plan.above.home
        above, home = await self.slot(plan.above), plan.above.home
        if below.answer or above.answer:
            return Fragment("", answer=below.answer or above.answer)
        key = key_of(plan.outer, home.path, plan.above.address)
        src = home.src.partition("?")[0]
        return replace(
            below,
            html=below.html + wrapped(plan.above, above, key=key, home=src, is_level=True),
            responses=(*below.responses, *above.responses),
            titles=(*below.titles, *above.titles),
        )

    async def _page(self, plan: SlotPlan, match: PageMatch) -> Fragment:
        prefix = plan.address[: plan.address.rfind(".") + 1]
        home = plan.home or plan.location
        scope = Scope(plan.outer, home, prefix, self.plan.by_address, False, beneath=plan.beneath)
        submitted = plan.address == self._submitted
        is_main = set(plan.address.split(".")) == {CHILDREN}
        fragment = "" if is_main else slot_id(plan.address)
        response = await self._call(match, plan.location, scope, fragment, submitted=submitted)
        response = await self._rendered(response)
        if not is_fragment(response, submitted=submitted):
            return Fragment("", answer=response)
        html, title = _without_title(text_of(response))
        if not title or plan.action not in ("page", "intercepted"):  # Defaults don't count.
            return Fragment(html, (response,))
        own = (self._order(plan.address), title)
        return Fragment(html, (response,), title=own, titles=(own,))

    async def _segment(self, plan: SlotPlan, match: SegmentMatch) -> Fragment:
        prefix = f"{plan.address}."
        response = await self._call_layout(match, prefix, plan.location, beneath=plan.beneath)
        response = await self._rendered(response)
        if not is_fragment(response):
            return Fragment("", answer=response)
        html, title = _without_title(text_of(response))
        inside = await self._filled(html, match, prefix, plan.location)
        inside = replace(inside, responses=(response, *inside.responses))
        if not title or plan.action not in ("page", "intercepted"):
            return inside
        own = (self._order(plan.address) + "~", title)  # counts less than the pages in it
        return replace(inside, title=own, titles=(own, *inside.titles))

    async def _filled(
        self, html: str, segment: SegmentMatch, prefix: str, location: Location
    ) -> Fragment:
        """Run the slots that a rendered layout has printed, and put them in their places."""
        parts = marker_pattern(settings.SECRET_KEY).split(html)
        names = parts[1::2]
        if len(set(names)) < len(names):
            raise ImproperlyConfigured(
                f"The layout of {segment.segment!r} prints a slot more than once: "
                f"{', '.join(names)}. Print it at one place; hide or move it by CSS."
            )
        plans = [self.plan.by_address[prefix + name] for name in names]
        fragments = await self._slots(plans)
        responses = tuple(response for found in fragments for response in found.responses)
        if answer := next((found.answer for found in fragments if found.answer), None):
            return Fragment("", responses, answer=answer)
        parts[1::2] = [
            wrapped(
                plan,
                found,
                key=key_of(segment, location.path, plan.address),
                home=location.src.partition("?")[0],
            )
            for plan, found in zip(plans, fragments, strict=True)
        ]
        return Fragment(
            "".join(parts),
            responses,
            titles=tuple(title for found in fragments for title in found.titles),
        )

    async def _call_layout(
        self, segment: SegmentMatch, prefix: str, location: Location, *, beneath: str = ""
    ) -> HttpResponseBase:
        page = replace(
            self.plan.root.primary, view=segment.segment.layout, captured=segment.captured
        )
        plan = self.plan
        scope = Scope(
            segment, location, prefix, plan.by_address, True, bool(plan.addressed), beneath
        )
        return await self._call(page, location, scope, f"layout-{prefix}", submitted=False)

    async def _call(
        self, page: PageMatch, location: Location, scope: Scope, fragment: str, *, submitted: bool
    ) -> HttpResponseBase:
        request = slot_request(
            self.request, resolver_match(page), location, fragment=fragment, submitted=submitted
        )
        request.parallel_routes = scope  # type: ignore[attr-defined]
        args, kwargs = page.captured.args, page.captured.kwargs
        if refusal := refusal_of(request, page.view, page.captured, submitted=submitted):
            return refusal
        view = _handler.make_view_atomic(page.view)
        if iscoroutinefunction(view):
            response = await view(request, *args, **kwargs)
        elif self.concurrent:
            response = await sync_to_async(view, thread_sensitive=True)(request, *args, **kwargs)
        else:
            response = view(request, *args, **kwargs)
        if submitted:
            adopt(self.request, request)
        _handler.check_response(response, page.view)
        return response  # type: ignore[no-any-return]

    async def _rendered(self, response: HttpResponseBase) -> HttpResponseBase:
        render = getattr(response, "render", None)
        if not callable(render):
            return response
        if self.concurrent:
            return await sync_to_async(render, thread_sensitive=True)()  # type: ignore[no-any-return]
        return render()  # type: ignore[no-any-return]

    async def _slots(self, plans: Sequence[SlotPlan]) -> list[Fragment]:
        if self.concurrent:
            return list(await asyncio.gather(*map(self.slot, plans)))
        return [await self.slot(plan) for plan in plans]

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


def wrapped(
    plan: SlotPlan,
    fragment: Fragment,
    *,
    key: str | None = None,
    home: str = "",
    is_level: bool = False,
) -> str:
    """Return a slot's element: on a page, or (without ``key``) in a soft answer, for htmx to swap.

    Its ``data-*`` attributes are the mounted state of the slot, which the script reads. ``home`` is the
    URL for which the layout printed it; ``is_level`` says that it follows what is open below it (B32).
    """
    identity = ' hx-swap-oob="innerHTML"'
    if key is not None:
        identity = f' data-key="{key}"'
        if plan.slot and plan.slot.interceptions:
            identity += f' data-home="{escape(home)}"'
            if plan.slot.default is None or is_level:
                identity += ' data-default="empty"'
    order, title = fragment.title or ("", "")
    return (
        f'<div id="{slot_id(plan.address)}" data-slot="{plan.address}"'
        f' data-shows="{plan.shows}" data-src="{escape(plan.src)}"'
        f' data-title="{escape(title)}" data-order="{order}"{identity}>{fragment.html}</div>'
    )


def slot_id(address: str) -> str:
    """Return the ``id`` of a slot's element."""
    return "slot-" + address.replace(".", "-")


def is_fragment(response: HttpResponseBase, *, submitted: bool = False) -> bool:
    """Tell whether a response can stand in a slot; all others answer the request themselves."""
    return (
        (response.status_code == 200 or (submitted and response.status_code == 422))
        and not response.streaming
        and response.get("Content-Type", "").startswith("text/html")
        and not any(name in response for name in HTMX_ANSWERS)
    )


def text_of(response: HttpResponseBase) -> str:
    """Return the decoded content of a rendered response."""
    assert isinstance(response, HttpResponse)
    return response.content.decode(response.charset)


def _without_title(html: str) -> tuple[str, str]:
    found = LEADING_TITLE.match(html)
    return (html[found.end() :], unescape(found[1]).strip()) if found else (html, "")


def _views(plan: Plan) -> Iterator[View]:
    """Yield the views that a plan may call."""
    for question in plan.questions:
        yield question.view
    if plan.kind == "page":
        yield plan.root.segment.layout
    for slot in plan.by_address.values():
        if isinstance(slot.match, PageMatch):
            yield slot.match.view
        elif slot.match:
            yield slot.match.segment.layout


def run_plain(request: HttpRequest, page: PageMatch) -> HttpResponseBase:
    """Call a view outside of every ``slots()``, as Django would."""
    view = _handler.make_view_atomic(page.view)
    view = async_to_sync(view) if iscoroutinefunction(view) else view
    return view(request, *page.captured.args, **page.captured.kwargs)


async def _awaited(coroutine: Coroutine[Any, Any, T]) -> T:
    return await coroutine


_handler = BaseHandler()
