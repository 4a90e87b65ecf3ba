"""What a client says costs no more than a page does: calls are counted here, not seconds (B53)."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.http import HttpRequest
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.client.exchange import state_header
from django_parallel_routes.request import details
from django_parallel_routes.request.details import MAX_PATHS, resolve_path
from tests.views import says
from tests.window import HEADER, Pages, Window, layout, serve

FORGED = "0123456789abcdef"


@pytest.fixture
def resolved(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each path has been resolved, but for those of the requests themselves."""
    counted: Counter[str] = Counter()
    resolve = details.resolve

    def counting(path: str, urlconf: Any) -> Any:
        counted[path] += 1
        return resolve(path, urlconf)

    monkeypatch.setattr(details, "resolve", counting)
    return counted


def wall(settings: Any, rules: int = 60) -> Window:
    """A page with a modal for photos, one rule for each of many pages to come from."""
    routes = [
        path(f"r{number}/", says(f"r{number}"), name=f"r{number}") for number in range(rules)
    ]
    return serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'side' %}{% slot 'modal' %}"),
            children=slot(
                [path("", says("home"), name="home"), path("t/", says("t"), name="t"), *routes],
                default=says("d"),
            ),
            side=slot([path("s/<int:id>/", says("side {id}"), name="side")], default=None),
            modal=slot(
                [
                    intercept("t", says(f"m{number}"), origin=f"r{number}")
                    for number in range(rules)
                ],
                default=None,
            ),
        ),
    )


def forged(number: int) -> dict[str, list[str]]:
    """Slots that nobody has printed, each at a URL of its own."""
    return {f"a{one}": ["page", f"/r{one}/", FORGED] for one in range(number)}


def test_a_url_is_resolved_once_whatever_the_number_of_rules(
    settings: Any, resolved: Counter[str]
) -> None:
    """B53: 3 kB of slots and 60 rules with origin= had 3,300 look-ups."""
    window = wall(settings)
    window.hard("/r59/")
    resolved.clear()
    mounted = {**forged(50), **window.mounted}
    state = {"intent": "navigate", "slots": mounted, "current_url": "/r59/", "origin": "/r59/"}
    window.send("/t/", state)
    assert set(resolved.values()) == {1}
    assert len(resolved) <= MAX_PATHS


def test_a_route_that_nothing_intercepts_is_the_only_one_that_is_looked_at(
    settings: Any, resolved: Counter[str]
) -> None:
    """S22: what the slots on screen may intercept is asked only for a route that some rule names."""
    window = wall(settings, rules=2)
    window.hard("/r0/")
    resolved.clear()
    window.soft("/r1/")
    assert (window.changed, window.shows["children"]) == (["children"], "r1")
    assert not resolved


def test_a_page_beneath_counts_if_its_key_proves_it(settings: Any) -> None:
    """S22, B53: an origin that the client makes up opens no modal."""
    window = wall(settings, rules=2)
    window.hard("/r1/")
    window.soft("/t/")
    assert (window.changed, window.shows["modal"]) == (["modal"], "m1")
    window.hard("/s/7/")
    state = {"current_url": "/s/7/", "origin": "/s/7/", "intent": "navigate"}
    window.send("/t/", {**state, "slots": {**window.mounted, **forged(2)}})
    assert window.changed == ["children"]
    # Nor does one that has been printed at another address.
    window.hard("/r1/")
    (_, src, key), *_ = window.mounted.values()
    moved = {**window.mounted, "children": ["default", src, key], "side": ["page", src, key]}
    window.send("/t/", {**state, "slots": moved})
    assert "modal" not in window.changed


@pytest.mark.parametrize("ask", ["restore", "refresh", "navigate"])
def test_no_more_urls_are_resolved_than_a_page_has(
    settings: Any, resolved: Counter[str], ask: str
) -> None:
    """B53: "bounded": the answer is a document, or what can be had."""
    window = wall(settings, rules=60)
    window.hard("/r1/")
    resolved.clear()
    many = forged(55)
    state: dict[str, Any] = {"intent": ask, "slots": {**window.mounted, **many}}
    if ask == "restore":
        state = {"intent": ask, "slots": {}, "restore": {**many, **window.mounted}}
    if ask == "refresh":
        state["refresh"] = [*many]
    response = window.client.get(
        "/t/", headers={"HX-Request": "true", HEADER: state_header(state)}
    )
    assert response.status_code in (200, 204)
    assert set(resolved.values()) <= {1}
    assert len(resolved) <= MAX_PATHS


def test_a_restored_modal_looks_for_its_origin_once(settings: Any, resolved: Counter[str]) -> None:
    """S33, B53: likewise for the pages that were beneath what a history entry has open."""
    window = wall(settings)
    window.hard("/r59/")
    window.soft("/t/")
    entry = window.entry
    window.soft("/s/7/")
    assert window.shows["modal"] == ""
    resolved.clear()
    window.restore(entry)
    assert window.shows["modal"] == "m59"
    assert set(resolved.values()) == {1}


def test_a_path_is_not_resolved_beyond_the_bound(settings: Any, resolved: Counter[str]) -> None:
    """B53: whatever asks for it, and also if there is nothing at the path."""
    serve(settings, path("<int:id>/", Pages()("page")))
    request = HttpRequest()
    request.path = request.path_info = "/"
    found = [resolve_path(request, f"/{number}/") for number in range(MAX_PATHS + 5)]
    assert [match is not None for match in found] == [True] * MAX_PATHS + [False] * 5
    assert resolve_path(request, "/0/") is found[0]
    assert len(resolved) == MAX_PATHS
