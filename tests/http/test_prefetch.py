"""Prefetches: what is rendered before a link is clicked, and what does not happen before (S60)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib import messages
from django.contrib.auth import alogin, alogout, get_user_model, login, logout
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_protect

from django_parallel_routes import intercept, slot, slots
from tests.window import HEADER, Pages, Window, layout, serve, tag_of

PAGE = "{% slot %}{% slot 'side' %}{% slot 'live' %}{% slot 'modal' %}"
WAITING = layout("<i>wait</i>")
STORAGES = ["session.SessionStorage", "cookie.CookieStorage", "fallback.FallbackStorage"]

View = Callable[[HttpRequest], HttpResponse]


def site(settings: Any, pages: Pages, other: View | None = None) -> Window:
    """``L{children, side (slow), live (with each answer), modal (intercepts photo)}``, at ``/``."""
    window = serve(
        settings,
        slots(
            "",
            layout=pages.layout("layout", PAGE),
            children=[
                path("", pages("home")),
                path("x/", pages("x", other)),
                path("photo/", pages("photo"), name="photo"),
            ],
            side=slot(
                [path("x/", pages("side x"))],
                default=pages("side"),
                loading=WAITING,
                layout=pages.layout("tabs", "tabs {% slot %}"),
                error=pages("failed"),
            ),
            live=slot([], default=pages("live"), unmatched="refresh"),
            modal=slot(
                [intercept("photo", pages("modal"))], default=None, loading=layout("<i>soon</i>")
            ),
        ),
    )
    window.hard("/?slots=inline")
    pages.forget()
    return window


def shows_messages(request: HttpRequest) -> HttpResponse:
    return HttpResponse("|".join(map(str, messages.get_messages(request))) or "none")


def test_a_prefetch_runs_no_slow_page_and_nothing_that_comes_with_each_answer(
    settings: Any, pages: Pages
) -> None:
    """S60: up to the loading states, each of which then asks for its page."""
    window = site(settings, pages)
    response = window.soft("/x/", prefetch="loading")
    assert pages.called == ["x", "tabs"]
    assert response[HEADER] == "/x/"
    assert response["Cache-Control"] == "private, no-store"
    assert window.shows["side.children"] == "wait"
    tag = tag_of(window.text, "side.children")
    assert (tag["data-pr-state"], tag["data-pr-delivery"]) == ("loading", "deferred")
    assert "live" not in window.changed
    window.refresh("side.children", "live")
    assert pages.called == ["x", "tabs", "side x", "live"]
    assert window.shows["side.children"] == "side x"


def test_a_full_prefetch_renders_all_that_changes(settings: Any, pages: Pages) -> None:
    """S60: unless "full"."""
    window = site(settings, pages)
    window.soft("/x/", prefetch="full")
    assert pages.called == ["x", "tabs", "side x"]
    assert window.shows["side.children"] == "side x"
    assert "data-pr-delivery" not in window.text


def test_an_interception_is_prefetched_likewise(settings: Any, pages: Pages) -> None:
    """S60, S24: the modal with its loading state, or as a whole; nothing else changes."""
    window = site(settings, pages)
    entry = window.entry
    window.soft("/photo/", prefetch="loading")
    assert (window.changed, pages.called) == (["modal"], [])
    assert window.shows["modal"] == "soon"
    window.refresh("modal")
    assert pages.called == ["photo", "modal"]  # it is asked whether it refuses
    assert window.shows["modal"] == "modal"
    window.url, window.slots, window.origin = entry
    pages.forget()
    window.soft("/photo/", prefetch="full")
    assert window.shows["modal"] == "modal"
    assert pages.called == ["photo", "modal"]


def test_views_can_tell(settings: Any, pages: Pages) -> None:
    """S60: as of a prefetch of the browser's own; and a click is none."""
    window = site(settings, pages)
    window.soft("/x/", prefetch="loading")
    assert pages.requests["x"].headers["Sec-Purpose"] == "prefetch"
    assert pages.requests["x"].META["HTTP_SEC_PURPOSE"] == "prefetch"
    window = site(settings, pages)
    window.soft("/x/")
    assert "Sec-Purpose" not in pages.requests["x"].headers


def test_a_view_may_decline(settings: Any, pages: Pages) -> None:
    """S60: it answers without content, and the script keeps nothing."""

    def declines(request: HttpRequest) -> HttpResponse:
        if "Sec-Purpose" in request.headers:
            return HttpResponse(status=204)
        return HttpResponse("counted")

    window = site(settings, pages, declines)
    response = window.soft("/x/", prefetch="loading")
    assert (response.status_code, response.content) == (204, b"")
    assert HEADER not in response
    window.soft("/x/")
    assert window.shows["children"] == "counted"


@pytest.mark.django_db
@pytest.mark.parametrize("storage", STORAGES)
def test_messages_survive_a_prefetch(settings: Any, pages: Pages, storage: str) -> None:
    """S60, B67: a page that would show a message is not kept. The click shows the message once."""
    settings.MESSAGE_STORAGE = f"django.contrib.messages.storage.{storage}"

    def adds(request: HttpRequest) -> HttpResponse:
        messages.success(request, "Saved.")
        return HttpResponse()

    window = site(settings, pages, shows_messages)
    window.soft("/x/", prefetch="loading")
    assert window.shows["children"] == "none"  # without messages, it is a page like any other
    window = site(settings, pages, adds)
    window.soft("/x/")  # leaves a message
    window.hard("/?slots=inline")
    cookies = window.client.cookies
    window = site(settings, pages, shows_messages)
    window.client.cookies = cookies
    for _ in range(2):
        assert window.soft("/x/", prefetch="full").status_code == 204
    window.soft("/x/")
    assert window.shows["children"] == "Saved."
    window.hard("/?slots=inline")
    window.soft("/x/")
    assert window.shows["children"] == "none"


@pytest.mark.django_db
@pytest.mark.parametrize("then", ["page", "redirect", "error"])
def test_a_prefetch_leaves_no_message(settings: Any, pages: Pages, then: str) -> None:
    """S60: a message that its view adds is added by the click."""
    settings.MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

    def adds(request: HttpRequest) -> HttpResponse:
        messages.info(request, "Seen.")
        if then == "error":
            raise RuntimeError
        return HttpResponseRedirect("/") if then == "redirect" else HttpResponse("x")

    window = site(settings, pages, adds)
    window.client.raise_request_exception = False
    response = window.soft("/x/", prefetch="loading")
    assert response.status_code == (500 if then == "error" else 204)
    assert HEADER not in response
    assert "_messages" not in window.client.session


@pytest.mark.django_db
def test_a_session_written_during_a_prefetch_is_not_saved(settings: Any, pages: Pages) -> None:
    """S60: neither the session nor a cookie changes until the click."""

    def writes(request: HttpRequest) -> HttpResponse:
        request.session["last"] = "x"
        return HttpResponse("x")

    window = site(settings, pages, writes)
    response = window.soft("/x/", prefetch="loading")
    assert response.status_code == 204
    assert not response.cookies
    assert "last" not in window.client.session
    window.soft("/x/")
    assert window.client.session["last"] == "x"

    def sets(request: HttpRequest) -> HttpResponse:
        answer = HttpResponse("x")
        answer.set_cookie("last", "x")
        return answer

    window = site(settings, pages, sets)
    response = window.soft("/x/", prefetch="loading")
    assert (response.status_code, response.cookies) == (204, {})


def test_a_token_for_forms_is_no_effect(settings: Any, pages: Pages) -> None:
    """S60: a view with ``csrf_protect``, such as Django's login, can be prefetched."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.middleware.csrf.CsrfViewMiddleware"]

    def form(request: HttpRequest) -> HttpResponse:
        return HttpResponse(get_token(request))

    for view in (form, csrf_protect(form)):
        window = site(settings, pages, view)
        response = window.soft("/x/", prefetch="loading")
        assert response[HEADER] == "/x/"
        assert list(response.cookies) == ["csrftoken"]


def test_a_session_is_not_saved_with_every_request(settings: Any, pages: Pages, db: None) -> None:
    """S60: nor with what middleware has written."""

    def writes(request: HttpRequest) -> HttpResponse:
        request.session["last"] = "x"
        return HttpResponse("x")

    window = site(settings, pages, writes)
    settings.SESSION_SAVE_EVERY_REQUEST = True
    assert window.soft("/x/", prefetch="loading").status_code == 204
    assert "last" not in window.client.session
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.touch"]
    window = site(settings, pages, writes)
    assert window.soft("/x/", prefetch="loading").status_code == 204
    assert window.client.session["touched"] is True
    assert "last" not in window.client.session


ENGINES = ["db", "cached_db", "signed_cookies"]


@pytest.mark.django_db
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("is_async", [False, True])
def test_a_prefetch_logs_nobody_in_or_out(
    settings: Any, pages: Pages, engine: str, is_async: bool
) -> None:
    """S60: a mouse that passes over a link that logs out on GET must not end the session. The click does."""
    settings.SESSION_ENGINE = f"django.contrib.sessions.backends.{engine}"
    user = get_user_model().objects.create_user("ada")
    backend = "django.contrib.auth.backends.ModelBackend"

    def enters_or_leaves(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            logout(request)
        else:
            login(request, user, backend)
        return HttpResponse("x")

    async def enters_or_leaves_async(request: HttpRequest) -> HttpResponse:
        if (await request.auser()).is_authenticated:
            await alogout(request)
        else:
            await alogin(request, user, backend)
        return HttpResponse("x")

    view = async_to_sync(enters_or_leaves_async) if is_async else enters_or_leaves
    window = site(settings, pages, view)
    for is_in in (False, True):
        assert ("_auth_user_id" in window.client.session) is is_in
        saved = set(Session.objects.values_list())
        response = window.soft("/x/", prefetch="loading")
        assert (response.status_code, response.cookies) == (204, {})
        assert "Cookie" in response["Vary"]
        assert set(Session.objects.values_list()) == saved
        assert ("_auth_user_id" in window.client.session) is is_in
        window.soft("/x/")
        assert ("_auth_user_id" in window.client.session) is not is_in
        window.hard("/")


def test_a_session_that_middleware_has_changed_is_saved(
    settings: Any, pages: Pages, db: None
) -> None:
    """S60: what is written for every request says nothing of the page."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.touch"]
    window = site(settings, pages)
    assert window.soft("/x/", prefetch="loading")[HEADER] == "/x/"
    assert window.client.session["touched"] is True


def touch(get_response: View) -> View:
    def middleware(request: HttpRequest) -> HttpResponse:
        request.session["touched"] = True
        return get_response(request)

    return middleware


@pytest.mark.parametrize("url", ["/y/", "/plain/", "/other/"])
def test_a_prefetch_of_a_document_runs_no_view(settings: Any, pages: Pages, url: str) -> None:
    """S60: a 404, or a page outside of the layout, is for the click."""
    window = site(settings, pages)
    settings.ROOT_URLCONF.urlpatterns += [
        path("plain/", pages("plain")),
        slots("other/", layout=pages.layout("other"), children=[path("", pages("page"))]),
    ]
    response = window.soft(url, prefetch="loading")
    assert HEADER not in response
    assert pages.called == []


def test_a_redirect_is_followed_as_a_prefetch(settings: Any, pages: Pages) -> None:
    """S60: and is not kept by a cache."""
    window = site(settings, pages, lambda request: HttpResponseRedirect("/"))
    response = window.soft("/x/", prefetch="loading")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert response["Cache-Control"] == "private, no-store"


def test_only_a_navigation_by_get_is_a_prefetch(settings: Any, pages: Pages) -> None:
    """S60: a form that says so is a form; nor is any other request of the script."""
    window = site(settings, pages)
    window.soft("/x/", method="post", prefetch="loading")
    assert "Sec-Purpose" not in pages.requests["x"].headers
    state = {
        "intent": "refresh",
        "slots": window.mounted,
        "refresh": ["live"],
        "prefetch": "loading",
    }
    window.send("/", state)
    assert "Sec-Purpose" not in pages.requests["live"].headers


def test_another_kind_is_malformed(settings: Any, pages: Pages) -> None:
    """B53: then the answer is the page."""
    window = site(settings, pages)
    response = window.soft("/x/", prefetch=["full"])
    assert response.status_code == 200
    assert HEADER not in response


def test_no_middleware_is_needed(settings: Any, pages: Pages) -> None:
    """S60: a project without sessions and messages can prefetch as well."""
    settings.MIDDLEWARE = ["django_parallel_routes.middleware.ParallelRoutesMiddleware"]
    window = site(settings, pages)
    assert window.soft("/x/", prefetch="loading")[HEADER] == "/x/"
    assert isinstance(window.client, Client)
