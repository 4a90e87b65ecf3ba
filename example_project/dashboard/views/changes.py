"""The ``changes`` slot, for the staff only."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..models import Change


def latest(request: HttpRequest) -> HttpResponse:
    """Show the latest changes to the team. Other users see no trace of this slot."""
    if not request.user.is_staff:
        raise PermissionDenied
    changes = Change.objects.select_related("user")[:5]
    return render(request, "dashboard/changes.html", {"changes": changes})
