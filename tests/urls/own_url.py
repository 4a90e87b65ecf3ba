"""``o/ L{children "", foo/; side D, ""}``, where side shows the query of *its* URL."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.html import format_html

from django_parallel_routes import slot, slots
from tests.views import says


def side(request: HttpRequest) -> HttpResponse:
    return HttpResponse(format_html("<p>q is {}</p>", request.GET.get("q")))


urlpatterns = [
    slots(
        "o/",
        layout="conformance/own_url.html",
        children=[path("", says("home")), path("foo/", says("foo"))],
        side=slot([path("", side)], default=says("side default")),
    ),
]
