"""An interception shows nothing that its target would refuse (B30, B54)."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.support.intercepting_site import MIDDLEWARE, pages, refusing, site
from tests.window import HEADER, layout, serve


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ("raises 403", 403),
        ("raises 404", 404),
        ("redirects", 302),
        ("client redirect", 200),
        ("client redirect without a type", 200),
        ("401", 401),
    ],
)
@pytest.mark.parametrize("where", ["plain", "page", "layout", "inner layout"])
def test_a_target_that_refuses_prevents_its_interception(
    settings: Any, how: str, status: int, where: str
) -> None:
    """B30: "interception never shows what the target would refuse": its page, its layouts."""
    refused = refusing(how)
    target = {
        "plain": path("t/", refused, name="t"),
        "page": slots("", layout=layout(), children=[path("t/", refused, name="t")]),
        "layout": slots("", layout=refused, children=[path("t/", layout("a page"), name="t")]),
        "inner layout": slots(
            "",
            layout="no-such-template.html",
            children=[slots("", layout=refused, children=[path("t/", layout("a"), name="t")])],
        ),
    }[where]
    window = serve(
        settings,
        slots(
            "in/",
            layout=layout("{% slot %}{% slot 'modal' %}"),
            children=[path("", pages("home"))],
            modal=slot([intercept("t", pages("modal"))], default=None),
        ),
        target,
    )
    window.hard("/in/")
    pages.forget()
    response = window.soft("/t/")
    assert response.status_code == status
    assert HEADER not in response
    assert pages.called == ["asked"]


@pytest.mark.parametrize("status", [302, 401])
def test_a_target_that_refuses_gets_no_form_of_the_modal_over_it(
    settings: Any, status: int
) -> None:
    """B30, B39: the target is asked again before the form's view runs."""
    called: list[str] = []
    shown = HttpResponse("shown")

    def target(request: HttpRequest) -> HttpResponse:
        return shown

    def modal(request: HttpRequest) -> HttpResponse:
        called.append(request.method or "")
        return HttpResponse("modal")

    window = site(settings, intercept("t", modal))
    settings.ROOT_URLCONF.urlpatterns[:0] = [path("t/", target, name="t")]
    window.hard("/")
    window.soft("/t/")
    shown = HttpResponse(status=status, headers={"Location": "/login/"})
    response = window.soft("/t/", method="post", source_slot="modal")
    assert (response.status_code, called) == (status, ["GET"])


@pytest.mark.parametrize("where", ["plain", "layout"])
def test_a_rule_may_say_that_its_own_view_refuses_as_much(settings: Any, where: str) -> None:
    """B30: with ``asks=False``, only the interceptor checks what the target refuses."""
    target = {
        "plain": path("t/", pages("target"), name="t"),
        "layout": slots("", layout=pages("layout"), children=[path("t/", pages("t"), name="t")]),
    }[where]
    window = serve(
        settings,
        slots(
            "in/",
            layout=layout("{% slot %}{% slot 'modal' %}"),
            children=[path("", pages("home"))],
            modal=slot([intercept("t", pages("modal"), asks=False)], default=None),
        ),
        target,
    )
    window.hard("/in/")
    pages.forget()
    window.soft("/t/")
    assert window.shows["modal"] == "modal"
    assert pages.called == ["modal"]


@pytest.mark.django_db
def test_decorators_of_the_target_and_of_the_interceptor_both_hold(
    settings: Any, django_user_model: Any
) -> None:
    """B30: "The interceptor has its own decorators and permission checks"."""
    window = site(
        settings,
        intercept("t", pages("modal")),
        intercept(
            "u", permission_required("auth.add_user", raise_exception=True)(pages("secret"))
        ),
    )
    settings.ROOT_URLCONF.urlpatterns[:0] = [
        path("t/", login_required(pages("page")), name="t"),
        path("u/", pages("page"), name="u"),
    ]
    window.hard("/")
    assert window.soft("/t/")["HX-Redirect"] == "/accounts/login/?next=/t/"
    assert window.soft("/u/").status_code == 403
    assert "secret" not in pages.called
    window.client.force_login(django_user_model.objects.create_superuser("root"))
    window.soft("/t/")
    assert window.shows["modal"] == "modal"
    window.soft("/u/")
    assert window.shows["modal"] == "secret"


@pytest.mark.django_db
def test_the_login_middleware_is_asked_about_the_interceptor(settings: Any) -> None:
    """B54: "`LoginRequiredMiddleware`": the interceptor is a view that it has not seen itself."""
    from django.contrib.auth.decorators import login_not_required

    rule = intercept("photo", pages("modal"))
    public = login_not_required(pages("public"))
    window = serve(
        settings,
        slots(
            "",
            layout=login_not_required(layout("{% slot %}{% slot 'modal' %}")),
            children=[path("", public), path("photo/", public, name="photo")],
            modal=slot([rule], default=None),
        ),
    )
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE[:-1],
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
        MIDDLEWARE,
    ]
    assert window.hard("/").status_code == 200
    assert window.soft("/photo/")["HX-Redirect"] == "/accounts/login/?next=/photo/"
    assert "modal" not in pages.called


def test_a_rendered_target_is_not_rendered(settings: Any) -> None:
    """B30 at the price of a call, not of a template."""

    def target(request: HttpRequest) -> HttpResponse:
        return TemplateResponse(request, "no-such-template.html")

    window = site(settings, intercept("t", pages("modal")))
    settings.ROOT_URLCONF.urlpatterns.insert(0, path("t/", target, name="t"))
    window.hard("/")
    window.soft("/t/")
    assert window.shows["modal"] == "modal"


def test_layouts_on_screen_are_not_asked_again(settings: Any) -> None:
    """S15: they have been asked when they were printed."""
    window = site(settings)
    window.hard("/")
    pages.forget()
    window.soft("/photo/1/")
    assert "root" not in pages.called


async def an_async_page(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse("async")


def test_interceptors_and_targets_may_be_async(settings: Any) -> None:
    """B47."""
    window = site(settings, intercept("t", an_async_page), intercept("out", pages("sync")))
    settings.ROOT_URLCONF.urlpatterns.insert(0, path("t/", an_async_page, name="t"))
    window.hard("/")
    window.soft("/t/")
    assert window.shows["modal"] == "async"
    window.soft("/out/1/")
    assert window.shows["modal"] == "sync"
