"""Interception: which navigations are shown in a slot instead, and all that follows from it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.client.exchange import state_header
from tests.support.intercepting_site import (
    ALL,
    FRAME,
    HOME,
    MIDDLEWARE,
    pages,
    screen,
    site,
)
from tests.window import HEADER, Pages, layout, serve

# --- S22, S24, S26: it fires ---


def test_a_route_is_shown_in_a_slot_of_the_page_one_comes_from(settings: Any) -> None:
    """S22, S24: only the intercepting slot changes, siblings are kept, "even those with a match"."""
    window = site(settings)
    window.hard("/")
    pages.forget()
    window.soft("/photo/1/")
    assert screen(window) == {**HOME, "modal": "modal"}
    assert window.changed == ["modal"]
    assert (window.slots["modal"].shows, window.slots["modal"].src) == ("intercepted", "/photo/1/")
    assert window.url == "/photo/1/"  # S26
    assert pages.called == ["photo", "modal"]  # the target is asked, and not shown (B30)
    assert pages.kwargs["modal"] == {"id": 1}
    assert pages.requests["modal"].path == "/photo/1/"


def test_a_hard_load_of_an_intercepted_url_is_its_own_page(settings: Any) -> None:
    """S11: "typed, reloaded, opened in a new tab, shared"; S28: nothing is remembered."""
    window = site(settings)
    window.hard("/")
    window.soft("/photo/1/")
    window.hard("/photo/1/")
    assert screen(window) == {"children": "photo", "side": "side"}


@pytest.mark.parametrize("framed", [False, True])
def test_a_second_link_replaces_what_was_opened_and_the_page_beneath_stays(
    settings: Any, framed: bool
) -> None:
    """S23; B9: the slot's own layout stays mounted."""
    options = {"layout": layout(FRAME)} if framed else {}
    window = site(settings, **options)
    window.hard("/")
    window.soft("/photo/1/")
    window.soft("/photo/2/", source_slot="modal")
    address = "modal.children" if framed else "modal"
    assert window.changed == [address]
    assert window.slots[address].src == "/photo/2/"
    assert window.shows["children"] == "home"
    assert window.origin == "/"
    assert window.slots["modal"].src == ("/" if framed else "/photo/2/")


def test_the_slots_own_layout_stands_around_what_is_intercepted(settings: Any) -> None:
    """B9: a modal's ``<dialog>`` is the layout of its slot."""
    window = site(settings, layout=layout(FRAME + "{% close_url %}"))
    window.hard("/other/")
    window.soft("/photo/1/")
    assert window.shows["modal"] == "frame: /other/"
    assert window.shows["modal.children"] == "modal"
    assert window.slots["modal"].shows == "layout"
    assert window.slots["modal.children"].shows == "intercepted"


def test_a_route_outside_of_every_slots_is_intercepted_by_the_middleware(settings: Any) -> None:
    """S29: "the target may be any route of the project, also one outside every `slots()`"."""
    window = site(settings, intercept("out", pages("modal")))
    window.hard("/")
    window.soft("/out/7/")
    assert screen(window) == {**HOME, "modal": "modal"}
    assert pages.kwargs["modal"] == {"id": 7}
    window.soft("/out/8/", intercept=False)
    assert HEADER not in window.response
    assert window.response["HX-Redirect"] == "/out/8/"
    assert window.hard("/out/7/").content == b"out"


def test_without_the_middleware_a_plain_view_is_the_document(settings: Any) -> None:
    settings.MIDDLEWARE = [path for path in settings.MIDDLEWARE if path != MIDDLEWARE]
    window = site(settings, intercept("out", pages("modal")), intercept("photo", pages("modal")))
    window.hard("/")
    assert window.soft("/out/7/").content == b"out"
    window.soft("/photo/7/")
    assert screen(window) == {**HOME, "modal": "modal"}


def test_the_targets_own_view_may_be_shown(settings: Any) -> None:
    """``intercept("photo")`` without a view; it is called once."""
    window = site(settings, intercept("photo"))
    window.hard("/")
    pages.forget()
    window.soft("/photo/3/")
    assert screen(window) == {**HOME, "modal": "photo"}
    assert pages.called == ["photo"]


def test_an_interceptor_gets_the_kwargs_of_its_segment_and_of_the_target(settings: Any) -> None:
    """S7, S22: ``<user>/ L{feed, modal}``; the target's prefix is another one."""
    window = serve(
        settings,
        path("photo/<int:id>/", pages("page"), name="photo"),
        slots(
            "<slug:user>/",
            layout=layout("{% slot 'feed' %}{% slot 'modal' %}"),
            feed=[path("", pages("feed")), path("more/", pages("more"))],
            modal=slot([intercept("photo", pages("modal"))], default=None),
        ),
    )
    window.hard("/bob/")
    window.soft("/photo/1/")
    assert pages.kwargs["modal"] == {"user": "bob", "id": 1}
    assert pages.requests["modal"].resolver_match.view_name == "photo"
    window.hard("/eve/more/?page=2")
    window.soft("/photo/5/")
    assert pages.kwargs["modal"] == {"user": "eve", "id": 5}
    assert screen(window) == {"feed": "more", "modal": "modal"}


def test_rules_name_routes_by_namespace_or_app_name(settings: Any) -> None:
    """S29: "rules name routes … so they hold under … namespaces and included URLconfs"."""
    gallery = ([path("p/<path:rest>", pages("page"), name="photo")], "gallery")
    for name, fires in [("gallery:photo", True), ("mine:photo", True), ("photo", False)]:
        window = serve(
            settings,
            slots(
                "",
                layout=layout(ALL),
                children=[
                    path("", pages("home")),
                    path("g/", include(gallery, namespace="mine")),
                ],
                side=slot([path("s/", pages("s"))], default=None),
                modal=slot([intercept(name, pages("modal"))], default=None),
            ),
        )
        window.hard("/")
        window.soft("/g/p/any/depth")
        assert ("modal" in screen(window)) is fires


def test_rules_hold_when_slots_stands_in_an_included_urlconf(settings: Any) -> None:
    """S29: the namespaces around the outermost ``slots()`` belong to the names of its routes."""
    inner = [
        slots(
            "",
            layout=layout("{% slot %}{% slot 'modal' %}"),
            children=[path("", pages("home")), path("x/", pages("x"), name="x")],
            modal=slot([intercept("app:x", pages("modal"))], default=None),
        )
    ]
    window = serve(settings, path("<slug:team>/", include((inner, "app"))))
    window.hard("/a/")
    window.soft("/a/x/")
    assert screen(window) == {"children": "home", "modal": "modal"}
    assert pages.kwargs["modal"] == {"team": "a"}


def test_unnamed_groups_reach_the_interceptor(settings: Any) -> None:
    window = site(settings, intercept("out", pages("modal")))
    settings.ROOT_URLCONF.urlpatterns.insert(0, re_path(r"^re/(\d+)/$", pages("re"), name="out"))
    window.hard("/")
    window.soft("/re/12/")
    assert pages.args["modal"] == ("12",)


# --- S22: the origin ---


def test_an_interception_does_not_fire_from_elsewhere(settings: Any) -> None:
    """S22: "coming softly from inside this segment"."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}"),
            children=[
                path("", pages("home")),
                path("photo/", pages("photo"), name="photo"),
                slots(
                    "in/",
                    layout=layout("{% slot %}{% slot 'modal' %}"),
                    children=[path("", pages("inside"))],
                    modal=slot([intercept("photo", pages("modal"))], default=None),
                ),
            ],
        ),
    )
    window.hard("/")
    window.soft("/photo/")
    assert screen(window) == {"children": "photo"}
    window.soft("/in/")
    window.soft("/photo/")
    assert screen(window) == {"children.children": "inside", "children.modal": "modal"}


@pytest.mark.parametrize("origin", ["home", ["home", "nowhere"]])
def test_a_rule_may_name_a_narrower_origin(settings: Any, origin: Any) -> None:
    """S22: "the narrower origin that the rule names": the page that lies underneath (S23)."""
    window = site(settings, intercept("photo", pages("modal"), origin=origin))
    window.hard("/?q=1")
    window.soft("/photo/1/")
    assert screen(window)["modal"] == "modal"
    window.soft("/photo/2/", source_slot="modal")  # the page beneath is home still
    assert window.slots["modal"].src == "/photo/2/"
    window.hard("/other/")
    window.soft("/photo/1/")
    assert screen(window) == {"children": "photo", "side": "side"}


def test_the_page_underneath_counts_and_not_the_url(settings: Any) -> None:
    """S23: "not the address bar": a named slot has moved it, children still show home."""
    window = site(settings, intercept("photo", pages("modal"), origin="home"))
    window.hard("/")
    window.soft("/elsewhere/")  # side alone
    assert screen(window) == {"children": "home", "side": "side"}
    window.soft("/photo/1/")
    assert screen(window) == {"children": "home", "side": "side", "modal": "modal"}


def test_the_deepest_segment_wins(settings: Any) -> None:
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'modal' %}"),
            children=[
                path("x/", pages("x"), name="x"),
                slots(
                    "in/",
                    layout=layout("{% slot %}{% slot 'modal' %}"),
                    children=[path("", pages("inside"))],
                    modal=slot([intercept("x", pages("inner modal"))], default=None),
                ),
            ],
            modal=slot([intercept("x", pages("outer modal"))], default=None),
        ),
    )
    window.hard("/in/")
    window.soft("/x/")
    assert screen(window) == {"children.children": "inside", "children.modal": "inner modal"}


def test_a_slot_that_the_layout_does_not_print_intercepts_nothing(settings: Any) -> None:
    """S46, S22: there is nothing to show it in."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}"),
            children=[path("", pages("home")), path("x/", pages("x"), name="x")],
            modal=slot([intercept("x", pages("modal"))], default=None),
        ),
    )
    window.hard("/")
    window.soft("/x/")
    assert screen(window) == {"children": "x"}


def test_a_link_may_want_no_interception(settings: Any) -> None:
    """B19: "it may opt out of interception"; S26: the page is the target's."""
    window = site(settings)
    window.hard("/")
    window.soft("/photo/1/", intercept=False)
    assert screen(window) == {"children": "photo", "side": "side"}
    assert window.origin == "/photo/1/"


def test_a_link_for_one_slot_is_intercepted_by_that_slot_alone(settings: Any) -> None:
    """B19: a link may name its slot."""
    window = site(settings)
    window.hard("/")
    window.soft("/photo/1/", target_slot="side")
    assert screen(window) == {"children": "home", "side": "side"}
    window.soft("/photo/2/", target_slot="modal")
    assert screen(window) == {"children": "home", "side": "side", "modal": "modal"}


# --- S25: in children ---


def test_in_children_an_interception_replaces_the_page(settings: Any) -> None:
    """S25; B18 does not close children for a URL of another slot (S13)."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'side' %}"),
            children=slot(
                [
                    path("", pages("home")),
                    path("x/", pages("x"), name="x"),
                    intercept("x", pages("short x")),
                ],
                default=pages("default"),
            ),
            side=slot([path("s/", pages("s"))], default=None),
        ),
    )
    window.hard("/")
    window.soft("/x/")
    assert screen(window) == {"children": "short x"}
    window.soft("/s/")
    assert screen(window) == {"children": "short x", "side": "s"}
    window.soft("/")
    assert screen(window) == {"children": "home", "side": "s"}


def test_an_interception_in_children_closes_what_is_open_over_the_old_page(settings: Any) -> None:
    """S25, B18: it is another page, and a click in a modal must not seem to do nothing."""
    window = serve(
        settings,
        path("y/", pages("y"), name="y"),
        slots(
            "",
            layout=layout("{% slot %}{% slot 'modal' %}{% slot 'stays' %}"),
            children=[
                path("", pages("home")),
                path("x/", pages("x"), name="x"),
                path("z/", pages("z"), name="z"),
                intercept("x", pages("short x")),
            ],
            modal=slot([intercept("y", pages("modal"))], layout=layout(FRAME), default=None),
            stays=slot([intercept("z", pages("stays"))], default=None, unmatched="keep"),
        ),
    )
    window.hard("/")
    window.soft("/z/")
    window.soft("/y/")
    window.soft("/x/", source_slot="modal.children")
    assert screen(window) == {"children": "short x", "stays": "stays"}
    window.soft("/y/")
    assert window.changed == ["modal"]


def test_a_modal_of_a_page_that_is_replaced_closes(settings: Any) -> None:
    """S25: the answer has no slot that is on screen no more; found by the state machine."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}"),
            children=[
                path("x/", pages("x"), name="x"),
                intercept("x", pages("short x")),
                slots(
                    "team/",
                    layout=layout("{% slot %}{% slot 'peek' %}"),
                    children=[path("", pages("team")), path("m/", pages("member"), name="m")],
                    peek=slot([intercept("m", pages("peek"))], default=None),
                ),
            ],
        ),
    )
    window.hard("/team/")
    window.soft("/team/m/")
    assert screen(window)["children.peek"] == "peek"
    window.soft("/x/")
    assert screen(window) == {"children": "short x"}
    assert window.changed == ["children"]


# --- S27: where one is ---


def test_a_navigation_to_where_one_is_is_not_intercepted(settings: Any) -> None:
    """S27: "A navigation to exactly the URL one is on is not intercepted"."""
    window = site(settings)
    window.hard("/")
    window.soft("/photo/1/")
    window.soft("/photo/1/", source_slot="modal")
    assert screen(window) == {"children": "photo", "side": "side"}
    window.soft("/photo/1/?x=1")  # and the page stays a page
    assert screen(window) == {"children": "photo", "side": "side"}
    window.soft("/photo/2/")
    assert screen(window)["modal"] == "modal"


def test_a_change_of_the_query_alone_keeps_the_variant(settings: Any) -> None:
    """S27."""
    window = site(settings)
    window.hard("/")
    window.soft("/photo/1/")
    window.soft("/photo/1/?x=2", source_slot="modal")
    assert screen(window) == {**HOME, "modal": "modal"}
    assert window.slots["modal"].src == "/photo/1/?x=2"


# --- S49, S48, B52 ---


def test_the_title_of_what_is_intercepted_comes_first(settings: Any) -> None:
    """S49: "intercepted page > children > named slots"; of several levels the uppermost."""
    titled = {name: layout(f"<title>{name}</title>{name}") for name in ("page", "one", "two")}
    window = serve(
        settings,
        path("one/", pages("x"), name="one"),
        path("two/", pages("x"), name="two"),
        slots(
            "",
            layout=layout("<title>L</title>{% slot %}{% slot 'modal' %}"),
            children=[path("", titled["page"], name="home")],
            modal=slot(
                [
                    intercept("one", titled["one"], background="home"),
                    intercept("two", titled["two"], opens="above", background="one"),
                ],
                default=None,
            ),
        ),
    )
    window.hard("/")
    window.soft("/one/")
    window.soft("/two/", source_slot="modal")
    orders = {slot.title: slot.order for slot in window.slots.values() if slot.title}
    assert sorted(orders, key=orders.__getitem__) == ["two", "one", "page"]
    assert (
        '<title>two</title><template data-pr-layout="L"></template>'
        in window.hard("/two/").content.decode()
    )


def test_a_named_slots_segment_is_that_of_what_is_intercepted(settings: Any) -> None:
    """S48: "for a named slot its last active one"."""
    show = layout("{% selected_segment 'modal' %} {% selected_segments 'modal' %}")
    window = site(settings, intercept("photo", show))
    window.hard("/")
    window.soft("/photo/7/")
    assert window.shows["modal"] == "7 photo/7"


def test_answers_say_on_what_they_depend(settings: Any) -> None:
    """B52, S28: "caches must not mix variants"."""
    window = site(settings, intercept("out", pages("modal")))
    window.hard("/")
    window.soft("/out/1/")
    assert HEADER in window.response["Vary"]


def test_the_page_of_a_plain_target_says_it_too(settings: Any) -> None:
    """B52: its URL has two representations; those of other views do not."""
    window = site(settings, intercept("out", pages("modal")))
    settings.ROOT_URLCONF.urlpatterns.insert(0, path("alone/", pages("alone"), name="alone"))
    assert HEADER in window.hard("/out/1/")["Vary"]
    assert "Vary" not in window.hard("/alone/")


# --- B53: a hint, never an authority ---


def test_a_forged_home_opens_nothing(settings: Any) -> None:
    """B53: the key says which layout has printed the slot, and for which prefix."""
    window = site(settings)
    window.hard("/")
    key = window.slots["modal"].key
    for address, home, forged in [
        ("modal", "/photo/1/x/", key),
        ("modal", "/nowhere/", "0" * 16),
        ("modal.modal", "/", key),
        ("children", "/", key),
        ("modal", "/out/1/", key),
        ("nothing.here", "/", key),
    ]:
        state = {
            "intent": "navigate",
            "slots": {**window.mounted, address: ["empty", "/", forged, home]},
            "current_url": "/",
            "origin": "/",
        }
        if address != "modal":
            del state["slots"]["modal"]
        pages.forget()
        window.client.get("/photo/1/", headers={HEADER: state_header(state)})
        if home not in {"/photo/1/x/"}:  # a URL of the same segment and prefix is as good as any
            assert "modal" not in pages.called


# --- declarations ---


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"route": ""}, "the route is ''; give its name"),
        ({"route": 7}, "the route is 7; give its name"),
        ({"view": 7}, "view: got 7; give a template name or a view"),
        ({"origin": [7]}, r"origin is \[7\]; give the name of a route"),
        ({"opens": "below"}, 'opens is \'below\'; it must be "here" or "above"'),
        ({"background": 7}, "background is 7; give the name of a route, or a function"),
    ],
)
def test_a_rule_that_cannot_work_says_why(arguments: Any, message: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=message):
        intercept(**{"route": "r", "view": pages("v"), **arguments})


def test_slots_that_cannot_work_with_a_rule_say_why() -> None:
    rule = intercept("r", pages("v"))
    with pytest.raises(
        ImproperlyConfigured, match="give default=None, for a modal that is closed"
    ):
        slots("", layout="l.html", children=[path("", pages("v"))], modal=[rule])
    with pytest.raises(ImproperlyConfigured, match='opens="above" in children'):
        slots("", layout="l.html", children=[path("", pages("v")), intercept("r", opens="above")])
    with pytest.raises(ImproperlyConfigured, match=r"got intercept\('r'\) alone"):
        slots("", layout="l.html", children=[path("", pages("v"))], modal=rule)


def test_rules_are_values_that_say_what_they_are() -> None:
    assert repr(intercept("gallery:photo")) == "intercept('gallery:photo')"


def test_rules_are_no_routes(settings: Any) -> None:
    """S8: reverse() and the checks see routes only."""
    site(settings, layout=layout(FRAME))
    assert run_checks() == []


@pytest.mark.parametrize("frame", [None, "<dialog>{% slot %}</dialog>"], ids=["bare", "framed"])
def test_a_form_in_what_opens_above_stays_there(settings: Any, frame: str | None) -> None:
    """B39, B32: its answer stands in the level that it was sent from, and so does another page of it."""

    def form(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{request.method} {request.GET.urlencode()}")

    window = serve(
        settings,
        slots(
            "",
            layout=layout("<body>{% slot %}{% slot 'modal' %}</body>"),
            children=[
                path("", lambda request: HttpResponse("home")),
                path("first/", form, name="first"),
                path("form/", form, name="form"),
            ],
            modal=slot(
                [intercept("first"), intercept("form", opens="above")],
                layout=frame and layout(frame),
                default=None,
            ),
        ),
    )
    inner = ".children" if frame else ""
    window.hard("/")
    for level in ["modal", "modal.modal"]:
        address = level + inner
        window.soft("/form/", source_slot=f"modal{inner}" if level == "modal.modal" else "")
        assert window.shows[address] == "GET"
        window.soft("/form/", method="post", source_slot=address)
        assert window.changed == [address]
        assert window.shows[address] == "POST"
        window.soft("/form/?page=2", source_slot=address)
        assert window.shows[address] == "GET page=2"
        assert window.slots[address].shows == "intercepted"
        window.hard("/")
        window.soft("/first/")


@pytest.mark.parametrize("frame", ["", "{% slot %}"])
def test_a_restored_interception_is_the_one_whose_origin_lies_beneath(
    settings: Any, pages: Pages, frame: str
) -> None:
    """S33, S38, B39: of several rules for one route, that which has fired: its origin lies beneath."""
    rules = [
        intercept("t", pages("from d"), origin="d"),
        intercept("t", pages("from e"), origin="e"),
    ]
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'modal' %}"),
            children=[
                path("d/", pages("d"), name="d"),
                path("e/", pages("e"), name="e"),
                path("t/", pages("t"), name="t"),
            ],
            modal=slot(rules, default=None, layout=layout(frame) if frame else None),
        ),
    )
    shown = "modal.children" if frame else "modal"
    for name in ("d", "e"):
        window.hard(f"/{name}/")
        window.soft("/t/")
        entry = window.entry
        assert window.shows[shown] == f"from {name}"
        window.refresh("modal")
        assert window.shows[shown] == f"from {name}"
        window.soft("/t/", method="post", source_slot=shown)  # B39: it reaches this view
        assert window.shows[shown] == f"from {name}"
        window.soft("/t/?q=1", source_slot=shown)
        assert window.shows[shown] == f"from {name}"
        window.soft("/d/" if name == "e" else "/e/")
        window.restore(entry)
        assert window.shows[shown] == f"from {name}"


def test_a_form_in_what_stays_reaches_its_view_wherever_one_has_gone(settings: Any) -> None:
    """B39: that the origin does not lie beneath any more decides nothing about what is open."""
    rule = intercept("photo", pages("modal"), origin="home")
    window = site(settings, rule, unmatched="keep")
    window.hard("/")
    window.soft("/photo/1/")
    window.soft("/other/")
    window.soft("/photo/1/", method="post", source_slot="modal")
    assert pages.requests["modal"].method == "POST"
    assert screen(window) == {"children": "other", "side": "side", "modal": "modal"}


def test_a_made_up_page_in_a_modal_without_a_frame_is_no_page(settings: Any) -> None:
    """B53: it gets the document, and no error of the server."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout("<body>{% slot %}{% slot 'modal' %}</body>"),
            children=[path("", pages("home")), path("photo/", pages("photo"), name="photo")],
            modal=slot([intercept("photo", pages("modal"))], default=None),
        ),
    )
    window.hard("/")
    _, url, key, *_ = window.mounted["modal"]
    made_up = {
        "modal": ["layout", url, key, "/"],
        "modal.children": ["intercepted", "/photo/", "0" * 16],
    }
    state = {"intent": "refresh", "slots": made_up, "refresh": ["modal.children"]}
    response = window.send("/", state)
    assert response.status_code == 200
    assert "HX-Refresh" in response
