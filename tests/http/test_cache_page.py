"""``cache_page`` and the cache's middleware: what is found in the cache, and what must not be cached."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import cache_page

from django_parallel_routes import intercept, slot, slots
from tests.window import Pages, layout, serve

pages = Pages()
cached = cache_page(60)


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    pages.forget()
    yield
    cache.clear()


# --- Layouts ---


def test_a_cached_document_tells_all_what_it_told_the_first(settings: Any) -> None:
    """Caching a layout is wrong: after a form without JavaScript, pages are taken for answers to forms."""
    document = layout("{% parallel_routes_script %}{% slot %}")
    for root, is_form in [(cached(document), True), (document, False)]:
        window = serve(settings, slots("", layout=root, children=[path("", pages("home"))]))
        window.client.post("/")
        window.hard("/")
        assert ('data-pr-boost="form"' in window.text) is is_form


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


# --- The order of middleware ---


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
    """B52: so the cache's middleware comes first."""
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
