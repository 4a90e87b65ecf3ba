"""Context for all templates of the example."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from .forms import DisplayForm

ROLES = {
    "visitor": "",
    "member": "ada",
    "admin": "admin",
}  # the user of each role; seed creates them


def demo(request: HttpRequest) -> dict[str, Any]:
    """Return the visitor's display settings, and the roles that a visitor may try."""
    display = DisplayForm.chosen(request)
    return {
        "htmx_version": int(display["htmx"]),
        "roles": ROLES if settings.DEBUG else {},  # see views.choose_role
        "display": display,
    }
