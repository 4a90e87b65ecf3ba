"""Matches: trees of frozen values, which ``resolvers`` makes and ``planning`` reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from types import MappingProxyType
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import ResolverMatch, URLResolver
from django.utils.html import escape

from django_parallel_routes.declarations import CHILDREN, SAFE_METHODS, Segment, Slot, View
from django_parallel_routes.patterns import Rank, RoutePart, join_route, route_rank
from django_parallel_routes.values import Location, replace, url_of_path, value_class

NO_ARGUMENTS: Mapping[str, Any] = MappingProxyType({})


class Captured(NamedTuple):
    """The arguments that URL patterns captured or were declared with, merged as Django merges them.

    ``args`` and ``kwargs`` are what a view is called with. ``captured_kwargs`` and ``extra_kwargs`` are
    those of a ``ResolverMatch``: what the last pattern captured, and what was declared.
    """

    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = NO_ARGUMENTS
    captured_kwargs: Mapping[str, Any] = NO_ARGUMENTS
    extra_kwargs: Mapping[str, Any] = NO_ARGUMENTS

    @classmethod
    def of(cls, found: ResolverMatch) -> Captured:
        """Return what Django's match has captured."""
        attributes = vars(found)  # Django's stubs lack some of them.
        captured, extra = attributes["captured_kwargs"] or {}, attributes["extra_kwargs"] or {}
        return cls(found.args, found.kwargs, captured, extra)

    def with_inner(self, inner: Captured) -> Captured:
        """Return these arguments with those of a pattern further down.

        As in Django, if the inner pattern has named arguments, the positional ones from above are left out.
        """
        if not any(self):
            return inner
        return Captured(
            inner.args if inner.kwargs else (*self.args, *inner.args),
            {**self.kwargs, **inner.kwargs},
            inner.captured_kwargs,
            {**self.extra_kwargs, **inner.extra_kwargs},
        )

    def with_changed_arguments(
        self, old: Captured, args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> Captured:
        """Return these arguments with the changes that middleware or a decorator has made to ``old``."""
        was = old.kwargs.items()
        own = {key: value for key, value in self.kwargs.items() if (key, value) not in was}
        # A name in both was captured by the same pattern. A name that is new is for all views.
        names = [name for name in kwargs if name in self.kwargs or name not in old.kwargs]
        args = args if self.args == old.args else self.args
        return self._replace(args=args, kwargs={**{name: kwargs[name] for name in names}, **own})


class EnclosingSlot(NamedTuple):
    """A declared slot in which a match stands, and what the prefix of that slot's segment captured."""

    slot: Slot
    captured: Captured


def slots_with_arguments(
    enclosing: tuple[EnclosingSlot, ...], change: Callable[[Captured], Captured]
) -> tuple[EnclosingSlot, ...]:
    """Return enclosing slots with other arguments."""
    return tuple([EnclosingSlot(slot, change(captured)) for slot, captured in enclosing])


class PageMatch(NamedTuple):
    """The view of a page, and the arguments with which it is called."""

    view: View
    captured: Captured
    url_name: str | None = None
    app_names: tuple[str, ...] = ()
    namespaces: tuple[str, ...] = ()
    route: str = ""
    enclosing: tuple[EnclosingSlot, ...] = ()
    """The slots in which the page stands, the outermost first. A default or a loading state has none."""
    steps: tuple[Any, ...] = ()
    """The patterns that lead to it. A layout or a default that is a view has none."""
    url_captured: Captured | None = None
    """What its URL captured, if the view is called with more than that."""
    route_parts: tuple[RoutePart, ...] = ()
    """The patterns inside its slot that lead to it. They rank it among the pages of the slot."""

    @classmethod
    def of(cls, found: ResolverMatch) -> PageMatch:
        """Convert Django's match of a URL outside of every ``slots()``."""
        return cls(
            found.func,
            Captured.of(found),
            found.url_name,
            tuple(found.app_names),
            tuple(found.namespaces),
            found.route,
            steps=(found.tried or [()])[-1],
        )

    def rank(self, above: tuple[RoutePart, ...] = ()) -> Rank:
        """Return how well the page fits, compared with other matches in its slot."""
        return (0, *route_rank((*above, *self.route_parts)))

    def resolver_match(self) -> ResolverMatch:
        """Return Django's match of the route, as if it was a plain ``path()``."""
        captured = self.url_captured or self.captured
        return ResolverMatch(
            self.view,
            captured.args,
            {**captured.kwargs},
            self.url_name,
            [*self.app_names],
            [*self.namespaces],
            self.route,
            [[*self.steps]],
            {**captured.captured_kwargs},
            {**captured.extra_kwargs},
        )

    def with_arguments(self, change: Callable[[Captured], Captured]) -> PageMatch:
        """Return the same match with other arguments."""
        enclosing = slots_with_arguments(self.enclosing, change)
        return self._replace(captured=change(self.captured), enclosing=enclosing)


def route_names(match: PageMatch | ResolverMatch) -> frozenset[str]:
    """Return the names by which ``reverse()`` may know a route: with namespaces, or with app names."""
    name = match.url_name
    if name is None:
        return frozenset()
    return frozenset([":".join((*one, name)) for one in (match.namespaces, match.app_names)])


@value_class
class SegmentMatch:
    """A segment, what its prefix captured, and for each slot what matched ``rest`` in it."""

    segment: Segment
    captured: Captured
    rest: str
    """The part of the path that the slots were matched against, decoded, without its query."""
    slots: Mapping[str, Match | None]
    enclosing: tuple[EnclosingSlot, ...]
    """The slots in which the segment stands, the outermost first. Required, because a user who may not see
    one of these slots must not see the segment."""
    route_parts: tuple[RoutePart, ...] = ()
    """The patterns that lead to the segment inside its slot. With those of its pages, they rank it there."""
    remembered: Mapping[str, Location] = field(default_factory=dict)
    """The URLs of the slots that the URL's query remembers; ``slots`` has their matches."""
    defaults: Mapping[str, DefaultMatch] = field(default_factory=dict)
    """For each slot whose default is a route: the match of that route."""

    @property
    def view(self) -> View:
        """The view of its layout. A ``PageMatch`` has a ``view``, too."""
        return self.segment.layout

    def prefix_url(self, path: str) -> str:
        """Return the URL of the segment's prefix, for a path for which it has matched."""
        return url_of_path(path.removesuffix(self.rest))

    def enclosing_slots(self, slot: Slot) -> tuple[EnclosingSlot, ...]:
        """Return the slots that enclose what one of its slots shows, the outermost first."""
        return (*self.enclosing, EnclosingSlot(slot, self.captured))

    def with_arguments(
        self,
        change: Callable[[Captured], Captured],
        page: Callable[[PageMatch], PageMatch],
        around: tuple[EnclosingSlot, ...] = (),
    ) -> SegmentMatch:
        """Return the same match in the slots ``around``, with its arguments and pages changed."""

        def changed(match: Match) -> Match:
            if isinstance(match, SegmentMatch):
                return match.with_arguments(change, page, around)
            return page(match)

        return replace(
            self,
            captured=change(self.captured),
            slots={name: match and changed(match) for name, match in self.slots.items()},
            enclosing=(*around, *slots_with_arguments(self.enclosing, change)),
            defaults={
                name: DefaultMatch(default.rest, changed(default.match))
                for name, default in self.defaults.items()
            },
        )

    def called_with(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> SegmentMatch:
        """Return the same match with the arguments that the view of its URL is called with.

        Where middleware or a decorator has changed them, they change for all views.
        """
        old = self.main_page.captured
        if (args, kwargs) == (old.args, old.kwargs):
            return self

        def change(captured: Captured) -> Captured:
            return captured.with_changed_arguments(old, args, kwargs)

        return self.with_arguments(change, lambda page: page.with_arguments(change))

    @cached_property
    def main_page(self) -> PageMatch:
        """The page that gives the URL its name: that of children, else of the first named slot."""
        match = next(match for match in self.slots.values() if match)
        return match if isinstance(match, PageMatch) else match.main_page

    def rank(self, above: tuple[RoutePart, ...] = ()) -> Rank:
        """Return how well the segment fits, compared with other matches in its slot."""
        parts = (*above, *self.route_parts)
        depth, best, slashes = max(match.rank(parts) for match in self.slots.values() if match)
        return depth + 1, best, slashes

    def pages(self) -> Iterator[PageMatch]:
        """Yield the pages of all slots."""
        for match in self.slots.values():
            if isinstance(match, PageMatch):
                yield match
            elif match:
                yield from match.pages()

    def at(self, address: str) -> Match | None:
        """Return what matched in the slot at ``address`` (``"children.team"``), if anything."""
        match: Match | None = self
        for name in address.split("."):
            if not isinstance(match, SegmentMatch):
                return None
            match = match.slots.get(name)
        return match

    def views(self) -> Iterator[View]:
        """Yield the views that every full page of this match calls: of layouts, pages and defaults.

        The views of slots with a ``test_func`` are left out: not every user's page has such a slot.
        """
        yield self.segment.layout
        for slot in self.segment.slots:
            if slot.test_func:
                continue
            match = self.slots[slot.name]
            if match is None and isinstance(slot.default, Segment):
                match = layout_match(slot.default, self, slot)
            elif match is None and slot.name in self.defaults:
                match = self.defaults[slot.name].match
            if isinstance(match, PageMatch):
                yield match.view
            elif match:
                yield from match.views()
            elif callable(slot.default):
                yield slot.default


Match = PageMatch | SegmentMatch


class ViewWithMatch:
    """A view that has the match of a ``slots()``: ``respond.SlotsView``, which this module can't import."""

    match: SegmentMatch


def segment_match_of(view: View) -> SegmentMatch | None:
    """Return the match of a ``SlotsView``, also of a decorated one; ``None`` for any other view."""
    match = getattr(view, "match", None)
    return match if isinstance(match, SegmentMatch) else None


class DefaultMatch(NamedTuple):
    """The match of a route that is the default of its slot."""

    rest: str
    """The URL of the route below the prefix of the slot's segment, decoded."""
    match: Match


def layout_match(
    layout: Segment, outer: SegmentMatch, slot: Slot, page: PageMatch | None = None
) -> SegmentMatch:
    """Return the match of a slot's own layout, around a page or around the slot's default."""
    default = outer.defaults.get(slot.name)
    return SegmentMatch(
        layout,
        outer.captured,
        outer.rest,
        {CHILDREN: page},
        outer.enclosing_slots(slot),
        defaults={CHILDREN: default} if default else {},
    )


class Ancestors(NamedTuple):
    """What the URL patterns above a match contribute to it."""

    captured: Captured = Captured()
    app_names: tuple[str, ...] = ()
    namespaces: tuple[str, ...] = ()
    route: str = ""
    enclosing: tuple[EnclosingSlot, ...] = ()
    route_parts: tuple[RoutePart, ...] = ()
    """The patterns inside the innermost slot. Only these count when the routes of the slot compete."""
    steps: tuple[Any, ...] = ()
    """All patterns, and the slots between them."""

    def through(self, resolver: URLResolver, path: str, hit: tuple[Any, Any, Any]) -> Ancestors:
        """Return the ancestors of what stands below a resolver that has matched ``path``."""
        _, args, kwargs = hit
        captured, extra = self.captured, resolver.default_kwargs
        if args or kwargs or extra:
            merged = {**kwargs, **extra}
            captured = captured.with_inner(Captured(() if merged else args, merged, kwargs, extra))
        app_name, namespace, route = resolver.app_name, resolver.namespace, str(resolver.pattern)
        return Ancestors(
            captured,
            (*self.app_names, app_name) if app_name else self.app_names,
            (*self.namespaces, namespace) if namespace else self.namespaces,
            join_route(self.route, route) if self.route else route,
            self.enclosing,
            (*self.route_parts, (resolver, path)),
            (*self.steps, resolver),
        )

    def page(self, page: PageMatch) -> PageMatch:
        """Return the match of a page as it is below these patterns."""
        page = page.with_arguments(self.captured.with_inner)
        return page._replace(
            enclosing=(*self.enclosing, *page.enclosing),
            app_names=(*self.app_names, *page.app_names),
            namespaces=(*self.namespaces, *page.namespaces),
            route=join_route(self.route, page.route),
        )

    def segment(self, match: SegmentMatch) -> SegmentMatch:
        """Return the match of a ``slots()`` as it is below these patterns."""
        return match.with_arguments(self.captured.with_inner, self.page, self.enclosing)


NO_ANCESTORS = Ancestors()


# --- Views of the package itself, and the names of views ---


@dataclass(frozen=True)
class TemplateView:
    """A view that renders a template, for a bare template name. Like ``django.views.generic.TemplateView``.

    The template gets what the URL captured. Unlike a project's view, a template does not decide who may see
    the page (see ``respond.SlotsView``).
    """

    template_name: str

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return refuse_form(request)
        return TemplateResponse(request, self.template_name, kwargs)


def refuse_form(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Refuse a form in a slot that shows only a template or a layout: neither takes forms."""
    what = f"{request.method} {request.path}"
    return HttpResponseNotAllowed(
        sorted(SAFE_METHODS),
        f"<!doctype html><title>Method Not Allowed</title><h1>Method Not Allowed</h1>"
        f"<p>{escape(what)}: the slot in which this form stands shows no view that takes forms. Give the "
        f"form an action, or make a route the default of the slot.</p>",
    )


def name_of(view: View) -> str:
    """Return a view as a dotted name, or the name of a template.

    >>> name_of(TemplateView("team.html"))
    'team.html'
    """
    if isinstance(view, TemplateView):
        return view.template_name
    while isinstance(view, partial):
        view = view.func
    named: Any = getattr(view, "view_class", view)
    if not hasattr(named, "__qualname__"):
        named = type(named)
    return f"{named.__module__}.{named.__qualname__}"
