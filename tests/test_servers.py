"""Pages with slow slots under real servers: runserver, gunicorn, granian, uvicorn.

What a test client can't show: what is sent when, what runs at the same time, and what happens when
whoever has asked goes away. The tests decide when a slow slot goes on, so that nothing depends on a clock.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from uuid import uuid4

import pytest

from tests import gates
from tests.servers import KINDS, Answer, Kind, Server, serving
from tests.waiting import until
from tests.window import HEADER, slots_in

ASYNC_KINDS = [kind for kind in KINDS if kind.is_async]
SYNC_KINDS = [kind for kind in KINDS if not kind.is_async]


@pytest.fixture(scope="session")
def environ(request: pytest.FixtureRequest, tmp_path_factory: Any) -> Iterator[dict[str, str]]:
    """What the servers' environment says: where the gates are, and the database."""
    try:
        database = request.getfixturevalue("postgresql")
    except pytest.skip.Exception:
        name = str(tmp_path_factory.mktemp("served") / "db.sqlite3")
        database = {"ENGINE": "django.db.backends.sqlite3", "NAME": name}
    if "HOST" in database:  # each server's connections are known by its name
        database = {**database, "OPTIONS": {"application_name": "KIND"}}
    with gates.within_reach() as address:
        yield {
            "DJANGO_SETTINGS_MODULE": "tests.served.settings",
            "TEST_SERVED_DATABASE": json.dumps(database),
            **address,
        }


@pytest.fixture(scope="session")
def running(environ: dict[str, str]) -> Iterator[Any]:
    """A function that starts a server, if it's not running already."""
    with ExitStack() as servers:
        started: dict[Kind, Server] = {}

        def running(kind: Kind) -> Server:
            if kind not in started:
                named = {name: value.replace("KIND", kind.name) for name, value in environ.items()}
                started[kind] = servers.enter_context(serving(kind, named))
            return started[kind]

        yield running


class Visitor:
    """Asks one server for pages, with gates of this test's own in front of their slow slots."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.kind = server.kind
        self._name = uuid4().hex

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        return self.server.get(path, {"X-Gates": self._name, **(headers or {})})

    def refresh(self, page: str, *names: str, headers: dict[str, str] | None = None) -> Answer:
        """Ask for slots of a page, as the script does for those that are deferred."""
        found, _ = slots_in(page)
        mounted = {name: slot.mounted for name, slot in found.items()}
        state = {"ask": "refresh", "again": names, "slots": mounted}
        ours = {"HX-Request": "true", HEADER: json.dumps(state)}
        return self.get(found[names[0]].src, {**(headers or {}), **ours})

    def close(self, *names: str) -> None:
        """Close the gates of slots, so that their views wait at them."""
        gates.gates.close(*(f"{self._name}-{name}" for name in names))

    def open(self, *names: str) -> None:
        for name in names:
            gates.gates.open(f"{self._name}-{name}")

    def await_arrival(self, name: str) -> None:
        gates.gates.await_arrival(f"{self._name}-{name}")


@pytest.fixture(params=KINDS, ids=str)
def visitor(request: pytest.FixtureRequest, running: Any) -> Iterator[Visitor]:
    server = running(request.param)
    before = len(server.log)
    yield Visitor(server)
    gates.gates.open_all()
    noise = [
        line
        for line in server.log[before:].splitlines()
        if re.search(r"never (awaited|retrieved)|Exception in ASGI|Warning:", line)
    ]
    assert not noise, server.log[before:]


only = pytest.mark.parametrize
under_asgi = only("visitor", ASYNC_KINDS, indirect=True, ids=str)
under_wsgi = only("visitor", SYNC_KINDS, indirect=True, ids=str)
VIEWS = ["sync", "async", "mixed"]


def paragraphs(html: str) -> list[str]:
    """What the slots say, in the order in which they stand in a page, or have come."""
    return re.findall(r"<p>(.*?)</p>", html)


def says(name: str, day: str = "Monday", time: str = "12:00", who: str = "nobody") -> str:
    return f"{name}: {day}, {time}, {who}, {who}"


# --- Slots that are there at once ---


@only("views", VIEWS)
def test_a_page_waits_for_its_slots(visitor: Visitor, views: str) -> None:
    """B47: "sync ones work everywhere; both may be mixed in one layout"."""
    answer = visitor.get(f"/at-once/{views}/")
    assert paragraphs(answer.rest()) == [says("home"), says("first"), says("second")]
    assert answer.status == 200


def test_async_slots_run_at_the_same_time(visitor: Visitor) -> None:
    """B47: "Async slot views run concurrently": all are in their views before one of them leaves."""
    visitor.close("first", "second")
    answer = visitor.get("/at-once/async/")
    visitor.await_arrival("first")
    visitor.await_arrival("second")
    visitor.open("first", "second")
    assert paragraphs(answer.rest()) == [says("home"), says("first"), says("second")]


def test_a_sync_slot_runs_beside_an_async_one(visitor: Visitor) -> None:
    """B47: "both may be mixed in one layout"."""
    visitor.close("first", "second")
    answer = visitor.get("/at-once/mixed/")
    visitor.await_arrival("first")
    visitor.await_arrival("second")
    visitor.open("first", "second")
    assert paragraphs(answer.rest()) == [says("home"), says("first"), says("second")]


@under_asgi
def test_async_slots_end_when_nobody_waits_for_them(visitor: Visitor) -> None:
    """B47: who goes away before the page is there, cancels what it is being made of."""
    visitor.close("first", "second")
    answer = visitor.get("/at-once/async/")
    visitor.await_arrival("first")
    visitor.await_arrival("second")
    answer.leave()
    visitor.await_arrival("first-cancelled")
    visitor.await_arrival("second-cancelled")
    assert "home" in visitor.get("/at-once/sync/").rest()
