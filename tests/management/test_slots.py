"""``manage.py slots``: the tree, and explanations as somebody reads them."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import include, path, re_path
from django.utils.translation import get_language

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.declarations import name_of
from tests.window import HEADER, Pages, layout, serve

DOCS = Path(__file__).resolve().parents[2] / "docs/reference/command.md"


def run(*args: str, encoding: str = "utf-8", **options: Any) -> str:
    """What the command prints."""
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    call_command("slots", *args, stdout=out, no_color=True, **options)
    out.seek(0)
    return out.read()


def explain(*args: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(run("--json", "--explain", *args))
    return said


def does(said: dict[str, Any]) -> dict[str, str]:
    return {row["address"]: row["action"] for row in said["slots"]}


def fired(said: dict[str, Any]) -> list[tuple[str, bool, str]]:
    return [(one["slot"], one["fires"], one["why"]) for one in said["interceptions"]]


# --- the tree ---


@pytest.fixture
def gallery(settings: Any, pages: Pages) -> Pages:
    """Two walls, whose photos are shown in modals; one photo has no ``slots()`` around it."""
    wall = slots(
        "wall/",
        layout=pages.layout("wall layout", "{% slot %}{% slot 'modal' %}"),
        children=[path("", pages("wall"), name="wall")],
        modal=slot([intercept("gallery:photo", pages("modal"), opens="above")], default=None),
    )
    inner = [
        re_path(r"^tag/(?P<tag>\w+)/$", pages("tag"), name="tag"),
        path("feed/", pages("feed"), name="feed"),
        path("note/", pages("note")),
        wall,
    ]
    serve(
        settings,
        path("photo/<int:id>/", include(([path("", pages("photo"), name="photo")], "gallery"))),
        path("plain/", pages("plain"), name="plain"),
        path("raw/", pages("raw"), name="raw"),
        slots(
            "g/",
            layout=pages.layout("layout", "{% slot %}{% slot 'side' %}{% slot 'modal' %}"),
            remember="url",
            children=[path("in/", include((inner, "pics"), namespace="here"))],
            side=slot(
                [path("side/", pages("side"))],
                default=pages("side default"),
                layout=pages.layout("tabs"),
                default_layout=pages.layout("other tabs"),
                unmatched="default",
                loading=pages("loading"),
                delivery="streamed",
                error="error.html",
                not_found="missing.html",
                test_func=lambda request: not request.user.is_superuser,
            ),
            modal=slot(
                [
                    intercept("gallery:photo", pages("lightbox"), origin=["here:feed"]),
                    intercept("raw", pages("raw modal"), background="here:feed"),
                    intercept("plain", pages("plain modal"), background=lambda request: None),
                ],
                layout=pages.layout("frame"),
                default_layout=None,
                default=None,
            ),
        ),
    )
    return pages


def test_the_tree_has_all_that_is_declared(gallery: Pages) -> None:
    """Issue 6: "the tree of segments, slots, routes, defaults, interceptions", full routes."""
    assert (
        run()
        == """\
slots /g/  layout tests.window.layout  remember=url
├─ children  no default: 404
│  ├─ /g/in/tag/(?P<tag>\\w+)/  here:tag  tests.window.tag
│  ├─ /g/in/feed/  here:feed  tests.window.feed
│  ├─ /g/in/note/  tests.window.note
│  └─ slots /g/in/wall/  layout tests.window.wall_layout  namespace here
│     ├─ children  no default: 404
│     │  └─ /g/in/wall/  here:wall  tests.window.wall
│     └─ modal  default empty
│        └─ intercepts gallery:photo
│                /photo/<int:id>/  by tests.window.modal  from /g/in/wall/  opens=above
├─ side
│  │    default tests.window.side_default  layout tests.window.tabs
│  │    default_layout tests.window.other_tabs  unmatched=default  loading=tests.window.loading
│  │    delivery=streamed  error=error.html  not_found=missing.html
│  │    test_func=tests.management.test_slots.gallery.<locals>.<lambda>
│  └─ /g/side/  tests.window.side
└─ modal  default empty  layout tests.window.frame
   ├─ intercepts gallery:photo
   │       /photo/<int:id>/  by tests.window.lightbox  from /g/  origin=here:feed
   ├─ intercepts raw  /raw/  by tests.window.raw_modal  from /g/  background=here:feed
   └─ intercepts plain
           /plain/  by tests.window.plain_modal  from /g/
           background=tests.management.test_slots.gallery.<locals>.<lambda>
Outside every slots(), but intercepted:
  /photo/<int:id>/  gallery:photo  tests.window.photo
  /plain/  plain  tests.window.plain
  /raw/  raw  tests.window.raw
"""
    )
    assert gallery.called == []


def test_the_tree_names_the_route_of_a_default(settings: Any) -> None:
    """B39: with and without a layout of the default's own."""
    tickets = [path("tickets/", Pages()("tickets"), name="tickets")]
    options: dict[str, Any]
    for options in ({}, {"default_layout": layout()}):
        side = slot(tickets, default="tickets", **options)
        serve(
            settings, slots("", layout=layout(), children=[path("", Pages()("home"))], side=side)
        )
        assert "side  default route 'tickets'" in run()


def test_the_tree_is_legible_where_a_stream_has_no_boxes(gallery: Pages) -> None:
    lines = run("wall", encoding="ascii").splitlines()
    assert lines[1:3] == ["`- children  no default: 404", "   `- slots /g/in/wall/  "
                          "layout tests.window.wall_layout  namespace here"]  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "routes"),
    [
        ("/g/in/wall", ["/g/in/wall/"]),
        ("g/in/feed/", ["/g/in/feed/"]),
        ("plain", ["/plain/"]),  # a route's name
        ("here:wall", ["/g/in/wall/"]),
        ("side", ["/g/side/"]),  # a slot's
        ("gallery", ["/photo/<int:id>/"]),  # a namespace
        ("raw", ["/raw/"]),
    ],
)
def test_the_tree_can_be_filtered(gallery: Pages, wanted: str, routes: list[str]) -> None:
    """By a prefix of routes, or the name of a route, a slot, a namespace."""
    found = run(wanted)
    assert (
        re.findall(r"^(?!.*intercepts)[│├└─ ]*(/\S*)  (?=\S+:|tests|plain|raw)", found, re.M)
        == routes
    )


def test_a_filter_that_finds_nothing_says_so(gallery: Pages) -> None:
    with pytest.raises(CommandError, match=r"no slots\(\) in the URLconf for 'nowhere'"):
        run("nowhere")
    with pytest.raises(CommandError, match="for 'nowhere'"):
        run("nowhere", "--json")


def test_a_project_without_slots_says_so(settings: Any) -> None:
    serve(settings, path("", lambda request: HttpResponse()))
    with pytest.raises(CommandError, match=r"There is no slots\(\) in the URLconf\."):
        run()


def test_the_tree_for_programs(gallery: Pages) -> None:
    found = json.loads(run("--json"))
    (segment,) = found["segments"]
    children, side, modal = segment["slots"]
    assert (segment["route"], segment["layout"]) == ("g/", "tests.window.layout")
    assert children["inside"][0]["route"] == "g/in/wall/"
    assert side["options"]["delivery"] == "streamed"
    assert modal["interceptions"][0]["targets"][0]["route"] == "photo/<int:id>/"
    assert [route["names"] for route in found["outside"]] == [
        ["gallery:photo"],
        ["plain"],
        ["raw"],
    ]


def test_a_rule_that_names_nothing_is_seen_in_the_tree(settings: Any, pages: Pages) -> None:
    modal = slot([intercept("no", pages("x"))], default=None)
    serve(settings, slots("", layout=layout(), children=[path("", pages("home"))], modal=modal))
    assert "intercepts no  the name of no route!" in run()


def test_colours_are_those_of_the_command(gallery: Pages) -> None:
    out = io.StringIO()
    call_command("slots", stdout=out, force_color=True)
    assert "\x1b[" in out.getvalue()
    assert "\x1b[" not in run()


def test_options_of_explanations_need_a_url(gallery: Pages) -> None:
    with pytest.raises(CommandError, match="--from needs --explain URL"):
        run("--from", "/g/")
    with pytest.raises(CommandError, match="--no-intercept needs --explain URL"):
        run("--no-intercept")


def test_names_of_views() -> None:
    """Of classes, templates, partials, instances: what one would look for."""
    from functools import partial

    from django.views.generic import TemplateView

    from django_parallel_routes.declarations import TemplateView as Bare

    class Callable:
        def __call__(self, request: HttpRequest) -> None: ...

    assert name_of(TemplateView.as_view()) == "django.views.generic.base.TemplateView"
    assert name_of(Bare("a.html")) == "a.html"
    assert name_of(partial(partial(redirect, "/"))) == "django.shortcuts.redirect"
    assert name_of(Callable()) == f"{__name__}.test_names_of_views.<locals>.Callable"


# --- explanations ---


def test_a_hard_load(gallery: Pages) -> None:
    """S10; what comes later says how; pages are not run, layouts are."""
    said = explain("/g/in/feed/?page=2")
    assert said["answer"]["kind"] == "page"
    assert said["url"] == said["answer"]["url"] == "/g/in/feed/?page=2"
    assert does(said) == {
        "children": "page",
        "side": "default",
        "side.children": "default",
        "modal": "empty",
    }
    assert said["slots"][0]["why"] == r"'g/in/feed/' matches"
    inner = said["slots"][2]
    assert (inner["arrives"], inner["loading"]) == ("streamed", "tests.window.loading")
    assert gallery.called == ["layout", "other tabs"]


def test_an_interception(gallery: Pages) -> None:
    """S22, B30: what fires, and who is asked first."""
    said = explain("/photo/7/", "--from", "/g/in/feed/")
    assert said["answer"]["kind"] == "slots"
    assert said["how"] == "a soft visit from /g/in/feed/"
    assert does(said)["modal"] == "intercepted"
    assert said["checked"] == [{"view": "tests.window.photo", "url": "/photo/7/"}]
    assert said["views"] == ["tests.window.frame", "tests.window.lightbox"]
    assert fired(said) == [
        (
            "modal",
            True,
            "the visit is soft, the slot is on screen and an origin of it lies beneath",
        ),
        ("modal", False, "this slots() is not on screen; another one has a slot 'modal', too"),
    ]


def test_why_did_my_modal_not_open(gallery: Pages, settings: Any) -> None:
    """Issue 6: "one asks, and gets the reason"."""
    hard = explain("/photo/7/")
    assert hard["answer"]["kind"] == "view"
    assert {why for _, _, why in fired(hard)} == {"a hard load is not intercepted"}

    beneath = explain("/photo/7/", "--from", "/g/in/note/")
    assert beneath["answer"]["kind"] == "document"
    assert fired(beneath)[0] == ("modal", False, "origin='here:feed' is not what lies beneath")

    same = explain("/photo/7/", "--from", "/g/in/feed/", "--from", "/photo/7/")
    assert fired(same)[0] == ("modal", False, "the browser is on this very URL already")

    unwanted = explain("/photo/7/", "--from", "/g/in/feed/", "--no-intercept")
    assert fired(unwanted)[0] == ("modal", False, 'the link has data-pr-intercept="false"')

    named = explain("/photo/7/", "--from", "/g/in/feed/", "--only", "side")
    assert fired(named)[0] == ("modal", False, "the link names the slot 'side'")

    deeper = explain("/photo/7/", "--from", "/g/in/feed/", "--from", "/g/in/wall/")
    assert [(slot, fires) for slot, fires, _ in fired(deeper)] == [
        ("children.modal", True),
        ("modal", False),
    ]

    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "parallel_routes" not in name]
    missing = explain("/photo/7/", "--from", "/g/in/feed/")
    assert fired(missing)[0][2] == (
        "ParallelRoutesMiddleware is not installed, and the route is outside every slots()"
    )


def test_a_page_that_one_is_on_is_not_intercepted(settings: Any, pages: Pages) -> None:
    """S27: "a navigation to exactly the URL one is on is not intercepted"."""
    modal = slot([intercept("photo", pages("lightbox"))], default=None)
    routes = [path("photo/", pages("photo"), name="photo"), path("", pages("home"))]
    serve(
        settings,
        slots("", layout=layout("{% slot %}{% slot 'modal' %}"), children=routes, modal=modal),
    )
    said = explain("/photo/", "--from", "/photo/")
    assert does(said) == {"children": "page", "modal": "keep"}
    assert fired(said) == [("modal", False, "the browser is on this very URL already")]
    kinds = {
        "refresh": "a refresh shows again what is on screen",
        "restore": "Back or Forward restores the screen as it was",
    }
    for ask, why in kinds.items():
        state = json.dumps({"intent": ask, "slots": {"modal": ["empty", "/", "0" * 16]}})
        assert fired(explain("/photo/", "--state", state)) == [("modal", False, why)]
    state = json.dumps({"intent": "slot", "slots": {}})
    assert (
        fired(explain("/photo/", "--state", state))[0][2]
        == "the request does not come from inside what it shows"
    )
    form = explain("/photo/", "--from", "/", "--post")
    assert fired(form)[0][2] == "the request does not come from inside what it shows"


def test_a_slot_that_is_not_printed_intercepts_nothing(settings: Any, pages: Pages) -> None:
    """S46: conditional slots are "not executed", and are not on screen."""
    modal = slot([intercept("photo", pages("lightbox"))], default=None)
    routes = [path("photo/", pages("photo"), name="photo"), path("", pages("home"))]
    serve(settings, slots("", layout=pages.layout("layout"), children=routes, modal=modal))
    said = explain("/photo/", "--from", "/")
    assert fired(said) == [("modal", False, "the slot 'modal' is not on screen")]
    hard = explain("/photo/")
    assert hard["slots"][1]["why"] == "its layout does not print it"
    assert hard["views"] == ["tests.window.layout", "tests.window.photo"]
    assert set(pages.called) == {"layout"}


def test_the_first_of_several_interceptions_wins(settings: Any, pages: Pages) -> None:
    """S22: "in the order in which they are printed"."""
    routes = [path("photo/", pages("photo"), name="photo"), path("", pages("home"))]
    one, two = (slot([intercept("photo", pages(n))], default=None) for n in ("one", "two"))
    printed = layout("{% slot %}{% slot 'one' %}{% slot 'two' %}")
    serve(settings, slots("", layout=printed, children=routes, one=one, two=two))
    assert fired(explain("/photo/", "--from", "/")) == [
        ("one", True, "the visit is soft, the slot is on screen"),
        ("two", False, "another one comes first: the deepest slot, then the order of declaration"),
    ]


def test_a_route_that_no_rule_names(gallery: Pages, settings: Any, pages: Pages) -> None:
    said = explain("/g/in/feed/", "--from", "/g/in/note/")
    assert said["notes"] == ["No intercept() names this route: here:feed, pics:feed."]
    said = explain("/g/in/note/", "--from", "/g/in/feed/")
    assert said["notes"] == ["The route has no name, so no intercept() can name it."]


def test_a_background(gallery: Pages) -> None:
    """B31: over a declared page; one that is none is the page itself."""
    said = explain("/raw/")
    assert said["answer"]["why"] == "its background is /g/in/feed/"
    assert fired(said) == [("modal", True, "also on a hard load, since it has a background")]
    assert said["notes"] == ["Where the background can't be shown, the page of the URL itself is."]
    none = explain("/plain/")
    assert none["answer"]["kind"] == "view"
    assert (
        fired(none)[0][2]
        == "a hard load, and its background has no URL, or does not show this slot"
    )
    assert does(explain("/g/in/note/", "--from", "/raw/"))["modal"] == "empty"


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


def test_a_url_that_resolves_to_nothing(gallery: Pages, settings: Any) -> None:
    """What was tried is shown, as on the debug 404 page."""
    said = explain("/g/side")
    assert said["answer"]["sentence"] == "A 404: no route matches /g/side."
    assert said["tried"][0] == "/photo/<int:id>/"
    assert r"/g/in/tag/(?P<tag>\w+)/$ in children" in explain("/g/in/")["tried"]
    assert said["tried"][-1] == "/g/side/ in side.children"
    assert said["notes"] == [
        "One matches with a slash at its end: CommonMiddleware redirects there."
    ]
    assert explain("/g/nothing")["notes"] == []
    settings.APPEND_SLASH = False
    assert explain("/g/side")["notes"] == []
    way = explain("/g/side/", "--from", "/nowhere/")
    assert way["how"] == "a hard load"
    assert way["notes"] == [
        "At /nowhere/: A 404: no route matches /nowhere/.",
        "There are no slots on screen at /nowhere/: this is a hard load.",
    ]


def test_a_url_outside_of_slots(gallery: Pages) -> None:
    said = explain("/photo/7/")
    assert said["answer"]["sentence"] == (
        "The view tests.window.photo alone, as without slots: the URL is outside of every slots()."
    )
    assert said["views"] == ["tests.window.photo"]
    asked = json.dumps({"intent": "refresh", "slots": {}, "refresh": ["side"]})
    said = explain("/photo/7/", "--state", asked)
    assert said["answer"]["sentence"] == (
        "No slots, the browser loads the document: the slots can't be had."
    )


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
    assert does(explain("/b/", "--from", "/a/", "--from", "/b/")) == {"children": "page"}


@pytest.mark.parametrize(
    "url",
    ["https://example.com/g/in/feed/?a=ü#top", "//example.com/g/in/feed/?a=ü", "g/in/feed/?a=ü"],
)
def test_urls_as_one_has_them_at_hand(gallery: Pages, url: str) -> None:
    said = explain(url)
    assert said["url"] == "/g/in/feed/?a=%C3%BC"
    assert said["answer"]["kind"] == "page"


@pytest.mark.parametrize("url", ["http://[::1", "/\udcff/"])
def test_what_is_no_url_is_said_to_be_none(gallery: Pages, url: str) -> None:
    with pytest.raises(CommandError, match="is no URL: "):
        explain(url)
    with pytest.raises(CommandError, match="is no URL: "):
        explain("/", "--from", url)


def test_a_script_prefix_and_hosts(settings: Any, pages: Pages) -> None:
    """URLs as they are in the browser, and as they are in the URLconf."""
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
    settings.ALLOWED_HOSTS = ["localhost", "shop.example.com"]
    for host, expected in (("shop.example.com", "shop.example.com"), ("evil.com", "localhost")):
        assert explain(f"https://{host}/app/g/")["notes"] == []
        assert seen[-1] == expected
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
    assert explain("/de/d/")["answer"]["kind"] == "unresolved"  # without LocaleMiddleware
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.middleware.locale.LocaleMiddleware"]
    assert explain("/de/d/")["answer"]["kind"] == "page"
    assert explain("/en/d/")["answer"]["kind"] == "page"
    assert languages == [("de", "de"), ("en", "en")]


# --- the state ---


def test_a_state_is_taken_as_one_has_it(
    gallery: Pages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copied from the browser, from a file, from standard input."""
    window = serve_again(gallery)
    state = json.dumps({"intent": "navigate", "slots": window})
    expected = explain("/g/in/note/", "--state", state)
    assert expected["how"] == "a soft visit, from the screen of the state"
    assert does(expected)["children"] == "page"
    assert explain("/g/in/note/", "--state", f" {HEADER}: {state}\n") == expected
    # Browsers show the names of headers in small letters.
    assert explain("/g/in/note/", "--state", f"{HEADER.lower()}: {state}") == expected
    file = tmp_path / "state.json"
    file.write_text(f"{state}\n")
    assert explain("/g/in/note/", "--state", str(file)) == expected
    monkeypatch.setattr("sys.stdin", io.StringIO(state))
    assert explain("/g/in/note/", "--state", "-") == expected
    with pytest.raises(CommandError, match=r"--state is neither JSON nor a file: .*no-such-file"):
        explain("/g/in/note/", "--state", "no-such-file")
    assert explain("/g/in/note/", "--state", "[]")["answer"]["kind"] == "page"


def serve_again(gallery: Pages) -> dict[str, list[str]]:
    """What is on screen at ``/g/in/feed/``."""
    from tests.window import Window

    window = Window()
    window.hard("/g/in/feed/?slots=inline")
    return window.mounted


def test_a_malformed_state_says_what_is_wrong_with_it(gallery: Pages) -> None:
    """B53: it "falls back to a full load, never to a 500"."""
    said = explain("/g/in/feed/", "--state", '{"intent": "fly"}')
    assert said["answer"]["kind"] == "page"
    assert said["notes"][0] == (
        "The state is malformed (no object with a known 'intent'): "
        "the server answers as if there were none."
    )


@pytest.mark.django_db
def test_a_state_of_another_user(settings: Any, pages: Pages) -> None:
    """S46: what a layout has printed for a user holds for him."""
    get_user_model().objects.create(username="anna", is_staff=True)
    printed = "{% if request.user.is_staff %}{% slot 'admin' %}{% endif %}{% slot %}"
    routes = [path("", pages("home")), path("x/", pages("x"))]
    admin = slot([path("x/", pages("admin"))], default=None)
    window = serve(
        settings, slots("", layout=pages.layout("layout", printed), children=routes, admin=admin)
    )
    assert does(explain("/")) == {"children": "page", "admin": "hidden"}
    assert does(explain("/", "--user", "anna")) == {"children": "page", "admin": "empty"}
    assert does(explain("/x/", "--from", "/", "--user", "anna")) == {
        "children": "page",
        "admin": "page",
    }
    window.hard("/")
    state = json.dumps({"intent": "navigate", "slots": window.mounted})
    assert does(explain("/x/", "--state", state)) == {"children": "page"}
    said = explain("/x/", "--state", state, "--user", "anna")
    assert said["answer"]["kind"] == "document"
    assert (
        "What is on screen was printed for another user or role: nothing of it counts."
        in said["notes"]
    )


def test_a_state_that_is_too_long_is_not_sent(settings: Any, pages: Pages) -> None:
    """B53: "bounded in size": the browser loads the document instead."""
    names = [f"a_slot_with_a_long_name_that_takes_its_place_{number}" for number in range(60)]
    printed = "{% slot %}" + "".join(f"{{% slot '{name}' %}}" for name in names)
    routes = [path("", pages("home")), path("x/", pages("x"))]
    serve(
        settings,
        slots(
            "",
            layout=layout(printed),
            children=routes,
            **{name: slot([], default=None) for name in names},
        ),
    )
    said = explain("/x/", "--from", "/", "--from", "/x/")
    assert said["how"] == "a hard load"
    assert "The state has more than 4096 bytes: this is a hard load." in said["notes"]


# --- users, middleware, layouts ---


@pytest.mark.django_db
def test_users_who_are_not_there(gallery: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="There is no user 'nobody'"):
        explain("/g/side/", "--user", "nobody")
    get_user_model().objects.create(username="gone", is_active=False)
    with pytest.raises(CommandError, match="'gone' is not active"):
        explain("/g/side/", "--user", "gone")

    for error in OperationalError("no such table"), ImproperlyConfigured("no DATABASES"):

        def broken(manager: Any, name: str, error: Exception = error) -> None:
            raise error

        monkeypatch.setattr(type(get_user_model()._default_manager), "get_by_natural_key", broken)
        with pytest.raises(CommandError, match=f"'anna' can't be looked up: {error}"):
            explain("/g/side/", "--user", "anna")


def test_a_project_without_users(gallery: Pages, settings: Any) -> None:
    settings.INSTALLED_APPS = [
        name
        for name in settings.INSTALLED_APPS
        if name.split(".")[-1] not in ("auth", "messages", "contenttypes", "tests")
    ]
    with pytest.raises(CommandError, match=r"--user needs django\.contrib\.auth"):
        explain("/g/side/", "--user", "anna")
    said = explain("/g/in/feed/")
    assert "test_func of the slot side raises AttributeError" in said["notes"][0]


def test_middleware_that_wants_a_login(settings: Any, pages: Pages) -> None:
    """B54: LoginRequiredMiddleware is asked, as the server asks it."""
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE,
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
    ]
    serve(
        settings,
        slots(
            "",
            layout=login_not_required(pages.layout("layout")),
            children=[path("", pages("home")), path("open/", login_not_required(pages("open")))],
        ),
    )
    said = explain("/")
    assert said["answer"]["sentence"] == (
        "No page: LoginRequiredMiddleware answers 302 to /accounts/login/?next=/."
    )
    assert pages.called == []
    assert explain("/open/")["answer"]["kind"] == "page"


@pytest.mark.parametrize("is_lazy", [True, False])
def test_a_layout_that_raises_counts_as_one_that_prints_all(
    settings: Any, pages: Pages, is_lazy: bool
) -> None:
    def broken(request: HttpRequest) -> HttpResponse:
        if is_lazy:
            return TemplateResponse(request, "no/such/template.html")
        raise AttributeError("'WSGIRequest' object has no attribute 'tenant'")

    side = slot([], default=pages("side"))
    serve(settings, slots("", layout=broken, children=[path("", pages("home"))], side=side))
    said = explain("/")
    assert does(said) == {"children": "page", "side": "default"}
    assert said["answer"]["kind"] == "failed"
    assert re.match(r"A 500: the layout tests\.\S*broken raises", said["answer"]["sentence"])
    assert re.match(r"The layout tests\.\S*broken raises \w+: .*; what is said", said["notes"][0])
    way = explain("/", "--from", "/")
    assert way["notes"][0].startswith("At /: The layout tests.")


def missing(request: HttpRequest) -> HttpResponse:
    raise Http404("No tenant")


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


@pytest.mark.parametrize(
    ("answer", "status", "sentence"),
    [
        (lambda request: redirect("/login/"), 302, "No page: … answers 302 to /login/."),
        (lambda request: HttpResponse("no", status=403), 403, "No page: … answers 403."),
        (forbidden, 403, "No page: … raises PermissionDenied."),
        (missing, 404, "A 404: … raises Http404: No tenant."),
    ],
)
def test_the_answer_of_a_layout_is_that_of_the_url(
    settings: Any, pages: Pages, answer: Any, status: int, sentence: str
) -> None:
    window = serve(settings, slots("", layout=answer, children=[path("", pages("home"))]))
    said = explain("/")
    found = re.sub(r"the layout \S+", "…", said["answer"]["sentence"])
    assert found == sentence
    assert said["answer"]["kind"] == {404: "missing"}.get(status, "refused")
    assert said["notes"][0].endswith("as if it printed all of its slots.")
    assert window.client.get("/").status_code == status
    assert run("--explain", "/").splitlines()[3].startswith(sentence[:6])


def test_a_layout_within_that_refuses_is_noted(settings: Any, pages: Pages) -> None:
    """An error state around it may be what is shown."""
    inner = slots("", layout=missing, children=[path("", pages("home"))])
    serve(settings, slots("", layout=layout(), children=slot([inner], error="x.html")))
    said = explain("/")
    assert said["answer"]["kind"] == "page"
    assert "raises Http404: No tenant" in said["notes"][0]


def test_a_layout_that_is_async(settings: Any, pages: Pages) -> None:
    async def show(request: HttpRequest) -> HttpResponse:
        user = await request.auser()
        return HttpResponse(user.is_anonymous and (await sync_to_async(layout())(request)).content)

    serve(settings, slots("", layout=show, children=[path("", pages("home"))]))
    assert (does(explain("/")), explain("/")["notes"]) == ({"children": "page"}, [])


def test_what_is_inside_of_a_slot_that_comes_later_does_so_too(
    settings: Any, pages: Pages
) -> None:
    """S43: a segment in a slot with ``loading`` is a part of what is waited for."""
    inner = slots("x/", layout=pages.layout("inner"), children=[path("", pages("x"))])
    children = slot([inner], loading=pages("loading"))
    serve(settings, slots("", layout=pages.layout("layout"), children=children))
    assert explain("/x/")["views"] == ["tests.window.layout", "tests.window.loading"]
    assert "'x/' matches; it comes later" in run("--explain", "/x/")
    assert set(pages.called) == {"layout"}


def test_a_layout_that_prints_a_slot_twice_is_a_500(settings: Any, pages: Pages) -> None:
    serve(
        settings,
        slots("", layout=layout("{% slot %}{% slot %}"), children=[path("", pages("home"))]),
    )
    said = explain("/")
    assert said["answer"]["sentence"].startswith("A 500: ImproperlyConfigured: The layout of")


@pytest.mark.django_db
def test_a_test_func_is_asked(settings: Any, pages: Pages) -> None:
    """S46: "a test on the slot"; one that fails is said to."""

    def broken(request: HttpRequest) -> bool:
        raise AttributeError("no profile")

    get_user_model().objects.create(username="anna", is_staff=True)
    printed = layout("{% slot %}{% slot 'staff' %}{% slot 'odd' %}")
    routes = [path("", pages("home")), path("x/", pages("x"))]
    staff = slot([], default=pages("staff"), test_func=lambda request: request.user.is_staff)
    odd = slot([], default=pages("odd"), test_func=broken, unmatched="refresh")
    serve(settings, slots("", layout=printed, children=routes, staff=staff, odd=odd))
    said = explain("/")
    assert does(said) == {"children": "page", "staff": "hidden", "odd": "default"}
    assert said["slots"][1]["why"] == "its test_func does not let the user see it"
    assert said["notes"] == [
        "test_func of the slot odd raises AttributeError: no profile; it is printed here."
    ]
    assert does(explain("/", "--user", "anna"))["staff"] == "default"
    softly = explain("/x/", "--from", "/")
    assert [note.partition(" raises")[0] for note in softly["notes"][:2]] == [
        "At /: test_func of the slot odd",
        "test_func of the slot odd",
    ]


def test_a_slot_on_screen_that_one_may_not_see_any_more(settings: Any, pages: Pages) -> None:
    """S46: then the document is loaded."""
    may = [True]
    routes = [path("", pages("home")), path("x/", pages("x"))]
    staff = slot([path("x/", pages("staff"))], default=None, test_func=lambda request: may[0])
    window = serve(
        settings,
        slots("", layout=layout("{% slot %}{% slot 'staff' %}"), children=routes, staff=staff),
    )
    window.hard("/")
    may.clear()
    may.append(False)
    state = {"intent": "navigate", "slots": window.mounted}
    said = explain("/x/", "--state", json.dumps(state))
    assert said["answer"]["why"] == "a slot on screen is one that this user may not see"
    assert said["views"] == []


# --- forms, and how they are told ---


def test_a_form(gallery: Pages) -> None:
    """B39: one view sees POST; which, is said first."""
    said = explain("/g/in/feed/", "--from", "/g/in/note/", "--post", "--inside", "children")
    assert said["method"] == "POST"
    assert said["answer"]["sentence"].startswith(
        "A form for the slot children. Unless its view redirects: 1 slot changes (children):"
    )
    assert said["answer"]["url"] == ""
    hard = explain("/g/in/feed/", "--post")
    assert hard["answer"]["sentence"].startswith(
        "A form for the slot children. Unless its view redirects: A full page"
    )


def test_a_form_for_a_slot_that_is_not_printed(settings: Any) -> None:
    pages = Pages()
    side = [path("", pages("home"))]
    serve(settings, slots("", layout=pages.layout("layout", "nothing"), side=side))
    said = explain("/", "--post")
    assert said["answer"]["sentence"] == "A 404: The layout does not print the slot 'side'."


def test_a_request_with_a_target_of_its_own(gallery: Pages) -> None:
    """B19: "that slot's page alone answers"."""
    state = {"intent": "slot", "source_slot": "children", "slots": serve_again(gallery)}
    said = explain("/g/in/note/", "--state", json.dumps(state))
    assert said["answer"]["sentence"] == (
        "The page of the slot children alone: a request with a target of its own."
    )


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--from", "/", "--state", "{}"], "Give either --from or --state"),
        (
            ["--only", "modal"],
            "--only, --inside and --no-intercept describe a link: add --from",
        ),
        (["--no-intercept"], "--no-intercept describe a link"),
        (["filter"], "Give either a filter for the tree, or --explain"),
    ],
)
def test_options_that_contradict_each_other(gallery: Pages, args: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        run("--explain", "/g/side/", *args)


def test_a_link_that_changes_the_query_of_its_slot_is_for_that_slot_alone(settings: Any) -> None:
    """B39: as the script has it."""
    pages = Pages()
    side = slot([path("", pages("side"))], default=None)
    printed = layout("{% slot %}{% slot 'side' %}")
    serve(settings, slots("", layout=printed, children=[path("", pages("home"))], side=side))
    link = ["/?page=2", "--from", "/"]
    assert does(explain(*link, "--inside", "side")) == {"children": "keep", "side": "page"}
    assert does(explain(*link)) == {"children": "page", "side": "page"}


def test_slots_that_are_not_on_screen_are_said_not_to_be(gallery: Pages) -> None:
    came = ["/g/in/feed/", "--from", "/g/in/feed/"]
    on_screen = list(does(explain(*came)))
    for option in "--only", "--inside":
        [note] = [one for one in explain(*came, option, "sdie")["notes"] if "sdie" in one]
        assert note.startswith(f"{option} sdie: this slot is not on screen at /g/in/feed/. Slots")
        assert all(address in note for address in on_screen)
        assert explain(*came, option, on_screen[0])["notes"] == explain(*came)["notes"]


# --- the page of the docs ---


@pytest.mark.django_db
@pytest.mark.urls("tests.urls.explained")
def test_what_the_docs_show_is_what_is_printed() -> None:
    """Each ``console`` block of docs/reference/command.md is run; ``UPDATE_DOCS=1`` writes it."""
    get_user_model().objects.create(username="anna", is_staff=True)
    block = re.compile(r"(```console\n\$ python manage\.py slots ?(.*)\n)[\s\S]*?```")

    def printed(found: re.Match[str]) -> str:
        return f"{found[1]}{run(*shlex.split(found[2])).strip()}\n```"

    text = DOCS.read_text()
    real = block.sub(printed, text)
    if os.environ.get("UPDATE_DOCS"):
        DOCS.write_text(real)
    assert DOCS.read_text() == real
    assert len(block.findall(text)) > 4


def test_lines_are_legible(gallery: Pages) -> None:
    """100 columns, as far as words allow it."""
    for text in (
        run(),
        run("--explain", "/photo/7/", "--from", "/g/in/feed/"),
        run("--explain", "/g/no"),
    ):
        assert max(map(len, text.splitlines())) <= 100
        assert not re.search(r" $", text, re.M)
