"""Interception: which navigations are shown in a slot instead, and all that follows from it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required, login_required, permission_required
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt

from django_parallel_routes import intercept, slot, slots
from tests.window import HEADER, OnScreen, Pages, Window, layout, serve

pages = Pages()
MIDDLEWARE = "django_parallel_routes.middleware.ParallelRoutesMiddleware"
FRAME = "frame: {% slot %}"
ALL = "{% parallel_routes_script %}{% slot %}{% slot 'side' %}{% slot 'modal' %}"


@pytest.fixture(autouse=True)
def _forget() -> None:
    pages.forget()


def site(settings: Any, *rules: Any, **options: Any) -> Window:
    """``L{children "", photo/<id>/, other/; side D, <rest>; modal D=None}``, and a plain ``out/<id>/``."""
    kwargs = {"default": None, **options}
    return serve(
        settings,
        path("out/<int:id>/", pages("out"), name="out"),
        slots(
            "",
            layout=pages.layout("root", ALL),
            children=[
                path("", pages("home"), name="home"),
                path("photo/<int:id>/", pages("photo"), name="photo"),
                path("other/", pages("other"), name="other"),
            ],
            side=slot([path("<path:rest>", pages("side"))], default=pages("side default")),
            modal=slot(list(rules or [intercept("photo", pages("modal"))]), **kwargs),
        ),
    )


def screen(window: Window) -> dict[str, str]:
    """What each slot shows, but for what is empty."""
    return {name: text for name, text in window.shows.items() if text}


HOME = {"children": "home", "side": "side default"}

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


def test_it_does_not_fire_from_elsewhere(settings: Any) -> None:
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


def test_what_lies_underneath_counts_and_not_the_url(settings: Any) -> None:
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


def test_what_is_open_in_the_page_that_is_replaced_goes_with_it(settings: Any) -> None:
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


# --- B18: closing by going elsewhere ---


def test_a_modal_closes_when_one_navigates_elsewhere(settings: Any) -> None:
    """B18: "its modal closes when one navigates elsewhere, with no catch-all boilerplate"."""
    window = site(settings, layout=layout(FRAME))
    window.hard("/")
    window.soft("/photo/1/")
    window.soft("/other/")
    assert screen(window) == {"children": "other", "side": "side"}
    assert window.slots["modal"].shows == "empty"
    window.soft("/photo/1/")
    window.soft("/", source_slot="modal.children")
    assert screen(window) == {"children": "home", "side": "side"}


def test_a_slot_with_a_page_for_the_url_shows_it_and_does_not_close(settings: Any) -> None:
    """B18 closes what the URL has nothing for: an open modal may hold a page of its own as well."""
    window = site(settings, intercept("photo", pages("modal")), path("help/", pages("help")))
    window.hard("/")
    window.soft("/photo/1/")
    window.soft("/help/")
    assert window.shows["modal"] == "help"
    assert window.slots["modal"].shows == "page"


@pytest.mark.parametrize("unmatched", ["default", "keep"])
def test_a_modal_in_a_kept_segment_closes_too(settings: Any, unmatched: str) -> None:
    """B18: though the URL is for a slot further out, and the page around the modal is kept (S13)."""
    rule = intercept("x", pages("modal"))
    window = serve(
        settings,
        path("x/", pages("x"), name="x"),
        slots(
            "",
            layout=layout("{% slot %}{% slot 'side' %}"),
            children=[
                slots(
                    "in/",
                    layout=layout("{% slot %}{% slot 'modal' %}"),
                    children=[path("", pages("inside"))],
                    modal=slot([rule], layout=layout(FRAME), default=None, unmatched=unmatched),
                )
            ],
            side=slot([path("side/", pages("side"))], default=None),
        ),
    )
    window.hard("/in/")
    window.soft("/x/")
    window.soft("/side/", target_slot="side")
    assert window.shows["children.modal.children"] == "modal"
    window.soft("/side/?2")
    assert ("children.modal.children" in window.slots) is (unmatched == "keep")
    assert window.shows["children.children"] == "inside"
    assert "children.children" not in window.changed


def test_unmatched_keep_leaves_a_modal_open(settings: Any) -> None:
    """B18: "unless it says otherwise"; "the catch-all recipe works too"."""
    window = site(settings, unmatched="keep")
    window.hard("/")
    window.soft("/photo/1/")
    window.soft("/other/")
    assert screen(window)["modal"] == "modal"
    nothing = path("<path:rest>", layout(""))
    window = site(settings, intercept("photo", pages("modal")), nothing, unmatched="keep")
    window.hard("/")
    window.soft("/photo/1/")
    assert screen(window)["modal"] == "modal"
    window.soft("/other/")
    assert "modal" not in screen(window)
    assert window.slots["modal"].shows == "page"


# --- S33: history ---


@pytest.mark.parametrize("framed", [False, True])
def test_an_entry_is_restored_and_not_decided_anew(settings: Any, framed: bool) -> None:
    """S33: "Back closes the modal, Forward opens it again; slots that don't differ are kept"."""
    options = {"layout": layout(FRAME)} if framed else {}
    window = site(settings, intercept("out", pages("modal"), origin="home"), **options)
    window.hard("/")
    home = window.entry
    window.soft("/out/1/")
    opened = window.entry
    window.restore(home)
    assert (window.changed, window.slots["modal"].shows) == (["modal"], "empty")
    window.restore(opened)
    assert window.changed == ["modal"]
    assert window.entry == opened
    window.soft("/out/2/")
    window.restore(opened)
    assert window.changed == (["modal.children"] if framed else ["modal"])
    assert window.entry == opened


def test_a_frame_over_another_page_is_another(settings: Any) -> None:
    """S33, B35: a leap between two entries with one modal over two pages; its link leads beneath."""
    window = site(settings, layout=layout("{% slot %}{% close_url %}"))
    window.hard("/")
    window.soft("/photo/1/")
    over_home = window.entry
    window.soft("/other/")
    window.soft("/photo/1/")
    assert window.shows["modal"] == "/other/"
    window.restore(over_home)
    assert window.entry == over_home
    assert window.shows["modal"] == "/"


def test_a_slot_does_not_differ_for_another_url_of_its_segment(settings: Any) -> None:
    """S33: "slots that don't differ are kept": which URL had its layout printed is no part of it."""
    window = site(settings)
    window.hard("/")
    mounted = window.mounted
    want = {**mounted, "modal": [*mounted["modal"][:3], "/other/"]}
    window.send("/", {"intent": "restore", "slots": mounted, "restore": want})
    assert HEADER in window.response
    assert window.changed == []


def test_an_entry_whose_modal_is_gone_is_a_document(settings: Any) -> None:
    """B53: another deploy, a target that no longer exists."""
    window = site(settings)
    window.hard("/")
    home = window.entry
    window.soft("/photo/1/")
    url, slots_then, origin = window.entry
    window.restore(home)
    gone = {**slots_then, "modal": slots_then["modal"].__class__(
        "modal", "intercepted", "/other/", slots_then["modal"].key, "", home="/"
    )}  # fmt: skip
    window.restore((url, gone, origin))
    assert window.response["HX-Redirect"] == url
    nowhere = {**gone, "modal": OnScreen(
        "modal", "intercepted", "/nowhere/at/all/", slots_then["modal"].key, "", home="/"
    )}  # fmt: skip
    window.restore((url, nowhere, origin))
    assert window.response["HX-Redirect"] == url


def test_levels_of_another_page_are_a_document(settings: Any) -> None:
    """B53: an entry with forged or outdated levels, or a target that is gone."""
    window = serve(
        settings,
        path("t/", pages("t"), name="t"),
        path("u/", pages("t"), name="t"),
        slots(
            "d/",
            layout=layout("{% slot %}{% slot 'modal' %}"),
            children=[path("", pages("home"))],
            modal=slot([intercept("t", pages("modal"), opens="above")], default=None),
        ),
    )
    window.hard("/d/")
    home = window.entry
    window.soft("/t/")
    key = window.slots["modal"].key
    for address, want, on_screen in [
        ("modal.modal", ["empty", "/d/", key, "/d/"], ["page", "/d/", key, "/d/"]),
        ("modal", ["intercepted", "/gone/", key, "/d/"], ["empty", "/d/", key, "/d/"]),
        ("modal", ["intercepted", "/t/", key, "/gone/"], ["empty", "/d/", key, "/d/"]),
        ("modal", ["layout", "/d/", key, "/d/"], ["empty", "/d/", key, "/d/"]),
    ]:
        state = {"intent": "restore", "slots": {address: on_screen}, "restore": {address: want}}
        assert window.send("/d/", state)["HX-Redirect"] == "/d/"
    window.restore(home)
    assert window.entry == home
    window.soft("/t/")
    window.soft("/u/", source_slot="modal")
    level = window.slots["modal.modal"].mounted
    closed = {"modal.modal": ["empty", "/d/", *level[2:]]}
    window.send("/t/", {"intent": "restore", "slots": window.mounted, "restore": closed})
    assert window.changed == ["modal.modal"]
    assert window.shows["modal.modal"] == ""


def test_a_plain_url_is_restored_only_with_something_to_restore(settings: Any) -> None:
    window = site(settings, intercept("out", pages("modal")))
    window.hard("/")
    answer = window.send("/out/1/", {"intent": "restore", "slots": {}, "restore": {}})
    assert answer["HX-Redirect"] == "/out/1/"


# --- B32: levels ---


def stacked(settings: Any, **options: Any) -> Window:
    return site(
        settings,
        intercept("photo", pages("photo modal")),
        intercept("out", pages("out modal"), opens="above"),
        **options,
    )


@pytest.mark.parametrize("framed", [False, True])
def test_modals_stack_to_any_depth_and_each_has_a_url(settings: Any, framed: bool) -> None:
    """B32: "Modals stack; each level has a URL; Back closes one level"."""
    window = stacked(settings, **({"layout": layout(FRAME)} if framed else {}))
    page = ".children" if framed else ""
    window.hard("/")
    window.soft("/photo/1/")
    entries = [window.entry]
    level = "modal"
    for depth in range(1, 7):
        window.soft(f"/out/{depth}/", source_slot=f"{level}{page}")
        level += ".modal"
        assert window.changed == [level]
        assert window.slots[f"{level}{page}"].src == f"/out/{depth}/"
        assert window.url == f"/out/{depth}/"
        assert window.origin == "/"
        entries.append(window.entry)
    assert window.slots[f"modal{page}"].src == "/photo/1/"
    for entry in reversed(entries):
        window.restore(entry)
        assert window.entry == entry
    window.restore(entries[-1])  # all at once
    assert window.changed == ["modal.modal"]
    assert window.entry == entries[-1]


def test_what_opens_above_opens_in_the_slot_itself_from_the_page(settings: Any) -> None:
    """B32: a level is above what the link stands in."""
    window = stacked(settings)
    window.hard("/")
    window.soft("/out/1/")
    assert window.changed == ["modal"]
    assert window.shows["modal"] == "out modal"


@pytest.mark.parametrize("framed", [False, True])
def test_a_level_may_be_replaced_and_what_is_above_it_closes(settings: Any, framed: bool) -> None:
    """S23 for each level: next and previous stay in theirs."""
    window = stacked(settings, **({"layout": layout(FRAME)} if framed else {}))
    page = ".children" if framed else ""
    window.hard("/")
    window.soft("/photo/1/")
    window.soft("/out/1/", source_slot=f"modal{page}")
    window.soft("/photo/2/", source_slot=f"modal.modal{page}")
    assert window.slots[f"modal.modal{page}"].src == "/photo/2/"
    assert window.slots[f"modal{page}"].src == "/photo/1/"
    window.soft("/photo/3/", source_slot=f"modal{page}")
    assert window.slots[f"modal{page}"].src == "/photo/3/"
    assert window.slots["modal.modal"].shows == "empty"


def test_each_level_closes_to_the_one_beneath(settings: Any) -> None:
    """B35: ``close_url``."""
    window = stacked(settings, layout=layout("{% slot %}{% close_url %}"))
    window.hard("/other/?q=1")
    window.soft("/photo/1/")
    assert window.shows["modal"] == "/other/?q=1"
    window.soft("/out/1/", source_slot="modal.children")
    assert window.shows["modal.modal"] == "/photo/1/"
    window.soft("/out/2/", source_slot="modal.modal.children")
    assert window.shows["modal.modal.modal"] == "/out/1/"


def test_navigating_elsewhere_closes_all_levels(settings: Any) -> None:
    window = stacked(settings)
    window.hard("/")
    window.soft("/photo/1/")
    window.soft("/out/1/", source_slot="modal")
    window.soft("/other/", source_slot="modal.modal")
    assert set(window.slots) == {"children", "side", "modal"}
    assert window.slots["modal"].shows == "empty"


def test_the_depth_is_bounded(settings: Any) -> None:
    """B53: the state header has a bounded depth; the uppermost level is then replaced."""
    window = stacked(settings)
    window.hard("/")
    window.soft("/photo/1/")
    for number in range(30):
        level = max(
            (name for name, text in screen(window).items() if text == "out modal"),
            default="modal",
            key=len,
        )
        window.soft(f"/out/{number}/", source_slot=level)
        assert HEADER in window.response
    assert 10 < max(name.count(".") for name in window.slots) < 16
    assert window.slots[max(window.slots, key=len)].src == "/out/29/"


def test_a_page_of_a_slot_that_stacks_may_have_something_above_it(settings: Any) -> None:
    """B32: not only what was intercepted."""
    rules = [path("help/", pages("help")), intercept("out", pages("out modal"), opens="above")]
    window = site(settings, *rules)
    window.hard("/")
    window.soft("/help/")
    assert window.shows["modal"] == "help"
    window.soft("/out/1/", source_slot="modal")
    assert window.shows == {
        "children": "home", "side": "side", "modal": "help",
        "modal.modal": "out modal", "modal.modal.modal": "",
    }  # fmt: skip


# --- B30, B54: what the target would refuse ---


def refusing(how: str) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        pages.called.append("asked")
        if how == "raises 403":
            raise PermissionDenied
        if how == "raises 404":
            raise Http404
        if how == "redirects":
            return HttpResponseRedirect("/login/")
        if how == "client redirect":
            return HttpResponse(headers={"HX-Redirect": "/login/"})
        return HttpResponse("no", status=int(how))

    return view


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ("raises 403", 403),
        ("raises 404", 404),
        ("redirects", 302),
        ("client redirect", 200),
        ("401", 401),
    ],
)
@pytest.mark.parametrize("where", ["plain", "page", "layout", "inner layout"])
def test_what_the_target_refuses_is_refused(
    settings: Any, how: str, status: int, where: str
) -> None:
    """B30: "interception never shows what the target would refuse": its page, its layouts."""
    refused = refusing(how)
    target = {
        "plain": path("t/", refused, name="t"),
        "page": slots("", layout=layout(), children=[path("t/", refused, name="t")]),
        "layout": slots("", layout=refused, children=[path("t/", layout("a page"), name="t")]),
        "inner layout": slots(
            "",
            layout="no-such-template.html",
            children=[slots("", layout=refused, children=[path("t/", layout("a"), name="t")])],
        ),
    }[where]
    window = serve(
        settings,
        slots(
            "in/",
            layout=layout("{% slot %}{% slot 'modal' %}"),
            children=[path("", pages("home"))],
            modal=slot([intercept("t", pages("modal"))], default=None),
        ),
        target,
    )
    window.hard("/in/")
    pages.forget()
    response = window.soft("/t/")
    assert response.status_code == status
    assert HEADER not in response
    assert pages.called == ["asked"]


@pytest.mark.parametrize("where", ["plain", "layout"])
def test_a_rule_may_say_that_its_own_view_refuses_as_much(settings: Any, where: str) -> None:
    """B30: ``asks=False``: what the target refuses is checked by the interceptor, and by nothing else."""
    target = {
        "plain": path("t/", pages("target"), name="t"),
        "layout": slots("", layout=pages("layout"), children=[path("t/", pages("t"), name="t")]),
    }[where]
    window = serve(
        settings,
        slots(
            "in/",
            layout=layout("{% slot %}{% slot 'modal' %}"),
            children=[path("", pages("home"))],
            modal=slot([intercept("t", pages("modal"), asks=False)], default=None),
        ),
        target,
    )
    window.hard("/in/")
    pages.forget()
    window.soft("/t/")
    assert window.shows["modal"] == "modal"
    assert pages.called == ["modal"]


@pytest.mark.django_db
def test_decorators_of_the_target_and_of_the_interceptor_both_hold(
    settings: Any, django_user_model: Any
) -> None:
    """B30: "The interceptor has its own decorators and permission checks"."""
    window = site(
        settings,
        intercept("t", pages("modal")),
        intercept(
            "u", permission_required("auth.add_user", raise_exception=True)(pages("secret"))
        ),
    )
    settings.ROOT_URLCONF.urlpatterns[:0] = [
        path("t/", login_required(pages("page")), name="t"),
        path("u/", pages("page"), name="u"),
    ]
    window.hard("/")
    assert window.soft("/t/")["HX-Redirect"] == "/accounts/login/?next=/t/"
    assert window.soft("/u/").status_code == 403
    assert "secret" not in pages.called
    window.client.force_login(django_user_model.objects.create_superuser("root"))
    window.soft("/t/")
    assert window.shows["modal"] == "modal"
    window.soft("/u/")
    assert window.shows["modal"] == "secret"


@pytest.mark.django_db
def test_the_login_middleware_is_asked_about_the_interceptor(settings: Any) -> None:
    """B54: "`LoginRequiredMiddleware`": the interceptor is a view that it has not seen itself."""
    from django.contrib.auth.decorators import login_not_required

    rule = intercept("photo", pages("modal"))
    public = login_not_required(pages("public"))
    window = serve(
        settings,
        slots(
            "",
            layout=login_not_required(layout("{% slot %}{% slot 'modal' %}")),
            children=[path("", public), path("photo/", public, name="photo")],
            modal=slot([rule], default=None),
        ),
    )
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE[:-1],
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
        MIDDLEWARE,
    ]
    assert window.hard("/").status_code == 200
    assert window.soft("/photo/")["HX-Redirect"] == "/accounts/login/?next=/photo/"
    assert "modal" not in pages.called


def test_a_rendered_target_is_not_rendered(settings: Any) -> None:
    """B30 at the price of a call, not of a template."""

    def target(request: HttpRequest) -> HttpResponse:
        return TemplateResponse(request, "no-such-template.html")

    window = site(settings, intercept("t", pages("modal")))
    settings.ROOT_URLCONF.urlpatterns.insert(0, path("t/", target, name="t"))
    window.hard("/")
    window.soft("/t/")
    assert window.shows["modal"] == "modal"


def test_layouts_on_screen_are_not_asked_again(settings: Any) -> None:
    """S15: they have been asked when they were printed."""
    window = site(settings)
    window.hard("/")
    pages.forget()
    window.soft("/photo/1/")
    assert "root" not in pages.called


async def an_async_page(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse("async")


def test_interceptors_and_targets_may_be_async(settings: Any) -> None:
    """B47."""
    window = site(settings, intercept("t", an_async_page), intercept("out", pages("sync")))
    settings.ROOT_URLCONF.urlpatterns.insert(0, path("t/", an_async_page, name="t"))
    window.hard("/")
    window.soft("/t/")
    assert window.shows["modal"] == "async"
    window.soft("/out/1/")
    assert window.shows["modal"] == "sync"


# --- B39, S40: forms in what was intercepted ---


def form(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    if request.method == "POST":
        if "to" in request.POST:
            return HttpResponseRedirect(request.POST["to"])
        return HttpResponse("wrong", status=422)
    return HttpResponse("form")


@pytest.mark.parametrize("target", ["out", "photo"])
@pytest.mark.parametrize("framed", [False, True])
def test_a_form_in_a_modal_reaches_the_interceptor_alone(
    settings: Any, target: str, framed: bool
) -> None:
    """B39: "An unsafe method reaches exactly one view: that of the slot the form stands in"."""
    options = {"layout": layout(FRAME)} if framed else {}
    window = site(settings, intercept(target, pages("modal", form)), **options)
    address = "modal.children" if framed else "modal"
    window.hard("/")
    window.soft(f"/{target}/1/")
    pages.forget()
    window.soft(f"/{target}/1/", method="post", source_slot=address)
    assert (window.changed, window.response.status_code) == ([address], 422)
    assert window.shows[address] == "wrong"
    assert window.slots[address].shows == "intercepted"
    assert pages.requests["modal"].method == "POST"
    assert pages.requests[target].method == "GET"  # asked, as for any interception
    assert pages.called == [target, "modal"]
    assert window.url == f"/{target}/1/"
    # S40: a redirect leads on from the page underneath; back to the same URL, to the modal again.
    window.soft(f"/{target}/1/", method="post", source_slot=address, data={"to": "/"}, follow=True)
    assert screen(window) == HOME
    window.soft(f"/{target}/1/")
    again = {"to": f"/{target}/1/"}
    window.soft(f"/{target}/1/", method="post", source_slot=address, data=again, follow=True)
    assert window.shows[address] == "form"
    assert window.slots[address].shows == "intercepted"


def test_a_form_in_a_frame_needs_no_children_around_it(settings: Any) -> None:
    """B39, B9: the layout of the segment prints other slots than ``children``."""
    window = serve(
        settings,
        path("t/", pages("t"), name="t"),
        slots(
            "",
            layout=layout("{% slot 'feed' %}{% slot 'modal' %}"),
            feed=[path("", pages("feed"))],
            modal=slot([intercept("t", pages("modal", form))], layout=layout(FRAME), default=None),
        ),
    )
    window.hard("/")
    window.soft("/t/")
    window.soft("/t/", method="post", source_slot="modal.children")
    assert window.shows["modal.children"] == "wrong"


@pytest.mark.parametrize("target", ["out", "photo"])
@pytest.mark.parametrize("framed", [False, True])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_elements_own_request_in_a_modal_reaches_what_is_shown_there(
    settings: Any, target: str, framed: bool, method: str
) -> None:
    """B19: "from inside a slot … that slot's page alone answers, without layout or other slots"."""
    options = {"layout": layout(FRAME)} if framed else {}
    window = site(settings, intercept(target, pages("modal")), **options)
    address = "modal.children" if framed else "modal"
    window.hard("/")
    window.soft(f"/{target}/1/")
    state = {
        "intent": "slot",
        "source_slot": address,
        "slots": window.mounted,
        "current_url": window.url,
        "origin": window.origin,
    }
    for url in (f"/{target}/1/", f"/{target}/1/?page=2"):
        pages.forget()
        response = window.send(url, state, method)
        assert response.content == b"modal"
        assert HEADER not in response
        assert pages.called == [target, "modal"]
        assert pages.requests["modal"].method == method.upper()
    pages.forget()
    assert (
        window.send(f"/{target}/1/", {**state, "source_slot": "children"}).content
        == target.encode()
    )
    assert "modal" not in pages.called


def test_a_form_elsewhere_is_not_the_modals(settings: Any) -> None:
    """B39: it stands in the page, so the page's view gets it."""
    window = site(settings, intercept("photo", pages("modal", form)))
    window.hard("/")
    pages.forget()
    window.soft("/photo/1/", method="post", source_slot="children")
    assert pages.requests["photo"].method == "POST"
    assert "modal" not in pages.called
    window.soft("/photo/1/", intercept=False)
    pages.forget()
    window.soft("/out/1/", method="post", source_slot="modal")
    assert pages.called == ["out"]


def test_csrf_is_checked_for_the_interceptor_even_if_the_target_is_exempt(settings: Any) -> None:
    """B54: "every composed view passes the same … CSRF … checks as it would alone"."""
    from django.test import Client

    window = site(settings, intercept("t", pages("modal", form)))
    window.client = Client(enforce_csrf_checks=True)
    settings.ROOT_URLCONF.urlpatterns.insert(0, path("t/", csrf_exempt(pages("t")), name="t"))
    window.hard("/")
    window.soft("/t/")
    pages.forget()
    assert window.soft("/t/", method="post", source_slot="modal").status_code == 403
    assert "modal" not in pages.called


# --- B31: backgrounds ---


def test_a_hard_load_may_be_shown_over_a_background(settings: Any) -> None:
    """B31: "on a hard load a modal route is shown *over* a declared background"."""
    rule = intercept("out", pages("modal"), background="home")
    window = site(settings, rule, layout=layout(FRAME + "{% close_url %}"))
    window.hard("/out/1/")
    assert screen(window) == {**HOME, "modal": "frame: /", "modal.children": "modal"}
    assert window.slots["modal.children"].src == "/out/1/"
    assert window.slots["children"].src == "/"
    assert window.origin == "/"
    assert pages.requests["home"].path == "/"
    assert pages.requests["modal"].path == "/out/1/"
    window.soft("/out/2/", source_slot="modal.children")
    assert window.changed == ["modal.children"]


def test_a_background_may_be_computed(settings: Any) -> None:
    """B31: from the request and the target's kwargs; ``None`` is none."""

    def background(request: HttpRequest, id: int) -> str | None:
        return None if id == 0 else f"/photo/{id}/?from={request.path}"

    window = site(settings, intercept("out", pages("modal"), background=background))
    window.hard("/out/5/")
    assert screen(window) == {"children": "photo", "side": "side", "modal": "modal"}
    assert pages.kwargs["photo"] == {"id": 5}
    assert pages.requests["photo"].GET["from"] == "/out/5/"
    assert window.hard("/out/0/").content == b"out"


@pytest.mark.parametrize("url", ["https://elsewhere.example/", "/nowhere/at/all/x", "/out/9/"])
def test_a_background_that_cannot_be_is_none(settings: Any, url: str) -> None:
    """B31: off-site, without a page, or in a circle: then it is the target's own page (S11)."""

    def background(request: HttpRequest, id: int) -> str:
        return url

    window = site(settings, intercept("out", pages("modal"), background=background))
    if url == "/nowhere/at/all/x":
        settings.ROOT_URLCONF.urlpatterns[1:1] = [path("nowhere/at/all/x", pages("plain"))]
    assert window.hard("/out/5/").content == b"out"


def test_a_background_without_the_slot_is_none(settings: Any) -> None:
    """B31: the page that is declared must be one on which the slot is."""
    window = serve(
        settings,
        path("t/", pages("t"), name="t"),
        slots(
            "",
            layout=layout("{% slot %}"),
            children=[
                path("home/", pages("home"), name="home"),
                slots(
                    "in/",
                    layout=layout("{% slot %}{% slot 'modal' %}"),
                    children=[path("", pages("inside"))],
                    modal=slot([intercept("t", pages("m"), background="home")], default=None),
                ),
            ],
        ),
    )
    assert window.hard("/t/").content == b"t"


def test_backgrounds_lie_over_one_another(settings: Any) -> None:
    """B31: "to any depth of stacking"."""

    def below(request: HttpRequest, id: int) -> str:
        return f"/out/{id - 1}/" if id > 1 else "/photo/1/"

    window = site(
        settings,
        intercept("photo", pages("photo modal"), background="home"),
        intercept("out", pages("out modal"), opens="above", background=below),
    )
    window.hard("/out/3/")
    assert screen(window) == {
        **HOME, "modal": "photo modal", "modal.modal": "out modal",
        "modal.modal.modal": "out modal", "modal.modal.modal.modal": "out modal",
    }  # fmt: skip
    assert [window.slots[f"modal{'.modal' * n}"].src for n in range(4)] == [
        "/photo/1/", "/out/1/", "/out/2/", "/out/3/",
    ]  # fmt: skip
    assert window.origin == "/"
    window.soft("/out/9/", source_slot="modal.modal.modal.modal")
    assert window.changed == ["modal.modal.modal.modal.modal"]


def test_a_level_that_refuses_leaves_the_page_alone(settings: Any) -> None:
    """B31, S46: an interceptor's redirect is no modal, and no page beneath it either."""
    window = site(
        settings,
        intercept("photo", pages("photo modal"), background="home"),
        intercept("out", refusing("redirects"), opens="above", background="photo"),
    )
    assert window.hard("/out/3/").content == b"out"


@pytest.mark.parametrize("how", ["raises 403", "raises 404"])
@pytest.mark.parametrize("framed", [False, True])
def test_a_level_that_fails_keeps_what_is_above_it(settings: Any, how: str, framed: bool) -> None:
    """B31, S44: the page one has asked for is there, and the failure in its own place."""
    failed = layout("failed")
    window = site(
        settings,
        intercept("photo", refusing(how), background="home"),
        intercept("out", pages("out modal"), opens="above", background="photo"),
        error=failed,
        not_found=failed,
        **({"layout": layout(FRAME)} if framed else {}),
    )
    window.hard("/out/3/")
    level = ".children" if framed else ""
    assert window.shows[f"modal{level}"] == "failed"
    assert window.shows[f"modal.modal{level}"] == "out modal"


def test_a_background_that_opens_here_is_replaced_in_its_level(settings: Any) -> None:
    window = site(
        settings,
        intercept("photo", pages("photo modal"), background="home"),
        intercept("out", pages("out modal"), background="photo"),
    )
    window.hard("/out/3/")
    assert screen(window) == {**HOME, "modal": "out modal"}


@pytest.mark.parametrize("how", ["raises 403", "raises 404", "redirects", "401"])
@pytest.mark.parametrize("where", ["page", "layout"])
def test_a_background_that_refuses_leaves_the_page_alone(
    settings: Any, how: str, where: str
) -> None:
    """B31, S11: whoever may not see what is beneath gets the target's own page."""
    refused = refusing(how)
    window = serve(
        settings,
        path("t/", pages("plain t"), name="t"),
        slots(
            "",
            layout=refused if where == "layout" else layout("{% slot %}{% slot 'modal' %}"),
            children=[path("", refused if where == "page" else pages("home"), name="home")],
            modal=slot(
                [
                    intercept("t", pages("modal"), background="home"),
                    intercept("u", pages("modal"), background="home"),
                ],
                default=None,
            ),
        ),
        slots("", layout=layout("L {% slot %}"), children=[path("u/", pages("u"), name="u")]),
    )
    assert window.hard("/t/").content == b"plain t"
    assert window.hard("/u/").content.startswith(b"L <div")


def test_a_background_behind_a_login_leaves_the_page_alone(settings: Any) -> None:
    """B31, B54: whoever may not see the background gets the target's own page."""
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE,
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
    ]
    window = site(settings, intercept("t", pages("modal"), background="home"))
    settings.ROOT_URLCONF.urlpatterns.insert(
        0,
        slots(
            "t/",
            layout=login_not_required(layout("alone {% slot %}")),
            children=[path("", login_not_required(pages("t")), name="t")],
        ),
    )
    window.hard("/t/")
    assert "alone" in window.text
    assert window.shows == {"children": "t"}
    assert "home" not in pages.called[-2:]


def test_a_target_that_refuses_has_no_background(settings: Any) -> None:
    """B30, B31: the plain URL's own answer."""
    window = site(settings, intercept("t", pages("modal"), background="home"))
    settings.ROOT_URLCONF.urlpatterns.insert(0, path("t/", refusing("redirects"), name="t"))
    assert window.hard("/t/").status_code == 302
    assert "modal" not in pages.called


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
    assert '<title data-pr-layout="L">two</title>' in window.hard("/two/").content.decode()


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
        window.client.get("/photo/1/", headers={HEADER: json.dumps(state)})
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
    with pytest.raises(ImproperlyConfigured, match="got a single Interception"):
        slots("", layout="l.html", children=[path("", pages("v"))], modal=rule)


def test_rules_are_values_that_say_what_they_are() -> None:
    assert repr(intercept("gallery:photo")) == "<Interception of 'gallery:photo'>"


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
def test_what_an_origin_has_opened_comes_back_as_it_was(
    settings: Any, pages: Pages, frame: str
) -> None:
    """S33, S38: of several rules for one route, that which has fired: its origin lies beneath."""
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
        window.soft("/d/" if name == "e" else "/e/")
        window.restore(entry)
        assert window.shows[shown] == f"from {name}"


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
