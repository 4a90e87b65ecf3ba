"""The debug toolbar's panel: what each slot shows, why, and what it has cost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import AsyncClient, Client
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.client.exchange import state_header
from tests.models import Note
from tests.support import toolbar
from tests.window import Window, layout, serve

pytest.importorskip("debug_toolbar")

HISTORY = "debug_toolbar.panels.history.HistoryPanel"
TIMER = "debug_toolbar.panels.timer.TimerPanel"

PAGE = "<html><body>{% slot %}{% slot 'team' %}{% slot 'modal' %}</body></html>"


@pytest.fixture
def urls(settings: Any) -> Iterator[Any]:
    with toolbar.installed(settings, panels=(HISTORY, TIMER)) as urls:
        yield urls


def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse("home")


def modal(request: HttpRequest) -> HttpResponse:
    return HttpResponse("modal")


def team(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"team {Note.objects.count()}")


def site(settings: Any, *more: Any, client: Any = None, **options: Any) -> Window:
    """``L{children: "", x/, y/; team: "" and x/; modal: (intercepts y)}``."""
    tree = slots(
        "",
        layout=layout(PAGE),
        children=[path("", home), path("x/", home), path("y/", home, name="y")],
        team=slot([path("", team), path("x/", team)], default=None, **options),
        modal=slot([intercept("y", modal)], default=None),
    )
    return serve(settings, *more, tree, client=client)


class Shown:
    """What the panel shows of a response in the toolbar's history."""

    def __init__(self, response: Any) -> None:
        said = Client().get(
            "/__debug__/history_sidebar/", {"request_id": response["djdt-request-id"]}
        )
        shown = said.json()["SlotsPanel"]
        self.button = text(shown["button"])
        answer = Client().get(
            "/__debug__/render_panel/",
            {"request_id": response["djdt-request-id"], "panel_id": "SlotsPanel"},
        )
        self.html = answer.json()["content"]
        self.text = text(self.html)

    @property
    def lines(self) -> list[list[str]]:
        """The cells of the table of slots."""
        body = self.html.partition("<tbody>")[2].partition("</tbody>")[0]
        rows = re.findall(r"<tr.*?</tr>", body, re.DOTALL)
        return [
            [text(cell) for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)] for row in rows
        ]

    def line(self, start: str) -> list[str]:
        return next(line for line in self.lines if line[0] == start)


def streamed(response: Any) -> str:
    """What a stream has brought, when it is over."""

    async def collected() -> bytes:
        return b"".join([part async for part in response])

    parts = async_to_sync(collected)() if response.is_async else b"".join(response)
    return parts.decode()


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


@pytest.mark.django_db
def test_a_page_tells_of_each_slot_what_it_shows_and_why(settings: Any, urls: Any) -> None:
    """With the time, queries and size of each slot."""
    shown = Shown(site(settings, urls).hard("/"))
    assert shown.button == "Slots a full page"
    assert "A full page: a hard load." in shown.text
    assert [line[0] for line in shown.lines] == ["", "children", "team", "modal"]
    assert shown.lines[0][1].startswith("page: tests.window.layout")
    _, shows, why, time, queries, size = shown.line("team")
    assert shows == "page: tests.test_panel.team /"
    assert shown.lines[0][2] == "the root layout"
    assert "matches" in why
    assert re.fullmatch(r"\d+\.\d ms", time)
    assert queries == "1"
    assert size.replace("\xa0", " ") == "6 bytes"
    assert shown.line("children")[4] == "0"


@pytest.mark.django_db
def test_soft_requests_are_in_the_history_with_what_they_keep(settings: Any, urls: Any) -> None:
    """So the panel explains clicks, too."""
    window = site(settings, urls)
    window.hard("/")
    shown = Shown(window.soft("/x/"))
    assert shown.button == "Slots 2 changed, 1 kept"
    assert shown.line("modal")[1].startswith("keep")
    assert shown.line("modal")[2] != ""
    assert 'class="is-idle"' in shown.html
    window.hard("/")
    shown = Shown(window.soft("/y/"))
    assert shown.button == "Slots 1 changed, 2 kept"
    assert shown.lines[0][1].startswith("checked first: tests.test_panel.home")
    assert shown.line("modal")[1].startswith("intercepted")


@pytest.mark.django_db
def test_the_panel_shows_the_failure_and_the_error_state(settings: Any, urls: Any) -> None:
    def broken(request: HttpRequest) -> HttpResponse:
        raise ValueError("x")

    tree = slots(
        "",
        layout=layout("<body>{% slot %}{% slot 'side' %}{% slot 'staff' %}</body>"),
        children=[path("", home)],
        side=slot([path("", broken)], error=layout("failed")),
        staff=slot([path("", home)], test_func=lambda request: request.user.is_staff),
    )
    window = serve(settings, urls, tree, client=Client(raise_request_exception=False))
    shown = Shown(window.hard("/"))
    assert "ValueError, error state" in shown.line("side")[1]
    assert shown.line("staff")[1].startswith("hidden")
    assert "test_func" in shown.line("staff")[2]


@pytest.mark.django_db
def test_the_panel_shows_which_slots_are_late(settings: Any, urls: Any) -> None:
    """S43: the slot shows its loading state. Of a stream, only the first part is counted."""
    window = site(settings, urls, loading=layout("wait"), delivery="streamed")
    response = window.hard("/")
    shown = Shown(response)
    assert shown.line("team")[1].startswith("page, streamed: tests.test_panel.team loading state")
    assert "The response is streamed" in shown.text
    assert b"team 0" in b"".join(response.streaming_content)


@pytest.mark.django_db(transaction=True)
def test_the_panel_shows_a_click_with_late_slots(settings: Any, urls: Any) -> None:
    """S59: the toolbar leaves the stream as it is, under WSGI and ASGI; its history has the click."""
    window = site(settings, urls, loading=layout("wait"))
    window.hard("/?slots=inline")
    state = {"intent": "navigate", "slots": window.mounted, "current_url": "/"}
    headers = {"HX-Request": "true", "Parallel-Routes": state_header(state)}
    for client in (Client(), AsyncClient()):
        get = client.get if isinstance(client, Client) else async_to_sync(client.get)
        response: Any = get("/x/", headers=headers)
        assert response.streaming
        arrived = text(streamed(response))
        assert [name in arrived for name in ("home", "wait", "team 0")] == [True] * 3
        assert "djDebug" not in arrived
        shown = Shown(response)
        assert shown.button == "Slots 2 changed, 1 kept"
        assert shown.line("team")[1].startswith(
            "page, streamed: tests.test_panel.team loading state"
        )
        assert "The response is streamed" in shown.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "said", "button"),
    [
        ("/other/", "None: no slots() answered this request.", "none"),
        ("/missing/", "Not found: ", "not found"),
    ],
)
def test_the_panel_says_that_a_response_has_no_slots(
    settings: Any, urls: Any, url: str, said: str, button: str
) -> None:
    missing = slots(
        "missing/", layout=layout(), children=[path("", home)], side=[path("s/", home)]
    )
    window = site(settings, urls, path("other/", home), missing)
    shown = Shown(window.hard(url))
    assert shown.button == f"Slots {button}"
    assert said in shown.text


@pytest.mark.django_db
def test_the_panel_says_why_a_document_is_loaded(settings: Any, urls: Any) -> None:
    """S17"""
    other = slots("b/", layout=layout(), children=[path("", home)])
    window = site(settings, urls, other)
    window.hard("/")
    shown = Shown(window.soft("/b/"))
    assert shown.button == "Slots a document"


@pytest.mark.django_db
def test_the_toolbar_keeps_what_server_timing_says(settings: Any, urls: Any) -> None:
    """The toolbar writes this header itself, from the metrics of its panels, such as the timer."""
    timing = site(settings, urls).hard("/")["Server-Timing"]
    assert 'desc="tests.test_panel.team, queries: 1"' in timing
    assert "TimerPanel_total_time" in timing


@pytest.mark.django_db
def test_without_debug_the_panel_still_has_the_costs(settings: Any, urls: Any) -> None:
    """A project may show the toolbar to its staff. Only developers get the header."""
    settings.DEBUG = False
    response = site(settings, urls).hard("/")
    assert "slot-team" not in response["Server-Timing"]
    assert Shown(response).line("team")[4] == "1"


@pytest.mark.django_db
def test_the_panel_shows_redirects(settings: Any, urls: Any) -> None:
    tree = slots("", layout=layout(), children=[path("", lambda r: HttpResponseRedirect("/a/"))])
    shown = Shown(serve(settings, urls, tree).hard("/"))
    assert "302 /a/" in shown.line("children")[1]


@pytest.mark.django_db(transaction=True)
def test_concurrent_async_requests_have_their_own_costs(settings: Any, urls: Any) -> None:
    """B47: the toolbar asks each panel whether it works in async requests."""

    async def several(request: HttpRequest) -> HttpResponse:
        return HttpResponse(str(await Note.objects.acount() + await Note.objects.acount()))

    tree = slots(
        "",
        layout=layout("<body>{% slot %}{% slot 'team' %}</body>"),
        children=[path("", several)],
        team=[path("", team)],
    )
    serve(settings, urls, tree)
    shown = Shown(async_to_sync(AsyncClient().get)("/"))
    assert shown.line("children")[4] == "2"
    assert shown.line("team")[4] == "1"


def test_the_package_needs_no_toolbar() -> None:
    """Only ``panel`` imports the toolbar."""
    from pathlib import Path

    import django_parallel_routes

    modules = Path(django_parallel_routes.__file__).parent.rglob("*.py")
    importing = [path.name for path in modules if "import Panel" in path.read_text()]
    assert importing == ["panel.py"]
