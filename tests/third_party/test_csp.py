"""docs/recipes/csp.md: django-csp, whose nonce the tags print."""

from __future__ import annotations

import re
from typing import Any

import pytest
from csp.decorators import csp_exempt
from django.urls import path

from django_parallel_routes import slots
from tests.docs.recipes import install
from tests.views import says
from tests.window import layout, serve

pytestmark = pytest.mark.usefixtures("books")


def test_the_tags_print_the_nonce_of_the_policy(settings: Any) -> None:
    client = install(settings, "csp")
    page = client.load("/")
    [nonce] = re.findall("'nonce-([^']+)'", page["Content-Security-Policy"])
    scripts = re.findall("<script[^>]*>", page.content.decode())
    assert len(scripts) > 1
    assert all(f'nonce="{nonce}"' in script for script in scripts)
    assert "<style" not in page.content.decode()
    client.click("Book 01")
    client.assert_open("modal", "Book 01")
    client.assert_kept("children")


def test_a_policy_is_that_of_the_layout(settings: Any) -> None:
    """B71: what loosens it never travels from one slot to the page."""
    install(settings, "csp")
    page = path("", csp_exempt()(says("home")))
    assert "Content-Security-Policy" in serve(
        settings, slots("", layout=layout(), children=[page])
    ).hard("/")
    loose = slots("", layout=csp_exempt()(layout()), children=[path("", says("home"))])
    assert "Content-Security-Policy" not in serve(settings, loose).hard("/")
