"""The decision: what each slot does on hard loads, soft navigations, forms and traversals of the history.

Most is shown through the client, by what is on screen afterwards. At the end a naive model, written
without a look at ``plan.py``, has to agree with it on random trees and navigations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Any

import pytest
from django.test import override_settings
from django.urls import path
from django.views.generic import TemplateView
from hypothesis import example, given, settings as hypothesis, strategies as st

from django_parallel_routes import slot, slots
from django_parallel_routes.address import SlotAddress
from django_parallel_routes.location import Location
from django_parallel_routes.matches import SegmentMatch
from django_parallel_routes.planning.context import Context, ResolvedUrl
from django_parallel_routes.planning.history import plan_restore
from django_parallel_routes.planning.navigation import plan_navigation, plan_slot, plan_submission
from django_parallel_routes.planning.pages import plan_page
from django_parallel_routes.protocol.signing import key_of
from django_parallel_routes.protocol.state import MountedSlot, State
from tests.window import HEADER, Pages, Window, layout, serve

pages = Pages()
ALL = "{% slot %}{% slot 'side' %}"


@pytest.fixture(autouse=True)
def _forget() -> None:
    pages.forget()


# --- S10: hard loads ---


def test_a_hard_load_shows_pages_defaults_and_nothing(settings: Any) -> None:
    """S10: "Matching slots show their page, the others their `default` … `default=None`: … empty"."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'a' %}{% slot 'b' %}"),
            children=[path("x/", pages("x"))],
            a=slot([path("y/", pages("y"))], default=pages("a default")),
            b=slot([path("y/", pages("y"))], default=None),
        ),
    )
    window.hard("/x/?q=1")
    assert {name: (s.shows, s.src, s.text) for name, s in window.slots.items()} == {
        "children": ("page", "/x/?q=1", "x"),
        "a": ("default", "/x/?q=1", "a default"),
        "b": ("empty", "/x/?q=1", ""),
    }


# --- S13, S14, S15, S16, S17: soft navigation ---


def two(settings: Any, **options: Any) -> Window:
    """``d/ L{children "", a/, b/; side D, "a/", "s/"}``."""
    return serve(
        settings,
        slots(
            "d/",
            layout=pages.layout("layout", ALL),
            children=[path("", pages("home")), path("a/", pages("a")), path("b/", pages("b"))],
            side=slot(
                [path("a/", pages("side a")), path("s/", pages("side s"))],
                **{"default": pages("default"), **options},
            ),
        ),
    )


def test_slots_that_match_change_and_the_others_are_kept(settings: Any) -> None:
    """S13: "Slots that match the new URL change; slots that don't are **kept** … The response holds
    only the changed slots: one request, one response". S15: no layout is called.
    """
    window = two(settings)
    window.hard("/d/")
    pages.forget()
    window.soft("/d/s/")
    assert window.shows == {"children": "home", "side": "side s"}
    assert window.changed == ["side"]
    assert pages.called == ["side s"]
    pages.forget()
    window.soft("/d/b/")  # children only: side is kept "even if what it shows contradicts the URL"
    assert window.shows == {"children": "b", "side": "side s"}
    assert pages.called == ["b"]
    assert window.slots["side"].src == "/d/s/"
    pages.forget()
    window.soft("/d/a/")
    assert window.changed == ["children", "side"]
    assert pages.called == ["a", "side a"]


def test_a_default_is_left_and_not_returned_to(settings: Any) -> None:
    """S16: "switches to its page as soon as a soft URL matches, and does not switch back by itself"."""
    window = two(settings)
    window.hard("/d/")
    assert window.slots["side"].shows == "default"
    window.soft("/d/b/")
    assert window.slots["side"].shows == "default"
    window.soft("/d/a/")
    assert window.slots["side"].shows == "page"
    window.soft("/d/")
    assert window.shows == {"children": "home", "side": "side a"}


def test_unmatched_default_brings_the_default_back(settings: Any) -> None:
    """B18: "`unmatched="keep" | "default"` per slot changes S13 for that slot"."""
    window = two(settings, unmatched="default")
    window.hard("/d/a/")
    window.soft("/d/b/")
    assert window.shows == {"children": "b", "side": "default"}
    assert window.slots["side"].src == "/d/b/"
    pages.forget()
    window.soft("/d/")  # it shows its default already: there is nothing to change
    assert window.changed == ["children"]
    assert pages.called == ["home"]
    window = two(settings, unmatched="default", default=None)
    window.hard("/d/a/")
    window.soft("/d/b/")
    assert window.shows == {"children": "b", "side": ""}
    assert window.slots["side"].shows == "empty"


@pytest.mark.parametrize("unmatched", ["keep", "default"])
def test_unmatched_holds_for_a_slot_with_a_layout(settings: Any, unmatched: str) -> None:
    """B9, B18: the tab group goes with its layout, or stays with it."""
    window = two(settings, unmatched=unmatched, layout=pages.layout("tabs", "tabs {% slot %}"))
    window.hard("/d/a/")
    assert window.shows == {"children": "a", "side": "tabs", "side.children": "side a"}
    window.soft("/d/b/")
    if unmatched == "keep":
        assert window.shows == {"children": "b", "side": "tabs", "side.children": "side a"}
    else:
        assert window.shows == {"children": "b", "side": "default"}


def test_a_slots_layout_stays_mounted_between_default_and_pages(settings: Any) -> None:
    """B9, S15: ``default_layout`` as ``layout``: it "stays mounted while the slot navigates inside it"."""
    tabs = pages.layout("tabs", "tabs {% slot %}")
    window = two(settings, unmatched="default", layout=tabs, default_layout=tabs)
    window.hard("/d/")
    assert window.shows == {"children": "home", "side": "tabs", "side.children": "default"}
    pages.forget()
    window.soft("/d/s/")
    assert window.shows == {"children": "home", "side": "tabs", "side.children": "side s"}
    assert (window.changed, pages.called) == (["side.children"], ["side s"])
    pages.forget()
    window.soft("/d/b/")
    assert window.shows == {"children": "b", "side": "tabs", "side.children": "default"}
    assert (window.changed, pages.called) == (["children", "side.children"], ["b", "default"])


def test_a_default_may_have_a_layout_of_its_own(settings: Any) -> None:
    """B9: "A default is rendered without it, unless the slot says otherwise"."""
    options = {
        "layout": pages.layout("tabs", "tabs {% slot %}"),
        "default_layout": pages.layout("frame", "frame {% slot %}"),
    }
    window = two(settings, **options)
    window.hard("/d/")
    assert window.shows == {"children": "home", "side": "frame", "side.children": "default"}
    window.soft("/d/s/")
    assert window.shows == {"children": "home", "side": "tabs", "side.children": "side s"}
    assert window.changed == ["side"]
    entry = window.entry
    window.hard("/d/")
    home = window.entry
    window.restore(entry)
    assert window.shows["side"] == "tabs"
    window.restore(home)
    assert window.shows == {"children": "home", "side": "frame", "side.children": "default"}


def nested(settings: Any, **x: Any) -> Window:
    """``L{children "", n/<id>/ L{children "", b/; x}; side "s/"}``."""
    return serve(
        settings,
        slots(
            "",
            layout=pages.layout("layout", ALL),
            children=[
                path("", pages("home")),
                slots(
                    "n/<int:id>/",
                    layout=pages.layout("inner", "{% slot %}{% slot 'x' %}"),
                    children=[
                        path("", pages("n")),
                        path("b/", pages("b")),
                        path("c/", pages("c")),
                    ],
                    x=slot([path("", pages("x")), path("c/", pages("xc"))], **x),
                ),
            ],
            side=slot([path("s/", pages("side"))], default=None),
        ),
    )


def test_a_newly_entered_segment_renders_like_a_hard_load(settings: Any) -> None:
    """S14: "page, else default"; S10: each slot of it, in the one answer."""
    window = nested(settings, default=pages("x default"))
    window.hard("/")
    window.soft("/n/1/b/")
    assert window.changed == ["children"]
    assert window.shows == {
        "children": "",
        "children.children": "b",
        "children.x": "x default",
        "side": "",
    }


def test_a_newly_entered_segment_that_cannot_be_filled_is_a_404(settings: Any) -> None:
    """S14: "else the whole navigation is a 404"; S13: inside the mounted segment it is no such thing."""
    window = nested(settings)
    window.hard("/")
    pages.forget()
    assert window.soft("/n/1/b/").status_code == 404
    assert HEADER not in window.response
    assert pages.called == []
    assert window.soft("/n/1/").status_code == 200
    assert window.soft("/n/1/b/").status_code == 200
    assert window.shows["children.children"] == "b"
    assert window.shows["children.x"] == "x"
    assert window.hard("/n/1/b/").status_code == 404


def test_only_the_smallest_changed_slot_is_swapped(settings: Any) -> None:
    """S15: "Layouts already mounted are neither rendered again nor sent … The smallest changed slot"."""
    window = nested(settings, default=None)
    window.hard("/n/1/")
    pages.forget()
    window.soft("/n/1/b/")
    assert (window.changed, pages.called) == (["children.children"], ["b"])
    pages.forget()
    window.soft("/n/1/c/")
    assert window.changed == ["children.children", "children.x"]
    assert pages.called == ["c", "xc"]


def test_a_segment_with_other_prefix_kwargs_is_a_new_one(settings: Any) -> None:
    """S15: "A segment whose prefix kwargs changed is a new one": its layout is rendered for them."""
    window = nested(settings, default=None)
    window.hard("/n/1/")
    pages.forget()
    window.soft("/n/2/b/")
    assert window.changed == ["children"]
    assert pages.called == ["inner", "b"]
    assert pages.kwargs["inner"] == {"id": 2}
    assert window.shows == {
        "children": "",
        "children.children": "b",
        "children.x": "",
        "side": "",
    }


def test_segments_at_one_url_are_told_apart_by_their_layouts(settings: Any) -> None:
    """S15, S17: layouts that are not mounted are no kept ones, also if one class or factory made both."""

    def template(name: str) -> Any:
        return TemplateView.as_view(template_name=name)

    shop, admin = template("unit/shop.html"), template("unit/admin.html")
    window = serve(
        settings,
        slots("", layout=shop, children=[path("shop/", pages("shop"))]),
        slots("", layout=admin, children=[path("admin/", pages("admin"))]),
        slots(
            "tabs/",
            layout=layout(),
            children=slot(
                [path("a/", pages("a"))], default=pages("d"), layout=shop, default_layout=admin
            ),
            side=[path("", pages("s"))],
        ),
    )
    window.hard("/shop/")
    assert window.soft("/admin/").headers.get("HX-Redirect") == "/admin/"


def test_a_url_that_resolves_nowhere_or_elsewhere_is_a_document(settings: Any) -> None:
    """S17: "A URL outside the mounted root layout, a 404, a 500 … is a full document load"."""
    window = serve(
        settings,
        slots("one/", layout=layout(), children=[path("", pages("one"))]),
        slots("two/", layout=layout(), children=[path("", pages("two"))]),
        path("three/", pages("three")),
    )
    window.hard("/one/")
    pages.forget()
    response = window.soft("/two/?q=1")
    assert (response["HX-Redirect"], response.content) == ("/two/?q=1", b"")
    assert pages.called == []
    for url in ("/three/", "/nowhere/"):
        assert HEADER not in window.soft(url)
    assert window.response.status_code == 404


def test_an_exception_in_a_slot_is_a_500(settings: Any) -> None:
    """S17: "a 500 … is a full document load, never a fragment"; S44: without an `error` it propagates."""

    def broken(request: Any) -> None:
        raise ZeroDivisionError

    window = serve(
        settings,
        slots(
            "", layout=layout(), children=[path("", pages("home")), path("x/", pages("x", broken))]
        ),
    )
    window.hard("/")
    window.client.raise_request_exception = False
    assert window.soft("/x/").status_code == 500
    assert HEADER not in window.response


# --- B19: a link may name its slot ---


def test_a_link_that_names_a_slot_changes_that_slot_alone(settings: Any) -> None:
    """B19: "A link may name its target slot (pagination in one slot)"."""
    window = two(settings)
    window.hard("/d/")
    window.soft("/d/a/", target_slot="side")
    assert window.shows == {"children": "home", "side": "side a"}
    window.soft("/d/b/", target_slot="children")
    assert window.shows == {"children": "b", "side": "side a"}


def test_a_link_that_names_a_slot_leaves_unmatched_to_others(settings: Any) -> None:
    """B19: other slots are not touched, not even where B18 would bring a default back."""
    window = two(settings, unmatched="default")
    window.hard("/d/a/")
    window.soft("/d/b/", target_slot="children")
    assert window.shows == {"children": "b", "side": "side a"}


def test_a_link_that_names_a_slot_never_brings_its_default(settings: Any) -> None:
    """B18, B19: a link to a slot asks for a page in it; where there is none, the URL itself is loaded."""
    window = two(settings, unmatched="default")
    window.hard("/d/a/")
    assert window.soft("/d/b/", target_slot="side")["HX-Redirect"] == "/d/b/"


def test_a_link_that_names_a_nested_slot_changes_it_inside_its_layout(settings: Any) -> None:
    """B19, S15: an address with a dot names a slot in a slot."""
    window = nested(settings, default=None)
    window.hard("/n/1/")
    pages.forget()
    window.soft("/n/1/c/", target_slot="children.x")
    assert (window.changed, pages.called) == (["children.x"], ["xc"])
    assert window.shows["children.children"] == "n"


@pytest.mark.parametrize("only", ["side", "nobody", "children.children"])
def test_a_named_slot_that_does_not_match_is_a_document(settings: Any, only: str) -> None:
    """B19, S17: a link names a slot that its URL has nothing for: the URL's own page is loaded."""
    window = two(settings)
    window.hard("/d/")
    response = window.soft("/d/b/", target_slot=only)
    if only == "children.children":  # inside children: the slot that holds it changes
        assert window.changed == ["children"]
    else:
        assert response["HX-Redirect"] == "/d/b/"


def test_a_request_with_a_target_of_its_own_gets_the_bare_page(settings: Any) -> None:
    """B19: "that slot's page alone answers, without layout or other slots"."""
    window = two(settings)
    window.hard("/d/a/")
    pages.forget()
    assert window.slot("/d/a/", "side").content == b"side a"
    assert window.slot("/d/s/", "children").content == b"side s"  # the main page of that URL
    assert window.slot("/d/b/", "side").content == b"b"
    assert [name for name in pages.called if name != "layout"] == ["side a", "side s", "b"]
    assert HEADER not in window.slot("/d/a/", "side")


def test_a_bare_page_may_come_from_a_nested_slot(settings: Any) -> None:
    """B19: the request stands in `children.x`, so x's page answers."""
    window = nested(settings, default=None)
    window.hard("/n/1/c/")
    pages.forget()
    assert window.slot("/n/1/c/", "children.x").content == b"xc"
    assert window.slot("/n/1/c/", "children.children", method="post").content == b"c"
    assert window.slot("/n/1/c/", "side", method="post").status_code == 405  # B39
    assert [name for name in pages.called if name in ("n", "x", "c", "xc", "side")] == ["xc", "c"]


# --- S33: history ---


def test_a_traversal_restores_each_slot_for_its_own_url(settings: Any) -> None:
    """S33: "restore exactly the combination of slots of that entry …; slots that don't differ are kept"."""
    window = two(settings)
    window.hard("/d/?q=1")
    entries = [window.entry]
    for url in ("/d/a/", "/d/b/?q=2", "/d/s/"):
        window.soft(url)
        entries.append(window.entry)
    pages.forget()
    window.restore(entries[2])
    assert window.entry == entries[2]
    assert (window.changed, pages.called) == (["side"], ["side a"])
    window.restore(entries[0])
    assert window.entry == entries[0]
    assert pages.requests["default"].get_full_path() == "/d/?q=1"
    for entry in reversed(entries):
        window.restore(entry)
        assert window.entry == entry


def test_a_traversal_restores_nested_slots_of_different_urls(settings: Any) -> None:
    """S33: the slots of an inner segment come back each for its own URL, with their layout."""
    window = nested(settings, default=None)
    window.hard("/n/1/c/")
    window.soft("/n/1/b/")  # x keeps its page for c/
    window.soft("/s/")
    entry = window.entry
    assert window.shows == {
        "children": "",
        "children.children": "b",
        "children.x": "xc",
        "side": "side",
    }
    window.soft("/")
    assert window.shows == {"children": "home", "side": "side"}
    pages.forget()
    window.restore(entry)
    assert window.entry == entry
    assert window.changed == ["children"]
    assert pages.called == ["inner", "b", "xc"]
    assert pages.requests["xc"].path == "/n/1/c/"
    assert pages.kwargs["inner"] == {"id": 1}


def test_a_slot_that_cannot_be_brought_back_is_a_document(settings: Any) -> None:
    """B34: "Reloading in the middle of a history breaks nothing"; B53: outdated state is a full load."""
    window = nested(settings, default=None)
    window.hard("/n/1/b/")
    shows, src, key = window.mounted["children.children"]
    for name, want in {
        "gone URL": [shows, "/gone/", key],
        "URL of no slots()": [shows, "/elsewhere/", key],
        "no page there": ["page", "/s/", key],
        "another segment's key": [shows, src, window.mounted["side"][2]],
        "a layout that is not there": ["layout", src, key],
        "a layout of nothing": ["layout", "/n/1/", window.mounted["children"][2]],
    }.items():
        on_screen = {"children.children": ["empty", src, want[2]]}
        state = {"intent": "restore", "slots": on_screen, "restore": {"children.children": want}}
        assert window.send("/n/1/b/", state)["HX-Redirect"] == "/n/1/b/", name
    for address in ("nobody", "nobody.x", "children.nobody", "children.nobody.x", "side.x"):
        one = {address: [shows, src, key]}
        other = {address: ["empty", src, key]}
        answer = window.send("/n/1/b/", {"intent": "restore", "slots": other, "restore": one})
        assert answer["HX-Redirect"] == "/n/1/b/", address
    answer = window.send("/n/1/b/", {"intent": "restore", "restore": window.mounted})
    assert answer["HX-Redirect"] == "/n/1/b/"


def test_what_a_layout_does_not_print_is_not_restored_either(settings: Any) -> None:
    """S33, S46: a slot that nothing can fill is no 404 where a page in history never printed it."""
    inner = "{% slot %}{% if request.GET.x %}{% slot 'x' %}{% endif %}"
    window = serve(
        settings,
        slots(
            "",
            layout=layout(),
            children=[
                path("", pages("home")),
                slots(
                    "n/",
                    layout=pages.layout("inner", inner),
                    children=[path("", pages("n")), path("b/", pages("b"))],
                    x=[path("", pages("x"))],
                ),
            ],
        ),
    )
    window.hard("/n/")
    window.soft("/n/b/")
    entry = window.entry
    window.soft("/")
    window.restore(entry)
    assert window.entry == entry
    assert window.shows == {"children": "", "children.children": "b"}


def test_what_was_hidden_stays_hidden_when_its_layout_comes_back(settings: Any) -> None:
    """S33, S46: inner slots that the entry does not have are shown only if the layout prints them."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout(),
            children=[
                path("", pages("home")),
                slots(
                    "n/",
                    layout=layout(),
                    children=[path("", pages("n"))],
                    x=slot([path("x/", pages("x"))], default=pages("x default")),
                ),
            ],
        ),
    )
    window.hard("/n/")
    entry = window.entry
    window.soft("/")
    window.restore(entry)
    assert window.entry == entry
    assert "x default" not in pages.called


def test_only_what_the_same_layout_printed_on_screen_is_restored(settings: Any) -> None:
    """S33, B53: a slot of another layout at the same address is on screen: the document is loaded."""
    window = two(settings)
    window.hard("/d/a/")
    want = {"side": window.mounted["side"]}
    for on_screen in ({}, {"side": ["page", "/d/a/", "0" * 16]}):
        body = {"intent": "restore", "slots": on_screen, "restore": want}
        assert window.send("/d/a/", body)["HX-Redirect"] == "/d/a/"
    assert HEADER in window.send("/d/a/", {"intent": "restore", "slots": want, "restore": want})


def test_a_page_that_is_wanted_has_to_be_there(settings: Any) -> None:
    """B53: a page that its own URL hasn't got in that slot is not brought back: "a full load"."""
    window = two(settings)
    window.hard("/d/b/")
    want = {"side": ["page", "/d/b/", window.mounted["side"][2]]}
    response = window.send(
        "/d/b/", {"intent": "restore", "slots": window.mounted, "restore": want}
    )
    assert response["HX-Redirect"] == "/d/b/"


def test_a_restored_layout_needs_its_inner_keys(settings: Any) -> None:
    """B53: each address that is wanted has to come with the key it was printed with."""
    window = nested(settings, default=None)
    window.hard("/")
    home = window.mounted["children"]
    window.soft("/n/1/")
    want = {**window.mounted, "children.x": ["page", "/n/1/", "0" * 16]}
    del want["side"]
    state = {"intent": "restore", "slots": {"children": home}, "restore": want}
    assert window.send("/n/1/", state)["HX-Redirect"] == "/n/1/"


# --- B39: unsafe methods ---


def test_a_form_changes_the_slot_that_it_stands_in(settings: Any) -> None:
    """B39: "An unsafe method reaches exactly one view: that of the slot the form stands in"."""
    window = two(settings)
    window.hard("/d/a/?q=1")
    pages.forget()
    window.soft("/d/a/", method="post", source_slot="side")
    assert pages.called == ["side a"]
    assert pages.requests["side a"].method == "POST"
    assert window.changed == ["side"]
    assert window.slots["side"].src == "/d/a/?q=1"  # "Every slot remembers its own URL" (S38)
    assert window.response[HEADER] == "stay"
    assert window.url == "/d/a/?q=1"


def test_a_form_from_a_slot_that_its_url_has_nothing_for_reaches_the_main_page(
    settings: Any,
) -> None:
    """B39: exactly one view, so where the form's slot has none, that of the URL's main page."""
    window = two(settings)
    window.hard("/d/a/")
    pages.forget()
    window.soft("/d/b/", method="post", source_slot="side")
    assert (window.changed, pages.called) == (["children"], ["b"])
    pages.forget()
    window.soft("/d/s/", method="post", source_slot="children")
    assert (window.changed, pages.called) == (["side"], ["side s"])


def test_a_form_in_a_nested_slot_reaches_that_slot(settings: Any) -> None:
    """B39: "that of the slot the form stands in", also below two layouts."""
    window = nested(settings, default=None)
    window.hard("/n/1/c/")
    pages.forget()
    window.soft("/n/1/c/", method="post", source_slot="children.x")
    assert (window.changed, pages.called) == (["children.x"], ["xc"])


def test_a_form_that_goes_to_another_layout_is_answered_with_a_page(settings: Any) -> None:
    """B39, S17: the view has run, so the answer can't be asked for again: it is the document."""
    window = serve(
        settings,
        slots("one/", layout=layout(), children=[path("", pages("one"))]),
        slots("two/", layout=pages.layout("two", "L {% slot %}"), children=[path("", pages("p"))]),
    )
    window.hard("/one/")
    pages.forget()
    response = window.soft("/two/", method="post", source_slot="children")
    assert HEADER not in response
    assert response.content.startswith(b"L ")
    assert pages.called.count("p") == 1
    assert "one" not in pages.called
    assert pages.requests["p"].method == "POST"


# --- The Plan is a value ---


TREE = slots(
    "d/",
    layout="l.html",
    children=[path("", pages("home")), path("a/", pages("a"))],
    side=slot([path("a/", pages("sa")), path("s/", pages("s"))], default=pages("default")),
    must=[path("", pages("must"))],
)


def tree(url: str) -> tuple[SegmentMatch, Location]:
    found = TREE.match(url.removeprefix("/"))
    assert found
    return found, Location(url, url)


def screen(url: str) -> dict[SlotAddress, MountedSlot]:
    """The state after a hard load."""
    root, location = tree(url)
    return {
        plan.address: MountedSlot(plan.variant, url, key_of(root, url, plan.address))
        for plan in plan_page(root, location).slots
    }


def resolve(url: str) -> ResolvedUrl:
    root, location = tree(url)
    return ResolvedUrl(location, root)


def context(url: str, state: State) -> Context:
    return Context(resolve(url), state, resolve)


def actions(plan: Any) -> dict[str, str]:
    return {address: slot.action for address, slot in plan.by_address.items()}


def test_a_plan_says_what_every_slot_does_and_why() -> None:
    """DESIGN: "a value that says for every slot *page / default / … / keep / … / not found* … and why"."""
    plan = plan_page(*tree("/d/"))
    assert plan.kind == "page"
    assert actions(plan) == {"children": "page", "side": "default", "must": "page"}
    assert [slot.why for slot in plan.slots] == [
        "'d/' matches",
        "nothing in it matches",
        "'d/' matches",
    ]
    plan = plan_page(*tree("/d/a/"))
    assert plan.kind == "missing"
    assert [slot.address for slot in plan.missing] == ["must"]
    assert plan.why == "neither a page nor a default for slot 'must'"

    plan = plan_navigation(context("/d/a/", State("navigate", screen("/d/"))))
    assert plan.kind == "slots"
    assert actions(plan) == {"children": "page", "side": "page", "must": "keep"}
    assert plan.by_address["must"].why == "nothing in it matches"
    assert [slot.address for slot in plan.changed] == ["children", "side"]

    named = State("navigate", screen("/d/"), target_slot=SlotAddress("side"))
    plan = plan_navigation(context("/d/a/", named))
    assert actions(plan) == {"children": "keep", "side": "page", "must": "keep"}
    assert plan.by_address["children"].why == "the link names another slot"


def test_a_plan_without_the_right_keys_is_a_document() -> None:
    """B53: state is "a hint, never an authority": a slot with a foreign key counts as not on screen."""
    foreign = {name: MountedSlot("page", "/d/", "0" * 16) for name in screen("/d/")}
    plan = plan_navigation(context("/d/a/", State("navigate", foreign)))
    assert (plan.kind, plan.why) == ("document", "another layout is on screen")
    mixed = {**foreign, "side": screen("/d/")["side"]}
    plan = plan_navigation(context("/d/a/", State("navigate", mixed)))
    assert actions(plan) == {"side": "page"}


def test_submissions_and_bare_pages_plan_one_slot() -> None:
    """B39, B19: one address gets the unsafe method; the plan names it."""
    state = State("navigate", screen("/d/"), source_slot=SlotAddress("side"))
    plan = plan_submission(context("/d/a/", state))
    assert (plan.kind, plan.form_slots[0]) == ("slots", "side")
    assert [slot.address for slot in plan.changed] == ["side"]
    plan = plan_submission(context("/d/", State("navigate", {})))
    assert (plan.kind, plan.form_slots[0]) == ("page", "children")
    state = replace(state, intent="slot")
    plan = plan_slot(context("/d/a/", state))
    assert (plan.kind, plan.form_slots[0]) == ("slot", "side")
    assert actions(plan)["side"] == "page"


def test_a_restore_brings_back_what_differs() -> None:
    """S33: "slots that don't differ are kept"; B53: what has no place on screen is a document."""

    def plan(state: State) -> Any:
        return plan_restore(context("/d/", state))

    want = {SlotAddress("side"): screen("/d/")[SlotAddress("side")]}
    for same in ({}, want):
        unchanged = plan(State("restore", slots=same, restore=same))
        assert (unchanged.kind, unchanged.changed) == ("slots", ())
    assert plan(State("restore", restore=want)) is None
    other = {"side": want["side"]._replace(variant="page")}
    restored = plan(State("restore", slots=other, restore=want))
    assert (restored.kind, actions(restored)) == ("slots", {"side": "default"})


# --- The naive model ---


@dataclass
class Box:
    """A slot, as declared; ``text`` of its pages is their route, after its own name."""

    name: str
    routes: list[str]
    inner: list[Tree]
    default: str  # "unset", "none" or "view"
    unmatched: str


@dataclass
class Tree:
    name: str
    prefix: str
    boxes: list[Box]


@dataclass
class Cell:
    """A slot on screen."""

    shows: str
    src: str
    text: str
    tree: str = ""
    cells: dict[str, Cell] = field(default_factory=dict)


class NotThere(Exception):
    pass


KIND = {"static": 3, "converter": 2, "catch-all": 1}
STATIC = ["", "a/", "b/", "a/b/"]
CONVERTERS = ["<slug:x>/", "<slug:x>/b/", "<slug:x>/<slug:y>/"]
CATCH_ALLS = ["<path:rest>", "a/<path:rest>"]


def as_regex(route: str) -> str:
    return re.sub("<slug:.>", "[a-z]+", route).replace("<path:rest>", ".+")


def best_route(box: Box, rest: str) -> str | None:
    """S5: static, converter, deeper catch-all, shallower catch-all; inside a class the first."""
    for group in (STATIC, CONVERTERS, ["a/<path:rest>"], ["<path:rest>"]):
        for route in box.routes:
            if route in group and re.fullmatch(as_regex(route), rest):
                return route
    return None


def inside(tree: Tree, rest: str) -> tuple[str, str] | None:
    """The part of a path that a tree's prefix takes, and the part that it leaves to its boxes."""
    found = re.match(as_regex(tree.prefix), rest)
    return found and (rest[: found.end()], rest[found.end() :])


def exists(tree: Tree, rest: str) -> bool:
    """S2: a page in any slot makes a URL exist."""
    parts = inside(tree, rest)
    return bool(parts) and any(
        best_route(box, parts[1]) is not None or any(exists(t, parts[1]) for t in box.inner)
        for box in tree.boxes
    )


def best_tree(box: Box, rest: str) -> Tree | None:
    """S4: the deepest wins, so a tree before any route; there is at most one for a URL."""
    return next((tree for tree in box.inner if exists(tree, rest)), None)


def enter(box: Box, url: str, done: str, rest: str) -> Cell:
    """S10, S14: page, else default, else 404."""
    if tree := best_tree(box, rest):
        taken, left = inside(tree, rest)
        cells = {inner.name: enter(inner, url, done + taken, left) for inner in tree.boxes}
        return Cell("layout", done + taken, tree.name, tree.name + done + taken, cells)
    route = best_route(box, rest)
    if route is not None:
        return Cell("page", url, f"{box.name} at {route}.")
    return default(box, url)


def default(box: Box, url: str) -> Cell:
    if box.default == "unset":
        raise NotThere
    return (
        Cell("default", url, f"{box.name} default")
        if box.default == "view"
        else Cell("empty", url, "")
    )


class Model:
    """What is on screen, by the rules alone."""

    def __init__(self, root: Tree) -> None:
        self.root = root
        self.cells: dict[str, Cell] = {}

    def hard(self, url: str) -> None:
        bare = url.partition("?")[0].removeprefix("/")
        if not exists(self.root, bare):
            raise NotThere
        done, rest = inside(self.root, bare)
        self.cells = {b.name: enter(b, url, "/" + done, rest) for b in self.root.boxes}

    def soft(self, url: str, only: str = "") -> str:
        """Return "slots", or "document" if nothing changes."""
        bare = url.partition("?")[0].removeprefix("/")
        if not exists(self.root, bare):
            raise NotThere
        done, rest = inside(self.root, bare)
        new, changes = self._walk(self.root, self.cells, url, "/" + done, rest, only, "")
        if not changes:
            return "document"
        self.cells = new
        return "slots"

    def _walk(
        self, tree: Tree, cells: Any, url: str, done: str, rest: str, only: str, above: str
    ) -> tuple[dict[str, Cell], int]:
        new, changes = {}, 0
        for box in tree.boxes:
            cell, address = cells[box.name], above + box.name
            new[box.name] = cell
            if only and not (
                only == address or only.startswith(address + ".") or address.startswith(only + ".")
            ):
                continue
            deeper = best_tree(box, rest)
            taken, left = inside(deeper, rest) if deeper else ("", "")
            if deeper and cell.tree == deeper.name + done + taken:
                inner = self._walk(
                    deeper, cell.cells, url, done + taken, left, only, address + "."
                )
                new[box.name] = Cell("layout", cell.src, cell.text, cell.tree, inner[0])
                changes += inner[1]
            elif deeper or best_route(box, rest) is not None:
                new[box.name] = enter(box, url, done, rest)
                changes += 1
            elif box.unmatched == "default" and cell.shows in ("page", "layout") and not only:
                new[box.name] = default(box, url)
                changes += 1
        return new, changes

    @property
    def screen(self) -> dict[str, tuple[str, str, str]]:
        return dict(self._flat("", self.cells))

    def _flat(self, above: str, cells: dict[str, Cell]) -> Iterator[tuple[str, Any]]:
        for name, cell in cells.items():
            yield above + name, (cell.shows, cell.src, cell.text)
            yield from self._flat(f"{above}{name}.", cell.cells)


def declared(tree: Tree) -> Any:
    """The same, in the package's words."""

    def options(box: Box) -> Any:
        patterns = [path(route, pages(f"{box.name} at {route}.")) for route in box.routes]
        values = {
            "unset": {},
            "none": {"default": None},
            "view": {"default": pages(f"{box.name} default")},
        }
        patterns += [declared(inner) for inner in box.inner]
        return slot(patterns, unmatched=box.unmatched, **values[box.default])

    printed = "".join(f"{{% slot '{box.name}' %}}" for box in tree.boxes)
    return slots(
        tree.prefix,
        layout=pages.layout(tree.name, tree.name + printed),
        **{box.name: options(box) for box in tree.boxes},
    )


@st.composite
def boxes(draw: Any, names: list[str], depth: int, where: str) -> list[Box]:
    found = []
    for name in names:
        inner = []
        if depth and draw(st.booleans()):
            prefix = draw(st.sampled_from(["a/", "b/", "<slug:n>/"]))
            inner.append(draw(trees(depth - 1, prefix, f"{where}-{name}")))
        routes = st.lists(
            st.sampled_from(STATIC + CONVERTERS + CATCH_ALLS), max_size=3, unique=True
        )
        default = draw(st.sampled_from(["view", "none", "unset"]))
        chosen = draw(routes)
        if default == "unset" and not inner and not chosen:
            chosen = [""]
        unmatched = "keep" if default == "unset" else draw(st.sampled_from(["keep", "default"]))
        found.append(Box(name, chosen, inner, default, unmatched))
    return found


@st.composite
def trees(draw: Any, depth: int = 2, prefix: str = "r/", name: str = "root") -> Tree:
    names = draw(st.sampled_from([["children"], ["children", "s"], ["s", "t"]]))
    found = draw(boxes(names, depth, name))
    if not any(box.routes or box.inner for box in found):
        found[0].routes.append("")
    return Tree(name, prefix, found)


URLS = st.builds(
    lambda parts, query: "/r/" + "".join(f"{part}/" for part in parts) + query,
    st.lists(st.sampled_from("abc"), max_size=3),
    st.sampled_from(["", "", "?q=1"]),
)
STEPS = st.one_of(
    st.tuples(st.just("soft"), URLS),
    st.tuples(st.just("soft"), URLS),
    st.tuples(st.sampled_from(["children", "s", "t", "children.s", "s.children"]), URLS),
    st.tuples(st.just("back"), st.integers(0, 9)),
    st.tuples(st.just("hard"), URLS),
)
SIMPLE = Tree("root", "r/", [Box("children", ["", "a/"], [], "unset", "keep")])


@given(root=trees(), steps=st.lists(STEPS, min_size=1, max_size=8))
@example(root=SIMPLE, steps=[("hard", "/r/"), ("soft", "/r/a/"), ("back", 0), ("back", 1)])
@hypothesis(max_examples=60, deadline=None)
def test_a_naive_model_agrees(root: Tree, steps: list[tuple[str, Any]]) -> None:
    """S3, S4, S5, S10, S13, S14, S15, S16, B18, B19, S33: by the rules alone, on random trees."""
    urlconf = ModuleType("tests.urls.random")
    urlconf.urlpatterns = [declared(root)]
    with override_settings(ROOT_URLCONF=urlconf):
        window, model = Window(), Model(root)
        entries: list[Any] = []
        for how, where in steps:
            if how == "back":
                if entries and window.slots:
                    entry, cells, expected = entries[where % len(entries)]
                    if entry[1] == window.slots:
                        continue
                    model.cells = cells
                    window.restore(entry)
                    assert HEADER in window.response, "It can be restored, but was not"
                    assert screen_of(window) == expected
                continue
            url = where
            if how == "hard" or not window.slots:
                visit_hard(window, model, url)
            else:
                visit_soft(window, model, url, "" if how == "soft" else how)
            assert screen_of(window) == model.screen
            if window.slots:
                entries.append((window.entry, model.cells, model.screen))


def visit_hard(window: Window, model: Model, url: str) -> None:
    try:
        model.hard(url)
    except NotThere:
        model.cells = {}
    assert window.hard(url).status_code == (200 if model.cells else 404)


def visit_soft(window: Window, model: Model, url: str, only: str) -> None:
    try:
        expected = model.soft(url, only)
    except NotThere:
        assert window.soft(url, target_slot=only).status_code == 404
        return
    window.soft(url, target_slot=only)
    if expected == "document":
        assert window.response["HX-Redirect"] == url
        visit_hard(window, model, url)
    else:
        assert window.response.status_code == 200
        assert HEADER in window.response


def screen_of(window: Window) -> dict[str, tuple[str, str, str]]:
    return {name: (s.shows, s.src, s.text) for name, s in window.slots.items()}
