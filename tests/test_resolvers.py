"""Which URLs exist, what they match, and that all that Django knows of URLs still holds (S1 to S8)."""

from __future__ import annotations

import ast
import inspect
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admindocs.views import extract_views_from_urlpatterns, simplify_regex
from django.core.checks.urls import check_url_config
from django.core.management import call_command
from django.urls import (
    Resolver404,
    ResolverMatch,
    URLPattern,
    URLResolver,
    get_resolver,
    include,
    path,
    re_path,
    resolve,
    reverse,
)
from django.urls.resolvers import LocalePrefixPattern, RegexPattern, RoutePattern

from django_parallel_routes import resolvers, slot, slots
from tests.support.converters import matched
from tests.window import HEADER, Pages, layout, serve

# --- S1, S2, S3: which URLs exist ---


def test_a_page_in_any_slot_makes_a_url_and_a_default_never_does(settings: Any) -> None:
    """S1, S2: "A page in *any* slot makes a URL exist; a default never does"; no slot is in the URL."""
    pages = Pages()
    serve(
        settings,
        slots(
            "d/",
            layout="l.html",
            children=slot([path("", pages("home"))], default=pages("children_default")),
            team=slot([path("team/", pages("team"))], default=pages("team_default")),
        ),
    )
    assert matched("/d/") == "home"
    assert matched("/d/", "team") is None
    assert matched("/d/team/", "team") == "team"
    for url in ("/d/default/", "/d/children/", "/d/team/default/", "/d/@team/", "/d/team/team/"):
        with pytest.raises(Resolver404):
            resolve(url)


@pytest.mark.parametrize("default", ["unset", None, "view"])
def test_a_hard_load_needs_a_page_or_default_for_every_slot(settings: Any, default: Any) -> None:
    """S3, S10: "Otherwise 404, decided before anything renders"; with a default, even None, it is 200."""
    pages = Pages()
    options = {} if default == "unset" else {"default": default and pages("default")}
    window = serve(
        settings,
        slots(
            "d/",
            layout=pages.layout("layout", "{% slot %}{% slot 'team' %}"),
            children=[path("", pages("home")), path("a/", pages("a"))],
            team=slot([path("", pages("team"))], **options),
        ),
    )
    assert window.hard("/d/").status_code == 200
    pages.forget()
    assert window.hard("/d/a/").status_code == (404 if default == "unset" else 200)
    if default == "unset":
        assert pages.called == []
    else:
        assert window.shows == {"children": "a", "team": (default and "default") or ""}


def test_every_layout_on_the_branch_counts(settings: Any) -> None:
    """S3: "only if every slot owned by every layout on the branch has a page or a default"."""
    pages = Pages()
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}"),
            children=[
                slots(
                    "n/",
                    layout=layout("{% slot %}{% slot 'x' %}"),
                    children=[path("", pages("home")), path("b/", pages("b"))],
                    x=[path("", pages("x"))],
                )
            ],
        ),
    )
    assert window.hard("/n/").status_code == 200
    assert window.hard("/n/b/").status_code == 404


def test_the_debug_404_page_names_the_slot_that_nobody_can_fill(settings: Any) -> None:
    """S3: "the debug 404 page names the slot"; it says why, and what was tried in it."""
    settings.DEBUG = True
    pages = Pages()
    window = serve(
        settings,
        slots(
            "d/",
            layout="layout.html",
            children=[path("", pages("home")), path("a/", pages("a"))],
            analytics=[path("page-views/", pages("views"), name="views")],
        ),
    )
    text = window.hard("/d/a/").content.decode()
    assert "@analytics" in text
    assert "page-views/" in text
    assert "@analytics has neither a page for this URL nor a default" in text
    assert "@children" not in text


def test_the_debug_404_page_shows_the_routes_tried_in_each_slot(settings: Any) -> None:
    """The name of the slot stands before its routes, as ``@analytics``."""
    settings.DEBUG = True
    pages = Pages()
    window = serve(
        settings,
        path("before/", pages("before")),
        slots(
            "d/",
            layout="layout.html",
            children=[path("", pages("home"), name="home"), path("in/", include([]))],
            analytics=slot(
                [
                    path("views/", pages("views")),
                    slots("deep/", layout="l.html", inner=[path("x/", pages("x"))]),
                ],
                default=None,
            ),
        ),
    )
    text = " ".join(window.hard("/d/deep/y/").content.decode().split())
    assert "@analytics" in text
    assert "@children" in text
    assert "@inner" in text
    with pytest.raises(Resolver404) as missed:
        resolve("/d/deep/y/")
    steps = [[str(step.pattern) for step in tried] for tried in missed.value.args[0]["tried"]]
    assert steps == [
        ["before/"],
        ["d/", "@children ", ""],
        ["d/", "@children ", "in/"],
        ["d/", "@analytics ", "views/"],
        ["d/", "@analytics ", "deep/", "@inner ", "x/"],
    ]
    with pytest.raises(Resolver404) as missed:
        resolve("/elsewhere/")
    steps = [[str(step.pattern) for step in tried] for tried in missed.value.args[0]["tried"]]
    assert steps == [["before/"], ["d/"]]


def test_patterns_after_slots_are_still_reached(settings: Any) -> None:
    """``slots()`` matches only its own URLs, unlike a ``<path:rest>`` view."""
    pages = Pages()
    serve(
        settings,
        slots("", layout="l.html", children=[path("", pages("home"))]),
        path("later/", pages("later")),
        slots("", layout="l.html", children=[path("second/", pages("second"))]),
    )
    assert matched("/") == "home"
    assert resolve("/later/").func.__name__ == "later"
    assert matched("/second/") == "second"


# --- S4, S5, S6: which segment wins ---


def test_a_catch_all_joins_only_urls_below_its_own_layout(settings: Any) -> None:
    """S6: "A slot's catch-all joins only URLs below its own layout"."""
    pages = Pages()
    serve(
        settings,
        slots(
            "a/",
            layout="l.html",
            children=[path("x/", pages("ax"))],
            side=[path("<path:rest>", pages("rest"))],
        ),
        slots("b/", layout="l.html", children=[path("x/", pages("bx"))]),
    )
    assert matched("/a/x/", "side") == "rest"
    assert matched("/b/x/") == "bx"
    assert matched("/b/x/", "side") is None
    assert matched("/c/x/") is None


def test_the_deepest_segment_with_a_page_wins(settings: Any) -> None:
    """S4: "the deepest segment in which some slot has a page for the whole URL is chosen"."""
    pages = Pages()
    deep = slots(
        "a/",
        layout=layout("{% slot %}{% slot 'x' %}"),
        children=slot([path("", pages("deep"))], default=pages("deep_default")),
        x=slot([path("b/", pages("x"))], default=None),
    )
    others = [path("<path:rest>", pages("rest")), path("a/b/", pages("static"))]
    for children in ([deep, *others], [*others, deep]):
        window = serve(settings, slots("", layout=layout("{% slot %}"), children=children))
        window.hard("/a/b/")
        assert window.shows == {
            "children": "",
            "children.children": "deep_default",
            "children.x": "x",
        }
        assert matched("/a/c/") == "rest"


def test_all_slots_beside_each_other_are_compared(settings: Any) -> None:
    """S4, S5: a static prefix wins over a catch-all in another slots(), in either order."""
    pages = Pages()
    cms = slots("", layout=layout("{% slot %}"), children=[path("<path:rest>", pages("cms"))])
    shop = slots("shop/", layout=layout("{% slot %}"), children=[path("", pages("shop"))])
    for children in ([cms, shop], [shop, cms]):
        window = serve(settings, slots("", layout=layout("{% slot %}"), children=children))
        window.hard("/shop/")
        assert window.shows["children.children"] == "shop"


def test_an_ancestors_catch_all_applies_only_if_nothing_deeper_matches(settings: Any) -> None:
    """S4: "An ancestor's catch-all applies only if nothing at that depth matches"."""
    pages = Pages()
    nested = slots("n/", layout="l.html", children=[path("<path:rest>", pages("inner"))])
    serve(
        settings,
        slots("", layout="l.html", children=[path("<path:rest>", pages("outer")), nested]),
    )
    assert matched("/n/x", "children.children") == "inner"
    assert matched("/n/", "children") == "outer"


def test_slots_do_not_conflict(settings: Any) -> None:
    """S6: "Slots never conflict with each other": the same route and name in each is fine."""
    pages = Pages()
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'a' %}{% slot 'b' %}"),
            children=[path("x/", pages("children"), name="x")],
            a=[path("x/", pages("a"), name="x")],
            b=[path("<slug:word>/", pages("b"), name="b")],
        ),
    )
    window.hard("/x/")
    assert window.shows == {"children": "children", "a": "a", "b": "b"}


# --- S7: arguments ---


def test_each_view_gets_the_prefixes_kwargs_and_those_of_its_own_branch(settings: Any) -> None:
    """S7: "A slot view gets the kwargs of its segment's prefix plus those of its own branch. A default
    gets only the prefix's."
    """
    pages = Pages()
    window = serve(
        settings,
        path(
            "<slug:team>/",
            include(
                [
                    slots(
                        "<int:year>/",
                        layout=pages.layout("layout", "{% slot %}{% slot 'a' %}{% slot 'b' %}"),
                        children=[path("<int:id>/", pages("page"), {"extra": 1})],
                        a=[
                            slots(
                                "<int:month>/",
                                layout=pages.layout("inner", "{% slot %}{% slot 'z' %}"),
                                children=[path("", pages("a"))],
                                z=slot([path("z/", pages("zz"))], default=pages("z")),
                            )
                        ],
                        b=slot([path("never/", pages("b"))], default=pages("default")),
                    )
                ]
            ),
            {"who": "outer"},
        ),
    )
    assert window.hard("/red/2026/7/").status_code == 200
    prefix = {"team": "red", "year": 2026, "who": "outer"}
    assert pages.kwargs == {
        "layout": prefix,
        "page": {**prefix, "id": 7, "extra": 1},
        "inner": {**prefix, "month": 7},
        "a": {**prefix, "month": 7},
        "z": {**prefix, "month": 7},
        "default": prefix,
    }


def test_unnamed_groups_are_positional_arguments(settings: Any) -> None:
    """S7, S8: as in Django, "only if no named groups are used" are unnamed ones passed on."""
    pages = Pages()
    window = serve(
        settings,
        re_path(
            r"^(\d+)/",
            include(
                [
                    slots(
                        "s/",
                        layout=pages.layout("layout", "{% slot %}{% slot 'a' %}{% slot 'b' %}"),
                        children=[re_path(r"^(\w+)/$", pages("page"), name="page")],
                        a=[re_path(r"^(?P<word>\w+)/$", pages("a"))],
                        b=slot([path("never/", pages("b"))], default=pages("default")),
                    )
                ]
            ),
        ),
    )
    assert window.hard("/7/s/word/").status_code == 200
    assert pages.args == {"layout": ("7",), "page": ("7", "word"), "a": (), "default": ("7",)}
    assert pages.kwargs["a"] == {"word": "word"}
    assert reverse("page", args=(7, "word")) == "/7/s/word/"


def test_extra_kwargs_of_an_include_reach_the_views(settings: Any) -> None:
    """S8: "include() … work inside a slot", extra options included; they win over captured ones."""
    pages = Pages()
    included = include([path("<int:id>/", pages("page"))])
    window = serve(
        settings,
        slots(
            "<int:id>/",
            layout=layout(),
            children=[path("in/", included, {"extra": "yes"})],
        ),
    )
    window.hard("/1/in/2/")
    assert pages.kwargs["page"] == {"id": 2, "extra": "yes"}


# --- Django's tools ---


@pytest.mark.urls("tests.urls.unit_admindocs")
def test_system_checks_pass(settings: Any) -> None:
    """Django's checks get the routes of all slots as one list of patterns."""
    # Its layouts don't print all slots, and some URLs are for clicks alone.
    settings.SILENCED_SYSTEM_CHECKS = ["parallel_routes.W003", "parallel_routes.W005"]
    out = StringIO()
    call_command("check", fail_level="WARNING", stdout=out)
    assert "no issues" in out.getvalue()


def test_system_checks_look_into_slots(settings: Any) -> None:
    """S6: Django's own URL checks see the routes of every slot."""
    pages = Pages()
    serve(
        settings,
        slots("", layout="l.html", children=[path("", pages("x"))], a=[path("/x/", pages("y"))]),
    )
    assert [message.id for message in check_url_config(None)] == ["urls.W002"]


@pytest.mark.urls("tests.urls.unit_admindocs")
def test_admindocs_lists_the_views_of_all_slots() -> None:
    """admindocs reads the same list of patterns as ``reverse()``."""
    views = extract_views_from_urlpatterns(get_resolver().url_patterns)
    found = {simplify_regex(regex): (view.__name__, name) for view, regex, _, name in views}
    assert found["/d/<int:pk>/numbers/<int:year>/"] == ("numbers", "numbers")
    assert found["/d/<int:pk>/in/x/"] == ("view", None)
    assert found["/d/<int:pk>/<word>/"] == ("view", None)
    assert found["/d/<int:pk>/shops/<slug:shop>/cart/"] == ("view", "cart")


# --- What hangs on Django's private names ---


class Moody(URLPattern):
    """A project's own kind of route, which may decline a path that its pattern matches."""

    def resolve(self, path: str) -> ResolverMatch | None:
        return None if path.startswith("no") else super().resolve(path)


def test_a_route_of_a_class_of_the_project_is_asked_itself(settings: Any) -> None:
    """S8: what it declines was tried."""
    settings.DEBUG = True
    pages = Pages()
    route = Moody(RoutePattern("<slug:word>/", is_endpoint=True), pages("moody"), {}, "moody")
    window = serve(settings, slots("", layout=layout("{% slot %}"), children=[route]))
    assert b">moody<" in window.hard("/yes/").content
    assert window.hard("/no-thanks/").status_code == 404
    with pytest.raises(Resolver404) as missed:
        resolve("/no-thanks/")
    assert [[str(step.pattern) for step in tried] for tried in missed.value.args[0]["tried"]] == [
        ["", "@children ", "<slug:word>/"]
    ]


def test_the_private_names_that_are_relied_on() -> None:
    """An upgrade of Django has to be checked in ``resolvers`` and ``patterns`` only."""
    assert list(inspect.signature(URLResolver.__init__).parameters)[1:3] == [
        "pattern",
        "urlconf_name",
    ]
    assert list(inspect.signature(RoutePattern.__init__).parameters)[1:] == [
        "route",
        "name",
        "is_endpoint",
    ]
    resolver = URLResolver(RoutePattern("<int:x>/", is_endpoint=False), [], {"extra": 1})
    assert resolver.url_patterns == []
    assert resolver.default_kwargs == {"extra": 1}
    assert resolver.pattern._route == "<int:x>/"
    assert list(resolver.pattern.converters) == ["x"]
    assert resolver.pattern.match("7/rest") == ("rest", (), {"x": 7})
    assert RegexPattern("^(a)").regex.groups == 1
    assert RegexPattern("^(a)").match("ab") == ("b", ("a",), {})
    assert RegexPattern("^a$", is_endpoint=True)._is_endpoint
    assert path("<int:x>/", lambda request: None).pattern._is_endpoint
    assert str(LocalePrefixPattern()) == "en-us/"
    assert isinstance(path("", lambda request: None), URLPattern)
    with pytest.raises(Resolver404) as missed:
        resolver.resolve("7/rest")
    assert missed.value.args[0] == {"tried": [], "path": "rest"}


def test_no_other_module_imports_djangos_private_url_names() -> None:
    """Code that uses a private name of Django is in ``resolvers`` and ``patterns``."""
    for module in Path(resolvers.__file__).parent.rglob("*.py"):
        imported = {
            node.module
            for node in ast.walk(ast.parse(module.read_text()))
            if isinstance(node, ast.ImportFrom)
        }
        is_private = module.name in ("resolvers.py", "patterns.py")
        assert is_private or "django.urls.resolvers" not in imported, module


def test_a_soft_url_of_another_segment_is_left_to_the_browser(settings: Any) -> None:
    """S15: "A segment whose prefix kwargs changed is a new one"; S17: outside of it: the document."""
    pages = Pages()
    children = [path("", pages("home"), name="home")]
    window = serve(settings, slots("<slug:team>/", layout=layout(), children=children))
    window.hard("/red/")
    assert HEADER in window.soft("/red/")
    assert window.soft("/blue/")["HX-Redirect"] == "/blue/"
