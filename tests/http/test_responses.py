"""The answer: its headers, cookies and status, and whose word counts (S17, S46, B52, B54)."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required, login_required
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.cache import cache
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.test import Client
from django.urls import path, resolve
from django.utils.cache import patch_response_headers
from django.views.decorators.cache import cache_control, cache_page, never_cache
from django.views.decorators.clickjacking import (
    xframe_options_deny,
    xframe_options_exempt,
    xframe_options_sameorigin,
)
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.vary import vary_on_headers
from django.views.generic import View

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.request.access import _view_middleware
from tests.window import HEADER, Pages, Window, layout, serve

ALL = "{% slot %}{% slot 'side' %}"
NAMES = {"HX-Request", "HX-History-Restore-Request", HEADER}


def answering(**headers: str) -> Callable[..., HttpResponse]:
    """A view whose response has these headers; an underscore stands for a hyphen."""

    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        return HttpResponse("view", headers=said)

    return view


plain = answering()


def two(settings: Any, home: Any = plain, side: Any = plain, root: Any = None) -> Window:
    """``L{children: home at "", plain at x/; side: side at "", else empty}``."""
    return serve(
        settings,
        slots(
            "",
            layout=root or layout(ALL),
            children=[path("", home), path("x/", plain)],
            side=slot([path("", side)], default=None),
        ),
    )


def hard_and_soft(window: Window, url: str = "/", **kwargs: Any) -> list[Any]:
    """The answers to a document load, and to a soft navigation from ``x/``."""
    hard = window.client.get(url, **kwargs)
    window.hard("/x/")
    return [hard, window.soft(url, **kwargs)]


def varies(response: Any) -> set[str]:
    return {name.strip() for name in response.get("Vary", "").split(",") if name.strip()}


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
    """B52, DESIGN: "Cookies, `Vary`, … of every slot's response belong on the page's"."""
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
    """B52, DESIGN: "`cache_page` on two slots of one URL mixes them up (its key is the URL)": not here."""
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


# --- Other headers and cookies ---


def test_cookies_of_all_slots_are_set(settings: Any) -> None:
    """S46: "A … cookie of a slot's view is honoured for the page"."""

    def cookie(name: str) -> Any:
        def view(request: HttpRequest) -> HttpResponse:
            response = HttpResponse(name)
            response.set_cookie(name, "1", httponly=True)
            return response

        return view

    def outer(request: HttpRequest) -> HttpResponse:
        response = layout(ALL)(request)
        response.set_cookie("layout", "1")
        return response

    hard, soft = hard_and_soft(two(settings, cookie("home"), cookie("side"), outer))
    assert set(hard.cookies) == {"layout", "home", "side"}
    assert set(soft.cookies) == {"home", "side"}
    assert hard.cookies["home"]["httponly"]


def test_headers_of_slots_are_the_pages_but_not_those_of_their_bodies(settings: Any) -> None:
    """DESIGN: what a slot's response says of the page belongs on it; lengths, types and tags do not."""
    home = answering(X_Home="1", ETag='"1"', Content_Language="de", HX_Trigger="saved")
    side = answering(X_Home="2", Last_Modified="Thu, 01 Jan 1970 00:00:00 GMT", HX_Retarget="#a")
    for answer in hard_and_soft(two(settings, home, side)):
        assert answer["X-Home"] == "1"
        assert answer["HX-Trigger"] == "saved"
        for name in ("ETag", "Content-Language", "Last-Modified", "HX-Retarget"):
            assert name not in answer
        assert int(answer["Content-Length"]) == len(answer.content)


def test_a_soft_answer_tells_htmx_to_leave_all_to_the_script(settings: Any) -> None:
    """S13, S36: "the changed slots … in one commit"; the script scrolls and moves the address bar."""
    window = two(settings)
    window.hard("/x/")
    answer = window.soft("/?q=%22%3C")
    assert answer[HEADER] == "/?q=%22%3C"
    assert answer["HX-Reswap"] == "none swap:0ms show:none settle:0ms transition:false"
    assert answer["HX-Push-Url"] == "false"
    assert answer["Content-Type"].startswith("text/html")


# --- Framing ---


@pytest.mark.parametrize(
    ("exempt", "expected"),
    [(("layout", "home", "side"), None), (("home", "side"), "DENY"), (("layout", "home"), "DENY")],
)
def test_a_page_may_be_framed_only_if_all_its_views_may(
    settings: Any, exempt: tuple[str, ...], expected: str | None
) -> None:
    """B54, DESIGN: "the strictest wins": one that isn't exempt keeps the page out of frames."""

    def view(name: str, of: Any) -> Any:
        return xframe_options_exempt(of) if name in exempt else of

    window = two(settings, view("home", plain), view("side", plain), view("layout", layout(ALL)))
    assert window.client.get("/").get("X-Frame-Options") == expected


def test_one_slot_does_not_loosen_the_framing_of_the_others(settings: Any) -> None:
    """B54: "Every composed view passes the same … checks as it would alone": there, it is DENY."""
    window = two(settings, plain, xframe_options_sameorigin(plain))
    assert window.client.get("/")["X-Frame-Options"] == "DENY"
    window = two(settings, xframe_options_sameorigin(plain), xframe_options_deny(plain))
    assert window.client.get("/")["X-Frame-Options"] == "DENY"
    settings.X_FRAME_OPTIONS = "SAMEORIGIN"
    window = two(settings, plain, xframe_options_deny(plain))
    assert window.client.get("/")["X-Frame-Options"] == "DENY"


def test_switches_for_csp_middleware_are_the_layouts(settings: Any) -> None:
    """B71: "a looser CSP … never travels from one slot to the page": it is the document's."""

    def marked(view: Any) -> Any:
        def called(request: HttpRequest) -> HttpResponse:
            response = view(request)
            response._csp_config = {"img-src": "data:"}
            return response

        return called

    hard, soft = hard_and_soft(two(settings, plain, marked(plain)))
    assert not hasattr(hard, "_csp_config")
    assert not hasattr(soft, "_csp_config")
    hard, _ = hard_and_soft(two(settings, root=marked(layout(ALL))))
    assert hard._csp_config == {"img-src": "data:"}


# --- Redirects, refusals, files ---


def test_a_redirect_of_a_slot_is_honoured(settings: Any) -> None:
    """S46: "A … redirect … of a slot's view is honoured for the page", hard and soft, with its cookies."""

    def leave(request: HttpRequest) -> HttpResponse:
        response = HttpResponseRedirect("/x/")
        response.set_cookie("left", "1")
        return response

    for answer in hard_and_soft(two(settings, plain, leave)):
        assert (answer.status_code, answer["Location"]) == (302, "/x/")
        assert "left" in answer.cookies
        assert HEADER not in answer


@pytest.mark.parametrize(
    "location", ["https://elsewhere.example/a?b", "//elsewhere.example/", "ftp://x/"]
)
def test_a_redirect_off_site_is_left_to_the_browser(settings: Any, location: str) -> None:
    """S17: "a redirect off-site is a full document load": a script couldn't follow it."""

    class Anywhere(HttpResponseRedirect):
        allowed_schemes = ["https", "http", "ftp"]

    def leave(request: HttpRequest) -> HttpResponse:
        response = Anywhere(location)
        response.set_cookie("left", "1")
        return response

    hard, soft = hard_and_soft(two(settings, leave))
    assert (hard.status_code, hard["Location"]) == (302, location)
    assert (soft.status_code, soft["HX-Redirect"], soft.content) == (200, location, b"")
    assert "left" in soft.cookies
    assert "Location" not in soft


def test_a_redirect_to_the_own_host_is_on_site(settings: Any) -> None:
    """S17: only another host is off-site."""
    window = two(settings, lambda request: HttpResponseRedirect("http://testserver/x/"))
    assert [answer.status_code for answer in hard_and_soft(window)] == [302, 302]


@pytest.mark.parametrize("status", [401, 403, 404, 410, 500, 503, 204, 422])
def test_any_other_status_answers_the_request(settings: Any, status: int) -> None:
    """S46: "A refusal … of a slot's view is honoured for the page"; S17: "never a fragment in a slot"."""
    window = two(settings, plain, lambda request: HttpResponse("refused", status=status))
    for answer in hard_and_soft(window):
        assert answer.status_code == status
        assert HEADER not in answer
        assert b"data-pr-slot" not in answer.content


def test_downloads_and_json_answer_as_themselves(settings: Any) -> None:
    """S13, DESIGN: "a response that is no fragment … answers the request", unchanged."""

    def stream(request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse(iter([b"a", b"b"]))

    def file(request: HttpRequest) -> FileResponse:
        return FileResponse(BytesIO(b"content"), filename="a.csv", as_attachment=True)

    for view, content in {
        stream: b"ab",
        file: b"content",
        (lambda request: JsonResponse({"a": 1})): b'{"a": 1}',
        (lambda request: HttpResponse("a,b", content_type="text/csv")): b"a,b",
    }.items():
        for answer in hard_and_soft(two(settings, view)):
            assert answer.status_code == 200
            assert (answer.getvalue() if answer.streaming else answer.content) == content
            assert HEADER not in answer
    assert "attachment" in two(settings, file).client.get("/")["Content-Disposition"]


@pytest.mark.parametrize("name", ["HX-Redirect", "HX-Location", "HX-Refresh"])
def test_an_order_to_htmx_is_passed_on(settings: Any, name: str) -> None:
    """B19: "htmx's other attributes … keep their meaning", and so do the headers that views answer."""
    window = two(settings, answering(**{name.replace("-", "_"): "/x/"}))
    window.hard("/x/")
    answer = window.soft("/")
    assert (answer[name], HEADER in answer) == ("/x/", False)


def test_options_are_answered_by_the_view_that_is_asked(settings: Any) -> None:
    """B39: what a view says of its methods is the response, with its ``Allow``, and no page."""

    class Page(View):
        def get(self, request: HttpRequest) -> HttpResponse:
            return HttpResponse("page")

        def post(self, request: HttpRequest) -> HttpResponse:
            return HttpResponse("posted")

    window = two(settings, Page.as_view(), Page.as_view())
    response = window.client.options("/")
    assert (response.status_code, response.content) == (200, b"")
    assert response["Allow"] == "GET, POST, HEAD, OPTIONS"


def test_a_method_that_is_not_allowed_answers_405(settings: Any) -> None:
    """B39: stock views keep saying so."""
    window = two(settings, lambda request: HttpResponseNotAllowed(["GET"]))
    assert window.client.post("/").status_code == 405


# --- Forms ---


def form(request: HttpRequest) -> HttpResponse:
    status = int(request.POST.get("status", 200))
    return HttpResponse(f"{request.method} {request.POST.get('name', '')}", status=status)


@pytest.mark.parametrize("status", [200, 422])
def test_errors_rerender_the_posted_slot_alone(settings: Any, status: int) -> None:
    """B39: "errors re-render that slot alone (status 200 or 422)", and the address bar stays."""
    pages = Pages()
    window = two(settings, pages("home"), form)
    window.hard("/")
    pages.forget()
    answer = window.soft(
        "/", method="post", source_slot="side", data={"status": str(status), "name": "Ada"}
    )
    assert (answer.status_code, answer[HEADER]) == (status, "stay")
    assert window.changed == ["side"]
    assert window.shows == {"children": "home", "side": "POST Ada"}
    assert pages.called == []


@pytest.mark.parametrize("status", [200, 422])
def test_errors_are_shown_in_a_full_page_without_javascript(settings: Any, status: int) -> None:
    """B41, B12: "JavaScript off: the same flows, as full pages"."""
    pages = Pages()
    window = two(settings, form, pages("side"))
    answer = window.client.post("/", {"status": str(status), "name": "Ada"})
    assert b"POST Ada" in answer.content
    assert b">side</div>" in answer.content
    assert pages.requests["side"].method == "GET"
    assert answer.status_code in (200, status)


def test_a_422_of_a_slot_that_was_not_posted_is_a_refusal(settings: Any) -> None:
    """B39: 422 is an answer to a form; B19: in a request of its own, too."""
    refusing = lambda request: HttpResponse("no", status=422)  # noqa: E731
    window = two(settings, plain, refusing)
    window.hard("/x/")
    assert HEADER not in window.soft("/")
    window = two(settings, refusing)
    window.hard("/x/")
    answer = window.slot("/", "children")
    assert (answer.status_code, answer.content) == (422, b"no")


def test_a_redirect_after_a_form_is_followed_by_the_client(settings: Any) -> None:
    """S40: "A redirect after a form is a soft navigation": the redirect itself is passed on."""
    pages = Pages()
    window = two(settings, lambda request: HttpResponseRedirect("/x/"), pages("side"))
    window.hard("/x/")
    for answer in (
        window.soft("/", method="post", source_slot="children"),
        window.client.post("/"),
    ):
        assert (answer.status_code, answer["Location"]) == (302, "/x/")
    assert pages.called == []


def test_messages_of_a_form_appear_once_in_the_layout(settings: Any, db: None) -> None:
    """S40: "messages appear once": on the page that answers a form, and not again on the next."""

    def saves(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            messages.info(request, "saved")
        return HttpResponse("form")

    source = "<p>{% for message in messages %}{{ message }}{% endfor %}</p>" + ALL
    window = two(settings, saves, plain, layout(source))
    assert b"<p>saved</p>" in window.client.post("/").content
    assert b"<p></p>" in window.client.get("/").content


def test_messages_of_an_earlier_request_appear_after_a_form(settings: Any, db: None) -> None:
    """S40: "messages appear once", also those that were waiting when the form was sent."""

    def waits(request: HttpRequest) -> HttpResponse:
        messages.info(request, "waiting")
        return HttpResponse("w")

    source = "<p>{% for message in messages %}{{ message }}{% endfor %}</p>" + ALL
    window = two(settings, plain, plain, layout(source))
    settings.ROOT_URLCONF.urlpatterns.append(path("wait/", waits))
    window.client.get("/wait/")
    assert b"<p>waiting</p>" in window.client.post("/").content


# --- The URL now on screen ---


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"HX_Push_Url": "/x/?page=2"}, "/x/?page=2"),
        ({"HX_Replace_Url": "/x/?page=2"}, "/x/?page=2"),
        ({"HX_Push_Url": "false"}, "stay"),
        ({"HX_Push_Url": "/é/"}, "/%C3%A9/"),
        ({}, "/"),
    ],
)
def test_a_view_may_say_which_url_is_shown(
    settings: Any, headers: dict[str, str], expected: str
) -> None:
    """B19: "with or without a change of the address bar": by htmx's own headers, for the whole answer."""

    def view(request: HttpRequest) -> HttpResponse:
        response = HttpResponse("v")
        for name, value in headers.items():
            response.headers[name.replace("_", "-")] = value
        return response

    window = two(settings, plain, view)
    window.hard("/x/")
    answer = window.soft("/")
    assert answer[HEADER] == expected
    assert answer["HX-Push-Url"] == "false"
    assert "HX-Replace-Url" not in answer


def test_a_form_may_say_which_url_is_shown(settings: Any) -> None:
    """B19, B39: the address bar stays after a form, unless its view says otherwise."""
    window = two(settings, answering(HX_Push_Url="/x/"))
    window.hard("/x/")
    assert window.soft("/", method="post", source_slot="children")[HEADER] == "/x/"


def test_a_bare_page_keeps_its_own_headers(settings: Any) -> None:
    """B19: a request with a target of its own gets that view's own response."""
    window = two(settings, answering(HX_Push_Url="/x/", HX_Retarget="#a", ETag='"1"', X_A="1"))
    window.hard("/x/")
    answer = window.slot("/", "children")
    assert (answer.content, answer["HX-Push-Url"], answer["HX-Retarget"]) == (b"view", "/x/", "#a")
    assert (answer["X-A"], answer["ETag"]) == ("1", '"1"')
    assert HEADER not in answer


# --- B54: logins ---


@pytest.fixture
def login_middleware(settings: Any, db: None) -> Client:
    """LoginRequiredMiddleware is installed; returns a client that is logged in."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.http.test_responses.LoginRequired"]
    client = Client()
    client.force_login(get_user_model().objects.create_user("ada"))
    return client


class LoginRequired(LoginRequiredMiddleware):
    """A project's own, since those count as well."""


public = login_not_required  # marks the view itself, so give it a fresh one


def _public(name: str, *wanted: str) -> Any:
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return HttpResponse(name)

    return public(view) if name in wanted else view


@pytest.mark.parametrize(
    ("are_public", "status"),
    [
        ((), 302),
        (("home",), 302),
        (("home", "side"), 302),
        (("layout", "home"), 302),
        (("layout", "side"), 302),
        (("layout", "home", "side"), 200),
    ],
)
def test_a_page_is_public_only_if_all_its_views_are(
    settings: Any, login_middleware: Client, are_public: tuple[str, ...], status: int
) -> None:
    """B54: "passes the same … `LoginRequiredMiddleware` … checks as it would alone"; the strictest wins."""
    root = layout(ALL)
    window = two(
        settings,
        _public("home", *are_public),
        _public("side", *are_public),
        public(root) if "layout" in are_public else root,
    )
    answer = window.client.get("/")
    assert answer.status_code == status
    if status == 302:
        assert answer["Location"] == "/accounts/login/?next=/"
    assert login_middleware.get("/").status_code == 200


def test_bare_template_names_do_not_vote(settings: Any, login_middleware: Client) -> None:
    """DESIGN: "bare template names don't vote": real views decide, and without one a login is needed."""
    window = serve(
        settings,
        slots(
            "",
            layout="unit/layout.html",
            children=[path("", public(answering())), path("private/", plain)],
            side=slot([path("s/", plain)], default="unit/default.html"),
        ),
    )
    assert window.hard("/").status_code == 200
    assert window.shows["side"].startswith("default of")
    assert window.hard("/private/").status_code == 302


def test_defaults_and_nested_layouts_vote(settings: Any, login_middleware: Client) -> None:
    """B54: every view that a page may call, a default's and its layout's included."""
    window = serve(
        settings,
        slots(
            "",
            layout="unit/layout.html",
            children=[
                path("a/", public(answering())),
                path("b/", public(answering())),
                slots("n/", layout=plain, children=[path("", public(answering()))]),
            ],
            side=slot(
                [path("b/", public(answering())), path("n/", public(answering()))], default=plain
            ),
        ),
        slots(
            "d/",
            layout="unit/layout.html",
            children=[path("", public(answering()))],
            side=slot([path("s/", plain)], default=public(answering()), default_layout=plain),
        ),
    )
    assert window.hard("/a/").status_code == 302
    assert window.hard("/b/").status_code == 200
    assert window.hard("/n/").status_code == 302
    assert window.hard("/d/").status_code == 302


def test_an_expired_session_leads_the_window_to_the_login(
    settings: Any, login_middleware: Client
) -> None:
    """B54: "an expired session leads the whole window to the login page and back to where one was"."""
    window = two(settings, plain)
    window.client = login_middleware
    window.hard("/x/")
    window.client.logout()
    answer = window.soft("/?q=1")
    assert answer["HX-Redirect"] == "/accounts/login/?next=/%3Fq%3D1"
    assert HEADER not in answer


def test_login_required_on_one_slot_is_asked_for(settings: Any, db: None) -> None:
    """B54: "the same decorators": ``@login_required`` on a slot's view, without any middleware."""
    pages = Pages()
    window = two(settings, pages("home"), login_required(pages("side")))
    hard, soft = hard_and_soft(window)
    assert (hard.status_code, hard["Location"]) == (302, "/accounts/login/?next=/")
    assert (soft.status_code, soft["HX-Redirect"]) == (200, "/accounts/login/?next=/")
    assert "side" not in pages.called
    window.client.force_login(get_user_model().objects.create_user("ada"))
    window.hard("/")
    assert window.shows == {"children": "home", "side": "side"}


def private_and_public(settings: Any, **private: Any) -> Window:
    pages = Pages()
    return serve(
        settings,
        slots(
            "public/",
            layout="unit/layout.html",
            children=[path("", public(pages("public")))],
            side=slot([path("s/", public(pages("s")))], default=None),
        ),
        slots(
            "private/",
            layout="unit/layout.html",
            children=[path("", pages("private")), path("b/", pages("private b"))],
            side=slot([path("s/", pages("private s"))], **private),
        ),
    )


@pytest.mark.parametrize("default", ["unit/default.html", plain])
def test_a_restored_slot_of_another_url_needs_the_login_of_that_url(
    settings: Any, login_middleware: Client, default: Any
) -> None:
    """B53, B54: a restore "can name nothing that the user could not GET", a bare template included."""
    window = private_and_public(settings, default=default)
    member = Window(login_middleware)
    member.hard("/private/")
    for wanted in (["side"], ["children"], ["children", "side"]):
        state = {name: member.mounted[name] for name in wanted}
        on_screen = {name: ["empty", src, key] for name, (_, src, key) in state.items()}
        body = {"intent": "restore", "slots": on_screen, "restore": state}
        for url in ("/public/", "/public/s/"):
            answer = window.send(url, body)
            assert HEADER not in answer, answer.content
            assert b"default of" not in answer.content
        assert HEADER in member.send("/private/", body)


def test_a_default_that_no_page_of_a_public_url_shows_needs_its_own_login(
    settings: Any, login_middleware: Client
) -> None:
    """B53, B54: hard, this URL shows side's page, so nobody asked about its default: it is asked itself."""
    pages = Pages()
    window = serve(
        settings,
        slots(
            "",
            layout="unit/layout.html",
            children=[path("", public(pages("home")))],
            side=slot([path("", public(pages("side")))], default=pages("default")),
        ),
    )
    window.hard("/")
    want = {"side": ["default", "/", window.mounted["side"][2]]}
    body = {"intent": "restore", "slots": window.mounted, "restore": want}
    answer = window.send("/", body)
    assert ("HX-Redirect" in answer, HEADER in answer) == (True, False)
    assert "default" not in pages.called
    member = Window(login_middleware)
    member.hard("/")
    want = {"side": ["default", "/", member.mounted["side"][2]]}
    member.send("/", {"intent": "restore", "slots": member.mounted, "restore": want})
    assert member.shows["side"] == "default"


def test_a_soft_navigation_within_public_slots_needs_no_login(
    settings: Any, login_middleware: Client
) -> None:
    """B54: the counterpart: what is public alone is public in a slot."""
    window = private_and_public(settings, default=None)
    window.hard("/public/")
    home = window.entry
    window.soft("/public/s/")
    assert window.shows == {"children": "public", "side": "s"}
    window.restore(home)
    assert window.entry == home


def test_without_the_auth_app_there_is_no_login_to_ask_for(settings: Any) -> None:
    """B54: the check is only made where the project has it."""
    _view_middleware.cache_clear()
    settings.INSTALLED_APPS = [app for app in settings.INSTALLED_APPS if "auth" not in app]
    window = two(settings, plain)
    assert window.hard("/").status_code == 200
    _view_middleware.cache_clear()


# --- B54: CSRF ---


@pytest.mark.parametrize(
    ("exempt", "status"),
    [((), 403), (("home",), 403), (("layout", "home"), 403), (("layout", "home", "side"), 200)],
)
def test_csrf_is_checked_unless_all_views_are_exempt(
    settings: Any, exempt: tuple[str, ...], status: int
) -> None:
    """B54, DESIGN: "`csrf_exempt` all"."""

    def view(name: str, of: Any) -> Any:
        return csrf_exempt(of) if name in exempt else of

    def fresh(name: str) -> Any:
        return view(name, lambda request: HttpResponse(name))

    two(settings, fresh("home"), fresh("side"), view("layout", layout(ALL)))
    client = Client(enforce_csrf_checks=True)
    assert client.post("/").status_code == status
    assert resolve("/").func.csrf_exempt is (status == 200)


def test_the_state_header_is_echoed_nowhere(settings: Any) -> None:
    """B53: what the header says is echoed nowhere: neither in the body nor in a header."""
    window = two(settings)
    window.hard("/x/")
    window.send("/", {"intent": "navigate", "slots": window.mounted, "evil": "<script>"})
    assert b"<script>" not in window.response.content
    assert "evil" not in json.dumps(dict(window.response.headers))


def test_cookies_survive_the_redirect_of_another_slot(settings: Any) -> None:
    """S46: "A refusal, redirect or cookie of a slot's view is honoured for the page": both are."""

    def with_cookie(request: HttpRequest) -> HttpResponse:
        response = HttpResponse("home")
        response.set_cookie("seen", "1")
        return response

    window = two(settings, with_cookie, lambda request: HttpResponseRedirect("/elsewhere/"))
    answer = window.client.get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/elsewhere/")
    assert answer.cookies["seen"].value == "1"


def test_a_layout_that_raises_is_the_answer(settings: Any) -> None:
    """S45, S46: the layout is a view like any other."""

    def missing(request: HttpRequest) -> HttpResponse:
        raise Http404

    window = serve(settings, slots("", layout=missing, children=[path("", Pages()("home"))]))
    assert window.hard("/").status_code == 404
