"""Builds the tag of the script, and adds it to documents that a reload shows in the place of slots."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.templatetags.static import static
from django.utils.cache import patch_vary_headers
from django.utils.html import escape

from django_parallel_routes.matches import match_in
from django_parallel_routes.rendering.documents import end_of_head
from django_parallel_routes.rendering.fragments import stands_alone

try:
    from django.middleware.csp import get_nonce
except ImportError:  # Django 5.2 has none.

    def get_nonce(request: HttpRequest) -> Any:  # type: ignore[misc]
        """Return ``None``."""


FOLDER = "django_parallel_routes/"
"""Where the static files of the package are."""

GUARD = {"data-pr-guard": "guard"}
"""The part of the script that every page may need."""

SCRIPT = b'data-pr-parts="'
"""What only the tag of the script has: where a page prints source code, its quotes are escaped."""

DESTINATION = "Sec-Fetch-Dest"
"""The request header in which a browser says what it loads: ``document`` for a page."""


def file_url(name: str) -> str:
    """Return the URL of a script of the package, minified unless ``DEBUG`` is on."""
    return static(f"{FOLDER}{name}{'' if settings.DEBUG else '.min'}.js")


def parts_attribute(parts: dict[str, str]) -> str:
    """Return what the tag of the script says of the files that the script loads when it needs them."""
    return " ".join([f"{name} {file_url(file)}" for name, file in parts.items()])


def with_script(
    request: HttpRequest, response: HttpResponseBase, *, is_target: bool
) -> HttpResponseBase:
    """Add the script to an error, or to the page of a route that an ``intercept()`` names (``is_target``).

    A reload may show such a document where slots were. Browsers then take Back for a step within the
    document: without the script, only the address bar would change.
    """
    found = request.resolver_match
    is_error = response.status_code >= 400 and (found is None or match_in(found.func) is not None)
    if not (
        (is_error or (is_target and response.status_code == 200))
        and request.method == "GET"
        and isinstance(response, HttpResponse)
        and _can_be_extended(response)
    ):
        return response
    patch_vary_headers(response, [DESTINATION])
    if request.headers.get(DESTINATION) != "document" or SCRIPT in response.content:
        return response
    try:
        tag = _tag(getattr(request, "csp_nonce", get_nonce(request)))
    except (ValueError, ImproperlyConfigured):
        # The static files were not collected. An error page must not fail for that.
        return response
    # Latin-1 has a character for each byte, so positions are the same.
    at = end_of_head(response.content.decode("latin-1"))
    end = at if at >= 0 else len(response.content)
    response.content = response.content[:end] + tag + response.content[end:]
    del response["Content-Length"]
    if response.get("ETag", "").startswith('"'):
        response["ETag"] = f"W/{response['ETag']}"  # as Django's GZipMiddleware does
    return response


def _can_be_extended(response: HttpResponse) -> bool:
    """Tell whether a response has HTML to which a tag can be added.

    Browsers show a page of their own for an empty error. In some encodings, a tag has other bytes.
    """
    try:
        has_ascii = "<".encode(response.charset) == b"<"
    except LookupError:  # Python does not know the encoding.
        return False
    return (
        has_ascii
        and bool(response.content)
        and response.get("Content-Type", "").startswith("text/html")
        and "Content-Encoding" not in response
        and not stands_alone(response)
    )


def _tag(nonce: object) -> bytes:
    src, parts = escape(file_url("parallel-routes")), escape(parts_attribute(GUARD))
    with_nonce = "" if nonce is None else f' nonce="{escape(nonce)}"'
    return f'<script src="{src}" data-pr-parts="{parts}"{with_nonce} defer></script>'.encode()
