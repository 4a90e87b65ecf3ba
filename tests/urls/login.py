"""``L{children "", foo/, login/; auth D=None, intercept login}``; beside it the catch-all recipe."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.views import says


def nothing(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def site(prefix: str, *recipe: Any, **options: Any) -> Any:
    return slots(
        prefix,
        layout="interception/login.html",
        children=[
            path("", says("home")),
            path("foo/", says("foo")),
            path("login/", says("login page"), name=f"{prefix}login"),
        ],
        auth=slot(
            [*recipe, intercept(f"{prefix}login", says("login modal"))], default=None, **options
        ),
    )


urlpatterns = [site("l/"), site("r/", path("<path:rest>", nothing), unmatched="keep")]
