"""What single routes are made of, and how the one that matches is found among many (S5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.urls import Resolver404, URLResolver, include, path, re_path, resolve
from django.urls.resolvers import RoutePattern
from django.utils import translation
from django.utils.functional import lazy, lazystr
from django.utils.translation import get_language, gettext_lazy
from hypothesis import example, given, settings as hypothesis, strategies as st

from django_parallel_routes import slots
from django_parallel_routes.patterns import (
    CONVERTER,
    STATIC,
    PatternIndex,
    Rank,
    join_ranks,
    literal_start,
    page_rank,
    rank_of,
)
from django_parallel_routes.resolvers import SlotsResolver
from tests.window import Pages, serve

TOP = (0, STATIC, 0)

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


@hypothesis(max_examples=300, deadline=None)
@given(TREES, st.sampled_from(PATHS))
@example([("slots", "<slug:x>/", [("path", "<slug:x>/"), ("path", "a/")])], "a/a/")
@example([("include", "a/", [("path", "b/")]), ("path", "a/b/")], "a/b/")
@example([("path", "a/b/"), ("include", "a/", [("path", "b/")])], "a/b/")
@example([("regex", r"^ab*/$"), ("lazy", "a/")], "a/")
def test_the_first_of_the_best_matches_whatever_stands_beside_it(tree: Any, url: str) -> None:
    """S5: "whatever the order of declaration …; Django's order holds inside a class"."""
    outer = _declared([("slots", "", tree)], Pages())
    found = list(_walk(outer, url, TOP))

    match = outer[0].match(url)
    assert (match.main_page.view if match else None) is (found[0][1] if found else None)


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


def _walk(patterns: Any, url: str, above: Rank) -> Iterator[tuple[Rank, Any]]:
    """Yield each way in which patterns match, or of a ``slots()`` the best, as a walk finds them."""
    for pattern in patterns:
        hit = pattern.pattern.match(url)
        if not hit:
            continue
        rank = join_ranks(above, rank_of(pattern, url))
        if isinstance(pattern, SlotsResolver):
            inside = list(_walk(pattern.segment.slots[0].patterns, hit[0], TOP))
            if inside:
                (depth, *_), view = best = max(inside, key=lambda one: one[0])
                _, kind, position = page_rank(rank, best[0])
                yield (depth + 1, kind, position), view
        elif isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, hit[0], rank)
        else:
            yield page_rank(above, rank_of(pattern, url)), pattern.callback


# --- By which text patterns are found ---


@pytest.mark.parametrize(
    ("pattern", "start"),
    [
        (path("a/b/<int:pk>/", print), "a/b/"),
        (path("a/b-<int:pk>/", print), "a/b-"),
        (path("<int:pk>/a/", print), ""),
        (path("a/", include([])), "a/"),
        (slots("a/", layout="l.html", children=[path("", print)]), "a/"),
        (path(gettext_lazy("a/"), print), ""),
        (path(gettext_lazy("a/"), include([])), ""),
        (re_path(r"^a/(?P<pk>\d+)/$", print), "a/"),
        (re_path(r"^a/", include([])), "a/"),
        (re_path(r"^ab?/$", print), "a"),
        (re_path(r"^ab*/$", print), "a"),
        (re_path(r"^ab{0,1}/$", print), "a"),
        (re_path(r"^ab+/$", print), "ab"),
        (re_path(r"^ab/|c/$", print), ""),
        (re_path(r"ab/$", print), ""),
        (re_path(r"(?i)^ab/$", print), ""),
        (i18n_patterns(path("a/", print))[0], ""),
        (URLResolver(type("Own", (RoutePattern,), {})("a/"), []), ""),
        (type("Own", (URLResolver,), {})(RoutePattern("a/"), []), ""),
    ],
)
def test_a_pattern_is_found_by_text_that_every_path_of_it_begins_with(
    pattern: Any, start: str
) -> None:
    assert literal_start(pattern) == start


def test_a_pattern_with_a_resolve_of_its_own_is_always_asked() -> None:
    """Packages put a decorator around ``resolve()``, which may change the path."""
    pattern = path("a/", print)
    vars(pattern)["resolve"] = pattern.resolve
    assert literal_start(pattern) == ""
    assert list(PatternIndex([pattern]).candidates("b/")) == [(STATIC, [0])]


def test_only_patterns_that_may_match_are_tried_however_many_there_are() -> None:
    many = [path(f"item-{number}/<int:pk>/", print) for number in range(1_000)]
    index = PatternIndex([*many, path("<path:rest>", print), path("item-7/", print)])
    assert list(index.candidates("item-7/3/")) == [(CONVERTER, [1_000]), (CONVERTER, [7])]
    assert list(index.candidates("item-7/")) == [
        (STATIC, [1_001]),
        (CONVERTER, [1_000]),
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
