"""``ATOMIC_REQUESTS`` on SQLite and PostgreSQL: which writes of a page stay when a slot fails."""

from __future__ import annotations

from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import AsyncClient
from django.urls import path

from django_parallel_routes import slot, slots
from tests.models import Note
from tests.support.atomic_site import (
    ALL,
    FAILING,
    KINDS,
    View,
    ask,
    failed,
    loading,
    serve,
    three_slots,
    violates,
    writes,
    written,
)
from tests.window import layout

pytestmark = pytest.mark.usefixtures("atomic_database")


@FAILING
@pytest.mark.parametrize("kind", KINDS)
def test_only_the_writes_of_the_slot_that_fails_are_undone(
    settings: Any, kind: str, view: View
) -> None:
    """S44: "under `ATOMIC_REQUESTS` only that slot's writes are rolled back"."""
    window = three_slots(settings, kind, view, error=failed)
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
    window = three_slots(settings, kind, view)
    assert ask(window, kind).status_code == 500
    assert written() == set()


@FAILING
def test_a_deferred_slot_that_fails_leaves_what_the_page_has_written(
    settings: Any, view: View
) -> None:
    """S43, S44: the page is one request, the slot that comes later another."""
    window = three_slots(settings, "refresh", view, error=failed)
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


@pytest.mark.parametrize("kind", KINDS)
def test_a_refusal_that_is_raised_undoes_the_slots_writes(settings: Any, kind: str) -> None:
    """S44: any exception, as ``ATOMIC_REQUESTS`` has it."""

    def refuses(request: HttpRequest) -> HttpResponse:
        Note.objects.create(name="side")
        raise PermissionDenied

    window = three_slots(settings, kind, refuses, error=failed)
    assert ask(window, kind).status_code == 200
    assert window.shows["side"] == "failed: PermissionDenied"
    assert written() == {"home", "more"}


def test_an_error_state_may_write(settings: Any) -> None:
    """S44: the state is rendered after the slot's writes are undone, in the page's transaction."""
    names: list[set[str]] = []

    def state(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        names.append(set(Note.objects.values_list("name", flat=True)))
        return writes("state")(request)

    window = three_slots(settings, "hard", violates, error=state)
    assert ask(window, "hard").status_code == 200
    assert names == [{"taken", "home"}]
    assert written() == {"home", "more", "state"}


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
