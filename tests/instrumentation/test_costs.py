"""What each slot costs: recorded with ``DEBUG`` or for the debug panel, and sent in ``Server-Timing``."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseForbidden,
    HttpResponseRedirect,
)
from django.template import engines
from django.template.response import TemplateResponse
from django.test import AsyncClient, Client
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.instrumentation import costs, reports as timing
from django_parallel_routes.instrumentation.costs import (
    Cost,
    listeners,
    watch_connection,
)
from django_parallel_routes.request.details import details_of
from tests.models import Note, Reply
from tests.window import HEADER, Window, layout, serve

PAGE = "<html><head><title>L</title></head><body>{% slot %}{% slot 'side' %}</body></html>"

TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
METRIC = re.compile(rf'({TOKEN});dur=([0-9]+\.[0-9]);desc="((?:[^"\\\x00-\x1f\x7f-\uffff])*)"')
"""One metric by the header's grammar (https://www.w3.org/TR/server-timing/#the-server-timing-header-field)."""


@pytest.fixture(autouse=True)
def debugging(settings: Any) -> Iterator[None]:
    """As ``runserver`` has it: ``DEBUG`` is on before a connection is made."""
    settings.DEBUG = True
    wrappers = list(connection.execute_wrappers)
    watch_connection(connection)
    yield
    connection.execute_wrappers[:] = wrappers


class Clock:
    """A clock that a test moves on, so that no test sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def passes(self, milliseconds: float) -> None:
        self.now += milliseconds / 1000


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(costs, "perf_counter", clock)
    return clock


def site(settings: Any, side: Any, *, root: Any = None, **options: Any) -> Window:
    """``L{children: "", x/; side: side at "" and x/}``."""
    client = Client(raise_request_exception=False)
    return serve(
        settings,
        slots(
            "",
            layout=root or layout(PAGE),
            children=[path("", home, name="home"), path("x/", home)],
            side=slot([path("", side), path("x/", side)], **{"default": None, **options}),
        ),
        client=client,
    )


def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse("home")


def notes(request: HttpRequest) -> HttpResponse:
    """Queries in the view, and while it renders."""
    source = "{% for note in notes %}{{ note }}{% endfor %}{{ count }} täglich"
    template = engines["django"].from_string(source)
    count = Note.objects.count()
    return TemplateResponse(request, template, {"notes": Note.objects.all(), "count": count})


def costs_of(response: Any) -> list[Cost]:
    return details_of(response.wsgi_request).costs


def calls(response: Any) -> list[tuple[str, str, str]]:
    return [(cost.address, cost.role, cost.outcome) for cost in costs_of(response)]


def said(response: Any) -> dict[str, str]:
    """Return the metrics of the header with their descriptions. Each must fit the grammar."""
    header = response["Server-Timing"]
    assert ", ".join(found[0] for found in METRIC.finditer(header)) == header
    return {found[1]: found[3] for found in METRIC.finditer(header)}


# --- What is noted ---


@pytest.mark.django_db
def test_each_slot_has_its_own_time_queries_and_size(settings: Any, clock: Clock) -> None:
    """The panel and the inspector show them."""

    def slow(request: HttpRequest) -> HttpResponse:
        clock.passes(20)
        Note.objects.create(name="one")
        return notes(request)

    def slower(request: HttpRequest) -> HttpResponse:
        clock.passes(7)
        return layout(PAGE)(request)

    def query(execute: Any, *args: Any) -> Any:
        clock.passes(1)
        return execute(*args)

    with connection.execute_wrapper(query):
        response = site(settings, slow, root=slower).hard("/")
    root, main, side = costs_of(response)
    assert [cost.address for cost in (root, main, side)] == ["", "children", "side"]
    assert [cost.view for cost in (root, main, side)] == [slower, home, slow]
    assert [round(cost.milliseconds) for cost in (root, main, side)] == [7, 0, 23]
    assert [cost.query_count for cost in (root, main, side)] == [0, 0, 3]
    assert side.size == len("one1 täglich".encode())
    assert main.size == len("home")
    assert root.size == len(PAGE.encode()) - len("{% slot %}{% slot 'side' %}")


@pytest.mark.django_db
def test_queries_of_older_connections_are_counted(settings: Any) -> None:
    """As in a project's tests, which set ``DEBUG`` after the connection was made."""
    connection.execute_wrappers.clear()
    assert costs_of(site(settings, notes).hard("/"))[-1].query_count == 2


@pytest.mark.django_db
def test_a_root_layout_that_django_renders_counts_with_its_template(
    settings: Any, clock: Clock
) -> None:
    """Django renders the response of the root layout; the slots run right after that."""

    def root(request: HttpRequest) -> HttpResponse:
        source = "{% load parallel_routes %}<body>{{ count }}{{ tick }}{% slot %}</body>"
        template = engines["django"].from_string(source)
        told = {"count": Note.objects.count, "tick": lambda: clock.passes(5)}
        return TemplateResponse(request, template, told)

    response = site(settings, home, root=root).hard("/")
    cost = costs_of(response)[0]
    assert (round(cost.milliseconds), cost.query_count, cost.outcome) == (5, 1, "shown")
    assert cost.size == len("<body>0None</body>")
    assert calls(response) == [("", "layout", "shown"), ("children", "page", "shown")]
    assert listeners.get() == ()


@pytest.mark.django_db
def test_a_failed_root_layout_is_not_notified_of_later_queries(settings: Any) -> None:
    """A thread of a server handles one request after the other."""

    def root(request: HttpRequest) -> HttpResponse:
        if "broken" in request.GET:
            broken = engines["django"].from_string("{{ broken }}")
            return TemplateResponse(request, broken, {"broken": raises(ValueError("x"))})
        return layout(PAGE)(request)

    settings.PARALLEL_ROUTES_WATCH_QUERIES = True
    tree = slots("", layout=root, children=[path("", home)], side=[path("", notes)])
    client = Client(raise_request_exception=False)
    window = serve(settings, path("plain/", notes), tree, client=client)
    failed = window.hard("/?broken=1")
    assert failed.status_code == 500
    assert window.hard("/plain/").status_code == 200
    window.hard("/")
    assert listeners.get() == ()
    assert costs_of(failed)[0].outcome == "ValueError"


@pytest.mark.django_db
def test_a_layout_inside_is_measured_without_its_slots(settings: Any, clock: Clock) -> None:
    def inner(request: HttpRequest) -> HttpResponse:
        clock.passes(3)
        return layout("<p>{% slot %}</p>")(request)

    def page(request: HttpRequest) -> HttpResponse:
        clock.passes(4)
        return HttpResponse("page")

    tree = slots(
        "", layout=layout(), children=[slots("", layout=inner, children=[path("", page)])]
    )
    response = serve(settings, tree).hard("/")
    assert calls(response) == [
        ("", "layout", "shown"),
        ("children", "layout", "shown"),
        ("children.children", "page", "shown"),
    ]
    _, frame, inside = costs_of(response)
    assert (round(frame.milliseconds), frame.size) == (3, len("<p></p>"))
    assert (round(inside.milliseconds), inside.size) == (4, len("page"))


@pytest.mark.django_db(transaction=True)
def test_concurrent_slots_count_their_own_queries(settings: Any) -> None:
    """B47: concurrently under ASGI, sync and async views mixed."""
    Note.objects.create(name="a")

    async def several(request: HttpRequest) -> HttpResponse:
        found = [note async for note in Note.objects.all()]
        await Reply.objects.acount()
        return HttpResponse(str(len(found) + await Note.objects.acount()))

    tree = slots(
        "",
        layout=layout("<body>{% slot %}{% slot 'sync' %}{% slot 'quiet' %}</body>"),
        children=[path("", several)],
        sync=[path("", notes)],
        quiet=[path("", home)],
    )
    serve(settings, tree)
    response = async_to_sync(AsyncClient().get)("/")
    found = {cost.address: cost for cost in details_of(response.asgi_request).costs}
    assert {name: cost.query_count for name, cost in found.items()} == {
        "": 0,
        "children": 3,
        "sync": 2,
        "quiet": 0,
    }
    assert all(cost.outcome == "shown" and cost.milliseconds > 0 for cost in found.values())


def raises(exception: Exception) -> Any:
    def view(*args: Any) -> HttpResponse:
        raise exception

    return view


def answers(response: Any) -> Any:
    return lambda request: response


REFRESH = HttpResponse(headers={"HX-Redirect": "/login/"})


@pytest.mark.parametrize(
    ("side", "outcome"),
    [
        pytest.param(answers(HttpResponseRedirect("/a/")), "302 /a/", id="redirect"),
        pytest.param(answers(REFRESH), "200 /login/", id="htmx"),
        pytest.param(answers(HttpResponseForbidden()), "403", id="403"),
        pytest.param(answers(HttpResponse(status=404)), "404", id="404"),
        pytest.param(answers(HttpResponse(status=503)), "503", id="503"),
        pytest.param(lambda request: FileResponse(b""), "200", id="file"),
        pytest.param(raises(PermissionDenied()), "PermissionDenied", id="denied"),
        pytest.param(raises(Http404()), "Http404", id="Http404"),
        pytest.param(raises(ValueError("x")), "ValueError", id="error"),
    ],
)
def test_the_trace_says_how_each_view_ended(settings: Any, side: Any, outcome: str) -> None:
    """The response is the same as without records."""
    answers = []
    for settings.DEBUG in (False, True):
        answers.append(site(settings, side).hard("/"))
    cost = costs_of(answers[1])[-1]
    assert (cost.address, cost.outcome) == ("side", outcome)
    assert answers[0].status_code == answers[1].status_code
    assert listeners.get() == ()


@pytest.mark.parametrize(
    ("exception", "state"), [(ValueError("x"), "error"), (Http404(), "not-found")]
)
def test_an_error_state_is_recorded_with_the_failed_page(
    settings: Any, exception: Exception, state: str
) -> None:
    """S44, S45: two views have run for that slot."""
    states = {"error": layout("failed"), "not_found": layout("nothing")}
    response = site(settings, raises(exception), **states).hard("/")
    (_, failed, outcome), (_, role, shown) = calls(response)[-2:]
    assert (failed, outcome) == ("page", type(exception).__name__)
    assert (role, shown) == (state, "shown")
    assert said(response)["slot-side"].endswith(f".view, {outcome}, {state} state")


@pytest.mark.django_db
def test_a_loading_state_is_recorded_instead_of_the_page(settings: Any) -> None:
    """S43: the page comes by a request of its own, which records it."""
    window = site(settings, home, loading=layout("wait"))
    assert calls(window.hard("/"))[-1] == ("side", "loading", "shown")
    assert calls(window.refresh("side")) == [("side", "page", "shown")]
    assert said(window.response) == {"slot-side": f"{__name__}.home"}


@pytest.mark.django_db(transaction=True)
def test_a_slot_cancelled_by_another_slots_failure_is_unfinished(settings: Any) -> None:
    """B47: the slots run concurrently, and the response is the error page."""
    begun = asyncio.Event()

    async def endless(request: HttpRequest) -> HttpResponse:
        begun.set()
        await asyncio.Event().wait()
        raise AssertionError

    async def failing(request: HttpRequest) -> HttpResponse:
        await begun.wait()
        raise ValueError("x")

    tree = slots("", layout=layout(PAGE), children=[path("", endless)], side=[path("", failing)])
    client = Client(raise_request_exception=False)
    response = serve(settings, tree, client=client).hard("/")
    assert response.status_code == 500
    assert calls(response)[1:] == [
        ("children", "page", "unfinished"),
        ("side", "page", "ValueError"),
    ]


@pytest.mark.django_db
def test_access_checks_are_recorded_as_such(settings: Any) -> None:
    """B30: they run, but nothing of them is shown."""
    tree = slots(
        "",
        layout=layout("<body>{% slot %}{% slot 'modal' %}</body>"),
        children=[path("", home), path("x/", notes, name="x")],
        modal=slot([intercept("x", home)], default=None),
    )
    window = serve(settings, tree)
    window.hard("/")
    response = window.soft("/x/")
    assert ("", "check", "shown") in calls(response)
    assert calls(response)[-1] == ("modal", "page", "shown")
    assert set(said(response)) == {"slot-modal"}


@pytest.mark.django_db
def test_slots_that_are_not_printed_are_recorded_with_the_reason(settings: Any) -> None:
    """S46: the layout does not print it, or ``test_func`` does not let the user see it."""
    window = site(settings, home, test_func=lambda request: request.user.is_staff)
    hidden = details_of(window.hard("/").wsgi_request).hidden
    assert hidden == {"side": "its test_func does not let the user see it"}
    window = site(settings, home, root=layout("<body>{% slot %}</body>"))
    hidden = details_of(window.hard("/").wsgi_request).hidden
    assert hidden == {"side": "its layout does not print it"}


# --- Only for those who want to know ---


@pytest.mark.django_db
def test_without_debug_nothing_is_recorded_or_sent(settings: Any) -> None:
    """In production, responses don't name views, and no time is spent on records."""
    settings.DEBUG = False
    window = site(settings, notes)
    for response in (window.hard("/"), window.soft("/x/")):
        assert costs_of(response) == []
        assert "Server-Timing" not in response
    connection.execute_wrappers.clear()
    watch_connection(connection)
    assert connection.execute_wrappers == []


@pytest.mark.django_db
def test_costs_can_be_recorded_without_debug_and_without_the_header(settings: Any) -> None:
    """In production, the debug panel may be there for the staff. Nobody gets the header."""
    settings.DEBUG = False
    site(settings, notes)

    def asking(get_response: Any) -> Any:
        def middleware(request: HttpRequest) -> HttpResponse:
            details_of(request).records_costs = True
            return get_response(request)

        return middleware

    vars(costs)["asking"] = asking
    try:
        settings.MIDDLEWARE = [
            "django_parallel_routes.instrumentation.costs.asking",
            *settings.MIDDLEWARE,
        ]
        response = Client().get("/")
    finally:
        del vars(costs)["asking"]
    assert [cost.query_count for cost in costs_of(response)] == [0, 0, 2]
    assert "Server-Timing" not in response


# --- Server-Timing ---


@pytest.mark.django_db
def test_server_timing_has_a_metric_for_each_slot_of_a_page_or_soft_response(
    settings: Any, clock: Clock
) -> None:
    """With ``DEBUG``, for the network tab of the browser."""

    def slow(request: HttpRequest) -> HttpResponse:
        clock.passes(12.34)
        return notes(request)

    window = site(settings, slow)
    response = window.hard("/")
    assert said(response) == {
        "layout": "tests.window.layout.<locals>.view",
        "slot-children": f"{__name__}.home",
        "slot-side": f"{slow.__module__}.{slow.__qualname__}, queries: 2",
    }
    assert "slot-side;dur=12.3;desc=" in response["Server-Timing"]
    response = window.soft("/x/")
    assert HEADER in response
    assert list(said(response)) == ["slot-children", "slot-side"]


@pytest.mark.django_db
def test_redirects_and_streams_have_server_timing_as_well(settings: Any) -> None:
    window = site(settings, answers(HttpResponseRedirect("/a/")))
    assert said(window.hard("/"))["slot-side"].endswith(".<lambda>, 302 /a/")
    window = site(settings, notes, loading=layout("wait"), delivery="streamed")
    response = window.hard("/")
    assert response.streaming
    assert said(response)["slot-side"].endswith(".notes, loading state")
    b"".join(response.streaming_content)
    assert calls(response)[-1] == ("side", "page", "shown")


def test_a_response_without_views_has_no_server_timing(settings: Any) -> None:
    tree = slots("x/", layout=layout(), children=[path("", home)], side=[path("s/", home)])
    assert "Server-Timing" not in serve(settings, tree).hard("/x/")  # a 404: side has no default


def test_server_timing_of_views_and_middleware_is_kept(settings: Any) -> None:
    """Also in production, and with headers of several slots."""

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("x", headers={"Server-Timing": "db;dur=1"})

    tree = slots(
        "",
        layout=lambda request: layout(PAGE)(request),
        children=[path("", view)],
        side=[path("", view)],
    )
    for settings.DEBUG in (False, True):
        response = serve(settings, tree).hard("/")
        assert response["Server-Timing"].startswith("db;dur=1, db;dur=1")
        assert ("slot-side" in response["Server-Timing"]) is settings.DEBUG


def test_characters_that_headers_can_not_have_are_replaced(settings: Any) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("x")

    view.__qualname__ = 'a"b\\c\r\nX-Evil: 1 größe'
    described = said(site(settings, view).hard("/"))["slot-side"]
    assert described.endswith(".a'b/c??X-Evil: 1 gr??e")


def test_the_length_of_server_timing_is_bounded(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Servers and proxies refuse responses with headers that are too long."""
    window = site(settings, home)
    monkeypatch.setattr(timing, "MAX_TIMING", 150)
    assert list(said(window.hard("/"))) == ["layout", "slot-children"]
    monkeypatch.setattr(timing, "MAX_TIMING", 1)
    assert "Server-Timing" not in window.hard("/")


def test_a_failed_layout_leaves_no_listener(settings: Any) -> None:
    """Django renders the layout's template, and does not notify the package of a failure."""

    def failing(request: HttpRequest) -> TemplateResponse:
        template = "{% load parallel_routes %}{% slot %}{% include 'no/such.html' %}"
        return TemplateResponse(request, engines["django"].from_string(template))  # type: ignore[arg-type]

    heard: list[Cost] = []

    def plain(request: HttpRequest) -> HttpResponse:
        heard.extend(one for one in listeners.get() if isinstance(one, Cost))
        return HttpResponse("plain")

    settings.DEBUG = True
    home = path("", lambda request: HttpResponse("home"))
    serve(settings, path("plain/", plain), slots("", layout=failing, children=[home]))
    client = Client(raise_request_exception=False)
    assert client.get("/").status_code == 500
    assert client.get("/plain/").status_code == 200
    assert heard == []
