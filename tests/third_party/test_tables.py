"""docs/recipes/tables.md: django-tables2 and django-filter, in a page and in the default of a slot."""

from __future__ import annotations

from typing import Any

import pytest

from tests.docs.recipes import install

pytestmark = pytest.mark.usefixtures("books")


def test_a_table_sorts_pages_and_filters_as_a_page(settings: Any) -> None:
    client = install(settings, "tables")
    client.load("/books/")
    client.assert_shows("children", "Book 01")
    client.click("next")
    client.assert_url("/books/?page=2")
    client.assert_changed("children")
    client.assert_shows("children", "Book 11")
    client.click("Price")
    client.assert_url("/books/?page=2&sort=price")
    client.submit_form({"title": "book 2"}, button="Filter")
    client.assert_shows("children", "Book 25")
    assert "Book 19" not in client.screen.slots["children"].text
    client.click("Book 25")
    client.assert_open("modal", "Book 25")
    client.assert_kept("children")
    client.close()
    client.assert_shows("children", "Book 24")
    client.back()
    client.assert_shows("children", "Book 11")


def test_a_table_in_a_default_changes_only_its_slot(settings: Any) -> None:
    client = install(settings, "tables")
    settings.ROOT_URLCONF = "shop.urls_beside"
    client.load("/")
    client.assert_shows("table", "Book 01", shows="default")
    client.click("next", inside="table")
    client.assert_changed("table")
    client.assert_shows("table", "Book 11", url="/books/?page=2")
    client.assert_shows("children", "Welcome")
    client.click("Book 11", inside="table")
    client.assert_changed("children")
    client.assert_shows("table", "Book 12", url="/books/?page=2")
    client.submit_form({"author": "1"}, inside="table")
    client.assert_changed("table")
    client.assert_shows("table", "Book 04")
    assert "Book 02" not in client.screen.slots["table"].text
    client.back()
    client.assert_shows("table", "Book 11")
    client.assert_shows("children", "Book 11")
