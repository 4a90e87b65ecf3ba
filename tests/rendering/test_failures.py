"""Failures: each slot has its own, and the others work (S44, S45)."""

from __future__ import annotations

import asyncio
import logging
import re
import sys
import threading
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.core.handlers.asgi import ASGIHandler
from django.core.signals import got_request_exception, request_finished
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseForbidden,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.test import AsyncClient, Client
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.support.gates import PATIENCE
from tests.window import HEADER, Pages, Window, layout, serve, tag_of

PAGE = "<html><head><title>L</title></head><body>{% slot %}{% slot 'side' %}</body></html>"
FAILED = layout("failed {{ status_code }} {{ exception }} {{ team }}")
NOTHING = layout("nothing {{ status_code }} {{ exception }}")


def fails(exception: Any = None) -> Any:
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        raise exception or ValueError("broken & beaten")

    return view


async def fails_async(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise ValueError("broken & beaten")


def site(
    settings: Any, pages: Pages, side: Any, *, children: Any = None, **options: Any
) -> Window:
    """``L{children: "", x/; side: side at "" and x/}``."""
    return serve(
        settings,
        slots(
            "",
            layout=layout(PAGE),
            children=children or [path("", pages("home")), path("x/", pages("x"))],
            side=slot([path("", side), path("x/", side)], default=None, **options),
        ),
        client=Client(raise_request_exception=False),
    )


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


def test_an_error_is_shown_in_the_slots_own_layout(settings: Any, pages: Pages) -> None:
    """S44: "for each slot and each slot's own layout": the tabs are still there."""
    tabs = pages.layout("tabs", "tabs {% slot %}")
    window = site(settings, pages, fails(), error=FAILED, layout=tabs)
    window.hard("/")
    assert window.shows["side"] == "tabs"
    assert window.shows["side.children"] == "failed 500 broken & beaten"
    assert tag_of(window.text, "side.children")["data-pr-state"] == "error"
    assert "data-pr-state" not in tag_of(window.text, "side")


def test_if_the_layout_fails_it_takes_its_place(settings: Any, pages: Pages) -> None:
    """S44: a slot's own layout is part of the slot."""
    window = site(settings, pages, pages("page"), error=FAILED, layout=fails())
    window.hard("/")
    assert window.shows["side"] == "failed 500 broken & beaten"
    assert "page" not in pages.called


def test_a_layout_that_has_failed_is_asked_for_again_with_its_page(
    settings: Any, pages: Pages
) -> None:
    """S44, "with a retry": of the page of that URL, and not of the layout's own."""
    broken = [True]

    def breaks(request: HttpRequest) -> HttpResponse:
        return fails()(request) if broken else layout("in {% slot %}")(request)

    inner = slots(
        "in/", layout=breaks, children=[path("", pages("index")), path("a/", pages("a"))]
    )
    window = serve(
        settings,
        slots(
            "",
            layout=layout(PAGE),
            children=[path("in/a/", pages("home"))],
            side=slot([inner], error=FAILED),
        ),
        client=Client(raise_request_exception=False),
    )
    window.hard("/in/a/")
    assert window.slots["side"].src == "/in/a/"
    broken.clear()
    window.refresh("side")
    assert (window.shows["side"], window.shows["side.children"]) == ("in", "a")
    assert window.slots["side"].src == "/in/"


def test_the_innermost_slot_with_a_state_has_it(settings: Any, pages: Pages) -> None:
    """S44: a failure in nested slots goes up to where somebody has an answer to it."""
    inner = slots(
        "in/",
        layout=layout("in {% slot %}{% slot 'more' %}"),
        children=[path("", pages("page"))],
        more=slot([path("", fails())]),
    )
    window = serve(
        settings,
        slots(
            "",
            layout=layout(PAGE),
            children=[path("in/", pages("home"))],
            side=slot([inner], error=FAILED),
        ),
        client=Client(raise_request_exception=False),
    )
    window.hard("/in/")
    assert window.shows == {"children": "home", "side": "failed 500 broken & beaten"}


def test_when_one_of_the_slots_side_by_side_fails_the_others_are_cancelled(
    settings: Any, pages: Pages
) -> None:
    """B47, S44: nothing goes on for an answer that nobody gets."""
    seen: list[str] = []

    async def main() -> None:
        waits = asyncio.Event()

        async def slow(request: HttpRequest) -> HttpResponse:
            waits.set()
            try:
                await asyncio.wait_for(asyncio.Event().wait(), PATIENCE)
            except asyncio.CancelledError:
                seen.append("cancelled")
                raise
            return HttpResponse()

        async def broken(request: HttpRequest) -> HttpResponse:
            await waits.wait()
            raise ValueError

        serve(
            settings,
            slots(
                "",
                layout=layout(PAGE),
                children=[path("", slow)],
                side=[path("", broken)],
            ),
        )

        response = await AsyncClient(raise_request_exception=False).get("/")
        assert response.status_code == 500

    asyncio.run(main())
    assert seen == ["cancelled"]


def test_a_client_that_disconnects_late_leaves_a_request_that_can_end(settings: Any) -> None:
    """B47: it is finished, and its connections are closed, in a thread that is still there.

    asgiref takes over the context of a sync view that is still at work, when the client goes away
    after all that is async in it.
    """
    finished: list[Any] = []
    leaving: list[asyncio.Task[None]] = []
    go = threading.Event()

    async def main() -> None:
        async def page(request: HttpRequest) -> HttpResponse:
            still_at_work = asyncio.ensure_future(sync_to_async(go.wait)(PATIENCE))
            leaving.append(asyncio.ensure_future(leave(still_at_work)))
            return HttpResponse()

        async def leave(still_at_work: Any) -> None:
            while "AsyncToSync.main_wrap" in map(name_of, asyncio.all_tasks()):
                await asyncio.sleep(0)
            await visitor.send_input({"type": "http.disconnect"})
            for _ in range(50):  # rounds of the loop, until it has been told
                await asyncio.sleep(0)
            go.set()
            await still_at_work

        serve(settings, slots("", layout=layout(), children=[path("", page)]))
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/",
            "query_string": b"",
            "headers": [(b"host", b"testserver")],
        }
        visitor = ApplicationCommunicator(ASGIHandler(), scope)
        await visitor.send_input({"type": "http.request"})
        await visitor.wait(PATIENCE)
        await leaving[0]

    def name_of(task: asyncio.Task[Any]) -> str:
        return getattr(task.get_coro(), "__qualname__", "")

    def finish(**kwargs: Any) -> None:
        finished.append(kwargs)

    request_finished.connect(finish)
    try:
        asyncio.run(main())
    finally:
        request_finished.disconnect(finish)
    assert len(finished) == 1


def test_a_state_gets_the_kwargs_of_the_prefix(settings: Any) -> None:
    """S7: as a default does, and what went wrong."""
    window = serve(
        settings,
        slots(
            "<slug:team>/",
            layout=layout(PAGE),
            children=[path("<int:id>/", lambda request, team, id: HttpResponse("page"))],
            side=slot([path("<int:id>/", fails())], error=FAILED),
        ),
        client=Client(raise_request_exception=False),
    )
    window.hard("/red/7/")
    assert window.shows["side"] == "failed 500 broken & beaten red"


def test_a_state_that_fails_too_propagates(settings: Any, pages: Pages) -> None:
    """S44: there is nothing left to show."""
    window = site(settings, pages, fails(), error=fails(KeyError("state")))
    assert window.hard("/").status_code == 500


def test_a_state_may_answer_for_the_whole_page(settings: Any, pages: Pages) -> None:
    """S46: it is a view like any other."""
    window = site(settings, pages, fails(), error=lambda request, **_: HttpResponseRedirect("/x/"))
    assert window.hard("/")["Location"] == "/x/"


@pytest.mark.parametrize("exception", [ValueError(), PermissionDenied(), Http404()])
def test_a_state_may_answer_with_the_status_that_it_is_told(
    settings: Any, pages: Pages, exception: Exception
) -> None:
    """S44: as a view for errors does everywhere else; it is still the slot's own."""

    def state(request: HttpRequest, exception: Any, status_code: int) -> HttpResponse:
        return HttpResponse(f"sorry {status_code}", status=status_code)

    window = site(settings, pages, fails(exception), error=state, not_found=state)
    window.hard("/")
    assert window.response.status_code == 200
    assert window.shows["side"].startswith("sorry")
    window.soft("/x/")
    assert window.response.status_code == 200
    assert window.shows["side"].startswith("sorry")


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


# --- DEBUG ---


def test_in_debug_the_traceback_is_there_and_its_page_one_click_away(
    settings: Any, pages: Pages
) -> None:
    """S44: "traceback page in DEBUG reachable"; escaped, and not to be had without DEBUG."""
    window = site(settings, pages, fails(ValueError("<b>ad")), error=FAILED)
    settings.DEBUG = True
    window.hard("/?q=1")
    assert "<summary>ValueError: &lt;b&gt;ad</summary>" in window.text
    assert "test_failures.py" in window.text
    link = re.search(r'<a href="([^"]*slots=raise)"', window.text)
    assert link
    page = window.hard(link[1].replace("&amp;", "&"))
    assert page.status_code == 500
    assert b"Traceback" in page.content
    settings.DEBUG = False
    assert window.hard("/?slots=raise").status_code == 200
    assert "traceback" not in window.text


def test_in_debug_an_exception_may_have_no_words(settings: Any, pages: Pages) -> None:
    window = site(settings, pages, fails(PermissionDenied()), error=FAILED)
    settings.DEBUG = True
    window.hard("/")
    assert "<summary>PermissionDenied</summary>" in window.text


def test_in_debug_what_is_not_found_is_not_explained(settings: Any, pages: Pages) -> None:
    """S45: it is an ordinary state."""
    settings.DEBUG = True
    window = site(settings, pages, fails(Http404("no")), not_found=NOTHING)
    window.hard("/")
    assert "<details" not in window.text


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


@pytest.mark.parametrize("view", [fails(), fails_async], ids=["sync", "async"])
@pytest.mark.parametrize("delivery", ["deferred", "streamed"])
def test_a_loading_state_that_fails_shows_the_error(
    settings: Any, pages: Pages, view: Any, delivery: str
) -> None:
    """S44: whatever fails in a slot with an ``error``; a retry brings the page."""
    options = {"loading": view, "delivery": delivery}
    window = site(settings, pages, pages("side"), error=FAILED, **options)
    window.hard("/")
    assert window.response.status_code == 200
    assert window.shows == {"children": "home", "side": "failed 500 broken & beaten"}
    assert tag_of(window.text, "side")["data-pr-state"] == "error"
    window.refresh("side")
    assert window.shows["side"] == "side"
    window.soft("/x/")
    assert window.shows["side"] == "failed 500 broken & beaten"
    assert site(settings, pages, pages("side"), **options).hard("/").status_code == 500
