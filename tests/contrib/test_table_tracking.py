"""Watching queries: what reads the tables that a request has written is refreshed, by opt-in (S40)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.template.response import TemplateResponse
from django.test import AsyncClient
from django.urls import path

from django_parallel_routes import intercept, refresh, slot, slots
from django_parallel_routes.instrumentation.costs import watch_connection
from django_parallel_routes.protocol.state import signature
from tests.models import Note, Reply
from tests.window import Pages, Window, layout, serve, slots_in

pytestmark = pytest.mark.django_db

PAGE = "<body>{% slot %}{% slot 'notes' %}{% slot 'replies' %}{% slot 'quiet' %}{% slot 'modal' %}</body>"
NOTES, REPLIES = signature("table\ntests_note", 2), signature("table\ntests_reply", 2)


@pytest.fixture(autouse=True)
def watching(settings: Any) -> Iterator[None]:
    settings.PARALLEL_ROUTES_WATCH_QUERIES = True
    wrappers = list(connection.execute_wrappers)
    watch_connection(connection)
    yield
    connection.execute_wrappers[:] = wrappers


def notes(request: HttpRequest) -> HttpResponse:
    """Reads while it renders, as templates do."""
    template = engines["django"].from_string("{% for note in notes %}{{ note }} {% endfor %}")
    return TemplateResponse(request, template, {"notes": Note.objects.all()})


async def replies(request: HttpRequest) -> HttpResponse:
    return HttpResponse(" ".join([str(one) async for one in Reply.objects.all()]) or "none")


def sync_replies(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(Reply.objects.select_related("note").count()))


def writing(to: str = "") -> Any:
    def view(request: HttpRequest) -> HttpResponse:
        if request.method == "GET":
            return HttpResponse("form")
        Note.objects.create(name=f"n{Note.objects.count()}")
        return HttpResponseRedirect(to) if to else HttpResponse("written")

    return view


def site(settings: Any, pages: Pages, form: Any, *, replies: Any = sync_replies) -> Window:
    return serve(
        settings,
        slots(
            "",
            layout=layout(PAGE),
            children=[
                path("", pages("home")),
                path("x/", pages("x")),
                path("form/", form, name="form"),
            ],
            notes=slot([], default=notes),
            replies=slot([], default=replies),
            quiet=slot([], default=pages("quiet")),
            modal=slot([intercept("form", form)], default=None),
        ),
        path("plain/", form),
    )


def test_a_slot_tells_what_it_has_read(settings: Any, pages: Pages) -> None:
    """S40: its view and its template; neither sessions nor what nobody has read."""
    window = site(settings, pages, writing())
    window.hard("/")
    assert window.reads == {"notes": NOTES, "replies": REPLIES}
    window.soft("/x/")
    assert window.reads == {"notes": NOTES, "replies": REPLIES}
    window.refresh("notes", "replies")
    assert window.reads == {"notes": NOTES, "replies": REPLIES}


def test_async_views_are_watched_each_for_itself(settings: Any, pages: Pages) -> None:
    """S40, B47: though they share a connection, and run side by side."""
    site(settings, pages, writing(), replies=replies)
    response = async_to_sync(AsyncClient().get)("/")
    found, _ = slots_in(response.content.decode())
    reads = {address: slot.reads for address, slot in found.items() if slot.reads}
    assert reads == {"notes": NOTES, "replies": REPLIES}


def test_slots_that_read_a_written_table_are_in_the_response(settings: Any, pages: Pages) -> None:
    """S40: "in as few round trips as can be"; what a form has only read changes nothing."""
    window = site(settings, pages, writing())
    window.hard("/form/")
    window.soft("/form/", method="post", source_slot="children")
    assert set(window.changed) == {"children", "notes"}
    assert window.shows["notes"] == "n0"
    assert window.shows["children"] == "written"


def test_after_a_redirect_slots_that_have_read_other_tables_stay(
    settings: Any, pages: Pages
) -> None:
    """S40: of the slots that show the page already, only those that have read what was written come."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout(PAGE),
            children=[path("", pages("home"))],
            notes=[path("", notes)],
            replies=[path("", lambda request: HttpResponse(str(Reply.objects.count())))],
            quiet=[path("", pages("quiet"))],
            modal=[path("", writing(to="/"))],
        ),
    )
    window.hard("/")
    window.soft("/", method="post", source_slot="modal")
    response = window.response
    window.send(response["Location"], json.loads(response.wsgi_request.headers["Parallel-Routes"]))
    assert sorted(window.changed) == ["children", "modal", "notes"]
    assert window.shows["notes"] == "n0"


def test_tables_that_a_failing_view_has_written_count(settings: Any, pages: Pages) -> None:
    """S40: without ``ATOMIC_REQUESTS`` it stays in the database."""

    def failing(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            Note.objects.create(name="kept")
            raise RuntimeError
        return HttpResponse("form")

    window = serve(
        settings,
        slots(
            "",
            layout=layout(PAGE),
            children=slot([path("form/", failing)], error=pages("failed")),
            notes=slot([], default=notes),
            replies=slot([], default=sync_replies),
            quiet=slot([], default=pages("quiet")),
            modal=slot([], default=None),
        ),
    )
    window.client.raise_request_exception = False
    window.hard("/form/")
    window.soft("/form/", method="post", source_slot="children")
    assert set(window.changed) == {"children", "notes"}
    assert window.shows["notes"] == "kept"


def test_refreshed_slots_come_with_the_page_after_a_redirect(settings: Any, pages: Pages) -> None:
    """S40: in a modal that closes."""
    window = site(settings, pages, writing("/x/"))
    window.hard("/")
    window.soft("/form/")
    assert window.shows["modal"] == "form"
    response = window.soft("/form/", method="post", source_slot="modal")
    assert response["Location"] == "/x/?slots=refresh:notes"
    window.send(response["Location"], json.loads(response.wsgi_request.headers["Parallel-Routes"]))
    assert window.shows == {
        "children": "x", "notes": "n0", "replies": "0", "quiet": "quiet", "modal": ""
    }  # fmt: skip


@pytest.mark.parametrize("to", ["", "/x/"])
def test_views_outside_of_every_slots_are_watched_too(
    settings: Any, pages: Pages, to: str
) -> None:
    """S40: by the middleware."""
    window = site(settings, pages, writing(to))
    window.hard("/")
    response = window.soft("/plain/", method="post", source_slot="children")
    if to:
        assert response["Location"] == "/x/?slots=refresh:notes"
    else:
        event = {"parallel-routes:refresh": {"slots": ["notes"]}}
        assert json.loads(response["HX-Trigger"]) == event


def test_the_slot_that_an_element_stands_in_is_its_own_affair(settings: Any, pages: Pages) -> None:
    """B19: a request with a target of its own says what becomes of the slot around it."""
    window = site(settings, pages, writing())
    window.hard("/form/")
    response = window.slot("/form/", "children", method="post")
    assert json.loads(response["HX-Trigger"])["parallel-routes:refresh"] == {"slots": ["notes"]}

    def both(request: HttpRequest) -> HttpResponse:
        notes = Note.objects.count()
        if request.method == "POST":
            Note.objects.create(name="one")
        return HttpResponse(str(notes))

    window = site(settings, pages, both)
    window.hard("/form/")
    assert window.reads["children"] == NOTES
    response = window.slot("/form/", "children", method="post")
    assert json.loads(response["HX-Trigger"])["parallel-routes:refresh"] == {"slots": ["notes"]}


def test_raw_queries_are_seen_and_sessions_are_not(settings: Any, pages: Pages) -> None:
    """S40: tables are found by name; a session is written with nearly every request."""

    def view(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            request.session["a"] = "b"
            request.session.save()
            with connection.cursor() as cursor:
                cursor.execute(
                    "delete from tests_reply where note_id in (select id from TESTS_NOTE)"
                )
        return HttpResponse("raw")

    window = site(settings, pages, view)
    window.client.session.save()
    window.hard("/form/")
    window.soft("/form/", method="post", source_slot="children")
    assert set(window.changed) == {"children", "replies"}


def test_others_may_watch_for_a_while(settings: Any) -> None:
    """Django's ``execute_wrapper()`` takes off the last, also where the connection is made inside."""

    def other(execute: Any, *args: Any) -> Any:
        return execute(*args)

    connection.execute_wrappers.clear()
    with connection.execute_wrapper(other):
        watch_connection(connection)
    assert len(connection.execute_wrappers) == 1
    assert other not in connection.execute_wrappers


def test_a_get_refreshes_nothing(settings: Any, pages: Pages) -> None:
    """S40: it is forms that write; a counter of visits shall not make pages endless."""

    def counting(request: HttpRequest) -> HttpResponse:
        Note.objects.create(name=f"n{Note.objects.count()}")
        return HttpResponse("counted")

    window = site(settings, pages, counting)
    window.hard("/")
    window.soft("/form/", intercept=False)
    assert window.changed == ["children"]


def test_without_the_setting_nothing_is_watched(settings: Any, pages: Pages) -> None:
    """Watching queries costs time, so a project has to turn it on."""
    settings.PARALLEL_ROUTES_WATCH_QUERIES = False
    connection.execute_wrappers.clear()
    watch_connection(connection)
    assert connection.execute_wrappers == []
    window = site(settings, pages, writing())
    window.hard("/form/")
    assert window.reads == {}
    window.soft("/form/", method="post", source_slot="children")
    assert window.changed == ["children"]


# --- What is rendered with each answer ---


def test_a_slot_may_come_with_each_answer(settings: Any, pages: Pages) -> None:
    """S40: "messages appear once": unmatched="refresh", after all the others."""
    told: list[str] = []

    def form(request: HttpRequest) -> HttpResponse:
        told.append("said")
        return HttpResponse("form", status=422 if request.method == "POST" else 200)

    def news(request: HttpRequest) -> HttpResponse:
        text = f"{' '.join(told)} at {request.get_full_path()}"
        told.clear()
        return HttpResponse(text)

    window = serve(
        settings,
        slots(
            "",
            layout=layout("<body>{% slot 'news' %}{% slot %}{% slot 'modal' %}</body>"),
            news=slot([path("news/", pages("all news"))], default=news, unmatched="refresh"),
            children=[
                path("", pages("home")),
                path("form/", form),
                slots("in/", layout=layout(), children=slot([path("", form)], default=form)),
            ],
            modal=slot([intercept("plain", pages("modal"))], default=None),
        ),
        path("plain/", pages("plain"), name="plain"),
    )
    window.hard("/?a=1")
    assert window.shows["news"] == "at /?a=1"
    window.soft("/form/")
    assert sorted(window.changed) == ["children", "news"]
    assert window.shows["news"] == "said at /?a=1"
    window.soft("/form/", method="post", source_slot="children")
    assert sorted(window.changed) == ["children", "news"]
    assert window.shows["news"] == "said at /?a=1"
    window.soft("/plain/")  # intercepted, outside of every slots()
    assert sorted(window.changed) == ["modal", "news"]
    assert window.shows["news"] == "at /?a=1"
    window.soft("/in/")
    assert sorted(window.changed) == ["children", "modal", "news"]
    window.soft("/news/")
    assert window.shows["news"] == "all news"
    assert window.slots["news"].shows == "page"
    pages.forget()
    window.soft("/form/")
    assert pages.called == ["all news"]  # what it shows, and not its default


def test_a_slot_that_comes_with_each_answer_comes_with_those_to_back(
    settings: Any, pages: Pages
) -> None:
    """S33, S40: or a message would stand there for ever; where Back needs no request, none is sent."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout("<body>{% slot %}{% slot 'news' %}</body>"),
            children=[path("", pages("home")), path("x/", pages("x"))],
            news=slot([], default=pages("news"), unmatched="refresh"),
        ),
    )
    window.hard("/")
    entry = window.entry
    window.soft("/x/")
    pages.forget()
    url, slots_then, _ = entry
    want = {name: slot.mounted for name, slot in slots_then.items()}
    state = {"intent": "restore", "slots": window.mounted, "restore": want, "refresh": ["news"]}
    window.send(url, state)
    assert sorted(window.changed) == ["children", "news"]
    assert sorted(pages.called) == ["home", "news"]


def test_slots_that_each_response_has_come_after_the_others(settings: Any, pages: Pages) -> None:
    """S40: wherever it is printed, so that it can tell of them; on a page, too."""
    target = ["/form/"]

    def form(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            refresh(request, "wide")
        return pages("form")(request) if target == ["/form/"] else HttpResponseRedirect("/")

    window = serve(
        settings,
        slots(
            "",
            layout=layout("<body>{% slot 'a' %}{% slot 'wide' %}{% slot %}</body>"),
            children=[path("", pages("home")), path("form/", form)],
            a=slot([], default=pages("a"), unmatched="refresh"),
            wide=slot([], default=pages("wide")),
        ),
    )
    window.hard("/")
    assert pages.called[-1] == "a"
    window.hard("/form/")
    pages.forget()
    window.soft("/form/", method="post", source_slot="children")
    assert pages.called == ["form", "wide", "a"]
    target.clear()
    pages.forget()
    assert window.hard("/form/").status_code == 302
    assert pages.called == ["wide"]  # what it tells is not lost


def test_after_a_login_without_a_redirect_all_is_new(settings: Any, pages: Pages) -> None:
    """B54: what is on screen was for somebody else."""

    def leave(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            logout(request)
        return HttpResponse("bye")

    window = site(settings, pages, leave)
    window.client.force_login(User.objects.create_user("ada"))
    window.hard("/form/")
    window.soft("/form/", method="post", source_slot="children")
    assert set(window.changed) == {"children", "notes", "replies", "quiet"}
