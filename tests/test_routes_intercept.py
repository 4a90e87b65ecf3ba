"""An intercept() is a value, and one that can't work is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.urls import path

from django_parallel_routes import intercept, slots
from tests.support.intercepting_site import (
    FRAME,
    pages,
    site,
)
from tests.window import layout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"route": ""}, "the route is ''; give the name of a path()"),
        ({"route": 7}, "the route is 7; give the name of a path()"),
        ({"view": 7}, "view: got 7; give a template name or a view"),
        ({"origin": [7]}, "the origin is 7; give the name of a path()"),
        ({"opens": "below"}, 'opens is \'below\'; it must be "here" or "above"'),
        ({"background": 7}, "the background is 7; give the name of a path"),
    ],
)
def test_a_rule_that_cannot_work_says_why(arguments: Any, message: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=message):
        intercept(**{"route": "r", "view": pages("v"), **arguments})


def test_slots_that_cannot_work_with_a_rule_say_why() -> None:
    rule = intercept("r", pages("v"))
    with pytest.raises(ImproperlyConfigured, match="for a closed modal"):
        slots("", layout="l.html", children=[path("", pages("v"))], modal=[rule])
    with pytest.raises(ImproperlyConfigured, match='opens="above" in children'):
        slots("", layout="l.html", children=[path("", pages("v")), intercept("r", opens="above")])
    with pytest.raises(ImproperlyConfigured, match=r"got intercept\('r'\); give a list of"):
        slots("", layout="l.html", children=[path("", pages("v"))], modal=rule)


def test_rules_are_values_that_say_what_they_are() -> None:
    assert repr(intercept("gallery:photo")) == "intercept('gallery:photo')"


def test_rules_are_no_routes(settings: Any) -> None:
    """S8: reverse() and the checks see routes only."""
    site(settings, layout=layout(FRAME))
    assert run_checks() == []
