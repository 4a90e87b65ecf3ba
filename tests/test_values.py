"""Frozen values and copies of them: as ``dataclasses`` makes them, but cheaper."""

from __future__ import annotations

import dataclasses

from django_parallel_routes.declarations import Segment
from django_parallel_routes.matches import SegmentMatch
from django_parallel_routes.planning.plan import Plan
from django_parallel_routes.values import Location, SlotAddress, replace

ROOT = SegmentMatch(Segment("root", print, ()), None, "", {}, ())
PLAN = Plan("page", "a hard load", ROOT, Location.of("/a/"), on_screen=(SlotAddress("a"),))


def test_a_copy_has_the_fields_and_not_what_was_computed_from_them() -> None:
    assert PLAN.addresses == {"a"}
    copy = replace(PLAN, on_screen=())
    assert copy == dataclasses.replace(PLAN, on_screen=())
    assert copy.addresses == frozenset()
    assert PLAN.addresses == {"a"}


def test_frozen_values_are_compared_and_hashed_by_their_fields() -> None:
    one, same, other = Location("/a/", "/a/"), Location("/a/", "/a/"), Location("/a/?b", "/a/")
    assert one == same != other
    assert {one: 1}[same] == 1
    assert other not in {one}
