"""Middleware that navigation tests put into the live server."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

GetResponse = Callable[[HttpRequest], HttpResponse]


def login_for_guarded(get_response: GetResponse) -> GetResponse:
    """Want a login for some pages, as if the session had expired."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "guarded" in request.path and "login" not in request.path:
            return redirect(f"/accounts/login/?next={request.path}")
        return get_response(request)

    return middleware
