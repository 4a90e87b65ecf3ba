"""Failures: what counts as one, and that the other slots still work (S44, S45)."""

from __future__ import annotations

import logging
import sys
from typing import Any

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseForbidden,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.support.failing_site import FAILED, NOTHING, PAGE, fails, fails_async, site
from tests.window import HEADER, Pages, layout, serve, tag_of


@pytest.mark.parametrize("view", [fails(), fails_async], ids=["sync", "async"])
def test_an_exception_shows_in_its_slot_hard_and_soft(
    settings: Any, pages: Pages, view: Any
) -> None:
    """S44: "An exception in a slot with an `error` shows there, … while all other slots work"."""
    window = site(settings, pages, view, error=FAILED)
    window.hard("/")
    assert window.response.status_code == 200
    assert window.shows == {"children": "home", "side": "failed 500 broken & beaten"}
    tag = tag_of(window.text, "side")
    assert tag["data-pr-state"] == "error"
    assert tag["data-pr-variant"] == "page"
    window.soft("/x/")
    assert window.response.status_code == 200
    assert window.url == "/x/"
    assert window.shows == {"children": "x", "side": "failed 500 broken & beaten"}
    assert tag_of(window.text, "side")["data-pr-state"] == "error"


def test_a_retry_is_a_refresh_of_the_slot(settings: Any, pages: Pages) -> None:
    """S44: "with a retry": one request, for this slot alone."""
    broken = [True]

    def view(request: HttpRequest) -> HttpResponse:
        if broken.pop():
            broken.append(False)
            raise ValueError
        return HttpResponse("well")

    window = site(settings, pages, view, error=FAILED)
    window.hard("/")
    pages.forget()
    window.refresh("side")
    assert window.shows["side"] == "well"
    assert "data-pr-state" not in tag_of(window.text, "side")
    assert pages.called == []


@pytest.mark.parametrize("debug", [False, True])
def test_an_exception_is_logged_and_signalled_as_usual(
    settings: Any,
    pages: Pages,
    caplog: pytest.LogCaptureFixture,
    debug: bool,
) -> None:
    """S44: "it is logged and signalled as Django does for any 500", with the exception at hand."""
    settings.DEBUG = debug
    seen: list[Any] = []

    def receiver(request: HttpRequest, **kwargs: Any) -> None:
        seen.append((request.path, sys.exc_info()[0]))

    got_request_exception.connect(receiver)
    try:
        for view in (fails(), fails_async):
            seen.clear()
            caplog.clear()
            site(settings, pages, view, error=FAILED).hard("/")
            assert seen == [("/", ValueError)]
            [record] = [one for one in caplog.records if one.name == "django.request"]
            assert (record.levelno, record.getMessage()) == (
                logging.ERROR,
                "Internal Server Error: /",
            )
            assert record.exc_info
            assert record.exc_info[0] is ValueError
    finally:
        got_request_exception.disconnect(receiver)


@pytest.mark.parametrize("delivery", [None, "streamed"])
def test_a_failure_of_the_main_page_is_logged_once(
    settings: Any, pages: Pages, caplog: pytest.LogCaptureFixture, delivery: Any
) -> None:
    """S44: Django logs answers with an error, and this one's has been: admins get one mail."""
    children = slot([path("", fails())], error=FAILED)
    streamed = {"loading": NOTHING, "delivery": delivery} if delivery else {}
    window = site(settings, pages, pages("side"), children=children, **streamed)
    assert window.client.get("/").status_code == 500
    [record] = [one for one in caplog.records if one.name == "django.request"]
    assert record.exc_info


def test_the_test_client_raises_it_all_the_same(settings: Any, pages: Pages) -> None:
    """S44: tests of a project see errors that its pages survive."""
    window = site(settings, pages, fails(), error=FAILED)
    with pytest.raises(ValueError, match="broken"):
        Client().get("/")
    del window


def test_without_an_error_state_it_propagates(settings: Any, pages: Pages) -> None:
    """S44: "Without one it propagates"; a state for what is not found is none for errors."""
    window = site(settings, pages, fails(), not_found=NOTHING)
    assert window.hard("/").status_code == 500
    window = site(settings, pages, fails(Http404("no")), error=FAILED)
    assert window.hard("/").status_code == 404


def test_a_404_is_shown_in_a_slot_with_not_found(settings: Any, pages: Pages) -> None:
    """S45: "Not found in a slot with `not_found` shows there; else it is the document's 404"."""
    window = site(settings, pages, fails(Http404("no such")), error=FAILED, not_found=NOTHING)
    window.hard("/")
    assert window.response.status_code == 200
    assert window.shows["side"] == "nothing 404 no such"
    assert tag_of(window.text, "side")["data-pr-state"] == "not-found"
    window.soft("/x/")
    assert window.shows["side"] == "nothing 404 no such"


@pytest.mark.parametrize(
    ("exception", "status"),
    [
        (PermissionDenied("staff only"), 403),
        (BadRequest("staff only"), 400),
        (SuspiciousOperation("staff only"), 400),
        (TimeoutError("staff only"), 500),
    ],
)
def test_every_other_exception_is_an_error(
    settings: Any, pages: Pages, exception: Exception, status: int
) -> None:
    """S44: "slots that are slow, failing, forbidden or absent don't touch the others"."""
    window = site(settings, pages, fails(exception), error=FAILED)
    window.hard("/")
    assert window.response.status_code == 200
    assert window.shows["side"] == f"failed {status} staff only"
    window.soft("/x/")
    assert window.shows == {"children": "x", "side": f"failed {status} staff only"}


@pytest.mark.parametrize(
    ("response", "shown"),
    [
        (HttpResponseForbidden("secret"), "failed 403 None"),
        (HttpResponse("gone", status=410), "failed 410 None"),
        (HttpResponse("secret", status=404), "nothing 404 None"),
    ],
)
def test_responses_that_say_so_count_too(
    settings: Any,
    pages: Pages,
    response: HttpResponse,
    shown: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """S44, S45: returned or raised; logged as Django does."""
    window = site(settings, pages, lambda request: response, error=FAILED, not_found=NOTHING)
    window.hard("/")
    assert window.shows["side"] == shown
    assert b"secret" not in window.response.content
    [record] = [one for one in caplog.records if one.name == "django.request"]
    assert record.levelno == logging.WARNING
    window.soft("/x/")
    assert window.shows == {"children": "x", "side": shown}


def test_a_redirect_is_still_the_pages(settings: Any, pages: Pages) -> None:
    """S46: "A refusal, redirect or cookie of a slot's view is honoured for the page"."""
    window = site(
        settings,
        pages,
        lambda request: HttpResponseRedirect("/x/"),
        error=FAILED,
        not_found=NOTHING,
    )
    assert window.hard("/")["Location"] == "/x/"
    window = site(
        settings,
        pages,
        lambda request: HttpResponseRedirect("/") if request.path == "/x/" else HttpResponse("s"),
        error=FAILED,
        not_found=NOTHING,
    )
    window.hard("/")
    answer = window.soft("/x/")
    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.parametrize(
    ("exception", "status", "state"),
    [
        (Http404("no"), 404, "nothing 404 no"),
        (PermissionDenied("no"), 403, "failed 403 no"),
        (ValueError("no"), 500, "failed 500 no"),
    ],
)
def test_the_main_page_gives_the_document_its_status(
    settings: Any, pages: Pages, exception: Exception, status: int, state: str
) -> None:
    """S45: a page that is not found is none for search engines; on screen it is one slot."""
    children = slot(
        [path("", pages("home")), path("x/", fails(exception))], error=FAILED, not_found=NOTHING
    )
    window = site(settings, pages, pages("side"), children=children)
    assert window.client.get("/x/").status_code == status
    window.hard("/")
    window.soft("/x/")
    assert window.response.status_code == 200
    assert window.shows == {"children": state, "side": "side"}


@pytest.mark.parametrize("exception", [PermissionDenied(), Http404(), ValueError()])
def test_the_forms_around_a_failure_work(
    settings: Any, pages: Pages, exception: Exception
) -> None:
    """B54, "CSRF": Django's view for the error must not take the token's cookie with it."""
    form = "<html><head></head><body>{% csrf_token %}{% slot %}{% slot 'side' %}</body></html>"
    window = serve(
        settings,
        slots(
            "",
            layout=layout(form),
            children=[path("", pages("home"))],
            side=slot([path("", fails(exception))], error=FAILED, not_found=NOTHING),
        ),
        client=Client(raise_request_exception=False),
    )
    window.hard("/")
    assert "csrftoken" in window.response.cookies


def test_a_refusal_that_shows_in_its_slot_sets_its_cookies(settings: Any, pages: Pages) -> None:
    """S46: "A refusal, redirect or cookie of a slot's view is honoured for the page"."""

    def refuses(request: HttpRequest) -> HttpResponse:
        response = HttpResponseForbidden()
        response.set_cookie("seen", "1")
        return response

    window = site(settings, pages, refuses, error=FAILED)
    window.hard("/")
    assert window.response.cookies["seen"].value == "1"


def test_a_failure_is_not_cached(settings: Any, pages: Pages) -> None:
    """B52: what is broken for a moment is not kept for an hour."""

    def home(request: HttpRequest) -> HttpResponse:
        return HttpResponse("home", headers={"Cache-Control": "max-age=3600, public"})

    def cached(request: HttpRequest) -> HttpResponse:
        response = layout(PAGE)(request)
        response["Cache-Control"] = "max-age=3600, public"
        return response

    window = serve(
        settings,
        slots(
            "",
            layout=cached,
            children=[path("", home)],
            side=slot([path("", fails())], error=FAILED),
        ),
        client=Client(raise_request_exception=False),
    )
    assert "no-store" in window.hard("/")["Cache-Control"]


def test_a_template_that_breaks_fails_in_its_slot(settings: Any, pages: Pages) -> None:
    """S44: "404, 403, redirect, timeout, and broken template in a slot"; a lazy one too."""

    def view(request: HttpRequest) -> HttpResponse:
        return TemplateResponse(request, "no/such/template.html")

    window = site(settings, pages, view, error=FAILED)
    window.hard("/")
    assert window.shows == {"children": "home", "side": "failed 500 no/such/template.html"}
    window.soft("/x/")
    assert window.shows == {"children": "x", "side": "failed 500 no/such/template.html"}


def test_a_form_that_fails_shows_that_in_its_slot(settings: Any, pages: Pages) -> None:
    """S44, B39; what its view answers itself, such as a 403, is the answer."""

    def view(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            raise ValueError("broken & beaten")
        return HttpResponse("form")

    window = site(settings, pages, view, error=FAILED)
    window.hard("/")
    window.soft("/", method="post", source_slot="side")
    assert window.shows == {"children": "home", "side": "failed 500 broken & beaten"}
    window.hard("/x/")
    window = site(settings, pages, lambda request: HttpResponseForbidden("no"), error=FAILED)
    window.hard("/")
    answer = window.soft("/", method="post", source_slot="side")
    assert (answer.status_code, HEADER in answer) == (403, False)


def test_an_interception_that_fails_shows_the_error_in_its_slot(
    settings: Any, pages: Pages
) -> None:
    """S44: the page beneath is untouched."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout(PAGE),
            children=[path("", pages("home")), path("p/", pages("photo"), name="photo")],
            side=slot([intercept("photo", fails())], default=None, error=FAILED),
        ),
        client=Client(raise_request_exception=False),
    )
    settings.DEBUG = True
    window.hard("/")
    window.soft("/p/")
    assert window.shows["side"].startswith("failed 500 broken & beaten")
    assert window.slots["side"].shows == "intercepted"
    assert "slots=raise" not in window.text


def test_exceptions_propagate_if_the_setting_says_so(settings: Any, pages: Pages) -> None:
    """S44: ``DEBUG_PROPAGATE_EXCEPTIONS`` is for servers that want to deal with them all."""
    settings.DEBUG_PROPAGATE_EXCEPTIONS = True
    window = site(settings, pages, fails(), error=FAILED)
    with pytest.raises(ValueError, match="broken"):
        window.hard("/")


@pytest.mark.skipif(sys.version_info < (3, 11), reason="Python 3.10 has no notes")
@pytest.mark.parametrize("error", [None, "django_parallel_routes/error.html"])
def test_an_exception_says_in_which_slot_it_was(
    settings: Any, pages: Pages, caplog: pytest.LogCaptureFixture, error: str | None
) -> None:
    """S44: Django's debug page and logs name the view of the main slot, which is not to blame."""

    def fails(request: HttpRequest) -> HttpResponse:
        exception = ValueError("too late")
        exception.add_note("A note of its own.")
        raise exception

    inner = slots(
        "in/", layout=layout(), children=slot([path("", pages("x", fails))], error=error)
    )
    window = serve(settings, slots("", layout=layout(), children=[inner]))
    window.client.raise_request_exception = False
    settings.DEBUG = True
    page = window.client.get("/in/").content.decode()
    assert "In slot &#x27;children.children&#x27; of /in/." in page
    [record] = [one for one in caplog.records if one.exc_info]
    assert record.exc_info
    notes = ["A note of its own.", "In slot 'children.children' of /in/."]
    assert record.exc_info[1].__notes__ == notes
