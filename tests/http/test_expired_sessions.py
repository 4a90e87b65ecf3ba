"""Sessions that have expired: the whole window goes to the login, and comes back (B54)."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required, login_required, user_passes_test
from django.contrib.auth.mixins import LoginRequiredMixin, PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.generic import View

from django_parallel_routes import intercept, slot, slots
from tests.window import HEADER, Pages, Window, layout, serve

ALL = "{% slot %}{% slot 'side' %}{% slot 'modal' %}"
HOST = "http://testserver"


def current(url: str) -> dict[str, str]:
    """What htmx says of the address bar."""
    return {"HX-Current-URL": HOST + url}


def login_of(answer: Any) -> tuple[str, str]:
    """The login's path to which the answer leads the window, and what it has as ``next``."""
    assert (answer.status_code, answer.content) == (200, b"")
    assert HEADER not in answer
    assert "no-store" in answer["Cache-Control"]  # caches keep answers with 200
    parts = urlsplit(answer["HX-Redirect"])
    return parts.path, parse_qs(parts.query)["next"][0]


@pytest.fixture
def with_middleware(settings: Any) -> None:
    """``LoginRequiredMiddleware`` at its usual place, outside of ours."""
    login = "django.contrib.auth.middleware.LoginRequiredMiddleware"
    *others, ours = settings.MIDDLEWARE
    settings.MIDDLEWARE = [*others, login, ours]


@pytest.fixture
def window(settings: Any, pages: Pages, with_middleware: None, db: None) -> Window:
    """All wants a login but the login, which stands in the same layout and is a modal besides."""
    public = login_not_required
    window = serve(
        settings,
        slots(
            "",
            layout=public(layout(ALL)),
            children=slot(
                [
                    path("", pages("home")),
                    path("x/", pages("x")),
                    path("photo/", pages("photo"), name="photo"),
                    path("accounts/login/", public(pages("login")), name="login"),
                ],
                default=pages("default"),
            ),
            side=slot([path("side/", pages("side"))], default=None),
            modal=slot(
                [intercept("photo", pages("modal")), intercept("login", public(pages("sign in")))],
                default=None,
            ),
        ),
        path("plain/", pages("plain"), name="plain"),
    )
    window.client.force_login(get_user_model().objects.create_user("ada"))
    window.hard("/")
    return window


def expire(window: Window) -> None:
    window.client.logout()


LOGIN = "/accounts/login/"


def test_a_link_leads_back_to_where_one_was_going(window: Window) -> None:
    """B54: though the login stands in the layout, and is a modal for those who ask for it."""
    expire(window)
    headers = current("/")
    assert login_of(window.soft("/x/?q=1", headers=headers)) == (LOGIN, "/x/?q=1")
    assert login_of(window.soft("/photo/", headers=headers)) == (LOGIN, "/photo/")
    assert login_of(window.soft("/plain/", headers=headers)) == (LOGIN, "/plain/")
    url = "/x/?q=1&slots=refresh:side"  # after a form; that is nobody's business any more
    assert login_of(window.soft(url, headers=headers)) == (LOGIN, "/x/?q=1")


def test_a_form_leads_back_to_the_screen(window: Window) -> None:
    """B54: its own URL may not answer GET, or show something else."""
    window.soft("/photo/")
    expire(window)
    answer = window.soft(
        "/photo/", method="post", source_slot="modal", headers=current("/photo/?a=1")
    )
    assert login_of(answer) == (LOGIN, "/photo/?a=1")
    answer = window.soft("/x/", method="post", source_slot="children", headers=current("/photo/"))
    assert login_of(answer) == (LOGIN, "/photo/")


def test_a_login_after_a_refresh_leads_back_to_the_screen(window: Window) -> None:
    """B54: a refresh, a deferred slot, a restore, a target of its own: the address bar stays."""
    home = window.entry
    window.soft("/side/")
    expire(window)
    state = {"intent": "refresh", "slots": window.mounted, "refresh": ["children"]}
    for url in ("/", "/side/"):
        answer = window.send(url, state, headers=current("/side/?slots=inline#top"))
        assert login_of(answer) == (LOGIN, "/side/")
    assert login_of(window.restore(home, headers=current("/"))) == (LOGIN, "/")
    state = {"intent": "slot", "source_slot": "children", "slots": window.mounted}
    answer = window.send("/", state, headers=current("/side/"))
    assert login_of(answer) == (LOGIN, "/side/")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/x/",
        "https://elsewhere.example/x/",
        "//elsewhere.example/x/",
        "http://testserver//elsewhere.example/",
        "http://testserver@elsewhere.example/",
        "http://testserver/../x/",
        "javascript:alert(1)",
        "http://[",
    ],
)
def test_hx_current_url_leads_to_no_other_site(window: Window, url: str) -> None:
    """B53: it is a hint: only a URL of this site counts, else it is as Django has it."""
    expire(window)
    headers = {"HX-Current-URL": url}
    answer = window.soft("/side/", method="post", source_slot="side", headers=headers)
    here = {"/x/": "/x/", "http://testserver//elsewhere.example/": "/%2Felsewhere.example/"}
    assert login_of(answer) == (LOGIN, here.get(url, "/side/"))


def test_cookies_are_set_on_the_way(settings: Any, pages: Pages, db: None) -> None:
    """S46: "cookie of a slot's view is honoured": also with a login."""

    def greets(request: HttpRequest) -> HttpResponse:
        response = HttpResponse("home")
        response.set_cookie("seen", "1")
        return response

    window = serve(
        settings,
        slots(
            "",
            layout=layout(ALL.replace("{% slot 'modal' %}", "")),
            children=[path("", greets), path("x/", pages("x"))],
            side=slot([path("", login_required(pages("side")))], default=None),
        ),
    )
    window.hard("/x/")
    answer = window.soft("/")
    assert login_of(answer) == (LOGIN, "/")
    assert answer.cookies["seen"].value == "1"


def test_a_relative_redirect_is_one_from_the_url_that_was_asked_for(
    settings: Any, pages: Pages
) -> None:
    """B54: the address bar, to which a relative ``HX-Redirect`` would belong, may show another."""
    window = one(settings, lambda request, number: HttpResponseRedirect("../in/?next=/side/1/"))
    answer = window.soft("/side/1/", method="post", source_slot="side", headers=current("/"))
    assert answer["HX-Redirect"] == "/side/in/?next=/"


class Mixed(LoginRequiredMixin, View):
    pass


class Permitted(PermissionRequiredMixin, View):
    permission_required = "auth.add_user"


def one(settings: Any, view: Any) -> Window:
    """A public page with a slot that is not, and another page."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'side' %}"),
            children=slot([path("", Pages()("home"))], default=Pages()("default")),
            side=slot([path("side/<int:number>/", view)], default=None),
        ),
    )
    window.hard("/")
    return window


@pytest.mark.parametrize(
    "view",
    [
        login_required(Pages()("v")),
        user_passes_test(lambda user: user.is_staff)(Pages()("v")),
        Mixed.as_view(),
        Permitted.as_view(),
    ],
)
@pytest.mark.parametrize(
    ("url", "back"), [("/login/", ""), ("/login/?a=1", ""), ("https://sso.example/", HOST)]
)
def test_each_way_to_demand_a_login_is_recognised(
    settings: Any, db: None, view: Any, url: str, back: str
) -> None:
    """B54: by the ``next`` of the redirect, whatever ``LOGIN_URL`` is; another site gets a full one."""
    settings.LOGIN_URL = url
    window = one(settings, view)
    answer = window.soft("/side/1/?q=%C3%A9", headers=current("/"))
    assert login_of(answer)[1] == f"{back}/side/1/?q=%C3%A9"
    assert answer["HX-Redirect"].startswith(url)
    answer = window.soft("/side/1/", method="post", source_slot="side", headers=current("/?a"))
    assert login_of(answer)[1] == f"{back}/?a"


@pytest.mark.parametrize(
    "location",
    ["/?next=/", "/?next=/elsewhere/", "/?next=http://[", "/?next=", "/?next=//x/side/1/"],
)
def test_other_redirects_are_followed_softly(settings: Any, db: None, location: str) -> None:
    """S13: a ``next`` that is not the URL that was asked for says nothing of a login."""
    window = one(settings, lambda request, number: HttpResponseRedirect(location))
    for method in ("get", "post"):
        answer = window.soft("/side/1/", method=method, source_slot="side", headers=current("/"))
        assert (answer.status_code, answer["Location"]) == (302, location)
