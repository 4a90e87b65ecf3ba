"""What every template of the example may read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from .forms import DisplayForm

ROLES = {"visitor": "", "member": "ada", "admin": "admin"}  # who one is then, see seed


def demo(request: HttpRequest) -> dict[str, Any]:
    """The visitor's display settings, and the roles that a visitor may try."""
    display = DisplayForm.chosen(request)
    return {
        "htmx_version": int(display["htmx"]),
        "roles": ROLES if settings.DEBUG else {},  # see views.choose_role
        "display": display,
    }
