"""What templates call, for both engines; ``templatetags.parallel_routes`` registers the same.

For Jinja2, add the functions to the environment, and install django-htmx's as its docs say::

    from django_parallel_routes import jinja as parallel_routes

    def environment(**options):
        env = Environment(**options)
        env.globals.update(parallel_routes.GLOBALS)
        return env

Then ``{{ slot() }}``, ``{{ slot("team") }}``, ``{{ parallel_routes_script() }}``,
``{{ selected_segment("team") }}``, ``{{ slot_id("team") }}``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from html import escape
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_noop

from django_parallel_routes.declarations import CHILDREN
from django_parallel_routes.http.script_tag import (
    COMMON_PARTS,
    file_url,
    parts_attribute,
    script_tag,
)
from django_parallel_routes.rendering.markup import SCRIPTS
from django_parallel_routes.rendering.template_context import (
    Live,
    find_template_context,
    template_context_of,
)

F = TypeVar("F", bound=Callable[..., Any])

INSPECTOR = {"data-pr-inspection": "inspector"}
PARTS = COMMON_PARTS | {
    "data-pr-slot": "announce",
    "data-pr-modal": "dialog",
    "data-pr-close-on": "motion",
    "data-pr-mount-url": "dialog",  # of a slot with interceptions, which may show one
    "data-pr-add-related": "add-related",
    "data-pr-length": "segments",
    "hx-preserve": "preserve",
    "</script": "assets",  # browsers ignore the nonce of a tag in which "<script" or "<link" stands
    "stylesheet": "assets",
    "nonce=": "assets",
    "data-pr-prefetch": "prefetch",
    "data-pr-optimistic": "optimistic",
    "data-pr-same": "morph",
    "data-pr-late": "streaming",
    "data-pr-arrived": "streaming",
    "answers": "answers",  # on each page, after it has loaded
    "whole-answer": "whole-answer",
}
"""What the script loads later: the attribute or text that needs it, or a name of its own, and the file."""

PREFETCH = ("", "hover", "visible", "hover full", "visible full")
"""What the script may ask for in advance, of all links of a site."""

TEXTS = {
    "offline": gettext_noop("You are offline."),
    "network": gettext_noop("The server can’t be reached."),
    "timeout": gettext_noop("The server took too long to answer."),
    "unsent": gettext_noop("You are offline. The form was not sent."),
    "unsure": gettext_noop("No answer came. The form may not have been sent."),
    "refused": gettext_noop("The server refused this."),
    "busy": gettext_noop("Too many requests. Wait a moment."),
    "broken": gettext_noop("The server failed."),
    "empty": gettext_noop("The server’s answer was empty."),
    "online": gettext_noop("You are online again."),
    "retry": gettext_noop("Try again"),
    "send": gettext_noop("Send again"),
    "close": gettext_noop("Close"),
}
"""The messages of the script about failures (B62). The script itself has them in English."""

try:
    from jinja2 import pass_context
except ImportError:  # Jinja2 is optional; without it nobody calls these as globals.

    def pass_context(f: F) -> F:
        """Return the function unchanged."""
        return f


@pass_context
def slot(context: Mapping[str, Any], name: str = CHILDREN) -> SafeString:
    """Print a slot of the layout: children, or the named one."""
    return template_context_of(context, "slot").marker(name, getattr(context, "template", None))


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
    return template_context_of(context, "selected_segments").selected(name).parts


def printed_segment(context: Mapping[str, Any], name: str = CHILDREN) -> str:
    """Return what ``{% selected_segment %}`` prints; the script may change it on screen."""
    found = template_context_of(context, "selected_segment").selected(name)
    return Live(found.part, "selected-segment", found.address) if found.address else ""


def printed_segments(context: Mapping[str, Any], name: str = CHILDREN) -> str:
    """Return what ``{% selected_segments %}`` prints: ``"projects/atlas"``."""
    found = template_context_of(context, "selected_segments").selected(name)
    return Live(found.all, "selected-segments", found.address) if found.address else ""


@pass_context
def slot_id(context: Mapping[str, Any], name: str = CHILDREN) -> str:
    """Return the ``id`` of a slot's element, for ``hx-target``, ``aria-controls`` or CSS.

    The name is relative to the layout of the template, then to the enclosing layouts.
    """
    return template_context_of(context, "slot_id").slot_id(name)


@pass_context
def close_url(context: Mapping[str, Any]) -> str:
    """Return the URL to which closing a modal leads: that of the page underneath."""
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
    if prefetch not in PREFETCH:
        raise ImproperlyConfigured(
            f"{{% parallel_routes_script prefetch={prefetch!r} %}}: must be one of: "
            + ", ".join(map(repr, PREFETCH[1:]))
        )
    found = find_template_context(context)
    inspects = settings.DEBUG and inspector
    src = file_url("parallel-routes.js")
    sheet, attributes = _stylesheet_and_attributes(
        src, found is not None, inspects, get_language()
    )
    if found:
        attributes += ' data-pr-boost="form"' if found.plan.form_slots else ' data-pr-boost="link"'
        if found.origin:  # a declared background
            attributes += f' data-pr-origin="{escape(found.origin)}"'
        if prefetch:
            attributes += f' data-pr-prefetch="{prefetch}"'
        if found.plan.root.segment.may_be_late:
            attributes += " data-pr-late"
    # Django's nonce is false until it is printed.
    return SafeString(sheet + script_tag(src, attributes, context.get("csp_nonce")))


@lru_cache(maxsize=32)
def _stylesheet_and_attributes(
    src: str, has_slots: bool, inspects: bool, language: str | None
) -> tuple[str, str]:
    """Return the tag of the stylesheet, and what the script's says on all pages in a language.

    ``src`` is the URL of the script. Where that changes (with ``DEBUG``, too), the other URLs do.
    """
    sheet = f'<link rel="stylesheet" href="{escape(file_url("parallel-routes.css"))}">'
    if not has_slots:
        return sheet, parts_attribute(COMMON_PARTS)
    parts = parts_attribute(PARTS | INSPECTOR if inspects else PARTS)
    texts = {name: said for name, text in TEXTS.items() if (said := gettext(text)) != text}
    if not texts:
        return sheet, parts
    # In an attribute with single quotes, the many double quotes of JSON need no escaping.
    shown = escape(json.dumps(texts, ensure_ascii=False), quote=False).replace("'", "&#x27;")
    return sheet, f"{parts} data-pr-texts='{shown}'"


GLOBALS: dict[str, Callable[..., Any]] = {
    "slot": slot,
    "slot_id": slot_id,
    "selected_segment": selected_segment,
    "selected_segments": selected_segments,
    "close_url": close_url,
    "slot_scripts": slot_scripts,
    "parallel_routes_script": parallel_routes_script,
}
