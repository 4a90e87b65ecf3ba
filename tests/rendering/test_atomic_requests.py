"""``ATOMIC_REQUESTS`` on SQLite and PostgreSQL: which of a page's writes are committed.

The request's slots share a transaction, and each has a savepoint around its view and its rendering.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import path

from django_parallel_routes import slot, slots
from tests.models import Note, Reply
from tests.support.atomic_site import (
    ALL,
    FAILING,
    KINDS,
    View,
    ask,
    failed,
    loading,
    nothing,
    serve,
    three_slots,
    violate,
    violates,
    writes,
    written,
)
from tests.window import layout

pytestmark = pytest.mark.usefixtures("atomic_database")

# --- What a slot does by itself ---


@pytest.mark.parametrize("kind", KINDS)
def test_a_slot_that_copes_with_its_own_error_keeps_its_other_writes(
    settings: Any, kind: str
) -> None:
    """S44: a view's own ``atomic()`` is a savepoint in that of its slot."""

    def copes(request: HttpRequest) -> HttpResponse:
        Note.objects.create(name="first")
        try:
            with transaction.atomic():
                violate("undone")
        except IntegrityError:
            Note.objects.create(name="second")
        return HttpResponse("coped")

    window = three_slots(settings, kind, copes)
    assert ask(window, kind).status_code == 200
    assert window.shows["side"] == "coped"
    assert written() == {"home", "first", "second", "more"}


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_that_is_swallowed_undoes_that_slots_writes_alone(
    settings: Any, kind: str
) -> None:
    """S44: Django then undoes what was written, without a word; of that slot, and of no other."""

    def swallows(request: HttpRequest) -> HttpResponse:
        with suppress(IntegrityError):
            violate("side")
        return HttpResponse("swallowed")

    window = three_slots(settings, kind, swallows, error=failed)
    assert ask(window, kind).status_code == 200
    assert window.shows["side"] == "swallowed"
    assert written() == {"home", "more"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_slot_may_undo_its_own_writes(settings: Any, kind: str) -> None:
    """S44: ``set_rollback()``, as Django REST framework calls it, means the slot's savepoint."""

    def undoes(request: HttpRequest) -> HttpResponse:
        Note.objects.create(name="side")
        transaction.set_rollback(True)
        return HttpResponse("undone")

    window = three_slots(settings, kind, undoes)
    assert ask(window, kind).status_code == 200
    assert window.shows["side"] == "undone"
    assert written() == {"home", "more"}


# --- What is to happen after the commit ---


def calls_back(name: str, called: list[str], then: View) -> View:
    def view(request: HttpRequest) -> HttpResponse:
        def call() -> None:
            assert not connection.in_atomic_block
            called.append(name)

        transaction.on_commit(call)
        return then(request)

    return view


@pytest.mark.parametrize(("error", "expected"), [(failed, ["home", "more"]), (None, [])])
def test_only_what_stays_has_been_committed(
    settings: Any, error: View | None, expected: list[str]
) -> None:
    """S44: ``transaction.on_commit()`` calls back for slots whose writes stay, and for no other."""
    called: list[str] = []
    options = {"error": error} if error else {}
    window = serve(
        settings,
        slots(
            "",
            layout=layout(ALL),
            children=[path("", calls_back("home", called, writes("home")))],
            side=slot([path("", calls_back("side", called, violates))], **options),
            more=[path("", calls_back("more", called, writes("more")))],
        ),
    )
    window.hard("/")
    assert called == expected
    assert written() == set(expected)


def test_an_error_at_the_commit_rolls_everything_back(settings: Any) -> None:
    """S44: a foreign key is looked at once, at the end, when no slot is to blame any more."""
    called: list[str] = []

    def dangles(request: HttpRequest) -> HttpResponse:
        Reply.objects.create(note_id=4711)
        return HttpResponse("dangling")

    window = three_slots(settings, "hard", calls_back("side", called, dangles), error=failed)
    assert ask(window, "hard").status_code == 500
    assert written() == set()
    assert not Reply.objects.exists()
    assert called == []


# --- Forms ---


@pytest.mark.parametrize(("error", "expected"), [(failed, {"home", "more"}), (None, set())])
def test_a_form_is_saved_if_the_page_that_answers_it_is(
    settings: Any, error: View | None, expected: set[str]
) -> None:
    """S44, B39: the view that a form is for is one of the request's slots."""
    window = three_slots(settings, "hard", violates, **({"error": error} if error else {}))
    response = window.hard("/", "post")
    assert response.status_code == (200 if error else 500)
    assert written() == expected


@pytest.mark.parametrize(("fails", "expected"), [(False, {"home"}), (True, set())])
def test_a_form_is_saved_if_the_layout_that_answers_it_can_be_rendered(
    settings: Any, fails: bool, expected: set[str]
) -> None:
    """S44, B39: also where Django would have rendered the layout's template after the transaction."""
    rendered: list[str] = []

    def count() -> int:
        rendered.append("first to learn whether it prints the slot, then for the page")
        if fails and len(rendered) == 2:
            violate("layout")
        return len(rendered)

    def lazy_layout(request: HttpRequest) -> TemplateResponse:
        source = "{% load parallel_routes %}<body>{{ count }}{% slot %}"
        return TemplateResponse(request, engines["django"].from_string(source), {"count": count})

    patterns = slots("", layout=lazy_layout, children=[path("", writes("home"))])
    response = serve(settings, patterns).hard("/", "post")
    assert (response.status_code, len(rendered)) == (500 if fails else 200, 2)
    assert written() == expected


def test_a_redirect_is_no_error(settings: Any) -> None:
    """S46: a slot whose redirect answers the request has done its work."""

    def redirects(request: HttpRequest) -> HttpResponse:
        Note.objects.create(name="side")
        return HttpResponseRedirect("/before/")

    window = three_slots(settings, "hard", redirects)
    assert ask(window, "hard").status_code == 302
    assert "side" in written()


# --- Views without a transaction, and async ones ---


def test_a_streamed_view_that_wants_no_transaction_has_none(settings: Any) -> None:
    """S43: ``@transaction.non_atomic_requests`` of a view that comes after its page."""
    seen: list[bool] = []

    @transaction.non_atomic_requests
    def free(request: HttpRequest) -> HttpResponse:
        seen.append(connection.in_atomic_block)
        return writes("free")(request)

    window = serve(
        settings,
        slots(
            "",
            layout=layout("<body>{% slot %}{% slot 'side' %}</body>"),
            children=[path("", writes("home"))],
            side=slot([path("", free)], loading=loading, delivery="streamed"),
        ),
    )
    assert "wrote free" in b"".join(window.hard("/")).decode()
    assert seen == [False]
    assert written() == {"home", "free"}


@pytest.mark.parametrize("delivery", ["streamed", "deferred"])
def test_a_view_inside_a_late_slot_does_not_end_the_transaction_of_its_page(
    settings: Any, delivery: Any
) -> None:
    """S43: ``@transaction.non_atomic_requests`` of a page in a layout that comes later."""
    inner = slots(
        "",
        layout=layout("{% slot %}"),
        children=[path("", transaction.non_atomic_requests(writes("free")))],
    )
    window = serve(
        settings,
        slots(
            "",
            layout=layout("<body>{% slot %}{% slot 'side' %}{% slot 'more' %}</body>"),
            children=[path("", writes("home"))],
            side=slot([inner], loading=loading, delivery=delivery),
            more=[path("", violates)],
        ),
    )
    window.client.raise_request_exception = False
    assert window.client.get("/").status_code == 500
    assert written() == set()


def test_a_loading_state_that_is_not_shown_does_not_end_the_transaction(settings: Any) -> None:
    """S43: a form is rendered with all slots at once, so their loading states are not called."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout("<body>{% slot %}{% slot 'side' %}</body>"),
            children=[path("", writes("home"))],
            side=slot([path("", violates)], loading=transaction.non_atomic_requests(loading)),
        ),
    )
    window.client.raise_request_exception = False
    assert window.client.post("/").status_code == 500
    assert written() == set()


@pytest.mark.parametrize("error", [failed, None])
def test_a_view_that_wants_no_transaction_has_none(settings: Any, error: View | None) -> None:
    """S44: ``@transaction.non_atomic_requests``: what it has written stays, whatever follows."""
    seen: list[bool] = []

    @transaction.non_atomic_requests
    def free(request: HttpRequest) -> HttpResponse:
        seen.append(connection.in_atomic_block)
        Note.objects.create(name="free")
        return HttpResponse("free")

    options = {"error": error} if error else {}
    window = serve(
        settings,
        slots(
            "",
            layout=layout(ALL),
            children=[path("", writes("home"))],
            side=[path("", free)],
            more=slot([path("", violates)], **options),
        ),
    )
    assert window.hard("/").status_code == (200 if error else 500)
    assert seen == [False]
    assert "free" in written()
    assert "side" not in written()


@FAILING
@pytest.mark.parametrize("kind", KINDS)
def test_savepoints_of_slots_that_run_side_by_side_do_not_mix(
    settings: Any, kind: str, view: View
) -> None:
    """S44, B47: beside an async slot, sync ones take turns, and still each has its own savepoint."""

    @transaction.non_atomic_requests
    async def aside(request: HttpRequest) -> HttpResponse:
        return HttpResponse("async")

    def lazily(name: str) -> View:
        def view(request: HttpRequest) -> TemplateResponse:
            template = engines["django"].from_string("{{ write }}")
            context = {"write": lambda: Note.objects.create(name=name)}
            return TemplateResponse(request, template, context)

        return view

    deferred = {"loading": loading} if kind == "refresh" else {}
    window = serve(
        settings,
        slots(
            "",
            layout=layout(ALL + "{% slot 'last' %}"),
            children=[path("", aside), path("before/", nothing)],
            side=slot([path("", lazily("first"))], default=nothing),
            more=slot([path("", view)], default=nothing, error=failed, **deferred),
            last=slot([path("", lazily("last"))], default=nothing),
        ),
    )
    assert ask(window, kind).status_code == 200
    assert window.shows == {
        "children": "async",
        "side": "first",
        "more": "failed: IntegrityError",
        "last": "last",
    }
    assert written() == {"first", "last"}


def test_an_async_view_needs_to_say_that_it_wants_no_transaction(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """Django: "You cannot use ATOMIC_REQUESTS with async views", which a slot's are no exception to."""

    async def aside(request: HttpRequest) -> HttpResponse:
        return HttpResponse("async")

    window = serve(settings, slots("", layout=layout(), children=[path("", aside)]))
    assert window.hard("/").status_code == 500
    assert "cannot use ATOMIC_REQUESTS with async views" in caplog.text
