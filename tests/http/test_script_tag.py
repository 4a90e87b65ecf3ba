"""Documents that a reload shows in the place of a page with slots: they have the script."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.test import Client
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.window import Pages, layout, serve

BROWSER = {"Sec-Fetch-Dest": "document"}
SCRIPT = b"parallel-routes.min.js"
HTML = "<!doctype html><head><title>Photo</title></head><body>photo"


TYPE = "text/html; charset="
ODD = {
    "wide": lambda: HttpResponse(HTML.encode("utf-16"), content_type=f"{TYPE}utf-16"),
    "unknown": lambda: HttpResponse(HTML.encode(), content_type=f"{TYPE}x-unknown"),
    "nothing": lambda: HttpResponse(status=204),
    "redirect": lambda: HttpResponseRedirect("/"),
    "range": lambda: HttpResponse("<p>", status=206, headers={"Content-Range": "bytes 0-2/9"}),
    "quoting": lambda: HttpResponse(QUOTING, headers={"ETag": '"1"'}),
}
QUOTING = "<!-- </head> --><HEAD><script>a = '</head>'</script></HEAD><body>"


def missing(request: HttpRequest) -> HttpResponse:
    raise Http404


def photo(request: HttpRequest) -> HttpResponse:
    """A page outside of every ``slots()``, in the form that the query names."""
    kind = request.GET.get("kind")
    if kind == "streamed":
        return StreamingHttpResponse([HTML])
    if kind == "nonce":
        vars(request)["csp_nonce"] = "n1"  # as django-csp does
    if kind in ODD:
        return ODD[kind]()
    if kind == "same" or (kind == "empty" and request.method == "HEAD"):
        return HttpResponse(status=304 if kind == "same" else 200)
    if kind == "json":
        return JsonResponse({})
    length = {"Content-Length": str(len(HTML))}
    return HttpResponse(HTML, headers={"Content-Encoding": "gzip"} if kind == "packed" else length)


@pytest.fixture(autouse=True)
def urls(settings: Any) -> None:
    pages = Pages()
    serve(
        settings,
        slots(
            "",
            layout=layout(
                "{% load parallel_routes %}<body>{% parallel_routes_script %}{% slot %}"
                '{% slot "side" %}{% slot "modal" %}'
            ),
            children=[
                path("", pages("home")),
                path("missing/", missing),
                path("failing/", failing),
                path("empty/", lambda request: HttpResponse(status=404)),
            ],
            side=slot([path("", pages("side")), path("soft/", pages("soft"))], default=None),
            modal=slot([intercept("photo")], default=None),
        ),
        path("photo/", photo, name="photo"),
        path("other/", lambda request: HttpResponse(HTML)),
        path("failed/", lambda request: HttpResponse(HTML, status=404)),
    )


@pytest.mark.parametrize("url", ["/photo/", "/missing/", "/soft/", "/nowhere/"])
def test_a_document_in_the_place_of_slots_has_the_script(client: Client, url: str) -> None:
    """S33, B34: without it, Back changes the address bar alone."""
    answer = client.get(url, headers=BROWSER)
    assert answer.content.count(SCRIPT) == 1
    assert "Sec-Fetch-Dest" in answer["Vary"]
    assert int(answer["Content-Length"]) == len(answer.content)
    plain = client.get(url)
    assert SCRIPT not in plain.content
    assert "Sec-Fetch-Dest" in plain["Vary"]


def test_the_script_stands_in_the_head(client: Client) -> None:
    content = client.get("/photo/", headers=BROWSER).content.decode()
    assert content.index("</title>") < content.index("<script ") < content.index("</head>")


def test_text_that_looks_like_the_end_of_the_head_is_left_alone(client: Client) -> None:
    """The script changes the bytes, so the page has only a weak ``ETag`` then."""
    answer = client.get("/photo/?kind=quoting", headers=BROWSER)
    start, _, end = QUOTING.partition("</HEAD>")
    content = answer.content.decode()
    assert content.startswith(f"{start}<script ")
    assert content.endswith(f"</script></HEAD>{end}")
    assert answer["ETag"] == 'W/"1"'


def test_the_script_has_the_nonce_of_the_page(client: Client) -> None:
    assert b' nonce="n1" defer' in client.get("/photo/?kind=nonce", headers=BROWSER).content


@pytest.mark.parametrize(
    "url",
    [
        "/other/", "/failed/", "/empty/", "/photo/?kind=packed", "/photo/?kind=json",
        *(f"/photo/?kind={kind}" for kind in ODD if kind != "quoting"),
    ],
)  # fmt: skip
def test_other_responses_stay_as_they_are(client: Client, url: str) -> None:
    """Empty ones, too: for an empty error, browsers show a page of their own."""
    answer = client.get(url, headers=BROWSER)
    assert b"<script" not in answer.content
    assert answer.status_code != 500
    assert answer.get("Content-Length", "0") == str(len(answer.content))


def test_head_and_not_modified_responses_vary_as_the_page_does(client: Client) -> None:
    """B52: a response to ``HEAD``, and one that says that nothing has changed."""
    page = client.get("/photo/", headers=BROWSER)
    heads = [client.head(f"/photo/?kind={kind}", headers=BROWSER) for kind in ("", "empty")]
    missing = [client.head("/missing/"), client.get("/missing/")]
    unchanged = client.get("/photo/?kind=same")
    assert unchanged.status_code == 304
    assert {answer["Vary"] for answer in (page, *heads, unchanged)} == {page["Vary"]}
    assert heads[0]["Content-Length"] == page["Content-Length"]
    assert missing[0]["Vary"] == missing[1]["Vary"]


def test_streams_and_forms_stay_as_they_are(client: Client) -> None:
    streamed = client.get("/photo/?kind=streamed", headers=BROWSER)
    assert b"<script" not in b"".join(streamed)
    assert SCRIPT not in client.post("/photo/", headers=BROWSER).content


def failing(request: HttpRequest) -> HttpResponse:
    raise ValueError('<script data-pr-parts="">')


def test_an_error_page_that_quotes_the_script_has_it_too(client: Client, settings: Any) -> None:
    """With ``DEBUG``, Django prints local variables: the rendered layout may be among them."""
    settings.DEBUG = True
    client.raise_request_exception = False
    content = client.get("/failing/", headers=BROWSER).content
    assert b"data-pr-parts=&quot;" in content
    assert b'data-pr-parts="data-pr-guard ' in content


def test_a_page_with_slots_has_the_script_once(client: Client) -> None:
    assert client.get("/", headers=BROWSER).content.count(SCRIPT) == 1


@pytest.mark.parametrize("root", [None, "/nowhere"])
def test_an_error_page_does_not_need_the_static_files(
    client: Client, settings: Any, root: str | None
) -> None:
    settings.STATIC_ROOT = root
    settings.STORAGES = {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    answer = client.get("/soft/", headers=BROWSER)
    assert (answer.status_code, b"<script" in answer.content) == (404, False)
