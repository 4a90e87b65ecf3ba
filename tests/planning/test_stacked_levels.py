"""Modals above modals: each level has a URL (B32)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import path

from django_parallel_routes import intercept
from tests.support.intercepting_site import FRAME, pages, screen, site
from tests.window import HEADER, Window, layout


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


def test_opens_above_opens_the_first_level_in_the_slot_itself(settings: Any) -> None:
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


@pytest.mark.parametrize("framed", [False, True])
def test_an_element_gets_no_level_with_its_page(settings: Any, framed: bool) -> None:
    """B19: "only the page of that slot responds, without layouts or other slots"."""
    window = stacked(settings, **({"layout": layout(FRAME)} if framed else {}))
    window.hard("/")
    window.soft("/photo/1/")
    source = "modal.children" if framed else "modal"
    state = {"intent": "slot", "source_slot": source, "slots": window.mounted}
    state |= {"origin": window.origin, "current_url": window.at}
    assert window.send("/photo/1/", state).content == b"photo modal"
