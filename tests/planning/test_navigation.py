"""Soft navigations and forms: which slots change, and which are kept (S13 to S17, B19, B39)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import path
from django.views.generic import TemplateView

from django_parallel_routes import slot, slots
from tests.support.planned_sites import nested, pages, two
from tests.window import HEADER, layout, serve

# --- S13, S14, S15, S16, S17: soft navigation ---


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
