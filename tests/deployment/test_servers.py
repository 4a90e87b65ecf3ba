"""Pages with slow slots under real servers: runserver, gunicorn, granian, uvicorn.

What a test client can't show: what is sent when, what runs at the same time, and what happens when
whoever has asked goes away. The tests decide when a slow slot goes on, so that nothing depends on a clock.
"""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from django_parallel_routes.client.exchange import state_header
from tests.support import gates
from tests.support.processes import until
from tests.support.servers import (
    KINDS,
    ArrivingResponse,
    Kind,
    Server,
    reserved_port,
    serving,
)
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
        self._answers: list[ArrivingResponse] = []

    def get(self, path: str, headers: dict[str, str] | None = None) -> ArrivingResponse:
        answer = self.server.get(path, {"X-Gates": self._name, **(headers or {})})
        self._answers.append(answer)
        return answer

    def refresh(
        self, page: str, *names: str, headers: dict[str, str] | None = None
    ) -> ArrivingResponse:
        """Ask for slots of a page, as the script does for those that are deferred."""
        found, _ = slots_in(page)
        mounted = {name: slot.mounted for name, slot in found.items()}
        state = {"intent": "refresh", "refresh": names, "slots": mounted}
        ours = {"HX-Request": "true", HEADER: state_header(state)}
        return self.get(found[names[0]].src, {**(headers or {}), **ours})

    def visit(self, page: str, path: str) -> ArrivingResponse:
        """Go softly to a page of which other slots are on screen, so that it has loading states."""
        found, _ = slots_in(page)
        mounted = {name: ["default", *slot.mounted[1:]] for name, slot in found.items()}
        state = {"intent": "navigate", "slots": mounted}
        return self.get(path, {"HX-Request": "true", HEADER: state_header(state)})

    def close(self, *names: str) -> None:
        """Close the gates of slots, so that their views wait at them."""
        gates.gates.close(*(f"{self._name}-{name}" for name in names))

    def open(self, *names: str) -> None:
        for name in names:
            gates.gates.open(f"{self._name}-{name}")

    def leave(self) -> None:
        """Close all tabs."""
        for answer in self._answers:
            answer.leave()

    def expect_arrival(self, name: str) -> None:
        gates.gates.expect_arrival(f"{self._name}-{name}")


@pytest.fixture(params=KINDS, ids=str)
def visitor(request: pytest.FixtureRequest, running: Any) -> Iterator[Visitor]:
    server = running(request.param)
    before = len(server.log)
    visitor = Visitor(server)
    yield visitor
    visitor.leave()
    gates.gates.open_all()
    noise = [
        line
        for line in server.log[before:].splitlines()
        if re.search(
            r"never (awaited|retrieved)|Exception in ASGI|raised an exception|Warning:", line
        )
    ]
    assert not noise, server.log[before:]


only = pytest.mark.parametrize
under_asgi = only("visitor", ASYNC_KINDS, indirect=True, ids=str)
under_wsgi = only("visitor", SYNC_KINDS, indirect=True, ids=str)
VIEWS = ["sync", "async", "mixed"]

ARRIVED = "<template data-pr-arrived></template>"
FAILED = re.compile(r'<div [^>]*data-pr-state="error"[^>]*><p>failed: broken by a test, 500</p>')
MISSING = re.compile(r'<div [^>]*data-pr-state="not-found"[^>]*><p>missing: 404</p>')


def paragraphs(html: str) -> list[str]:
    """What the slots say, in the order in which they stand in a page, or have come."""
    return re.findall(r"<p>(.*?)</p>", html)


def says(name: str, day: str = "Monday", time: str = "12:00", who: str = "nobody en UTC") -> str:
    """What a slot says; ``who`` is said twice: as the view has seen it, and as its template has."""
    return f"{name}: {day}, {time}, {who}, {who}"


def test_a_reserved_port_is_only_for_a_server_that_is_given_its_number() -> None:
    """Otherwise, another program could get it while the server starts: a browser, another test."""
    with reserved_port() as port:
        with socket.socket() as other, pytest.raises(OSError, match="in use"):
            other.bind(("127.0.0.1", port))
        socket.create_server(("127.0.0.1", port)).close()


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
    visitor.expect_arrival("first")
    visitor.expect_arrival("second")
    visitor.open("first", "second")
    assert paragraphs(answer.rest()) == [says("home"), says("first"), says("second")]


def test_a_sync_slot_runs_beside_an_async_one(visitor: Visitor) -> None:
    """B47: "both may be mixed in one layout"."""
    visitor.close("first", "second")
    answer = visitor.get("/at-once/mixed/")
    visitor.expect_arrival("first")
    visitor.expect_arrival("second")
    visitor.open("first", "second")
    assert paragraphs(answer.rest()) == [says("home"), says("first"), says("second")]


@under_asgi
def test_async_slots_end_when_nobody_waits_for_them(visitor: Visitor) -> None:
    """B47: who goes away before the page is there, cancels what it is being made of."""
    visitor.close("first", "second")
    answer = visitor.get("/at-once/async/")
    visitor.expect_arrival("first")
    visitor.expect_arrival("second")
    answer.leave()
    visitor.expect_arrival("first-cancelled")
    visitor.expect_arrival("second-cancelled")
    visitor.open("first", "second")
    assert "home" in visitor.get("/at-once/async/").rest()


# --- Deferred slots ---


@only("views", VIEWS)
def test_deferred_slots_come_in_requests_of_their_own(visitor: Visitor, views: str) -> None:
    """S43: the page is there at once, with loading states; the script asks for what is missing."""
    visitor.close("first", "second")
    page = visitor.get(f"/deferred/{views}/").rest()
    assert paragraphs(page) == [says("home"), "loading", "loading"]
    first, second = visitor.refresh(page, "first"), visitor.refresh(page, "second")
    visitor.expect_arrival("second")
    visitor.open("second")
    assert paragraphs(second.rest()) == [says("second")]
    assert second.headers[HEADER] == "stay"
    visitor.expect_arrival("first")
    visitor.open("first")
    assert paragraphs(first.rest()) == [says("first")]


# --- Streamed slots ---


@only("views", VIEWS)
def test_the_shell_of_a_streamed_page_comes_before_its_slots(visitor: Visitor, views: str) -> None:
    """S43: "A slow slot … does not hold up the others": the shell is complete while the slot runs."""
    visitor.close("first", "second")
    answer = visitor.get(f"/streamed/{views}/")
    shell = answer.until(ARRIVED)
    assert answer.status == 200
    assert paragraphs(shell) == [says("home"), "loading", "loading"]
    assert not shell.count("data-pr-fragment")
    visitor.expect_arrival("first")
    visitor.open("first", "second")
    page = answer.rest()
    assert sorted(paragraphs(page)[3:]) == [says("first"), says("second")]
    assert page.count(ARRIVED) == 3
    assert page.rstrip().endswith("</body>\n</html>")


@under_asgi
@only("views", ["async", "mixed"])
def test_streamed_slots_come_as_they_get_ready(visitor: Visitor, views: str) -> None:
    """S43, B47: the second is there while the first still runs."""
    quick, slow = ("second", "first")
    visitor.close("first", "second")
    answer = visitor.get(f"/streamed/{views}/")
    visitor.expect_arrival("first")
    visitor.expect_arrival("second")
    visitor.open(quick)
    assert paragraphs(answer.until(says(quick)))[3:] == [says(quick)]
    visitor.open(slow)
    assert paragraphs(answer.rest())[3:] == [says(quick), says(slow)]


@under_wsgi
@only("views", VIEWS)
def test_streamed_slots_come_in_order_without_an_event_loop(visitor: Visitor, views: str) -> None:
    """S43: under WSGI the second waits for the first, which is sent before the second is ready."""
    visitor.close("first")
    answer = visitor.get(f"/streamed/{views}/")
    visitor.expect_arrival("first")
    visitor.open("first")
    assert paragraphs(answer.rest())[3:] == [says("first"), says("second")]
    visitor.close("second")
    answer = visitor.get(f"/streamed/{views}/")
    visitor.expect_arrival("second")
    assert paragraphs(answer.until(says("first")))[3:] == [says("first")]
    visitor.open("second")
    assert paragraphs(answer.rest())[3:] == [says("first"), says("second")]


@under_asgi
@only("is_read", [False, True])
def test_a_stream_that_nobody_reads_ends(visitor: Visitor, is_read: bool) -> None:
    """B47: who goes away in the middle of a page cancels the slots that are still to come."""
    visitor.close("first", "second")
    answer = visitor.get("/streamed/async/")
    answer.until(ARRIVED)
    visitor.expect_arrival("first")
    visitor.expect_arrival("second")
    if is_read:
        visitor.open("second")
        answer.until(says("second"))
    answer.leave()
    visitor.expect_arrival("first-cancelled")
    if not is_read:
        visitor.expect_arrival("second-cancelled")


@under_asgi
@only("views", VIEWS)
def test_middleware_may_collect_a_stream(visitor: Visitor, views: str) -> None:
    """S59: "on any server": the slots come later, and the thread of sync middleware waits for sync views."""
    page = visitor.get(f"/streamed/{views}/", {"X-Collect": "1"}).rest()
    assert sorted(paragraphs(page)[3:]) == [says("first"), says("second")]


# --- Soft navigations ---


@only("views", VIEWS)
def test_a_soft_navigation_is_there_before_its_slow_slots(visitor: Visitor, views: str) -> None:
    """S59: on any server; under WSGI one slot after the other, in the same response."""
    path = f"/deferred/{views}/"
    page = visitor.get(f"{path}?slots=inline").rest()
    visitor.close("first", "second")
    answer = visitor.visit(page, path)
    first = answer.until(ARRIVED)
    assert answer.headers[HEADER] == path
    assert answer.headers["X-Accel-Buffering"] == "no"
    assert paragraphs(first) == [says("home"), "loading", "loading"]
    visitor.expect_arrival("first")
    visitor.open("first", "second")
    html = answer.rest()
    assert sorted(paragraphs(html)[3:]) == [says("first"), says("second")]
    assert html.count(ARRIVED) == 3


@under_asgi
def test_slots_of_a_soft_navigation_come_as_they_get_ready(visitor: Visitor) -> None:
    """S59: "Under ASGI as each is ready": the second while the first still runs."""
    page = visitor.get("/deferred/async/?slots=inline").rest()
    visitor.close("first", "second")
    answer = visitor.visit(page, "/deferred/async/")
    visitor.expect_arrival("first")
    visitor.expect_arrival("second")
    visitor.open("second")
    assert paragraphs(answer.until(says("second")))[3:] == [says("second")]
    answer.leave()
    visitor.expect_arrival("first-cancelled")


# --- Errors ---


@only("views", ["sync", "async"])
@only("delivery", ["at-once", "deferred", "streamed"])
def test_a_slot_fails_alone(visitor: Visitor, delivery: str, views: str) -> None:
    """S44, S45: the page is a 200, and what is broken says so in its own place."""
    answer = visitor.get(f"/broken/{delivery}/{views}/")
    page = answer.rest()
    assert answer.status == 200
    assert says("home") in page
    if delivery == "deferred":
        page = "".join(visitor.refresh(page, name).rest() for name in ("first", "second"))
    broken, missing = FAILED.search(page), MISSING.search(page)
    assert broken
    assert 'data-pr-slot="first"' in broken[0]
    assert missing
    assert 'data-pr-slot="second"' in missing[0]
    assert "broken by a test" in visitor.server.log


def test_the_other_slots_are_cancelled_if_the_page_fails(visitor: Visitor) -> None:
    """S44, B47: without an ``error`` the page is a 500, and its other slots need not go on."""
    visitor.close("first", "second")
    answer = visitor.get("/falls/")
    visitor.expect_arrival("first")
    visitor.expect_arrival("second")
    visitor.open("first")
    visitor.expect_arrival("second-cancelled")
    assert answer.status == 500


# --- What a request brings along ---


GERMAN = {"Accept-Language": "de", "X-Time-Zone": "Asia/Tokyo", "X-Name": "Ada"}
IN_GERMAN = {"day": "Montag", "time": "21:00", "who": "Ada de Asia/Tokyo"}
FRENCH = {"Accept-Language": "fr", "X-Time-Zone": "America/New_York", "X-Name": "Bell"}
IN_FRENCH = {"day": "lundi", "time": "07:00", "who": "Bell fr America/New_York"}
ALL = ["home", "first", "second"]


@only("views", VIEWS)
@only("delivery", ["at-once", "deferred", "streamed"])
def test_each_slot_is_in_the_language_and_time_zone_of_its_request(
    visitor: Visitor, delivery: str, views: str
) -> None:
    """S43, B47: language, time zone and context variables are the page's, whenever a slot comes.

    Also where another visitor is served meanwhile, and though middleware has set them back by then.
    """
    visitor.close("first", "second")
    german = visitor.get(f"/{delivery}/{views}/", GERMAN)
    if delivery == "deferred":
        page = german.rest()
        german = visitor.refresh(page, "first", "second", headers=GERMAN)
    elif delivery == "streamed":
        german.until(ARRIVED)
    visitor.expect_arrival("first")

    other = Visitor(visitor.server)
    french = other.get(f"/{delivery}/{views}/", FRENCH).rest()
    if delivery == "deferred":
        french += other.refresh(french, "first", "second", headers=FRENCH).rest()
    other.leave()
    assert {says(name, **IN_FRENCH) for name in ALL} <= set(paragraphs(french))

    visitor.open("first", "second")
    page = german.rest() if delivery != "deferred" else page + german.rest()
    assert {says(name, **IN_GERMAN) for name in ALL} == set(paragraphs(page)) - {"loading"}


# --- Databases ---


@only("delivery", ["at-once", "deferred", "streamed"])
def test_no_database_connection_is_left_over(
    visitor: Visitor, postgresql: dict[str, Any], delivery: str
) -> None:
    """B47: whatever thread a slot ran in, its connection is closed with the request."""
    answers = [visitor.get(f"/{delivery}/{views}/") for views in VIEWS * 5]
    for answer in answers:
        page = answer.rest()
        assert answer.status == 200
        if delivery == "deferred":
            visitor.refresh(page, "first", "second").rest()
    until(
        lambda: not connections_of(visitor, postgresql),
        lambda: f"no connection is left: {connections_of(visitor, postgresql)}",
    )


@only("delivery", ["at-once", "streamed"])
def test_a_client_that_disconnects_leaves_no_database_connection(
    visitor: Visitor, postgresql: dict[str, Any], delivery: str
) -> None:
    """B47: nor is one left of a page that nobody has waited for."""
    for views in VIEWS:
        visitor.close("first", "second")
        answer = visitor.get(f"/{delivery}/{views}/")
        visitor.expect_arrival("first")
        assert connections_of(visitor, postgresql)
        answer.leave()
        visitor.open("first", "second")
    until(
        lambda: not connections_of(visitor, postgresql),
        lambda: f"no connection is left: {connections_of(visitor, postgresql)}",
    )


def connections_of(visitor: Visitor, database: dict[str, Any]) -> list[Any]:
    """What a server's database connections did last."""
    with psycopg.connect(host=database["HOST"], user=database["USER"]) as connection:
        query = "SELECT state, query FROM pg_stat_activity WHERE application_name = %s"
        return connection.execute(query, [visitor.kind.name]).fetchall()
