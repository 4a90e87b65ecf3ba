"""docs/recipes/wizard.md: the steps of django-formtools in one modal."""

from __future__ import annotations

from typing import Any

import pytest

from tests.docs.recipes import install
from tests.shop.models import Book

pytestmark = pytest.mark.usefixtures("books")


def test_the_steps_of_a_wizard_show_in_the_same_modal(settings: Any) -> None:
    client = install(settings, "wizard")
    client.load("/")
    client.click("Add a book")
    client.assert_open("modal", "Step 1 of 3")
    client.submit_form({"title-title": ""}, button="Next")
    client.assert_open("modal", "Step 1 of 3 Title: This field is required.")
    client.assert_kept("children")
    client.submit_form({"title-title": "Zebras"}, button="Next")
    client.assert_open("modal", "Step 2 of 3")
    client.assert_kept("children")
    client.submit_form({"price-price": "7"}, button="Next")
    client.submit_form({}, button="Back")
    client.assert_open("modal", "Step 2 of 3")
    client.submit_form({"price-price": "8"}, button="Next")
    client.submit_form({"author-author": "1"}, button="Next")
    assert Book.objects.get(title="Zebras").price == 8
    client.assert_closed("modal")
    client.assert_url("/")
    client.assert_shows("children", "Zebras")
    client.load("/add/")
    client.assert_shows("children", "Step 1 of 3")


def test_a_wizard_with_a_url_for_each_step_stays_in_the_modal(settings: Any) -> None:
    client = install(settings, "wizard")
    client.load("/")
    client.visit("/add-by-url/title/")
    client.assert_open("modal", "Step 1 of 3")
    client.submit_form({"title-title": "Zebras"}, button="Next")
    client.assert_open("modal", "Step 2 of 3")
    client.assert_url("/add-by-url/price/")
    client.assert_kept("children")
    client.submit_form({"price-price": "8"}, button="Next")
    client.reload()
    client.assert_shows("children", "Step 3 of 3", shows="page")
    client.submit_form({"author-author": "1"}, button="Next")
    assert Book.objects.get(title="Zebras").price == 8
    client.assert_closed("modal")
    client.assert_shows("children", "Zebras")
