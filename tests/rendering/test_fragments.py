"""Responses of views that can't stand in a page as they are (S46, B53, B61, B71)."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import path
from django.utils.deprecation import MiddlewareMixin
from django.utils.html import conditional_escape
from django.views.decorators.gzip import gzip_page

from django_parallel_routes import intercept, slot, slots
from tests.support.responses import ALL, answering, hard_and_soft, plain, two
from tests.support.system_checks import with_templates
from tests.window import ARRIVED, HEADER, Window, layout, serve

LONG = "long " * 100


# --- Bytes ---


def packed(text: str) -> Any:
    return gzip_page(lambda request, **kwargs: HttpResponse(f"{text} {LONG}"))


@pytest.mark.parametrize("where", ["home", "side", "root"])
def test_a_packed_view_can_stand_in_a_page(settings: Any, where: str) -> None:
    """S46: each view may have the decorators that it has alone; the page was a 500."""
    page = layout(f"<body>{{% slot %}}{{% slot 'side' %}}{LONG}")
    view = gzip_page(page) if where == "root" else packed("packed")
    window = two(settings, **{where: view})
    for answer in hard_and_soft(window, headers={"Accept-Encoding": "gzip"}):
        assert answer.status_code == 200
        assert "Content-Encoding" not in answer
        assert b'id="slot-' in answer.content
        assert where == "root" or f"packed {LONG}".encode() in answer.content
    assert HEADER in window.response


def test_a_packed_view_may_answer_an_element_alone(settings: Any) -> None:
    """B19: its response is the view's own, without the header that would be wrong."""
    window = two(settings, packed("packed"))
    window.hard("/")
    state = {"intent": "slot", "source_slot": "children", "slots": window.mounted}
    answer = window._request("/", state, "get", {"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer
    assert answer["Content-Length"] == str(len(answer.content))
    assert answer.content.decode() == f"packed {LONG}"


def test_a_response_with_another_content_encoding_answers_the_request(settings: Any) -> None:
    """S46: nothing here unpacks it, so the browser gets it as it is."""
    window = two(settings, answering(Content_Encoding="br"))
    for answer in hard_and_soft(window):
        assert (answer["Content-Encoding"], answer.content) == ("br", b"view")
        assert HEADER not in answer


def test_bytes_that_encode_nothing_are_shown_as_browsers_show_them(settings: Any) -> None:
    """S46: the view alone is a page; in a slot it was a 500."""
    window = two(settings, lambda request: HttpResponse(b"caf\xe9"))
    for answer in hard_and_soft(window):
        assert "caf\ufffd" in answer.content.decode()


# --- Headers that keep HTML out of pages ---


@pytest.mark.parametrize(
    "headers",
    [
        {"Content_Disposition": 'attachment; filename="report.html"'},
        {"Content_Disposition": "ATTACHMENT"},
        {"Content_Security_Policy": "default-src 'none'; sandbox"},
        {"Content_Security_Policy": "sandbox allow-scripts, img-src *"},
    ],
)
def test_html_that_headers_keep_out_of_pages_is_a_document(settings: Any, headers: Any) -> None:
    """B61, B71: a file is saved. HTML that users have uploaded must not run in the page."""
    window = two(settings, answering(**headers))
    for answer in hard_and_soft(window):
        assert answer.content == b"view"
        assert HEADER not in answer
        assert {answer[name.replace("_", "-")] for name in headers} == set(headers.values())


@pytest.mark.parametrize("name", ["_csp_config", "_csp_update", "_csp_replace"])
@pytest.mark.parametrize(
    ("policy", "is_document"),
    [
        ({"sandbox": True}, True),
        ({"sandbox": []}, True),
        ({"sandbox": None, "img-src": ["*"]}, False),
        ({}, False),
        (None, False),
    ],
)
def test_html_that_decorators_sandbox_is_a_document(
    settings: Any, name: str, policy: Any, is_document: bool
) -> None:
    """B71: as with the header, which middleware of Django 6 or django-csp makes of these attributes."""

    def view(request: HttpRequest) -> HttpResponse:
        response = HttpResponse("view")
        setattr(response, name, policy)
        return response

    hard, soft = hard_and_soft(two(settings, view))
    assert (hard.content == b"view") is is_document
    assert (HEADER not in soft) is is_document


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Security-Policy": "sandbox allow-scripts"},
        {"Content-Disposition": "attachment; filename=all.html"},
    ],
)
def test_a_root_layout_may_sandbox_its_page(settings: Any, headers: dict[str, str]) -> None:
    """B71: its headers are those of the document, so its slots are in it; a form finds them as well."""

    def root(request: HttpRequest) -> HttpResponse:
        return HttpResponse(layout(ALL)(request).content, headers=headers)

    client = two(settings, root=root).client
    for answer in (client.get("/"), client.post("/")):
        assert answer.headers.items() >= headers.items()
        assert answer.content.count(b"view") == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"Content_Disposition": "inline; filename=a.html"},
        {"Content_Security_Policy": "img-src 'self' https://sandbox.example"},
    ],
)
def test_html_with_other_headers_stands_in_the_page(settings: Any, headers: Any) -> None:
    """B71: as before."""
    window = two(settings, answering(**headers))
    hard, soft = hard_and_soft(window)
    assert b'id="slot-children"' in hard.content
    assert HEADER in soft


def test_a_preview_of_a_file_is_no_file(settings: Any) -> None:
    """S22, B30: the target answers with a file, which refuses nothing; the modal shows another view."""
    file = answering(Content_Disposition="attachment")
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'modal' %}"),
            children=[path("", plain), path("file/", file, name="file")],
            modal=slot([intercept("file", answering(X_Preview="yes"))], default=None),
        ),
    )
    window.hard("/")
    window.soft("/file/")
    assert window.shows["modal"] == "view"


# --- Markers ---


@pytest.mark.parametrize("answer", [HttpResponse, lambda text: JsonResponse({"html": text})])
def test_no_answer_shows_a_marker(settings: Any, answer: Any) -> None:
    """B53: somebody who knows the marker of one slot can write others where HTML is allowed."""

    def root(request: HttpRequest) -> HttpResponse:
        text = layout("<p>Closed</p>{% slot %}{% slot 'side' %}")(request).content.decode()
        response = answer(text)
        response.status_code = 403
        return response

    shown = two(settings, root=root).client.get("/")
    assert shown.status_code == 403
    assert b"<p>Closed</p>" in shown.content
    assert b"<!--" not in shown.content


@pytest.mark.parametrize("is_template", [False, True])
def test_no_packed_answer_shows_a_marker(settings: Any, is_template: bool) -> None:
    """B53: whether the view has rendered its template, or Django renders and packs it later."""
    source = f"{{% load parallel_routes %}}{{% slot %}}{LONG}"
    with_templates(settings, {"closed.html": source})

    @gzip_page
    def root(request: HttpRequest) -> HttpResponse:
        if is_template:
            return TemplateResponse(request, "closed.html", status=403)
        return render(request, "closed.html", status=403)

    shown = two(settings, root=root).client.get("/", headers={"Accept-Encoding": "gzip"})
    assert (shown.status_code, shown.content.decode()) == (403, LONG)
    assert "Content-Encoding" not in shown
    assert shown["Content-Length"] == str(len(LONG))


@pytest.mark.parametrize(
    "escaped", [conditional_escape, lambda text: text.replace("<", "\\u003C")]
)
def test_no_answer_shows_what_markers_have_in_common(settings: Any, escaped: Any) -> None:
    """B53: a marker that is escaped is found by nothing but its token."""

    def root(request: HttpRequest) -> HttpResponse:
        text = str(layout("{% slot %}")(request).content.decode())
        return HttpResponse(f"closed {escaped(text)}", status=403)

    shown = two(settings, root=root).client.get("/").content.decode()
    assert shown.startswith("closed ")
    assert not re.search(r"[0-9a-f]{16}", shown)


def test_users_can_not_end_the_first_part_of_a_stream(settings: Any) -> None:
    """S59: sanitizers leave ``<`` in attributes. The rest would be parsed by itself."""
    quoted = f'<a title="{ARRIVED}<img src=x onerror=alert(1)>">x</a>'
    view = lambda request, **kwargs: HttpResponse(quoted)  # noqa: E731
    window = serve(
        settings,
        slots(
            "",
            layout=layout("<body>{% slot %}{% slot 'late' %}"),
            children=[path("", view), path("x/", plain)],
            late=slot([path("", view)], default=plain, loading=plain, delivery="streamed"),
        ),
    )
    for soft in (False, True):
        if soft:
            window.hard("/x/?slots=inline")
            answer = window._request(
                "/", {"intent": "navigate", "slots": window.mounted}, "get", None
            )
        else:
            answer = window.client.get("/")
        text = answer.getvalue().decode()
        assert text.count(ARRIVED) == 2
        assert text.count("onerror") == 2
        assert not any(part.startswith("<img") for part in text.split(ARRIVED))


@pytest.mark.parametrize("end", ["", "</body>", "</body>\n<!-- a --><!-- b --></html>\n"])
def test_users_can_not_end_the_body_of_a_streamed_page(settings: Any, end: str) -> None:
    """S43: authors may leave out that tag. The rest of the attribute would have been parsed by itself."""
    quoted = '<a title="</body><img src=x onerror=alert(1)>">x</a>'
    window = serve(
        settings,
        slots(
            "",
            layout=layout(f"<head></head><body>{{% slot %}}{{% slot 'late' %}}{end}"),
            children=[path("", lambda request: HttpResponse(quoted))],
            late=slot([path("", plain)], loading=plain, delivery="streamed"),
        ),
    )
    text = window.client.get("/").getvalue().decode()
    assert quoted in text
    assert text.endswith(end or ARRIVED)


# --- Users that are not Django's ---


class OwnUser(MiddlewareMixin):
    """Middleware as projects with a login elsewhere write it."""

    def process_request(self, request: HttpRequest) -> None:
        request.user = SimpleNamespace(name=request.headers.get("X-Name", "ada"))  # type: ignore[assignment]


def test_a_user_may_be_any_object(settings: Any) -> None:
    """B53: each page was a 500. What is on screen is still for this user alone."""
    ours = [name for name in settings.MIDDLEWARE if "auth" not in name and "messages" not in name]
    settings.MIDDLEWARE = [*ours, f"{__name__}.OwnUser"]
    window: Window = two(settings, plain)
    window.hard("/x/")
    state = {"intent": "navigate", "slots": window.mounted}
    assert HEADER not in window._request("/", state, "get", {"X-Name": "bob"})
    assert HEADER in window.soft("/")


# --- Bodies ---


def test_no_other_view_reads_the_body_of_a_form(settings: Any) -> None:
    """B39: "All the others, and every layout, see GET", also by ``read()``."""
    form = lambda request: HttpResponse("form")  # noqa: E731
    side = lambda request: HttpResponse(b"[" + request.read() + b"]")  # noqa: E731
    two(settings, form, side)
    answer = Client().post("/", data=b"secret", content_type="text/plain")
    assert b">[]</div>" in answer.content
