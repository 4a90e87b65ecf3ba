"""Interceptions: a slot on screen shows a route by a view of its own (S22, S24, S26, S27)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import include, path, re_path

from django_parallel_routes import intercept, slot, slots
from tests.support.intercepting_site import (
    ALL,
    FRAME,
    HOME,
    MIDDLEWARE,
    pages,
    screen,
    site,
)
from tests.window import HEADER, layout, serve

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


# --- S27: the current URL ---


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
