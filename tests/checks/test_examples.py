"""Which routes surely match all URLs of another route, by examples of these URLs."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest
from django.urls import path, re_path

from django_parallel_routes.checks.examples import covers, examples_of
from django_parallel_routes.urlconf import Urlconf


def view(request: HttpRequest) -> Any:
    raise AssertionError


class Even:
    """A converter of a project: its regex says less than ``to_python()`` does."""

    regex = "[0-9]+"

    def to_python(self, value: str) -> int:
        if int(value) % 2:
            raise ZeroDivisionError  # A ValueError would mean "no match".
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


@pytest.fixture(autouse=True, scope="module")
def converter() -> Any:
    from django.urls import converters

    converters.register_converter(Even, "every_second")
    yield
    del converters.REGISTERED_CONVERTERS["every_second"]
    converters.get_converters.cache_clear()


@pytest.mark.parametrize(
    ("route", "other", "is_covered"),
    [
        ("<path:rest>", "a/<int:pk>/", True),
        ("<str:slug>/", "<int:pk>/", True),
        ("<int:pk>/", "<str:slug>/", False),
        ("<str:slug>/", "<path:rest>/", False),
        ("a/", "a/", True),
        ("<every_second:n>/", "<every_second:n>/", False),
        ("<every_second:n>/", "30/", True),
    ],
)
def test_a_route_covers_another_if_it_matches_all_examples_of_it(
    route: str, other: str, is_covered: bool
) -> None:
    """S5. A converter that raises an exception matches nothing."""
    first, second = Urlconf([path(route, view), path(other, view)]).routes
    assert covers(first, second) is is_covered


def test_a_regular_expression_has_no_examples() -> None:
    """Only Django knows what it matches."""
    (route,) = Urlconf([re_path(r"^[ab]/$", view)]).routes
    assert examples_of(route) == ()
