"""Loading states: what comes later, how it comes, and what stands there meanwhile (S43)."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.support.loading_site import PAGE, WAITING, navigate, site
from tests.window import HEADER, Pages, layout, serve, slots_in, tag_of

# --- Hard loads ---


def test_a_slot_with_a_loading_state_does_not_hold_up_the_page(
    settings: Any, pages: Pages
) -> None:
    """S43: "shows its loading state at once and does not hold up the others, on hard loads"."""
    window = site(settings, pages)
    window.hard("/")
    assert pages.called == ["layout", "home"]
    assert window.shows == {"children": "home", "side": "wait"}
    tag = tag_of(window.text, "side")
    assert tag["data-pr-state"] == "loading"
    assert tag["data-pr-delivery"] == "deferred"
    assert tag["aria-busy"] == "true"
    assert "data-pr-state" not in tag_of(window.text, "children")


def test_a_deferred_slot_comes_by_a_request_of_its_own(settings: Any, pages: Pages) -> None:
    """S43, S38: for its URL and variant; nothing else is run, and the address bar stays."""
    window = site(settings, pages)
    window.hard("/x/?q=1")
    pages.forget()
    answer = window.refresh("side")
    assert answer[HEADER] == "stay"
    assert window.changed == ["side"]
    assert pages.called == ["side x"]
    assert pages.requests["side x"].GET["q"] == "1"
    assert window.shows["side"] == "side x"
    assert "data-pr-state" not in tag_of(window.text, "side")
    window.hard("/y/")
    pages.forget()
    window.refresh("side")
    assert pages.called == ["default"]
    assert window.slots["side"].shows == "default"


def test_without_javascript_it_is_rendered_in_place(settings: Any, pages: Pages) -> None:
    """B12: the page leads there by itself; views do not see how they are asked."""
    window = site(settings, pages)
    window.hard("/x/?q=1&r=2")
    meta = re.search(
        r'<noscript><meta http-equiv="refresh" content="0; url=([^"]*)">', window.text
    )
    assert meta
    assert window.text.index("<noscript>") < window.text.index("</head>")
    url = meta[1].replace("&amp;", "&")
    assert url == "/x/?q=1&r=2&slots=inline"
    pages.forget()
    window.hard(url)
    assert pages.called == ["layout", "x", "side x"]
    assert window.shows == {"children": "x", "side": "side x"}
    assert pages.requests["side x"].get_full_path() == "/x/?q=1&r=2"
    assert window.slots["side"].src == "/x/?q=1&r=2"
    assert "<noscript>" not in window.text


def test_a_page_with_nothing_to_come_leads_nowhere(settings: Any, pages: Pages) -> None:
    """B12: the refresh is for those who would miss something."""
    window = site(settings, pages, loading=None)
    window.hard("/")
    assert "<noscript>" not in window.text


@pytest.mark.parametrize("source", ["home", "<body>{% slot %}</body>"])
def test_a_slot_that_is_not_printed_is_not_waited_for(
    settings: Any, pages: Pages, source: str
) -> None:
    """B12, S46: nor is a page read that prints no slot at all."""
    window = site(settings, pages, source=source)
    assert window.hard("/").status_code == 200
    assert "<noscript>" not in window.text


@pytest.mark.parametrize("query", ["slots=3", "slots=", "my_slots=inline", "slots=inlined"])
def test_the_parameter_is_read_by_its_exact_value(settings: Any, pages: Pages, query: str) -> None:
    """B53: a project's own parameter of that name is its own."""
    window = site(settings, pages)
    window.hard(f"/?{query}")
    assert window.shows["side"] == "wait"
    assert pages.requests["home"].get_full_path() == f"/?{query}"


def test_the_answer_to_a_form_is_complete(settings: Any, pages: Pages) -> None:
    """B39, B41: without JavaScript the errors of a form would be lost by a second request."""
    window = site(settings, pages)
    window.hard("/", "post")
    assert window.shows == {"children": "home", "side": "side"}
    assert "<noscript>" not in window.text


def test_a_slots_own_layout_is_there_at_once(settings: Any, pages: Pages) -> None:
    """S43, B9: "for each slot and each slot's own layout": the loading state stands in it."""
    window = site(settings, pages, layout=pages.layout("tabs", "tabs {% slot %}"))
    window.hard("/x/")
    assert pages.called == ["layout", "x", "tabs"]
    assert window.shows == {"children": "x", "side": "tabs", "side.children": "wait"}
    assert tag_of(window.text, "side.children")["data-pr-state"] == "loading"
    assert "data-pr-state" not in tag_of(window.text, "side")
    pages.forget()
    window.refresh("side.children")
    assert pages.called == ["side x"]
    window.hard("/y/")  # the default stands without the layout
    assert window.shows["side"] == "wait"


def test_a_slow_layout_in_a_slot_does_not_hold_up_the_page(settings: Any, pages: Pages) -> None:
    """S43: a slow layout in a slot does not hold up the page either."""
    inner = slots(
        "in/<int:id>/",
        layout=pages.layout("inner", "in {% slot %}{% slot 'more' %}"),
        children=[path("a/", pages("a"))],
        more=slot([], default=pages("more")),
    )
    window = serve(
        settings,
        slots(
            "",
            layout=pages.layout("layout", PAGE),
            children=slot([inner], default=None),
            side=slot([inner], default=None, loading=WAITING),
        ),
    )
    window.hard("/in/7/a/")
    assert pages.called == ["layout", "inner", "a", "more"]
    assert window.slots["side"].src == "/in/7/a/"
    assert window.slots["side"].shows == "layout"
    entry = window.entry
    pages.forget()
    window.refresh("side")
    assert pages.called == ["inner", "a", "more"]
    assert window.slots["side"].src == "/in/7/"
    assert window.shows["side.children"] == "a"
    window.restore(entry)  # Back to what was still on its way
    assert window.shows["side.children"] == "a"


def test_a_loading_state_gets_what_a_default_gets(settings: Any) -> None:
    """S7: the kwargs of the segment's prefix; a partial of the page's template will do."""
    window = serve(
        settings,
        slots(
            "<slug:team>/",
            layout=layout(PAGE),
            children=[path("", lambda request, team: HttpResponse("home"))],
            side=slot(
                [path("", lambda request, team: HttpResponse("side"))],
                loading=layout("wait, {{ team }}"),
            ),
        ),
    )
    window.hard("/red/")
    assert window.shows["side"] == "wait, red"


def test_the_title_of_a_loading_state_is_not_the_documents(settings: Any, pages: Pages) -> None:
    """S49: "defaults don't count", and no more does this."""
    window = site(settings, pages, loading=layout("<title>Wait</title>wait"))
    window.hard("/")
    assert "<title>L</title>" in window.text


def test_an_interception_over_a_background_is_shown_at_once(settings: Any, pages: Pages) -> None:
    """B31, S43: the response does not wait for the requested page, but may wait for the page beneath."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout(PAGE),
            children=slot(
                [path("", pages("feed"), name="feed"), path("p/", pages("photo"), name="photo")],
                loading=WAITING,
            ),
            side=slot(
                [intercept("photo", pages("modal"), background="feed")],
                default=None,
                loading=WAITING,
            ),
        ),
    )
    window.hard("/p/")
    assert window.shows == {"children": "wait", "side": "modal"}
    pages.forget()
    window.refresh("children")
    assert window.shows == {"children": "feed", "side": "modal"}
    assert pages.called == ["feed"]
    window.refresh("side", url="/p/")
    assert window.slots["side"].shows == "intercepted"


# --- Soft navigation ---


def test_a_soft_navigation_does_not_wait_for_slots_with_a_loading_state(
    settings: Any, pages: Pages
) -> None:
    """S59: they follow in the same response, each as it would have been."""
    window = site(settings, pages)
    window.hard("/")
    pages.forget()
    response = window._request("/x/", {"intent": "navigate", "slots": window.mounted}, "get", None)
    assert response.streaming
    assert response[HEADER] == "/x/"
    assert response[f"{HEADER}-Streamed"] == "true"  # so that a cut can be told from the end
    assert response["X-Accel-Buffering"] == "no"
    stream = response.streaming_content
    first = next(stream).decode()
    assert pages.called == ["x"]
    assert first.endswith("<template data-pr-arrived></template>")
    tag = tag_of(first, "side")
    assert (tag["data-pr-state"], tag["data-pr-delivery"]) == ("loading", "streamed")
    assert tag["aria-busy"] == "true"
    assert "<i>wait</i>" in first
    late = next(stream).decode()
    assert pages.called == ["x", "side x"]
    element = r'<div id="slot-side" data-pr-slot="side" data-pr-variant="page" [^>]*>side x</div>'
    start, end = "<template data-pr-fragment>", "</template><template data-pr-arrived></template>"
    assert re.fullmatch(start + element + end, late)
    assert next(stream, b"") == b""
    window.soft("/x/")
    assert window.shows == {"children": "x", "side": "side x"}


def test_a_slot_may_quote_the_end_of_a_body(settings: Any, pages: Pages) -> None:
    """S59: in the HTML of a frame, say; a soft answer has no end of a body."""
    quoting = layout('<iframe srcdoc="<body>x</body>"></iframe>')
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'a' %}"),
            children=[path("", pages("home")), path("x/", quoting)],
            a=slot([path("x/", pages("a"))], default=pages("no a"), loading=WAITING),
        ),
    )
    window.hard("/?slots=inline")
    window.soft("/x/")
    assert window.first.count("</iframe>") == 1
    assert window.shows["a"] == "a"


def test_the_check_of_a_late_slot_guards_the_others_as_well(settings: Any, pages: Pages) -> None:
    """B30: what is intercepted twice, and shown at once in one slot, is not shown before it is asked."""

    def refuses(request: HttpRequest) -> HttpResponse:
        raise PermissionDenied

    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'a' %}{% slot 'b' %}"),
            children=[path("", pages("home")), path("secret/", refuses, name="secret")],
            a=slot([intercept("secret", pages("a"))], default=None, loading=WAITING),
            b=slot([intercept("secret", pages("b"))], default=None),
        ),
    )
    window.hard("/")
    shown = {"b": ["intercepted", "/secret/", window.slots["b"].key, "/"]}
    slots_shown = {**window.mounted, **shown}
    state = {"intent": "navigate", "slots": slots_shown, "origin": "/", "refresh": ["b"]}
    assert window._request("/secret/", state, "get", None).status_code == 403
    assert pages.called == ["home"]


def test_an_answer_without_late_slots_is_an_ordinary_response(settings: Any, pages: Pages) -> None:
    """S59: it costs nothing where no changed slot has a loading state."""
    window = site(settings, pages)
    window.hard("/")
    assert not window.soft("/y/").streaming
    assert window.shows == {"children": "y", "side": "wait"}
    window = site(settings, pages, loading=None)
    window.hard("/")
    assert not window.soft("/x/").streaming


def test_slots_of_a_layout_that_a_navigation_brings_come_in_the_same_response(
    settings: Any, pages: Pages
) -> None:
    """S59, S14: "No second request asks for loading states", nor for what follows them."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}"),
            children=[
                path("", pages("home")),
                slots(
                    "in/",
                    layout=pages.layout("inner", "{% slot %}{% slot 'side' %}"),
                    children=[path("", pages("in"))],
                    side=slot([path("", pages("side"))], loading=WAITING),
                ),
            ],
        ),
    )
    window.hard("/")
    entry = window.entry
    window.soft("/in/")
    tag = tag_of(window.first, "children.side")
    assert (tag["data-pr-state"], tag["data-pr-delivery"]) == ("loading", "streamed")
    assert window.shows["children.side"] == "side"
    there = window.entry
    window.restore(entry)
    window.restore(there)
    assert window.shows["children.side"] == "side"


def test_a_slot_that_shows_the_page_already_goes_on_to_show_it(
    settings: Any, pages: Pages
) -> None:
    """S59, S57: a search field keeps the focus while another query comes; the slot is busy."""
    window = site(settings, pages)
    window.hard("/x/?slots=inline")
    window.soft("/x/?q=1", target_slot="side")
    assert 'data-pr-state="busy"' in window.first
    assert tag_of(window.first, "side")["data-pr-delivery"] == "streamed"
    assert "wait" not in window.first
    assert window.changed == ["side"]
    assert window.slots["side"].src == "/x/?q=1"


def test_a_layout_of_its_own_comes_with_the_loading_state(settings: Any, pages: Pages) -> None:
    """S43, B9, S59: a modal opens at once, with its loading state in it; then it is asked who may see it."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout(PAGE),
            children=[path("", pages("home")), path("p/", pages("photo"), name="photo")],
            side=slot(
                [intercept("photo", pages("modal"))],
                layout=pages.layout("frame", "frame {% slot %}"),
                default=None,
                loading=WAITING,
            ),
        ),
    )
    window.hard("/")
    pages.forget()
    response = window._request("/p/", {**navigate(window), "origin": "/"}, "get", None)
    first = next(response.streaming_content).decode()
    found, tops = slots_in(first.removesuffix("<template data-pr-arrived></template>"))
    assert tops == ["side"]
    assert (found["side"].text, found["side.children"].text) == ("frame", "wait")
    assert pages.called == ["frame"]
    assert b"modal" in next(response.streaming_content)
    assert pages.called == ["frame", "photo", "modal"]
    window.soft("/p/")
    assert window.shows["side.children"] == "modal"
    assert window.shows["children"] == "home"


@pytest.mark.parametrize("url", ["/gone/", "/elsewhere/", "/moved/"])
def test_a_document_that_answers_has_no_loading_states(
    settings: Any, pages: Pages, url: str
) -> None:
    """S17, S59: nothing of it is streamed."""
    frame = pages("frame", lambda request: HttpResponseRedirect("/login/"))
    window = serve(
        settings,
        slots(
            "",
            layout=layout(PAGE),
            children=[path("", pages("home"))],
            side=slot(
                [path("moved/", pages("side"))], layout=frame, default=None, loading=WAITING
            ),
        ),
        slots("elsewhere/", layout=layout(), children=[path("", pages("elsewhere"))]),
    )
    window.hard("/")
    pages.forget()
    answer = window.soft(url)
    assert HEADER not in answer
    assert not answer.streaming
    assert pages.called == (["frame"] if url == "/moved/" else [])


def test_a_target_outside_of_slots_has_a_loading_state_too(settings: Any, pages: Pages) -> None:
    """S29, S59: a plain view that is intercepted; it is asked whether it refuses after that."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout(PAGE),
            children=[path("", pages("home"))],
            side=slot([intercept("out", pages("modal"))], default=None, loading=WAITING),
        ),
        path("out/", pages("out"), name="out"),
        path("other/", pages("other")),
    )
    window.hard("/")
    pages.forget()
    window.soft("/out/")
    assert "wait" in window.first
    assert window.shows["side"] == "modal"
    assert pages.called == ["out", "modal"]
    pages.forget()
    window.refresh("side", url="/out/")
    assert pages.called == ["out", "modal"]
    window.slots["side"] = window.slots["children"]
    answer = window.refresh("side", url="/other/")
    assert answer["HX-Refresh"] == "true"


# --- Refreshes ---


def test_a_refresh_takes_any_slots_each_for_its_own_url(settings: Any, pages: Pages) -> None:
    """S38: "renders the visible slots again, each for *its* URL and variant"; in place, at once."""
    window = site(settings, pages)
    window.hard("/x/?q=1")
    window.soft("/y/")
    pages.forget()
    window.refresh("children", "side", url="/y/")
    assert sorted(window.changed) == ["children", "side"]
    assert sorted(pages.called) == ["side x", "y"]
    assert pages.requests["side x"].get_full_path() == "/x/?q=1"
    assert window.url == "/y/"


def test_a_refresh_of_a_slot_and_what_is_in_it_is_one(settings: Any, pages: Pages) -> None:
    """S15, S38: what stands in a slot comes with it."""
    window = site(settings, pages, layout=pages.layout("tabs", "tabs {% slot %}"), loading=None)
    window.hard("/x/")
    pages.forget()
    window.refresh("side.children", "side", "side", url="/x/")
    assert window.changed == ["side"]
    assert pages.called == ["tabs", "side x"]


@pytest.mark.parametrize(
    "again", [["nobody"], ["children", "nobody.x"], ["children.x"], ["side"], []]
)
def test_a_refresh_of_what_is_not_there_reloads(
    settings: Any, pages: Pages, again: list[str]
) -> None:
    """B53: outdated state leads to a full load of the page on screen, and not of the slot's URL."""
    window = site(settings, pages)
    window.hard("/")
    _, *rest = window.mounted["side"]
    forged = {**window.mounted, "side": ["page", "/x/", "0" * 16]}
    if not again:
        forged["side"] = ["page", *rest]
    answer = window.send("/", {"intent": "refresh", "slots": forged, "refresh": again})
    assert HEADER not in answer
    assert answer["HX-Refresh"] == "true"


# --- Declaring ---


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"loading": 3}, "slot 'side': loading: got 3"),
        ({"error": Http404()}, "slot 'side': error: got Http404()"),
        ({"delivery": "streamed"}, "delivery without loading"),
        ({"loading": "a.html", "delivery": "pushed"}, "delivery is 'pushed'"),
        ({"test_func": "is_staff"}, "test_func is 'is_staff'"),
        ({"test_func": asyncio.sleep}, "test_func is sleep"),
    ],
)
def test_options_of_loading_that_cannot_work_are_refused(
    options: dict[str, Any], complaint: str
) -> None:
    """The message says what is wrong, and what to do."""
    with pytest.raises(ImproperlyConfigured, match=re.escape(complaint)):
        slots("", layout="l.html", side=slot([path("", WAITING)], **options))


def test_a_slot_that_comes_with_each_answer_is_not_late(settings: Any, pages: Pages) -> None:
    """S59: it may show messages, which would be saved as unread by then."""
    window = site(settings, pages, unmatched="refresh")
    window.hard("/?slots=inline")
    window.soft("/x/")
    assert (window.shows["side"], window.late) == ("side x", [])
