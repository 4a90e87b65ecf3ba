from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def htmx_version(request: HttpRequest) -> dict[str, int]:
    return {"htmx_version": settings.HTMX_VERSION}
