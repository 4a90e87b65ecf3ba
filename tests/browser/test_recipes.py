"""The recipes of the docs whose effects only a browser shows."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.harness import Screen
from tests.docs.recipes import FOLDER, add_books, files, install

pytestmark = pytest.mark.django_db(transaction=True)


def test_results_follow_what_is_typed(screen: Screen, settings: Any, htmx: int) -> None:
    """docs/recipes/search.md, "While the user types"."""
    [field] = re.findall(r"```html\n(.*?)\n```", (FOLDER / "search.md").read_text(), re.DOTALL)
    layout = dict(files("search"))["shop/templates/shop/layout.html"]
    layout = re.sub(r"<input[^>]*>", field, layout, count=1)
    base = dict(files("index"))["shop/templates/base.html"].replace(
        "{% htmx_script %}", f"{{% htmx_script version={htmx} %}}"
    )
    templates = {"base.html": base, "shop/layout.html": layout}
    add_books(25)
    install(settings, "search", replacing=templates)
    screen.hard("/")
    screen.mark()
    screen.type("[name=q]", "book 2")
    screen.assert_says("Book 25", "#slot-results")
    screen.assert_at("/")
    assert screen.kept("children")
    assert screen.focused() == "Search"
    screen.press("Enter")
    screen.assert_at(f"/search/?q=book{'%20' if htmx == 2 else '+'}2")
    screen.back()
    screen.assert_at("/")
