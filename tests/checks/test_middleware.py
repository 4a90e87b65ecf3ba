"""System checks of middleware, and of the guards that a project names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.deprecation import MiddlewareMixin
from django_htmx.middleware import HtmxMiddleware

from django_parallel_routes import checks as package, intercept, slots
from django_parallel_routes.middleware import ParallelRoutesMiddleware
from tests.support.system_checks import (
    gallery,
    messages,
    said,
    said_of_interceptions,
    third,
    view,
)
from tests.window import Pages, serve

pages = Pages()


def test_a_project_with_slots_needs_the_middleware(settings: Any) -> None:
    """B61: without it, a view runs twice if a link or redirect leads to it from a slot."""
    assert said_of_interceptions(settings) == []
    settings.MIDDLEWARE = [path for path in settings.MIDDLEWARE if "parallel" not in path]
    [(code, message)] = said_of_interceptions(settings)
    assert code == "W002"
    assert "runs that view twice" in message
    assert "an intercept() of such a view never fires" in message
    assert "LoginRequiredMiddleware" not in message
    assert messages(settings, path("", view)) == []  # nothing that leads out of a slot


class OurHtmx(HtmxMiddleware):
    """A project's own subclass."""


class OurRoutes(ParallelRoutesMiddleware):
    """A project's own subclass."""


def test_subclasses_of_the_middleware_will_do(settings: Any) -> None:
    others = [
        path for path in settings.MIDDLEWARE if "htmx" not in path and "parallel" not in path
    ]
    settings.MIDDLEWARE = [*others, f"{__name__}.OurHtmx", f"{__name__}.OurRoutes"]
    assert said_of_interceptions(settings) == []


class Refuses(MiddlewareMixin):
    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> None:
        return None


class Guards(Refuses):
    """Middleware as in many projects: our middleware must come after it."""


class Measures(MiddlewareMixin):
    def process_response(self, request: Any, response: Any) -> Any:
        return response


def test_middleware_with_process_view_after_ours_is_reported(settings: Any) -> None:
    """B30: ``tests/http/test_cache_page.py`` shows what goes wrong."""
    before, added = settings.MIDDLEWARE, f"{__name__}.Guards"
    settings.MIDDLEWARE = [*before, added]
    [(number, message)] = said_of_interceptions(settings, intercept("plain", pages("m")))
    assert number == "W013"
    assert f"{added} comes after ParallelRoutesMiddleware" in message
    assert said_of_interceptions(settings, intercept("x", pages("m"))) == []  # inside of slots()
    settings.MIDDLEWARE = [added, *before]
    assert said_of_interceptions(settings, intercept("plain", pages("m"))) == []


def test_middleware_that_is_asked_anyway_may_come_after_ours(settings: Any) -> None:
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE,
        f"{__name__}.Measures",
        "tests.nav.no_such_middleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
        "tests.served.middleware.named",
    ]
    serve(settings, path("plain/", view, name="plain"), *gallery([intercept("plain", third)]))
    assert package.check_urls(None) == []


# --- E024, W023: guards ---


@pytest.mark.parametrize("path", ["no.such.Guard", f"{__name__}.Guard", "guard", None])
def test_a_guard_that_cannot_be_imported_is_reported(settings: Any, path: Any) -> None:
    """E024: otherwise the first request finds it. Django reports the same of ``MIDDLEWARE``."""
    settings.PARALLEL_ROUTES_GUARDS = [path]
    [(number, text)] = said_of_interceptions(settings)
    assert number == "E024"
    assert text.startswith(f"PARALLEL_ROUTES_GUARDS: {path!r} can't be imported: ")


class ByPath:
    """Middleware of a project."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response


class MaintenanceModeMiddleware(ByPath):
    """Middleware with the name of that of django-maintenance-mode."""


MaintenanceModeMiddleware.__module__ = "maintenance_mode.middleware"


class Ours(MaintenanceModeMiddleware):
    """A project's own subclass."""


def test_known_guards_are_reported_unless_they_are_named(settings: Any) -> None:
    urls = slots("", layout="layout.html", children=[path("", view)])
    settings.MIDDLEWARE = [f"{__name__}.Ours", *settings.MIDDLEWARE]
    assert [code for code, _ in said(settings, urls) if code == "W023"] == ["W023"]
    settings.PARALLEL_ROUTES_GUARDS = [f"{__name__}.Ours"]
    assert [code for code, _ in said(settings, urls) if code == "W023"] == []
    settings.PARALLEL_ROUTES_GUARDS = []
    assert said(settings, path("", view)) == []


def test_other_middleware_is_no_guard(settings: Any) -> None:
    settings.MIDDLEWARE = [f"{__name__}.ByPath", "no.such.Middleware", *settings.MIDDLEWARE]
    urls = slots("", layout="layout.html", children=[path("", view)])
    assert [code for code, _ in said(settings, urls) if code == "W023"] == []
