"""Wrong calls of ``slots()``, ``slot()`` and ``intercept()`` get a sentence that says what to write."""

from __future__ import annotations

import inspect
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.urls import include, path
from django.views import View

from django_parallel_routes import intercept, refresh, slot, slots
from django_parallel_routes.validation import calling_line, explains_wrong_calls
from tests.views import says
from tests.window import layout, serve

CHILDREN = [path("", says("home"))]


def one(item: Any) -> Any:
    return slots("", layout="a.html", children=[item])


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: slots("", "layout.html"),  # type: ignore[misc]
            "slots('', 'layout.html'): too many positional arguments; options are given by name: "
            'layout, remember. Example: slots("", layout="base.html", children=[...]).',
        ),
        (
            lambda: slots("", CHILDREN, layout="a.html"),
            "too many positional arguments; options are",
        ),  # type: ignore[misc]
        (lambda: slots(""), "options are given by name: layout, remember. Example: slots("),  # type: ignore[call-arg]
        (lambda: slots(CHILDREN), "slots([<URLPattern ''>]): missing a required "),  # type: ignore[arg-type,call-arg]
        (lambda: slots("", layuot="a.html"), "write layout= instead of layuot=. Example: slots("),  # type: ignore[call-arg]
        (
            lambda: slots("", template="a"),
            "argument: 'layout'; options are given by name: layout",
        ),  # type: ignore[call-arg]
        (
            lambda: slots("", layout="a.html", children=CHILDREN, default=None),
            "slots(''): slot 'default': default is an option of slot(), not of slots(); "
            "write children=slot([...], default=…).",
        ),
        (lambda: slot(), "slot(): missing a required argument: 'patterns'; options are given by"),  # type: ignore[call-arg]
        (lambda: slot([], "tabs.html"), "slot([], 'tabs.html'): too many positional arguments"),  # type: ignore[misc]
        (
            lambda: slot([], lodaing="a.html"),  # type: ignore[call-arg]
            "keyword argument 'lodaing'; write loading= instead of lodaing=. Example: slot(",
        ),
        (
            lambda: slot([], zoom=1),  # type: ignore[call-arg]
            "keyword argument 'zoom'; options are given by name: layout, default, default_layout",
        ),
        (lambda: slot([], opens="above"), "opens is an option of intercept(). Example: slot(["),  # type: ignore[call-arg]
        (
            lambda: slot([], patterns=[]),
            "slot([]): multiple values for argument 'patterns'; options",
        ),  # type: ignore[misc]
        (lambda: slot(["x" * 50], 1), "slot(['xxx"),  # type: ignore[misc]
        (lambda: intercept(), "intercept(): missing a required argument: 'route'; options are"),  # type: ignore[call-arg]
        (
            lambda: slots(View.as_view(), layout="a.html"),
            "the route is View.as_view(); give a string",
        ),  # type: ignore[arg-type]
        (
            lambda: one((CHILDREN[0],)),
            "item 1 is (<URLPattern ''>,); give only path(), re_path()",
        ),
        (
            lambda: one(View),
            "item 1 is View; give only path(), re_path(), slots() and intercept().",
        ),
        (
            lambda: slots("", layout="a.html", children=intercept("a")),  # type: ignore[arg-type]
            "slot 'children': got intercept('a'); give a list of path(), re_path(), slots() and ",
        ),
        (
            lambda: slots("", layout=one(CHILDREN[0]), children=CHILDREN),
            "slots(''): layout: got slots(''); give a template",
        ),
        (
            lambda: slots("", layout="a.html", team=include((CHILDREN, "shop"))),  # type: ignore[arg-type]
            'got include(...); write [path("", include(...))].',
        ),
        (
            lambda: intercept("photo", origin=says("a")),  # type: ignore[arg-type]
            "view; give the name of a path().",
        ),
        (
            lambda: slots("", layout="a.html", children=slot(CHILDREN, test_func=slot([]))),  # type: ignore[arg-type]
            "slot 'children': test_func is slot([]); give a plain function of the request, such as",
        ),
        (
            lambda: slots("", layout="a.html", children=slot(CHILDREN, test_func=lambda: True)),  # type: ignore[arg-type,misc]
            "<lambda>; give a plain function of the request, such as",
        ),
        (
            lambda: intercept("a", "a.html", background=intercept("b")),  # type: ignore[arg-type]
            "the background is intercept('b'); give the name of a path(), or a function.",
        ),
        (lambda: iter(slots("", layout="a.html", children=CHILDREN)), "write [slots(...)]"),
    ],
)
def test_a_wrong_call_says_what_to_write(call: Any, sentence: str) -> None:
    with pytest.raises(ImproperlyConfigured) as raised:
        call()
    assert sentence in str(raised.value)


def test_a_wrong_call_says_where_it_is() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^tests/test_validation\.py, line \d+: slot"):
        slots(CHILDREN)  # type: ignore[arg-type,call-arg]


def test_an_error_in_a_right_call_stays_what_it_is() -> None:
    @explains_wrong_calls("add(1)")
    def add(value: Any) -> Any:
        return value + 1

    with pytest.raises(TypeError, match="NoneType"):
        add(None)
    assert add(1) == 2


def test_a_slot_may_have_the_name_of_an_option(settings: Any) -> None:
    tree = slots("", layout=layout('{% slot "error" %}'), error=CHILDREN)
    assert serve(settings, tree).hard("/").status_code == 200


def test_urlpatterns_must_be_a_list(settings: Any) -> None:
    urlconf = ModuleType("urlconf")
    urlconf.urlpatterns = slots("", layout=layout(), children=CHILDREN)  # type: ignore[attr-defined]
    with pytest.raises(ImproperlyConfigured, match="one pattern, not a list"):
        serve(settings, path("", (urlconf, None, None))).hard("/")


def test_the_debug_404_of_a_missing_default_says_where_to_add_it(settings: Any) -> None:
    """S3: it names the slot, the line of the URLconf, and the option."""
    settings.DEBUG = True
    line = inspect.currentframe().f_lineno  # type: ignore[union-attr]
    tree = slots(
        "",
        layout="layout.html",
        children=[path("a/", says("a"))],
        team=slot([path("b/", says("b"))]),
    )
    window = serve(settings, tree)
    here = Path(__file__).relative_to(Path.cwd())
    text = " ".join(window.hard("/a/").content.decode().split())
    assert "@team has neither a page for this URL nor a default." in text
    assert (
        f"In {here}, line {line + 5}, add one: team=slot([...], default=views.something)" in text
    )
    text = " ".join(window.hard("/b/").content.decode().split())
    assert f"In {here}, line {line + 1}, add one: children=slot([...], default=" in text
    assert "@team has" not in text


def test_a_file_elsewhere_is_named_in_full(monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert calling_line().startswith(f"{__file__}, line ")


@pytest.mark.parametrize("wrong", [slot(CHILDREN), intercept("home")])
def test_what_is_no_route_is_refused_among_routes(settings: Any, wrong: Any) -> None:
    """By Django itself: by a check in a URLconf, and by an exception in a ``path()``."""
    serve(settings, wrong)
    [message] = [one for one in run_checks() if one.id == "urls.E004"]
    assert repr(wrong) in message.msg
    for view in (wrong, one(CHILDREN[0])):
        with pytest.raises(TypeError, match="view must be a callable"):
            path("shop/", view)


def test_a_variable_without_a_value_is_no_name_of_a_slot(settings: Any) -> None:
    window = serve(settings, slots("", layout=layout("{% slot team %}"), children=CHILDREN))
    with pytest.raises(ImproperlyConfigured, match="put the name in quotes"):
        window.hard("/")


@pytest.mark.parametrize("what", ["a page", None])
def test_the_error_names_the_view_that_returned_no_response(settings: Any, what: Any) -> None:
    def page(request: HttpRequest) -> Any:
        return what

    window = serve(settings, slots("", layout=layout(), children=[path("", page)]))
    with pytest.raises(ValueError, match="page") as raised:
        window.hard("/")
    assert "HttpResponse" in str(raised.value)


def test_validation_of_refresh() -> None:
    for wrong in ("team", ["team"]):
        with pytest.raises(ValueError, match="its first argument is the request"):
            refresh(wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"got \['team'\]: give the name of a slot"):
        refresh(HttpRequest(), ["team"])  # type: ignore[arg-type]
