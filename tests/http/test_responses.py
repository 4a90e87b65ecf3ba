"""The answer: its headers, cookies and status, and whose word counts (S17, S46)."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.contrib import messages
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.urls import path
from django.views.decorators.clickjacking import (
    xframe_options_deny,
    xframe_options_exempt,
    xframe_options_sameorigin,
)
from django.views.generic import View

from tests.support.responses import ALL, answering, hard_and_soft, plain, two
from tests.window import HEADER, Pages, layout

# --- Other headers and cookies ---


def test_cookies_of_all_slots_are_set(settings: Any) -> None:
    """S46: "A … cookie of a slot's view is honoured for the page"."""

    def cookie(name: str) -> Any:
        def view(request: HttpRequest) -> HttpResponse:
            response = HttpResponse(name)
            response.set_cookie(name, "1", httponly=True)
            return response

        return view

    def outer(request: HttpRequest) -> HttpResponse:
        response = layout(ALL)(request)
        response.set_cookie("layout", "1")
        return response

    hard, soft = hard_and_soft(two(settings, cookie("home"), cookie("side"), outer))
    assert set(hard.cookies) == {"layout", "home", "side"}
    assert set(soft.cookies) == {"home", "side"}
    assert hard.cookies["home"]["httponly"]


def test_headers_of_slots_apply_to_the_page_except_those_of_their_bodies(settings: Any) -> None:
    """Lengths, types and tags belong to the body of one view's response."""
    home = answering(X_Home="1", ETag='"1"', Content_Language="de", HX_Trigger="saved")
    side = answering(X_Home="2", Last_Modified="Thu, 01 Jan 1970 00:00:00 GMT", HX_Retarget="#a")
    for answer in hard_and_soft(two(settings, home, side)):
        assert answer["X-Home"] == "1"
        assert answer["HX-Trigger"] == "saved"
        for name in ("ETag", "Content-Language", "Last-Modified", "HX-Retarget"):
            assert name not in answer
        assert int(answer["Content-Length"]) == len(answer.content)


def test_a_soft_answer_tells_htmx_to_leave_all_to_the_script(settings: Any) -> None:
    """S13, S36: "the changed slots … in one commit"; the script scrolls and moves the address bar."""
    window = two(settings)
    window.hard("/x/")
    answer = window.soft("/?q=%22%3C")
    assert answer[HEADER] == "/?q=%22%3C"
    assert answer["HX-Reswap"] == "none swap:0ms show:none settle:0ms transition:false"
    assert answer["HX-Push-Url"] == "false"
    assert answer["Content-Type"].startswith("text/html")


# --- Framing ---


@pytest.mark.parametrize(
    ("exempt", "expected"),
    [(("layout", "home", "side"), None), (("home", "side"), "DENY"), (("layout", "home"), "DENY")],
)
def test_a_page_may_be_framed_only_if_all_its_views_may(
    settings: Any, exempt: tuple[str, ...], expected: str | None
) -> None:
    """B54: a single view that is not exempt keeps the page out of frames."""

    def view(name: str, of: Any) -> Any:
        return xframe_options_exempt(of) if name in exempt else of

    window = two(settings, view("home", plain), view("side", plain), view("layout", layout(ALL)))
    assert window.client.get("/").get("X-Frame-Options") == expected


def test_a_slot_does_not_loosen_the_framing_of_the_others(settings: Any) -> None:
    """B54: "Every composed view passes the same … checks as it would alone": there, it is DENY."""
    window = two(settings, plain, xframe_options_sameorigin(plain))
    assert window.client.get("/")["X-Frame-Options"] == "DENY"
    window = two(settings, xframe_options_sameorigin(plain), xframe_options_deny(plain))
    assert window.client.get("/")["X-Frame-Options"] == "DENY"
    settings.X_FRAME_OPTIONS = "SAMEORIGIN"
    window = two(settings, plain, xframe_options_deny(plain))
    assert window.client.get("/")["X-Frame-Options"] == "DENY"


def test_switches_for_csp_middleware_are_the_layouts(settings: Any) -> None:
    """B71: "a looser CSP … never travels from one slot to the page": it is the document's."""

    def marked(view: Any) -> Any:
        def called(request: HttpRequest) -> HttpResponse:
            response = view(request)
            response._csp_config = {"img-src": "data:"}
            return response

        return called

    hard, soft = hard_and_soft(two(settings, plain, marked(plain)))
    assert not hasattr(hard, "_csp_config")
    assert not hasattr(soft, "_csp_config")
    hard, _ = hard_and_soft(two(settings, root=marked(layout(ALL))))
    assert hard._csp_config == {"img-src": "data:"}


# --- Redirects, refusals, files ---


def test_a_redirect_of_a_slot_is_honoured(settings: Any) -> None:
    """S46: "A … redirect … of a slot's view is honoured for the page", hard and soft, with its cookies."""

    def leave(request: HttpRequest) -> HttpResponse:
        response = HttpResponseRedirect("/x/")
        response.set_cookie("left", "1")
        return response

    for answer in hard_and_soft(two(settings, plain, leave)):
        assert (answer.status_code, answer["Location"]) == (302, "/x/")
        assert "left" in answer.cookies
        assert HEADER not in answer


@pytest.mark.parametrize(
    "location", ["https://elsewhere.example/a?b", "//elsewhere.example/", "ftp://x/"]
)
def test_a_redirect_off_site_is_left_to_the_browser(settings: Any, location: str) -> None:
    """S17: "a redirect off-site is a full document load": a script couldn't follow it."""

    class Anywhere(HttpResponseRedirect):
        allowed_schemes = ["https", "http", "ftp"]

    def leave(request: HttpRequest) -> HttpResponse:
        response = Anywhere(location)
        response.set_cookie("left", "1")
        return response

    hard, soft = hard_and_soft(two(settings, leave))
    assert (hard.status_code, hard["Location"]) == (302, location)
    assert (soft.status_code, soft["HX-Redirect"], soft.content) == (200, location, b"")
    assert "left" in soft.cookies
    assert "Location" not in soft


def test_a_redirect_to_the_own_host_is_on_site(settings: Any) -> None:
    """S17: only another host is off-site."""
    window = two(settings, lambda request: HttpResponseRedirect("http://testserver/x/"))
    assert [answer.status_code for answer in hard_and_soft(window)] == [302, 302]


@pytest.mark.parametrize("status", [401, 403, 404, 410, 500, 503, 204, 422])
def test_any_other_status_answers_the_request(settings: Any, status: int) -> None:
    """S46: "A refusal … of a slot's view is honoured for the page"; S17: "never a fragment in a slot"."""
    window = two(settings, plain, lambda request: HttpResponse("refused", status=status))
    for answer in hard_and_soft(window):
        assert answer.status_code == status
        assert HEADER not in answer
        assert b"data-pr-slot" not in answer.content


def test_downloads_and_json_answer_the_request_unchanged(settings: Any) -> None:
    """S13: a response that is no fragment is the response to the whole request."""

    def stream(request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse(iter([b"a", b"b"]))

    def file(request: HttpRequest) -> FileResponse:
        return FileResponse(BytesIO(b"content"), filename="a.csv", as_attachment=True)

    for view, content in {
        stream: b"ab",
        file: b"content",
        (lambda request: JsonResponse({"a": 1})): b'{"a": 1}',
        (lambda request: HttpResponse("a,b", content_type="text/csv")): b"a,b",
    }.items():
        for answer in hard_and_soft(two(settings, view)):
            assert answer.status_code == 200
            assert (answer.getvalue() if answer.streaming else answer.content) == content
            assert HEADER not in answer
    assert "attachment" in two(settings, file).client.get("/")["Content-Disposition"]


@pytest.mark.parametrize("name", ["HX-Redirect", "HX-Location", "HX-Refresh"])
def test_an_order_to_htmx_is_passed_on(settings: Any, name: str) -> None:
    """B19: "htmx's other attributes … keep their meaning", and so do the headers that views answer."""
    window = two(settings, answering(**{name.replace("-", "_"): "/x/"}))
    window.hard("/x/")
    answer = window.soft("/")
    assert (answer[name], HEADER in answer) == ("/x/", False)


def test_options_are_answered_by_the_view_that_is_asked(settings: Any) -> None:
    """B39: what a view says of its methods is the response, with its ``Allow``, and no page."""

    class Page(View):
        def get(self, request: HttpRequest) -> HttpResponse:
            return HttpResponse("page")

        def post(self, request: HttpRequest) -> HttpResponse:
            return HttpResponse("posted")

    window = two(settings, Page.as_view(), Page.as_view())
    response = window.client.options("/")
    assert (response.status_code, response.content) == (200, b"")
    assert response["Allow"] == "GET, POST, HEAD, OPTIONS"


def test_a_method_that_is_not_allowed_answers_405(settings: Any) -> None:
    """B39: stock views keep saying so."""
    window = two(settings, lambda request: HttpResponseNotAllowed(["GET"]))
    assert window.client.post("/").status_code == 405


# --- Forms ---


def form(request: HttpRequest) -> HttpResponse:
    status = int(request.POST.get("status", 200))
    return HttpResponse(f"{request.method} {request.POST.get('name', '')}", status=status)


@pytest.mark.parametrize("status", [200, 422])
def test_errors_rerender_the_posted_slot_alone(settings: Any, status: int) -> None:
    """B39: "errors re-render that slot alone (status 200 or 422)", and the address bar stays."""
    pages = Pages()
    window = two(settings, pages("home"), form)
    window.hard("/")
    pages.forget()
    answer = window.soft(
        "/", method="post", source_slot="side", data={"status": str(status), "name": "Ada"}
    )
    assert (answer.status_code, answer[HEADER]) == (status, "stay")
    assert window.changed == ["side"]
    assert window.shows == {"children": "home", "side": "POST Ada"}
    assert pages.called == []


@pytest.mark.parametrize("status", [200, 422])
def test_errors_are_shown_in_a_full_page_without_javascript(settings: Any, status: int) -> None:
    """B41, B12: "JavaScript off: the same flows, as full pages"."""
    pages = Pages()
    window = two(settings, form, pages("side"))
    answer = window.client.post("/", {"status": str(status), "name": "Ada"})
    assert b"POST Ada" in answer.content
    assert b">side</div>" in answer.content
    assert pages.requests["side"].method == "GET"
    assert answer.status_code in (200, status)


def test_a_422_of_a_slot_that_was_not_posted_is_a_refusal(settings: Any) -> None:
    """B39: 422 is an answer to a form; B19: in a request of its own, too."""
    refusing = lambda request: HttpResponse("no", status=422)  # noqa: E731
    window = two(settings, plain, refusing)
    window.hard("/x/")
    assert HEADER not in window.soft("/")
    window = two(settings, refusing)
    window.hard("/x/")
    answer = window.slot("/", "children")
    assert (answer.status_code, answer.content) == (422, b"no")


def test_a_redirect_after_a_form_is_followed_by_the_client(settings: Any) -> None:
    """S40: "A redirect after a form is a soft navigation": the redirect itself is passed on."""
    pages = Pages()
    window = two(settings, lambda request: HttpResponseRedirect("/x/"), pages("side"))
    window.hard("/x/")
    for answer in (
        window.soft("/", method="post", source_slot="children"),
        window.client.post("/"),
    ):
        assert (answer.status_code, answer["Location"]) == (302, "/x/")
    assert pages.called == []


def test_messages_of_a_form_appear_once_in_the_layout(settings: Any, db: None) -> None:
    """S40: "messages appear once": on the page that answers a form, and not again on the next."""

    def saves(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            messages.info(request, "saved")
        return HttpResponse("form")

    source = "<p>{% for message in messages %}{{ message }}{% endfor %}</p>" + ALL
    window = two(settings, saves, plain, layout(source))
    assert b"<p>saved</p>" in window.client.post("/").content
    assert b"<p></p>" in window.client.get("/").content


def test_messages_of_an_earlier_request_appear_after_a_form(settings: Any, db: None) -> None:
    """S40: "messages appear once", also those that were waiting when the form was sent."""

    def waits(request: HttpRequest) -> HttpResponse:
        messages.info(request, "waiting")
        return HttpResponse("w")

    source = "<p>{% for message in messages %}{{ message }}{% endfor %}</p>" + ALL
    window = two(settings, plain, plain, layout(source))
    settings.ROOT_URLCONF.urlpatterns.append(path("wait/", waits))
    window.client.get("/wait/")
    assert b"<p>waiting</p>" in window.client.post("/").content


# --- The URL now on screen ---


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"HX_Push_Url": "/x/?page=2"}, "/x/?page=2"),
        ({"HX_Replace_Url": "/x/?page=2"}, "/x/?page=2"),
        ({"HX_Push_Url": "false"}, "stay"),
        ({"HX_Push_Url": "/é/"}, "/%C3%A9/"),
        ({}, "/"),
    ],
)
def test_a_view_may_say_which_url_is_shown(
    settings: Any, headers: dict[str, str], expected: str
) -> None:
    """B19: "with or without a change of the address bar": by htmx's own headers, for the whole answer."""

    def view(request: HttpRequest) -> HttpResponse:
        response = HttpResponse("v")
        for name, value in headers.items():
            response.headers[name.replace("_", "-")] = value
        return response

    window = two(settings, plain, view)
    window.hard("/x/")
    answer = window.soft("/")
    assert answer[HEADER] == expected
    assert answer["HX-Push-Url"] == "false"
    assert "HX-Replace-Url" not in answer


def test_a_form_may_say_which_url_is_shown(settings: Any) -> None:
    """B19, B39: the address bar stays after a form, unless its view says otherwise."""
    window = two(settings, answering(HX_Push_Url="/x/"))
    window.hard("/x/")
    assert window.soft("/", method="post", source_slot="children")[HEADER] == "/x/"


def test_a_bare_page_keeps_its_own_headers(settings: Any) -> None:
    """B19: a request with a target of its own gets that view's own response."""
    window = two(settings, answering(HX_Push_Url="/x/", HX_Retarget="#a", ETag='"1"', X_A="1"))
    window.hard("/x/")
    answer = window.slot("/", "children")
    assert (answer.content, answer["HX-Push-Url"], answer["HX-Retarget"]) == (b"view", "/x/", "#a")
    assert (answer["X-A"], answer["ETag"]) == ("1", '"1"')
    assert HEADER not in answer
