"""docs/recipes/admin.md: Django's admin beside a ``slots()``."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model

from tests.docs.recipes import install
from tests.shop.models import Book

pytestmark = pytest.mark.usefixtures("books")


def test_links_lead_to_the_admin_and_back(settings: Any) -> None:
    client = install(settings, "admin")
    user = get_user_model().objects.create_superuser("ada", "ada@example.com", "secret")
    client.force_login(user)
    client.load("/")
    client.click("Book 01")
    client.assert_open("modal", "Book 01")
    client.click("Edit this book")
    client.assert_url(f"/admin/shop/book/{Book.objects.get(title='Book 01').pk}/change/")
    assert client.screen.slots == {}
    client.load("/")
    client.click("Edit the books")
    assert "25 books" in client.screen.html
