"""``Vary`` and ``Cache-Control`` of a page with several slots (B52)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
)
from django.urls import path
from django.utils.cache import patch_response_headers
from django.views.decorators.cache import cache_control, cache_page, never_cache
from django.views.decorators.vary import vary_on_headers

from django_parallel_routes import intercept, slot, slots
from tests.support.responses import ALL, NAMES, answering, hard_and_soft, plain, two, varies
from tests.window import HEADER, Pages, layout, serve

# --- Vary ---


def test_vary_names_the_headers_on_every_kind_of_answer(settings: Any) -> None:
    """B52: "`Vary` names every header that was used": page, slots, one slot, document, form, refusal."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout(ALL),
            children=[
                path("", plain),
                path("to/", lambda request: HttpResponseRedirect("/")),
                path("off/", lambda request: HttpResponseRedirect("https://elsewhere.example/")),
                path("no/", lambda request: HttpResponse(status=403)),
                path("json/", lambda request: JsonResponse({})),
            ],
            side=slot([path("side/", plain)], default=None),
        ),
        slots("other/", layout=layout(), children=[path("", plain)]),
    )
    window.hard("/")
    answers = {
        "page": window.client.get("/"),
        "posted page": window.client.post("/"),
        "bad state": window.client.get("/", headers={HEADER: "{"}),
        "slots": window.soft("/"),
        "form": window.soft("/", method="post", source_slot="children"),
        "restore": window.send(
            "/", {"intent": "restore", "slots": window.mounted, "restore": window.mounted}
        ),
        "slot": window.slot("/", "children"),
        "document": window.soft("/other/"),
        "history": window.client.get("/", headers={"HX-History-Restore-Request": "true"}),
    }
    for url in ("/to/", "/off/", "/no/", "/json/"):
        answers[f"hard {url}"] = window.client.get(url)
        answers[f"soft {url}"] = window.soft(url)
        answers[f"form {url}"] = window.soft(url, method="post")
    assert [name for name, answer in answers.items() if not varies(answer) >= NAMES] == []


def test_vary_names_the_headers_where_only_a_soft_navigation_has_slots(settings: Any) -> None:
    """B52: a 404 may be cached as well: hard, a URL is missing for which a soft navigation has slots."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'must' %}"),
            children=[
                path("", plain),
                path("missing/", plain),
            ],
            must=[path("", plain)],
        ),
    )
    hard = window.client.get("/missing/")
    assert hard.status_code == 404
    assert varies(hard) >= NAMES


def test_vary_of_every_slot_is_joined(settings: Any) -> None:
    """B52: the response depends on the headers of all its parts."""
    window = two(
        settings, vary_on_headers("X-One")(plain), vary_on_headers("X-Two", "X-One")(plain)
    )
    for answer in hard_and_soft(window):
        assert varies(answer) >= NAMES | {"X-One", "X-Two"}
        assert answer["Vary"].count("X-One") == 1


# --- Cache-Control ---


@pytest.mark.parametrize(
    ("root", "home", "side", "expected"),
    [
        (None, None, None, None),
        ("max-age=60", "max-age=30", "max-age=90", "max-age=30"),
        ("max-age=60", "max-age=30", None, None),
        (None, "max-age=30", "max-age=30", None),
        ("public, max-age=60", "public, max-age=60", "public, max-age=9", "max-age=9, public"),
        ("public, max-age=60", "public, max-age=60", "private, max-age=9", "private, max-age=9"),
        ("public", "public", "no-store", "no-store"),
        (None, None, "no-store", "no-store"),
        (None, "private", "must-revalidate", "must-revalidate, private"),
        ("max-age=5, s-maxage=9", "max-age=5", "max-age=5, s-maxage=9", "max-age=5"),
        ("max-age=5", "max-age=5", "MAX-AGE=4, Private", "private, max-age=4"),
        ("max-age=5", "max-age=x", "max-age=5", "max-age=0"),
        ("max-age=5", "max-age=10", "max-age=9", "max-age=5"),
    ],
)
def test_of_cache_control_the_strictest_wins(
    settings: Any, root: Any, home: Any, side: Any, expected: Any
) -> None:
    """B52: no cache may "show … one user's slot to another": a page is as cacheable as its weakest part."""

    def said(value: str | None) -> Any:
        return answering(Cache_Control=value) if value else plain

    def outer(request: HttpRequest) -> HttpResponse:
        response = layout(ALL)(request)
        if root:
            response["Cache-Control"] = root
        return response

    window = two(settings, said(home), said(side), outer)
    assert window.client.get("/").get("Cache-Control") == expected


def test_djangos_cache_decorators_hold_for_the_page(settings: Any) -> None:
    """B52: ``never_cache`` on one slot keeps the whole page, hard or soft, out of every cache."""
    window = two(settings, never_cache(plain), cache_control(public=True, max_age=60)(plain))
    for answer in hard_and_soft(window):
        said = {item.strip() for item in answer["Cache-Control"].split(",")}
        assert {"no-store", "no-cache", "private"} <= said
        assert "public" not in said


def test_an_expiry_of_one_slot_is_none_of_the_page(settings: Any) -> None:
    """B52: ``Expires`` is what caches go by where ``Cache-Control`` says nothing."""

    def cached(request: HttpRequest) -> HttpResponse:
        response = HttpResponse("cached for an hour")
        patch_response_headers(response, 3600)
        return response

    for answer in hard_and_soft(two(settings, plain, cached)):
        assert "Expires" not in answer
        assert "max-age" not in answer.get("Cache-Control", "")


def test_an_expiry_of_the_layout_is_none_of_the_page(settings: Any) -> None:
    """B52: the layout may be cached, the page with its slots may not: they have said nothing of it."""

    def cached(request: HttpRequest) -> HttpResponse:
        response = layout(ALL)(request)
        patch_response_headers(response, 3600)
        return response

    answer = two(settings, root=cached).client.get("/")
    assert "Expires" not in answer
    assert "max-age" not in answer.get("Cache-Control", "")


def test_cached_slots_of_one_url_are_not_mixed_up(settings: Any) -> None:
    """B52: ``cache_page`` uses the URL as its key, so each slot gets a URL of its own."""
    cache.clear()
    pages = Pages()
    cached = cache_page(60)
    window = two(settings, cached(pages("home")), cached(pages("side")))
    for _ in range(2):
        window.hard("/")
        assert window.shows == {"children": "home", "side": "side"}
    assert pages.called == ["home", "side"]
    cache.clear()


def test_cached_modals_are_not_mixed_up(settings: Any) -> None:
    """B52: what is shown for one URL hangs on the page beneath: its segment's kwargs, and the rule."""
    cache.clear()

    def photo(request: HttpRequest, number: int, **kwargs: Any) -> HttpResponse:
        return HttpResponse(f"{number} of {kwargs}")

    def on_top(request: HttpRequest, number: int, **kwargs: Any) -> HttpResponse:
        return HttpResponse(f"{number} on top of {kwargs}")

    cached = cache_page(60)
    rules = [
        intercept("photo", cached(photo), origin="album"),
        intercept("photo", cached(on_top), origin="cover"),
    ]
    window = serve(
        settings,
        path("photos/<int:number>/", cached(photo), name="photo"),
        slots(
            "<slug:album>/",
            layout=layout("{% slot %}{% slot 'modal' %}"),
            children=[path("", plain, name="album"), path("cover/", plain, name="cover")],
            modal=slot(rules, default=None),
        ),
    )
    for _ in range(2):
        for beneath, expected in {
            "/birds/": "7 of {'album': 'birds'}",
            "/trees/": "7 of {'album': 'trees'}",
            "/trees/cover/": "7 on top of {'album': 'trees'}",
        }.items():
            window.hard(beneath)
            window.soft("/photos/7/")
            assert window.shows["modal"] == expected
        assert window.hard("/photos/7/").content == b"7 of {}"
    cache.clear()


def test_a_cached_state_is_not_taken_for_a_slot_of_its_name(settings: Any) -> None:
    """B52: slots are named by their authors, states are not."""
    cache.clear()
    pages = Pages()
    cached = cache_page(60)
    inner = slots(
        "",
        layout=layout("{% slot 'loading' %}"),
        children=slot([], default=None),
        loading=[path("", cached(pages("page")))],
    )
    window = serve(
        settings,
        slots(
            "",
            layout=layout(ALL),
            children=[path("", plain)],
            side=slot([inner], loading=cached(pages("state"))),
        ),
    )
    window.hard("/")
    assert window.shows["side"] == "state"
    window.refresh("side")
    assert window.shows["side.loading"] == "page"
    cache.clear()


def test_a_cached_page_is_not_taken_for_the_document(settings: Any) -> None:
    """B52: the cache's middleware has the key of ``cache_page``, and answers before anything is run."""
    cache.clear()
    before, after = (
        f"django.middleware.cache.{name}CacheMiddleware" for name in ("Update", "FetchFrom")
    )
    settings.MIDDLEWARE = [before, *settings.MIDDLEWARE, after]
    window = two(settings, cache_page(60)(plain), plain, never_cache(layout(ALL)))
    first = window.client.get("/").content
    assert b"data-pr-slot" in first
    assert window.client.get("/").content == first
    cache.clear()
