"""The URLconf vocabulary: ``slots()`` and ``slot()``.

Everything that can be wrong with a declaration is found here, when the URLconf is imported.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from typing import Any, Literal, NoReturn, overload

from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver
from django.utils.functional import Promise
from django.views import View as ClassBasedView

from django_parallel_routes.resolvers import SlotsResolver, signature
from django_parallel_routes.segments import (
    CHILDREN,
    UNSET,
    Patterns,
    Segment,
    Slot,
    TemplateView,
    Unmatched,
    Unset,
    View,
)

Route = str | Promise
"""What ``path()`` takes: a string, or a lazily translated one."""

Target = str | View
"""A template name, or a view."""

SLOT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z", re.ASCII)


@dataclass(frozen=True)
class SlotOptions:
    """What ``slot()`` was called with; ``slots()`` gives it a name and checks it."""

    patterns: Any
    layout: Target | None = None
    default: Target | Unset | None = UNSET
    default_layout: Target | None = None
    unmatched: Unmatched = "keep"


def slot(
    patterns: Patterns,
    *,
    layout: Target | None = None,
    default: Target | Unset | None = UNSET,
    default_layout: Target | None = None,
    unmatched: Unmatched = "keep",
) -> Any:
    """Declare one slot of a ``slots()`` where a bare list of patterns does not say enough.

    ``patterns``
        A list of ``path()``, ``re_path()`` and ``slots()``.
    ``layout``
        A template name or view that wraps the pages of this slot, and stays mounted while one
        navigates among them (a tab group). It prints the page with ``{% slot %}``.
    ``default``
        What a hard load shows when nothing matches: a template name or view, or ``None`` for an
        empty slot. Not given: such a URL is a 404.
    ``default_layout``
        The layout of the default, by default none. Give the same value as ``layout`` to keep
        that layout mounted between the default and the pages.
    ``unmatched``
        What a soft navigation does when nothing matches: ``"keep"`` leaves the slot untouched,
        ``"default"`` brings its default back.

    Errors are raised by ``slots()``, which knows the slot's name. The idea is that of Next.js's
    ``@folder``, ``default.js`` and ``layout.js``::

        slots(
            "dashboard/",
            layout="dashboard/layout.html",
            analytics=slot(
                [path("page-views/", views.page_views), path("visitors/", views.visitors)],
                layout="dashboard/analytics_tabs.html",
                default=views.analytics,
            ),
        )
    """
    return SlotOptions(patterns, layout, default, default_layout, unmatched)


def slots(route: Route, *, layout: Target, **named: Patterns | SlotOptions) -> SlotsResolver:
    """Resolve one URL in several named slots of a layout. Stands where ``path()`` may stand.

    ``route``
        The prefix of every URL in it, as in ``path()``: ``"dashboard/"``, ``"<slug:team>/"``,
        ``gettext_lazy("...")``, or ``""``.
    ``layout``
        A template name or any view. It gets the prefix's kwargs, and prints its slots with
        ``{% slot %}`` (children) and ``{% slot "name" %}``.
    ``children=``, ``<any name>=``
        The slots: each a list of ``path()``, ``re_path()`` and ``slots()``, or a ``slot()``.
        Each is matched on its own against the same remaining URL.

    Returns a ``URLResolver``. Raises ``ImproperlyConfigured`` for a declaration that cannot work,
    naming the slot and the remedy. The idea is that of Next.js's Parallel Routes::

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
    return SlotsResolver(route, Segment(_name("slots", view, declared), view, declared))


def _slot(name: str, value: Patterns | SlotOptions, where: str) -> Slot:
    if not SLOT_NAME.match(name):
        _fail(where, "the name is no plain word", "use ASCII letters, digits and underscores")
    options = value if isinstance(value, SlotOptions) else SlotOptions(value)
    patterns = _patterns(options.patterns, where)
    default = _default(options.default, where)
    if options.unmatched not in ("keep", "default"):
        _fail(where, f"unmatched is {options.unmatched!r}", 'it must be "keep" or "default"')
    if default is UNSET:
        if not patterns:
            _fail(where, "it has neither a route nor a default", "give it one, or leave it out")
        if options.unmatched == "default":
            _fail(where, 'unmatched="default" without a default', "give default=, None for empty")
        if options.default_layout is not None:
            _fail(where, "default_layout without a default", "give default= a view or a template")
    if options.layout is None and options.default_layout is None:
        return Slot(name, patterns, default, options.unmatched)
    return _slot_with_layout(name, patterns, default, options, where)


def _slot_with_layout(
    name: str, patterns: Patterns, default: Any, options: SlotOptions, where: str
) -> Slot:
    """Return a slot that holds a segment: a slot's own layout is nothing but nested ``slots()``."""

    def wrapped(option: str, layout: Target, inner_default: Any) -> Segment:
        view = _view(layout, f"{where}: {option}")
        inner = Slot(CHILDREN, tuple(patterns), inner_default, options.unmatched)
        return Segment(_name(option, view, (inner,)), view, (inner,))

    stays = options.layout is not None and options.layout == options.default_layout
    if options.default_layout is not None and default is None:
        _fail(
            where, "default_layout around an empty default", "give default= a view or a template"
        )
    if options.layout is not None:
        segment = wrapped("layout", options.layout, default if stays else UNSET)
        patterns = [SlotsResolver("", segment)] if patterns else []
        if stays:
            default = segment
    if options.default_layout is not None and not stays:
        default = wrapped("default_layout", options.default_layout, default)
    return Slot(name, tuple(patterns), default, options.unmatched)


def _patterns(value: Any, where: str) -> tuple[URLPattern | URLResolver, ...]:
    if isinstance(value, (URLPattern, URLResolver)):
        _fail(where, f"got a single {type(value).__name__}", "put it in a list: [path(...)]")
    if isinstance(value, tuple) and len(value) == 3 and hasattr(value[0], "urlpatterns"):
        _fail(where, "got an include()", 'write [path("", include(...))]')
    if isinstance(value, str) or not isinstance(value, (list, tuple)):
        _fail(where, f"got {value!r}", "give a list of path(), re_path() and slots(), or a slot()")
    for number, pattern in enumerate(value, 1):
        if not isinstance(pattern, (URLPattern, URLResolver)):
            _fail(
                where,
                f"item {number} is {pattern!r}",
                "give path(), re_path(), slots() or include",
            )
    return tuple(value)


@overload
def _default(value: Unset, where: str) -> Literal[Unset.UNSET]: ...
@overload
def _default(value: Target | None, where: str) -> View | None: ...
def _default(value: Target | Unset | None, where: str) -> View | Unset | None:
    return value if value is None or value is UNSET else _view(value, f"{where}: default")


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
    """Return a name that tells segments at one URL apart, and is the same in every process.

    Layouts alone don't: one class or factory may have made them all.
    """
    view: Any = getattr(layout, "view_class", layout)
    name = getattr(view, "__qualname__", repr(view) if isinstance(view, TemplateView) else "")
    return "\n".join((option, view.__module__, name, *map(signature, declared)))


def _fail(where: str, what: str, remedy: str) -> NoReturn:
    raise ImproperlyConfigured(f"{where}: {what}; {remedy}.")
