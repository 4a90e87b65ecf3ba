"""Each message is shown once, wherever a redirect leads, and whatever is rendered for an answer (B67)."""

from __future__ import annotations

import asyncio
import gzip
import json
from threading import Event
from typing import Any

import pytest
from django.contrib import messages
from django.contrib.messages.storage.base import BaseStorage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.gzip import gzip_page

from django_parallel_routes import intercept, slot, slots
from tests.support.processes import PATIENCE
from tests.window import Window, layout, serve

SAID = "{{ messages|join:' ' }}"


def save(request: HttpRequest) -> HttpResponse:
    """A form that redirects to where its query says."""
    if request.method == "POST":
        messages.success(request, "<b>saved</b>")
        return redirect(request.GET["next"])
    return HttpResponse("a form")


def page(name: str, printing: str = SAID) -> Any:
    return layout(f"{name} {printing}")


@pytest.fixture
def window(settings: Any) -> Window:
    target = page("target")  # as a document, it prints messages
    target.__qualname__ = "target"
    return serve(
        settings,
        slots(
            "",
            layout=layout(f"<body>{SAID}{{% slot %}}{{% slot 'modal' %}}{{% slot 'said' %}}"),
            children=[
                path("", page("home", "")),
                path("save/", save),
                path("said/", page("page")),
                path("target/", target, name="target"),
            ],
            modal=slot([intercept("target", page("modal", ""))], default=None),
            said=slot([], default=layout(SAID), unmatched="refresh"),
        ),
        slots(
            "other/", layout=layout(f"{SAID}{{% slot %}}"), children=[path("", page("other", ""))]
        ),
        path("out/", page("out")),
    )


MESSAGE = "&lt;b&gt;saved&lt;/b&gt;"


@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("/", "said"),
        ("/said/", "children"),
        ("/target/", "said"),
        ("/other/", "document"),
        ("/out/", "document"),
    ],
)
def test_a_message_is_shown_once_wherever_a_redirect_leads(
    window: Window, url: str, where: str
) -> None:
    """B67: "into the layout, into another, out of all"; also where an interception asks its target first."""
    window.hard("/save/")
    window.soft(f"/save/?next={url}", method="post", source_slot="children")
    window.soft(window.response["Location"])
    if where == "document":
        to = window.response["HX-Redirect"]
        assert MESSAGE not in window.text
        assert window.hard(to).content.decode().count(MESSAGE) == 1
    else:
        assert window.text.count(MESSAGE) == 1
        assert "saved" in window.shows[where]
    for again in ("/", "/said/", "/out/"):
        assert "saved" not in window.hard(again).content.decode()


@pytest.mark.parametrize("url", ["/", "/said/", "/out/"])
def test_a_message_is_printed_once_on_a_page(window: Window, url: str) -> None:
    """By the layout, which is rendered first, and by no slot in it."""
    window.client.post(f"/save/?next={url}")
    assert window.hard(url).content.decode().count(MESSAGE) == 1
    assert "saved" not in window.hard(url).content.decode()


def moved(request: HttpRequest, times: int = 0) -> HttpResponse:
    """Redirects several times, and says so each time."""
    messages.info(request, f"moved {times}")
    return redirect(f"/moved/{times - 1}/" if times else "/")


def fails(request: HttpRequest) -> HttpResponse:
    raise Http404


@pytest.mark.parametrize("how", ["hard", "soft"])
@pytest.mark.parametrize("storage", ["session.SessionStorage", "cookie.CookieStorage"])
def test_messages_of_a_page_that_is_not_shown_wait_for_the_next(
    settings: Any, how: str, storage: str
) -> None:
    """What the layout or another slot has printed, if a slot redirects (three times) or is not found."""
    settings.MESSAGE_STORAGE = f"django.contrib.messages.storage.{storage}"
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    pages = [
        path("", page("home", "")),
        path("moved/<int:times>/", moved),
        path("fails/", fails),
        path("file/", lambda request: HttpResponse(b"\xff", content_type="image/png")),
    ]
    said = slot([], default=page("", SAID), unmatched="refresh")
    window = serve(
        settings,
        slots(
            "",
            layout=layout(f"<body>{SAID}{{% slot %}}{{% slot 'side' %}}{{% slot 'said' %}}"),
            children=pages,
            side=slot([], default=page("side"), unmatched="default"),
            said=said,
        ),
    )
    window.client.raise_request_exception = False
    window.hard("/")
    ask = getattr(window, how)
    ask("/moved/2/")
    window.client.get("/file/")
    for url in ("/moved/1/", "/fails/", "/moved/0/"):
        ask(url)
    ask("/")
    assert [window.text.count(f"moved {times}") for times in (0, 1, 2)] == [1, 1, 1]
    assert "moved" not in window.hard("/").content.decode()


@pytest.mark.parametrize("pack", [gzip_page, lambda view: view])
def test_messages_in_json_are_shown(settings: Any, pack: Any) -> None:
    """B61, B67: a slot's view may answer with JSON, which has other characters for what is not ASCII."""
    messages_of = layout(SAID)

    def adds(request: HttpRequest) -> HttpResponse:
        messages.info(request, 'Größe "XL"')
        said = [str(one) for one in messages.get_messages(request)]
        return JsonResponse({"said": said, "more": 300 * [0]})

    pages = [path("", pack(adds)), path("next/", messages_of)]
    window = serve(settings, slots("", layout=layout(), children=pages))
    answer = window.client.get("/", headers={"Accept-Encoding": "gzip"})
    text = gzip.decompress(answer.content) if "Content-Encoding" in answer else answer.content
    assert json.loads(text)["said"] == ['Größe "XL"']
    window.hard("/next/")
    assert "XL" not in window.text
    window.hard("/next/")
    window.soft("/", method="post", source_slot="children")
    window.hard("/next/")
    assert "XL" not in window.text


@pytest.mark.parametrize("how", ["post", "soft"])
def test_the_view_of_a_form_may_clear_messages(settings: Any, how: str) -> None:
    """B67: what it reads before it redirects is read, as in any Django view."""

    def clears(request: HttpRequest) -> HttpResponse:
        list(messages.get_messages(request))
        messages.info(request, "new")
        return redirect("/out/")

    pages = [path("", page("home", "")), path("save/", save), path("clear/", clears)]
    window = serve(settings, slots("", layout=layout(), children=pages), path("out/", page("out")))
    window.hard("/")
    window.client.post("/save/?next=/")
    if how == "post":
        window.client.post("/clear/")
    else:
        window.soft("/clear/", method="post", source_slot="children")
    said = window.hard("/out/").content.decode()
    assert (said.count("new"), said.count(MESSAGE)) == (1, 0)


def test_messages_in_what_nobody_sees_wait_for_the_next_page(settings: Any) -> None:
    """The document around a slot's page, and a target that is asked before it is intercepted."""

    def document(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        said = " ".join(map(str, messages.get_messages(request)))
        return HttpResponse(f"<!doctype html>{said}<main id=page>a page</main>")

    window = serve(
        settings,
        slots(
            "",
            layout=layout("<body>{% slot %}{% slot 'modal' %}"),
            children=slot(
                [path("save/", save), path("page/", document), path("a/", document, name="a")],
                element="page",
            ),
            modal=slot([intercept("a", page("modal", ""))], default=None),
        ),
        path("out/", page("out")),
    )
    window.client.post("/save/?next=/")
    for url in ("/page/", "/a/"):
        window.hard("/page/")
        window.soft(url)
        assert "saved" not in window.text
    assert window.hard("/out/").content.decode().count(MESSAGE) == 1


def test_messages_of_a_response_that_a_failure_replaces_wait_for_the_next_page(
    settings: Any,
) -> None:
    """B67, S44: the slot shows its ``error`` instead of the response that has printed them."""

    def refuses(request: HttpRequest) -> HttpResponse:
        return HttpResponse(" ".join(map(str, messages.get_messages(request))), status=403)

    page_slot = slot([path("save/", save), path("refused/", refuses)], error=layout("refused"))
    shown = slots("", layout=layout(), children=page_slot)
    window = serve(settings, shown, path("out/", page("out")))
    window.client.post("/save/?next=/")
    window.hard("/refused/")
    assert "refused" in window.text
    assert "saved" not in window.text
    assert window.hard("/out/").content.decode().count(MESSAGE) == 1


def test_layouts_that_are_asked_what_they_print_show_nothing(window: Window) -> None:
    """A form without JavaScript: the layout is called, but its document is not shown."""
    window.client.post("/save/?next=/")
    response = window.client.post("/save/?next=/")
    assert response.status_code == 302
    assert window.hard("/").content.decode().count(MESSAGE) == 2


def test_views_that_run_side_by_side_print_a_message_once(settings: Any) -> None:
    """B67, B47: the second is rendered while the event loop has not yet gone on with the first."""
    is_next, is_printed = Event(), Event()
    printing = engines["django"].from_string(f"{{{{ before }}}}{SAID}{{{{ after }}}}")

    async def first(request: HttpRequest) -> TemplateResponse:
        return TemplateResponse(request, printing, {"before": lambda: is_next.wait(PATIENCE)})

    async def second(request: HttpRequest) -> TemplateResponse:
        def occupy_loop() -> None:
            is_next.set()
            assert is_printed.wait(PATIENCE)

        asyncio.get_running_loop().call_soon(occupy_loop)
        return TemplateResponse(request, printing, {"after": is_printed.set})

    window = serve(
        settings,
        slots(
            "",
            layout=layout("<body>{% slot %}{% slot 'side' %}"),
            children=[path("", first), path("save/", save)],
            side=slot([], default=second),
        ),
    )
    window.client.post("/save/?next=/")
    assert window.hard("/").content.decode().count(MESSAGE) == 1


def test_a_refusal_that_is_not_shown_leaves_its_messages_to_what_is(settings: Any) -> None:
    """B67, S44: to the state that the slot shows instead."""

    def refuses(request: HttpRequest) -> HttpResponse:
        return HttpResponse(page("refused")(request).content, status=403)

    window = serve(
        settings,
        slots(
            "",
            layout=layout("<body>{% slot %}"),
            children=slot([path("", refuses), path("save/", save)], error=page("instead")),
        ),
    )
    window.client.post("/save/?next=/")
    assert f"instead {MESSAGE}" in window.hard("/").content.decode()
    assert MESSAGE not in window.hard("/").content.decode()


def test_a_private_name_of_djangos_storages_is_there() -> None:
    """``shown_messages`` uses it."""
    storage = BaseStorage(HttpRequest())
    storage._get = lambda *args: (["a message"], True)  # type: ignore[method-assign]
    assert list(storage) == vars(storage)["_loaded_data"] == ["a message"]
    assert storage.used
