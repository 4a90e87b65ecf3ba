"""A strict Content-Security-Policy, which shows that the site needs no inline code; and a slow server."""

from __future__ import annotations

from collections.abc import Callable
from time import sleep

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .site.forms import DisplayForm

GetResponse = Callable[[HttpRequest], HttpResponse]
POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"


def content_security_policy(get_response: GetResponse) -> GetResponse:
    """Add the policy to each response, except Django's debug pages, which have inline styles."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not (settings.DEBUG and response.status_code in {404, 500}):
            response.headers["Content-Security-Policy"] = POLICY
        return response

    return middleware


def slow_down(get_response: GetResponse) -> GetResponse:
    """Delay the clicks of visitors who have chosen a slow server in the display settings."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method == "GET" and "Parallel-Routes" in request.headers:
            sleep(int(DisplayForm.chosen(request)["delay"]) / 1000)
        return get_response(request)

    return middleware
