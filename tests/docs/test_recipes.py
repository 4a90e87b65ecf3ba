"""docs/recipes: those that need no other packages; for the others see ``tests/third_party``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.docs.recipes import FOLDER, books, files, install
from tests.shop import models
from tests.shop.models import Book

__all__ = ["books"]

pytestmark = pytest.mark.usefixtures("books")


def test_each_recipe_is_in_the_table_and_has_a_test() -> None:
    tests = [Path(__file__), *Path(__file__).parents[1].joinpath("third_party").glob("test_*.py")]
    source = "\n".join(file.read_text() for file in tests)
    for page in FOLDER.glob("*.md"):
        if page.stem != "index":
            assert f'install(settings, "{page.stem}")' in source, page.stem
            assert f"]({page.name})" in (FOLDER / "index.md").read_text(), page.stem


def test_the_models_of_the_recipes_are_those_of_the_tests() -> None:
    assert dict(files("index"))["shop/models.py"] == Path(models.__file__).read_text()


def test_the_recipe_for_generic_views_works(settings: Any) -> None:
    client = install(settings, "generic-views")
    client.load("/")
    client.click("Next page")
    client.assert_shows("children", "Book 11", url="/?page=2")
    client.click("Book 11")
    client.assert_open("modal", "Book 11 Bo, € 11.00")
    client.click("Edit")
    client.submit_form({"price": "wrong"}, button="Save")
    client.assert_open("modal", "Enter a number.")
    client.submit_form({"title": "Book 00"}, button="Save")
    client.assert_open("modal", "Enter a number.")  # the price is still wrong
    client.submit_form({"title": "Book 00", "price": "3"}, button="Save")
    client.assert_closed("modal")
    client.assert_shows("children", "Book 00")
    client.click("Book 00")
    client.click("Delete")
    client.submit_form(button="Delete it")
    client.assert_closed("modal")
    assert "Book 00" not in client.screen.slots["children"].text
    assert not Book.objects.filter(title="Book 00").exists()
    client.click("New book")
    client.submit_form({"title": "Aardvarks", "author": "1", "price": "3"}, button="Save")
    client.assert_shows("children", "Aardvarks")
    client.click("Book 01")
    client.click("Order")
    client.submit_form({"copies": "10"}, button="Order now")
    client.assert_open("modal", "less than or equal to 9")
    client.submit_form({"copies": "2"}, button="Order now")
    client.assert_closed("modal")
    client.assert_shows("messages", "Ordered: 2")


def test_the_recipe_for_master_and_detail_works(settings: Any) -> None:
    client = install(settings, "master-detail")
    client.load("/books/")
    client.click("Book 07")
    client.assert_changed("children")
    client.assert_kept("master")
    client.assert_shows("children", "Book 07 Ada, € 7.00")
    client.reload()
    client.assert_shows("master", "Book 01", shows="default", url="/books/")
    client.back()
    client.assert_shows("children", "Choose a book.")


def test_the_recipe_for_search_works(settings: Any) -> None:
    client = install(settings, "search")
    client.load("/")
    client.submit_form({"q": "book 2"}, button="Search")
    client.assert_changed("results")
    client.assert_shows("results", "Book 20")
    client.assert_url("/search/?q=book+2")
    client.submit_form({"q": "nowhere"}, button="Search")
    client.assert_shows("results", "Nothing found.")
    client.back()
    client.assert_shows("results", "Book 20")
    client.reload()
    client.assert_shows("results", "Book 25")
    client.assert_shows("children", "Welcome")
