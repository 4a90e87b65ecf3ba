"""Logins and CSRF: every view of a page passes the checks that it would pass alone (B54)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required, login_required
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import path, resolve
from django.views.decorators.csrf import csrf_exempt

from django_parallel_routes import slot, slots
from tests.support.responses import ALL, answering, hard_and_soft, plain, two
from tests.window import HEADER, Pages, Window, layout, serve

# --- B54: logins ---


@pytest.fixture
def login_middleware(settings: Any, db: None) -> Client:
    """LoginRequiredMiddleware is installed; returns a client that is logged in."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.http.test_logins.LoginRequired"]
    client = Client()
    client.force_login(get_user_model().objects.create_user("ada"))
    return client


class LoginRequired(LoginRequiredMiddleware):
    """A project's own, since those count as well."""


public = login_not_required  # marks the view itself, so give it a fresh one


def _public(name: str, *wanted: str) -> Any:
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return HttpResponse(name)

    return public(view) if name in wanted else view


@pytest.mark.parametrize(
    ("are_public", "status"),
    [
        ((), 302),
        (("home",), 302),
        (("home", "side"), 302),
        (("layout", "home"), 302),
        (("layout", "side"), 302),
        (("layout", "home", "side"), 200),
    ],
)
def test_a_page_is_public_only_if_all_its_views_are(
    settings: Any, login_middleware: Client, are_public: tuple[str, ...], status: int
) -> None:
    """B54: "passes the same … `LoginRequiredMiddleware` … checks as it would alone"; the strictest wins."""
    root = layout(ALL)
    window = two(
        settings,
        _public("home", *are_public),
        _public("side", *are_public),
        public(root) if "layout" in are_public else root,
    )
    answer = window.client.get("/")
    assert answer.status_code == status
    if status == 302:
        assert answer["Location"] == "/accounts/login/?next=/"
    assert login_middleware.get("/").status_code == 200


def test_a_template_does_not_decide_whether_a_login_is_needed(
    settings: Any, login_middleware: Client
) -> None:
    """The views of the page decide. If there is none, a login is needed."""
    window = serve(
        settings,
        slots(
            "",
            layout="unit/layout.html",
            children=[path("", public(answering())), path("private/", plain)],
            side=slot([path("s/", plain)], default="unit/default.html"),
        ),
    )
    assert window.hard("/").status_code == 200
    assert window.shows["side"].startswith("default of")
    assert window.hard("/private/").status_code == 302


def test_defaults_and_nested_layouts_can_demand_a_login(
    settings: Any, login_middleware: Client
) -> None:
    """B54: every view that a page may call, a default's and its layout's included."""
    window = serve(
        settings,
        slots(
            "",
            layout="unit/layout.html",
            children=[
                path("a/", public(answering())),
                path("b/", public(answering())),
                slots("n/", layout=plain, children=[path("", public(answering()))]),
            ],
            side=slot(
                [path("b/", public(answering())), path("n/", public(answering()))], default=plain
            ),
        ),
        slots(
            "d/",
            layout="unit/layout.html",
            children=[path("", public(answering()))],
            side=slot([path("s/", plain)], default=public(answering()), default_layout=plain),
        ),
    )
    assert window.hard("/a/").status_code == 302
    assert window.hard("/b/").status_code == 200
    assert window.hard("/n/").status_code == 302
    assert window.hard("/d/").status_code == 302


def test_an_expired_session_leads_the_window_to_the_login(
    settings: Any, login_middleware: Client
) -> None:
    """B54: "an expired session leads the whole window to the login page and back to where one was"."""
    window = two(settings, plain)
    window.client = login_middleware
    window.hard("/x/")
    window.client.logout()
    answer = window.soft("/?q=1")
    assert answer["HX-Redirect"] == "/accounts/login/?next=/%3Fq%3D1"
    assert HEADER not in answer


def test_login_required_on_one_slot_is_asked_for(settings: Any, db: None) -> None:
    """B54: "the same decorators": ``@login_required`` on a slot's view, without any middleware."""
    pages = Pages()
    window = two(settings, pages("home"), login_required(pages("side")))
    hard, soft = hard_and_soft(window)
    assert (hard.status_code, hard["Location"]) == (302, "/accounts/login/?next=/")
    assert (soft.status_code, soft["HX-Redirect"]) == (200, "/accounts/login/?next=/")
    assert "side" not in pages.called
    window.client.force_login(get_user_model().objects.create_user("ada"))
    window.hard("/")
    assert window.shows == {"children": "home", "side": "side"}


def private_and_public(settings: Any, **private: Any) -> Window:
    pages = Pages()
    return serve(
        settings,
        slots(
            "public/",
            layout="unit/layout.html",
            children=[path("", public(pages("public")))],
            side=slot([path("s/", public(pages("s")))], default=None),
        ),
        slots(
            "private/",
            layout="unit/layout.html",
            children=[path("", pages("private")), path("b/", pages("private b"))],
            side=slot([path("s/", pages("private s"))], **private),
        ),
    )


@pytest.mark.parametrize("default", ["unit/default.html", plain])
def test_a_restored_slot_of_another_url_needs_the_login_of_that_url(
    settings: Any, login_middleware: Client, default: Any
) -> None:
    """B53, B54: a restore "can name nothing that the user could not GET", a bare template included."""
    window = private_and_public(settings, default=default)
    member = Window(login_middleware)
    member.hard("/private/")
    for wanted in (["side"], ["children"], ["children", "side"]):
        state = {name: member.mounted[name] for name in wanted}
        on_screen = {name: ["empty", src, key] for name, (_, src, key) in state.items()}
        body = {"intent": "restore", "slots": on_screen, "restore": state}
        for url in ("/public/", "/public/s/"):
            answer = window.send(url, body)
            assert HEADER not in answer, answer.content
            assert b"default of" not in answer.content
        assert HEADER in member.send("/private/", body)


def test_a_default_that_no_page_of_a_public_url_shows_needs_its_own_login(
    settings: Any, login_middleware: Client
) -> None:
    """B53, B54: hard, this URL shows side's page, so nobody asked about its default: it is asked itself."""
    pages = Pages()
    window = serve(
        settings,
        slots(
            "",
            layout="unit/layout.html",
            children=[path("", public(pages("home")))],
            side=slot([path("", public(pages("side")))], default=pages("default")),
        ),
    )
    window.hard("/")
    want = {"side": ["default", "/", window.mounted["side"][2]]}
    body = {"intent": "restore", "slots": window.mounted, "restore": want}
    answer = window.send("/", body)
    assert ("HX-Redirect" in answer, HEADER in answer) == (True, False)
    assert "default" not in pages.called
    member = Window(login_middleware)
    member.hard("/")
    want = {"side": ["default", "/", member.mounted["side"][2]]}
    member.send("/", {"intent": "restore", "slots": member.mounted, "restore": want})
    assert member.shows["side"] == "default"


def test_a_soft_navigation_within_public_slots_needs_no_login(
    settings: Any, login_middleware: Client
) -> None:
    """B54: the counterpart: what is public alone is public in a slot."""
    window = private_and_public(settings, default=None)
    window.hard("/public/")
    home = window.entry
    window.soft("/public/s/")
    assert window.shows == {"children": "public", "side": "s"}
    window.restore(home)
    assert window.entry == home


def test_without_the_auth_app_there_is_no_login_to_ask_for(settings: Any) -> None:
    """B54: the check is only made where the project has it."""
    settings.INSTALLED_APPS = [app for app in settings.INSTALLED_APPS if "auth" not in app]
    window = two(settings, plain)
    assert window.hard("/").status_code == 200


# --- B54: CSRF ---


@pytest.mark.parametrize(
    ("exempt", "status"),
    [((), 403), (("home",), 403), (("layout", "home"), 403), (("layout", "home", "side"), 200)],
)
def test_csrf_is_checked_unless_all_views_are_exempt(
    settings: Any, exempt: tuple[str, ...], status: int
) -> None:
    """B54: one view that is not exempt is enough."""

    def view(name: str, of: Any) -> Any:
        return csrf_exempt(of) if name in exempt else of

    def fresh(name: str) -> Any:
        return view(name, lambda request: HttpResponse(name))

    two(settings, fresh("home"), fresh("side"), view("layout", layout(ALL)))
    client = Client(enforce_csrf_checks=True)
    assert client.post("/").status_code == status
    assert resolve("/").func.csrf_exempt is (status == 200)


def test_the_state_header_is_echoed_nowhere(settings: Any) -> None:
    """B53: what the header says is echoed nowhere: neither in the body nor in a header."""
    window = two(settings)
    window.hard("/x/")
    window.send("/", {"intent": "navigate", "slots": window.mounted, "evil": "<script>"})
    assert b"<script>" not in window.response.content
    assert "evil" not in json.dumps(dict(window.response.headers))


def test_cookies_survive_the_redirect_of_another_slot(settings: Any) -> None:
    """S46: "A refusal, redirect or cookie of a slot's view is honoured for the page": both are."""

    def with_cookie(request: HttpRequest) -> HttpResponse:
        response = HttpResponse("home")
        response.set_cookie("seen", "1")
        return response

    window = two(settings, with_cookie, lambda request: HttpResponseRedirect("/elsewhere/"))
    answer = window.client.get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/elsewhere/")
    assert answer.cookies["seen"].value == "1"


def test_a_cookie_of_the_layout_survives_the_redirect_of_a_slot(settings: Any) -> None:
    """S46: the outermost layout is a view like any other, also if its template is not rendered yet."""

    def layout_with_cookie(request: HttpRequest) -> TemplateResponse:
        response = TemplateResponse(request, "unit/layout.html")
        response.set_cookie("seen", "1")
        return response

    def redirects(request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect("/elsewhere/")

    side: list[Any] = [path("", Pages()("side"))]
    children = [path("", redirects)]
    window = serve(settings, slots("", layout=layout_with_cookie, children=children, side=side))
    answer = window.client.get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/elsewhere/")
    assert answer.cookies["seen"].value == "1"


def test_a_layout_that_raises_is_the_answer(settings: Any) -> None:
    """S45, S46: the layout is a view like any other."""

    def missing(request: HttpRequest) -> HttpResponse:
        raise Http404

    window = serve(settings, slots("", layout=missing, children=[path("", Pages()("home"))]))
    assert window.hard("/").status_code == 404
