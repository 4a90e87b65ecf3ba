"""``ATOMIC_REQUESTS`` on SQLite and PostgreSQL: what of a page's writes stays when a slot fails.

The request's slots share a transaction, and each has a savepoint around its view and its rendering.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, connections, transaction
from django.db.utils import ConnectionHandler
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.template.response import TemplateResponse
from django.test import AsyncClient, Client
from django.urls import path

from django_parallel_routes import slot, slots
from tests.models import Note, Reply
from tests.window import Window, layout, serve as serve_to

View = Callable[..., HttpResponse]

ALL = "{% slot %}{% slot 'side' %}{% slot 'more' %}"
KINDS = ["hard", "soft", "refresh"]
ALIAS = "default"


@pytest.fixture(params=["sqlite", "postgresql"], autouse=True)
def database(
    request: pytest.FixtureRequest, django_db_blocker: Any, tmp_path: Path
) -> Iterator[str]:
    """The default database of one test, with a note whose name is ``taken``, and atomic requests."""
    wanted = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": tmp_path / "db.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE"},
    }
    if request.param == "postgresql":
        wanted = request.getfixturevalue("postgresql")
    before = connections[ALIAS], connections.settings[ALIAS]
    handler = ConnectionHandler({ALIAS: {**wanted, "ATOMIC_REQUESTS": True}})
    connections.settings[ALIAS] = handler.settings[ALIAS]
    del connections[ALIAS]
    try:
        with django_db_blocker.unblock():
            with connection.schema_editor() as editor:
                editor.create_model(Note)
                editor.create_model(Reply)
            Note.objects.create(name="taken")
            yield request.param
            with connection.schema_editor() as editor:
                editor.delete_model(Reply)
                editor.delete_model(Note)
            connection.close()
    finally:
        connections[ALIAS], connections.settings[ALIAS] = before


def written() -> set[str]:
    """The names of the notes that a request has left behind."""
    assert not connection.in_atomic_block
    return set(Note.objects.exclude(name="taken").values_list("name", flat=True))


# --- views ---


def writes(name: str) -> View:
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        Note.objects.create(name=name)
        return HttpResponse(f"wrote {name}")

    return view


def violate(name: str) -> None:
    """Write a note, and then another that the database refuses."""
    Note.objects.create(name=name)
    Note.objects.create(name="taken")


def violates(request: HttpRequest) -> HttpResponse:
    violate("side")
    raise AssertionError("The database has accepted the same name twice")


def violates_as_it_is_rendered(request: HttpRequest) -> TemplateResponse:
    """What is lazy in a context, such as a queryset, asks the database after the view is done."""
    template = engines["django"].from_string("{{ violate }}")
    return TemplateResponse(request, template, {"violate": lambda: violate("side")})


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("nothing")


def loading(request: HttpRequest) -> HttpResponse:
    return HttpResponse("…")


def failed(request: HttpRequest, exception: Exception | None, **kwargs: Any) -> HttpResponse:
    return HttpResponse(f"failed: {type(exception).__name__}")


FAILING = pytest.mark.parametrize(
    "view", [violates, violates_as_it_is_rendered], ids=["in-view", "in-template"]
)


# --- requests ---


def serve(settings: Any, *patterns: Any) -> Window:
    """Serve to a client that, like a browser, is told of errors by the answer alone."""
    return serve_to(settings, *patterns, client=Client(raise_request_exception=False))


def three(settings: Any, kind: str, view: View, **options: Any) -> Window:
    """``L{children, side, more}``: ``side`` is the ``view``, with these options; the others write.

    To be ``ask``-ed in this kind of way.
    """
    if kind == "refresh":
        options["loading"] = loading
    window = serve(
        settings,
        slots(
            "",
            layout=layout(ALL),
            children=[path("", writes("home")), path("before/", nothing)],
            side=slot([path("", view)], default=nothing, **options),
            more=slot([path("", writes("more"))], default=nothing),
        ),
    )
    return window


def ask(window: Window, kind: str) -> Any:
    """Load ``/``, go there softly, or render its three slots again."""
    if kind == "hard":
        return window.hard("/")
    window.hard("/before/")
    if kind == "soft":
        return window.soft("/")
    on_screen = {name: ["page", "/", held.key] for name, held in window.slots.items()}
    names = list(on_screen)
    return window.send("/", {"intent": "refresh", "refresh": names, "slots": on_screen})


# --- One slot fails ---


@FAILING
@pytest.mark.parametrize("kind", KINDS)
def test_only_the_writes_of_the_slot_that_fails_are_undone(
    settings: Any, kind: str, view: View
) -> None:
    """S44: "under `ATOMIC_REQUESTS` only that slot's writes are rolled back"."""
    window = three(settings, kind, view, error=failed)
    assert ask(window, kind).status_code == 200
    assert window.shows == {
        "children": "wrote home",
        "side": "failed: IntegrityError",
        "more": "wrote more",
    }
    assert written() == {"home", "more"}


@FAILING
@pytest.mark.parametrize("kind", KINDS)
def test_without_an_error_state_nothing_of_the_page_stays(
    settings: Any, kind: str, view: View
) -> None:
    """S44: "Without one it propagates": the page is a 500, so no slot has written anything."""
    window = three(settings, kind, view)
    assert ask(window, kind).status_code == 500
    assert written() == set()


@FAILING
def test_a_deferred_slot_that_fails_leaves_what_the_page_has_written(
    settings: Any, view: View
) -> None:
    """S43, S44: the page is one request, the slot that comes later another."""
    window = three(settings, "refresh", view, error=failed)
    window.hard("/")
    assert window.shows["side"] == "…"
    assert written() == {"home", "more"}
    slots_ = window.mounted
    window.send("/", {"intent": "refresh", "refresh": ["side"], "slots": slots_})
    assert window.shows["side"] == "failed: IntegrityError"
    assert written() == {"home", "more"}


@FAILING
@pytest.mark.parametrize("is_soft", [False, True], ids=["page", "soft answer"])
@pytest.mark.parametrize("error", [failed, None])
def test_a_streamed_slot_that_fails_leaves_what_was_written_before(
    settings: Any, view: View, error: View | None, is_soft: bool
) -> None:
    """S43, S44, S59: what comes later is a transaction of its own, and so is each such slot."""
    options = {"error": error} if error else {}
    streamed = {"loading": loading, "delivery": "streamed"}
    window = serve(
        settings,
        slots(
            "",
            layout=layout(f"<body>{ALL}</body>"),
            children=[path("", writes("home")), path("start/", layout("start"))],
            side=slot([path("", view)], default=None, **streamed, **options),
            more=slot([path("", writes("more"))], default=None, **streamed),
        ),
    )
    if is_soft:
        window.hard("/start/")
        window.soft("/")
        chunks = [window.first, *window.late]
    else:
        chunks = [chunk.decode() for chunk in window.hard("/")]
    assert "wrote home" in chunks[0]
    assert ("failed: IntegrityError" if error else 'data-pr-delivery="deferred"') in chunks[1]
    assert "wrote more" in chunks[2]
    assert written() == {"home", "more"}


@FAILING
@pytest.mark.parametrize("delivery", ["deferred", "streamed"])
def test_transactions_are_the_same_under_asgi(settings: Any, view: View, delivery: str) -> None:
    """S44, B47: sync views run in the request's thread, one after the other, in its transaction."""
    states = {"loading": loading, "delivery": delivery} if delivery == "streamed" else {}
    serve(
        settings,
        slots(
            "",
            layout=layout(f"<body>{ALL}</body>"),
            children=[path("", writes("home"))],
            side=slot([path("", view)], error=failed, **states),
            more=slot([path("", writes("more"))], **states),
        ),
    )

    async def load() -> str:
        response: Any = await AsyncClient(raise_request_exception=False).get("/")
        assert response.streaming == (delivery == "streamed")
        if not response.streaming:
            return response.content.decode()
        return "".join([chunk.decode() async for chunk in response])

    page = async_to_sync(load)()
    assert "wrote home" in page
    assert "failed: IntegrityError" in page
    assert "wrote more" in page
    assert written() == {"home", "more"}


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


@pytest.mark.parametrize("kind", KINDS)
def test_a_refusal_that_is_raised_undoes_the_slots_writes(settings: Any, kind: str) -> None:
    """S44: any exception, as ``ATOMIC_REQUESTS`` has it."""

    def refuses(request: HttpRequest) -> HttpResponse:
        Note.objects.create(name="side")
        raise PermissionDenied

    window = three(settings, kind, refuses, error=failed)
    assert ask(window, kind).status_code == 200
    assert window.shows["side"] == "failed: PermissionDenied"
    assert written() == {"home", "more"}


def test_an_error_state_may_write(settings: Any) -> None:
    """S44: the state is rendered after the slot's writes are undone, in the page's transaction."""
    names: list[set[str]] = []

    def state(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        names.append(set(Note.objects.values_list("name", flat=True)))
        return writes("state")(request)

    window = three(settings, "hard", violates, error=state)
    assert ask(window, "hard").status_code == 200
    assert names == [{"taken", "home"}]
    assert written() == {"home", "more", "state"}


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

    window = three(settings, kind, copes)
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

    window = three(settings, kind, swallows, error=failed)
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

    window = three(settings, kind, undoes)
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

    window = three(settings, "hard", calls_back("side", called, dangles), error=failed)
    assert ask(window, "hard").status_code == 500
    assert written() == set()
    assert not Reply.objects.exists()
    assert called == []


# --- Slots in slots, layouts ---


@FAILING
def test_an_error_takes_with_it_what_is_around_it_up_to_its_state(
    settings: Any, view: View
) -> None:
    """S44: what the state takes the place of has not been written."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'side' %}"),
            children=[path("in/", writes("home"))],
            side=slot(
                [
                    slots(
                        "in/",
                        layout=wraps("inner", "{% slot %}{% slot 'deep' %}{% slot 'last' %}"),
                        children=[path("", writes("page"))],
                        deep=[path("", view)],
                        last=[path("", writes("last"))],
                    )
                ],
                error=failed,
            ),
        ),
    )
    window.hard("/in/")
    assert window.shows == {"children": "wrote home", "side": "failed: IntegrityError"}
    assert written() == {"home"}


@FAILING
def test_the_layout_of_a_slot_stays_around_its_error(settings: Any, view: View) -> None:
    """S44, B9: a slot's own layout stays, with what it has written, and the state stands in it."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'tabs' %}"),
            children=[path("", writes("home"))],
            tabs=slot([path("", view)], layout=wraps("tabs"), error=failed),
        ),
    )
    window.hard("/")
    assert "wrote tabs" in window.text
    assert "failed: IntegrityError" in window.text
    assert written() == {"home", "tabs"}


def wraps(name: str, source: str = "{% slot %}") -> View:
    """A layout that writes."""
    print_slots = layout(f"wrote {name} {source}")

    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        Note.objects.create(name=name)
        return print_slots(request)

    return view


# --- Forms ---


@pytest.mark.parametrize(("error", "expected"), [(failed, {"home", "more"}), (None, set())])
def test_a_form_is_saved_if_the_page_that_answers_it_is(
    settings: Any, error: View | None, expected: set[str]
) -> None:
    """S44, B39: the view that a form is for is one of the request's slots."""
    window = three(settings, "hard", violates, **({"error": error} if error else {}))
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

    window = three(settings, "hard", redirects)
    assert ask(window, "hard").status_code == 302
    assert "side" in written()


# --- Views without a transaction, and async ones ---


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
