"""``refresh()``: what a view has changed is rendered again where it is on screen (S38, S40)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django.urls import path

from django_parallel_routes import intercept, refresh, slot, slots
from tests.window import HEADER, Pages, Window, layout, serve

PAGE = "<body>{% slot %}{% slot 'side' %}{% slot 'other' %}{% slot 'modal' %}</body>"


def changing(*names: str, to: str = "", status: int = 200) -> Any:
    """A view that says on POST that it has changed what slots show."""

    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return HttpResponse("form")
        refresh(request, *names)
        return HttpResponseRedirect(to) if to else HttpResponse("done", status=status)

    return view


def site(settings: Any, pages: Pages, form: Any, **more: Any) -> Window:
    return serve(
        settings,
        slots(
            "",
            layout=layout(PAGE),
            children=[
                path("", pages("home")),
                path("x/", pages("x")),
                path("form/", form, name="form"),
                slots(
                    "in/",
                    layout=pages.layout(
                        "inner", "in {% slot %}{% slot 'side' %}{% slot 'cart' %}"
                    ),
                    children=[path("", pages("in")), path("form/", form)],
                    side=slot([], default=pages("inner side")),
                    cart=slot([], default=pages("cart")),
                ),
            ],
            side=slot([path("x/", pages("side x"))], default=pages("side")),
            other=slot([], default=pages("other")),
            modal=slot([intercept("form", form)], default=None),
        ),
        path("plain/", changing("side", **more)),
    )


def test_an_answer_brings_what_its_view_has_changed(settings: Any, pages: Pages) -> None:
    """S40: "the slots behind that show changed data are refreshed", in the same answer, for their URLs."""
    window = site(settings, pages, changing("side", "nobody"))
    window.hard("/x/?q=1")
    window.soft("/form/", intercept=False)
    pages.forget()
    window.soft("/form/", method="post", source_slot="children")
    assert sorted(window.changed) == ["children", "side"]
    assert window.shows["children"] == "done"
    assert pages.called == ["side x"]
    assert pages.requests["side x"].method == "GET"
    assert pages.requests["side x"].get_full_path() == "/x/?q=1"
    assert window.response[HEADER] == "stay"


@pytest.mark.parametrize(("debug", "said"), [(True, ["nobody", "side.nobody"]), (False, [])])
def test_with_debug_the_log_names_slots_that_nobody_declares(
    settings: Any, pages: Pages, caplog: Any, debug: bool, said: list[str]
) -> None:
    settings.DEBUG = debug
    names = ("cart", "children.side", "nobody", "side.nobody")
    site(settings, pages, changing(*names)).hard("/form/", method="post")
    assert [record.args[0] for record in caplog.records] == said
    assert all("declares: cart, children, modal, other, side." in one for one in caplog.messages)


@pytest.mark.parametrize(
    ("names", "called"),
    [
        (None, ["home", "x", "y", "z"]),  # Nothing is known of what has changed.
        (["x"], ["home", "x"]),
        (["nobody"], ["home"]),
        ([], ["home", "x", "y", "z"]),
    ],
)
def test_after_a_redirect_only_what_has_changed_is_rendered(
    settings: Any, pages: Pages, names: list[str] | None, called: list[str]
) -> None:
    """S40: the main page, and what the view has named; slots that show the page already stay."""

    def form(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return HttpResponse("form")
        if names is not None:
            refresh(request, *names)
        return HttpResponseRedirect("/")

    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'x' %}{% slot 'y' %}{% slot 'z' %}{% slot 'form' %}"),
            children=[path("", pages("home"))],
            x=[path("", pages("x"))],
            y=[path("", pages("y"))],
            z=[path("", pages("z"))],
            form=[path("", form)],
        ),
    )
    window.hard("/")
    pages.forget()
    window.soft("/", method="post", source_slot="form")
    response = window.response
    window.send(response["Location"], json.loads(response.wsgi_request.headers["Parallel-Routes"]))
    assert sorted(pages.called) == called
    assert sorted(window.changed) == sorted(
        {"children" if one == "home" else one for one in called} | {"form"}
    )


class OtherRequest:
    """The request of a REST framework, which contains Django's."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def __getattr__(self, name: str) -> Any:
        return getattr(self._request, name)


def test_a_view_may_give_the_request_of_a_rest_framework(settings: Any, pages: Pages) -> None:
    """S40: "the slots behind that show changed data are refreshed", as with Django's own request."""

    def form(request: Any, **kwargs: Any) -> HttpResponse:
        refresh(OtherRequest(request), "side")  # type: ignore[arg-type]
        return HttpResponse("done")

    window = site(settings, pages, form)
    window.hard("/form/")
    window.soft("/form/", method="post", source_slot="children")
    assert sorted(window.changed) == ["children", "side"]


def test_without_names_it_is_all_that_is_on_screen(settings: Any, pages: Pages) -> None:
    """S38: "renders the visible slots again", a layout with the slots in it; what is empty stays."""
    window = site(settings, pages, changing())
    window.hard("/in/form/")
    pages.forget()
    window.soft("/in/form/", method="post", source_slot="children.children")
    assert set(window.changed) == {"children", "side", "other"}
    assert sorted(pages.called) == ["cart", "inner", "inner side", "other", "side"]
    assert window.shows["children.children"] == "done"


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("children.side", {"children.children", "children.side"}),
        ("side", {"children.children", "side"}),
        ("cart", {"children.children", "children.cart"}),
        ("children", {"children"}),  # the form stands in it
    ],
)
def test_slots_are_named_or_addressed(
    settings: Any, pages: Pages, name: str, changed: set[str]
) -> None:
    """S38: "One can refresh named slots only"."""
    window = site(settings, pages, changing(name))
    window.hard("/in/form/")
    window.soft("/in/form/", method="post", source_slot="children.children")
    assert set(window.changed) == changed
    assert window.shows["children.children"] == "done"


def test_an_interception_is_refreshed_only_if_its_target_allows_it(
    settings: Any, pages: Pages
) -> None:
    """B30, S38: "a modal stays a modal", and shows nothing that the target would refuse by now."""
    allowed = [True]

    def photo(request: HttpRequest) -> HttpResponse:
        return HttpResponse("photo", status=200 if allowed[0] else 403)

    window = serve(
        settings,
        slots(
            "",
            layout=layout(PAGE),
            children=[path("", changing("modal")), path("photo/", photo, name="photo")],
            side=slot([], default=None),
            other=slot([], default=None),
            modal=slot([intercept("photo", pages("modal"))], default=None),
        ),
    )
    window.hard("/")
    window.soft("/photo/")
    pages.forget()
    window.soft("/", method="post", source_slot="children")
    assert set(window.changed) == {"children", "modal"}
    assert window.slots["modal"].shows == "intercepted"
    assert pages.called == ["modal"]
    allowed[0] = False
    pages.forget()
    assert window.soft("/", method="post", source_slot="children").status_code == 403
    assert pages.called == []


def redirected(window: Window, url: str, from_: str) -> None:
    """Send a form, and follow the redirect as a browser does."""
    response = window.soft(url, method="post", source_slot=from_)
    assert response.status_code == 302
    state = json.loads(window.response.request["HTTP_PARALLEL_ROUTES"])
    window.send(response["Location"], state)


def test_only_the_view_of_a_form_can_refresh_slots(settings: Any, pages: Pages) -> None:
    """S38: or a slot whose view always calls it would be asked for again for ever."""

    def calling(request: HttpRequest) -> HttpResponse:
        refresh(request, "children")
        return HttpResponse("calling")

    window = site(settings, pages, calling)
    window.hard("/")
    assert "HX-Trigger" not in window.soft("/form/", intercept=False)
    assert window.changed == ["children"]
    assert "HX-Trigger" not in window.refresh("children")
    assert window.changed == ["children"]


def test_a_form_whose_view_fails_refreshes_nothing(settings: Any, pages: Pages) -> None:
    def failing(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            refresh(request, "side")
            raise RuntimeError
        return HttpResponse("form")

    window = site(settings, pages, failing)
    window.client.raise_request_exception = False
    window.hard("/form/")
    response = window.soft("/form/", method="post", source_slot="children")
    assert response.status_code == 500
    assert "HX-Trigger" not in response


def test_the_page_after_a_redirect_brings_it(settings: Any, pages: Pages) -> None:
    """S40: the modal closes, and the slots behind are new, in one answer."""
    window = site(settings, pages, changing("side", "other", to="/x/?p=1#there"))
    window.hard("/")
    window.soft("/form/")
    assert window.shows["modal"] == "form"
    pages.forget()
    redirected(window, "/form/", "modal")
    assert window.url == "/x/?p=1#there"
    assert window.shows == {"children": "x", "side": "side x", "other": "other", "modal": ""}
    assert pages.called == ["x", "side x", "other"]  # side matches: it is rendered once
    assert pages.requests["x"].get_full_path() == "/x/?p=1"


def test_without_a_script_there_is_nothing_to_refresh(settings: Any, pages: Pages) -> None:
    """B41: the redirect is untouched, and so is the page."""
    window = site(settings, pages, changing("side", to="/x/"))
    assert window.hard("/form/", "post")["Location"] == "/x/"
    window.hard("/x/?slots=refresh:side&a=1")
    assert pages.requests["x"].get_full_path() == "/x/?a=1"
    assert window.slots["children"].src == "/x/?a=1"


def test_a_long_list_of_slots_is_all_of_them(settings: Any, pages: Pages) -> None:
    """S40: a URL has its limits."""
    names = [f"children.children.panel{number:02}" for number in range(22)]
    window = site(settings, pages, changing(*names, to="/x/"))
    window.hard("/form/")
    answer = window.soft("/form/", method="post", source_slot="children")
    assert answer["Location"] == "/x/?slots=refresh:*"


@pytest.mark.parametrize(
    "said",
    [
        "refresh:",
        "refresh:" + "a" * 600,
        "refresh:<b>",
        "refresh:..",
        "refresh:*",
        "refresh:nobody,side.x",
    ],
)
def test_anybody_may_write_it_into_a_url(settings: Any, pages: Pages, said: str) -> None:
    """B53: what a client sends is a hint: at most, more is rendered."""
    window = site(settings, pages, changing())
    window.hard("/")
    window.soft(f"/x/?slots={said}")
    assert window.shows["children"] == "x"
    assert window.url == "/x/"


def test_outside_slots_the_script_requests_the_slots_to_refresh(
    settings: Any, pages: Pages
) -> None:
    """S38: "a signal from the client": a view outside of every slots(), and an element's own request."""
    window = site(settings, pages, changing("side"))
    window.hard("/form/")
    event = {"parallel-routes:refresh": {"slots": ["side"]}}
    answer = window.slot("/form/", "children", method="post")
    assert json.loads(answer["HX-Trigger"]) == event
    answer = window.soft("/plain/", method="post", source_slot="children")
    assert json.loads(answer["HX-Trigger"]) == event
    window = site(settings, pages, changing(status=204))
    window.hard("/form/")
    answer = window.soft("/form/", method="post", source_slot="children")
    assert json.loads(answer["HX-Trigger"]) == {"parallel-routes:refresh": {"slots": []}}


def test_a_plain_view_may_redirect(settings: Any, pages: Pages) -> None:
    """S40: by the middleware, once."""
    window = site(settings, pages, changing(), to="/x/?a=1")
    window.hard("/")
    answer = window.soft("/plain/", method="post", source_slot="children")
    assert answer["Location"] == "/x/?a=1&slots=refresh:side"
    window = site(settings, pages, changing("side", to="/x/"))
    window.hard("/form/")
    answer = window.soft("/form/", method="post", source_slot="children")
    assert answer["Location"] == "/x/?slots=refresh:side"


def test_a_redirect_to_another_site_is_followed_by_the_window(settings: Any, pages: Pages) -> None:
    """S17: no script could. What it says there may be signed; what comes back is a document anyway."""
    window = site(settings, pages, changing(), to="https://pay.example/?sum=1&sig=2")
    window.hard("/")
    answer = window.soft("/plain/", method="post", source_slot="children")
    assert answer["HX-Redirect"] == "https://pay.example/?sum=1&sig=2"
    assert "HX-Trigger" not in answer


@pytest.mark.parametrize("name", ["", "a b", "a..b", "*", ".a"])
def test_refresh_refuses_a_name_that_no_slot_can_have(name: str) -> None:
    """The message says what is wrong, and what to do."""
    with pytest.raises(ValueError, match="give the name of a slot"):
        refresh(RequestFactory().post("/"), name)


# --- Layouts ---


def nested(settings: Any, pages: Pages) -> Window:
    """``L{children: M{children: "", x/, form/; side: "", x/; extra, if printed}; other}``."""

    def form(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            refresh(request, *request.POST.getlist("refresh"))
            if to := request.POST.get("to"):
                return HttpResponseRedirect(to)
            response = HttpResponse("sent")
            response.set_cookie("sent", "1")
            return response
        return HttpResponse("form")

    def print_some(request: HttpRequest) -> HttpResponse:
        printed.append(request.path)
        return layout("".join(f"{{% slot {name!r} %}}" for name in names))(request)

    names, printed = ["children", "side"], []
    inner = slots(
        "in/",
        layout=print_some,
        children=[
            path("", pages("home")),
            path("x/", pages("x")),
            path("form/", pages("form", form)),
        ],
        side=slot([path("", pages("side")), path("y/", pages("side y"))], default=None),
        extra=slot([path("", pages("extra")), path("y/", pages("extra y"))], default=says_default),
    )
    other = slot([path("in/y/", pages("other")), intercept("photo", pages("modal"))], default=None)
    window = serve(
        settings,
        path("photo/", pages("photo"), name="photo"),
        slots("", layout=layout("{% slot %}{% slot 'other' %}"), children=[inner], other=other),
    )
    vars(window).update(names=names, printed=printed)
    return window


def says_default(request: HttpRequest) -> HttpResponse:
    return HttpResponse("default")


def test_a_layout_is_refreshed_with_what_the_answer_changes_in_it(
    settings: Any, pages: Pages
) -> None:
    """S38, S58: "whatever else the answer changes": with a form's answer, and after a redirect."""
    for sent in ({}, {"to": "/in/x/"}):
        window: Any = nested(settings, pages)
        window.hard("/in/form/")
        window.printed.clear()
        data = {"refresh": "children", **sent}
        window.soft("/in/form/", method="post", source_slot="children.children", data=data)
        if sent:
            window.soft(window.response["Location"])
        assert window.changed == ["children"]
        assert len(window.printed) == 1
        assert window.shows["children.children"] == ("x" if sent else "sent")


def test_a_layout_that_prints_the_form_no_more_passes_its_cookies_on(
    settings: Any, pages: Pages
) -> None:
    """S46, S38: the answer of a form counts, whether it is shown or not."""
    window: Any = nested(settings, pages)
    window.hard("/in/form/")
    window.names.remove("children")
    data = {"refresh": "children"}
    window.soft("/in/form/", method="post", source_slot="children.children", data=data)
    assert "children.children" not in window.slots
    assert window.response.cookies["sent"].value == "1"


def test_a_slot_that_a_layout_prints_anew_shows_what_a_reload_would(
    settings: Any, pages: Pages
) -> None:
    """S38: "a hard load of the URL in the address bar"; the others stay what they were."""
    window: Any = nested(settings, pages)
    window.hard("/in/")
    window.soft("/in/y/")  # children stays
    window.names.append("extra")
    window.refresh("children", url="/in/y/")
    shown = {name.rpartition(".")[2]: text for name, text in window.shows.items()}
    assert (shown["side"], shown["extra"]) == ("side y", "extra y")
    assert window.slots["children.children"].src == "/in/"
    window.hard("/in/form/")
    window.names.remove("extra")
    window.hard("/in/form/")
    window.names.append("extra")
    data = {"refresh": "children"}
    state = {
        "intent": "navigate",
        "slots": window.mounted,
        "form": True,
        "current_url": "/in/form/",
    }
    window.send("/in/form/", {**state, "source_slot": "children.children"}, "post", data=data)
    assert window.shows["children.extra"] == "default"
