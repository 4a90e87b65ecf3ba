"""The Plan is a value: what it says of each slot, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.urls import path

from django_parallel_routes import slot, slots
from django_parallel_routes.planning.context import Context, ResolvedUrl
from django_parallel_routes.planning.history import plan_refresh, plan_restore, with_refreshes
from django_parallel_routes.planning.navigation import plan_element, plan_form, plan_navigation
from django_parallel_routes.planning.plan import Plan, key_of, plan_page
from django_parallel_routes.protocol.state import MountedSlot, State
from django_parallel_routes.values import Location, SlotAddress
from tests.support.planned_sites import tree
from tests.views import says
from tests.window import layout, serve


def screen(url: str) -> dict[SlotAddress, MountedSlot]:
    """The state after a hard load."""
    root, location = tree(url)
    return {
        plan.address: MountedSlot(plan.variant, url, key_of(root, url, plan.address))
        for plan in plan_page(root, location).changed
    }


def context(url: str, state: State) -> Context:
    resolved = {one: ResolvedUrl(*reversed(tree(one))) for one in ("/d/", "/d/a/")}
    return Context(HttpRequest(), resolved[url], state, resolved=resolved)


def actions(plan: Any) -> dict[str, str]:
    return {address: slot.action for address, slot in plan.by_address.items()}


def test_a_plan_says_what_every_slot_does_and_why() -> None:
    """``manage.py slots --explain`` and the inspector print these reasons."""
    plan = plan_page(*tree("/d/"))
    assert plan.kind == "page"
    assert actions(plan) == {"children": "page", "side": "default", "must": "page"}
    assert [slot.why for slot in plan.changed] == [
        "its route 'd/' matches",
        "nothing in it matches",
        "its route 'd/' matches",
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
    assert plan.by_address["children"].why == "the link or form is for another slot"


def test_a_plan_without_the_right_keys_is_a_document() -> None:
    """B53: state is "a hint, never an authority": a slot with a foreign key counts as not on screen."""
    foreign = {name: MountedSlot("page", "/d/", "0" * 16) for name in screen("/d/")}
    plan = plan_navigation(context("/d/a/", State("navigate", foreign)))
    assert (plan.kind, plan.why) == ("document", "another layout is on screen")
    mixed = {**foreign, "side": screen("/d/")["side"]}
    plan = plan_navigation(context("/d/a/", State("navigate", mixed)))
    assert actions(plan) == {"side": "page"}


def test_a_plan_names_the_one_slot_that_gets_a_form() -> None:
    """B39, B19: one address gets the unsafe method; the plan names it."""
    state = State("navigate", screen("/d/"), source_slot=SlotAddress("side"))
    plan = plan_form(context("/d/a/", state))
    assert (plan.kind, plan.form_slots[0]) == ("slots", "side")
    assert [slot.address for slot in plan.changed] == ["side"]
    plan = plan_form(context("/d/", State("navigate", {})))
    assert (plan.kind, plan.form_slots[0]) == ("page", "children")
    state = replace(state, intent="slot")
    plan = plan_element(context("/d/a/", state))
    assert (plan.kind, plan.form_slots[0]) == ("one_slot", "side")
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


def test_slots_are_refreshed_in_their_order_on_screen() -> None:
    """Neither the order in which they are named nor the seed of hashes counts."""
    names = [f"slot{number}" for number in range(8)]
    segment = slots("", layout="layout.html", **{name: [path("", says(name))] for name in names})
    root, location = segment.match(""), Location.of("/")
    on_screen = {
        SlotAddress(name): MountedSlot("page", "/", key_of(root, "/", name)) for name in names
    }
    named = tuple(SlotAddress(name) for name in reversed(names))
    target = ResolvedUrl(location, root)

    def planned(state: State) -> Context:
        return Context(HttpRequest(), target, state, resolved={"/": target})

    plan = plan_refresh(planned(State("refresh", on_screen, refresh=named)))
    assert [slot.address for slot in plan.changed] == names
    empty = Plan("slots", "a soft navigation", root, location)
    plan = with_refreshes(empty, named, planned(State("navigate", on_screen)), target)
    assert [slot.address for slot in plan.changed] == names


def test_a_page_that_has_become_a_layout_is_not_restored() -> None:
    """S33: "exactly the combination of slots of that entry"; after a deploy, the document is loaded."""
    inner = slots("n/", layout="inner.html", children=[path("", says("n"))])
    root = slots("", layout="layout.html", children=[inner]).match("n/")
    target = ResolvedUrl(Location.of("/n/"), root)
    resolved = dict.fromkeys(["/n/", "/n/?page=2"], target)
    page = MountedSlot("page", "/n/", key_of(root, "/n/", "children"))
    for variant, kind in ("page", None), ("layout", "slots"):
        want = {SlotAddress("children"): page._replace(variant=variant)}
        on_screen = {SlotAddress("children"): page._replace(src="/n/?page=2")}
        state = State("restore", on_screen, restore=want)
        plan = plan_restore(Context(HttpRequest(), target, state, resolved=resolved))
        assert (plan and plan.kind) == kind


def test_a_hard_load_shows_pages_defaults_and_nothing(settings: Any) -> None:
    """S10: "Matching slots show their page, the others their `default` … `default=None`: … empty"."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'a' %}{% slot 'b' %}"),
            children=[path("x/", says("x"))],
            a=slot([path("y/", says("y"))], default=says("a default")),
            b=slot([path("y/", says("y"))], default=None),
        ),
    )
    window.hard("/x/?q=1")
    assert {name: (s.shows, s.src, s.text) for name, s in window.slots.items()} == {
        "children": ("page", "/x/?q=1", "x"),
        "a": ("default", "/x/?q=1", "a default"),
        "b": ("empty", "/x/?q=1", ""),
    }
