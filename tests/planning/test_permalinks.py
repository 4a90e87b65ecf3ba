"""``remember="url"``: what kept slots show, in the query of the URL (B37)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.window import Pages, Window, layout, serve

pages = Pages()


@pytest.fixture(autouse=True)
def _forget() -> None:
    pages.forget()


@pytest.fixture
def window(settings: Any) -> Window:
    """``d/ L{children "", a/; side D, x/, y/<id>/; tabs: L{one/, two/} D}``; another segment inside."""
    return serve(
        settings,
        slots(
            "d/",
            layout=layout("{% slot %}{% slot 'side' %}{% slot 'tabs' %}"),
            remember="url",
            children=slot(
                [
                    path("", pages("home")),
                    path("a/", pages("a")),
                    slots(
                        "p/<slug:project>/special/",
                        layout=layout("{% slot 'files' %}"),
                        files=[path("f/", pages("special"))],
                    ),
                    slots(
                        "p/<slug:project>/",
                        layout=layout("{% slot %}{% slot 'files' %}"),
                        remember="url",
                        children=[path("", pages("project")), path("more/", pages("more"))],
                        files=slot([path("f/<path:file>", pages("file"))], default=None),
                    ),
                ],
                default=pages("home default"),
            ),
            side=slot(
                [
                    path("x/", pages("x")),
                    path("y/<int:id>/", pages("y")),
                    path("a/z/", pages("z")),
                ],
                default=pages("side default"),
            ),
            tabs=slot(
                [path("one/", pages("one")), path("two/", pages("two"))],
                layout=layout("tabs: {% slot %}"),
                default=pages("tabs default"),
            ),
        ),
    )


def test_the_query_says_what_the_path_can_not_say(window: Window) -> None:
    """B37: "survives a reload, and can be shared as a permalink"."""
    window.hard("/d/")
    window.soft("/d/x/?page=2&q=a%26b")
    assert window.url == "/d/x/?page=2&q=a%26b&slot.children="
    window.hard(window.url)
    assert window.shows["children"] == "home"  # the page at the prefix itself, and not the default
    window.soft("/d/a/")
    assert window.url == "/d/a/?slot.side=x/%3Fpage%3D2%26q%3Da%2526b"
    window.soft("/d/two/")
    kept = dict(window.shows)
    assert window.url == "/d/two/?slot.children=a/&slot.side=x/%3Fpage%3D2%26q%3Da%2526b"
    sources = {name: slot.src for name, slot in window.slots.items()}
    window.hard(window.url)
    assert window.shows == kept
    assert {name: slot.src for name, slot in window.slots.items()} == sources
    assert pages.requests["x"].GET.dict() == {"page": "2", "q": "a&b"}
    assert pages.requests["two"].GET.dict() == {}


def test_a_remembered_slot_is_kept_by_the_next_navigation(window: Window) -> None:
    """S13, B37."""
    window.hard("/d/a/?slot.side=y/7/")
    assert window.shows["side"] == "y"
    assert pages.kwargs["y"] == {"id": 7}
    pages.forget()
    window.soft("/d/")
    assert window.changed == ["children"]
    assert window.url == "/d/?slot.side=y/7/"
    window.soft("/d/?slot.side=y/7/")
    assert window.changed == ["children"]
    assert pages.called == ["home", "home"]


def test_a_permalink_is_followed_softly_too(window: Window) -> None:
    """B37, S14: it says what the slot shows, so the slot changes."""
    window.hard("/d/")
    window.soft("/d/a/?slot.side=x/&slot.tabs=one/&q=1")
    assert window.shows == {
        "children": "a", "side": "x", "tabs": "tabs:", "tabs.children": "one",
    }  # fmt: skip
    assert window.slots["children"].src == "/d/a/?q=1"
    assert window.url == "/d/a/?q=1&slot.side=x/&slot.tabs=one/"
    window.soft("/d/?slot.tabs=two/")
    assert window.changed == ["children", "tabs.children"]
    assert window.url == "/d/?slot.side=x/&slot.tabs=two/"


def test_segments_inside_remember_theirs(window: Window) -> None:
    """B37: "Opt-in per segment"; addresses name slots of any depth."""
    window.hard("/d/p/sea/")
    window.soft("/d/p/sea/f/a/b.txt")
    assert window.url == "/d/p/sea/f/a/b.txt?slot.children.children="
    window.soft("/d/p/sea/more/")
    assert window.url == "/d/p/sea/more/?slot.children.files=f/a/b.txt"
    window.soft("/d/x/")
    assert window.url == "/d/x/?slot.children=p/sea/more/"
    window.hard("/d/p/sea/more/?slot.children.files=f/a/b.txt")
    assert window.shows["children.files"] == "file"
    window.hard("/d/x/?slot.children=p/sea/")
    assert window.shows["children.children"] == "project"


def test_a_slot_that_a_link_has_left_alone_is_remembered(window: Window) -> None:
    """B19, B37: a link for one slot moves the address bar, and children stay what they are."""
    window.hard("/d/a/")
    window.soft("/d/x/", target_slot="side")
    assert window.url == "/d/x/?slot.children=a/"
    window.hard("/d/two/")
    window.soft("/d/x/", target_slot="side")  # the page in the layout of the tabs is kept with it
    assert window.url == "/d/x/?slot.tabs=two/"
    kept = dict(window.shows)
    window.hard(window.url)
    assert window.shows == kept


@pytest.mark.parametrize(
    "value",
    [
        "nowhere/", "../../secret/", "%2e%2e/x/", "a/", "\\x", "%00", "x/ y", "//evil/", "", "ä",
        "x/%ff", "p/other/", "y/notanumber/",
    ],
)  # fmt: skip
def test_a_value_that_names_nothing_is_ignored(window: Window, value: str) -> None:
    """B53: "a hint, never an authority … never to a 500"."""
    response = window.hard("/d/a/", data={"slot.side": value, "slot.nothing": "x/", "q": "1"})
    assert response.status_code == 200
    assert window.shows["side"] == "side default"
    assert window.slots["children"].src == "/d/a/?q=1"


def test_a_value_of_another_prefix_is_ignored(window: Window) -> None:
    """S15: a segment whose prefix captured something else is another one."""
    for value in ("../dune/f/x", "special/f/"):
        window.hard(f"/d/p/sea/?slot.children.files={value}")
        assert window.shows["children.files"] == ""


def test_no_query_is_written_without_the_option(settings: Any) -> None:
    """B37 is an opt-in: elsewhere such parameters are the project's own."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'side' %}"),
            children=[path("", pages("home"))],
            side=slot([path("x/", pages("x"))], default=None),
        ),
    )
    window.hard("/?slot.side=x/")
    assert window.shows == {"children": "home", "side": ""}
    assert window.slots["children"].src == "/?slot.side=x/"
    window.soft("/x/")
    assert window.url == "/x/"


def test_an_intercepted_url_says_nothing_of_the_page_beneath(settings: Any) -> None:
    """S26: "The address bar shows the target", which may be outside of the segment that remembers."""
    window = serve(
        settings,
        slots(
            "d/",
            layout=layout("{% slot %}{% slot 'side' %}{% slot 'modal' %}"),
            remember="url",
            children=[path("", pages("home")), path("t/", pages("t"), name="t")],
            side=slot([path("x/", pages("x"))], default=None),
            modal=slot([intercept("t", pages("modal"))], default=None),
        ),
    )
    window.hard("/d/?slot.side=x/")
    window.soft("/d/t/")
    assert window.shows == {"children": "home", "side": "x", "modal": "modal"}
    assert window.url == "/d/t/"


def test_remember_is_one_of_two_words() -> None:
    with pytest.raises(ImproperlyConfigured, match="remember is 'no'; it must be"):
        slots("", layout="l.html", remember="no", children=[path("", pages("home"))])
