"""Builds the tag of the script, and adds it to documents that a reload may show instead of slots."""

from __future__ import annotations

import json
from functools import lru_cache
from html import escape
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import (
    ManifestStaticFilesStorage,
    StaticFilesStorage,
    staticfiles_storage,
)
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.templatetags.static import static
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, gettext

# This function needs no settings, so that this module can be imported without them.
from django.utils.translation.trans_null import gettext_noop

from django_parallel_routes.conf import cached_by_settings
from django_parallel_routes.matches import segment_match_of
from django_parallel_routes.protocol.state import HEADER
from django_parallel_routes.rendering.fragments import end_of_head, is_file_or_sandboxed
from django_parallel_routes.rendering.template_context import TemplateContext

try:
    from django.middleware.csp import get_nonce
except ImportError:  # Django 5.2 has none.

    def get_nonce(request: HttpRequest) -> Any:  # type: ignore[misc]
        """Return ``None``."""


FOLDER = "django_parallel_routes/"
"""The folder of the package's static files."""

COMMON_PARTS = {"data-pr-guard": "guard"}
"""The part of the script that all pages may need."""

INSPECTED = "data-pr-inspection"
"""The attribute of the element with what the inspector shows of a page."""

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
"""The files that the script loads later, by the attribute or text that needs them, or by a name."""

PREFETCH = ("", "hover", "visible", "hover full", "visible full")
"""The values of ``prefetch`` for all links of a site."""

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
"""The script's messages about failures (B62). The script itself has them in English."""

SCRIPT = b'data-pr-parts="'
"""A text that only the tag of the script has. (In source code that a page prints, quotes are escaped.)"""

FETCH_DESTINATION = "Sec-Fetch-Dest"
"""The request header that says what a browser loads: ``document`` for a page."""


# --- URLs of files ---

DJANGO_URL_METHODS = {StaticFilesStorage.url, ManifestStaticFilesStorage.url}
"""The methods of storages whose URLs depend on the file alone."""


def file_url(name: str) -> str:
    """Return the URL of a file of the package, such as ``guard.js``. With ``DEBUG``, it is not minified.

    A project's own storage may sign URLs, or have other URLs for each tenant. ``_wrapped`` is the value of
    Django's lazy object, which has none before it is first used.
    """
    path = FOLDER + (name if settings.DEBUG else name.replace(".", ".min."))
    kind: Any = type(vars(staticfiles_storage)["_wrapped"])
    is_djangos = getattr(kind, "url", None) in DJANGO_URL_METHODS
    if is_djangos and kind.base_url is StaticFilesStorage.base_url:
        return _constant_url(path)
    return static(path)


@cached_by_settings("INSTALLED_APPS", "STORAGES", "STATIC_URL", "STATIC_ROOT")
def _constant_url(path: str) -> str:
    """Return a URL that stays the same while the process runs."""
    return static(path)


def parts_attribute(parts: dict[str, str]) -> str:
    """Return the attribute with the files that the script loads when it needs them, relative to its own."""
    folder = file_url("parallel-routes.js").partition("?")[0].rpartition("/")[0] + "/"
    found = [
        f"{name} {file_url(f'{file}.js').removeprefix(folder)}" for name, file in parts.items()
    ]
    return f' data-pr-parts="{escape(" ".join(found))}"'


# --- The tags of a page ---


def tags_of_page(
    context: TemplateContext | None, nonce: object, *, has_inspector: bool, prefetch: str
) -> str:
    """Return the tags of the stylesheet and the script. A page without slots has no ``context``."""
    if prefetch not in PREFETCH:
        raise ImproperlyConfigured(
            f"{{% parallel_routes_script prefetch={prefetch!r} %}}: must be one of: "
            + ", ".join(map(repr, PREFETCH[1:]))
        )
    src = file_url("parallel-routes.js")
    sheet, attributes = _stylesheet_and_attributes(
        src, context is not None, settings.DEBUG and has_inspector, get_language()
    )
    if context:
        attributes += f' data-pr-boost="{"form" if context.plan.form_slots else "link"}"'
        if context.origin:  # The page has a declared background.
            attributes += f' data-pr-origin="{escape(context.origin)}"'
        if prefetch:
            attributes += f' data-pr-prefetch="{prefetch}"'
        if context.plan.root.segment.may_be_late:
            attributes += " data-pr-late"
    return sheet + script_tag(src, attributes, nonce)


@lru_cache(maxsize=32)
def _stylesheet_and_attributes(
    src: str, has_slots: bool, inspects: bool, language: str | None
) -> tuple[str, str]:
    """Return the tag of the stylesheet, and the attributes of the script's tag on all pages in a language.

    ``src`` is the URL of the script. It is an argument because the other URLs change with it.
    """
    sheet = f'<link rel="stylesheet" href="{escape(file_url("parallel-routes.css"))}">'
    if not has_slots:
        return sheet, parts_attribute(COMMON_PARTS)
    parts = parts_attribute(PARTS | {INSPECTED: "inspector"} if inspects else PARTS)
    translated = {name: gettext(text) for name, text in TEXTS.items()}
    texts = {name: text for name, text in translated.items() if text != TEXTS[name]}
    if not texts:
        return sheet, parts
    # In an attribute with single quotes, the many double quotes of JSON need no escaping.
    shown = escape(json.dumps(texts, ensure_ascii=False), quote=False).replace("'", "&#x27;")
    return sheet, f"{parts} data-pr-texts='{shown}'"


# --- Documents that a reload shows in the place of slots ---


def with_script(
    request: HttpRequest, response: HttpResponseBase, *, is_target: bool
) -> HttpResponseBase:
    """Add the script to an error, or to the page of a route that an ``intercept()`` names (``is_target``).

    A reload may show such a document instead of a page with slots. Browsers then take Back for a step within
    the document, so without the script only the address bar would change.
    """
    found = request.resolver_match
    is_error = response.status_code >= 400 and (
        found is None or segment_match_of(found.func) is not None
    )
    if not (
        (is_error or (is_target and response.status_code in (200, 304)))
        and request.method in ("GET", "HEAD")
        and HEADER not in response
    ):
        return response
    patch_vary_headers(response, [FETCH_DESTINATION])
    if not (
        request.META.get("HTTP_SEC_FETCH_DEST") == "document"
        and isinstance(response, HttpResponse)
        and response.get("Content-Type", "").startswith("text/html")
        and response.charset.lower() == "utf-8"
        and "Content-Encoding" not in response
        and not is_file_or_sandboxed(response)
        and response.content  # Browsers show a page of their own for an empty error.
        and SCRIPT not in response.content
    ):
        return response
    try:
        nonce = getattr(request, "csp_nonce", get_nonce(request))
        src = file_url("parallel-routes.js")
        tag = script_tag(src, parts_attribute(COMMON_PARTS), nonce).encode()
    except (ValueError, ImproperlyConfigured):
        # The static files are not collected. That must not make an error page fail.
        return response
    # Latin-1 has a character for each byte, so positions are the same.
    end = end_of_head(response.content.decode("latin-1"))
    response.content = response.content[:end] + tag + response.content[end:]
    del response["Content-Length"]
    if response.get("ETag", "").startswith('"'):
        response["ETag"] = f"W/{response['ETag']}"  # as Django's GZipMiddleware does
    return response


def script_tag(src: str, attributes: str, nonce: object) -> str:
    """Return the tag of the script, with some attributes and the nonce that the page's policy names."""
    with_nonce = "" if nonce is None else f' nonce="{escape(str(nonce))}"'
    return f'<script src="{escape(src)}"{attributes}{with_nonce} defer></script>'
