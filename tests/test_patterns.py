"""What single routes are made of, and how the one that matches is found among many (S5)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.urls import Resolver404, URLPattern, URLResolver, include, path, re_path, resolve
from django.urls.resolvers import RoutePattern
from django.utils import translation
from django.utils.functional import lazy, lazystr
from django.utils.translation import get_language, gettext_lazy
from hypothesis import example, given, settings as hypothesis, strategies as st

from django_parallel_routes import slot, slots
from django_parallel_routes.patterns import CONVERTER, STATIC, RoutePart, route_rank
from django_parallel_routes.resolvers import PatternIndex, SlotsResolver
from tests.support.converters import matched
from tests.window import Pages, serve

# --- The same as a walk from the first pattern to the last ---

STARTS = ("", "a/", "b/", "a/b/", "<slug:x>/", "<int:y>/", "a/<slug:x>/", "a<int:y>/")
ENDS = (*STARTS, "<path:z>", "a/<path:z>", "b/a/<path:z>", "<slug:x>/b/", "a1/")
REGEXES = (r"^a/$", r"^a?/$", r"^a/|b/$", r"^(?P<x>[^/]+)/$", r"^ab*/$", r"b/$", r"^(?P<z>.+)$")
PATHS = ("", "a/", "b/", "a/b/", "a/a/", "b/a/", "7/", "a7/", "a1/", "a/b/a/", "a/7/b/", "ab/")

ROUTES = st.one_of(
    st.tuples(st.just("path"), st.sampled_from(ENDS)),
    st.tuples(st.just("lazy"), st.sampled_from(ENDS)),
    st.tuples(st.just("regex"), st.sampled_from(REGEXES)),
)
TREES = st.recursive(
    st.lists(ROUTES, min_size=1, max_size=6),
    lambda inside: st.lists(
        ROUTES | st.tuples(st.sampled_from(["include", "slots"]), st.sampled_from(STARTS), inside),
        min_size=1,
        max_size=5,
    ),
    max_leaves=16,
)


@hypothesis(max_examples=100, deadline=None)
@given(TREES)
@example([("slots", "<slug:x>/", [("path", "<slug:x>/"), ("path", "a/")])])
@example([("include", "a/", [("path", "b/")]), ("path", "a/b/")])
@example([("path", "a/b/"), ("include", "a/", [("path", "b/")])])
@example([("regex", r"^ab*/$"), ("lazy", "a/")])
def test_the_first_of_the_best_matches_whatever_stands_beside_it(tree: Any) -> None:
    """S5: "whatever the order of declaration …; Django's order holds inside a class"."""
    outer = _declared([("slots", "", tree)], Pages())
    for url in PATHS:
        found = list(_walk(outer, url))
        match = outer[0].match(url)
        assert (match.main_page.view if match else None) is (found[0][2] if found else None), url


def _declared(tree: Any, pages: Pages) -> list[Any]:
    made: list[Any] = []
    for kind, route, *inside in tree:
        inner = _declared(inside[0], pages) if inside else []
        if kind == "slots":
            made.append(slots(route, layout="l.html", children=inner))
        elif kind == "include":
            made.append(path(route, include(inner)))
        elif kind == "regex":
            made.append(re_path(route, pages(route)))
        else:
            made.append(path(lazystr(route) if kind == "lazy" else route, pages(route)))
    return made


def _walk(patterns: Any, url: str) -> Iterator[tuple[int, tuple[RoutePart, ...], Any]]:
    """Yield each way in which patterns match, or of a ``slots()`` the best, as a walk finds them."""
    for pattern in patterns:
        hit = pattern.pattern.match(url)
        if not hit:
            continue
        if isinstance(pattern, SlotsResolver):
            found = list(_walk(pattern.segment.slots[0].patterns, hit[0]))
            inside = (
                [(best[0] + 1, *best[1:]) for best in [max(found, key=_rank)]] if found else []
            )
        elif isinstance(pattern, URLResolver):
            inside = list(_walk(pattern.url_patterns, hit[0]))
        else:
            inside = [(0, (), pattern.callback)]
        yield from ((depth, ((pattern, url), *parts), view) for depth, parts, view in inside)


def _rank(found: tuple[int, tuple[RoutePart, ...], Any]) -> tuple[int, int, int]:
    return found[0], *route_rank(found[1])


# --- By which text patterns are found ---


@pytest.mark.parametrize(
    ("pattern", "near", "far"),
    [
        (path("a/b/<int:pk>/", print), "a/b/", "a/c/7/"),
        (path("a/b-<int:pk>/", print), "a/b-/", "a/c-7/"),
        (path("<slug:name>/item-7/", print), "x/item-7/", "x/item-8/"),
        (path("<int:pk>/b>c/", print), "c/", "7/b>d/"),
        (path("a/", include([])), "a/", "b/"),
        (slots("a/", layout="l.html", children=[path("", print)]), "a/x/", "b/x/"),
        (URLPattern(RoutePattern("<int:pk>/"), print), "7/8/", None),
        (path("<int:pk>/", include([])), "7/8", None),
        (path("a/<int:pk>", print), "a/x", "b/7"),
        (path(gettext_lazy("a/"), print), "b/", None),
        (path(gettext_lazy("a/"), include([])), "b/", None),
        (re_path(r"^a/(?P<pk>\d+)/$", print), "b/", None),
        (i18n_patterns(path("a/", print))[0], "b/", None),
        (URLResolver(type("Own", (RoutePattern,), {})("a/"), []), "b/", None),
        (type("Own", (URLResolver,), {})(RoutePattern("a/"), []), "b/", None),
    ],
)
def test_a_pattern_is_found_by_text_that_every_path_of_it_begins_and_ends_with(
    pattern: Any, near: str, far: str | None
) -> None:
    """It is always asked where Django does not know such a text, or where it depends on the language."""
    index = PatternIndex([pattern])
    assert [positions for _, positions in index.candidates(near)] == [[0]]
    assert far is None or index.candidates(far) == []


def test_a_pattern_with_a_resolve_of_its_own_is_always_asked() -> None:
    """Packages put a decorator around ``resolve()``, which may change the path."""
    pattern = path("a/", print)
    vars(pattern)["resolve"] = pattern.resolve
    assert PatternIndex([pattern]).candidates("b/") == [(STATIC, [0])]


def test_only_patterns_that_may_match_are_tried_however_many_there_are() -> None:
    ends = PatternIndex([path(f"<slug:a>/item-{number}/", print) for number in range(100)])
    assert ends.candidates("x/item-7/") == [(CONVERTER, [7])]
    assert ends.candidates("7/") == ends.candidates("") == []
    many = [path(f"item-{number}/<int:pk>/", print) for number in range(100)]
    index = PatternIndex([*many, path("<path:rest>", print), path("item-7/", print)])
    assert index.candidates("item-7/3/") == [(CONVERTER, [100]), (CONVERTER, [7])]
    assert index.candidates("item-7/") == [
        (STATIC, [101]),
        (CONVERTER, [100]),
        (CONVERTER, [7]),
    ]


def test_routes_in_several_languages_are_found_in_the_active_one(settings: Any) -> None:
    pages = Pages()
    routes = [path(f"x-{number}/", pages(f"x{number}")) for number in range(20)]
    routes.append(path(lazy(lambda: f"{get_language()}/", str)(), pages("translated")))
    serve(settings, slots("", layout="l.html", children=routes))
    for language in ("de", "fr", "de"):
        with translation.override(language):
            assert resolve(f"/{language}/").func.match.main_page.view.__name__ == "translated"
            with pytest.raises(Resolver404):
                resolve("/it/")


def test_an_include_is_read_when_its_prefix_matches() -> None:
    """Included URLconfs may not be imported before they are needed."""
    pages = Pages()
    included = [path(f"page-{number}/", pages(f"p{number}")) for number in range(50)]
    resolver = path("shop/", include(included))
    segment = slots("", layout="l.html", children=[path("", pages("home")), resolver])
    assert segment.match("") is not None
    assert "_parallel_routes_index" not in vars(resolver)
    match = segment.match("shop/page-31/")
    assert match.main_page.view.__name__ == "p31"
    assert vars(resolver)["_parallel_routes_index"].patterns == tuple(included)


# --- Which of several routes wins ---


ORDERS = list(itertools.permutations(["static", "converter", "deeper", "shallower"]))


KINDS = {
    "static": lambda view: path("a/b/", view),
    "converter": lambda view: path("a/<slug:x>/", view),
    "regex": lambda view: re_path(r"^a/(?P<x>[^/]+)/$", view),
    "deeper": lambda view: path("a/<path:rest>", view),
    "shallower": lambda view: path("<path:rest>", view),
}


@pytest.mark.parametrize("order", ORDERS)
def test_the_order_of_declaration_does_not_count_between_classes(
    settings: Any, order: tuple[str, ...]
) -> None:
    """S5: "static > converter > deeper catch-all > shallower catch-all > default, whatever the order"."""
    pages = Pages()
    rank = ["static", "converter", "deeper", "shallower"]
    for number, best in enumerate(rank):
        declared = [KINDS[kind](pages(kind)) for kind in order if kind in rank[number:]]
        serve(settings, slots("", layout="l.html", children=slot(declared, default=pages("d"))))
        assert matched("/a/b/") == best
    assert matched("/a/b/c") == "shallower"


@pytest.mark.parametrize("order", ORDERS)
def test_classes_count_across_includes(settings: Any, order: tuple[str, ...]) -> None:
    """S5, S8: an include() takes no part in the ranking, only the whole route does."""
    pages = Pages()
    kinds = {
        "static": path("a/", include([path("b/", pages("static"))])),
        "converter": path("<slug:x>/", include([path("b/", pages("converter"))])),
        "deeper": path("a/", include([path("<path:rest>", pages("deeper"))])),
        "shallower": path(
            "", include([path("", include([path("<path:r>", pages("shallower"))]))])
        ),
    }
    serve(settings, slots("", layout="l.html", children=[kinds[kind] for kind in order]))
    assert matched("/a/b/") == "static"
    assert matched("/x/b/") == "converter"
    assert matched("/a/c/") == "deeper"
    assert matched("/x/c/") == "shallower"


def _pairs() -> list[Any]:
    """Pairs of a stronger and a weaker route, and a URL that both match."""
    p = Pages()
    strong, weak = p("strong"), p("weak")
    return [
        pytest.param(
            path("<int:id>/", strong), re_path(r"^.*$", weak), "/1/", id="regex without a group"
        ),
        pytest.param(
            path("<int:id>/", strong), re_path(r"^(.+)$", weak), "/1/", id="unnamed group"
        ),
        pytest.param(
            path("<int:id>/", strong),
            re_path(r"^(?P<rest>[\w/-]+)/$", weak),
            "/1/",
            id="a class with a slash",
        ),
        pytest.param(
            re_path(r"^(?P<mail>[\w.+-]+@[\w.]+)/$", strong),
            path("<path:rest>", weak),
            "/a@b.c/",
            id="a plus in a class",
        ),
        pytest.param(
            re_path(r"^(?P<x>[^/]+)/(?P<y>[^/]+)/$", strong),
            path("<path:rest>", weak),
            "/a/b/",
            id="regex that spans no slash",
        ),
        pytest.param(
            path("foo/bar/<path:rest>", strong),
            re_path(r"^(?P<x>[^/]+)/(?P<rest>.+)$", weak),
            "/foo/bar/baz",
            id="slashes in a class are no depth",
        ),
        pytest.param(
            re_path(r"^foo/(?P<rest>.*)$", strong),
            path("<path:rest>", weak),
            "/foo/x/",
            id="deeper regex",
        ),
        pytest.param(
            path("<int:guid>/<path:id>", strong),
            path("<path:rest>", weak),
            "/1/x",
            id="a name that ends like another",
        ),
        pytest.param(
            path("<slug:x>/", strong), path("<any:rest>", weak), "/a/", id="optional catch-all"
        ),
        pytest.param(
            path("<slug:x>/", strong),
            path("<folders:rest>", weak),
            "/a/",
            id="optional folders",
        ),
        pytest.param(path("", strong), path("<any:rest>", weak), "/", id="static at the root"),
        pytest.param(
            re_path(r"^a/$", strong), path("<slug:x>/", weak), "/a/", id="regex that is static"
        ),
        pytest.param(
            path("x/<even:number>/", strong), path("x/<path:rest>", weak), "/x/4/", id="custom"
        ),
        pytest.param(
            path("a/<path:rest>", strong),
            path("<path:x>/", include([path("", weak)])),
            "/a/b/",
            id="included below a catch-all",
        ),
    ]


@pytest.mark.parametrize("stronger_first", [True, False], ids=["first", "last"])
@pytest.mark.parametrize(("strong", "weak", "url"), _pairs())
def test_the_class_of_a_route_is_told_by_what_it_can_match(
    settings: Any, strong: Any, weak: Any, url: str, stronger_first: bool
) -> None:
    """S5: "static > converter > deeper catch-all > shallower catch-all", for every way to write one."""
    patterns = [strong, weak] if stronger_first else [weak, strong]
    serve(settings, slots("", layout="l.html", children=patterns))
    assert matched(url) == "strong"


@pytest.mark.parametrize(
    "patterns",
    [
        ["<slug:a>/", "<str:b>/"],
        ["<str:b>/", "<slug:a>/"],
        ["<path:a>", "<path:b>"],
        ["x/", "x/"],
    ],
)
def test_the_order_of_declaration_counts_inside_a_class(
    settings: Any, patterns: list[str]
) -> None:
    """S5: "Django's order holds inside a class"."""
    pages = Pages()
    first, second = patterns
    serve(
        settings,
        slots(
            "", layout="l.html", children=[path(first, pages("one")), path(second, pages("two"))]
        ),
    )
    assert matched("/x/") == "one"


def test_an_includes_order_is_that_of_its_place(settings: Any) -> None:
    """S5: "Django's order holds inside a class", also where one of two is in an include()."""
    pages = Pages()
    included = path("", include([path("<slug:x>/", pages("included"))]))
    direct = path("<str:x>/", pages("direct"))
    serve(settings, slots("", layout="l.html", children=[included, direct]))
    assert matched("/x/") == "included"
    serve(settings, slots("", layout="l.html", children=[direct, included]))
    assert matched("/x/") == "direct"


def test_a_catch_all_needs_a_character_and_an_optional_one_does_not(settings: Any) -> None:
    """S5: "A catch-all needs at least one character; an optional one does not"."""
    pages = Pages()
    serve(
        settings,
        slots("must/", layout="l.html", children=[path("<path:rest>", pages("must"))]),
        slots("may/", layout="l.html", children=[path("<any:rest>", pages("may"))]),
        slots("re/", layout="l.html", children=[re_path(r"^(?P<rest>.*)$", pages("re"))]),
    )
    assert matched("/must/") is None
    assert matched("/must/x") == "must"
    assert matched("/may/") == "may"
    assert matched("/may/x/y/") == "may"
    assert matched("/re/") == "re"
    assert resolve("/may/").func.match.at("children").captured.kwargs == {"rest": ""}
