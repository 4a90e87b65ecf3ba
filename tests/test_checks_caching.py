"""System checks of ``cache_page`` and its middleware, and what happens where they are not heeded."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import wraps
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import cache_control, cache_page
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.checks.caching import is_cached
from tests.checking import a_layout, other, said, view
from tests.window import Pages, layout, serve

pages = Pages()
cached = cache_page(60)


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    pages.forget()
    yield
    cache.clear()


# --- Which views are cached ---


@method_decorator(cached, name="dispatch")
class Dispatched(View):
    pass


class Got(View):
    @method_decorator(cached)
    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse()


@method_decorator([cached, csrf_exempt], name="dispatch")
class Listed(View):
    pass


async def an_async_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def decorated(inner: Any) -> Any:
    @wraps(inner)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        return inner(*args, **kwargs)

    return wrapper


another = cached(view)


def asks_another(request: HttpRequest) -> HttpResponse:
    return another(request)


def holds_another() -> Any:
    asked = cached(view)

    def holder(request: HttpRequest) -> HttpResponse:
        return unset if asked else asked(request)

    if not asked:
        unset = HttpResponse()
    return holder


def itself() -> Any:
    def loop(request: HttpRequest) -> None:
        return None

    loop.__wrapped__ = loop  # type: ignore[attr-defined]
    return loop


@pytest.mark.parametrize(
    "decorated_view",
    [
        cached(view),
        csrf_exempt(cached(view)),
        decorated(decorated(cached(view))),
        cached(cache_control(max_age=3)(view)),
        cached(an_async_view),
        cached(View.as_view()),
        Dispatched.as_view(),
        Got.as_view(),
        Listed.as_view(),
    ],
)
def test_cached_views_are_known(decorated_view: Any) -> None:
    assert is_cached(decorated_view)


@pytest.mark.parametrize(
    "plain",
    [
        view,
        csrf_exempt(view),
        cache_control(max_age=3)(view),
        View.as_view(),
        TemplateView.as_view(template_name="x"),
        asks_another,
        holds_another(),
        itself(),
        None,
        pages("a view that is a closure"),
    ],
)
def test_other_views_are_not_taken_for_cached_ones(plain: Any) -> None:
    assert not is_cached(plain)


# --- W010: layouts ---


def test_a_cached_document_is_reported(settings: Any) -> None:
    site = slots("", layout=cached(a_layout), children=[path("", cached(view))])
    assert said(settings, site) == [
        (
            "W010",
            "slots(''): its layout is cached by cache_page, so what {% parallel_routes_script %} "
            "tells of one request is told at all others.",
        )
    ]


def test_a_cached_document_tells_all_what_it_told_the_first(settings: Any) -> None:
    """W010: after a form without JavaScript, pages are taken for answers to forms."""
    document = layout("{% parallel_routes_script %}{% slot %}")
    for root, is_form in [(cached(document), True), (document, False)]:
        window = serve(settings, slots("", layout=root, children=[path("", pages("home"))]))
        window.client.post("/")
        window.hard("/")
        assert ('data-pr-boost="form"' in window.text) is is_form


def test_a_cached_layout_that_prints_a_slot_for_some_is_reported(settings: Any) -> None:
    """S46: it prints for all what it has printed for the first."""

    def site(inner: Any) -> Any:
        side = slot([], default=other)
        deep = slots("", layout=inner, children=[path("", view)], side=side)
        return slots("", layout=a_layout, children=[deep])

    inner = cached(TemplateView.as_view(template_name="in.html"))
    source = "{% slot %}{% if user.is_staff %}{% slot 'side' %}{% endif %}"
    [(code, message)] = said(settings, site(inner), templates={"in.html": source})
    assert code == "W010"
    assert "so whether it prints slot 'side' is decided once, for everyone." in message
    assert said(settings, site(inner), templates={"in.html": "{% slot %}{% slot 'side' %}"}) == []
    assert said(settings, site(cached(a_layout))) == []


# --- Cached views that one slot shows for the same URL ---


def test_a_cached_loading_state_is_not_found_as_the_page(settings: Any) -> None:
    """S28: "caches must not mix variants"."""
    root = slots(
        "",
        layout=layout("{% slot %}{% slot 'side' %}"),
        children=[path("", pages("home"))],
        side=slot([path("", cached(pages("page")))], loading=cached(pages("loading"))),
    )
    window = serve(settings, root)
    for _ in range(2):
        window.hard("/")
        assert window.shows["side"] == "loading"
        window.refresh("side")
        assert window.shows["side"] == "page"
    assert pages.called.count("page") == pages.called.count("loading") == 1


def test_a_cached_target_is_not_found_as_what_intercepts_it(settings: Any) -> None:
    """S28, B30: it is asked first whether it refuses, under the key of its own page."""
    root = slots(
        "",
        layout=layout("{% slot %}"),
        children=[
            path("", pages("home")),
            path("p/", cached(pages("page")), name="p"),
            intercept("p", cached(pages("modal"))),
        ],
    )
    window = serve(settings, root)
    for _ in range(2):
        window.hard("/")
        window.soft("/p/")
        assert window.shows == {"children": "modal"}
        window.hard("/p/")
        assert window.shows == {"children": "page"}
    assert pages.called.count("page") == pages.called.count("modal") == 1


def test_a_cached_target_of_another_slot_is_asked_under_the_key_of_that(settings: Any) -> None:
    """S28: a page of the main slot, at the same URL, is another one."""
    root = slots(
        "",
        layout=layout("{% slot %}{% slot 'side' %}{% slot 'modal' %}"),
        children=[path("", pages("home")), path("p/", cached(pages("main")))],
        side=slot([path("p/", cached(pages("page")), name="p")], default=None),
        modal=slot([intercept("p", pages("modal"))], default=None),
    )
    window = serve(settings, root)
    window.hard("/")
    window.soft("/p/")
    assert window.shows["modal"] == "modal"
    window.hard("/p/")
    assert window.shows == {"children": "main", "side": "page", "modal": ""}


# --- What the checks of middleware warn of ---


def plain_and_modal(settings: Any) -> Any:
    window = serve(
        settings,
        path("p/", pages("page"), name="p"),
        slots(
            "",
            layout=layout("{% slot %}{% slot 'modal' %}"),
            children=[path("", pages("home"))],
            modal=slot([intercept("p", pages("modal"))], default=None),
        ),
    )
    window.client.get("/p/")
    window.hard("/")
    return window


def test_a_cache_inside_of_our_middleware_gives_a_page_for_a_modal(settings: Any) -> None:
    """W012, B52."""
    update, fetch = (
        f"django.middleware.cache.{name}Middleware" for name in ("UpdateCache", "FetchFromCache")
    )
    before = settings.MIDDLEWARE
    for order, answer in [
        ([*before, update, fetch], b"page"),
        ([update, *before, fetch], b"modal"),
    ]:
        cache.clear()
        settings.MIDDLEWARE = order
        assert answer in plain_and_modal(settings).soft("/p/").content


class Refuses:
    """Middleware that protects a view by its URL."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
        return HttpResponse(status=403) if request.path == "/p/" else None


def test_middleware_after_ours_is_not_asked_about_what_is_intercepted(settings: Any) -> None:
    """W013, B30: interception would show what it refuses."""
    guard, before = f"{__name__}.Refuses", settings.MIDDLEWARE
    for order, status in [([*before, guard], 200), ([guard, *before], 403)]:
        settings.MIDDLEWARE = order
        assert plain_and_modal(settings).soft("/p/").status_code == status


def test_gzip_holds_the_page_back_until_the_last_slot_is_there(settings: Any) -> None:
    """W014."""
    settings.MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware", *settings.MIDDLEWARE]
    side = slot([path("", pages("late"))], loading=pages("loading"), delivery="streamed")
    root = layout("<body>{% slot %}{% slot 'side' %}</body>")
    window = serve(settings, slots("", layout=root, children=[path("", pages("home"))], side=side))
    response = window.client.get("/", headers={"Accept-Encoding": "gzip"})
    first, *_ = response.streaming_content
    assert "late" in pages.called
    assert b"home" not in zlib.decompressobj(31).decompress(first)
