"""``SlotClient`` and ``AsyncSlotClient`` make requests as a browser does."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, set_script_prefix

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.test import (
    AsyncSlotClient,
    SlotClient,
    assert_soft_equals_hard,
)
from tests.support.slot_clients import HEAD, HOME, answering, says, shown, with_header
from tests.window import layout, serve


def echo(request: HttpRequest) -> HttpResponse:
    said = sorted({**request.GET.dict(), **request.POST.dict()}.items())
    return HttpResponse(f"{request.method} {said} for {request.get_host()}")


def with_menu(settings: Any, make: Callable[..., Any], menu: str = "", **options: Any) -> Any:
    """``L{children "", echo/, straße/, gone/, hash/, told/; side D, echo/}`` under a menu."""
    settings.ALLOWED_HOSTS = ["*"]
    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + menu + "{% slot %}{% slot 'side' %}"),
            children=[
                path("", says("home")),
                path("echo/", echo, name="echo"),
                path("straße/", says("street")),
                path("gone/", lambda request: redirect("/echo/")),
                path("hash/", lambda request: redirect("/echo/#third")),
            ],
            side=slot([path("echo/", says("side"))], default=says("no side")),
        ),
    )
    client = make(**options)
    client.load("/")
    return client


@pytest.mark.parametrize(
    "options", [{"headers": {"host": "shop.example.com"}}, {"SERVER_NAME": "shop.example.com"}]
)
def test_a_client_may_have_a_host_of_its_own(settings: Any, options: dict[str, Any]) -> None:
    """As in projects that choose a site by its domain. Django's async client always has ``testserver``."""
    client = with_menu(settings, SlotClient, **options)
    client.visit("/echo/")
    assert client.screen.requests == ("soft GET /echo/",)
    client.assert_shows("children", "shop.example.com")
    client = with_menu(settings, SlotClient)
    client.defaults["SERVER_NAME"] = "other.example.com"
    client.load("/")
    client.visit("/echo/")
    client.assert_shows("children", "other.example.com")


@pytest.fixture
def script_name(settings: Any) -> Any:
    settings.FORCE_SCRIPT_NAME = "/app"
    set_script_prefix("/app/")  # as django.setup() does
    yield settings.FORCE_SCRIPT_NAME
    set_script_prefix("/")


def test_a_site_may_have_a_prefix(
    settings: Any, make: Callable[..., Any], script_name: str
) -> None:
    client = with_menu(settings, make, "<a href='{% url 'echo' %}'>Echo</a>")
    client.load("/app/")
    client.click("Echo")
    assert client.screen.requests == ("soft GET /app/echo/",)
    client.assert_shows("side", "side", url="/app/echo/")
    assert client.reload().status_code == 200
    if make is SlotClient:
        parity = assert_soft_equals_hard(client, exclude=["/gone/", "/hash/"])
        assert "/app/echo/" in parity.urls


def test_a_redirect_turns_only_a_post_into_a_get(settings: Any, make: Callable[..., Any]) -> None:
    """Browsers repeat a DELETE after a 302, which may surprise a view: it must respond with 303."""
    client = with_menu(settings, make)
    client.submit("/gone/", method="delete")
    assert client.screen.requests == ("soft DELETE /gone/", "soft DELETE /echo/")
    client.submit("/gone/")
    assert client.screen.requests == ("soft POST /gone/", "soft GET /echo/")


def test_a_form_that_is_no_navigation_sends_its_fields(
    settings: Any, make: Callable[..., Any]
) -> None:
    form = '<form action="/echo/?a=1" hx-boost="false"><input name="q" value="x"><button>Go</button></form>'
    client = with_menu(settings, make, form)
    client.click("Go")
    assert client.screen.requests == ("hard GET /echo/?q=x",)
    client.assert_url("/echo/?q=x")


def test_other_sites_are_not_asked_for(settings: Any, make: Callable[..., Any]) -> None:
    client = with_menu(settings, make)
    client.visit("https://example.com/echo/")
    client.back()
    for step in (client.forward, client.reload):
        step()
        client.assert_url("/echo/")
        assert (client.screen.requests, client.screen.text) == ((), "")


def test_redirects_of_documents_keep_the_hash(settings: Any, make: Callable[..., Any]) -> None:
    """As browsers do. Scripts don't learn the hash of a redirect."""
    client = with_menu(settings, make)
    client.load("/hash/#first")
    client.assert_url("/echo/#third")
    client.load("/gone/#first")
    client.assert_url("/echo/#first")


def test_links_are_current_if_they_lead_to_the_url_of_a_slot(
    settings: Any, make: Callable[..., Any]
) -> None:
    client = with_menu(
        settings, make, '<a href="/straße/">One</a><a href="http://testserver/echo/">Two</a>'
    )
    client.visit("/straße/")
    assert '<a href="/straße/" aria-current="page">' in client.screen.html
    client.visit("/echo/")
    assert '<a href="http://testserver/echo/" aria-current="page">' in client.screen.html
    assert '<a href="/straße/">' in client.screen.html


def test_disabled_controls_are_not_sent(settings: Any, make: Callable[..., Any]) -> None:
    client = with_menu(
        settings,
        make,
        '<form action="/echo/"><fieldset disabled><input name="off" value="1"></fieldset>'
        '<select name="none"><option value="" disabled selected>Choose</option><option>1</select>'
        '<select name="next"><option value="" disabled>Choose</option><option>1</option></select></form>',
    )
    client.submit_form()
    client.assert_url("/echo/?next=1")


def test_a_file_needs_a_form_for_files(settings: Any, make: Callable[..., Any]) -> None:
    client = with_menu(
        settings, make, '<form action="/echo/" method="post"><input type="file" name="f"></form>'
    )
    with pytest.raises(AssertionError, match=r'no enctype="multipart/form-data": .* \[\'f\'\]'):
        client.submit_form({"f": SimpleUploadedFile("a.txt", b"content")})


@pytest.mark.parametrize(
    "trigger",
    ["parallel-routes:refresh", "a, parallel-routes:refresh", '{"parallel-routes:refresh": {}}'],
)
def test_an_event_without_names_refreshes_all_slots(
    settings: Any, make: Callable[..., Any], trigger: str
) -> None:
    def it(request: HttpRequest) -> HttpResponse:
        is_form = request.method == "POST"
        return HttpResponse("it", headers={"HX-Trigger": trigger} if is_form else {})

    client = answering(settings, make, it)
    client.submit("/it/")
    assert client.screen.requests == ("soft POST /it/", "soft GET /")
    client.assert_changed("children", "side")
    client = answering(settings, make, with_header("HX-Trigger", trigger))
    with pytest.raises(AssertionError, match="This step has not ended after 100 requests"):
        client.visit("/it/")


def test_a_logout_and_the_next_login_hold_for_all_tabs(make: Callable[..., Any], db: None) -> None:
    client = make()
    other = client.new_tab()
    client.force_login(User.objects.create_user("grace"))
    assert other.cookies["sessionid"]
    client.logout()
    assert not other.cookies
    client.force_login(User.objects.get())
    assert other.cookies["sessionid"].value == client.cookies["sessionid"].value


def test_a_state_that_is_too_long_still_says_where_a_form_stands(
    settings: Any, make: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the state had no place of the form, another view would get it."""

    def told(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"side got a {request.method}")

    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + "{% slot %}{% slot 'side' %}"),
            children=[path("", says("home"))],
            side=[path("", told)],
        ),
    )
    client = make()
    client.load("/")
    monkeypatch.setattr("django_parallel_routes.client.tab.MAX_LENGTH", 100)
    client.submit("/", inside="side")
    client.assert_shows("side", "side got a POST")


def test_data_pr_intercept_false_holds_for_all_links_inside(
    settings: Any, make: Callable[..., Any]
) -> None:
    link = '<a href="/echo/" data-pr-intercept="true">Echo</a>'
    links = f'<p data-pr-intercept="false">{link}</p>{{% slot "m" %}}'
    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + links + "{% slot %}"),
            children=[path("", says("home")), path("echo/", echo, name="echo")],
            m=slot([intercept("echo")], default=None),
        ),
    )
    client = make()
    client.load("/")
    client.click("Echo")
    client.assert_shows("m", shows="empty")
    client.back()
    client.visit("/echo/")
    client.assert_open("m")


def test_only_the_main_slot_shows_its_first_segment(
    settings: Any, make: Callable[..., Any]
) -> None:
    serve(
        settings,
        slots(
            "",
            layout=layout(
                HEAD
                + "{% slot %}{% slot 'grandchildren' %}<b>{% selected_segment 'grandchildren' %}</b>"
            ),
            children=[path("", says("home")), path("a/b/", says("home"))],
            grandchildren=[path("", says("x")), path("a/b/", says("y"))],
        ),
    )
    client = make()
    client.load("/a/b/")
    hard = client.screen.text
    client.load("/")
    client.visit("/a/b/")
    assert client.screen.text == hard


def test_a_failure_after_an_error_says_its_status(settings: Any) -> None:
    serve(settings, slots("", layout=layout(), children=[path("", layout("home"))]))
    client = SlotClient(raise_request_exception=False)
    client.load("/nowhere/")
    assert client.explain() == (
        "The last step was a hard load of /nowhere/; the server responded with a document. "
        "Its status is 404."
    )


def test_back_to_the_document_of_a_form_restores_its_slots(
    settings: Any, make: Callable[..., Any]
) -> None:
    """S33: the entry has no state until the document is left."""

    def form(request: HttpRequest) -> HttpResponse:
        return HttpResponse(
            f"{request.method} <form method='post' hx-boost='false'><button>Send</button></form>"
            "<a href='#top'>Top</a>"
        )

    children = [path("", form), path("other/", says("other"))]
    serve(settings, slots("", layout=layout(HEAD + "{% slot %}"), children=children))
    client = make()
    client.load("/")
    client.submit_form(button="Send")
    client.visit("/other/")
    client.back()
    client.assert_shows("children", "GET")
    assert client.screen.requests == ("soft GET /",)
    client.submit_form(button="Send")
    client.click("Top")
    client.assert_shows("children", "POST")
    client.visit("/other/")
    client.go(-2)
    client.assert_shows("children", "GET")
    assert client.screen.requests == ("soft GET /",)


def test_slots_that_come_later_are_waited_for(later: Any) -> None:
    """S43"""
    later.load("/")
    assert shown(later) == {"children": "home", "late": "late", "stream": "streamed"}
    assert later.screen.requests == ("hard GET /", "soft GET /")
    later.visit("/in/")
    assert shown(later)["children.deep"] == "deep"
    assert later.screen.requests == ("soft GET /in/",)
    assert later.response.getvalue()
    other = later.new_tab()
    other.load("/in/")
    assert shown(other)["children.deep"] == "deep"


def test_both_clients_share_each_step_and_its_docstring() -> None:
    assert AsyncSlotClient.visit is SlotClient.visit
    assert SlotClient.visit.__doc__ == SlotClient().visit.__doc__
    assert list(inspect.signature(SlotClient().visit).parameters)[:2] == ["url", "slot"]


# --- load(), visit() and the other navigations ---


def test_a_visit_changes_the_slots_that_the_url_matches(site: Any) -> None:
    """S13: as the script does."""
    site.load("/")
    site.visit("/other/")
    assert shown(site) == {"children": "other More", "side": "side of /other/"}
    assert site.screen.changed == ("children", "side")
    assert site.screen.requests == ("soft GET /other/",)
    assert (site.screen.title, site.screen.url) == ("Other", "/other/")
    assert site.history == ["/", "/other/"]


def test_a_visit_may_be_for_one_slot(site: Any) -> None:
    """B19"""
    site.load("/")
    site.visit("/other/", slot="side")
    assert shown(site) == {"children": "home", "side": "side of /other/"}
    assert site.response.asgi_request if hasattr(site, "client") else site.response.wsgi_request


@pytest.mark.parametrize(
    ("history", "entries", "url"),
    [
        ("push", ["/", "/other/"], "/other/"),
        ("replace", ["/other/"], "/other/"),
        (False, ["/"], "/"),
    ],
)
def test_a_visit_may_push_or_replace_an_entry_or_none(
    site: Any, history: Any, entries: list[str], url: str
) -> None:
    site.load("/")
    site.visit("/other/", history=history)
    assert (site.history, site.screen.url) == (entries, url)


def test_a_visit_is_intercepted_unless_it_wants_the_page(site: Any) -> None:
    """S22, S24"""
    site.load("/")
    site.visit("/photo/1/")
    site.assert_open("modal", "modal 1")
    site.visit("/photo/1/", intercept=False)
    assert shown(site)["children"] == "photo 1"
    site.assert_closed("modal")


def test_in_a_slot_urls_are_relative_to_its_own(site: Any) -> None:
    site.load("/")
    site.visit("/photo/1/")
    site.visit("../2/", inside="modal.children")
    assert site.screen.slots["modal.children"].url == "/photo/2/"
    site.click("Next")
    assert site.screen.url == "/photo/2/"
    site.visit("/other/", intercept=False)
    site.click("More")
    assert site.screen.url == "/other/?page=2"


def test_another_layout_is_a_document(site: Any) -> None:
    """S17"""
    site.load("/")
    site.visit("/plain/")
    assert site.screen.requests == ("soft GET /plain/", "hard GET /plain/")
    assert not site.screen.slots
    site.click("home")
    assert site.screen.requests == ("hard GET /",)
    assert site.history == ["/", "/plain/", "/"]


def test_redirects_are_followed(site: Any) -> None:
    site.load("/")
    site.visit("/out/")
    assert site.screen.requests == ("soft GET /out/", "soft GET /other/")
    assert site.screen.url == "/other/"
    site.load("/out/")
    assert site.screen.requests == ("hard GET /out/", "hard GET /other/")
    assert site.history == ["/", "/other/"]


def test_a_visit_of_a_hash_makes_no_request(site: Any) -> None:
    site.load("/")
    site.click("Top")
    assert site.screen.requests == ()
    assert site.history == ["/", "/#top"]
    assert site.explain() == "The last step was a click on 'Top' from /."
    site.back()
    assert site.screen.url == "/"
    assert site.screen.requests == ()
    site.visit("/other/#there")
    assert site.screen.url == "/other/#there"
    site.load("/plain/#a")
    site.load("/plain/#a")
    site.visit("#b")
    site.back()
    assert site.screen.requests == ()
    assert site.history == ["/", "/other/#there", "/plain/#a", "/plain/#b"]


def test_other_sites_are_left_to_browsers(site: Any) -> None:
    site.load("/")
    site.click("Elsewhere")
    assert site.screen.url == "/x"
    assert site.screen.requests == ()
    assert site.screen.text == ""
    site.back()
    assert shown(site) == HOME


def test_without_the_script_each_step_loads_a_document(
    settings: Any, make: Callable[..., Any]
) -> None:
    serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}"),
            children=[
                path("", says("home <form method=post action=/a/><button>Go</button></form>")),
                path("a/", says("a {path}")),
            ],
        ),
    )
    client = make()
    client.load("/")
    client.visit("/a/")
    assert client.screen.requests == ("hard GET /a/",)
    assert "has no {% parallel_routes_script %}, so each step loads a document" in client.explain()
    client.back()
    client.submit_form()
    assert client.screen.requests == ("hard POST /a/",)
    client.reload()
    client.back()
    assert shown(client) == {"children": "home Go"}
    client.reload()
    assert shown(client) == {"children": "home Go"}
