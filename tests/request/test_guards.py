"""Guards of a project are asked about each view of an answer (B72): ``PARALLEL_ROUTES_GUARDS``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import AsyncClient
from django.urls import path
from django.utils.decorators import async_only_middleware
from django.utils.deprecation import MiddlewareMixin

from django_parallel_routes import intercept, slot, slots
from tests.support.system_checks import said, view
from tests.window import Pages, Window, layout, serve

asked: list[str] = []


class ByPath:
    """As ``django-maintenance-mode`` is written: it decides before the view is known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked.append(request.path)
        if request.path_info.startswith("/staff/") and request.path == request.META["PATH_INFO"]:
            return HttpResponseRedirect("/second-factor/")
        return self.get_response(request)


class ByRoute(MiddlewareMixin):
    """As ``django-allauth-2fa`` is written: it decides by the name of the route."""

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        assert match
        return HttpResponseRedirect("/second-factor/") if match.url_name == "staff" else None


class ByAttribute(MiddlewareMixin):
    """As ``django-stronghold`` is written: it decides by an attribute of the view."""

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        is_private = getattr(view, "is_private", False)
        return HttpResponseRedirect("/second-factor/") if is_private else None


def by_function(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/staff/"):
            raise PermissionDenied
        return get_response(request)

    return middleware


@async_only_middleware
def by_coroutine(get_response: Callable[[HttpRequest], Any]) -> Any:
    async def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/staff/"):
            return HttpResponseRedirect("/second-factor/")
        return await get_response(request)  # type: ignore[no-any-return]

    return middleware


def site(settings: Any, pages: Pages) -> Window:
    """A site on which ``/staff/`` is guarded, and nothing else."""
    secret = pages("secret")
    secret.is_private = True
    background: Any = intercept("card", pages("card in a modal"), background="staff")
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'side' %}{% slot 'modal' %}"),
            remember="url",
            children=[
                path("", pages("home"), name="home"),
                path("public/", pages("public"), name="public"),
                path("staff/", secret, name="staff"),
                path("card/", pages("card"), name="card"),
            ],
            side=slot([path("staff/", secret, name="staff")], default=pages("side default")),
            modal=slot([intercept("staff", secret), intercept("staff"), background], default=None),
        ),
        path("second-factor/", pages("second factor")),
    )
    window.hard("/staff/")  # without a guard, everything can be had
    assert pages.called.count("secret") == 2
    pages.called.clear()
    return window


@pytest.fixture(params=["ByPath", "ByRoute", "ByAttribute", "by_function", "by_coroutine"])
def window(settings: Any, pages: Pages, request: Any) -> Window:
    """The site, with each kind of guard."""
    window = site(settings, pages)
    guarded(settings, request.param)
    return window


def guarded(settings: Any, *names: str) -> None:
    """Only the setting has the guards: no middleware would stop the request itself."""
    settings.PARALLEL_ROUTES_GUARDS = [f"{__name__}.{name}" for name in names]


def test_no_kind_of_request_walks_around_a_guard(window: Window, pages: Pages) -> None:
    """B72: asked for every composed view, in every kind of request."""
    staff = window.entry  # the combination of the page that was loaded before
    window.hard("/staff/")
    assert "secret" not in window.response.content.decode()
    window.hard("/?slot.side=staff/")
    window.hard("/?slot.children=staff/")
    window.hard("/card/")  # over the background
    assert window.shows["children"] == "card"
    window.hard("/public/")
    window.restore(staff)
    window.soft("/staff/")
    window.hard("/public/")
    window.loading("/staff/")
    want = {"children": ["page", "/staff/", window.mounted["children"][2]]}
    window.send("/staff/", {"intent": "restore", "slots": window.mounted, "restore": want})
    window.hard("/public/")
    side = ["page", "/staff/", window.mounted["side"][2]]
    mounted = {**window.mounted, "side": side}
    window.send("/staff/", {"intent": "refresh", "slots": mounted, "refresh": ["side"]})
    window.hard("/public/")
    window.send("/public/?slots=refresh:side", {"intent": "navigate", "slots": mounted})
    window.hard("/public/")
    window.soft("/staff/", method="post")
    assert "secret" not in pages.called


def test_what_is_not_guarded_is_shown(window: Window, pages: Pages) -> None:
    window.hard("/public/")
    assert window.shows["children"] == "public"
    window.soft("/")
    assert window.shows["children"] == "home"
    window.soft("/card/")
    assert pages.called[-1] == "card in a modal"
    assert "secret" not in pages.called


def test_guards_are_asked_on_async_servers(window: Window, pages: Pages) -> None:
    get = async_to_sync(AsyncClient().get)
    assert get("/staff/").status_code in (302, 403)
    assert get("/public/").status_code == 200
    assert "secret" not in pages.called


def test_a_guard_sees_the_url_of_each_view(settings: Any, pages: Pages) -> None:
    window = site(settings, pages)
    guarded(settings, "ByPath")
    asked.clear()
    window.hard("/public/?slot.side=staff/")
    assert {"/staff/", "/public/"} <= set(asked)


@pytest.mark.parametrize("name", ["ByPath", "ByRoute"])
def test_the_redirect_of_a_guard_leads_the_whole_window(
    settings: Any, pages: Pages, name: str
) -> None:
    """B54: "leads the whole window", as a login does, though nothing in its URL says so."""
    window = site(settings, pages)
    window.hard("/public/")
    guarded(settings, name)
    window.soft("/staff/")
    assert window.response.headers["HX-Redirect"] == "/second-factor/"


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
    guarded(settings, "Ours")
    assert [code for code, _ in said(settings, urls) if code == "W023"] == []
    settings.PARALLEL_ROUTES_GUARDS = []
    assert said(settings, path("", view)) == []


def test_other_middleware_is_no_guard(settings: Any) -> None:
    settings.MIDDLEWARE = [f"{__name__}.ByPath", "no.such.Middleware", *settings.MIDDLEWARE]
    urls = slots("", layout="layout.html", children=[path("", view)])
    assert [code for code, _ in said(settings, urls) if code == "W023"] == []
