"""System checks of guards: those that can't be imported, and known ones that are not named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from django_parallel_routes import slots
from tests.support.system_checks import said, view


class ByPath:
    """Middleware of a project."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response


def test_guards_that_can_not_be_imported_are_reported(settings: Any) -> None:
    settings.PARALLEL_ROUTES_GUARDS = ["stronghold.nothing.Here", f"{__name__}.ByPath"]
    [(code, message)] = said(settings, path("", view))
    assert code == "E011"
    assert "'stronghold.nothing.Here' can't be imported" in message


class MaintenanceModeMiddleware(ByPath):
    """As the middleware of the package is called."""


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
