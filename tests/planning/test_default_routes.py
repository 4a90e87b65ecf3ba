"""Defaults that are routes, forms and links in slots that show their defaults, queries of slots' own."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, re_path, set_script_prefix
from django.utils.translation import gettext_lazy
from django.views.generic import View

from django_parallel_routes import intercept, slot, slots
from tests.window import HEADER, Pages, Window, layout, serve

pages = Pages()
ALL = "{% slot %}{% slot 'side' %}"


@pytest.fixture(autouse=True)
def _forget() -> None:
    pages.forget()


def told(name: str) -> Any:
    """A page that tells its method and the URL that it is for."""

    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{name}: {request.method} {request.get_full_path()}")

    return pages(name, answer)


def two(settings: Any, **options: Any) -> Window:
    """``d/ L{children "", a/; side: tickets/, more/, default tickets}``."""
    return serve(
        settings,
        slots(
            "d/",
            layout=pages.layout("layout", ALL),
            children=slot(
                [path("", told("home")), path("a/", told("a"))], default=told("children default")
            ),
            side=slot(
                [path("tickets/", told("tickets"), name="tickets"), path("more/", told("more"))],
                **{"default": "tickets", **options},
            ),
        ),
    )


def shown(window: Window, address: str = "side") -> tuple[str, str, str]:
    found = window.slots[address]
    return found.shows, found.src, found.text


# --- a default that is a route ---


def test_a_default_is_rendered_for_the_url_of_its_route(settings: Any) -> None:
    """B39: "a default may be a route …, is then rendered for that route's URL"; it stays a default."""
    window = two(settings)
    window.hard("/d/?page=3")
    assert shown(window) == ("default", "/d/tickets/", "tickets: GET /d/tickets/")
    request = pages.requests["tickets"]
    assert request.resolver_match
    assert request.resolver_match.view_name == "tickets"
    window.soft("/d/a/")
    assert shown(window) == ("default", "/d/tickets/", "tickets: GET /d/tickets/")
    window.refresh("side")
    assert window.changed == ["side"]
    assert shown(window) == ("default", "/d/tickets/", "tickets: GET /d/tickets/")
    window.soft("/d/tickets/?page=2")
    assert shown(window) == ("page", "/d/tickets/?page=2", "tickets: GET /d/tickets/?page=2")


def test_a_default_that_is_a_route_is_restored(settings: Any) -> None:
    """S33, S38: Back asks for the default's own URL, with the query that it had."""
    window = two(settings)
    window.hard("/d/")
    entry = window.entry
    window.soft("/d/more/")
    assert window.slots["side"].shows == "page"
    window.restore(entry)
    assert shown(window) == ("default", "/d/tickets/", "tickets: GET /d/tickets/")


def test_unmatched_default_brings_the_route_back(settings: Any) -> None:
    """B18: for its own URL, whatever the navigation's is."""
    window = two(settings, unmatched="default")
    window.hard("/d/more/")
    window.soft("/d/a/?q=1")
    assert shown(window) == ("default", "/d/tickets/", "tickets: GET /d/tickets/")


@pytest.mark.parametrize("kind", ["same", "other", "page only", "default only"])
def test_a_default_that_is_a_route_stands_in_the_layout_that_the_slot_says(
    settings: Any, kind: str
) -> None:
    """B9: "A default is rendered without it, unless the slot says otherwise"."""
    tabs, frame = (pages.layout(name, f"{name} {{% slot %}}") for name in ("tabs", "frame"))
    around = {"same": tabs, "other": frame, "page only": None, "default only": frame}[kind]
    window = two(
        settings,
        layout=None if kind == "default only" else tabs,
        **({"default_layout": around} if around else {}),
    )
    window.hard("/d/")
    address = "side.children" if around else "side"
    default = ("default", "/d/tickets/", "tickets: GET /d/tickets/")
    assert shown(window, address) == default
    entry = window.entry
    window.refresh(address)
    assert window.changed == [address]
    assert shown(window, address) == default
    window.soft("/d/tickets/", method="post", source_slot=address, own=True)
    assert (window.changed, window.slots[address].shows) == ([address], "default")
    assert window.slots[address].text == "tickets: POST /d/tickets/"
    window.refresh("side")
    assert shown(window, address) == default
    window.soft("/d/more/")
    more = "side" if kind == "default only" else "side.children"
    assert window.slots[more].text == "more: GET /d/more/"
    window.restore(entry)
    assert shown(window, address) == default


def test_a_default_may_be_a_route_of_a_nested_slots(settings: Any) -> None:
    """S8: the slot then shows the layout of that with its pages, as at the route's URL."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout(ALL),
            children=[path("", told("home")), path("a/", told("a"))],
            side=slot(
                [
                    slots(
                        "team/",
                        layout=pages.layout("team", "{% slot %}{% slot 'files' %}"),
                        children=[path("list/", told("list"), name="list")],
                        files=slot([], default=told("files")),
                    )
                ],
                default="list",
            ),
        ),
    )
    window.hard("/")
    assert shown(window, "side.children") == ("page", "/team/list/", "list: GET /team/list/")
    assert shown(window, "side.files")[:2] == ("default", "/team/list/")
    pages.forget()
    window.soft("/a/")
    assert pages.called == ["a"]
    window.refresh("side")
    assert shown(window, "side.children") == ("page", "/team/list/", "list: GET /team/list/")
    window.soft("/team/list/", method="post", source_slot="side.children", own=True)
    assert shown(window, "side.children")[2] == "list: POST /team/list/"


def test_the_pages_of_a_default_give_no_title(settings: Any) -> None:
    """S49: "defaults don't count", be it a page or a ``slots()``; a page of the same route does."""

    def titled(name: str, then: str = "") -> Any:
        return layout(f"<title>{name}</title>{then}")

    team = slots(
        "team/",
        layout=titled("team", "{% slot %}{% slot 'files' %}"),
        children=[path("list/", titled("team list"), name="team-list")],
        files=slot([path("list/", titled("files"))], default=None),
    )
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'one' %}{% slot 'two' %}"),
            children=slot([path("", told("home")), path("a/", told("a"))], default=told("rest")),
            one=slot(
                [path("list/", titled("list"), name="list")], default="list", unmatched="default"
            ),
            two=slot([team], default="team-list", unmatched="default"),
        ),
    )

    def titles() -> dict[str, str]:
        return {name: slot.title for name, slot in window.slots.items() if slot.title}

    window.hard("/")
    assert titles() == {}
    assert b"<title>" not in window.response.content
    window.soft("/team/list/")
    everything = {"two": "team", "two.children": "team list", "two.files": "files"}
    assert titles() == {"two.children": "team list", "two.files": "files"}  # The layout is kept.
    window.soft("/a/")
    assert shown(window, "two.children")[1] == "/team/list/"
    assert titles() == {}
    window.refresh("two.children", url="/a/")
    window.refresh("two", url="/a/")
    assert (window.changed, titles()) == (["two"], {})
    window.hard("/team/list/")
    assert titles() == everything
    window.soft("/list/")
    assert titles() == {"one": "list"}


def test_a_default_route_gets_what_the_prefix_captured(settings: Any) -> None:
    """S7: "A default gets only the prefix's", by converters, languages, namespaces and script prefixes."""
    inner = slots(
        "<slug:team>/",
        layout=layout(ALL),
        children=[path("", told("home"))],
        side=slot(
            [
                path(
                    "x/",
                    include(
                        ([path(gettext_lazy("Yes"), told("tickets"), name="t")], "inner"), "one"
                    ),
                )
            ],
            default="app:inner:t",
        ),
    )
    settings.LANGUAGE_CODE = "en"
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.middleware.locale.LocaleMiddleware"]
    urls = i18n_patterns(path("o/<int:org>/", include(([inner], "app"))))
    window = serve(settings, *urls)
    for language, word in (("en", "Yes"), ("de", "Ja")):
        window.hard(f"/{language}/o/7/red/")
        assert shown(window)[:2] == ("default", f"/{language}/o/7/red/x/{word}")
        assert pages.kwargs["tickets"] == {"org": 7, "team": "red"}
        match = pages.requests["tickets"].resolver_match
        assert match
        assert match.view_name == "app:one:t"
    set_script_prefix("/under/")
    try:
        window.hard("/en/o/7/red/", SCRIPT_NAME="/under")
        assert shown(window)[1] == "/under/en/o/7/red/x/Yes"
    finally:
        set_script_prefix("/")


def test_a_default_route_with_loading_is_requested_at_its_own_url(settings: Any) -> None:
    """S43: it is asked for at its own URL."""
    window = two(settings, loading=pages("loading"))
    window.hard("/d/")
    assert shown(window) == ("default", "/d/tickets/", "loading")
    window.refresh("side")
    assert shown(window) == ("default", "/d/tickets/", "tickets: GET /d/tickets/")


def test_a_default_route_keeps_its_permissions(settings: Any) -> None:
    """B54: the composite view tells Django of the default's view as of any other."""
    two(settings)
    from django.urls import resolve

    assert "tickets" in [view.__name__ for view in resolve("/d/").func.match.views()]


@pytest.mark.parametrize(
    ("patterns", "name", "what"),
    [
        (
            [path("a/", told("a"), name="a")],
            "b",
            "'b' is no route of this slot, must be one of: a;",
        ),
        ([path("a/", told("a"))], "b", "'b' is no route of this slot; a template's name"),
        (
            [path("a/", include(([path("", told("a"), name="a")], "x")))],
            "a",
            "must be one of: x:a",
        ),
        ([path("<int:id>/", told("a"), name="a")], "a", "the route 'a' takes arguments"),
        ([re_path("^a+/$", told("a"), name="a")], "a", "the route 'a' takes arguments"),
    ],
)
def test_a_default_that_is_no_route_of_the_slot_is_an_error_at_import(
    patterns: Any, name: str, what: str
) -> None:
    """The message names the slot, what was got, and the remedy."""
    with pytest.raises(ImproperlyConfigured, match="slot 'side': default: ") as raised:
        slots(
            "",
            layout="l.html",
            children=[path("", told("home"))],
            side=slot(patterns, default=name),
        )
    assert what in str(raised.value)


def test_a_name_with_a_dot_or_slash_is_a_template() -> None:
    """``default="empty.html"``, ``"app/empty"``."""
    for name in ("empty.html", "app/empty"):
        found = slots("", layout="l.html", children=slot([path("", told("home"))], default=name))
        assert found.segment.slots[0].default.template_name == name


def test_a_default_in_an_included_urlconf_is_an_error_when_it_is_needed(settings: Any) -> None:
    """Included URLconfs are not read at import: ``manage.py check`` says it, else the first request."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout(ALL),
            children=[path("", told("home"))],
            side=slot([path("x/", include("tests.urls.plain"))], default="nowhere"),
        ),
    )
    with pytest.raises(ImproperlyConfigured, match="default='nowhere' is no route of this slot"):
        window.hard("/")


# --- forms in slots that show their defaults ---


def saves(name: str) -> Any:
    """A form: what is sent is said, and "bad" is an error."""

    def answer(request: HttpRequest) -> HttpResponse:
        bad = request.method == "POST" and request.POST.get("name") == "bad"
        return HttpResponse(
            f"{name}: {request.method} {request.get_full_path()} {request.POST.get('name', '')}",
            status=422 if bad else 200,
        )

    return pages(name, answer)


class GetOnly(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse("x")


def forms(settings: Any, **options: Any) -> Window:
    """A form as the default of a named slot, and one in a nested segment's."""
    return serve(
        settings,
        slots(
            "d/",
            layout=pages.layout("layout", ALL),
            children=[
                path("", saves("home")),
                path("a/", saves("a")),
                slots(
                    "n/<int:id>/",
                    layout=pages.layout("inner", "{% slot %}{% slot 'x' %}"),
                    children=[path("", saves("n"))],
                    x=slot([path("x/", saves("x"))], default=saves("x default")),
                ),
            ],
            side=slot(
                [path("settings/", saves("settings"))],
                **{"default": saves("side default"), **options},
            ),
        ),
    )


@pytest.mark.parametrize("name", ["good", "bad"])
def test_a_form_in_a_default_reaches_the_view_of_the_default(settings: Any, name: str) -> None:
    """B39: "A form … in a slot that shows its *default* belongs to that slot likewise"."""
    window = forms(settings)
    window.hard("/d/?q=1")
    window.soft("/d/a/")
    pages.forget()
    window.soft("/d/", method="post", source_slot="side", own=True, data={"name": name})
    assert pages.called == ["side default"]
    assert (window.changed, window.response[HEADER]) == (["side"], "stay")
    assert window.response.status_code == (422 if name == "bad" else 200)
    assert shown(window) == ("default", "/d/?q=1", f"side default: POST /d/ {name}")


def test_a_form_in_the_default_of_a_nested_segment_reaches_its_view(settings: Any) -> None:
    """B39, S8."""
    window = forms(settings)
    window.hard("/d/n/1/")
    pages.forget()
    window.soft("/d/n/1/", method="post", source_slot="children.x", own=True, data={"name": "i"})
    assert (pages.called, window.changed) == (["x default"], ["children.x"])
    assert pages.kwargs["x default"] == {"id": 1}


@pytest.mark.parametrize("default", ["template", "get only", "empty layout"])
def test_a_default_that_takes_no_form_refuses_it(settings: Any, default: str) -> None:
    """B39: "where no view of the slot can take the request, it is refused loudly"."""
    shows: Any = {
        "template": "page.html",
        "get only": GetOnly.as_view(),
        "empty layout": None,
    }
    options: dict[str, Any] = {"default": shows[default]}
    if default == "empty layout":
        options = {"layout": pages.layout("tabs", "tabs {% slot %}"), "default": None}
    window = forms(settings, **options)
    window.hard("/d/")
    if default == "empty layout":
        window.soft("/d/settings/")
    pages.forget()
    window.soft("/d/", method="post", source_slot="side", own=True, data={"name": "x"})
    assert pages.called == []
    assert window.response.status_code == 405
    assert HEADER not in window.response
    if default != "get only":
        assert "POST /d/: the slot" in window.response.content.decode()


@pytest.mark.parametrize("prints", [True, False])
def test_without_a_state_a_form_reaches_its_slot_if_a_layout_prints_it(
    settings: Any, prints: bool
) -> None:
    """B53, S46: where the state was dropped or too long, the layouts are asked; no other view gets it."""
    window = (
        forms(settings)
        if prints
        else serve(
            settings,
            slots(
                "d/",
                layout=pages.layout("layout", "{% slot %}"),
                children=[path("", saves("home"))],
                side=slot([path("x/", saves("x"))], default=saves("side default")),
            ),
        )
    )
    window.hard("/d/")
    pages.forget()
    state = {"intent": "navigate", "form": True, "source_slot": "side", "own": True}
    window.send("/d/", state, "post", data={"name": "x"})
    assert pages.called == (["layout", "side default"] if prints else ["layout"])
    assert window.response.status_code == (200 if prints else 404)
    pages.forget()
    window.send("/d/", {**state, "source_slot": "nowhere"}, "post", data={"name": "x"})
    assert pages.requests["home"].method == "POST"
    assert not prints or pages.requests["side default"].method == "GET"


def test_a_form_for_another_url_goes_there(settings: Any) -> None:
    """B39: what a form says itself holds: the page of that URL, if its slot has none there."""
    window = forms(settings)
    window.hard("/d/")
    pages.forget()
    window.soft("/d/a/", method="post", source_slot="side", data={"name": "x"})
    assert pages.called == ["a"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_element_with_a_target_of_its_own_is_answered_by_the_default(
    settings: Any, method: str
) -> None:
    """B19: "that slot's page alone answers, without layout or other slots"."""
    window = forms(settings)
    window.hard("/d/")
    pages.forget()
    answer = window.slot("/d/?page=2", "side", method=method)
    assert answer.content.decode().strip() == f"side default: {method.upper()} /d/?page=2"
    assert pages.called == ["side default"]


def test_an_element_in_a_layout_is_answered_by_the_page_of_its_url(settings: Any) -> None:
    """B19: a layout is no page; what is asked for with GET from there is the page."""
    window = forms(settings, layout=pages.layout("tabs", "tabs {% slot %}"), default=None)
    window.hard("/d/")
    window.soft("/d/settings/")
    assert window.slot("/d/", "side").content.decode().strip() == "home: GET /d/"


# --- another query of one slot ---


def tables(settings: Any, remember: Any = "history", **options: Any) -> Window:
    """Two tables at one URL, one as a default, and one as a default that is a route."""
    return serve(
        settings,
        slots(
            "d/",
            layout=layout("{% slot %}{% slot 'b' %}{% slot 'c' %}{% slot 'r' %}"),
            remember=remember,
            children=[path("", told("home")), path("a/", told("a"))],
            b=[path("", told("b")), path("only/", told("b only"))],
            c=slot([path("x/", told("x"))], default=told("c")),
            r=slot([path("r/", told("r"), name="r")], default="r"),
        ),
    )


def own(window: Window, url: str, slot: str, **more: Any) -> Any:
    """Click a link that changes the query of its slot, as the script sends it."""
    return window.soft(url, target_slot=slot, source_slot=slot, own=True, **more)


def test_a_link_to_another_query_stays_in_its_slot(settings: Any) -> None:
    """S13: only that slot is rendered again, and the address bar stays."""
    window = tables(settings)
    window.hard("/d/?q=1")
    for name, url, shows in (
        ("b", "/d/?page=2", "page"),
        ("c", "/d/?page=3", "default"),
        ("r", "/d/r/?page=4", "page"),
    ):
        own(window, url, name)
        assert (window.changed, window.response[HEADER]) == ([name], "/d/?q=1")
        assert shown(window, name)[:2] == (shows, url)
    window.refresh("c")
    assert shown(window, "c") == ("default", "/d/?page=3", "c: GET /d/?page=3")


def test_the_address_bar_follows_the_page_that_names_the_url(settings: Any) -> None:
    """Children's, else that of the first named slot that matches; not if the bar is elsewhere."""
    window = tables(settings)
    window.soft("/d/only/")
    window.hard("/d/")
    window.soft("/d/only/")
    own(window, "/d/only/?page=2", "b")
    assert window.url == "/d/only/?page=2"
    window.soft("/d/a/")
    own(window, "/d/only/?page=3", "b")
    assert window.url == "/d/a/"


def test_remember_url_writes_the_query_of_a_slot_into_the_url(settings: Any) -> None:
    """B37: "slot state that the URL alone can't express survives a reload"."""
    window = tables(settings, remember="url")
    window.hard("/d/?q=1")
    own(window, "/d/?page=2", "b")
    assert window.url == "/d/?q=1&slot.b=%3Fpage%3D2"
    own(window, "/d/r/?page=4", "r")
    assert window.url == "/d/?q=1&slot.b=%3Fpage%3D2&slot.r=r/%3Fpage%3D4"
    window.soft("/d/?q=2", source_slot="children")
    assert window.url == "/d/?q=2&slot.b=%3Fpage%3D2&slot.r=r/%3Fpage%3D4"
    window.hard(window.url)
    assert shown(window, "children")[1] == "/d/?q=2"
    assert shown(window, "b")[1] == "/d/?page=2"
    assert shown(window, "r")[1] == "/d/r/?page=4"


def test_a_slot_with_a_query_of_its_own_keeps_it(settings: Any) -> None:
    """S13: of two slots of one URL, the one that has the address bar's query follows it."""
    window = tables(settings)
    window.hard("/d/")
    window.soft("/d/?page=2", source_slot="children")
    assert (window.changed, shown(window, "b")[1]) == (["children", "b"], "/d/?page=2")
    own(window, "/d/?page=9", "b")
    window.soft("/d/?page=3", source_slot="children")
    assert window.changed == ["children"]
    assert shown(window, "b")[1] == "/d/?page=9"
    window.soft("/d/only/")
    assert window.changed == ["b"]
    window.soft("/d/?page=4")
    assert (window.changed, shown(window, "b")[1]) == (["children", "b"], "/d/?page=4")


def test_the_main_page_of_a_url_changes_whatever_query_it_had(settings: Any) -> None:
    """S13, B61: after a link with ``hx-push-url="false"``, no slot has the query of the address bar."""
    window = tables(settings)
    window.hard("/d/")
    window.soft("/d/?page=2")
    window.url = "/d/"  # where the address bar has stayed
    window.soft("/d/?page=3")
    assert window.changed == ["children"]
    assert shown(window, "children")[1] == "/d/?page=3"
    assert shown(window, "b")[1] == "/d/?page=2"


def test_after_a_form_a_slot_is_rendered_again_for_its_own_query(settings: Any) -> None:
    """S40: "the slots behind that show changed data are refreshed"."""

    def saved(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            return redirect("/d/")
        return HttpResponse("home")

    window = serve(
        settings,
        slots("d/", layout=layout(ALL), children=[path("", saved)], side=[path("", told("b"))]),
    )
    window.hard("/d/")
    own(window, "/d/?page=9", "side")
    window.soft("/d/", method="post", source_slot="children", own=True, follow=True)
    assert sorted(window.changed) == ["children", "side"]
    assert shown(window) == ("page", "/d/?page=9", "b: GET /d/?page=9")
    window.soft("/d/", method="post", source_slot="side", own=True, follow=True)


def test_a_redirect_of_a_link_that_stays_leads_out_of_the_slot(settings: Any) -> None:
    """S13: where it leads to another path, it is a navigation as any other."""

    def moves(request: HttpRequest) -> HttpResponse:
        if request.GET:
            return redirect("/d/a/")
        return HttpResponse("b")

    window = serve(
        settings,
        slots(
            "d/",
            layout=layout(ALL),
            children=[path("", told("home")), path("a/", told("a"))],
            side=[path("", moves)],
        ),
    )
    window.hard("/d/")
    own(window, "/d/?page=2", "side", follow=True)
    assert (window.changed, window.url) == (["children"], "/d/a/")


def test_under_an_open_modal_the_address_bar_stays_as_it_is(settings: Any) -> None:
    """S26: it shows the modal's URL."""
    window = serve(
        settings,
        slots(
            "d/",
            layout=layout("{% slot %}{% slot 'side' %}{% slot 'modal' %}"),
            remember="url",
            children=[path("", told("home")), path("p/", told("p"), name="p")],
            side=[path("", told("b"))],
            modal=slot([intercept("p", told("modal"))], default=None),
        ),
    )
    window.hard("/d/")
    window.soft("/d/p/")
    assert window.slots["modal"].shows == "intercepted"
    own(window, "/d/?page=2", "side", intercept=False)
    assert (window.changed, window.url) == (["side"], "/d/p/")
    window.send(
        "/d/?page=3",
        {
            "intent": "navigate",
            "own": True,
            "target_slot": "side",
            "source_slot": "side",
            "slots": window.mounted,
        },
    )
    assert window.response[HEADER] == "stay"  # nobody has said where it was
