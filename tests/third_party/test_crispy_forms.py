"""docs/recipes/crispy-forms.md: a form of django-crispy-forms, as a page and in a modal."""

from __future__ import annotations

from typing import Any

import pytest

from tests.docs.recipes import install

pytestmark = pytest.mark.usefixtures("books")


def test_a_crispy_form_works_in_a_modal_and_as_a_page(settings: Any) -> None:
    client = install(settings, "crispy-forms")
    client.load("/")
    client.click("New book")
    client.assert_open("modal")
    assert 'class="textinput form-control' in client.screen.slots["modal"].html
    client.submit_form({"title": "", "author": "1", "price": "5"}, button="Save")
    client.assert_open("modal", "This field is required.")
    client.submit_form({"title": "Zebras", "author": "1", "price": "5"}, button="Save")
    client.assert_closed("modal")
    client.assert_shows("children", "Zebras")
    client.load("/new/")
    client.submit_form({"title": "Yaks", "author": "1", "price": "5"}, button="Save")
    client.assert_url("/")
    client.assert_shows("children", "Yaks")
