"""What the inspector gets, only with ``DEBUG``: in an element of a page, or in a header."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.views.generic import View

from django_parallel_routes import slot, slots
from django_parallel_routes.instrumentation.reports import (
    INSPECTION,
    MAX_INSPECTION,
    inspection_of,
    source_of_view,
)
from django_parallel_routes.matches import TemplateView
from django_parallel_routes.request.details import details_of
from tests.window import Window, layout, serve

PAGE = "<html><head>{% parallel_routes_script %}</head><body>{% slot %}{% slot 'side' %}</body></html>"
ELEMENT = re.compile(r'<script type="application/json" data-pr-inspection>(.*?)</script>')


def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse("home")


def refuses(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def shows(request: HttpRequest, x: str) -> HttpResponse:
    return HttpResponse("x")


class Side(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse("side")


def site(settings: Any, page: str = PAGE, **more: Any) -> Window:
    settings.DEBUG = True
    routes = [path("x/", Side.as_view(), name="x")]
    return serve(
        settings,
        slots(
            "",
            layout=layout(page),
            children=[
                path("", home, name="home"),
                slots("in/", layout=layout(), children=[path("", home)]),
            ],
            side=slot([path("", include((routes, "app"), namespace="one"))], default=home),
            **more,
        ),
        client=Client(raise_request_exception=False),
    )


def on_page(response: Any) -> dict[str, Any]:
    [text] = ELEMENT.findall(response.content.decode())
    return json.loads(text)


def test_a_page_says_what_each_slot_shows_and_why(settings: Any) -> None:
    """B70: name, route, variant, the view's file and line, the words of ``--explain``, bytes and time."""
    said = on_page(site(settings, hidden=slot([path("", home)], default=None)).hard("/"))
    assert (said["kind"], said["why"]) == ("page", "a hard load")
    root, children, side, hidden = said["slots"]
    assert (root["slot"], root["why"]) == ("", "the root layout")
    line = home.__code__.co_firstlineno
    assert children["at"] == f"tests/instrumentation/test_reports.py:{line}"
    assert {name: children[name] for name in ("slot", "does", "variant", "route", "bytes")} == {
        "slot": "children",
        "does": "page",
        "variant": "page",
        "route": "home",
        "bytes": len("home"),
    }
    assert (children["why"], children["queries"]) == ("its route '' matches", 0)
    assert children["ms"] >= 0
    assert (side["does"], side["why"]) == ("default", "nothing in it matches")
    assert "route" not in side
    assert (hidden["does"], hidden["why"]) == ("hidden", "its layout does not print it")
    assert "view" not in hidden


def test_a_slot_with_a_layout_names_the_layout(settings: Any) -> None:
    _, children, inner, _ = on_page(site(settings).hard("/in/"))["slots"]
    assert (children["slot"], children["variant"]) == ("children", "layout")
    assert children["at"].startswith("tests/window.py:")
    assert (inner["slot"], inner["bytes"]) == ("children.children", len("home"))


def test_a_soft_response_says_what_changes_and_what_is_kept(settings: Any) -> None:
    window = site(settings)
    window.hard("/")
    said = json.loads(window.soft("/x/")[INSPECTION])
    assert said["why"] == "a soft navigation"
    children, side = said["slots"]
    assert (children["does"], children["why"]) == ("keep", "nothing in it matches")
    assert (side["does"], side["route"]) == ("page", "one:x")
    assert side["at"].startswith("tests/instrumentation/test_reports.py:")


def test_the_report_says_what_a_view_has_done_instead(settings: Any) -> None:
    settings.DEBUG = True
    error = "django_parallel_routes/error.html"
    side = slot([], default=refuses, error=error)
    window = serve(settings, slots("", layout=layout(PAGE), children=[path("", home)], side=side))
    [_, _, said] = on_page(window.hard("/"))["slots"]
    assert said["at"].startswith("tests/instrumentation/test_reports.py:")
    assert said["outcome"] == "PermissionDenied, error state"
    assert said["bytes"] > 100


def test_without_debug_nothing_is_said(settings: Any) -> None:
    """Pages in production don't even name the file of the inspector."""
    window = site(settings)
    settings.DEBUG = False
    page = window.hard("/").content.decode()
    assert "inspect" not in page
    assert INSPECTION not in window.soft("/x/")


def test_the_tag_turns_the_inspector_off(settings: Any) -> None:
    page = PAGE.replace("script %}", "script inspector=False %}")
    assert "inspect" not in site(settings, page).hard("/").content.decode()


def test_html_in_a_url_does_not_end_the_element(settings: Any) -> None:
    settings.DEBUG = True
    window = serve(
        settings,
        slots(
            "",
            layout=layout(PAGE),
            children=[path("<path:x>", shows, name="x")],
            side=slot([], default=home),
        ),
    )
    _, children, _ = on_page(window.hard("/%3C%2Fscript%3E/?</script>"))["slots"]
    assert children["route"] == "x"


def test_slots_that_do_not_fit_into_the_header_are_left_out(settings: Any) -> None:
    response = site(settings).hard("/")
    details = details_of(response.wsgi_request)
    short = json.loads(inspection_of(details, max_length=400))
    assert short["left_out"] + len(short["slots"]) == 3
    assert len(inspection_of(details)) <= MAX_INSPECTION
    assert inspection_of(details, max_length=1).endswith('"left_out":3}')


class Unhashable:
    """An object without a hash, such as a dataclass with ``__call__()``."""

    __hash__ = None  # type: ignore[assignment]

    def __call__(self, request: Any) -> None: ...


@pytest.mark.parametrize(
    ("view", "place"),
    [
        (
            partial(home),
            f"tests/instrumentation/test_reports.py:{home.__code__.co_firstlineno}",
        ),
        (TemplateView("no/such.html"), ""),
        (
            TemplateView("django_parallel_routes/modal.html"),
            "django_parallel_routes/templates/django_parallel_routes/modal.html",
        ),
        (len, ""),
        (Unhashable(), ""),
    ],
)
def test_a_view_is_named_with_its_file_and_line(view: Any, place: str) -> None:
    assert source_of_view(view).endswith(place)
    assert bool(source_of_view(view)) == bool(place)


def test_a_file_outside_of_the_import_path_is_shown_with_its_whole_path() -> None:
    code: dict[str, Any] = {}
    exec(compile("def view(request): pass", "/nowhere/at/all.py", "exec"), code)
    assert source_of_view(code["view"]) in ("", "/nowhere/at/all.py:1")
