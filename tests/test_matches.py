"""``resolve()`` and ``request.resolver_match`` of URLs in ``slots()`` are what plain ``path()`` gives."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import (
    Resolver404,
    ResolverMatch,
    URLPattern,
    URLResolver,
    include,
    path,
    re_path,
    register_converter,
    resolve,
    reverse,
    translate_url,
)
from django.urls.converters import StringConverter
from django.urls.resolvers import RoutePattern
from django.utils import translation
from django.utils.translation import gettext_lazy

from django_parallel_routes import intercept, slot, slots
from tests.window import HEADER, Pages, layout, serve

ALL = "{% slot %}{% slot 'side' %}"


def public(found: ResolverMatch) -> dict[str, Any]:
    """All that a match says, but for its view and what was tried."""
    said = {name: value for name, value in vars(found).items() if name not in ("func", "tried")}
    for name in ("captured_kwargs", "extra_kwargs"):
        said[name] = said[name] or {}
    return said


# --- a URLconf with slots() and the same one with path() ---


def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("view")


class Callables:
    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponse("callable")


VIEWS: list[Any] = [view, Callables(), partial(view, more=1)]
NAMES = ["a", "b", "c"]


class Tree:
    """Makes random routes, each both in ``slots()`` and as plain ``path()``, and a URL of each page."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.urls: list[str] = []
        self.count = 0

    def word(self) -> str:
        """A part of a URL that no other route has, so that the order of routes does not matter."""
        self.count += 1
        return f"w{self.count}/"

    def route(self, url: str) -> tuple[Any, Any, dict[str, Any], str]:
        """How a route is made, with its pattern, what it is declared with, and the URL so far."""
        word, name = self.word(), self.random.choice(NAMES)
        kind = self.random.randrange(5)
        extra = {self.random.choice(NAMES): self.count} if self.random.random() < 0.2 else {}
        if kind == 0:
            return re_path, rf"^{word}(\d+)/", extra, f"{url}{word}{self.count}/"
        if kind == 1:
            return re_path, rf"^{word}(?P<{name}>\d+)/", extra, f"{url}{word}{self.count}/"
        if kind == 2:
            return path, f"{word}<int:{name}>/", extra, f"{url}{word}{self.count}/"
        return path, word, extra, f"{url}{word}"

    def patterns(self, depth: int, url: str) -> tuple[list[Any], list[Any]]:
        """Some patterns with ``slots()`` in them, and the same without."""
        made = [self.pattern(depth, url) for _ in range(self.random.randint(1, 3))]
        return [one for one, _ in made], [other for _, other in made]

    def pattern(self, depth: int, url: str) -> tuple[Any, Any]:
        kind = self.random.choice(["page", "include", "slots", "slots"]) if depth else "page"
        make, route, extra, url = self.route(url)
        if kind == "page":
            self.urls.append(url)
            end = "$" if make is re_path else ""
            name = self.random.choice([None, f"name{self.count}"])
            one: Any = make(route + end, self.random.choice(VIEWS), extra, name=name)
            return one, one
        if kind == "include":
            inner, plain = self.patterns(depth - 1, url)
            if self.random.random() < 0.5:
                return make(route, include(inner), extra), make(route, include(plain), extra)
            app, space = f"app{self.count}", f"space{self.count}"
            return (
                make(route, include((inner, app), namespace=space), extra),
                make(route, include((plain, app), namespace=space), extra),
            )
        word = self.word()
        prefix = self.random.choice(["", word, f"{word}<str:{self.random.choice(NAMES)}>/"])
        url += prefix.partition("<")[0] + ("seven/" if "<" in prefix else "")
        children, plain_children = self.patterns(depth - 1, url)
        side, plain_side = self.patterns(depth - 1, url)
        one = slots(
            prefix,
            layout="l.html",
            children=slot(children, default=None),
            side=slot(side, default=None),
        )
        other = path(prefix, include([*plain_children, *plain_side]))
        return make(route, include([one]), extra), make(route, include([other]), extra)


@pytest.mark.parametrize("seed", range(60))
def test_a_url_resolves_to_what_plain_paths_would_give(settings: Any, seed: int) -> None:
    """S8: all that Django's match says, but for its view."""
    tree = Tree(seed)
    made, plain = tree.patterns(3, "/")
    serve(settings, *made)
    found = {url: resolve(url) for url in tree.urls}
    serve(settings, *plain)
    for url in tree.urls:
        expected = resolve(url)
        assert public(found[url]) == public(expected)
        assert found[url].tried[-1][-1] is expected.tried[-1][-1]


def test_defaults_and_layouts_are_called_with_what_stands_above_them(settings: Any) -> None:
    """S7: "A default gets only the prefix's" kwargs: also where names of the page hide them."""
    pages = Pages()
    window = serve(
        settings,
        re_path(
            r"^(\d+)/",
            include(
                [
                    path(
                        "<slug:pk>/",
                        include(
                            [
                                slots(
                                    "s/",
                                    layout=pages.layout("layout", ALL),
                                    children=[
                                        re_path(r"^(x)/(\d+)/$", pages("numbers")),
                                        path("<int:pk>/", pages("page"), {"more": 1}),
                                    ],
                                    side=slot(
                                        [path("<str:side>/", pages("side"))],
                                        default=pages("default"),
                                    ),
                                )
                            ]
                        ),
                    )
                ]
            ),
        ),
        re_path(
            r"^plain/(\d+)/",
            include(
                [
                    slots(
                        "s/",
                        layout=pages.layout("outer", "{% slot %}"),
                        children=[path("<int:pk>/", pages("one"))],
                    )
                ]
            ),
        ),
    )
    assert window.hard("/5/red/s/7/").status_code == 200
    assert pages.kwargs["page"] == {"pk": 7, "more": 1}
    assert pages.kwargs["side"] == {"pk": "red", "side": "7"}
    assert pages.kwargs["layout"] == {"pk": "red"}
    found = pages.requests["page"].resolver_match
    assert (found.captured_kwargs, found.extra_kwargs) == ({"pk": 7}, {"more": 1})
    assert window.hard("/5/red/s/x/8/").status_code == 200
    assert (pages.args["numbers"], pages.kwargs["numbers"]) == (("x", "8"), {"pk": "red"})
    assert (pages.args["default"], pages.kwargs["default"]) == ((), {"pk": "red"})
    assert window.hard("/plain/5/s/7/").status_code == 200
    assert (pages.args["outer"], pages.kwargs["outer"]) == (("5",), {})
    assert (pages.args["one"], pages.kwargs["one"]) == ((), {"pk": 7})


class Counted(StringConverter):
    """A converter that makes a database query, so to say."""

    calls = 0

    def to_python(self, value: str) -> str:
        type(self).calls += 1
        return value


register_converter(Counted, "counted")


def test_a_converter_above_slots_is_called_once(settings: Any) -> None:
    """S8: as without ``slots()``, although layouts get what it has captured, too."""
    pages = Pages()
    inner = slots(
        "s/", layout=pages.layout("layout", "{% slot %}"), children=[path("", pages("page"))]
    )
    window = serve(settings, path("<counted:shop>/", include([inner])))
    Counted.calls = 0
    assert window.hard("/red/s/").status_code == 200
    assert pages.kwargs["layout"] == pages.kwargs["page"] == {"shop": "red"}
    assert Counted.calls == 1


def test_a_page_without_arguments_is_kept_for_the_requests_that_have_the_same_above_it(
    settings: Any,
) -> None:
    """S7, S8: what is kept never has the namespace, language or arguments of another request."""
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    inner = slots("i/", layout=layout(), children=[path("p/", view)])
    prefixes = [
        path("a/", include(([inner], "app"), namespace="one")),
        path("b/", include(([inner], "app"), namespace="two")),
        path(gettext_lazy("Friday"), include([inner])),
        path("of/<slug:team>/", include([inner])),
    ]
    serve(settings, slots("", layout=layout(), children=prefixes))

    def page(url: str, language: str = "en") -> Any:
        with translation.override(language):
            return resolve(url).func.match.at("children.children")  # type: ignore[attr-defined]

    for _ in range(2):
        assert (page("/a/i/p/").route, page("/a/i/p/").namespaces) == ("a/i/p/", ("one",))
        assert (page("/b/i/p/").route, page("/b/i/p/").namespaces) == ("b/i/p/", ("two",))
        assert page("/Fridayi/p/").route == "Fridayi/p/"
        assert page("/Freitagi/p/", "de").route == "Freitagi/p/"
        assert page("/of/red/i/p/").captured.kwargs == {"team": "red"}
        assert page("/of/blue/i/p/").captured.kwargs == {"team": "blue"}
    assert page("/a/i/p/") is page("/a/i/p/")
    assert page("/of/red/i/p/") is not page("/of/red/i/p/")


def test_a_decorator_that_is_put_around_a_view_later_counts_from_then_on(settings: Any) -> None:
    """B54: packages that protect views may walk through the URLconf after the first request."""
    pages = Pages()
    route = path("p/", pages("page"))
    window = serve(settings, slots("", layout=layout(), children=[route]))
    assert window.hard("/p/").status_code == 200
    route.callback = login_required(route.callback)
    assert window.hard("/p/").status_code == 302


# --- at any time ---

SEEN: list[tuple[str, dict[str, Any]]] = []


def watches(get_response: Callable[..., Any]) -> Any:
    """Middleware that notes what there is to see of a match, before and after the view."""

    class Watches:
        def __call__(self, request: HttpRequest) -> HttpResponse:
            response: HttpResponse = get_response(request)
            SEEN.append(("after", public(request.resolver_match)))
            return response

        def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
            assert kwargs is request.resolver_match.kwargs
            SEEN.append(("before", public(request.resolver_match)))

    return Watches()


def test_the_match_is_the_same_before_in_and_after_the_views(settings: Any) -> None:
    """S8: in ``process_view``, in layouts, pages and defaults, and after them."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.watches"]
    pages = Pages()
    SEEN.clear()
    window = serve(
        settings,
        path(
            "<slug:shop>/",
            include(
                (
                    [
                        slots(
                            "s/<int:year>/",
                            layout=pages.layout("layout", ALL),
                            children=[path("p/<int:id>/", pages("page"), name="page")],
                            side=slot([path("z/", pages("side"))], default=pages("default")),
                        )
                    ],
                    "app",
                )
            ),
        ),
    )
    url = "/red/s/26/p/7/"
    response = window.hard(url)
    expected = public(resolve(url))
    assert expected["kwargs"] == {"shop": "red", "year": 26, "id": 7}
    matches = [public(pages.requests[name].resolver_match) for name in ("layout", "default")]
    assert [("before", expected), ("after", expected)] == SEEN
    assert matches == [expected, expected]
    page = pages.requests["page"].resolver_match
    assert public(page) == expected
    assert page.func.__name__ == "page"
    assert response.resolver_match.kwargs == expected["kwargs"]
    assert reverse(page.view_name, args=page.args, kwargs=page.kwargs) == url
    window.soft("/red/s/26/z/")
    side = pages.requests["side"].resolver_match
    assert side.route == "<slug:shop>/s/<int:year>/z/"
    # A default that is rendered again is still that of its own URL.
    window.refresh("side")
    window.hard(url)
    pages.forget()
    window.refresh("side")
    assert pages.called == ["default"]
    assert public(pages.requests["default"].resolver_match) == expected


def test_what_is_intercepted_has_the_match_of_its_target(settings: Any) -> None:
    """S22, S8: the view is called with the kwargs of both, its match can be reversed."""
    pages = Pages()
    window = serve(
        settings,
        slots(
            "<slug:team>/",
            layout=layout("{% slot %}{% slot 'modal' %}"),
            children=[path("", pages("home"))],
            modal=slot([intercept("photo", pages("modal"))], default=None),
        ),
        path("photos/<int:id>/", include([slots("", layout="l.html", children=[PHOTO])])),
    )
    window.hard("/red/")
    window.soft("/photos/7/")
    assert window.shows["modal"] == "modal"
    assert pages.kwargs["modal"] == {"team": "red", "id": 7}
    found = pages.requests["modal"].resolver_match
    assert reverse(found.view_name, kwargs=found.kwargs) == "/photos/7/"


PHOTO = path("", view, name="photo")


def test_a_language_is_chosen_for_a_page_with_arguments(settings: Any) -> None:
    """Django's ``set_language`` and ``translate_url()`` reverse what a URL resolves to."""
    settings.LANGUAGE_CODE = "en"
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.middleware.locale.LocaleMiddleware"]
    pages = Pages()
    window = serve(
        settings,
        path("i18n/", include("django.conf.urls.i18n")),
        *i18n_patterns(
            slots(
                "t/<slug:team>/",
                layout=layout(ALL),
                children=[path("photos/<int:id>/", pages("p"), name="photo")],
                side=slot(
                    [path(gettext_lazy("Friday"), pages("side"), name="side")], default=None
                ),
            )
        ),
    )
    with translation.override("en"):
        assert translate_url("/en/t/red/photos/4/?q=1#top", "de") == "/de/t/red/photos/4/?q=1#top"
        assert translate_url("/en/t/red/Friday", "de") == "/de/t/red/Freitag"
    response = window.client.post(
        "/i18n/setlang/", {"language": "de", "next": "/en/t/red/photos/4/"}
    )
    assert response["Location"] == "/de/t/red/photos/4/"
    assert window.hard(response["Location"]).status_code == 200
    assert pages.kwargs["p"] == {"team": "red", "id": 4}


# --- arguments that change on the way to the view ---


class Telling(URLResolver):
    """A resolver of somebody's own that makes matches of its own, and adds an argument."""

    def resolve(self, path: Any) -> ResolverMatch:
        hit = self.pattern.match(str(path))
        if not hit:
            raise Resolver404({"path": path})
        rest, args, kwargs = hit
        found = self.url_patterns[0].resolve(rest)
        assert found
        return ResolverMatch(
            found.func,
            (*args, *found.args),
            {**kwargs, **found.kwargs, f"told_{next(iter(kwargs))}": True},
            found.url_name,
            found.app_names,
            found.namespaces,
            f"{self.url_patterns[0].pattern}{found.route}",
            captured_kwargs={},
            extra_kwargs={},
        )


def test_resolvers_that_make_matches_of_their_own_work_around_slots(settings: Any) -> None:
    """S8: whatever is a ``URLResolver``: at the root of a URLconf, and in a slot."""
    pages = Pages()
    inner = slots(
        "n/<int:year>/",
        layout=pages.layout("inner", "{% slot %}"),
        children=[path("x/<int:id>/", pages("x"), name="x")],
    )
    window = serve(
        settings,
        Telling(
            RoutePattern("<slug:shop>/"),
            [
                slots(
                    "s/",
                    layout=pages.layout("layout", "{% slot %}"),
                    children=[Telling(RoutePattern("o/<slug:word>/"), [inner])],
                )
            ],
        ),
    )
    window.hard("/red/s/o/w/n/26/x/7/")
    assert window.shows["children.children"] == "x"
    above = {"shop": "red", "told_shop": True}
    assert pages.kwargs["layout"] == above
    above |= {"word": "w", "told_word": True, "year": 26}
    assert pages.kwargs["inner"] == above
    assert pages.kwargs["x"] == {**above, "id": 7}
    assert (
        pages.requests["x"].resolver_match.route
        == "<slug:shop>/s/o/<slug:word>/n/<int:year>/x/<int:id>/"
    )


def test_a_resolver_that_hands_on_what_a_slots_finds_works_around_it(settings: Any) -> None:
    """S8: the match that it returns has no step for the ``slots()`` itself."""

    class Handing(URLResolver):
        def resolve(self, path: Any) -> Any:
            return self.url_patterns[0].resolve(path)

    def handing(prefix: str, team: str) -> URLResolver:
        inner = slots(
            prefix,
            layout=pages.layout(f"{team} layout", "{% slot %}"),
            children=[path("x/", pages(f"{team} page"))],
        )
        return Handing(RoutePattern("", is_endpoint=False), [inner])

    pages = Pages()
    outer = slots("o/", layout=layout(), children=[handing("<slug:team>/", "inner")])
    window = serve(settings, handing("t/<slug:team>/", "outer"), outer)
    assert window.hard("/t/red/x/").status_code == 200
    assert window.hard("/o/blue/x/").status_code == 200
    assert pages.kwargs["outer layout"] == pages.kwargs["outer page"] == {"team": "red"}
    assert pages.kwargs["inner layout"] == pages.kwargs["inner page"] == {"team": "blue"}


def test_names_in_resolvers_inside_a_slot_hide_those_above(settings: Any) -> None:
    """S7: likewise where a resolver of somebody's own stands between two ``slots()``."""

    class Other(URLResolver):
        pass

    pages = Pages()
    inner = slots(
        "n/",
        layout=pages.layout("inner", "{% slot %}"),
        children=[path("<int:pk>/", pages("x"))],
    )
    window = serve(
        settings,
        slots("", layout=layout(), children=[Other(RoutePattern("<slug:pk>/"), [inner])]),
    )
    window.hard("/red/n/7/")
    assert (pages.kwargs["x"], pages.kwargs["inner"]) == ({"pk": 7}, {"pk": "red"})


def test_a_language_that_changes_before_the_view_does_no_harm(settings: Any) -> None:
    """S8: middleware may activate the user's own language after the URL has been resolved."""
    pages = Pages()
    window = serve(
        settings,
        path(
            gettext_lazy("Friday"),
            include(
                [
                    path(
                        "/<slug:pk>/",
                        include(
                            [
                                slots(
                                    "s/",
                                    layout=pages.layout("layout", "{% slot %}"),
                                    children=[path("<int:pk>/", pages("page"))],
                                )
                            ]
                        ),
                    )
                ]
            ),
        ),
    )
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.speaks_german"]
    assert window.hard("/Friday/red/s/7/").status_code == 200
    assert pages.kwargs["page"] == {"pk": 7}


def speaks_german(get_response: Callable[..., Any]) -> Any:
    class German:
        def __call__(self, request: HttpRequest) -> Any:
            with translation.override(translation.get_language()):
                return get_response(request)

        def process_view(self, request: HttpRequest, *rest: Any) -> None:
            translation.activate("de")

    return German()


def test_a_composite_view_can_be_called_without_a_match(settings: Any) -> None:
    """``RequestFactory`` makes requests without a ``resolver_match``."""
    pages = Pages()
    serve(
        settings,
        path(
            "<slug:shop>/",
            include(
                [
                    slots(
                        "s/",
                        layout=pages.layout("layout", "{% slot %}"),
                        children=[path("<int:id>/", pages("page"))],
                    )
                ]
            ),
        ),
    )
    found = resolve("/red/s/7/")
    request = RequestFactory().get("/nowhere/")
    assert found.func(request, *found.args, **found.kwargs).status_code == 200
    assert pages.kwargs["page"] == {"shop": "red", "id": 7}
    assert pages.kwargs["layout"] == {"shop": "red"}


def test_the_debug_page_tells_which_route_has_raised_a_404(settings: Any) -> None:
    """The error says what happened and what was tried."""
    settings.DEBUG = True
    pages = Pages()

    def missing(request: HttpRequest) -> HttpResponse:
        raise Http404("no such photo")

    window = serve(
        settings,
        slots("d/", layout=layout(), children=[path("x/", pages("x", missing), name="x-name")]),
    )
    html = window.hard("/d/x/").content.decode()
    assert "matched the last one" in html
    assert "[name=&#x27;x-name&#x27;]" in html or "[name='x-name']" in html
    assert HEADER not in window.response


def test_a_view_without_a_name_is_called_as_django_calls_it(settings: Any) -> None:
    """Logs and the debug page name such a view as for a plain ``path()``."""
    children: list[URLPattern] = [path(f"{number}/", one) for number, one in enumerate(VIEWS)]
    serve(settings, slots("", layout="l.html", children=children))
    names = [resolve(f"/{number}/").view_name for number in range(len(VIEWS))]
    assert names == [f"{__name__}.view", f"{__name__}.Callables", "functools.partial"]
