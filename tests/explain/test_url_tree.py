"""``manage.py slots`` prints the tree of a URLconf."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.declarations import name_of
from tests.support.slots_command import run
from tests.window import Pages, layout, serve


def test_the_tree_has_all_that_is_declared(gallery: Pages) -> None:
    """Issue 6: "the tree of segments, slots, routes, defaults, interceptions", full routes."""
    assert (
        run()
        == """\
slots /g/  layout tests.window.layout  remember=url
  children  no default: 404
    /g/in/tag/(?P<tag>\\w+)/  here:tag  tests.window.tag
    /g/in/feed/  here:feed  tests.window.feed
    /g/in/note/  tests.window.note
    slots /g/in/wall/  layout tests.window.wall_layout  namespace here
      children  no default: 404
        /g/in/wall/  here:wall  tests.window.wall
      modal  default empty
        intercepts gallery:photo  /photo/<int:id>/  by tests.window.modal  from /g/in/wall/
            opens=above
  side  default tests.window.side_default  layout tests.window.tabs  default_layout
      tests.window.other_tabs  unmatched=default  loading=tests.window.loading  delivery=streamed
      error=error.html  not_found=missing.html
      test_func=tests.support.slots_command.gallery.<locals>.<lambda>
    /g/side/  tests.window.side
  modal  default empty  layout tests.window.frame
    intercepts gallery:photo  /photo/<int:id>/  by tests.window.lightbox  from /g/  origin=here:feed
    intercepts raw  /raw/  by tests.window.raw_modal  from /g/  background=here:feed
    intercepts plain  /plain/  by tests.window.plain_modal  from /g/
        background=tests.support.slots_command.gallery.<locals>.<lambda>
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


@pytest.mark.parametrize(
    ("unmatched", "said"), [({}, ""), ({"unmatched": "keep"}, "  unmatched=keep")]
)
def test_the_tree_says_what_is_unusual_for_a_stock_modal(
    settings: Any, unmatched: dict[str, Any], said: str
) -> None:
    """B18: it closes by itself, without an interception."""
    modal = "django_parallel_routes/modal.html"
    login = slot([path("login/", Pages()("login"))], layout=modal, default=None, **unmatched)
    serve(settings, slots("", layout=layout(), children=[path("", Pages()("home"))], modal=login))
    assert f"modal  default empty  layout {modal}{said}\n" in run()


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
        re.findall(r"^(?!.*intercepts) *(/\S*)  (?=\S+:|tests|plain|raw)", found, re.M) == routes
    )


def test_a_filter_that_finds_nothing_says_so(gallery: Pages) -> None:
    with pytest.raises(CommandError, match=r"no slots\(\) in the URLconf for 'nowhere'"):
        run("nowhere")


def test_a_project_without_slots_says_so(settings: Any) -> None:
    serve(settings, path("", lambda request: HttpResponse()))
    with pytest.raises(CommandError, match=r"There is no slots\(\) in the URLconf\."):
        run()


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
    with pytest.raises(CommandError, match="--post needs --explain URL"):
        run("--post")


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
