"""What every template of the example may read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from .forms import DisplayForm

HTMX_COOKIE = "htmx"
HTMX_VERSIONS = (2, 4)
ROLES = {"visitor": "", "member": "ada", "admin": "admin"}  # who one is then, see seed


def demo(request: HttpRequest) -> dict[str, Any]:
    """The htmx that the visitor chose, who else one may be, and how the site should look."""
    version = request.COOKIES.get(HTMX_COOKIE)
    return {
        "htmx_version": 4 if version == "4" else 2,
        "htmx_versions": HTMX_VERSIONS,
        "roles": ROLES if settings.DEBUG else {},  # see views.choose_role
        "display": DisplayForm.chosen(request),
    }
