"""Everybody asks for everything, in every way: nobody sees what a plain URL refuses (B30, B54, S46)."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import (
    login_not_required,
    login_required,
    permission_required,
    user_passes_test,
)
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.urlconf import Urlconf
from tests.support.access_matrix import Matrix, urls_of
from tests.window import Pages, layout, serve

staff_only = user_passes_test(lambda user: user.is_staff)
may_add = permission_required("auth.add_user", raise_exception=True)


def site(settings: Any, pages: Pages) -> None:
    """What is protected in all ways that Django has, beside what is not."""
    public = login_not_required
    serve(
        settings,
        slots(
            "",
            layout=public(
                layout("{% slot %}{% slot 'side' %}{% slot 'modal' %}{% slot 'audit' %}")
            ),
            children=slot(
                [
                    path("", public(pages("home"))),
                    path("member/", login_required(pages("member's")), name="member"),
                    path("staff/", staff_only(pages("staff's")), name="staff"),
                    path("root/", may_add(pages("root's")), name="root"),
                    path("card/<int:number>/", public(pages("card")), name="card"),
                    slots(
                        "area/",
                        layout=login_required(layout("{% slot %}{% slot 'inner' %}")),
                        children=slot(
                            [path("", pages("area")), path("a/", pages("a"))],
                            default=pages("area default"),
                        ),
                        inner=slot(
                            [path("b/", staff_only(pages("b")))], default=pages("inner default")
                        ),
                    ),
                ],
                default=public(pages("default")),
            ),
            side=slot(
                [
                    path("side/", public(pages("side"))),
                    path("secret/", staff_only(pages("secret side"))),
                    path("late/", may_add(pages("late"))),
                ],
                default=None,
            ),
            modal=slot(
                [
                    intercept("member", public(pages("m of member"))),
                    intercept("staff", public(pages("m of staff"))),
                    intercept("root"),
                    intercept("card", staff_only(pages("m of card"))),
                    intercept("plain", public(pages("m of plain"))),
                ],
                default=None,
            ),
            audit=slot(
                [path("side/", public(pages("audit of side")))],
                default=public(pages("audit")),
                test_func=lambda request: request.user.is_staff,
            ),
        ),
        path("plain/", may_add(pages("plain")), name="plain"),
    )


def people() -> dict[str, Client]:
    users = get_user_model().objects
    clients = {"superuser": Client(), "staff": Client(), "member": Client()}
    clients["superuser"].force_login(users.create_superuser("root"))
    clients["staff"].force_login(users.create_user("admin", is_staff=True))
    clients["member"].force_login(users.create_user("ada"))
    return {**clients, "anonymous": Client()}


@pytest.mark.parametrize("is_guarded", [False, True], ids=["decorators", "middleware"])
def test_nobody_sees_what_a_plain_url_refuses(
    settings: Any, db: None, pages: Pages, is_guarded: bool
) -> None:
    """B54: "Every composed view passes the same decorators, `LoginRequiredMiddleware` … checks"."""
    if is_guarded:
        login = "django.contrib.auth.middleware.LoginRequiredMiddleware"
        *others, ours = settings.MIDDLEWARE
        settings.MIDDLEWARE = [*others, login, ours]
    site(settings, pages)
    matrix = Matrix(people(), {"number": 1})
    matrix.explore()
    assert matrix.leaks == []
    assert matrix.views <= matrix.composed, "Nobody has seen some views: nothing is proven of them"


def test_the_matrix_finds_a_leak(settings: Any, db: None, pages: Pages, monkeypatch: Any) -> None:
    """B30: the matrix itself can fail: here targets are not asked about what is shown for them."""
    from django_parallel_routes.planning.interception import InterceptionMatch

    monkeypatch.setattr(InterceptionMatch, "_access_checks", lambda *args: ())
    site(settings, pages)
    matrix = Matrix(people(), {"number": 1})
    matrix.explore()
    assert any("anonymous sees" in leak and "modal" in leak for leak in matrix.leaks)


def test_a_route_without_an_example_is_named() -> None:
    """A new route is covered by itself, or tells what it needs."""
    patterns = [path("a/<slug:name>/", Pages()("a"))]
    with pytest.raises(AssertionError, match=r"/a/<slug:name>/ needs a value of 'name'"):
        list(urls_of(Urlconf(patterns), {}))


class ByPath(LoginRequiredMiddleware):
    """A project's own, which protects by path."""

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        return HttpResponse(status=403) if request.path.startswith("/closed/") else None


def test_a_guard_by_path_is_asked_for_each_slots_own_url(settings: Any, pages: Pages) -> None:
    """B54: if it is a subclass of ``LoginRequiredMiddleware``; also about a bare template."""
    before = settings.MIDDLEWARE
    window = serve(
        settings,
        slots(
            "",
            layout="unit/layout.html",
            children=slot([path("open/", pages("open"))], default="unit/default.html"),
            side=slot([path("closed/", pages("s"))], default=None),
        ),
    )
    window.hard("/closed/")
    closed = window.mounted
    assert "default of" in window.shows["children"]
    settings.MIDDLEWARE = [*before, "tests.rendering.test_access.ByPath"]
    window = serve(settings, *settings.ROOT_URLCONF.urlpatterns)
    assert window.hard("/closed/").status_code == 403
    window.hard("/open/")
    for state in (
        {"intent": "restore", "slots": window.mounted, "restore": closed},
        {"intent": "refresh", "slots": closed, "refresh": ["children"]},
    ):
        answer = window.send("/open/", state)
        assert b"default of" not in answer.content
