"""``manage.py slots --explain`` says what a URL shows, and why."""

from __future__ import annotations

from functools import wraps
from typing import Any

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.core.management import CommandError
from django.http import HttpRequest, HttpResponse
from django.test.utils import override_script_prefix
from django.urls import include, path
from django.utils.translation import get_language

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.explain.explanation import explain_plan
from django_parallel_routes.planning.plan import Plan
from django_parallel_routes.values import replace
from tests.support.decorated_includes import decorating
from tests.support.planned_sites import tree
from tests.support.slots_command import does, explain, fired, run
from tests.views import says
from tests.window import Pages, layout, serve


def test_a_hard_load(gallery: Pages) -> None:
    """S10: late slots say how they come. Layouts run, pages don't."""
    said = explain("/g/in/feed/?page=2")
    assert said["answer"]["kind"] == "page"
    assert said["url"] == said["answer"]["url"] == "/g/in/feed/?page=2"
    assert does(said) == {
        "children": "page",
        "side": "default",
        "side.children": "default",
        "modal": "empty",
    }
    assert said["slots"][0]["why"] == "its route 'g/in/feed/' matches"
    inner = said["slots"][2]
    assert (inner["arrives"], inner["loading"]) == ("streamed", "tests.window.loading")
    assert gallery.called == ["layout", "other tabs"]


def test_an_interception(gallery: Pages) -> None:
    """S22, B30: what fires, and who is asked first."""
    said = explain("/photo/7/", "--from", "/g/in/feed/")
    assert said["answer"]["kind"] == "slots"
    assert said["how"] == "a soft visit from /g/in/feed/"
    assert does(said)["modal"] == "intercepted"
    assert said["checked"] == ["tests.window.photo for /photo/7/"]
    assert said["views"] == ["tests.window.frame", "tests.window.lightbox"]
    assert fired(said) == [
        (
            "modal",
            True,
            "the visit is soft, the slot is on screen and an origin of it lies beneath",
        ),
        ("modal", False, "another slots() with a slot 'modal' is on screen, but not this one"),
    ]


def test_a_background_that_fails(settings: Any, pages: Pages) -> None:
    def broken(request: HttpRequest) -> str:
        raise LookupError("no photo")

    modal = slot([intercept("photo", pages("lightbox"), background=broken)], default=None)
    routes = [path("photo/", pages("photo"), name="photo")]
    serve(settings, slots("", layout=layout(), children=routes, modal=modal))
    said = explain("/photo/")
    assert said["answer"]["sentence"] == "A 500: LookupError: no photo."


def test_a_404_names_the_slot_to_blame(settings: Any, pages: Pages) -> None:
    """S3: "404, decided before anything renders"."""
    children, side = [path("", pages("home"))], [path("", pages("s")), path("x/", pages("x"))]
    serve(
        settings,
        slots(
            "",
            layout=pages.layout("layout", "{% slot %}{% slot 'side' %}"),
            children=children,
            side=side,
        ),
    )
    said = explain("/x/")
    assert said["answer"]["kind"] == "missing"
    assert said["answer"]["sentence"] == "A 404: neither a page nor a default for slot 'children'."
    assert does(said) == {"children": "missing", "side": "page"}
    assert (said["views"], pages.called) == ([], [])
    assert "children  missing: nothing in it matches, and it has no default" in run(
        "--explain", "/x/"
    )
    said = explain("/x/", "--from", "/")
    assert does(said) == {"children": "keep", "side": "page"}


def test_a_url_that_resolves_to_nothing(gallery: Pages) -> None:
    assert explain("/g/no")["answer"]["sentence"] == "A 404: no route matches /g/no."
    said = explain("/g/side")
    assert said["answer"]["sentence"] == "No page: CommonMiddleware responds with 301 to /g/side/."
    way = explain("/g/side/", "--from", "/nowhere/")
    assert way["how"] == "a hard load"
    assert way["notes"] == [
        "At /nowhere/: A 404: no route matches /nowhere/.",
        "There are no slots on screen at /nowhere/: this is a hard load.",
    ]


def test_a_url_outside_of_slots(gallery: Pages) -> None:
    said = explain("/photo/7/")
    assert said["answer"]["sentence"] == (
        "The view tests.window.photo responds alone: the URL is outside of every slots()."
    )
    assert said["views"] == ["tests.window.photo"]


def test_a_slots_in_a_decorated_include(settings: Any) -> None:
    site = slots("", layout=layout(), children=[path("", says("home"))])

    def wrapping(view: Any) -> Any:
        return wraps(view)(lambda *args, **kwargs: view(*args, **kwargs))

    serve(settings, decorating(path("a/", include([site])), wrapping))
    said = explain("/a/")
    assert said["answer"]["sentence"] == "A full page: a hard load."
    assert does(said) == {"children": "page"}


def test_a_walk_of_several_visits(gallery: Pages) -> None:
    """With several ``--from``: a hard load of the first, then soft visits, as the browser makes them."""
    said = explain("/g/in/note/", "--from", "/g/in/feed/", "--from", "/g/side/")
    assert said["how"] == "a soft visit from /g/side/?slot.children=in/feed/"
    kept = [row for row in said["slots"] if row["action"] == "keep"]
    assert [(row["address"], row["url"]) for row in kept] == [("modal", "/g/in/feed/")]
    outside = explain("/g/in/note/", "--from", "/g/in/feed/", "--from", "/nowhere/")
    assert outside["how"] == "a hard load"
    assert outside["notes"][0] == "At /nowhere/: A 404: no route matches /nowhere/."


def test_a_soft_visit_to_another_layout_is_a_document(settings: Any, pages: Pages) -> None:
    """S17: "a URL outside the mounted root layout … is a full document load"."""
    serve(
        settings,
        slots("a/", layout=layout(), children=[path("", pages("a"))]),
        slots("b/", layout=layout(), children=[path("", pages("b"))]),
    )
    said = explain("/b/", "--from", "/a/")
    assert said["answer"]["sentence"] == (
        "No slots, the browser loads the document: another layout is on screen."
    )
    there = explain("/b/", "--from", "/a/", "--from", "/b/")
    assert (there["how"], there["notes"][:-1]) == ("a soft visit from /b/", [])


@pytest.mark.parametrize(
    "url",
    ["https://example.com/g/in/feed/?a=ü#top", "//example.com/g/in/feed/?a=ü", "g/in/feed/?a=ü"],
)
def test_urls_may_be_absolute_or_lack_the_slash(gallery: Pages, url: str) -> None:
    said = explain(url)
    assert said["url"] == "/g/in/feed/?a=%C3%BC"
    assert said["answer"]["kind"] == "page"


@pytest.mark.parametrize("url", ["http://[::1", "/\udcff/"])
def test_an_invalid_url_is_an_error(gallery: Pages, url: str) -> None:
    with pytest.raises(CommandError, match="A URL is not valid: "):
        explain(url)
    with pytest.raises(CommandError, match="A URL is not valid: "):
        explain("/", "--from", url)


@override_script_prefix("/app/")  # as django.setup() does
def test_a_script_prefix_and_hosts(settings: Any, pages: Pages) -> None:
    """URLs copied from the browser, or from the URLconf."""
    seen = []

    def look(request: HttpRequest) -> HttpResponse:
        seen.append(request.get_host())
        return layout()(request)

    settings.FORCE_SCRIPT_NAME, settings.ALLOWED_HOSTS = "/app", ["*", ".example.com"]
    serve(
        settings, slots("g/", layout=look, children=[path("", pages("g")), path("x/", pages("x"))])
    )
    for url in ("/app/g/", "/g/"):
        said = explain(url)
        assert (said["url"], said["answer"]["kind"]) == ("/app/g/", "page")
    said = explain("/app/g/x/", "--from", "/app/g/")
    assert (does(said), said["answer"]["url"]) == ({"children": "page"}, "/app/g/x/")
    assert seen[0] == "example.com"
    assert explain("https://evil.com/app/g/")["notes"] == []
    assert seen[-1] == "example.com"
    settings.ALLOWED_HOSTS = []
    settings.DEBUG = True
    assert explain("/app/g/")["notes"] == []
    assert seen[-1] == "localhost"


def test_prefixes_of_languages(settings: Any, pages: Pages) -> None:
    languages = []

    def look(request: HttpRequest) -> HttpResponse:
        languages.append((get_language(), request.LANGUAGE_CODE))
        return layout()(request)

    serve(settings, *i18n_patterns(slots("d/", layout=look, children=[path("", pages("d"))])))
    assert explain("/de/d/")["answer"]["kind"] == "missing"  # without LocaleMiddleware
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.middleware.locale.LocaleMiddleware"]
    assert explain("/de/d/")["answer"]["kind"] == "page"
    assert explain("/en/d/")["answer"]["kind"] == "page"
    assert languages == [("de", "de"), ("en", "en")]


def test_the_address_bar_may_show_another_url_than_that_of_the_request() -> None:
    """B19: a link changes the query of its slot alone, "with or without a change of the address bar"."""
    plan = Plan("slots", "a soft navigation", *tree("/d/"), url="/d/a/")
    assert explain_plan(plan).url == "/d/a/"
    assert explain_plan(replace(plan, url="stay")).url == ""
