"""What templates call, for both engines; ``templatetags.parallel_routes`` registers the same.

For Jinja2, add the functions to the environment, and install those of django-htmx as its docs say::

    from django_parallel_routes import jinja as parallel_routes

    def environment(**options):
        env = Environment(**options)
        env.globals.update(parallel_routes.GLOBALS)
        return env

Templates then call ``{{ slot() }}``, ``{{ slot("team") }}``, ``{{ parallel_routes_script() }}``,
``{{ selected_segment("team") }}``, ``{{ slot_id("team") }}``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.utils.safestring import SafeString

from django_parallel_routes.declarations import CHILDREN
from django_parallel_routes.http.script_tag import tags_of_page
from django_parallel_routes.rendering.markup import SCRIPTS
from django_parallel_routes.rendering.template_context import (
    Live,
    find_template_context,
    template_context_of,
)

F = TypeVar("F", bound=Callable[..., Any])

try:
    from jinja2 import pass_context
except ImportError:  # Jinja2 is optional; without it nobody calls these as globals.

    def pass_context(f: F) -> F:
        """Return the function unchanged."""
        return f


@pass_context
def slot(context: Mapping[str, Any], name: str = CHILDREN) -> SafeString:
    """Print a slot of the layout: children, or the named one."""
    return template_context_of(context, "slot").marker(name)


@pass_context
def selected_segment(context: Mapping[str, Any], name: str = CHILDREN) -> str | None:
    """Return the segment of the URL that a slot shows, or ``None`` for a default.

    For children it is the first one below the layout, for other slots the last one. If a template prints it
    with auto-escaping, the script updates it on screen while the layout is kept.
    """
    return printed_segment(context, name) or None


@pass_context
def selected_segments(context: Mapping[str, Any], name: str = CHILDREN) -> tuple[str, ...]:
    """Return all segments of the URL that a slot shows."""
    return template_context_of(context, "selected_segments").selected(name)[1]


def printed_segment(context: Mapping[str, Any], name: str = CHILDREN) -> str:
    """Return what ``{% selected_segment %}`` prints; the script may change it on screen."""
    address, parts = template_context_of(context, "selected_segment").selected(name)
    part = parts[0 if address.name == CHILDREN else -1] if parts else ""
    return Live(part, "selected-segment", address) if address else ""


def printed_segments(context: Mapping[str, Any], name: str = CHILDREN) -> str:
    """Return what ``{% selected_segments %}`` prints: ``"projects/atlas"``."""
    address, parts = template_context_of(context, "selected_segments").selected(name)
    return Live("/".join(parts), "selected-segments", address) if address else ""


@pass_context
def slot_id(context: Mapping[str, Any], name: str = CHILDREN) -> str:
    """Return the ``id`` of a slot's element, for ``hx-target``, ``aria-controls`` or CSS.

    The name is relative to the layout of the template, then to the enclosing layouts.
    """
    return template_context_of(context, "slot_id").slot_id(name)


@pass_context
def close_url(context: Mapping[str, Any]) -> str:
    """Return the URL to which closing a modal leads: the URL of the page underneath."""
    return template_context_of(context, "close_url").close_url


@pass_context
def slot_scripts(context: Mapping[str, Any]) -> SafeString:
    """Mark the place to which the scripts of slots are moved, in order, when this layout is rendered.

    Put it after the libraries that they need, if these stand at the end of the ``<body>``.
    """
    return SafeString(SCRIPTS)


@pass_context
def parallel_routes_script(
    context: Mapping[str, Any], *, inspector: bool = True, prefetch: str = ""
) -> SafeString:
    """Return the tags of the script and the stylesheet, for the ``<head>`` of the outermost layout.

    The files are minified unless ``DEBUG`` is on. The order of scripts does not matter. The script's tag
    has Django's ``csp_nonce``, if that is in the context. Links and forms are boosted only on pages of a
    ``slots()``; elsewhere the script only asks before unsaved input is lost. With ``DEBUG``, these pages
    have an inspector, unless you write ``{% parallel_routes_script inspector=False %}``.

    ``prefetch`` is the value of ``data-pr-prefetch`` for all links. Raises ``ImproperlyConfigured`` for
    other values than ``"hover"``, ``"visible"``, ``"hover full"`` and ``"visible full"``.
    """
    return SafeString(
        tags_of_page(
            find_template_context(context),
            context.get("csp_nonce"),
            has_inspector=inspector,
            prefetch=prefetch,
        )
    )


GLOBALS: dict[str, Callable[..., Any]] = {
    "slot": slot,
    "slot_id": slot_id,
    "selected_segment": selected_segment,
    "selected_segments": selected_segments,
    "close_url": close_url,
    "slot_scripts": slot_scripts,
    "parallel_routes_script": parallel_routes_script,
}
