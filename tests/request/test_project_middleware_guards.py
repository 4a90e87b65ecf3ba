"""Guards of a project, named in ``PARALLEL_ROUTES_GUARDS``: asked about every composed view (B72)."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from asgiref.sync import async_to_sync, markcoroutinefunction
from django.core.exceptions import MiddlewareNotUsed, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.test import AsyncClient, Client
from django.urls import path
from django.utils.decorators import async_only_middleware, sync_and_async_middleware
from django.utils.deprecation import MiddlewareMixin

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.matches import Captured
from django_parallel_routes.request.project_middleware import refusal_by_middleware
from tests.support.system_checks import a_layout, said, view
from tests.window import HEADER, Pages, Window, layout, serve

HERE = "tests.request.test_project_middleware_guards."


def is_closed(request: HttpRequest) -> bool:
    return request.path_info.startswith("/staff/")


class ByRequest(MiddlewareMixin):
    """``process_request()``, by path."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        return HttpResponseRedirect("/twofactor/") if is_closed(request) else None


class ByView(MiddlewareMixin):
    """``process_view()``, by the name of the route."""

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        assert request.resolver_match
        is_staffs = (request.resolver_match.url_name or "").startswith("staff")
        return HttpResponseRedirect("/twofactor/") if is_staffs else None


class ByAttribute(MiddlewareMixin):
    """``process_view()``, by an attribute of the view."""

    def process_view(self, request: HttpRequest, view: Any, *more: Any) -> HttpResponse | None:
        is_staffs = "staff" in getattr(view, "__name__", "")
        return HttpResponseRedirect("/twofactor/") if is_staffs else None


class ByCall:
    """``__call__()``, by path, as Django's documentation has it."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_closed(request):
            return HttpResponseRedirect("/twofactor/")
        response: HttpResponse = self.get_response(request)
        response["X-Seen"] = "yes"
        return response


def by_function(get_response: Any) -> Any:
    """A function, by path."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect("/twofactor/") if is_closed(request) else get_response(request)

    return middleware


@sync_and_async_middleware
def by_either(get_response: Any) -> Any:
    return by_function(get_response)


@async_only_middleware
def by_async(get_response: Any) -> Any:
    """An async function, by path."""

    async def middleware(request: HttpRequest) -> Any:
        return (
            HttpResponseRedirect("/twofactor/")
            if is_closed(request)
            else await get_response(request)
        )

    return middleware


class AsyncView(MiddlewareMixin):
    """``process_view()`` as a coroutine."""

    async def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        return HttpResponseRedirect("/twofactor/") if is_closed(request) else None


class AsyncOnly:
    """A class that is async, whose ``process_view()`` is not."""

    sync_capable, async_capable = False, True

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response
        markcoroutinefunction(self)

    async def __call__(self, request: HttpRequest) -> Any:
        return await self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        return HttpResponseRedirect("/twofactor/") if is_closed(request) else None


class NotUsed:
    def __init__(self, get_response: Any) -> None:
        raise MiddlewareNotUsed


class Stronghold(MiddlewareMixin):
    """By an attribute of the view: all that is not public needs a login."""

    def process_view(self, request: HttpRequest, view: Any, *more: Any) -> HttpResponse | None:
        is_public = getattr(view, "is_public", False)
        return None if is_public else HttpResponseRedirect(f"/login/?next={request.path}")


class Answering(MiddlewareMixin):
    """Refuses in the way that the test at hand wants."""

    how: Any = None

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        return type(self).how(request) if is_closed(request) else None


GUARDS = [
    *("ByRequest", "ByView", "ByCall", "by_function", "by_either", "by_async", "AsyncView"),
    *("AsyncOnly", "ByAttribute"),
]


def site(settings: Any, pages: Pages, *guards: str, client: Any = None) -> Window:
    """A public page and one of the staff, in every place where a page may be."""
    settings.PARALLEL_ROUTES_GUARDS = [HERE + name for name in guards]
    return serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'side' %}{% slot 'late' %}{% slot 'modal' %}"),
            remember="url",
            children=slot(
                [
                    path("", pages("home"), name="home"),
                    path("public/", pages("public"), name="public"),
                    path("staff/", pages("staff"), name="staff"),
                    path("staff/card/", pages("staff card"), name="staff-card"),
                    path("card/", pages("card"), name="card"),
                ],
                default=pages("children default"),
            ),
            side=slot(
                [path("staff/side/", pages("staff side"), name="staff-side")],
                default=pages("side default"),
            ),
            late=slot(
                [path("staff/late/", pages("staff late"), name="staff-late")],
                default=None,
                loading=pages("loading"),
            ),
            modal=slot(
                [
                    intercept("staff-card", pages("m of staff card")),
                    intercept("card", pages("m of card"), background="staff"),
                ],
                default=None,
            ),
        ),
        path("twofactor/", pages("two factors"), name="twofactor"),
        client=client,
    )


PRIVATE = {"staff", "staff card", "staff side", "staff late", "m of staff card"}


def ways(window: Window, shown: dict[str, Any]) -> list[Any]:
    """Ask for what the staff sees in every kind of request to a public URL."""
    public = window.hard("/public/") and window.mounted
    answers = [
        window.client.get(f"/public/?slot.{name}={quote(value)}")
        for name, value in {
            "children": "staff/",
            "side": "staff/side/",
            "late": "staff/late/",
        }.items()
    ]
    answers.append(window.client.get("/card/"))  # its background is the staff's
    for name, mounted in shown.items():
        only = {**public, name: mounted}
        for state in (
            {"intent": "restore", "slots": public, "restore": only},
            {"intent": "refresh", "slots": only, "refresh": [name]},
            {
                "intent": "navigate",
                "slots": only,
                "refresh": [name],
                "current_url": "/staff/",
                "origin": "/staff/",
            },
        ):
            for url in (
                "/public/",
                f"/public/?slots=refresh:{name}",
                f"/public/?slot.{name}=staff/",
            ):
                answers.append(window._request(url, state, "get", None))
                answers.append(window._request(url, {**state, "form": True}, "post", None))
    for url in ("/staff/", "/staff/card/", "/staff/side/", "/staff/late/"):
        state = {"slots": public, "current_url": "/public/", "origin": "/public/"}
        answers += [
            window.client.get(url),
            window._request(url, {"intent": "navigate", **state}, "get", None),
            window._request(
                url, {"intent": "slot", "source_slot": "children", **state}, "get", None
            ),
            window._request(
                url, {"intent": "navigate", "source_slot": "children", **state}, "post", None
            ),
        ]
    return answers


def everything(settings: Any, pages: Pages) -> dict[str, Any]:
    """What the staff has on screen, by slot, without any guard."""
    window = site(settings, pages)
    found: dict[str, Any] = {}
    for url, name in (("/staff/", "children"), ("/staff/side/", "side"), ("/staff/late/", "late")):
        window.hard(url)
        found[name] = window.mounted[name]
    window.hard("/public/")
    window.soft("/staff/card/")
    assert window.shows["modal"] == "m of staff card"
    found["modal"] = window.mounted["modal"]
    return found


@pytest.mark.parametrize("guard", GUARDS)
def test_no_kind_of_request_bypasses_a_guard(settings: Any, pages: Pages, guard: str) -> None:
    """Django calls ``MIDDLEWARE`` for the URL of the request only, and not for ``?slot.`` or backgrounds."""
    shown = everything(settings, pages)
    ways(Window(), shown)
    assert set(pages.called) >= PRIVATE, "Not all views are reached: nothing is proven"
    pages.forget()
    ways(site(settings, pages, guard), shown)
    assert PRIVATE.isdisjoint(pages.called)
    assert {"public", "side default"} <= set(pages.called)


def test_a_guard_sees_the_url_of_the_view(settings: Any, pages: Pages) -> None:
    """B72: path, query and route; a default, a state and a layout are asked about as their URL."""
    seen: list[tuple[str, str, str]] = []

    def note(self: Any, request: HttpRequest, view: Any, *more: Any) -> None:
        assert request.resolver_match
        name = getattr(view, "__name__", "")
        seen.append((name, request.get_full_path(), str(request.resolver_match.url_name)))

    window = site(settings, pages, "Noting")
    Noting.process_view = note  # type: ignore[method-assign]
    window.hard("/public/?a=1")
    assert {entry for entry in seen if "side" in entry[0]} == {
        ("side_default", "/public/?a=1", "public")
    }
    assert {url for _, url, _ in seen} == {"/public/?a=1"}
    seen.clear()
    window.client.get("/public/?slot.side=staff/side/")
    assert ("staff_side", "/staff/side/", "staff-side") in seen


class Noting(MiddlewareMixin):
    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        return None


def test_a_redirect_of_a_guard_takes_the_whole_window(settings: Any, pages: Pages) -> None:
    """B72, B54: a second factor is for the window, as a login is."""
    window = site(settings, pages, "ByRequest")
    window.hard("/public/")
    answer = window.soft("/staff/")
    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/twofactor/")
    assert window.client.get("/staff/")["Location"] == "/twofactor/"


@pytest.mark.parametrize(
    ("how", "status"),
    [
        (lambda request: HttpResponse("closed", status=503), 503),
        (lambda request: HttpResponse("<p>a password, please"), 200),
        (lambda request: TemplateResponse(request, "unit/default.html"), 200),
        (lambda request: (_ for _ in ()).throw(PermissionDenied), 403),
        (lambda request: (_ for _ in ()).throw(Http404), 404),
    ],
)
def test_any_answer_of_a_guard_is_a_refusal(
    settings: Any, pages: Pages, how: Any, status: int
) -> None:
    """B72: it answers the request, and stands in no slot."""
    Answering.how = staticmethod(how)
    window = site(settings, pages, "Answering")
    window.hard("/public/")
    for answer in (window.client.get("/staff/"), window.soft("/staff/")):
        assert answer.status_code == status
        assert HEADER not in answer
        assert b"data-pr-slot" not in answer.content
    window.hard("/public/")
    assert HEADER not in window.soft("/staff/card/")
    window.hard("/public/?slot.side=staff/side/")
    assert window.shows["side"] == "side default"


def test_a_guard_by_attribute_asks_about_every_view_but_templates(
    settings: Any, pages: Pages
) -> None:
    """B72: a template can't be marked: it counts as the page of its URL."""

    def public(view: Any) -> Any:
        view.is_public = True
        return view

    settings.PARALLEL_ROUTES_GUARDS = [HERE + "Stronghold"]
    window = serve(
        settings,
        slots(
            "",
            layout="unit/layout.html",
            children=[
                path("", public(pages("home"))),
                path("mine/", pages("mine")),
                path("both/", public(pages("both"))),
            ],
            side=slot([path("both/", pages("private side"))], default="unit/default.html"),
        ),
    )
    assert window.hard("/").status_code == 200
    for url in ("/mine/", "/both/"):
        assert window.client.get(url)["Location"] == f"/login/?next={url}"
    window.hard("/")
    assert window.soft("/both/")["HX-Redirect"].startswith("/login/?next=")


def test_a_guard_that_is_not_used_says_nothing(settings: Any, pages: Pages) -> None:
    """B72: ``MiddlewareNotUsed``, as Django has it."""
    assert site(settings, pages, "NotUsed").hard("/staff/").status_code == 200


def test_a_form_is_asked_about_with_its_method(settings: Any, pages: Pages) -> None:
    """B72, B39: and all other views with GET."""
    methods: dict[str, str] = {}

    def note(self: Any, request: HttpRequest, view: Any, *more: Any) -> None:
        methods[getattr(view, "__name__", "")] = str(request.method)

    window = site(settings, pages, "Noting", client=Client())
    Noting.process_view = note  # type: ignore[method-assign]
    window.client.post("/public/")
    assert (methods["public"], methods["side_default"]) == ("POST", "GET")


def test_a_url_that_is_gone_is_asked_about_all_the_same(settings: Any, rf: Any) -> None:
    """B72: a default's URL may be one that the URLconf does not have any more."""
    settings.PARALLEL_ROUTES_GUARDS = [HERE + "ByRequest"]
    serve(settings)
    request = rf.get("/staff/gone/")
    request.resolver_match = None
    assert refusal_by_middleware(request, Pages()("default"), Captured())


def test_a_named_guard_may_come_after_ours(settings: Any) -> None:
    """B72: W013 is about ``process_view()`` that nobody asks."""
    site = slots("", layout=a_layout, children=[path("", view), intercept("plain", view)])
    urls = [site, path("plain/", view, name="plain")]
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, HERE + "ByView"]
    assert "W013" in dict(said(settings, *urls))
    settings.PARALLEL_ROUTES_GUARDS = [HERE + "ByView"]
    assert "W013" not in dict(said(settings, *urls))


@pytest.mark.parametrize("guard", GUARDS)
def test_guards_are_asked_under_asgi(settings: Any, pages: Pages, guard: str) -> None:
    """B72: sync ones and async ones."""
    site(settings, pages, guard)
    client = AsyncClient()
    get = async_to_sync(client.get)
    assert get("/staff/")["Location"] == "/twofactor/"
    assert b"public" in get("/public/?slot.children=staff/").content
    assert get("/staff/", headers={HEADER: json.dumps({"intent": "slot"})})["HX-Redirect"]
    assert "staff" not in pages.called
