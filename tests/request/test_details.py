"""The request that each view of a slot gets, and what these requests share."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import messages
from django.contrib.auth import get_user_model, login, logout
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import condition, etag

from django_parallel_routes import slot, slots
from tests.support.rendered_site import ALL, says, two_slots
from tests.window import HEADER, Pages, layout, serve

# --- The request of each slot ---


def test_only_the_addressed_view_sees_an_unsafe_method(settings: Any) -> None:
    """B39: "An unsafe method reaches exactly one view … All the others, and every layout, see GET"."""
    pages = Pages()
    window = serve(
        settings,
        slots(
            "",
            layout=pages.layout("layout", ALL),
            children=[path("", pages("home"))],
            side=[path("", pages("side"))],
        ),
    )
    window.client.post("/?q=1", {"a": "b"})
    home, side, outer = (pages.requests[name] for name in ("home", "side", "layout"))
    assert (home.method, home.POST.dict(), home.META["REQUEST_METHOD"]) == (
        "POST",
        {"a": "b"},
        "POST",
    )
    for request in (side, outer):
        assert (request.method, request.META["REQUEST_METHOD"]) == ("GET", "GET")
        assert (request.POST.dict(), dict(request.FILES), request.body) == ({}, {}, b"")
        assert (request.content_type, request.META["CONTENT_TYPE"]) == ("", "")
        assert "Content-Length" not in request.headers or not request.headers["Content-Length"]
        assert request.GET.dict() == {"q": "1"}
        assert request.get_full_path() == "/?q=1"


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_all_unsafe_methods_reach_one_view(settings: Any, method: str) -> None:
    """B39: "An unsafe method", not POST alone."""
    pages = Pages()
    window = two_slots(settings, pages("home"), pages("side"))
    getattr(window.client, method)("/", b"{}", content_type="application/json")
    assert pages.requests["home"].method == method.upper()
    assert pages.requests["home"].body == b"{}"
    assert pages.requests["side"].method == "GET"
    assert pages.called.count("home") == 1


def test_head_is_as_safe_as_get(settings: Any) -> None:
    """B39: HEAD is no unsafe method: every view sees it, and there is no body."""
    pages = Pages()
    window = two_slots(settings, pages("home"), pages("side"))
    response = window.client.head("/")
    assert (response.status_code, response.content) == (200, b"")
    assert {request.method for request in pages.requests.values()} == {"HEAD"}


def test_files_and_submit_buttons_arrive(settings: Any) -> None:
    """B39: "files and submit buttons arrive"; afterwards middleware finds the body parsed."""

    def upload(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{request.POST['save']} {request.FILES['file'].read().decode()}")

    window = two_slots(settings, upload, "side")
    upload_ = SimpleUploadedFile("x.txt", b"content")
    response = window.hard("/", "post", data={"save": "draft", "file": upload_})
    assert window.shows["children"] == "draft content"
    assert response.wsgi_request.POST["save"] == "draft"


def test_the_slot_of_a_form_does_not_change_the_others_urls(settings: Any) -> None:
    """B39: what ends with the slot's name is the absolute URL that its own view sees."""
    pages = Pages()
    window = serve(
        settings,
        slots(
            "",
            layout=layout(ALL),
            children=slot([], default=pages("default")),
            side=[path("", pages("side"))],
        ),
    )
    response = window.client.post("/")
    assert pages.requests["side"].method == "POST"
    assert pages.requests["default"].build_absolute_uri() == "http://testserver/"
    # That of the request itself, which middleware asks afterwards, is the URL of the document.
    assert response.wsgi_request.build_absolute_uri() == "http://testserver/"


def test_a_restored_slot_sees_a_get_of_its_own_url(settings: Any) -> None:
    """S38, S33: "Every slot remembers its own URL with its query": that is the request it gets."""
    pages = Pages()
    window = serve(
        settings,
        slots(
            "d/",
            layout=layout(ALL),
            children=[path("", pages("home")), path("b/", pages("b"))],
            side=slot([path("s/<slug:w>/", pages("side"), name="side")], default=None),
        ),
    )
    window.hard("/d/s/x/?q=1&q=2")
    window.slots = {}
    window.hard("/d/?z=1")
    window.soft("/d/s/x/?q=1&q=2")
    window.soft("/d/b/")
    entry = window.entry
    window.hard("/d/?z=1")
    window.restore(entry)
    assert window.entry == entry
    request = pages.requests["side"]
    assert (request.path, request.path_info) == ("/d/s/x/", "/d/s/x/")
    assert request.get_full_path() == "/d/s/x/?q=1&q=2"
    assert request.build_absolute_uri() == "http://testserver/d/s/x/?q=1&q=2#slot-side"
    assert request.build_absolute_uri("/y/") == "http://testserver/y/"
    assert request.GET.getlist("q") == ["1", "2"]
    assert request.META["PATH_INFO"] == "/d/s/x/"
    assert request.META["QUERY_STRING"] == "q=1&q=2"
    assert request.resolver_match.url_name == "side"
    assert request.resolver_match.kwargs == {"w": "x"}
    assert request.resolver_match.route == "d/s/<slug:w>/"
    assert pages.requests["b"].get_full_path() == "/d/b/"


def test_meta_is_shared_but_for_what_differs(settings: Any) -> None:
    """A value that one view writes into ``META``, the other views see."""

    def writes(request: HttpRequest) -> HttpResponse:
        request.META["X_NEW"] = "new"
        request.META["REMOTE_ADDR"] = "changed"
        request.META["HTTP_IF_NONE_MATCH"] = "mine"
        del request.META["SERVER_NAME"]
        assert request.META.pop("SERVER_PORT") == "80"
        assert request.META.pop("NOT_THERE", "default") == "default"
        assert request.META["HTTP_IF_NONE_MATCH"] == "mine"
        assert request.META.get("SERVER_NAME") is None
        return HttpResponse("w")

    def reads(request: HttpRequest) -> HttpResponse:
        return HttpResponse(
            f"{request.META['X_NEW']} {request.META['REMOTE_ADDR']} {'SERVER_NAME' in request.META}"
        )

    window = two_slots(settings, writes, reads)
    settings.ALLOWED_HOSTS = ["*"]
    response = window.hard("/", headers={"If-None-Match": '"x"'})
    assert window.shows["side"] == "new changed False"
    assert response.wsgi_request.META["HTTP_IF_NONE_MATCH"] == '"x"'


def test_conditional_headers_are_hidden_from_slots(settings: Any) -> None:
    """A slot with ``@etag`` would otherwise put an empty 304 into the page."""

    @etag(lambda request: "tag")
    def tagged(request: HttpRequest) -> HttpResponse:
        assert not request.headers.get("If-None-Match")
        return HttpResponse("tagged")

    @condition(last_modified_func=lambda request: None, etag_func=lambda request: '"tag"')
    def conditional(request: HttpRequest) -> HttpResponse:
        return HttpResponse("conditional")

    window = two_slots(settings, tagged, conditional)
    for headers in (
        {"If-None-Match": '"tag"'},
        {"If-None-Match": "*"},
        {"If-Match": '"other"'},
        {"If-Modified-Since": "Thu, 01 Jan 2099 00:00:00 GMT"},
        {"If-Unmodified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    ):
        response = window.hard("/", headers=headers)
        assert response.status_code == 200
        assert window.shows == {"children": "tagged", "side": "conditional"}
        assert "ETag" not in response
        window.soft("/", headers=headers)
        assert window.changed == ["children", "side"]
        assert "ETag" not in window.response


def test_the_whole_page_may_have_an_etag(settings: Any) -> None:
    """``ConditionalGetMiddleware`` works on the whole response."""
    settings.MIDDLEWARE = ["django.middleware.http.ConditionalGetMiddleware", *settings.MIDDLEWARE]
    window = two_slots(settings, "home", "side")
    tag = window.hard("/")["ETag"]
    assert window.hard("/", headers={"If-None-Match": tag}).status_code == 304
    assert window.hard("/x/", headers={"If-None-Match": tag}).status_code == 200


# --- What is shared ---


def test_session_and_messages_are_shared(settings: Any, db: None) -> None:
    """S40: "messages appear once", whichever slot prints them."""

    def writes(request: HttpRequest) -> HttpResponse:
        request.session["count"] = request.session.get("count", 0) + 1
        messages.info(request, "saved")
        return HttpResponse("w")

    reads = layout(
        "{{ request.session.count }} {% for message in messages %}{{ message }}{% endfor %}"
    )
    window = serve(
        settings,
        slots("w/", layout=layout(ALL), children=[path("", writes)], side=[path("", reads)]),
        path("alone/", reads),
    )
    window.hard("/w/")
    assert window.shows["side"] == "1 saved"
    assert window.client.session["count"] == 1
    assert window.client.get("/alone/").content == b"1 "
    window.hard("/w/")
    window.soft("/w/")
    assert window.shows["side"] == "3 saved"


@pytest.mark.parametrize("asked_before", [False, True])
def test_a_login_in_one_slot_holds_for_the_page(
    settings: Any, db: None, asked_before: bool
) -> None:
    """The user of the request is the same object for all views of the page."""
    ada = get_user_model().objects.create_user("ada")

    def entrance(request: HttpRequest) -> HttpResponse:
        if asked_before:
            str(request.user)
        if request.method == "POST" and "out" in request.POST:
            logout(request)
        elif request.method == "POST":
            login(request, ada)
        return HttpResponse(request.user)

    window = two_slots(settings, entrance, layout("{{ request.user }}"), "<p>{{ user }}</p>" + ALL)
    response = window.hard("/", "post")
    assert window.shows == {"children": "ada", "side": "ada"}
    assert b"<p>ada</p>" in response.content
    assert response.wsgi_request.user == ada
    window.hard("/", "post", data={"out": "1"})
    assert window.shows == {"children": "AnonymousUser", "side": "AnonymousUser"}


def test_a_csrf_token_of_a_slot_is_good_for_a_post(settings: Any) -> None:
    """B39, B54: "CSRF holds": a form in a slot has a token, and without one it is refused."""
    form = layout("{% csrf_token %}{{ request.POST.a }}")
    client = Client(enforce_csrf_checks=True)
    window = serve(
        settings,
        slots(
            "",
            layout=layout(ALL),
            children=[path("", says("home")), path("s/", says("s"))],
            side=slot([path("s/", form)], default=None),
        ),
        client=client,
    )
    window.hard("/")
    assert "csrftoken" not in client.cookies
    response = window.soft("/s/")
    assert client.cookies["csrftoken"].value
    token = response.content.decode().partition('value="')[2][:64]
    assert window.soft("/s/", method="post", source_slot="side").status_code == 403
    data = {"csrfmiddlewaretoken": token, "a": "sent"}
    assert window.soft("/s/", method="post", source_slot="side", data=data).status_code == 200
    assert window.shows["side"] == "sent"
    assert window.changed == ["side"]


@pytest.mark.parametrize("decorate", [ensure_csrf_cookie, lambda view: view])
def test_a_csrf_cookie_that_a_slot_asks_for_is_set(settings: Any, decorate: Any) -> None:
    """On hard loads and soft ones, although the view has a copy of the request."""

    def page(request: HttpRequest) -> HttpResponse:
        get_token(request)
        return HttpResponse("p")

    window = two_slots(settings, "home", decorate(page))
    assert "csrftoken" in window.hard("/").cookies
    window = two_slots(settings, "home", decorate(page))
    window.hard("/x/")
    assert "csrftoken" in window.soft("/").cookies


def test_a_permission_that_is_denied_in_a_slot_is_a_403(settings: Any) -> None:
    """S46: "A refusal … of a slot's view is honoured for the page", raised as well as returned."""

    def denied(request: HttpRequest) -> HttpResponse:
        raise PermissionDenied

    window = two_slots(settings, "home", denied)
    assert window.hard("/").status_code == 403
    window.hard("/x/")
    assert window.soft("/").status_code == 403
    assert HEADER not in window.response


def test_only_layouts_that_are_not_known_to_print_a_slot_are_asked(settings: Any) -> None:
    """S46, B39: the state names the outer slot alone, so the inner layout is asked, and not the outer."""
    pages = Pages()
    inner = slots(
        "in/",
        layout=pages.layout("inner", "{% slot %}{% slot 'side' %}"),
        children=[path("", pages("page"))],
        side=[path("", pages("side"))],
    )
    window = serve(settings, slots("", layout=pages.layout("outer"), children=[inner]))
    window.hard("/in/")
    pages.forget()
    state = {
        "intent": "slot",
        "source_slot": "children.side",
        "slots": {"children": window.mounted["children"]},
    }
    assert window.send("/in/", state, "post").content == b"side"
    assert pages.called == ["inner", "side"]
