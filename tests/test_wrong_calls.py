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
from django_parallel_routes.wrong_calls import calling_line, explains_wrong_calls
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
            "slots('', 'layout.html'): 'layout.html' has no name; give options by name: "
            'layout=\'layout.html\'. Example: slots("", layout="base.html", children=[...]).',
        ),
        (lambda: slots("", CHILDREN, layout="a.html"), "name the slot that it is for: children="),  # type: ignore[misc]
        (
            lambda: slots("", layuot="a.html"),
            "layout is missing; write layout= instead of layuot=",
        ),  # type: ignore[call-arg]
        (
            lambda: slots("", layout="a.html", name="shop"),  # type: ignore[arg-type]
            "slot 'name': got 'shop', but each name that slots() does not know is a slot; give a list of",
        ),
        (lambda: slot("team", CHILDREN), "give the list alone; slots() names the slot"),  # type: ignore[arg-type,misc]
        (lambda: slot(*CHILDREN, path("b/", says("b"))), "put all routes into one list"),  # type: ignore[arg-type,misc]
        (lambda: one((CHILDREN[0],)), "write its items into the outer list"),
        (
            lambda: slots("", layout="a.html", children=intercept("a")),  # type: ignore[arg-type]
            "slot 'children': got intercept('a') alone; put it in a list: [...]",
        ),
        (
            lambda: slots("", layout=one(CHILDREN[0]), children=CHILDREN),
            "slots(''): layout: got slots(''); give a template",
        ),
        (
            lambda: one(path("x/", one(CHILDREN[0]))),
            "item 1 is a path() whose view is slots(''); write slots() without path(): it takes the prefix",
        ),
        (
            lambda: [one(CHILDREN[0])(CHILDREN[0])],
            "is called as a function; write a comma after it",
        ),
        (
            lambda: slot(CHILDREN).check(),
            "slot([<URLPattern ''>]) is no route, but stands among routes; give it "
            "a name in slots(): children=slot([<URLPattern ''>]).",
        ),
        (
            lambda: slots("", "a.html", layout="b.html", remember="url"),  # type: ignore[misc]
            "'a.html' is one argument too many; leave it out",
        ),
        (lambda: slots(""), "slots(''): layout is missing; give it. Example: slots("),  # type: ignore[call-arg]
        (lambda: slots(), "slots(): route and layout are missing; give them"),  # type: ignore[call-arg]
        (
            lambda: slots("", layout="a.html", children=CHILDREN, default=None),
            "slots(''): slot 'default': default is an option of slot(), not of slots(); "
            "write children=slot([...], default=…).",
        ),
        (lambda: slot(), "slot(): patterns is missing"),  # type: ignore[call-arg]
        (lambda: slot([], "tabs.html"), "slot([], 'tabs.html'): 'tabs.html' has no name"),  # type: ignore[misc]
        (
            lambda: slot([], lodaing="a.html"),
            "no option lodaing; write loading= instead of lodaing=. Example: slot(",
        ),  # type: ignore[call-arg]
        (
            lambda: slot([], zoom=1),
            "no option zoom; the options are layout, default, default_layout",
        ),  # type: ignore[call-arg]
        (lambda: slot([], patterns=[]), "slot([]): multiple values for argument 'patterns'"),  # type: ignore[misc]
        (lambda: slot(["x" * 50], 1), "slot(['xxx"),  # type: ignore[misc]
        (lambda: intercept(), "intercept(): route is missing; give it. Example: intercept("),  # type: ignore[call-arg]
        (
            lambda: intercept("a", "a.html", ["b"]),
            "['b'] has no name; give options by name: origin=['b']",
        ),  # type: ignore[misc]
        (
            lambda: one("home/"),
            "item 1 is 'home/'; give path(), re_path(), slots() or intercept().",
        ),
        *(
            (
                lambda call=call: call(),
                "the first argument is no URL prefix; for one slot, write slot([<URLPattern ''>]); for "
                "several, give a prefix first, and name the slot: children=[<URLPattern ''>]",
            )
            for call in (
                lambda: slots(CHILDREN),  # type: ignore[arg-type,call-arg]
                lambda: slots(CHILDREN[0]),  # type: ignore[arg-type,call-arg]
                lambda: slots(CHILDREN, layout="a.html"),  # type: ignore[arg-type]
                lambda: slots(CHILDREN, default=None),  # type: ignore[arg-type,call-arg]
            )
        ),
        (lambda: slots(include((CHILDREN, "shop"))), 'write slot([path("", include(...))])'),  # type: ignore[arg-type,call-arg]
        (
            lambda: slots(slot(CHILDREN)),  # type: ignore[arg-type,call-arg]
            "is no URL prefix; give a prefix first, and name the slot: children=slot([<URLPattern ''>]). Ex",
        ),
        (lambda: slots(says("a"), layout="a.html"), "view; give a string, as for path()"),  # type: ignore[arg-type]
        (lambda: slots("", slot(CHILDREN), layout="a"), "children=slot([<URLPattern ''>])"),  # type: ignore[misc]
        (lambda: slots("", template="a.html"), "write layout= instead of template="),  # type: ignore[call-arg]
        (lambda: slot(routes=CHILDREN), "write the value of routes= first, without a name"),  # type: ignore[call-arg]
        (
            lambda: slot("", layout="a.html", children=CHILDREN),  # type: ignore[arg-type,call-arg]
            "slot(''): it declares one slot, but children is another; for several, write "
            'slots("", layout=..., children=[...]). Example',
        ),
        (lambda: slot([], opens="above"), "opens is an option of intercept(); write it there"),  # type: ignore[call-arg]
        (lambda: one(("a/", View.as_view())), 'write path("a/", View.as_view()).'),
        (lambda: one(View), 'item 1 is View; write path("", View.as_view()).'),
        (lambda: one("shop.urls"), 'write path("", include("shop.urls")).'),
        (lambda: one("views.home"), 'write path("", views.home).'),
        (
            lambda: slots("", layout="a.html", team="team/a.html"),  # type: ignore[arg-type]
            'write team=[path("", TemplateView.as_view(template_name="team/a.html"))].',
        ),
        (
            lambda: slots("", layout="a.html", team=include((CHILDREN, "shop"))),  # type: ignore[arg-type]
            'got include(...); write [path("", include(...))].',
        ),
        (
            lambda: slots("", layout="a.html", children={}),  # type: ignore[arg-type]
            "got {}; give a list of path(), re_path() and slots(), or a slot().",
        ),
        (
            lambda: slots("", layout="a.html", children=slot(CHILDREN, default="")),
            "default: got ''; for an empty slot, give None.",
        ),
        (
            lambda: slots("", layout=CHILDREN[0], children=CHILDREN),  # type: ignore[arg-type]
            "layout: got <URLPattern ''>; give its view alone.",
        ),
        (
            lambda: intercept("photo", origin=says("a")),  # type: ignore[arg-type]
            'view; give the name of a path(), such as "gallery:photo".',
        ),
        (lambda: intercept("photo", origin=["feed", "/"]), "the origin is a URL; give the name"),
        (lambda: intercept("photos/<int:pk>/"), "the route is a URL; give the name"),
        (lambda: intercept("/photos/1/"), "the route is a URL; give the name of a path()"),
        (
            lambda: one(slot([])),
            "item 1 is slot([]); name it instead",
        ),
        (
            lambda: intercept("home").check(),
            "intercept('home') is no route, but stands among routes; put it into a slot of a ",
        ),
        (
            lambda: slots("", layout="a.html", children=slot(CHILDREN, test_func=slot([]))),  # type: ignore[arg-type]
            "slot 'children': test_func is slot([]); give a plain function, such as",
        ),
        (
            lambda: intercept("a", "a.html", background=intercept("b")),  # type: ignore[arg-type]
            "the background is intercept('b'); give the name of a path(), or a function",
        ),
        (lambda: iter(slots("", layout="a.html", children=CHILDREN)), "write [slots(...)]"),
    ],
)
def test_a_wrong_call_says_what_to_write(call: Any, sentence: str) -> None:
    with pytest.raises(ImproperlyConfigured) as raised:
        call()
    assert sentence in str(raised.value)


def test_a_wrong_call_says_where_it_is() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^tests/test_wrong_calls\.py, line \d+: slot"):
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
    assert calling_line(0).startswith(f"{__file__}, line ")


def test_an_interception_among_routes_says_where_it_belongs(settings: Any) -> None:
    window = serve(settings, intercept("home"))
    for look in (lambda: window.hard("/"), run_checks):
        with pytest.raises(ImproperlyConfigured, match="put it into a slot") as raised:
            look()
        assert "modal=slot([intercept('home')], default=None)" in str(raised.value)


@pytest.mark.parametrize(
    ("wrong", "remedy"),
    [
        (slots("", layout="a.html", children=CHILDREN), "write slots() without path()"),
        (slot(CHILDREN), "give it a name in slots(): children=slot("),
        (intercept("home"), "put it into a slot of a slots()"),
    ],
)
def test_a_path_around_what_is_no_view_says_what_to_write(
    settings: Any, wrong: Any, remedy: str
) -> None:
    """When it is requested, and by ``manage.py check``."""
    window = serve(settings, path("shop/", wrong))
    with pytest.raises(ImproperlyConfigured, match="its view is") as raised:
        window.hard("/shop/")
    assert remedy in str(raised.value)
    [message] = [one for one in run_checks() if one.id == "parallel_routes.E002"]
    assert message.msg == f"urlpatterns: the view of /shop/ is {wrong!r}."
    assert remedy[1:] in str(message.hint)
    included = path("in/", include([path("x/", wrong)]))
    serve(settings, slots("", layout="a.html", children=[*CHILDREN, included]))
    [message] = [one for one in run_checks() if one.id == "parallel_routes.E002"]
    assert message.msg == f"slots(''): slot 'children': the view of /in/x/ is {wrong!r}."
    assert "test_wrong_calls.py, line" in str(message.obj)


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


def test_wrong_calls_of_refresh() -> None:
    for wrong in ("team", ["team"]):
        with pytest.raises(ValueError, match="its first argument is the request"):
            refresh(wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"got \['team'\]: give the name of a slot"):
        refresh(HttpRequest(), ["team"])  # type: ignore[arg-type]
    with pytest.raises(ImproperlyConfigured, match="request is missing; give it"):
        refresh()  # type: ignore[call-arg]
