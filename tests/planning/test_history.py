"""Back and Forward restore what the entry of the history shows (S33)."""

from __future__ import annotations

from typing import Any

from django.urls import path

from django_parallel_routes import slot, slots
from tests.support.planned_sites import nested, pages, two
from tests.window import HEADER, layout, serve


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


def test_a_slot_that_the_layout_does_not_print_is_not_restored(settings: Any) -> None:
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


def test_a_hidden_slot_stays_hidden_when_its_layout_is_restored(settings: Any) -> None:
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
