"""S36: the ``#fragment`` of a redirect, which browsers keep and don't tell scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

from django_parallel_routes import intercept, refresh, slot, slots
from django_parallel_routes.protocol.query import options_of
from django_parallel_routes.test import SlotClient
from django_parallel_routes.values import Location
from tests.window import HEADER, Pages, Window, layout, serve

SCRIPT = "<title>L</title><body>{% parallel_routes_script %}{% slot %}{% slot 'modal' %}"
LOGIN = "/accounts/login/"


def to(url: str, *, status: int = 302, refreshes: bool = False) -> Callable[..., HttpResponse]:
    """A view that redirects, without a change to the URL that it is given."""

    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if refreshes:
            refresh(request, "children")
        response = HttpResponseRedirect("/")
        response["Location"], response.status_code = url, status
        return response

    return view


@pytest.fixture
def pages() -> Pages:
    return Pages()


def site(
    settings: Any,
    pages: Pages,
    post: Callable[..., HttpResponse],
    **more: Callable[..., HttpResponse],
) -> Window:
    children = [
        path("", pages("home")),
        path("thread/", pages("thread")),
        path("post/", post),
        *(path(f"{name}/", view) for name, view in more.items()),
    ]
    modal = slot([intercept("photo", pages("photo in a modal"))], default=None)
    return serve(
        settings,
        slots("", layout=layout(SCRIPT), children=children, modal=modal),
        path("photo/", pages("photo"), name="photo"),
        path("out/", pages("out")),
        path("away/", post),
    )


def sent(window: Window, url: str = "/post/", method: str = "post") -> Any:
    window.hard("/")
    return window.soft(url, method=method)


REDIRECTS = {
    "/thread/#c7": "/thread/?slots=hash:c7#c7",
    "/thread/?page=2#c7": "/thread/?page=2&slots=hash:c7#c7",
    "http://testserver/thread/#c7": "http://testserver/thread/?slots=hash:c7#c7",
    "../thread/#c7": "/thread/?slots=hash:c7#c7",
    "c/#c7": "/post/c/?slots=hash:c7#c7",
    "?x#c7": "/post/?x&slots=hash:c7#c7",
    "#c7": "/post/?a=1&slots=hash:c7#c7",
    "/thread/#caf%C3%A9": "/thread/?slots=hash:caf%25C3%25A9#caf%C3%A9",
    "/thread/#a&b=c/d?e": "/thread/?slots=hash:a%26b%3Dc%2Fd%3Fe#a&b=c/d?e",
    "/thread/#:~:text=a-,b": "/thread/?slots=hash:%3A~%3Atext%3Da-%2Cb#:~:text=a-,b",
}


@pytest.mark.parametrize("location", REDIRECTS)
@pytest.mark.parametrize("url", ["/post/?a=1", "/away/?a=1"])
def test_a_redirect_of_the_script_says_its_fragment_in_the_query(
    settings: Any, pages: Pages, location: str, url: str
) -> None:
    """S36: of a view in a slot, and of one outside; resolved against the URL of the request."""
    window = site(settings, pages, to(location))
    expected = REDIRECTS[location].replace("/post/", url.partition("?")[0])
    assert sent(window, url)["Location"] == expected
    assert window.send(url, {"intent": "navigate", "slots": {}}, "post")["Location"] == expected


@pytest.mark.parametrize(
    "location", ["/thread/", "../thread/", "/thread/#", f"/thread/#{'a' * 501}"]
)
def test_a_redirect_without_a_fragment_is_left_alone(
    settings: Any, pages: Pages, location: str
) -> None:
    assert sent(site(settings, pages, to(location)))["Location"] == location


def test_without_the_script_the_browser_knows(settings: Any, pages: Pages) -> None:
    window = site(settings, pages, to("/thread/#c7"))
    assert window.hard("/post/", "post")["Location"] == "/thread/#c7"


def test_a_request_with_a_target_of_its_own_has_no_url(settings: Any, pages: Pages) -> None:
    """B19: it is no navigation, and what it is redirected to may be any view."""
    window = site(settings, pages, to("/out/#c7"))
    window.hard("/thread/")
    assert window.slot("/post/", "children", method="post")["Location"] == "/out/#c7"


def test_the_answer_has_the_fragment_and_views_don_t(settings: Any, pages: Pages) -> None:
    """S40: the URL that is shown is the redirect's."""
    window = site(settings, pages, to("/thread/?a=1#c7"))
    answer = window.soft(sent(window)["Location"].partition("#")[0])
    assert answer[HEADER] == "/thread/?a=1#c7"
    assert window.slots["children"].src == "/thread/?a=1"
    assert pages.requests["thread"].get_full_path() == "/thread/?a=1"
    assert window.hard("/thread/?slots=hash:c7").status_code == 200
    assert pages.requests["thread"].get_full_path() == "/thread/"


def test_an_intercepted_page_has_the_fragment(settings: Any, pages: Pages) -> None:
    window = site(settings, pages, to("/photo/#c7"))
    answer = window.soft(sent(window)["Location"].partition("#")[0])
    assert answer[HEADER] == "/photo/#c7"
    assert window.shows["modal"] == "photo in a modal"


def test_the_slots_that_a_form_names_come_along(settings: Any, pages: Pages) -> None:
    """S40: ``refresh()``, and a fragment."""
    location = sent(site(settings, pages, to("#c7", refreshes=True)), "/post/?a=1")["Location"]
    assert location == "/post/?a=1&slots=hash:c7&slots=refresh:children#c7"
    said, without = options_of(Location.of(location.partition("#")[0]))
    assert (said.fragment, said.refreshes, without.src) == ("c7", ("children",), "/post/?a=1")


@pytest.mark.parametrize(
    ("second", "shown"),
    [("/thread/", "#c7"), ("/thread/#d8", "#d8"), ("/thread/?slots=hash:x#d8", "#d8")],
)
def test_in_a_chain_of_redirects_the_last_fragment_counts(
    settings: Any, pages: Pages, second: str, shown: str
) -> None:
    """S36: a redirect without a fragment keeps that of the redirect before, as in browsers."""
    site(settings, pages, to("/next/#c7"), next=to(second))
    client = SlotClient()
    client.load("/")
    client.submit("/post/")
    client.assert_url(f"/thread/{shown}")


def test_a_document_has_the_fragment(settings: Any, pages: Pages) -> None:
    """S17, B61: a view outside is loaded as a document; it does not see the query."""
    window = site(settings, pages, to("/out/?a=1#c7", refreshes=True))
    location = sent(window)["Location"].partition("#")[0]
    assert window.soft(location)["HX-Redirect"] == "/out/?a=1#c7"
    assert "out" not in pages.called


def test_another_site_has_the_fragment(settings: Any, pages: Pages) -> None:
    """S17: also if it is that of the redirect before."""
    window = site(settings, pages, to("https://pay.example/"))
    assert sent(window, "/post/?slots=hash:c7")["HX-Redirect"] == "https://pay.example/#c7"
    window = site(settings, pages, to("https://pay.example/#d8"))
    assert sent(window)["HX-Redirect"] == "https://pay.example/#d8"


@pytest.mark.django_db
def test_a_login_does_not_get_the_query(settings: Any, pages: Pages) -> None:
    """B54: the way back is a URL for a browser."""
    window = site(settings, pages, login_required(pages("post")))
    answer = sent(window, "/post/?slots=hash:c7", "get")
    assert answer["HX-Redirect"] == f"{LOGIN}?next=/post/#c7"


def test_a_link_keeps_its_hash(settings: Any, pages: Pages) -> None:
    """S36: where a redirect has none, the link's; also of a document."""
    site(settings, pages, to("/thread/"), out_again=to("/out/"))
    client = SlotClient()
    for url, shown in {"/post/#c7": "/thread/#c7", "/out_again/#c7": "/out/#c7"}.items():
        client.load("/")
        client.visit(url)
        client.assert_url(shown)


@pytest.mark.parametrize("source", ["/", "/out/"])
def test_a_form_keeps_the_hash_of_its_action(settings: Any, pages: Pages, source: str) -> None:
    """S36: with the script, and on a page without it."""
    site(settings, pages, to("/thread/"))
    client = SlotClient()
    client.load(source)
    client.submit("/post/#c7")
    client.assert_url("/thread/#c7")
    client.submit("/thread/#d8", {"a": 1}, method="GET")
    client.assert_url("/thread/?a=1#d8")


def test_back_from_the_fragment_leads_to_the_page_beneath(settings: Any, pages: Pages) -> None:
    """S40: the entry of the form is replaced by that of the fragment."""
    site(settings, pages, to("/thread/#c7"))
    client = SlotClient()
    client.load("/thread/")
    client.visit("/photo/")
    client.submit("/post/", inside="modal")
    client.assert_url("/thread/#c7")
    client.back()
    client.assert_url("/thread/")


@pytest.mark.parametrize(
    "said", ["", "%0d%0aX-Evil:1", "a" * 501, "%3Cb%3E", "%22", "%20", "é", "%00"]
)
def test_anybody_may_write_it_into_a_url(settings: Any, pages: Pages, said: str) -> None:
    """B53: what a client sends is a hint; what is no fragment is dropped."""
    window = site(settings, pages, to("/thread/"))
    window.hard("/")
    assert window.soft(f"/thread/?slots=hash:{said}")[HEADER] == "/thread/"
    assert window.soft(f"/out/?slots=hash:{said}")["HX-Redirect"] == "/out/"
    assert window.soft(f"/post/?slots=hash:{said}", method="post")["Location"] == "/thread/"


def test_a_view_may_say_a_fragment_itself(settings: Any, pages: Pages) -> None:
    """``HX-Push-Url`` is relative to the URL of the request, without what is the package's in it."""

    def pushing(request: HttpRequest) -> HttpResponse:
        return HttpResponse("pushing", headers={"HX-Push-Url": request.GET["to"]})

    window = site(settings, pages, pushing)
    window.hard("/")
    for said, shown in {"/x/%23d8": "/x/#d8", "%23d8": "/post/?to=%23d8#d8"}.items():
        assert window.soft(f"/post/?to={said}&slots=hash:c7")[HEADER] == shown
