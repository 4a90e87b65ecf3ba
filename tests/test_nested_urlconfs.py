"""``slots()`` in ``slots()``, ``include()``, namespaces and ``i18n_patterns`` (S8)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import (
    NoReverseMatch,
    URLPattern,
    URLResolver,
    include,
    path,
    re_path,
    resolve,
    reverse,
    set_script_prefix,
)
from django.urls.resolvers import RoutePattern
from django.utils import translation
from django.utils.translation import gettext_lazy
from django.views.decorators.common import no_append_slash
from django.views.generic import TemplateView

from django_parallel_routes import slot, slots
from django_parallel_routes.matches import SegmentMatch
from tests.support.converters import matched
from tests.window import Pages, layout, serve


def test_segments_nest_to_any_depth_and_unwrap_into_one_document(settings: Any) -> None:
    """S8: "a slot may hold slots() again, to any depth": here ten times."""
    pages = Pages()
    depth = 10
    pattern: Any = path("leaf/", pages("leaf"), name="leaf")
    for level in range(depth):
        pattern = slots(
            f"<int:n{level}>/",
            layout=layout(),
            children=[pattern],
            side=slot([path("never/", pages("x"))], default=None),
        )
    window = serve(settings, pattern)
    url = "/" + "".join(f"{level}/" for level in reversed(range(depth))) + "leaf/"
    assert window.hard(url).status_code == 200
    assert window.shows[".".join(["children"] * depth)] == "leaf"
    assert pages.kwargs["leaf"] == {f"n{level}": level for level in range(depth)}
    assert reverse("leaf", kwargs=pages.kwargs["leaf"]) == url


def test_reverse_finds_every_route_of_every_slot(settings: Any) -> None:
    """S8: "reverse() finds every route of every slot", and gives a URL that resolves to it."""
    pages = Pages()
    serve(
        settings,
        slots(
            "<slug:team>/",
            layout="l.html",
            children=[
                path("", pages("home"), name="home"),
                path("r/<path:p>", pages("r"), name="r"),
            ],
            side=slot(
                [
                    path("side/<even:number>/", pages("side"), name="side"),
                    slots("n/", layout="l.html", x=[path("x/", pages("x"), name="x")]),
                    re_path(r"^re/(?P<word>\w+)/$", pages("re"), name="re"),
                ],
                layout="tabs.html",
                default=None,
            ),
        ),
    )
    assert reverse("home", args=["red"]) == "/red/"
    assert reverse("r", kwargs={"team": "red", "p": "a/b"}) == "/red/r/a/b"
    assert reverse("side", args=["red", 4]) == "/red/side/4/"
    assert reverse("x", args=["red"]) == "/red/n/x/"
    assert reverse("re", args=["red", "word"]) == "/red/re/word/"
    with pytest.raises(NoReverseMatch):
        reverse("side", args=["red", 5])


def test_a_custom_converter_that_refuses_is_no_match(settings: Any) -> None:
    """S5, S8: converters work inside a slot; ``ValueError`` in one means "no match" as in Django."""
    pages = Pages()
    children = [path("<even:n>/", pages("even")), path("<int:n>/", pages("odd"))]
    serve(settings, slots("", layout="l.html", children=children))
    assert matched("/4/") == "even"
    assert matched("/5/") == "odd"
    assert resolve("/4/").func.match.at("children").captured.kwargs == {"n": 4}


def test_namespaces_hold_inside_and_around_slots(settings: Any) -> None:
    """S8: "include(), namespaces … all work inside a slot", and around slots()."""
    serve(
        settings,
        path("one/", include("tests.urls.unit_included", namespace="one")),
        slots(
            "two/",
            layout="layout.html",
            children=[path("in/", include("tests.urls.unit_included", namespace="two"))],
        ),
    )
    assert reverse("one:item", args=["a", 1]) == "/one/a/items/1/"
    assert reverse("two:item", args=["a", 1]) == "/two/in/a/items/1/"
    assert reverse("two:cart", args=["a"]) == "/two/in/a/cart/"
    assert reverse("one:help:index", args=["a"]) == "/one/a/help/"
    assert reverse("shop:home", args=["a"], current_app="two") == "/two/in/a/"
    match = resolve("/one/a/help/")
    assert (match.view_name, match.app_names, match.namespaces) == (
        "one:help:index",
        ["shop", "help"],
        ["one", "help"],
    )
    match = resolve("/two/in/a/items/3/")
    assert (match.view_name, match.app_name, match.route) == (
        "two:item",
        "shop",
        "two/in/<slug:shop>/items/<int:id>/",
    )


def test_each_view_has_a_resolver_match_of_its_own(settings: Any) -> None:
    """Each view gets a copy of the request, with the match of its own route."""
    pages = Pages()
    inner = ([path("<int:id>/", pages("page"), name="page")], "inner")
    window = serve(
        settings,
        path(
            "<slug:outer>/",
            include(
                (
                    [
                        slots(
                            "s/",
                            layout=pages.layout(
                                "layout", "{% slot %}{% slot 'a' %}{% slot 'd' %}"
                            ),
                            children=[path("in/", include(inner, namespace="ns"))],
                            a=[re_path(r"^in/(?P<word>\w+)/$", pages("a"), name="a-name")],
                            d=slot([path("never/", pages("x"))], default=pages("default")),
                        )
                    ],
                    "app",
                )
            ),
        ),
    )
    response = window.hard("/o/s/in/7/")
    page, a = pages.requests["page"].resolver_match, pages.requests["a"].resolver_match
    default, outer = (
        pages.requests["default"].resolver_match,
        pages.requests["layout"].resolver_match,
    )
    assert page.view_name == "app:ns:page"
    assert (page.app_names, page.namespaces) == (["app", "inner"], ["app", "ns"])
    assert page.route == "<slug:outer>/s/in/<int:id>/"
    assert (page.kwargs, page.func.__name__) == ({"outer": "o", "id": 7}, "page")
    assert a.view_name == "app:a-name"
    assert a.namespaces == ["app"]
    assert a.route == r"<slug:outer>/s/in/(?P<word>\w+)/$"
    assert a.kwargs == {"outer": "o", "word": "7"}
    # Layouts and defaults have no route: theirs is that of the URL. They are called with less (S7).
    assert default.view_name == outer.view_name == "app:ns:page"
    assert default.kwargs == outer.kwargs == {"outer": "o", "id": 7}
    assert pages.kwargs["default"] == pages.kwargs["layout"] == {"outer": "o"}
    # What middleware and signals see afterwards is the main page's.
    assert response.resolver_match.view_name == "app:ns:page"
    assert response.wsgi_request.resolver_match.view_name == "app:ns:page"
    assert response.wsgi_request.resolver_match.kwargs == {"outer": "o", "id": 7}
    assert response.wsgi_request.resolver_match.route == "<slug:outer>/s/in/<int:id>/"


def test_middleware_sees_the_main_pages_name_and_class(settings: Any) -> None:
    """Logs and the debug page then name the real view."""
    pages = Pages()
    serve(
        settings,
        slots(
            "",
            layout="l.html",
            children=[
                path("", pages("home"), name="home"),
                path("class/", TemplateView.as_view(template_name="x.html")),
            ],
        ),
    )
    match = resolve("/")
    assert (match.url_name, match.func.__name__, match._func_path) == (
        "home",
        "home",
        "tests.window.home",
    )
    assert resolve("/class/").func.view_class is TemplateView
    assert repr(match.func).startswith("<SlotsView <Segment ")
    with pytest.raises(AttributeError):
        _ = match.func.no_such_attribute
    with pytest.raises(AttributeError):
        _ = match.func._private


def test_lazy_routes_follow_the_language(settings: Any) -> None:
    """S8: "`gettext_lazy` routes all work inside a slot", and as the prefix of one."""
    pages = Pages()
    # Words that Django's own catalogue translates.
    prefix, inner = gettext_lazy("Monday"), gettext_lazy("Friday")
    serve(
        settings,
        slots(
            prefix,
            layout="l.html",
            children=[path("", pages("home")), path(inner, pages("lazy"), name="lazy")],
        ),
    )
    with translation.override("en"):
        assert reverse("lazy") == "/MondayFriday"
        assert matched("/MondayFriday") == "lazy"
        assert matched("/MontagFreitag") is None
    with translation.override("de"):
        assert str(prefix) == "Montag"
        assert reverse("lazy") == "/MontagFreitag"
        assert matched("/MontagFreitag") == "lazy"
        assert matched("/Montag") == "home"
        assert matched("/MondayFriday") is None


def test_i18n_patterns_work_around_slots(settings: Any) -> None:
    """S8: "`i18n_patterns` … work": the language of the URL is that of every slot."""
    settings.LANGUAGE_CODE = "en"
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.middleware.locale.LocaleMiddleware"]
    pages = Pages()

    def language(request: HttpRequest) -> HttpResponse:
        return HttpResponse(translation.get_language())

    window = serve(
        settings,
        *i18n_patterns(
            slots(
                "d/",
                layout=layout("{% slot %}{% slot 'side' %}"),
                children=[path("", pages("home", language), name="home")],
                side=slot([path("x/", pages("x"))], default=pages("side", language)),
            )
        ),
    )
    assert window.hard("/de/d/").status_code == 200
    assert window.shows == {"children": "de", "side": "de"}
    assert pages.requests["home"].resolver_match.route == "de/d/"
    with translation.override("de"):
        assert reverse("home") == "/de/d/"
    window.hard("/en/d/")
    window.soft("/en/d/")
    assert window.shows == {"children": "en", "side": "en"}
    assert window.hard("/d/").status_code == 302


def test_i18n_patterns_work_inside_slots(settings: Any) -> None:
    """S8: "`i18n_patterns` … all work inside a slot"."""
    pages = Pages()
    serve(
        settings,
        slots(
            "s/",
            layout="l.html",
            children=[
                *i18n_patterns(path("x/", pages("prefixed"), name="prefixed")),
                path("<slug:a>/<slug:b>/", pages("weaker")),
            ],
        ),
    )
    with translation.override("de"):
        assert reverse("prefixed") == "/s/de/x/"
        assert matched("/s/de/x/") == "prefixed"
        assert matched("/s/en/x/") == "weaker"


@pytest.fixture
def script_prefix() -> Any:
    set_script_prefix("/app/")
    yield
    set_script_prefix("/")


def test_reverse_and_slots_hold_under_a_script_prefix(settings: Any, script_prefix: None) -> None:
    """S8: ``reverse()`` adds the prefix, and so does each slot's own URL."""
    settings.FORCE_SCRIPT_NAME = "/app"
    pages = Pages()
    window = serve(
        settings,
        slots(
            "d/",
            layout=layout("{% slot %}{% slot 'side' %}"),
            children=[path("", pages("home"), name="home"), path("a/", pages("a"))],
            side=slot([path("", pages("side"))], default=None),
        ),
    )
    assert reverse("home") == "/app/d/"
    window.hard("/d/?q=1")
    assert {slot.src for slot in window.slots.values()} == {"/app/d/?q=1"}
    before = window.entry
    window.soft("/d/a/")
    assert window.changed == ["children"]
    assert window.url == "/app/d/a/"
    pages.forget()
    window.restore(("/d/", before[1], "/d/"))
    assert window.changed == ["children"]
    assert pages.called == ["home"]
    request = pages.requests["home"]
    assert (request.path, request.path_info, request.GET["q"]) == ("/app/d/", "/d/", "1")


def test_a_slots_url_outside_of_the_script_prefix_is_not_found(
    settings: Any, script_prefix: None
) -> None:
    """B53: "outdated … state falls back to a full load"."""
    settings.FORCE_SCRIPT_NAME = "/app"
    pages = Pages()
    window = serve(settings, slots("d/", layout=layout(), children=[path("", pages("home"))]))
    window.hard("/d/")
    (shows, src, key) = window.mounted["children"]
    assert src == "/app/d/"
    want = {"children": [shows, "/d/", key]}
    response = window.send("/d/", {"intent": "restore", "slots": window.mounted, "restore": want})
    assert response["HX-Redirect"] == "/app/d/"


@pytest.mark.parametrize("url", ["/d", "/d/a", "/d/n/x", "/d/in/y"])
def test_a_missing_slash_is_appended(settings: Any, url: str) -> None:
    """``APPEND_SLASH`` works, because ``slots()`` is part of the URLconf."""
    pages = Pages()
    window = serve(
        settings,
        slots(
            "d/",
            layout=layout(),
            children=[
                path("", pages("home")),
                path("a/", pages("a")),
                slots("n/", layout=layout(), children=[path("x/", pages("x"))]),
                path("in/", include([path("y/", pages("y"))])),
            ],
        ),
    )
    response = window.hard(f"{url}?q=1")
    assert response.status_code == 301
    assert response["Location"] == f"{url}/?q=1"
    assert pages.called == []


def test_one_view_that_wants_no_slash_appended_is_enough(settings: Any) -> None:
    """``should_append_slash`` of the page is true only if it is true for all its views."""
    pages = Pages()
    window = serve(
        settings,
        slots(
            "d/",
            layout=layout(),
            children=[path("a/", no_append_slash(pages("a"))), path("b/", pages("b"))],
        ),
    )
    assert window.hard("/d/a").status_code == 404
    assert window.hard("/d/b").status_code == 301
    default = no_append_slash(pages("default"))
    side = slot([path("b/", pages("side"))], default=default, default_layout=layout())
    children = [path("a/", pages("a")), path("b/", pages("b"))]
    of_some = slot([path("b/", no_append_slash(pages("x")))], default=None, test_func=callable)
    named = {"side": side, "of_some": of_some}
    window = serve(settings, slots("d/", layout=layout(), children=children, **named))
    assert window.hard("/d/a").status_code == 404
    assert window.hard("/d/b").status_code == 301


def test_resolvers_of_other_kinds_work_inside_and_around_slots(settings: Any) -> None:
    """S8: whatever is a ``URLResolver`` and stands in a slot is asked by its own ``resolve()``."""

    class Other(URLResolver):
        pass

    pages = Pages()
    nested = slots("n/<int:id>/", layout=layout(), children=[path("x/", pages("x"), name="x")])
    window = serve(
        settings,
        Other(
            RoutePattern("<slug:o>/"),
            [
                slots(
                    "s/",
                    layout=layout(),
                    children=[
                        Other(RoutePattern("other/"), [path("<int:id>/", pages("plain")), nested]),
                    ],
                )
            ],
        ),
    )
    window.hard("/o/s/other/7/")
    assert window.shows == {"children": "plain"}
    assert pages.kwargs["plain"] == {"o": "o", "id": 7}
    window.hard("/o/s/other/n/8/x/")
    assert window.shows["children.children"] == "x"
    assert pages.kwargs["x"] == {"o": "o", "id": 8}
    assert reverse("x", args=["o", 8]) == "/o/s/other/n/8/x/"
    assert window.hard("/o/s/other/gone/").status_code == 404


def test_a_pattern_class_of_somebodys_own_counts_like_a_converter(settings: Any) -> None:
    """S5: what can't be judged is no catch-all, and is not static."""

    class EndsWith:
        """Matches a path by its end, without any regular expression that could be looked at."""

        regex = re.compile("never^")
        name = None
        converters: dict[str, Any] = {}

        def __init__(self, end: str) -> None:
            self.end = end

        def __str__(self) -> str:
            return f"*{self.end}"

        def match(self, path: str) -> Any:
            return ("", (), {}) if path.endswith(self.end) else None

        def check(self) -> list[Any]:
            return []

    pages = Pages()
    children = [
        path("<path:rest>", pages("rest")),
        URLPattern(EndsWith(".pdf"), pages("pdf")),
        path("static.pdf", pages("static")),
    ]
    serve(settings, slots("", layout="l.html", children=children))
    assert matched("/a/b.pdf") == "pdf"
    assert matched("/static.pdf") == "static"
    assert matched("/a/b") == "rest"


def test_at_names_what_matched_in_any_slot(settings: Any) -> None:
    """A match is a value: a slot in it is found by its address."""
    pages = Pages()
    serve(
        settings,
        slots(
            "",
            layout="l.html",
            children=[slots("n/", layout="l.html", x=[path("", pages("x"))])],
        ),
    )
    match = resolve("/n/").func.match
    assert isinstance(match, SegmentMatch)
    assert isinstance(match.at("children"), SegmentMatch)
    assert match.at("children.x").view.__name__ == "x"
    assert match.at("children.x.y") is None
    assert match.at("children.nobody") is None
    assert match.at("nobody") is None
