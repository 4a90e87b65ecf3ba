"""``load()``, ``visit()`` and the other navigations of ``SlotClient``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import path

from django_parallel_routes import slots
from tests.support.slot_clients import HOME, says, shown
from tests.window import layout, serve


def test_a_visit_changes_what_the_url_is_for(site: Any) -> None:
    """S13: as the script does."""
    site.load("/")
    site.visit("/other/")
    assert shown(site) == {"children": "other More", "side": "side of /other/"}
    assert site.screen.changed == ("children", "side")
    assert site.screen.requests == ("soft GET /other/",)
    assert (site.screen.title, site.screen.url) == ("Other", "/other/")
    assert site.history == ["/", "/other/"]


def test_a_visit_may_be_for_one_slot(site: Any) -> None:
    """B19"""
    site.load("/")
    site.visit("/other/", slot="side")
    assert shown(site) == {"children": "home", "side": "side of /other/"}
    assert site.response.asgi_request if hasattr(site, "client") else site.response.wsgi_request


@pytest.mark.parametrize(
    ("history", "entries", "url"),
    [
        ("push", ["/", "/other/"], "/other/"),
        ("replace", ["/other/"], "/other/"),
        (False, ["/"], "/"),
    ],
)
def test_a_visit_says_what_becomes_of_the_history(
    site: Any, history: Any, entries: list[str], url: str
) -> None:
    site.load("/")
    site.visit("/other/", history=history)
    assert (site.history, site.screen.url) == (entries, url)


def test_a_visit_is_intercepted_unless_it_wants_the_page(site: Any) -> None:
    """S22, S24"""
    site.load("/")
    site.visit("/photo/1/")
    site.assert_open("modal", "modal 1")
    site.visit("/photo/1/", intercept=False)
    assert shown(site)["children"] == "photo 1"
    site.assert_closed("modal")


def test_in_a_slot_urls_are_relative_to_its_own(site: Any) -> None:
    site.load("/")
    site.visit("/photo/1/")
    site.visit("../2/", inside="modal.children")
    assert site.screen["modal.children"].url == "/photo/2/"
    site.click("Next")
    assert site.screen.url == "/photo/2/"
    site.visit("/other/", intercept=False)
    site.click("More")
    assert site.screen.url == "/other/?page=2"


def test_another_layout_is_a_document(site: Any) -> None:
    """S17"""
    site.load("/")
    site.visit("/plain/")
    assert site.screen.requests == ("soft GET /plain/", "hard GET /plain/")
    assert not site.screen.slots
    site.click("home")
    assert site.screen.requests == ("hard GET /",)
    assert site.history == ["/", "/plain/", "/"]


def test_redirects_are_followed(site: Any) -> None:
    site.load("/")
    site.visit("/out/")
    assert site.screen.requests == ("soft GET /out/", "soft GET /other/")
    assert site.screen.url == "/other/"
    site.load("/out/")
    assert site.screen.requests == ("hard GET /out/", "hard GET /other/")
    assert site.history == ["/", "/other/"]


def test_a_hash_is_a_place_on_the_page(site: Any) -> None:
    site.load("/")
    site.click("Top")
    assert site.screen.requests == ()
    assert site.history == ["/", "/#top"]
    assert site.explain() == "The last step was a click on 'Top' from /."
    site.back()
    assert site.screen.url == "/"
    assert site.screen.requests == ()
    site.visit("/other/#there")
    assert site.screen.url == "/other/#there"
    site.load("/plain/#a")
    site.load("/plain/#a")
    site.visit("#b")
    site.back()
    assert site.screen.requests == ()
    assert site.history == ["/", "/other/#there", "/plain/#a", "/plain/#b"]


def test_other_sites_are_left_to_browsers(site: Any) -> None:
    site.load("/")
    site.click("Elsewhere")
    assert site.screen.url == "/x"
    assert site.screen.requests == ()
    assert site.screen.text == ""
    site.back()
    assert shown(site) == HOME


def test_without_the_script_all_is_a_document(settings: Any, make: Callable[..., Any]) -> None:
    serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}"),
            children=[
                path("", says("home <form method=post action=/a/><button>Go</button></form>")),
                path("a/", says("a {path}")),
            ],
        ),
    )
    client = make()
    client.load("/")
    client.visit("/a/")
    assert client.screen.requests == ("hard GET /a/",)
    assert not client.screen.has_script
    assert "has no {% parallel_routes_script %}, so all is a document" in client.explain()
    client.back()
    client.submit_form()
    assert client.screen.requests == ("hard POST /a/",)
    client.reload()
    client.back()
    assert shown(client) == {"children": "home Go"}
    client.reload()
    assert shown(client) == {"children": "home Go"}
