"""Settings: read once, and again when a test changes them."""

from __future__ import annotations

from typing import Any

from django_parallel_routes.conf import cached_by_settings


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
