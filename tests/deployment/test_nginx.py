"""A real nginx with a cache never gives one user's page to another (B52, B71)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support import nginx
from tests.support.servers import SERVERS, Server, serving
from tests.window import HEADER

ADA, BOB = {"Cookie": "who=ada"}, {"Cookie": "who=bob"}


@pytest.fixture(scope="module")
def front(tmp_path_factory: Any) -> Iterator[Server]:
    """nginx, in front of a server with pages on which some parts permit to be cached."""
    if not (program := nginx.program()):
        pytest.skip(nginx.NOT_THERE)
    name = str(tmp_path_factory.mktemp("behind") / "db.sqlite3")
    environ = {
        "DJANGO_SETTINGS_MODULE": "tests.served.settings",
        "TEST_SERVED_DATABASE": json.dumps({"ENGINE": "django.db.backends.sqlite3", "NAME": name}),
    }
    with (
        serving(SERVERS["gunicorn"], environ) as server,
        nginx.in_front_of(server, program) as front,
    ):
        yield front


def asked_twice(front: Server, path: str, more: dict[str, str] | None = None) -> tuple[str, str]:
    """Ask as Ada, then as Bob; return Bob's page, and whether it came from the cache."""
    ada = front.get(path, {**ADA, **(more or {})})
    assert "for ada" in ada.rest()
    assert ada.status == 200
    bob = front.get(path, {**BOB, **(more or {})})
    return bob.rest(), str(bob.headers["X-Cache"])


HEADERS = ["X-Accel-Expires", "Cache-Control", "Expires"]


@pytest.mark.parametrize("name", HEADERS)
@pytest.mark.parametrize("who", ["layout", "children", "all-but-one"])
def test_a_header_of_one_part_does_not_permit_caching(front: Server, name: str, who: str) -> None:
    """``X-Accel-Expires: 600`` of one view must not make another user's private part cacheable."""
    page, cached = asked_twice(front, f"/cached/{who}/{name}/")
    assert "for bob" in page
    assert "for ada" not in page
    assert cached == "MISS"


@pytest.mark.parametrize("name", HEADERS[:2])
def test_a_page_that_all_parts_permit_is_cached_but_not_for_clicks(
    front: Server, name: str
) -> None:
    """B52: so the cache is at work; and ``Vary`` keeps a page and the answer to a click apart."""
    page, cached = asked_twice(front, f"/cached/all/{name}/")
    assert "for ada" in page
    assert cached == "HIT"
    state = json.dumps({"intent": "navigate", "slots": {}})
    soft = front.get(f"/cached/all/{name}/", {**BOB, HEADER: state, "HX-Request": "true"})
    assert soft.rest() == "", "A click got a page that was made for a document"
    assert soft.headers["HX-Redirect"] == f"/cached/all/{name}/"
