"""What a tab does with responses of all kinds: redirects, files, errors, events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import path

from django_parallel_routes import refresh, slot, slots
from tests.support.slot_clients import HEAD, answering, says, shown, with_header
from tests.window import layout, serve


@pytest.mark.parametrize(
    ("header", "value", "url"),
    [
        ("HX-Redirect", "/other/", "/other/"),
        ("HX-Location", "/other/", "/other/"),
        ("HX-Location", '{"path": "/other/"}', "/other/"),
        ("HX-Refresh", "true", "/"),
    ],
)
def test_headers_of_a_response_may_lead_to_another_url(
    settings: Any, make: Callable[..., Any], header: str, value: str, url: str
) -> None:
    client = answering(settings, make, with_header(header, value))
    client.visit("/it/")
    client.assert_url(url)


def test_an_event_may_refresh_slots(settings: Any, make: Callable[..., Any]) -> None:
    trigger = '{"parallel-routes:refresh": {"slots": ["side"]}}'
    client = answering(settings, make, with_header("HX-Trigger", trigger))
    client.visit("/it/")
    client.assert_changed("children", "side")
    assert len(client.screen.requests) == 2
    trigger = '{"parallel-routes:refresh": {"slots": ["nowhere"]}}'
    client = answering(settings, make, with_header("HX-Trigger", trigger))
    client.visit("/it/")
    client.assert_changed("children")


def test_a_view_refreshes_slots_by_its_redirect(settings: Any, make: Callable[..., Any]) -> None:
    """S40: ``?slots=refresh:`` in the URL is not shown in the address bar."""

    def view(request: HttpRequest) -> HttpResponse:
        refresh(request, "side")
        return redirect("/plain/" if request.POST.get("plain") else "/other/")

    client = answering(settings, make, view, path("plain/", says("plain")))
    client.submit("/it/")
    client.assert_url("/other/")
    client.assert_changed("children", "side")
    client.submit("/it/", {"plain": "1"})
    client.assert_url("/plain/")


def test_the_response_to_a_form_may_be_a_document(settings: Any, make: Callable[..., Any]) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("<p>wrong", status=403)

    client = answering(settings, make, view)
    client.submit("/it/")
    assert (client.screen.url, client.screen.text, client.screen.status_code) == (
        "/it/",
        "wrong",
        403,
    )
    assert client.explain().startswith(
        "The last step was a form sent to /it/ from /; the server responded with a document: "
    )
    client.back()
    client.assert_shows("children", "home")


def test_back_from_the_document_of_a_form_loads_the_page_again(
    settings: Any, make: Callable[..., Any]
) -> None:
    """The response to the form is a document with another layout."""
    page = (
        "<script data-pr-boost='link'></script><div id='slot-x' data-pr-slot='x' data-pr-variant='page' "
        "data-pr-src='/' data-pr-key='0011223344556677'>x</div>"
    )
    client = answering(settings, make, lambda request: HttpResponse(page, status=403))
    client.submit("/it/")
    assert shown(client) == {"x": "x"}
    client.back()
    assert client.screen.requests == ("hard GET /",)
    client.assert_shows("children", "home")


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 204},
        {"content_type": "a/b", "headers": {"Content-Disposition": "attachment; filename=a"}},
        {"status": 403},
    ],
)
def test_a_response_without_a_page_leaves_the_page_on_screen(
    settings: Any, make: Callable[..., Any], answer: Any
) -> None:
    client = answering(settings, make, lambda request: HttpResponse(**answer))
    client.visit("/it/")
    client.assert_url("/")
    client.assert_shows("children", "home")
    assert client.screen.requests == ("soft GET /it/",)
    client.submit("/it/")
    client.assert_url("/")


def test_a_text_that_is_not_html_is_shown_as_a_document(
    settings: Any, make: Callable[..., Any]
) -> None:
    client = answering(
        settings, make, lambda request: HttpResponse("a < b", content_type="text/plain")
    )
    client.visit("/it/")
    assert (client.screen.text, client.screen.html) == ("a < b", "a < b")
    assert client.screen.requests == ("soft GET /it/",)
    client.back()
    client.submit("/it/")
    assert client.screen.text == "a < b"


def test_redirects_in_a_circle_or_to_another_site_end(
    settings: Any, make: Callable[..., Any]
) -> None:
    client = answering(settings, make, lambda request: redirect("/it/"))
    with pytest.raises(AssertionError) as error:
        client.load("/it/")
    assert str(error.value).startswith(
        "This step has not ended after 100 requests: … hard GET /it/; hard GET /it/; hard GET /it/."
    )
    client = answering(settings, make, lambda request: redirect("https://example.com/x?y#z"))
    client.load("/it/")
    client.assert_url("/x?y")
    client.back()
    client.visit("/it/")
    client.assert_url("/x?y#z")
    client.load("https://example.com/")
    client.assert_url("/")


def test_redirects_keep_the_method_as_in_a_browser(
    settings: Any, make: Callable[..., Any]
) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        response = HttpResponseRedirect("/there/")
        response.status_code = 307
        return response

    def there(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"<p>{request.method} {request.POST.get('a')}")

    client = answering(settings, make, view, path("there/", there))
    client.submit("/it/", {"a": "1"})
    assert client.screen.requests[:2] == ("soft POST /it/", "soft POST /there/")


def test_https_is_kept(settings: Any, make: Callable[..., Any]) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = []
    client = answering(settings, make, says("it"))
    assert client.screen.requests == ("hard GET /", "hard GET /")
    client.visit("/it/")
    assert client.screen.requests == ("soft GET /it/",)


def test_the_response_to_a_refresh_may_be_a_document(
    settings: Any, make: Callable[..., Any]
) -> None:
    """The document takes the place of the page, and of its entry."""
    answers: list[HttpResponse] = []

    def side(request: HttpRequest) -> HttpResponse:
        return answers[0] if answers else HttpResponse("side")

    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + "{% slot %}{% slot 'side' %}"),
            children=[path("", says("home")), path("a/", says("a"))],
            side=slot([], default=side),
        ),
    )
    client = make()
    client.load("/")
    client.visit("/a/")
    answers.append(HttpResponse("<p>refused", status=403))
    client.refresh("side")
    assert (client.screen.text, client.history) == ("refused", ["/", "/a/"])
    answers.clear()
    client.reload()
    answers.append(HttpResponse("no page", content_type="text/plain"))
    client.refresh("side")
    assert client.screen.requests == ("soft GET /a/", "hard GET /a/?slots=inline")


def test_back_may_lead_to_a_document(settings: Any, make: Callable[..., Any]) -> None:
    """S33: a document that can't be restored is loaded."""
    client = answering(settings, make, says("it"))
    client.visit("/it/")
    settings.ROOT_URLCONF.urlpatterns[:] = [path("", says("<p>other now"))]
    client.back()
    assert client.screen.text == "other now"
    client.forward()
    assert client.screen.status_code == 404


def test_a_reload_follows_redirects(settings: Any, make: Callable[..., Any]) -> None:
    leads: list[str] = []
    client = answering(
        settings, make, lambda request: redirect(leads[0]) if leads else HttpResponse("it")
    )
    client.visit("/it/")
    leads.append("/other/")
    client.reload()
    client.assert_url("/other/")
    client.assert_shows("children", "other")


def test_slots_that_have_left_the_screen_are_not_requested(later: Any) -> None:
    later.load("/", settle=False)
    later.visit("/?page=2", slot="stream")
    later.load("/in/", settle=False)
    later.visit("/")
    assert shown(later)["children"] == "home"


def test_a_document_in_place_of_a_late_slot_ends_the_step(
    settings: Any, make: Callable[..., Any]
) -> None:
    def refused(request: HttpRequest) -> HttpResponse:
        return HttpResponse("<p>refused", status=403)

    loading = "django_parallel_routes/loading.html"
    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + "{% slot %}{% slot 'one' %}{% slot 'two' %}"),
            children=[path("", says("home"))],
            one=slot([], default=refused, loading=loading),
            two=slot([], default=says("two"), loading=loading),
        ),
    )
    client = make()
    client.load("/")
    assert client.screen.text == "refused"
    assert client.screen.requests == ("hard GET /", "soft GET /")


def test_a_slot_that_a_cut_stream_lacks_is_requested(later: Any) -> None:
    """S44: the client requests the missing slot again."""
    later.load("/", settle=False)
    later._tab.page.late.clear()
    later.settle()
    assert "streamed" in shown(later)["stream"]


def test_the_retry_of_a_failed_slot_requests_it_again(
    settings: Any, make: Callable[..., Any]
) -> None:
    """S44"""
    fails = [True]

    def side(request: HttpRequest) -> HttpResponse:
        if fails:
            raise ValueError("no")
        return HttpResponse("side")

    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + "{% slot %}{% slot 'side' %}"),
            children=[path("", says("home"))],
            side=slot([], default=side, error="django_parallel_routes/error.html"),
        ),
    )
    client = make(raise_request_exception=False)
    client.load("/")
    assert client.screen.slots["side"].state == "error"
    client.click("Try again")
    assert client.screen.slots["side"].state == "error"
    fails.clear()
    client.click("Try again")
    client.assert_shows("side", "side")
    client.assert_changed("side")


def test_a_form_may_have_htmx_attributes(settings: Any, make: Callable[..., Any]) -> None:
    form = (
        "<form hx-post='/it/' hx-target='#slot-side'><button data-pr-close>Go</button></form>"
        "<form action='/x/'></form>"
    )
    client = answering(settings, make, says(form))
    client.visit("/it/")
    client.submit_form({}, button="Go")
    assert client.screen.requests == ("soft POST /it/",)
    client.submit_form(action="/x/")
    assert client.screen.url == "/x/"


def test_a_close_button_works_in_a_dialog_with_an_ordinary_page(
    settings: Any, make: Callable[..., Any]
) -> None:
    button = "<button type=button data-pr-close>No</button>"
    dialog = f"<dialog data-pr-modal><a href='/' data-pr-close>×</a>{button}"
    client = answering(settings, make, says(dialog))
    client.visit("/it/")
    client.click("No")
    client.assert_url("/")
