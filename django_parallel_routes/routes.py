"""The URLconf vocabulary: ``slots()``, ``slot()`` and ``intercept()``.

Everything that can be wrong with a declaration is found here, when the URLconf is imported.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NoReturn, get_args

from asgiref.sync import iscoroutinefunction
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver
from django.utils.functional import Promise
from django.views import View as ClassBasedView

from django_parallel_routes.declarations import (
    CHILDREN,
    UNSET,
    DefaultRoute,
    Delivery,
    Interception,
    Opens,
    Remember,
    Segment,
    Slot,
    States,
    TemplateView,
    TestFunc,
    Unmatched,
    Unset,
    View,
)
from django_parallel_routes.patterns import fixed_url, is_included, named_routes, signature
from django_parallel_routes.resolvers import SlotsResolver
from django_parallel_routes.views import SlotsView

Route = str | Promise
"""What ``path()`` takes: a string, or a lazily translated one."""

Target = str | View
"""A template name, or a view; of a default also the name of a route."""

SLOT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z", re.ASCII)


Declared = Sequence[URLPattern | URLResolver | Interception]
"""What stands in a slot: ``path()``, ``re_path()``, ``slots()`` and ``intercept()``."""


@dataclass(frozen=True)
class SlotOptions:
    """What ``slot()`` was called with; ``slots()`` gives it a name and checks it."""

    patterns: Declared
    layout: Target | None = None
    default: Target | Unset | None = UNSET
    default_layout: Target | None = None
    unmatched: Unmatched | Unset = UNSET
    loading: Target | None = None
    error: Target | None = None
    not_found: Target | None = None
    delivery: Delivery | Unset = UNSET
    test_func: TestFunc | None = None


def intercept(
    route: str,
    view: Target | None = None,
    *,
    origin: str | Sequence[str] = (),
    opens: Opens = "here",
    background: str | Callable[..., Any] | None = None,
) -> Interception:
    """Show a route of the project in this slot, when a click on the current page leads to it.

    It applies to a soft navigation while the slot is on screen. The target may be any route of the
    project. (For a route outside all ``slots()``, you need ``ParallelRoutesMiddleware``.) Only this
    slot changes. A hard load shows the page of the target.

    ``route``
        The target's name, as in ``reverse()``: ``"photo"``, ``"gallery:photo"``.
    ``view``
        What the slot shows: a template name or view. It gets the arguments of the slot's segment and
        those of the target. The target's own views are called first, and if they refuse the user,
        their response counts. ``None``: the slot shows what the target's own view returns.
    ``origin``
        A route name, or a list of them: it applies only if the page underneath is one of them.
    ``opens``
        ``"here"``: the target replaces what the slot shows. ``"above"``: a link inside the slot opens
        one more level on top.
    ``background``
        A page over which a hard load shows the target in this slot: the name of a route, which gets
        the target's arguments if it takes them, or a function of the request and these arguments. The
        function returns anything that ``django.shortcuts.resolve_url()`` takes, or ``None``. Without
        it, a hard load shows the page of the target alone.

    Raises ``ImproperlyConfigured`` for a declaration that can't work. The idea is that of Next.js's
    Intercepting Routes, with names instead of ``(.)`` and ``(..)``::

        slots(
            "",
            layout="base.html",
            children=[path("", views.feed, name="feed")],
            modal=slot(
                [intercept("photo", views.photo_modal)],
                layout="django_parallel_routes/modal.html",
                default=None,
            ),
        )
    """
    where = f"intercept({route!r})"
    if not isinstance(route, str) or not route:
        _fail(where, f"the route is {route!r}", 'give its name, such as "gallery:photo"')
    origins = (origin,) if isinstance(origin, str) else tuple(origin)
    if not all(isinstance(name, str) and name for name in origins):
        _fail(where, f"origin is {origin!r}", "give the name of a route, or a list of names")
    if opens not in ("here", "above"):
        _fail(where, f"opens is {opens!r}", 'it must be "here" or "above"')
    if not (background is None or callable(background) or isinstance(background, str)):
        _fail(where, f"background is {background!r}", "give the name of a route, or a function")
    shown = None if view is None else _view(view, f"{where}: view")
    return Interception(route, shown, origins, opens, background)


def slot(
    patterns: Declared,
    *,
    layout: Target | None = None,
    default: Target | Unset | None = UNSET,
    default_layout: Target | None = None,
    unmatched: Unmatched | Unset = UNSET,
    loading: Target | None = None,
    error: Target | None = None,
    not_found: Target | None = None,
    delivery: Delivery | Unset = UNSET,
    test_func: TestFunc | None = None,
) -> SlotOptions:
    """Declare a slot of a ``slots()`` with options. Without options, give a list of patterns instead.

    ``patterns``
        A list of ``path()``, ``re_path()``, ``slots()`` and ``intercept()``.
    ``layout``
        A template name or view that wraps the pages of this slot, and stays mounted while you
        navigate among them (a tab group). It prints the page with ``{% slot %}``.
    ``default``
        What a hard load shows if nothing matches: a template name (it has a ``.`` or ``/``), a view,
        the name of a route of this slot (``"tickets"``), or ``None`` for an empty slot. The route must
        take no arguments of its own. It is rendered for its own URL, so its relative links and forms
        work as on its page. Not given: such a URL is a 404.
    ``default_layout``
        A template name or view that wraps the default. Give the same value as ``layout`` to keep that
        layout mounted between the default and the pages. Not given: nothing wraps the default.
    ``unmatched``
        What a soft navigation does if nothing matches. ``"keep"``: the slot stays untouched.
        ``"default"``: it shows its default. ``"refresh"``: it renders again what it shows, with each
        response (messages, the number of items in a cart). Not given: ``"keep"``, but ``"default"`` in
        a named slot with an ``intercept()`` and a default, so that a modal closes.
    ``loading``
        What the slot shows until its page is ready: a template name or view. The response does not
        wait for the page on a hard load, and on a navigation that brings a new layout with the slot. A
        navigation that changes only the slot shows it if the response takes more than 200 ms.
    ``delivery``
        How the page of a slot with ``loading`` arrives on a hard load. ``"deferred"``, the default: in
        a request of its own. ``"streamed"``: at the end of the same response, as soon as it is ready.
    ``error``
        What the slot shows if its page fails: a template name or view. The page fails if it raises any
        exception except ``Http404``, or answers with a status of 400 or more except 404. Django logs
        and signals the exception as usual. Not given: the error is the response to the whole request.
    ``not_found``
        The same for ``Http404``, and for a response with the status 404.
    ``test_func``
        A function of the request. If it returns false, the slot is not printed, and nothing in it runs.
        It is called for each response. Its request has the URL of the layout that prints the slot, and
        in ``resolver_match.kwargs`` the arguments that the segment's prefix captured.

    ``loading``, ``error`` and ``not_found`` get the arguments of the segment's prefix. The last two also
    get ``exception`` (an exception or ``None``) and ``status_code``. If the slot has a ``layout``, they
    are shown inside it.

    Errors are raised by ``slots()``, which knows the slot's name. The idea is that of Next.js's
    ``@folder``, ``default.js``, ``layout.js``, ``loading.js`` and ``error.js``::

        slots(
            "dashboard/",
            layout="dashboard/layout.html",
            analytics=slot(
                [path("page-views/", views.page_views), path("visitors/", views.visitors)],
                layout="dashboard/analytics_tabs.html",
                default=views.analytics,
                loading="dashboard/skeleton.html",
                error="django_parallel_routes/error.html",
            ),
        )
    """
    return SlotOptions(
        patterns, layout, default, default_layout, unmatched,
        loading, error, not_found, delivery, test_func,
    )  # fmt: skip


def slots(
    route: Route,
    *,
    layout: Target,
    remember: Remember = "history",
    **named: Declared | SlotOptions,
) -> SlotsResolver:
    """Resolve one URL in several named slots of a layout. Use it wherever you may use ``path()``.

    ``route``
        The prefix of all its URLs, as in ``path()``: ``"dashboard/"``, ``"<slug:team>/"``,
        ``gettext_lazy("...")``, or ``""``.
    ``layout``
        A template name or any view. It gets the prefix's arguments, and prints its slots with
        ``{% slot %}`` (children) and ``{% slot "name" %}``.
    ``remember``
        Where the package stores what kept slots show. ``"history"``: in the browser's history, so a
        reload shows defaults. ``"url"``: also in the query of the URL
        (``?slot.analytics=visitors/``), so it survives a reload and can be shared.
    ``children=``, ``<any name>=``
        The slots: each a list of ``path()``, ``re_path()``, ``slots()`` and ``intercept()``, or a
        ``slot()``. Each is matched on its own against the same rest of the URL.

    Returns a ``URLResolver``. Raises ``ImproperlyConfigured`` for a declaration that can't work; the
    message names the slot and says what to do. The idea is that of Next.js's Parallel Routes::

        urlpatterns = [
            slots(
                "dashboard/",
                layout="dashboard/layout.html",
                children=[path("", views.overview), path("settings/", views.settings)],
                team=[path("", views.team), path("settings/", views.team_settings)],
            ),
        ]
    """
    where = f"slots({str(route)!r})"
    if not isinstance(route, (str, Promise)):
        _fail(where, f"the route is {route!r}", "give a string, as for path()")
    if not named:
        _fail(where, "no slot is declared", "give children=[...] or a named slot")
    named = {CHILDREN: named[CHILDREN], **named} if CHILDREN in named else named
    view = _view(layout, f"{where}: layout")
    declared = tuple(
        _slot(name, value, f"{where}: slot {name!r}") for name, value in named.items()
    )
    if not any(slot.patterns for slot in declared):
        _fail(where, "no slot has a route", "a URL exists only where some slot has a page for it")
    if remember not in ("history", "url"):
        _fail(where, f"remember is {remember!r}", 'it must be "history" or "url"')
    segment = Segment(_name("slots", view, declared), view, declared, remember)
    return SlotsResolver(route, segment, SlotsView)


def _slot(name: str, value: Declared | SlotOptions, where: str) -> Slot:
    if not SLOT_NAME.match(name):
        _fail(where, "the name is no plain word", "use ASCII letters, digits and underscores")
    options = value if isinstance(value, SlotOptions) else SlotOptions(value)
    patterns, rules = _patterns(options.patterns, where)
    default = _default(options.default, patterns, where)
    unmatched = options.unmatched
    if unmatched is UNSET:
        closes = rules and name != CHILDREN and default is not UNSET
        unmatched = "default" if closes else "keep"
    if unmatched not in get_args(Unmatched):
        _fail(where, f"unmatched is {unmatched!r}", 'it must be "keep", "default" or "refresh"')
    if default is UNSET:
        if not patterns:
            remedy = "give default=None, for a modal that is closed" if rules else "give it one"
            _fail(where, "it has neither a route nor a default", f"{remedy}, or leave it out")
        if unmatched == "default":
            _fail(where, 'unmatched="default" without a default', "give default=, None for empty")
        if options.default_layout is not None:
            _fail(where, "default_layout without a default", "give default= a view or a template")
    if name == CHILDREN and any(rule.opens == "above" for rule in rules):
        _fail(where, 'opens="above" in children', "intercept in a named slot to open above a page")
    stacks = any(rule.opens == "above" for rule in rules)
    if stacks and options.layout is None and any(one.slot(name) for one in _segments(patterns)):
        # Both would have the address "modal.modal".
        what = f'opens="above", and a slots() in it has a slot {name!r} as well'
        _fail(where, what, "give one of the two slots another name, or this one a layout")
    states, test_func = _states(options, where), options.test_func
    if not (test_func is None or callable(test_func)) or iscoroutinefunction(test_func):
        # What an async function returns is true, whatever it would say.
        _fail(where, f"test_func is {test_func!r}", "give a plain function of the request")
    slot = Slot(name, patterns, default, unmatched, rules, None, states, test_func)
    if options.layout is None and options.default_layout is None:
        return slot
    return _slot_with_layout(slot, options, where)


def _slot_with_layout(slot: Slot, options: SlotOptions, where: str) -> Slot:
    """Return a slot that holds a segment: a slot's own layout is nothing but nested ``slots()``."""

    def wrapped(option: str, layout: Target, inner_default: Any) -> Segment:
        view = _view(layout, f"{where}: {option}")
        inner = Slot(CHILDREN, slot.patterns, inner_default, slot.unmatched, states=slot.states)
        return Segment(_name(option, view, (inner,)), view, (inner,), is_frame=True)

    patterns, default, frame = slot.patterns, slot.default, None
    stays = options.layout is not None and options.layout == options.default_layout
    if options.default_layout is not None and default is None:
        _fail(
            where, "default_layout around an empty default", "give default= a view or a template"
        )
    if options.layout is not None:
        frame = wrapped("layout", options.layout, default if stays else UNSET)
        patterns = (SlotsResolver("", frame, SlotsView),) if patterns else ()
        if stays:
            default = frame
    if options.default_layout is not None and not stays:
        default = wrapped("default_layout", options.default_layout, default)
    return replace(slot, patterns=patterns, default=default, frame=frame)


def _states(options: SlotOptions, where: str) -> States:
    """Return what a slot shows while its page is on its way, and instead of one that fails."""
    loading, error, not_found = (
        None if value is None else _view(value, f"{where}: {name}")
        for name, value in (
            ("loading", options.loading),
            ("error", options.error),
            ("not_found", options.not_found),
        )
    )
    delivery = options.delivery
    if delivery is not UNSET and delivery not in ("deferred", "streamed"):
        _fail(where, f"delivery is {delivery!r}", 'it must be "deferred" or "streamed"')
    if loading is None and delivery is not UNSET:
        _fail(where, "delivery without loading", "give loading= a view or a template")
    return States(loading, error, not_found, "deferred" if delivery is UNSET else delivery)


def _patterns(
    value: Any, where: str
) -> tuple[tuple[URLPattern | URLResolver, ...], tuple[Interception, ...]]:
    """Return a slot's routes, and its interceptions."""
    if isinstance(value, (URLPattern, URLResolver, Interception)):
        _fail(where, f"got a single {type(value).__name__}", "put it in a list: [path(...)]")
    if isinstance(value, tuple) and len(value) == 3 and hasattr(value[0], "urlpatterns"):
        _fail(where, "got an include()", 'write [path("", include(...))]')
    if isinstance(value, str) or not isinstance(value, (list, tuple)):
        _fail(where, f"got {value!r}", "give a list of path(), re_path() and slots(), or a slot()")
    for number, pattern in enumerate(value, 1):
        if not isinstance(pattern, (URLPattern, URLResolver, Interception)):
            _fail(
                where,
                f"item {number} is {pattern!r}",
                "give path(), re_path(), slots() or intercept()",
            )
    rules = tuple(item for item in value if isinstance(item, Interception))
    return tuple(item for item in value if not isinstance(item, Interception)), rules


def _segments(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[Segment]:
    """Yield what the ``slots()`` among some patterns declare, but for those of included modules."""
    for pattern in patterns:
        if isinstance(pattern, SlotsResolver):
            yield pattern.segment
        elif isinstance(pattern, URLResolver) and isinstance(pattern.urlconf_name, (list, tuple)):
            yield from _segments(pattern.url_patterns)


def _default(
    value: Any, patterns: Sequence[URLPattern | URLResolver], where: str
) -> View | DefaultRoute | Unset | None:
    if value is None or value is UNSET:
        return value
    where = f"{where}: default"
    is_name = isinstance(value, str) and value and not re.search(r"[./]", value)
    return _default_route(value, patterns, where) if is_name else _view(value, where)


def _default_route(
    name: str, patterns: Sequence[URLPattern | URLResolver], where: str
) -> DefaultRoute:
    """Return a default that is a route, if the patterns have it, or may have it once they are read."""
    route = DefaultRoute(name)
    if is_included(patterns):
        return route  # manage.py check finds it
    routes = dict(named_routes(patterns))
    ways = [way for other, way in routes.items() if other in route.ends]
    if not ways:
        known = f", must be one of: {', '.join(routes)}" if routes else ""
        remedy = "a template's name has a '.' or '/'"
        _fail(where, f"{name!r} is no route of this slot{known}", remedy)
    if all(fixed_url(way) is None for way in ways):
        _fail(
            where,
            f"the route {name!r} takes arguments, which a default has not",
            "name a route without any, or give a view",
        )
    return route


def _view(value: Any, where: str) -> View:
    """Return a template name or view as a view."""
    if isinstance(value, str) and value:
        return TemplateView(value)
    if inspect.isclass(value) and issubclass(value, ClassBasedView):
        _fail(where, f"got the class {value.__name__}", f"write {value.__name__}.as_view()")
    if not callable(value):
        _fail(where, f"got {value!r}", "give a template name or a view")
    return value  # type: ignore[no-any-return]


def _name(option: str, layout: View, declared: tuple[Slot, ...]) -> str:
    """Return a name that differs for segments at one URL, and is the same in every process.

    Layouts alone do not suffice: one class or factory may have made several of them.
    """
    view: Any = getattr(layout, "view_class", layout)
    name = getattr(view, "__qualname__", repr(view) if isinstance(view, TemplateView) else "")
    return "\n".join((option, view.__module__, name, *map(signature, declared)))


def _fail(where: str, what: str, remedy: str) -> NoReturn:
    raise ImproperlyConfigured(f"{where}: {what}; {remedy}.")
