"""Settings: read once, and again when a test changes them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.urls import path

from django_parallel_routes import slots
from django_parallel_routes.conf import cached_by_settings
from tests.views import says
from tests.window import layout, serve


def test_what_is_made_of_settings_is_made_once_until_a_test_changes_them(settings: Any) -> None:
    asked: list[str] = []

    @cached_by_settings("SECRET_KEY")
    def reversed_key() -> str:
        asked.append(settings.SECRET_KEY)
        return str(settings.SECRET_KEY)[::-1]

    settings.SECRET_KEY = "first"
    assert [reversed_key(), reversed_key()] == ["tsrif", "tsrif"]
    settings.LANGUAGE_CODE = "de"
    assert (reversed_key(), asked) == ("tsrif", ["first"])
    settings.SECRET_KEY = "next"
    assert reversed_key() == "txen"


def test_a_string_of_guards_is_refused_by_the_checks(settings: Any) -> None:
    """It would be read as a list of letters."""
    serve(settings, slots("", layout=layout("{% slot %}"), children=[path("", says("home"))]))
    settings.PARALLEL_ROUTES_GUARDS = "shop.middleware.StaffOnly"
    with pytest.raises(ImproperlyConfigured, match=r"write \['shop\.middleware\.StaffOnly'\]"):
        run_checks()
