"""The one title of a document, made of those of its slots (S49)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import path

from django_parallel_routes import slot, slots
from tests.support.rendered_site import ALL, HTML, says, two_slots
from tests.window import Window, layout, serve


def title(window: Window) -> str:
    """The document's title; there has to be one, and only one outside of pictures."""
    text = re.sub(r"<svg.*?</svg>", "", window.text, flags=re.DOTALL)
    found = re.findall(r"<title[^>]*>(.*?)</title>", text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("home", "side", "expected"),
    [
        ("<title>Home</title>h", "<title>Side</title>s", "Home"),
        ("h", "<title>Side</title>s", "Side"),
        ("h", "s", "Site"),
        ("\n\n <TITLE>Home</TITLE>h", "s", "Home"),
        ("<title>A &amp; B</title>h", "s", "A &amp; B"),
        ("<title>\n  Two\n</title>h", "s", "Two"),
        ("<title></title>h", "<title>Side</title>s", "Side"),
        ("<svg><title>Picture</title></svg>h", "s", "Site"),
        ("h<title>Late</title>", "s", "Site"),
    ],
)
def test_children_give_the_title_before_named_slots(
    settings: Any, home: str, side: str, expected: str
) -> None:
    """S49: "One `<title>`: … children > named slots in order of declaration"; pictures have none."""
    window = two_slots(settings, home, side, HTML % ALL)
    window.hard("/")
    if "Late" in home:
        assert "<title>Site</title>" in window.text
    else:
        assert title(window) == expected


@pytest.mark.parametrize("end", ["</head><body>", "<body>"])
def test_text_that_looks_like_the_end_of_the_head_is_none(settings: Any, end: str) -> None:
    """S49: a script or comment that names the tag must not swallow the title."""
    quoting = "<!-- </head> --><script>a = '</head>'</script>"
    window = two_slots(settings, "<title>Home</title>h", "s", f"<head>{quoting}{end}{ALL}")
    window.hard("/")
    assert f"{quoting}<title>Home</title>" in window.text


def test_a_defaults_title_does_not_count(settings: Any) -> None:
    """S49: "defaults don't count": neither on the page nor in the slot's state."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout(HTML % ALL),
            children=[path("", says("home"))],
            side=slot([path("x/", says("x"))], default=says("<title>Default</title>d")),
        ),
    )
    window.hard("/")
    assert title(window) == "Site"
    assert window.slots["side"].title == ""
    assert window.slots["side"].text == "d"


def test_a_title_counts_in_the_order_of_declaration_not_of_printing(settings: Any) -> None:
    """S49: "named slots in order of declaration"."""
    names = ["a", "b", "c"]
    window = serve(
        settings,
        slots(
            "",
            layout=layout(HTML % "{% slot 'c' %}{% slot 'b' %}{% slot 'a' %}"),
            **{name: [path("", says(f"<title>{name}</title>"))] for name in names},
        ),
    )
    window.hard("/")
    assert title(window) == "a"
    orders = {name: slot.order for name, slot in window.slots.items()}
    assert sorted(names, key=orders.get) == names


def test_titles_of_nested_slots_stand_in_their_slots_place(settings: Any) -> None:
    """S49: what is in children counts before named slots; a page before its layout."""

    def build(inner_home: str, inner_layout: str) -> Window:
        return serve(
            settings,
            slots(
                "",
                layout=layout(HTML % ALL),
                children=[
                    slots(
                        "n/",
                        layout=layout(inner_layout + "{% slot %}{% slot 'x' %}"),
                        children=[path("", says(inner_home))],
                        x=[path("", says("<title>X</title>x"))],
                    )
                ],
                side=[path("n/", says("<title>Side</title>s"))],
            ),
        )

    window = build("<title>Home</title>h", "<title>Inner</title>")
    window.hard("/n/")
    assert title(window) == "Home"
    orders = {name: slot.order for name, slot in window.slots.items() if slot.title}
    order = ["children.children", "children.x", "children", "side"]
    assert sorted(orders, key=orders.get) == order
    window = build("h", "<title>Inner</title>")
    window.hard("/n/")
    assert title(window) == "X"


def test_a_soft_answer_carries_the_titles_in_its_slots(settings: Any) -> None:
    """S49: "closing or Back restores it": each slot's title is part of its state, escaped."""
    window = two_slots(settings, "<title>Home &quot;1&quot; &lt;b&gt;</title>h", "s", HTML % ALL)
    window.hard("/x/")
    window.soft("/")
    assert window.slots["children"].title == 'Home "1" <b>'
    assert (
        window.slots["children"].order < window.slots["side"].order
        or not window.slots["side"].order
    )
    assert b"<title" not in window.response.content
    assert b"<b>" not in window.response.content


def test_the_pages_own_title_is_kept_for_later(settings: Any) -> None:
    """S49: "closing … restores it": the layout's own title is told beside the one that is shown."""
    window = two_slots(
        settings, "<title>Home</title>h", "s", '<head><title>A &quot;b"</title></head>' + ALL
    )
    window.hard("/")
    assert (
        '<title>Home</title><template data-pr-layout="A &quot;b&quot;"></template>' in window.text
    )


@pytest.mark.parametrize(
    "source",
    ["<head></head>" + ALL, "<html><head><meta></head><body>" + ALL + "</body></html>"],
)
def test_a_title_is_shown_where_the_layout_has_none(settings: Any, source: str) -> None:
    """S49: "One `<title>`": a page's title isn't lost for want of one in the layout."""
    window = two_slots(settings, "<title>Home</title>h", "s", source)
    window.hard("/")
    assert title(window) == "Home"


def test_a_pictures_title_is_left_alone_where_the_layout_writes_no_head(settings: Any) -> None:
    """S49: tags of the head may be left out in HTML; a picture in the body keeps its title."""
    source = "<!doctype html><svg><title>Picture</title></svg>" + ALL
    window = two_slots(settings, "<title>Home</title>h", "s", source)
    window.hard("/")
    assert "<svg><title>Picture</title></svg>" in window.text


@pytest.mark.parametrize(
    "before",
    [
        "<script>const row = '<div class=row>';</script>",
        "<!-- <body> comes later -->",
        '<noscript><link rel="stylesheet" href="a.css"></noscript>',
        '<script type="application/json">{"a": "<svg >"}</script>',
    ],
)
def test_markup_in_scripts_and_comments_of_the_head_is_not_its_end(
    settings: Any, before: str
) -> None:
    """S49: "One `<title>`", also where the layout's own follows an inline script with markup in it."""
    source = f"<html><head>{before}<title>Site</title></head><body>{ALL}</body></html>"
    window = two_slots(settings, "<title>Home</title>h", "s", source)
    window.hard("/")
    assert title(window) == "Home"
    assert before in window.text


def test_the_title_of_a_defaults_layout_does_not_count(settings: Any) -> None:
    """S49: "defaults don't count", with a layout of their own or without."""
    window = two_slots(
        settings,
        "home",
        "side",
        HTML % ALL,
        default_layout=layout("<title>Frame</title>{% slot %}"),
    )
    window.hard("/x/")
    assert title(window) == "Site"


def test_more_than_36_titled_slots_have_an_order(settings: Any) -> None:
    """S49: the order holds for as many slots as there may be."""
    names = [f"s{number:02}" for number in range(40)]
    window = serve(
        settings,
        slots(
            "",
            layout=layout("".join(f"{{% slot '{name}' %}}" for name in names)),
            **{name: [path("", says(f"<title>{name}</title>"))] for name in names},
        ),
    )
    window.hard("/")
    orders = [window.slots[name].order for name in names]
    assert orders == sorted(orders)
    assert len(set(orders)) == 40
