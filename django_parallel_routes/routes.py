"""The URLconf vocabulary: ``slots()``, ``slot()`` and ``intercept()``.

They check their arguments, and raise when the URLconf is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.functional import Promise

from django_parallel_routes.declarations import (
    CHILDREN,
    UNSET,
    Delivery,
    Interception,
    Opens,
    Remember,
    Segment,
    TestFunc,
    Unmatched,
    Unset,
)
from django_parallel_routes.matches import TemplateView
from django_parallel_routes.resolvers import SlotsResolver
from django_parallel_routes.respond import SlotsView
from django_parallel_routes.validation import (
    SlotOptions,
    SlotPatterns,
    TemplateOrView,
    abridged,
    calling_line,
    check_choice,
    explains_wrong_calls,
    fail,
    make_slot,
    make_view,
    segment_name,
)

Route = str | Promise
"""What ``path()`` takes: a string, or a lazily translated one."""


@explains_wrong_calls('intercept("photo", views.photo_modal)')
def intercept(
    route: str,
    view: TemplateOrView | None = None,
    *,
    origin: str | Sequence[str] = (),
    opens: Opens = "here",
    background: str | Callable[..., Any] | None = None,
    asks: bool = True,
) -> Interception:
    """Show a route of the project in this slot, when a click on the current page leads to it.

    It applies to a soft navigation while the slot is on screen. The target may be any route of the
    project. (For a route outside all ``slots()``, you need ``ParallelRoutesMiddleware``.) Only this
    slot changes. A hard load shows the page of the target.

    ``route``
        The target's name, as in ``reverse()``: ``"photo"``, ``"gallery:photo"``.
    ``view``
        What the slot shows: a template name or view. It gets the arguments of the prefix of its
        ``slots()``, and those of the target. The target's own views are called first, and if they refuse the
        user, their response counts. ``None``: the slot shows what the target's own view returns.
    ``origin``
        A route name, or a list of them: the interception applies only if the page underneath is one of
        these routes.
    ``opens``
        ``"here"``: the target replaces what the slot shows. ``"above"``: a link inside the slot opens
        one more level on top.
    ``background``
        A page over which a hard load shows the target in this slot: the name of a route, which gets
        the target's arguments if it takes them, or a function of the request and these arguments. The
        function returns anything that ``django.shortcuts.resolve_url()`` takes, or ``None``. Without
        it, a hard load shows the page of the target alone.
    ``asks``
        ``False`` if ``view`` refuses each user whom the target's own views refuse. Then these views are not
        called, which saves their queries and templates.

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
    where = f"intercept({abridged(route)})"
    origins = tuple(origin) if isinstance(origin, (list, tuple)) else (origin,)
    names: list[tuple[str, Any]] = [("route", route), *(("origin", one) for one in origins)]
    if not (background is None or callable(background)):
        names.append(("background", background))
    for option, name in names:
        if not isinstance(name, str) or not name:
            remedy = "give the name of a path()" + ", or a function" * (option == "background")
            fail(where, f"the {option} is {abridged(name)}", remedy)
    check_choice(where, "opens", opens, Opens)
    shown = None if view is None else make_view(view, f"{where}: view")
    checks = callable(shown) and not isinstance(shown, TemplateView)
    if not isinstance(asks, bool) or not (asks or checks):
        fail(
            where,
            f"asks is {asks!r}, view is {view!r}",
            "give a view that refuses all users whom the target refuses",
        )
    return Interception(route, shown, origins, opens, background, asks)


@explains_wrong_calls('slot([path("", views.team)], default=None)')
def slot(
    patterns: SlotPatterns,
    *,
    layout: TemplateOrView | None = None,
    default: TemplateOrView | Unset | None = UNSET,
    default_layout: TemplateOrView | None = None,
    unmatched: Unmatched | Unset = UNSET,
    loading: TemplateOrView | None = None,
    error: TemplateOrView | None = None,
    not_found: TemplateOrView | None = None,
    delivery: Delivery | Unset = UNSET,
    test_func: TestFunc | None = None,
    block: str | Sequence[str] = (),
    element: str | Sequence[str] = (),
) -> SlotOptions:
    """Declare a slot of a ``slots()`` with options. Without options, give a list of patterns instead.

    ``patterns``
        A list of ``path()``, ``re_path()``, ``slots()`` and ``intercept()``.
    ``layout``
        A template name or view that wraps the pages of this slot, and stays on screen while you
        navigate among them (a tab group). It prints the page with ``{% slot %}``.
    ``default``
        What a hard load shows if nothing matches: a template name (it has a ``.`` or ``/``), a view,
        the name of a route of this slot (``"tickets"``), or ``None`` for an empty slot. The route must
        take no arguments of its own. It is rendered for its own URL, so its relative links and forms
        work as on its page. Not given: such a URL is a 404.
    ``default_layout``
        A template name or view that wraps the default. Give the same value as ``layout`` to keep that
        layout on screen between the default and the pages. Not given: nothing wraps the default.
    ``unmatched``
        What a soft navigation does if nothing matches. ``"keep"``: the slot stays untouched.
        ``"default"``: it shows its default. ``"refresh"``: it renders again what it shows, with each
        response (messages, the number of items in a cart). Not given: ``"keep"``, but ``"default"`` in
        a named slot with a default and either an ``intercept()`` or a stock modal as its layout, so that
        a modal closes.
    ``loading``
        What the slot shows until its page is ready: a template name or view. The response does not wait
        for the page. On a soft navigation, a slot whose page arrives within 150 ms shows no loading state.
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
        in ``resolver_match.kwargs`` the arguments that the prefix of its ``slots()`` captured.
    ``block``
        For views that render a whole document: the block of its template that the slot shows, or a list
        of blocks. Only these blocks and the ``<head>`` are rendered. From the head, the page gets the title,
        the stylesheets and the script files. It works for views that return a ``TemplateResponse``, as
        generic views do.
    ``element``
        The same for finished HTML, such as that of ``render()``: the ``id`` of the element that the slot
        shows without its own tags, or a list of ids. With ``block``, it is used for templates without such
        a block.

    ``loading``, ``error`` and ``not_found`` get the arguments of the prefix of the ``slots()``. The last two
    also get ``exception`` (an exception or ``None``) and ``status_code``. If the slot has a ``layout``, they
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
    return SlotOptions(**locals(), declared_at=calling_line())


@explains_wrong_calls('slots("", layout="base.html", children=[...])')
def slots(
    route: Route,
    *,
    layout: TemplateOrView,
    remember: Remember = "history",
    **named: SlotPatterns | SlotOptions,
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
    where = f"slots({abridged(str(route) if isinstance(route, Promise) else route)})"
    if not isinstance(route, (str, Promise)):
        fail(where, f"the route is {abridged(route)}", "give a string, as for path()")
    if not named:
        fail(where, "no slot is declared", "give children=[...] or a named slot")
    named = {CHILDREN: named[CHILDREN], **named} if CHILDREN in named else named
    view = make_view(layout, f"{where}: layout")
    options = {
        name: value if isinstance(value, SlotOptions) else slot(value)
        for name, value in named.items()
    }
    declared = tuple(make_slot(name, options[name], f"{where}: slot {name!r}") for name in options)
    if not any(slot.patterns for slot in declared):
        fail(where, "no slot has a route, so there is no URL", "give one of the slots a path()")
    check_choice(where, "remember", remember, Remember)
    segment = Segment(segment_name("slots", view, declared), view, declared, remember)
    return SlotsResolver(route, segment, SlotsView)
