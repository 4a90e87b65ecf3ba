"""System check W016: what a page needs in the browser."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import path

from django_parallel_routes import slot, slots
from tests.support.system_checks import layouts, other, said, site, view

BOTH = "{% slot %}{% slot 'side' %}"
OURS = "{% parallel_routes_script %}"


def test_a_document_without_the_script_is_reported_once(settings: Any) -> None:
    more = slots("more/", layout="l.html", children=[path("", view)], side=[path("", other)])
    assert said(settings, site(), more, templates={"l.html": BOTH}) == [
        (
            "W016",
            "the template 'l.html' has no {% parallel_routes_script %}, so each link loads a whole "
            "document.",
        )
    ]


@pytest.mark.parametrize(
    "source",
    [
        "{% include 'head.html' %}",
        "{% if x %}{% parallel_routes_script %}{% endif %}",
        "{% include which %}",
    ],
)
def test_a_document_that_may_have_the_script_is_not_reported(settings: Any, source: str) -> None:
    templates = {"l.html": "<script></script>" + source + BOTH, "head.html": OURS}
    assert said(settings, site(), templates=templates) == []


def test_only_documents_need_scripts(settings: Any) -> None:
    inner = slots("in/", layout="in.html", children=[path("", view)])
    side = slot([path("", other), inner], default=other, layout="in.html")
    children = slot([path("", view)], default=view)
    found = layouts(settings, BOTH, site(children=children, side=side), **{"in": "{% slot %}"})
    assert found == []
    assert said(settings, site(), templates={"l.html": "no slot"})[0][0] == "W003"
